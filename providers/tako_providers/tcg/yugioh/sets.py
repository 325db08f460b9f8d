"""YGOPRODeck's sets as Items and as a vocabulary. Their names are their ids: codes repeat."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.details_cards_pb2 import CardSet
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    count_in,
    https,
    image,
    make_id,
    partial_date,
    present,
    text_in,
    year_of,
)
from tako_providers.tcg.yugioh.cards import PROVIDER


def card_set(entry: Json) -> Item:
    """One entry of /cardsets.php."""
    name = set_name(entry)
    date = partial_date(text_in(entry, "tcg_date"))
    return Item(
        kind=Item.CARD_SET,
        source_id=name,
        title=name,
        year=year_of(date),
        release_date=date,
        images=present([image(Image.PRIMARY, text_in(entry, "set_image"))]),
        language="en",
        card_set=CardSet(
            code=text_in(entry, "set_code"),
            card_count=count_in(entry, "num_of_cards") or None,
        ),
    )


def set_term(entry: Json) -> Term:
    """One entry of /cardsets.php, as an entry of the vocabulary."""
    name = set_name(entry)
    return Term(
        id=name,
        name=name,
        code=text_in(entry, "set_code"),
        image_url=https(text_in(entry, "set_image")),
        count=count_in(entry, "num_of_cards") or None,
        release_date=partial_date(text_in(entry, "tcg_date")),
        item_id=make_id(PROVIDER, Item.CARD_SET, name),
    )


def set_name(entry: Json) -> str:
    """The name of a set, without which there is none."""
    name = text_in(entry, "set_name") if isinstance(entry, dict) else ""
    if not name:
        raise ShapeChanged("a set of YGOPRODeck has no name")
    return name


def newest_first(entries: list[Json]) -> list[Json]:
    """The sets by date, those without one last."""
    return sorted(entries, key=lambda entry: text_in(entry, "tcg_date"), reverse=True)
