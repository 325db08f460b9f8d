"""MangaUpdates (Baka-Updates): manga, novels, their authors, publishers and releases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tako.v1.anime_manga_service_pb2 import (
    AnimeMangaRelatedRequest,
    AnimeMangaSearchRequest,
    AnimeMangaTrendingRequest,
)
from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import AdultFilter, Feed, Relation
from tako.v1.item_parts_pb2 import Context, WorkStatus
from tako.v1.item_pb2 import Item
from tako_providers.anime_manga.mangaupdates import asking, people, series
from tako_providers.anime_manga.mangaupdates.parts import (
    PAGE_SIZE,
    PROVIDER,
    checked,
    following,
    is_named,
    name_of,
    record_in,
    results_in,
)
from tako_providers.sdk import (
    AdultType,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
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
    count_in,
    dict_in,
    plain_markdown,
    text_in,
)

_PEOPLE = (Item.PERSON, Item.ORGANIZATION)
_SIX_HOURS = 6 * 3600

MANIFEST = Manifest(
    id=PROVIDER,
    title="MangaUpdates",
    domains=(Domain.ANIME_MANGA,),
    homepage="https://www.mangaupdates.com",
    base_url="https://api.mangaupdates.com/v1",
    hosts=frozenset(("api.mangaupdates.com",)),
    content_hosts=frozenset(("www.mangaupdates.com", "cdn.mangaupdates.com")),
    attribution=Attribution("Series data © MangaUpdates", "https://www.mangaupdates.com"),
    terms_url="https://api.mangaupdates.com/v1/docs#section/Acceptable-Use-Policy",
    limits=(Limit(1, seconds=1.0),),  # none is published; the policy asks for reasonable spacing
    ttl=Ttl(search=3600, detail=21600),  # and for caching
    languages=("en",),
    language_mode=LanguageMode.NAMES,
    notes="Texts are in English, titles in every script. The search is fuzzy: nonsense finds something too. It takes "
    "one year (year_from and year_to the same), genres by their names, and of the statuses COMPLETED alone. Only adult "
    "works means those of the genre Adult. One-shots can be asked for alone or left out.",
    kinds=(
        KindSpec(
            Item.MANGA,
            search=True,
            default=True,
            detail=True,
            filters=asking.FILTERS,
            orders=tuple(asking.ORDERS),
        ),
        KindSpec(Item.PERSON, search=True, detail=True),
        KindSpec(Item.ORGANIZATION, search=True, detail=True),
        KindSpec(Item.CHAPTER, search=True),
    ),
    feeds=(
        FeedSpec(
            Feed.TRENDING,
            (Item.MANGA,),
            tuple(asking.PERIODS),
            note="The most read of a span, by the lists of users.",
            filters=("formats", "status", "adult"),
        ),
        FeedSpec(Feed.TOP_RATED, (Item.MANGA,), filters=("formats", "status", "adult")),
        FeedSpec(Feed.RECENT, (Item.CHAPTER,), note="Releases by day, adult works among them.", ttl=_SIX_HOURS),
    ),
    relations=(
        RelationSpec(
            Relation.RECOMMENDATIONS,
            (Item.MANGA,),
            (Item.MANGA,),
            note="Those of users first, then those of the same categories.",
        ),
        RelationSpec(Relation.RELATED_WORKS, (Item.MANGA,), (Item.MANGA,)),
        RelationSpec(Relation.WORKS, _PEOPLE, (Item.MANGA,), note="By year.", filters=("adult",)),
    ),
    terms=(TermSpec(Term.GENRES), TermSpec(Term.CATEGORIES, query=True)),
    lookups=(PROVIDER,),
    tier=Tier.SILVER,
)

_PATHS = {Item.MANGA: "series", Item.PERSON: "authors", Item.ORGANIZATION: "publishers", Item.CHAPTER: "releases"}
_DETAILS: dict[Kind, Callable[[Json], Item]] = {
    Item.MANGA: series.whole,
    Item.PERSON: people.author,
    Item.ORGANIZATION: people.publisher,
}


class MangaUpdates(Provider):
    """MangaUpdates. Reading needs no account. https://api.mangaupdates.com/v1/docs"""

    manifest = MANIFEST

    async def search(self, ask: Search[AnimeMangaSearchRequest], up: Upstream) -> Page:
        """Series by text and filters; people, publishers and releases by text."""
        kind = ask.kind or Item.MANGA
        if kind == Item.MANGA:
            if not asking.is_possible(ask.filters.formats):
                return Page([], total=0)
            body, ignored = asking.searched(ask)
            return _series(await up.json("/series/search", method="POST", body=body), ask.page, ask.adult, ignored)
        body = {"search": ask.text, "page": ask.page, "perpage": PAGE_SIZE}
        if kind == Item.CHAPTER:
            body["include_metadata"] = True
        found = await up.json(f"/{_PATHS[kind]}/search", method="POST", body=body)
        if kind == Item.CHAPTER:
            return _releases(found, ask.page)
        items = [_DETAILS[kind](record_in(one)) for one in results_in(found)]
        return Page(items, following(found, ask.page), count_in(found, "total_hits"))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A series, an author or a publisher."""
        if ask.id.kind not in _DETAILS:
            raise Unsupported("MangaUpdates has no details of releases")
        return _DETAILS[ask.id.kind](checked(await up.json(_path(ask.id))))

    async def trending(self, ask: Trending[AnimeMangaTrendingRequest], up: Upstream) -> Page:
        """The newest releases, or series in the order of a ranking."""
        if ask.feed == Feed.RECENT:
            found = await up.json("/releases/days", {"page": ask.page, "include_metadata": True})
            return _releases(found, ask.page)
        filters = ask.filters
        if not asking.is_possible(filters.formats):
            return Page([], total=0)
        order = "rating" if ask.feed == Feed.TOP_RATED else asking.PERIODS.get(ask.period, "week_pos")
        body = {**asking.narrowed(ask, filters.formats, filters.status), "orderby": order}
        ignored = ("status",) if filters.status not in (0, WorkStatus.COMPLETED) else ()
        found = await up.json("/series/search", method="POST", body=body)
        return _series(found, ask.page, ask.adult, ignored, ranked=True)

    async def related(self, ask: Related[AnimeMangaRelatedRequest], up: Upstream) -> Page:
        """What a series names, or the series of an author or publisher."""
        path = _path(ask.id)
        if ask.relation == Relation.WORKS:
            found = checked(await up.json(f"{path}/series", method="POST", body={"orderby": "year"}))
            entries = found.get("series_list")
            if not isinstance(entries, list):
                raise ShapeChanged("MangaUpdates gave no list of series")
            items = [series.listed(one) for one in entries if is_named(one)]
            if entries and not items:
                raise ShapeChanged("MangaUpdates gave series of which none has a title")
            kept, total = _allowed(items, ask.adult), count_in(found, "total_series")
            return Page(kept, total=total, total_is_estimate=total is not None and len(kept) < len(entries))
        entry = checked(await up.json(path))
        of = series.relatives if ask.relation == Relation.RELATED_WORKS else series.recommendations
        return Page(of(entry))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """Genres, or categories by their beginning. A search takes genres by name, so that the name is the id."""
        if ask.terms == Term.GENRES:
            entries = await up.json("/genres")
            if not isinstance(entries, list):
                raise ShapeChanged("MangaUpdates gave something else where genres were expected")
            return TermPage([term for term in map(_genre, entries) if ask.term_id in ("", term.id)])
        body = {"search": ask.text, "page": ask.page, "perpage": PAGE_SIZE}
        found = await up.json(
            "/categories/search", method="POST", body={name: value for name, value in body.items() if value}
        )
        terms = [_category(record_in(one)) for one in results_in(found)]
        kept = [term for term in terms if ask.term_id in ("", term.id)]
        return TermPage(kept, following(found, ask.page), count_in(found, "total_hits"))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The series of a number."""
        if (ask.kinds and Item.MANGA not in ask.kinds) or not ask.code.isdecimal():
            return Page([])
        response = await up.json(f"/series/{ask.code}", allow=(404,))
        if isinstance(response, dict) and "series_id" not in response and response.get("status") == "exception":
            return Page([])
        return Page([series.whole(checked(response))])


