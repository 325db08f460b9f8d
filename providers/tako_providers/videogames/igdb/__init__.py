"""IGDB: games, their series and franchises, and the companies that make them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    ACCESS_TOKEN,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotConfigured,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Request,
    Search,
    Secret,
    ShapeChanged,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Token,
    Trending,
    Unsupported,
    Upstream,
    positive_float,
    text_in,
)
from tako_providers.videogames.igdb import asking, games, others, query
from tako_providers.videogames.igdb.parts import PROVIDER

_CLIENT_ID, _CLIENT_SECRET = "IGDB_CLIENT_ID", "IGDB_CLIENT_SECRET"
_TOKENS = "https://id.twitch.tv/oauth2/token"
_CONSOLE = "https://dev.twitch.tv/console/apps"
_GAME = (Item.VIDEO_GAME,)
_GROUPS = (Item.COLLECTION, Item.FRANCHISE)

MANIFEST = Manifest(
    id=PROVIDER,
    title="IGDB",
    domains=(Domain.VIDEOGAMES,),
    homepage="https://www.igdb.com",
    base_url="https://api.igdb.com/v4",
    hosts=frozenset(("api.igdb.com", "id.twitch.tv")),
    content_hosts=frozenset(("www.igdb.com", "images.igdb.com")),
    attribution=Attribution("Game data from IGDB.com", "https://www.igdb.com"),
    terms_url="https://api-docs.igdb.com/#about",
    limits=(Limit(4, 1.0),),  # https://api-docs.igdb.com/#rate-limits
    signs_in=True,
    secrets=(
        Secret(_CLIENT_ID, url=_CONSOLE, aliases=("TWITCH_CLIENT_ID",), placeholder="demo"),
        Secret(_CLIENT_SECRET, url=_CONSOLE, aliases=("TWITCH_CLIENT_SECRET",), placeholder="demo"),
    ),
    headers={"Accept": "application/json"},
    languages=("en", "ja", "ko", "zh"),
    language_mode=LanguageMode.NAMES,
    notes="Free for what is not commercial. With words, IGDB sorts by relevance only, unless `exact` is set. Games "
    "have names in other languages; all other texts are English.",
    kinds=(
        KindSpec(
            Item.VIDEO_GAME,
            search=True,
            default=True,
            detail=True,
            filters=query.FILTERS,
            orders=(Order.RELEVANCE, *query.ORDERS),
        ),
        *(KindSpec(kind, search=True, detail=True, filters=("exact",)) for kind in (Item.ORGANIZATION, *_GROUPS)),
    ),
    feeds=(
        FeedSpec(Feed.TRENDING, _GAME, note="Most visited at IGDB (PopScore).", filters=query.FEED_FILTERS),
        FeedSpec(Feed.POPULAR, _GAME, note="Most votes.", filters=query.FEED_FILTERS),
        FeedSpec(Feed.TOP_RATED, _GAME, note="Of those with 50 votes or more.", filters=query.FEED_FILTERS),
        FeedSpec(Feed.RECENT, _GAME, note="Of the last 90 days.", filters=query.FEED_FILTERS),
        FeedSpec(Feed.UPCOMING, _GAME, note="The next first.", filters=query.FEED_FILTERS),
    ),
    relations=(
        RelationSpec(Relation.SIMILAR, _GAME, _GAME, filters=("adult",)),
        RelationSpec(Relation.EXPANSIONS, _GAME, _GAME, filters=("adult",)),
        RelationSpec(Relation.PARENTS, _GAME, _GAME, note="Also of an edition.", filters=("adult",)),
        RelationSpec(Relation.REMAKES, _GAME, _GAME, note="Remasters too.", filters=("adult",)),
        RelationSpec(Relation.SAME_SERIES, _GAME, _GAME, filters=("adult",)),
        RelationSpec(
            Relation.WORKS,
            (Item.ORGANIZATION,),
            _GAME,
            note="Newest first. Roles: developer, publisher, porting, supporting.",
            filters=("role", "adult"),
        ),
        RelationSpec(Relation.MEMBERS, _GROUPS, _GAME, note="In the order of release.", filters=("adult",)),
    ),
    terms=tuple(TermSpec(one, query=True) for one in others.VOCABULARIES),
    lookups=(*games.SOURCES, "slug", PROVIDER),
    tier=Tier.SILVER,
)

_LINKED = {
    Relation.SIMILAR: {"similar_games": ""},
    Relation.EXPANSIONS: games.EXPANSIONS,
    Relation.PARENTS: games.PARENTS,
    Relation.REMAKES: games.REMAKES,
}
_MOST_TERMS = 500
_NUMBER = re.compile(r"[0-9]{1,10}")


def utc_today() -> date:
    """The date that feeds begin or end with."""
    return datetime.now(UTC).date()


class Igdb(Provider):
    """Games, companies, collections and franchises of IGDB. https://api-docs.igdb.com"""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Sign with the application's id and its token."""
        token = secrets.get(ACCESS_TOKEN)
        if not token:
            return request
        signed = request.with_header("Client-ID", secrets.get(_CLIENT_ID, ""))
        return signed.with_header("Authorization", f"Bearer {token}")

    async def sign_in(self, secrets: Mapping[str, str], up: Upstream) -> Token:
        """A token of Twitch for the application. https://api-docs.igdb.com/#authentication"""
        form = {
            "client_id": secrets.get(_CLIENT_ID),
            "client_secret": secrets.get(_CLIENT_SECRET),
            "grant_type": "client_credentials",
        }
        found = await up.json(_TOKENS, method="POST", form=form, allow=(400, 401, 403))
        token = text_in(found, "access_token") if isinstance(found, dict) else ""
        seconds = positive_float(found.get("expires_in")) if token else None
        if token and seconds:
            return Token(token, seconds)
        if isinstance(found, dict) and text_in(found, "message"):
            raise NotConfigured("Twitch refuses the keys that are set for IGDB", variables=(_CLIENT_ID, _CLIENT_SECRET))
        raise ShapeChanged("Twitch gave something else where a token was expected")

    async def search(self, ask: Search[Any], up: Upstream) -> Page:
        """Games by words and filters; companies and groups of games by their names."""
        if ask.kind is not None and ask.kind != Item.VIDEO_GAME:
            return await asking.named(ask, ask.kind, up)
        exact = bool(ask.text and ask.filters.exact)
        words = "" if exact else ask.text
        where = [f"name ~ {query.quoted(ask.text)}"] if exact else []
        where += [*query.without_editions(ask.filters), *query.filtered(ask, ask.filters)]
        sort = query.ordering(ask, default="total_rating_count desc")
        page = await asking.listed(ask, up, where, sort=sort, search=words)
        return replace(page, ignored=("order_by",)) if words and ask.order_by in query.ORDERS else page

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A game, a company, a collection or a franchise, by number or slug."""
        found = await asking.details(ask.id.kind, _is(ask.id.source_id), ask.language, up)
        if not found:
            raise NotFound("IGDB has nothing with this id")
        return found[0]

    async def trending(self, ask: Trending[Any], up: Upstream) -> Page:
        """One of the feeds."""
        wanted = query.filtered(ask, ask.filters)
        if ask.feed == Feed.TRENDING:
            return await asking.visited(ask, up, wanted)
        where, sort = query.feed(ask.feed, utc_today())
        return await asking.listed(ask, up, ["version_parent = null", *where, *wanted], sort=sort)

    async def related(self, ask: Related[Any], up: Upstream) -> Page:
        """What belongs to a game, or the games of a company, a collection or a franchise."""
        number = _number(ask.id.source_id)
        if names := _LINKED.get(ask.relation):
            found = await asking.references(up, number, tuple(names))
            labels = {one: names[name] for name in reversed(names) for one in found[name]}
            numbers = list(dict.fromkeys(one for name in names for one in found[name]))
            return await asking.linked(ask, up, numbers, labels)
        if ask.relation == Relation.SAME_SERIES:
            series = (await asking.references(up, number, ("collections",)))["collections"]
            if not series:
                return Page([])
            where = [f"collections = {query.one_of(series)}", f"id != {number}", "version_parent = null"]
            return await asking.listed(ask, up, where, sort="first_release_date asc")
        if ask.relation == Relation.MEMBERS:
            where = [f"{asking.ENDPOINTS[ask.id.kind]} = ({number})"]
            return await asking.listed(ask, up, where, sort="first_release_date asc")
        if ask.relation == Relation.WORKS:
            role = ask.filters.role.strip().lower()
            if role and role not in games.ROLES:
                return Page([])
            where = [f"involved_companies.company = ({number})", "version_parent = null"]
            where += [f"involved_companies.{role} = true"] if role else []
            made = asking.Made(number, role)
            return await asking.listed(ask, up, where, sort="first_release_date desc", made=made)
        raise Unsupported("IGDB has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """One vocabulary, one entry of it, or those whose name holds the text."""
        vocabulary = others.VOCABULARIES[ask.terms]
        where = [f"{vocabulary.word} ~ *{query.quoted(ask.text)}*"] if ask.text else []
        if ask.term_id:
            if not ask.term_id.isdecimal() and "slug" not in vocabulary.fields:
                return TermPage([])
            where.append(_is(ask.term_id))
        sort = f"{vocabulary.word} asc"
        question = query.body(vocabulary.fields, where=where, sort=sort, limit=_MOST_TERMS, page=ask.page)
        found = await asking.asked(up, vocabulary.endpoint, question)
        terms = [others.term(entry, vocabulary) for entry in asking.named_rows(found.rows, vocabulary.word)]
        return TermPage(terms, found.following(ask.page, _MOST_TERMS), found.total)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The games of a shop's id, or what IGDB has under a number or a slug."""
        if ask.scheme in games.SOURCES:
            where = [f"uid = {query.quoted(ask.code)}", f"external_game_source = {games.SOURCES[ask.scheme]}"]
            found = await asking.asked(up, "external_games", query.body("game", where=where))
            numbers = dict.fromkeys(one for row in found.rows for one in asking.numbers_in(row, "game"))
            if not numbers:
                return Page([])
            return Page(await asking.details(Item.VIDEO_GAME, f"id = {query.one_of(numbers)}", ask.language, up))
        if ask.scheme == PROVIDER and not _NUMBER.fullmatch(ask.code):
            return Page([])
        condition = _is(ask.code) if ask.scheme == PROVIDER else f"slug = {query.quoted(ask.code.lower())}"
        items: list[Item] = []
        for kind in asking.ENDPOINTS:
            if not ask.kinds or kind in ask.kinds:
                items += await asking.details(kind, condition, ask.language, up)
        return Page(items)


def _is(text: str) -> str:
    """The condition that something has an id, or else a slug."""
    return f"id = {text}" if _NUMBER.fullmatch(text) else f"slug = {query.quoted(text.lower())}"


def _number(source_id: str) -> int:
    if not _NUMBER.fullmatch(source_id):
        raise NotFound("IGDB's ids are numbers")
    return int(source_id)
