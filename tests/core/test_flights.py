"""Of all that ask the same at once, one asks upstream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tako_providers.sdk.errors import Overloaded, Unreachable
from tako_server.core import flights as module
from tako_server.core.flights import MAX_BACKGROUND, Flights
from tests.cache.support import until


class Upstream:
    """Answers when the test opens the gate."""

    def __init__(self) -> None:
        self.begun = 0
        self.cancelled = 0
        self.gate = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self) -> str:
        """One request."""
        self.begun += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.error is not None:
            raise self.error
        return f"answer {self.begun}"


@pytest.fixture
async def flights() -> AsyncIterator[Flights[str]]:
    """Flights, all landed with the test."""
    flights: Flights[str] = Flights()
    yield flights
    await flights.close()


async def callers(flights: Flights[str], upstream: Upstream, number: int, key: str = "k") -> list[asyncio.Task[str]]:
    """So many callers, all in the air."""
    tasks = [asyncio.create_task(flights.join(key, upstream)) for _ in range(number)]
    await until(lambda: upstream.begun > 0)
    return tasks


async def test_all_share_one(flights: Flights[str]) -> None:
    upstream = Upstream()
    tasks = await callers(flights, upstream, 1000)
    upstream.gate.set()
    assert set(await asyncio.gather(*tasks)) == {"answer 1"}
    assert (upstream.begun, len(flights)) == (1, 0)


async def test_keys_do_not_share(flights: Flights[str]) -> None:
    upstream = Upstream()
    upstream.gate.set()
    await asyncio.gather(flights.join("a", upstream), flights.join("b", upstream))
    assert upstream.begun == 2


async def test_the_first_may_go(flights: Flights[str]) -> None:
    upstream = Upstream()
    first, *others = await callers(flights, upstream, 10)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    upstream.gate.set()
    assert set(await asyncio.gather(*others)) == {"answer 1"}
    assert upstream.cancelled == 0


async def test_when_the_last_goes_it_is_cancelled(flights: Flights[str]) -> None:
    upstream = Upstream()
    tasks = await callers(flights, upstream, 10)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    await until(lambda: upstream.cancelled == 1)
    assert len(flights) == 0


async def test_who_comes_after_the_last_has_gone_begins_anew(flights: Flights[str]) -> None:
    upstream = Upstream()
    (leaver,) = await callers(flights, upstream, 1)
    leaver.cancel()
    await asyncio.wait([leaver])
    upstream.gate.set()
    assert await flights.join("k", upstream) == "answer 2"


async def test_an_error_reaches_all_and_is_not_kept(flights: Flights[str]) -> None:
    upstream = Upstream()
    upstream.error = Unreachable("gone")
    tasks = await callers(flights, upstream, 10)
    upstream.gate.set()
    assert [type(error) for error in await asyncio.gather(*tasks, return_exceptions=True)] == [Unreachable] * 10
    upstream.error = None
    assert await flights.join("k", upstream) == "answer 2"


async def test_one_behind_is_joined_and_outlives_its_callers(flights: Flights[str]) -> None:
    upstream = Upstream()
    flights.launch("k", upstream)
    flights.launch("k", upstream)
    (caller,) = await callers(flights, upstream, 1)
    caller.cancel()
    await asyncio.wait([caller])
    upstream.gate.set()
    assert await flights.join("k", upstream) == "answer 1"
    assert (upstream.begun, upstream.cancelled) == (1, 0)


async def test_an_error_behind_is_quiet(flights: Flights[str]) -> None:
    upstream = Upstream()
    upstream.error = Unreachable("gone")
    upstream.gate.set()
    flights.launch("k", upstream)
    await until(lambda: len(flights) == 0)


async def test_those_behind_are_bounded(flights: Flights[str]) -> None:
    upstream = Upstream()
    for number in range(MAX_BACKGROUND + 10):
        flights.launch(str(number), upstream)
    await until(lambda: upstream.begun == MAX_BACKGROUND)
    assert len(flights) == MAX_BACKGROUND


async def test_those_who_wait_are_bounded(flights: Flights[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WAITERS", 3)
    upstream = Upstream()
    tasks = await callers(flights, upstream, 4)
    with pytest.raises(Overloaded):
        await tasks[3]
    upstream.gate.set()
    assert len(set(await asyncio.gather(*tasks[:3]))) == 1


async def test_at_the_end_callers_are_told(flights: Flights[str]) -> None:
    upstream = Upstream()
    (caller,) = await callers(flights, upstream, 1)
    await flights.close()
    with pytest.raises(Unreachable, match="shutting down"):
        await caller
