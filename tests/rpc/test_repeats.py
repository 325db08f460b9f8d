"""Calls that came before, byte for byte, are answered past the interceptors, and nobody can tell."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
import structlog
from prometheus_client import CollectorRegistry

from tako.v1.admin_service_pb2 import PurgeCacheRequest, PurgeCacheResponse
from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Page
from tako_providers.sdk.errors import Overloaded
from tako_server.cache.memory import Memory
from tako_server.core.envelope import Composed
from tako_server.core.ports import CacheState
from tako_server.rpc.call import Call, Handler, composed, settled
from tako_server.rpc.call_metrics import CallMetrics
from tako_server.rpc.interceptors.draining import Draining
from tako_server.rpc.interceptors.request_id import request_id
from tako_server.rpc.interceptors.rest_answers import RestAnswers
from tako_server.rpc.interceptors.validation import validation
from tako_server.rpc.interceptors.whole_answers import KeptWhole, WholeAnswers
from tako_server.rpc.repeats import LOOKED_AT, Repeats
from tests.cache.support import until
from tests.rpc.harness import page, provider, server

METHOD = "/tako.v1.BooksService/Search"
SEARCH = METHOD.removeprefix("/tako.v1.")
REST = (("x-envoy-original-path", "/v1/books/search"), ("x-request-id", "from-the-gateway"))


class _Context:
    """Holds what is told with an answer."""

    def __init__(self) -> None:
        self.trailing: dict[str, str] = {}

    def set_trailing_metadata(self, metadata: tuple[tuple[str, str], ...]) -> None:
        self.trailing = dict(metadata)


class World:
    """Both ways to an answer, over one memory and one clock."""

    def __init__(self, most: int = 100) -> None:
        self.now = 1_800_000_000.0
        self.draining = Draining(most)
        self.memory = Memory[KeptWhole](1_000_000)
        self.calls = CallMetrics(CollectorRegistry())
        self.whole = WholeAnswers(self.memory, touch=lambda _: None, clock=lambda: self.now)
        self.repeats = Repeats(self.whole, self.calls, self.draining, clock=lambda: self.now).of(METHOD)
        interceptors = (request_id, RestAnswers(self.whole.json), self.draining, validation, self.whole)
        self._handle: Handler = composed(interceptors, self._serve)

    async def _serve(self, call: Call) -> bytes:
        body = SearchResponse(next_page_token="a token").SerializeToString()
        return call.answered(Composed(body, CacheState.MISS, self.now, self.now + 300, ("alpha:1",)))

    async def long(self, request: BooksSearchRequest, *metadata: tuple[str, str]) -> tuple[bytes | None, Any]:
        """The answer of the interceptors, and what was told with it. The call is learned if it was a hit."""
        context: Any = _Context()
        rest = metadata[:1] == REST[:1]
        raw = request.SerializeToString()
        call = Call(METHOD, BooksSearchRequest, raw, context, dict(metadata), answer_type=SearchResponse)
        call.is_transcoded = rest
        answer = self._handle(call)
        if isinstance(answer, bytes):
            self.repeats.learn(call)
        return await settled(answer), context.trailing

    def short(self, request: BooksSearchRequest, *metadata: tuple[str, str]) -> tuple[bytes | None, Any]:
        """The answer past them, and what was told with it."""
        context: Any = _Context()
        return self.repeats.answer(request.SerializeToString(), metadata, context), context.trailing


@pytest.fixture
def at_info() -> Iterator[None]:
    """Log as servers do by default: not each call that went well."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    yield
    structlog.configure(**before)


DUNE = BooksSearchRequest(query="dune")


@pytest.mark.parametrize("metadata", [(("x-request-id", "mine"),), REST], ids=["grpc", "rest"])
async def test_both_ways_give_the_same(metadata: tuple[tuple[str, str], ...]) -> None:
    world = World()
    for _ in range(3):
        await world.long(DUNE, *metadata)  # a miss, its JSON, a hit
    world.now += 7.5
    long, short = await world.long(DUNE, *metadata), world.short(DUNE, *metadata)
    assert short == long
    assert short[0]
    hits = world.whole.lookups.hits
    world.short(DUNE, *metadata)
    assert world.whole.lookups.hits == hits + 1


async def test_age_is_told_anew_with_every_second() -> None:
    world = World()
    for _ in range(3):
        await world.long(DUNE, *REST)
    told = []
    for seconds in (0.0, 0.4, 0.7, 200.0):
        world.now += seconds
        body, _ = world.short(DUNE, *REST)
        told.append((body or b"").partition(b"|tako-age=")[2].partition(b"|")[0])
        assert re.search(rb"\|cache-control=public, max-age=(299|300)\|", body or b"")  # whole seconds
    assert told == [b"0", b"0", b"1", b"201"]


@pytest.mark.parametrize("name", sorted(LOOKED_AT))
async def test_who_brings_something_to_look_at_goes_the_long_way(name: str) -> None:
    world = World()
    for _ in range(2):
        await world.long(DUNE)
    assert world.short(DUNE)[0]
    assert world.short(DUNE, (name, "x"))[0] is None
    assert world.short(DUNE)[0]  # and is not remembered


