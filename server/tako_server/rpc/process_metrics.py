"""The process itself: its version, what it uses, and how late its event loop is."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector

from tako_server import __version__

_EVERY = 0.5
"""Seconds between two looks at the loop."""
_LATE = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class ProcessMetrics:
    """Build, memory, CPU, file descriptors, and the loop's lag while ``watching``."""

    def __init__(self, registry: CollectorRegistry) -> None:
        ProcessCollector(registry=registry)
        info = Gauge(
            "tako_build_info", "Always 1; the versions are labels.", ("version", "python", "grpc"), registry=registry
        )
        info.labels(__version__, platform.python_version(), grpc.__version__).set(1)
        self._lag = Histogram(
            "tako_loop_lag_seconds",
            "How much later than wished the event loop did what was due: work that does not give way.",
            registry=registry,
            buckets=_LATE,
        )

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Look at the running loop twice a second."""
        task = asyncio.create_task(self._watch(), name="loop-lag")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _watch(self) -> None:
        now = asyncio.get_running_loop().time
        while True:
            due = now() + _EVERY
            await asyncio.sleep(_EVERY)
            self._lag.observe(max(now() - due, 0.0))
