"""Questions to MangaUpdates' searches. https://api.mangaupdates.com/v1/docs#tag/series/operation/searchSeriesPost"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tako.v1.anime_manga_service_pb2 import AnimeMangaSearchRequest
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import AdultFilter, Order, Scanlation
from tako.v1.details_anime_manga_pb2 import Format
from tako.v1.item_parts_pb2 import WorkStatus
from tako_providers.anime_manga.mangaupdates.parts import PAGE_SIZE
from tako_providers.anime_manga.mangaupdates.series import ADULT_GENRES
from tako_providers.sdk import AdultType, OrderBy, Paged, PeriodType, Search

ORDERS: dict[OrderBy, str] = {
    Order.RELEVANCE: "score",
    Order.TITLE: "title",
    Order.RELEASE_DATE: "year",
    Order.RATING: "rating",
    Order.POPULARITY: "list_reading",
    Order.ADDED: "date_added",
}
PERIODS: dict[PeriodType, str] = {
    Period.WEEK: "week_pos",
    Period.MONTH: "month1_pos",
    Period.QUARTER: "month3_pos",
    Period.HALF_YEAR: "month6_pos",
    Period.YEAR: "year_pos",
}
FILTERS = (
    "formats",
    "exclude_formats",
    "status",
    "genres",
    "exclude_genres",
    "year_from",
    "year_to",
    "letter",
    "licensed",
    "scanlation",
    "adult",
)

_TYPES: dict[int, tuple[str, ...]] = {
    Format.MANGA: ("Manga",),
    Format.MANHWA: ("Manhwa",),
    Format.MANHUA: ("Manhua",),
    Format.NOVEL: ("Novel",),
    Format.LIGHT_NOVEL: ("Novel",),
    Format.DOUJIN: ("Doujinshi",),
    Format.ARTBOOK: ("Artbook",),
    Format.DRAMA_CD: ("Drama CD",),
    Format.OEL: ("OEL",),
    Format.OTHER: (
        "Filipino",
        "Indonesian",
        "Thai",
        "Vietnamese",
        "Malaysian",
        "Nordic",
        "French",
        "Spanish",
        "German",
    ),
}
_SCANLATIONS: dict[int, str] = {
    Scanlation.ALL_SCANLATED: "scanlated",
    Scanlation.SOME_RELEASES: "some_releases",
    Scanlation.NO_RELEASES: "no_releases",
}


def is_possible(formats: Iterable[int]) -> bool:
    """Whether one of the formats is one of upstream's. Anime's are not."""
    wanted = list(formats)
    return not wanted or any(one in _TYPES or one == Format.ONE_SHOT for one in wanted)


def searched(ask: Search[AnimeMangaSearchRequest]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The body of a search for series, and the fields of the request that it cannot hold."""
    filters, ignored = ask.filters, []
    body = narrowed(ask, filters.formats, filters.status, filters.exclude_formats, filters.scanlation)
    body |= {"search": ask.text, "letter": filters.letter}
    if filters.HasField("year_from") or filters.HasField("year_to"):
        if filters.HasField("year_from") and filters.HasField("year_to") and filters.year_from == filters.year_to:
            body["year"] = str(filters.year_from)
        else:  # one year is all that it takes
            ignored += [name for name in ("year_from", "year_to") if filters.HasField(name)]
    if filters.HasField("licensed"):
        body["licensed"] = "yes" if filters.licensed else "no"
    genres, without = [*filters.genres], [*filters.exclude_genres]
    body["genre"] = genres + body.pop("genre", [])
    body["exclude_genre"] = without + [one for one in body.pop("exclude_genre", []) if one not in without]
    if ask.order_by in ORDERS:
        body["orderby"] = ORDERS[ask.order_by]
        if ask.descending is not None and ask.descending == (ask.order_by == Order.TITLE):
            ignored.append("descending")
    if filters.status and filters.status != WorkStatus.COMPLETED:
        ignored.append("status")
    return {name: value for name, value in body.items() if value}, tuple(ignored)


def narrowed(
    ask: Paged,
    formats: Iterable[int],
    status: int,
    exclude_formats: Iterable[int] = (),
    scanlation: int = Scanlation.TYPE_UNSPECIFIED,
) -> dict[str, Any]:
    """What searches and feeds can both be narrowed by."""
    wanted, unwanted = set(formats), set(exclude_formats)
    marks = [
        "completed" if status == WorkStatus.COMPLETED else "",
        _SCANLATIONS.get(scanlation, ""),
        # One-shots are no type of their own: beside other formats they come with those.
        "oneshots" if wanted == {Format.ONE_SHOT} else "",
        "no_oneshots" if Format.ONE_SHOT in unwanted else "",
    ]
    filters = [mark for mark in marks if mark]
    body: dict[str, Any] = {
        "page": ask.page,
        "perpage": PAGE_SIZE,
        "type": _types(wanted),
        "filter_types": _types(unwanted),
        **adults(ask.adult),
    }
    if len(filters) > 1:
        body["filters"] = filters
    elif filters:
        body["filter"] = filters[0]
    return {name: value for name, value in body.items() if value}


def adults(adult: AdultType) -> dict[str, list[str]]:
    """Genres that leave adult works out, or take only them."""
    if adult == AdultFilter.INCLUDE:
        return {}
    return {"genre": [ADULT_GENRES[0]]} if adult == AdultFilter.ONLY else {"exclude_genre": list(ADULT_GENRES)}


def _types(formats: Iterable[int]) -> list[str]:
    return list(dict.fromkeys(name for one in sorted(formats) for name in _TYPES.get(one, ())))
