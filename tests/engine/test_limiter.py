"""The limiter: no window too full, no slot wasted, nobody overtaken, nobody kept waiting for a refusal."""

import asyncio
import time
from collections.abc import Sequence
from random import Random

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from tako_providers.sdk.errors import RateLimited
from tako_providers.sdk.manifest import Limit
from tako_server.engine.clock import SystemClock
from tako_server.engine.limiter import LONGEST_HOLD, BudgetSpent, LocalLimiter
from tests.engine.serving import Server
from tests.engine.virtual_clock import VirtualClock, virtually

THREE = (Limit(3, 1.0),)
TINY = 1e-6  # what floats may lose

limits = st.lists(st.builds(Limit, st.integers(1, 6), st.sampled_from((0.25, 1.0, 1.5, 10.0, 60.0))), max_size=3)
arrivals = st.lists(st.sampled_from((0.0, 0.0, 0.0, 0.1, 0.33, 1.0, 5.0, 61.0)), min_size=1, max_size=40)
waits = st.sampled_from((0.0, 0.5, 2.0, 30.0, 1e6))


class Crowd:
    """Callers that come as a test says, and when each of them started or was refused."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self.clock = VirtualClock()
        self.limiter = LocalLimiter(self.clock)
        self.limits = limits
        self.arrived: list[float] = []
        self.started: dict[int, float] = {}
        self.refused: dict[int, tuple[float, float]] = {}
        self.cancelled: set[int] = set()
        self.tasks: list[asyncio.Task[None]] = []

    def comes(self, wait: float) -> asyncio.Task[None]:
        """One more caller."""
        self.arrived.append(self.clock.monotonic())
        self.tasks.append(asyncio.create_task(self._call(len(self.tasks), wait)))
        return self.tasks[-1]

    async def _call(self, number: int, wait: float) -> None:
        try:
            await self.limiter.acquire("acme", self.limits, wait)
        except BudgetSpent as spent:
            self.refused[number] = (self.clock.monotonic(), spent.retry_after or 0.0)
        except asyncio.CancelledError:
            self.cancelled.add(number)
            raise
        else:
            self.started[number] = self.clock.monotonic()

    async def all_served(self) -> None:
        """Until nobody waits."""
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def next_start(self) -> float:
        """When one more might start."""
        return self.limiter.earliest("acme", self.limits, self.clock.monotonic())

    def starts(self) -> list[float]:
        """In the order of arrival."""
        return [self.started[number] for number in sorted(self.started)]


def fullest(starts: Sequence[float], limit: Limit) -> int:
    """The most starts that any window sees; a fullest one begins at a start."""
    return max((sum(s <= t < s + limit.seconds - TINY for t in starts) for s in starts), default=0)


def next_start(starts: Sequence[float], limits: Sequence[Limit], now: float) -> float:
    """The first moment from ``now`` on, behind all earlier ones, that keeps every window: found by trying them all."""
    floor = max((now, *starts))
    moments = sorted({floor, *(s + limit.seconds for s in starts for limit in limits if s + limit.seconds > floor)})
    return next(m for m in moments if all(fullest([*starts, m], limit) <= limit.calls for limit in limits))


# --- any limits, any pattern of arrival ---


@settings(max_examples=150, deadline=None)
@given(limits=limits, gaps=arrivals, wait=waits)
def test_every_caller_starts_at_the_first_moment_that_the_windows_allow(
    limits: list[Limit], gaps: list[float], wait: float
) -> None:
    async def story() -> Crowd:
        crowd = Crowd(limits)
        for gap in gaps:
            await crowd.clock.sleep(gap)
            crowd.comes(wait)
        await crowd.all_served()
        return crowd

    crowd = virtually(story())
    expected: list[float] = []
    for number, arrived in enumerate(crowd.arrived):
        start = next_start(expected, limits, arrived)
        if start - arrived <= wait + TINY:
            assert crowd.started[number] == pytest.approx(start, abs=TINY)
            expected.append(start)
        else:
            assert crowd.refused[number] == pytest.approx((arrived, start - arrived), abs=TINY)  # at once, and why
    assert all(fullest(crowd.starts(), limit) <= limit.calls for limit in limits)
    assert crowd.starts() == sorted(crowd.starts())


@settings(max_examples=150, deadline=None)
@given(limits=limits, seed=st.randoms(use_true_random=False), gaps=arrivals)
def test_no_window_is_too_full_and_nobody_overtakes_when_callers_leave_and_upstreams_ask_for_rest(
    limits: list[Limit], seed: Random, gaps: list[float]
) -> None:
    rests: list[tuple[float, float]] = []

    async def story() -> Crowd:
        crowd = Crowd(limits)
        for gap in gaps:
            await crowd.clock.sleep(gap)
            crowd.comes(20.0)
            match seed.randrange(6):
                case 0:
                    seed.choice(crowd.tasks).cancel()
                case 1:
                    await crowd.clock.sleep(0)
                    rest = seed.choice((0.0, 0.2, 3.0, 30.0))
                    crowd.limiter.hold_off("acme", rest)
                    rests.append((crowd.clock.monotonic(), rest))
        await crowd.all_served()
        return crowd

    crowd = virtually(story())
    assert all(fullest(crowd.starts(), limit) <= limit.calls for limit in limits)
    assert crowd.starts() == sorted(crowd.starts())
    assert not any(at < s < at + rest - TINY for s in crowd.starts() for at, rest in rests)
    assert all(s - crowd.arrived[number] <= 20.0 + TINY for number, s in crowd.started.items())


def test_200_callers_at_once_against_3_a_second() -> None:
    async def story() -> Crowd:
        crowd = Crowd(THREE)
        for _ in range(200):
            crowd.comes(10.0)
        await crowd.all_served()
        return crowd

    crowd = virtually(story())
    assert len(crowd.started) == 33  # three at 0, 1, 2 ... 10 s
    assert fullest(crowd.starts(), THREE[0]) == 3
    assert {at for at, _ in crowd.refused.values()} == {crowd.arrived[0]}
    assert [after for _, after in crowd.refused.values()] == pytest.approx([11.0] * 167)


async def test_200_callers_at_once_against_3_a_second_of_a_real_server(server: Server) -> None:
    seen: list[float] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(time.monotonic())
        return web.Response()

    server.handlers["/"] = answer
    limiter = LocalLimiter(SystemClock())
    refusals: list[float] = []
    began = time.monotonic()
    async with aiohttp.ClientSession() as session:

        async def call() -> None:
            try:
                await limiter.acquire("acme", THREE, wait=2.5)
            except RateLimited:
                refusals.append(time.monotonic() - began)
            else:
                async with session.get(server.url("/", "127.0.0.1")) as response:
                    assert response.status == 200

        await asyncio.gather(*(call() for _ in range(200)))
    assert len(seen) == 9
    assert len(refusals) == 191
    assert max(refusals) < 0.5
    gaps = [later - earlier for earlier, later in zip(seen, seen[3:], strict=False)]
    assert min(gaps) >= 0.95, gaps


def test_nobody_overtakes_by_having_fewer_limits() -> None:
    async def story() -> Crowd:
        crowd = Crowd((Limit(1, 1.0),))
        crowd.comes(10.0)
        crowd.comes(10.0)
        await crowd.clock.sleep(0)
        crowd.limits = ()
        crowd.comes(10.0)
        await crowd.all_served()
        return crowd

    crowd = virtually(story())
    assert [s - crowd.arrived[0] for s in crowd.starts()] == pytest.approx([0.0, 1.0, 1.0])


# --- leaving ---


def test_the_last_in_the_queue_gives_its_slot_back() -> None:
    async def story() -> Crowd:
        crowd = Crowd((Limit(1, 1.0),))
        for _ in range(3):
            crowd.comes(10.0)
        await crowd.clock.sleep(0.5)
        crowd.tasks[2].cancel()
        await crowd.clock.sleep(0)
        crowd.comes(10.0)
        await crowd.all_served()
        return crowd

    crowd = virtually(story())
    assert crowd.started[3] - crowd.arrived[0] == pytest.approx(2.0)


def test_who_leaves_from_the_middle_loses_its_slot_until_all_behind_it_have_left_too() -> None:
    async def story() -> tuple[float, float]:
        crowd = Crowd((Limit(1, 1.0),))
        for _ in range(4):
            crowd.comes(10.0)
        await crowd.clock.sleep(0.5)
        crowd.tasks[1].cancel()
        await crowd.clock.sleep(0)
        lost = crowd.next_start() - crowd.arrived[0]
        for task in crowd.tasks:
            task.cancel()
        await crowd.all_served()
        return lost, crowd.next_start() - crowd.arrived[0]

    assert virtually(story()) == pytest.approx((4.0, 1.0))


# --- Retry-After ---


def test_nobody_starts_before_a_hold_is_over_and_the_order_stays() -> None:
    async def story() -> Crowd:
        crowd = Crowd((Limit(1, 1.0),))
        for _ in range(4):
            crowd.comes(20.0)
        await crowd.clock.sleep(0.5)
        crowd.limiter.hold_off("acme", 5.0)
        crowd.limiter.hold_off("acme", 2.0)  # a shorter one takes nothing back
        crowd.comes(20.0)
        await crowd.all_served()
        return crowd

    crowd = virtually(story())
    assert [s - crowd.arrived[0] for s in crowd.starts()] == pytest.approx([0.0, 5.5, 6.5, 7.5, 8.5])


def test_who_would_have_to_wait_too_long_for_the_end_of_a_hold_is_told_at_once() -> None:
    async def story() -> Crowd:
        crowd = Crowd(THREE)
        for _ in range(6):
            crowd.comes(3.0)
        await crowd.clock.sleep(0.25)
        crowd.limiter.hold_off("acme", 60.0)
        await crowd.all_served()
        return crowd

    crowd = virtually(story())
    assert len(crowd.started) == 3
    assert [at - crowd.arrived[0] for at, _ in crowd.refused.values()] == pytest.approx([0.25] * 3)
    assert [after for _, after in crowd.refused.values()] == pytest.approx([60.0] * 3)


def test_a_hold_counts_for_its_provider_alone_and_for_a_day_at_most() -> None:
    async def story() -> float:
        crowd = Crowd(())
        crowd.limiter.hold_off("acme", 1e12)
        await crowd.limiter.acquire("other", (), 0.0)
        return crowd.next_start() - crowd.clock.monotonic()

    assert virtually(story()) == pytest.approx(LONGEST_HOLD)


# --- bounds ---


def test_it_remembers_no_more_starts_than_the_longest_window_admits() -> None:
    async def story() -> int:
        crowd = Crowd((Limit(5, 1.0), Limit(100, 60.0)))
        most = 0
        for _ in range(2_000):
            await crowd.limiter.acquire("acme", crowd.limits, 100.0)
            most = max(most, len(crowd.limiter._lanes["acme"].slots))
        return most

    assert virtually(story()) <= 101


def test_a_limit_that_admits_nothing_is_a_mistake() -> None:
    async def story() -> None:
        await LocalLimiter(VirtualClock()).acquire("acme", (Limit(0, 1.0),), 1.0)

    with pytest.raises(ValueError, match="acme"):
        virtually(story())


async def test_who_would_not_wait_at_all_starts_when_there_is_room() -> None:
    limiter = LocalLimiter(SystemClock())
    for _ in range(3):
        await limiter.acquire("acme", THREE, 0.0)
    with pytest.raises(BudgetSpent):
        await limiter.acquire("acme", THREE, 0.0)
