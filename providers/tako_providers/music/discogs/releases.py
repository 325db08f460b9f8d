"""Discogs' releases and masters as Items. https://www.discogs.com/developers#page:database"""

from __future__ import annotations

from collections.abc import Mapping

from tako.v1.details_music_pb2 import Album, MediaFormat, Track
from tako.v1.item_parts_pb2 import Context, ExternalId, Link
from tako.v1.item_pb2 import Item
from tako_providers.music.discogs import formats, parts
from tako_providers.music.discogs.countries import country_code
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    add_ids,
    count_in,
    dict_in,
    dicts_in,
    flag_in,
    make_id,
    number_in,
    one_line,
    partial_date,
    positive,
    rating,
    text_in,
    texts_in,
    timestamp,
    year_of,
)

_KINDS: Mapping[str, Kind] = {"release": Item.RELEASE, "master": Item.ALBUM}
_SCHEMES: Mapping[Kind, str] = {Item.RELEASE: "discogs", Item.ALBUM: "discogs_master"}


def hit(entry: Json) -> Item:
    """One `results[]` of a search that is a release or a master: its title is `artist - title`."""
    number, named = parts.checked(entry, "a release")
    kind = _KINDS[entry["type"]]
    artists, dash, title = named.partition(" - ")
    country = text_in(entry, "country")
    code = country_code(country) if country else ""
    described = formats.words(entry.get("format"))
    kind_of_album, more_types = formats.album_type(described)
    master = positive(entry.get("master_id"))
    full = dicts_in(entry, "formats")
    item = Item(
        kind=kind,
        source_id=str(number),
        title=title.strip() or named,
        year=positive(entry.get("year")),
        genres=texts_in(entry, "genre") or None,
        tags=texts_in(entry, "style") or None,
    )
    parts.add_covers(item, entry)
    parts.add_page(item, text_in(entry, "uri"))
    parts.add_engagement(item, entry)
    item.external_ids.add(scheme=_SCHEMES[kind], value=str(number))
    if barcodes := texts_in(entry, "barcode"):
        add_ids(item, formats.listed_barcodes(barcodes))
    album = item.album
    album.type = kind_of_album
    if more_types:
        album.secondary_types.extend(more_types)
    if dash:
        album.artist_text = parts.printed(artists)
    if code:
        item.countries.append(code)
    else:
        album.country_text = country
    if master and kind == Item.RELEASE:
        album.album.id = make_id(parts.PROVIDER, Item.ALBUM, master)
    formats.add_listed_labels(album, formats.words(entry.get("label")), text_in(entry, "catno"))
    if full:
        formats.add_formats(album, full)
    else:
        formats.add_listed_formats(album, described)
    return item


def release(entry: Json) -> Item:
    """The answer of /releases/{id}, its price left out: see ``market``."""
    number, title = parts.checked(entry, "a release")
    said = text_in(entry, "released")
    released = partial_date(said)
    country = text_in(entry, "country")
    code = country_code(country)
    community = dict_in(entry, "community")
    votes = dict_in(community, "rating")
    media = dicts_in(entry, "formats")
    ids, identifiers = formats.codes(dicts_in(entry, "identifiers"), [("discogs", number)])
    kind_of_album, more_types = formats.type_of_all(media)
    artists = dicts_in(entry, "artists")
    item = Item(
        kind=Item.RELEASE,
        source_id=str(number),
        title=title,
        description=parts.prose(entry, "notes"),
        year=year_of(released) or positive(entry.get("year")),
        release_date=released,
        release_text="" if released else said,
        images=parts.images(entry),
        external_ids=ids,
        rating=rating(number_in(votes, "average"), 5, count_in(votes, "count")),
        genres=texts_in(entry, "genres") or None,
        tags=texts_in(entry, "styles") or None,
        countries=[code] if code else None,
        source_updated_at=timestamp(text_in(entry, "date_changed")),
        attributes=_attributes(entry),
        album=Album(
            type=kind_of_album,
            secondary_types=more_types,
            artists=parts.performers(artists),
            artist_text=parts.artist_text(artists),
            labels=formats.labels(dicts_in(entry, "labels")),
            tracks=tracks(entry),
            credits=parts.contributors(dicts_in(entry, "extraartists")),
            companies=formats.companies(dicts_in(entry, "companies")),
            album=parts.numbered(Item.ALBUM, positive(entry.get("master_id"))),
            identifiers=identifiers,
            videos=parts.videos(entry),
            series=formats.series(dicts_in(entry, "series")),
            country_text="" if code else country,
        ),
    )
    parts.add_engagement(item, entry)
    formats.add_formats(item.album, media)
    parts.add_page(item, text_in(entry, "uri"))
    return item


