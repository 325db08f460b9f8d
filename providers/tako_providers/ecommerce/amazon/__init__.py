"""Amazon: articles and their prices in eight marketplaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Relation
from tako.v1.ecommerce_service_pb2 import EcommerceRelatedRequest
from tako.v1.item_pb2 import Item
from tako_providers.ecommerce.amazon import cards, charts, parts, product
from tako_providers.ecommerce.amazon.manifest import MANIFEST, ORDERS
from tako_providers.ecommerce.amazon.markets import (
    COMPARED,
    MARKETS,
    Market,
    category,
    category_terms,
    marketplace_terms,
    unserved,
    wanted,
)
from tako_providers.sdk import (
    Detail,
    InvalidField,
    Lookup,
    Page,
    Provider,
    Related,
    Search,
    TermPage,
    Terms,
    Trending,
    Unsupported,
    Upstream,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LOOKED_INTO = 2
"""Hits of a search for a code whose pages are read to see whether they name it."""


class Amazon(Provider):
    """Articles, prices and best sellers, read from the shop's pages. https://www.amazon.com"""

    manifest = MANIFEST

    def parts(self, ask: Search[Any] | Trending[Any] | Related[Any] | Detail | Lookup) -> Sequence[str]:
        """The marketplaces of the question; prices are compared over several."""
        return [market.id for market in _markets(ask)]

    async def search(self, ask: Search[Any], up: Upstream) -> Page:
        """Articles by words, in one category or all of them."""
        chosen = category(ask.domain, ask.filters)
        sort, ignored = _order(ask)
        sponsored = bool(getattr(ask.filters, "include_sponsored", False))
        market = _markets(ask)[0]
        params = {"k": ask.text, "i": chosen.alias_in(market), "s": sort, "page": ask.page if ask.page > 1 else None}
        page = cards.page(await _page(market, "/s", up, params), market, ask.page, sponsored=sponsored)
        return Page(page.items, page.next, page.total, page.total_is_estimate, (*ignored, *unserved(ask.region)))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One article of one marketplace."""
        market, asin = parts.split_id(ask.id.source_id)
        return await _article(_own(market), asin, up)

    async def trending(self, ask: Trending[Any], up: Upstream) -> Page:
        """Best sellers, best sellers among what is new, or what rises, of one category."""
        chosen = category(ask.domain, ask.filters)
        if not chosen.chart:
            raise InvalidField("category", "is needed: Amazon has such lists for one category each")
        market = _markets(ask)[0]
        path = f"/gp/{charts.LISTS[ask.feed]}/{chosen.chart_in(market)}"
        page = charts.page(await _page(market, path, up, {"pg": ask.page if ask.page > 1 else None}), market, ask.page)
        return Page(page.items, page.next, ignored=unserved(ask.region))

    async def related(self, ask: Related[EcommerceRelatedRequest], up: Upstream) -> Page:
        """What the article costs in one marketplace. One that does not have it says so."""
        if ask.relation != Relation.PRICES:
            raise Unsupported("Amazon has no such relation")
        _, asin = parts.split_id(ask.id.source_id)
        market = _markets(ask)[0]
        return Page([product.offer(await _article(market, asin, up), market)])

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The marketplaces and the categories."""
        if ask.terms not in (Term.MARKETPLACES, Term.CATEGORIES):
            raise Unsupported("Amazon has no such vocabulary")
        entries = marketplace_terms() if ask.terms == Term.MARKETPLACES else category_terms()
        found = [term for term in entries if not ask.term_id or term.id == ask.term_id]
        return TermPage(found, total=len(found))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The article of a number, in the marketplace of the region.

        ASIN and ISBN-10 have their page. Other codes are searched for, and only hits whose own page names the code
        count: the search gives what is like it too.
        """
        (market,) = wanted(None, ask.region, ask.language)
        if ask.scheme in ("asin", "isbn10"):
            page = await _page(market, f"/dp/{ask.code}", up, allow=(404,))
            items = [] if parts.is_missing(page) else [product.product(page, market, ask.code)]
            return Page(items, ignored=unserved(ask.region))
        hits = cards.page(await _page(market, "/s", up, {"k": ask.code}), market, 1, sponsored=False).items
        for hit in hits[:_LOOKED_INTO]:
            item = await _article(market, parts.split_id(hit.source_id)[1], up)
            if ask.code in product.codes(item):
                return Page([item], ignored=unserved(ask.region))
        return Page([], ignored=unserved(ask.region))


def _markets(ask: Search[Any] | Trending[Any] | Related[Any] | Detail | Lookup) -> list[Market]:
    """The marketplaces that a question is for. The core asks for one at a time."""
    if isinstance(ask, Detail):
        return [_own(parts.split_id(ask.id.source_id)[0])]
    if isinstance(ask, Lookup):
        return wanted(None, ask.region, ask.language)
    if isinstance(ask, Related):
        own = _own(parts.split_id(ask.id.source_id)[0])
        return wanted(ask.filters, "", "", default=tuple(dict.fromkeys((own.id, *COMPARED))))
    return wanted(ask.filters, ask.region, ask.language)


async def _page(
    market: Market,
    path: str,
    up: Upstream,
    params: dict[str, str | int | None] | None = None,
    allow: Sequence[int] = (),
) -> HtmlElement:
    headers = {"Accept-Language": market.locale}
    return await up.html(f"https://{market.host}{path}", params, headers=headers, allow=allow)


async def _article(market: Market, asin: str, up: Upstream) -> Item:
    return product.product(await _page(market, f"/dp/{asin}", up), market, asin)


def _own(market: str) -> Market:
    if market not in MARKETS:
        raise InvalidField("id", f"must name one of the marketplaces {', '.join(MARKETS)}")
    return MARKETS[market]


def _order(ask: Search[Any]) -> tuple[str | None, tuple[str, ...]]:
    """The parameter that sorts, and what of the wish is not honoured. Most orders have one direction only."""
    if ask.order_by not in ORDERS:
        return None, ()
    usual, other = ORDERS[ask.order_by]
    usual_descends = other is None
    if ask.descending is None or ask.descending == usual_descends:
        return usual, ()
    return (other, ()) if other else (usual, ("descending",))
