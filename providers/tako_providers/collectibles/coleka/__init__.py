"""Coleka: collectibles of all sorts, in a catalogue that its members write. By its pages; there is no API."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed
from tako.v1.collectibles_service_pb2 import CollectiblesSearchRequest, CollectiblesTrendingRequest
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.coleka import details, listings
from tako_providers.collectibles.coleka.parts import SITE, Place, place_of
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
    Lookup,
    Manifest,
    NotFound,
    Page,
    Params,
    Provider,
    Search,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Trending,
    Ttl,
    Upstream,
    site_tag,
)

_DAY = 86_400
_LANGUAGES = ("fr", "en")

MANIFEST = Manifest(
    id="coleka",
    title="Coleka",
    domains=(Domain.COLLECTIBLES,),
    homepage=SITE,
    base_url=SITE,
    hosts=frozenset(("www.coleka.com",)),
    content_hosts=frozenset(("thumbs.coleka.com",)),
    attribution=Attribution("Catalogue of Coleka and its members", SITE),
    limits=(Limit(1, seconds=3.0),),  # none is told; this is modest
    access=Access.BROWSER,
    timeout=60.0,
    ttl=Ttl(search=_DAY, detail=_DAY, static=7 * _DAY),
    languages=_LANGUAGES,
    language_mode=LanguageMode.SITE,
    notes="The site may ask for a person to press a button. Tako does not press it, and says that it is blocked. Ids "
    "hold the path of an item, whose words may differ between the languages of the site. A barcode is searched "
    "like words, and what is found counts only when its own page has the code.",
    kinds=(KindSpec(Item.COLLECTIBLE, search=True, default=True, detail=True, filters=("category",)),),
    feeds=(FeedSpec(Feed.RECENT, (Item.COLLECTIBLE,), note="Added last to the catalogue, not newest made."),),
    terms=(TermSpec(Term.CATEGORIES),),
    lookups=("ean",),
    tier=Tier.SILVER,
    unseen="The pages that it was written after were made by hand, from what several public scrapers read.",
)

_SIZE = 24
_LOOKED_AT = 3
"""Hits whose pages are read for a barcode: each takes seconds."""
_EAN = 13
_CATEGORIES = {
    "lego": ("LEGO", "LEGO"),
    "funko": ("Funko", "Funko"),
    "figurines": ("Figurines", "Figures"),
    "playmobil": ("Playmobil", "Playmobil"),
    "jeux-societe": ("Jeux de société", "Board games"),
    "cartes-collectionner": ("Cartes à collectionner", "Trading cards"),
    "peluches": ("Peluches", "Plush toys"),
    "comics": ("Comics", "Comics"),
}
"""What the search takes as ``cat``, with names in French and English. No page lists them."""


class Coleka(Provider):
    """The catalogue of https://www.coleka.com."""

    manifest = MANIFEST

    async def search(self, ask: Search[CollectiblesSearchRequest], up: Upstream) -> Page:
        """Items by words and category."""
        if ask.cursor and not ask.cursor.isdecimal():
            raise InvalidField("page_token", "does not fit this provider")
        language = _language(ask.language)
        asked: Params = {"q": ask.text, "cat": ask.filters.category, "nbpp": _SIZE, "p": ask.cursor}
        page = await up.html(f"/{language}/search", asked)
        return Page(listings.found(page, language), listings.following(page, ask.cursor))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One item. The source id is the path of its page, without the language."""
        language = _language(ask.language)
        place = place_of(f"/{language}/{ask.id.source_id}")
        if place is None:
            raise NotFound("Coleka has no such item: its id is not the path of one")
        return await _item(place, language, up)

    async def trending(self, ask: Trending[CollectiblesTrendingRequest], up: Upstream) -> Page:
        """What was added last, from the home page."""
        language = _language(ask.language)
        return Page(listings.latest(await up.html(f"/{language}"), language))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The categories."""
        english = _language(ask.language) == "en"
        return TermPage(
            [
                Term(id=slug, slug=slug, name=names[english])
                for slug, names in _CATEGORIES.items()
                if ask.term_id in ("", slug)
            ]
        )

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The item that has the barcode. The search may find others too, so their pages are read."""
        language = _language(ask.language)
        page = await up.html(f"/{language}/search", {"q": ask.code, "nbpp": _SIZE})
        places = [place_of(f"/{language}/{hit.source_id}") for hit in listings.found(page, language)[:_LOOKED_AT]]
        items = [await _item(place, language, up) for place in places if place is not None]
        return Page([item for item in items if _has(item, ask.code)])


async def _item(place: Place, language: str, up: Upstream) -> Item:
    return details.item(place, await up.html(f"/{language}/{place.path}"), language)


def _language(asked: str) -> str:
    """The language of the site: French unless it has the one that is asked for."""
    return site_tag(_LANGUAGES, asked)


def _has(item: Item, code: str) -> bool:
    """Whether it has the barcode. One of 12 digits is the same with a 0 before it."""
    barcodes = (one.value for one in item.external_ids if one.scheme in ("ean", "upc"))
    return any(barcode.zfill(_EAN) == code.zfill(_EAN) for barcode in barcodes)
