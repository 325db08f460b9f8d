"""Paninimania: sticker albums, in a base that collectors write. By its pages; there is no API."""

from __future__ import annotations

import re

from tako.v1.choices_pb2 import Feed
from tako.v1.item_pb2 import Item
from tako.v1.sticker_albums_service_pb2 import StickerAlbumsSearchRequest, StickerAlbumsTrendingRequest
from tako_providers.sdk import (
    Access,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    KindSpec,
    LanguageMode,
    Limit,
    Manifest,
    NotFound,
    Page,
    Params,
    Provider,
    Search,
    Tier,
    Trending,
    Ttl,
    Upstream,
    without_accents,
)
from tako_providers.sticker_albums.paninimania import album, listings

_DAY = 86_400

MANIFEST = Manifest(
    id="paninimania",
    title="Paninimania",
    domains=(Domain.STICKER_ALBUMS,),
    homepage=listings.SITE,
    base_url=listings.SITE,
    hosts=frozenset(("www.paninimania.com",)),
    attribution=Attribution("Texts and scans from the collectors of Paninimania", listings.SITE),
    limits=(Limit(1, seconds=3.0),),  # none is told; this is modest
    access=Access.BROWSER,
    timeout=60.0,
    ttl=Ttl(search=_DAY, detail=_DAY),
    languages=("fr",),
    language_mode=LanguageMode.NONE,
    notes="Searches by Latin letters and digits only; accents make no difference.",
    kinds=(KindSpec(Item.STICKER_ALBUM, search=True, default=True, detail=True),),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            (Item.STICKER_ALBUM,),
            note="All albums, in the site's own order: that the newest come first is likely, not known.",
        ),
    ),
    tier=Tier.SILVER,
    unseen="The pages that it was written after were made by hand, from what public scrapers read.",
)

_BASE = {"pag": "cid508", "idf": "15"}
"""The albums, among the site's bases."""
_NO_WORD = re.compile(r"[^a-z0-9]+")


class Paninimania(Provider):
    """Albums of https://www.paninimania.com."""

    manifest = MANIFEST

    async def search(self, ask: Search[StickerAlbumsSearchRequest], up: Upstream) -> Page:
        """Albums by words."""
        words = _words(ask.text)
        if not words:
            raise InvalidField("query", "must have a Latin letter or a digit: Paninimania searches by nothing else")
        return await _listed({**_BASE, "idd": "all", "ids": f"111_{words}"}, ask.page, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One album."""
        number = ask.id.source_id
        if not (number.isascii() and number.isdecimal()):
            raise NotFound("Paninimania knows no such album: its ids are numbers")
        return album.album(number, await up.html("", {**_BASE, "pag": "cid508_alb", "idm": number}))

    async def trending(self, ask: Trending[StickerAlbumsTrendingRequest], up: Upstream) -> Page:
        """All albums."""
        return await _listed({**_BASE, "idd": "all"}, ask.page, up)


async def _listed(asked: Params, number: int, up: Upstream) -> Page:
    """One page of a list; the first has no number."""
    page = await up.html("", {**asked, "npa": number if number > 1 else None})
    return Page(listings.albums(page), listings.following(page, number))


def _words(text: str) -> str:
    """``text`` as the site's own search box sends it: small letters without accents, words joined by ``_``."""
    return _NO_WORD.sub("_", without_accents(text.casefold())).strip("_")
