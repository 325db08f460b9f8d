"""Brickset: LEGO sets with prices, barcodes, instructions and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.construction_toys_service_pb2 import (
    ConstructionToysRelatedRequest,
    ConstructionToysSearchRequest,
    ConstructionToysTrendingRequest,
)
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.brickset import sets
from tako_providers.construction_toys.brickset.calls import (
    as_json,
    called,
    is_number,
    number_of,
    one_set,
    rows_of,
    with_variant,
    year_in,
    years,
)
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    Json,
    KindSpec,
    Limit,
    Lookup,
    Manifest,
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
    Trending,
    Ttl,
    Unsupported,
    Upstream,
    count_in,
    positive,
    text_in,
)

_ORDERS = {
    Order.TITLE: "Name",
    Order.NUMBER: "Number",
    Order.RELEASE_DATE: "YearFrom",
    Order.PIECE_COUNT: "Pieces",
    Order.RATING: "Rating",
    Order.POPULARITY: "OwnCount",
    Order.PRICE: "RetailPrice",
    Order.RANDOM: "Random",
}
_UPWARDS = frozenset((Order.TITLE, Order.NUMBER, Order.PRICE))
"""Orders that begin with the lowest unless the caller says otherwise."""

MANIFEST = Manifest(
    id="brickset",
    title="Brickset",
    domains=(Domain.CONSTRUCTION_TOYS,),
    homepage="https://brickset.com",
    base_url="https://brickset.com/api/v3.asmx",
    hosts=frozenset(("brickset.com",)),
    content_hosts=frozenset(("images.brickset.com", "www.lego.com")),
    attribution=Attribution("Data from Brickset", "https://brickset.com"),
    terms_url="https://brickset.com/article/52664/api-version-3-documentation",
    # No limit by the second is told. A key has some searches and details a day; Brickset gives more on request.
    limits=(Limit(2, seconds=1.0),),
    secrets=(Secret("BRICKSET_API_KEY", url="https://brickset.com/tools/webservices/requestkey", placeholder="demo"),),
    ttl=Ttl(search=3600, detail=86400),  # few calls a day, and sets seldom change
    languages=("en",),
    notes="Brickset counts calls of a key by the day. Prices are what LEGO asks in the USA, the United Kingdom, Canada "
    "and Germany; `region` says which comes first. `enrich` adds descriptions and tags to a search.",
    kinds=(
        KindSpec(
            Item.BUILDING_SET,
            search=True,
            default=True,
            detail=True,
            filters=("theme", "subtheme", "year_from", "year_to", "tag", "region", "enrich"),
            orders=tuple(_ORDERS),
        ),
        KindSpec(Item.INSTRUCTION),
        KindSpec(Item.IMAGE),
    ),
    feeds=(
        FeedSpec(
            Feed.UPDATED,
            (Item.BUILDING_SET,),
            note="Records changed since a day, a week ago where none is named; the newest sets first.",
            filters=("since", "theme", "year_from", "year_to", "region"),
        ),
    ),
    relations=(
        RelationSpec(Relation.INSTRUCTIONS, (Item.BUILDING_SET,), (Item.INSTRUCTION,)),
        RelationSpec(Relation.IMAGES, (Item.BUILDING_SET,), (Item.IMAGE,), note="Those beside the set's own."),
    ),
    terms=(
        TermSpec(Term.THEMES),
        TermSpec(Term.SUBTHEMES, parent=True, parent_required=True),
        TermSpec(Term.YEARS, parent=True),
    ),
    lookups=("set_number", "brickset"),
    tier=Tier.GOLD,
    lacks={"languages": "its texts are English"},
)

_SIZE = 100
_LATELY = timedelta(days=7)
_NEEDED = {"getSets": ("userHash", ""), "getYears": ("theme", "")}
"""Parameters without which a method fails, though they may be empty: nothing of an account is asked for."""


class Brickset(Provider):
    """Sets of Brickset. https://brickset.com/article/52664/api-version-3-documentation"""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Send the key as the form field that it has to be, and beside it what a method cannot be without."""
        form = request.form or ()
        needed = _NEEDED.get(request.url.rpartition("/")[2])
        if needed and needed[0] not in dict(form):
            form = (needed, *form)
        return replace(request, form=(("apiKey", secrets.get("BRICKSET_API_KEY", "")), *form))

    async def search(self, ask: Search[ConstructionToysSearchRequest], up: Upstream) -> Page:
        """Sets by words and filters."""
        wanted = ask.filters
        when = await years(wanted, up)
        if when is None:
            return Page([], total=0)
        asked = {
            "query": ask.text,
            "theme": wanted.theme,
            "subtheme": wanted.subtheme,
            "year": when,
            "tag": wanted.tag,
            "orderBy": _order(ask),
            "extendedData": 1 if ask.enrich else None,
        }
        return await _page(asked, ask.page, ask.region, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One set, with its description."""
        entry = await one_set({"setNumber": number_of(ask.id.source_id), "extendedData": 1}, up)
        return sets.building_set(entry, sets.market_of(ask.region))

    async def trending(self, ask: Trending[ConstructionToysTrendingRequest], up: Upstream) -> Page:
        """The sets whose records changed lately."""
        when = await years(ask.filters, up)
        if when is None:
            return Page([], total=0)
        since = ask.filters.since or (datetime.now(UTC) - _LATELY).date().isoformat()
        asked = {"updatedSince": since, "theme": ask.filters.theme, "year": when, "orderBy": "YearFromDESC"}
        return await _page(asked, ask.page, ask.region, up)

    async def related(self, ask: Related[ConstructionToysRelatedRequest], up: Upstream) -> Page:
        """The instructions or the further pictures of a set. Brickset finds them by a number of its own."""
        number = number_of(ask.id.source_id)
        if ask.relation not in (Relation.INSTRUCTIONS, Relation.IMAGES):
            raise Unsupported("Brickset has no such relation")
        set_id = count_in(await one_set({"setNumber": number}, up), "setID")
        if set_id is None:
            raise ShapeChanged("a set of Brickset has no setID")
        if ask.relation == Relation.INSTRUCTIONS:
            rows = rows_of(await called("getInstructions", {"setID": set_id}, up), "instructions")
            items = [sets.instruction(number, n, len(rows), row) for n, row in enumerate(rows, 1)]
        else:
            rows = rows_of(await called("getAdditionalImages", {"setID": set_id}, up), "additionalImages")
            items = [sets.picture(number, n, row) for n, row in enumerate(rows, 1)]
        return Page(items, total=len(items))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The themes, the subthemes of one, the years: of all sets or of a theme's."""
        if ask.terms == Term.THEMES:
            rows = rows_of(await called("getThemes", {}, up), "themes")
            found = [_term(row, text_in(row, "theme"), "") for row in rows]
        elif ask.terms == Term.SUBTHEMES:
            rows = rows_of(await called("getSubthemes", {"theme": ask.parent}, up), "subthemes")
            found = [_term(row, sets.known(row, "subtheme"), text_in(row, "theme")) for row in rows]
        elif ask.terms == Term.YEARS:
            rows = rows_of(await called("getYears", {"theme": ask.parent}, up), "years")
            found = [_term(row, year_in(row), text_in(row, "theme"), positive(year_in(row))) for row in rows]
        else:
            raise Unsupported("Brickset has no such vocabulary")
        found = [one for one in found if one.id and (not ask.term_id or one.id == ask.term_id)]
        return TermPage(found, total=len(found))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The set of the number on its box, or of Brickset's own."""
        if ask.scheme == "brickset":
            asked: dict[str, Any] = {"setID": int(ask.code) if ask.code.isdecimal() else None}
        else:
            asked = {"setNumber": with_variant(ask.code) if is_number(ask.code) else None}
        if not any(asked.values()):
            return Page([])
        found = await called("getSets", {"params": as_json({**asked, "extendedData": 1})}, up)
        return Page([sets.building_set(entry, sets.market_of(ask.region)) for entry in rows_of(found, "sets")])


async def _page(asked: Mapping[str, Any], page: int, region: str, up: Upstream) -> Page:
    """A page of sets."""
    found = await called("getSets", {"params": as_json({**asked, "pageSize": _SIZE, "pageNumber": page})}, up)
    entries, total = rows_of(found, "sets"), count_in(found, "matches")
    first = sets.market_of(region)
    more = bool(entries) and total is not None and page * _SIZE < total
    return Page([sets.building_set(entry, first) for entry in entries], str(page + 1) if more else "", total)


def _order(ask: Search[ConstructionToysSearchRequest]) -> str:
    name = _ORDERS.get(ask.order_by, "")
    if not name or ask.order_by == Order.RANDOM:
        return name
    if ask.order_by == Order.PRICE:
        name = f"{sets.market_of(ask.region)[0]}{name}"
    downwards = ask.order_by not in _UPWARDS if ask.descending is None else ask.descending
    return f"{name}DESC" if downwards else name


def _term(row: Json, name: str, theme: str, year: int | None = None) -> Term:
    if not isinstance(row, dict):
        raise ShapeChanged("Brickset gave something else where an entry of a vocabulary was expected")
    return Term(
        id=name,
        name=name,
        parent_id=theme,
        count=count_in(row, "setCount"),
        year_from=count_in(row, "yearFrom") or year,
        year_to=count_in(row, "yearTo") or year,
    )
