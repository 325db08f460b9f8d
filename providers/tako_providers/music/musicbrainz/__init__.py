"""MusicBrainz, with the Cover Art Archive."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from tako.v1.choices_pb2 import Relation
from tako.v1.item_pb2 import Item
from tako.v1.music_service_pb2 import MusicRelatedRequest, MusicSearchRequest
from tako_providers.music.musicbrainz import albums, artists, lists, parts, pictures, queries, recordings
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    Json,
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
    ShapeChanged,
    Tier,
    Unsupported,
    Upstream,
    dicts_in,
)

MANIFEST = Manifest(
    id=parts.PROVIDER,
    title="MusicBrainz",
    domains=(Domain.MUSIC,),
    homepage=parts.SITE,
    base_url=f"{parts.SITE}/ws/2",
    # The Cover Art Archive sends its lists on to the Internet Archive.
    hosts=frozenset(("musicbrainz.org", "coverartarchive.org", "archive.org")),
    # Where archive.org keeps its files: ia800.us.archive.org, dn720.ca.archive.org and many more.
    host_suffixes=(".us.archive.org", ".ca.archive.org"),
    attribution=Attribution(
        "Data from MusicBrainz, in the public domain (CC0); tags and ratings under CC BY-NC-SA 3.0. Covers from the "
        "Cover Art Archive belong to their owners.",
        parts.SITE,
    ),
    terms_url="https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting",
    limits=(Limit(1, seconds=1.0),),  # above it all requests of the address are refused until it is kept to again
    headers={"Accept": "application/json"},
    language_mode=LanguageMode.NAMES,
    image_policy="Covers in lists are addresses by rule: where there is no cover they answer 404.",
    notes="Titles are in their original script, or as an alias has them in the language asked for. A query that names "
    "a field, such as `tag:jazz`, is taken as MusicBrainz' own search syntax.",
    kinds=(
        KindSpec(Item.ALBUM, search=True, default=True, detail=True, filters=queries.filters(Item.ALBUM)),
        KindSpec(Item.RELEASE, search=True, detail=True, filters=queries.filters(Item.RELEASE)),
        KindSpec(Item.ARTIST, search=True, detail=True, filters=queries.filters(Item.ARTIST)),
        KindSpec(Item.TRACK, search=True, detail=True, filters=queries.filters(Item.TRACK)),
        KindSpec(Item.IMAGE),
    ),
    relations=(
        RelationSpec(Relation.VERSIONS, (Item.ALBUM,), (Item.RELEASE,)),
        RelationSpec(
            Relation.TRACKS,
            (Item.ALBUM, Item.RELEASE),
            (Item.TRACK,),
            note="Of an album: those of its first official release.",
        ),
        RelationSpec(Relation.ALBUMS, (Item.ARTIST,), (Item.ALBUM,), filters=("album_type",)),
        RelationSpec(Relation.IMAGES, (Item.ALBUM, Item.RELEASE), (Item.IMAGE,), note="From the Cover Art Archive."),
    ),
    lookups=("mbid", "ean", "upc", "isrc"),
    tier=Tier.GOLD,
    lacks={"feeds": "it lists nothing by time or fame"},
)

_MBID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TRACKS = "recordings artist-credits isrcs"
_DETAILS: Mapping[Kind, tuple[str, Callable[[Json, str], Item]]] = {
    Item.ALBUM: ("artists releases aliases tags genres ratings url-rels", albums.release_group_detail),
    Item.RELEASE: (f"{_TRACKS} labels release-groups aliases tags genres url-rels", albums.release_detail),
    Item.ARTIST: ("aliases tags genres ratings artist-rels url-rels", artists.artist_detail),
    Item.TRACK: ("artists releases isrcs aliases tags genres ratings url-rels", recordings.recording_detail),
}
"""What a detail is asked to include. https://musicbrainz.org/doc/MusicBrainz_API#inc.3D_arguments_which_affect_subqueries"""


