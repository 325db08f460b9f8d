"""Entries of TMDB's lists (search, feeds, recommendations, /find) as Items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tako.v1.details_media_pb2 import Episode, Season
from tako.v1.details_people_pb2 import Collection, Person
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef, WorkCredit
from tako.v1.values_pb2 import Gender
from tako_providers import sdk
from tako_providers.media.tmdb.parts import (
    PROVIDER,
    add_pictures,
    add_standing,
    countries_of,
    dicts,
    identify,
    language_of,
    numbered,
    picture,
    translations,
    words,
)
from tako_providers.sdk import Json, ShapeChanged


class Texts(NamedTuple):
    """What an entry does not say itself: the language of its texts, and names for its `genre_ids`."""

    language: str = ""
    genres: Mapping[int, str] = MappingProxyType({})


Mapper = Callable[[Json, Texts], Item | None]
"""Maps one entry; None for one that has no id or no name."""
Fits = Callable[[Json], bool]
"""Whether an entry is one that was asked for."""

_GENDERS = {1: Gender.FEMALE, 2: Gender.MALE, 3: Gender.NON_BINARY}
_KNOWN_KINDS = {"movie": Item.MOVIE, "tv": Item.SERIES}
_EPISODE_TYPES = {"standard": Episode.STANDARD, "finale": Episode.FINALE, "mid_season": Episode.MID_SEASON}


def entries(body: Json, name: str = "results") -> list[Json]:
    """The list called ``name``. Raises ShapeChanged when there is none."""
    listed = body.get(name) if isinstance(body, dict) else None
    if not isinstance(listed, list):
        raise ShapeChanged(f"TMDB: a list called {name} was expected")
    return dicts(listed)


def found(body: Json, names: Iterable[str]) -> dict[str, list[Json]]:
    """The lists of these names that are there. Raises ShapeChanged when there is none."""
    known = {name: dicts(body[name]) for name in names if isinstance(body, dict) and isinstance(body.get(name), list)}
    if not known:
        raise ShapeChanged("TMDB: lists of what was found were expected")
    return known


def one(body: Json) -> list[Json]:
    """A detail, as a list of one entry. Raises ShapeChanged when it is none."""
    if not isinstance(body, dict):
        raise ShapeChanged("TMDB: an object was expected")
    return [body]


def mapped(listed: list[Json], texts: Texts, kind: sdk.Kind | None, fits: Fits | None = None) -> list[Item]:
    """Entries of one kind, or of the kind that each names, where they fit.

    Raises ShapeChanged when none of them is known.
    """
    known: list[tuple[Json, Item]] = []
    for entry in listed:
        mapper = BY_KIND[kind] if kind is not None else _BY_MEDIA_TYPE.get(entry.get("media_type"))
        if mapper and (item := mapper(entry, texts)):
            known.append((entry, item))
    if listed and not known:
        raise ShapeChanged("TMDB: entries with an id and a title or name were expected")
    return [item for entry, item in known if fits is None or fits(entry)]


def movie(entry: Json, texts: Texts) -> Item | None:
    """A film in a list; one in a saga may have a name where others have a title."""
    number = entry.get("id")
    original = sdk.one_line(words(entry.get("original_title")) or words(entry.get("original_name")))
    title = sdk.one_line(words(entry.get("title")) or words(entry.get("name"))) or original
    if not numbered(number) or not title:
        return None
    date = sdk.partial_date(words(entry.get("release_date")))
    description = sdk.plain(words(entry.get("overview")))
    item = Item(kind=Item.MOVIE, source_id=str(number), title=title)
    if original != title:
        item.original_title = original
    if description:
        item.description = description
        item.language = texts.language
    if date:
        item.release_date = date
        item.year = int(date[:4])
    _add_rating(item, entry)
    add_standing(item, entry)
    if texts.genres:
        _add_genres(item, entry, texts.genres)
    item.movie.original_language = language_of(entry.get("original_language"))
    identify(item, number, f"/movie/{number}")
    add_pictures(item, entry.get("poster_path"), "w500", entry.get("backdrop_path"))
    return item


def series(entry: Json, texts: Texts) -> Item | None:
    """A series in a list."""
    number = entry.get("id")
    original = sdk.one_line(words(entry.get("original_name")))
    title = sdk.one_line(words(entry.get("name"))) or original
    if not numbered(number) or not title:
        return None
    date = sdk.partial_date(words(entry.get("first_air_date")))
    description = sdk.plain(words(entry.get("overview")))
    item = Item(kind=Item.SERIES, source_id=str(number), title=title)
    if original != title:
        item.original_title = original
    if description:
        item.description = description
        item.language = texts.language
    if date:
        item.release_date = date
        item.year = int(date[:4])
    _add_rating(item, entry)
    add_standing(item, entry)
    if texts.genres:
        _add_genres(item, entry, texts.genres)
    if countries := countries_of(entry.get("origin_country")):
        item.countries.extend(countries)
    item.series.original_language = language_of(entry.get("original_language"))
    identify(item, number, f"/tv/{number}")
    add_pictures(item, entry.get("poster_path"), "w500", entry.get("backdrop_path"))
    return item


def person(entry: Json, _texts: Texts) -> Item | None:
    """A person in a list, a cast or a crew."""
    number = entry.get("id")
    native = sdk.one_line(words(entry.get("original_name")))
    name = sdk.one_line(words(entry.get("name"))) or native
    if not numbered(number) or not name:
        return None
    item = Item(kind=Item.PERSON, source_id=str(number), title=name)
    if native != name:
        item.original_title = native
    add_standing(item, entry)
    about = item.person
    about.gender = _GENDERS.get(entry.get("gender"), Gender.TYPE_UNSPECIFIED)
    if profession := words(entry.get("known_for_department")):
        about.professions.append(profession)
    identify(item, number, f"/person/{number}")
    add_pictures(item, entry.get("profile_path"), "h632")
    for known in dicts(entry.get("known_for")):
        _add_known_for(about, known)
    return item


def collection(entry: Json, texts: Texts) -> Item | None:
    """A saga in a list."""
    number = entry.get("id")
    original = sdk.one_line(words(entry.get("original_name")))
    title = sdk.one_line(words(entry.get("name"))) or original
    if not numbered(number) or not title:
        return None
    description = sdk.plain(words(entry.get("overview")))
    item = Item(kind=Item.COLLECTION, source_id=str(number), title=title)
    if original != title:
        item.original_title = original
    if description:
        item.description = description
        item.language = texts.language
    add_standing(item, entry)
    item.collection.type = Collection.SAGA
    identify(item, number, f"/collection/{number}")
    add_pictures(item, entry.get("poster_path"), "w500", entry.get("backdrop_path"))
    return item


def season(entry: Json, texts: Texts) -> Item | None:
    """A season with `show_id`: in a series or in /find. Its own id cannot be asked, its numbers can."""
    show, number = entry.get("show_id"), entry.get("season_number")
    if not numbered(show) or not isinstance(number, int):
        return None
    date = sdk.partial_date(words(entry.get("air_date")))
    description = sdk.plain(words(entry.get("overview")))
    item = Item(
        kind=Item.SEASON,
        source_id=f"{show}/{number}",
        title=_name(entry) or (f"Season {number}" if number else "Specials"),
        description=description,
        year=sdk.year_of(date),
        release_date=date,
        language=texts.language if description else "",
        season=Season(series=series_ref(show), number=number, episode_count=sdk.positive(entry.get("episode_count"))),
    )
    _add_rating(item, entry)
    identify(item, entry.get("id"), f"/tv/{show}/season/{number}")
    add_pictures(item, entry.get("poster_path"), "w500")
    return item


def episode(entry: Json, texts: Texts) -> Item | None:
    """An episode with `show_id`: in a season or in /find. Its own id cannot be asked, its numbers can."""
    show, season_number, number = (
        entry.get("show_id"),
        entry.get("season_number"),
        entry.get("episode_number"),
    )
    if not numbered(show) or not isinstance(season_number, int) or not isinstance(number, int):
        return None
    date = sdk.partial_date(words(entry.get("air_date")))
    description = sdk.plain(words(entry.get("overview")))
    item = Item(
        kind=Item.EPISODE,
        source_id=f"{show}/{season_number}/{number}",
        title=_name(entry) or f"Episode {number}",
        description=description,
        year=sdk.year_of(date),
        release_date=date,
        language=texts.language if description else "",
        episode=Episode(
            series=series_ref(show),
            season=ItemRef(id=sdk.make_id(PROVIDER, Item.SEASON, f"{show}/{season_number}")),
            season_number=season_number,
            episode_number=number,
            type=_EPISODE_TYPES.get(entry.get("episode_type"), Episode.TYPE_UNSPECIFIED),
            runtime_minutes=sdk.positive(entry.get("runtime")),
            production_code=words(entry.get("production_code")),
        ),
    )
    _add_rating(item, entry)
    identify(item, entry.get("id"), f"/tv/{show}/season/{season_number}/episode/{number}")
    add_pictures(item, entry.get("still_path"), "original")
    return item


def series_ref(number: Json, name: str = "") -> ItemRef:
    """The series of a season or episode; upstream's body does not hold its name."""
    return ItemRef(id=sdk.make_id(PROVIDER, Item.SERIES, number), name=name)


