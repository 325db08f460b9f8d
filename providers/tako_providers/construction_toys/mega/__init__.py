"""MEGA: building sets of Mattel's shop."""

from __future__ import annotations

from collections.abc import Mapping

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.construction_toys_service_pb2 import (
    ConstructionToysRelatedRequest,
    ConstructionToysSearchRequest,
    ConstructionToysTrendingRequest,
)
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.mega import instructions, products
from tako_providers.sdk import (
    Access,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    Json,
    KindSpec,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Params,
    Provider,
    Related,
    RelationSpec,
    Search,
    ShapeChanged,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Trending,
    Ttl,
    Unsupported,
    Upstream,
    count_in,
    dict_in,
    text_in,
)

_SITE = "ck4bj7"
"""Mattel's shop in the USA, as Searchspring calls it."""
_ORDERS = {
    Order.RELEVANCE: ("relevance", "desc", "asc"),
    Order.PRICE: ("price", "asc", "desc"),
    Order.ADDED: ("ss_days_since_published", "asc", "desc"),
}
"""Searchspring's field, its usual direction, and the other one."""

MANIFEST = Manifest(
    id="mega",
    title="MEGA",
    domains=(Domain.CONSTRUCTION_TOYS,),
    homepage="https://shop.mattel.com",
    base_url=f"https://{_SITE}.a.searchspring.io/api/search",
    hosts=frozenset((f"{_SITE}.a.searchspring.io", "shop.mattel.com", "shopping.mattel.com")),
    content_hosts=frozenset(
        ("cdn.shopify.com", "assets.contentstack.io", "images.contentstack.io", "images.mattel.net")
    ),
    attribution=Attribution("Product data from Mattel", "https://shop.mattel.com"),
    terms_url="https://corporate.mattel.com/terms-conditions",
    limits=(Limit(2, seconds=1.0),),  # none is told; this is modest
    access=Access.DIRECT_THEN_BROWSER,
    ttl=Ttl(search=3600),
    languages=("en",),
    notes="Only what the shop in the USA has. Totals count copies for other countries too. The pages with instructions "
    "may need a browser; names there are in the language of the page.",
    kinds=(
        KindSpec(
            Item.BUILDING_SET,
            search=True,
            default=True,
            detail=True,
            filters=("category",),
            orders=tuple(_ORDERS),
        ),
        KindSpec(Item.INSTRUCTION),
    ),
    feeds=(
        FeedSpec(Feed.RECENT, (Item.BUILDING_SET,), note="Newest in the shop, not newest made.", filters=("category",)),
    ),
    relations=(
        RelationSpec(
            Relation.INSTRUCTIONS,
            (Item.BUILDING_SET,),
            (Item.INSTRUCTION,),
            note="Searched on the pages of the set's categories.",
        ),
    ),
    terms=(TermSpec(Term.CATEGORIES),),
    lookups=("sku", "mattel_uid"),
    # Its answers are known from descriptions alone: no recorded one of this shop was at hand.
    tier=Tier.SILVER,
    unseen="All answers were written after the sheet of the shop's own search; none was recorded.",
)

_SIZE = 60
_CATEGORIES = {
    "pokemon": "Pokémon",
    "halo": "Halo",
    "masters-of-the-universe": "Masters of the Universe",
    "hot-wheels": "Hot Wheels",
    "barbie": "Barbie",
    "minecraft": "Minecraft",
    "game-of-thrones": "Game of Thrones",
    "call-of-duty": "Call of Duty",
    "star-trek": "Star Trek",
    "american-girl": "American Girl",
    "hello-kitty": "Hello Kitty",
    "teenage-mutant-ninja-turtles": "Teenage Mutant Ninja Turtles",
}
"""The shop's collections of MEGA, by handle. No answer lists them."""


