"""Albums, artists, tracks and genres of Deezer as Items and Terms. https://developers.deezer.com/api"""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.details_music_pb2 import Album, Artist, LabelRef, Track
from tako.v1.item_parts_pb2 import Context, Engagement, Explicitness, ExternalId, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    flag_in,
    https,
    list_in,
    make_id,
    number_in,
    partial_date,
    positive,
    positive_float,
    text_in,
    texts_in,
    year_of,
)

PROVIDER = "deezer"

_TYPES = {"album": Album.ALBUM, "single": Album.SINGLE, "ep": Album.EP, "compile": Album.COMPILATION}
_ROLES = {"": CreditRole.PERFORMER, "Main": CreditRole.PERFORMER, "Featured": CreditRole.FEATURED}
_EDITED = 3
"""The value of `explicit_content_lyrics` for a cleaned version."""
_UPC_DIGITS = 12


def album(entry: Json) -> Item:
    """One album of a list or a chart."""
    source_id, title = _named(entry, "title", "an album")
    date = partial_date(text) if (text := text_in(entry, "release_date")) else ""
    return Item(
        kind=Item.ALBUM,
        source_id=source_id,
        title=title,
        year=year_of(date),
        release_date=date,
        images=_images(entry, "cover_xl", "cover_medium"),
        links=_links(entry, "album", source_id),
        explicit=_explicit(entry),
        engagement=_followers(entry, "fans"),
        context=_context(entry),
        album=Album(
            type=_type(entry),
            artists=_artists(entry),
            track_count=positive(entry.get("nb_tracks")),
        ),
    )


def album_detail(entry: Json) -> Item:
    """The answer of /album/{id}."""
    item = album(entry)
    item.external_ids.extend(_barcodes(text_in(entry, "upc")))
    item.genres.extend(name for one in dicts_in(dict_in(entry, "genres"), "data") if (name := text_in(one, "name")))
    if label := text_in(entry, "label"):
        item.album.labels.append(LabelRef(name=label))
    if milliseconds := _milliseconds(entry):
        item.album.duration_ms = milliseconds
    tracks = dicts_in(dict_in(entry, "tracks"), "data")
    item.album.tracks.extend(_track_of_album(one) for one in tracks if text_in(one, "title"))
    return item


def artist(entry: Json) -> Item:
    """One artist: of a list, a chart, or the answer of /artist/{id}."""
    source_id, name = _named(entry, "name", "an artist")
    return Item(
        kind=Item.ARTIST,
        source_id=source_id,
        title=name,
        images=_images(entry, "picture_xl", "picture_medium"),
        links=_links(entry, "artist", source_id),
        engagement=_followers(entry, "nb_fan"),
        context=_context(entry),
        artist=Artist(album_count=count_in(entry, "nb_album")),
    )


def track(entry: Json) -> Item:
    """One track of a list or a chart."""
    source_id, title = _named(entry, "title", "a track")
    of_album = dict_in(entry, "album")
    return Item(
        kind=Item.TRACK,
        source_id=source_id,
        title=title,
        images=_images(of_album, "cover_xl", "cover_medium"),
        links=_links(entry, "track", source_id),
        external_ids=external_ids([("isrc", isrc)]) if (isrc := text_in(entry, "isrc")) else None,
        explicit=_explicit(entry),
        context=_context(entry),
        track=Track(
            disc_number=positive(entry.get("disk_number")),
            track_number=positive(entry.get("track_position")),
            duration_ms=_milliseconds(entry),
            artists=_artists(entry),
            preview_url=text_in(entry, "preview"),
            album=_album_ref(of_album),
            rank=count_in(entry, "rank"),
            title_version=_version(text_in(entry, "title_version")),
        ),
    )


def track_detail(entry: Json) -> Item:
    """The answer of /track/{id}."""
    item = track(entry)
    item.release_date = partial_date(text_in(entry, "release_date"))
    if year := year_of(item.release_date):
        item.year = year
    if year := year_of(partial_date(text_in(dict_in(entry, "album"), "release_date"))):
        item.track.album.year = year
    if bpm := positive_float(entry.get("bpm")):
        item.track.bpm = bpm
    if gain := number_in(entry, "gain"):  # 0 stands for what was not measured, as with bpm
        item.track.gain = gain
    item.track.available_countries.extend(texts_in(entry, "available_countries"))
    return item


def genre(entry: Json) -> Term:
    """One genre. Its number is what charts and new releases take; 0 is all of them."""
    source_id, name = _named(entry, "name", "a genre")
    return Term(id=source_id, name=name, image_url=_picture(entry, "picture_xl"))


