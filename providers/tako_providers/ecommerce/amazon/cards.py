"""The list that a search gives: one card for each article.

The marks are those of the pages themselves (``data-component-type``, ``data-asin``, ``data-cy``), which are the same in
all marketplaces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.details_commerce_pb2 import Product
from tako.v1.item_parts_pb2 import Context, Image, Price, Rating
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole
from tako_providers.ecommerce.amazon import parts
from tako_providers.ecommerce.amazon.markets import Market
from tako_providers.sdk import (
    FIRST,
    NotFound,
    Page,
    ShapeChanged,
    credit,
    has_class,
    image,
    line_of,
    lines_of,
    node_of,
    nodes,
    positive,
    present,
    written_amount,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CARDS = "//*[@data-component-type='s-search-result'][@data-asin!='']"
_BANNER = "//*[contains(@cel_widget_id, 'TOP_BANNER_MESSAGE') or contains(@class, 's-no-results')]"
_RESULTS = "//*[@data-component-type='s-search-results']"
_COUNTED = "//*[@data-component-type='s-result-info-bar']//*[self::h1 or self::h2]/span[1]"
_PAGINATION = "//*[contains(@class, 's-pagination-item')]"
_PAID = ".//*[contains(@class, 'sponsored-label-text')]"
_NOTHING = (
    "No results for",
    "Aucun résultat pour",
    "Keine Ergebnisse für",
    "No hay resultados para",
    "Nessun risultato per",
    "に一致する商品はありません",
    "did not match any products",
)
_RANGE = re.compile(r"\d[\d.,\s]*[-\u2013\u301c~]\s*(\d[\d.,\s]*)")
"""``1-48`` of ``1-48 of over 2,000 results``."""
_DRAWN = "span[contains(@class, 'a-offscreen')]"
"""The text of a price for those who cannot see its pieces."""
_STRUCK = f".//span[@data-a-strike='true']/{_DRAWN}"
_NOT_STRUCK = f".//span[{has_class('a-price')}][not(contains(@class, 'a-text-price'))]/{_DRAWN}"
_VOTES = ".//a[@aria-label][not(contains(@class, 'a-popover-trigger'))]/@aria-label"
_ROUNDED = ".//span[contains(@class, 's-underline-text')]"


def page(found: HtmlElement, market: Market, number: int, *, sponsored: bool) -> Page:
    """A page of hits. Paid places only when they are wanted; an article that stands twice is given once."""
    cards = nodes(found, _CARDS)
    if not cards:
        _must_be_empty(found)
        return Page([], total=0)
    items: dict[str, Item] = {}
    unread = 0
    for card in cards:
        paid = "AdHolder" in card.get("class", "") or node_of(card, _PAID) is not None
        if not sponsored and paid:
            continue
        if item := article(card, market, paid=paid):
            items.setdefault(item.source_id, item)
        else:
            unread += 1
    if not items and (unread or any(node_of(card, f".{_CARDS}") is not None for card in cards)):
        raise ShapeChanged("Amazon gave results of a search that have no titles, or lie in one another")
    total, last = _counted(found, market)
    if total and last and total > last and node_of(found, _PAGINATION) is None:
        raise ShapeChanged("Amazon tells of more hits and gives no way to them: the page is not whole")
    following = node_of(found, "//a[contains(@class, 's-pagination-next')][@href]") is not None
    return Page(list(items.values()), str(number + 1) if following else FIRST, total, total is not None)


def article(card: HtmlElement, market: Market, *, paid: bool) -> Item | None:
    """One card. None for a card without a title, such as one that is filled in later."""
    asin = card.get("data-asin", "").strip().upper()
    headings = lines_of(card, ".//h2")
    if not headings or not parts.ASIN.fullmatch(asin):
        return None
    reviews = node_of(card, ".//*[@data-cy='reviews-block']")
    offer = node_of(card, ".//*[@data-cy='price-recipe']")
    return Item(
        kind=Item.PRODUCT,
        source_id=f"{market.id}/{asin}",
        title=headings[-1],
        images=_pictures(line_of(card, ".//img[contains(@class, 's-image')]/@src")),
        links=parts.source(market, asin),
        external_ids=parts.numbers(asin),
        rating=_rating(reviews, market) if reviews is not None else None,
        prices=_prices(offer, node_of(card, ".//*[@data-cy='secondary-offer-recipe']"), market, asin),
        language=market.language,
        context=Context(sponsored=True) if paid else None,
        product=Product(
            brand=headings[0] if len(headings) > 1 else "",
            credits=_authors(card) if asin[0] != "B" else (),
            marketplace=market.id,
            prime=True if node_of(card, ".//*[contains(@class, 'a-icon-prime')]") is not None else None,
            format=line_of(offer, ".//a[contains(@class, 'a-text-bold')]") if offer is not None else "",
        ),
    )


def _pictures(address: str) -> list[Image]:
    """The small picture of a card, and the same in full size."""
    return present([image(Image.PRIMARY, parts.full_size(address)), image(Image.THUMBNAIL, address)])


def _rating(reviews: HtmlElement, market: Market) -> Rating | None:
    votes = line_of(reviews, _VOTES) or line_of(reviews, _ROUNDED)
    return parts.stars(line_of(reviews, ".//*[contains(@class, 'a-icon-alt')]"), votes, market)


def _authors(card: HtmlElement) -> list[Credit]:
    """The people of a book that have a page of their own. A card does not say what they did."""
    names = lines_of(card, ".//*[@data-cy='title-recipe']//a[contains(@href, '/e/B')]")
    return present(credit(name, CreditRole.TYPE_UNSPECIFIED) for name in names)


def _prices(offer: HtmlElement | None, others: HtmlElement | None, market: Market, asin: str) -> list[Price]:
    """What it costs, what it did before, and the lowest of other offers.

    Where a subscription makes it free the price is 0, and what it costs to buy stands where other offers are told.
    """
    shown = line_of(offer, _NOT_STRUCK) if offer is not None else ""
    listed = line_of(offer, _STRUCK) if offer is not None else ""
    current = parts.amount(shown, market)
    low = None
    if others is not None:
        address = line_of(others, ".//a[contains(@href, 'offer-listing')]/@href")
        if address:
            low = parts.lowest(line_of(others), line_of(others, f".//{_DRAWN}"), address, market, asin)
        elif shown and current is None:
            current = parts.amount(line_of(others), market)
    return present(
        [
            parts.price(Price.CURRENT, current, market, asin),
            parts.price(Price.LIST, parts.amount(listed, market), market, asin) if current else None,
            low,
        ]
    )


def _counted(found: HtmlElement, market: Market) -> tuple[int | None, int | None]:
    """The number of hits, which the page rounds, and the last of this page: ``1-48 of over 2,000 results for``."""
    told = line_of(found, _COUNTED)
    span = _RANGE.search(told)
    total = positive(written_amount(_RANGE.sub(" ", told), market.mark))
    return total, positive(written_amount(span[1], market.mark)) if span else None


def _must_be_empty(found: HtmlElement) -> None:
    """Raise unless the page says that nothing was found."""
    said = " ".join(lines_of(found, _BANNER) or lines_of(found, _RESULTS))
    if any(words in said for words in _NOTHING):
        return
    error = parts.no_answer(found, "results of a search")
    raise error if not isinstance(error, NotFound) else ShapeChanged("Amazon has no page of searches any more")
