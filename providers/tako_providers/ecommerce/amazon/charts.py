"""Best sellers, new releases, movers and shakers: lists of places.

No recorded page was at hand: the marks are those that readers of these pages have told of for years (``gridItemRoot``,
``zg-bdg-text``, the unhashed part of the class names).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.choices_pb2 import Feed
from tako.v1.details_commerce_pb2 import Product
from tako.v1.item_parts_pb2 import Context, Image, Price
from tako.v1.item_pb2 import Item
from tako_providers.ecommerce.amazon import parts
from tako_providers.ecommerce.amazon.markets import Market
from tako_providers.sdk import FIRST, FeedType, Page, image, line_of, node_of, nodes, positive, present

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LISTS: dict[FeedType, str] = {
    Feed.CHART: "bestsellers",
    Feed.RECENT: "new-releases",
    Feed.TRENDING: "movers-and-shakers",
}
"""The feeds, as the addresses of the shop name them."""
_PLACES = "//*[@id='gridItemRoot']"
_DIGITS = re.compile(r"\d[\d.,\s]*")
_TITLE = ".//*[contains(@class, 'line-clamp') or contains(@class, 'p13n-sc-truncate')]"


def page(found: HtmlElement, market: Market, number: int) -> Page:
    """A page of a list. It holds the places that are drawn at once; the shop draws the others while one scrolls."""
    places = nodes(found, _PLACES)
    if not places:
        raise parts.no_answer(found, "the places of a list")
    following = node_of(found, "//ul[contains(@class, 'a-pagination')]/li[contains(@class, 'a-last')]/a[@href]")
    items = present(article(place, market) for place in places)
    return Page(items, str(number + 1) if following is not None else FIRST)


def article(place: HtmlElement, market: Market) -> Item | None:
    """One place. None for one that is empty, because its article is no longer sold."""
    address = line_of(place, ".//a[contains(@href, '/dp/')]/@href")
    asin = parts.ASIN_IN_ADDRESS.search(address)
    picture = node_of(place, ".//img[@src]")
    title = line_of(place, _TITLE) or (line_of(picture, "@alt") if picture is not None else "")
    if asin is None or not title:
        return None
    rank = _DIGITS.search(line_of(place, ".//*[contains(@class, 'zg-bdg-text')]"))
    small = picture.get("src", "") if picture is not None else ""
    votes = line_of(place, ".//a[contains(@href, 'product-reviews')]/span[contains(@class, 'a-size-small')]")
    cost = line_of(place, ".//*[contains(@class, 'p13n-sc-price')]")
    return Item(
        kind=Item.PRODUCT,
        source_id=f"{market.id}/{asin[1]}",
        title=title,
        images=present([image(Image.PRIMARY, parts.full_size(small)), image(Image.THUMBNAIL, small)]),
        links=parts.source(market, asin[1]),
        external_ids=parts.numbers(asin[1]),
        rating=parts.stars(line_of(place, ".//*[contains(@class, 'a-icon-alt')]"), votes, market),
        prices=present([parts.price(Price.CURRENT, parts.amount(cost, market), market, asin[1])]),
        language=market.language,
        context=Context(position=positive("".join(filter(str.isdecimal, rank[0])))) if rank else None,
        product=Product(marketplace=market.id),
    )
