"""Jikan: anime, manga and their people, from MyAnimeList. https://docs.api.jikan.moe"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain

from tako.v1.anime_manga_service_pb2 import (
    AnimeMangaRelatedRequest,
    AnimeMangaSearchRequest,
    AnimeMangaTrendingRequest,
)
from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.item_parts_pb2 import WorkStatus
from tako.v1.item_pb2 import Item
from tako_providers.anime_manga.jikan import asking, pages, relations, vocabulary, works
from tako_providers.anime_manga.jikan.parts import PATHS, PROVIDER, data_in, entries_in
from tako_providers.anime_manga.jikan.titles import LANGUAGES
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    ItemId,
    Json,
    Kind,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Search,
    ShapeChanged,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Trending,
    Ttl,
    Unsupported,
    Upstream,
    present,
    primary,
)

_DAY = 86400
_SEVERAL = "Several formats are as many lists, in turn."

MANIFEST = Manifest(
    id=PROVIDER,
    title="Jikan (MyAnimeList)",
    domains=(Domain.ANIME_MANGA,),
    homepage="https://jikan.moe",
    base_url="https://api.jikan.moe/v4",
    hosts=frozenset(("api.jikan.moe",)),
    content_hosts=frozenset(("myanimelist.net", "cdn.myanimelist.net", "www.youtube.com", "img.youtube.com")),
    attribution=Attribution("Data from MyAnimeList, by way of Jikan, an unofficial API", "https://myanimelist.net"),
    terms_url="https://docs.api.jikan.moe/#section/Information/Terms-of-Use",
    limits=(Limit(3, seconds=1.0), Limit(60, seconds=60.0)),
    timeout=30.0,  # MyAnimeList is read while one waits, where Jikan has nothing kept
    ttl=Ttl(search=3600, detail=_DAY),  # Jikan keeps its own answers for 24 hours
    languages=LANGUAGES,
    language_mode=LanguageMode.NAMES,
    notes="Titles exist in several languages, texts in English only. year_to takes works that had ended by then. "
    "Without adult works, upstream leaves doujinshi out too. With several formats or kinds the lists come in turn, "
    "each in the order that is asked for. Genres may be named.",
    kinds=(
        KindSpec(
            Item.ANIME,
            search=True,
            default=True,
            detail=True,
            filters=asking.ANIME_FILTERS,
            orders=(Order.RELEVANCE, *asking.WORK_ORDERS),
        ),
        KindSpec(
            Item.MANGA,
            search=True,
            default=True,
            detail=True,
            filters=asking.MANGA_FILTERS,
            orders=(Order.RELEVANCE, *asking.WORK_ORDERS),
        ),
        KindSpec(Item.CHARACTER, search=True, detail=True, filters=("letter",), orders=tuple(asking.NAME_ORDERS)),
        KindSpec(Item.PERSON, search=True, detail=True, filters=("letter",), orders=tuple(asking.NAME_ORDERS)),
        KindSpec(
            Item.ORGANIZATION, search=True, detail=True, filters=("letter",), orders=tuple(asking.PRODUCER_ORDERS)
        ),
        KindSpec(Item.EPISODE),
        KindSpec(Item.IMAGE),
    ),
    feeds=(
        FeedSpec(
            Feed.TRENDING, (Item.ANIME,), note=f"The season that is on now. {_SEVERAL}", filters=("formats", "adult")
        ),
        FeedSpec(Feed.SEASON, (Item.ANIME,), note=_SEVERAL, filters=("year", "season", "formats", "adult")),
        FeedSpec(Feed.UPCOMING, asking.WORKS, note=_SEVERAL, filters=("formats", "adult")),
        FeedSpec(
            Feed.TOP_RATED,
            asking.WORKS,
            note=f"status: ONGOING or UPCOMING. {_SEVERAL}",
            filters=("formats", "status", "adult"),
        ),
        FeedSpec(Feed.POPULAR, asking.WORKS, note=f"By members. {_SEVERAL}", filters=("formats", "adult")),
        FeedSpec(Feed.FAVORITES, asking.WORKS, note=_SEVERAL, filters=("formats", "adult")),
        FeedSpec(Feed.SCHEDULE, (Item.ANIME,), note="Times of Japan.", filters=("weekday", "adult")),
        FeedSpec(Feed.RANDOM, asking.WORKS, filters=("adult",), ttl=0),
    ),
    relations=(
        RelationSpec(Relation.EPISODES, (Item.ANIME,), (Item.EPISODE,)),
        RelationSpec(Relation.CHARACTERS, asking.WORKS, (Item.CHARACTER,), note="Of an anime with the voices."),
        RelationSpec(Relation.CREW, (Item.ANIME,), (Item.PERSON,), filters=("role",)),
        RelationSpec(Relation.RECOMMENDATIONS, asking.WORKS, asking.WORKS),
        RelationSpec(Relation.RELATED_WORKS, asking.WORKS, asking.WORKS),
        RelationSpec(Relation.WORKS, (Item.PERSON, Item.CHARACTER), asking.WORKS, filters=("role",)),
        RelationSpec(Relation.WORKS, (Item.ORGANIZATION,), (Item.ANIME,), filters=("adult",)),
        RelationSpec(Relation.IMAGES, (*asking.WORKS, Item.CHARACTER, Item.PERSON), (Item.IMAGE,)),
    ),
    terms=(
        TermSpec(Term.GENRES, asking.WORKS),
        TermSpec(Term.THEMES, asking.WORKS),
        TermSpec(Term.DEMOGRAPHICS, asking.WORKS),
        TermSpec(Term.MAGAZINES, (Item.MANGA,), query=True),
        TermSpec(Term.SEASONS, (Item.ANIME,)),
        TermSpec(Term.CONTENT_RATINGS, (Item.ANIME,)),
    ),
    lookups=("mal",),
    tier=Tier.GOLD,
)

_RANKED = (Feed.TOP_RATED, Feed.POPULAR, Feed.FAVORITES)


def japan_today() -> date:
    """The day by which the season that is on now is told. Hours do not matter for it."""
    return datetime.now(UTC).date()


@dataclass(slots=True)
class Jikan(Provider):
    """MyAnimeList's anime, manga, characters, people and companies."""

    manifest = MANIFEST
    today: Callable[[], date] = japan_today

    async def search(self, ask: Search[AnimeMangaSearchRequest], up: Upstream) -> Page:
        """By text, by filters, or both; anime and manga in turn where no kind is named."""
        if ask.kind in pages.NAMED:
            orders = asking.PRODUCER_ORDERS if ask.kind == Item.ORGANIZATION else asking.NAME_ORDERS
            params = {"q": ask.text, "letter": ask.filters.letter, **asking.ordered(ask, orders)}
            listed = asking.Listed(ask.kind, f"/{PATHS[ask.kind]}", params)
            return await pages.pages([listed], ask.cursor, "", AdultFilter.INCLUDE, up)
        lists: list[asking.Listed] = []
        kinds = asking.kinds_of(ask.kind, ask.filters)
        genres = [await self._genre_ids(kind, ask.filters, up) for kind in kinds]
        if kinds and not any(genres):
            raise InvalidField("genres", "and exclude_genres must be ids or names from Terms")
        for kind, known in zip(kinds, genres, strict=True):
            if known is not None and asking.is_possible(ask):
                params = asking.searched(ask, kind, known)
                lists += asking.each(kind, f"/{PATHS[kind]}", params, asking.types_of(kind, ask.filters.formats))
        page = await pages.pages(lists, ask.cursor, _language(ask.language), ask.adult, up)
        unknown = ask.filters.status and not any(ask.filters.status in asking.STATUS[kind] for kind in kinds)
        return Page(page.items, page.next, page.total, page.total_is_estimate, ("status",) if unknown else ())

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """All of one item. The whole answer joins several pages of MyAnimeList; the first will do when it fails."""
        kind = ask.id.kind
        if kind not in PATHS:
            raise Unsupported("Jikan has no details of this kind")
        path = _path(ask.id)
        body = await up.optional(up.json(f"{path}/full", allow=(404,)))
        if body is None:
            body = await up.json(path, allow=(404,))
        entry = _found(body)
        return works.work(kind, entry, _language(ask.language)) if kind in asking.WORKS else pages.NAMED[kind](entry)

    async def trending(self, ask: Trending[AnimeMangaTrendingRequest], up: Upstream) -> Page:
        """A feed."""
        kind, filters, safe = ask.kind or Item.ANIME, ask.filters, asking.safe(ask.adult)
        types = asking.types_of(kind, filters.formats)
        ignored: tuple[str, ...] = ()
        if ask.feed == Feed.RANDOM:
            entry = _found(await up.json(f"/random/{PATHS[kind]}", safe))
            return Page(pages.allowed([works.work(kind, entry, _language(ask.language))], ask.adult))
        if ask.feed == Feed.SCHEDULE:
            params = {"filter": asking.WEEKDAYS.get(filters.weekday), **safe}
            lists = [asking.Listed(kind, "/schedules", params)]
        elif ask.feed in _RANKED or kind == Item.MANGA:
            word = asking.TOP_FILTERS.get(ask.feed)
            if filters.status and ask.feed == Feed.TOP_RATED:
                word = _STANDS.get(kind, {}).get(filters.status)
                ignored = () if word else ("status",)
            lists = asking.each(kind, f"/top/{PATHS[kind]}", {"filter": word, **safe}, types)
        else:
            types = [one for one in types if one is None or one in asking.SEASON_TYPES]
            lists = asking.each(kind, self._season_path(ask.feed, filters), safe, types, "filter")
        page = await pages.pages(lists, ask.cursor, _language(ask.language), ask.adult, up, ranked=ask.feed in _RANKED)
        return Page(page.items, page.next, page.total, page.total_is_estimate, ignored)

    async def related(self, ask: Related[AnimeMangaRelatedRequest], up: Upstream) -> Page:
        """What relates to one item."""
        item, path, role = ask.id, _path(ask.id), ask.filters.role.strip()
        if ask.relation == Relation.EPISODES:
            body = await up.json(f"{path}/episodes", {"page": ask.page})
            return Page([relations.episode(entry, item) for entry in entries_in(body)], pages.following(body, ask.page))
        if ask.relation == Relation.CHARACTERS:
            entries = entries_in(await up.json(f"{path}/characters"))
            return Page(_known(map(relations.part, entries), entries))
        if ask.relation == Relation.CREW:
            found = (relations.staff(one, role) for one in entries_in(await up.json(f"{path}/staff")))
            return Page([one for one in found if one])
        if ask.relation == Relation.RECOMMENDATIONS:
            entries = entries_in(await up.json(f"{path}/recommendations"))
            liked = (relations.recommendation(one, item.kind) for one in entries)
            return Page(_of_kind(_known(liked, entries), ask.kind))
        if ask.relation == Relation.RELATED_WORKS:
            entries = entries_in(await up.json(f"{path}/relations"))
            return Page(_of_kind(chain.from_iterable(map(relations.relatives, entries)), ask.kind))
        if ask.relation == Relation.IMAGES:
            pictures = enumerate(entries_in(await up.json(f"{path}/pictures")), 1)
            return Page([one for place, entry in pictures if (one := relations.picture(entry, item, place))])
        if item.kind == Item.ORGANIZATION:
            params = {"producers": item.source_id, **asking.safe(ask.adult)}
            listed = asking.Listed(Item.ANIME, "/anime", params)
            return await pages.pages([listed], ask.cursor, _language(ask.language), ask.adult, up)
        whole = _found(await up.json(f"{path}/full", allow=(404,)))
        return Page(_of_kind(relations.works(whole, role), ask.kind))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """A vocabulary. Genres, themes and demographics differ between anime and manga."""
        if ask.terms == Term.CONTENT_RATINGS:
            return TermPage(_one(vocabulary.age_ratings(), ask.term_id))
        if ask.terms == Term.SEASONS:
            years = entries_in(await up.json("/seasons"))
            return TermPage(_one(chain.from_iterable(map(vocabulary.seasons, years)), ask.term_id))
        if ask.terms == Term.MAGAZINES:
            body = await up.json("/magazines", {"q": ask.text, "page": ask.page, "limit": asking.PAGE_SIZE})
            found = [vocabulary.named(entry) for entry in entries_in(body)]
            return TermPage(_one(found, ask.term_id), pages.following(body, ask.page), pages.total(body))
        parts = vocabulary.GENRE_LISTS[ask.terms]
        kinds = (ask.kind,) if ask.kind else asking.WORKS
        lists = await asyncio.gather(*(self._genres(kind, parts, up) for kind in kinds))
        return TermPage(_one(vocabulary.joined(dict(zip(kinds, lists, strict=True))), ask.term_id))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The anime and the manga that have this number: MyAnimeList counts each kind from 1."""
        kinds = [kind for kind in ask.kinds or asking.WORKS if kind in asking.WORKS]

        async def one(kind: Kind) -> list[Item]:
            body = await up.json(f"/{PATHS[kind]}/{ask.code}", allow=(404,))
            return [] if _is_absent(body) else [works.work(kind, data_in(body), _language(ask.language))]

        found = await pages.some([partial(one, kind) for kind in kinds], up)
        return Page([item for items in found for item in items or ()])

    async def _genres(self, kind: Kind, parts: Iterable[str], up: Upstream) -> list[Term]:
        asks = (up.json(asking.genres_path(kind), {"filter": part}) for part in parts)
        entries = chain.from_iterable(map(entries_in, await asyncio.gather(*asks)))
        found = {term.id: term for term in map(vocabulary.named, entries)}
        return list(found.values())

    async def _genre_ids(self, kind: Kind, filters: AnimeMangaSearchRequest, up: Upstream) -> dict[str, str] | None:
        """`genres` and `genres_exclude`: numbers, or names by the table. None when this kind has no such genre."""
        given = {"genres": filters.genres, "genres_exclude": filters.exclude_genres}
        table: dict[str, str] = {}
        if not all(one.isdecimal() for values in given.values() for one in values):
            table = await up.kept(PATHS[kind], lambda: self._genre_table(kind, up), seconds=_DAY)
        found = {
            name: [one if one.isdecimal() else table.get(one.casefold(), "") for one in values]
            for name, values in given.items()
        }
        if not all(chain.from_iterable(found.values())):
            return None
        return {name: ",".join(values) for name, values in found.items()}

    async def _genre_table(self, kind: Kind, up: Upstream) -> dict[str, str]:
        entries = entries_in(await up.json(asking.genres_path(kind)))
        return {term.name.casefold(): term.id for term in map(vocabulary.named, entries)}

    def _season_path(self, feed: int, filters: AnimeMangaTrendingRequest) -> str:
        if feed == Feed.UPCOMING:
            return "/seasons/upcoming"
        if feed == Feed.TRENDING or not (filters.HasField("year") or filters.season):
            return "/seasons/now"
        today = self.today()
        year = filters.year if filters.HasField("year") else today.year
        season = asking.SEASONS.get(filters.season) or list(asking.SEASONS.values())[(today.month - 1) // 3]
        return f"/seasons/{year}/{season}"


_STANDS: dict[Kind, dict[int, str]] = {
    Item.ANIME: {WorkStatus.ONGOING: "airing", WorkStatus.UPCOMING: "upcoming"},
    Item.MANGA: {WorkStatus.ONGOING: "publishing", WorkStatus.UPCOMING: "upcoming"},
}
"""What the lists of the best can be narrowed to."""


def _path(item: ItemId) -> str:
    if not item.source_id.lstrip("-").isdecimal():
        raise NotFound("MyAnimeList's ids are numbers")
    return f"/{PATHS[item.kind]}/{item.source_id}"


def _is_absent(body: Json) -> bool:
    """Whether it is the answer for what does not exist: `{status: 404, type, message, error}`."""
    return isinstance(body, dict) and body.get("status") == 404 and "data" not in body


def _found(body: Json) -> Json:
    if _is_absent(body):
        raise NotFound("MyAnimeList has nothing of this number")
    return data_in(body)


def _language(tag: str) -> str:
    """The language wanted, where titles exist in it."""
    language = primary(tag) if tag else ""
    return language if language in LANGUAGES else ""


def _known(items: Iterable[Item | None], entries: Sequence[Json]) -> list[Item]:
    """The items that have a name. Raises ShapeChanged when none has."""
    named = present(items)
    if entries and not named:
        raise ShapeChanged("Jikan gave a list of which no entry has a name")
    return named


def _of_kind(items: Iterable[Item], kind: Kind | None) -> list[Item]:
    return [item for item in items if kind in (None, item.kind)]


def _one(terms: Iterable[Term], term_id: str) -> list[Term]:
    return [term for term in terms if term_id in ("", term.id)]
