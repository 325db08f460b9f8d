"""The breaker: when it opens, for how long, who may ask, and what a restart remembers."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from structlog.testing import capture_logs

from tako.v1.provider_service_pb2 import ProviderHealth
from tako_providers.sdk.errors import (
    Blocked,
    Disabled,
    NotConfigured,
    NotFound,
    ProviderError,
    RateLimited,
    ReplayMiss,
    ShapeChanged,
    Suspended,
    TimedOut,
    Unreachable,
    Unsupported,
)
from tako_server.engine.breaker import DECAY, LADDER, LONG_RETRY_AFTER, PATIENCE, THRESHOLD, Breaker
from tako_server.engine.limiter import BudgetSpent
from tests.engine.virtual_clock import EPOCH, MemoryStore, VirtualClock, virtually

READY, SUSPENDED, PROBING = ProviderHealth.READY, ProviderHealth.SUSPENDED, ProviderHealth.PROBING


class Acme:
    """A provider behind a breaker."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.clock = VirtualClock()
        self.breaker = Breaker(self.clock, store)
        self.calls = 0

    async def answers(self, lasting: float = 0.0) -> None:
        """A call that succeeds."""
        with self.breaker.guard("acme"):
            self.calls += 1
            await self.clock.sleep(lasting)

    async def fails(self, error: ProviderError | None = None, lasting: float = 0.0) -> None:
        """A call that fails."""
        with pytest.raises(ProviderError):
            await self._fail(error or Unreachable("acme is down"), lasting)

    async def _fail(self, error: ProviderError, lasting: float) -> None:
        with self.breaker.guard("acme"):
            await self.clock.sleep(lasting)
            raise error

    async def opens(self) -> None:
        """Fail until it opens."""
        for _ in range(THRESHOLD):
            await self.fails()

    async def rests(self) -> float:
        """Wait until it may be asked again; how long that is."""
        seconds = self.rest()
        await self.clock.sleep(seconds)
        return seconds

    def rest(self) -> float:
        """Seconds until the next call may be made; 0 for none."""
        try:
            with self.breaker.guard("acme"):
                raise asyncio.CancelledError  # decides nothing
        except Suspended as suspended:
            return suspended.retry_after or -1.0
        except asyncio.CancelledError:
            return 0.0

    def is_(self, state: int) -> bool:
        """Whether ListProviders says so."""
        return self.breaker.health("acme").state == state


def told(story: Callable[[Acme], Coroutine[Any, Any, None]], store: MemoryStore | None = None) -> None:
    """Play a story in virtual time."""

    async def play() -> None:
        await story(Acme(store))

    virtually(play())


def test_five_failures_in_a_row_open_it() -> None:
    async def story(acme: Acme) -> None:
        for _ in range(THRESHOLD - 1):
            await acme.fails()
        await acme.answers()
        for _ in range(THRESHOLD - 1):
            await acme.fails()
        assert acme.rest() == 0
        assert acme.is_(READY)
        with capture_logs() as logs:
            await acme.fails()
        assert acme.rest() == LADDER[0]
        assert acme.is_(SUSPENDED)
        assert [entry["event"] for entry in logs] == ["provider.suspended"]

    told(story)


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        (Blocked("a wall"), LADDER[0]),
        (Blocked("a wall", retry_after=100.0), 100.0),
        (RateLimited("slow down", retry_after=LONG_RETRY_AFTER), LADDER[0]),
        (RateLimited("slow down", retry_after=7_200.0), 7_200.0),
        (Unreachable("down for maintenance", retry_after=1e9), LADDER[-1]),
        (RateLimited("slow down", retry_after=LONG_RETRY_AFTER - 1), 0.0),
        (BudgetSpent("no slot", retry_after=7_200.0), 0.0),
    ],
)
def test_some_errors_open_it_at_once(error: ProviderError, rest: float) -> None:
    async def story(acme: Acme) -> None:
        await acme.fails(error)
        assert acme.rest() == rest

    told(story)


@pytest.mark.parametrize(
    "error",
    [
        NotFound("nothing"),
        Unsupported("no"),
        NotConfigured("no key"),
        Disabled("off"),
        ReplayMiss("no capture"),
        ShapeChanged("garbage"),
        BudgetSpent("no slot"),
    ],
)
def test_what_does_not_speak_of_its_health_never_opens_it(error: ProviderError) -> None:
    async def story(acme: Acme) -> None:
        for _ in range(3 * THRESHOLD):
            await acme.fails(error)
        assert acme.rest() == 0

    told(story)


