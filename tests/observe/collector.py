"""A collector of traces on this machine: the protocol's own service, which keeps what it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)

from tests.cache.support import until


@dataclass(frozen=True)
class Seen:
    """One span, as it came."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    kind: int
    is_error: bool
    attributes: dict[str, str]


@dataclass
class Collector(TraceServiceServicer):
    """Takes spans, or refuses them."""

    spans: list[Seen] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    port: int = 0
    refuses: bool = False
    asked: int = 0
    _server: grpc.aio.Server | None = None

    @property
    def endpoint(self) -> str:
        """Its address, as a setting."""
        return f"http://127.0.0.1:{self.port}"

    async def Export(self, request: ExportTraceServiceRequest, context: Any) -> ExportTraceServiceResponse:  # noqa: N802
        """One batch."""
        self.asked += 1
        if self.refuses:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "not today")
        self.raw.append(request.SerializeToString())
        for resource in request.resource_spans:
            named = {one.key: one.value.string_value for one in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [_seen(named["service.name"], span) for span in scope.spans]
        return ExportTraceServiceResponse()

    async def wait_for(self, fits: Callable[[Seen], bool], seconds: float = 15) -> Seen:
        """The first span that fits, once it has come."""
        async with asyncio.timeout(seconds):
            await until(lambda: any(map(fits, self.spans)), seconds)
        return next(filter(fits, self.spans))

    async def start(self) -> None:
        """Listen: on a free port at first, on the same one later."""
        self._server = grpc.aio.server()
        add_TraceServiceServicer_to_server(self, self._server)  # type: ignore[no-untyped-call] # generated
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        await self._server.start()

    async def stop(self) -> None:
        """Be away."""
        if self._server is not None:
            await self._server.stop(None)


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    """A collector that listens."""
    collector = Collector()
    await collector.start()
    try:
        yield collector
    finally:
        await collector.stop()


def _seen(service: str, span: Any) -> Seen:
    attributes = {one.key: str(getattr(one.value, one.value.WhichOneof("value"))) for one in span.attributes}
    return Seen(
        service,
        span.name,
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
        span.kind,
        span.status.code == 2,
        attributes,
    )
