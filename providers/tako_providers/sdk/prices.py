"""Money from machine-readable amounts. Amounts with words or in a market's own style belong to the provider."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tako.v1.values_pb2 import Money

_NANO = 1_000_000_000


def money(amount: str | float | None, currency: str) -> Money | None:
    """``amount`` in ``currency`` (ISO 4217), None when there is none.

    0 and negative amounts mean that upstream has no price.
    """
    if amount is None or amount == "":
        return None
    try:
        exact = Decimal(str(amount))
    except InvalidOperation:
        return None
    if not exact.is_finite() or exact <= 0:
        return None
    units = int(exact)
    return Money(currency_code=currency.upper(), units=units, nanos=int((exact - units) * _NANO))
