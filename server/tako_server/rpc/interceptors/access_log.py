"""One log line a call: method, status, milliseconds."""

from __future__ import annotations

import asyncio
import time

import grpc
import structlog

from tako_server.rpc.call import Call, Handler

log = structlog.get_logger(__name__)


def access_log(handler: Handler) -> Handler:
    """Log how the call ended."""

    async def handle(call: Call) -> bytes | None:
        started = time.monotonic()
        code = "OK"
        try:
            return await handler(call)
        except grpc.aio.AbortError:
            code = _code(call)
            raise
        except asyncio.CancelledError:
            code = "CANCELLED"
            raise
        finally:
            elapsed = round((time.monotonic() - started) * 1000, 1)
            log.info("rpc.served", method=call.method, code=code, ms=elapsed)

    return handle


def _code(call: Call) -> str:
    code: object = call.context.code()
    return next((known.name for known in grpc.StatusCode if code in (known, known.value[0])), str(code))
