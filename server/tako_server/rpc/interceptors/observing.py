"""Tells the metrics and the log how each call ended. One interceptor for both: each layer costs 2-4 us of an answer.

A call that went well is logged at level debug only: the gateway has an access log, and a line costs more than an answer
from memory.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import perf_counter

import grpc
import structlog

from tako_server.rpc.call import Call, Handler, Interceptor, code_name
from tako_server.rpc.call_metrics import MethodCalls
from tako_server.rpc.metrics import Metrics

OK = grpc.StatusCode.OK.name
_CANCELLED = grpc.StatusCode.CANCELLED.name

log = structlog.get_logger(__name__)


def observing(metrics: Metrics) -> Interceptor:
    """Watch every call."""
    methods = metrics.calls.methods

    def interceptor(handler: Handler) -> Handler:
        verbose = log.is_enabled_for(logging.DEBUG)

        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            method = methods[call.method]
            method.started += 1
            started = perf_counter()
            answer = handler(call)
            if isinstance(answer, bytes):
                well(call, method, started)
                return answer
            return later(call, answer, method, started)

        async def later(
            call: Call, answer: Awaitable[bytes | None], method: MethodCalls, started: float
        ) -> bytes | None:
            try:
                body = await answer
            except (grpc.aio.AbortError, asyncio.CancelledError) as error:
                code = _CANCELLED if isinstance(error, asyncio.CancelledError) else code_name(call)
                seconds = perf_counter() - started
                method.ended(code, seconds)
                served(log.info, call.method, call.request_id, code, seconds)
                raise
            except BaseException:
                method.ended(_CANCELLED, perf_counter() - started)
                raise
            well(call, method, started)
            return body

        def well(call: Call, method: MethodCalls, started: float) -> None:
            seconds = perf_counter() - started
            method.ended(OK, seconds, call.trailing[0][1] if call.trailing else "")
            if verbose:
                served(log.debug, call.method, call.request_id, OK, seconds)

        return handle

    return interceptor


def served(say: Callable[..., object], method: str, request_id: str, code: str, seconds: float) -> None:
    """The line about a call that has ended."""
    say("rpc.served", method=method, request_id=request_id, code=code, ms=round(seconds * 1000, 1))
