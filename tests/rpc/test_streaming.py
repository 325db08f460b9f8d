"""SearchStream: each provider's items the moment it answers, its outcome, and a summary, within the deadline."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import grpc
import pytest

from tako.v1.answers_pb2 import ProviderOutcome, SearchEvent
from tako.v1.catalog_service_pb2 import CatalogSearchRequest
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Access, Domain, Unreachable
from tako_server.core.listing import MAX_SOURCES
from tests.rpc.harness import Client, server
from tests.rpc.shelves import never, shelf, thing

METHOD = "/tako.v1.CatalogService/SearchStream"


def stream(call: Client, timeout: float = 10, **fields: Any) -> Any:
    """The events of a search, to be read one by one."""
    method = call.channel.unary_stream(
        METHOD,
        request_serializer=CatalogSearchRequest.SerializeToString,
        response_deserializer=SearchEvent.FromString,
    )
    return method(CatalogSearchRequest(**{"query": "x", **fields}), timeout=timeout)


def film(name: str) -> Item:
    return thing(Item.MOVIE, name)


def words(event: SearchEvent) -> str:
    """An event in two words."""
    match event.WhichOneof("event"):
        case "items":
            return f"items {event.items.provider}"
        case "outcome":
            return f"{ProviderOutcome.Status.Name(event.outcome.status)} {event.outcome.provider}"
    return str(event.WhichOneof("event"))


class Doors:
    """Providers that answer when the test lets them."""

    def __init__(self) -> None:
        self._doors: dict[str, asyncio.Event] = {}

    def before(self, name: str) -> Any:
        """What a provider waits for."""
        door = self._doors.setdefault(name, asyncio.Event())

        async def wait(ask: object) -> None:
            await door.wait()

        return wait

    def open(self, name: str) -> None:
        """Let it answer."""
        self._doors[name].set()


async def test_four_providers_one_of_which_hangs(tmp_path: Path) -> None:
    doors = Doors()
    made = [shelf(name, [film(f"of {name}")], before=doors.before(name)) for name in ("alpha", "beta", "gamma")]
    hanging = shelf("hanging", [film("never")], before=never, timeout=1.0)
    seen: list[str] = []
    async with server(tmp_path, *made, hanging) as call:
        events = stream(call, timeout=5)
        started = await events.read()
        assert {(one.provider, one.status) for one in started.started.asked} == {
            (name, ProviderOutcome.PENDING) for name in ("alpha", "beta", "gamma", "hanging")
        }
        for name in ("gamma", "alpha", "beta"):  # each is let go only when the one before has been read
            doors.open(name)
            first, second = await events.read(), await events.read()
            assert [item.title for item in first.items.items] == [f"of {name}"]
            seen += [words(first), words(second)]
        began = time.monotonic()
        rest = [await events.read(), await events.read()]
        assert await events.read() is grpc.aio.EOF
        assert await events.code() is grpc.StatusCode.OK
    assert seen == ["items gamma", "OK gamma", "items alpha", "OK alpha", "items beta", "OK beta"]
    assert [words(event) for event in rest] == ["TIMEOUT hanging", "summary"]
    assert rest[0].outcome.reason == "PROVIDER_TIMEOUT"
    assert time.monotonic() - began < 5
    summary = rest[-1].summary
    assert [outcome.provider for outcome in summary.outcomes] == ["gamma", "alpha", "beta", "hanging"]
    assert summary.freshness.HasField("fetched_at")


async def test_the_callers_deadline_ends_the_stream_with_a_summary(tmp_path: Path) -> None:
    async with server(tmp_path, shelf("alpha", [film("a")]), shelf("hanging", [], before=never, timeout=60)) as call:
        events = [words(event) async for event in stream(call, timeout=2)]
    assert events == ["started", "items alpha", "OK alpha", "TIMEOUT hanging", "summary"]


async def test_when_all_fail_the_stream_says_so_and_ends_well(tmp_path: Path) -> None:
    async def gone(ask: object) -> None:
        raise Unreachable("gone")

    async with server(tmp_path, shelf("alpha", [], before=gone), shelf("beta", [])) as call:
        events = [event async for event in stream(call)]
    assert sorted(words(event) for event in events[1:-1]) == ["EMPTY beta", "UNAVAILABLE alpha"]
    assert len(events[-1].summary.outcomes) == 2
    assert not events[-1].summary.next_page_token


async def test_slow_providers_are_asked_too(tmp_path: Path) -> None:
    slow = shelf("slow", [film("s")], access=Access.BROWSER)
    async with server(tmp_path, shelf("quick", [film("q")]), slow, FSR_URL="http://127.0.0.1:9") as call:
        events = [words(event) async for event in stream(call)]
    assert {"items slow", "items quick"} <= set(events)


async def test_the_next_page_asks_only_who_has_one(tmp_path: Path) -> None:
    long = shelf("long", [film("1"), film("2"), film("3")], page_size=2)
    async with server(tmp_path, long, shelf("short", [film("s")])) as call:
        first = [event async for event in stream(call)]
        token = first[-1].summary.next_page_token
        second = [event async for event in stream(call, page_token=token)]
    assert [one.provider for one in second[0].started.asked] == ["long"]
    assert [item.title for event in second for item in event.items.items] == ["3"]
    assert second[-1].summary.next_page_token == ""


@pytest.mark.parametrize(
    "fields",
    [{"page_token": "none of ours"}, {"providers": ["nobody"]}, {"kinds": [Item.RULING]}, {"query": " "}],
    ids=str,
)
async def test_a_wrong_question_is_an_error_before_the_first_event(tmp_path: Path, fields: dict[str, Any]) -> None:
    async with server(tmp_path, shelf("alpha", [film("a")])) as call:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await stream(call, **fields).read()
    assert refused.value.code() in (
        grpc.StatusCode.INVALID_ARGUMENT,
        grpc.StatusCode.NOT_FOUND,
        grpc.StatusCode.UNIMPLEMENTED,
    )


async def test_too_many_questions_at_once_are_refused(tmp_path: Path) -> None:
    kinds = [kind for _, kind in Item.Kind.items() if kind][:30]
    items = [thing(kind, "1") for kind in kinds]
    providers = [shelf(f"p{n}", items) for n in range(MAX_SOURCES // len(kinds) + 1)]
    async with server(tmp_path, *providers) as call:
        with pytest.raises(grpc.aio.AioRpcError, match="questions at once") as refused:
            await stream(call, kinds=kinds).read()
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_events_wait_for_a_caller_that_does_not_read(tmp_path: Path) -> None:
    heavy = [thing(Item.MOVIE, str(n), description="x" * 100_000) for n in range(20)]
    light = shelf("light", [thing(Item.BOOK, "b")], domain=Domain.BOOKS)
    films = [shelf(f"heavy{n}", heavy) for n in range(15)]
    async with server(tmp_path, *films, light, TAKO_MAX_CONCURRENT_CALLS="1") as call:
        events = stream(call, timeout=3, domains=["media"])
        assert (await events.read()).HasField("started")
        await asyncio.sleep(1)  # enough to send all of the 30 MB, if nobody held it back
        with pytest.raises(grpc.aio.AioRpcError) as busy:
            await stream(call, domains=["books"]).read()
        assert busy.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED, "the call has not ended: it waits"
        assert await events.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        assert [words(e) async for e in stream(call, domains=["books"])][1:] == ["items light", "OK light", "summary"]


async def test_a_caller_that_leaves_stops_every_provider(tmp_path: Path) -> None:
    asked, left = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def watched(ask: object) -> None:
        asked.release()
        try:
            await asyncio.sleep(60)
        finally:
            left.release()

    async with server(tmp_path, *(shelf(f"p{n}", [], before=watched, timeout=60) for n in range(3))) as call:
        events = stream(call)
        await events.read()
        for _ in range(3):
            await asyncio.wait_for(asked.acquire(), 5)
        events.cancel()
        for _ in range(3):
            await asyncio.wait_for(left.acquire(), 5)
