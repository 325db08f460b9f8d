"""The engine with a memory: L1, then the store, then upstream, with the rules of ``policy``.

Implements the core's ``Engine`` around another one. Answers are kept per provider and question; failures never are.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from tako_providers.sdk.errors import NotFound, OutOfTime, ProviderError, TakoError, TimedOut
from tako_providers.sdk.provider import Provider
from tako_server.cache.answers import decode, entry_of
from tako_server.cache.keys import cache_key
from tako_server.cache.leases import NOTHING_KEPT, Leases, NoLeases
from tako_server.cache.memory import Memory
from tako_server.cache.policy import Lifetime, lifetime
from tako_server.cache.store import Entry, Store
from tako_server.core.flights import Flights
from tako_server.core.lookups import Lookups
from tako_server.core.ports import ANYTHING, Answer, Ask, CacheState, Demand, Engine

_OVERHEAD = 600
"""Bytes that Python needs around one kept answer."""
_GRACE = 0.1
"""Seconds that a caller with time enough waits beyond the provider's own: the flight itself is to say that upstream was
silent, so that the breaker counts it. Less than what the core keeps back of a call's time."""
_FORGETTING = 0.25
"""Seconds that those who are told that there is nothing wait for the store to forget what there was."""
_FIRST_LOOK, _LAST_LOOK = 0.02, 0.25
"""Seconds between two looks at what another replica is fetching, growing."""
_ROUNDING = 0.001
"""Seconds by which a time differs after a store has kept it."""
_RENEWED = Demand(refresh=True)
"""Of a renewal that no caller waits for."""
_SKEW = 1.0
"""Seconds by which the clocks of replicas may differ."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in memory."""

    answer: Answer

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return sum(map(len, self.answer.parts)) + 50 * len(self.answer.parts) + _OVERHEAD


class Inner(Engine, Protocol):
    """The engine that asks upstream."""

    def check_usable(self, provider: Provider) -> None:
        """Raise Disabled or NotConfigured when the provider can't be asked here."""
        ...


class Writer(Protocol):
    """Writes that nobody waits for."""

    def peek(self, key: str) -> Entry | None:
        """An entry that waits to be written."""
        ...

    def put(self, entry: Entry) -> None:
        """Keep an entry in the store, soon."""
        ...

    def touch(self, key: str) -> None:
        """Count one use of an entry."""
        ...

    async def purge(self, *, key: str | None = None) -> int:
        """Remove an entry, from the store and from what waits."""
        ...


