"""Hits of TheTVDB's search as Items."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tako.v1.details_media_pb2 import Movie, Series
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako_providers import sdk
from tako_providers.media.tvdb.parts import (
    Wanted,
    aliases,
    any_text,
    best,
    identify,
    language_of,
    number_of,
    picture,
    status_of,
)
from tako_providers.sdk import Json

KINDS = {"series": Item.SERIES, "movie": Item.MOVIE, "person": Item.PERSON}
"""Types of hits; companies and lists are no items of a search."""


def hit(entry: Json, wish: Wanted) -> Item | None:
    """One of /search, which spells names with underscores; None for what has no kind here, no id or no name."""
    kind, number = KINDS.get(entry.get("type")), number_of(entry.get("tvdb_id"))
    name = sdk.one_line(sdk.text_in(entry, "name") or sdk.text_in(entry, "title"))
    if kind is None or not number or not name:
        return None
    original = sdk.text_in(entry, "primary_language")
    title, of_title, overview, of_overview = name, "", "", ""
    if wish.codes:
        title, of_title = best(_texts(entry, "translations", "name_translated"), wish)
        title = sdk.one_line(title) or name
        overview, of_overview = best(_texts(entry, "overviews", "overview_translated"), wish)
    if not overview:
        overview, of_overview = sdk.text_in(entry, "overview"), original
    if not overview:
        overview, of_overview = any_text(_texts(entry, "overviews", "overview_translated"), original)
    date = sdk.partial_date(sdk.text_in(entry, "first_air_time") or sdk.text_in(entry, "first_release"))
    status = sdk.text_in(entry, "status")
    remote_ids = sdk.dicts_in(entry, "remote_ids") if "remote_ids" in entry else ()
    country, spoken = sdk.country_code(entry.get("country")), language_of(original)
    item = Item(
        kind=kind,
        source_id=number,
        title=title,
        original_title=name if name != title else "",
        alternative_titles=aliases(entry["aliases"], title) if entry.get("aliases") else None,
        description=sdk.plain(overview),
        year=sdk.positive(entry.get("year")) or sdk.year_of(date),
        release_date=date if kind != Item.PERSON else "",
        status=status_of(status),
        status_text=status,
        genres=sdk.texts_in(entry, "genres") or None,
        countries=(country,) if country else None,
        language=language_of(of_overview) if overview else language_of(of_title) or spoken,
        series=_series(entry, spoken) if kind == Item.SERIES else None,
        movie=_movie(entry, spoken) if kind == Item.MOVIE else None,
    )
    _add_pictures(item, entry)
    identify(item, sdk.text_in(entry, "slug"), remote_ids)
    return item


def _series(entry: Json, spoken: str) -> Series:
    return Series(networks=_named(entry, "network"), studios=_studios(entry), original_language=spoken)


def _movie(entry: Json, spoken: str) -> Movie:
    director = sdk.text_in(entry, "director")
    return Movie(
        networks=_named(entry, "network"),
        studios=_studios(entry),
        crew=(Credit(name=director, role=CreditRole.DIRECTOR, job="Director"),) if director else None,
        original_language=spoken,
    )


def is_item(entry: Json) -> bool:
    """Whether a hit is of a kind that a search gives. One without a type is odd, not of another kind."""
    sort = entry.get("type")
    return sort in KINDS or not isinstance(sort, str)


def _texts(entry: Json, name: str, old_name: str) -> dict[str, str]:
    """Texts by language: an object; in older answers JSON inside a text, or texts that begin with the language."""
    found = entry.get(name)
    if isinstance(found, dict):
        return found
    older = entry.get(old_name)
    if isinstance(older, str) and older.startswith("{"):
        decoded = json.loads(older)
        return {code: text for code, text in decoded.items() if isinstance(text, str)}
    if isinstance(older, list):
        return dict(_prefixed(older))
    return {}


def _prefixed(texts: list[Json]) -> Iterator[tuple[str, str]]:
    for text in texts:
        code, colon, rest = text.partition(":") if isinstance(text, str) else ("", "", "")
        if colon:
            yield code.strip(), rest.strip()


def _add_pictures(item: Item, entry: Json) -> None:
    shown = picture(entry.get("image_url")) or picture(entry.get("poster"))
    small = picture(entry.get("thumbnail"))
    if shown:
        item.images.add(role=Image.PRIMARY, url=shown)
    if small and small != shown:
        item.images.add(role=Image.THUMBNAIL, url=small)


def _named(entry: Json, name: str) -> tuple[ItemRef] | None:
    text = sdk.text_in(entry, name)
    return (ItemRef(name=text),) if text else None


def _studios(entry: Json) -> list[ItemRef] | None:
    """`studios`. `companies` mixes studios with networks and distributors, so it is nobody's list."""
    return [ItemRef(name=name) for name in sdk.texts_in(entry, "studios")] if "studios" in entry else None
