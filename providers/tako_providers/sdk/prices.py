"""Money, from machine-readable amounts and from amounts as shops write them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import Money

_NANO = 1_000_000_000
_NANOS_OF = tuple(10 ** (9 - digits) for digits in range(10))
"""What the last digit of a fraction stands for, by the number of its digits."""
_MOST = 2**63 - 1
"""What a field of the contract holds; nothing is sold for more."""
_AMOUNT = re.compile(r"\d(?:[\d.,'\u2019\s]*\d)?")
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[.,'\u2019\s]+\d{3})+")
"""Digits, or thousands that are parted from each other."""


def money(amount: str | float | None, currency: str) -> Money | None:
    """``amount`` in ``currency`` (ISO 4217), None when there is none.

    0 and negative amounts mean that upstream has no price.
    """
    known = _units_and_nanos(amount)
    return Money(currency_code=currency.upper(), units=known[0], nanos=known[1]) if known else None


def add_price(item: Item, amount: str | float | None, currency: str, **more: Any) -> None:
    """Add the price ``amount`` in ``currency``, as `money` reads it; ``more`` are further fields of Price.

    For mappers of lists: made in its place, a price costs half of one that is put there.
    """
    if known := _units_and_nanos(amount):
        added = item.prices.add(**more).amount
        added.currency_code = currency.upper()
        added.units, added.nanos = known


def _units_and_nanos(amount: str | float | None) -> tuple[int, int] | None:
    if amount is None or amount == "":
        return None
    text = str(amount)
    before, _, fraction = text.partition(".")
    if before.isdecimal() and (not fraction or fraction.isdecimal()) and len(fraction) < len(_NANOS_OF):
        nanos = int(fraction) * _NANOS_OF[len(fraction)] if fraction else 0
        whole = int(before)
        return (whole, nanos) if (whole or nanos) and whole <= _MOST else None
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    if not exact.is_finite() or exact <= 0 or exact > _MOST:
        return None
    units = int(exact)
    return units, int((exact - units) * _NANO)


def written_amount(text: str | None, decimal_mark: str = ".") -> str | None:
    """The first amount in ``text`` as a machine writes it: ``1 234,56 €`` is ``1234.56`` where the mark is a comma.

    Spaces of any kind, apostrophes, and the other of ``.`` and ``,`` part thousands. None without an amount, for what
    has the mark twice (two amounts have run together), and for parts that are no thousands (``1,234.56`` where the mark
    is a comma): the amount is written in another way, and reading it in this one would make it a hundred times as much.
    """
    match = _AMOUNT.search(text) if text else None
    if match is None:
        return None
    whole, _, fraction = match[0].rpartition(decimal_mark)
    if decimal_mark in whole:
        return None
    if not whole or not fraction.isdecimal():
        whole, fraction = match[0], ""
    if not _WHOLE.fullmatch(whole.rstrip()):
        return None
    digits = "".join(filter(str.isdecimal, whole))
    return f"{digits}.{fraction}" if fraction else digits
