"""Transformerland: a collectors' guide to Transformers, and a shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tako.v1.choices_pb2 import Feed
from tako.v1.collectibles_service_pb2 import CollectiblesSearchRequest, CollectiblesTrendingRequest
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.transformerland import guide, store
from tako_providers.sdk import (
    Access,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    KindSpec,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Search,
    Tier,
    Trending,
    Ttl,
    Upstream,
)

if TYPE_CHECKING:
    from lxml import html

MANIFEST = Manifest(
    id="transformerland",
    title="Transformerland",
    domains=(Domain.COLLECTIBLES,),
    homepage=guide.SITE,
    base_url=guide.SITE,
    hosts=frozenset(("www.transformerland.com", "transformerland.com")),
    attribution=Attribution("Data from Transformerland.com", guide.SITE),
    terms_url=guide.SITE,
    limits=(Limit(1, seconds=3.0),),  # none is told; this is modest
    access=Access.BROWSER,
    timeout=60.0,
    ttl=Ttl(search=3600),
    languages=("en",),
    notes="A search gives toys of the guide, which have no price; ids of the shop's articles begin with `store/`. "
    "The availability of a toy is that of any of its variants in the shop. Prices are in USD.",
    unseen="No page of the live site could be recorded: it is known from descriptions and public parsers.",
    kinds=(KindSpec(Item.COLLECTIBLE, search=True, default=True, detail=True, pages=False),),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            (Item.COLLECTIBLE,),
            note="Arrivals in the shop, not newest made. The page's address is likely, and not confirmed.",
            ttl=3600,
        ),
    ),
    lookups=("transformerland",),
    tier=Tier.SILVER,
)

_STORE = "store/"


class Transformerland(Provider):
    """Toys of the guide and articles of the shop, read from their pages."""

    manifest = MANIFEST

    async def search(self, ask: Search[CollectiblesSearchRequest], up: Upstream) -> Page:
        """Toys whose name has the words: all of them, on one page."""
        found = guide.rows(await up.html(guide.PATH, {"action": "show_names", "term": ask.text}))
        return Page(found, total=len(found))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A toy of the guide by its number, or an article of the shop by its path."""
        source_id = ask.id.source_id
        if source_id.startswith(_STORE):
            page = await up.html(f"/store/item/{source_id.removeprefix(_STORE)}/")
            return store.article(page, source_id)
        if not source_id.isdecimal():
            raise NotFound("Transformerland has no such item")
        return guide.toy(await _of_toy(source_id, up), source_id)

    async def trending(self, ask: Trending[CollectiblesTrendingRequest], up: Upstream) -> Page:
        """What came into the shop last."""
        return Page(store.arrivals(await up.html("/store/new/")))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The toy of the guide's number."""
        if not ask.code.isdecimal():
            return Page([])
        page = await _of_toy(ask.code, up)
        return Page([] if guide.is_gone(page) else [guide.toy(page, ask.code)])


async def _of_toy(number: str, up: Upstream) -> html.HtmlElement:
    return await up.html(guide.PATH, {"action": "show_parent", "toyid": number})
