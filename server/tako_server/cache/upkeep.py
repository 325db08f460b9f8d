"""What operators and jobs do with the cache as a whole: see what it holds, purge it, ask again for what is in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from tako.v1.admin_service_pb2 import (
    CacheStats,
    GetCacheStatsResponse,
    MemoryCacheStats,
    PoolStats,
    ProviderCacheStats,
)
from tako.v1.admin_service_pb2 import Store as StoreMessage
from tako_server.cache.asked import unpack
from tako_server.cache.behind import WriteBehind
from tako_server.cache.caching import CachingEngine
from tako_server.cache.keys import cache_key
from tako_server.cache.memory import Memory
from tako_server.cache.store import Entry, PoolCounts, ProviderStats, Store
from tako_server.cache.switches import Switches
from tako_server.core.operating import StoreUnavailable
from tako_server.core.upkeep import Asked

_STORES = {"sqlite": StoreMessage.SQLITE, "postgresql": StoreMessage.POSTGRESQL, "none": StoreMessage.NONE}


class CacheUpkeep:
    """Implements the core's ``Upkeep`` over the store and the memory of this process."""

    def __init__(
        self,
        store: Store,
        writer: WriteBehind,
        engine: CachingEngine,
        memories: Sequence[Memory[Any]],
        switches: Switches,
        *,
        forget_whole: Callable[[], None],
        pool: Callable[[], PoolCounts] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``forget_whole`` drops whole answers from memory. ``pool`` tells of the store's connections, if it has some.

        ``switches`` tell other replicas of a purge.
        """
        self._store = store
        self._writer = writer
        self._engine = engine
        self._memories = memories
        self._switches = switches
        self._forget_whole = forget_whole
        self._pool = pool
        self._clock = clock

    async def stats(self, provider: str = "") -> GetCacheStatsResponse:
        """What the cache holds, of one provider when it is named."""
        found = [one for one in await self._store.stats(self._clock()) if provider in ("", one.provider)]
        told = GetCacheStatsResponse(
            total=_counted(found),
            providers=[ProviderCacheStats(provider=one.provider, stats=_counted([one])) for one in found],
            memory=MemoryCacheStats(
                entries=sum(len(memory) for memory in self._memories),
                bytes=sum(memory.bytes for memory in self._memories),
                max_bytes=sum(memory.max_bytes for memory in self._memories),
                hits=sum(memory.counts.hits for memory in self._memories),
                misses=sum(memory.counts.misses for memory in self._memories),
            ),
            store=_STORES[self._store.name],
            store_available=self._store.available,
        )
        if self._pool is not None:
            pool = self._pool()
            told.pool.CopyFrom(PoolStats(size=pool.size, idle=pool.idle, max=pool.most, waiting=pool.waiting))
        return told

    async def asked(self, limit: int, *, provider: str | None = None, expired_only: bool) -> Sequence[Asked]:
        """The questions of kept answers, those that were used last first."""
        self._check_there()
        expired_at = self._clock() if expired_only else None
        entries = await self._store.lately_used(limit, provider=provider, expired_at=expired_at)
        self._check_there()
        return [_asked(entry) for entry in entries]

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove what fits from the store and from memory, here and in all replicas."""
        removed = await self._remove(provider=provider, older_than=older_than, key=key)
        await self._switches.purged()
        return removed

    async def tidy(self, *, provider: str | None = None, older_than: float) -> int:
        """Remove what is too old to be given; the memory of other replicas does not give it either."""
        return await self._remove(provider=provider, older_than=older_than)

    async def _remove(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove from the store, then from memory: what is read in between is not kept."""
        self._check_there()
        removed = await self._writer.purge(provider=provider, older_than=older_than, key=key)
        self._check_there()
        forgotten = self._engine.forget(provider=provider, older_than=older_than, key=key)
        self._forget_whole()
        return forgotten if self._store.name == "none" else removed

    def _check_there(self) -> None:
        """A store that is away answers "nothing": that must not look like an answer."""
        if not self._store.available:
            raise StoreUnavailable


def _asked(entry: Entry) -> Asked:
    """The question of an entry. It must lead to the entry's own key, else its answer would be kept elsewhere."""
    ask = unpack(entry.question) if entry.question else None
    if ask is not None and cache_key(entry.provider, ask) != entry.key:
        ask = None
    return Asked(entry.provider, ask)


def _counted(found: Sequence[ProviderStats]) -> CacheStats:
    return CacheStats(
        entries=sum(one.entries for one in found),
        fresh=sum(one.fresh for one in found),
        expired=sum(one.expired for one in found),
        bytes=sum(one.bytes for one in found),
        results=sum(one.results for one in found),
        hits=sum(one.hits for one in found),
        refreshes=sum(one.refreshes for one in found),
        oldest=_moment(min((one.oldest for one in found), default=None)),
        newest=_moment(max((one.newest for one in found), default=None)),
        last_accessed=_moment(max((one.last_accessed for one in found), default=None)),
    )


def _moment(at: float | None) -> Timestamp | None:
    if at is None:
        return None
    moment = Timestamp()
    moment.FromNanoseconds(int(at * 1e9))
    return moment
