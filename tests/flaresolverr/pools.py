"""Pools for tests: quick rules, and what was told of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp

from tako_server.engine.browser.flaresolverr import FlareSolverr, Page, Solution
from tako_server.engine.browser.fleet import Fate, Fleet
from tako_server.engine.browser.ids import instance_of, new_instance
from tako_server.engine.browser.pool import Pool
from tako_server.engine.browser.rules import Rules
from tako_server.engine.browser.session import Lane
from tests.flaresolverr.site import Site

QUICK = Rules(wait=5, page=5, down=0.1, sweep=0.2, create_doubt=0.5, request_doubt=0.1, close=8, tick=0.02, poll=0.02)
REAL = Rules(down=1, sweep=5, tick=0.2)
LANE = Lane("acme", "127.0.0.1")


@dataclass
class Endpoint:
    """A FlareSolverr, the stand-in or a real one."""

    url: str
    client: FlareSolverr
    real: bool

    async def ours(self) -> list[str]:
        """The sessions of Tako in it."""
        return [name for name in await self.client.sessions() if instance_of(name)]


@dataclass
class Told:
    """A Watch that counts."""

    opens: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    orphans: int = 0
    up: dict[int, bool] = field(default_factory=dict)

    def opened(self) -> None:
        """A session."""
        self.opens += 1

    def ended(self, reason: str) -> None:
        """One less."""
        self.reasons[reason] += 1

    def waited(self, seconds: float) -> None:
        """Nobody asks."""

    def asked(self, outcome: str, seconds: float) -> None:
        """A page."""
        self.outcomes[outcome] += 1

    def swept(self, count: int) -> None:
        """Orphans."""
        self.orphans += count

    def reached(self, endpoint: int, *, up: bool) -> None:
        """An endpoint."""
        self.up[endpoint] = up


class Alone:
    """A Fleet of one, which knows of others what a test says."""

    def __init__(self, **fates: Fate) -> None:
        self.fates = fates
        self.forgotten: list[str] = []
        self.slots: int | None = None
        """How many there are; None for no bound."""
        self.held = 0

    async def start(self) -> None:
        """Nothing to do."""

    async def fate(self, instance: str) -> Fate:
        """As the test says."""
        return self.fates.get(instance, Fate.UNKNOWN)

    async def dead(self) -> Sequence[str]:
        """As the test says."""
        return [name for name, fate in self.fates.items() if fate is Fate.DEAD]

    async def forget(self, instance: str) -> None:
        """Note it."""
        self.forgotten.append(instance)

    async def take(self) -> int | None:
        """One of the slots."""
        if self.slots is not None and self.held >= self.slots:
            return None
        self.held += 1
        return self.held

    async def release(self, slot: int) -> None:
        """One back."""
        self.held -= 1

    def others_wait(self) -> bool:
        """Nobody does."""
        return False

    async def close(self) -> None:
        """Nothing to do."""


@dataclass
class Running:
    """A pool, and what is known of it."""

    pool: Pool
    told: Told
    fleet: Fleet
    instance: str

    async def get(self, url: str, lane: Lane = LANE, seconds: float = 5) -> Solution:
        """A page."""
        return await self.pool.solve(lane, Page(url), seconds)


@asynccontextmanager
async def pooled(
    http: aiohttp.ClientSession, *urls: str, rules: Rules = QUICK, fleet: Fleet | None = None, **changes: Any
) -> AsyncIterator[Running]:
    """A pool over these endpoints; closed on the way out."""
    told, instance = Told(), new_instance()
    fleet = fleet or Alone()
    clients = [FlareSolverr(http, url) for url in urls]
    pool = Pool(clients, fleet, instance, replace(rules, **changes), told)
    await pool.start()
    try:
        yield Running(pool, told, fleet, instance)
    finally:
        await pool.close()


def path_of(site: Site, solution: Solution) -> str:
    """Where a browser ended on the site."""
    return solution.url.removeprefix(site.url(""))
