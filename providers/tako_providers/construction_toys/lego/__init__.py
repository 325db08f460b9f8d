"""LEGO: building sets of LEGO.com."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.construction_toys_service_pb2 import (
    ConstructionToysRelatedRequest,
    ConstructionToysSearchRequest,
    ConstructionToysTrendingRequest,
)
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.lego import booklets, graphql, pages, sets
from tako_providers.construction_toys.lego.manifest import MANIFEST, SORTS
from tako_providers.construction_toys.lego.shops import SITE, Shop, shop_of
from tako_providers.sdk import (
    Detail,
    Json,
    Lookup,
    NotFound,
    Page,
    Params,
    Provider,
    Related,
    Search,
    ShapeChanged,
    TermPage,
    Terms,
    Trending,
    Unreachable,
    Unsupported,
    Upstream,
    absolute,
    count_in,
    dict_in,
    list_in,
    page_number,
    text_in,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEEDS = {
    Feed.RECENT: "/categories/new-sets-and-products",
    Feed.UPCOMING: "/categories/coming-soon",
    Feed.LAST_CHANCE: "/categories/last-chance-to-buy",
    Feed.ON_SALE: "/categories/sales-and-deals",
    Feed.CHART: "/bestsellers",
}
_OF_SITE = "page-"
"""How the cursor of a page of the site begins. That of GraphQL is its number alone: their pages differ in size."""
_LIST = re.compile(r"/[a-z]{2}-[a-z]{2}((?:/themes|/categories)/[\w-]+|/bestsellers)/?(?:\?|$)")


class Lego(Provider):
    """Sets of LEGO.com, by its GraphQL and its pages. Neither is documented."""

    manifest = MANIFEST

    async def search(self, ask: Search[ConstructionToysSearchRequest], up: Upstream) -> Page:
        """Sets by words, or all of a theme."""
        shop = shop_of(ask.language, ask.region)
        if not ask.text:
            if not ask.filters.theme:
                raise Unsupported("LEGO is searched by words or by a theme")
            path = f"/themes/{_slug(ask.filters.theme)}"
            return await _listed(path, _sorted(ask), _site_page(ask.cursor), shop, up)
        ignored = ("theme",) if ask.filters.theme else ()
        if ask.cursor.startswith(_OF_SITE):
            return await _searched_on_site(ask, shop, up, ignored)
        asking = graphql.search(ask.text, ask.page, _sort(ask), shop, up)
        found = await asking if ask.cursor else await up.optional(asking)
        if found is None:
            return await _searched_on_site(ask, shop, up, ignored)
        if text_in(found, "__typename") == "RedirectAction":
            return await _redirected(text_in(found, "url"), ask, shop, up, ignored)
        return _found(dict_in(found, "productResult"), ask.page, shop, ignored)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One set, by the number on its box."""
        return await _set(ask.id.source_id, shop_of(ask.language, ask.region), up)

    async def trending(self, ask: Trending[ConstructionToysTrendingRequest], up: Upstream) -> Page:
        """One of the shop's own lists."""
        if ask.feed not in _FEEDS:
            raise Unsupported("LEGO has no such feed")
        shop, page = shop_of(ask.language, ask.region), _site_page(ask.cursor)
        return await _listed(_FEEDS[ask.feed], {}, page, shop, up, chart=ask.feed == Feed.CHART)

    async def related(self, ask: Related[ConstructionToysRelatedRequest], up: Upstream) -> Page:
        """The building instructions of a set: asked of GraphQL, else of their page, else of the old service."""
        if ask.relation != Relation.INSTRUCTIONS:
            raise Unsupported("LEGO has no such relation")
        number, shop = _number(ask.id.source_id), shop_of(ask.language, ask.region)
        record = await up.optional(graphql.booklets(number, shop, up))
        if record is None:
            record = await up.optional(_record_on_page(number, shop, up))
        if record is not None:
            found = booklets.items(record, number, shop)
        else:
            old = await up.optional(booklets.of_old_service(number, shop, up))
            if old is None:  # its own error would be that of a service that is gone
                raise Unreachable("LEGO's building instructions could not be read")
            found = old
        return Page(found, total=len(found))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The themes of the shop."""
        if ask.terms != Term.THEMES:
            raise Unsupported("LEGO has no such vocabulary")
        shop = shop_of(ask.language, ask.region)
        found = pages.themes(await up.html(f"{shop.path}/themes"))
        wanted = [term for term in found if not ask.term_id or term.id == ask.term_id]
        return TermPage(wanted, total=len(wanted))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The set of a number. A number with `-1` is that of a set's first version, as other sites write it."""
        number = ask.code.strip().removesuffix("-1")
        if not number.isdecimal():
            return Page([])
        found = await _known(number, shop_of(ask.language, ask.region), up)
        return Page([found] if found else [])


async def _set(source_id: str, shop: Shop, up: Upstream) -> Item:
    found = await _known(_number(source_id), shop, up)
    if found is None:
        raise NotFound("LEGO has no set with this number")
    return found


