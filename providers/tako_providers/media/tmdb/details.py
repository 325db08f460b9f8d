"""TMDB's details of films, series, seasons, episodes and sagas, with what was appended to them."""

from __future__ import annotations

from collections.abc import Iterator

from tako.v1.details_media_pb2 import BoxOffice, Movie, Season, Series
from tako.v1.details_people_pb2 import Collection
from tako.v1.item_parts_pb2 import AlternativeTitle, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import EpisodeSummary, SeasonSummary
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako_providers import sdk
from tako_providers.media.tmdb import lists, people
from tako_providers.media.tmdb.parts import (
    PROVIDER,
    certifications,
    content_ratings,
    countries_of,
    country_of,
    dicts,
    gallery,
    language_of,
    numbered,
    other_ids,
    part,
    picture,
    releases,
    translations,
    videos,
    watch,
    words,
)
from tako_providers.sdk import Json, ShapeChanged

_STATUSES = {
    "Rumored": WorkStatus.ANNOUNCED,
    "Planned": WorkStatus.ANNOUNCED,
    "In Production": WorkStatus.IN_PRODUCTION,
    "Post Production": WorkStatus.IN_PRODUCTION,
    "Released": WorkStatus.RELEASED,
    "Returning Series": WorkStatus.ONGOING,
    "Ended": WorkStatus.COMPLETED,
    "Canceled": WorkStatus.CANCELLED,
}
_OVER = ("Ended", "Canceled")


def movie(body: Json, language: str, watch_region: str) -> Item:
    """/movie/{id}"""
    item = _whole(lists.movie, body, language)
    _add_title_facts(item, body)
    item.age_ratings.extend(certifications(body))
    credited = part(body, "credits")
    saga = part(body, "belongs_to_collection")
    budget, revenue = sdk.money(body.get("budget"), "USD"), sdk.money(body.get("revenue"), "USD")
    item.movie.MergeFrom(
        Movie(
            tagline=words(body.get("tagline")),
            runtime_minutes=sdk.positive(body.get("runtime")),
            box_office=BoxOffice(budget=budget, revenue=revenue) if budget or revenue else None,
            cast=people.named(people.cast(credited)),
            crew=people.named(people.crew(credited)),
            studios=_companies(body.get("production_companies")),
            collection=sdk.ref(
                PROVIDER,
                Item.COLLECTION,
                saga.get("id"),
                words(saga.get("name")),
                image_url=picture("w185", saga.get("poster_path")),
            ),
            releases=releases(body),
            videos=videos(body),
            watch=watch(body, watch_region),
            recommendations=_titles(body, "recommendations", Item.MOVIE),
            similar=_titles(body, "similar", Item.MOVIE),
        )
    )
    return item


def series(body: Json, language: str, watch_region: str) -> Item:
    """/tv/{id}"""
    item = _whole(lists.series, body, language)
    _add_title_facts(item, body)
    item.age_ratings.extend(content_ratings(body))
    if item.status_text in _OVER:
        item.end_date = sdk.partial_date(words(body.get("last_air_date")))
        if end_year := sdk.year_of(item.end_date):
            item.end_year = end_year
    credited = part(body, "aggregate_credits") or part(body, "credits")
    runtimes = body.get("episode_run_time")
    in_production = body.get("in_production")
    item.series.MergeFrom(
        Series(
            tagline=words(body.get("tagline")),
            type=words(body.get("type")),
            season_count=sdk.positive(body.get("number_of_seasons")),
            episode_count=sdk.positive(body.get("number_of_episodes")),
            episode_runtime_minutes=sdk.present(map(sdk.positive, runtimes if isinstance(runtimes, list) else ())),
            in_production=in_production if isinstance(in_production, bool) else None,
            networks=_companies(body.get("networks")),
            studios=_companies(body.get("production_companies")),
            creators=sdk.present(map(_creator, dicts(body.get("created_by")))),
            cast=people.named(people.cast(credited)),
            crew=people.named(people.crew(credited)),
            seasons=[_season_summary(entry, body["id"]) for entry in dicts(body.get("seasons"))],
            last_episode=_episode_summary(part(body, "last_episode_to_air"), body["id"]),
            next_episode=_episode_summary(part(body, "next_episode_to_air"), body["id"]),
            videos=videos(body),
            watch=watch(body, watch_region),
            recommendations=_titles(body, "recommendations", Item.SERIES),
            similar=_titles(body, "similar", Item.SERIES),
        )
    )
    return item


def season(body: Json, show: str, show_body: Json, language: str) -> Item:
    """/tv/{id}/season/{n}, which does not say what series it belongs to. ``show_body`` is /tv/{id} or None."""
    item = _whole(lists.season, {**_checked(body), "show_id": int(show)}, language)
    _add_shared(item, body)
    _name_series(item.season.series, show_body)
    found = lists.entries(body, "episodes")
    credited = part(body, "aggregate_credits") or part(body, "credits")
    item.season.MergeFrom(
        Season(
            episode_count=len(found) or None,
            episodes=sdk.present(_episode_summary(entry, int(show)) for entry in found),
            networks=_companies(body.get("networks")),
            cast=people.named(people.cast(credited)),
            crew=people.named(people.crew(credited)),
            videos=videos(body),
        )
    )
    return item


