"""The JSON of whole answers: made when REST first asks, kept beside the bytes, and counted with them."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

import pytest
from google.api.httpbody_pb2 import HttpBody

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.item_pb2 import Item
from tako_server.cache.memory import Memory
from tako_server.core.envelope import Composed
from tako_server.core.ports import CacheState
from tako_server.rpc import ready_json as made_here
from tako_server.rpc.call import Call, composed, settled
from tako_server.rpc.interceptors.rest_answers import RestAnswers
from tako_server.rpc.interceptors.validation import validation
from tako_server.rpc.interceptors.whole_answers import KeptWhole, WholeAnswers
from tako_server.rpc.ready_json import JsonMaker, ready_json

METHOD = "/tako.v1.BooksService/Search"
REST = {"x-envoy-original-path": "/v1/books/search", "x-envoy-original-method": "GET"}


class World:
    """The interceptors that answer REST, before a servicer that always gives the same."""

    def __init__(self, titles: int = 1, max_bytes: int = 1_000_000) -> None:
        self.now = 1_800_000_000.0
        self.body = SearchResponse(
            items=[Item(title=f"Dune {n}" + "x" * 500) for n in range(titles)]
        ).SerializeToString()
        self.memory = Memory[KeptWhole](max_bytes)
        self.whole = WholeAnswers(self.memory, clock=lambda: self.now)
        self.handle = composed((RestAnswers(self.whole.json), validation, self.whole), self._serve)

    async def _serve(self, call: Call) -> bytes:
        await asyncio.sleep(0)
        return call.answered(Composed(self.body, CacheState.MISS, self.now, self.now + 300))

    async def ask(self, metadata: dict[str, str]) -> bytes | None:
        raw = BooksSearchRequest(query="dune").SerializeToString()
        call = Call(
            METHOD,
            BooksSearchRequest,
            raw,
            cast("Any", None),
            metadata,
            answer_type=SearchResponse,
            is_transcoded=metadata is REST,
        )
        return await settled(self.handle(call))


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sizes of the answers whose JSON was made."""
    sizes: list[int] = []

    def counting(answer_type: Any, body: bytes) -> Any:
        sizes.append(len(body))
        return ready_json(answer_type, body)

    monkeypatch.setattr(made_here, "ready_json", counting)
    return sizes


async def test_json_is_made_once_and_only_for_rest(makings: list[int]) -> None:
    world = World()
    assert await world.ask({}) == world.body
    assert await world.ask({}) == world.body
    assert makings == []
    answers = [await world.ask(REST) for _ in range(3)]
    assert makings == [len(world.body)]
    http = HttpBody.FromString(answers[0] or b"")
    kind, _, headers = http.content_type.partition(";|")
    assert kind == "application/json"
    assert {"tako-cache=hit", "age=0", "cache-control=public, max-age=300"} <= set(headers.split("|"))
    assert json.loads(http.data)["items"][0]["title"].startswith("Dune 0")
    assert answers[1] == answers[2]
    assert await world.ask({}) == world.body


async def test_it_counts_in_the_bytes_that_memory_may_hold() -> None:
    world = World(titles=20)
    await world.ask({})
    typed = world.memory.bytes
    await world.ask(REST)
    assert world.memory.bytes >= typed + len(world.body)
    assert len(world.memory) == 1
    world.whole.forget()
    assert world.memory.bytes == 0


async def test_an_answer_that_is_too_large_for_both_is_still_given() -> None:
    world = World(titles=20, max_bytes=15_000)  # the bytes fit, and the JSON does not fit beside them
    for _ in range(2):
        assert HttpBody.FromString(await world.ask(REST) or b"").data.startswith(b'{"items":[')
    assert world.memory.bytes <= 15_000


@pytest.mark.parametrize("titles", [1, 200])
async def test_of_all_that_ask_at_the_same_time_one_makes_it(makings: list[int], titles: int) -> None:
    world = World(titles=titles)
    answers = await asyncio.gather(*(world.ask(REST) for _ in range(50)))
    assert len(set(answers)) == 1
    assert len(makings) == 1


async def test_what_is_kept_nowhere_is_made_again_only_when_it_has_changed(makings: list[int]) -> None:
    maker = JsonMaker()
    one, other = World(titles=1).body, World(titles=2).body
    for body in (one, one, other, other, one):
        assert b"Dune 0" in (await maker.make(SearchResponse, body)).data
    assert makings == [len(one), len(other), len(one)]


async def test_who_goes_away_leaves_it_to_the_others() -> None:
    maker = JsonMaker()
    body = World(titles=400).body
    first = asyncio.create_task(maker.make(SearchResponse, body))
    second = asyncio.create_task(maker.make(SearchResponse, body))
    await asyncio.sleep(0)
    first.cancel()
    assert HttpBody.FromString((await second).data).data.startswith(b'{"items":[')
    assert first.cancelled()


@pytest.mark.parametrize("language", ["fr|:status=401", "fr\r\nset-cookie: a=b", "fr; q=1", "x" * 200, "fr_FR"])
def test_what_is_no_language_stands_in_no_header(language: str) -> None:
    body = SearchResponse(items=[Item(title="Dune", language=language)]).SerializeToString()
    assert ready_json(SearchResponse, body).language == ""
    body = SearchResponse(items=[Item(title="Dune", language="pt-BR")]).SerializeToString()
    assert ready_json(SearchResponse, body).language == "pt-BR"
