"""One log line a call: method, status, milliseconds. Calls that went well are told at level debug only: the gateway has
an access log, and a line costs more than an answer from memory.
"""

from __future__ import annotations

import asyncio
import time

import grpc
import structlog

from tako_server.rpc.call import Call, Handler, code_name

log = structlog.get_logger(__name__)


def access_log(handler: Handler) -> Handler:
    """Log how the call ended."""
    debug = log.debug  # looked up once: at level info it does nothing, and the look-up would cost more

    async def handle(call: Call) -> bytes | None:
        started = time.monotonic()
        code = "OK"
        try:
            return await handler(call)
        except grpc.aio.AbortError:
            code = code_name(call)
            raise
        except asyncio.CancelledError:
            code = "CANCELLED"
            raise
        finally:
            elapsed = round((time.monotonic() - started) * 1000, 1)
            tell = debug if code == "OK" else log.info
            tell("rpc.served", method=call.method, code=code, ms=elapsed)

    return handle
