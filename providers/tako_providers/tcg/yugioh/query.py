"""Questions in the parameters of /cardinfo.php. https://ygoprodeck.com/api-guide/"""

from __future__ import annotations

from tako.v1.choices_pb2 import Order
from tako.v1.tcg_service_pb2 import TradingCardsSearchRequest
from tako_providers.sdk import InvalidField, Json, Paged, Params, first_day, last_day, page_number, primary

PAGE_SIZE = 50

FILTERS = (
    *("set", "card_types", "attribute", "race", "archetype", "level", "link_rating", "pendulum_scale", "link_markers"),
    *("min_power", "max_power", "min_toughness", "max_toughness", "format", "banlist"),
    *("released_from", "released_to"),
)
ORDERS = {Order.TITLE: "name", Order.RELEASE_DATE: "new"}
_DOWNWARDS = {Order.TITLE: False, Order.RELEASE_DATE: True}
"""The one direction that each order has."""

LANGUAGES = ("fr", "de", "it", "pt")
"""Beside English. https://ygoprodeck.com/api-guide/"""
_FIELDS = {
    "type": "card_types",
    "race": "race",
    "attribute": "attribute",
    "level": "level",
    "link": "link_rating",
    "linkmarker": "link_markers",
    "scale": "pendulum_scale",
    "cardset": "set",
    "archetype": "archetype",
    "banlist": "banlist",
    "format": "format",
    "atk": "min_power",
    "def": "min_toughness",
    "startdate": "released_from",
    "enddate": "released_to",
}
"""Our field for the first word of a refusal: `Type value of wood is invalid`."""


def language_code(language: str) -> str:
    """The code to ask in, "" for English and for what YGOPRODeck has not."""
    code = primary(language)
    return code if code in LANGUAGES else ""


def start(cursor: str) -> tuple[str, int]:
    """The language and the place that a page begins in; "" is English."""
    language, _, offset = cursor.rpartition(".")
    if language and language not in LANGUAGES:
        raise InvalidField("page_token", "does not fit this provider")
    return language, page_number(offset) if cursor else 0


def params(filters: TradingCardsSearchRequest, ask: Paged) -> dict[str, str | int | None]:
    """The filters and the order of a search, without its words."""
    released = bool(filters.released_from or filters.released_to)
    return {
        "cardset": filters.set,
        "type": ",".join(filters.card_types),
        "attribute": filters.attribute,
        "race": filters.race,
        "archetype": filters.archetype,
        "level": filters.level if filters.HasField("level") else None,
        "link": filters.link_rating if filters.HasField("link_rating") else None,
        "scale": filters.pendulum_scale if filters.HasField("pendulum_scale") else None,
        "linkmarker": ",".join(filters.link_markers),
        "atk": _bound(filters, "min_power", "max_power"),
        "def": _bound(filters, "min_toughness", "max_toughness"),
        "format": filters.format,
        "banlist": filters.banlist,
        # Both or none: the game began in 1999, and no card is announced for long.
        "startdate": first_day(filters.released_from or "1990") if released else None,
        "enddate": last_day(filters.released_to or "2100") if released else None,
        "sort": ORDERS.get(ask.order_by),
    }


def position(offset: int) -> Params:
    """What makes an answer a page. `misc` adds dates, formats and Konami's number."""
    return {"num": PAGE_SIZE, "offset": offset, "misc": "yes"}


def ignored(filters: TradingCardsSearchRequest, ask: Paged) -> tuple[str, ...]:
    """Fields that cannot be honoured as they are set."""
    found = []
    if len(filters.card_types) > 1:  # upstream gives those of any of them
        found.append("card_types")
    if ask.descending is not None and ask.descending != _DOWNWARDS.get(ask.order_by, ask.descending):
        found.append("descending")
    return tuple(found)


def narrows_here(filters: TradingCardsSearchRequest) -> bool:
    """Whether upstream takes one bound only where two are set."""
    return _two_sided(filters, "min_power", "max_power") or _two_sided(filters, "min_toughness", "max_toughness")


def is_within(entry: Json, filters: TradingCardsSearchRequest) -> bool:
    """Whether attack and defence are in the ranges asked for."""
    if not isinstance(entry, dict):
        return True
    return _within(entry.get("atk"), filters, "min_power", "max_power") and _within(
        entry.get("def"), filters, "min_toughness", "max_toughness"
    )


def field_blamed(error: str) -> str:
    """Our field that a refusal is about."""
    return _FIELDS.get(error.partition(" ")[0].lower(), "query")


def _bound(filters: TradingCardsSearchRequest, low: str, high: str) -> str | None:
    given = {field.name: value for field, value in filters.ListFields()}
    if low in given:
        return str(given[low]) if given[low] == given.get(high) else f"gte{given[low]}"
    return f"lte{given[high]}" if high in given else None


def _two_sided(filters: TradingCardsSearchRequest, low: str, high: str) -> bool:
    given = {field.name: value for field, value in filters.ListFields()}
    return low in given and high in given and given[low] != given[high]


def _within(value: Json, filters: TradingCardsSearchRequest, low: str, high: str) -> bool:
    if not _two_sided(filters, low, high):
        return True
    return type(value) is int and getattr(filters, low) <= value <= getattr(filters, high)
