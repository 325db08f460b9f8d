"""Base records of TheTVDB as Items: what filtered lists, look-ups and other records hold."""

from __future__ import annotations

from collections.abc import Callable

from tako.v1.details_media_pb2 import Episode, Movie, Season, Series
from tako.v1.details_people_pb2 import Person
from tako.v1.item_parts_pb2 import WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef, SeasonOrder
from tako_providers import sdk
from tako_providers.media.tvdb.parts import (
    PROVIDER,
    aliases,
    engagement,
    identify,
    language_of,
    number_of,
    pictures,
    status_of,
)
from tako_providers.sdk import Json, ShapeChanged

ORDERS = {
    "default": SeasonOrder.DEFAULT,
    "official": SeasonOrder.OFFICIAL,
    "dvd": SeasonOrder.DVD,
    "absolute": SeasonOrder.ABSOLUTE,
    "alternate": SeasonOrder.ALTERNATE,
    "regional": SeasonOrder.REGIONAL,
}
_FINALES = {"season": Episode.FINALE, "series": Episode.FINALE, "midseason": Episode.MID_SEASON}


def series(entry: Json) -> Item | None:
    """A base record of a series."""
    number, name = number_of(entry.get("id")), sdk.one_line(sdk.text_in(entry, "name"))
    if not number or not name:
        return None
    date, ended = sdk.partial_date(sdk.text_in(entry, "firstAired")), ""
    overview = sdk.plain(sdk.text_in(entry, "overview"))
    status = sdk.text_in(sdk.dict_in(entry, "status"), "name")
    if status_of(status) == WorkStatus.COMPLETED:
        ended = sdk.partial_date(sdk.text_in(entry, "lastAired"))
    country, original = sdk.country_code(entry.get("originalCountry")), language_of(entry.get("originalLanguage"))
    length = sdk.positive(entry.get("averageRuntime"))
    item = Item(
        kind=Item.SERIES,
        source_id=number,
        title=name,
        alternative_titles=aliases(entry["aliases"], name) if entry.get("aliases") else None,
        description=overview,
        year=sdk.positive(entry.get("year")) or sdk.year_of(date),
        end_year=sdk.year_of(ended),
        release_date=date,
        end_date=ended,
        images=pictures(entry),
        engagement=engagement(entry),
        status=status_of(status),
        status_text=status,
        countries=(country,) if country else None,
        language=original if overview else "",
        series=Series(original_language=original, episode_runtime_minutes=(length,) if length else ()),
    )
    identify(item, sdk.text_in(entry, "slug"))
    return item


def movie(entry: Json) -> Item | None:
    """A base record of a film, which has no text."""
    number, name = number_of(entry.get("id")), sdk.one_line(sdk.text_in(entry, "name"))
    if not number or not name:
        return None
    status = sdk.text_in(sdk.dict_in(entry, "status"), "name")
    item = Item(
        kind=Item.MOVIE,
        source_id=number,
        title=name,
        alternative_titles=aliases(entry["aliases"], name) if entry.get("aliases") else None,
        year=sdk.positive(entry.get("year")),
        images=pictures(entry),
        engagement=engagement(entry),
        status=status_of(status),
        status_text=status,
        movie=Movie(
            original_language=language_of(entry.get("originalLanguage")),
            runtime_minutes=sdk.positive(entry.get("runtime")),
        ),
    )
    identify(item, sdk.text_in(entry, "slug"))
    return item


def person(entry: Json) -> Item | None:
    """A base record of a person."""
    number, name = number_of(entry.get("id")), sdk.one_line(sdk.text_in(entry, "name"))
    if not number or not name:
        return None
    item = Item(
        kind=Item.PERSON,
        source_id=number,
        title=name,
        alternative_titles=aliases(entry["aliases"], name) if entry.get("aliases") else None,
        images=pictures(entry),
        engagement=engagement(entry),
        person=Person(),
    )
    identify(item, sdk.text_in(entry, "slug"))
    return item


