"""How engines are asked: once for a text, never too much, and never so that an answer fails with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

import tako_server.translation.machine as machine_module
from tako_server.cache.texts import NoTexts
from tako_server.translation.engine import EngineAway, Limits, NotTranslatable
from tako_server.translation.kept import KeptTexts, Wanted
from tako_server.translation.machine import Given, Machine
from tako_server.translation.rest import Rest
from tests.cache.support import until

Does = Callable[[Sequence[str]], Awaitable[Sequence[str]]]


class Fake:
    """An engine that does as the test says, and knows what it was asked."""

    limits = Limits(texts=2, characters=40, request=60)

    def __init__(self, name: str = "fake", does: Does | None = None) -> None:
        self.name = name
        self.asked: list[list[str]] = []
        self._does = does

    async def translate(self, texts: Sequence[str], source: str, target: str) -> Sequence[str]:
        self.asked.append(list(texts))
        return await self._does(texts) if self._does else [text.upper() for text in texts]


@asynccontextmanager
async def machine(*engines: Fake, at_once: int = 4, timeout: float = 5) -> AsyncIterator[Machine]:
    """A machine that keeps nothing beyond itself, and leaves nothing behind."""
    made = Machine(engines, KeptTexts(NoTexts()), at_once=at_once, timeout=timeout)
    yield made
    await made.close()
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("translate")]


def wanted(*texts: str) -> list[Wanted]:
    return [Wanted(text, "en") for text in texts]


def failing(error: BaseException) -> Does:
    async def does(texts: Sequence[str]) -> Sequence[str]:
        raise error

    return does


async def test_white_space_around_a_text_is_not_the_engines() -> None:
    fake = Fake()
    async with machine(fake) as made:
        given = await made.translate(wanted("  one \n\n", " \n "), "fr", 5)
    assert [one.text for one in given] == ["  ONE \n\n", " \n "]
    assert fake.asked == [["one"]]


async def test_pieces_fill_requests_and_are_put_together() -> None:
    fake = Fake()
    long = "This is the first sentence. This is the second one. And a third."
    async with machine(fake) as made:
        given = await made.translate(wanted(long, "short", "brief", "small"), "fr", 5)
    assert [one.text for one in given] == [long.upper(), "SHORT", "BRIEF", "SMALL"]
    assert all(len(texts) <= 2 and sum(map(len, texts)) <= 60 for texts in fake.asked)
    assert len(fake.asked) == 3


@pytest.mark.parametrize(
    "error", [RuntimeError("bug"), ValueError(), KeyError("x"), RecursionError()], ids=lambda e: type(e).__name__
)
async def test_an_engine_that_stumbles_is_no_error_of_the_answer(error: BaseException) -> None:
    async with machine(Fake(does=failing(error))) as made:
        assert (
            await made.translate(wanted("a", "b", "c"), "fr", 5)
            == [Given(failure="the engine gave no translation", is_passing=True)] * 3
        )


async def test_an_engine_that_gives_too_few_or_nothing() -> None:
    async def few(texts: Sequence[str]) -> Sequence[str]:
        return []

    async def nothing(texts: Sequence[str]) -> Sequence[str]:
        return [" "] * len(texts)

    for does in (few, nothing):
        async with machine(Fake(does=does)) as made:
            (given,) = await made.translate(wanted("a"), "fr", 5)
        assert (given.text, given.is_passing) == ("", True)


async def test_what_may_pass_is_told_before_what_will_not() -> None:
    lacks = Fake("one", failing(NotTranslatable("one lacks the pair")))
    away = Fake("two", failing(EngineAway("two is away")))
    async with machine(lacks, away) as made:
        assert await made.translate(wanted("a"), "fr", 5) == [Given(failure="two is away", is_passing=True)]
    async with machine(lacks) as made:
        assert await made.translate(wanted("a"), "fr", 5) == [Given(failure="one lacks the pair")]


async def test_who_waits_no_longer_leaves_no_request_that_was_not_begun() -> None:
    go = asyncio.Event()

    async def slow(texts: Sequence[str]) -> Sequence[str]:
        await go.wait()
        return [text.upper() for text in texts]

    fake = Fake(does=slow)
    async with machine(fake, at_once=1) as made:
        first = asyncio.create_task(made.translate(wanted("first"), "fr", 5))
        await until(lambda: bool(fake.asked))
        second = asyncio.create_task(made.translate(wanted("second"), "fr", 5))
        await asyncio.sleep(0.01)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        go.set()
        assert (await first)[0].text == "FIRST"
    assert fake.asked == [["first"]]


async def test_a_request_that_was_begun_serves_the_next_caller() -> None:
    go = asyncio.Event()

    async def slow(texts: Sequence[str]) -> Sequence[str]:
        await go.wait()
        return [text.upper() for text in texts]

    fake = Fake(does=slow)
    async with machine(fake) as made:
        (hasty,) = await made.translate(wanted("text"), "fr", 0.05)
        assert (hasty.failure, hasty.is_passing) == ("no time was left to translate it", True)
        patient = asyncio.create_task(made.translate(wanted("text"), "fr", 5))
        await asyncio.sleep(0.01)
        go.set()
        assert (await patient)[0].text == "TEXT"
        assert (await made.translate(wanted("text"), "fr", 0.05))[0].text == "TEXT"
    assert len(fake.asked) == 1


async def test_no_more_is_taken_on_than_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_module, "MOST_JOBS", 3)

    async def never(texts: Sequence[str]) -> Sequence[str]:
        await asyncio.sleep(60)
        raise AssertionError

    async with machine(Fake(does=never)) as made:
        given = await made.translate(wanted("a", "b", "c", "d", "e"), "fr", 0.05)
    assert [one.failure.split()[0] for one in given] == ["no", "no", "no", "too", "too"]
    assert all(one.is_passing for one in given)


def test_rests_grow_and_end() -> None:
    now = [0.0]
    rest = Rest("fake", clock=lambda: now[0])
    error = EngineAway("away")
    for seconds in (30, 60, 120, 240, 480, 600, 600):
        rest.failed(error)
        rest.failed(error)  # of several at once only one counts
        now[0] += seconds - 1
        assert rest.why() is error
        now[0] += 1
        assert rest.why() is None
    rest.failed(EngineAway("come back later", 7))
    now[0] += 7
    assert rest.why() is None
    rest.did()
    rest.failed(error)
    now[0] += 30
    assert rest.why() is None