def episode(body: Json, show: str, show_body: Json, language: str) -> Item:
    """/tv/{id}/season/{n}/episode/{m}; series as for a season. Crew and guests stand in the body itself."""
    item = _whole(lists.episode, {**_checked(body), "show_id": int(show)}, language)
    _add_shared(item, body)
    _name_series(item.episode.series, show_body)
    item.episode.season.name = _season_name(show_body, item.episode.season_number)
    credited = part(body, "credits")
    item.episode.cast.extend(people.named(people.cast(credited)))
    item.episode.crew.extend(people.named(people.crew(body if dicts(body.get("crew")) else credited)))
    item.episode.guests.extend(people.named(people.guests(body if dicts(body.get("guest_stars")) else credited)))
    return item


def collection(body: Json, language: str) -> Item:
    """/collection/{id}"""
    item = _whole(lists.collection, body, language)
    _add_shared(item, body)
    found = members(body, lists.Texts(language))
    item.collection.MergeFrom(
        Collection(
            member_count=len(lists.entries(body, "parts")) or None,
            members=[
                ItemRef(
                    id=sdk.make_id(PROVIDER, member.kind, member.source_id),
                    name=member.title,
                    image_url=next((image.url for image in member.images[1:2]), ""),
                    year=member.year if member.HasField("year") else None,
                )
                for member in found[: sdk.MAX_EMBEDDED]
            ],
        )
    )
    return item


def members(body: Json, texts: lists.Texts) -> list[Item]:
    """The films of a saga, oldest first and the undated last; upstream gives them unsorted."""
    found = lists.mapped(lists.entries(body, "parts"), texts, Item.MOVIE)
    return sorted(found, key=lambda item: item.release_date or "~")


def person(body: Json, language: str) -> Item:
    """/person/{id}"""
    item = people.person(_checked(body), language)
    _speak_another_language(item, body)
    return item


def seasons(body: Json, language: str) -> list[Item]:
    """The seasons in /tv/{id}, with the specials where upstream has them."""
    found = [{**entry, "show_id": body.get("id")} for entry in lists.entries(body, "seasons")]
    items = lists.mapped(found, lists.Texts(language), Item.SEASON)
    for item in items:
        _name_series(item.season.series, body)
    return items


def season_numbers(body: Json) -> list[int]:
    """The numbers of the seasons in /tv/{id}, the specials (0) last."""
    found = (entry.get("season_number") for entry in lists.entries(body, "seasons"))
    return sorted((number for number in found if isinstance(number, int)), key=lambda number: (number == 0, number))


def episodes(body: Json, show: str, show_body: Json, language: str) -> list[Item]:
    """The episodes in /tv/{id}/season/{n}."""
    found = [{**entry, "show_id": int(show)} for entry in lists.entries(body, "episodes")]
    items = lists.mapped(found, lists.Texts(language), Item.EPISODE)
    for item in items:
        _name_series(item.episode.series, show_body)
        item.episode.season.name = sdk.one_line(words(body.get("name")))
    return items


def _checked(body: Json) -> Json:
    if not isinstance(body, dict):
        raise ShapeChanged("TMDB: an object was expected")
    return body


def _whole(mapper: lists.Mapper, body: Json, language: str) -> Item:
    """What a detail has in common with an entry of a list."""
    item = mapper(_checked(body), lists.Texts(language))
    if item is None:
        raise ShapeChanged("TMDB: a detail with id and title or name was expected")
    return item


def _add_shared(item: Item, body: Json) -> None:
    """What details of all kinds have."""
    del item.external_ids[:]
    item.external_ids.extend(other_ids(body))
    item.images.extend(gallery(part(body, "images")))
    if homepage := sdk.link(Link.OFFICIAL, words(body.get("homepage"))):
        item.links.append(homepage)
    _speak_another_language(item, body)


def _add_title_facts(item: Item, body: Json) -> None:
    """What films and series share."""
    _add_shared(item, body)
    item.genres.extend(filter(None, (words(genre.get("name")) for genre in dicts(body.get("genres")))))
    keywords = part(body, "keywords")
    tags = dicts(keywords.get("keywords")) or dicts(keywords.get("results"))
    item.tags.extend(filter(None, (words(tag.get("name")) for tag in tags)))
    item.status_text = words(body.get("status"))
    item.status = _STATUSES.get(item.status_text, WorkStatus.TYPE_UNSPECIFIED)
    spoken = (language_of(spoken.get("iso_639_1")) for spoken in dicts(body.get("spoken_languages")))
    item.languages.extend(dict.fromkeys(filter(None, spoken)))
    if not item.countries:
        item.countries.extend(
            countries_of(body.get("origin_country")) or countries_of(body.get("production_countries"))
        )
    item.alternative_titles.extend(_other_titles(item, body))


