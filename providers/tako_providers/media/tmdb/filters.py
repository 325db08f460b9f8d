"""What of a question TMDB's search and discover take, and what they can't."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from tako.v1.choices_pb2 import AdultFilter, Order
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.tmdb.lists import Fits
from tako_providers.media.tmdb.parts import PROVIDER, countries_of, language_code, words
from tako_providers.sdk import Json

_YEARS = ("year", "year_from", "year_to")
DISCOVER = (
    *_YEARS,
    "genres",
    "countries",
    "original_language",
    "min_rating",
    "max_rating",
    "min_votes",
    "max_votes",
    "watch_service",
)
"""Filters that both discovers take; that of films takes `person` too."""
_FIRST_OF_DOMAIN = 30
"""Number of the first field that only the domain's requests have."""

_MOVIE_ORDERS = {
    Order.POPULARITY: "popularity",
    Order.RELEASE_DATE: "primary_release_date",
    Order.RATING: "vote_average",
    Order.VOTES: "vote_count",
    Order.TITLE: "title",
}
_SERIES_ORDERS = {**_MOVIE_ORDERS, Order.RELEASE_DATE: "first_air_date", Order.TITLE: "name"}
ORDERS: tuple[sdk.OrderBy, ...] = (Order.RELEVANCE, *_MOVIE_ORDERS)


class Asked(NamedTuple):
    """How a question is asked: parameters, fields that can't be honoured, and what to keep of the page that comes."""

    params: dict[str, str]
    ignored: tuple[str, ...]
    fits: Fits | None = None


def include_adult(adult: sdk.AdultType) -> str:
    """TMDB can leave items for adults out or in, but not give them alone."""
    return "false" if adult in (AdultFilter.TYPE_UNSPECIFIED, AdultFilter.EXCLUDE) else "true"


def searched(ask: sdk.Search[Any]) -> Asked:
    """With a text, TMDB takes a year and a region, by kind; by what entries say themselves, its page is filtered.

    People and sagas have no such values: among all kinds they fit no filter, and asked for alone they have none.
    """
    params: dict[str, str] = {}
    wanted = _wanted(ask)
    if "year" in wanted and ask.kind == Item.MOVIE:
        # `year` alone finds a film by any of its releases; both together, by the first.
        params["year"] = params["primary_release_year"] = str(ask.filters.year)
    if "year" in wanted and ask.kind == Item.SERIES:
        params["first_air_date_year"] = str(ask.filters.year)
    if ask.region and ask.kind == Item.MOVIE:
        params["region"] = ask.region.upper()
    wanted -= {"year"} if params.keys() & {"year", "first_air_date_year"} else set()
    checked = wanted & _checkable(ask)
    ignored = wanted - checked
    if ask.order_by not in (Order.BY_UNSPECIFIED, Order.RELEVANCE):
        ignored.add("order_by")
    if ask.region and "region" not in params:
        ignored.add("region")
    values = [(_CHECKS[name], getattr(ask.filters, name)) for name in sorted(checked)]
    fits: Fits | None = (lambda entry: all(check(entry, value) for check, value in values)) if values else None
    return Asked(params, tuple(sorted(ignored)), fits)


def discovered(ask: sdk.Search[Any], kind: sdk.Kind) -> Asked | None:
    """Without a text: what discover is asked; None where no filter is one that it takes."""
    wanted = _wanted(ask)
    honoured = {name: pair for name, pair in _discoverable(ask, kind).items() if name in wanted and pair[1]}
    if not honoured:
        return None
    params = dict(honoured.values())
    if "watch_service" in honoured:
        params["watch_region"] = ask.region.upper()
    ignored = wanted - honoured.keys()
    orders = _MOVIE_ORDERS if kind == Item.MOVIE else _SERIES_ORDERS
    if ask.order_by in orders:
        downwards = ask.order_by != Order.TITLE if ask.descending is None else ask.descending
        params["sort_by"] = f"{orders[ask.order_by]}.{'desc' if downwards else 'asc'}"
    elif ask.order_by != Order.BY_UNSPECIFIED:
        ignored.add("order_by")
    if ask.region and "watch_region" not in params:
        ignored.add("region")
    return Asked(params, tuple(sorted(ignored)))