class MusicBrainz(Provider):
    """Release groups, releases, artists and recordings, and their covers. https://musicbrainz.org/doc/MusicBrainz_API"""

    manifest = MANIFEST

    async def search(self, ask: Search[MusicSearchRequest], up: Upstream) -> Page:
        """Entities of one kind, by words, by what the request names, or by MusicBrainz' own syntax."""
        kind = ask.kind or Item.ALBUM
        query = queries.query(ask.text, kind, ask.filters)
        if not query:
            raise Unsupported(f"MusicBrainz finds a {parts.ENTITIES[kind]} by none of these fields")
        return await lists.searched(kind, query, lists.offset_of(ask), ask.language, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One entity. A release group gets the tracks of its first official release."""
        kind = ask.id.kind
        if kind not in _DETAILS:
            raise Unsupported("MusicBrainz has no details of this kind")
        inc, mapped = _DETAILS[kind]
        entry = await _entity(kind, _mbid(ask.id.source_id), inc, up)
        item = mapped(entry, ask.language)
        if kind == Item.ALBUM and (first := albums.first_release(entry)):
            release = await up.optional(_entity(Item.RELEASE, first, _TRACKS, up))
            if isinstance(release, dict):
                media = dicts_in(release, "media")
                item.album.tracks.extend(recordings.tracks(media))
        return item

    async def related(self, ask: Related[MusicRelatedRequest], up: Upstream) -> Page:
        """The releases, tracks or pictures of an album, the albums of an artist."""
        kind, mbid = ask.id.kind, _mbid(ask.id.source_id)
        ignored = tuple(
            name for name, is_set in (("order_by", ask.order_by), ("descending", ask.descending is not None)) if is_set
        )
        if ask.relation == Relation.IMAGES:
            return Page(await _pictures(kind, mbid, up), ignored=ignored)
        if ask.relation == Relation.TRACKS:
            return Page(await _tracks(kind, mbid, up), ignored=ignored)
        if ask.relation == Relation.VERSIONS:
            params = {"release-group": mbid, "inc": "artist-credits labels media release-groups"}
            page = await lists.browsed(Item.RELEASE, params, lists.offset_of(ask), ask.language, up)
        elif ask.relation == Relation.ALBUMS:
            params = {
                "artist": mbid,
                "inc": "artist-credits ratings tags genres",
                "type": ask.filters.album_type.lower(),
            }
            page = await lists.browsed(Item.ALBUM, params, lists.offset_of(ask), ask.language, up)
        else:
            raise Unsupported("MusicBrainz has no such relation")
        return Page(page.items, page.next, page.total, ignored=ignored)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The releases of a barcode, the recordings of an ISRC, or the entity of an MBID, whatever it is."""
        if ask.scheme == "isrc":
            found = await up.json(f"/isrc/{ask.code}", {"inc": "artists releases isrcs", "fmt": "json"}, allow=(404,))
            return Page([recordings.recording(one, ask.language) for one in lists.entities(found, "recordings")])
        if ask.scheme == "mbid":
            return Page(await _anything(ask, up))
        page = await lists.searched(Item.RELEASE, f"barcode:{ask.code}", 0, ask.language, up)
        if page.items or (ask.scheme == "ean" and not ask.code.startswith("0")):
            return page
        # Barcodes are written as the sleeve has them: with the leading zero or without.
        other = f"0{ask.code}" if ask.scheme == "upc" else ask.code.removeprefix("0")
        return await lists.searched(Item.RELEASE, f"barcode:{other}", 0, ask.language, up)


async def _entity(kind: Kind, mbid: str, inc: str, up: Upstream, allow: tuple[int, ...] = ()) -> Json:
    return await up.json(f"/{parts.ENTITIES[kind]}/{mbid}", {"inc": inc, "fmt": "json"}, allow=allow)


async def _anything(ask: Lookup, up: Upstream) -> list[Item]:
    """The entity of an MBID. It does not tell its kind, so the kinds are asked in turn until one has it."""
    for kind, (inc, mapped) in _DETAILS.items():
        if ask.kinds and kind not in ask.kinds:
            continue
        entry = await _entity(kind, _mbid(ask.code), inc, up, allow=(404,))
        if not lists.refusal(entry):
            return [mapped(entry, ask.language)]
    return []


async def _tracks(kind: Kind, mbid: str, up: Upstream) -> list[Item]:
    """The tracks of a release, or of the first official release of a release group."""
    if kind == Item.ALBUM:
        group = await _entity(kind, mbid, "releases", up)
        if not isinstance(group, dict) or not isinstance(group.get("releases"), list):
            raise ShapeChanged("a release group of MusicBrainz has no list of releases")
        mbid = albums.first_release(group)
        if not mbid:
            return []
    release = await _entity(Item.RELEASE, mbid, _TRACKS, up)
    if not isinstance(release, dict) or not isinstance(release.get("media"), list):
        raise ShapeChanged("a release of MusicBrainz has no list of media")
    return recordings.track_items(dicts_in(release, "media"))


async def _pictures(kind: Kind, mbid: str, up: Upstream) -> list[Item]:
    """The pictures of the Cover Art Archive, none where it says that it has none: with a page, not with JSON."""
    answer = await up.fetch(f"{parts.COVERS}/{parts.ENTITIES[kind]}/{mbid}", allow=(404,))
    return [] if answer.status == 404 else pictures.pictures(json.loads(answer.body))


def _mbid(source_id: str) -> str:
    """An MBID. Anything else in its place would ask for something else."""
    if not _MBID.fullmatch(source_id):
        raise NotFound("MusicBrainz has nothing with this id")
    return source_id
