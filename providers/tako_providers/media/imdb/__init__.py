"""IMDb through imdbapi.dev, a free service over IMDb's data. https://imdbapi.dev

Where it does not answer, IMDb's own search box and title pages do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.imdb import answers, fallbacks, filters, leaves, people, titles
from tako_providers.media.imdb.manifest import MANIFEST
from tako_providers.media.imdb.parts import SORTS, is_name_id, is_title_id
from tako_providers.sdk import Json, NotFound, Page, Params, Provider, ShapeChanged, TermPage, Unsupported, Upstream

T = TypeVar("T")

_MOST = 50
"""Largest page, and the most that a search gives."""
_WEEK = 7 * 86400.0
_VOTES_OF_TOP_RATED = "25000"
_PARTS: dict[sdk.Kind, tuple[str, ...]] = {
    Item.MOVIE: ("credits", "akas", "releaseDates", "certificates", "boxOffice"),
    Item.SERIES: ("credits", "akas", "releaseDates", "certificates", "seasons"),
    Item.EPISODE: ("credits", "releaseDates"),
    Item.VIDEO_GAME: ("akas", "releaseDates", "certificates"),
}
"""What a Detail asks for beside the title."""
_PAGED = ("credits", "releaseDates")


def utc_today() -> date:
    """The date that tells this year."""
    return datetime.now(UTC).date()


@dataclass(slots=True)
class Imdb(Provider):
    """IMDb. No key."""

    manifest = MANIFEST
    today: Callable[[], date] = utc_today

    async def search(self, ask: sdk.Search[Any], up: Upstream) -> Page:
        """By text, or by filters alone where there is none; people are in the search box alone."""
        if not ask.text:
            return await self._browse(ask, up)
        if ask.kind == Item.PERSON:
            found = fallbacks.suggested(await up.json(*_suggestions(ask.text, names=True)))
            return Page([item for item in found if item.kind == Item.PERSON])
        names = await self._genre_names(up) if filters.needs_names(ask.filters.genres) else {}
        asked = filters.searched(ask, names)
        body, instead = await self._either(
            lambda: up.json("/search/titles", {**asked.params, "limit": _MOST}),
            lambda: up.json(*_suggestions(ask.text)),
            up,
        )
        if instead is not None:
            return _suggested(ask, instead)
        found = titles.titles(answers.listed(body, "titles"))
        return Page([item for item in found if asked.fits(item)], ignored=asked.ignored)

    async def _browse(self, ask: sdk.Search[Any], up: Upstream) -> Page:
        asked = filters.browsed(ask)
        if asked is None:
            raise Unsupported("IMDb can't list what was asked for by these filters alone")
        return await self._titles(asked, ask.cursor, up)

    async def _titles(self, asked: filters.Asked, cursor: str, up: Upstream) -> Page:
        body = await up.json("/titles", {**asked.params, "pageToken": cursor})
        found = answers.listed(body, "titles")
        items = [item for item in titles.titles(found) if asked.fits(item)]
        return answers.page(items, found, body, ignored=asked.ignored)

    async def detail(self, ask: sdk.Detail, up: Upstream) -> Item:
        """A title with what lies below it, or a person with their works."""
        number, kind = ask.id.source_id, ask.id.kind
        if kind == Item.PERSON and is_name_id(number):
            return await self._person(number, up)
        item = await self._title(number, up) if is_title_id(number) else None
        if item is None or item.kind != kind:
            raise NotFound(f"IMDb has no {sdk.kind_segment(kind)} of this id")
        return item

    async def _title(self, number: str, up: Upstream) -> Item | None:
        """None where upstream has no such title."""
        path = f"/titles/{number}"
        body, instead = await self._either(
            lambda: up.json(path, allow=answers.NO_SUCH_THING),
            lambda: up.html(fallbacks.page_address(number)),
            up,
        )
        if instead is not None:
            return fallbacks.page(instead)
        if answers.is_absent(body):
            return None
        sort = SORTS.get(answers.checked(body).get("type"))
        parts = _PARTS[sort.kind] if sort else ()
        found = await asyncio.gather(*(up.optional(self._part(path, part, up)) for part in parts))
        return titles.whole(body, dict(zip(parts, found, strict=True)))

    async def _part(self, path: str, part: str, up: Upstream) -> Json:
        params = {"pageSize": _MOST} if part in _PAGED else None
        return await up.json(f"{path}/{part}", params, allow=answers.NO_SUCH_THING)

    async def _person(self, number: str, up: Upstream) -> Item:
        path = f"/names/{number}"
        item = people.person(answers.checked(await up.json(path)))
        if item is None:
            raise ShapeChanged("IMDb: a name with an id and a displayName was expected")
        done = await up.optional(up.json(f"{path}/filmography", {"pageSize": _MOST}, allow=answers.NO_SUCH_THING))
        if done is not None and not answers.is_absent(done):
            item.person.works.extend(sdk.present(map(leaves.work_credit, answers.listed(done, "credits"))))
        return item

    async def trending(self, ask: sdk.Trending[Any], up: Upstream) -> Page:
        """A list of /titles, or the star meter."""
        if ask.kind == Item.PERSON:
            body = await up.json("/chart/starmeter", {"pageToken": ask.cursor})
            found = answers.listed(body, "names")
            ignored = ("genres",) if ask.filters.genres else ()
            return answers.page(people.charted(found), found, body, ignored=ignored)
        kind = ask.kind or Item.MOVIE
        fits = filters.listed((kind,), ask.adult, ask.filters.genres)
        params: dict[str, Any] = {"types": filters.TYPES[kind], **filters.genre_params(ask.filters.genres)}
        if ask.feed == Feed.TOP_RATED:
            params |= filters.order(Order.RATING, downwards=True) | {"minVoteCount": _VOTES_OF_TOP_RATED}
        elif ask.feed == Feed.UPCOMING:
            params |= filters.order(Order.RELEASE_DATE, downwards=True) | {"startYear": str(self.today().year)}
        else:
            params |= filters.order(Order.POPULARITY, downwards=True)
        if ask.feed != Feed.UPCOMING:
            return await self._titles(filters.Asked(params, (), fits), ask.cursor, up)
        # A title that people have rated is out.
        to_come = filters.Asked(params, (), lambda item: fits(item) and not item.HasField("rating"))
        return await self._titles(to_come, ask.cursor, up)

    async def related(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """Items that relate to one."""
        number = ask.id.source_id
        series, _, season = number.partition("/")
        if not is_title_id(series) and not is_name_id(number):
            raise NotFound("IMDb has nothing of this id")
        if ask.relation == Relation.SEASONS:
            found = answers.listed(await up.json(f"/titles/{number}/seasons"), "seasons")
            return Page(sdk.present(leaves.season(entry, number) for entry in found))
        if ask.relation == Relation.EPISODES:
            return await self._episodes(ask, series, season or ask.filters.season.strip(), up)
        if ask.relation in (Relation.CAST, Relation.CREW):
            return await self._credited(ask, up)
        if ask.relation == Relation.WORKS:
            return await self._works(ask, up)
        name, mapper = ("images", leaves.image) if ask.relation == Relation.IMAGES else ("videos", leaves.video)
        owner = "names" if ask.id.kind == Item.PERSON else "titles"
        body = await up.json(f"/{owner}/{number}/{name}", {"pageSize": _MOST, "pageToken": ask.cursor})
        found = answers.listed(body, name)
        return answers.page(sdk.present(map(mapper, found)), found, body)

    async def _episodes(self, ask: sdk.Related[Any], series: str, season: str, up: Upstream) -> Page:
        """All episodes, or those of a season. What `totalCount` counts then is not documented."""
        params: Params = {"season": season, "pageSize": _MOST, "pageToken": ask.cursor}
        body = await up.json(f"/titles/{series}/episodes", params)
        found = answers.listed(body, "episodes")
        items = sdk.present(leaves.episode(entry, series) for entry in found)
        return answers.page(items, found, body, estimate=True)

    async def _credited(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """Upstream can be asked for categories; a crew is all that are no cast, which can't be said there."""
        cast, role = ask.relation == Relation.CAST, ask.filters.role.strip()
        category = people.category_named(role)
        categories = people.CAST if cast else (category,) if role else ()
        params: Params = {"categories": categories, "pageSize": _MOST, "pageToken": ask.cursor}
        body = await up.json(f"/titles/{ask.id.source_id}/credits", params)
        found = answers.listed(body, "credits")
        return answers.page(people.credited(found, cast=cast, role="" if cast else role), found, body)

    async def _works(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """The filmography; video games only when they are asked for."""
        role = people.category_named(ask.filters.role)
        categories = ("actor", "actress") if role in ("actor", "actress") else (role,)
        params: Params = {"categories": categories, "pageSize": _MOST, "pageToken": ask.cursor}
        body = await up.json(f"/names/{ask.id.source_id}/filmography", params)
        found = answers.listed(body, "credits")
        kinds = (Item.MOVIE, Item.SERIES, Item.EPISODE) if ask.kind is None else (ask.kind,)
        fits = filters.listed(kinds, ask.adult)
        chosen = [entry for entry in found if not role or people.category_of(entry) in categories]
        items = [item for item in sdk.present(map(leaves.work, chosen)) if fits(item)]
        return answers.page(items, found, body)

    async def terms(self, ask: sdk.Terms, up: Upstream) -> TermPage:
        """Interests: IMDb's genres and their subgenres."""
        return TermPage(
            [
                term
                for term in await self._interests(up)
                if ask.term_id in ("", term.id) and ask.parent in ("", term.parent_id)
            ]
        )

    async def _interests(self, up: Upstream) -> list[Term]:
        async def load() -> list[Term]:
            return leaves.interests(answers.listed(await up.json("/interests"), "categories"))

        return await up.kept("interests", load, seconds=_WEEK)

    async def _genre_names(self, up: Upstream) -> dict[str, str]:
        """The names of genres by id. Titles in lists do not tell their subgenres."""
        return {term.id: term.name for term in await self._interests(up) if not term.parent_id}

    async def lookup(self, ask: sdk.Lookup, up: Upstream) -> Page:
        """By IMDb's own number: a title or a person."""
        of_person = bool(is_name_id(ask.code))
        if not of_person and not is_title_id(ask.code):
            raise Unsupported("IMDb can be asked for titles and names only")
        body, instead = await self._either(
            lambda: up.json(f"/{'names' if of_person else 'titles'}/{ask.code}", allow=answers.NO_SUCH_THING),
            lambda: up.json(*_suggestions(ask.code, names=of_person)),
            up,
        )
        if instead is not None:
            return Page([item for item in fallbacks.suggested(instead) if item.source_id == ask.code])
        if answers.is_absent(body):
            return Page(())
        answers.checked(body)
        return Page(sdk.present((people.person(body),)) if of_person else titles.titles([body]))

    async def _either(
        self, api: Callable[[], Awaitable[Json]], other: Callable[[], Awaitable[T]], up: Upstream
    ) -> tuple[Json, T | None]:
        """What the API answers, else what ``other`` does in its place."""
        body = await up.optional(api())
        if body is not None:
            return body, None
        instead = await up.optional(other())
        if instead is not None:
            return None, instead
        return await api(), None  # once more, to fail as the API does


def _suggestions(text: str, *, names: bool = False) -> tuple[str, dict[str, str]]:
    return fallbacks.suggestions_address(text, names=names), {"includeVideos": "0"}


def _suggested(ask: sdk.Search[Any], body: Json) -> Page:
    """A page of the search box, which tells little to filter by."""
    asked = filters.searched(ask, {}, bare=True)
    return Page([item for item in fallbacks.suggested(body) if asked.fits(item)], ignored=asked.ignored)
