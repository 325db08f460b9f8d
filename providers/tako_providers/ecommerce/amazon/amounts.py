"""What an article costs, by its page: every layout has its own places, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tako.v1.item_parts_pb2 import Price
from tako.v1.values_pb2 import Money
from tako_providers.ecommerce.amazon import parts
from tako_providers.ecommerce.amazon.markets import Market
from tako_providers.ecommerce.amazon.rows import Sections
from tako_providers.sdk import line_of, node_of, present

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DRAWN = "/span[contains(@class, 'a-offscreen')]"
"""The text of a price for those who cannot see its pieces."""
_NOT_STRUCK = ".//*[contains(@class, 'a-price')][not(contains(@class, 'a-text-price'))]"
"""Crossed-out prices and those of a unit (``$6.24 / Pack``) are text prices."""
_TO_PAY = ".//span[contains(@class, 'priceToPay')]"
_CORE = ("corePriceDisplay_desktop_feature_div", "corePrice_feature_div", "corePrice_desktop", "apex_desktop")
_PRICES = (
    *((part, _NOT_STRUCK + _DRAWN) for part in _CORE),
    *((part, ".") for part in ("priceblock_ourprice", "priceblock_dealprice", "priceblock_saleprice")),
    ("price_inside_buybox", "."),
    ("kindle-price", "."),
)
_LIST_PRICES = (
    *((part, f".//*[contains(@class, 'basisPrice')]/{_DRAWN}") for part in _CORE),
    ("listPrice", "."),
    *((part, f".//*[@data-a-strike='true']{_DRAWN}") for part in _CORE),
    ("price", ".//*[contains(@class, 'priceBlockStrikePriceString')]"),
)


def prices_of(page: HtmlElement, at: Sections, market: Market, asin: str) -> list[Price]:
    """What it costs, the crossed-out price, and the lowest of all offers. 0 is the price of a subscription."""
    shown = next((node for part in _CORE for node in at.nodes(part, _TO_PAY)), None)
    if shown is None:
        shown = node_of(page, _TO_PAY)
    to_pay = _to_pay(shown, market) if shown is not None else None
    current = to_pay or _first(at, _PRICES, market)
    others = next(iter(at.nodes("olpLinkWidget_feature_div", ".//a[contains(@href, 'offer-listing')]")), None)
    return present(
        [
            parts.price(Price.CURRENT, current, market, asin),
            parts.price(Price.LIST, _first(at, _LIST_PRICES, market), market, asin) if current else None,
            _lowest(others, market, asin) if others is not None else None,
        ]
    )


def _lowest(others: HtmlElement, market: Market, asin: str) -> Price | None:
    """The lowest price, of the link to all offers."""
    return parts.lowest(line_of(others), line_of(others, f"./{_DRAWN}"), others.get("href", ""), market, asin)


def _first(at: Sections, places: Iterable[tuple[str, str]], market: Market) -> Money | None:
    """The first amount that one of ``places`` has."""
    texts = (text for part, path in places for text in at.lines(part, path))
    return next((found for text in texts if (found := parts.amount(text, market))), None)


def _to_pay(shown: HtmlElement, market: Market) -> Money | None:
    """The price of the newest layout. Some draw only its pieces: units, cents and sign each on their own."""
    if found := parts.amount(line_of(shown, f".{_DRAWN}"), market):
        return found
    units = line_of(shown, ".//*[contains(@class, 'a-price-whole')]").rstrip(".,")
    cents = line_of(shown, ".//*[contains(@class, 'a-price-fraction')]")
    sign = line_of(shown, ".//*[contains(@class, 'a-price-symbol')]")
    return parts.amount(f"{sign}{units}{market.mark}{cents}" if cents else units, market)


def is_sold(prices: Iterable[Price]) -> bool:
    """Whether the shop offers it itself or for one seller, rather than a list of offers."""
    return any(price.type == Price.CURRENT for price in prices)
