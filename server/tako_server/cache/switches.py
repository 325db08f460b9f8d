"""What operators have done that every replica must take in: providers switched off, answers purged.

It stands in the store's small tables. Each replica looks every two seconds, so that nothing is told to nobody: a
replica that was away, or that starts later, sees the same. While the store is away, what was last seen holds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

import structlog

from tako_server.cache.tables import Tables
from tako_server.core.operating import StoreUnavailable

LOOK_EVERY = 2.0
_PURGES = "purges"

_SEEN = """
    SELECT provider, reason, 0 FROM tako_provider_off
    UNION ALL SELECT '', '', number FROM tako_generation WHERE name = $1
"""
_OFF = """
    INSERT INTO tako_provider_off (provider, reason, since) VALUES ($1, $2, $3)
    ON CONFLICT (provider) DO UPDATE SET reason = excluded.reason
"""
_ON = "DELETE FROM tako_provider_off WHERE provider = $1"
_PURGED = """
    INSERT INTO tako_generation (name, number) VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET number = tako_generation.number + 1 RETURNING number
"""

log = structlog.get_logger(__name__)


def _nothing() -> None:
    """Nobody wants to know yet."""


class Switches:
    """The providers that operators have switched off, and the number of purges, as last seen."""

    def __init__(self, tables: Tables, *, every: float = LOOK_EVERY, clock: Callable[[], float] = time.time) -> None:
        self._tables = tables
        self._on_switch: Callable[[], None] = _nothing
        self._on_purge: Callable[[], None] = _nothing
        self._every = every
        self._clock = clock
        self._off: Mapping[str, str] = {}
        self._purges: int | None = None
        self._one_at_a_time = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None

    async def start(self, *, on_switch: Callable[[], None], on_purge: Callable[[], None]) -> None:
        """Look once, and from now on.

        ``on_switch`` is told that something was switched, ``on_purge`` that another replica has purged.
        """
        self._on_switch, self._on_purge = on_switch, on_purge
        await self.look()
        self._looking = asyncio.create_task(self._look_on(), name="switches.look")

    async def close(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    def is_off(self, provider: str) -> bool:
        """Whether an operator has switched it off."""
        return provider in self._off

    def reason(self, provider: str) -> str:
        """Why, as the operator said; empty when it is on."""
        return self._off.get(provider, "")

    async def switch_off(self, provider: str, reason: str) -> None:
        """Switch a provider off, everywhere. Raises StoreUnavailable."""
        await self._tables.rows(_OFF, provider, reason, self._clock())
        log.info("provider.switched_off", provider=provider, reason=reason)
        await self._look_again()

    async def switch_on(self, provider: str) -> None:
        """Switch a provider on, everywhere. Raises StoreUnavailable."""
        await self._tables.rows(_ON, provider)
        log.info("provider.switched_on", provider=provider)
        await self._look_again()

    async def purged(self) -> None:
        """Tell the other replicas that answers were purged; this one has forgotten them. Raises StoreUnavailable."""
        async with self._one_at_a_time:
            ((number,),) = await self._tables.rows(_PURGED, _PURGES)
            if self._purges is not None and number == self._purges + 1:
                self._purges = number  # another's purge in between is seen at the next look

    async def look(self) -> None:
        """Take in what there is. Without a store, what was last seen holds."""
        try:
            await self._look_again()
        except StoreUnavailable:
            return

    async def _look_again(self) -> None:
        async with self._one_at_a_time:
            rows = await self._tables.rows(_SEEN, _PURGES)
            off = {provider: reason for provider, reason, _ in rows if provider}
            purges = next((int(number) for provider, _, number in rows if not provider), 0)
            before, self._off = self._off, off
            known, self._purges = self._purges, purges
        if off.keys() != before.keys():
            self._on_switch()
        if known is not None and purges != known:
            self._on_purge()

    async def _look_on(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            await self.look()
