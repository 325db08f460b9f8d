"""Item ids are one text everywhere, and lead back to what they were made of."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin

import protovalidate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaDetailRequest
from tako_providers.sdk import InvalidField, make_id, parse_id

KINDS = st.sampled_from([number for _, number in Item.Kind.items() if number])


@given(
    kind=KINDS, source_id=st.text(min_size=1, max_size=60).filter(lambda s: s.encode("utf-8", "replace").decode() == s)
)
def test_an_id_leads_back(kind: Item.Kind.ValueType, source_id: str) -> None:
    text = make_id("somebody", kind, source_id)
    parsed = parse_id(text)
    assert (parsed.provider, parsed.kind, parsed.source_id) == ("somebody", kind, source_id)
    assert str(parsed) == text


@given(kind=KINDS, source_id=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_an_id_passes_urls_and_the_contracts_rule(kind: Item.Kind.ValueType, source_id: str) -> None:
    text = make_id("somebody", kind, source_id)
    assert re.fullmatch(r"[A-Za-z0-9._~/-]+", text)
    assert unquote(quote(text)) == text
    assert urljoin("http://host/v1/media/items/", text) == f"http://host/v1/media/items/{text}"
    protovalidate.validate(MediaDetailRequest(id=text))


def test_known_ids() -> None:
    assert make_id("tmdb", Item.MOVIE, 603) == "tmdb/movie/603"
    assert make_id("tmdb", Item.EPISODE, "1396/1/1") == "tmdb/episode/1396/1/1"
    assert make_id("pokemon", Item.TRADING_CARD, "exu-%3F") == "pokemon/trading_card/exu-~253F"
    assert make_id("yugioh", Item.CARD_SET, "Legend of Blue Eyes") == "yugioh/card_set/Legend~20of~20Blue~20Eyes"
    assert make_id("x", Item.BOOK, "a/../b") == "x/book/a/~2E~2E/b"


@pytest.mark.parametrize("bad", ["", "x", "x/book", "x/book/", "x/spaceship/1", "x/book/~zz", "x/book/~FF"])
def test_what_is_no_id_is_refused(bad: str) -> None:
    with pytest.raises(InvalidField, match="id"):
        parse_id(bad)
