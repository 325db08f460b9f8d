"""Two thousand operations at random, and everything that can go wrong: never a fourth browser, never one left."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import replace

import aiohttp
import pytest

from tako_providers.sdk.errors import ProviderError
from tako_server.engine.browser import flaresolverr
from tako_server.engine.browser.flaresolverr import BrowserFault
from tako_server.engine.browser.session import Lane
from tests.flaresolverr.conftest import REAL
from tests.flaresolverr.pools import QUICK, Endpoint, Running, pooled
from tests.flaresolverr.pools import REAL as REAL_RULES
from tests.flaresolverr.site import HOST, Site
from tests.flaresolverr.stand_in import Command, Fault, StandIn

OPERATIONS = 2000
AT_ONCE = 24
LANES = [Lane(name, HOST, proxy) for name in ("one", "two", "three") for proxy in ("", "http://proxy:3128")]
FAULTS = {
    "sessions.create": {Fault.ERROR: 3, Fault.LOSE: 3, Fault.LATE: 3, Fault.GATEWAY: 1, Fault.HANG: 1},
    "sessions.destroy": {Fault.ERROR: 3, Fault.LOSE: 3, Fault.LATE: 3, Fault.GATEWAY: 1, Fault.HANG: 1},
    "sessions.list": {Fault.LOSE: 1, Fault.GATEWAY: 1, Fault.HANG: 1},
    "request.get": {Fault.ERROR: 3, Fault.LOSE: 3, Fault.LATE: 3, Fault.GATEWAY: 1, Fault.HANG: 1, Fault.CRASH: 3},
}
"""In hundredths of the commands."""


class Chance:
    """What goes wrong, by one seed. ``calm`` ends it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a game of dice
        self.calm = False
        self.met: Counter[str] = Counter()

    def __call__(self, command: Command) -> Fault | None:
        """The fault of a command, if it has one."""
        faults = FAULTS.get(str(command.get("cmd")), {})
        at = self.random.uniform(0, 100)
        for fault, share in faults.items():
            at -= share
            if at < 0 and not self.calm:
                self.met[fault.name] += 1
                return fault
        return None


async def operate(browsers: Running, site: Site, number: int, chance: random.Random, seconds: float) -> str:
    """One operation, and what became of it: a page, the caller's own cancelling, or an error of ours."""
    slow = chance.random() < 0.1
    url = site.url(f"/slow?s={'5' if chance.random() < 0.3 else '0.03'}&n={number}" if slow else f"/x?n={number}")
    asking = asyncio.create_task(browsers.get(url, chance.choice(LANES), seconds))
    if chance.random() < 0.1:
        await asyncio.sleep(chance.uniform(0, 0.1))
        asking.cancel()
    try:
        solution = await asking
    except asyncio.CancelledError:
        return "cancelled"
    except (BrowserFault, ProviderError) as error:
        return type(error).__name__
    assert f"n={number}" in solution.html, "a page of somebody else"
    return "page"


async def unrest(solver: StandIn, chance: random.Random) -> None:
    """Now and then all sessions are lost, or the whole program is started anew."""
    while True:
        await asyncio.sleep(0.03)
        at = chance.random()
        if at < 0.01:
            await solver.drop()
        elif at < 0.02:
            await solver.restart()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [1])
async def test_two_thousand_operations(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CREATE_SECONDS", "DESTROY_SECONDS", "LIST_SECONDS", "SLACK"):
        monkeypatch.setattr(flaresolverr, name, 0.3)
    chance = Chance(seed)
    solver.faults, solver.late, solver.starting = chance, 0.03, 0
    # Whoever asks for a page may give up at once, and what hangs comes within the time of doubt. The others wait 0.3 s.
    solver.hangs = {"request.get": 0.05, "sessions.create": 0.4, "sessions.destroy": 0.4, "sessions.list": 0.4}
    numbers = iter(range(OPERATIONS))
    became: Counter[str] = Counter()

    async def worker() -> None:
        for number in numbers:
            became[await operate(browsers, site, number, chance.random, 10)] += 1

    rules = replace(QUICK, page=0.2, wait=6, uses=10, age=2, idle=0.1, create_doubt=0.5, request_doubt=0.3, down=0.05)
    async with pooled(http, solver.url, rules=rules) as browsers:
        trouble = asyncio.create_task(unrest(solver, chance.random))
        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        assert not trouble.done()
        trouble.cancel()
        await asyncio.gather(trouble, return_exceptions=True)
        chance.calm = True
        solver.let_go()
    assert became.total() == OPERATIONS
    assert became["page"] > OPERATIONS / 4
    assert became["cancelled"] > OPERATIONS / 50
    assert len(chance.met) == len(Fault)
    assert solver.peak <= 3
    assert solver.live == 0


@pytest.mark.skipif(not REAL, reason="asks a real FlareSolverr, and TAKO_TEST_FSR_URL names none")
@pytest.mark.timeout(900)
async def test_operations_against_the_real_one(http: aiohttp.ClientSession, endpoint: Endpoint, site: Site) -> None:
    chance = random.Random(1)  # noqa: S311 - as above
    most = 0

    async def look() -> None:
        nonlocal most
        while True:
            most = max(most, len(await endpoint.ours()))
            await asyncio.sleep(0.2)

    async with pooled(http, endpoint.url, rules=replace(REAL_RULES, page=4, uses=5)) as browsers:
        looking = asyncio.create_task(look())
        became = await asyncio.gather(*(operate(browsers, site, n, chance, 60) for n in range(25)))
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
    assert Counter(became)["page"] >= 10
    assert most <= 3
    assert await endpoint.ours() == []
