"""TheTVDB: series, films and their people. https://github.com/thetvdb/v4-api"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import chain, zip_longest
from typing import Any
from urllib.parse import quote

from tako.v1.choices_pb2 import Relation
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import SeasonOrder
from tako_providers import sdk
from tako_providers.media.tvdb import answers, details, filters, hits, lists, people, titles, vocabularies
from tako_providers.media.tvdb.manifest import MANIFEST
from tako_providers.media.tvdb.parts import Wanted, add_ids, language_of, wanted
from tako_providers.sdk import (
    ACCESS_TOKEN,
    Json,
    NotConfigured,
    NotFound,
    Page,
    Params,
    Provider,
    Request,
    ShapeChanged,
    TermPage,
    Token,
    Unsupported,
    Upstream,
)

_DAY = 86400.0
_FOLDERS: dict[sdk.Kind, str] = {
    Item.SERIES: "series",
    Item.MOVIE: "movies",
    Item.PERSON: "people",
    Item.SEASON: "seasons",
    Item.EPISODE: "episodes",
    Item.COLLECTION: "lists",
}
_ORDER_WORDS = {order: word for word, order in lists.ORDERS.items()}
_MEMBERS_EACH = 10
"""Members of a list that are asked for at once: upstream gives their numbers alone."""


class Tvdb(Provider):
    """TheTVDB. The key gives a token for a month; upstream's developers advise to use one for a day."""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Send the token, once there is one."""
        token = secrets.get(ACCESS_TOKEN)
        return request.with_header("authorization", f"Bearer {token}") if token else request

    async def sign_in(self, secrets: Mapping[str, str], up: Upstream) -> Token:
        """POST /login with the key, and with the PIN of a subscriber where there is one."""
        given = {"apikey": secrets.get(answers.KEY, "")}
        if pin := secrets.get(answers.PIN):
            given["pin"] = pin
        body = await up.json("/login", method="POST", body=given, allow=(400, 401))
        if isinstance(body, dict) and body.get("status") == "failure":
            raise NotConfigured("TheTVDB refuses the key that is set", variables=(answers.KEY, answers.PIN))
        token = sdk.text_in(answers.record(body), "token")
        if not token:
            raise ShapeChanged("TheTVDB: a token was expected")
        return Token(token, _DAY)

    async def search(self, ask: sdk.Search[Any], up: Upstream) -> Page:
        """By text; without one, titles by their origin."""
        if not ask.text:
            return await self._listed(ask, up)
        names = await vocabularies.genre_names(up) if any(map(str.isdecimal, ask.filters.genres)) else {}
        asked = filters.searched(ask, names)
        body = await up.json("/search", asked.params, allow=answers.REFUSED)
        found, wish = answers.records(body), wanted(ask.language)
        of_kinds = [entry for entry in found if hits.is_item(entry)]
        items = [item for item in answers.known([hits.hit(e, wish) for e in of_kinds], of_kinds) if asked.fits(item)]
        reached = (sdk.page_number(ask.cursor) if ask.cursor else 0) + len(found)
        total = answers.total(body)
        more = reached < min(total, filters.MOST) if total is not None else answers.has_next(body)
        return answers.page(items, found, body, str(reached) if more else sdk.FIRST, asked.ignored)

    async def _listed(self, ask: sdk.Search[Any], up: Upstream) -> Page:
        kinds = (Item.SERIES, Item.MOVIE) if ask.kind is None else (ask.kind,)
        if Item.PERSON in kinds:
            raise Unsupported("TheTVDB can't list people: a text is needed")
        pages = [await self._filtered(kind, filters.listed(ask, kind), ask.cursor, up) for kind in kinds]
        if len(pages) == 1:
            return pages[0]
        return Page(
            sdk.present(chain.from_iterable(zip_longest(*(one.items for one in pages)))),
            next=max((one.next for one in pages), key=len),
            ignored=tuple(sorted({name for one in pages for name in one.ignored})),
        )

    async def _filtered(self, kind: sdk.Kind, asked: filters.Asked, cursor: str, up: Upstream) -> Page:
        """A list by origin, pages counted from 0 upstream; a full one has another behind it."""
        number = sdk.page_number(cursor)
        path, mapper = ("/series/filter", lists.series) if kind == Item.SERIES else ("/movies/filter", lists.movie)
        body = await up.json(path, {**asked.params, "page": number - 1 or None})
        found = answers.records(body)
        items = [item for item in answers.known(list(map(mapper, found)), found) if asked.fits(item)]
        more = answers.has_next(body) or (not body.get("links") and len(found) >= answers.FILTERED_PAGE)
        return answers.page(items, found, body, str(number + 1) if more else sdk.FIRST, asked.ignored)

    async def trending(self, ask: sdk.Trending[Any], up: Upstream) -> Page:
        """The only lists by popularity are of one country and language."""
        kind = ask.kind or Item.SERIES
        origin = filters.by_origin(ask.region, ask.language, "region", "language")
        genre = filters.genre_param(ask.filters.genres)
        params: Params = {
            **origin,
            **genre.params,
            "sort": "score",
            "sortType": "desc" if kind == Item.SERIES else None,
        }
        return await self._filtered(kind, genre._replace(params=params), ask.cursor, up)

    async def detail(self, ask: sdk.Detail, up: Upstream) -> Item:
        """One record with its translations."""
        kind, wish = ask.id.kind, wanted(ask.language)
        if kind == Item.IMAGE:
            item = details.image(answers.record(await up.json(f"/artwork/{_number(ask.id)}")))
            if item is None:
                raise ShapeChanged("TheTVDB: an artwork with an id and a picture was expected")
            return item
        entry = await self._extended(ask.id, up)
        if kind in (Item.SEASON, Item.COLLECTION):
            mapper = details.season if kind == Item.SEASON else details.collection
            return mapper(entry, await self._translation(ask.id, entry, wish, up), wish)
        if kind == Item.PERSON:
            return people.person(entry, wish)
        if kind == Item.EPISODE:
            return details.episode(entry, wish)
        return (titles.series if kind == Item.SERIES else titles.movie)(entry, wish)

    async def _extended(self, item: sdk.ItemId, up: Upstream, *, short: bool = False) -> Json:
        return answers.record(await self._whole(item, up, short=short))

    async def _whole(self, item: sdk.ItemId, up: Upstream, *, short: bool, allow: tuple[int, ...] = ()) -> Json:
        params: Params = {"meta": "translations" if item.kind not in (Item.SEASON, Item.COLLECTION) else None}
        if item.kind in (Item.SERIES, Item.MOVIE):
            params = {**params, "short": short}
        return await up.json(f"/{_FOLDERS[item.kind]}/{_number(item)}/extended", params, allow=allow)

    async def _translation(self, item: sdk.ItemId, entry: Json, wish: Wanted, up: Upstream) -> Json:
        """The text of what has no translations in its record, where upstream says that there is one."""
        there = {*sdk.texts_in(entry, "nameTranslations"), *sdk.texts_in(entry, "overviewTranslations")}
        code = next((code for code in wish.codes if code in there), "")
        if not code:
            return None

        async def text() -> Json:
            return answers.data(await up.json(f"/{_FOLDERS[item.kind]}/{_number(item)}/translations/{code}"))

        return await up.optional(text())

    async def related(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """Items that relate to one."""
        relation, role = ask.relation, ask.filters.role
        if relation == Relation.EPISODES and ask.id.kind == Item.SERIES:
            return await self._episodes(ask, up)
        if relation == Relation.SEASONS:
            order = ask.filters.season_type or SeasonOrder.OFFICIAL
            return Page(details.seasons(await self._extended(ask.id, up, short=True), order))
        entry = await self._extended(ask.id, up)
        if relation == Relation.EPISODES:
            return Page(sdk.present(map(lists.episode, sdk.dicts_in(entry, "episodes"))))
        if relation == Relation.MEMBERS:
            return await self._members(ask, details.entities(entry), up)
        if relation == Relation.IMAGES:
            found = sdk.dicts_in(entry, "artwork" if ask.id.kind == Item.SEASON else "artworks")
            return Page(sdk.present(map(details.image, found)))
        characters = sdk.dicts_in(entry, "characters")
        if relation == Relation.WORKS:
            return Page(people.works(characters, ask.kind, role))
        on_screen = relation == Relation.CAST
        return Page(people.people(characters, on_screen=on_screen, role="" if on_screen else role))

    async def _episodes(self, ask: sdk.Related[Any], up: Upstream) -> Page:
        """500 a page; names in another language are a list of their own, joined by number."""
        number, season = sdk.page_number(ask.cursor), ask.filters.season.strip()
        if season and not season.isdecimal():
            raise NotFound("TheTVDB's seasons have numbers, no names")
        path = f"/series/{_number(ask.id)}/episodes/{_ORDER_WORDS.get(ask.filters.season_type, 'default')}"
        params: Params = {"page": number - 1, "season": season}
        body = await up.json(path, params)
        whole = answers.record(body)
        found = sdk.dicts_in(whole, "episodes")
        original = sdk.text_in(sdk.dict_in(whole, "series"), "originalLanguage")
        code = next(iter(wanted(ask.language).codes), "")
        texts: dict[int, tuple[str, str]] = {}
        if found and code and code != original:

            async def translated() -> Json:
                return answers.record(await up.json(f"{path}/{code}", params))

            for one in sdk.dicts_in(await up.optional(translated()) or {}, "episodes"):
                texts[one.get("id")] = sdk.text_in(one, "name"), sdk.text_in(one, "overview")
        items = [
            lists.episode(entry, texts.get(entry.get("id"), ("", "")), language_of(code), language_of(original))
            for entry in found
        ]
        following = str(number + 1) if answers.has_next(body) else sdk.FIRST
        return answers.page(answers.known(items, found), found, body, following)

    async def _members(self, ask: sdk.Related[Any], members: list[sdk.ItemId], up: Upstream) -> Page:
        """A few at a time, in the list's order; one that is gone is left out."""
        start = sdk.page_number(ask.cursor) if ask.cursor else 0
        chosen, wish = members[start : start + _MEMBERS_EACH], wanted(ask.language)
        items = sdk.present(await asyncio.gather(*(self._member(one, wish, up) for one in chosen)))
        following = str(start + _MEMBERS_EACH) if start + _MEMBERS_EACH < len(members) else sdk.FIRST
        return Page(items, next=following, total=len(members))

    async def _member(self, item: sdk.ItemId, wish: Wanted, up: Upstream) -> Item | None:
        """None for what upstream has no longer."""
        path = f"/{_FOLDERS[item.kind]}/{item.source_id}/extended"
        body = await up.json(path, {"meta": "translations", "short": True}, allow=(404,))
        if answers.is_absent(body):
            return None
        return (titles.series if item.kind == Item.SERIES else titles.movie)(answers.record(body), wish)

    async def terms(self, ask: sdk.Terms, up: Upstream) -> TermPage:
        """One of the small tables."""
        found = await vocabularies.table(ask.terms, ask.kind, up)
        return TermPage([term for term in found if ask.term_id in ("", term.id)])

    async def lookup(self, ask: sdk.Lookup, up: Upstream) -> Page:
        """By another's id; TheTVDB's own number may be one of each kind."""
        if ask.scheme == MANIFEST.id:
            return await self._numbered(ask, up)
        body = await up.json(f"/search/remoteid/{quote(ask.code, safe='')}", allow=(404,))
        items = [] if answers.is_absent(body) else lists.found(answers.records(body))
        if ask.scheme == "tmdb":
            # A plain number is many a source's: only the records tell whose it is.
            whole = await asyncio.gather(*(self._of_tmdb(item, ask.code, up) for item in items))
            items = sdk.present(whole)
        return Page(items)

    async def _of_tmdb(self, item: Item, code: str, up: Upstream) -> Item | None:
        number = sdk.ItemId(MANIFEST.id, item.kind, item.source_id)
        body = await self._whole(number, up, short=True, allow=(404,))
        if answers.is_absent(body):  # the look-up knows of records that are gone
            return None
        entry = answers.record(body)
        whole = Item(source_id=item.source_id)
        add_ids(whole, sdk.dicts_in(entry, "remoteIds"))
        return item if any(one.scheme == "tmdb" and one.value == code for one in whole.external_ids) else None

    async def _numbered(self, ask: sdk.Lookup, up: Upstream) -> Page:
        """What has this number among each kind."""
        kinds = [kind for kind in ask.kinds or _BASE if kind in _BASE]
        found = await asyncio.gather(*(self._base(kind, ask.code, up) for kind in kinds))
        return Page(sdk.present(found))

    async def _base(self, kind: sdk.Kind, number: str, up: Upstream) -> Item | None:
        body = await up.json(f"/{_FOLDERS[kind]}/{number}", allow=(400, 404))
        return None if answers.is_absent(body) else _BASE[kind](answers.record(body))


_BASE = {
    Item.SERIES: lists.series,
    Item.MOVIE: lists.movie,
    Item.PERSON: lists.person,
    Item.SEASON: lists.season,
    Item.EPISODE: lists.episode,
}


def _number(item: sdk.ItemId) -> str:
    """The number of an item. Raises NotFound for what is none."""
    if not item.source_id.isdecimal():
        raise NotFound("TheTVDB's ids are numbers")
    return item.source_id
