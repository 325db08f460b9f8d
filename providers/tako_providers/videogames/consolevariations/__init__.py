"""ConsoleVariations: variations of consoles, controllers and accessories. By its pages; there is no API."""

from __future__ import annotations

import re

from tako.v1.answers_pb2 import Term
from tako.v1.details_games_pb2 import Console
from tako.v1.item_pb2 import Item
from tako.v1.videogames_service_pb2 import VideoGamesSearchRequest
from tako_providers.sdk import (
    Access,
    Attribution,
    Detail,
    Domain,
    KindSpec,
    Limit,
    Manifest,
    NotFound,
    Page,
    Provider,
    Search,
    ShapeChanged,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Ttl,
    Unsupported,
    Upstream,
)
from tako_providers.videogames.consolevariations import listings
from tako_providers.videogames.consolevariations.collectible import collectible

_DAY = 86_400

MANIFEST = Manifest(
    id="consolevariations",
    title="ConsoleVariations",
    domains=(Domain.VIDEOGAMES,),
    homepage=listings.SITE,
    base_url=listings.SITE,
    hosts=frozenset(("consolevariations.com",)),
    content_hosts=frozenset(("cdn.consolevariations.com",)),
    attribution=Attribution("Data and pictures from the community of ConsoleVariations", listings.SITE),
    limits=(Limit(1, seconds=2.0),),  # none is told; a community pays for this site
    access=Access.BROWSER,
    timeout=60.0,
    ttl=Ttl(search=_DAY, detail=3 * _DAY, static=7 * _DAY),
    languages=("en",),
    image_policy="Show pictures from the site's own host; do not copy them.",
    notes="Without words, one platform is browsed. Cards do not tell the sort of hardware: it is known when it was "
    "asked for. Pages go on where a page links to the next.",
    kinds=(
        KindSpec(
            Item.CONSOLE,
            search=True,
            default=True,
            detail=True,
            filters=("platforms", "hardware_type"),
        ),
    ),
    terms=(TermSpec(Term.BRANDS), TermSpec(Term.PLATFORMS, parent=True, parent_required=True)),
    tier=Tier.SILVER,
    unseen="The pages that it was written after were made by hand, from what public scrapers read. One of them says "
    "that the site has moved its pages since.",
)

_HARDWARE = {Console.CONSOLE: 1, Console.CONTROLLER: 3, Console.ACCESSORY: 4}
"""The site's numbers of the sorts of hardware."""
_SLUG = re.compile(r"[\w-]+", re.ASCII)


class ConsoleVariations(Provider):
    """Collectibles of https://consolevariations.com."""

    manifest = MANIFEST

    async def search(self, ask: Search[VideoGamesSearchRequest], up: Upstream) -> Page:
        """Collectibles by words and sort of hardware; without words, those of one platform."""
        if ask.text or not ask.filters.platforms:
            return await _searched(ask, up)
        return await _browsed(ask, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One collectible. The source id is the slug of its page."""
        slug = _checked(ask.id.source_id)
        return collectible(slug, await up.html(f"/collectibles/{slug}"))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The brands, or the platforms of a brand."""
        if ask.terms == Term.BRANDS:
            found = listings.brands(await up.html("/browse/brand"))
        else:
            brand = _checked(ask.parent)
            found = listings.platforms(await up.html(f"/browse/brand/{brand}/platforms"), brand)
        return TermPage([term for term in found if ask.term_id in ("", term.id)])


async def _searched(ask: Search[VideoGamesSearchRequest], up: Upstream) -> Page:
    """The search of the whole database. It is not known how it would be held to a platform."""
    hardware = ask.filters.hardware_type
    if not ask.text and not hardware:
        raise Unsupported("ConsoleVariations searches by words, platform or sort of hardware only")
    asked = {"search": ask.text, "filters[type][0]": _HARDWARE.get(hardware), "page": _later(ask.page)}
    page = await up.html("/database", asked)
    if listings.is_missing(page):
        raise ShapeChanged("the search of ConsoleVariations is not where it was")
    return Page(
        listings.cards(page, hardware),
        listings.following(page, ask.page),
        ignored=("platforms",) if ask.filters.platforms else (),
    )


async def _browsed(ask: Search[VideoGamesSearchRequest], up: Upstream) -> Page:
    """The collectibles of one platform."""
    if len(ask.filters.platforms) > 1:
        raise Unsupported("ConsoleVariations browses one platform at a time")
    platform = _checked(ask.filters.platforms[0])
    page = await up.html(f"/database/{platform}", {"page": _later(ask.page)})
    if listings.is_missing(page):
        raise NotFound("ConsoleVariations knows no such platform")
    return Page(
        listings.cards(page, Console.TYPE_UNSPECIFIED),
        listings.following(page, ask.page),
        ignored=("hardware_type",) if ask.filters.hardware_type else (),
    )


def _checked(slug: str) -> str:
    """``slug`` as a part of an address."""
    if not _SLUG.fullmatch(slug):
        raise NotFound("ConsoleVariations has no page of this name")
    return slug


def _later(page: int) -> int | None:
    """The number of a page as it is asked for: the first has none."""
    return page if page > 1 else None
