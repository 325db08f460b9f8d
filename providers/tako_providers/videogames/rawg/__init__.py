"""RAWG: games, who makes them, what they run on and where they are sold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    FIRST,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    Json,
    KindSpec,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Request,
    Search,
    Secret,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Trending,
    Unsupported,
    Upstream,
    count_in,
    present,
    text_in,
)
from tako_providers.videogames.rawg import asking, others, vocabularies
from tako_providers.videogames.rawg.games import game_detail
from tako_providers.videogames.rawg.parts import PROVIDER, readable

_GAME = (Item.VIDEO_GAME,)
_MAKERS = (Item.ORGANIZATION, Item.PERSON)

MANIFEST = Manifest(
    id=PROVIDER,
    title="RAWG",
    domains=(Domain.VIDEOGAMES,),
    homepage="https://rawg.io",
    base_url="https://api.rawg.io/api",
    hosts=frozenset(("api.rawg.io",)),
    content_hosts=frozenset(("rawg.io", "media.rawg.io")),
    attribution=Attribution("Game data and pictures from RAWG", "https://rawg.io"),
    terms_url="https://rawg.io/tos_api",
    # No rate is documented, and 429 occurs. The free plan has 20,000 requests a month (https://rawg.io/apidocs).
    limits=(Limit(2, 1.0),),
    secrets=(Secret(asking.KEY, url="https://rawg.io/apidocs", placeholder="demo"),),
    languages=("en",),
    image_policy="Show a link to RAWG on every page that shows its pictures.",
    notes="The free plan has 20,000 requests a month, for hobby projects and small startups; a page of a list is one. "
    "Scores of critics are Metacritic's. Pictures are scenes: RAWG has no covers.",
    kinds=(
        KindSpec(
            Item.VIDEO_GAME,
            search=True,
            default=True,
            detail=True,
            filters=asking.FILTERS,
            orders=(Order.RELEVANCE, *asking.ORDERS),
        ),
        KindSpec(Item.ORGANIZATION, detail=True),
        KindSpec(Item.PERSON, detail=True),
        *map(KindSpec, (Item.OFFER, Item.ACHIEVEMENT, Item.IMAGE, Item.VIDEO)),
    ),
    feeds=(
        FeedSpec(
            Feed.TRENDING,
            _GAME,
            note="The list that opens RAWG's site; without it, what most users added of the last year's games.",
            filters=asking.FEED_FILTERS,
        ),
        FeedSpec(Feed.POPULAR, _GAME, note="What most users have added.", filters=asking.FEED_FILTERS),
        FeedSpec(Feed.TOP_RATED, _GAME, note="By the score of critics (Metacritic).", filters=asking.FEED_FILTERS),
        FeedSpec(Feed.RECENT, _GAME, note="Of the last 90 days.", filters=asking.FEED_FILTERS),
        FeedSpec(Feed.UPCOMING, _GAME, note="Of the coming year, the next first.", filters=asking.FEED_FILTERS),
        FeedSpec(Feed.UPDATED, _GAME, filters=asking.FEED_FILTERS),
    ),
    relations=(
        RelationSpec(Relation.SAME_SERIES, _GAME, _GAME, filters=("adult",)),
        RelationSpec(Relation.EXPANSIONS, _GAME, _GAME, note="DLC, editions and other additions.", filters=("adult",)),
        RelationSpec(Relation.PARENTS, _GAME, _GAME, filters=("adult",)),
        RelationSpec(Relation.CREW, _GAME, (Item.PERSON,), note="What they do in general, not what they did here."),
        RelationSpec(Relation.ACHIEVEMENTS, _GAME, (Item.ACHIEVEMENT,)),
        RelationSpec(Relation.IMAGES, _GAME, (Item.IMAGE,)),
        RelationSpec(Relation.VIDEOS, _GAME, (Item.VIDEO,)),
        RelationSpec(Relation.STORES, _GAME, (Item.OFFER,), note="Links only."),
        RelationSpec(Relation.WORKS, _MAKERS, _GAME, note="Newest first, unless order_by is set.", filters=("adult",)),
    ),
    terms=tuple(TermSpec(one, parent=one == Term.PLATFORMS) for one in vocabularies.VOCABULARIES),
    lookups=("slug", PROVIDER),
    tier=Tier.SILVER,
)

_WORD = re.compile(r"[A-Za-z0-9_-]+")
"""An id or a slug. Anything else in an address would ask for something else."""
_COMPANY = re.compile(r"(developer|publisher)/([A-Za-z0-9_-]+)")
_GAME_LISTS = {Relation.SAME_SERIES: "game-series", Relation.EXPANSIONS: "additions", Relation.PARENTS: "parent-games"}
_LEAF_LISTS = {
    Relation.IMAGES: ("screenshots", others.picture),
    Relation.VIDEOS: ("movies", others.video),
    Relation.ACHIEVEMENTS: ("achievements", others.achievement),
}
_INSTEAD = "added-"
"""Opens the cursor of what is given where the site's own list can't be had."""
_DAY = 86400


def utc_today() -> date:
    """The date that feeds begin or end with."""
    return datetime.now(UTC).date()


class Rawg(Provider):
    """Games, companies, creators and vocabularies of RAWG. https://api.rawg.io/docs/"""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Sign with the key. RAWG takes it as a parameter only."""
        key = secrets.get(asking.KEY)
        return request.with_param("key", key) if key else request

    async def search(self, ask: Search[Any], up: Upstream) -> Page:
        """Games by words, by filters, or both."""
        exact = "true" if ask.text and ask.filters.exact else ""
        params = {
            "search": ask.text,
            "search_exact": exact,
            "search_precise": exact,
            "exclude_additions": "" if ask.filters.include_editions else "true",
            "ordering": asking.ordering(ask),
            **asking.filtered(ask, ask.filters),
        }
        return asking.games(await asking.listed(up, "/games", ask, params), ask, ask.filters)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A game, a company or a creator."""
        source_id = ask.id.source_id
        if ask.id.kind == Item.VIDEO_GAME:
            return game_detail(await _game(up, _word(source_id)))
        if ask.id.kind == Item.PERSON:
            return others.creator(await asking.answered(up, f"/creators/{_word(source_id)}"))
        if ask.id.kind == Item.ORGANIZATION:
            word, number = _company(source_id)
            return others.company(await asking.answered(up, f"/{word}s/{number}"), word)
        raise Unsupported("RAWG has details of games, companies and people only")

    async def trending(self, ask: Trending[Any], up: Upstream) -> Page:
        """One of the feeds, which are all the list of games in some order."""
        params = asking.filtered(ask, ask.filters)
        instead = ask.cursor.startswith(_INSTEAD)
        if ask.feed == Feed.TRENDING and not instead:
            own = {"discover": "true", "ordering": "-relevance", **params}
            found = asking.listed(up, "/games/lists/main", ask, own)
            # The site's list is not in RAWG's documents. Once on it, the pages behind it are its own.
            answer = await (up.optional(found) if ask.cursor == FIRST else found)
            if answer is not None:
                return asking.games(answer, ask, ask.filters)
            instead = True
        ask = replace(ask, cursor=ask.cursor.removeprefix(_INSTEAD))
        feed = asking.feed_params(ask.feed, utc_today())
        page = asking.games(await asking.listed(up, "/games", ask, {**feed, **params}), ask, ask.filters)
        return replace(page, next=_INSTEAD + page.next) if instead and page.next else page

    async def related(self, ask: Related[Any], up: Upstream) -> Page:
        """What belongs to a game, or the games of a company or a creator."""
        if ask.relation == Relation.WORKS:
            if ask.id.kind == Item.PERSON:
                by = {"creators": _word(ask.id.source_id)}
            else:
                word, number = _company(ask.id.source_id)
                by = {f"{word}s": number}
            by["ordering"] = asking.ordering(ask, default="-released")
            return asking.games(await asking.listed(up, "/games", ask, by), ask)
        game = _word(ask.id.source_id)
        if path := _GAME_LISTS.get(ask.relation):
            return asking.games(await asking.listed(up, f"/games/{game}/{path}", ask), ask)
        if leaf := _LEAF_LISTS.get(ask.relation):
            path, mapper = leaf
            found = await asking.listed(up, f"/games/{game}/{path}", ask)
            return _page(found, ask, present(mapper(game, entry) for entry in asking.entries(found)))
        if ask.relation == Relation.CREW:
            found = await asking.listed(up, f"/games/{game}/development-team", ask)
            return _page(found, ask, [others.creator(entry) for entry in readable(asking.entries(found))])
        if ask.relation == Relation.STORES:
            found = await asking.listed(up, f"/games/{game}/stores", ask)
            names = await up.optional(_store_names(up)) if asking.entries(found) else None
            return _page(found, ask, [others.offer(game, entry, names or {}) for entry in asking.entries(found)])
        raise Unsupported("RAWG has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """One vocabulary, or one entry of it; the platforms of one family."""
        vocabulary = vocabularies.VOCABULARIES[ask.terms]
        if ask.term_id and vocabulary.single:
            entry = await asking.answered(up, f"/{vocabulary.path}/{_word(ask.term_id)}")
            return TermPage([vocabularies.term(entry, vocabulary)])
        if ask.parent and ask.terms == Term.PLATFORMS:
            families = vocabularies.VOCABULARIES[Term.PLATFORM_FAMILIES].path
            found = await asking.listed(up, f"/{families}", ask)
            return TermPage(vocabularies.platforms_of(asking.entries(found), ask.parent))
        found = await asking.listed(up, f"/{vocabulary.path}", ask)
        terms = [vocabularies.term(entry, vocabulary) for entry in readable(asking.entries(found))]
        if ask.term_id:
            terms = [one for one in terms if ask.term_id in (one.id, one.slug)]
            return TermPage(terms, asking.following(found, ask.page))
        return TermPage(terms, asking.following(found, ask.page), count_in(found, "count"))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """What RAWG has under a slug or a number, which games, companies and creators have each for themselves."""
        code = ask.code.lower()
        if not _WORD.fullmatch(code) or (ask.scheme == PROVIDER and not code.isdecimal()):
            return Page([])
        items: list[Item] = []
        for kind, path, mapper in _LOOKED_UP:
            if ask.kinds and kind not in ask.kinds:
                continue
            entry = await _found(up, f"/{path}/{code}")
            # A number is taken as an id, also where a slug is asked for: there are games called 1942.
            if entry is not None and (ask.scheme == PROVIDER or not code.isdecimal() or text_in(entry, "slug") == code):
                items.append(mapper(entry))
        return Page(items)


_LOOKED_UP = (
    (Item.VIDEO_GAME, "games", game_detail),
    (Item.ORGANIZATION, "developers", lambda entry: others.company(entry, "developer")),
    (Item.ORGANIZATION, "publishers", lambda entry: others.company(entry, "publisher")),
    (Item.PERSON, "creators", others.creator),
)


async def _game(up: Upstream, word: str) -> Json:
    """A game. One that has been renamed answers with its new slug."""
    entry = await asking.answered(up, f"/games/{word}")
    return await asking.answered(up, f"/games/{_word(new)}") if (new := _moved_to(entry)) else entry


async def _found(up: Upstream, path: str) -> Json:
    """What is at ``path``; None where RAWG says that nothing is."""
    found = await asking.answered(up, path, allow=(404,))
    if new := _moved_to(found):
        found = await asking.answered(up, f"{path.rpartition('/')[0]}/{_word(new)}", allow=(404,))
    return None if asking.is_absent(found) else found


def _moved_to(entry: Json) -> str:
    return text_in(entry, "slug") if isinstance(entry, dict) and entry.get("redirect") is True else ""


async def _store_names(up: Upstream) -> Mapping[str, str]:
    """The names of shops by id, of which games give the id only."""

    async def load() -> Mapping[str, str]:
        found = readable(asking.entries(await asking.answered(up, "/stores", {"page_size": asking.PAGE_SIZE})))
        terms = (vocabularies.term(entry, vocabularies.VOCABULARIES[Term.STORES]) for entry in found)
        return {one.id: one.name for one in terms}

    return await up.kept("stores", load, seconds=_DAY)


def _page(found: Json, ask: Related[Any], items: list[Item]) -> Page:
    return Page(items, asking.following(found, ask.page), count_in(found, "count"))


def _word(source_id: str) -> str:
    if not _WORD.fullmatch(source_id):
        raise NotFound("RAWG's ids are numbers or slugs")
    return source_id


def _company(source_id: str) -> tuple[str, str]:
    match = _COMPANY.fullmatch(source_id)
    if match is None:
        raise NotFound("RAWG's companies have an id like developer/405 or publisher/354")
    return match[1], match[2]
