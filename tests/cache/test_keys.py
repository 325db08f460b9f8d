"""Keys: whatever upstream would be asked differently has another one."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import fields, replace
from typing import Any, TypeAlias

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from hypothesis import given
from hypothesis import strategies as st

import tako.v1
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaSearchRequest
from tako_providers.sdk.item_id import ItemId
from tako_providers.sdk.manifest import Domain
from tako_providers.sdk.provider import Detail, Lookup, Related, Search, Terms, Trending
from tako_server.cache.keys import NOT_COUNTED, cache_key, operation
from tako_server.core.ports import Ask

AnyAsk: TypeAlias = Any

_word = st.text("ab:='\\\n\"", max_size=5)
_folded = _word.map(lambda text: " ".join(text.split()))
_number = st.integers(0, 3)
_domain = st.sampled_from([Domain.MEDIA, Domain.BOOKS])
_kind = st.none() | st.integers(1, 3)
_filters = st.builds(
    MediaSearchRequest,
    year=st.none() | _number,
    genres=st.sets(_word, max_size=3).map(sorted),
    min_rating=st.none() | st.sampled_from([0.0, 0.5]),
    person=_word,
)
_id = st.builds(ItemId, provider=st.just("tmdb"), kind=_number, source_id=_word)
_paged = {
    "domain": _domain,
    "cursor": _word,
    "language": _word,
    "region": _word,
    "adult": _number,
    "order_by": _number,
    "descending": st.none() | st.booleans(),
    "enrich": st.booleans(),
}
_plain = {"language": _word, "region": _word}
_each: list[st.SearchStrategy[AnyAsk]] = [
    st.builds(Search, **_paged, text=_folded, kind=_kind, filters=_filters),
    st.builds(Trending, **_paged, feed=_number, kind=_kind, period=_number, filters=_filters),
    st.builds(Related, **_paged, id=_id, relation=_number, kind=_kind, filters=_filters),
    st.builds(Terms, **_paged, terms=_number, kind=_kind, parent=_word, term_id=_word, text=_folded),
    st.builds(Detail, domain=_domain, id=_id, **_plain),
    st.builds(Lookup, scheme=_word, code=_word, kinds=st.sets(_number).map(sorted).map(tuple), **_plain),
]
asks = st.one_of(_each)
pairs = st.sampled_from(_each).flatmap(lambda strategy: st.tuples(strategy, strategy))


@given(asks, asks)
def test_two_questions_have_one_key_only_when_they_are_the_same(one: Ask, other: Ask) -> None:
    assert (cache_key("tmdb", one) == cache_key("tmdb", other)) == (one == other)


@given(pairs, st.data())
def test_every_argument_counts(pair: tuple[AnyAsk, AnyAsk], data: st.DataObject) -> None:
    """One argument differs, and nothing else."""
    ask, other = pair
    name = data.draw(st.sampled_from([field.name for field in fields(ask)]))
    changed = replace(ask, **{name: getattr(other, name)})
    assert (cache_key("tmdb", ask) == cache_key("tmdb", changed)) == (ask == changed)


@given(asks)
def test_a_key_is_short_and_says_whose_it_is(ask: Ask) -> None:
    provider = "p" * 40
    key = cache_key(provider, ask)
    assert re.fullmatch(rf"{provider}:{operation(ask)}:[0-9a-f]{{32}}", key)
    assert len(key) <= 90
    assert key != cache_key("tmdb", ask)


def _search(text: str = "dark", **filters: Any) -> Ask:
    return Search(domain=Domain.MEDIA, text=text, filters=MediaSearchRequest(**filters))


def test_white_space_is_folded_and_case_is_not() -> None:
    assert cache_key("tmdb", _search("  the \n matrix ")) == cache_key("tmdb", _search("the matrix"))
    assert cache_key("tmdb", _search("The matrix")) != cache_key("tmdb", _search("the matrix"))


def test_the_order_of_a_set_is_of_no_account() -> None:
    assert cache_key("tmdb", _search(genres=["a", "b"])) == cache_key("tmdb", _search(genres=["b", "a", "b"]))
    one = Lookup(scheme="ean", code="1", kinds=(Item.MOVIE, Item.SERIES))
    assert cache_key("tmdb", one) == cache_key("tmdb", replace(one, kinds=(Item.SERIES, Item.MOVIE)))


def test_zero_is_not_unset() -> None:
    assert cache_key("tmdb", _search(year=0)) != cache_key("tmdb", _search())


def test_what_a_newer_client_sends_does_not_miss_the_cache() -> None:
    filters = MediaSearchRequest()
    filters.ParseFromString(b"\xfa\x3f\x01x")  # field 1023, unknown here
    assert cache_key("tmdb", Search(domain=Domain.MEDIA, text="dark", filters=filters)) == cache_key("tmdb", _search())


def _requests() -> list[type[Message]]:
    found: list[type[Message]] = []
    for module in pkgutil.iter_modules(tako.v1.__path__):
        if module.name.endswith("_service_pb2"):
            named = vars(importlib.import_module(f"tako.v1.{module.name}"))
            found += [
                value
                for name, value in named.items()
                if name.endswith(("SearchRequest", "TrendingRequest", "RelatedRequest"))
            ]
    return found


@pytest.mark.parametrize("request_type", _requests(), ids=lambda found: found.DESCRIPTOR.name)
def test_every_filter_of_the_contract_counts_and_what_is_the_callers_does_not(request_type: type[Message]) -> None:
    def key(filters: Message) -> str:
        return cache_key("tmdb", Search(domain=Domain.BOOKS, text="dark", filters=filters))

    for field in request_type.DESCRIPTOR.fields:
        filters = request_type()
        _set(filters, field)
        assert (key(filters) != key(request_type())) == (field.name not in NOT_COUNTED), field.name
        assert (field.number < 30 and field.name != "role") == (field.name in NOT_COUNTED), field.name


def _set(message: Message, field: FieldDescriptor) -> None:
    if field.message_type is not None:
        getattr(message, field.name).SetInParent()
        return
    value: Any = "x" if field.type == FieldDescriptor.TYPE_STRING else 1
    if field.is_repeated:
        getattr(message, field.name).append(value)
    else:
        setattr(message, field.name, value)


def test_the_request_itself_is_left_alone() -> None:
    request = BooksSearchRequest(query="dune", author="Herbert", page_size=5)
    before = request.SerializeToString()
    cache_key("openlibrary", Search(domain=Domain.BOOKS, text="dune", filters=request))
    assert request.SerializeToString() == before
