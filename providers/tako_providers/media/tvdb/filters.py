"""What of a question TheTVDB's search and its filtered lists take, and what is told by the titles themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from tako.v1.choices_pb2 import Order
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.tvdb.parts import wanted
from tako_providers.sdk import InvalidField, Params, Unsupported

PAGE_SIZE = 50
MOST = 5000
"""Results after which a search is refused."""

_FIRST_OF_DOMAIN = 30
"""Number of the first field that only the domain's requests have."""
_TYPES = {Item.SERIES: "series", Item.MOVIE: "movie", Item.PERSON: "person"}
_SORTS = {Order.POPULARITY: "score", Order.RELEASE_DATE: "firstAired", Order.TITLE: "name"}
_NARROWED = ("director", "network", "company")
_LISTED = ("year", "genres", "countries", "original_language", "year_from", "year_to")


class Asked(NamedTuple):
    """How a question is asked, fields that can't be honoured, and what to keep of the page that comes."""

    params: Params
    ignored: tuple[str, ...] = ()
    checks: Mapping[str, Any] = {}

    def fits(self, item: Item) -> bool:
        """Whether an item is one that was asked for."""
        return all(_CHECKS[name](item, value) for name, value in self.checks.items())


def searched(ask: sdk.Search[Any], names: Mapping[str, str]) -> Asked:
    """With a text. ``names`` are those of genres by id. People have none of the values that are filtered by.

    Upstream's own `language` filters by the language that a record was first written in, and is not sent.
    """
    given, wish = ask.filters, _wanted(ask) if ask.kind != Item.PERSON else set[str]()
    params: dict[str, Any] = {
        "query": ask.text,
        "type": _TYPES[ask.kind] if ask.kind is not None else None,
        "year": given.year if "year" in wish else None,
        "country": sdk.country_alpha3(given.countries[0])
        if "countries" in wish and len(given.countries) == 1
        else None,
        **{name: getattr(given, name) for name in _NARROWED if name in wish},
        "offset": sdk.page_number(ask.cursor) if ask.cursor else None,
        "limit": PAGE_SIZE,
    }
    checks: dict[str, Any] = {name: getattr(given, name) for name in ("year_from", "year_to") if name in wish}
    if "countries" in wish and not params["country"]:
        checks["countries"] = {code.upper() for code in given.countries}
    if "original_language" in wish:
        checks["original_language"] = sdk.primary(given.original_language)
    if "genres" in wish:
        checks["genres"] = {names.get(genre, genre).casefold() for genre in given.genres}
    ignored = () if ask.order_by in (Order.BY_UNSPECIFIED, Order.RELEVANCE) else ("order_by",)
    return Asked(params, ignored, checks)


def listed(ask: sdk.Search[Any], kind: sdk.Kind) -> Asked:
    """Without a text. Raises Unsupported where upstream can't list it."""
    given, wish = ask.filters, _wanted(ask)
    if len(given.countries) != 1 or not given.original_language:
        raise Unsupported("TheTVDB lists titles only by one of `countries` and an `original_language`")
    params = by_origin(given.countries[0], given.original_language, "countries", "original_language")
    genre = genre_param(given.genres)
    ignored = {*(wish - {*_LISTED}), *genre.ignored}
    params |= {**genre.params, "year": given.year if "year" in wish else None}
    params["sort"] = _SORTS.get(ask.order_by, "score")
    downwards = ask.order_by != Order.TITLE if ask.descending is None else ask.descending
    if kind == Item.SERIES:
        params["sortType"] = "desc" if downwards else "asc"
    elif ask.descending is not None:
        ignored.add("descending")
    if ask.order_by == Order.RELEVANCE:
        ignored.add("order_by")
    checks: dict[str, Any] = {name: getattr(given, name) for name in ("year_from", "year_to") if name in wish}
    return Asked(params, tuple(sorted(ignored)), checks)


def by_origin(country: str, language: str, country_field: str, language_field: str) -> dict[str, Any]:
    """Country of origin and original language in upstream's codes: both are needed."""
    code, codes = sdk.country_alpha3(country), wanted(language).codes
    if not code:
        raise InvalidField(country_field, "is no country that TheTVDB knows")
    if not codes:
        raise InvalidField(language_field, "is needed for this list of TheTVDB")
    return {"country": code, "lang": codes[0]}


def genre_param(genres: Collection[str]) -> Asked:
    """One genre, by its id from Terms; more, or names, can't be said."""
    first = next((genre for genre in genres if genre.isdecimal()), None)
    return Asked({"genre": first}, ("genres",) if genres and (len(genres) > 1 or first is None) else ())


def _wanted(ask: sdk.Search[Any]) -> set[str]:
    """The domain's filters that are set."""
    return {field.name for field, _ in ask.filters.ListFields() if field.number >= _FIRST_OF_DOMAIN}


def _original_language(item: Item) -> str:
    return item.series.original_language if item.kind == Item.SERIES else item.movie.original_language


_CHECKS: dict[str, Callable[[Item, Any], bool]] = {
    "year_from": lambda item, first: item.HasField("year") and item.year >= first,
    "year_to": lambda item, last: item.HasField("year") and item.year <= last,
    "countries": lambda item, codes: not codes.isdisjoint(item.countries),
    "original_language": lambda item, tag: sdk.primary(_original_language(item)) == tag,
    "genres": lambda item, names: {genre.casefold() for genre in item.genres}.issuperset(names),
}
