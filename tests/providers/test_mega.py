"""MEGA."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_parts_pb2 import Availability, Image, Price
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.mega import Mega
from tako_providers.sdk import NotFound, Page, RateLimited, ShapeChanged, Unreachable
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

SEARCH = "/api/search/search.json"
SET: dict[str, Any] = {"uid": "5", "id": "abcdef", "sku": "ABC12", "name": "MEGA Test Ship", "brand": "MEGA"}


def found(*results: Any, total: int | None = None, following: int = 0) -> dict[str, Any]:
    totals = len(results) if total is None else total
    return {"pagination": {"totalResults": totals, "nextPage": following}, "results": list(results)}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Mega(), question, answers)


async def one(**more: Any) -> Item:
    """The item of a product with these fields."""
    item, _ = await asked(detail("mega/building_set/ABC12"), {SEARCH: found({**SET, **more})})
    assert isinstance(item, Item)
    return item


# --- Asking -------------------------------------------------------------------------------------------------

ALWAYS = {"siteId": "ck4bj7", "resultsFormat": "native", "resultsPerPage": "60", "bgfilter.brand": "MEGA", "page": "1"}


@pytest.mark.parametrize(
    ("question", "params"),
    [
        (search("red ship"), {"q": "red ship"}),
        (search(category="halo"), {"bgfilter.collection_handle": "halo"}),
        (search("a", order_by=Order.RELEVANCE), {"q": "a", "sort.relevance": "desc"}),
        (search("a", order_by=Order.PRICE), {"q": "a", "sort.price": "asc"}),
        (search("a", order_by=Order.PRICE, descending=True), {"q": "a", "sort.price": "desc"}),
        (search("a", order_by=Order.ADDED), {"q": "a", "sort.ss_days_since_published": "asc"}),
        (search("a", order_by=Order.ADDED, descending=False), {"q": "a", "sort.ss_days_since_published": "desc"}),
        (trending(Feed.RECENT), {"sort.ss_days_since_published": "asc"}),
        (
            trending(Feed.RECENT, category="halo"),
            {"sort.ss_days_since_published": "asc", "bgfilter.collection_handle": "halo"},
        ),
    ],
)
async def test_filters_and_orders_reach_the_upstream(question: Question, params: dict[str, str]) -> None:
    _, up = await asked(question, {SEARCH: found(SET)})
    assert up.params == {**ALWAYS, **params}


async def test_pages_go_on_to_the_last() -> None:
    first, up = await asked(search("ship"), {SEARCH: found(SET, total=61, following=2)})
    assert (first.next, first.total, first.total_is_estimate) == ("2", 61, True)
    last, up = await asked(search("ship", cursor="2"), {SEARCH: found(SET, total=61)})
    assert (last.next, up.params["page"]) == ("", "2")


@pytest.mark.parametrize("merchandising", [{"redirect": ""}, {"redirect": "https://shop.mattel.com/pages/mega"}])
async def test_nothing_found_and_a_redirect_are_the_same(merchandising: dict[str, str]) -> None:
    page, _ = await asked(search("zzz"), {SEARCH: {**found(), "merchandising": merchandising}})
    assert (list(page.items), page.next, page.total, page.total_is_estimate) == ([], "", 0, False)


async def test_other_brands_and_copies_for_other_countries_are_left_out() -> None:
    others = [
        {**SET, "uid": str(n), "sku": f"X{n}", **more}
        for n, more in enumerate(
            (
                {"brand": "Barbie"},
                {"handle": "mega-test-ship-es-mx"},
                {"handle": "", "url": "/products/mega-test-ship-de-de"},
                {"brand": "Mega Construx", "handle": "ready-to-go"},
                {"brand": "", "name": "MEGA Blok"},
            )
        )
    ]
    page, _ = await asked(search("ship"), {SEARCH: found(SET, {**SET, "uid": "6", "name": "MEGA Again"}, *others)})
    assert [x.source_id for x in page.items] == ["ABC12", "X3", "X4"]
    assert page.items[0].title == "MEGA Test Ship", "the first of an article number stays"


# --- Products ------------------------------------------------------------------------------------------------


async def test_what_is_not_given_stays_unset() -> None:
    item = await one()
    assert (item.title, item.HasField("year"), item.release_date, item.description) == ("MEGA Test Ship", False, "", "")
    assert (list(item.images), list(item.links), list(item.prices), list(item.tags)) == ([], [], [], [])
    assert (item.HasField("rating"), item.availability, dict(item.attributes)) == (False, 0, {})
    bricks = item.building_set
    assert (bricks.HasField("pieces"), bricks.HasField("ages"), bricks.HasField("on_sale")) == (False,) * 3
    assert (bricks.category, bricks.product_line, list(bricks.features)) == ("", "", [])


@pytest.mark.parametrize(
    ("name", "title", "pieces"),
    [
        ("MEGA Ship (211 Pieces)", "MEGA Ship", 211),
        ("MEGA Ship (1,211 pcs)", "MEGA Ship", 1211),
        ("MEGA Ship ( 30 Pièces ) for Kids", "MEGA Ship for Kids", 30),
        ("MEGA Ship with 85 Pieces", "MEGA Ship with 85 Pieces", 85),
        ("MEGA Ship &amp; Crew", "MEGA Ship & Crew", None),
        ("MEGA Ship 2000", "MEGA Ship 2000", None),
    ],
)
async def test_the_number_of_pieces_is_in_the_name(name: str, title: str, pieces: int | None) -> None:
    item = await one(name=name)
    assert item.title == title
    assert (item.building_set.pieces if item.building_set.HasField("pieces") else None) == pieces


@pytest.mark.parametrize(
    ("price", "msrp", "amounts", "on_sale"),
    [
        ("19.99", "24.99", [(Price.CURRENT, 19), (Price.LIST, 24)], True),
        ("19.99", "19.99", [(Price.CURRENT, 19)], False),
        ("19.99", "", [(Price.CURRENT, 19)], False),
        ("0", "24.99", [], False),
        ("", None, [], False),
    ],
)
async def test_prices(price: str, msrp: str | None, amounts: list[Any], *, on_sale: bool) -> None:
    item = await one(price=price, msrp=msrp)
    assert [(x.type, x.amount.units) for x in item.prices] == amounts
    assert {x.amount.currency_code for x in item.prices} <= {"USD"}
    assert item.building_set.on_sale is on_sale


@pytest.mark.parametrize(
    ("fields", "availability"),
    [
        ({"ss_available": "1"}, Availability.IN_STOCK),
        ({"ss_available": "0"}, Availability.OUT_OF_STOCK),
        ({"ss_available": "1", "in_stock_offers": "0"}, Availability.OUT_OF_STOCK),
        ({"ss_in_stock": "1", "in_stock_offers": "0"}, Availability.IN_STOCK),
        ({"ss_in_stock": "false", "ss_available": "1"}, Availability.OUT_OF_STOCK),
        ({"ss_in_stock": "True"}, Availability.IN_STOCK),
        ({"in_stock_offers": "12"}, Availability.IN_STOCK),
        ({"ss_available": "ask us"}, Availability.TYPE_UNSPECIFIED),
        ({"ss_available": ""}, Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_availability(fields: dict[str, str], availability: Any) -> None:
    assert (await one(**fields)).availability == availability


@pytest.mark.parametrize(
    "images",
    [
        ["https://cdn.shopify.com/a.jpg", "//cdn.shopify.com/b.jpg"],
        "https://cdn.shopify.com/a.jpg|//cdn.shopify.com/b.jpg",
    ],
)
async def test_pictures_are_a_list_or_one_text(images: Any) -> None:
    item = await one(imageUrl="https://cdn.shopify.com/a.jpg", images=images)
    assert [(x.role, x.url) for x in item.images] == [
        (Image.PRIMARY, "https://cdn.shopify.com/a.jpg"),
        (Image.GALLERY, "https://cdn.shopify.com/b.jpg"),
    ]


@pytest.mark.parametrize(
    ("rating", "count", "votes"), [("4.5", "2", 2), ("4.5", "", None), ("4.5", "0", 0), ("", "3", 0)]
)
async def test_ratings(rating: str, count: str, votes: int | None) -> None:
    item = await one(rating=rating, ratingCount=count)
    if votes == 0:
        assert not item.HasField("rating")
    else:
        assert (item.rating.value, item.rating.scale) == (4.5, 5)
        assert (item.rating.votes if item.rating.HasField("votes") else None) == votes


META = {
    "age_grade": "5-10",
    "upc_ean": "036000291452",
    "subtype": "MEGA Pok\u00e9mon",
    "bullet_feature_1": 'A "big" one',
}


@pytest.mark.parametrize("cut", [0, 1])
async def test_fields_inside_a_text_even_when_it_is_cut(cut: int) -> None:
    text = json.dumps(META)
    item = await one(metafields=html.escape(text[: len(text) - cut]))
    bricks = item.building_set
    assert (bricks.ages.min, bricks.ages.max, bricks.product_line) == (5, 10, "MEGA Pokémon")
    assert list(bricks.features) == ['A "big" one']
    assert ("upc", "036000291452") in [(x.scheme, x.value) for x in item.external_ids]


@pytest.mark.parametrize(
    ("grade", "ages"), [("7+", (7, 0)), ("8 years +", (8, 0)), ("12 months+", None), ("All", None)]
)
async def test_ages(grade: str, ages: tuple[int, int] | None) -> None:
    bricks = (await one(metafields=html.escape(json.dumps({"age_grade": grade})))).building_set
    assert ((bricks.ages.min, bricks.ages.max) if bricks.HasField("ages") else None) == ages


@pytest.mark.parametrize(
    ("code", "scheme"), [("0036000291452", "upc"), ("4006381333931", "ean"), ("4006381333932", None), ("n/a", None)]
)
async def test_barcodes(code: str, scheme: str | None) -> None:
    item = await one(metafields=html.escape(json.dumps({"upc_ean": code})))
    schemes = [x.scheme for x in item.external_ids]
    assert schemes == ["sku", "mattel_uid", *([scheme] if scheme else [])]


async def test_the_day_in_the_shop_is_no_release() -> None:
    item = await one(published_at="2023-04-05T06:07:08Z", collection_handle=["mega", "halo"])
    assert (item.release_date, item.HasField("year")) == ("", False)
    assert dict(item.attributes) == {"published_at": "2023-04-05", "collections": "mega, halo"}


async def test_an_article_number_may_be_only_in_the_name() -> None:
    page, _ = await asked(
        search("a"), {SEARCH: found({**SET, "sku": "", "name": "MEGA Ship HGC23"}, {**SET, "sku": ""})}
    )
    assert [x.source_id for x in page.items] == ["HGC23", "5"]


# --- Detail, look-ups, vocabulary ----------------------------------------------------------------------------


@pytest.mark.parametrize("source_id", ["ABC12", "abc12", "5", "ABCDEF"])
async def test_the_right_one_of_several_hits(source_id: str) -> None:
    hits = found({**SET, "uid": "4", "id": "x", "sku": "ABC11"}, SET)
    item, up = await asked(detail(f"mega/building_set/{source_id}"), {SEARCH: hits})
    assert (item.source_id, up.params["q"], up.params["resultsPerPage"]) == ("ABC12", source_id, "10")


@pytest.mark.parametrize("hits", [[], [{**SET, "sku": "ABC123"}], [{**SET, "brand": "Barbie"}]])
async def test_what_is_only_like_it_is_not_it(hits: list[Any]) -> None:
    with pytest.raises(NotFound):
        await asked(detail("mega/building_set/ABC12"), {SEARCH: found(*hits)})
    page, _ = await asked(lookup("sku", "ABC12"), {SEARCH: found(*hits)})
    assert page == Page([])


@pytest.mark.parametrize(
    ("scheme", "code", "count"),
    [("sku", "abc12", 1), ("mattel_uid", "5", 1), ("mattel_uid", "ABC12", 0), ("sku", "5", 0)],
)
async def test_look_up(scheme: str, code: str, count: int) -> None:
    page, _ = await asked(lookup(scheme, code), {SEARCH: found(SET)})
    assert len(page.items) == count


async def test_collections() -> None:
    page, up = await asked(terms(Term.CATEGORIES), {})
    assert (len(page.terms), page.total, up.paths) == (12, 12, [])
    page, _ = await asked(terms(Term.CATEGORIES, term_id="hot-wheels"), {})
    assert [(x.id, x.name) for x in page.terms] == [("hot-wheels", "Hot Wheels")]


# --- Instructions --------------------------------------------------------------------------------------------

EUROPE = "/fr-fr/blogs/mega-building-instructions/tagged/fr-fr-category-"
AMERICA = "/blogs/mega-building-instructions/tagged/en-us-category-"
OF_SHIP = related("mega/building_set/ABC12", Relation.INSTRUCTIONS)


def listing(*documents: tuple[str, str], lang: str = "fr") -> Answer:
    anchors = "".join(f'<a aria-label="{label}" href="{href}">PDF</a>' for label, href in documents)
    page = f'<html lang="{lang}"><title>MEGA Building Instructions</title><body>{anchors}</body></html>'
    return Answer(page, headers={"content-type": "text/html"})


PDF = "https://assets.contentstack.io/abc12.pdf"


async def test_instructions_are_on_the_page_of_the_collection() -> None:
    page, up = await asked(
        OF_SHIP,
        {
            SEARCH: found({**SET, "collection_handle": ["mega", "halo"]}),
            f"{EUROPE}halo": listing(("Vaisseau - 2 - abc12", PDF), ("Autre - abc13", PDF), ("abc12", f"{PDF}?v=2")),
        },
    )
    assert [(x.source_id, x.title, x.language) for x in page.items] == [
        ("ABC12/1", "Vaisseau - 2", "fr"),
        ("ABC12/2", "", ""),
    ]
    assert (page.items[0].instruction.url, page.items[0].instruction.format) == (PDF, "PDF")
    assert up.paths == [SEARCH, f"{EUROPE}halo"], "no other page is asked once it is found"


async def test_instructions_are_searched_on_all_likely_pages() -> None:
    meta = html.escape(json.dumps({"subtype": "MEGA Pokémon"}))
    pages = {f"{EUROPE}{name}": listing() for name in ("pokemon", "other")}
    pages |= {f"{AMERICA}pokemon": listing(), f"{AMERICA}other": listing(("Ship - ABC12", PDF), lang="en")}
    page, up = await asked(OF_SHIP, {SEARCH: found({**SET, "metafields": meta}), **pages})
    assert [(x.title, x.language) for x in page.items] == [("Ship", "en")]
    assert up.paths[1:] == [f"{EUROPE}pokemon", f"{AMERICA}pokemon", f"{EUROPE}other", f"{AMERICA}other"]


async def test_a_page_that_fails_does_not_hide_the_others() -> None:
    pages = {f"{EUROPE}other": Answer("", 503), f"{AMERICA}other": listing(("Ship - ABC12", PDF), lang="en")}
    page, up = await asked(OF_SHIP, {SEARCH: found(SET), **pages})
    assert ([x.title for x in page.items], up.partial) == (["Ship"], True)


@pytest.mark.parametrize(("status", "error"), [(503, Unreachable), (404, ShapeChanged)])
async def test_a_page_that_fails_is_told_where_no_other_has_them(status: int, error: type[Exception]) -> None:
    lost = Answer("<html><title>Oh</title></html>", status, {"content-type": "text/html"})
    with pytest.raises(error):
        await asked(OF_SHIP, {SEARCH: found(SET), f"{EUROPE}other": lost, f"{AMERICA}other": listing()})


async def test_no_instructions() -> None:
    page, _ = await asked(OF_SHIP, {SEARCH: found(SET), f"{EUROPE}other": listing(), f"{AMERICA}other": listing()})
    assert page == Page([])


async def test_another_page_is_no_list_of_instructions() -> None:
    with pytest.raises(ShapeChanged):
        await asked(OF_SHIP, {SEARCH: found(SET), f"{EUROPE}other": Answer("<html><title>Welcome</title></html>")})


# --- Errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [search("ship"), detail("mega/building_set/ABC12"), trending(Feed.RECENT)])
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer("Not Found", 404, {"content-type": "text/plain"}), ShapeChanged),
        (Answer("oops", 500), Unreachable),
        (Answer({}, 429), RateLimited),
        ({}, ShapeChanged),
        ({"results": [], "pagination": None}, ShapeChanged),
        ({"results": None, "pagination": {"totalResults": 0}}, ShapeChanged),
        (found("a product"), ShapeChanged),
    ],
)
async def test_other_answers_are_errors(question: Question, answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, {SEARCH: answer})


async def test_a_product_without_any_number_is_no_product() -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("ship"), {SEARCH: found({"name": "MEGA Ship", "brand": "MEGA"})})
