"""Brickset."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.brickset import Brickset
from tako_providers.sdk import (
    NotConfigured,
    NotFound,
    Page,
    RateLimited,
    Refused,
    ShapeChanged,
    Unreachable,
)
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

ROOT = "/api/v3.asmx"
SET: dict[str, Any] = {"setID": 7, "number": "100", "numberVariant": 1, "name": "Test House"}


def found(*sets: Any, matches: int | None = None) -> dict[str, Any]:
    return {"status": "success", "matches": len(sets) if matches is None else matches, "sets": list(sets)}


def error(message: str) -> dict[str, Any]:
    return {"status": "error", "message": message}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(
        Brickset(), question, {f"{ROOT}/{name}": body for name, body in answers.items()}, {"BRICKSET_API_KEY": "abc"}
    )


def form_of(up: FakeUpstream) -> dict[str, str]:
    """The form of the last request."""
    return dict(up.requests[-1].form or ())


async def params_of(question: Question, **answers: Any) -> dict[str, Any]:
    """What getSets is asked for, without the page."""
    _, up = await asked(question, {"getSets": found(), **answers})
    params: dict[str, Any] = json.loads(form_of(up)["params"])
    return {name: value for name, value in params.items() if name not in ("pageSize", "pageNumber")}


async def one(**more: Any) -> Item:
    """The item of a set with these fields."""
    item, _ = await asked(detail("brickset/building_set/100-1"), {"getSets": found({**SET, **more})})
    assert isinstance(item, Item)
    return item


# --- Asking -------------------------------------------------------------------------------------------------


async def test_the_key_goes_in_the_form_and_no_account_is_named() -> None:
    _, up = await asked(search("house"), {"getSets": found(SET)})
    assert up.requests[0].method == "POST"
    form = form_of(up)
    assert (form["apiKey"], form["userHash"]) == ("abc", ""), "getSets fails without a userHash, even an empty one"
    assert "abc" not in up.requests[0].full_url


@pytest.mark.parametrize(
    ("question", "params"),
    [
        (search("red house"), {"query": "red house"}),
        (search(theme="City", subtheme="Police", tag="Car"), {"theme": "City", "subtheme": "Police", "tag": "Car"}),
        (search(year_from=1999, year_to=1999), {"year": "1999"}),
        (search(year_from=1999, year_to=2001), {"year": "1999,2000,2001"}),
        (search("a", enrich=True), {"query": "a", "extendedData": 1}),
        (search("a", order_by=Order.TITLE), {"query": "a", "orderBy": "Name"}),
        (search("a", order_by=Order.TITLE, descending=True), {"query": "a", "orderBy": "NameDESC"}),
        (search("a", order_by=Order.RELEASE_DATE), {"query": "a", "orderBy": "YearFromDESC"}),
        (search("a", order_by=Order.PIECE_COUNT, descending=False), {"query": "a", "orderBy": "Pieces"}),
        (search("a", order_by=Order.RATING), {"query": "a", "orderBy": "RatingDESC"}),
        (search("a", order_by=Order.POPULARITY), {"query": "a", "orderBy": "OwnCountDESC"}),
        (search("a", order_by=Order.PRICE), {"query": "a", "orderBy": "USRetailPrice"}),
        (search("a", order_by=Order.PRICE, region="gb"), {"query": "a", "orderBy": "UKRetailPrice"}),
        (search("a", order_by=Order.PRICE, region="IT"), {"query": "a", "orderBy": "DERetailPrice"}),
        (search("a", order_by=Order.RANDOM, descending=True), {"query": "a", "orderBy": "Random"}),
        (
            trending(Feed.UPDATED, since="2024-01-31", theme="City", year_from=2020, year_to=2020),
            {"updatedSince": "2024-01-31", "theme": "City", "year": "2020", "orderBy": "YearFromDESC"},
        ),
    ],
)
async def test_filters_and_orders_reach_the_upstream(question: Question, params: dict[str, Any]) -> None:
    assert await params_of(question) == params


YEARS = {"status": "success", "years": [{"year": "2001", "setCount": 4}, {"year": "2000", "setCount": 3}]}


@pytest.mark.parametrize(
    ("question", "year"),
    [
        (search(year_from=2000), "2000,2001"),
        (search(year_from=2001), "2001"),
        (search(year_to=2000), "2000"),
        (trending(Feed.UPDATED, year_from=2001), "2001"),
    ],
)
async def test_an_open_range_is_the_years_that_there_are(question: Question, year: str) -> None:
    assert (await params_of(question, getYears=YEARS))["year"] == year


@pytest.mark.parametrize("question", [search(year_from=2002), trending(Feed.UPDATED, year_from=2002)])
async def test_years_without_sets_have_none(question: Question) -> None:
    page, up = await asked(question, {"getYears": YEARS})
    assert (page, up.paths) == (Page([], total=0), [f"{ROOT}/getYears"])


async def test_changes_of_a_week_when_no_day_is_named() -> None:
    params = await params_of(trending(Feed.UPDATED))
    today = datetime.now(UTC).date()
    assert params["updatedSince"] in {(today - timedelta(days=n)).isoformat() for n in (7, 8)}


async def test_pages_go_on_to_the_last() -> None:
    first, up = await asked(search("house"), {"getSets": found(SET, matches=101)})
    assert (first.next, first.total, json.loads(form_of(up)["params"])["pageNumber"]) == ("2", 101, 1)
    second, up = await asked(search("house", cursor="2"), {"getSets": found(SET, matches=101)})
    assert (second.next, json.loads(form_of(up)["params"])["pageNumber"]) == ("", 2)
    behind, _ = await asked(search("house", cursor="1"), {"getSets": found(matches=101)})
    assert behind.next == "", "a page without sets has none behind it"


# --- Sets ----------------------------------------------------------------------------------------------------


async def test_what_is_not_given_stays_unset() -> None:
    item = await one()
    assert (item.title, item.HasField("year"), item.release_date, item.description) == ("Test House", False, "", "")
    assert (list(item.images), list(item.links), list(item.prices), list(item.tags)) == ([], [], [], [])
    assert (item.HasField("rating"), item.HasField("engagement"), item.HasField("source_updated_at")) == (False,) * 3
    bricks = item.building_set
    assert (bricks.theme, bricks.HasField("pieces"), bricks.HasField("image_count")) == ("", False, False)
    assert item.availability == 0


@pytest.mark.parametrize("nothing", ["{?}", "{None}", "{Not specified}", "", None])
async def test_texts_in_braces_are_unknown(nothing: str | None) -> None:
    item = await one(name=nothing, theme=nothing, subtheme=nothing, packagingType=nothing, availability=nothing)
    assert (item.title, item.availability_text) == ("100", "")
    assert (item.building_set.theme, item.building_set.subtheme, item.building_set.packaging) == ("", "", "")


async def test_zeros_are_unknown() -> None:
    item = await one(
        year=0,
        pieces=0,
        rating=0,
        reviewCount=0,
        LEGOCom={"US": {"retailPrice": 0}},
        ageRange={"min": 0},
        dimensions={"height": 0, "weight": 0},
    )
    assert (item.HasField("year"), item.HasField("rating"), list(item.prices)) == (False, False, [])
    assert (item.building_set.HasField("pieces"), item.building_set.HasField("ages")) == (False, False)
    assert not item.building_set.dimensions.HasField("weight_g")


@pytest.mark.parametrize("odd", [None, "", "x", 5, [], ["x"]])
async def test_an_odd_market_costs_only_its_own_price(odd: Any) -> None:
    item = await one(LEGOCom={"US": odd, "DE": {"retailPrice": 9.99, "dateFirstAvailable": "2020-02-01T00:00:00Z"}})
    assert [(price.country, price.amount.units) for price in item.prices] == [("DE", 9)]
    assert item.release_date == "2020-02-01"


async def test_a_rating_without_reviews_has_no_votes() -> None:
    item = await one(rating=4.1, reviewCount=0)
    assert (item.rating.value, item.rating.scale, item.rating.HasField("votes")) == (4.1, 5, False)


@pytest.mark.parametrize(
    ("variant", "source_id", "printed"), [(1, "100-1", "100"), (2, "100-2", "100-2"), (12, "100-12", "100-12")]
)
async def test_numbers(variant: int, source_id: str, printed: str) -> None:
    item = await one(numberVariant=variant)
    assert item.source_id == source_id
    assert [(x.scheme, x.value) for x in item.external_ids] == [("set_number", printed), ("brickset", "7")]


async def test_barcodes_that_are_none_are_left_out() -> None:
    item = await one(barcode={"EAN": "5702016667975", "UPC": "036000291452"})
    assert [x.scheme for x in item.external_ids] == ["set_number", "brickset", "upc"]


def shop(first: str = "", last: str = "") -> dict[str, str]:
    return {"dateFirstAvailable": first, "dateLastAvailable": last}


@pytest.mark.parametrize(
    ("fields", "release", "retirement"),
    [
        ({"LEGOCom": {"US": shop("2020-02-01T00:00:00Z"), "UK": shop("2020-01-05T00:00:00Z")}}, "2020-01-05", ""),
        ({"LEGOCom": {"US": shop("2020-02-01", "2021-01-01"), "UK": shop("2020-02-02")}}, "2020-02-01", ""),
        ({"LEGOCom": {"US": shop("2020-02-01", "2021-01-01"), "CA": {}}}, "2020-02-01", "2021-01-01"),
        (
            {"LEGOCom": {"US": shop("2020-02-01", "2021-01-01"), "DE": shop("", "2021-03-04")}},
            "2020-02-01",
            "2021-03-04",
        ),
        (
            {"launchDate": "2019-12-26T00:00:00Z", "exitDate": "2022-12-31T00:00:00Z", "LEGOCom": {"US": shop("2020")}},
            "2019-12-26",
            "2022-12-31",
        ),
        ({"LEGOCom": {}}, "", ""),
    ],
)
async def test_days_of_sale(fields: dict[str, Any], release: str, retirement: str) -> None:
    item = await one(**fields)
    assert (item.release_date, item.building_set.retirement_date, item.end_date) == (release, retirement, "")


async def test_a_description_is_plain_and_tags_have_no_marks() -> None:
    item = await one(
        extendedData={
            "description": "<p>A &amp; B</p><p>C</p>",
            "notes": "Rare<br>set",
            "tags": ["Han Solo|n", "Car", ""],
        }
    )
    assert (item.description, list(item.tags)) == ("A & B\n\nC", ["Han Solo", "Car"])
    assert dict(item.attributes) == {"notes": "Rare\nset"}


async def test_what_belongs_to_the_account_is_left_out() -> None:
    item = await one(collection={"owned": True, "qtyOwned": 3, "notes": "in the attic"})
    assert "attic" not in str(item)


# --- Relations, vocabularies, look-ups -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "method", "body", "kind"),
    [
        (
            Relation.INSTRUCTIONS,
            "getInstructions",
            {"instructions": [{"URL": "http://www.lego.com/a.pdf", "description": "{No longer listed}"}]},
            Item.INSTRUCTION,
        ),
        (
            Relation.IMAGES,
            "getAdditionalImages",
            {"additionalImages": [{"imageURL": "https://images.brickset.com/a.jpg"}]},
            Item.IMAGE,
        ),
    ],
)
async def test_relations_are_asked_by_the_own_number(relation: Any, method: str, body: Any, kind: Any) -> None:
    answers = {"getSets": found(SET), method: {"status": "success", "matches": 1, **body}}
    page, up = await asked(related("brickset/building_set/100", relation), answers)
    assert form_of(up) == {"apiKey": "abc", "setID": "7"}
    assert [(x.kind, x.source_id, x.description) for x in page.items] == [(kind, "100-1/1", "")]


@pytest.mark.parametrize("relation", [Relation.INSTRUCTIONS, Relation.IMAGES])
async def test_relations_of_an_unknown_set(relation: Any) -> None:
    with pytest.raises(NotFound):
        await asked(related("brickset/building_set/100-1", relation), {"getSets": found()})


async def test_an_instruction_has_an_address() -> None:
    answers = {
        "getSets": found(SET),
        "getInstructions": {"status": "success", "instructions": [{"URL": "http://www.lego.com/A.PDF"}]},
    }
    page, _ = await asked(related("brickset/building_set/100-1", Relation.INSTRUCTIONS), answers)
    document = page.items[0].instruction
    assert (document.url, document.format, document.sequence) == ("https://www.lego.com/A.PDF", "PDF", 1)


async def test_subthemes_of_a_theme() -> None:
    body = {"status": "success", "subthemes": [{"theme": "City", "subtheme": x} for x in ("{None}", "Fire", "Police")]}
    page, up = await asked(terms(Term.SUBTHEMES, parent="City"), {"getSubthemes": body})
    assert form_of(up) == {"apiKey": "abc", "theme": "City"}
    assert [(x.id, x.parent_id, x.HasField("count")) for x in page.terms] == [
        ("Fire", "City", False),
        ("Police", "City", False),
    ]
    page, _ = await asked(terms(Term.SUBTHEMES, parent="City", term_id="Fire"), {"getSubthemes": body})
    assert [x.id for x in page.terms] == ["Fire"]


@pytest.mark.parametrize(("parent", "theme"), [("", ""), ("City", "City")])
async def test_years(parent: str, theme: str) -> None:
    page, up = await asked(terms(Term.YEARS, parent=parent), {"getYears": YEARS})
    assert form_of(up) == {"apiKey": "abc", "theme": theme}, "it has to be there, even empty"
    assert [(x.id, x.count, x.year_from) for x in page.terms] == [("2001", 4, 2001), ("2000", 3, 2000)]


@pytest.mark.parametrize(
    ("scheme", "code", "params"),
    [
        ("set_number", "100", {"setNumber": "100-1"}),
        ("set_number", "100-3", {"setNumber": "100-3"}),
        ("brickset", "7", {"setID": 7}),
    ],
)
async def test_look_up(scheme: str, code: str, params: dict[str, Any]) -> None:
    assert await params_of(lookup(scheme, code)) == {**params, "extendedData": 1}
    page, _ = await asked(lookup(scheme, code), {"getSets": found(SET)})
    assert [x.source_id for x in page.items] == ["100-1"]
    page, _ = await asked(lookup(scheme, code), {"getSets": found()})
    assert page == Page([])


@pytest.mark.parametrize(("scheme", "code"), [("brickset", "abc"), ("brickset", "0"), ("set_number", "1,2")])
async def test_a_code_that_is_none_is_not_asked(scheme: str, code: str) -> None:
    page, up = await asked(lookup(scheme, code), {})
    assert (page, up.paths) == (Page([]), [])


# --- Errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (error("Invalid API key"), NotConfigured),
        (error("API limit exceeded"), RateLimited),
        (error("No valid parameters"), Refused),
        (error("Parameter error: orderBy"), Refused),
        ({"status": "error"}, Refused),
        (Answer("System.InvalidOperationException: Missing parameter: userHash", 500), Unreachable),
        ([], ShapeChanged),
        ({"sets": []}, ShapeChanged),
        ({"status": "success", "matches": 1}, ShapeChanged),
        (found("100-1"), ShapeChanged),
        (found({"setID": 7, "name": "No number"}), ShapeChanged),
    ],
)
async def test_errors_are_told_in_the_body(answer: Any, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        await asked(search("house"), {"getSets": answer})


async def test_a_refused_key_names_its_setting() -> None:
    with pytest.raises(NotConfigured) as caught:
        await asked(search("house"), {"getSets": error("Invalid API key")})
    assert caught.value.variables == ("BRICKSET_API_KEY",)


@pytest.mark.parametrize("item_id", ["brickset/building_set/100-1", "brickset/building_set/a/b"])
async def test_no_such_set(item_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(item_id), {"getSets": found()})


async def test_no_match_may_come_without_its_list() -> None:
    page, _ = await asked(search("nothing"), {"getSets": {"status": "success", "matches": 0}})
    assert (page.items, page.total, page.next) == ([], 0, "")


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        (related("brickset/building_set/100-1", Relation.IMAGES), {"getSets": found({**SET, "setID": None})}),
        (
            related("brickset/building_set/100-1", Relation.IMAGES),
            {"getSets": found(SET), "getAdditionalImages": {"status": "success", "additionalImages": [{}]}},
        ),
        (
            related("brickset/building_set/100-1", Relation.INSTRUCTIONS),
            {"getSets": found(SET), "getInstructions": {"status": "success", "instructions": ["a.pdf"]}},
        ),
        (terms(Term.THEMES), {"getThemes": {"status": "success", "themes": None}}),
    ],
)
async def test_a_changed_shape_is_told(question: Question, answers: dict[str, Any]) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, answers)
