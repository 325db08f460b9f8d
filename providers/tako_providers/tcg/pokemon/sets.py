"""TCGdex's sets and series as Items and as vocabularies. https://tcgdex.dev/reference/set"""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.details_cards_pb2 import CardSet, CardSetRef
from tako.v1.details_people_pb2 import Collection
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    https,
    image,
    make_id,
    partial_date,
    present,
    ref,
    text_in,
    year_of,
)
from tako_providers.tcg.pokemon.parts import PROVIDER, TAGS, legalities, set_id, sign


def card_set(entry: Json, language: str) -> Item:
    """One set, whole or as lists have it."""
    code, name = _names(entry, "set")
    series, counts = dict_in(entry, "serie"), dict_in(entry, "cardCount")
    date = partial_date(text_in(entry, "releaseDate"))
    return Item(
        kind=Item.CARD_SET,
        source_id=code,
        title=name,
        year=year_of(date),
        release_date=date,
        images=_images(entry, language),
        language=TAGS[language],
        attributes=_attributes(entry, counts),
        card_set=CardSet(
            code=code,
            series=ref(PROVIDER, Item.COLLECTION, text_in(series, "id"), text_in(series, "name")),
            card_count=count_in(counts, "total") or None,
            printed_count=count_in(counts, "official") or None,
            legalities=legalities(dict_in(entry, "legal")),
        ),
    )


def series(entry: Json, language: str) -> Item:
    """One series of sets."""
    source_id, name = _names(entry, "series")
    date = partial_date(text_in(entry, "releaseDate"))
    members = sets_in(entry) if "sets" in entry else []
    return Item(
        kind=Item.COLLECTION,
        source_id=source_id,
        title=name,
        year=year_of(date),
        release_date=date,
        images=_images(entry, language),
        language=TAGS[language],
        collection=Collection(
            type=Collection.CARD_SERIES,
            member_count=len(members) or None,
            members=present(_member(one) for one in members[:MAX_EMBEDDED]),
        ),
    )


def sets_in(entry: Json) -> list[Json]:
    """The sets of a series."""
    found = entry.get("sets") if isinstance(entry, dict) else None
    if not isinstance(found, list):
        raise ShapeChanged("a series of TCGdex has no list of sets")
    return found


def cards_in(entry: Json) -> list[Json]:
    """The cards of a set."""
    found = entry.get("cards") if isinstance(entry, dict) else None
    if not isinstance(found, list):
        raise ShapeChanged("a set of TCGdex has no list of cards")
    return found


def set_ref(item: Item) -> CardSetRef:
    """A set, as its cards name it."""
    logo = next((picture.url for picture in item.images if picture.role == Image.LOGO), "")
    printed = item.card_set.printed_count if item.card_set.HasField("printed_count") else None
    return CardSetRef(
        id=set_id(item.source_id), code=item.source_id, name=item.title, printed_count=printed, logo_url=logo
    )


def set_term(entry: Json, parent: str = "") -> Term:
    """One set, as an entry of the vocabulary."""
    code, name = _names(entry, "set")
    return Term(
        id=code,
        name=name,
        code=code,
        parent_id=text_in(dict_in(entry, "serie"), "id") or parent,
        image_url=https(sign(text_in(entry, "symbol") or text_in(entry, "logo"))),
        count=count_in(dict_in(entry, "cardCount"), "total") or None,
        release_date=partial_date(text_in(entry, "releaseDate")),
        item_id=set_id(code),
    )


def series_term(entry: Json) -> Term:
    """One series, as an entry of the vocabulary."""
    source_id, name = _names(entry, "series")
    return Term(
        id=source_id,
        name=name,
        image_url=https(sign(text_in(entry, "logo"))),
        item_id=make_id(PROVIDER, Item.COLLECTION, source_id),
    )


def _names(entry: Json, what: str) -> tuple[str, str]:
    if not isinstance(entry, dict):
        raise ShapeChanged(f"TCGdex gave something else where a {what} was expected")
    source_id, name = text_in(entry, "id"), text_in(entry, "name")
    if not source_id or not name:
        raise ShapeChanged(f"a {what} of TCGdex has no id or no name")
    return source_id, name


def _images(entry: Json, language: str) -> list[Image]:
    return present(
        [
            image(Image.LOGO, sign(text_in(entry, "logo")), language=TAGS[language]),
            image(Image.ICON, sign(text_in(entry, "symbol"))),
        ]
    )


def _member(entry: Json) -> ItemRef | None:
    code, name = _names(entry, "set")
    return ref(PROVIDER, Item.CARD_SET, code, name, image_url=sign(text_in(entry, "logo")))


def _attributes(entry: Json, counts: Json) -> dict[str, str]:
    """The codes that players use, and how many cards there are of each finish."""
    found = {
        "abbreviation": text_in(dict_in(entry, "abbreviation"), "official"),
        "tcg_online_code": text_in(entry, "tcgOnline"),
    }
    for name in ("normal", "reverse", "holo"):
        number = count_in(counts, name)
        found[f"{name}_count"] = str(number) if number else ""
    return {name: value for name, value in found.items() if value}