def has_genre_names(ask: sdk.Search[Any]) -> bool:
    """Whether genres are asked for by anything but TMDB's numbers."""
    return not all(map(str.isdecimal, ask.filters.genres))


def _discoverable(ask: sdk.Search[Any], kind: sdk.Kind) -> dict[str, tuple[str, str]]:
    """Each filter as upstream's parameter and its value; "" for a value that upstream can't take."""
    film, given = kind == Item.MOVIE, ask.filters
    date = "primary_release_date" if film else "first_air_date"
    return {
        "year": ("primary_release_year" if film else "first_air_date_year", str(given.year)),
        "year_from": (f"{date}.gte", f"{max(given.year_from, 1):04d}-01-01"),
        "year_to": (f"{date}.lte", f"{max(given.year_to, 1):04d}-12-31"),
        "genres": ("with_genres", "" if has_genre_names(ask) else ",".join(given.genres)),
        "countries": ("with_origin_country", "|".join(given.countries).upper()),
        "original_language": ("with_original_language", language_code(given.original_language)),
        "min_rating": ("vote_average.gte", f"{given.min_rating:g}"),
        "max_rating": ("vote_average.lte", f"{given.max_rating:g}"),
        "min_votes": ("vote_count.gte", str(given.min_votes)),
        "max_votes": ("vote_count.lte", str(given.max_votes)),
        "watch_service": ("with_watch_providers", given.watch_service if ask.region else ""),
        "person": ("with_people", _person_number(given.person) if film and given.person else ""),
    }


def _wanted(ask: sdk.Search[Any]) -> set[str]:
    """The domain's filters that are set."""
    return {field.name for field, _ in ask.filters.ListFields() if field.number >= _FIRST_OF_DOMAIN}


def _checkable(ask: sdk.Search[Any]) -> set[str]:
    """Filters that the entries of a page tell themselves: countries only those of series."""
    if ask.kind not in (None, Item.MOVIE, Item.SERIES):
        return set()
    unknown = {"countries"} if ask.kind != Item.SERIES else set()
    return _CHECKS.keys() - unknown - ({"genres"} if has_genre_names(ask) else set())


def _year(entry: Json) -> float:
    """The year of an entry; nan, which is neither above nor below anything, where there is none."""
    date = words(entry.get("release_date")) or words(entry.get("first_air_date"))
    return sdk.year_of(sdk.partial_date(date)) or math.nan


def _number(value: Json) -> float:
    return value if isinstance(value, int | float) else math.nan


def _genres(entry: Json) -> set[str]:
    ids = entry.get("genre_ids")
    return set(map(str, ids)) if isinstance(ids, list) else set()


_CHECKS: dict[str, Callable[[Json, Any], bool]] = {
    "year": lambda entry, year: _year(entry) == year,
    "year_from": lambda entry, first: _year(entry) >= first,
    "year_to": lambda entry, last: _year(entry) <= last,
    "genres": lambda entry, ids: _genres(entry).issuperset(ids),
    "countries": lambda entry, codes: (
        not {code.upper() for code in codes}.isdisjoint(countries_of(entry.get("origin_country")))
    ),
    "original_language": lambda entry, tag: words(entry.get("original_language")) == language_code(tag),
    "min_rating": lambda entry, least: _number(entry.get("vote_average")) >= least,
    "max_rating": lambda entry, most: _number(entry.get("vote_average")) <= most,
    "min_votes": lambda entry, least: _number(entry.get("vote_count")) >= least,
    "max_votes": lambda entry, most: _number(entry.get("vote_count")) <= most,
}
"""What discover does upstream, on an entry of a list."""


def _person_number(item_id: str) -> str:
    """The number of one of TMDB's people, "" for the id of another provider."""
    person = sdk.parse_id(item_id, "person")
    ours = person.provider == PROVIDER and person.kind == Item.PERSON and person.source_id.isdecimal()
    return person.source_id if ours else ""
