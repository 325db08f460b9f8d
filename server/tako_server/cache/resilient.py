"""A store that may go away and come back, without anybody waiting for it or failing with it.

While it is away, what is read is not there and what is written is dropped: answers go on from memory and upstream. It
is said once that it has gone and once that it is back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

import structlog

from tako_server.cache.store import Entry, ProviderStats, Store, StoreAway, StoreError, StoreRefused

LIMIT = 0.25
"""Seconds that a call on the way of an answer may take."""
WORK_LIMIT = 30.0
"""Seconds that work in the background may take, which goes through all rows: purge, stats, lately_used."""
_OPENING = 5.0
_STEADY = 60.0
"""Seconds without trouble after which the next trouble counts as the first."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class ResilientStore:
    """Implements ``Store`` around another. Raises no StoreError.

    A call that fails or takes longer than its limit means that the store is away. From then on nobody asks it but a
    probe, after ``probe`` seconds and then less and less often, up to ``slowest_probe``; the same brings in a store
    that is away at the start. A refusal is about one call and changes nothing; each kind of it is logged once.

    ``on_change`` is told of every change: True when the store is there. ``effect`` is what its absence means, for logs.
    """

    def __init__(
        self,
        inner: Store,
        *,
        limit: float = LIMIT,
        work_limit: float = WORK_LIMIT,
        probe: float = 1.0,
        slowest_probe: float = 15.0,
        closing: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        on_change: Callable[[bool], None] = lambda _: None,
        effect: str = "answers come from memory and upstream",
    ) -> None:
        self._inner = inner
        self._limit = limit
        self._work_limit = work_limit
        self._first_delay = probe
        self._slowest = slowest_probe
        self._closing = closing
        self._clock = clock
        self._on_change = on_change
        self._effect = effect
        self._available = False
        self._delay = probe
        self._away_since: float | None = None
        self._back_at = clock()
        self._tried = asyncio.Event()
        self._prober: asyncio.Task[None] | None = None
        self._refusals: set[str] = set()

    @property
    def name(self) -> str:
        """The inner store's."""
        return self._inner.name

    @property
    def available(self) -> bool:
        """Whether the store is there, as far as is known."""
        return self._available

    async def open(self) -> None:
        """Begin to connect, and wait for it no longer than for any other call."""
        if self._prober is None and not self._available:
            self._prober = asyncio.create_task(self._bring_in(0), name="store-probe")
        try:
            async with asyncio.timeout(self._limit):
                await self._tried.wait()
        except TimeoutError:
            return  # it goes on behind

    async def get(self, key: str) -> Entry | None:
        """The entry of ``key``; None while the store is away."""
        if not self._available:
            return None
        return await self._within(self._limit, self._inner.get(key), None)

    async def put(self, *entries: Entry) -> None:
        """Insert or replace; dropped while the store is away."""
        if self._available:
            await self._within(self._limit, self._inner.put(*entries), None)

    async def touch(self, hits: Mapping[str, int], at: float) -> None:
        """Count hits; dropped while the store is away."""
        if self._available:
            await self._within(self._limit, self._inner.touch(hits, at), None)

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove what fits; nothing while the store is away."""
        if not self._available:
            return 0
        work = self._inner.purge(provider=provider, older_than=older_than, key=key)
        return await self._within(self._work_limit, work, 0)

    async def stats(self, now: float) -> Sequence[ProviderStats]:
        """What is kept, by provider; nothing while the store is away."""
        if not self._available:
            return ()
        nothing: Sequence[ProviderStats] = ()
        return await self._within(self._work_limit, self._inner.stats(now), nothing)

    async def lately_used(
        self, limit: int, *, provider: str | None = None, expired_at: float | None = None
    ) -> Sequence[Entry]:
        """Entries, the most recently accessed first; none while the store is away."""
        if not self._available:
            return ()
        nothing: Sequence[Entry] = ()
        work = self._inner.lately_used(limit, provider=provider, expired_at=expired_at)
        return await self._within(self._work_limit, work, nothing)

    async def load(self, name: str) -> bytes | None:
        """A small value; None while the store is away."""
        if not self._available:
            return None
        return await self._within(self._limit, self._inner.load(name), None)

    async def save(self, name: str, value: bytes) -> None:
        """Keep a small value; dropped while the store is away."""
        if self._available:
            await self._within(self._limit, self._inner.save(name, value), None)

    async def create(self, name: str, value: bytes) -> bytes:
        """Keep a small value unless there is one. While the store is away, the caller's own: ask again later."""
        if not self._available:
            return value
        return await self._within(self._limit, self._inner.create(name, value), value)

    async def close(self) -> None:
        """Close the inner store, within ``closing`` seconds."""
        self._available = False
        prober, self._prober = self._prober, None
        if prober is not None:
            prober.cancel()
            await asyncio.wait((prober,), timeout=self._closing)
        try:
            async with asyncio.timeout(self._closing):
                await self._inner.close()
        except (StoreError, TimeoutError) as error:
            log.warning("store.not_closed", store=self.name, error=_told(error))

    async def _within(self, limit: float, work: Awaitable[T], otherwise: T) -> T:
        try:
            async with asyncio.timeout(limit):
                return await work
        except (StoreAway, TimeoutError) as error:
            self._lost(error)
        except StoreRefused as error:
            self._refused(error)
        return otherwise

    def _refused(self, error: StoreRefused) -> None:
        kind = type(error.__cause__ or error).__name__
        if kind not in self._refusals:
            self._refusals.add(kind)
            log.warning("store.refused", store=self.name, error=_told(error))

    def _lost(self, error: StoreAway | TimeoutError) -> None:
        if not self._available:
            return  # others have noticed, or it is closed
        self._available = False
        steady = self._clock() - self._back_at > _STEADY
        self._delay = self._first_delay if steady or not self._away_since else self._longer()
        self._say_away(error)
        self._on_change(False)  # noqa: FBT003 - the hook's one question
        self._prober = asyncio.create_task(self._bring_in(self._delay), name="store-probe")

    def _say_away(self, error: StoreError | TimeoutError) -> None:
        self._away_since = self._clock()
        log.warning("store.away", store=self.name, error=_told(error), effect=self._effect)

    def _longer(self) -> float:
        return min(self._delay * 2, self._slowest)

    async def _bring_in(self, delay: float) -> None:
        """Try until the store is there."""
        said = delay > 0
        while True:
            await asyncio.sleep(delay)
            try:
                async with asyncio.timeout(_OPENING):
                    await self._inner.open()
                break
            except (StoreError, TimeoutError) as error:
                if not said:
                    self._say_away(error)
                    said = True
                self._delay = self._longer() if delay else self._first_delay
                delay = self._delay
            finally:
                self._tried.set()
        self._available = True
        self._prober = None
        self._refusals.clear()
        self._back_at = self._clock()
        if said and self._away_since is not None:
            log.info("store.back", store=self.name, seconds=round(self._back_at - self._away_since, 1))
        self._on_change(True)  # noqa: FBT003 - the hook's one question


def _told(error: BaseException) -> str:
    return str(error) or "no answer in time"