async def test_a_call_that_was_looked_at_is_not_learned() -> None:
    world = World()
    for _ in range(3):
        await world.long(DUNE, ("accept-language", "fr"))
    assert world.short(DUNE)[0] is None
    young = BooksSearchRequest(query="dune")
    young.max_age.seconds = 100
    for _ in range(3):
        await world.long(young)
    assert world.short(young)[0] is None


async def test_what_is_kept_no_longer_is_asked_for() -> None:
    world = World()
    for _ in range(2):
        await world.long(DUNE)
    world.now += 300
    assert world.short(DUNE)[0] is None
    for _ in range(2):
        await world.long(DUNE)
    assert world.short(DUNE)[0]
    world.whole.forget()
    assert world.short(DUNE)[0] is None


async def test_json_that_was_never_made_is_not_given() -> None:
    world = World()
    for _ in range(2):
        await world.long(DUNE)
    assert world.short(DUNE, *REST)[0] is None


async def test_a_server_that_ends_lets_nobody_in() -> None:
    world = World()
    for _ in range(2):
        await world.long(DUNE)
    world.draining.close()
    assert world.short(DUNE)[0] is None


async def test_it_is_in_flight_until_all_is_sent() -> None:
    """A caller may read as slowly as it likes: such calls are bounded, and waited for at the end."""
    world = World(most=2)
    for _ in range(2):
        await asyncio.create_task(world.long(DUNE))
    await until(lambda: world.draining.in_flight == 0)
    sent = asyncio.Event()

    async def call() -> bytes | None:
        body, _ = world.short(DUNE)
        await sent.wait()
        return body

    calls = [asyncio.create_task(call()) for _ in range(2)]
    await until(lambda: world.draining.in_flight == 2)
    assert world.short(DUNE)[0] is None
    with pytest.raises(Overloaded):
        await world.long(DUNE)
    assert not await world.draining.wait(0.01)
    sent.set()
    assert all(await asyncio.gather(*calls))
    assert await world.draining.wait(1)


async def test_a_hit_the_long_way_is_in_flight_too() -> None:
    world = World(most=1)
    for _ in range(2):
        await asyncio.create_task(world.long(DUNE))
    await until(lambda: world.draining.in_flight == 0)
    await world.long(DUNE)  # in this task, which goes on
    with pytest.raises(Overloaded):
        await world.long(DUNE)


async def test_no_answer_outlives_the_memory_that_is_bounded() -> None:
    world = World()
    for _ in range(3):
        await world.long(DUNE, *REST)
    assert world.short(DUNE, *REST)[0]
    world.whole.forget()
    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, KeptWhole) and b"a token" in one.body] == []


async def test_memory_counts_a_look_once() -> None:
    world = World()
    for _ in range(2):
        await world.long(DUNE)
    world.whole.forget()
    before = world.memory.counts.misses
    assert world.short(DUNE)[0] is None
    await world.long(DUNE)
    assert world.memory.counts.misses == before + 1


async def test_no_more_requests_are_remembered_than_that() -> None:
    world = World()
    questions = [BooksSearchRequest(query=f"dune {number}") for number in range(300)]
    for question in questions:
        for _ in range(2):
            await world.long(question)
    assert world.short(questions[0])[0] is None
    assert world.short(questions[-1])[0]
    long = BooksSearchRequest(query="é" * 300)
    for _ in range(3):
        await world.long(long)
    assert world.short(long)[0] is None


@pytest.mark.usefixtures("at_info")
async def test_an_id_that_leads_nowhere_is_not_told() -> None:
    world = World()
    for _ in range(2):
        await world.long(DUNE)
    assert set(world.short(DUNE)[1]) == {"tako-cache", "tako-age"}
    assert world.short(DUNE, ("x-request-id", "mine"))[1]["x-request-id"] == "mine"
    unfit = world.short(DUNE, ("x-request-id", "not one\n"))[1]["x-request-id"]
    assert unfit.isalnum()


async def test_it_is_counted_as_any_other() -> None:
    world = World()
    for _ in range(2):
        await world.long(DUNE)
    for _ in range(3):
        world.short(DUNE)
    calls = world.calls.methods[METHOD]  # those on the long way are counted by an interceptor that is not here
    assert (calls.started, calls.codes, calls.times["hit"].count) == (3, {"OK": 3}, 3)


async def test_a_purge_reaches_it_too(tmp_path: Path) -> None:
    async def two(_ask: Any) -> Page:
        return page("dune", "dune messiah")

    async with server(tmp_path, provider("alpha", two), TAKO_ADMIN_TOKEN="a long enough token") as call:
        answers = [await call(SEARCH, DUNE, SearchResponse) for _ in range(5)]
        assert [one.trailers["tako-cache"] for one in answers] == ["miss", *["hit"] * 4]
        assert len({one.answer.SerializeToString() for one in answers}) == 1
        token = "Bearer a long enough token"
        purge = PurgeCacheRequest(provider="alpha")
        purged = await call("AdminService/PurgeCache", purge, PurgeCacheResponse, authorization=token)
        assert purged.code is grpc.StatusCode.OK
        assert (await call(SEARCH, DUNE, SearchResponse)).trailers["tako-cache"] == "miss"
