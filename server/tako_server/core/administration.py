"""What AdminService does: the face of cache, jobs and switches to operators."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tako.v1.admin_service_pb2 import (
    DisableProviderResponse,
    EnableProviderResponse,
    PurgeCacheResponse,
    RefreshExpiredResponse,
    RefreshProviderResponse,
    RunJobResponse,
)
from tako_server.core.operating import SwitchedBySetting
from tako_server.core.ports import Budget
from tako_server.core.providers import ProviderDirectory
from tako_server.core.registry import Registry
from tako_server.core.upkeep import Jobs, Refreshing, Switching, Upkeep


class Administration:
    """Answers AdminService. ``off_by_setting`` says which providers a setting keeps off, whatever operators switch."""

    def __init__(
        self,
        registry: Registry,
        directory: ProviderDirectory,
        *,
        upkeep: Upkeep,
        refreshing: Refreshing,
        jobs: Jobs,
        switching: Switching,
        off_by_setting: Callable[[str], bool],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._registry = registry
        self._directory = directory
        self._upkeep = upkeep
        self._refreshing = refreshing
        self._jobs = jobs
        self._switching = switching
        self._off_by_setting = off_by_setting
        self._clock = clock

    async def cache_stats(self, request: Any) -> bytes:
        """GetCacheStatsResponse. Raises ProviderUnknown for one that neither exists nor has entries."""
        told = await self._upkeep.stats(request.provider)
        if request.provider and not told.providers:
            self._registry.get(request.provider)
        return told.SerializeToString()

    async def refresh_provider(self, request: Any, budget: Budget) -> bytes:
        """RefreshProviderResponse."""
        provider = self._registry.get(request.provider).manifest.id
        counts = await self._refreshing.refresh(request.max_entries, budget, provider=provider, expired_only=False)
        return RefreshProviderResponse(counts=counts).SerializeToString()

    async def refresh_expired(self, request: Any, budget: Budget) -> bytes:
        """RefreshExpiredResponse."""
        counts = await self._refreshing.refresh(
            request.max_entries, budget, provider=None, expired_only=not request.all
        )
        return RefreshExpiredResponse(counts=counts).SerializeToString()

    async def purge(self, request: Any) -> bytes:
        """PurgeCacheResponse. Raises ProviderUnknown for one that neither exists nor has entries."""
        if request.provider and request.provider not in self._registry:
            await self.cache_stats(request)
        older_than = (
            self._clock() - request.older_than.ToNanoseconds() / 1e9 if request.HasField("older_than") else None
        )
        purged = await self._upkeep.purge(
            provider=request.provider or None, older_than=older_than, key=request.cache_key or None
        )
        return PurgeCacheResponse(purged=purged).SerializeToString()

    async def list_jobs(self, request: Any) -> bytes:
        """ListJobsResponse."""
        return (await self._jobs.listed(request.history)).SerializeToString()

    async def run_job(self, request: Any) -> bytes:
        """RunJobResponse."""
        return RunJobResponse(run=await self._jobs.run(request.job)).SerializeToString()

    async def enable_provider(self, request: Any) -> bytes:
        """EnableProviderResponse. Raises SwitchedBySetting when that would change nothing."""
        provider = self._registry.get(request.provider).manifest.id
        if self._off_by_setting(provider):
            raise SwitchedBySetting(provider)
        await self._switching.switch_on(provider)
        return EnableProviderResponse(provider=self._directory.one(provider, to_operator=True)).SerializeToString()

    async def disable_provider(self, request: Any) -> bytes:
        """DisableProviderResponse."""
        provider = self._registry.get(request.provider).manifest.id
        await self._switching.switch_off(provider, request.reason)
        return DisableProviderResponse(provider=self._directory.one(provider, to_operator=True)).SerializeToString()
