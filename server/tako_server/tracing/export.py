"""Where spans go: through a bounded queue, in batches, to a collector that may be away."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence

import structlog
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_INSTANCE_ID, SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Tracer

from tako_server import __version__

QUEUE = 2048
"""Spans that wait for the collector at most; beyond that the oldest are dropped."""
_BATCH = 512
_EVERY_MS = 1000
_TIMEOUT = 3.0
"""Seconds that the collector has for a batch, tries included."""
CLOSING = 3.0
"""Seconds that the last spans have at the end."""

log = structlog.get_logger(__name__)


class Exporting:
    """Makes the ``tracer``, and sends what it makes. ``close`` it, to send the rest."""

    def __init__(self, endpoint: str, sample: float, instance: str) -> None:
        """``endpoint`` is the OTLP receiver of a collector, by gRPC. ``sample`` is the share of calls that are traced.

        A call whose caller traces it, or does not, follows its caller.
        """
        # One line of ours at an edge instead of the library's at each batch.
        logging.getLogger("opentelemetry.exporter").setLevel(logging.CRITICAL)
        # Nothing is read from OTEL_ variables but resource attributes, which operators may add.
        self._exporter = _Told(OTLPSpanExporter(endpoint, insecure=endpoint.startswith("http:"), timeout=_TIMEOUT))
        resource = Resource.create(
            {SERVICE_NAME: "tako", SERVICE_VERSION: __version__, SERVICE_INSTANCE_ID: instance},
        )
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(sample)), resource=resource, shutdown_on_exit=False
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(
                self._exporter,
                max_queue_size=QUEUE,
                schedule_delay_millis=_EVERY_MS,
                max_export_batch_size=_BATCH,
                export_timeout_millis=_TIMEOUT * 1000,
            )
        )
        self.tracer: Tracer = self._provider.get_tracer("tako", __version__)

    async def close(self) -> None:
        """Send what waits, for seconds at most. The library has no bound of its own: it gets a thread that may stay."""
        loop, done = asyncio.get_running_loop(), asyncio.Event()

        def shut_down() -> None:
            self._provider.shutdown()
            if not loop.is_closed():
                loop.call_soon_threadsafe(done.set)

        threading.Thread(target=shut_down, name="tracing-close", daemon=True).start()
        try:
            async with asyncio.timeout(CLOSING):
                await done.wait()
        except TimeoutError:
            self._exporter.give_up()
            log.warning("tracing.spans_lost", reason="the collector did not take them in time")


class _Told(SpanExporter):
    """An exporter that says once that it fails, and once that it works again."""

    def __init__(self, inner: OTLPSpanExporter) -> None:
        self._inner = inner
        self._fails = False
        self._given_up = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send spans."""
        if self._given_up:
            return SpanExportResult.FAILURE
        try:
            result = self._inner.export(spans)
        except Exception as error:  # noqa: BLE001 - the rim of a thread of the library's: traces harm nobody
            result, why = SpanExportResult.FAILURE, type(error).__name__
        else:
            why = "the collector does not take them"
        fails = result is not SpanExportResult.SUCCESS
        if fails and not self._fails:
            log.warning("tracing.export_failed", reason=why, effect="spans are lost, and nothing else")
        elif self._fails and not fails:
            log.info("tracing.export_resumed")
        self._fails = fails
        return result

    def give_up(self) -> None:
        """Send nothing more."""
        self._given_up = True

    def shutdown(self) -> None:
        """Close the connection."""
        self._inner.shutdown(timeout_millis=0)

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Nothing is kept back here."""
        return True
