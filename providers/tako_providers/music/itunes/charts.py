"""The charts: feeds of the iTunes Store (`feed.entry`) and of Apple Music (`feed.results`)."""

from __future__ import annotations

from tako.v1.details_music_pb2 import Album, Track
from tako.v1.item_parts_pb2 import Context, Explicitness
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.music.itunes.parts import (
    PROVIDER,
    add_artwork,
    add_page,
    add_store_price,
    album_type,
    artists,
    number_in_address,
)
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    dict_in,
    dicts_in,
    https,
    make_id,
    partial_date,
    positive,
    text_in,
    year_of,
)

_ALL_MUSIC = "34"
"""The genre above all others, which every entry has."""
_MARKS = {"Exp": Explicitness.EXPLICIT, "Cle": Explicitness.CLEANED}
"""How `contentAdvisoryRating` begins; Apple also spells it `Explict`."""


def sold(found: Json, kind: Kind, country: str) -> list[Item]:
    """A chart of the iTunes Store, best first: `entry` is a list, one entry alone, or left out when there is none."""
    entries = _feed(found).get("entry", [])
    if isinstance(entries, dict):
        entries = [entries]
    if not isinstance(entries, list):
        raise ShapeChanged("a chart of iTunes has no list of entries")
    return [_sold(entry, kind, place, country) for place, entry in enumerate(entries, 1)]


def played(found: Json, kind: Kind) -> list[Item]:
    """A chart of Apple Music, best first."""
    results = _feed(found).get("results")
    if not isinstance(results, list):
        raise ShapeChanged("a chart of Apple Music has no list of results")
    return [_played(entry, kind, place) for place, entry in enumerate(results, 1)]


def _feed(found: Json) -> dict[str, Json]:
    feed = found.get("feed") if isinstance(found, dict) else None
    if not isinstance(feed, dict):
        raise ShapeChanged("iTunes gave something else where a chart was expected")
    return feed


def _sold(entry: Json, kind: Kind, place: int, country: str) -> Item:
    """One `entry`. What it says stands in `label`, or among `attributes`."""
    number = text_in(_attributes(entry, "id"), "im:id") if isinstance(entry, dict) else ""
    title = _label(entry, "im:name") if number else ""
    if not title:
        raise ShapeChanged("an entry of an iTunes chart has no id or no name")
    price = _attributes(entry, "im:price")
    date = partial_date(_label(entry, "im:releaseDate"))
    genre = text_in(_attributes(entry, "category"), "label")
    item = Item(
        kind=kind,
        source_id=number,
        title=title,
        year=year_of(date),
        release_date=date,
        genres=(genre,) if genre else None,
        context=Context(position=place),
        attributes={"copyright": rights} if kind == Item.TRACK and (rights := _label(entry, "rights")) else None,
        album=_album(entry, title) if kind == Item.ALBUM else None,
        track=_track(entry) if kind == Item.TRACK else None,
    )
    _add_cover(item, entry)
    add_page(item, _linked(entry, "text/"))
    add_store_price(item, text_in(price, "amount"), text_in(price, "currency"), country)
    return item


def _album(entry: Json, title: str) -> Album:
    name = _label(entry, "im:artist")
    return Album(
        type=album_type(title, ""),
        artists=artists(name, _artist_number(entry)),
        artist_text=name,
        track_count=positive(_label(entry, "im:itemCount")),
        copyright=_label(entry, "rights"),
    )


def _track(entry: Json) -> Track:
    collection = dict_in(entry, "im:collection")
    number = number_in_address(text_in(_attributes(collection, "link"), "href"))
    name = _label(collection, "im:name")
    return Track(
        artists=artists(_label(entry, "im:artist"), _artist_number(entry)),
        preview_url=https(_linked(entry, "audio/")),
        album=ItemRef(id=make_id(PROVIDER, Item.ALBUM, number) if number else "", name=name) if name else None,
    )


def _played(entry: Json, kind: Kind, place: int) -> Item:
    """One of `results`."""
    number = text_in(entry, "id") if isinstance(entry, dict) else ""
    title = text_in(entry, "name") if number else ""
    if not title:
        raise ShapeChanged("an entry of an Apple Music chart has no id or no name")
    date = partial_date(text_in(entry, "releaseDate"))
    name, rights = text_in(entry, "artistName"), text_in(entry, "copyright")
    people = artists(name, text_in(entry, "artistId"))
    is_album = kind == Item.ALBUM
    item = Item(
        kind=kind,
        source_id=number,
        title=title,
        year=year_of(date),
        release_date=date,
        explicit=_MARKS.get(text_in(entry, "contentAdvisoryRating")[:3], Explicitness.TYPE_UNSPECIFIED),
        genres=[
            genre
            for one in dicts_in(entry, "genres")
            if one.get("genreId") != _ALL_MUSIC and (genre := text_in(one, "name"))
        ],
        context=Context(position=place),
        attributes={"copyright": rights} if rights and not is_album else None,
        album=Album(type=album_type(title, ""), artists=people, artist_text=name, copyright=rights)
        if is_album
        else None,
        track=None if is_album else Track(artists=people),
    )
    add_artwork(item, text_in(entry, "artworkUrl100"))
    add_page(item, text_in(entry, "url"))
    return item


def _label(entry: Json, name: str) -> str:
    return text_in(dict_in(entry, name), "label")


def _attributes(entry: Json, name: str) -> dict[str, Json]:
    return dict_in(dict_in(entry, name), "attributes")


def _artist_number(entry: Json) -> str:
    return number_in_address(text_in(_attributes(entry, "im:artist"), "href"))


def _add_cover(item: Item, entry: Json) -> None:
    """The largest of the covers, which comes last."""
    if covers := dicts_in(entry, "im:image"):
        add_artwork(item, text_in(covers[-1], "label"))


def _linked(entry: Json, media_type: str) -> str:
    """The address of the page (`text/html`) or the preview (`audio/x-m4a`): `link` is one, or a list where both are."""
    links = entry.get("link")
    for one in links if isinstance(links, list) else (links,):
        attributes = dict_in(one, "attributes") if isinstance(one, dict) else {}
        if text_in(attributes, "type").startswith(media_type):
            return text_in(attributes, "href")
    return ""