def season(entry: Json) -> Item | None:
    """A base record of a season. Most have no name."""
    number, place = number_of(entry.get("id")), sdk.count_in(entry, "number")
    title = season_title(entry)
    if not number or not title:
        return None
    sort = sdk.dict_in(entry, "type")
    item = Item(
        kind=Item.SEASON,
        source_id=number,
        title=title,
        year=sdk.positive(entry.get("year")),
        images=pictures(entry),
        season=Season(
            series=reference(Item.SERIES, entry.get("seriesId")),
            number=place,
            order=ORDERS.get(sdk.text_in(sort, "type"), SeasonOrder.TYPE_UNSPECIFIED),
            order_text=sdk.text_in(sort, "name"),
        ),
    )
    identify(item)
    return item


def episode(entry: Json, texts: tuple[str, str] = ("", ""), language: str = "", original: str = "") -> Item | None:
    """A base record of an episode, in the language ``original``, where that is known.

    ``texts`` are name and overview in ``language``, "" where they are not had.
    """
    number, place = number_of(entry.get("id")), sdk.count_in(entry, "number")
    name = sdk.one_line(sdk.text_in(entry, "name"))
    title = sdk.one_line(texts[0]) or name or (f"Episode {place}" if place is not None else "")
    if not number or not title:
        return None
    date, season_number = sdk.partial_date(sdk.text_in(entry, "aired")), sdk.count_in(entry, "seasonNumber")
    overview = sdk.plain(texts[1] or sdk.text_in(entry, "overview"))
    shown_as_film = entry.get("isMovie")
    sort = _FINALES.get(sdk.text_in(entry, "finaleType"), Episode.TYPE_UNSPECIFIED)
    item = Item(
        kind=Item.EPISODE,
        source_id=number,
        title=title,
        original_title=name if name != title else "",
        description=overview,
        year=sdk.year_of(date) or sdk.positive(entry.get("year")),
        release_date=date,
        images=pictures(entry),
        language=language if texts[1] or (texts[0] and not overview) else original if overview or name else "",
        episode=Episode(
            series=reference(Item.SERIES, entry.get("seriesId")),
            season_number=season_number,
            episode_number=place,
            absolute_number=sdk.positive(entry.get("absoluteNumber")),
            type=Episode.SPECIAL if season_number == 0 and not sort else sort,
            runtime_minutes=sdk.positive(entry.get("runtime")),
            is_movie=bool(shown_as_film) if shown_as_film in (0, 1) else None,
        ),
    )
    identify(item)
    return item


FOUND: dict[str, Callable[[Json], Item | None]] = {
    "series": series,
    "movie": movie,
    "people": person,
    "episode": episode,
    "season": season,
}
"""What a look-up may find, the likeliest first; a company is no item here."""


def found(entries: list[Json]) -> list[Item]:
    """/search/remoteid: each entry holds one record under its type's name. Stray episodes and seasons come along."""
    items = [
        item
        for sort, mapper in FOUND.items()
        for entry in entries
        if isinstance(entry.get(sort), dict) and (item := mapper(entry[sort]))
    ]
    whole = [item for item in items if item.kind not in (Item.EPISODE, Item.SEASON)]
    return whole or items


def whole(item: Item | None, entry: Json, what: str) -> Item:
    """The item of a record, and when upstream changed it last. Raises ShapeChanged where it could not be read."""
    if item is None:
        raise ShapeChanged(f"TheTVDB: a {what} with an id and a name was expected")
    if changed := sdk.timestamp(sdk.text_in(entry, "lastUpdated")):
        item.source_updated_at.CopyFrom(changed)
    return item


def season_title(entry: Json) -> str:
    """A season's name, else its number."""
    number = sdk.count_in(entry, "number")
    counted = "" if number is None else f"Season {number}" if number else "Specials"
    return sdk.one_line(sdk.text_in(entry, "name")) or counted


def reference(kind: sdk.Kind, number: Json, name: str = "") -> ItemRef | None:
    """Another item; upstream often tells its number alone."""
    text = number_of(number)
    return ItemRef(id=f"{PROVIDER}/{sdk.kind_segment(kind)}/{text}", name=name) if text else None
