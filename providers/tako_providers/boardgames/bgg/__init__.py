"""BoardGameGeek: board games and their families. https://boardgamegeek.com/wiki/page/BGG_XML_API2"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tako.v1.boardgames_service_pb2 import (
    BoardGamesRelatedRequest,
    BoardGamesSearchRequest,
    BoardGamesTrendingRequest,
)
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.details_games_pb2 import BoardGame
from tako.v1.item_pb2 import Item
from tako_providers.boardgames.bgg import parts, things
from tako_providers.boardgames.bgg.fields import SITE, elements, elements_by_id
from tako_providers.sdk import (
    FIRST,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    ItemId,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Paged,
    Provider,
    Related,
    RelationSpec,
    Request,
    Search,
    Secret,
    Tier,
    Trending,
    Unsupported,
    Upstream,
)

if TYPE_CHECKING:
    from lxml import etree

TOKEN = "BGG_API_TOKEN"  # noqa: S105 - the name of the setting

MANIFEST = Manifest(
    id="bgg",
    title="BoardGameGeek",
    domains=(Domain.BOARDGAMES,),
    homepage=SITE,
    base_url="https://boardgamegeek.com/xmlapi2",
    hosts=frozenset({"boardgamegeek.com", "www.boardgamegeek.com", "api.geekdo.com"}),
    content_hosts=frozenset(
        {
            "boardgamegeek.com",
            "cf.geekdo-images.com",
            "cf.geekdo-static.com",
            "images.boardgamegeek.com",
        }
    ),
    attribution=Attribution("Powered by BGG", SITE, logo_required=True),
    terms_url="https://boardgamegeek.com/wiki/page/XML_API_Terms_of_Use",
    limits=(Limit(1, 1.0),),
    secrets=(Secret(TOKEN, url="https://boardgamegeek.com/using_the_xml_api", placeholder="demo-token"),),
    timeout=15.0,
    languages=("en",),
    language_mode=LanguageMode.NONE,
    delivery_params=frozenset({"stats", "versions", "videos", "marketplace", "comments", "ratingcomments"}),
    kinds=(
        KindSpec(
            Item.BOARD_GAME,
            search=True,
            default=True,
            detail=True,
            filters=("exact", "types", "enrich"),
            orders=(Order.RELEVANCE, Order.TITLE, Order.RELEASE_DATE),
        ),
        KindSpec(Item.COLLECTION, detail=True),
        KindSpec(Item.OFFER),
        KindSpec(Item.VIDEO),
    ),
    feeds=(FeedSpec(Feed.TRENDING, kinds=(Item.BOARD_GAME,), note="the hot list: 50 games"),),
    relations=(
        RelationSpec(
            Relation.EXPANSIONS,
            from_kinds=(Item.BOARD_GAME,),
            to_kinds=(Item.BOARD_GAME,),
            note="expansions and accessories",
            filters=("enrich",),
        ),
        RelationSpec(Relation.PARENTS, from_kinds=(Item.BOARD_GAME,), to_kinds=(Item.BOARD_GAME,), filters=("enrich",)),
        RelationSpec(
            Relation.REMAKES,
            from_kinds=(Item.BOARD_GAME,),
            to_kinds=(Item.BOARD_GAME,),
            note="reimplementations, integrations and compilations; `context.label` tells which",
            filters=("enrich",),
        ),
        RelationSpec(
            Relation.VERSIONS,
            from_kinds=(Item.BOARD_GAME,),
            to_kinds=(Item.BOARD_GAME,),
            note="editions; they have no detail of their own",
        ),
        RelationSpec(
            Relation.PRICES,
            from_kinds=(Item.BOARD_GAME,),
            to_kinds=(Item.OFFER,),
            note="what users offer in the GeekMarket",
            prices=True,
        ),
        RelationSpec(
            Relation.VIDEOS, from_kinds=(Item.BOARD_GAME,), to_kinds=(Item.VIDEO,), note="the newest; all are counted"
        ),
        RelationSpec(Relation.MEMBERS, from_kinds=(Item.COLLECTION,), to_kinds=(Item.BOARD_GAME,), filters=("enrich",)),
    ),
    lookups=("bgg",),
    notes="Needs a registered application. A hit may have an alternate name; `enrich` finds the main one.",
    tier=Tier.GOLD,
    lacks={"languages": "its texts are English"},
)

PAGE = 50
BATCH = 20
"""Ids that one /thing call takes."""
OPTIONS = {Relation.VERSIONS: "versions", Relation.PRICES: "marketplace", Relation.VIDEOS: "videos"}
LINKS = {
    Relation.EXPANSIONS: (("boardgameexpansion", False), ("boardgameaccessory", False)),
    Relation.PARENTS: (("boardgameexpansion", True), ("boardgameaccessory", True)),
    Relation.REMAKES: (
        ("boardgameimplementation", True),
        ("boardgameimplementation", False),
        ("boardgameintegration", False),
        ("boardgameintegration", True),
        ("boardgamecompilation", False),
        ("boardgamecompilation", True),
    ),
}


class BoardGameGeek(Provider):
    """Board games of BoardGameGeek."""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """The application's token goes in a header."""
        token = secrets.get(TOKEN)
        return request.with_header("Authorization", f"Bearer {token}") if token else request

    async def search(self, ask: Search[BoardGamesSearchRequest], up: Upstream) -> Page:
        """All hits come at once and by name: they are ranked and cut here."""
        wanted = set(ask.filters.types)
        answer = await up.xml(
            "/search",
            {"query": ask.text, "type": _asked_types(wanted), "exact": 1 if ask.filters.exact else None},
        )
        found = things.hits(elements(answer))
        if wanted:
            found = [item for item in found if (item.board_game.type or BoardGame.BASE_GAME) in wanted]
        return await _games(_ordered(found, ask), ask, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A game of whatever type, or a family."""
        if ask.id.kind == Item.COLLECTION:
            return things.family(await _family(up, ask.id))
        return things.game(await _thing(up, ask.id, "stats"))

    async def trending(self, ask: Trending[BoardGamesTrendingRequest], up: Upstream) -> Page:
        """The hot list."""
        found = things.hot(elements(await up.xml("/hot", {"type": "boardgame"})))
        return Page(found, total=len(found))

    async def related(self, ask: Related[BoardGamesRelatedRequest], up: Upstream) -> Page:
        """What a game links to, its editions, offers and videos; the games of a family."""
        if ask.relation == Relation.MEMBERS:
            members = things.members_of(await _family(up, ask.id))
            return await _games(members, ask, up)
        if ask.relation in LINKS:
            linked = things.related(await _thing(up, ask.id), LINKS[ask.relation])
            return await _games(linked, ask, up)
        thing = await _thing(up, ask.id, OPTIONS[ask.relation])
        if ask.relation == Relation.VIDEOS:
            videos, total = parts.videos(thing)
            return Page(videos, total=total)
        found = parts.versions(thing) if ask.relation == Relation.VERSIONS else parts.offers(thing)
        return _cut(found, ask)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """BoardGameGeek's own number, of a game and of a family: they are two spaces."""
        items: list[Item] = []
        if not ask.kinds or Item.BOARD_GAME in ask.kinds:
            answer = await up.xml("/thing", {"id": ask.code, "stats": 1})
            items += map(things.game, things.board_games(elements_by_id(answer)))
        if Item.COLLECTION in ask.kinds:
            items += map(things.family, await _families(up, ask.code))
        elif not ask.kinds:
            items += map(things.family, await up.optional(_families(up, ask.code)) or ())
        return Page(items, total=len(items))


async def _thing(up: Upstream, item_id: ItemId, *options: str) -> etree._Element:
    """One thing with the options that are needed. An unknown id gives an empty list."""
    if "/version/" in item_id.source_id:
        raise Unsupported("BoardGameGeek gives a version only among the versions of its game")
    answer = await up.xml("/thing", {"id": item_id.source_id, **dict.fromkeys(options, 1)})
    found = next(iter(things.board_games(elements_by_id(answer))), None)
    if found is None:
        raise NotFound(f"BoardGameGeek has no board game {item_id.source_id}")
    return found


async def _families(up: Upstream, number: str) -> list[etree._Element]:
    return elements_by_id(await up.xml("/family", {"id": number, "type": "boardgamefamily"}))


async def _family(up: Upstream, item_id: ItemId) -> etree._Element:
    found = next(iter(await _families(up, item_id.source_id)), None)
    if found is None:
        raise NotFound(f"BoardGameGeek has no family {item_id.source_id}")
    return found


def _cut(found: Sequence[Item], ask: Paged) -> Page:
    """One page of a list that upstream gives whole."""
    page = ask.page
    return Page(
        found[(page - 1) * PAGE : page * PAGE],
        next=str(page + 1) if page * PAGE < len(found) else FIRST,
        total=len(found),
    )


async def _games(found: Sequence[Item], ask: Paged, up: Upstream) -> Page:
    """One page of games that upstream gives whole, enriched where it is asked."""
    page = _cut(found, ask)
    by_id = {item.source_id: item for item in page.items} if ask.enrich else {}
    ids = list(by_id)
    for start in range(0, len(ids), BATCH):
        for thing in await up.optional(_batch(up, ids[start : start + BATCH])) or ():
            if item := by_id.get(thing.get("id", "")):
                things.enrich(item, thing)
    return page


async def _batch(up: Upstream, ids: Sequence[str]) -> list[etree._Element]:
    return elements(await up.xml("/thing", {"id": ",".join(ids), "stats": 1}))


def _asked_types(wanted: set[BoardGame.Type.ValueType]) -> str:
    """The types to ask for. Expansions come as games too: only asking for both tells a base game."""
    if not wanted:
        return "boardgame"
    asked = [
        ("boardgame", BoardGame.BASE_GAME in wanted),
        ("boardgameexpansion", bool(wanted & {BoardGame.BASE_GAME, BoardGame.EXPANSION})),
        ("boardgameaccessory", BoardGame.ACCESSORY in wanted),
    ]
    return ",".join(name for name, needed in asked if needed)


def _ordered(found: list[Item], ask: Search[BoardGamesSearchRequest]) -> list[Item]:
    """The hits by nearness to the query (exact, prefix, word, rest; main names first), or as asked."""
    if ask.order_by == Order.TITLE:
        return sorted(found, key=lambda item: item.title.casefold(), reverse=bool(ask.descending))
    if ask.order_by == Order.RELEASE_DATE:
        newest_first = ask.descending is not False
        dated = [item for item in found if item.HasField("year")]
        undated = [item for item in found if not item.HasField("year")]
        return sorted(dated, key=lambda item: item.year, reverse=newest_first) + undated
    return sorted(found, key=_nearness(ask.text))


def _nearness(text: str) -> Callable[[Item], tuple[int, int]]:
    query = text.casefold()
    word = re.compile(rf"(?<!\w){re.escape(query)}(?!\w)")

    def near(item: Item) -> tuple[int, int]:
        title = item.title.casefold()
        if title == query:
            place = 0
        elif title.startswith(query):
            place = 1
        else:
            place = 2 if word.search(title) else 3
        return place, len(item.alternative_titles)

    return near