def _other_titles(item: Item, body: Json) -> Iterator[AlternativeTitle]:
    """Alternative and translated titles, as many as a detail has room for."""
    listed = part(body, "alternative_titles")
    seen = {item.title, item.original_title, ""}
    found: list[AlternativeTitle] = []
    for entry in dicts(listed.get("titles")) or dicts(listed.get("results")):
        title = sdk.one_line(words(entry.get("title")))
        found.append(AlternativeTitle(text=title, country=country_of(entry.get("iso_3166_1"))))
    for entry in translations(body):
        title = sdk.one_line(words(entry["data"].get("title")) or words(entry["data"].get("name")))
        language = language_of(entry.get("iso_639_1"))
        found.append(AlternativeTitle(text=title, language=language, type=AlternativeTitle.TRANSLATED))
    for other in found:
        if other.text not in seen and len(seen) < sdk.MAX_EMBEDDED:
            seen.add(other.text)
            yield other


def _speak_another_language(item: Item, body: Json) -> None:
    """Without a text in the language asked for: the English one, else the original's, and say so."""
    if item.description:
        return
    original = words(body.get("original_language"))
    by_code: dict[str, Json] = {}
    for entry in translations(body):
        text = words(entry["data"].get("overview")) or words(entry["data"].get("biography"))
        if text:
            by_code.setdefault(words(entry.get("iso_639_1")), entry)
    chosen = by_code.get("en") or by_code.get(original)
    if chosen is None:
        return
    data = chosen["data"]
    item.description = sdk.plain(words(data.get("overview")) or words(data.get("biography")))
    item.language = language_of(chosen.get("iso_639_1"))
    title = sdk.one_line(words(data.get("title")) or words(data.get("name")))
    untranslated = item.kind in (Item.MOVIE, Item.SERIES) and not item.original_title
    if title and untranslated and title != item.title:
        item.original_title, item.title = item.title, title


def _companies(entries: Json) -> list[ItemRef]:
    """Companies and networks: Tako has no items of them here, so only their names."""
    return sdk.present(
        sdk.ref(
            PROVIDER,
            Item.ORGANIZATION,
            None,
            words(entry.get("name")),
            image_url=picture("w185", entry.get("logo_path")),
        )
        for entry in dicts(entries)
    )


def _titles(body: Json, name: str, kind: sdk.Kind) -> list[ItemRef]:
    return sdk.present(lists.title_ref(entry, kind) for entry in dicts(part(body, name).get("results")))


def _creator(entry: Json) -> Credit | None:
    number = entry.get("id")
    return sdk.credit(
        words(entry.get("name")),
        CreditRole.CREATOR,
        id=sdk.make_id(PROVIDER, Item.PERSON, number) if numbered(number) else "",
        image_url=picture("w185", entry.get("profile_path")),
    )


def _season_summary(entry: Json, show: int) -> SeasonSummary:
    number = entry.get("season_number")
    known = isinstance(number, int)
    return SeasonSummary(
        id=sdk.make_id(PROVIDER, Item.SEASON, f"{show}/{number}") if known else "",
        number=number if known else None,
        title=sdk.one_line(words(entry.get("name"))),
        episode_count=sdk.positive(entry.get("episode_count")),
        air_date=sdk.partial_date(words(entry.get("air_date"))),
        image_url=picture("w185", entry.get("poster_path")),
    )


def _episode_summary(entry: Json, show: int) -> EpisodeSummary | None:
    season_number, number = entry.get("season_number"), entry.get("episode_number")
    if not isinstance(season_number, int) or not isinstance(number, int):
        return None
    return EpisodeSummary(
        id=sdk.make_id(PROVIDER, Item.EPISODE, f"{show}/{season_number}/{number}"),
        number=number,
        season_number=season_number,
        title=sdk.one_line(words(entry.get("name"))),
        air_date=sdk.partial_date(words(entry.get("air_date"))),
        runtime_minutes=sdk.positive(entry.get("runtime")),
        image_url=picture("w300", entry.get("still_path")),
        description=sdk.plain(words(entry.get("overview"))),
    )


def _name_series(named: ItemRef, show_body: Json) -> None:
    if isinstance(show_body, dict):
        named.name = sdk.one_line(words(show_body.get("name")))
        named.image_url = picture("w185", show_body.get("poster_path"))


def _season_name(show_body: Json, number: int) -> str:
    seasons = dicts(show_body.get("seasons")) if isinstance(show_body, dict) else []
    return next((sdk.one_line(words(s.get("name"))) for s in seasons if s.get("season_number") == number), "")
