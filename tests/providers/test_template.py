"""The template of a provider works, so that a copy of it starts from something that works.

This file is the template of a provider's test too: what a user would notice, on bodies written here.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tako.v1.choices_pb2 import Feed, Order
from tako.v1.details_books_pb2 import Book
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers._template import Example
from tako_providers.sdk import NotConfigured, NotFound, RateLimited, ShapeChanged, Unreachable
from tests.conformance.cases import Question, detail, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

BOOK = {
    "id": 17,
    "title": "A Sample of Books",
    "authors": ["Ada Example", None],
    "published": "2019-05-00",
    "summary": "<p>Sample &amp; example.</p>",
    "language": "eng",
    "isbn": "978-0-306-40615-7",
    "pages": 0,
    "cover": "//covers.example.org/17.jpg",
    "url": "https://www.example.org/books/17?utm_source=api",
}
NONE: dict[str, Any] = {"books": [], "total": 0, "last_page": 1}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Example(), question, answers, {"EXAMPLE_API_KEY": "secret"})


async def test_a_book() -> None:
    item, _ = await asked(detail("example/book/17"), {"/v1/books/17": BOOK})
    assert (item.kind, item.source_id, item.title) == (Item.BOOK, "17", "A Sample of Books")
    assert (item.year, item.release_date, item.language) == (2019, "2019-05", "en")
    assert item.description == "Sample & example."
    assert [(one.role, one.url) for one in item.images] == [(Image.PRIMARY, "https://covers.example.org/17.jpg")]
    assert [(one.role, one.url) for one in item.links] == [(Link.SOURCE, "https://www.example.org/books/17")]
    assert [(one.scheme, one.value) for one in item.external_ids] == [("isbn13", "9780306406157")]
    assert [one.name for one in item.book.credits] == ["Ada Example"]
    assert not item.book.HasField("page_count")


async def test_what_is_missing_stays_unset() -> None:
    item, _ = await asked(detail("example/book/17"), {"/v1/books/17": {"id": 17, "title": "Bare"}})
    assert item == Item(kind=Item.BOOK, source_id="17", title="Bare", book=Book())


async def test_pages_go_on_to_the_last() -> None:
    first, _ = await asked(search("sample"), {"/v1/books": {"books": [BOOK], "total": 2, "last_page": 2}})
    assert (first.next, first.total) == ("2", 2)
    last, up = await asked(
        search("sample", cursor=first.next), {"/v1/books": {"books": [BOOK], "total": 2, "last_page": 2}}
    )
    assert (last.next, up.params["page"]) == ("", "2")


async def test_filters_and_order_reach_the_upstream() -> None:
    _, up = await asked(search(author="Ada", isbn="9780306406157", order_by=Order.RELEASE_DATE), {"/v1/books": NONE})
    assert up.params == {"author": "Ada", "isbn": "9780306406157", "sort": "published", "page": "1"}


async def test_the_key_goes_in_a_header() -> None:
    _, up = await asked(search("sample"), {"/v1/books": NONE})
    assert up.requests[0].headers["Authorization"] == "Bearer secret"
    assert "secret" not in up.requests[0].full_url


async def test_no_hits_are_an_empty_page() -> None:
    page, _ = await asked(search("nothing"), {"/v1/books": NONE})
    assert (list(page.items), page.next, page.total) == ([], "", 0)


async def test_new_books() -> None:
    page, up = await asked(trending(Feed.RECENT), {"/v1/books/new": {"books": [BOOK]}})
    assert (page.items[0].title, page.next, page.total, up.paths) == ("A Sample of Books", "", None, ["/v1/books/new"])


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"message": "no such book"}, 404), NotFound),
        (Answer({"message": "who are you?"}, 401), NotConfigured),
        (Answer({"message": "slow down"}, 429), RateLimited),
        (Answer("", 503), Unreachable),
        (Answer('{"id": 17, "ti'), ShapeChanged),
        ({"book": BOOK}, ShapeChanged),
        ([], ShapeChanged),
    ],
)
async def test_errors_have_the_right_class(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail("example/book/17"), {"/v1/books/17": answer})


@pytest.mark.parametrize("body", [{}, {"books": None}, {"results": [BOOK]}, [BOOK], {"books": [{"id": 17}]}])
async def test_a_list_of_another_shape_is_no_empty_page(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("sample"), {"/v1/books": body})


def test_every_method_of_the_template_has_its_feature_in_the_manifest() -> None:
    manifest = Example.manifest
    spec = manifest.kind_spec(Item.BOOK)
    assert spec is not None
    assert (spec.search, spec.detail) == (True, True)
    assert manifest.feed_spec(Feed.RECENT) is not None
    assert re.fullmatch(r"[a-z0-9_]+", manifest.id)