def master(entry: Json) -> Item:
    """The answer of /masters/{id}. Its lowest price is left out: nothing says in which currency it is."""
    number, title = parts.checked(entry, "a master")
    artists = dicts_in(entry, "artists")
    attributes = _attributes(entry)
    if for_sale := positive(entry.get("num_for_sale")):
        attributes["num_for_sale"] = str(for_sale)
    item = Item(
        kind=Item.ALBUM,
        source_id=str(number),
        title=title,
        description=parts.prose(entry, "notes"),
        year=positive(entry.get("year")),
        images=parts.images(entry),
        external_ids=[_own_id(Item.ALBUM, number)],
        genres=texts_in(entry, "genres") or None,
        tags=texts_in(entry, "styles") or None,
        attributes=attributes,
        album=Album(
            artists=parts.performers(artists),
            artist_text=parts.artist_text(artists),
            tracks=tracks(entry),
            main_release=parts.numbered(Item.RELEASE, positive(entry.get("main_release"))),
            videos=parts.videos(entry),
        ),
    )
    parts.add_page(item, text_in(entry, "uri"))
    return item


def version(entry: Json) -> Item:
    """One `versions[]` of /masters/{id}/versions."""
    number, title = parts.checked(entry, "a version")
    released = partial_date(text_in(entry, "released"))
    country = text_in(entry, "country")
    code = country_code(country)
    described = [word for word in text_in(entry, "format").split(", ") if word]
    kind_of_album, more_types = formats.album_type(described)
    item = Item(
        kind=Item.RELEASE,
        source_id=str(number),
        title=title,
        year=year_of(released),
        release_date=released,
        links=[Link(role=Link.SOURCE, url=f"{parts.SITE}/release/{number}")],
        external_ids=[_own_id(Item.RELEASE, number)],
        countries=[code] if code else None,
        album=Album(
            type=kind_of_album,
            secondary_types=more_types,
            country_text="" if code else country,
        ),
    )
    parts.add_engagement(item, entry)
    formats.add_listed_labels(item.album, [text_in(entry, "label")], text_in(entry, "catno"))
    formats.add_listed_formats(item.album, [*texts_in(entry, "major_formats"), *described])
    parts.add_covers(item, entry)
    return item


def listed(entry: Json) -> Item:
    """One `releases[]` of an artist or a label. Labels have releases only, and do not say so."""
    number, title = parts.checked(entry, "a release in a list")
    kind = _KINDS.get(text_in(entry, "type") or "release")
    if kind is None:
        raise ShapeChanged("a list of Discogs holds something that is neither a release nor a master")
    role, tracks_there = text_in(entry, "role"), text_in(entry, "trackinfo")
    main = positive(entry.get("main_release"))
    media = text_in(entry, "format")
    item = Item(
        kind=kind,
        source_id=str(number),
        title=title,
        year=positive(entry.get("year")),
        links=[Link(role=Link.SOURCE, url=f"{parts.SITE}/{entry.get('type') or 'release'}/{number}")],
        external_ids=[_own_id(kind, number)],
        context=Context(role=role) if role else None,
        attributes={"track_info": tracks_there} if tracks_there else None,
        album=Album(
            artist_text=parts.printed(text_in(entry, "artist")),
            formats=[MediaFormat(text=media)] if media else None,
            main_release=parts.numbered(Item.RELEASE, main) if main else None,
        ),
    )
    parts.add_engagement(item, entry)
    formats.add_listed_labels(item.album, text_in(entry, "label").split(", "), text_in(entry, "catno"))
    parts.add_covers(item, entry)
    return item


def tracks(entry: Json) -> list[Track]:
    """`tracklist[]`: tracks, headings between them, and tracks with parts."""
    return [_track(one) for one in dicts_in(entry, "tracklist") if text_in(one, "title")]


def _track(entry: Json) -> Track:
    return Track(
        title=one_line(text_in(entry, "title")),
        position=text_in(entry, "position"),
        duration_ms=parts.milliseconds(text_in(entry, "duration")),
        artists=parts.performers(dicts_in(entry, "artists")),
        credits=parts.contributors(dicts_in(entry, "extraartists")),
        sub_tracks=[_track(one) for one in dicts_in(entry, "sub_tracks") if text_in(one, "title")],
        heading=entry.get("type_") == "heading",
    )


def _own_id(kind: Kind, number: int) -> ExternalId:
    return ExternalId(scheme=_SCHEMES[kind], value=str(number))


def _attributes(entry: Json) -> dict[str, str]:
    found = {"data_quality": text_in(entry, "data_quality")}
    if weight := positive(entry.get("estimated_weight")):
        found["weight_g"] = str(weight)
    if flag_in(entry, "is_offensive"):
        found["is_offensive"] = "true"
    return {name: value for name, value in found.items() if value}
