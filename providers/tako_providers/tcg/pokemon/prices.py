"""Prices that TCGdex has from Cardmarket and TCGplayer. https://tcgdex.dev/markets-prices"""

from __future__ import annotations

from collections.abc import Iterator

from tako.v1.item_parts_pb2 import Price
from tako.v1.values_pb2 import Money
from tako_providers.sdk import Json, dict_in, dicts_in, money, number_in, text_in, texts_in, timestamp

_CARDMARKET = (
    ("trend", Price.TREND, None),
    ("avg", Price.AVERAGE, None),
    ("low", Price.LOW, None),
    ("avg1", Price.AVERAGE, 1),
    ("avg7", Price.AVERAGE, 7),
    ("avg30", Price.AVERAGE, 30),
)
_TCGPLAYER = (
    ("marketPrice", Price.MARKET),
    ("lowPrice", Price.LOW),
    ("midPrice", Price.MID),
    ("highPrice", Price.HIGH),
    ("directLowPrice", Price.DIRECT_LOW),
)


def prices(entry: Json) -> list[Price]:
    """The prices of a card: its own, then those of its variants that are not the same again."""
    found: list[Price] = []
    told: list[Json] = []
    for variant, pricing in _pricings(entry):
        for market, read in (("cardmarket", _cardmarket), ("tcgplayer", _tcgplayer)):
            table = dict_in(pricing, market)
            if table and table not in told:
                told.append(table)
                found += read(table, variant)
    return found


def product_ids(entry: Json) -> list[tuple[str, str | int | None]]:
    """The numbers of the card at the two markets."""
    found: list[tuple[str, str | int | None]] = []
    for _, pricing in _pricings(entry):
        found.append(("cardmarket", dict_in(pricing, "cardmarket").get("idProduct")))
        shop = dict_in(pricing, "tcgplayer")
        found += (("tcgplayer", dict_in(shop, name).get("productId")) for name in shop)
    return [(scheme, number) for scheme, number in found if isinstance(number, int | str)]


def variant_name(variant: Json) -> str:
    """The words for one of `variants_detailed`: holo-unlimited, holo-shadowless-1st-edition."""
    size = text_in(variant, "size")
    words = [text_in(variant, "type"), text_in(variant, "subtype"), *texts_in(variant, "stamp")]
    return "-".join(filter(None, (*words, text_in(variant, "foil"), "" if size == "standard" else size)))


def _pricings(entry: Json) -> Iterator[tuple[str, Json]]:
    """Each table of prices, and the variant that it is for."""
    if own := dict_in(entry, "pricing"):
        yield "", own
    for variant in dicts_in(entry, "variants_detailed"):
        if table := dict_in(variant, "pricing"):
            yield variant_name(variant), table


def _cardmarket(table: Json, variant: str) -> list[Price]:
    currency, updated = text_in(table, "unit") or "EUR", timestamp(text_in(table, "updated"))
    holo = f"{variant} (holo)" if variant else "holo"
    return [
        Price(
            amount=amount,
            type=kind,
            variant=name,
            market="cardmarket",
            period_days=days,
            updated_at=updated,
        )
        for name, suffix in ((variant, ""), (holo, "-holo"))
        for column, kind, days in _CARDMARKET
        if (amount := _amount(table, column + suffix, currency))
    ]


def _tcgplayer(table: Json, variant: str) -> list[Price]:
    currency, updated = text_in(table, "unit") or "USD", timestamp(text_in(table, "updated"))
    return [
        Price(
            amount=amount,
            type=kind,
            variant=f"{variant} ({finish})" if variant else finish,
            market="tcgplayer",
            updated_at=updated,
        )
        for finish in table
        for column, kind in _TCGPLAYER
        if (amount := _amount(dict_in(table, finish), column, currency))
    ]


def _amount(table: Json, column: str, currency: str) -> Money | None:
    return money(number_in(table, column), currency)
