"""Traces, where they are wanted: what the composition root puts around its parts. Off, it puts nothing around them."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tako_server.config import Settings
from tako_server.core.ports import Engine
from tako_server.engine.exchange import Exchange
from tako_server.rpc.call import Interceptor


class Traces:
    """None."""

    def calls(self) -> Sequence[Interceptor]:
        """What stands around every call."""
        return ()

    def engine(self, inner: Engine) -> Engine:
        """What asks providers, watched."""
        return inner

    def exchange(self, inner: Exchange) -> Exchange:
        """What asks upstreams, watched."""
        return inner


@asynccontextmanager
async def tracing(settings: Settings) -> AsyncIterator[Traces]:
    """The traces that ``settings`` want; on the way out, which comes after all else, the last of them are sent."""
    if not settings.otlp_endpoint:
        yield Traces()
        return
    # OpenTelemetry is several MB, of no use to who has no collector.
    from tako_server.tracing.export import Exporting  # noqa: PLC0415
    from tako_server.tracing.spans import Spans  # noqa: PLC0415

    exporting = Exporting(settings.otlp_endpoint, settings.trace_sample, instance=secrets.token_hex(8))
    try:
        yield Spans(exporting.tracer)
    finally:
        await exporting.close()
