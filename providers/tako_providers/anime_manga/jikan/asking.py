"""Questions in Jikan's parameters. https://docs.api.jikan.moe/#tag/anime/operation/getAnimeSearch"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tako.v1.anime_manga_service_pb2 import AnimeMangaSearchRequest
from tako.v1.calendar_pb2 import SeasonOfYear, Weekday
from tako.v1.choices_pb2 import AdultFilter, Feed, Order
from tako.v1.details_anime_manga_pb2 import Format
from tako.v1.item_parts_pb2 import WorkStatus
from tako.v1.item_pb2 import Item
from tako_providers.anime_manga.jikan.parts import PATHS, PROVIDER
from tako_providers.anime_manga.jikan.vocabulary import RATING_CODES
from tako_providers.sdk import AdultType, InvalidField, Kind, OrderBy, Paged, Search, page_number, parse_id
from tako_providers.sdk.upstream import Param

PAGE_SIZE = 25
"""The most that Jikan gives."""
WORKS = (Item.ANIME, Item.MANGA)
TYPES: dict[Kind, dict[int, str]] = {
    Item.ANIME: {
        Format.TV: "tv",
        Format.MOVIE: "movie",
        Format.OVA: "ova",
        Format.SPECIAL: "special",
        Format.ONA: "ona",
        Format.MUSIC: "music",
        Format.CM: "cm",
        Format.PV: "pv",
        Format.TV_SPECIAL: "tv_special",
    },
    Item.MANGA: {
        Format.MANGA: "manga",
        Format.NOVEL: "novel",
        Format.LIGHT_NOVEL: "lightnovel",
        Format.ONE_SHOT: "oneshot",
        Format.DOUJIN: "doujin",
        Format.MANHWA: "manhwa",
        Format.MANHUA: "manhua",
    },
}
SEASON_TYPES = frozenset(("tv", "movie", "ova", "special", "ona", "music"))
"""What the lists of seasons can be narrowed to."""
STATUS: dict[Kind, dict[int, str]] = {
    Item.ANIME: {
        WorkStatus.ONGOING: "airing",
        WorkStatus.COMPLETED: "complete",
        WorkStatus.UPCOMING: "upcoming",
    },
    Item.MANGA: {
        WorkStatus.ONGOING: "publishing",
        WorkStatus.COMPLETED: "complete",
        WorkStatus.HIATUS: "hiatus",
        WorkStatus.DISCONTINUED: "discontinued",
        WorkStatus.UPCOMING: "upcoming",
    },
}
TOP_FILTERS = {Feed.POPULAR: "bypopularity", Feed.FAVORITES: "favorite", Feed.UPCOMING: "upcoming"}
SEASONS = {
    SeasonOfYear.WINTER: "winter",
    SeasonOfYear.SPRING: "spring",
    SeasonOfYear.SUMMER: "summer",
    SeasonOfYear.FALL: "fall",
}
WEEKDAYS = {number: name.lower() for name, number in Weekday.Day.items() if number}
WORK_ORDERS: dict[OrderBy, str] = {
    Order.TITLE: "title",
    Order.RELEASE_DATE: "start_date",
    Order.END_DATE: "end_date",
    Order.RATING: "score",
    Order.VOTES: "scored_by",
    Order.POPULARITY: "members",
    Order.FAVORITES: "favorites",
    Order.ADDED: "mal_id",
}
NAME_ORDERS: dict[OrderBy, str] = {Order.TITLE: "name", Order.FAVORITES: "favorites", Order.ADDED: "mal_id"}
PRODUCER_ORDERS: dict[OrderBy, str] = {Order.FAVORITES: "favorites", Order.ADDED: "mal_id"}
COMMON_FILTERS = (
    "formats",
    "status",
    "genres",
    "exclude_genres",
    "year_from",
    "year_to",
    "min_score",
    "max_score",
    "letter",
    "adult",
)
ANIME_FILTERS = (*COMMON_FILTERS, "age_rating", "producers")
MANGA_FILTERS = (*COMMON_FILTERS, "magazines")

_OF_ONE_KIND = (("age_rating", Item.ANIME), ("producers", Item.ANIME), ("magazines", Item.MANGA))
_HENTAI = "12"


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of works to ask for; its page comes on top."""

    kind: Kind
    path: str
    params: Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in several lists at once: the page, and which of them go on. As a cursor `3` or `3-0-2`."""

    page: int
    lists: tuple[int, ...]

    @classmethod
    def read(cls, cursor: str, count: int) -> Place:
        """The place of a cursor, of ``count`` lists."""
        page, _, rest = cursor.partition("-")
        numbers = rest.split("-") if rest else []
        if not all(one.isdecimal() and int(one) < count for one in numbers):
            raise InvalidField("page_token", "does not fit this provider")
        return cls(page_number(page), tuple(map(int, numbers)) or tuple(range(count)))

    def after(self, alive: list[int], count: int) -> str:
        """The cursor of the page behind, of the lists that have one."""
        if not alive:
            return ""
        rest = "" if len(alive) == count else "".join(f"-{one}" for one in alive)
        return f"{self.page + 1}{rest}"


def kinds_of(kind: Kind | None, filters: AnimeMangaSearchRequest) -> list[Kind]:
    """The kinds to search: the one that is named, else those of which every filter that is set says something."""
    if kind is not None:
        return [kind]
    found: list[Kind] = [one for one in WORKS if not filters.status or filters.status in STATUS[one]] or list(WORKS)
    given = {field.name for field, _ in filters.ListFields()}
    for name, only in _OF_ONE_KIND:
        if name in given:
            found = [one for one in found if one == only]
    return found


def types_of(kind: Kind, formats: Iterable[int]) -> list[str | None]:
    """Jikan takes one format, so that each is a list of its own. No format is all; one that is not its own is none."""
    wanted = list(formats)
    return [TYPES[kind][one] for one in wanted if one in TYPES[kind]] if wanted else [None]


def is_possible(ask: Search[AnimeMangaSearchRequest]) -> bool:
    """Whether the age rating that is asked for can be one of works for adults, where only those are wanted."""
    return ask.adult != AdultFilter.ONLY or _age_rating(ask.filters.age_rating) in ("", "rx")


def searched(ask: Search[AnimeMangaSearchRequest], kind: Kind, genres: Mapping[str, str]) -> dict[str, Param]:
    """The parameters of a search for works, without its format. ``genres`` are the parameters that name some."""
    filters = ask.filters
    params: dict[str, Param] = {
        "q": ask.text,
        "status": STATUS[kind].get(filters.status),
        "min_score": f"{filters.min_score:g}" if filters.HasField("min_score") else None,
        "max_score": f"{filters.max_score:g}" if filters.HasField("max_score") else None,
        "start_date": f"{max(filters.year_from, 1):04d}-01-01" if filters.HasField("year_from") else None,
        "end_date": f"{max(filters.year_to, 1):04d}-12-31" if filters.HasField("year_to") else None,
        "letter": filters.letter,
        **ordered(ask, WORK_ORDERS),
        **safe(ask.adult),
        **genres,
    }
    if kind == Item.ANIME:
        params["rating"] = _age_rating(filters.age_rating)
        params["producers"] = ",".join(map(_producer, filters.producers))
        if ask.adult == AdultFilter.ONLY:
            params["rating"] = "rx"
    else:
        params["magazines"] = ",".join(filters.magazines)
        if ask.adult == AdultFilter.ONLY:
            params["genres"] = ",".join(filter(None, (genres.get("genres"), _HENTAI)))
    return params


def ordered(ask: Paged, orders: Mapping[OrderBy, str]) -> dict[str, Param]:
    """Order and direction: titles from A on, the rest from the most or the newest on."""
    word = orders.get(ask.order_by)
    if word is None:
        return {}
    down = ask.order_by != Order.TITLE if ask.descending is None else ask.descending
    return {"order_by": word, "sort": "desc" if down else "asc"}


def safe(adult: AdultType) -> dict[str, Param]:
    """`sfw` is a flag: only its absence is off."""
    return {"sfw": True} if adult in (AdultFilter.TYPE_UNSPECIFIED, AdultFilter.EXCLUDE) else {}


def each(
    kind: Kind, path: str, params: Mapping[str, Param], types: Iterable[str | None], name: str = "type"
) -> list[Listed]:
    """A list for each format; ``name`` is the parameter that takes it."""
    return [Listed(kind, path, {**params, name: one} if one else params) for one in types]


def genres_path(kind: Kind) -> str:
    """Where the genres of a kind are."""
    return f"/genres/{PATHS[kind]}"


def _age_rating(code: str) -> str:
    code = code.lower()
    if code and code not in RATING_CODES:
        raise InvalidField("age_rating", f"must be one of {', '.join(RATING_CODES)}")
    return code


def _producer(item_id: str) -> str:
    found = parse_id(item_id, "producers")
    if found.provider != PROVIDER or found.kind != Item.ORGANIZATION:
        raise InvalidField("producers", "must be organizations of jikan")
    return found.source_id
