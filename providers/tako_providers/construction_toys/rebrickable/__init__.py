"""Rebrickable: LEGO sets, minifigs and parts."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.construction_toys_service_pb2 import (
    ConstructionToysRelatedRequest,
    ConstructionToysSearchRequest,
    ConstructionToysTrendingRequest,
)
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.rebrickable import parts, sets, tables
from tako_providers.construction_toys.rebrickable.questions import (
    ORDERS,
    is_number,
    kind_of,
    ordering,
    path_of,
    set_of,
    years,
)
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    Json,
    Kind,
    KindSpec,
    Limit,
    Lookup,
    Manifest,
    Page,
    Params,
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
)

MANIFEST = Manifest(
    id=tables.PROVIDER,
    title="Rebrickable",
    domains=(Domain.CONSTRUCTION_TOYS,),
    homepage="https://rebrickable.com",
    base_url="https://rebrickable.com/api/v3",
    hosts=frozenset(("rebrickable.com",)),
    content_hosts=frozenset(("cdn.rebrickable.com",)),
    attribution=Attribution("Data from Rebrickable", "https://rebrickable.com"),
    terms_url="https://rebrickable.com/api/",
    # What the API's page allows a free account, bursts aside.
    limits=(Limit(1, seconds=1.0),),
    secrets=(Secret("REBRICKABLE_API_KEY", url="https://rebrickable.com/api/", placeholder="demo"),),
    languages=("en",),
    delivery_params=frozenset(("inc_part_details", "inc_color_details")),
    notes="No prices and no descriptions. Other builds (MOCs) are only in lists. For bulk use Rebrickable asks to take "
    "its downloads instead of its API.",
    kinds=(
        KindSpec(
            Item.BUILDING_SET,
            search=True,
            default=True,
            detail=True,
            filters=("theme", "year_from", "year_to", "min_pieces", "max_pieces"),
            orders=tuple(ORDERS[Item.BUILDING_SET]),
        ),
        KindSpec(
            Item.MINIFIG,
            search=True,
            detail=True,
            filters=("theme", "min_pieces", "max_pieces", "in_set"),
            orders=tuple(ORDERS[Item.MINIFIG]),
        ),
        KindSpec(
            Item.PART,
            search=True,
            detail=True,
            filters=("color_id", "part_category"),
            orders=tuple(ORDERS[Item.PART]),
        ),
    ),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            (Item.BUILDING_SET,),
            note="Sets by year, of one year the records changed last. Without those that have no parts.",
            filters=("theme", "year_from", "year_to"),
        ),
    ),
    relations=(
        RelationSpec(
            Relation.PARTS,
            (Item.BUILDING_SET,),
            (Item.PART,),
            note="With those of its minifigs, and spare ones.",
            filters=("include_spares", "include_minifig_parts"),
        ),
        RelationSpec(Relation.PARTS, (Item.MINIFIG,), (Item.PART,), filters=("include_spares",)),
        RelationSpec(Relation.MINIFIGS, (Item.BUILDING_SET,), (Item.MINIFIG,)),
        RelationSpec(Relation.SUBSETS, (Item.BUILDING_SET,), (Item.BUILDING_SET,)),
        RelationSpec(Relation.ALTERNATES, (Item.BUILDING_SET,), (Item.BUILDING_SET,), note="Builds of users (MOCs)."),
        RelationSpec(Relation.SETS, (Item.MINIFIG,), (Item.BUILDING_SET,)),
        RelationSpec(
            Relation.SETS,
            (Item.PART,),
            (Item.BUILDING_SET,),
            note="Of the part in one colour: color_id is needed.",
            filters=("color_id",),
        ),
    ),
    terms=(TermSpec(Term.THEMES, parent=True), TermSpec(Term.COLORS), TermSpec(Term.PART_CATEGORIES)),
    lookups=("set_number", "element_id", "bricklink", "brickowl", "lego", "ldraw", "rebrickable"),
    tier=Tier.GOLD,
    lacks={"languages": "its texts are English"},
)

_SIZE = 100
_SET_RELATIONS = {Relation.MINIFIGS: "minifigs", Relation.SUBSETS: "sets", Relation.ALTERNATES: "alternates"}


class Rebrickable(Provider):
    """Sets, minifigs and parts of Rebrickable. https://rebrickable.com/api/v3/docs/"""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Send the key in its header: in the query it would come back inside the links of the answer."""
        key = secrets.get("REBRICKABLE_API_KEY")
        return request.with_header("Authorization", f"key {key}") if key else request

    async def search(self, ask: Search[ConstructionToysSearchRequest], up: Upstream) -> Page:
        """Sets, minifigs or parts by words and filters."""
        wanted, kind = ask.filters, ask.kind or Item.BUILDING_SET
        asked: dict[str, str | int | None] = {"search": ask.text, "ordering": ordering(ask, kind)}
        if kind == Item.PART:
            asked |= {"part_cat_id": wanted.part_category, "color_id": wanted.color_id, "inc_part_details": 1}
            return await _page("/lego/parts/", asked, kind, ask.page, up)
        asked |= {
            "min_parts": wanted.min_pieces if wanted.HasField("min_pieces") else None,
            "max_parts": wanted.max_pieces if wanted.HasField("max_pieces") else None,
        }
        theme = await tables.theme_id(wanted.theme, up)
        if kind == Item.MINIFIG:
            asked |= {"in_theme_id": theme, "in_set_num": set_of(wanted.in_set)}
            return await _page("/lego/minifigs/", asked, kind, ask.page, up)
        return await _page("/lego/sets/", {**asked, "theme_id": theme, **years(wanted)}, kind, ask.page, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A set, a minifig, or a part with the colours that it was made in."""
        entry = await up.json(path_of(ask.id.kind, ask.id.source_id))
        (item,) = await _mapped([entry], ask.id.kind, up)
        if ask.id.kind == Item.PART:
            colors = tables.listed(f"{path_of(Item.PART, item.source_id)}colors/", {"page_size": 1000}, 1, up)
            found = await up.optional(colors)
            item.part.colors.extend(parts.part_colors(found["results"] if found else ()))
        return item

    async def trending(self, ask: Trending[ConstructionToysTrendingRequest], up: Upstream) -> Page:
        """The sets of the newest year first."""
        theme = await tables.theme_id(ask.filters.theme, up)
        asked = {"ordering": "-year,-last_modified_dt", "min_parts": 1, "theme_id": theme, **years(ask.filters)}
        return await _page("/lego/sets/", asked, Item.BUILDING_SET, ask.page, up)

    async def related(self, ask: Related[ConstructionToysRelatedRequest], up: Upstream) -> Page:
        """What is in a set or minifig, what has it or a part in it, what else can be built of it."""
        path = path_of(ask.id.kind, ask.id.source_id)
        if ask.relation == Relation.PARTS:
            return await _inventory(path, ask, up)
        if ask.relation == Relation.ALTERNATES:
            found = await tables.listed(f"{path}alternates/", {"page_size": _SIZE}, ask.page, up)
            themes = await _themes(found["results"], up)
            return _paged(found, [sets.other_build(entry, themes) for entry in found["results"]], ask.page)
        if ask.relation == Relation.SETS and ask.id.kind == Item.PART:
            if not ask.filters.color_id:
                raise InvalidField("color_id", "is needed: Rebrickable tells sets by part and colour")
            path = f"{path}colors/{quote(ask.filters.color_id, safe='')}/sets/"
            return await _page(path, {}, Item.BUILDING_SET, ask.page, up)
        if ask.relation == Relation.SETS and ask.id.kind == Item.MINIFIG:
            return await _page(f"{path}sets/", {}, Item.BUILDING_SET, ask.page, up)
        if ask.relation in _SET_RELATIONS and ask.id.kind == Item.BUILDING_SET:
            kind = Item.MINIFIG if ask.relation == Relation.MINIFIGS else Item.BUILDING_SET
            return await _page(f"{path}{_SET_RELATIONS[ask.relation]}/", {}, kind, ask.page, up)
        raise Unsupported("Rebrickable has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The themes, the colours, the categories of parts. Each is one table."""
        if ask.terms == Term.THEMES:
            found = await tables.theme_terms(ask.parent, ask.term_id, up)
        elif ask.terms == Term.COLORS:
            found = await tables.terms_of("/lego/colors/", tables.color_term, ask.term_id, up)
        elif ask.terms == Term.PART_CATEGORIES:
            found = await tables.terms_of("/lego/part_categories/", tables.category_term, ask.term_id, up)
        else:
            raise Unsupported("Rebrickable has no such vocabulary")
        return TermPage(found, total=len(found))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The set of a number, the part of an element or of a number elsewhere."""
        if not is_number(ask.code):
            return Page([])
        if ask.scheme == "element_id":
            entry = await up.json(f"/lego/elements/{ask.code}/", allow=(404,))
            return Page([] if tables.is_missing(entry) else [parts.element(entry, await _categories(up))])
        if ask.scheme not in ("set_number", "rebrickable"):
            return await _page("/lego/parts/", {f"{ask.scheme}_id": ask.code, "inc_part_details": 1}, Item.PART, 1, up)
        kind = kind_of(ask.code) if ask.scheme == "rebrickable" else Item.BUILDING_SET
        entry = await up.json(path_of(kind, ask.code), allow=(404,))
        return Page([] if tables.is_missing(entry) else await _mapped([entry], kind, up))


async def _page(path: str, asked: Params, kind: Kind, page: int, up: Upstream) -> Page:
    """A page of sets, minifigs or parts."""
    found = await tables.listed(path, {**asked, "page_size": _SIZE}, page, up)
    return _paged(found, await _mapped(found["results"], kind, up), page)


async def _inventory(path: str, ask: Related[ConstructionToysRelatedRequest], up: Upstream) -> Page:
    """A page of the parts in a set or minifig. Spare ones can only be left out here."""
    wanted = ask.filters
    figures = ask.id.kind == Item.BUILDING_SET and (
        wanted.include_minifig_parts or not wanted.HasField("include_minifig_parts")
    )
    asked = {"page_size": _SIZE, "inc_minifig_parts": 1 if figures else None}
    found = await tables.listed(f"{path}parts/", asked, ask.page, up)
    categories = await _categories(up) if found["results"] else {}
    items = [parts.inventory_part(row, categories) for row in found["results"]]
    page = _paged(found, items, ask.page)
    if wanted.HasField("include_spares") and not wanted.include_spares:
        without = [item for item in items if not item.context.spare]
        return Page(without, page.next, page.total, total_is_estimate=True)
    return page


async def _mapped(entries: list[Json], kind: Kind, up: Upstream) -> list[Item]:
    if kind == Item.MINIFIG:
        return [sets.minifig(entry) for entry in entries]
    if kind == Item.PART:
        categories = await _categories(up) if entries else {}
        return [parts.part(entry, categories) for entry in entries]
    themes = await _themes(entries, up)
    return [sets.building_set(entry, themes) for entry in entries]


async def _themes(entries: list[Json], up: Upstream) -> tables.Themes:
    """The names of themes, where the entries have any: an answer without them is better than none."""
    if not any(isinstance(entry, dict) and "theme_id" in entry for entry in entries):
        return {}
    return await up.optional(tables.themes(up)) or {}


async def _categories(up: Upstream) -> tables.Categories:
    return await up.optional(tables.categories(up)) or {}


def _paged(found: Json, items: list[Item], page: int) -> Page:
    """The link to the next page is only looked at: with a key in the query it would hold that."""
    return Page(items, str(page + 1) if found.get("next") else "", found["count"])
