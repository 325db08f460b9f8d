"""Tells the metrics and the log how each call ended. One interceptor for both: each layer costs 2-4 us of an answer.

A call that went well is logged at level debug only: the gateway has an access log, and a line costs more than an answer
from memory.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import grpc
import structlog

from tako_server.rpc.call import Call, Handler, Interceptor, code_name
from tako_server.rpc.metrics import Metrics

_OK = grpc.StatusCode.OK.name
_CANCELLED = grpc.StatusCode.CANCELLED.name

log = structlog.get_logger(__name__)


def observing(metrics: Metrics) -> Interceptor:
    """Watch every call."""

    def interceptor(handler: Handler) -> Handler:
        verbose = log.is_enabled_for(logging.DEBUG)

        async def handle(call: Call) -> bytes | None:
            started = time.perf_counter()
            try:
                answer = await handler(call)
            except (grpc.aio.AbortError, asyncio.CancelledError) as error:
                code = _CANCELLED if isinstance(error, asyncio.CancelledError) else code_name(call)
                _ended(log.info, metrics, call, code, started)
                raise
            except BaseException:
                metrics.served(call.method, _CANCELLED, time.perf_counter() - started)
                raise
            if verbose:
                _ended(log.debug, metrics, call, _OK, started)
            else:
                metrics.served(call.method, _OK, time.perf_counter() - started)
            if call.trailing:
                metrics.answered_whole(call.trailing[0][1])
            return answer

        return handle

    return interceptor


def _ended(tell: Callable[..., object], metrics: Metrics, call: Call, code: str, started: float) -> None:
    seconds = time.perf_counter() - started
    metrics.served(call.method, code, seconds)
    tell("rpc.served", method=call.method, request_id=call.request_id, code=code, ms=round(seconds * 1000, 1))
