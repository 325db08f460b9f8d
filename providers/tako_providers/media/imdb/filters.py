"""What of a question imdbapi.dev's search and browse take, and what is told by the titles themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from tako.v1.choices_pb2 import AdultFilter, Order
from tako.v1.details_media_pb2 import Movie
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.imdb.parts import PROVIDER, is_name_id

Fits = Callable[[Item], bool]
"""Whether an item is one that was asked for."""

TOLD = ("year", "year_from", "year_to", "genres", "min_rating", "max_rating", "min_votes", "max_votes")
"""Filters that titles in a list tell themselves."""
BROWSED = (*TOLD, "countries", "original_language", "person")
"""Filters that /titles takes."""
TYPES = {Item.MOVIE: ("MOVIE",), Item.SERIES: ("TV_SERIES", "TV_MINI_SERIES")}
"""Types of titles in feeds."""

_FIRST_OF_DOMAIN = 30
"""Number of the first field that only the domain's requests have."""
_FORMATS = {
    Movie.FILM: "MOVIE",
    Movie.TV_MOVIE: "TV_MOVIE",
    Movie.SHORT: "SHORT",
    Movie.VIDEO: "VIDEO",
    Movie.SPECIAL: "TV_SPECIAL",
}
_ORDERS = {
    Order.POPULARITY: "SORT_BY_POPULARITY",
    Order.RELEASE_DATE: "SORT_BY_RELEASE_DATE",
    Order.RATING: "SORT_BY_USER_RATING",
    Order.VOTES: "SORT_BY_USER_RATING_COUNT",
}
ORDERS: tuple[sdk.OrderBy, ...] = (Order.RELEVANCE, *_ORDERS)
_PARAMETERS: dict[str, tuple[str, Callable[[Any], str | list[str]]]] = {
    "countries": ("countryCodes", lambda codes: [code.upper() for code in codes]),
    "original_language": ("languageCodes", sdk.primary),
    "year_from": ("startYear", str),
    "year_to": ("endYear", str),
    "min_rating": ("minAggregateRating", "{:g}".format),
    "max_rating": ("maxAggregateRating", "{:g}".format),
    "min_votes": ("minVoteCount", str),
    "max_votes": ("maxVoteCount", str),
}
"""Filters that go upstream as they are: the parameter, and how its value is written."""
_is_interest = re.compile(r"in\d{7,}").fullmatch


class Asked(NamedTuple):
    """How a question is asked, fields that can't be honoured, and what to keep of the page that comes."""

    params: dict[str, str | Sequence[str]]
    ignored: tuple[str, ...]
    fits: Fits


def wanted_kinds(kind: sdk.Kind | None) -> tuple[sdk.Kind, ...]:
    """The kinds that a search without a kind gives."""
    return (Item.MOVIE, Item.SERIES) if kind is None else (kind,)


def searched(ask: sdk.Search[Any], names: Mapping[str, str], *, bare: bool = False) -> Asked:
    """With a text nothing else is taken: what comes is filtered by what it tells itself.

    ``names`` are those of interests by id. Titles of the search box are ``bare``: they tell a year and a type only.
    """
    wanted = _wanted(ask)
    told = {"year", "year_from", "year_to"} if bare else set(TOLD)
    genres = [names.get(genre, genre) for genre in ask.filters.genres]
    if any(map(_is_interest, genres)):
        told.discard("genres")
    if ask.kind in (None, Item.MOVIE):
        told.add("formats")
    ignored = wanted - told
    if ask.order_by not in (Order.BY_UNSPECIFIED, Order.RELEVANCE):
        ignored.add("order_by")
    values = {name: getattr(ask.filters, name) for name in wanted & told} | ({"genres": genres} if genres else {})
    checks = {name: value for name, value in values.items() if name in told}
    return Asked({"query": ask.text}, tuple(sorted(ignored)), _fits(wanted_kinds(ask.kind), ask.adult, checks))


