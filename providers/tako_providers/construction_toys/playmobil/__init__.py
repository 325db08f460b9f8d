"""PLAYMOBIL: sets of its shop."""

from __future__ import annotations

import re

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.construction_toys_service_pb2 import (
    ConstructionToysRelatedRequest,
    ConstructionToysSearchRequest,
    ConstructionToysTrendingRequest,
)
from tako.v1.details_toys_pb2 import Instruction
from tako.v1.item_parts_pb2 import Link
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.playmobil import lists, parts, product
from tako_providers.construction_toys.playmobil.shops import LANGUAGES, SITE, Shop, shop_of
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
    Related,
    RelationSpec,
    Search,
    Tier,
    Trending,
    Ttl,
    Unsupported,
    Upstream,
    file_at,
    positive,
)

_SETS = (Item.BUILDING_SET,)
_SEARCH = "/resultat-de-la-recherche/"
"""The word is French in every shop's address that is known."""
_SIZE = 24
_FEEDS: dict[int, tuple[str, dict[str, str]]] = {
    Feed.RECENT: ("/nouveautes/", {"srule": "new-arrivals"}),
    Feed.CHART: (_SEARCH, {"cgid": "root", "srule": "Topseller"}),
}
_ID = re.compile(r"(?:([\w-]+)/)?(\d{4,6})")
"""A number, or the end of a page's address without `.html`: the words before the number do not matter to the shop."""
_MISSING = 404

MANIFEST = Manifest(
    id="playmobil",
    title="PLAYMOBIL",
    domains=(Domain.CONSTRUCTION_TOYS,),
    homepage=SITE,
    base_url=SITE,
    hosts=frozenset(("www.playmobil.com", "playmobil.a.bigcontent.io")),
    content_hosts=frozenset(("media.playmobil.com",)),
    attribution=Attribution("Data from PLAYMOBIL", SITE),
    limits=(Limit(1, seconds=3.0),),  # none is told; this is modest
    access=Access.BROWSER,
    direct=(parts.INSTRUCTIONS,),
    timeout=120.0,
    ttl=Ttl(search=86400, detail=86400),
    languages=LANGUAGES,
    language_mode=LanguageMode.SITE,
    image_policy="Pictures belong to geobra Brandst\u00e4tter; show them from media.playmobil.com, and copy none.",
    notes="Without a language or region the French shop answers. Numbers of four to six digits alone: promotional sets"
    " have letters. No totals. That later pages of a list, both feeds, and the shops beside the French one are asked"
    " rightly is not certain.",
    kinds=(
        KindSpec(Item.BUILDING_SET, search=True, default=True, detail=True, filters=("region",)),
        KindSpec(Item.INSTRUCTION),
    ),
    feeds=(
        FeedSpec(Feed.RECENT, _SETS, note="The shop's novelties, newest first.", filters=("region",)),
        FeedSpec(Feed.CHART, _SETS, note="Best sellers of the shop.", filters=("region",)),
    ),
    relations=(
        RelationSpec(
            Relation.INSTRUCTIONS,
            _SETS,
            (Item.INSTRUCTION,),
            note="One PDF at most, in no language.",
            filters=("region",),
        ),
    ),
    lookups=("set_number", "ean"),
    tier=Tier.SILVER,
    unseen="The shop answers only browsers; its pages are known from descriptions of them.",
)


