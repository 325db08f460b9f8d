"""Series and films of TheTVDB with all that is known of them: the extended records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tako.v1.calendar_pb2 import Broadcast, Weekday
from tako.v1.details_media_pb2 import BoxOffice, Movie, Series
from tako.v1.item_parts_pb2 import AlternativeTitle
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import EpisodeSummary, ReleaseDate, SeasonSummary
from tako.v1.references_pb2 import CreditRole, ItemRef, SeasonOrder
from tako_providers import sdk
from tako_providers.media.tvdb import lists, people
from tako_providers.media.tvdb.parts import (
    PROVIDER,
    Wanted,
    age_rating,
    any_text,
    best,
    gallery,
    identify,
    language_of,
    number_of,
    picture,
    trailer,
)
from tako_providers.sdk import Json

_WEEKDAYS = {word.casefold(): day for word, day in Weekday.Day.items() if 1 <= day <= 7}
_STUDIOS = ("Studio", "Production Company")


def series(entry: Json, wish: Wanted) -> Item:
    """/series/{id}/extended"""
    item = lists.whole(lists.series(entry), entry, "series")
    _add_title_facts(item, entry, wish)
    characters, companies = sdk.dicts_in(entry, "characters"), sdk.dicts_in(entry, "companies")
    seasons = of_order(entry, SeasonOrder.OFFICIAL)
    last, following = (sdk.partial_date(sdk.text_in(entry, name)) for name in ("lastAired", "nextAired"))
    aired_by = (sdk.dict_in(entry, "originalNetwork"), sdk.dict_in(entry, "latestNetwork"))
    item.series.MergeFrom(
        Series(
            season_count=sum(1 for one in seasons if sdk.positive(one.get("number"))) or None,
            networks=company_names((*aired_by, *_of_type(companies, "Network"))),
            studios=company_names(_of_type(companies, *_STUDIOS)),
            creators=people.named(characters, CreditRole.CREATOR),
            cast=people.named(characters, CreditRole.ACTOR, CreditRole.GUEST),
            crew=people.crew(characters),
            seasons=sdk.present(map(_season_summary, seasons)),
            last_episode=EpisodeSummary(air_date=last) if last else None,
            next_episode=EpisodeSummary(air_date=following) if following else None,
            broadcast=_broadcast(entry),
            collection=_collection_of(entry),
            videos=sdk.present(map(trailer, sdk.dicts_in(entry, "trailers"))),
        )
    )
    return item


def movie(entry: Json, wish: Wanted) -> Item:
    """/movies/{id}/extended"""
    item = lists.whole(lists.movie(entry), entry, "film")
    _add_title_facts(item, entry, wish)
    characters, companies = sdk.dicts_in(entry, "characters"), sdk.dict_in(entry, "companies")
    releases = sdk.present(map(_release, sdk.dicts_in(entry, "releases")))
    first = _release(sdk.dict_in(entry, "first_release"))
    earliest = min((one.date for one in releases), key=lambda date: date.ljust(10, "~"), default="")
    item.release_date = first.date if first else earliest
    if not item.HasField("year") and item.release_date:
        item.year = int(item.release_date[:4])
    made_in = (sdk.country_code(one.get("country")) for one in sdk.dicts_in(entry, "production_countries"))
    countries = dict.fromkeys((sdk.country_code(entry.get("originalCountry")), *made_in))
    item.countries.extend(filter(None, countries))
    item.languages.extend(dict.fromkeys(filter(None, map(language_of, sdk.list_in(entry, "spoken_languages")))))
    made_by = (*sdk.dicts_in(companies, "studio"), *sdk.dicts_in(companies, "production"))
    item.movie.MergeFrom(
        Movie(
            tagline=_tagline(entry, wish),
            box_office=_box_office(entry),
            cast=people.named(characters, CreditRole.ACTOR, CreditRole.GUEST),
            crew=people.crew(characters),
            studios=company_names((*made_by, *sdk.dicts_in(entry, "studios"))),
            networks=company_names(sdk.dicts_in(companies, "network")),
            collection=_collection_of(entry),
            releases=releases or sdk.present((first,)),
            videos=sdk.present(map(trailer, sdk.dicts_in(entry, "trailers"))),
        )
    )
    return item


def shown(item: Item) -> str:
    return item.images[0].url if item.images else ""


def _add_title_facts(item: Item, entry: Json, wish: Wanted) -> None:
    """What series and films share: texts in the language wanted, ids, pictures, genres, age ratings."""
    names, overviews = translations(entry)
    original, native = sdk.text_in(entry, "originalLanguage"), item.title
    name, of_name = best(names, wish)
    overview, code = best(overviews, wish)
    if name and (title := sdk.one_line(name)) != native:
        item.title, item.original_title = title, native
    if overview:
        item.description, item.language = sdk.plain(overview), language_of(code)
    elif not item.description:
        overview, code = any_text(overviews, original)
        item.description, item.language = sdk.plain(overview), language_of(code)
    item.language = item.language or language_of(of_name or original)
    item.alternative_titles.extend(_other_titles(item, names))
    del item.alternative_titles[sdk.MAX_EMBEDDED :]
    item.images.extend(gallery(sdk.dicts_in(entry, "artworks"), shown(item)))
    remote_ids = sdk.dicts_in(entry, "remoteIds")
    del item.links[:], item.external_ids[:]
    identify(item, sdk.text_in(entry, "slug"), remote_ids)
    item.genres.extend(filter(None, (sdk.text_in(one, "name") for one in sdk.dicts_in(entry, "genres"))))
    item.age_ratings.extend(sdk.present(map(age_rating, sdk.dicts_in(entry, "contentRatings"))))


def translations(entry: Json) -> tuple[dict[str, str], dict[str, str]]:
    """Names and overviews by language, of `meta=translations`. Aliases among the names do not count."""
    found = sdk.dict_in(entry, "translations")
    names = {
        sdk.text_in(one, "language"): text
        for one in sdk.dicts_in(found, "nameTranslations")
        if one.get("isAlias") is not True and (text := sdk.text_in(one, "name"))
    }
    overviews = {
        sdk.text_in(one, "language"): text
        for one in sdk.dicts_in(found, "overviewTranslations")
        if (text := sdk.text_in(one, "overview"))
    }
    return names, overviews


def _tagline(entry: Json, wish: Wanted) -> str:
    found = sdk.dict_in(entry, "translations")
    taglines = {
        sdk.text_in(one, "language"): text
        for name in ("nameTranslations", "overviewTranslations")
        for one in sdk.dicts_in(found, name)
        if (text := sdk.text_in(one, "tagline"))
    }
    return sdk.one_line(best(taglines, wish)[0] or any_text(taglines, sdk.text_in(entry, "originalLanguage"))[0])


def _other_titles(item: Item, names: dict[str, str]) -> Iterator[AlternativeTitle]:
    seen = {item.title, item.original_title, *(other.text for other in item.alternative_titles)}
    for code, name in names.items():
        if (text := sdk.one_line(name)) not in seen:
            seen.add(text)
            yield AlternativeTitle(text=text, language=language_of(code), type=AlternativeTitle.TRANSLATED)


def of_order(entry: Json, order: SeasonOrder.Type.ValueType) -> list[Json]:
    """Seasons of one order; DEFAULT is the one that the series names."""
    found = sdk.dicts_in(entry, "seasons")
    if order == SeasonOrder.DEFAULT:
        number = entry.get("defaultSeasonType")
        return [one for one in found if sdk.dict_in(one, "type").get("id") == number]
    return [one for one in found if order_of(one) == order]


def order_of(entry: Json) -> SeasonOrder.Type.ValueType:
    return lists.ORDERS.get(sdk.text_in(sdk.dict_in(entry, "type"), "type"), SeasonOrder.TYPE_UNSPECIFIED)


def _season_summary(entry: Json) -> SeasonSummary | None:
    number = number_of(entry.get("id"))
    if not number:
        return None
    return SeasonSummary(
        id=sdk.make_id(PROVIDER, Item.SEASON, number),
        number=sdk.count_in(entry, "number"),
        title=lists.season_title(entry),
        image_url=picture(entry.get("image")),
        order=order_of(entry),
        order_text=sdk.text_in(sdk.dict_in(entry, "type"), "name"),
    )


def _broadcast(entry: Json) -> Broadcast | None:
    days = sdk.dict_in(entry, "airsDays")
    weekdays = [day for word, day in _WEEKDAYS.items() if days.get(word) is True]
    time = sdk.text_in(entry, "airsTime")
    return Broadcast(weekdays=weekdays, time=time) if weekdays or time else None


def _collection_of(entry: Json) -> ItemRef | None:
    """The list that a title belongs to: an official one before others."""
    found = sorted(sdk.dicts_in(entry, "lists"), key=lambda one: one.get("isOfficial") is not True)
    return next(iter(sdk.present(map(_list_ref, found))), None)


def _list_ref(entry: Json) -> ItemRef | None:
    number, name = number_of(entry.get("id")), sdk.one_line(sdk.text_in(entry, "name"))
    return sdk.ref(PROVIDER, Item.COLLECTION, number, name, image_url=picture(entry.get("image"))) if number else None


def _of_type(companies: Iterable[Json], *names: str) -> Iterator[Json]:
    for one in companies:
        if sdk.text_in(sdk.dict_in(one, "companyType"), "companyTypeName") in names:
            yield one


def company_names(found: Iterable[Json]) -> list[ItemRef]:
    """Companies: Tako has no items of them here, so only their names, each once."""
    return [
        ItemRef(name=name) for name in dict.fromkeys(sdk.one_line(sdk.text_in(one, "name")) for one in found) if name
    ]


def _release(entry: Json) -> ReleaseDate | None:
    date, country = sdk.partial_date(sdk.text_in(entry, "date")), sdk.text_in(entry, "country")
    if not date:
        return None
    code = sdk.country_code(country)
    return ReleaseDate(
        date=date, country=code, region="" if code else country, note=sdk.one_line(sdk.text_in(entry, "detail"))
    )


def _box_office(entry: Json) -> BoxOffice | None:
    """In dollars, as the site shows them. `boxOfficeUS` is at home for American films alone."""
    at_home = sdk.text_in(entry, "boxOfficeUS") if entry.get("originalCountry") == "usa" else ""
    made = BoxOffice(
        budget=sdk.money(sdk.text_in(entry, "budget"), "USD"),
        revenue=sdk.money(sdk.text_in(entry, "boxOffice"), "USD"),
        domestic=sdk.money(at_home, "USD"),
    )
    return made if made.ListFields() else None