def test_a_hasty_client_does_not_suspend_a_slow_upstream() -> None:
    async def story(acme: Acme) -> None:
        for _ in range(3 * THRESHOLD):
            await acme.fails(TimedOut("late"), lasting=0.1)
        assert acme.rest() == 0
        for _ in range(THRESHOLD):
            await acme.fails(TimedOut("late"), lasting=PATIENCE)
        assert acme.rest() == LADDER[0]

    told(story)


# --- the ladder ---


def test_a_probe_that_fails_climbs_to_a_day_and_one_that_succeeds_goes_down_a_rung() -> None:
    async def story(acme: Acme) -> None:
        await acme.opens()
        rests = [await acme.rests()]
        for _ in range(6):
            await acme.fails()
            rests.append(await acme.rests())
        assert rests == pytest.approx([*LADDER, LADDER[-1]])
        await acme.answers()
        assert acme.is_(READY)
        await acme.answers()  # once it is closed, a success is nothing special
        await acme.opens()
        assert acme.rest() == pytest.approx(LADDER[-1])

    told(story)


def test_each_hour_of_health_takes_off_a_rung() -> None:
    async def story(acme: Acme) -> None:
        await acme.opens()
        for _ in range(3):
            await acme.rests()
            await acme.fails()
        assert await acme.rests() == pytest.approx(LADDER[3])
        await acme.answers()  # on the third rung now
        await acme.clock.sleep(1.5 * DECAY)
        await acme.answers()
        await acme.fails()  # a failure starts the hour anew
        await acme.clock.sleep(0.9 * DECAY)
        await acme.opens()
        assert await acme.rests() == pytest.approx(LADDER[2])  # 3 - 1 + 1
        await acme.answers()
        await acme.clock.sleep(10 * DECAY)
        await acme.opens()
        assert acme.rest() == pytest.approx(LADDER[0])

    told(story)


def test_calls_that_began_before_it_opened_change_nothing_when_they_end() -> None:
    async def story(acme: Acme) -> None:
        late = [asyncio.create_task(acme.fails(lasting=1.0)) for _ in range(50)]
        fine = [asyncio.create_task(acme.answers(lasting=1.0)) for _ in range(50)]
        await acme.clock.sleep(0.5)
        await acme.opens()
        await asyncio.gather(*late, *fine)
        assert acme.rest() == pytest.approx(LADDER[0] - 0.5)

    told(story)


# --- half open ---


def test_of_a_hundred_callers_one_is_the_probe() -> None:
    async def story(acme: Acme) -> None:
        await acme.opens()
        await acme.rests()
        assert acme.is_(PROBING)
        ended = await asyncio.gather(*(acme.answers(lasting=1.0) for _ in range(100)), return_exceptions=True)
        assert acme.calls == 1
        refused = [error for error in ended if isinstance(error, Suspended)]
        assert len(refused) == 99
        assert all(error.retry_after and error.provider == "acme" for error in refused)
        assert acme.is_(READY)
        await asyncio.gather(*(acme.answers() for _ in range(100)))
        assert acme.calls == 101

    told(story)


@pytest.mark.parametrize("error", [BudgetSpent("no slot"), ShapeChanged("garbage"), TimedOut("hasty")])
def test_a_probe_that_decides_nothing_leaves_its_place_to_the_next(error: ProviderError) -> None:
    async def story(acme: Acme) -> None:
        await acme.opens()
        await acme.rests()
        await acme.fails(error)
        assert acme.is_(PROBING)
        cancelled = asyncio.create_task(acme.answers(lasting=9.0))
        await acme.clock.sleep(0.1)
        assert acme.rest() > 0
        cancelled.cancel()
        await acme.clock.sleep(0.1)
        await acme.answers()
        assert acme.is_(READY)

    told(story)


def test_the_probe_knows_that_it_is_one() -> None:
    async def story(acme: Acme) -> None:
        with acme.breaker.guard("acme") as probe:
            assert not probe
        await acme.opens()
        await acme.rests()
        with acme.breaker.guard("acme") as probe:
            assert probe

    told(story)


def test_an_item_that_does_not_exist_shows_that_the_upstream_is_back() -> None:
    async def story(acme: Acme) -> None:
        await acme.opens()
        await acme.rests()
        await acme.fails(NotFound("nothing"))
        assert acme.is_(READY)

    told(story)


# --- what is seen of it, and what stays ---


