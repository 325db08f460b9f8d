"""How RAWG is asked, what its answers say when they are none, and which of a page is kept."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from tako.v1.choices_pb2 import AdultFilter, Feed, Order
from tako_providers.sdk import (
    FeedType,
    Json,
    NotConfigured,
    NotFound,
    OrderBy,
    Page,
    Paged,
    Params,
    RateLimited,
    ShapeChanged,
    Upstream,
    count_in,
    dicts_in,
    first_day,
    last_day,
    text_in,
)
from tako_providers.videogames.rawg.games import games as games_of

KEY = "RAWG_API_KEY"
PAGE_SIZE = 40
"""The most that RAWG gives: its free plan counts requests."""
ORDERS: dict[OrderBy, str] = {
    Order.TITLE: "name",
    Order.RELEASE_DATE: "released",
    Order.RATING: "rating",
    Order.POPULARITY: "added",
    Order.ADDED: "created",
    Order.UPDATED: "updated",
}
_LISTS = {
    "platforms": "platforms",
    "genres": "genres",
    "tags": "tags",
    "platform_families": "parent_platforms",
    "stores": "stores",
    "developers": "developers",
    "publishers": "publishers",
    "creators": "creators",
    # Not in RAWG's documents. The page is filtered too, in case it does not heed them.
    "exclude_platforms": "platforms_exclude",
    "exclude_genres": "genres_exclude",
    "exclude_tags": "tags_exclude",
}
FILTERS = (
    *_LISTS,
    "released_from",
    "released_to",
    "min_critic_score",
    "max_critic_score",
    "exact",
    "include_editions",
    "adult",
)
FEED_FILTERS = ("platforms", "genres", "tags", "adult")
_EARLIEST, _LATEST = "1900-01-01", "2199-12-31"
"""RAWG takes dates in pairs only."""


def ordering(ask: Paged, default: str = "") -> str:
    """RAWG's order. Titles go up and all else goes down, unless the caller says."""
    word = ORDERS.get(ask.order_by)
    if word is None:
        return default
    downwards = ask.order_by != Order.TITLE if ask.descending is None else ask.descending
    return f"-{word}" if downwards else word


def filtered(ask: Paged, filters: Any) -> dict[str, str]:
    """The parameters of the filters that are set, in a search or a feed."""
    given = _given(filters)
    params = {parameter: ",".join(given[name]) for name, parameter in _LISTS.items() if name in given}
    if ask.adult == AdultFilter.ONLY:
        params["tags"] = ",".join((*given.get("tags", ()), "nsfw"))
    if "released_from" in given or "released_to" in given:
        first, last = given.get("released_from", ""), given.get("released_to", "")
        params["dates"] = f"{first_day(first) or _EARLIEST},{last_day(last) or _LATEST}"
    if "min_critic_score" in given or "max_critic_score" in given:
        least, most = math.ceil(given.get("min_critic_score", 0)), math.floor(given.get("max_critic_score", 100))
        params["metacritic"] = f"{least},{most}"
    return params


def feed_params(feed: FeedType, today: date) -> dict[str, str]:
    """What makes a feed of the list of all games."""
    tomorrow = today + timedelta(days=1)
    return {
        Feed.TOP_RATED: {"ordering": "-metacritic", "metacritic": "80,100"},
        Feed.POPULAR: {"ordering": "-added"},
        Feed.TRENDING: {"ordering": "-added", "dates": f"{today - timedelta(days=365)},{today}"},
        Feed.RECENT: {"ordering": "-released", "dates": f"{today - timedelta(days=90)},{today}"},
        Feed.UPCOMING: {"ordering": "released", "dates": f"{tomorrow},{tomorrow + timedelta(days=365)}"},
        Feed.UPDATED: {"ordering": "-updated"},
    }[feed]


async def answered(up: Upstream, path: str, params: Params | None = None, *, allow: Collection[int] = ()) -> Json:
    """An answer that is no refusal. RAWG says with 401 that a key is wrong, and that its month is used up."""
    found = await up.json(path, params, allow=(401, *allow))
    if isinstance(found, dict) and "id" not in found and "results" not in found:
        error, detail = text_in(found, "error"), text_in(found, "detail")
        if "limit" in error.lower():
            raise RateLimited("RAWG says that the requests of this key are used up")
        if error or (detail and not is_absent(found) and not _is_past_the_end(found)):
            raise NotConfigured("RAWG refuses the key that is set, or has none", variables=(KEY,))
    return found


async def listed(up: Upstream, path: str, ask: Paged, params: Mapping[str, str] | None = None) -> Json:
    """One page of a list; an empty one behind the end, which RAWG calls an invalid page."""
    number = ask.page
    query: Params = {**(params or {}), "page": number, "page_size": PAGE_SIZE}
    found = await answered(up, path, query, allow=(404,) if number > 1 else ())
    if number > 1 and _is_past_the_end(found):
        return {"results": [], "next": None}
    if is_absent(found):
        raise NotFound("RAWG knows no such thing")
    entries(found)
    return found


def is_absent(found: Json) -> bool:
    """Whether RAWG says that there is no such thing, where its 404 is allowed."""
    return isinstance(found, dict) and text_in(found, "detail") == "Not found."


def entries(found: Json) -> list[Json]:
    """The entries of a list."""
    if not isinstance(found, dict) or not isinstance(found.get("results"), list):
        raise ShapeChanged("RAWG gave something else where a list was expected")
    return list(found["results"])


def following(found: Json, number: int) -> str:
    """The cursor of the next page. `next` itself is an address with the key in it: only its being there counts."""
    return str(number + 1) if found.get("next") else ""


def games(found: Json, ask: Paged, filters: Any = None) -> Page:
    """A page of games, without those that the caller does not want and RAWG can't leave out."""
    given = {} if filters is None else {name: values for name, values in _given(filters).items() if name in _LOOKED_AT}
    listed = entries(found)
    fitting = [entry for entry in listed if _fits(entry, given)] if given else listed
    items = games_of(fitting)
    if ask.adult != AdultFilter.INCLUDE:
        adult = ask.adult == AdultFilter.ONLY
        items = [one for one in items if one.adult == adult]
    total = count_in(found, "count")
    return Page(items, following(found, ask.page), total, total_is_estimate=len(items) < len(listed))


_LOOKED_AT = frozenset(("genres", "tags", "exclude_platforms", "exclude_genres", "exclude_tags"))
"""The filters that ``_fits`` looks at."""


def _given(filters: Any) -> dict[str, Any]:
    return {field.name: value for field, value in filters.ListFields()}


def _fits(entry: Json, given: Mapping[str, Any]) -> bool:
    """Whether a game has all genres and tags that are wanted, of which RAWG takes any, and none that is not."""
    if not isinstance(entry, dict):
        return True  # for the mapper to complain
    for name in ("genres", "tags"):
        if len(wanted := given.get(name, ())) > 1 and not _words(entry, name).issuperset(map(str.lower, wanted)):
            return False
    return all(
        _words(entry, name).isdisjoint(map(str.lower, given[f"exclude_{name}"]))
        for name in ("platforms", "genres", "tags")
        if f"exclude_{name}" in given
    )


def _words(entry: Json, name: str) -> set[str]:
    """Ids and slugs of what a game has in a list."""
    things = (one.get("platform", one) for one in dicts_in(entry, name))
    return {str(thing.get(key)) for thing in things if isinstance(thing, dict) for key in ("id", "slug")}


def _is_past_the_end(found: Json) -> bool:
    return isinstance(found, dict) and text_in(found, "detail").startswith("Invalid page")
