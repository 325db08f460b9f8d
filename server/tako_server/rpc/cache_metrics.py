"""The cache by level, its memory, the store behind it and the store's connections; looked up when Prometheus reads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from tako_server.core.lookups import Lookups


class Shelf(Protocol):
    """A level that is in memory."""

    @property
    def bytes(self) -> int:
        """Bytes held."""
        ...

    @property
    def max_bytes(self) -> int:
        """Bytes allowed."""
        ...

    def __len__(self) -> int: ...


class Pool(Protocol):
    """Connections to a database, counted."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    @property
    def idle(self) -> int:
        """Those that nobody uses."""
        ...

    @property
    def most(self) -> int:
        """How many there may be."""
        ...

    @property
    def waiting(self) -> int:
        """Who waits for one."""
        ...

    @property
    def lent(self) -> int:
        """How often one was given."""
        ...

    @property
    def waited(self) -> float:
        """Seconds that those waited who got one."""
        ...

    @property
    def refused(self) -> int:
        """How often none was free in time."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheParts:
    """What there is to look at. ``pool`` is None without a database, ``folder`` without a store on this disk."""

    lookups: Mapping[str, Lookups]
    """By level, from the first: whole, l1, l2."""
    shelves: Mapping[str, Shelf]
    store: str
    is_up: Callable[[], bool]
    waiting: Callable[[], int]
    """Entries that wait to be written."""
    lost: Callable[[], int]
    """Entries that never were."""
    pool: Callable[[], Pool] | None = None
    folder: Path | None = None


class CacheMetrics(Collector):
    """Reads the counts of ``parts``. With the store ``none`` there is nothing to be up."""

    def __init__(self, registry: CollectorRegistry, parts: CacheParts) -> None:
        self._parts = parts
        registry.register(self)

    def collect(self) -> Iterator[Metric]:
        """What Prometheus reads."""
        yield from self._levels()
        yield from self._store()
        yield from self._pool()

    def _levels(self) -> Iterator[Metric]:
        lookups = CounterMetricFamily(
            "tako_cache_lookups",
            "Looks into a level of the cache: hit, stale (too old for the caller) or miss. A miss asks the next level.",
            labels=["level", "result"],
        )
        for level, counts in self._parts.lookups.items():
            lookups.add_metric((level, "hit"), counts.hits)
            lookups.add_metric((level, "stale"), counts.stale)
            lookups.add_metric((level, "miss"), counts.misses)
        held = GaugeMetricFamily("tako_cache_memory_bytes", "Bytes of answers in memory.", labels=["level"])
        allowed = GaugeMetricFamily("tako_cache_memory_max_bytes", "Bytes that they may take.", labels=["level"])
        entries = GaugeMetricFamily("tako_cache_memory_entries", "Answers in memory.", labels=["level"])
        for level, shelf in self._parts.shelves.items():
            held.add_metric((level,), shelf.bytes)
            allowed.add_metric((level,), shelf.max_bytes)
            entries.add_metric((level,), len(shelf))
        yield from (lookups, held, allowed, entries)

    def _store(self) -> Iterator[Metric]:
        parts = self._parts
        up = GaugeMetricFamily("tako_store_up", "1 while the store answers, else 0.", labels=["store"])
        if parts.store != "none":
            up.add_metric((parts.store,), parts.is_up())
        waiting = GaugeMetricFamily("tako_store_waiting_entries", "Answers that wait to be written.")
        waiting.add_metric((), parts.waiting())
        lost = CounterMetricFamily("tako_store_lost_entries", "Answers that were never written.")
        lost.add_metric((), parts.lost())
        yield from (up, waiting, lost)
        free = GaugeMetricFamily("tako_store_disk_free_bytes", "Free bytes on the disk of the embedded store.")
        size = GaugeMetricFamily("tako_store_disk_bytes", "Bytes of the disk of the embedded store.")
        if parts.folder is not None and parts.folder.is_dir():
            disk = os.statvfs(parts.folder)
            free.add_metric((), disk.f_bavail * disk.f_frsize)
            size.add_metric((), disk.f_blocks * disk.f_frsize)
        yield from (free, size)

    def _pool(self) -> Iterable[Metric]:
        connections = GaugeMetricFamily(
            "tako_postgres_connections", "Connections to PostgreSQL: idle, used.", labels=["state"]
        )
        most = GaugeMetricFamily("tako_postgres_connections_max", "Connections that there may be.")
        waiting = GaugeMetricFamily("tako_postgres_waiting", "Who waits for a connection now.")
        lent = CounterMetricFamily("tako_postgres_acquired", "Connections that were lent.")
        waited = CounterMetricFamily(
            "tako_postgres_acquire_seconds", "Time until connections were lent, connecting included."
        )
        refused = CounterMetricFamily("tako_postgres_refused", "Requests for a connection when none became free.")
        if self._parts.pool is not None:
            pool = self._parts.pool()
            connections.add_metric(("idle",), pool.idle)
            connections.add_metric(("used",), pool.size - pool.idle)
            most.add_metric((), pool.most)
            waiting.add_metric((), pool.waiting)
            lent.add_metric((), pool.lent)
            waited.add_metric((), pool.waited)
            refused.add_metric((), pool.refused)
        return (connections, most, waiting, lent, waited, refused)
