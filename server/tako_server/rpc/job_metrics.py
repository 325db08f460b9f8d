"""What the jobs do, and what they count, for Prometheus.

The label is ``job_id``: ``job`` is Prometheus's own word for what it reads from.
"""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from tako.v1.admin_service_pb2 import GetCacheStatsResponse

_SECONDS = (0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)


class JobMetrics:
    """Implements the jobs' ``Watch``, and is told what the statistics count."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._runs = Counter(
            "tako_job_runs_total",
            "Runs of jobs that ended here, or were missed.",
            ("job_id", "outcome"),
            registry=registry,
        )
        self._seconds = Histogram(
            "tako_job_seconds", "Time that runs took.", ("job_id",), registry=registry, buckets=_SECONDS
        )
        self._last_success = Gauge(
            "tako_job_last_success_timestamp_seconds",
            "When a job last ended well, or well for a part, as Unix time.",
            ("job_id",),
            registry=registry,
        )
        self._interval = Gauge(
            "tako_job_interval_seconds",
            "Seconds between two runs by the clock; absent where this server runs none by the clock.",
            ("job_id",),
            registry=registry,
        )
        self._leads = Gauge("tako_jobs_leader", "1 where the jobs run by the clock, else 0.", registry=registry)
        self._entries = Gauge(
            "tako_store_entries", "Answers in the store, as last counted.", ("provider", "state"), registry=registry
        )
        self._bytes = Gauge(
            "tako_store_bytes", "Bytes of the answers in the store, as last counted.", ("provider",), registry=registry
        )

    def ended(self, job: str, outcome: str, seconds: float, at: float) -> None:
        """A run has ended, or was missed."""
        self._runs.labels(job, outcome).inc()
        if outcome != "MISSED":
            self._seconds.labels(job).observe(seconds)
        if outcome in ("SUCCEEDED", "PARTIAL"):
            self._last_success.labels(job).set(at)

    def succeeded_before(self, job: str, at: float) -> None:
        """When a job last ended well, of whoever ran it."""
        self._last_success.labels(job).set(at)

    def scheduled(self, intervals: Mapping[str, float]) -> None:
        """This server runs jobs by the clock, when its turn comes: seconds between two runs, by job."""
        for job, seconds in intervals.items():
            self._interval.labels(job).set(seconds)
            for outcome in ("FAILED", "MISSED"):  # from 0, so that the first of them is seen as a change
                self._runs.labels(job, outcome)

    def leads(self, *, is_leader: bool) -> None:
        """This replica runs the jobs, or does not any more."""
        self._leads.set(is_leader)

    def counted(self, stats: GetCacheStatsResponse) -> None:
        """What the store holds now; providers of which nothing is left are shown no more."""
        self._entries.clear()
        self._bytes.clear()
        for one in stats.providers:
            self._entries.labels(one.provider, "fresh").set(one.stats.fresh)
            self._entries.labels(one.provider, "expired").set(one.stats.expired)
            self._bytes.labels(one.provider).set(one.stats.bytes)
