"""How questions are put to Rebrickable: addresses, numbers, orders, filters."""

from __future__ import annotations

import re
from urllib.parse import quote

from tako.v1.choices_pb2 import Order
from tako.v1.construction_toys_service_pb2 import ConstructionToysSearchRequest, ConstructionToysTrendingRequest
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.rebrickable.tables import PROVIDER
from tako_providers.sdk import InvalidField, Kind, NotFound, Search, parse_id

ORDERS = {
    Item.BUILDING_SET: {
        Order.RELEASE_DATE: "year",
        Order.TITLE: "name",
        Order.PIECE_COUNT: "num_parts",
        Order.NUMBER: "set_num",
    },
    Item.MINIFIG: {Order.TITLE: "name", Order.PIECE_COUNT: "num_parts", Order.NUMBER: "set_num"},
    Item.PART: {Order.TITLE: "name", Order.NUMBER: "part_num"},
}
_DOWNWARDS = frozenset((Order.RELEASE_DATE, Order.PIECE_COUNT))
"""Orders that begin with the highest unless the caller says otherwise."""

_VARIANT = re.compile(r".*-\d+")
_NUMBER = re.compile(r"[\w.-]+")


def is_number(code: str) -> bool:
    """Whether this can be a number of Rebrickable: anything else would change the address."""
    return _NUMBER.fullmatch(code) is not None


def kind_of(number: str) -> Kind:
    """What a number of Rebrickable belongs to."""
    if number.startswith("fig-"):
        return Item.MINIFIG
    return Item.BUILDING_SET if _VARIANT.fullmatch(number) else Item.PART


def path_of(kind: Kind, source_id: str) -> str:
    """The address of a set, minifig or part. A set without its variant is the first."""
    if not is_number(source_id) or kind not in ORDERS:
        raise NotFound("Rebrickable has nothing with this id")
    if kind == Item.PART:
        return f"/lego/parts/{quote(source_id, safe='')}/"
    if kind == Item.MINIFIG:
        return f"/lego/minifigs/{quote(source_id, safe='')}/"
    return f"/lego/sets/{quote(_with_variant(source_id), safe='')}/"


def _with_variant(number: str) -> str:
    return number if _VARIANT.fullmatch(number) else f"{number}-1"


def set_of(item_id: str) -> str:
    """The number of the set that ``in_set`` names."""
    if not item_id:
        return ""
    named = parse_id(item_id)
    if (named.provider, named.kind) != (PROVIDER, Item.BUILDING_SET):
        raise InvalidField("in_set", "must be the id of a set of Rebrickable")
    return _with_variant(named.source_id)


def ordering(ask: Search[ConstructionToysSearchRequest], kind: Kind) -> str:
    """Rebrickable's word for the order that is wanted, "" for none."""
    name = ORDERS[kind].get(ask.order_by)
    downwards = ask.order_by in _DOWNWARDS if ask.descending is None else ask.descending
    return f"{'-' if downwards else ''}{name}" if name else ""


def years(wanted: ConstructionToysSearchRequest | ConstructionToysTrendingRequest) -> dict[str, int | None]:
    """The filters by year."""
    return {
        "min_year": wanted.year_from if wanted.HasField("year_from") else None,
        "max_year": wanted.year_to if wanted.HasField("year_to") else None,
    }
