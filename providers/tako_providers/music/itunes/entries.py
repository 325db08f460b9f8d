"""Albums, artists and tracks of the iTunes Search API as Items.

https://developer.apple.com/library/archive/documentation/AudioVideo/Conceptual/iTuneSearchAPI/UnderstandingSearchResults.html
"""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.details_music_pb2 import Album, Artist, Track
from tako.v1.item_parts_pb2 import Explicitness
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.music.itunes.parts import PROVIDER, add_artwork, add_page, add_store_price, album_type, artists
from tako_providers.music.itunes.stores import ALPHA_2
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    external_ids,
    https,
    make_id,
    partial_date,
    positive,
    text_in,
    year_of,
)

_KINDS: dict[str, Kind] = {"collection": Item.ALBUM, "artist": Item.ARTIST, "track": Item.TRACK}
_VIDEO = "music-video"
_MUSIC = ("song", _VIDEO)
_TELEVISION = ("TV Season", "TV Show")
"""Collections and artists that are none of music: a look-up by number finds all that Apple sells."""
_EXPLICIT = {
    "explicit": Explicitness.EXPLICIT,
    "cleaned": Explicitness.CLEANED,
    "notExplicit": Explicitness.NOT_EXPLICIT,
}


def kind_of(entry: Json) -> Kind | None:
    """What an entry is: an album, an artist, a track; None for what is no music (a film, an app, a book)."""
    wrapper = entry.get("wrapperType") if isinstance(entry, dict) else None
    if not isinstance(wrapper, str):
        if isinstance(entry, dict) and text_in(entry, "kind"):  # books have that alone
            return None
        raise ShapeChanged("an entry of iTunes does not say what it is")
    kind = _KINDS.get(wrapper)
    if kind == Item.TRACK:
        return kind if entry.get("kind") in _MUSIC else None
    return None if entry.get("collectionType" if kind == Item.ALBUM else "artistType") in _TELEVISION else kind


def item(entry: Json) -> Item | None:
    """One entry of `results`; None for what is no music."""
    match kind_of(entry):
        case Item.ALBUM:
            return album(entry)
        case Item.ARTIST:
            return artist(entry)
        case Item.TRACK:
            return track(entry)
    return None


def album(entry: Json) -> Item:
    """One `wrapperType: collection`."""
    source_id, title = _named(entry, "collectionId", "collectionName")
    date = partial_date(text_in(entry, "releaseDate"))
    artist_name = text_in(entry, "artistName")
    genre = text_in(entry, "primaryGenreName")
    item = Item(
        kind=Item.ALBUM,
        source_id=source_id,
        title=title,
        year=year_of(date),
        release_date=date,
        explicit=_EXPLICIT.get(text_in(entry, "collectionExplicitness"), Explicitness.TYPE_UNSPECIFIED),
        genres=(genre,) if genre else None,
        album=Album(
            type=album_type(title, text_in(entry, "collectionType")),
            artists=artists(artist_name, entry.get("artistId")),
            artist_text=artist_name,
            track_count=positive(entry.get("trackCount")),
            copyright=text_in(entry, "copyright"),
        ),
    )
    add_artwork(item, text_in(entry, "artworkUrl100"))
    add_page(item, text_in(entry, "collectionViewUrl"))
    add_store_price(item, entry.get("collectionPrice"), text_in(entry, "currency"), _country(entry))
    return item


def album_detail(entry: Json, tracks: Sequence[Json]) -> Item:
    """An album with those of its tracks that are sold."""
    found = album(entry)
    found.album.tracks.extend(map(_track_of_album, tracks))
    if discs := max((positive(one.get("discCount")) or 0 for one in tracks), default=0):
        found.album.disc_count = discs
    return found


def artist(entry: Json) -> Item:
    """One `wrapperType: artist`. Apple shows no pictures of them here."""
    source_id, name = _named(entry, "artistId", "artistName")
    genre = text_in(entry, "primaryGenreName")
    item = Item(
        kind=Item.ARTIST,
        source_id=source_id,
        title=name,
        external_ids=external_ids([("amg", entry["amgArtistId"])]) if positive(entry.get("amgArtistId")) else None,
        genres=(genre,) if genre else None,
        artist=Artist(),
    )
    add_page(item, text_in(entry, "artistLinkUrl"))
    return item


def track(entry: Json) -> Item:
    """One `wrapperType: track`: a song or a music video."""
    source_id, title = _named(entry, "trackId", "trackName")
    date = partial_date(text_in(entry, "releaseDate"))
    genre = text_in(entry, "primaryGenreName")
    item = Item(
        kind=Item.TRACK,
        source_id=source_id,
        title=title,
        year=year_of(date),
        release_date=date,
        explicit=_EXPLICIT.get(text_in(entry, "trackExplicitness"), Explicitness.TYPE_UNSPECIFIED),
        genres=(genre,) if genre else None,
        attributes={"album_artist": name} if (name := text_in(entry, "collectionArtistName")) else None,
        track=Track(
            disc_number=positive(entry.get("discNumber")),
            track_number=positive(entry.get("trackNumber")),
            duration_ms=positive(entry.get("trackTimeMillis")),
            artists=artists(text_in(entry, "artistName"), entry.get("artistId")),
            preview_url=https(text_in(entry, "previewUrl")),
            album=_album_ref(entry),
            video=entry.get("kind") == _VIDEO,
        ),
    )
    add_artwork(item, text_in(entry, "artworkUrl100"))
    add_page(item, text_in(entry, "trackViewUrl"))
    add_store_price(item, entry.get("trackPrice"), text_in(entry, "currency"), _country(entry))
    return item


def _track_of_album(entry: Json) -> Track:
    source_id, title = _named(entry, "trackId", "trackName")
    return Track(
        title=title,
        id=make_id(PROVIDER, Item.TRACK, source_id),
        disc_number=positive(entry.get("discNumber")),
        track_number=positive(entry.get("trackNumber")),
        duration_ms=positive(entry.get("trackTimeMillis")),
        artists=artists(text_in(entry, "artistName"), entry.get("artistId")),
        preview_url=https(text_in(entry, "previewUrl")),
        explicit=_EXPLICIT.get(text_in(entry, "trackExplicitness"), Explicitness.TYPE_UNSPECIFIED),
        video=entry.get("kind") == _VIDEO,
    )


def _named(entry: Json, number: str, name: str) -> tuple[str, str]:
    """Number and title of an entry: without them it is none."""
    source_id, title = entry.get(number), text_in(entry, name)
    if type(source_id) is not int or not title:
        raise ShapeChanged(f"an entry of iTunes has no {number} or no {name}")
    return str(source_id), title


def _album_ref(entry: Json) -> ItemRef | None:
    """The album of a track. A music video may stand alone."""
    name, number = text_in(entry, "collectionName"), entry.get("collectionId")
    if not name:
        return None
    return ItemRef(id=make_id(PROVIDER, Item.ALBUM, number) if number else "", name=name)


def _country(entry: Json) -> str:
    return ALPHA_2.get(text_in(entry, "country"), "")
