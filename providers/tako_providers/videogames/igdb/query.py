"""Questions in IGDB's query language. https://api-docs.igdb.com/#apicalypse-1"""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tako.v1.choices_pb2 import AdultFilter, Feed, Order
from tako_providers.sdk import FeedType, OrderBy, Paged, first_day, last_day
from tako_providers.videogames.igdb.games import EROTIC, TYPES

PAGE_SIZE = 50
ORDERS: dict[OrderBy, str] = {
    Order.TITLE: "name",
    Order.RELEASE_DATE: "first_release_date",
    Order.RATING: "total_rating",
    Order.VOTES: "total_rating_count",
    Order.POPULARITY: "total_rating_count",
    Order.ADDED: "created_at",
    Order.UPDATED: "updated_at",
}
_ANY = {"platforms": "platforms", "platform_families": "platforms.platform_family"}
_ALL = {
    "genres": "genres",
    "themes": "themes",
    "game_modes": "game_modes",
    "perspectives": "player_perspectives",
}
_BOUNDS = {
    "min_rating": "rating >=",
    "max_rating": "rating <=",
    "min_critic_score": "aggregated_rating >=",
    "max_critic_score": "aggregated_rating <=",
}
FILTERS = (
    *_ANY,
    *_ALL,
    *_BOUNDS,
    "released_from",
    "released_to",
    "types",
    "exact",
    "include_editions",
    "adult",
)
FEED_FILTERS = ("platforms", "genres", "adult")
_TYPE_NUMBERS = {ours: number for number, ours in TYPES.items()}
_ADDITIONS = (1, 13, 14)
"""DLC, packs and updates, among the types of game."""
_MANY_VOTES = 50


def body(
    fields: str,
    *,
    search: str = "",
    where: Iterable[str] = (),
    sort: str = "",
    limit: int = PAGE_SIZE,
    page: int = 1,
) -> str:
    """One question. A search can't be sorted."""
    conditions = " & ".join(filter(None, where))
    parts = [f"fields {fields};"]
    if search:
        parts.append(f"search {quoted(search)};")
    if conditions:
        parts.append(f"where {conditions};")
    if sort and not search:
        parts.append(f"sort {sort};")
    parts.append(f"limit {limit}; offset {(page - 1) * limit};")
    return " ".join(parts)


def quoted(text: str) -> str:
    """A text as a literal."""
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


def one_of(numbers: Iterable[int | str]) -> str:
    """Numbers as a list of which any will do."""
    return f"({','.join(map(str, numbers))})"


def filtered(ask: Paged, filters: Any) -> list[str]:
    """The conditions of the filters that are set, in a search or a feed."""
    given: Mapping[str, Any] = {field.name: value for field, value in filters.ListFields()}
    found = [_any(field, given[name]) for name, field in _ANY.items() if name in given]
    found += [one for name, field in _ALL.items() if name in given for one in _all(field, given[name])]
    found += [f"{bound} {given[name]:.12g}" for name, bound in _BOUNDS.items() if name in given]
    if "released_from" in given:
        found.append(f"first_release_date >= {_seconds(_date(first_day(given['released_from'])))}")
    if "released_to" in given:
        found.append(f"first_release_date < {_seconds(_date(last_day(given['released_to'])) + timedelta(days=1))}")
    if "types" in given:
        found.append(f"game_type = {one_of(_TYPE_NUMBERS[one] for one in given['types'])}")
    if ask.adult == AdultFilter.ONLY:
        found.append(f"themes = ({EROTIC})")
    return found


def without_editions(filters: Any) -> list[str]:
    """What leaves out editions and, unless types of game are named, additions."""
    if filters.include_editions:
        return []
    return ["version_parent = null", "" if filters.types else f"game_type != {one_of(_ADDITIONS)}"]


def ordering(ask: Paged, default: str = "") -> str:
    """IGDB's order. Titles go up and all else goes down, unless the caller says."""
    if ask.order_by not in ORDERS:
        return "" if ask.order_by == Order.RELEVANCE else default
    downwards = ask.order_by != Order.TITLE if ask.descending is None else ask.descending
    return f"{ORDERS[ask.order_by]} {'desc' if downwards else 'asc'}"


def feed(which: FeedType, today: date) -> tuple[list[str], str]:
    """Conditions and order of a feed."""
    now = _seconds(today)
    return {
        Feed.TOP_RATED: ([f"total_rating_count >= {_MANY_VOTES}"], "total_rating desc"),
        Feed.POPULAR: ([f"total_rating_count >= {_MANY_VOTES}"], "total_rating_count desc"),
        Feed.RECENT: (
            [
                f"first_release_date >= {_seconds(today - timedelta(days=90))}",
                f"first_release_date <= {now}",
            ],
            "first_release_date desc",
        ),
        Feed.UPCOMING: ([f"first_release_date > {now}"], "first_release_date asc"),
    }[which]


def _any(field: str, values: Sequence[str]) -> str:
    """A condition that any of ids and slugs fulfils."""
    ids, slugs = _parted(values)
    found = [f"{field} = {one_of(ids)}"] if ids else []
    found += [f"{field}.slug = {one_of(map(quoted, slugs))}"] if slugs else []
    return found[0] if len(found) == 1 else f"({' | '.join(found)})"


def _all(field: str, values: Sequence[str]) -> list[str]:
    """Conditions that all of ids and slugs have to fulfil."""
    ids, slugs = _parted(values)
    return [*([f"{field} = [{','.join(ids)}]"] if ids else []), *(f"{field}.slug = {quoted(slug)}" for slug in slugs)]


def _parted(values: Sequence[str]) -> tuple[list[str], list[str]]:
    ids = [value for value in values if value.isascii() and value.isdecimal()]
    return ids, [value.lower() for value in values if value not in ids]


def _seconds(day: date) -> int:
    return timegm(day.timetuple())


def _date(day: str) -> date:
    """A whole day within the years that a date has, and one more for the day after."""
    return min(date.fromisoformat(day), date(9998, 12, 31))
