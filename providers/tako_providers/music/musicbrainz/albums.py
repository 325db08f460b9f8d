"""MusicBrainz' release groups and releases as Items. https://musicbrainz.org/doc/Release_Group"""

from __future__ import annotations

from tako.v1.details_music_pb2 import Album, LabelRef, MediaFormat
from tako.v1.item_parts_pb2 import AlternativeTitle, Image
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import ReleaseDate
from tako.v1.references_pb2 import ItemRef
from tako_providers.music.musicbrainz import parts, recordings
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    bcp47,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    flag_in,
    partial_date,
    positive,
    present,
    ref,
    text_in,
    texts_in,
    year_of,
)

_TYPES = {
    "Album": Album.ALBUM,
    "Single": Album.SINGLE,
    "EP": Album.EP,
    "Broadcast": Album.BROADCAST,
    "Other": Album.OTHER,
}
_MOST_RELEASES = 25
"""What a release group lists of its releases, however many it has."""
_NO_NAME = frozenset(("[no label]", "[none]", "none"))


def release_group(entry: Json, language: str = "") -> Item:
    """A release group as lists have it."""
    mbid, name = parts.checked(entry, "a release group")
    title, tag = parts.name_in(entry, name, language)
    date = partial_date(text_in(entry, "first-release-date"))
    genres, tags = parts.genres_and_tags(entry)
    item = Item(kind=Item.ALBUM, source_id=mbid, title=title)
    if title != name:
        item.original_title = name
    if date:
        item.release_date = date
        item.year = int(date[:4])
    if genres:
        item.genres.extend(genres)
    if tags:
        item.tags.extend(tags)
    item.language = tag
    parts.add_standing(item, entry)
    parts.identify(item, mbid)
    parts.add_front(item, mbid)
    album = item.album
    album.type = _TYPES.get(text_in(entry, "primary-type"), Album.TYPE_UNSPECIFIED)
    album.disambiguation = text_in(entry, "disambiguation")
    if types := texts_in(entry, "secondary-types"):
        album.secondary_types.extend(types)
    if (count := count_in(entry, "count")) is not None:
        album.release_count = count
    album.artist_text = parts.add_performers(album, entry)
    return item


def release_group_detail(entry: Json, language: str) -> Item:
    """The answer of /release-group/{mbid}."""
    item = release_group(entry, language)
    item.alternative_titles.extend(
        parts.other_names(entry, text_in(entry, "title"), item.title, AlternativeTitle.SYNONYM)
    )
    releases = dicts_in(entry, "releases")
    item.album.versions.extend(present(_version(one) for one in releases[:MAX_EMBEDDED]))
    if 0 < len(releases) < _MOST_RELEASES:
        item.album.release_count = len(releases)
    _add_links(item, entry)
    return item


def first_release(entry: Json) -> str:
    """The id of the release to take a release group's tracks from: the first official one, "" without any."""
    releases = [one for one in dicts_in(entry, "releases") if text_in(one, "id")]
    official = [one for one in releases if text_in(one, "status") == "Official"] or releases
    return text_in(min(official, key=_day), "id") if official else ""


def _day(entry: Json) -> str:
    """The date of a release to sort by: a year alone, or none, comes behind what is known better."""
    return (text_in(entry, "date") or "9999").ljust(10, "~")


