"""The spans: a call, a provider within it, and each request to an upstream.

The context travels by contextvars, which tasks inherit: a flight that several callers wait for belongs to the trace of
the one that began it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import grpc
from opentelemetry import context as current
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from structlog.contextvars import bind_contextvars

from tako_providers.sdk.errors import ProviderError, TakoError
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.provider import Provider
from tako_providers.sdk.upstream import Request, Response
from tako_server.core.error_table import meaning
from tako_server.core.ports import ANYTHING, Answer, Ask, Demand, Engine
from tako_server.engine.exchange import Exchange
from tako_server.rpc.call import Call, Handler, Interceptor, code_name, settled
from tako_server.traces import Traces

_SERVER_FAULTS = frozenset({"UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"})
"""Codes that make a server's span an error, as OpenTelemetry's conventions have it; others are the caller's."""
_NUMBERS = {code.name: code.value[0] for code in grpc.StatusCode}
_incoming = TraceContextTextMapPropagator()


def traced_calls(tracer: Tracer) -> Interceptor:
    """A span for each call, as a part of the caller's trace where the caller names one."""

    def interceptor(handler: Handler) -> Handler:
        async def handle(call: Call) -> bytes | None:
            service, _, method = call.method[1:].partition("/")
            span = tracer.start_span(
                call.method[1:],
                context=_incoming.extract(call.metadata),
                kind=SpanKind.SERVER,
                attributes={
                    "rpc.system": "grpc",
                    "rpc.service": service,
                    "rpc.method": method,
                    "tako.request_id": call.request_id,
                },
            )
            # Neither is ever undone: each call has a task and a context of its own.
            current.attach(set_span_in_context(span))
            bind_contextvars(trace_id=f"{span.get_span_context().trace_id:032x}")
            code = grpc.StatusCode.OK.name
            try:
                return await settled(handler(call))
            except grpc.aio.AbortError:
                code = code_name(call)
                raise
            except BaseException:
                code = grpc.StatusCode.CANCELLED.name
                raise
            finally:
                span.set_attribute("rpc.grpc.status_code", _NUMBERS.get(code, grpc.StatusCode.UNKNOWN.value[0]))
                if code in _SERVER_FAULTS:
                    span.set_status(Status(StatusCode.ERROR))
                if call.trailing:
                    span.set_attribute("tako.cache", call.trailing[0][1])
                    if call.answer is None:
                        span.set_attribute("tako.cache.level", "whole")
                span.end()

        return handle

    return interceptor


class TracedEngine:
    """Implements the core's ``Engine`` around another one: a span for each provider that a call asks."""

    def __init__(self, inner: Engine, tracer: Tracer) -> None:
        self._inner = inner
        self._tracer = tracer

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """What the inner one gives."""
        name, operation = provider.manifest.id, type(ask).__name__.lower()
        span = self._tracer.start_span(
            f"{name} {operation}", attributes={"tako.provider": name, "tako.operation": operation}
        )
        with _within(span):
            answer = await self._inner.ask(provider, ask, timeout, demand)
            span.set_attribute("tako.cache", answer.state.value)
            span.set_attribute("tako.cache.level", answer.level or "upstream")
            span.set_attribute("tako.items", len(answer.parts))
            return answer


class TracedExchange:
    """An Exchange around another one: a span for each request. Upstreams are not told of it: no ``traceparent``."""

    def __init__(self, inner: Exchange, tracer: Tracer) -> None:
        self._inner = inner
        self._tracer = tracer

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """Ask ``inner``. Neither path nor query is told: keys and people's words stand in them."""
        host = urlsplit(request.url).hostname or ""
        span = self._tracer.start_span(
            f"{request.method} {host}",
            kind=SpanKind.CLIENT,
            attributes={
                "http.request.method": request.method,
                "server.address": host,
                "tako.provider": manifest.id,
            },
        )
        with _within(span):
            response = await self._inner.send(manifest, request, timeout)
            span.set_attribute("http.response.status_code", response.status)
            if response.status >= 400:
                span.set_status(Status(StatusCode.ERROR))
            return response

    async def close(self) -> None:
        """Close ``inner``."""
        await self._inner.close()


@contextmanager
def _within(span: Span) -> Iterator[None]:
    """Have ``span`` around what is done, and end it. An error is told by its reason; its text may quote upstream."""
    token = current.attach(set_span_in_context(span))
    try:
        yield
    except TakoError as error:
        reason = meaning(error).reason
        span.set_attribute("error.type", reason)
        if isinstance(error, ProviderError):
            span.set_status(Status(StatusCode.ERROR))
        raise
    except asyncio.CancelledError:
        span.set_attribute("error.type", "CANCELLED")
        raise
    finally:
        current.detach(token)
        span.end()


class Spans(Traces):
    """All spans of one server."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def calls(self) -> Sequence[Interceptor]:
        """A span for each call."""
        return (traced_calls(self._tracer),)

    def engine(self, inner: Engine) -> Engine:
        """A span for each provider."""
        return TracedEngine(inner, self._tracer)

    def exchange(self, inner: Exchange) -> Exchange:
        """A span for each request."""
        return TracedExchange(inner, self._tracer)
