"""One log line a call: method, status, milliseconds. Calls that went well are told at level debug only: the gateway has
an access log, and a line costs more than an answer from memory.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import grpc
import structlog

from tako_server.rpc.call import Call, Handler, code_name

log = structlog.get_logger(__name__)


def access_log(handler: Handler) -> Handler:
    """Log how the call ended."""
    verbose = log.is_enabled_for(logging.DEBUG)

    async def handle(call: Call) -> bytes | None:
        started = time.monotonic()
        try:
            answer = await handler(call)
        except grpc.aio.AbortError:
            _tell(log.info, call, code_name(call), started)
            raise
        except asyncio.CancelledError:
            _tell(log.info, call, "CANCELLED", started)
            raise
        if verbose:
            _tell(log.debug, call, "OK", started)
        return answer

    return handle


def _tell(tell: Callable[..., object], call: Call, code: str, started: float) -> None:
    elapsed = round((time.monotonic() - started) * 1000, 1)
    tell("rpc.served", method=call.method, request_id=call.request_id, code=code, ms=elapsed)
