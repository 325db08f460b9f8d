"""What engines have translated, kept: in memory, and in the store, which outlives this process and serves others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from cachetools import LRUCache

from tako_server.core.translating import KeptText, TextStore

LIFE = 90 * 86400.0
"""Seconds that a translation is kept."""
_PURGED_EVERY = 6 * 3600.0
_FIRST_PURGE = 60.0
_MEMORY = 4 * 1024 * 1024
_OVERHEAD = 200
"""Bytes that Python needs around a kept text."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to be translated, and the language that it is in, "" when nobody knows."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """A translation, and the engine that made it."""

    text: str
    engine: str


class KeptTexts:
    """Translations by the hash of engine, languages and text. ``start`` begins to purge, ``close`` ends it."""

    def __init__(self, store: TextStore, *, clock: Callable[[], float] = time.time, memory: int = _MEMORY) -> None:
        self._store = store
        self._clock = clock
        self._memory: LRUCache[str, str] = LRUCache(memory, getsizeof=lambda text: 2 * len(text) + _OVERHEAD)
        self._purger: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to remove what is too old."""
        self._purger = asyncio.create_task(self._purge_on(), name="translations.purge")

    async def close(self) -> None:
        """End what ``start`` began."""
        purger, self._purger = self._purger, None
        if purger is not None:
            purger.cancel()
            await asyncio.gather(purger, return_exceptions=True)

    async def find(self, engines: Sequence[str], wanted: Sequence[Wanted], target: str) -> Mapping[Wanted, Found]:
        """What is kept of ``wanted``; of several engines the first one's. At most one look into the store."""
        keys = {(one, engine): _key(engine, one, target) for one in wanted for engine in engines}
        texts = {key: text for key in keys.values() if (text := self._memory.get(key)) is not None}
        found = _first(engines, wanted, keys, texts)
        elsewhere = [keys[one, engine] for one in wanted if one not in found for engine in engines]
        if elsewhere:
            more = await self._store.texts(elsewhere, self._clock() - LIFE)
            for key, text in more.items():
                self._remember(key, text)
            found |= _first(engines, [one for one in wanted if one not in found], keys, more)
        return found

    async def keep(self, engine: str, texts: Mapping[Wanted, str], target: str) -> None:
        """Keep what ``engine`` has translated."""
        kept = [KeptText(_key(engine, one, target), engine, one.source, target, text) for one, text in texts.items()]
        for one in kept:
            self._remember(one.key, one.text)
        # PostgreSQL has no texts with zero bytes; one that came so far is not worth more than memory.
        await self._store.keep_texts([one for one in kept if "\0" not in one.text], self._clock())

    def _remember(self, key: str, text: str) -> None:
        if 2 * len(text) + _OVERHEAD <= self._memory.maxsize:
            self._memory[key] = text

    async def _purge_on(self) -> None:
        await asyncio.sleep(_FIRST_PURGE)
        while True:
            await self._store.purge_texts(self._clock() - LIFE)
            await asyncio.sleep(_PURGED_EVERY)


def _first(
    engines: Sequence[str],
    wanted: Sequence[Wanted],
    keys: Mapping[tuple[Wanted, str], str],
    texts: Mapping[str, str],
) -> dict[Wanted, Found]:
    found: dict[Wanted, Found] = {}
    for one in wanted:
        for engine in engines:
            if (text := texts.get(keys[one, engine])) is not None:
                found[one] = Found(text, engine)
                break
    return found


def _key(engine: str, wanted: Wanted, target: str) -> str:
    told = f"{engine}\n{wanted.source}\n{target}\n{wanted.text}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
