"""Whole answers by request: until the first part expires, and no longer than the caller allows."""

from __future__ import annotations

from typing import Any, cast

from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_server.cache.memory import Memory
from tako_server.core.envelope import Composed
from tako_server.core.ports import CacheState
from tako_server.rpc.call import Call, composed, settled
from tako_server.rpc.interceptors.validation import validation
from tako_server.rpc.interceptors.whole_answers import KeptWhole, WholeAnswers

NOW = 1_800_000_000.0


class World:
    """The interceptor before a servicer that counts."""

    def __init__(self, max_bytes: int = 1_000_000) -> None:
        self.now = NOW
        self.made = 0
        self.lifetime = 300.0
        self.state = CacheState.MISS
        whole = WholeAnswers(Memory[KeptWhole](max_bytes), clock=lambda: self.now)
        self.handle = composed((validation, whole), self._serve)

    async def _serve(self, call: Call) -> bytes:
        self.made += 1
        keep_until = self.now + self.lifetime if self.lifetime else 0.0
        return call.answered(Composed(b"answer %d" % self.made, self.state, self.now, keep_until))

    async def ask(self, request: Any = None, method: str = "/tako.v1.BooksService/Search") -> tuple[bytes, str, str]:
        """The answer, where it came from, its age."""
        request = request or BooksSearchRequest(query="dune")
        call = Call(method, type(request), request.SerializeToString(), cast("Any", None), {}, is_admin=True)
        body = await settled(self.handle(call))
        assert body is not None
        told = dict(call.trailing)
        return body, told["tako-cache"], told["tako-age"]


async def test_kept_until_the_first_part_expires() -> None:
    world = World()
    assert await world.ask() == (b"answer 1", "miss", "0")
    world.now += 299.9
    assert await world.ask() == (b"answer 1", "hit", "299")
    world.now += 0.1
    assert await world.ask() == (b"answer 2", "miss", "0")


async def test_what_may_not_be_kept_is_not() -> None:
    world = World()
    world.lifetime, world.state = 0.0, CacheState.STALE
    assert [(await world.ask())[:2] for _ in range(2)] == [(b"answer 1", "stale"), (b"answer 2", "stale")]


async def test_how_old_it_may_be_is_no_part_of_the_question() -> None:
    world = World()
    await world.ask()
    world.now += 100
    patient, hasty = BooksSearchRequest(query="dune"), BooksSearchRequest(query="dune")
    patient.max_age.seconds, hasty.max_age.seconds = 100, 99
    assert (await world.ask(patient))[:2] == (b"answer 1", "hit")
    assert (await world.ask(hasty))[:2] == (b"answer 2", "miss")
    assert (await world.ask())[:2] == (b"answer 2", "hit")
    assert (await world.ask(BooksSearchRequest(query="dune", refresh=True)))[:2] == (b"answer 3", "miss")
    assert (await world.ask())[:2] == (b"answer 3", "hit")


async def test_everything_else_is() -> None:
    world = World()
    for request in (
        BooksSearchRequest(query="dune"),
        BooksSearchRequest(query="dune", page_size=2),
        BooksSearchRequest(query="dune", language="fr"),
        BooksSearchRequest(query="dune", providers=["a", "b"]),
    ):
        assert (await world.ask(request))[1] == "miss"
    assert (await world.ask(method="/tako.v1.ComicsService/Search"))[1] == "miss"
    assert world.made == 5


async def test_it_is_bounded() -> None:
    world = World(max_bytes=5_000)
    for number in range(50):
        await world.ask(BooksSearchRequest(query=f"book {number}"))
    assert (await world.ask(BooksSearchRequest(query="book 49")))[1] == "hit"
    assert (await world.ask(BooksSearchRequest(query="book 0")))[1] == "miss"
