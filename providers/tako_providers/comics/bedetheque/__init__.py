"""Bedetheque: French-language comics, read from the site's pages. https://www.bedetheque.com"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako.v1.choices_pb2 import Relation
from tako.v1.comics_service_pb2 import ComicsRelatedRequest, ComicsSearchRequest
from tako.v1.item_pb2 import Item
from tako_providers.comics.bedetheque import albums, hits, people, series
from tako_providers.comics.bedetheque.answers import is_absent, is_of_another, suggestions
from tako_providers.comics.bedetheque.parts import LANGUAGE, PROVIDER, SITE, album_id, person_id, series_id
from tako_providers.sdk import (
    Access,
    Attribution,
    Detail,
    Domain,
    InvalidField,
    Kind,
    KindSpec,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Search,
    ShapeChanged,
    Tier,
    Ttl,
    Upstream,
    plain,
    present,
)

if TYPE_CHECKING:
    from lxml import html

MANIFEST = Manifest(
    id=PROVIDER,
    title="Bedetheque (BDGest)",
    domains=(Domain.COMICS,),
    homepage=SITE,
    base_url=SITE,
    hosts=frozenset(("www.bedetheque.com",)),
    content_hosts=frozenset(("www.bedetheque.com", "www.bdgest.com")),
    attribution=Attribution("Data from Bedetheque (BDGest)", SITE),
    # Nothing is documented; who asks faster is banned for a while.
    limits=(Limit(1, 1.0),),
    access=Access.BROWSER,
    direct=(f"{SITE}/ajax/",),
    timeout=65.0,
    ttl=Ttl(search=3600, detail=86400),
    languages=(LANGUAGE,),
    image_policy="Covers and sample pages belong to the publishers.",
    notes="Texts are protected and for personal use: fetch little, and link back. A search is the site's search box: "
    "one page, by name; albums (`COMIC_ISSUE`) are those of the three series that fit best. `enrich` asks for the page "
    "of each of the first ten hits, by the browser. It has not been seen on live pages yet.",
    kinds=(
        KindSpec(Item.COMIC_SERIES, search=True, default=True, detail=True, filters=("enrich",), pages=False),
        KindSpec(Item.COMIC_ISSUE, search=True, detail=True, pages=False),
        KindSpec(Item.PERSON, search=True, default=True, detail=True, filters=("enrich",), pages=False),
    ),
    relations=(
        RelationSpec(
            Relation.ISSUES,
            (Item.COMIC_SERIES,),
            (Item.COMIC_ISSUE,),
            note="the first ten in full; `enrich` asks for the covers of all",
            filters=("enrich",),
        ),
        RelationSpec(Relation.WORKS, (Item.PERSON,), (Item.COMIC_SERIES,)),
        RelationSpec(Relation.RECOMMENDATIONS, (Item.COMIC_SERIES,), (Item.COMIC_SERIES,)),
        RelationSpec(Relation.RELATED_WORKS, (Item.COMIC_SERIES,), (Item.COMIC_SERIES,)),
    ),
    lookups=(PROVIDER, "isbn13", "isbn10"),
    tier=Tier.SILVER,
    unseen="The pages that it was written after were made by hand, from what several public scrapers read.",
)

_BOX = {
    "Accept": "application/json, text/javascript, */*; q=0.01",
    "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5",
    "X-Requested-With": "XMLHttpRequest",
    "Referer": SITE,
}
"""What the site's own pages send to its search box."""
_BOX_OF_KIND: dict[Kind | None, str] = {
    None: "tout",
    Item.COMIC_SERIES: "series",
    Item.COMIC_ISSUE: "series",
    Item.PERSON: "auteurs",
}
_SERIES_LOOKED_AT = 3
_ENRICHED = 10
_CODE = re.compile(r"([SA]?)([0-9]{1,12})")
_KINDS_OF_PREFIX: dict[str, tuple[Kind, ...]] = {
    "": (Item.COMIC_SERIES, Item.COMIC_ISSUE, Item.PERSON),
    "S": (Item.COMIC_SERIES,),
    "A": (Item.PERSON,),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the pages of a kind are, and how they are read."""

    path: str
    number_in: Callable[[str], str]
    read: Callable[[html.HtmlElement, str], Item]


_PLACES: dict[Kind, _Place] = {
    Item.COMIC_SERIES: _Place("/serie/index/s/{}", series_id, series.series),
    Item.COMIC_ISSUE: _Place("/BD--{}.html", album_id, albums.album),
    Item.PERSON: _Place("/auteur/index/a/{}", person_id, people.author),
}


class Bedetheque(Provider):
    """Series, albums and authors of Bedetheque."""

    manifest = MANIFEST

    async def search(self, ask: Search[ComicsSearchRequest], up: Upstream) -> Page:
        """What the search box finds by name; albums by way of their series."""
        if not ask.text:
            raise InvalidField("query", "is needed")
        box = _BOX_OF_KIND[ask.kind]
        entries = suggestions(await up.fetch(f"/ajax/{box}", {"term": ask.text}, headers=_BOX))
        if ask.kind == Item.COMIC_ISSUE:
            return Page(await self._albums(hits.hits(entries, Item.COMIC_SERIES), ask.text, up))
        found = hits.hits(entries, ask.kind)
        if not ask.enrich:
            return Page(found)
        known = await asyncio.gather(
            *(up.optional(self._thing(one.kind, one.source_id, up)) for one in found[:_ENRICHED])
        )
        return Page([*(more or hit for hit, more in zip(found, known, strict=False)), *found[_ENRICHED:]])

    async def _albums(self, found: list[Item], text: str, up: Upstream) -> list[Item]:
        """The albums of the series that fit best. The first one counts; the others are more of the same."""
        pages = [self._gallery(hits.gallery_path(one), one.source_id, up) for one in found[:_SERIES_LOOKED_AT]]
        told = await asyncio.gather(*pages[:1], *map(up.optional, pages[1:]))
        return hits.fitting((album for some in told for album in some or ()), text)

    async def _gallery(self, path: str, number: str, up: Upstream) -> list[Item]:
        page = await up.html(path, allow=(404,))
        return [] if is_absent(page) else series.gallery(page, number)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One thing. The kind tells where it is: numbers are counted apart."""
        item = await self._thing(ask.id.kind, ask.id.source_id, up)
        if item is None:
            raise NotFound("Bedetheque has nothing with this id")
        return item

    async def _thing(self, kind: Kind, number: str, up: Upstream) -> Item | None:
        """What has this number, None where nothing has."""
        page = await self._page(kind, number, up)
        if page is None:
            return None
        item = _PLACES[kind].read(page, number)
        if kind == Item.COMIC_ISSUE and not item.description:
            summary = await up.optional(up.fetch(f"/ajax/resume/album/{number}", headers=_BOX))
            item.description = _summary(summary.body) if summary is not None else ""
        return item

    async def _page(self, kind: Kind, number: str, up: Upstream) -> html.HtmlElement | None:
        """The page of a thing, None where there is none."""
        if not (number.isascii() and number.isdecimal()) or kind not in _PLACES:
            return None
        place = _PLACES[kind]
        page = await up.html(place.path.format(number), allow=(404,))
        return None if is_absent(page) or is_of_another(page, number, place.number_in) else page

    async def related(self, ask: Related[ComicsRelatedRequest], up: Upstream) -> Page:
        """The albums of a series, the series of an author, and what the page of a series names beside it."""
        page = await self._page(ask.id.kind, ask.id.source_id, up)
        if page is None:
            raise NotFound("Bedetheque has nothing with this id")
        if ask.relation == Relation.WORKS:
            return Page(people.works(page))
        series.check(page)
        if ask.relation == Relation.RECOMMENDATIONS:
            return Page(series.recommended(page))
        if ask.relation == Relation.RELATED_WORKS:
            return Page(series.related(page))
        return Page(await self._issues(page, ask.id.source_id, up, enrich=ask.enrich))

    async def _issues(self, page: html.HtmlElement, number: str, up: Upstream, *, enrich: bool) -> list[Item]:
        """The albums that the page names, and those of the gallery where covers are wanted or the page names none."""
        named = series.albums_of(page, number)
        address = series.gallery_address(page, number)
        if named and (not enrich or not address):
            return named
        if not named and not address:
            if series.says_albums(page):
                raise ShapeChanged("Bedetheque counts albums of a series and names none")
            return []
        asked = self._gallery(address, number, up)
        shown = await up.optional(asked) if named else await asked
        return series.with_gallery(named, shown or [])

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """What has a number (`59` one of each kind, `S59` the series, `A59` the author), or the albums of an ISBN."""
        if ask.scheme != PROVIDER:
            return Page(await self._of_isbn(ask.code, up))
        code = _CODE.fullmatch(ask.code)
        if code is None:
            return Page([])
        kinds = [kind for kind in _KINDS_OF_PREFIX[code[1]] if not ask.kinds or kind in ask.kinds]
        return Page(present(await asyncio.gather(*(self._thing(kind, code[2], up) for kind in kinds))))

    async def _of_isbn(self, code: str, up: Upstream) -> list[Item]:
        """The search for albums wants what its form holds; the browser keeps the cookie that belongs to it."""
        token = hits.token(await up.html("/search/albums"))
        page = await up.html("/search/albums", {"RechISBN": code, "csrf_token_bel": token})
        return hits.found_albums(page)


def _summary(body: bytes) -> str:
    """The text that the site loads behind a page; a whole page in its place is none."""
    text = body.decode("utf-8", "replace").strip()
    return "" if text == "riendutout" or "<html" in text[:500].lower() else plain(text)
