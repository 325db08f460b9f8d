"""What the pool of browsers does, for Prometheus. Without a browser all of it stays at nothing."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 30, 45, 60, 90, 120)


class BrowserMetrics:
    """Implements the pool's ``Watch``; ``sessions``, ``most`` and ``waiting`` are gauges that its owner sets."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.sessions = Gauge(
            "tako_browser_sessions", "Browsers that are there, or may be; those being ended too.", registry=registry
        )
        self.most = Gauge(
            "tako_browser_sessions_max", "Browsers that there may be at the same time.", registry=registry
        )
        self.waiting = Gauge("tako_browser_waiting", "Requests that wait for a browser.", registry=registry)
        self._opened = Counter("tako_browser_sessions_opened_total", "Browsers that were started.", registry=registry)
        self._ended = Counter(
            "tako_browser_sessions_ended_total", "Browsers that were ended, by reason.", ("reason",), registry=registry
        )
        self._swept = Counter(
            "tako_browser_orphans_swept_total", "Browsers of dead instances that were ended.", registry=registry
        )
        self._waited = Histogram(
            "tako_browser_wait_seconds",
            "Time that requests waited for a browser and got one.",
            registry=registry,
            buckets=_SECONDS,
        )
        self._asked = Histogram(
            "tako_browser_page_seconds",
            "Time that browsers took for a page, by what became of it.",
            ("outcome",),
            registry=registry,
            buckets=_SECONDS,
        )
        self._up = Gauge(
            "tako_browser_endpoint_up",
            "Whether a FlareSolverr answers, by its place in FSR_URL.",
            ("endpoint",),
            registry=registry,
        )

    def opened(self) -> None:
        """A session was made."""
        self._opened.inc()

    def ended(self, reason: str) -> None:
        """A session is being ended, and why."""
        self._ended.labels(reason).inc()

    def waited(self, seconds: float) -> None:
        """A request got a session."""
        self._waited.observe(seconds)

    def asked(self, outcome: str, seconds: float) -> None:
        """A browser was asked for a page."""
        self._asked.labels(outcome).observe(seconds)

    def swept(self, count: int) -> None:
        """Orphans were destroyed."""
        self._swept.inc(count)

    def reached(self, endpoint: int, *, up: bool) -> None:
        """An endpoint answers, or does not any more."""
        self._up.labels(str(endpoint)).set(up)
