"""What lists and articles share: amounts, ratings, pictures, numbers, and the pages that are no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tako.v1.item_parts_pb2 import Condition, ExternalId, Link, Price, Rating
from tako.v1.values_pb2 import Money
from tako_providers.ecommerce.amazon.markets import Market
from tako_providers.sdk import (
    Blocked,
    InvalidField,
    NotFound,
    ProviderError,
    ShapeChanged,
    external_ids,
    line_of,
    link,
    money,
    node_of,
    positive,
    present,
    rating,
    written_amount,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PROVIDER = "amazon"
ASIN = re.compile(r"[A-Z0-9]{10}")
ASIN_IN_ADDRESS = re.compile(r"(?:/|%2F)(?:dp|gp/product)(?:/|%2F)([A-Z0-9]{10})(?![A-Z0-9])")

_OTHER_CURRENCY = re.compile(r"(?<![A-Za-z])([A-Z]{3})\s?(?=\d)")
"""A shop that shows amounts in the reader's currency writes its code before them: ``EUR 7.50``."""
_IN_PARENTHESES = re.compile(r"[(\uff08][^)\uff09]*[)\uff09]")
_COUNT = re.compile(r"[(\uff08]\s*(\d+)(?![+\d.,])")
"""``(13 offers)``. ``(15+ offers)`` is no count, and neither is ``(1.2K)``."""
_NUMBER = re.compile(r"\d(?:[.,]\d)?")
_SIZE = re.compile(r"\._[A-Za-z0-9_,]+_(?=\.[a-z]+$)")
"""The part of a picture's address that asks for a size."""
_CONDITIONS = {"new": Condition.NEW, "used": Condition.USED}

_MISSING_TITLES = (
    "page not found",
    "page introuvable",
    "document introuvable",
    "seite wurde nicht gefunden",
    "seite nicht gefunden",
    "página no encontrada",
    "documento no encontrado",
    "pagina non trovata",
    "documento non trovato",
    "ページが見つかりません",
)
_SORRY_TITLES = (
    "sorry",
    "toutes nos excuses",
    "tut uns leid",
    "lo sentimos",
    "siamo spiacenti",
    "ci dispiace",
    "申し訳",
    "robot check",
    "service unavailable",
)


def split_id(source_id: str) -> tuple[str, str]:
    """Marketplace and ASIN of an item's id."""
    market, _, asin = source_id.partition("/")
    if not ASIN.fullmatch(asin):
        raise InvalidField("id", "does not fit Amazon: marketplace and ASIN, such as us/B0057OC5O8")
    return market, asin


def is_missing(page: HtmlElement) -> bool:
    """Whether the page says that there is no such page. Through a browser its status is 200."""
    if node_of(page, "//a[contains(@href, 'ref=cs_404')]") is not None:
        return True
    title = line_of(page, "//title").casefold()
    return any(words in title for words in _MISSING_TITLES)


def no_answer(page: HtmlElement, wanted: str) -> ProviderError:
    """The error that a page without ``wanted`` stands for."""
    if is_missing(page):
        return NotFound("Amazon knows no such article in this marketplace")
    captcha = "//form[contains(@action, 'alidateCaptcha')] | //input[@id='captchacharacters']"
    if node_of(page, captcha) is not None:
        return Blocked("Amazon answers with a captcha")
    title = line_of(page, "//title").casefold()
    if node_of(page, "//a[contains(@href, 'ref=cs_50')]") is not None or any(w in title for w in _SORRY_TITLES):
        return Blocked("Amazon answers with its page for automated access")
    return ShapeChanged(f"Amazon gave a page without {wanted}")


def amount(text: str, market: Market) -> Money | None:
    """The amount that a price says, in the marketplace's currency unless it names another by its code."""
    digits = written_amount(text, market.mark)
    if digits is None:
        return None
    other = _OTHER_CURRENCY.search(text)
    return money(digits, other[1] if other else market.currency)


def price(kind: Price.Type.ValueType, value: Money | None, market: Market, asin: str) -> Price | None:
    """A price, None without an amount."""
    if value is None:
        return None
    return Price(amount=value, type=kind, market=market.shop, country=market.country, url=market.page(asin))


def lowest(text: str, drawn: str, address: str, market: Market, asin: str) -> Price | None:
    """The lowest of all offers, as ``New & Used (14) from £4.45`` or ``11,90 € (15+ ofertas usadas y nuevas)``.

    ``drawn`` is the amount alone, where the page has it so.
    """
    found = price(Price.LOW, amount(drawn or _IN_PARENTHESES.sub(" ", text), market), market, asin)
    if found is None:
        return None
    count = _COUNT.search(text)
    if count:
        found.count = int(count[1])
    condition = re.search(r"condition=(\w+)", address)
    found.condition = _CONDITIONS.get(condition[1].lower() if condition else "", Condition.TYPE_UNSPECIFIED)
    return found


def stars(text: str, votes: str, market: Market) -> Rating | None:
    """A rating. In Japan the best value comes first: ``5つ星のうち3.9``."""
    numbers = _NUMBER.findall(text)
    if not numbers:
        return None
    value = float(numbers[-1 if market.id == "jp" else 0].replace(",", "."))
    return rating(value, 5, counted(votes, market)) if value <= 5 else None


def counted(text: str, market: Market) -> int | None:
    """A whole number as the marketplace writes it; None for a rounded one such as ``(7,3 mil)``."""
    if text.startswith("(") and not text.strip("()").replace(".", "").replace(",", "").isdecimal():
        return None
    return positive(written_amount(text, market.mark))


def full_size(address: str) -> str:
    """A picture's address without the part that makes it small."""
    return _SIZE.sub("", address)


def source(market: Market, asin: str) -> list[Link]:
    """The link to the article's page."""
    return present([link(Link.SOURCE, market.page(asin), language=market.locale)])


def numbers(asin: str, more: Iterable[tuple[str, str]] = ()) -> list[ExternalId]:
    """The ids of an article. The ASIN of a book is its ISBN-10; those of other things begin with B."""
    book = [("isbn10", asin)] if asin[0] != "B" else []
    return external_ids([("asin", asin), *book, *more])
