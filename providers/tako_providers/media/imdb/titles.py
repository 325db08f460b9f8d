"""Titles of imdbapi.dev: entries of lists, and the body of /titles/{id} with what is asked beside it."""

from __future__ import annotations

from collections.abc import Mapping

from tako.v1.details_media_pb2 import BoxOffice, Episode, Movie, Series
from tako.v1.item_parts_pb2 import AgeRating, AlternativeTitle, Link, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import ReleaseDate, SeasonSummary
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako.v1.values_pb2 import Money
from tako_providers import sdk
from tako_providers.media.imdb import answers, people
from tako_providers.media.imdb.parts import (
    LANGUAGE,
    PROVIDER,
    SORTS,
    Sort,
    add_picture,
    add_rating,
    country_of,
    date_of,
    identify,
    is_title_id,
    language_of,
    minutes,
    picture_url,
    season_id,
    season_title,
)
from tako_providers.sdk import Json, ShapeChanged


def title(entry: Json) -> Item | None:
    """A title in a list; None for one without id or name, and for types that Tako has no kind for."""
    number, sort, name = entry.get("id"), SORTS.get(entry.get("type")), sdk.one_line(sdk.text_in(entry, "primaryTitle"))
    if sort is None or not name or not isinstance(number, str) or not is_title_id(number):
        return None
    original = sdk.one_line(sdk.text_in(entry, "originalTitle"))
    plot = sdk.plain(sdk.text_in(entry, "plot"))
    ended = sdk.positive(entry.get("endYear")) if "endYear" in entry else None
    item = Item(
        kind=sort.kind,
        source_id=number,
        title=name,
        year=sdk.positive(entry.get("startYear")),
        end_year=ended,
        adult=sdk.flag_in(entry, "isAdult"),
        genres=sdk.texts_in(entry, "genres") or None,
    )
    if original != name:
        item.original_title = original
    if plot:
        item.description = plot
        item.language = LANGUAGE
    if ended and sort.kind == Item.SERIES:
        item.status = WorkStatus.COMPLETED
    identify(item, number)
    add_picture(item, entry.get("primaryImage"))
    add_rating(item, entry.get("rating"))
    _add_metacritic(item, entry.get("metacritic"))
    _add_form(item, sort, entry)
    if "stars" in entry or "directors" in entry or "writers" in entry:
        _add_people(item, entry)
    return item


def titles(found: list[Json]) -> list[Item]:
    """The titles of a list. Raises ShapeChanged when none of them can be read."""
    items = sdk.present(map(title, found))
    if found and not items and not any(_is_of_unknown_type(entry) for entry in found):
        raise ShapeChanged("IMDb: titles with an id, a type and a primaryTitle were expected")
    return items


def whole(body: Json, beside: Mapping[str, Json]) -> Item:
    """/titles/{id}, and the bodies of what lies below it by their names, None for one that is not there."""
    item = title(body)
    if item is None:
        raise ShapeChanged("IMDb: a title with an id, a known type and a primaryTitle was expected")
    interests = sdk.dicts_in(body, "interests")
    item.countries.extend(filter(None, map(country_of, sdk.list_in(body, "originCountries"))))
    item.languages.extend(dict.fromkeys(filter(None, map(language_of, sdk.list_in(body, "spokenLanguages")))))
    item.tags.extend(_other_interests(item, interests))
    if score := sdk.link(Link.REVIEW, sdk.text_in(sdk.dict_in(body, "metacritic"), "url"), "Metacritic"):
        item.links.append(score)
    item.alternative_titles.extend(_alternatives(item, _below(beside, "akas", "akas")))
    item.age_ratings.extend(sdk.present(map(_age_rating, _below(beside, "certificates", "certificates"))))
    released = _releases(_below(beside, "releaseDates", "releaseDates"))
    first = min((one.date for one in released), key=lambda date: date.ljust(10, "~"), default="")
    if first and item.year in (0, sdk.year_of(first)):
        item.release_date, item.year = first, int(first[:4])
    subgenres = [sdk.text_in(one, "name") for one in interests if one.get("isSubgenre") is True]
    credited = _below(beside, "credits", "credits")
    if item.kind == Item.MOVIE:
        item.movie.subgenres.extend(filter(None, subgenres))
        item.movie.releases.extend(released[: sdk.MAX_EMBEDDED])
        if box_office := _box_office(beside.get("boxOffice")):
            item.movie.box_office.CopyFrom(box_office)
        _add_credits(item.movie, credited)
    elif item.kind == Item.SERIES:
        item.series.subgenres.extend(filter(None, subgenres))
        _add_credits(item.series, credited)
        _add_seasons(item, _below(beside, "seasons", "seasons"))
    elif item.kind == Item.EPISODE:
        _add_credits(item.episode, credited)
    return item


def _add_form(item: Item, sort: Sort, entry: Json) -> None:
    """Add the form of a film, and the length of whatever it is.

    A mini-series' length is that of all its episodes, so it is not given as an episode's.
    """
    length = minutes(entry.get("runtimeSeconds"))
    if sort.kind == Item.MOVIE:
        item.movie.format = sort.format
        if length:
            item.movie.runtime_minutes = length
    elif sort.kind == Item.SERIES:
        item.series.type = word = entry["type"]
        if length and word not in ("tvMiniSeries", "TV_MINI_SERIES"):
            item.series.episode_runtime_minutes.append(length)
    elif sort.kind == Item.EPISODE:
        item.episode.SetInParent()
        if length:
            item.episode.runtime_minutes = length