def release(entry: Json, language: str = "") -> Item:
    """A release, as lists have it and, with its tracks, as the answer of /release/{mbid}."""
    mbid, name = parts.checked(entry, "a release")
    title, tag = parts.name_in(entry, name, language)
    date, country = partial_date(text_in(entry, "date")), text_in(entry, "country")
    group, media = dict_in(entry, "release-group"), dicts_in(entry, "media")
    genres, tags = parts.genres_and_tags(entry)
    text, barcode = dict_in(entry, "text-representation"), text_in(entry, "barcode")
    spoken, script = bcp47(text_in(text, "language")), text_in(text, "script")
    item = Item(
        kind=Item.RELEASE,
        source_id=mbid,
        title=title,
        original_title=name if title != name else "",
        year=year_of(date),
        release_date=date,
        genres=genres or None,
        tags=tags or None,
        languages=[spoken] if spoken else None,
        countries=parts.country_codes(country) or None,
        language=tag,
        attributes={"script": script} if script else None,
        album=Album(
            type=_TYPES.get(text_in(group, "primary-type"), Album.TYPE_UNSPECIFIED),
            secondary_types=texts_in(group, "secondary-types") or None,
            labels=_labels(entry) or None,
            formats=[_format(medium) for medium in media] if media else None,
            track_count=_track_count(entry, media),
            disc_count=len(media) or None,
            tracks=recordings.tracks(media) or None,
            packaging=text_in(entry, "packaging"),
            release_status=text_in(entry, "status"),
            disambiguation=text_in(entry, "disambiguation"),
            album=ref(parts.PROVIDER, Item.ALBUM, text_in(group, "id"), text_in(group, "title")),
            country_text=parts.area_name(country),
            releases=_events(entry) or None,
        ),
    )
    parts.add_standing(item, entry)
    parts.identify(item, mbid)
    item.external_ids.extend(external_ids([("ean", barcode), ("upc", barcode), ("asin", text_in(entry, "asin"))]))
    _add_covers(item, entry)
    item.album.artist_text = parts.add_performers(item.album, entry)
    return item


def release_detail(entry: Json, language: str) -> Item:
    """The answer of /release/{mbid}."""
    item = release(entry, language)
    item.alternative_titles.extend(
        parts.other_names(entry, text_in(entry, "title"), item.title, AlternativeTitle.SYNONYM)
    )
    _add_links(item, entry)
    return item


def _add_links(item: Item, entry: Json) -> None:
    links, ids = parts.links_and_ids(entry)
    item.links.extend(links)
    known = {(one.scheme, one.value) for one in item.external_ids}
    item.external_ids.extend(one for one in external_ids(ids) if (one.scheme, one.value) not in known)


def _add_covers(item: Item, entry: Json) -> None:
    """Add covers as far as `cover-art-archive` says that there are any; without it, as in lists, the front."""
    known = dict_in(entry, "cover-art-archive")
    if not known or flag_in(known, "front"):
        parts.add_front(item, item.source_id)
    if flag_in(known, "back"):
        at = f"{parts.COVERS}/release/{item.source_id}/back"
        item.images.add(role=Image.BACK_COVER, url=f"{at}-500", thumbnail_url=f"{at}-250")


def _version(entry: Json) -> ItemRef | None:
    year = year_of(partial_date(text_in(entry, "date")))
    return ref(parts.PROVIDER, Item.RELEASE, text_in(entry, "id"), text_in(entry, "title"), year=year)


def _labels(entry: Json) -> list[LabelRef]:
    """`label-info[]`. `[no label]` and `[none]` say that there is none."""
    found: list[LabelRef] = []
    for one in dicts_in(entry, "label-info"):
        name, number = text_in(dict_in(one, "label"), "name"), text_in(one, "catalog-number")
        name, number = "" if name in _NO_NAME else name, "" if number in _NO_NAME else number
        if name or number:
            found.append(LabelRef(name=name, catalog_number=number))
    return found


def _format(medium: Json) -> MediaFormat:
    return MediaFormat(
        name=text_in(medium, "format"),
        title=text_in(medium, "title"),
        track_count=count_in(medium, "track-count"),
    )


def _track_count(entry: Json, media: list[Json]) -> int | None:
    """Tracks on all media, when all of them say it."""
    if known := positive(entry.get("track-count")):
        return known
    counts = [count_in(medium, "track-count") for medium in media]
    return sum(present(counts)) or None if None not in counts else None


def _events(entry: Json) -> list[ReleaseDate]:
    """`release-events[]`: where it came out, and when."""
    found: list[ReleaseDate] = []
    for event in dicts_in(entry, "release-events"):
        area = dict_in(event, "area")
        codes = [code for one in texts_in(area, "iso-3166-1-codes") for code in parts.country_codes(one)]
        date, name = partial_date(text_in(event, "date")), text_in(area, "name")
        if date or name:
            found.append(ReleaseDate(date=date, country=codes[0] if codes else "", region="" if codes else name))
    return found
