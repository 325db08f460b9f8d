"""Counts and times for Prometheus; docs/metrics.md lists them. Each server has its own.

Labels are few and bounded: methods, codes, providers, operations, and words of our own. Never what a caller says.
"""

from __future__ import annotations

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, disable_created_metrics
from prometheus_client.exposition import generate_latest

from tako_server.rpc.browser_metrics import BrowserMetrics
from tako_server.rpc.call_metrics import CallMetrics
from tako_server.rpc.job_metrics import JobMetrics
from tako_server.rpc.process_metrics import ProcessMetrics
from tako_server.rpc.provider_metrics import ProviderMetrics

# Else the library tells of each counter when it began to count, as a metric of its own: half as many lines again.
disable_created_metrics()  # type: ignore[no-untyped-call] # untyped


class Metrics:
    """All metrics of one server. Those that look at its parts are registered by ``measuring``."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.calls = CallMetrics(self.registry)
        self.providers = ProviderMetrics(self.registry)
        self.browsers = BrowserMetrics(self.registry)
        self.jobs = JobMetrics(self.registry)
        self.process = ProcessMetrics(self.registry)
        self.in_flight = Gauge("tako_calls_in_flight", "Calls that have not ended.", registry=self.registry)
        self.most_in_flight = Gauge(
            "tako_calls_in_flight_max", "Calls that may be answered at the same time.", registry=self.registry
        )
        translated = Counter(
            "tako_translated_texts",
            "Texts that engines were to translate: made, failed, or kept from before.",
            ("engine", "state"),
            registry=self.registry,
        )
        self._translated = cache(translated.labels)

    def translated(self, engine: str, state: str, texts: int) -> None:
        """Texts were ``made`` or ``failed`` by an engine, or ``kept`` from before."""
        self._translated(engine, state).inc(texts)

    def exposition(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)
