"""A question that is kept beside its answer leads to the same answer: to the same key."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tako.v1.answers_pb2 import Term
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaRelatedRequest, MediaTrendingRequest
from tako_providers.sdk import Domain
from tako_providers.sdk.item_id import ItemId
from tako_providers.sdk.provider import FIRST, Detail, Lookup, Related, Search, Terms, Trending
from tako_server.cache.asked import pack, unpack
from tako_server.cache.keys import cache_key
from tako_server.core.domains import CONTRACTS
from tako_server.core.ports import Ask
from tako_server.core.questions import trending_sources
from tako_server.core.registry import Registry, load_providers

FILTERS = BooksSearchRequest(author="Frank Herbert", isbn="9780441013593")
QUESTIONS: list[Ask] = [
    Search(domain=Domain.BOOKS, text="dune", filters=FILTERS),
    Search(domain=Domain.BOOKS, text="", kind=Item.BOOK, cursor="7", filters=BooksSearchRequest(), enrich=True),
    Search(
        domain=Domain.BOOKS,
        text="Zürich\n'",
        filters=FILTERS,
        language="pt-BR",
        region="BR",
        adult=AdultFilter.INCLUDE,
        order_by=Order.TITLE,
        descending=False,
    ),
    Search(domain=Domain.BOOKS, text="no filters", filters=None),
    Detail(domain=Domain.MEDIA, id=ItemId("tmdb", Item.EPISODE, "1396/1/1"), language="fr"),
    Trending(domain=Domain.MEDIA, feed=Feed.TRENDING, kind=None, period=Period.DAY, filters=MediaTrendingRequest()),
    Related(
        domain=Domain.MEDIA,
        id=ItemId("tmdb", Item.PERSON, "31"),
        relation=Relation.WORKS,
        kind=Item.MOVIE,
        filters=MediaRelatedRequest(role="director"),
    ),
    Terms(domain=Domain.TCG, terms=Term.SETS, parent="Castle", text="x"),
    Lookup(scheme="isbn", code="9780441013593", kinds=(Item.BOOK, Item.MOVIE)),
    Lookup(domain=Domain.BOOKS, scheme="isbn", code="9780441013593"),
]


@pytest.mark.parametrize("ask", QUESTIONS, ids=lambda ask: type(ask).__name__)
def test_a_question_comes_back(ask: Ask) -> None:
    back = unpack(pack(ask))
    assert back == ask
    assert type(back) is type(ask)
    assert cache_key("books", back) == cache_key("books", ask)


@given(text=st.text(), cursor=st.text(), author=st.text(alphabet=st.characters(codec="utf-8")))
def test_whatever_is_asked_comes_back(text: str, cursor: str, author: str) -> None:
    ask: Ask = Search(domain=Domain.BOOKS, text=text, cursor=cursor, filters=BooksSearchRequest(author=author))
    assert unpack(pack(ask)) == ask


def test_what_json_cannot_hold_is_not_kept() -> None:
    assert pack(Search(domain=Domain.BOOKS, text="\ud800", filters=None)) == b""


def test_every_feed_of_every_provider_comes_back() -> None:
    registry = Registry(load_providers().values())
    seen = 0
    for provider in registry:
        manifest = provider.manifest
        for spec in manifest.feeds:
            request = CONTRACTS[manifest.domains[0]].trending(providers=[manifest.id], feed=spec.feed, region="FR")
            for source in trending_sources(registry, manifest.domains[0], request)[0]:
                ask = source.ask(FIRST)
                assert unpack(pack(ask)) == ask
                seen += 1
    assert seen > 30


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"operation": "guess"},
        {"arguments": {"text": "dune"}},
        {"arguments": {"domain": "books", "text": "dune", "filters": ["tako.v1.Unknown", ""]}},
        {"arguments": {"domain": "books", "text": "dune", "filters": ["google.protobuf.Any", ""]}},
        {"arguments": {"domain": "books", "text": "dune", "filters": ["tako.v1.BooksSearchRequest", "CgU="]}},
        {"arguments": {"domain": "cars", "text": "dune", "filters": None}},
        {"arguments": {"domain": "books", "text": "dune", "filters": None, "colour": "red"}},
    ],
)
def test_what_another_version_has_kept_is_no_question(change: dict[str, Any]) -> None:
    told = orjson.loads(pack(QUESTIONS[0]))
    assert unpack(orjson.dumps(told | change)) is None


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"null", b'{"version":1}', b"\xff"])
def test_what_is_damaged_is_no_question(damaged: bytes) -> None:
    assert unpack(damaged) is None
