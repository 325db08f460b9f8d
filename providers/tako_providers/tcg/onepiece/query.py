"""What the card list is asked by, and what is left to be done with its answer.

Words and a set are asked of the site. All that it finds stands on one page, so the rest can be done here, on the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tako.v1.choices_pb2 import Order
from tako.v1.item_pb2 import Item
from tako.v1.tcg_service_pb2 import TradingCardsSearchRequest
from tako_providers.sdk import OrderBy, Paged
from tako_providers.tcg.onepiece.words import folded

_BOUNDS = ("min_cost", "max_cost", "min_power", "max_power")
FILTERS = ("set", "rarity", "number", "text", "card_types", "trait", "colors", "attribute", *_BOUNDS)

_KEYS: dict[OrderBy, Callable[[Item], Any]] = {
    Order.TITLE: lambda item: folded(item.title),
    Order.NUMBER: lambda item: item.trading_card.number,
    Order.COST: lambda item: item.trading_card.cost if item.trading_card.HasField("cost") else None,
}
ORDERS = tuple(_KEYS)


def narrows(filters: TradingCardsSearchRequest) -> bool:
    """Whether something is left to be done after words and a set."""
    given = {field.name for field, _ in filters.ListFields()}
    return bool(given & set(FILTERS) - {"set"})


def chosen(items: Iterable[Item], filters: TradingCardsSearchRequest) -> list[Item]:
    """The cards that pass all filters. What a card lacks it can't be chosen by."""
    given: dict[str, Any] = {field.name: value for field, value in filters.ListFields()}
    number, rarity, trait = folded(filters.number), folded(filters.rarity), folded(filters.trait)
    attribute, text = folded(filters.attribute), folded(filters.text).split()
    types, colors = set(map(folded, filters.card_types)), set(map(folded, filters.colors))
    low_cost, high_cost, low_power, high_power = (given.get(name) for name in _BOUNDS)

    def passes(item: Item) -> bool:
        card = item.trading_card
        return (
            (not number or number in (folded(card.number), folded(item.source_id)))
            and (not rarity or rarity == folded(card.rarity))
            and (not trait or trait in map(folded, card.traits))
            and (not attribute or attribute in map(folded, card.card_attributes))
            and types <= {folded(card.card_type)}
            and colors <= set(map(folded, card.colors))
            and _within(card.cost if card.HasField("cost") else None, low_cost, high_cost)
            and _within(int(card.power) if card.power else None, low_power, high_power)
            and (not text or _holds(f"{item.description}\n{card.trigger}", text))
        )

    return [item for item in items if passes(item)]


def ordered(items: list[Item], ask: Paged) -> list[Item]:
    """The cards in the order that is asked for, the site's own without one; those that lack what counts come last."""
    key = _KEYS.get(ask.order_by)
    if key is None:
        return items
    known = [item for item in items if key(item) is not None]
    known.sort(key=key, reverse=bool(ask.descending))
    return known + [item for item in items if key(item) is None]


def _holds(text: str, wanted: Iterable[str]) -> bool:
    rules = folded(text)
    return all(word in rules for word in wanted)


def _within(value: float | None, low: float | None, high: float | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or low <= value) and (high is None or value <= high)