def _named(entry: Json, name: str, what: str) -> tuple[str, str]:
    """Number and title of an entry: without them it is none."""
    number = entry.get("id") if isinstance(entry, dict) else None
    title = text_in(entry, name) if type(number) is int else ""
    if not title:
        raise ShapeChanged(f"{what} of Deezer has no id or no {name}")
    return str(number), title


def _track_of_album(entry: Json) -> Track:
    """A track inside an album. Its ISRC and its number only the list of /album/{id}/tracks has."""
    number, isrc = entry.get("id"), text_in(entry, "isrc")
    return Track(
        title=text_in(entry, "title"),
        id=make_id(PROVIDER, Item.TRACK, number) if type(number) is int else "",
        disc_number=positive(entry.get("disk_number")),
        track_number=positive(entry.get("track_position")),
        duration_ms=_milliseconds(entry),
        isrcs=[one.value for one in external_ids([("isrc", isrc)])] if isrc else None,
        artists=_artists(entry),
        preview_url=text_in(entry, "preview"),
        explicit=_explicit(entry),
        rank=count_in(entry, "rank"),
        title_version=_version(text_in(entry, "title_version")),
    )


def _artists(entry: Json) -> list[Credit]:
    """Who made it: the contributors with their roles, or the one artist that lists have."""
    people = list_in(entry, "contributors") or (entry.get("artist"),)
    return [found for person in people if isinstance(person, dict) and (found := _credit(person))]


def _credit(person: Json) -> Credit | None:
    name, number, role = text_in(person, "name"), person.get("id"), text_in(person, "role")
    if not name:
        return None
    return Credit(
        name=name,
        id=make_id(PROVIDER, Item.ARTIST, number) if number else "",
        role=_ROLES.get(role, CreditRole.OTHER),
        job=role,
        image_url=_picture(person, "picture_medium"),
    )


def _album_ref(entry: Json) -> ItemRef | None:
    name, number = text_in(entry, "title"), entry.get("id")
    if not name:
        return None
    return ItemRef(
        id=make_id(PROVIDER, Item.ALBUM, number) if number else "",
        name=name,
        image_url=_picture(entry, "cover_medium"),
    )


def _images(entry: Json, large: str, medium: str) -> list[Image]:
    """The picture in the two sizes that Deezer names so, where there is one."""
    found = []
    if url := _picture(entry, large):
        found.append(Image(role=Image.PRIMARY, url=url, width=1000, height=1000))
    if url := _picture(entry, medium):
        found.append(Image(role=Image.THUMBNAIL, url=url, width=250, height=250))
    return found


def _picture(entry: Json, name: str) -> str:
    """The address of a picture, as https. "" for one without a hash, `/images/cover//250x250-...`."""
    url = https(text_in(entry, name))
    return "" if url.find("//", len("https://")) > 0 else url


def _links(entry: Json, kind: str, source_id: str) -> list[Link]:
    """The page of the item. Charts and new releases leave it out; it is made of the number."""
    return [Link(role=Link.SOURCE, url=https(text_in(entry, "link")) or f"https://www.deezer.com/{kind}/{source_id}")]


def _barcodes(code: str) -> list[ExternalId]:
    """The barcode as UPC or EAN. Deezer leaves leading zeros out; the check digit tells whether they belong there."""
    if not code.strip("0"):
        return []
    whole = code.zfill(_UPC_DIGITS) if len(code) in (10, 11) else code
    return external_ids([("upc", whole), ("ean", whole)])


def _explicit(entry: Json) -> Explicitness.Type.ValueType:
    explicit = flag_in(entry, "explicit_lyrics")
    if explicit:
        return Explicitness.EXPLICIT
    if entry.get("explicit_content_lyrics") == _EDITED:
        return Explicitness.CLEANED
    return Explicitness.TYPE_UNSPECIFIED if explicit is None else Explicitness.NOT_EXPLICIT


def _followers(entry: Json, name: str) -> Engagement | None:
    fans = count_in(entry, name)
    return None if fans is None else Engagement(followers=fans)


def _context(entry: Json) -> Context | None:
    """The place in a chart."""
    place = positive(entry.get("position"))
    return Context(position=place) if place else None


def _milliseconds(entry: Json) -> int | None:
    seconds = positive(entry.get("duration"))
    return seconds * 1000 if seconds else None


def _type(entry: Json) -> Album.Type.ValueType:
    word = text_in(entry, "record_type")
    return _TYPES.get(word, Album.OTHER) if word else Album.TYPE_UNSPECIFIED


def _version(text: str) -> str:
    """`(Radio Edit)` without its brackets; of several brackets none is taken away."""
    inner = text[1:-1]
    return inner if text[:1] == "(" and text[-1:] == ")" and "(" not in inner else text