def title_ref(entry: Json, kind: sdk.Kind) -> ItemRef | None:
    """A film or series named by another item."""
    return _title_ref(entry, kind, _date_of(entry))


def _date_of(entry: Json) -> str:
    return sdk.partial_date(words(entry.get("release_date")) or words(entry.get("first_air_date")))


def _title_ref(entry: Json, kind: sdk.Kind, date: str) -> ItemRef | None:
    return sdk.ref(
        PROVIDER,
        kind,
        entry.get("id"),
        sdk.one_line(words(entry.get("title")) or words(entry.get("name"))),
        image_url=picture("w185", entry.get("poster_path")),
        year=sdk.year_of(date),
    )


def work(entry: Json, kind: sdk.Kind) -> WorkCredit | None:
    """A film or series as a work of a person, without what they did in it."""
    date = _date_of(entry)
    named = _title_ref(entry, kind, date)
    return WorkCredit(work=named, date=date) if named else None


def _name(entry: Json) -> str:
    """The name of a season or episode: in the language asked for, else in English where translations were appended."""
    english = (words(e["data"].get("name")) for e in translations(entry) if e.get("iso_639_1") == "en")
    return sdk.one_line(words(entry.get("name")) or next(filter(None, english), ""))


def _add_known_for(about: Person, entry: Json) -> None:
    """Add a title that a person is known for; in which role, upstream does not say here."""
    kind = _KNOWN_KINDS.get(entry.get("media_type"))
    name = sdk.one_line(words(entry.get("title")) or words(entry.get("name"))) if kind else ""
    if kind is None or not name:
        return
    date, number = _date_of(entry), entry.get("id")
    credit = about.works.add(date=date)
    named = credit.work
    named.name = name
    if number not in (None, ""):
        named.id = sdk.make_id(PROVIDER, kind, number)
    named.image_url = picture("w185", entry.get("poster_path"))
    if date:
        named.year = int(date[:4])


def _add_rating(item: Item, entry: Json) -> None:
    votes = entry.get("vote_count")
    sdk.add_rating(item, sdk.positive_float(entry.get("vote_average")), 10, votes if type(votes) is int else None)


def _add_genres(item: Item, entry: Json, genres: Mapping[int, str]) -> None:
    ids = entry.get("genre_ids")
    if ids and isinstance(ids, list):
        item.genres.extend([genres[number] for number in ids if number in genres])


BY_KIND: Mapping[sdk.Kind, Mapper] = {
    Item.MOVIE: movie,
    Item.SERIES: series,
    Item.PERSON: person,
    Item.COLLECTION: collection,
    Item.SEASON: season,
    Item.EPISODE: episode,
}
_BY_MEDIA_TYPE: Mapping[str, Mapper] = {
    "movie": movie,
    "tv": series,
    "person": person,
    "collection": collection,
}