async def _known(number: str, shop: Shop, up: Upstream) -> Item | None:
    """The set of a number, None when LEGO says that it has none."""
    told = await up.optional(graphql.product(number, shop, up))
    if told is None:
        page = await up.html(f"{shop.path}/product/{number}", allow=(404,))
        return await _on_page(page, number, shop, up)
    entry, record = told
    if entry:
        return sets.whole_set(entry, record, shop)
    return sets.set_of_record(number, record, shop) if text_in(record, "name") else None


async def _on_page(page: HtmlElement, number: str, shop: Shop, up: Upstream) -> Item | None:
    """The set of a page. The year and the booklets are on another one."""
    entry = pages.product(page, number)
    if entry is None:
        return None
    record = await up.optional(_record_on_page(number, shop, up))
    return sets.whole_set(entry, record or {}, shop)


async def _record_on_page(number: str, shop: Shop, up: Upstream) -> Json:
    return pages.booklets(await up.html(f"{shop.path}/service/building-instructions/{number}"), number)


async def _searched_on_site(
    ask: Search[ConstructionToysSearchRequest], shop: Shop, up: Upstream, ignored: Sequence[str]
) -> Page:
    """A page of the site's search. A number leads to the page of its product."""
    number = _site_page(ask.cursor)
    asked: Params = {"q": ask.text, "page": number if number > 1 else None, **_sorted(ask)}
    page = await up.html(f"{shop.path}/search", asked)
    if ask.text.isdecimal() and pages.is_product(page):
        item = await _on_page(page, ask.text, shop, up)
        return Page([item] if item else [], total=1 if item else 0, ignored=tuple(ignored))
    return _page(pages.listing(page, number), number, shop, ignored)


async def _redirected(
    address: str, ask: Search[ConstructionToysSearchRequest], shop: Shop, up: Upstream, ignored: Sequence[str]
) -> Page:
    """Where a search leads to: a product, a list, or a page of the shop that holds none."""
    if number := pages.number_in(address):
        item = await _known(number, shop, up)
        return Page([item] if item else [], total=1 if item else 0, ignored=tuple(ignored))
    path = _LIST.match(absolute(SITE, address).removeprefix(SITE))
    if path is None:
        return Page([], ignored=tuple(ignored))
    page = await _listed(path[1], _sorted(ask), ask.page, shop, up, ignored=ignored)
    return replace(page, next=page.next.removeprefix(_OF_SITE))  # the way there is GraphQL's to tell, each time


async def _listed(
    path: str,
    sort: Params,
    number: int,
    shop: Shop,
    up: Upstream,
    *,
    chart: bool = False,
    ignored: Sequence[str] = (),
) -> Page:
    """A page of a theme, a category or a chart."""
    page = await up.html(f"{shop.path}{path}", {"page": number, **sort})
    return _page(pages.listing(page, number), number, shop, ignored, chart=chart)


def _page(listing: pages.Listing, number: int, shop: Shop, ignored: Sequence[str], *, chart: bool = False) -> Page:
    places = enumerate(listing.entries, listing.first + 1)
    items = [sets.building_set(one, shop, at if chart else None) for at, one in places if sets.is_set(one)]
    following = f"{_OF_SITE}{number + 1}" if listing.goes_on else ""
    return Page(items, following, listing.total, total_is_estimate=bool(listing.total), ignored=tuple(ignored))


def _found(result: Json, number: int, shop: Shop, ignored: Sequence[str]) -> Page:
    """A page of GraphQL's search."""
    total = count_in(result, "total")
    if total is None or not isinstance(result.get("results"), list):
        raise ShapeChanged("LEGO gave something else where results of a search were expected")
    items = [sets.building_set(one, shop) for one in list_in(result, "results") if sets.is_set(one)]
    following = str(number + 1) if result["results"] and number * graphql.PAGE_SIZE < total else ""
    return Page(items, following, total, total_is_estimate=bool(total), ignored=tuple(ignored))


def _number(source_id: str) -> str:
    if not (source_id.isascii() and source_id.isdecimal()):
        raise NotFound("LEGO has no set with this number")
    return source_id


def _site_page(cursor: str) -> int:
    return page_number(cursor.removeprefix(_OF_SITE))


def _slug(theme: str) -> str:
    """The word of a theme in addresses; a name is written with marks: `LEGO Star Wars\u2122` is `star-wars`."""
    plain = re.sub(r"[\u2122\u00ae'\u2019]|^lego\b", "", theme.casefold().replace("\u00ae", ""))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _sort(ask: Search[ConstructionToysSearchRequest]) -> Json:
    key, down = SORTS.get(ask.order_by, SORTS[Order.RELEVANCE])
    return {"key": key, "direction": "DESC" if (down if ask.descending is None else ask.descending) else "ASC"}


def _sorted(ask: Search[ConstructionToysSearchRequest]) -> Params:
    """The same for a page of the site, which is asked for its own order by saying nothing."""
    if ask.order_by not in SORTS:
        return {}
    sort = _sort(ask)
    return {"sort.key": sort["key"], "sort.direction": sort["direction"]}
