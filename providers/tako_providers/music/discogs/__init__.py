"""Discogs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tako.v1.choices_pb2 import Relation
from tako.v1.item_pb2 import Item
from tako.v1.music_service_pb2 import MusicRelatedRequest, MusicSearchRequest
from tako_providers.music.discogs import market, people, questions, releases
from tako_providers.music.discogs.parts import PROVIDER
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    ItemId,
    Json,
    Kind,
    KindSpec,
    Limit,
    Lookup,
    Manifest,
    NotConfigured,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Request,
    Search,
    Secret,
    Tier,
    Ttl,
    Unsupported,
    Upstream,
)

_VARIABLE = "DISCOGS_TOKEN"
_SIX_HOURS = 6 * 3600
_FILTERS = tuple(questions.OF_RELEASES)

MANIFEST = Manifest(
    id=PROVIDER,
    title="Discogs",
    domains=(Domain.MUSIC,),
    homepage="https://www.discogs.com",
    base_url="https://api.discogs.com",
    hosts=frozenset(("api.discogs.com",)),
    content_hosts=frozenset(
        (
            "www.discogs.com",
            "i.discogs.com",
            "img.discogs.com",
            "api-img.discogs.com",
            "st.discogs.com",
            "s.discogs.com",
        )
    ),
    attribution=Attribution(
        # From the second sentence on it is the notice that the terms ask for.
        "Data provided by Discogs. This application uses Discogs' API but is not affiliated with, sponsored or "
        "endorsed by Discogs. 'Discogs' is a trademark of Zink Media, LLC.",
        "https://www.discogs.com",
    ),
    terms_url="https://support.discogs.com/hc/en-us/articles/360009334593-API-Terms-of-Use",
    # https://www.discogs.com/developers#page:home,header:home-rate-limiting
    limits=(Limit(25, seconds=60.0),),
    limits_with={_VARIABLE: (Limit(60, seconds=60.0),)},
    secrets=(
        Secret(
            _VARIABLE,
            url="https://www.discogs.com/settings/developers",
            aliases=("DISCOG_API_KEY",),
            required=False,
            placeholder="demo",
        ),
    ),
    ttl=Ttl(static=_SIX_HOURS, feed=_SIX_HOURS),
    max_stale=_SIX_HOURS,  # the terms: pictures and what is of the marketplace may not get older
    # Texts without markup, in which links have names instead of numbers.
    headers={"Accept": "application/vnd.discogs.v2.plaintext+json"},
    image_policy="Addresses of pictures come only with a token, and hold for a while.",
    notes="Without a token nothing can be searched or looked up by barcode, and there are no pictures.",
    kinds=(
        KindSpec(Item.RELEASE, search=True, default=True, detail=True, filters=_FILTERS),
        KindSpec(Item.ALBUM, search=True, detail=True, filters=_FILTERS),
        KindSpec(Item.ARTIST, search=True, detail=True, filters=(questions.OF_NAMES[Item.ARTIST],)),
        KindSpec(Item.LABEL, search=True, detail=True, filters=(questions.OF_NAMES[Item.LABEL],)),
        KindSpec(Item.OFFER),
    ),
    relations=(
        RelationSpec(Relation.VERSIONS, (Item.ALBUM,), (Item.RELEASE,), filters=("format", "label", "country", "year")),
        RelationSpec(
            Relation.ALBUMS,
            (Item.ARTIST,),
            (Item.ALBUM, Item.RELEASE),
            note="Releases that are versions of an album come as that album.",
        ),
        RelationSpec(Relation.ALBUMS, (Item.LABEL,), (Item.RELEASE,)),
        RelationSpec(
            Relation.PRICES,
            (Item.RELEASE,),
            (Item.OFFER,),
            note="One offer for all copies on Discogs' marketplace, in the currency of the region, else in US dollars.",
            filters=("region",),
            prices=True,
        ),
    ),
    lookups=("ean", "upc", "catalog_number", "discogs", "discogs_master"),
    tier=Tier.GOLD,
    lacks={"languages": "texts are in the language of whoever wrote them", "feeds": "it lists nothing by time or fame"},
)

_RECORDS: Mapping[Kind, tuple[str, Callable[[Json], Item]]] = {
    Item.RELEASE: ("releases", releases.release),
    Item.ALBUM: ("masters", releases.master),
    Item.ARTIST: ("artists", people.artist),
    Item.LABEL: ("labels", people.label),
}


class Discogs(Provider):
    """Releases, masters, artists, labels and prices. https://www.discogs.com/developers"""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Send the token, where there is one. Discogs refuses a search without, so it is not asked then."""
        if token := secrets.get(_VARIABLE):
            return request.with_header("Authorization", f"Discogs token={token}")
        if request.url.endswith("/database/search"):
            raise NotConfigured(f"Discogs can be searched only with {_VARIABLE} set", variables=(_VARIABLE,))
        return request

    async def search(self, ask: Search[MusicSearchRequest], up: Upstream) -> Page:
        """Releases, masters, artists or labels, by words and by what the request names."""
        kind = ask.kind or Item.RELEASE
        params = questions.fields(ask.text, kind, ask.filters)
        if not any(params.values()):
            raise Unsupported(f"Discogs finds a {questions.TYPES[kind]} by its name only")
        return await questions.searched({**params, "type": questions.TYPES[kind]}, ask.page, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A release with the price of its cheapest copy, a master, an artist or a label."""
        if ask.id.kind not in _RECORDS:
            raise Unsupported("Discogs has no details of this kind")
        return (await _records(ask.id.kind, _number(ask.id), ask.region, up))[0]

    async def related(self, ask: Related[MusicRelatedRequest], up: Upstream) -> Page:
        """The pressings of a master, the releases of an artist or a label, the price of a release."""
        number = _number(ask.id)
        if ask.relation == Relation.PRICES:
            params = {"curr_abbr": questions.currency(ask.region)}
            return Page(market.offers(number, await up.json(f"/marketplace/stats/{number}", params)))
        if ask.relation == Relation.VERSIONS:
            narrowed = {
                "format": ask.filters.format,
                "label": ask.filters.label,
                "country": ask.filters.country,
                "released": ask.filters.year if ask.filters.HasField("year") else None,
            }
            return await questions.listed(f"/masters/{number}/versions", releases.version, narrowed, ask, up)
        if ask.relation != Relation.ALBUMS or ask.id.kind not in (Item.ARTIST, Item.LABEL):
            raise Unsupported("Discogs has no such relation")
        path, _ = _RECORDS[ask.id.kind]
        page = await questions.listed(f"/{path}/{number}/releases", releases.listed, {}, ask, up)
        if ask.kind is None or ask.id.kind == Item.LABEL:
            return page
        # Discogs gives both kinds in one list, and does not say how many there are of each.
        return Page([item for item in page.items if item.kind == ask.kind], page.next, ignored=page.ignored)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The releases of a barcode or a catalogue number, or what has Discogs' own number."""
        if ask.scheme == "catalog_number":
            return await questions.with_catalog_number(ask.code, up)
        if ask.scheme in ("ean", "upc"):
            return await questions.searched({"barcode": ask.code, "type": "release"}, 1, up)
        kind = Item.RELEASE if ask.scheme == "discogs" else Item.ALBUM
        return Page(await _records(kind, ask.code, ask.region, up, allow=(404,)) if ask.code.isdecimal() else [])


async def _records(kind: Kind, number: str, region: str, up: Upstream, allow: tuple[int, ...] = ()) -> list[Item]:
    """The record with this number: none where ``allow`` has 404 and Discogs says that there is none."""
    path, mapped = _RECORDS[kind]
    money = questions.currency(region)
    # Always said: left out, it is the currency of whoever owns the token.
    entry = await up.json(f"/{path}/{number}", {"curr_abbr": money} if kind == Item.RELEASE else None, allow=allow)
    if isinstance(entry, dict) and entry.keys() == {"message"}:
        return []
    item = mapped(entry)
    if kind == Item.RELEASE:
        item.prices.extend(market.price(entry, money))
    return [item]


def _number(item_id: ItemId) -> str:
    """The number in an id. Anything else in its place would ask for something else."""
    if not (item_id.source_id.isascii() and item_id.source_id.isdecimal()):
        raise NotFound("Discogs has nothing with this id")
    return item_id.source_id
