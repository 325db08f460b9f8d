"""The words of schema.org that shops put into their pages, and what the contract calls that."""

from __future__ import annotations

from tako.v1.item_parts_pb2 import Availability, Condition

_AVAILABILITIES = {
    "InStock": Availability.IN_STOCK,
    "OnlineOnly": Availability.IN_STOCK,
    "LimitedAvailability": Availability.LIMITED,
    "PreOrder": Availability.PREORDER,
    "PreSale": Availability.PREORDER,
    "BackOrder": Availability.BACKORDER,
    "OutOfStock": Availability.OUT_OF_STOCK,
    "SoldOut": Availability.OUT_OF_STOCK,
    "Discontinued": Availability.RETIRED,
}
_CONDITIONS = {"NewCondition": Condition.NEW, "UsedCondition": Condition.USED}


def schema_availability(word: str) -> Availability.Type.ValueType:
    """What ``https://schema.org/InStock``, or the word alone, says. https://schema.org/ItemAvailability"""
    return _AVAILABILITIES.get(word.rpartition("/")[2], Availability.TYPE_UNSPECIFIED)


def schema_condition(word: str) -> Condition.Type.ValueType:
    """What ``https://schema.org/NewCondition``, or the word alone, says. https://schema.org/OfferItemCondition"""
    return _CONDITIONS.get(word.rpartition("/")[2], Condition.TYPE_UNSPECIFIED)
