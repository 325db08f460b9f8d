"""iTunes: the search service of Apple's stores, and the charts of the iTunes Store and of Apple Music."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako.v1.music_service_pb2 import MusicRelatedRequest, MusicSearchRequest, MusicTrendingRequest
from tako_providers.music.itunes import charts, entries
from tako_providers.music.itunes.parts import PROVIDER
from tako_providers.music.itunes.stores import COUNTRIES, DEFAULT
from tako_providers.sdk import (
    FIRST,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    Json,
    Kind,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Params,
    Provider,
    Refused,
    Related,
    RelationSpec,
    Search,
    ShapeChanged,
    Tier,
    Trending,
    Ttl,
    Unsupported,
    Upstream,
    one_line,
    page_number,
    present,
    primary,
    text_in,
)

MANIFEST = Manifest(
    id=PROVIDER,
    title="iTunes",
    domains=(Domain.MUSIC,),
    homepage="https://music.apple.com",
    base_url="https://itunes.apple.com",
    # The charts of Apple Music have moved once, and the old address leads to the new one.
    hosts=frozenset(("itunes.apple.com", "rss.applemarketingtools.com", "rss.marketingtools.apple.com")),
    content_hosts=frozenset(
        (
            "music.apple.com",
            "audio-ssl.itunes.apple.com",
            "video-ssl.itunes.apple.com",
            *(f"is{number}.mzstatic.com" for number in range(1, 6)),
            *(f"is{number}-ssl.mzstatic.com" for number in range(1, 6)),
        )
    ),
    attribution=Attribution("Provided courtesy of iTunes", "https://music.apple.com"),
    terms_url="https://performance-partners.apple.com/search-api",
    limits=(Limit(20, seconds=60.0),),  # "approximately 20 calls per minute", says the page above
    limit_statuses=frozenset((403,)),  # what calls beyond that get; there is no key that it could speak of
    ttl=Ttl(search=86400, detail=86400),  # what the answers' Cache-Control says
    languages=("en", "ja"),
    language_mode=LanguageMode.SITE,
    image_policy="Covers and previews may be shown only to promote the store, next to a link to it.",
    notes="`region` chooses the store: prices, what is sold and the language of genres are its own. Without one it is "
    "the store of the US. A search has one attribute: words and filters together are searched for everywhere. Previews "
    "must be streamed.",
    kinds=(
        KindSpec(Item.ALBUM, search=True, default=True, detail=True, filters=("artist", "album", "region")),
        KindSpec(Item.ARTIST, search=True, default=True, detail=True, filters=("artist", "region")),
        KindSpec(Item.TRACK, search=True, default=True, detail=True, filters=("artist", "album", "track", "region")),
    ),
    feeds=(
        FeedSpec(
            Feed.CHART,
            (Item.ALBUM, Item.TRACK),
            note="What the iTunes Store of the region sells most. Genres by Apple's numbers.",
            filters=("region", "genres"),
        ),
        FeedSpec(
            Feed.POPULAR,
            (Item.ALBUM, Item.TRACK),
            note="What is played most on Apple Music in the region.",
            filters=("region",),
        ),
    ),
    relations=(
        RelationSpec(
            Relation.TRACKS, (Item.ALBUM,), (Item.TRACK,), note="Those that the store sells.", filters=("region",)
        ),
        RelationSpec(
            Relation.ALBUMS,
            (Item.ARTIST,),
            (Item.ALBUM,),
            note="200 at most; among those of film people there are albums of others.",
            filters=("region",),
        ),
    ),
    lookups=("upc", "ean", "amg", PROVIDER),
    tier=Tier.GOLD,
)

_PAGE = 100
"""Items to a page of a search; Apple gives 200 at most, and counts calls."""
_MOST = 200
"""The longest list that a look-up gives. It has no pages."""
_CHART = 100
"""The longest chart."""
_ENTITIES: dict[Kind | None, str] = {
    None: "musicArtist,album,musicTrack",
    Item.ALBUM: "album",
    Item.ARTIST: "musicArtist",
    Item.TRACK: "song",
}
_LANGUAGES = {"en": "en_us", "ja": "ja_jp"}
"""The two languages that a search can be asked in."""
_ATTRIBUTES = {"artist": "artistTerm", "album": "albumTerm", "track": "songTerm"}
_NARROWED: dict[str, Kind] = {"album": Item.ALBUM, "track": Item.TRACK}
"""What a filter says about the kind that is wanted, where no kind is named."""
_STORE_CHARTS: dict[Kind, str] = {Item.ALBUM: "topalbums", Item.TRACK: "topsongs"}
_MUSIC_CHARTS: dict[Kind, str] = {Item.ALBUM: "albums", Item.TRACK: "songs"}
_MUSIC_CHARTS_URL = "https://rss.applemarketingtools.com/api/v2"
_NUMBER = re.compile(r"[0-9]+")


class ITunes(Provider):
    """Albums, artists, tracks and charts of Apple's stores. https://performance-partners.apple.com/search-api"""

    manifest = MANIFEST

    async def search(self, ask: Search[MusicSearchRequest], up: Upstream) -> Page:
        """Albums, artists and tracks by words, or by the name of one of them."""
        given = _given(ask.filters, ask.kind)
        term = " ".join((ask.text, *given.values())).strip()
        if not term:
            raise InvalidField("query", "must not be empty: iTunes has none of the filters that are set for this kind")
        kind = ask.kind or next((_NARROWED[name] for name in ("track", "album") if name in given), None)
        language = _LANGUAGES.get(primary(ask.language))
        start = 0 if ask.cursor == FIRST else page_number(ask.cursor)
        params: Params = {
            "term": term,
            "media": "music",
            "entity": _ENTITIES[kind],
            "attribute": _ATTRIBUTES[next(iter(given))] if len(given) == 1 and not ask.text else None,
            "country": ask.region,
            "lang": language,
            "limit": _PAGE,
            "offset": start or None,
        }
        found = await _asked("/search", params, up)
        return Page(
            present(map(entries.item, found)),
            # Apple tells no total. A page that is not full is the last.
            str(start + len(found)) if len(found) >= _PAGE else FIRST,
            ignored=("language",) if ask.language and not language else (),
        )

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """An album with its tracks, an artist, or a track, as the store of the region has it."""
        number = _number(ask.id.source_id)
        match ask.id.kind:
            case Item.ALBUM:
                first, rest = await _looked_up(number, Item.ALBUM, "song", ask.region, up)
                return entries.album_detail(first, _tracks(rest))
            case Item.ARTIST:
                first, _ = await _looked_up(number, Item.ARTIST, None, ask.region, up)
                return entries.artist(first)
            case Item.TRACK:
                first, _ = await _looked_up(number, Item.TRACK, None, ask.region, up)
                return entries.track(first)
        raise Unsupported("iTunes has details of albums, artists and tracks only")

    async def trending(self, ask: Trending[MusicTrendingRequest], up: Upstream) -> Page:
        """What the store sells most, or what is played most on Apple Music."""
        region, kind = (ask.region or DEFAULT).upper(), ask.kind or Item.ALBUM
        if region not in COUNTRIES:  # a chart that is not there would look like one that was not found
            raise InvalidField("region", "is no country that iTunes has a store in")
        if ask.feed == Feed.POPULAR:
            path = f"{_MUSIC_CHARTS_URL}/{region.lower()}/music/most-played/{_CHART}/{_MUSIC_CHARTS[kind]}.json"
            return Page(charts.played(await up.json(path), kind))
        genre = f"/genre={_genre(ask.filters.genres)}" if ask.filters.genres else ""
        path = f"/{region.lower()}/rss/{_STORE_CHARTS[kind]}/limit={_CHART}{genre}/json"
        return Page(charts.sold(await up.json(path), kind, region))

    async def related(self, ask: Related[MusicRelatedRequest], up: Upstream) -> Page:
        """The tracks of an album, the albums of an artist."""
        number = _number(ask.id.source_id)
        if ask.relation == Relation.TRACKS:
            _, rest = await _looked_up(number, Item.ALBUM, "song", ask.region, up)
            return Page([entries.track(entry) for entry in _tracks(rest)])
        if ask.relation == Relation.ALBUMS:
            _, rest = await _looked_up(number, Item.ARTIST, "album", ask.region, up)
            return Page([entries.album(entry) for entry in rest if entries.kind_of(entry) == Item.ALBUM])
        raise Unsupported("iTunes has no such relation")

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The albums of a barcode with their tracks, the artist of a number of AllMusic's, what has Apple's number."""
        if ask.scheme == "amg":
            if not _NUMBER.fullmatch(ask.code):
                return Page([])
            found = await _asked("/lookup", {"amgArtistId": ask.code, "country": ask.region}, up)
            return Page([entries.artist(entry) for entry in found if entries.kind_of(entry) == Item.ARTIST])
        if ask.scheme == PROVIDER:
            if not _NUMBER.fullmatch(ask.code):
                return Page([])
            found = await _asked("/lookup", {"id": ask.code, "country": ask.region}, up)
            return Page(present(map(entries.item, found)))
        params: Params = {"upc": ask.code, "entity": "song", "country": ask.region, "limit": _MOST}
        found = await _asked("/lookup", params, up)
        tracks = _tracks(found)
        return Page(
            [
                entries.album_detail(
                    entry, [one for one in tracks if one.get("collectionId") == entry.get("collectionId")]
                )
                for entry in found
                if entries.kind_of(entry) == Item.ALBUM
            ]
        )


async def _looked_up(
    number: str, kind: Kind, entity: str | None, region: str, up: Upstream
) -> tuple[Json, Sequence[Json]]:
    """The entry of a number, and those of ``entity`` that belong to it. A number of another kind is none."""
    params: Params = {"id": number, "entity": entity, "country": region, "limit": _MOST if entity else None}
    found = await _asked("/lookup", params, up)
    if not found or entries.kind_of(found[0]) != kind:
        raise NotFound(f"the iTunes store of {region or DEFAULT} has no such item")
    return found[0], found[1:]


async def _asked(path: str, params: Params, up: Upstream) -> list[Json]:
    """The entries that the search service gives. Its errors say in words which parameter is wrong."""
    found = await up.json(path, params, allow=(400,))
    if not isinstance(found, dict):
        raise ShapeChanged("iTunes gave something else where a list was expected")
    if message := text_in(found, "errorMessage"):
        if "country" in message:
            raise InvalidField("region", "is no country that iTunes has a store in")
        raise Refused(f"iTunes refused the request; it says: {one_line(message)[:200]}")
    results = found.get("results")
    if not isinstance(results, list):
        raise ShapeChanged("iTunes gave something else where a list was expected")
    return results


def _tracks(found: Sequence[Json]) -> list[Json]:
    return [entry for entry in found if entries.kind_of(entry) == Item.TRACK]


def _given(filters: MusicSearchRequest, kind: Kind | None) -> dict[str, str]:
    """The filters that are set and that a search for ``kind`` knows."""
    spec = MANIFEST.kind_spec(kind) if kind is not None else None
    known = _ATTRIBUTES if spec is None else spec.filters
    return {name: value for name in _ATTRIBUTES if name in known and (value := getattr(filters, name).strip())}


def _number(source_id: str) -> str:
    """A number of Apple's. Anything else would be refused, or ask for something else."""
    if not _NUMBER.fullmatch(source_id):
        raise NotFound("iTunes has no item with this id")
    return source_id


def _genre(genres: Sequence[str]) -> str:
    if len(genres) > 1 or not _NUMBER.fullmatch(genres[0]):
        raise InvalidField("genres", "must be one number of a genre of Apple's, such as 21 for Rock")
    return genres[0]