def _add_metacritic(item: Item, entry: Json) -> None:
    """Add the score of critics."""
    if isinstance(entry, dict):
        score, reviews = sdk.number_in(entry, "score"), sdk.count_in(entry, "reviewCount")
        sdk.add_rating(item, score, 100.0, reviews, source=Rating.CRITICS, name="Metacritic", further=True)


def _add_people(item: Item, entry: Json) -> None:
    """Stars, directors and writers that stand in the title itself."""
    if item.kind not in (Item.MOVIE, Item.SERIES, Item.EPISODE):
        return
    about: Movie | Series | Episode = getattr(item, item.WhichOneof("details") or "movie")
    about.cast.extend(_named(entry, "stars", CreditRole.ACTOR, ""))
    about.crew.extend(_named(entry, "directors", CreditRole.DIRECTOR, "director"))
    about.crew.extend(_named(entry, "writers", CreditRole.WRITER, "writer"))


def _named(entry: Json, name: str, role: CreditRole.Type.ValueType, job: str) -> list[Credit]:
    return sdk.present(people.credit(one, role, job) for one in sdk.dicts_in(entry, name))


def _add_credits(about: Movie | Series | Episode, found: list[Json]) -> None:
    """The list of credits in place of the few names in the title, which it holds too."""
    played, made = people.cast_and_crew(found)
    if played:
        del about.cast[:]
        about.cast.extend(played[: sdk.MAX_EMBEDDED])
    if made:
        del about.crew[:]
        about.crew.extend(made[: sdk.MAX_EMBEDDED])


def _add_seasons(item: Item, found: list[Json]) -> None:
    seasons = [(sdk.text_in(one, "season"), sdk.positive(one.get("episodeCount"))) for one in found]
    counts = sdk.present(count for _, count in seasons)
    item.series.season_count = sum(season.isdecimal() and season != "0" for season, _ in seasons)
    if not item.series.season_count:
        item.series.ClearField("season_count")
    if counts and len(counts) == len(seasons):
        item.series.episode_count = sum(counts)
    item.series.seasons.extend(
        SeasonSummary(
            id=season_id(item.source_id, season),
            number=int(season) if season.isdecimal() else None,
            title=season_title(season),
            episode_count=count,
        )
        for season, count in seasons
        if season
    )


def _below(beside: Mapping[str, Json], part: str, name: str) -> list[Json]:
    """The list in a body that was asked beside the title; none where upstream has no such body."""
    body = beside.get(part)
    return [] if body is None or answers.is_absent(body) else answers.listed(body, name)


def _other_interests(item: Item, interests: list[Json]) -> list[str]:
    """Interests that are neither genres nor subgenres, such as `Computer Animation`."""
    plain = (sdk.text_in(one, "name") for one in interests if one.get("isSubgenre") is not True)
    return [name for name in plain if name and name not in item.genres]


def _alternatives(item: Item, found: list[Json]) -> list[AlternativeTitle]:
    seen, kept = {item.title, item.original_title}, []
    for one in found:
        text = sdk.one_line(sdk.text_in(one, "text"))
        if not text or text in seen:
            continue
        seen.add(text)
        original = "original title" in sdk.texts_in(one, "attributes")
        kept.append(
            AlternativeTitle(
                text=text,
                language=language_of(one.get("language")),
                country=country_of(one.get("country")),
                type=AlternativeTitle.ORIGINAL if original else AlternativeTitle.TYPE_UNSPECIFIED,
            )
        )
    return kept[: sdk.MAX_EMBEDDED]


def _age_rating(entry: Json) -> AgeRating | None:
    mark = sdk.text_in(entry, "rating")
    if not mark:
        return None
    return AgeRating(
        rating=mark, country=country_of(entry.get("country")), descriptors=sdk.texts_in(entry, "attributes")
    )


def _releases(found: list[Json]) -> list[ReleaseDate]:
    return [
        ReleaseDate(date=date, country=country_of(one.get("country")), note=", ".join(sdk.texts_in(one, "attributes")))
        for one in found
        if (date := date_of(one.get("releaseDate")))
    ]


def _box_office(body: Json) -> BoxOffice | None:
    if body is None or answers.is_absent(body):
        return None
    answers.checked(body)
    opening = sdk.dict_in(body, "openingWeekendGross")
    made = BoxOffice(
        budget=_money(body, "productionBudget"),
        revenue=_money(body, "worldwideGross"),
        domestic=_money(body, "domesticGross"),
        opening=_money(opening, "gross"),
    )
    return made if made.ListFields() else None


def _money(body: Json, name: str) -> Money | None:
    """Amounts are text upstream."""
    found = sdk.dict_in(body, name)
    currency = sdk.text_in(found, "currency")
    return sdk.money(found.get("amount"), currency) if currency else None


def _is_of_unknown_type(entry: Json) -> bool:
    word = entry.get("type")
    return isinstance(word, str) and bool(word) and word not in SORTS


def reference(entry: Json) -> ItemRef | None:
    """A title that another item names."""
    sort, number = SORTS.get(entry.get("type")), entry.get("id")
    if sort is None or not isinstance(number, str):
        return None
    name, year = sdk.one_line(sdk.text_in(entry, "primaryTitle")), sdk.positive(entry.get("startYear"))
    return sdk.ref(PROVIDER, sort.kind, number, name, image_url=picture_url(entry), year=year)
