"""MusicBrainz' recordings, and the tracks of a release, as Items. https://musicbrainz.org/doc/Recording"""

from __future__ import annotations

from tako.v1.details_music_pb2 import Track
from tako.v1.item_parts_pb2 import AlternativeTitle
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.music.musicbrainz import parts
from tako_providers.sdk import (
    Json,
    dict_in,
    dicts_in,
    external_ids,
    flag_in,
    make_id,
    partial_date,
    positive,
    ref,
    text_in,
    texts_in,
    year_of,
)


def recording(entry: Json, language: str = "") -> Item:
    """A recording, as lists have it and as the answer of /recording/{mbid}."""
    mbid, name = parts.checked(entry, "a recording")
    title, tag = parts.name_in(entry, name, language)
    date = partial_date(text_in(entry, "first-release-date"))
    genres, tags = parts.genres_and_tags(entry)
    comment = text_in(entry, "disambiguation")
    item = Item(
        kind=Item.TRACK,
        source_id=mbid,
        title=title,
        original_title=name if title != name else "",
        year=year_of(date),
        release_date=date,
        genres=genres or None,
        tags=tags or None,
        language=tag,
        attributes={"disambiguation": comment} if comment else None,
        track=Track(
            duration_ms=positive(entry.get("length")),
            video=flag_in(entry, "video"),
            album=_first_release(entry, text_in(entry, "first-release-date")),
        ),
    )
    parts.add_standing(item, entry)
    parts.identify(item, mbid)
    if isrcs := texts_in(entry, "isrcs"):
        item.external_ids.extend(external_ids([("isrc", isrc) for isrc in isrcs]))
    parts.add_performers(item.track, entry)
    return item


def recording_detail(entry: Json, language: str) -> Item:
    """The answer of /recording/{mbid}."""
    item = recording(entry, language)
    item.alternative_titles.extend(
        parts.other_names(entry, text_in(entry, "title"), item.title, AlternativeTitle.SYNONYM)
    )
    links, ids = parts.links_and_ids(entry)
    item.links.extend(links)
    item.external_ids.extend(external_ids(ids))
    return item


def _first_release(entry: Json, date: str) -> ItemRef | None:
    """The release that it first came out on, when exactly its date is known."""
    for release in dicts_in(entry, "releases") if date else ():
        if text_in(release, "date") == date:
            year = year_of(partial_date(date))
            return ref(parts.PROVIDER, Item.RELEASE, text_in(release, "id"), text_in(release, "title"), year=year)
    return None


def tracks(media: list[Json]) -> list[Track]:
    """The tracks of all media; those before the first one (`pregap`) and those of data are among them."""
    return [_track(entry, medium) for medium in media for entry in _entries(medium) if text_in(entry, "title")]


def track_items(media: list[Json]) -> list[Item]:
    """The tracks of a release, each as its recording, by the title and the artists that the release prints."""
    found: list[Item] = []
    for medium in media:
        for entry in _entries(medium):
            known = dict_in(entry, "recording")
            track = _track(entry, medium)
            item = recording({**known, "title": track.title or text_in(known, "title")})
            if track.artists:
                item.track.ClearField("artists")
            for name in ("title", "id", "isrcs"):  # the item has them
                track.ClearField(name)
            item.track.MergeFrom(track)
            found.append(item)
    return found


def _entries(medium: Json) -> list[Json]:
    pregap = dict_in(medium, "pregap")
    return [*([pregap] if pregap else ()), *dicts_in(medium, "tracks"), *dicts_in(medium, "data-tracks")]


def _track(entry: Json, medium: Json) -> Track:
    known = dict_in(entry, "recording")
    mbid = text_in(known, "id")
    track = Track(
        title=text_in(entry, "title"),
        id=make_id(parts.PROVIDER, Item.TRACK, mbid) if mbid else "",
        position=text_in(entry, "number"),
        disc_number=positive(medium.get("position")),
        track_number=positive(entry.get("position")),
        duration_ms=positive(entry.get("length")) or positive(known.get("length")),
        isrcs=texts_in(known, "isrcs") or None,
        video=flag_in(known, "video"),
    )
    parts.add_performers(track, entry)
    return track
