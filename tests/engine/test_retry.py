"""Retries: which errors, how often, after what pause, and when not at all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tako_providers.sdk import errors
from tako_providers.sdk.errors import NotFound, ProviderError, RateLimited, TakoError, TimedOut, Unreachable
from tako_server.core import access
from tako_server.engine import limiter, reactions
from tako_server.engine.limiter import BudgetSpent
from tako_server.engine.reactions import Effect, hold_seconds, reaction
from tako_server.engine.retry import BASE, CAP, MINIMUM, SPAN, TRIES, Retry, is_read
from tests.engine.virtual_clock import Until, VirtualClock, virtually


class Sent:
    """An upstream that fails as a test says, and then answers; and when it was asked."""

    def __init__(self, *fails: ProviderError) -> None:
        self.fails = iter(fails)
        self.at: list[float] = []
        self.clock = VirtualClock()

    async def __call__(self) -> str:
        self.at.append(self.clock.monotonic())
        for error in self.fails:
            raise error
        return "answer"

    @property
    def pauses(self) -> list[float]:
        """Between one try and the next."""
        return [later - earlier for earlier, later in zip(self.at, self.at[1:], strict=False)]


def forever(make: Callable[[], ProviderError]) -> Iterator[ProviderError]:
    """Errors without end."""
    while True:
        yield make()


def down() -> Unreachable:
    """The usual failure."""
    return Unreachable("acme is down")


async def attempt(
    sent: Sent, *, random: float = 1.0, time: float = 60.0, retryable: bool = True, retry: Retry | None = None
) -> str:
    """One call."""
    retry = retry or Retry(sent.clock, lambda: random)
    return await retry.attempts(sent, provider="acme", deadline=Until.after(time), retryable=retryable)


def test_an_upstream_that_fails_twice_is_asked_three_times() -> None:
    sent = Sent(down(), TimedOut("late"))
    assert virtually(attempt(sent)) == "answer"
    assert sent.pauses == pytest.approx([BASE, 2 * BASE])


def test_after_the_third_failure_its_error_is_raised() -> None:
    sent = Sent(down(), down(), last := down(), down())
    with pytest.raises(Unreachable) as raised:
        virtually(attempt(sent))
    assert raised.value is last
    assert len(sent.at) == TRIES


@pytest.mark.parametrize("share", [0.0, 0.25, 0.999])
def test_the_pause_is_anywhere_below_the_backoff(share: float) -> None:
    sent = Sent(down(), down())
    virtually(attempt(sent, random=share))
    assert sent.pauses == pytest.approx([share * BASE, share * 2 * BASE])
    assert BASE * 2 ** (TRIES - 2) < CAP


def test_retry_after_is_a_floor() -> None:
    sent = Sent(RateLimited("slow down", retry_after=7.0))
    virtually(attempt(sent, random=0.5))
    assert sent.pauses == pytest.approx([7.0 + 0.5 * BASE])


@pytest.mark.parametrize("error", [RateLimited("slow down", retry_after=7.0), RateLimited("", retry_after=1e9)])
def test_a_pause_that_outlasts_the_deadline_is_not_begun(error: RateLimited) -> None:
    sent = Sent(error)

    async def story() -> float:
        began = sent.clock.monotonic()
        with pytest.raises(RateLimited):
            await attempt(sent, time=7.0)
        return sent.clock.monotonic() - began

    assert virtually(story()) == 0.0
    assert len(sent.at) == 1


def test_what_is_no_read_is_sent_once() -> None:
    sent = Sent(down())
    with pytest.raises(Unreachable):
        virtually(attempt(sent, retryable=False))
    assert len(sent.at) == 1


@pytest.mark.parametrize(
    ("method", "reads", "expected"),
    [
        ("GET", False, True),
        ("head", False, True),
        ("POST", False, False),
        ("POST", True, True),
        ("DELETE", False, False),
    ],
)
def test_reads(method: str, reads: bool, expected: bool) -> None:
    assert is_read(method, reads=reads) is expected


def test_an_error_that_would_come_again_is_raised_at_once() -> None:
    sent = Sent(NotFound("no such thing"))
    with pytest.raises(NotFound):
        virtually(attempt(sent))
    assert len(sent.at) == 1


def test_a_retry_for_which_there_is_no_slot_raises_what_the_upstream_said() -> None:
    with pytest.raises(Unreachable):
        virtually(attempt(Sent(down(), BudgetSpent("no slot"))))
    with pytest.raises(BudgetSpent):
        virtually(attempt(Sent(BudgetSpent("no slot"))))


# --- the budget ---


def tries_of(calls: int, every: float) -> int:
    """How often an upstream that is down is asked by so many calls."""
    sent = Sent()
    sent.fails = forever(down)

    async def story() -> None:
        retry = Retry(sent.clock, lambda: 0.5)
        for _ in range(calls):
            with pytest.raises(Unreachable):
                await attempt(sent, retry=retry)
            await sent.clock.sleep(every)

    virtually(story())
    return len(sent.at)


def test_a_quiet_service_may_retry() -> None:
    assert tries_of(2, every=0.0) == 2 * TRIES
    assert tries_of(10, every=SPAN) == 10 * TRIES


def test_a_busy_one_asks_a_tenth_more_at_most() -> None:
    assert tries_of(1_000, every=0.01) == 1_100
    assert tries_of(20, every=0.01) == 20 + MINIMUM


def test_each_provider_has_a_budget_of_its_own() -> None:
    sent = Sent()
    sent.fails = forever(down)

    async def story() -> None:
        retry = Retry(sent.clock, lambda: 0.0)
        for provider in ("acme", "acme", "acme", "other"):
            with pytest.raises(Unreachable):
                await retry.attempts(sent, provider=provider, deadline=Until.after(60), retryable=True)

    virtually(story())
    assert len(sent.at) == 3 + 3 + 1 + 3


# --- the table ---


def family(cls: type[Any]) -> set[type[Any]]:
    """A class and all below it."""
    return {cls}.union(*(family(below) for below in cls.__subclasses__()))


def test_the_table_has_a_row_for_every_error_of_a_provider() -> None:
    assert {limiter, errors, access}  # imported: their classes are known
    ours = {cls for cls in family(ProviderError) if cls.__module__.startswith(("tako_server", "tako_providers"))}
    assert set(reactions._TABLE) == ours
    assert issubclass(ProviderError, TakoError)


def test_an_error_of_a_class_of_its_own_is_treated_like_its_kind() -> None:
    class Quota(RateLimited):
        """Of some provider."""

    assert reaction(Quota("")) is reaction(RateLimited(""))


def test_only_what_speaks_of_the_upstream_moves_the_breaker() -> None:
    moving = {cls for cls, row in reactions._TABLE.items() if row.effect in (Effect.COUNTS, Effect.OPENS)}
    assert moving == {errors.RateLimited, errors.Unreachable, errors.TimedOut, errors.Blocked}


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (RateLimited("", retry_after=9.0), 9.0),
        (RateLimited(""), 1.0),
        (Unreachable("", retry_after=9.0), 9.0),
        (Unreachable(""), 0.0),
        (BudgetSpent("", retry_after=9.0), 0.0),
        (NotFound("", retry_after=9.0), 0.0),
    ],
)
def test_how_long_to_hold_off(error: ProviderError, seconds: float) -> None:
    assert hold_seconds(error) == seconds
