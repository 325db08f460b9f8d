"""Scryfall's sets as Items and as a vocabulary. https://scryfall.com/docs/api/sets"""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.details_cards_pb2 import CardSet
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    count_in,
    flag_in,
    https,
    image,
    link,
    make_id,
    partial_date,
    present,
    text_in,
    year_of,
)
from tako_providers.tcg.mtg.parts import PROVIDER, page_address

_DEFAULT_ICON = "/sets/default.svg"
"""The symbol of sets that have none of their own."""


def card_set(entry: Json) -> Item:
    """One `object: set`."""
    code, name = _names(entry)
    date = partial_date(text_in(entry, "released_at"))
    block_code = text_in(entry, "block_code")
    attributes = {"block_code": block_code} if block_code else {}
    if flag_in(entry, "nonfoil_only"):
        attributes["nonfoil_only"] = "true"
    return Item(
        kind=Item.CARD_SET,
        source_id=code,
        title=name,
        year=year_of(date),
        release_date=date,
        images=present([image(Image.ICON, _icon(entry))]),
        links=present([link(Link.SOURCE, text_in(entry, "scryfall_uri"))]),
        language="en",
        attributes=attributes,
        card_set=CardSet(
            code=code,
            type=text_in(entry, "set_type"),
            block=text_in(entry, "block"),
            parent_code=text_in(entry, "parent_set_code"),
            card_count=count_in(entry, "card_count") or None,
            printed_count=count_in(entry, "printed_size") or None,
            digital=flag_in(entry, "digital"),
            foil_only=flag_in(entry, "foil_only"),
        ),
    )


def set_term(entry: Json) -> Term:
    """One `object: set`, as an entry of the vocabulary."""
    code, name = _names(entry)
    return Term(
        id=code,
        name=name,
        code=code,
        parent_id=text_in(entry, "parent_set_code"),
        image_url=https(_icon(entry)),
        url=https(page_address(text_in(entry, "scryfall_uri"))),
        count=count_in(entry, "card_count") or None,
        release_date=partial_date(text_in(entry, "released_at")),
        item_id=make_id(PROVIDER, Item.CARD_SET, code),
    )


def _names(entry: Json) -> tuple[str, str]:
    if not isinstance(entry, dict) or entry.get("object") != "set":
        raise ShapeChanged("Scryfall gave something else where a set was expected")
    code, name = text_in(entry, "code"), text_in(entry, "name")
    if not code or not name:
        raise ShapeChanged("a set of Scryfall has no code or no name")
    return code, name


def _icon(entry: Json) -> str:
    url = text_in(entry, "icon_svg_uri")
    return "" if _DEFAULT_ICON in url else url
