"""Money, from machine-readable amounts and from amounts as shops write them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from tako.v1.values_pb2 import Money

_NANO = 1_000_000_000
_DIGITS = 9
_AMOUNT = re.compile(r"\d(?:[\d.,'\u2019\s]*\d)?")


def money(amount: str | float | None, currency: str) -> Money | None:
    """``amount`` in ``currency`` (ISO 4217), None when there is none.

    0 and negative amounts mean that upstream has no price.
    """
    if amount is None or amount == "":
        return None
    text = str(amount)
    before, _, fraction = text.partition(".")
    if before.isdecimal() and (not fraction or fraction.isdecimal()) and len(fraction) <= _DIGITS:
        nanos = int(fraction.ljust(_DIGITS, "0")) if fraction else 0
        whole = int(before)
        return Money(currency_code=currency.upper(), units=whole, nanos=nanos) if whole or nanos else None
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    if not exact.is_finite() or exact <= 0:
        return None
    units = int(exact)
    return Money(currency_code=currency.upper(), units=units, nanos=int((exact - units) * _NANO))


def written_amount(text: str | None, decimal_mark: str = ".") -> str | None:
    """The first amount in ``text`` as a machine writes it: ``1 234,56 €`` is ``1234.56`` where the mark is a comma.

    Spaces of any kind, apostrophes, and the other of ``.`` and ``,`` part thousands. None without an amount.
    """
    match = _AMOUNT.search(text) if text else None
    if match is None:
        return None
    whole, _, fraction = match[0].rpartition(decimal_mark)
    if not whole or not fraction.isdecimal():
        whole, fraction = match[0], ""
    digits = "".join(filter(str.isdecimal, whole))
    return f"{digits}.{fraction}" if fraction else digits
