"""Lulu-Berlu: a shop of vintage toys and figures in Paris."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

from tako.v1.choices_pb2 import Feed
from tako.v1.collectibles_service_pb2 import CollectiblesSearchRequest, CollectiblesTrendingRequest
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.luluberlu import articles, lists
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
    ShapeChanged,
    Tier,
    Trending,
    Ttl,
    Upstream,
    without_accents,
)

MANIFEST = Manifest(
    id="luluberlu",
    title="Lulu-Berlu",
    domains=(Domain.COLLECTIBLES,),
    homepage=articles.SITE,
    base_url=articles.SITE,
    hosts=frozenset(("www.lulu-berlu.com",)),
    attribution=Attribution("Data from Lulu-Berlu", articles.SITE),
    terms_url=articles.SITE,
    limits=(Limit(1, seconds=3.0),),  # none is told; this is modest
    access=Access.BROWSER,
    timeout=60.0,
    ttl=Ttl(search=1800),
    languages=("fr",),
    notes="What the shop has and had: sold articles keep their pages and prices. Prices are in EUR. A search goes "
    "without accents, for nobody tells in which charset the shop reads them.",
    unseen="No page of the live site could be recorded: it is known from descriptions and public parsers.",
    kinds=(KindSpec(Item.COLLECTIBLE, search=True, default=True, detail=True),),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            (Item.COLLECTIBLE,),
            note="Arrivals in the shop, not newest made. The page's address is likely, and not confirmed.",
            ttl=3600,
        ),
    ),
    lookups=("luluberlu",),
    tier=Tier.SILVER,
)

_NUMBER = re.compile(r"a?(\d+)")


class LuluBerlu(Provider):
    """Articles of Lulu-Berlu, read from its pages."""

    manifest = MANIFEST

    async def search(self, ask: Search[CollectiblesSearchRequest], up: Upstream) -> Page:
        """Articles by words."""
        return await _listed(_search(ask.text, ask.page), ask.page, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One article, by what the shop calls it; a number alone is searched for first."""
        name = ask.id.source_id
        if match := _NUMBER.fullmatch(name):
            found = await up.html(_search(f"a{match[1]}", 1))
            name = lists.address_of(found, match[1])
            if not name:
                raise NotFound("Lulu-Berlu has no such article")
        elif not articles.number_of(name):
            raise NotFound("Lulu-Berlu has no such article")
        return articles.article(await up.html(f"/{name}.html"), name)

    async def trending(self, ask: Trending[CollectiblesTrendingRequest], up: Upstream) -> Page:
        """What came into the shop last."""
        page = "" if ask.page == 1 else f"?numPage={ask.page}"
        return await _listed(f"/nouveautes.html{page}", ask.page, up)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The article of the shop's number."""
        found = await _listed(_search(f"a{ask.code}", 1), 1, up)
        return Page([one for one in found.items if one.external_ids[0].value == ask.code])


def _search(words: str, page: int) -> str:
    """The address of a search. `ok` is the form's button, a byte that is no UTF-8; it goes as it is."""
    return f"/dhtml/resultat_recherche.php?keywords={quote_plus(without_accents(words))}&ok=%A1&numPage={page}"


async def _listed(address: str, number: int, up: Upstream) -> Page:
    """A page of a list. One behind the last has no articles either."""
    page = await up.html(address)
    items, total = lists.listed(page), lists.total(page)
    behind = total is not None and (number - 1) * lists.PAGE_SIZE >= total and not lists.links_to_any(page)
    if not items and not behind and not lists.says_none(page):
        raise ShapeChanged("Lulu-Berlu gave something else where a list of articles was expected")
    return Page(items, str(number + 1) if lists.has_page(page, number + 1) else "", total)
