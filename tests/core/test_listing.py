"""One page over several sources: stable, complete, and never hidden by the one that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tako.v1.answers_pb2 import ProviderOutcome
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Attribution, Domain, Manifest, NotFound, Provider, RateLimited, Unreachable
from tako_providers.sdk.errors import InvalidField, OutOfTime, ProviderError
from tako_server.core.deadline import Deadline
from tako_server.core.listing import MAX_SOURCES, Listing, Source, list_page, stream_sources
from tako_server.core.page_token import PageTokens, Position, fingerprint
from tako_server.core.ports import ANYTHING, Answer, Ask, Demand


class Pages:
    """An engine whose providers have upstream pages: a list of lists each; an exception is a page that fails."""

    def __init__(self, pages: Mapping[str, Sequence[Sequence[str] | ProviderError | float]]) -> None:
        self._pages = pages
        self.asked: list[tuple[str, str]] = []

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """Page `cursor` of the provider; a number is a page that takes as many seconds."""
        name, cursor = provider.manifest.id, str(ask)
        self.asked.append((name, cursor))
        number = int(cursor or "0")
        page = self._pages[name][number]
        if isinstance(page, ProviderError):
            raise page
        if isinstance(page, float):
            await asyncio.sleep(page)
            raise AssertionError("nobody waits so long")  # noqa: TRY004 - it is not about the type
        following = str(number + 1) if number + 1 < len(self._pages[name]) else ""
        parts = tuple(item.encode() for item in page)
        return Answer(parts, following, None, False, (), False, fetched_at=1.0, expires_at=2.0)


def source(name: str, timeout: float = 5.0) -> Source:
    """A source whose question is its cursor."""

    class _Provider(Provider):
        manifest = Manifest(
            id=name,
            title=name,
            domains=(Domain.BOOKS,),
            homepage="",
            base_url="",
            hosts=frozenset(),
            attribution=Attribution("", ""),
            timeout=timeout,
        )

    return Source(name, _Provider(), Domain.BOOKS, lambda cursor: cursor)  # type: ignore[arg-type,return-value] # a stand-in question


async def page(
    engine: Pages, names: Sequence[str], size: int, positions: Mapping[str, Position] | None = None
) -> Listing:
    """One page of the sources named."""
    return await list_page(engine, [source(name) for name in names], positions, size, Deadline.after(10))


def texts(listing: Listing) -> list[str]:
    """The items of a page."""
    return [part.decode() for part in listing.parts]


async def test_items_are_taken_in_turn() -> None:
    engine = Pages({"a": [["a1", "a2", "a3"]], "b": [["b1"]], "c": [["c1", "c2"]]})
    assert texts(await page(engine, ["a", "b", "c"], 10)) == ["a1", "b1", "c1", "a2", "c2", "a3"]


async def test_a_short_upstream_page_is_followed_by_the_next() -> None:
    engine = Pages({"a": [["1", "2"], ["3", "4"], ["5", "6"]]})
    first = await page(engine, ["a"], 3)
    assert texts(first) == ["1", "2", "3"]
    assert engine.asked == [("a", ""), ("a", "1")]
    assert first.positions == {"a": Position("1", 1)}
    second = await page(engine, ["a"], 3, first.positions)
    assert texts(second) == ["4", "5", "6"]
    assert second.positions == {}


async def test_one_that_fails_does_not_hide_the_others() -> None:
    engine = Pages({"a": [["a1"]], "b": [RateLimited("slow down", retry_after=3)]})
    listing = await page(engine, ["a", "b"], 10)
    assert texts(listing) == ["a1"]
    assert [o.status for o in listing.outcomes] == [ProviderOutcome.OK, ProviderOutcome.RATE_LIMITED]
    assert listing.outcomes[1].retry_after.seconds == 3


async def test_one_that_is_silent_does_not_hide_the_others() -> None:
    class Silent(Pages):
        async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
            async with asyncio.timeout(timeout):
                return await super().ask(provider, ask, timeout)

    engine = Silent({"a": [["a1"]], "b": [30.0]})
    sources = [source("a"), source("b", timeout=0.05)]
    with pytest.raises(ExceptionGroup):  # the engine turns it into TimedOut; a bare TimeoutError is a bug and is told
        await list_page(engine, sources, None, 10, Deadline.after(10))


async def test_all_that_fail_are_an_error() -> None:
    engine = Pages({"a": [Unreachable("gone")], "b": [Unreachable("gone too")]})
    with pytest.raises(Unreachable, match="gone"):
        await page(engine, ["a", "b"], 10)


async def test_a_later_page_that_fails_keeps_its_place() -> None:
    engine = Pages({"a": [["1"], Unreachable("gone"), ["3"]]})
    listing = await page(engine, ["a"], 10)
    assert texts(listing) == ["1"]
    assert listing.positions == {"a": Position("1")}


async def test_no_time_left_is_told() -> None:
    engine = Pages({"a": [["1"]]})
    with pytest.raises(OutOfTime, match="no time was left"):
        await list_page(engine, [source("a")], None, 10, Deadline.after(-1))
    assert engine.asked == []


async def test_a_short_time_is_enough_for_a_quick_answer() -> None:
    assert texts(await list_page(Pages({"a": [["1"]]}), [source("a")], None, 10, Deadline.after(0.1))) == ["1"]


async def test_who_failed_at_first_has_another_chance_on_the_next_page() -> None:
    engine = Pages({"a": [["a1"], ["a2"]], "b": [Unreachable("gone")]})
    first = await page(engine, ["a", "b"], 1)
    assert first.positions == {"a": Position("1"), "b": Position()}
    engine._pages = {"a": [["a1"], ["a2"]], "b": [["b1"]]}
    assert sorted(texts(await page(engine, ["a", "b"], 5, first.positions))) == ["a2", "b1"]


async def test_a_missing_page_after_the_last_is_the_end() -> None:
    listing = await page(Pages({"a": [["1"], NotFound("no such page")]}), ["a"], 10)
    assert texts(listing) == ["1"]
    assert listing.positions == {}


async def test_a_later_failure_is_told() -> None:
    (outcome,) = (await page(Pages({"a": [["1"], Unreachable("gone")]}), ["a"], 10)).outcomes
    assert (outcome.status, outcome.reason, outcome.more) == (ProviderOutcome.OK, "PROVIDER_UNREACHABLE", True)


async def test_an_upstream_page_that_shrank_loses_nothing() -> None:
    listing = await page(Pages({"a": [["1", "2"], ["3", "4"]]}), ["a"], 10, {"a": Position("", 5)})
    assert texts(listing) == ["3", "4"]


async def test_a_source_that_is_no_longer_there_is_left_out() -> None:
    listing = await page(Pages({"a": [["1"]]}), ["a"], 10, {"a": Position(), "gone": Position("7")})
    assert texts(listing) == ["1"]


async def test_too_much_at_once_is_refused() -> None:
    names = [f"p{number}" for number in range(MAX_SOURCES + 1)]
    with pytest.raises(InvalidField, match="at once"):
        await page(Pages({name: [["1"]] for name in names}), names, 10)


PAGES = st.lists(st.integers(min_value=0, max_value=7), min_size=1, max_size=5)


@given(
    sizes=st.dictionaries(st.sampled_from("abcd"), PAGES, min_size=1),
    wanted=st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=8),
)
def test_paging_gives_each_item_once(sizes: dict[str, list[int]], wanted: list[int]) -> None:
    pages = {
        name: [[f"{name}{number}.{i}" for i in range(size)] for number, size in enumerate(counts)]
        for name, counts in sizes.items()
    }
    expected = sorted(item for provider in pages.values() for upstream in provider for item in upstream)
    engine = Pages(pages)

    async def walk() -> list[str]:
        seen: list[str] = []
        positions: Mapping[str, Position] | None = None
        for turn in range(200):
            listing = await page(engine, sorted(pages), wanted[turn % len(wanted)], positions)
            seen += texts(listing)
            positions = listing.positions
            if not positions:
                return seen
        raise AssertionError("the list has no end")

    assert sorted(asyncio.run(walk())) == expected


async def test_a_stream_gives_each_source_when_it_answers() -> None:
    release = asyncio.Event()

    class Waiting(Pages):
        async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
            if provider.manifest.id == "a":
                await release.wait()
            return await super().ask(provider, ask, timeout)

    engine = Waiting({"a": [["a1"]], "b": [["b1", "b2", "b3"]]})
    stream = stream_sources(engine, [source("a"), source("b")], None, 2, Deadline.after(10))
    first = await anext(stream)
    assert (first[0].key, first[1]) == ("b", [b"b1", b"b2"])
    release.set()
    second = await anext(stream)
    assert (second[0].key, second[1]) == ("a", [b"a1"])
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_a_stream_that_is_left_stops_its_sources() -> None:
    cancelled = asyncio.Event()

    class Endless(Pages):
        async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
            if provider.manifest.id == "b":
                return await super().ask(provider, ask, timeout)
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.set()
                raise
            raise AssertionError

    stream = stream_sources(Endless({"b": [["b1"]]}), [source("a"), source("b")], None, 2, Deadline.after(10))
    assert (await anext(stream))[0].key == "b"
    await stream.aclose()
    assert cancelled.is_set()


QUESTION = fingerprint("books.search", BooksSearchRequest(query="dune"))


def test_tokens_lead_back() -> None:
    tokens = PageTokens(b"key")
    positions = {"a": Position("2", 5), "b": Position("cursor/ü", 0)}
    assert tokens.read(tokens.make(QUESTION, positions), QUESTION) == positions
    assert tokens.make(QUESTION, {}) == ""
    assert tokens.read("", QUESTION) is None


@given(st.text(max_size=80))
def test_a_foreign_token_is_refused(text: str) -> None:
    if text:
        with pytest.raises(InvalidField, match="page_token"):
            PageTokens(b"key").read(text, QUESTION)


def test_a_token_fits_only_its_question_and_key() -> None:
    token = PageTokens(b"key").make(QUESTION, {"a": Position("2")})
    other = fingerprint("books.search", BooksSearchRequest(query="emma"))
    with pytest.raises(InvalidField, match="another request"):
        PageTokens(b"key").read(token, other)
    with pytest.raises(InvalidField, match="not a page token"):
        PageTokens(b"other").read(token, QUESTION)


def test_page_size_may_change_between_pages() -> None:
    request = BooksSearchRequest(query="dune", page_size=5, page_token="x")
    assert fingerprint("books.search", request) == QUESTION


def test_tokens_of_an_earlier_key_are_read_on() -> None:
    tokens = PageTokens(b"own")
    early = tokens.make(QUESTION, {"a": Position("2")})
    tokens.renew(b"shared")
    late = tokens.make(QUESTION, {"a": Position("3")})
    assert tokens.read(early, QUESTION) == {"a": Position("2")}
    assert PageTokens(b"shared").read(late, QUESTION) == {"a": Position("3")}
    with pytest.raises(InvalidField):
        PageTokens(b"own").read(late, QUESTION)
