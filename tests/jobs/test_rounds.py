"""How jobs ask providers: slowly, one after the other, and no longer than they are wanted. In virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tako_providers.sdk import Access, Limit, Provider
from tako_providers.sdk.errors import (
    Blocked,
    Disabled,
    NotConfigured,
    NotFound,
    RateLimited,
    Suspended,
    TakoError,
    TimedOut,
    Unreachable,
)
from tako_server.core.ports import Ask
from tako_server.jobs.job import Report
from tako_server.jobs.rounds import Rounds, half_pace
from tests.engine.virtual_clock import virtually
from tests.jobs.support import provider, question

ASKING = 4.0
"""Seconds that a provider takes."""


class Upstreams:
    """An engine that notes who was asked when, and answers as ``says`` says."""

    def __init__(self, says: Callable[[str, str], TakoError | None] = lambda _name, _text: None) -> None:
        self.says = says
        self.asked: list[tuple[str, str, float]] = []
        self.at_once: dict[str, int] = {}
        self.most_at_once: dict[str, int] = {}

    async def renew(self, provider: Provider, ask: Ask) -> Any:
        """Take some time."""
        manifest, text = provider.manifest, getattr(ask, "text", "")
        for name in (manifest.id, manifest.access.value):
            self.at_once[name] = self.at_once.get(name, 0) + 1
            self.most_at_once[name] = max(self.at_once[name], self.most_at_once.get(name, 0))
        self.asked.append((manifest.id, text, asyncio.get_running_loop().time()))
        await asyncio.sleep(ASKING)
        for name in (manifest.id, manifest.access.value):
            self.at_once[name] -= 1
        if (error := self.says(manifest.id, text)) is not None:
            raise error

    def times(self, name: str) -> list[float]:
        """When a provider was asked, from the first time on."""
        times = [at for asked, _, at in self.asked if asked == name]
        return [at - times[0] for at in times]

    def texts(self, name: str) -> list[str]:
        """What a provider was asked."""
        return [text for asked, text, _ in self.asked if asked == name]


def ask(upstreams: Upstreams, *providers: Provider, questions: int = 6, seconds: float = 100_000) -> Report:
    """The report of a round that asks each provider so many questions."""
    report = Report()

    async def story() -> None:
        rounds = Rounds(upstreams)
        try:
            async with asyncio.timeout(seconds):
                await rounds.ask([(p, question(str(n))) for n in range(questions) for p in providers], report)
        except TimeoutError:
            pass

    virtually(story())
    return report


def test_half_of_what_limits_allow_is_left_to_callers() -> None:
    upstreams = Upstreams()
    report = ask(upstreams, provider("books", limits=(Limit(5, 1), Limit(30, 60))), questions=3)
    assert upstreams.times("books") == [0, ASKING + 4, 2 * (ASKING + 4)]
    assert upstreams.texts("books") == ["0", "1", "2"]
    assert (report.outcome, dict(report.counts)) == ("SUCCEEDED", {"refreshed": 3})
    assert half_pace(provider("none").manifest) == 2


def test_providers_are_asked_at_the_same_time_each_on_its_own() -> None:
    upstreams = Upstreams()
    ask(upstreams, *(provider(f"books{number}") for number in range(12)))
    assert upstreams.most_at_once["direct"] == 8
    assert all(upstreams.most_at_once[f"books{number}"] == 1 for number in range(12))


def test_browsers_are_asked_one_at_a_time() -> None:
    upstreams = Upstreams()
    slow = [provider("lego", access=Access.BROWSER), provider("coleka", access=Access.BROWSER)]
    ask(upstreams, *slow, provider("onepiece", access=Access.DIRECT_THEN_BROWSER), provider("books"))
    assert upstreams.most_at_once["browser"] == 1
    slow_times = sorted(at for name, _, at in upstreams.asked if name != "books")
    assert all(later - sooner >= ASKING for sooner, later in pairwise(slow_times))


def test_two_jobs_share_the_pace() -> None:
    upstreams = Upstreams()
    books = provider("books")

    async def story() -> None:
        rounds = Rounds(upstreams)
        async with asyncio.TaskGroup() as group:
            for name in "ab":
                group.create_task(rounds.ask([(books, question(f"{name}{n}")) for n in range(3)], Report()))

    virtually(story())
    times = upstreams.times("books")
    assert len(times) == 6
    assert all(later - sooner >= ASKING + 2 for sooner, later in pairwise(times))


@pytest.mark.parametrize(
    ("error", "counted", "said"),
    [
        (NotConfigured("needs BOOKS_KEY", variables=("BOOKS_KEY",)), "not_configured", "books: NOT_CONFIGURED: "),
        (Disabled("is switched off"), "disabled", "books: DISABLED: "),
        (Suspended("left alone"), "skipped", "books: SUSPENDED: "),
        (RateLimited("too often", retry_after=3600), "skipped", "books: RATE_LIMITED: "),
    ],
)
def test_who_cannot_be_asked_is_no_failure(error: TakoError, counted: str, said: str) -> None:
    upstreams = Upstreams(lambda name, _text: error if name == "books" else None)
    report = ask(upstreams, provider("books"), provider("others"))
    assert upstreams.texts("books") == ["0"]
    assert (report.outcome, dict(report.counts)) == ("SUCCEEDED", {"refreshed": 6, counted: 6})
    assert report.message.startswith(said)


def test_who_asks_for_a_pause_gets_it_once() -> None:
    refused = ["1"]
    upstreams = Upstreams(lambda _name, text: RateLimited("slowly", retry_after=30) if text in refused[:1] else None)

    def says(_name: str, text: str) -> TakoError | None:
        return RateLimited("slowly", retry_after=30) if refused and refused.pop(0) == text else None

    refused[:] = ["", "1"]
    upstreams.says = says
    report = ask(upstreams, provider("books"), questions=3)
    assert upstreams.texts("books") == ["0", "1", "1", "2"]
    assert upstreams.times("books")[2] - upstreams.times("books")[1] == ASKING + 30
    assert dict(report.counts) == {"refreshed": 3}


def test_what_is_gone_is_no_failure() -> None:
    report = ask(Upstreams(lambda _name, text: NotFound("gone") if text == "2" else None), provider("books"))
    assert (report.outcome, dict(report.counts)) == ("SUCCEEDED", {"refreshed": 5, "not_found": 1})


def test_some_failures_are_a_part_and_all_are_a_failure() -> None:
    some = ask(Upstreams(lambda _name, text: TimedOut("late") if text in "25" else None), provider("books"))
    assert (some.outcome, dict(some.counts)) == ("PARTIAL", {"refreshed": 4, "failed": 2})
    assert some.message == "books: TIMEOUT: late"
    everything = ask(Upstreams(lambda _name, _text: Unreachable("no route")), provider("books"))
    assert (everything.outcome, dict(everything.counts)) == ("FAILED", {"failed": 3, "skipped": 3})


def test_who_blocks_is_left_alone_at_once() -> None:
    report = ask(Upstreams(lambda _name, _text: Blocked("a wall")), provider("books"), provider("others"))
    assert dict(report.counts) == {"failed": 2, "skipped": 10}


def test_what_time_did_not_allow_is_counted() -> None:
    upstreams = Upstreams()
    report = ask(upstreams, provider("books"), questions=10, seconds=15)
    assert len(upstreams.asked) == 3
    assert dict(report.counts) == {"refreshed": 2, "skipped": 8}