def browsed(ask: sdk.Search[Any]) -> Asked | None:
    """Without a text: what /titles is asked; None where no filter is one that it takes."""
    wanted, given = _wanted(ask), ask.filters
    person = _person_number(given.person) if given.person else ""
    taken = wanted & {*BROWSED, "formats"}
    if not person:
        taken.discard("person")
    if ask.kind not in (None, Item.MOVIE):
        taken.discard("formats")
    types = _types(ask.kind, given.formats if "formats" in taken else ())
    if not taken or not types:
        return None
    params = {"types": types, **genre_params(given.genres)}
    for name, (parameter, written) in _PARAMETERS.items():
        if name in taken:
            params[parameter] = written(getattr(given, name))
    if "year" in taken:
        params["startYear"] = params["endYear"] = str(given.year)
    if person:
        params["nameIds"] = person
    ignored = wanted - taken
    if ask.order_by in _ORDERS:
        params |= order(ask.order_by, downwards=ask.descending is not False)
    elif ask.order_by != Order.BY_UNSPECIFIED:
        ignored.add("order_by")
    return Asked(params, tuple(sorted(ignored)), listed(wanted_kinds(ask.kind), ask.adult, given.genres))


def order(by: sdk.OrderBy, *, downwards: bool) -> dict[str, str]:
    """The order in upstream's words. Popularity is a rank there: the most popular title has the smallest."""
    rising = downwards if by == Order.POPULARITY else not downwards
    return {"sortBy": _ORDERS[by], "sortOrder": "ASC" if rising else "DESC"}


def genre_params(genres: Collection[str]) -> dict[str, str | Sequence[str]]:
    """Ids from Terms as interests, anything else as names of genres."""
    interests = [genre for genre in genres if _is_interest(genre)]
    names = [genre for genre in genres if not _is_interest(genre)]
    return {name: values for name, values in (("interestIds", interests), ("genres", names)) if values}


def listed(kinds: Collection[sdk.Kind], adult: sdk.AdultType, genres: Collection[str] = ()) -> Fits:
    """What to keep of a list of /titles: upstream may take several genres for any of them."""
    names = [genre for genre in genres if not _is_interest(genre)]
    return _fits(kinds, adult, {"genres": names} if names else {})


def needs_names(genres: Collection[str]) -> bool:
    """Whether genres are asked for by ids, which titles do not tell."""
    return any(map(_is_interest, genres))


def _person_number(item_id: str) -> str:
    """The number of one of IMDb's people, "" for the id of another provider."""
    person = sdk.parse_id(item_id, "person")
    return person.source_id if person.provider == PROVIDER and is_name_id(person.source_id) else ""


def _types(kind: sdk.Kind | None, formats: Collection[int]) -> list[str]:
    films = [word for sort, word in _FORMATS.items() if sort in formats or not formats]
    if kind is None:
        return films if formats else [*films, *TYPES[Item.SERIES]]
    return {Item.MOVIE: films, Item.SERIES: list(TYPES[Item.SERIES]), Item.VIDEO_GAME: ["VIDEO_GAME"]}.get(kind, [])


def _wanted(ask: sdk.Search[Any]) -> set[str]:
    """The domain's filters that are set."""
    return {field.name for field, _ in ask.filters.ListFields() if field.number >= _FIRST_OF_DOMAIN}


def _fits(kinds: Collection[sdk.Kind], adult: sdk.AdultType, checks: Mapping[str, Any]) -> Fits:
    tests = [(_CHECKS[name], value) for name, value in checks.items()]
    excluded, only = adult in (AdultFilter.TYPE_UNSPECIFIED, AdultFilter.EXCLUDE), adult == AdultFilter.ONLY

    def fits(item: Item) -> bool:
        if item.kind not in kinds or (item.adult and excluded) or (not item.adult and only):
            return False
        return not tests or all(test(item, value) for test, value in tests)

    return fits


_CHECKS: dict[str, Callable[[Item, Any], bool]] = {
    "year": lambda item, year: item.HasField("year") and item.year == year,
    "year_from": lambda item, first: item.HasField("year") and item.year >= first,
    "year_to": lambda item, last: item.HasField("year") and item.year <= last,
    "genres": lambda item, names: {g.casefold() for g in item.genres}.issuperset(map(str.casefold, names)),
    "min_rating": lambda item, least: item.HasField("rating") and item.rating.value >= least,
    "max_rating": lambda item, most: item.HasField("rating") and item.rating.value <= most,
    "min_votes": lambda item, least: item.rating.votes >= least,
    "max_votes": lambda item, most: item.rating.votes <= most,
    "formats": lambda item, formats: item.kind == Item.MOVIE and item.movie.format in formats,
}
