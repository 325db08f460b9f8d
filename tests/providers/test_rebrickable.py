"""Rebrickable."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.rebrickable import Rebrickable
from tako_providers.sdk import (
    InvalidField,
    NotConfigured,
    NotFound,
    Page,
    RateLimited,
    ShapeChanged,
    TermPage,
    Unreachable,
)
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

ROOT = "/api/v3/lego"
SET: dict[str, Any] = {"set_num": "1-1", "name": "Test House", "year": 1999, "theme_id": 20, "num_parts": 5}
FIG: dict[str, Any] = {"set_num": "fig-000001", "name": "Test Man", "num_parts": 4}
PART: dict[str, Any] = {"part_num": "3001", "name": "Test Brick", "part_cat_id": 11}
RED: dict[str, Any] = {"id": 4, "name": "Red", "rgb": "C91A09", "is_trans": False}
THEMES: list[dict[str, Any]] = [
    {"id": 10, "parent_id": None, "name": "Town"},
    {"id": 20, "parent_id": 10, "name": "Police"},
    {"id": 30, "parent_id": 20, "name": "Town"},
]
NOT_FOUND = Answer({"detail": "Not found."}, 404)


def listed(*rows: Any, more: bool = False, count: int | None = None) -> dict[str, Any]:
    following = "https://rebrickable.com/api/v3/lego/sets/?key=secret&page=7" if more else None
    return {"count": len(rows) if count is None else count, "next": following, "previous": None, "results": list(rows)}


def row(**more: Any) -> dict[str, Any]:
    return {"part": PART, "color": RED, "quantity": 2, "is_spare": False, "element_id": "300121", **more}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(
        Rebrickable(), question, {ROOT + path: body for path, body in answers.items()}, {"REBRICKABLE_API_KEY": "abc"}
    )


async def params_of(question: Question, path: str, body: Any) -> dict[str, str]:
    """The parameters of the first request."""
    _, up = await asked(question, {path: body, "/themes/": listed(*THEMES)})
    first = next(request for request in up.requests if request.url.endswith(path))
    return {name: value for name, value in first.params if name not in ("page", "page_size")}


# --- Asking -------------------------------------------------------------------------------------------------


async def test_the_key_goes_in_its_header_and_nowhere_else() -> None:
    _, up = await asked(search("house"), {"/sets/": listed(SET)})
    assert all(request.headers["Authorization"] == "key abc" for request in up.requests)
    assert not any("abc" in request.full_url for request in up.requests)


@pytest.mark.parametrize(
    ("question", "path", "params"),
    [
        (search("red house"), "/sets/", {"search": "red house"}),
        (search(theme="10"), "/sets/", {"theme_id": "10"}),
        (search(theme="police"), "/sets/", {"theme_id": "20"}),
        (search(theme="Town"), "/sets/", {"theme_id": "10"}),
        (search(year_from=1990, year_to=1999), "/sets/", {"min_year": "1990", "max_year": "1999"}),
        (search(min_pieces=0, max_pieces=9), "/sets/", {"min_parts": "0", "max_parts": "9"}),
        (search("a", kind=Item.MINIFIG, theme="10"), "/minifigs/", {"search": "a", "in_theme_id": "10"}),
        (search(kind=Item.MINIFIG, max_pieces=4), "/minifigs/", {"max_parts": "4"}),
        (
            search(kind=Item.MINIFIG, in_set="rebrickable/building_set/75192"),
            "/minifigs/",
            {"in_set_num": "75192-1"},
        ),
        (search("brick", kind=Item.PART), "/parts/", {"search": "brick", "inc_part_details": "1"}),
        (
            search(kind=Item.PART, color_id="4", part_category="11"),
            "/parts/",
            {"color_id": "4", "part_cat_id": "11", "inc_part_details": "1"},
        ),
        (trending(Feed.RECENT), "/sets/", {"ordering": "-year,-last_modified_dt", "min_parts": "1"}),
        (
            trending(Feed.RECENT, theme="20", year_to=2000),
            "/sets/",
            {"ordering": "-year,-last_modified_dt", "min_parts": "1", "theme_id": "20", "max_year": "2000"},
        ),
    ],
)
async def test_filters_reach_the_upstream(question: Question, path: str, params: dict[str, str]) -> None:
    assert await params_of(question, path, listed()) == params


@pytest.mark.parametrize(
    ("kind", "order", "descending", "ordering"),
    [
        (Item.BUILDING_SET, Order.RELEASE_DATE, None, "-year"),
        (Item.BUILDING_SET, Order.RELEASE_DATE, False, "year"),
        (Item.BUILDING_SET, Order.PIECE_COUNT, None, "-num_parts"),
        (Item.BUILDING_SET, Order.TITLE, None, "name"),
        (Item.BUILDING_SET, Order.NUMBER, True, "-set_num"),
        (Item.MINIFIG, Order.TITLE, True, "-name"),
        (Item.PART, Order.NUMBER, None, "part_num"),
    ],
)
async def test_orders(kind: Any, order: Any, descending: bool | None, ordering: str) -> None:
    path = {Item.BUILDING_SET: "/sets/", Item.MINIFIG: "/minifigs/", Item.PART: "/parts/"}[kind]
    params = await params_of(search("a", kind=kind, order_by=order, descending=descending), path, listed())
    assert params["ordering"] == ordering


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (search(theme="Nowhere"), "theme"),
        (search(kind=Item.MINIFIG, in_set="brickset/building_set/75192-1"), "in_set"),
        (related("rebrickable/part/3001", Relation.SETS), "color_id"),
    ],
)
async def test_what_cannot_be_asked_is_told(question: Question, field: str) -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(question, {"/themes/": listed(*THEMES)})
    assert caught.value.field == field


async def test_pages_go_on_to_the_last() -> None:
    answers = {"/sets/": (listed(SET, more=True, count=101), listed({**SET, "set_num": "2-1"}, count=101))}
    first, up = await asked(search("house"), answers)
    assert (first.next, first.total, up.requests[0].params[0]) == ("2", 101, ("page", "1"))
    second, up = await asked(search("house", cursor="2"), {"/sets/": listed(SET, count=101)})
    assert (second.next, up.requests[0].params[0]) == ("", ("page", "2"))


async def test_a_page_behind_the_end_is_the_callers_mistake() -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(search("house", cursor="9"), {"/sets/": Answer({"detail": "Invalid page."}, 404)})
    assert caught.value.field == "page_token"


async def test_nothing_found() -> None:
    page, up = await asked(search("zzz"), {"/sets/": listed()})
    assert (page, up.paths) == (Page([], "", 0), [f"{ROOT}/sets/"]), "no names of themes are asked for"


# --- Sets and minifigs ---------------------------------------------------------------------------------------


async def test_names_of_themes_are_read_once() -> None:
    provider = Rebrickable()
    up = FakeUpstream(provider, {f"{ROOT}/sets/": listed(SET), f"{ROOT}/themes/": listed(*THEMES)})
    for _ in range(2):
        page = await provider.search(search("house").build(provider), up)
        bricks = page.items[0].building_set
        assert (bricks.theme, bricks.theme_id, bricks.theme_group) == ("Police", "20", "Town")
    assert up.paths.count(f"{ROOT}/themes/") == 1


@pytest.mark.parametrize("odd", [[], {}, "x", -1, True])
async def test_an_odd_parent_does_not_cost_the_names_of_themes(odd: Any) -> None:
    themes = listed(*({**theme, "parent_id": odd} for theme in THEMES))
    page, up = await asked(search("house"), {"/sets/": listed(SET), "/themes/": themes})
    assert (len(page.items), up.partial) == (1, False)


async def test_without_the_names_of_themes_their_numbers_stay() -> None:
    page, up = await asked(search("house"), {"/sets/": listed(SET), "/themes/": Answer({}, 500)})
    assert (page.items[0].building_set.theme_id, page.items[0].building_set.theme) == ("20", "")
    assert up.partial


async def test_what_is_not_given_stays_unset() -> None:
    item, up = await asked(detail("rebrickable/building_set/7-2"), {"/sets/7-2/": {"set_num": "7-2", "name": "Box"}})
    assert (item.HasField("year"), item.HasField("source_updated_at"), item.HasField("context")) == (False,) * 3
    assert (list(item.images), list(item.links), item.release_date) == ([], [], "")
    assert (item.building_set.HasField("pieces"), item.building_set.theme_id) == (False, "")
    assert up.paths == [f"{ROOT}/sets/7-2/"]


async def test_zeros_and_nulls_are_unknown() -> None:
    entry = {**SET, "year": 0, "num_parts": 0, "set_img_url": None, "last_modified_dt": None, "name": " A  &amp; B "}
    item, _ = await asked(detail("rebrickable/building_set/1-1"), {"/sets/1-1/": entry})
    assert (item.title, item.HasField("year"), item.building_set.HasField("pieces")) == ("A & B", False, False)


@pytest.mark.parametrize(
    ("source_id", "path"), [("75192", "75192-1"), ("75192-2", "75192-2"), ("K8672-1", "K8672-1"), ("MOC-12", "MOC-12")]
)
async def test_a_set_without_its_variant_is_the_first(source_id: str, path: str) -> None:
    _, up = await asked(detail(f"rebrickable/building_set/{source_id}"), {f"/sets/{path}/": {**SET, "set_num": path}})
    assert up.paths[0] == f"{ROOT}/sets/{path}/"


@pytest.mark.parametrize(
    ("number", "printed"),
    [("75192-1", ["75192"]), ("71046-12", ["71046-12"]), ("K8672-1", ["K8672"]), ("bioconbag-1", [])],
)
async def test_the_number_on_the_box(number: str, printed: list[str]) -> None:
    page, _ = await asked(search("a"), {"/sets/": listed({**SET, "set_num": number})})
    assert [one.value for one in page.items[0].external_ids] == printed


async def test_a_set_inside_a_set() -> None:
    body = listed({"id": 1, "set_num": "2-1", "set_name": "Small", "quantity": 3, "set_img_url": None})
    page, _ = await asked(related("rebrickable/building_set/1-1", Relation.SUBSETS), {"/sets/1-1/sets/": body})
    assert [(one.kind, one.title, one.context.quantity) for one in page.items] == [(Item.BUILDING_SET, "Small", 3)]


async def test_a_minifig_of_a_set_may_tell_its_pieces() -> None:
    body = listed({"set_num": "fig-1", "set_name": "Man", "quantity": 1, "num_parts": 4})
    page, _ = await asked(related("rebrickable/building_set/1-1", Relation.MINIFIGS), {"/sets/1-1/minifigs/": body})
    assert (page.items[0].kind, page.items[0].minifig.pieces) == (Item.MINIFIG, 4)


# --- Parts ---------------------------------------------------------------------------------------------------

CATEGORIES = {"/part_categories/": listed({"id": 11, "name": "Bricks", "part_count": 2})}


async def test_a_part_with_its_colors() -> None:
    entry = {**PART, "year_from": 1980, "year_to": 2020, "print_of": None, "prints": ["3001pr1"], "molds": ["3001a"]}
    colors = [{"color_id": 4, "color_name": "Red", "num_sets": 9, "elements": ["300121"], "part_img_url": None}, {}]
    answers = {"/parts/3001/": entry, "/parts/3001/colors/": listed(*colors), **CATEGORIES}
    item, up = await asked(detail("rebrickable/part/3001"), answers)
    assert (item.year, item.end_year, item.part.year_from, item.part.year_to) == (1980, 2020, 1980, 2020)
    assert (item.part.part_category_id, item.part.part_category) == ("11", "Bricks")
    assert [one.id for one in item.part.prints] == ["rebrickable/part/3001pr1"]
    assert ([one.name for one in item.part.molds], list(item.part.alternates)) == (["3001a"], [])
    (red,) = item.part.colors
    assert (red.color.id, red.color.name, list(red.element_ids), red.set_count) == ("4", "Red", ["300121"], 9)
    assert not up.partial


async def test_a_part_without_its_colors_is_still_a_part() -> None:
    item, up = await asked(detail("rebrickable/part/3001"), {"/parts/3001/": PART, **CATEGORIES})
    assert (list(item.part.colors), up.partial, item.HasField("year")) == ([], True, False)


@pytest.mark.parametrize(
    ("wanted", "asks", "kept", "estimate"),
    [
        ({}, "1", 2, False),
        ({"include_minifig_parts": True}, "1", 2, False),
        ({"include_minifig_parts": False}, None, 2, False),
        ({"include_spares": True}, "1", 2, False),
        ({"include_spares": False}, "1", 1, True),
    ],
)
async def test_an_inventory(wanted: dict[str, Any], asks: str | None, kept: int, estimate: bool) -> None:
    question = related("rebrickable/building_set/1-1", Relation.PARTS, **wanted)
    page, up = await asked(question, {"/sets/1-1/parts/": listed(row(), row(is_spare=True)), **CATEGORIES})
    assert dict(up.requests[0].params).get("inc_minifig_parts") == asks
    assert (len(page.items), page.total, page.total_is_estimate) == (kept, 2, estimate)
    context = page.items[0].context
    assert (context.quantity, context.color.name, context.element_id) == (2, "Red", "300121")


async def test_an_inventory_of_a_minifig_has_no_minifigs() -> None:
    answers = {"/minifigs/fig-1/parts/": listed(row(element_id=None, color={"id": -1, "name": "[Unknown]"}))}
    page, up = await asked(related("rebrickable/minifig/fig-1", Relation.PARTS), answers)
    assert "inc_minifig_parts" not in dict(up.requests[0].params)
    assert (page.items[0].context.HasField("color"), page.items[0].context.element_id) == (False, "")


async def test_sets_with_a_part_in_a_color() -> None:
    answers = {"/parts/3001/colors/4/sets/": listed(SET), "/themes/": listed(*THEMES)}
    page, _ = await asked(related("rebrickable/part/3001", Relation.SETS, color_id="4"), answers)
    assert [one.building_set.theme for one in page.items] == ["Police"]


# --- Vocabularies and look-ups -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (terms(Term.THEMES), ["10", "20", "30"]),
        (terms(Term.THEMES, parent="10"), ["20"]),
        (terms(Term.THEMES, term_id="30"), ["30"]),
        (terms(Term.THEMES, term_id="99"), []),
    ],
)
async def test_themes(question: Question, found: list[str]) -> None:
    page, _ = await asked(question, {"/themes/": listed(*THEMES)})
    assert ([one.id for one in page.terms], page.total) == (found, len(found))


async def test_a_table_of_several_pages_is_read_whole() -> None:
    answers = {"/colors/": (listed(RED, more=True), listed({"id": 9999, "name": "[No Color]", "rgb": "05131D"}))}
    page, up = await asked(terms(Term.COLORS), answers)
    assert isinstance(page, TermPage) and len(up.requests) == 2
    red, none = page.terms
    assert (red.id, red.name, red.color.rgb, red.color.transparent) == ("4", "Red", "C91A09", False)
    assert (none.id, none.color.rgb) == ("9999", ""), "what is no colour has no shade"


async def test_colors_have_their_numbers_elsewhere() -> None:
    ids = {"BrickLink": {"ext_ids": [5]}, "LEGO": {"ext_ids": [21, None]}}
    page, _ = await asked(terms(Term.COLORS, term_id="4"), {"/colors/": listed({**RED, "external_ids": ids})})
    assert [(one.scheme, one.value) for one in page.terms[0].external_ids] == [("bricklink", "5"), ("lego", "21")]


async def test_categories_of_parts() -> None:
    page, _ = await asked(terms(Term.PART_CATEGORIES), CATEGORIES)
    assert [(one.id, one.name, one.count) for one in page.terms] == [("11", "Bricks", 2)]


@pytest.mark.parametrize(
    ("scheme", "code", "path", "body", "kind"),
    [
        ("set_number", "75192", "/sets/75192-1/", SET, Item.BUILDING_SET),
        ("set_number", "71046-3", "/sets/71046-3/", SET, Item.BUILDING_SET),
        ("rebrickable", "fig-000001", "/minifigs/fig-000001/", FIG, Item.MINIFIG),
        ("rebrickable", "1-1", "/sets/1-1/", SET, Item.BUILDING_SET),
        ("rebrickable", "3001", "/parts/3001/", PART, Item.PART),
    ],
)
async def test_look_up_by_number(scheme: str, code: str, path: str, body: Any, kind: Any) -> None:
    page, _ = await asked(lookup(scheme, code), {path: body})
    assert [one.kind for one in page.items] == [kind]
    page, _ = await asked(lookup(scheme, code), {path: NOT_FOUND})
    assert page == Page([])


@pytest.mark.parametrize("scheme", ["bricklink", "brickowl", "lego", "ldraw"])
async def test_look_up_of_a_part_by_its_number_elsewhere(scheme: str) -> None:
    page, up = await asked(lookup(scheme, "3001"), {"/parts/": listed(PART)})
    assert ([one.source_id for one in page.items], dict(up.requests[0].params)[f"{scheme}_id"]) == (["3001"], "3001")


async def test_look_up_of_an_element() -> None:
    entry = {"part": PART, "color": RED, "element_id": "300121", "element_img_url": "https://cdn.rebrickable.com/e.jpg"}
    page, _ = await asked(lookup("element_id", "300121"), {"/elements/300121/": entry})
    (item,) = page.items
    assert (item.source_id, item.context.color.id, item.context.element_id) == ("3001", "4", "300121")
    assert [(one.role, one.url) for one in item.images] == [(Image.PRIMARY, "https://cdn.rebrickable.com/e.jpg")]


async def test_a_code_that_is_none_is_not_asked() -> None:
    page, up = await asked(lookup("set_number", "75/../192"), {})
    assert (page, up.paths) == (Page([]), [])


# --- Errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item_id", ["rebrickable/building_set/a/b", "rebrickable/part/~20", "rebrickable/book/1"])
async def test_an_id_that_can_be_none_is_not_asked(item_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(item_id), {})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"detail": "Invalid token."}, 401), NotConfigured),
        (Answer({"detail": "Request was throttled."}, 429, {"retry-after": "7"}), RateLimited),
        (NOT_FOUND, NotFound),
        (Answer("oops", 502), Unreachable),
        ([], ShapeChanged),
        ({"results": []}, ShapeChanged),
        ({"count": 1, "results": None}, ShapeChanged),
        (listed({"set_num": "1-1"}), ShapeChanged),
        (listed("1-1"), ShapeChanged),
    ],
)
async def test_other_answers_are_errors(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("house"), {"/sets/": answer})


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (detail("rebrickable/building_set/1-1"), "/sets/1-1/", listed(SET)),
        (detail("rebrickable/part/3001"), "/parts/3001/", SET),
        (related("rebrickable/building_set/1-1", Relation.PARTS), "/sets/1-1/parts/", listed(PART)),
        (lookup("element_id", "300121"), "/elements/300121/", PART),
        (terms(Term.THEMES), "/themes/", listed({"name": "No number"})),
        (terms(Term.COLORS), "/colors/", {"colors": []}),
    ],
)
async def test_a_changed_shape_is_told(question: Question, path: str, body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, {path: body})