class CachingEngine:
    """Implements ``Engine``. Owns its flights; ``close`` ends them."""

    def __init__(
        self,
        inner: Inner,
        memory: Memory[Kept],
        store: Store,
        writer: Writer,
        *,
        may_serve_stale: Callable[[ProviderError], bool],
        leases: Leases | None = None,
        observe: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``may_serve_stale`` of an error: an older answer is better. ``observe`` is told hit, stale or miss.

        ``leases`` are for a store that other servers use too.
        """
        self._inner = inner
        self._memory = memory
        self._store = store
        self._writer = writer
        self._may_serve_stale = may_serve_stale
        self._leases = leases or NoLeases()
        self._observe = observe
        self._clock = clock
        self._flights: Flights[Answer] = Flights()
        self._readings: dict[str, asyncio.Future[Entry | None]] = {}
        self._purges = 0
        self.lookups = {"l1": Lookups(), "l2": Lookups()}
        """What was found in memory, and in the store behind it."""

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """The answer, kept or new. Raises the errors of ``sdk.errors`` when there is neither."""
        self._inner.check_usable(provider)
        if lifetime(provider.manifest, ask).fresh == 0:
            return await self._inner.ask(provider, ask, timeout)
        answer = await self._answer(cache_key(provider.manifest.id, ask), provider, ask, timeout, demand)
        self._observe(answer.state.value)
        return answer

    async def renew(self, provider: Provider, ask: Ask) -> Answer:
        """A new answer, which takes the place of the one that is kept. Raises what upstream raises, and all stays."""
        self._inner.check_usable(provider)
        if lifetime(provider.manifest, ask).fresh == 0:
            return await self._inner.ask(provider, ask, provider.manifest.timeout)
        key = cache_key(provider.manifest.id, ask)
        return await self._flights.join(key, lambda: self._fetch(key, provider, ask, None, _RENEWED))

    def forget(self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None) -> int:
        """Drop from memory what fits all that is named, everything when nothing is. How many answers went."""
        self._purges += 1
        return self._memory.drop_if(
            lambda known, kept: (
                (key is None or known == key)
                and (provider is None or str(known).partition(":")[0] == provider)
                and (older_than is None or kept.answer.fetched_at < older_than)
            )
        )

    async def close(self) -> None:
        """End the flights that are still in the air."""
        await self._flights.close()
        await self._leases.close()

    async def _answer(self, key: str, provider: Provider, ask: Ask, timeout: float, demand: Demand) -> Answer:
        began = time.monotonic()
        kept, level = await self._kept(key)  # bounded by the store itself
        if kept is not None:
            satisfies = self._satisfies(provider, ask, kept, demand)
            if satisfies and self._clock() < kept.expires_at:
                self.lookups[level].hits += 1
            else:
                self.lookups[level].stale += 1
            if satisfies:
                return self._given(key, provider, ask, kept, level)
        left = timeout - (time.monotonic() - began)
        try:
            async with asyncio.timeout(left if timeout < provider.manifest.timeout else left + _GRACE):
                return await self._flights.join(key, lambda: self._fetch(key, provider, ask, kept, demand))
        except TimeoutError:
            failure: TakoError = _too_late(provider, timeout)
        except ProviderError as error:
            failure = error
        if kept is None or not self._usable_stale(provider, ask, kept, failure):
            raise failure
        log.info("cache.stale_served", provider=provider.manifest.id, reason=type(failure).__name__)
        return replace(kept, state=CacheState.STALE, failure=failure, level=level)

    async def _kept(self, key: str) -> tuple[Answer | None, str]:
        """The answer under ``key``, however old, and its level: memory, or what waits to be written and the store."""
        found = self._memory.get(key)
        if found is not None:
            return found.answer, "l1"
        self.lookups["l1"].misses += 1
        purges = self._purges
        entry = self._writer.peek(key) or await self._read(key)
        came = self._memory.get(key)  # while the store was read, others may have fetched, or read, the same
        if came is not None and (entry is None or entry.fetched_at <= came.answer.fetched_at):
            return came.answer, "l1"
        answer = decode(entry, level="l2") if entry is not None else None
        if answer is None:
            self.lookups["l2"].misses += 1
        elif purges == self._purges:  # else it may be what was to go
            self._memory.put(key, Kept(answer))
        return answer, "l2"

    async def _read(self, key: str) -> Entry | None:
        """The entry in the store. Who wants one that another is reading waits for that: a crowd is one look-up."""
        while (reading := self._readings.get(key)) is not None:
            await asyncio.wait((reading,))
            if not reading.cancelled():
                return reading.result()
        reading = self._readings[key] = asyncio.get_running_loop().create_future()
        try:
            entry = await self._store.get(key)
            reading.set_result(entry)
        finally:
            del self._readings[key]
            reading.cancel()  # for those who wait, if the reader has gone: one of them reads then
        return entry

    def _satisfies(self, provider: Provider, ask: Ask, kept: Answer, demand: Demand) -> bool:
        """Whether a kept answer may be given without asking: fresh, or stale and refreshed behind."""
        now = self._clock()
        if demand.refresh or (demand.max_age is not None and now - kept.fetched_at > demand.max_age):
            return False
        return now < kept.expires_at + _lifetime(provider, ask, kept).while_revalidate

    def _given(self, key: str, provider: Provider, ask: Ask, kept: Answer, level: str) -> Answer:
        """A kept answer; when it is stale, upstream is asked behind it."""
        self._writer.touch(key)
        if self._clock() < kept.expires_at:
            if kept.state is CacheState.HIT and kept.level == level:
                return kept  # as it was read from the store
            return replace(kept, state=CacheState.HIT, level=level)
        self._flights.launch(key, lambda: self._fetch(key, provider, ask, kept, ANYTHING))
        return replace(kept, state=CacheState.STALE, level=level)

    def _usable_stale(self, provider: Provider, ask: Ask, kept: Answer, failure: TakoError) -> bool:
        """Whether an older answer is better than ``failure``, and not too old for upstream's terms."""
        if isinstance(failure, ProviderError) and not self._may_serve_stale(failure):
            return False
        return self._clock() < kept.expires_at + _lifetime(provider, ask, kept).if_error

    async def _fetch(self, key: str, provider: Provider, ask: Ask, seen: Answer | None, demand: Demand) -> Answer:
        """Ask upstream once, for all that wait here and in other replicas, and keep what comes.

        ``seen`` is the kept answer that would not do.
        """
        manifest = provider.manifest
        elsewhere = await self._fetched_elsewhere(key, provider, seen, demand)
        if elsewhere is not None:
            return elsewhere
        try:
            answer = await self._inner.ask(provider, ask, manifest.timeout)
        except BaseException as error:
            self._leases.let_go(key)
            if isinstance(error, NotFound) and demand is not _RENEWED:  # nobody is asking: nobody is misled by it
                await self._forget(key)
            raise
        alive = lifetime(manifest, ask, empty=not answer.parts, partial=answer.partial)
        answer = replace(answer, key=key, expires_at=answer.fetched_at + alive.fresh)
        self._memory.put(key, Kept(answer))
        self._writer.put(entry_of(key, manifest.id, ask, answer))
        self._leases.landed(key)
        return answer

    async def _fetched_elsewhere(
        self, key: str, provider: Provider, seen: Answer | None, demand: Demand
    ) -> Answer | None:
        """What another replica has fetched meanwhile. None when there is nothing of that kind: then the lease is ours.

        A replica that takes longer than the provider may is waited for no more.
        """
        began, pause = self._clock(), _FIRST_LOOK
        with suppress(TimeoutError):
            async with asyncio.timeout(provider.manifest.timeout):
                while (in_store := await self._leases.take(key)) is None:
                    await asyncio.sleep(pause)
                    pause = min(pause * 1.5, _LAST_LOOK)
                if in_store <= (seen.fetched_at + _ROUNDING if seen is not None else NOTHING_KEPT):
                    return None
                entry = await self._store.get(key)
                answer = decode(entry) if entry is not None else None
                if answer is None or self._clock() >= answer.expires_at:
                    return None
                if demand != ANYTHING and answer.fetched_at < began - _SKEW:
                    return None
                self._leases.let_go(key)
                self._memory.put(key, Kept(answer))
                return answer
        return None

    async def _forget(self, key: str) -> None:
        """Let go of an older answer to what upstream says is not there: it would be given, stale, again and again."""
        if self._memory.get(key) is None:
            return
        self._memory.drop(key)
        with suppress(TimeoutError):
            async with asyncio.timeout(_FORGETTING):
                await self._writer.purge(key=key)


def _too_late(provider: Provider, timeout: float) -> TakoError:
    title = provider.manifest.title
    if timeout < provider.manifest.timeout:
        return OutOfTime(f"the time given was too short for {title}")
    return TimedOut(f"{title} did not answer in time", provider=provider.manifest.id)


def _lifetime(provider: Provider, ask: Ask, kept: Answer) -> Lifetime:
    return lifetime(provider.manifest, ask, empty=not kept.parts, partial=kept.partial)