class Mega(Provider):
    """Sets of MEGA and Mega Construx, by the search of Mattel's shop. https://docs.searchspring.com/"""

    manifest = MANIFEST

    async def search(self, ask: Search[ConstructionToysSearchRequest], up: Upstream) -> Page:
        """Sets by words and collection."""
        asked = {"q": ask.text, "bgfilter.collection_handle": ask.filters.category}
        return await _page({**asked, **_order(ask)}, ask.page, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One set, by its article number or the shop's number."""
        return products.building_set(await _product(ask.id.source_id, up))

    async def trending(self, ask: Trending[ConstructionToysTrendingRequest], up: Upstream) -> Page:
        """The sets that came into the shop last."""
        asked = {"bgfilter.collection_handle": ask.filters.category, "sort.ss_days_since_published": "asc"}
        return await _page(asked, ask.page, up)

    async def related(self, ask: Related[ConstructionToysRelatedRequest], up: Upstream) -> Page:
        """The building instructions of a set."""
        if ask.relation != Relation.INSTRUCTIONS:
            raise Unsupported("MEGA has no such relation")
        return Page(await instructions.of_product(await _product(ask.id.source_id, up), up))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The collections of the shop."""
        if ask.terms != Term.CATEGORIES:
            raise Unsupported("MEGA has no such vocabulary")
        found = [
            Term(id=handle, name=name, slug=handle)
            for handle, name in _CATEGORIES.items()
            if not ask.term_id or handle == ask.term_id
        ]
        return TermPage(found, total=len(found))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The set of an article number, or of the shop's number."""
        code = ask.code.casefold()
        found = await _found(ask.code, up)
        if ask.scheme == "sku":
            return Page([products.building_set(one) for one in found if products.number(one).casefold() == code][:1])
        return Page([products.building_set(one) for one in found if text_in(one, "uid") == ask.code][:1])


async def _product(source_id: str, up: Upstream) -> Json:
    """The product of an article number or of one of the shop's own. The search gives what is like it too."""
    wanted = source_id.casefold()
    for entry in await _found(source_id, up):
        if wanted in (products.number(entry).casefold(), text_in(entry, "uid"), text_in(entry, "id").casefold()):
            return entry
    raise NotFound("MEGA has no set with this number")


async def _found(code: str, up: Upstream) -> list[Json]:
    """The sets that a search for a number gives."""
    found = await _searched({"q": code, "resultsPerPage": 10}, up)
    return [entry for entry in found["results"] if products.is_mega(entry)]


async def _page(asked: Params, page: int, up: Upstream) -> Page:
    """A page of sets: those of the brand, each once. What the filter lets through nevertheless is left out here."""
    found = await _searched({**asked, "resultsPerPage": _SIZE, "page": page, "bgfilter.brand": "MEGA"}, up)
    entries: dict[str, Json] = {}
    for entry in found["results"]:
        if products.is_mega(entry):
            entries.setdefault(products.number(entry), entry)
    following = count_in(found["pagination"], "nextPage") or 0
    total = count_in(found["pagination"], "totalResults")
    items = [products.building_set(entry) for entry in entries.values()]
    return Page(items, str(following) if following > page else "", total, total_is_estimate=bool(total))


async def _searched(asked: Params, up: Upstream) -> Json:
    """An answer of the search. A redirect to a page of the shop has no results, and means that there are none.

    A 404 says that the shop's index is not there, and nothing about a product.
    """
    found = await up.json("/search.json", {"siteId": _SITE, "resultsFormat": "native", **asked}, allow=(404,))
    if not isinstance(found, dict) or not isinstance(found.get("results"), list) or not dict_in(found, "pagination"):
        raise ShapeChanged("MEGA gave something else where results of a search were expected")
    return found


def _order(ask: Search[ConstructionToysSearchRequest]) -> Mapping[str, str]:
    """The parameter that sorts. Searchspring counts the days since a product came: few are new."""
    if ask.order_by not in _ORDERS:
        return {}
    field, usual, other = _ORDERS[ask.order_by]
    as_usual = ask.descending is None or ask.descending == (ask.order_by != Order.PRICE)
    return {f"sort.{field}": usual if as_usual else other}