def test_health_says_when_and_why() -> None:
    async def story(acme: Acme) -> None:
        assert acme.breaker.health("acme") == ProviderHealth(state=READY)
        await acme.answers()
        await acme.clock.sleep(10)
        await acme.fails(Blocked("a wall"))
        health, now = acme.breaker.health("acme"), acme.clock.time()
        assert health.last_success.seconds == int(now - 10)
        assert health.last_failure.seconds == int(now)
        assert health.last_failure_reason == "PROVIDER_BLOCKED"
        assert health.suspended_until.seconds == int(now + LADDER[0])

    told(story)


def test_a_restart_remembers_the_ladder_and_the_times() -> None:
    store = MemoryStore()

    async def before(acme: Acme) -> None:
        await acme.answers()
        await acme.opens()
        await acme.rests()
        await acme.fails()
        await acme.breaker.close()

    async def after(acme: Acme) -> None:
        await acme.breaker.load(["acme", "other"])
        await acme.clock.sleep(LADDER[0])  # the virtual clock begins anew
        assert acme.rest() == pytest.approx(LADDER[1])
        health = acme.breaker.health("acme")
        assert health.state == SUSPENDED
        assert health.last_success.seconds == int(EPOCH + 1_000)
        assert health.last_failure_reason == "PROVIDER_UNREACHABLE"
        assert acme.breaker.health("other") == ProviderHealth(state=READY)

    told(before, store)
    assert list(store.values) == ["breaker/acme"]
    told(after, store)


def test_calls_do_not_wait_for_the_store_and_only_changes_are_written() -> None:
    class Slow(MemoryStore):
        async def save(self, name: str, value: bytes) -> None:
            await asyncio.sleep(0.5)
            await super().save(name, value)

    store = Slow()

    async def story(acme: Acme) -> None:
        began = acme.clock.monotonic()
        for _ in range(100):
            await acme.answers()
        await acme.opens()
        assert acme.clock.monotonic() == began
        assert store.saves == 0
        await acme.clock.sleep(1.0)
        assert store.saves == 1

    told(story, store)


def test_a_store_that_is_away_is_told_once_and_written_to_when_it_is_back() -> None:
    store = MemoryStore()
    store.broken = True

    async def story(acme: Acme) -> None:
        with capture_logs() as logs:
            await acme.breaker.load(["acme"])
            await acme.opens()
            await acme.rests()
            await acme.fails()
            await acme.breaker.close()
        assert [entry["event"] for entry in logs].count("breaker.store_away") == 1
        store.broken = False
        await acme.breaker.close()
        assert list(store.values) == ["breaker/acme"]

    told(story, store)


def test_what_was_saved_is_taken_up_when_the_store_comes_late() -> None:
    store = MemoryStore()

    async def before(acme: Acme) -> None:
        await acme.opens()
        await acme.breaker.close()

    async def after(acme: Acme) -> None:
        await acme.fails()
        assert acme.rest() == 0
        await acme.breaker.load(["acme"])
        assert acme.rest() > 0

    async def well_since(acme: Acme) -> None:
        await acme.clock.sleep(1)
        await acme.answers()
        await acme.breaker.load(["acme"])
        assert acme.rest() == 0

    told(before, store)
    told(after, store)
    told(well_since, store)


def test_a_store_that_hangs_holds_up_neither_start_nor_end() -> None:
    class Hung(MemoryStore):
        async def load(self, name: str) -> bytes | None:
            await asyncio.sleep(1e6)
            return None

        async def save(self, name: str, value: bytes) -> None:
            await asyncio.sleep(1e6)

    async def story(acme: Acme) -> None:
        began = acme.clock.monotonic()
        await acme.breaker.load(["acme"])
        await acme.opens()
        await acme.breaker.close()
        assert acme.clock.monotonic() - began < 3

    told(story, Hung())


@pytest.mark.parametrize("kept", [b"", b"null", b"[1]", b'["x",1,2,3,4,"r"]', b"{}", b"\xff"])
def test_what_can_not_be_read_is_as_if_it_had_never_been(kept: bytes) -> None:
    async def story(acme: Acme) -> None:
        await acme.breaker.load(["acme"])
        assert acme.is_(READY)

    told(story, MemoryStore({"breaker/acme": kept}))


def test_a_clock_that_is_set_back_does_not_suspend_for_ever() -> None:
    async def story(acme: Acme) -> None:
        await acme.opens()
        acme.clock.set_back = 1e7
        assert acme.rest() == pytest.approx(LADDER[0])

    told(story)
