"""Counts and times for Prometheus, under the names that gRPC services usually have. Each server has its own.

Labels are few and bounded: methods, codes, providers, operations.
"""

from __future__ import annotations

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

from tako_server import __version__
from tako_server.rpc.browser_metrics import BrowserMetrics
from tako_server.rpc.job_metrics import JobMetrics

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """All metrics of one server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._handled = Counter(
            "grpc_server_handled_total",
            "Calls that have ended.",
            ("grpc_service", "grpc_method", "grpc_code"),
            registry=self.registry,
        )
        self._handling = Histogram(
            "grpc_server_handling_seconds",
            "Time that calls took.",
            ("grpc_service", "grpc_method"),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._answers = Counter(
            "tako_cache_answers_total",
            "Answers by where they came from, whole or one provider's part.",
            ("part", "state"),
            registry=self.registry,
        )
        self._asked = Counter(
            "tako_provider_requests_total",
            "Questions put to providers, by what became of them; OK, or the reason of the error.",
            ("provider", "operation", "outcome"),
            registry=self.registry,
        )
        self._asking = Histogram(
            "tako_provider_request_seconds",
            "Time that providers took.",
            ("provider",),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._translated = Counter(
            "tako_translated_texts_total",
            "Texts that engines were to translate: made, failed, or kept from before.",
            ("engine", "state"),
            registry=self.registry,
        )
        self.in_flight = Gauge("tako_calls_in_flight", "Calls that have not ended.", registry=self.registry)
        self.browsers = BrowserMetrics(self.registry)
        self.jobs = JobMetrics(self.registry)
        info = Gauge("tako_build_info", "Always 1; the version is a label.", ("version",), registry=self.registry)
        info.labels(__version__).set(1)
        # Looking children up by their labels costs more than the rest; few labels, so they are kept.
        self._handled_of = cache(lambda method, code: self._handled.labels(*method[1:].split("/"), code))
        self._handling_of = cache(lambda method: self._handling.labels(*method[1:].split("/")))
        self._whole_of = cache(lambda state: self._answers.labels("whole", state))

    def served(self, method: str, code: str, seconds: float) -> None:
        """A call has ended."""
        self._handled_of(method, code).inc()
        self._handling_of(method).observe(seconds)

    def answered_whole(self, state: str) -> None:
        """A whole answer came from where ``state`` says."""
        self._whole_of(state).inc()

    def asked(self, provider: str, operation: str, outcome: str, seconds: float) -> None:
        """A provider was asked; ``outcome`` is OK or the reason of the error."""
        self._asked.labels(provider, operation, outcome).inc()
        self._asking.labels(provider).observe(seconds)

    def answered(self, state: str) -> None:
        """One provider's part of an answer came from where ``state`` says."""
        self._answers.labels("provider", state).inc()

    def translated(self, engine: str, state: str, texts: int) -> None:
        """Texts were ``made`` or ``failed`` by an engine, or ``kept`` from before."""
        self._translated.labels(engine, state).inc(texts)

    def exposition(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)
