"""Deezer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako.v1.music_service_pb2 import MusicRelatedRequest, MusicSearchRequest, MusicTrendingRequest
from tako_providers.music.deezer import entries, syntax
from tako_providers.music.deezer.answers import (
    INVALID_QUERY,
    NO_DATA,
    WRONG_PARAMETER,
    Mapper,
    data,
    error_code,
    page,
    place,
    sound,
)
from tako_providers.music.deezer.entries import PROVIDER
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    Kind,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Search,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Trending,
    Unsupported,
    Upstream,
)

_PREVIEW_HOSTS = frozenset(f"cdns-preview-{digit}.dzcdn.net" for digit in "0123456789abcdef")

MANIFEST = Manifest(
    id=PROVIDER,
    title="Deezer",
    domains=(Domain.MUSIC,),
    homepage="https://www.deezer.com",
    base_url="https://api.deezer.com",
    hosts=frozenset(("api.deezer.com",)),
    content_hosts=frozenset(
        (
            "www.deezer.com",
            "cdn-images.dzcdn.net",
            "cdns-images.dzcdn.net",
            "e-cdns-images.dzcdn.net",
            "cdnt-preview.dzcdn.net",
            *_PREVIEW_HOSTS,
        )
    ),
    attribution=Attribution("Data from Deezer", "https://www.deezer.com", logo_required=True),
    terms_url="https://developers.deezer.com/termsofuse",
    limits=(Limit(50, seconds=5.0),),  # https://developers.deezer.com/api: 50 requests in 5 seconds for one address
    languages=("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "ko"),
    language_mode=LanguageMode.NAMES,
    notes="Languages change the names of genres; titles are as published. Charts and new releases are those of the "
    "country that this server is in. Addresses of previews end soon: play them, do not keep them.",
    kinds=tuple(
        KindSpec(
            kind,
            search=True,
            default=kind == Item.ALBUM,
            detail=True,
            filters=syntax.FILTERS[kind],
            orders=tuple(syntax.ORDERS[kind]),
        )
        for kind in (Item.ALBUM, Item.ARTIST, Item.TRACK)
    ),
    feeds=(
        FeedSpec(
            Feed.CHART,
            (Item.ALBUM, Item.TRACK, Item.ARTIST),
            note="In the country that this server is in, of all genres or of one.",
            filters=("genres",),
        ),
        FeedSpec(
            Feed.RECENT,
            (Item.ALBUM,),
            note="What Deezer's editors show as new, of all genres or of one.",
            filters=("genres",),
        ),
    ),
    relations=(
        RelationSpec(Relation.TRACKS, (Item.ALBUM,), (Item.TRACK,)),
        RelationSpec(Relation.TOP_TRACKS, (Item.ARTIST,), (Item.TRACK,)),
        RelationSpec(Relation.ALBUMS, (Item.ARTIST,), (Item.ALBUM,)),
        RelationSpec(Relation.SIMILAR, (Item.ARTIST,), (Item.ARTIST,)),
    ),
    terms=(TermSpec(Term.GENRES),),
    lookups=("upc", "ean", "isrc", PROVIDER),
    tier=Tier.GOLD,
)

_ALL_GENRES = "0"
_NUMBER = re.compile(r"-?[0-9]+")
_SEARCHES: dict[Kind, tuple[str, Mapper]] = {
    Item.ALBUM: ("/search/album", entries.album),
    Item.ARTIST: ("/search/artist", entries.artist),
    Item.TRACK: ("/search", entries.track),
}
_DETAILS: dict[Kind, tuple[str, Mapper]] = {
    Item.ALBUM: ("/album", entries.album_detail),
    Item.ARTIST: ("/artist", entries.artist),
    Item.TRACK: ("/track", entries.track_detail),
}
_CHARTS: dict[Kind, tuple[str, Mapper]] = {
    Item.ALBUM: ("albums", entries.album),
    Item.ARTIST: ("artists", entries.artist),
    Item.TRACK: ("tracks", entries.track),
}
_RELATIONS: dict[int, tuple[str, str, Mapper]] = {
    Relation.TRACKS: ("/album", "tracks", entries.track),
    Relation.TOP_TRACKS: ("/artist", "top", entries.track),
    Relation.ALBUMS: ("/artist", "albums", entries.album),
    Relation.SIMILAR: ("/artist", "related", entries.artist),
}


class Deezer(Provider):
    """Albums, artists, tracks and charts of Deezer. https://developers.deezer.com/api"""

    manifest = MANIFEST

    async def search(self, ask: Search[MusicSearchRequest], up: Upstream) -> Page:
        """Albums, artists or tracks by words and by fields."""
        kind = ask.kind or Item.ALBUM
        query = syntax.query(ask.text, ask.filters, kind)
        if not query:
            raise InvalidField("query", "must not be empty: Deezer has none of the filters that are set for this kind")
        path, mapper = _SEARCHES[kind]
        params = {
            "q": query,
            "strict": "on" if ask.filters.exact else None,
            "order": syntax.order(ask, kind),
            **place(ask.cursor),
        }
        found = await up.json(path, params)
        code = error_code(found)
        if code == INVALID_QUERY:
            raise InvalidField("query", "is no search that Deezer understands")
        if code == NO_DATA:
            return Page([])
        ignored = ("descending",) if ask.order_by == Order.RELEVANCE and ask.descending is not None else ()
        return page(sound(found), mapper, ask.cursor, ignored)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """An album with its tracks, an artist, or a track."""
        if ask.id.kind not in _DETAILS:
            raise Unsupported("Deezer has details of albums, artists and tracks only")
        path, mapper = _DETAILS[ask.id.kind]
        found = await up.json(f"{path}/{_number(ask.id.source_id)}", headers=_speaking(ask.language))
        return mapper(sound(found))

    async def trending(self, ask: Trending[MusicTrendingRequest], up: Upstream) -> Page:
        """A chart of albums, tracks or artists, or the new albums; of one genre or of all."""
        genre = _genre(ask.filters.genres)
        chart, mapper = _CHARTS[ask.kind or Item.ALBUM]
        path = f"/chart/{genre}/{chart}" if ask.feed == Feed.CHART else f"/editorial/{genre}/releases"
        found = await up.json(path, place(ask.cursor))
        if error_code(found) in (WRONG_PARAMETER, NO_DATA) and genre != _ALL_GENRES:
            raise InvalidField("genres", "is no genre of Deezer that has this feed; Terms lists the genres")
        listed = page(sound(found), mapper, ask.cursor)
        # What a chart calls its total is the size of the page.
        return replace(listed, total=None) if ask.feed == Feed.CHART else listed

    async def related(self, ask: Related[MusicRelatedRequest], up: Upstream) -> Page:
        """The tracks of an album; the best-known tracks, the albums and the like of an artist."""
        path, relation, mapper = _RELATIONS[ask.relation]
        found = await up.json(f"{path}/{_number(ask.id.source_id)}/{relation}", place(ask.cursor))
        return page(sound(found), mapper, ask.cursor)

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The genres, or one of them."""
        if not ask.term_id:
            found = sound(await up.json("/genre", headers=_speaking(ask.language)))
            return TermPage([entries.genre(entry) for entry in data(found)])
        found = await up.json(f"/genre/{_number(ask.term_id)}", headers=_speaking(ask.language))
        if error_code(found) == WRONG_PARAMETER:
            raise NotFound("Deezer has no such genre")
        return TermPage([entries.genre(sound(found))])

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The album of a barcode, the track of an ISRC, or all that have the number: each kind counts for itself."""
        if ask.scheme == PROVIDER:
            wanted = [spec for kind, spec in _DETAILS.items() if not ask.kinds or kind in ask.kinds]
            pages = [
                await _looked_up(f"{path}/{ask.code}", mapper, ask, up)
                for path, mapper in wanted
                if _NUMBER.fullmatch(ask.code)
            ]
            return Page([item for page in pages for item in page.items])
        if ask.scheme == "isrc":
            return await _looked_up(f"/track/isrc:{ask.code}", entries.track_detail, ask, up)
        # Deezer knows most barcodes without their leading zeros, some with them.
        found = await _looked_up(f"/album/upc:{ask.code}", entries.album_detail, ask, up)
        shorter = ask.code.lstrip("0")
        if found.items or shorter == ask.code:
            return found
        return await _looked_up(f"/album/upc:{shorter}", entries.album_detail, ask, up)


async def _looked_up(path: str, mapper: Mapper, ask: Lookup, up: Upstream) -> Page:
    found = await up.json(path, headers=_speaking(ask.language))
    return Page([] if error_code(found) == NO_DATA else [mapper(sound(found))])


def _number(source_id: str) -> str:
    """A number of Deezer; those of what users bring along are negative. Any other word asks for something else."""
    if not _NUMBER.fullmatch(source_id):
        raise NotFound("Deezer has no item with this id")
    return source_id


def _genre(genres: Sequence[str]) -> str:
    if not genres:
        return _ALL_GENRES
    if len(genres) > 1 or not _NUMBER.fullmatch(genres[0]):
        raise InvalidField("genres", "must be one id of a genre, as Terms gives it")
    return genres[0]


def _speaking(language: str) -> Mapping[str, str] | None:
    """The header that names of genres follow."""
    return {"Accept-Language": language} if language else None