def _path(item: ItemId) -> str:
    if not item.source_id.isdecimal():
        raise NotFound("MangaUpdates' ids are numbers")
    return f"/{_PATHS[item.kind]}/{item.source_id}"


def _series(found: Json, page: int, adult: AdultType, ignored: Sequence[str], *, ranked: bool = False) -> Page:
    results = results_in(found)
    items = [series.listed(record_in(one), text_in(one, "hit_title")) for one in results]
    if ranked and len(items) == len(found["results"]):  # else one was left out, and places are not sure
        size = count_in(found, "per_page") or PAGE_SIZE
        for place, item in enumerate(items, (page - 1) * size + 1):
            item.context.CopyFrom(Context(position=place))
    kept, total = _allowed(items, adult), count_in(found, "total_hits")
    estimate = total is not None and len(kept) < len(results)
    return Page(kept, following(found, page), total, estimate, tuple(ignored))


def _releases(found: Json, page: int) -> Page:
    items = [people.release(one, record_in(one)) for one in results_in(found)]
    return Page(items, following(found, page), count_in(found, "total_hits"))


def _allowed(items: list[Item], adult: AdultType) -> list[Item]:
    if adult == AdultFilter.INCLUDE:
        return items
    return [item for item in items if item.adult == (adult == AdultFilter.ONLY)]


def _genre(entry: Json) -> Term:
    if not isinstance(entry, dict):
        raise ShapeChanged("a genre of MangaUpdates is no object")
    name = name_of(entry, "genre")
    return Term(
        id=name,
        name=name,
        description=plain_markdown(text_in(entry, "description")),
        count=count_in(dict_in(entry, "stats"), "total_series"),
    )


def _category(entry: Json) -> Term:
    name = name_of(entry, "category" if entry.get("category") else "name")
    return Term(id=name, name=name, count=count_in(entry, "usage"))
