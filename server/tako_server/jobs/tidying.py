"""Removes what nobody is given any more, and counts what is left."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from tako.v1.admin_service_pb2 import GetCacheStatsResponse
from tako_providers.sdk.manifest import Manifest
from tako_server.core.operating import StoreUnavailable
from tako_server.core.registry import Registry
from tako_server.core.upkeep import Upkeep
from tako_server.jobs.job import Report
from tako_server.jobs.runs import Runs

KEPT_FOR = 90 * 86400.0
"""Seconds."""
RUNS_KEPT = 100
"""Runs that are kept of each job, by the clock; and as many by hand."""

log = structlog.get_logger(__name__)


class Tidying:
    """The work of the jobs that purge and count."""

    def __init__(
        self,
        registry: Registry,
        upkeep: Upkeep,
        runs: Runs,
        *,
        observe: Callable[[GetCacheStatsResponse], None] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``observe`` is told what was counted."""
        self._registry = registry
        self._upkeep = upkeep
        self._runs = runs
        self._observe = observe
        self._clock = clock

    async def purge_old(self, report: Report) -> None:
        """Purge answers that are 90 days old, or older than their provider's terms allow; and runs of long ago."""
        now = self._clock()
        report.did("purged", await self._upkeep.tidy(older_than=now - KEPT_FOR))
        for provider in self._registry:
            manifest = provider.manifest
            if manifest.max_stale is not None:
                age = _longest_fresh(manifest) + manifest.max_stale
                report.did("purged", await self._upkeep.tidy(provider=manifest.id, older_than=now - age))
        report.did("runs_purged", await self._runs.trim(RUNS_KEPT))

    async def count(self, report: Report) -> None:
        """Count what is kept, for the metrics and the log."""
        stats = await self._upkeep.stats()
        if not stats.store_available:
            raise StoreUnavailable
        self._observe(stats)
        total = stats.total
        for name in ("entries", "fresh", "expired", "bytes", "results", "hits", "refreshes"):
            report.did(name, getattr(total, name))
        report.did("providers", len(stats.providers))
        log.info("cache.counted", **report.counts)


def _longest_fresh(manifest: Manifest) -> float:
    ttl = manifest.ttl
    feeds = [spec.ttl for spec in manifest.feeds if spec.ttl is not None]
    return max(ttl.search, ttl.detail, ttl.price, ttl.static, ttl.feed, *feeds)
