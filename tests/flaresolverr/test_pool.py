"""The pool: how many browsers there are, who has which, and that each of them ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
import structlog
from structlog.testing import capture_logs

from tako_server.engine.browser import alarm, flaresolverr
from tako_server.engine.browser.errors import BrowsersAway, BrowsersBusy
from tako_server.engine.browser.flaresolverr import Failed, MixedUp, PageTimedOut
from tako_server.engine.browser.fleet import Fate
from tako_server.engine.browser.session import Lane
from tests.cache.support import until
from tests.flaresolverr.pools import QUICK, Alone, Endpoint, path_of, pooled
from tests.flaresolverr.pools import REAL as REAL_RULES
from tests.flaresolverr.site import HOST, Site
from tests.flaresolverr.stand_in import Fault, Faults, StandIn, running

OTHER = Lane("other", HOST)


def once(cmd: str, fault: Fault) -> Faults:
    """The first command of a kind goes wrong."""
    left = [fault]
    return lambda command: left.pop() if left and command.get("cmd") == cmd else None


def always(cmd: str, fault: Fault) -> Faults:
    """Every command of a kind goes wrong."""
    return lambda command: fault if command.get("cmd") == cmd else None


# --- with any FlareSolverr ---


async def test_pages_come_and_nothing_is_left(http: aiohttp.ClientSession, endpoint: Endpoint, site: Site) -> None:
    async with pooled(http, endpoint.url, rules=REAL_RULES if endpoint.real else QUICK) as browsers:
        urls = [site.url(f"/x?n={n}") for n in range(6)]
        found = await asyncio.gather(*(browsers.get(url, seconds=60) for url in urls))
        assert [solution.url for solution in found] == urls
        assert all(f"n={n}" in solution.html for n, solution in enumerate(found))
        assert 1 <= len(await endpoint.ours()) <= 3
    assert await endpoint.ours() == []


async def test_a_page_that_is_too_slow_ends_its_session(
    http: aiohttp.ClientSession, endpoint: Endpoint, site: Site
) -> None:
    async with pooled(http, endpoint.url, rules=REAL_RULES, page=1) as browsers:
        await browsers.get(site.url("/x"), seconds=60)
        (before,) = await endpoint.ours()
        with pytest.raises(PageTimedOut):
            await browsers.get(site.url("/slow?s=30"), seconds=60)
        await browsers.get(site.url("/x?2"), seconds=60)
        assert before not in await endpoint.ours()
    assert await endpoint.ours() == []


async def test_who_gives_up_leaves_no_browser(http: aiohttp.ClientSession, endpoint: Endpoint, site: Site) -> None:
    async with pooled(http, endpoint.url, rules=REAL_RULES) as browsers:
        asking = asyncio.create_task(browsers.get(site.url("/slow?s=20"), seconds=60))
        await until(lambda: len(site.asked("/slow")) == 1, 30)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    assert await endpoint.ours() == []


# --- how many ---


async def test_three_at_a_time_and_in_order(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    ended: list[int] = []

    async def get(n: int) -> None:
        await browsers.get(site.url(f"/slow?s=0.05&n={n}"))
        ended.append(n)

    async with pooled(http, solver.url) as browsers:
        await asyncio.gather(*(get(n) for n in range(12)))
        assert solver.peak == 3
        assert [sorted(ended[i : i + 3]) for i in range(0, 12, 3)] == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
        assert len(solver.told("sessions.create")) == 3
    assert solver.live == 0


async def test_sessions_are_named_and_made_before_they_are_used(
    http: aiohttp.ClientSession, solver: StandIn, site: Site
) -> None:
    lane = Lane("acme", HOST, "http://user:p%40ss@proxy:3128")
    async with pooled(http, solver.url) as browsers:
        await browsers.get(site.url("/x"), lane)
        (created,) = solver.told("sessions.create")
        assert created["session"] == f"tako-{browsers.instance}-1"
        assert created["proxy"] == {"url": "http://proxy:3128", "username": "user", "password": "p@ss"}
        (asked,) = solver.told("request.get")
        assert asked["session"] == created["session"]
        assert asked["maxTimeout"] <= 5000
        assert "session_ttl_minutes" not in asked


async def test_the_queue_is_bounded(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    async with pooled(http, solver.url, sessions=1, queue=2) as browsers:
        asking = [asyncio.create_task(browsers.get(site.url("/slow?s=0.3"))) for _ in range(3)]
        await until(lambda: browsers.pool.standing.waiting == 2)
        with pytest.raises(BrowsersBusy) as refused:
            await browsers.get(site.url("/x"))
        assert refused.value.retry_after
        await asyncio.gather(*asking)


async def test_the_wait_is_bounded(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    async with pooled(http, solver.url, sessions=1, wait=0.1) as browsers:
        asking = asyncio.create_task(browsers.get(site.url("/slow?s=0.5")))
        await until(lambda: bool(site.asked("/slow")))
        with pytest.raises(BrowsersBusy):
            await browsers.get(site.url("/x"))
        assert not site.asked("/x")
        await asking


async def test_a_warm_browser_of_another_lane_makes_room(
    http: aiohttp.ClientSession, solver: StandIn, site: Site
) -> None:
    async with pooled(http, solver.url, sessions=1) as browsers:
        await browsers.get(site.url("/x"))
        await browsers.get(site.url("/x"), OTHER)
        assert browsers.told.reasons == {"made room": 1}
    assert (solver.peak, solver.live) == (1, 0)


# --- how long ---


@pytest.mark.parametrize(("rule", "reason"), [({"uses": 2}, "uses"), ({"age": 0.05}, "age"), ({"idle": 0.1}, "idle")])
async def test_sessions_are_recycled(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, rule: dict[str, Any], reason: str
) -> None:
    async with pooled(http, solver.url, rules=replace(QUICK, **rule)) as browsers:
        await browsers.get(site.url("/x"))
        await browsers.get(site.url("/slow?s=0.06"))
        await until(lambda: solver.live == 0)
        assert set(browsers.told.reasons) == {reason}


async def test_a_session_that_was_dropped_is_not_made_by_asking(
    http: aiohttp.ClientSession, solver: StandIn, site: Site
) -> None:
    async with pooled(http, solver.url) as browsers:
        await browsers.get(site.url("/x"))
        await solver.drop()
        await browsers.get(site.url("/x"))
        assert len(solver.told("sessions.create")) == 2
        assert browsers.told.reasons == {"dropped": 1}


# --- what goes wrong ---


@pytest.mark.parametrize("fault", [Fault.LOSE, Fault.LATE], ids=["lost", "late"])
async def test_a_session_whose_making_was_not_answered_is_ended(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, fault: Fault
) -> None:
    solver.faults = once("sessions.create", fault)
    async with pooled(http, solver.url, sessions=1) as browsers:
        with pytest.raises(BrowsersAway):
            await browsers.get(site.url("/x"))
        await browsers.get(site.url("/x"))
        assert solver.peak == 1
        (lost, second) = solver.told("sessions.create")
        assert lost["session"] != second["session"]
    assert solver.live == 0


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.GATEWAY, Fault.LOSE, Fault.LATE, Fault.CRASH])
async def test_a_session_that_fails_is_ended(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, fault: Fault
) -> None:
    solver.faults = once("request.get", fault)
    async with pooled(http, solver.url, sessions=1) as browsers:
        with pytest.raises(flaresolverr.BrowserFault):
            await browsers.get(site.url("/x"))
        await until(lambda: solver.live == 0)
        await browsers.get(site.url("/x"))
        assert len(solver.told("sessions.create")) == 2
    assert (solver.peak, solver.live) == (1, 0)


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.GATEWAY, Fault.LOSE, Fault.LATE])
async def test_ending_is_tried_until_it_is_done(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, fault: Fault
) -> None:
    solver.faults = once("sessions.destroy", fault)
    async with pooled(http, solver.url, uses=1, sessions=1) as browsers:
        await browsers.get(site.url("/x"))
        await browsers.get(site.url("/x"))
    assert (solver.peak, solver.live) == (1, 0)


async def test_no_session_can_be_started(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    solver.faults = always("sessions.create", Fault.ERROR)
    async with pooled(http, solver.url) as browsers:
        with pytest.raises(BrowsersAway):
            await browsers.get(site.url("/x"))


async def test_an_endpoint_that_hangs_keeps_nobody(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flaresolverr, "DESTROY_SECONDS", 0.1)
    monkeypatch.setattr(flaresolverr, "LIST_SECONDS", 0.1)
    async with pooled(http, solver.url, page=0.2) as browsers:
        solver.faults = lambda _: Fault.HANG
        with pytest.raises(BrowsersAway):
            await browsers.get(site.url("/x"))
        solver.faults = lambda _: None
        solver.let_go()
        await browsers.get(site.url("/x"))
    assert solver.live == 0


async def test_a_page_of_somebody_else_is_an_error(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    async with pooled(http, solver.url) as browsers:
        asking = asyncio.create_task(browsers.get(site.url("/slow?s=0.2")))
        await until(lambda: bool(site.asked("/slow")))
        (session,) = solver.sessions.values()
        other = asyncio.create_task(browsers.get(site.url("/slow?s=0.3"), OTHER))
        await until(lambda: len(site.asked("/slow")) == 2)
        session.page = site.url("/slow?s=0.3")
        with pytest.raises(MixedUp):
            await asking
        await other
        assert browsers.told.reasons == {"mixed up": 1}


async def test_a_redirect_is_no_mix_up(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    async with pooled(http, solver.url) as browsers:
        assert path_of(site, await browsers.get(site.url("/redirect"))) == "/cookies"


async def test_a_broken_session_is_an_error_of_ours(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    solver.faults = once("request.get", Fault.ERROR)
    async with pooled(http, solver.url) as browsers:
        with pytest.raises(Failed):
            await browsers.get(site.url("/x"))


# --- several endpoints ---


async def test_failover(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    async with running() as second, pooled(http, solver.url, second.url) as browsers:
        await browsers.get(site.url("/x"))
        assert (solver.live, second.live) == (1, 0)
        await solver.stop()
        for _ in range(4):
            await browsers.get(site.url("/x"))
        assert (solver.live, second.live) == (0, 1)
        assert browsers.told.up == {1: False, 2: True}
        await solver.start()
        await until(lambda: browsers.told.up == {1: True, 2: True})
    assert (solver.live, second.live) == (0, 0)


async def test_the_load_is_spread_and_counted_together(
    http: aiohttp.ClientSession, solver: StandIn, site: Site
) -> None:
    async with running() as second, pooled(http, solver.url, second.url) as browsers:
        await asyncio.gather(*(browsers.get(site.url("/slow?s=0.1")) for _ in range(6)))
        assert {solver.peak, second.peak} == {1, 2}


async def test_none_can_be_reached(http: aiohttp.ClientSession, site: Site) -> None:
    async with pooled(http, "http://127.0.0.1:9") as browsers:
        with pytest.raises(BrowsersAway):
            await browsers.get(site.url("/x"))


async def test_it_comes_back(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    async with pooled(http, solver.url) as browsers:
        await solver.stop()
        with pytest.raises(BrowsersAway):
            await browsers.get(site.url("/x"))
        await solver.start()
        await browsers.get(site.url("/x"))


# --- orphans ---

DEAD, ALIVE, STRANGE = "d" * 12, "a" * 12, "e" * 12


async def test_only_orphans_are_swept(http: aiohttp.ClientSession, solver: StandIn) -> None:
    client = flaresolverr.FlareSolverr(http, solver.url)
    for name in (f"tako-{DEAD}-1", f"tako-{DEAD}-2", f"tako-{ALIVE}-1", f"tako-{STRANGE}-1", "someone", "tako-x"):
        await client.create(name)
    fleet = Alone(**{DEAD: Fate.DEAD, ALIVE: Fate.LIVES})
    async with pooled(http, solver.url, fleet=fleet) as browsers:
        await until(lambda: solver.live == 4)
        await until(lambda: browsers.told.orphans == 2)
        await until(lambda: DEAD in fleet.forgotten)
        await asyncio.sleep(0.3)
        assert set(solver.sessions) == {f"tako-{ALIVE}-1", f"tako-{STRANGE}-1", "someone", "tako-x"}


async def test_a_stranger_is_an_orphan_once_no_living_instance_could_have_it(
    http: aiohttp.ClientSession, solver: StandIn
) -> None:
    await flaresolverr.FlareSolverr(http, solver.url).create(f"tako-{STRANGE}-1")
    async with pooled(http, solver.url, stranger=0.5) as browsers:
        await asyncio.sleep(0.3)
        assert solver.live == 1
        await until(lambda: solver.live == 0)
        await until(lambda: browsers.told.orphans == 1)  # it is gone before the answer that says so is here


async def test_orphans_go_before_anything_is_started(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> None:
    client = flaresolverr.FlareSolverr(http, solver.url)
    await asyncio.gather(*(client.create(f"tako-{DEAD}-{n}") for n in range(3)))
    async with pooled(http, solver.url, fleet=Alone(**{DEAD: Fate.DEAD})) as browsers:
        await browsers.get(site.url("/x"))
        assert solver.peak == 3
        assert solver.live == 1


# --- warnings ---


async def test_it_warns_before_the_queue_is_full(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, fresh_logs: None
) -> None:
    with capture_logs() as logs:
        async with pooled(http, solver.url, sessions=1, queue=6, long_busy=0.1) as browsers:
            await asyncio.gather(*(browsers.get(site.url("/slow?s=0.1")) for _ in range(5)))
    said = [log["event"] for log in logs if log["log_level"] == "warning"]
    assert said.count("browsers.queue_half_full") == 1
    assert said.count("browsers.busy_for_long") == 1


@pytest.fixture
def fresh_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loggers that no other test has used: those keep the settings of that time."""
    monkeypatch.setattr(alarm, "log", structlog.get_logger())