class Playmobil(Provider):
    """Sets of PLAYMOBIL's shop, by its pages. They are not documented."""

    manifest = MANIFEST

    async def search(self, ask: Search[ConstructionToysSearchRequest], up: Upstream) -> Page:
        """Sets by words. A number may lead to the page of its set."""
        if not ask.text:
            raise Unsupported("PLAYMOBIL is searched by words")
        shop, start = shop_of(ask.language, ask.region), _start(ask.cursor)
        asked: Params = {"q": ask.text, **({"start": start, "sz": _SIZE} if start else {})}
        page = await up.html(f"{shop.path}{_SEARCH}", asked)
        if product.is_product(page):
            item = product.product(page, "", shop)
            return Page([item] if item else [])
        return _page(lists.listing(page, shop, first=not start), start)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One set, by the number on its box."""
        words, number = _identified(ask.id.source_id)
        found = await _set(number, shop_of(ask.language, ask.region), up, words or "product")
        if found is None:
            raise NotFound("PLAYMOBIL has no set with this number")
        if not found.building_set.instructions and (document := await up.optional(_instruction(number, up))):
            found.building_set.instructions.append(document)
        return found

    async def trending(self, ask: Trending[ConstructionToysTrendingRequest], up: Upstream) -> Page:
        """What is new in the shop, or what it sells most."""
        if ask.feed not in _FEEDS:
            raise Unsupported("PLAYMOBIL has no such feed")
        shop, start = shop_of(ask.language, ask.region), _start(ask.cursor)
        path, how = _FEEDS[ask.feed]
        page = await up.html(f"{shop.path}{path}", {**how, "start": start, "sz": _SIZE})
        found = lists.listing(page, shop, first=not start)
        if ask.feed == Feed.CHART:
            for place, item in found.found:
                item.context.position = start + place
        return _page(found, start)

    async def related(self, ask: Related[ConstructionToysRelatedRequest], up: Upstream) -> Page:
        """The building instruction of a set."""
        if ask.relation != Relation.INSTRUCTIONS:
            raise Unsupported("PLAYMOBIL has no such relation")
        _, number = _identified(ask.id.source_id)
        document = await _instruction(number, up)
        if document is None:
            return Page([], total=0)
        item = Item(kind=Item.INSTRUCTION, source_id=f"{number}/1", instruction=document)
        item.links.add(role=Link.DOCUMENT, url=document.url)
        return Page([item], total=1)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The set of a number or a barcode. Other sites write a set's first version with `-1`."""
        shop = shop_of(ask.language, ask.region)
        if ask.scheme == "ean":
            return await _of_barcode(ask.code, shop, up)
        number = ask.code.strip().removesuffix("-1")
        found = await _set(number, shop, up) if parts.NUMBER.fullmatch(number) else None
        return Page([found] if found else [])


async def _set(number: str, shop: Shop, up: Upstream, words: str = "product") -> Item | None:
    """The set of a number, None when the shop has none."""
    page = await up.html(f"{shop.path}/{words}/{number}.html", allow=(_MISSING,))
    return product.product(page, number, shop)


async def _of_barcode(code: str, shop: Shop, up: Upstream) -> Page:
    """The set whose page has this barcode: what a search for it finds may be another."""
    page = await up.html(f"{shop.path}{_SEARCH}", {"q": code})
    if product.is_product(page):
        found = product.product(page, "", shop)
    else:
        first = next((item for _, item in lists.listing(page, shop, first=True).found), None)
        found = await _set(first.source_id, shop, up) if first else None
    if found is None or all(one.scheme != "ean" or one.value != code for one in found.external_ids):
        return Page([])
    return Page([found])


async def _instruction(number: str, up: Upstream) -> Instruction | None:
    """The building instruction of a set, if there is one: only its address is asked for."""
    url = parts.instruction_address(number)
    answer = await file_at(url, up)
    if answer is None:
        return None
    return Instruction(url=url, format="PDF", size_bytes=positive(answer.headers.get("content-length")))


def _page(listing: lists.Listing, start: int) -> Page:
    """A page of a list. The shop tells no total: a full page may be followed by another."""
    following = str(start + _SIZE) if listing.shown >= _SIZE else ""
    return Page([item for _, item in listing.found], following)


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    if not cursor.isdecimal():
        raise InvalidField("page_token", "does not fit this provider")
    return int(cursor)


def _identified(source_id: str) -> tuple[str, str]:
    """The words of an id, where it has some, and its number."""
    match = _ID.fullmatch(source_id)
    if match is None:
        raise NotFound("PLAYMOBIL has no set with this number")
    return match[1] or "", match[2]
