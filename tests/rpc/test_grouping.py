"""`group`: which items of several providers are the same thing, told beside the items and never instead of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tako.v1.answers_pb2 import ItemGroup, LookupResponse, SearchEvent, SearchResponse, TrendingResponse
from tako.v1.catalog_service_pb2 import CatalogSearchRequest, LookupRequest
from tako.v1.choices_pb2 import Feed
from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaSearchRequest, MediaTrendingRequest
from tako_providers.sdk import Domain, FeedSpec, Page
from tests.rpc.harness import server
from tests.rpc.shelves import never, shelf, thing

SEARCH = "MediaService/Search"
MATRIX = thing(Item.MOVIE, "603", "imdb:tt0133093", title="The Matrix", year=1999)
MATRIX_TOO = thing(Item.MOVIE, "169", "imdb:tt0133093", "tmdb:603", title="The Matrix")
REMAKE = thing(Item.MOVIE, "170", title="The Matrix")


def told(groups: Iterable[ItemGroup]) -> list[list[str]]:
    return [list(group.item_ids) for group in groups]


async def test_a_search_names_the_same_thing_and_leaves_the_items_as_they_are(tmp_path: Path) -> None:
    plain, grouped = MediaSearchRequest(query="matrix"), MediaSearchRequest(query="matrix", group=True)
    async with server(tmp_path, shelf("tmdb", [MATRIX]), shelf("tvdb", [MATRIX_TOO, REMAKE])) as call:
        without = (await call(SEARCH, plain, SearchResponse)).answer
        answer = (await call(SEARCH, grouped, SearchResponse)).answer
        again = await call(SEARCH, grouped, SearchResponse)
    assert told(answer.groups) == [["tmdb/movie/603", "tvdb/movie/169"]]
    assert answer.groups[0].best_item_id == "tmdb/movie/603"
    assert [(one.scheme, one.value) for one in answer.groups[0].shared_ids] == [("imdb", "tt0133093"), ("tmdb", "603")]
    assert list(answer.items) == list(without.items)
    assert {item.id for item in answer.items} == {"tmdb/movie/603", "tvdb/movie/169", "tvdb/movie/170"}
    assert not without.groups
    assert [list(outcome.ignored_fields) for outcome in answer.outcomes] == [[], []]
    assert told(again.answer.groups) == told(answer.groups)
    assert again.trailers["tako-cache"] == "hit"


async def test_groups_lie_within_a_page(tmp_path: Path) -> None:
    other = thing(Item.MOVIE, "1", title="Other")
    request = MediaSearchRequest(query="matrix", group=True, page_size=2)
    async with server(tmp_path, shelf("tmdb", [MATRIX, other]), shelf("tvdb", [REMAKE, MATRIX_TOO])) as call:
        first = (await call(SEARCH, request, SearchResponse)).answer
        request.page_token = first.next_page_token
        second = (await call(SEARCH, request, SearchResponse)).answer
        request.page_token, request.page_size = "", 100
        whole = (await call(SEARCH, request, SearchResponse)).answer
    assert (told(first.groups), told(second.groups)) == ([], [])
    assert told(whole.groups) == [["tmdb/movie/603", "tvdb/movie/169"]]


async def test_a_search_over_domains_groups_over_domains(tmp_path: Path) -> None:
    isbn = "isbn13:9782070427796"
    book = shelf("books", [thing(Item.BOOK, "b", isbn)], domain=Domain.BOOKS)
    comic = shelf("comics", [thing(Item.COMIC_ISSUE, "c", isbn)], domain=Domain.COMICS)
    async with server(tmp_path, book, comic) as call:
        asked = await call("CatalogService/Search", CatalogSearchRequest(query="x", group=True), SearchResponse)
    assert told(asked.answer.groups) == [["books/book/b", "comics/comic_issue/c"]]


async def test_a_look_up_groups_what_it_finds(tmp_path: Path) -> None:
    one = shelf("tmdb", [MATRIX], lookups=("imdb",))
    other = shelf("tvdb", [MATRIX_TOO], lookups=("imdb",))
    request = LookupRequest(code="tt0133093", group=True)
    async with server(tmp_path, one, other) as call:
        answer = (await call("CatalogService/Lookup", request, LookupResponse)).answer
    assert (answer.scheme, answer.code, len(answer.items)) == ("imdb", "tt0133093", 2)
    assert told(answer.groups) == [["tmdb/movie/603", "tvdb/movie/169"]]


async def test_a_stream_groups_all_that_it_gave_at_its_end(tmp_path: Path) -> None:
    slow = shelf("slow", [], before=never, timeout=0.3)
    async with server(tmp_path, shelf("tmdb", [MATRIX]), shelf("tvdb", [MATRIX_TOO, REMAKE]), slow) as call:
        stream = call.channel.unary_stream(
            "/tako.v1.CatalogService/SearchStream",
            request_serializer=CatalogSearchRequest.SerializeToString,
            response_deserializer=SearchEvent.FromString,
        )
        events = [e async for e in stream(CatalogSearchRequest(query="matrix", domains=["media"], group=True))]
    assert told(events[-1].summary.groups) == [["tmdb/movie/603", "tvdb/movie/169"]]


async def test_a_feed_groups_too(tmp_path: Path) -> None:
    feeds = (FeedSpec(Feed.POPULAR, (Item.MOVIE,)),)
    providers = [shelf("tmdb", [MATRIX], feeds=feeds), shelf("tvdb", [MATRIX_TOO], feeds=feeds)]
    for made, item in zip(providers, (MATRIX, MATRIX_TOO), strict=True):

        async def trending(ask: object, up: object, item: Item = item) -> Page:
            copy = Item()
            copy.CopyFrom(item)
            return Page([copy])

        made.trending = trending  # type: ignore[method-assign] # the shelf has no feed of its own
    request = MediaTrendingRequest(feed=Feed.POPULAR, group=True)
    async with server(tmp_path, *providers) as call:
        asked = await call("MediaService/Trending", request, TrendingResponse)
    assert told(asked.answer.groups) == [["tmdb/movie/603", "tvdb/movie/169"]]
