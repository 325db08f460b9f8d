"""TMDB, The Movie Database: films, series and their people. https://developer.themoviedb.org/reference"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.tmdb import details, filters, lists, pages, people, relations
from tako_providers.media.tmdb.addresses import any_language, delivery, numbers, path_of, tag
from tako_providers.sdk import (
    Attribution,
    Domain,
    FeedSpec,
    InvalidField,
    Json,
    KindSpec,
    LanguageMode,
    Limit,
    Manifest,
    NotFound,
    Page,
    Provider,
    RelationSpec,
    Request,
    Secret,
    TermPage,
    TermSpec,
    Tier,
    Unsupported,
    Upstream,
)

_TITLES = (Item.MOVIE, Item.SERIES)
_PLAYED = (Item.MOVIE, Item.SERIES, Item.SEASON, Item.EPISODE)
_SIX_HOURS = 6 * 3600

MANIFEST = Manifest(
    id="tmdb",
    title="TMDB",
    domains=(Domain.MEDIA,),
    homepage="https://www.themoviedb.org",
    base_url="https://api.themoviedb.org/3",
    hosts=frozenset({"api.themoviedb.org"}),
    content_hosts=frozenset({"image.tmdb.org", "www.themoviedb.org", "www.youtube.com", "vimeo.com"}),
    attribution=Attribution(
        text="This product uses the TMDB API but is not endorsed or certified by TMDB."
        " Where to watch: data by JustWatch.",
        url="https://www.themoviedb.org",
        logo_required=True,
    ),
    terms_url="https://www.themoviedb.org/api-terms-of-use",
    limits=(Limit(30, 1.0),),
    secrets=(
        Secret(
            "TMDB_API_KEY",
            url="https://www.themoviedb.org/settings/api",
            aliases=("TMDB_KEY",),
            placeholder="00000000000000000000000000000000",
        ),
    ),
    headers={"accept": "application/json"},
    language_mode=LanguageMode.NATIVE,
    image_policy="Pictures may be shown from image.tmdb.org, with the attribution.",
    notes="TMDB_API_KEY may be the API key (v3) or the API Read Access Token (v4). Non-commercial use unless agreed."
    " Lists end after 500 pages. With a text, upstream takes no filters but a year: each page is filtered."
    " Where to watch in Detail is for `region`, else for the country in `language`, else for US;"
    " Related STORES has all countries.",
    kinds=(
        KindSpec(
            Item.MOVIE,
            search=True,
            default=True,
            detail=True,
            filters=(*filters.DISCOVER, "person", "region", "adult", "enrich"),
            orders=filters.ORDERS,
        ),
        KindSpec(
            Item.SERIES,
            search=True,
            default=True,
            detail=True,
            filters=(*filters.DISCOVER, "region", "adult", "enrich"),
            orders=filters.ORDERS,
        ),
        KindSpec(Item.PERSON, search=True, default=True, detail=True, filters=("adult",)),
        KindSpec(Item.COLLECTION, search=True, detail=True, filters=("adult",)),
        KindSpec(Item.SEASON, detail=True),
        KindSpec(Item.EPISODE, detail=True),
        KindSpec(Item.IMAGE),
        KindSpec(Item.VIDEO),
        KindSpec(Item.OFFER),
    ),
    feeds=(
        FeedSpec(
            Feed.TRENDING,
            kinds=(Item.MOVIE, Item.SERIES, Item.PERSON),
            mixed=True,
            periods=(Period.DAY, Period.WEEK),
            note="Without a kind, films, series and people in one list.",
            filters=("adult",),
        ),
        FeedSpec(
            Feed.POPULAR,
            kinds=(Item.MOVIE, Item.SERIES, Item.PERSON),
            note="region: films",
            filters=("adult", "region"),
        ),
        FeedSpec(Feed.TOP_RATED, kinds=_TITLES, note="region: films", filters=("adult", "region")),
        FeedSpec(
            Feed.UPCOMING,
            kinds=_TITLES,
            note="Films may be out already in other countries: name a region. Series begin today or later.",
            filters=("adult", "region"),
            ttl=_SIX_HOURS,
        ),
        FeedSpec(Feed.NOW_PLAYING, kinds=(Item.MOVIE,), filters=("adult", "region")),
        FeedSpec(Feed.ON_THE_AIR, kinds=(Item.SERIES,), filters=("adult",), ttl=_SIX_HOURS),
        FeedSpec(Feed.AIRING_TODAY, kinds=(Item.SERIES,), filters=("adult",), ttl=_SIX_HOURS),
    ),
    relations=(
        RelationSpec(Relation.SEASONS, (Item.SERIES,), (Item.SEASON,)),
        RelationSpec(
            Relation.EPISODES,
            (Item.SERIES, Item.SEASON),
            (Item.EPISODE,),
            note="A series gives one season a page, the specials last.",
            filters=("season",),
        ),
        RelationSpec(Relation.CAST, _PLAYED, (Item.PERSON,), filters=("adult",)),
        RelationSpec(Relation.CREW, _PLAYED, (Item.PERSON,), filters=("role", "adult")),
        RelationSpec(Relation.RECOMMENDATIONS, _TITLES, _TITLES, filters=("adult", "enrich")),
        RelationSpec(
            Relation.SIMILAR,
            _TITLES,
            _TITLES,
            note="Recommendations are better.",
            filters=("adult", "enrich"),
        ),
        RelationSpec(Relation.VIDEOS, _PLAYED, (Item.VIDEO,)),
        RelationSpec(Relation.IMAGES, (*_PLAYED, Item.COLLECTION, Item.PERSON), (Item.IMAGE,)),
        RelationSpec(
            Relation.STORES,
            (Item.MOVIE, Item.SERIES, Item.SEASON),
            (Item.OFFER,),
            note="Where to watch, from JustWatch; all countries unless region is set.",
            filters=("region",),
        ),
        RelationSpec(Relation.MEMBERS, (Item.COLLECTION,), (Item.MOVIE,), filters=("adult", "enrich")),
        RelationSpec(
            Relation.WORKS,
            (Item.PERSON,),
            _TITLES,
            note="One page, newest first; a title comes once for each role.",
            filters=("role", "adult", "enrich"),
        ),
    ),
    terms=(TermSpec(Term.GENRES, kinds=_TITLES), TermSpec(Term.WATCH_SERVICES, kinds=_TITLES)),
    lookups=("imdb", "tvdb", "wikidata", "facebook", "instagram", "twitter", "tiktok", "youtube", "tmdb"),
    tier=Tier.GOLD,
)

_MEDIA_TYPE = {Item.MOVIE: "movie", Item.SERIES: "tv", Item.PERSON: "person", Item.COLLECTION: "collection"}
_APPENDED = {
    Item.MOVIE: "credits,videos,keywords,recommendations,similar,external_ids,release_dates,images,watch/providers,"
    "translations,alternative_titles",
    Item.SERIES: "aggregate_credits,videos,keywords,recommendations,similar,external_ids,content_ratings,images,"
    "watch/providers,translations,alternative_titles",
    Item.SEASON: "aggregate_credits,videos,images,external_ids,translations",
    Item.EPISODE: "credits,videos,images,external_ids,translations",
    Item.COLLECTION: "images,translations",
    Item.PERSON: "movie_credits,tv_credits,external_ids,images,translations",
}
_FEED_PATHS = {
    Feed.POPULAR: "popular",
    Feed.TOP_RATED: "top_rated",
    Feed.UPCOMING: "upcoming",
    Feed.NOW_PLAYING: "now_playing",
    Feed.ON_THE_AIR: "on_the_air",
    Feed.AIRING_TODAY: "airing_today",
}
_FILMOGRAPHY = {Item.MOVIE: "movie_credits", Item.SERIES: "tv_credits"}
_FOUND = {
    "movie_results": Item.MOVIE,
    "tv_results": Item.SERIES,
    "person_results": Item.PERSON,
    "tv_season_results": Item.SEASON,
    "tv_episode_results": Item.EPISODE,
}


def utc_today() -> date:
    """The date that upcoming series begin from."""
    return datetime.now(UTC).date()


@dataclass(slots=True)
class Tmdb(Provider):
    """TMDB. A v3 key goes in the query, where alone it is taken; a v4 token in a header."""

    manifest = MANIFEST
    today: Callable[[], date] = utc_today

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Sign with whichever of the two sorts of key is set."""
        key = secrets.get("TMDB_API_KEY", "")
        if key.startswith("eyJ"):
            return request.with_header("authorization", f"Bearer {key}")
        return request.with_param("api_key", key) if key else request

    async def search(self, ask: sdk.Search[Any], up: Upstream) -> Page:
        """By text, or by filters alone where there is none."""
        if not ask.text:
            return await self._discover(ask, up)
        sort = "multi" if ask.kind is None else _MEDIA_TYPE[ask.kind]
        asked = filters.searched(ask)
        adult = filters.include_adult(ask.adult)
        params = {"query": ask.text, **delivery(ask), "include_adult": adult, **asked.params}
        body = await up.json(f"/search/{sort}", params, allow=pages.REFUSED)
        return pages.page(body, ask, ask.kind, await self._texts(ask, ask.kind, up), asked)

    async def _discover(self, ask: sdk.Search[Any], up: Upstream) -> Page:
        kinds = _TITLES if ask.kind is None else (ask.kind,) if ask.kind in _TITLES else ()
        questions = [(kind, asked) for kind in kinds if (asked := filters.discovered(ask, kind))]
        if not questions and kinds and filters.has_genre_names(ask):
            raise InvalidField("genres", "must be ids from Terms")
        if not questions:
            raise Unsupported("TMDB can't list what was asked for by these filters alone")
        found, adult = [], filters.include_adult(ask.adult)
        for kind, asked in questions:
            params = {**delivery(ask), "include_adult": adult, **asked.params}
            body = await up.json(f"/discover/{_MEDIA_TYPE[kind]}", params, allow=pages.REFUSED)
            found.append(pages.page(body, ask, kind, await self._texts(ask, kind, up), asked))
        return pages.interleaved(found)

    async def detail(self, ask: sdk.Detail, up: Upstream) -> Item:
        """One request with all that may be appended; a season or episode asks for its series' name too."""
        kind, show, language = ask.id.kind, numbers(ask.id)[0], tag(ask.language)
        body = await self._whole(ask.id, {"language": language, **any_language(language)}, up)
        of_texts = language or "en"
        if kind in _TITLES:
            region = ask.region.upper() or language.partition("-")[2] or "US"
            return (details.movie if kind == Item.MOVIE else details.series)(body, of_texts, region)
        if kind in (Item.SEASON, Item.EPISODE):
            series = await up.optional(up.json(f"/tv/{show}", {"language": language}))
            return (details.season if kind == Item.SEASON else details.episode)(body, show, series, of_texts)
        return (details.person if kind == Item.PERSON else details.collection)(body, of_texts)

    async def _whole(self, item: sdk.ItemId, params: dict[str, str], up: Upstream) -> Json:
        """A body with all its parts. Live answers have them; recordings hold some apart, and some not at all."""
        path, wanted = path_of(item), _APPENDED[item.kind]
        body = await up.json(path, {**params, "append_to_response": wanted})
        if not isinstance(body, dict) or "id" not in body:
            return body
        absent = [name for name in wanted.split(",") if name not in body]
        if "aggregate_credits" in absent and "credits" not in body:
            absent.append("credits")
        found = await asyncio.gather(*(up.optional(self._part(path, name, params, up)) for name in absent))
        return {**body, **{name: part for name, part in zip(absent, found, strict=True) if part is not None}}

    async def _part(self, path: str, name: str, params: dict[str, str], up: Upstream) -> Json:
        """A part that was not appended with others: appended alone, else from its own address."""
        body = await up.json(path, {**params, "append_to_response": name})
        return body[name] if isinstance(body, dict) and name in body else await up.json(f"{path}/{name}", params)

    async def trending(self, ask: sdk.Trending[Any], up: Upstream) -> Page:
        """A feed; series to come have no endpoint of their own and are discovered."""
        kind = ask.kind
        sort = "all" if kind is None else _MEDIA_TYPE[kind]
        params = delivery(ask)
        if ask.feed == Feed.TRENDING:
            path = f"/trending/{sort}/{'week' if ask.period == Period.WEEK else 'day'}"
        elif ask.feed == Feed.UPCOMING and kind == Item.SERIES:
            path = "/discover/tv"
            params["first_air_date.gte"] = self.today().isoformat()
            params["include_adult"] = filters.include_adult(ask.adult)
        else:
            path = f"/{sort}/{_FEED_PATHS[ask.feed]}"
            if kind == Item.MOVIE:
                params["region"] = ask.region.upper()
        asked = filters.Asked(params, ("region",) if ask.region and "region" not in params else ())
        return pages.page(await up.json(path, params), ask, kind, lists.Texts(tag(ask.language) or "en"), asked)

    async def related(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """Items that relate to one."""
        relation = ask.relation
        if relation in (Relation.RECOMMENDATIONS, Relation.SIMILAR):
            word = "similar" if relation == Relation.SIMILAR else "recommendations"
            body = await up.json(f"{path_of(ask.id)}/{word}", delivery(ask))
            texts = await self._texts(ask, ask.id.kind, up)
            return pages.page(body, ask, ask.id.kind, texts, filters.Asked({}, ()))
        if relation in (Relation.CAST, Relation.CREW):
            return await self._credited(ask, up)
        if relation == Relation.EPISODES:
            return await (self._episodes if ask.id.kind == Item.SEASON else self._all_episodes)(ask, up)
        if relation == Relation.WORKS:
            return await self._works(ask, up)
        return await self._listed(ask, up)

    async def _listed(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """What upstream gives as one plain list."""
        path, relation, language = path_of(ask.id), ask.relation, tag(ask.language)
        if relation == Relation.VIDEOS:
            body = await up.json(f"{path}/videos", {"language": language, **any_language(language)})
            return Page(relations.videos(body))
        if relation == Relation.IMAGES:
            return Page(relations.pictures(await up.json(f"{path}/images")))
        if relation == Relation.STORES:
            return Page(relations.offers(await up.json(f"{path}/watch/providers"), ask.id, ask.region.upper()))
        body = await up.json(path, {"language": language})
        if relation == Relation.MEMBERS:
            return pages.whole(details.members(body, await self._texts(ask, Item.MOVIE, up)), ask)
        return Page(details.seasons(body, language or "en"))

    async def _episodes(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        body = await up.json(path_of(ask.id), {"language": tag(ask.language)})
        return Page(details.episodes(body, numbers(ask.id)[0], None, tag(ask.language) or "en"))

    async def _all_episodes(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """The episodes of a series, a season a page: 1, 2, 3 ... and the specials last; or of one season."""
        path, show, language = path_of(ask.id), ask.id.source_id, tag(ask.language)
        wanted = ask.filters.season.strip()
        if wanted and not wanted.isdecimal():
            raise NotFound("TMDB's seasons have numbers, no names")
        number = int(wanted) if wanted else sdk.page_number(ask.cursor)
        series = await up.json(path, {"language": language, "append_to_response": f"season/{number}"})
        order = details.season_numbers(series)
        if wanted and number not in order:
            raise NotFound(f"TMDB knows no season {number} of this series")
        if not order:
            return Page(())
        number = number if number in order else order[0]
        season = series.get(f"season/{number}") or await up.json(f"{path}/season/{number}", {"language": language})
        later = () if wanted else order[order.index(number) + 1 :]
        items = details.episodes(season, show, series, language or "en")
        return Page(items, next=str(later[0]) if later else sdk.FIRST)

    async def _credited(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """Cast or crew; those of a series and a season are summed up by person, where upstream has that."""
        path, params, body = path_of(ask.id), {"language": tag(ask.language)}, None
        if ask.id.kind in (Item.SERIES, Item.SEASON):
            body = await up.optional(up.json(f"{path}/aggregate_credits", params))
        if body is None:
            body = await up.json(f"{path}/credits", params)
        credited, role = people.checked(body), ask.filters.role
        if ask.relation == Relation.CAST:
            return pages.whole(people.people((*people.cast(credited), *people.guests(credited))), ask)
        return pages.whole(people.people(one for one in people.crew(credited) if one.is_role(role)), ask)

    async def _works(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """The filmography; a part that was not appended is asked for."""
        path, params = path_of(ask.id), {"language": tag(ask.language)}
        wanted = [name for kind, name in _FILMOGRAPHY.items() if ask.kind in (None, kind)]
        body = people.known(await up.json(path, {**params, "append_to_response": ",".join(wanted)}))
        for name in wanted:
            if name not in body:
                body[name] = await self._part(path, name, params, up)
        done = people.filmography(*(body[name] if name in wanted else None for name in _FILMOGRAPHY.values()))
        chosen = [(kind, one) for kind, one in done if one.is_role(ask.filters.role)]
        return pages.whole(people.works(chosen, await self._texts(ask, ask.kind, up)), ask)

    async def terms(self, ask: sdk.Terms, up: Upstream) -> TermPage:
        """Genres and services, of films, of series, or of both."""
        by_kind: dict[sdk.Kind, list[Term]] = {}
        for kind in (ask.kind,) if ask.kind else _TITLES:
            if ask.terms == Term.GENRES:
                by_kind[kind] = relations.genres(await self._genre_list(kind, ask.language, up))
            else:
                params = {"language": tag(ask.language), "watch_region": ask.region.upper()}
                by_kind[kind] = relations.services(await up.json(f"/watch/providers/{_MEDIA_TYPE[kind]}", params))
        return TermPage([term for term in relations.joined(by_kind) if ask.term_id in ("", term.id)])

    async def lookup(self, ask: sdk.Lookup, up: Upstream) -> Page:
        """By /find; TMDB's own number may be one of each kind."""
        texts = lists.Texts(tag(ask.language) or "en")
        if ask.scheme == MANIFEST.id:
            return await self._numbered(ask, texts, up)
        params = {"external_source": f"{ask.scheme}_id", "language": tag(ask.language)}
        body = await up.json(f"/find/{ask.code}", params, allow=(404,))
        if relations.is_absent(body):
            return Page(())
        items: list[Item] = []
        for name, entries in lists.found(body, _FOUND).items():
            if not ask.kinds or _FOUND[name] in ask.kinds:
                items += lists.mapped(entries, texts, _FOUND[name])
        return Page(items)

    async def _numbered(self, ask: sdk.Lookup, texts: lists.Texts, up: Upstream) -> Page:
        """What has this number among each kind; kinds that can't be asked are left out while one can."""
        kinds = [kind for kind in ask.kinds or _MEDIA_TYPE if kind in _MEDIA_TYPE]
        found = await asyncio.gather(*(up.optional(self._of_kind(kind, ask, texts, up)) for kind in kinds))
        if kinds and all(items is None for items in found):
            found[0] = await self._of_kind(kinds[0], ask, texts, up)  # once more, to fail as upstream does
        return Page([item for items in found for item in items or ()])

    async def _of_kind(self, kind: sdk.Kind, ask: sdk.Lookup, texts: lists.Texts, up: Upstream) -> list[Item]:
        path = path_of(sdk.ItemId(MANIFEST.id, kind, ask.code))
        body = await up.json(path, {"language": tag(ask.language)}, allow=(404,))
        return [] if relations.is_absent(body) else lists.mapped(lists.one(body), texts, kind)

    async def _texts(self, ask: sdk.Search[Any] | sdk.Related[Any], kind: sdk.Kind | None, up: Upstream) -> lists.Texts:
        """What list entries lack. Names of genres cost another request, so only on ``enrich``."""
        names: dict[int, str] = {}
        if ask.enrich:
            for one in _TITLES if kind is None else (kind,) if kind in _TITLES else ():
                body = await up.optional(self._genre_list(one, ask.language, up))
                names |= {int(term.id): term.name for term in relations.genres(body)} if body else {}
        return lists.Texts(tag(ask.language) or "en", names)

    async def _genre_list(self, kind: sdk.Kind, language: str, up: Upstream) -> Json:
        return await up.json(f"/genre/{_MEDIA_TYPE[kind]}/list", {"language": tag(language)})
