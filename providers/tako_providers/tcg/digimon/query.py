"""Questions in the parameters of /search, and what upstream leaves to be done of them.

All that it finds comes in one answer, so that what it has no parameter for can be done here, on the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from tako.v1.choices_pb2 import Order
from tako.v1.item_pb2 import Item
from tako.v1.tcg_service_pb2 import TradingCardsSearchRequest
from tako_providers.sdk import Paged, Params

SERIES = "Digimon Card Game"
"""The game of today; the database has older ones too."""

FILTERS = (
    *("set", "rarity", "number", "text", "card_types", "colors", "attribute", "trait", "level", "stage", "form"),
    *("series", "min_cost", "max_cost", "min_power", "max_power"),
)
ORDERS = {Order.TITLE: "name"}


def params(text: str, filters: TradingCardsSearchRequest, ask: Paged) -> Params:
    """The parameters of a search."""
    order = ORDERS.get(ask.order_by)
    given = {field.name: value for field, value in filters.ListFields()}
    return {
        "n": text,
        "desc": filters.text,
        "color": filters.colors[0] if filters.colors else "",
        "type": filters.card_types[0] if filters.card_types else "",
        "attribute": filters.attribute,
        "card": filters.number,
        "pack": filters.set,
        "digi_type": filters.trait,
        "level": given.get("level"),
        "stage": filters.stage,
        "rarity": filters.rarity,
        "playcost": _only(given.get("min_cost"), given.get("max_cost")),
        "dp": _only(given.get("min_power"), given.get("max_power")),
        "series": filters.series or SERIES,
        "sort": order,
        "sortdirection": "desc" if order and ask.descending else "asc" if order else "",
    }


def all_params(filters: TradingCardsSearchRequest, ask: Paged) -> Params:
    """The parameters of the list of all cards of a series."""
    direction = "desc" if ask.order_by == Order.TITLE and ask.descending else "asc"
    return {"sort": "name", "series": filters.series or SERIES, "sortdirection": direction}


def asks_for_all(text: str, filters: TradingCardsSearchRequest) -> bool:
    """Whether nothing but a series is asked for: there is a shorter list for that."""
    return not text and {field.name for field, _ in filters.ListFields()} <= {"series"}


_LOOKED_AT = frozenset(("number", "form", "card_types", "colors", "min_cost", "max_cost", "min_power", "max_power"))
"""The filters that ``chosen`` looks at."""


def chosen(items: Iterable[Item], filters: TradingCardsSearchRequest) -> list[Item]:
    """The items that fit what upstream has no parameter for, or only a wider one."""
    given = {field.name: value for field, value in filters.ListFields()}
    if _LOOKED_AT.isdisjoint(given):
        return list(items)
    colors = {color.casefold() for color in filters.colors}
    types = {kind.casefold() for kind in filters.card_types}
    number, form = filters.number.casefold(), filters.form.casefold()
    return [
        item
        for item in items
        if (not number or item.source_id.casefold() == number)
        and (not form or item.trading_card.form.casefold() == form)
        and types <= {item.trading_card.card_type.casefold()}
        and colors <= {color.casefold() for color in item.trading_card.colors}
        and _within(
            item.trading_card.cost if item.trading_card.HasField("cost") else None,
            given.get("min_cost"),
            given.get("max_cost"),
        )
        and _within(
            int(item.trading_card.power) if item.trading_card.power else None,
            given.get("min_power"),
            given.get("max_power"),
        )
    ]


def _only(low: float | None, high: float | None) -> str:
    """The one value that is asked for, "" for a range."""
    return f"{low:.12g}" if low is not None and low == high else ""


def _within(value: float | None, low: float | None, high: float | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or low <= value) and (high is None or value <= high)
