"""LEGO."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_parts_pb2 import Availability, Image, Price
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.lego import Lego
from tako_providers.construction_toys.lego.shops import shop_of
from tako_providers.sdk import (
    Blocked,
    InvalidField,
    NotFound,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
)
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

API = "/api/graphql"
SEARCH = f"{API}/SearchProductsQuery"
DETAILS = f"{API}/ProductDetails"
BOOKLETS = f"{API}/getSetBuildingInstructions"
OLD = "/service/biservice/search"
NUMBER = "31999"
DOWN = Answer("down", status=503)
REFUSED = {"errors": [{"message": "no", "extensions": {"code": "UNAUTHENTICATED"}}], "data": {"searchProducts": None}}


def node(number: str = NUMBER, **more: Any) -> dict[str, Any]:
    return {"__typename": "SingleVariantProduct", "productCode": number, "name": f"Set {number}", **more}


def variant(attributes: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"variant": {"sku": "6000001", "attributes": attributes or {}, **more}}


def hits(*nodes: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    result = {"count": len(nodes), "total": len(nodes) if total is None else total, "results": list(nodes)}
    return {"data": {"searchProducts": {"__typename": "SearchProducts", "productResult": result}}}


def leads_to(url: str) -> dict[str, Any]:
    return {"data": {"searchProducts": {"__typename": "RedirectAction", "url": url}}}


def record(*documents: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"status": "OK", "data": {"name": "A set", "year": "2019", "buildingInstructions": list(documents), **more}}


UNKNOWN = {"status": "Not Found", "data": {"name": "", "buildingInstructions": []}}


def details(product: dict[str, Any] | None, service: dict[str, Any] = UNKNOWN) -> dict[str, Any]:
    return {"data": {"product": product, "customerService": {"getBuildingInstructionsForSet": service}}}


def html(body: str = "", state: Any = None, title: str = "LEGO", name: str = "__APOLLO_STATE__") -> Answer:
    data = {"props": {"pageProps": {name: {} if state is None else state}}}
    text = f"<html><head><title>{title}</title></head><body>{body}"
    text += f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script></body></html>'
    return Answer(text, headers={"content-type": "text/html; charset=utf-8"})


def tiles(*numbers: str) -> str:
    links = (f'<li><a aria-label="Set {n}" href="/fr-fr/product/set-{n}"></a></li>' for n in numbers)
    return f'<ul id="product-listing-grid">{"".join(links)}</ul>'


def cache(*numbers: str, total: int | None = None, offset: int | None = 0) -> dict[str, Any]:
    state: dict[str, Any] = {f"SingleVariantProduct:{n}": node(n, variant={"__ref": f"V:{n}"}) for n in numbers}
    state |= {f"V:{n}": {"sku": f"9{n}", "attributes": {"__ref": f"$V:{n}.attributes"}} for n in numbers}
    state |= {f"$V:{n}.attributes": {"pieceCount": int(n[-2:])} for n in numbers}
    refs = [{"type": "id", "generated": False, "id": f"SingleVariantProduct:{n}"} for n in numbers]
    result = {"__typename": "ProductQueryResult", "total": total, "offset": offset, "perPage": 18, "results": refs}
    return {**state, "ProductQueryResult:x": result}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Lego(), question, answers)


async def one(product: dict[str, Any], service: dict[str, Any] = UNKNOWN) -> Item:
    """The item of a product in GraphQL's shape."""
    item, _ = await asked(detail(f"lego/building_set/{NUMBER}"), {DETAILS: details(product, service)})
    assert isinstance(item, Item)
    return item


# --- Shops ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "region", "tag"),
    [
        ("", "", "fr-FR"),
        ("en", "", "en-US"),
        ("en-GB", "", "en-GB"),
        ("en-GB", "AU", "en-AU"),
        ("fr", "BE", "fr-BE"),
        ("de", "FR", "de-DE"),
        ("no", "", "nb-NO"),
        ("", "PL", "pl-PL"),
        ("zu", "", "fr-FR"),
        ("pt-BR", "", "pt-PT"),
    ],
)
async def test_language_and_region_choose_the_shop(language: str, region: str, tag: str) -> None:
    assert shop_of(language, region).tag == tag
    page, up = await asked(search("ship", language=language, region=region), {SEARCH: hits(node(slug="a-31999"))})
    assert up.requests[0].headers["x-locale"] == tag
    assert page.items[0].links[0].url == f"https://www.lego.com/{tag.lower()}/product/a-31999"
    assert page.items[0].language == tag[:2]


# --- Search --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "descending", "sort"),
    [
        (Order.BY_UNSPECIFIED, None, ("RELEVANCE", "DESC")),
        (Order.RELEVANCE, False, ("RELEVANCE", "ASC")),
        (Order.PRICE, None, ("PRICE", "ASC")),
        (Order.PRICE, True, ("PRICE", "DESC")),
    ],
)
async def test_orders_reach_graphql_and_the_site(order: Any, descending: Any, sort: tuple[str, str]) -> None:
    question = search("ship", order_by=order, descending=descending)
    _, up = await asked(question, {SEARCH: hits(node())})
    variables = up.requests[0].json["variables"]
    assert (variables["q"], variables["page"], variables["perPage"]) == ("ship", 1, 24)
    assert variables["sort"] == {"key": sort[0], "direction": sort[1]}
    assert variables["visibility"] == {"includeFreeProducts": False, "includeRetiredProducts": True}
    _, up = await asked(question, {SEARCH: DOWN, "/fr-fr/search": html(tiles(NUMBER))})
    expected = {"q": "ship"}
    if order:
        expected |= {"sort.key": sort[0], "sort.direction": sort[1]}
    assert up.params == expected


async def test_pages_go_on_to_the_last() -> None:
    first, _ = await asked(search("ship"), {SEARCH: hits(node(), total=25)})
    assert (first.next, first.total, first.total_is_estimate) == ("2", 25, True)
    last, up = await asked(search("ship", cursor="2"), {SEARCH: hits(node("32000"), total=25)})
    assert (last.next, up.requests[0].json["variables"]["page"]) == ("", 2)
    beyond, _ = await asked(search("ship", cursor="2"), {SEARCH: hits(total=99)})
    assert (list(beyond.items), beyond.next) == ([], "")


async def test_pages_of_the_site_go_on_there() -> None:
    many = [str(31000 + n) for n in range(18)]
    first, up = await asked(search("ship"), {SEARCH: DOWN, "/fr-fr/search": html(tiles(*many))})
    assert (len(first.items), first.next, first.total, up.partial) == (18, "page-2", None, True)
    last, up = await asked(search("ship", cursor="page-2"), {"/fr-fr/search": html(tiles(NUMBER))})
    assert (last.next, up.params, up.partial) == ("", {"q": "ship", "page": "2"}, False)


@pytest.mark.parametrize("cursor", ["page-x", "x"])
async def test_a_cursor_of_somebody_else_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidField):
        await asked(search("ship", cursor=cursor), {SEARCH: hits(node()), "/fr-fr/search": html()})


async def test_a_later_page_of_graphql_is_not_looked_for_elsewhere() -> None:
    with pytest.raises(Unreachable):
        await asked(search("ship", cursor="2"), {SEARCH: DOWN, "/fr-fr/search": html(tiles(NUMBER))})


async def test_what_is_no_set_is_left_out() -> None:
    others = [
        node("5006290"),
        node("40179"),
        node("501020"),
        node("40001", name="LEGO\u00ae Gift Card"),
        node("40002", name="Carte cadeau"),
        node("40003", name="VIP reward box"),
        node("B1000"),
    ]
    page, _ = await asked(search("card"), {SEARCH: hits(*others, node())})
    assert [x.source_id for x in page.items] == [NUMBER]


async def test_a_number_leads_to_its_set() -> None:
    answers = {SEARCH: leads_to("/fr-fr/product/a-set-31999"), DETAILS: details(node())}
    page, up = await asked(search(NUMBER), answers)
    assert ([x.source_id for x in page.items], page.total) == ([NUMBER], 1)
    assert f'product(productCode: "{NUMBER}")' in up.requests[-1].json["query"]
    shown: dict[str, Any] = {"/fr-fr/search": html("<h1 data-test='product-overview-name'>A set</h1>")}
    page, _ = await asked(search(NUMBER), {SEARCH: DOWN, **shown})
    assert [(x.source_id, x.title) for x in page.items] == [(NUMBER, "A set")]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/fr-fr/themes/space", "/fr-fr/themes/space"),
        ("https://www.lego.com/en-us/categories/adults-welcome?icmp=x", "/fr-fr/categories/adults-welcome"),
        ("/fr-fr/bestsellers", "/fr-fr/bestsellers"),
        ("/fr-fr/service/contact-us", None),
        ("https://ideas.example.com/fr-fr/themes/space", None),
    ],
)
async def test_words_may_lead_to_a_list(url: str, path: str | None) -> None:
    answers: dict[str, Any] = {SEARCH: leads_to(url)}
    if path:
        answers[path] = html(tiles(NUMBER))
    page, up = await asked(search("space"), answers)
    assert [x.source_id for x in page.items] == ([NUMBER] if path else [])
    assert up.paths[1:] == ([path] if path else [])


async def test_a_list_that_words_lead_to_goes_on() -> None:
    answers = {SEARCH: leads_to("/fr-fr/themes/space"), "/fr-fr/themes/space": html("", cache("31001", total=30))}
    first, _ = await asked(search("space"), answers)
    assert (first.next, first.total) == ("2", 30)
    _, up = await asked(search("space", cursor=first.next), answers)
    assert (up.requests[0].json["variables"]["page"], up.params) == (2, {"page": "2"})


@pytest.mark.parametrize("theme", ["star-wars", "LEGO\u00ae Star Wars\u2122", "Star Wars"])
async def test_a_theme_is_a_list_of_its_own(theme: str) -> None:
    page, up = await asked(search(theme=theme, cursor="page-2"), {"/fr-fr/themes/star-wars": html(tiles(NUMBER))})
    assert ([x.source_id for x in page.items], up.params) == ([NUMBER], {"page": "2"})
    page, _ = await asked(search("ship", theme=theme), {SEARCH: hits(node())})
    assert page.ignored == ("theme",)
    with pytest.raises(Unsupported):
        await asked(search(), {})


# --- Errors --------------------------------------------------------------------------------------------------


async def test_graphql_is_asked_again_with_a_login() -> None:
    answers = {SEARCH: (REFUSED, hits(node())), f"{API}/Login": {"data": {"login": "abc"}}}
    page, up = await asked(search("ship", cursor="1"), answers)
    assert up.paths == [SEARCH, f"{API}/Login", SEARCH]
    headers = [request.headers for request in up.requests]
    assert "Authorization" not in headers[0]
    assert (headers[2]["Authorization"], headers[2]["Cookie"]) == ("abc", "gqauth=abc")
    assert len(page.items) == 1


def failing(code: str) -> dict[str, Any]:
    return {"errors": [{"message": "no", "extensions": {"code": code}}], "data": {"searchProducts": None}}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (REFUSED, Blocked),
        (failing("FORBIDDEN"), Blocked),
        (failing("INTERNAL_SERVER_ERROR"), Unreachable),
        ({"errors": [{"message": "no"}]}, Unreachable),
        (failing("GRAPHQL_VALIDATION_FAILED"), ShapeChanged),
        ({"data": {"searchProducts": None}}, ShapeChanged),
        ({"data": {"searchProducts": {"__typename": "SearchProducts", "productResult": None}}}, ShapeChanged),
        ({"data": {"searchProducts": {"productResult": {"total": 1, "results": [{"name": "x"}]}}}}, ShapeChanged),
        ({}, ShapeChanged),
        ([], ShapeChanged),
        (Answer({}, status=429, headers={"retry-after": "5"}), RateLimited),
        (Answer("no", status=403), Blocked),
    ],
)
async def test_errors_of_graphql(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("ship", cursor="1"), {SEARCH: answer, f"{API}/Login": {"data": {"login": "abc"}}})


async def test_no_login_is_a_wall() -> None:
    with pytest.raises(Blocked):
        await asked(search("ship", cursor="1"), {SEARCH: REFUSED, f"{API}/Login": {"data": {"login": None}}})


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (html("<h1>Cette page n'existe pas</h1>"), NotFound),
        (html(title="Page not found"), NotFound),
        (html("<h1>Welcome</h1>"), ShapeChanged),
        (Answer("<html><body>hello</body></html>", headers={"content-type": "text/html"}), ShapeChanged),
        (Answer(str(html(tiles(NUMBER)).body)[:-40], headers={"content-type": "text/html"}), ShapeChanged),
        (Answer("<title>Just a moment...</title>", status=403, headers={"content-type": "text/html"}), Blocked),
        (Answer("", status=404), NotFound),
    ],
)
async def test_pages_that_are_no_list(page: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(trending(Feed.RECENT), {"/fr-fr/categories/new-sets-and-products": page})


@pytest.mark.parametrize(
    ("page", "cursor"), [(html(tiles()), "page-2"), (html("<h1>x</h1>", cache(total=0)), "page-1")]
)
async def test_an_empty_list_is_recognised(page: Answer, cursor: str) -> None:
    found, _ = await asked(search("zzz", cursor=cursor), {"/fr-fr/search": page})
    assert (list(found.items), found.next) == ([], "")


@pytest.mark.parametrize("page", [html(tiles()), html('<ul id="product-listing-grid"><li>soon</li></ul>')])
async def test_a_first_page_without_products_is_not_known_to_be_empty(page: Answer) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("zzz", cursor="page-1"), {"/fr-fr/search": page})


# --- Feeds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feed", "path"),
    [
        (Feed.RECENT, "/en-gb/categories/new-sets-and-products"),
        (Feed.UPCOMING, "/en-gb/categories/coming-soon"),
        (Feed.LAST_CHANCE, "/en-gb/categories/last-chance-to-buy"),
        (Feed.ON_SALE, "/en-gb/categories/sales-and-deals"),
        (Feed.CHART, "/en-gb/bestsellers"),
    ],
)
async def test_feeds_are_the_shops_own_lists(feed: Any, path: str) -> None:
    numbers = ("31001", "5001002", "31003")
    question = trending(feed, language="en", region="GB", cursor="page-2")
    page, up = await asked(question, {path: html(tiles(), cache(*numbers, total=40, offset=18))})
    assert up.params == {"page": "2"}
    assert ([x.source_id for x in page.items], page.next, page.total) == (["31001", "31003"], "page-3", 40)
    places = [x.context.position for x in page.items]
    assert places == ([19, 21] if feed == Feed.CHART else [0, 0]), "what is left out keeps its place"
    assert [x.building_set.pieces for x in page.items] == [1, 3]


@pytest.mark.parametrize(("total", "following"), [(18, ""), (19, "page-2"), (None, "")])
async def test_the_total_says_whether_there_is_more(total: int | None, following: str) -> None:
    page, _ = await asked(trending(Feed.CHART), {"/fr-fr/bestsellers": html("", cache("31001", total=total))})
    assert (page.next, page.total, page.total_is_estimate) == (following, total, total is not None)


@pytest.mark.parametrize("name", ["__APOLLO_STATE__", "initialApolloState", "apolloState"])
async def test_the_cache_has_several_names(name: str) -> None:
    page, _ = await asked(trending(Feed.CHART), {"/fr-fr/bestsellers": html("", cache("31007", total=1), name=name)})
    assert (page.items[0].title, page.items[0].building_set.pieces) == ("Set 31007", 7)


# --- Sets ----------------------------------------------------------------------------------------------------


async def test_what_is_not_given_stays_unset() -> None:
    item = await one(node(variant=None, slug=None, description=None, productMediaAssets=None))
    assert (item.title, item.HasField("year"), item.description, item.availability) == (f"Set {NUMBER}", False, "", 0)
    assert (list(item.images), list(item.links), list(item.prices), list(item.tags)) == ([], [], [], [])
    assert (item.HasField("rating"), dict(item.attributes)) == (False, {})
    assert [(x.scheme, x.value) for x in item.external_ids] == [("set_number", NUMBER)]
    bricks = item.building_set
    assert not any(one.name in ("pieces", "minifigs", "ages", "is_new", "on_sale") for one, _ in bricks.ListFields())
    assert (bricks.HasField("sale_percentage"), bricks.HasField("dimensions")) == (False, False)
    assert (bricks.theme, list(bricks.features), list(bricks.instructions)) == ("", [], [])


@pytest.mark.parametrize(
    ("price", "listed", "amounts"),
    [
        ((1999, "EUR"), 2499, [(Price.CURRENT, "EUR", 19, 990_000_000), (Price.LIST, "EUR", 24, 990_000_000)]),
        ((1999, "GBP"), 1999, [(Price.CURRENT, "GBP", 19, 990_000_000)]),
        ((1999, "USD"), None, [(Price.CURRENT, "USD", 19, 990_000_000)]),
        ((1905, "EUR"), 1500, [(Price.CURRENT, "EUR", 19, 50_000_000)]),
        ((0, "EUR"), 2499, []),
        ((1999, None), 2499, []),
        ((None, "EUR"), 2499, []),
    ],
)
async def test_prices(price: tuple[Any, Any], listed: Any, amounts: list[Any]) -> None:
    told = {"centAmount": price[0], "currencyCode": price[1], "formattedAmount": "84,99 lei"}
    item = await one(node(**variant(price=told, listPrice={"centAmount": listed, "formattedAmount": "1"})))
    found = [(x.type, x.amount.currency_code, x.amount.units, x.amount.nanos) for x in item.prices]
    assert found == amounts


@pytest.mark.parametrize(
    ("status", "availability"),
    [
        ("E_AVAILABLE", Availability.IN_STOCK),
        ("F_BACKORDER_FOR_DATE", Availability.BACKORDER),
        ("A_PRE_ORDER_FOR_DATE", Availability.PREORDER),
        ("B_COMING_SOON_AT_DATE", Availability.COMING_SOON),
        ("C_OUT_OF_STOCK", Availability.OUT_OF_STOCK),
        ("D_TEMPORARILY_SOLD_OUT", Availability.OUT_OF_STOCK),
        ("H_OUT_OF_STOCK", Availability.OUT_OF_STOCK),
        ("R_RETIRED", Availability.RETIRED),
        ("Z_SOMETHING_ELSE", Availability.TYPE_UNSPECIFIED),
        (None, Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_availability(status: str | None, availability: Any) -> None:
    item = await one(node(**variant({"availabilityStatus": status, "availabilityText": " Soon "})))
    assert (item.availability, item.availability_text) == (availability, "Soon")


@pytest.mark.parametrize(
    ("text", "ages"), [("18+", (18, 0)), ("6-12", (6, 12)), ("1\u00bd+", (1, 0)), ("4\u20137", (4, 7)), ("?", None)]
)
async def test_ages(text: str, ages: tuple[int, int] | None) -> None:
    bricks = (await one(node(**variant({"ageRange": text})))).building_set
    assert ((bricks.ages.min, bricks.ages.max) if bricks.HasField("ages") else None) == ages


async def test_a_set_that_can_only_be_read_about() -> None:
    item = await one(node(readOnlyVariant={"sku": "1", "attributes": {"pieceCount": 5}}))
    assert (item.building_set.pieces, item.external_ids[1].value) == (5, "1")


async def test_pictures_videos_and_words() -> None:
    picture = "https://www.lego.com/cdn/a.png"
    item = await one(
        node(
            name="WALL\u2022E\u2122",
            description="<p>One.</p><p>Two &amp; three.</p>",
            featuresText="<ul><li>Turns</li><li>Shines</li></ul>",
            primaryImage=f"{picture}?width=320",
            baseImgUrl=picture,
            productCategories=[{"name": "Adults"}, {"name": ""}],
            brandCategory={"name": "Disney\u2122"},
            productMediaAssets=[
                {"__typename": "ProductAssetImage", "url": f"{picture}?fit=bounds"},
                {"__typename": "ProductAssetImage", "url": "/cdn/b.png?x=1", "altText": "Back"},
                {"__typename": "ProductAssetVideo", "video": {"title": "Tour", "videoFormats": []}},
                {"__typename": "ProductAssetVideo", "video": {"title": "Tour", "videoFormats": [{"url": "/v.mp4"}]}},
            ],
            **variant({"buildHeight": 12.5, "buildWidth": 0, "minifigureCount": 3, "rating": 4.5}),
        )
    )
    assert (item.title, item.description, list(item.tags)) == ("WALL\u2022E\u2122", "One.\n\nTwo & three.", ["Adults"])
    assert [(x.role, x.url, x.caption) for x in item.images] == [
        (Image.PRIMARY, picture, ""),
        (Image.THUMBNAIL, f"{picture}?width=320", ""),
        (Image.GALLERY, "https://www.lego.com/cdn/b.png", "Back"),
    ]
    bricks = item.building_set
    assert (list(bricks.features), bricks.theme, bricks.minifigs) == (["Turns", "Shines"], "Disney\u2122", 3)
    assert [(x.title, x.url) for x in bricks.videos] == [("Tour", "https://www.lego.com/v.mp4")]
    assert dict(item.attributes) == {"build_height": "12.5"}


async def test_the_instructions_service_knows_the_year() -> None:
    service = record({"pdf": {"pdfUrl": "/cdn/6.pdf", "fileSize": "12"}}, ageRating="9+", setPieceCount="77")
    item = await one(node(**variant({"pieceCount": 70})), service)
    assert (item.year, item.building_set.pieces, item.building_set.ages.min) == (2019, 70, 9)
    assert [(x.url, x.size_bytes) for x in item.building_set.instructions] == [("https://www.lego.com/cdn/6.pdf", 12)]


async def test_a_set_that_only_the_instructions_service_knows() -> None:
    answers = {DETAILS: details(None, record(theme={"themeName": "Castle"}, setImage={"src": "/cdn/c.png"}))}
    item, _ = await asked(detail("lego/building_set/6080"), answers)
    assert (item.source_id, item.title, item.year, item.building_set.theme) == ("6080", "A set", 2019, "Castle")
    assert (item.availability, list(item.prices), item.images[0].url) == (0, [], "https://www.lego.com/cdn/c.png")


async def test_no_such_set() -> None:
    with pytest.raises(NotFound):
        await asked(detail("lego/building_set/31998"), {DETAILS: details(None)})
    with pytest.raises(NotFound):
        await asked(detail("lego/building_set/abc"), {})
    page, _ = await asked(lookup("set_number", "31998"), {DETAILS: details(None)})
    assert list(page.items) == []


@pytest.mark.parametrize(
    ("code", "found"), [(NUMBER, True), (f"{NUMBER}-1", True), (f"{NUMBER}-2", False), ("x", False)]
)
async def test_look_up(code: str, found: bool) -> None:
    page, up = await asked(lookup("set_number", code, language="de"), {DETAILS: details(node())})
    assert [x.source_id for x in page.items] == ([NUMBER] if found else [])
    assert [x.headers["x-locale"] for x in up.requests] == (["de-DE"] if found else [])


MARKUP = f"""
<a href="/x" class="a ProductOverview_themeLink__z">Space</a><h1 data-test="product-overview-name">A set</h1>
<span data-test="product-details-pieces">1,234</span><span data-test="product-details-ages">8+</span>
<img src="/cdn/{NUMBER}_Prod.png?w=9"><img src="/cdn/{NUMBER}_Prod.png?w=1"><img src="/cdn/{NUMBER}0_Prod.png">
<script type="application/ld+json">{{"@type": ["Product"], "description": "Told.", "offers":
[{{"price": "9.50", "priceCurrency": "EUR", "availability": "http://schema.org/OutOfStock"}}]}}</script>
"""


async def test_a_page_without_a_cache_is_read_as_it_stands() -> None:
    answers = {DETAILS: DOWN, f"/fr-fr/product/{NUMBER}": html(MARKUP)}
    item, _ = await asked(detail(f"lego/building_set/{NUMBER}"), answers)
    assert (item.title, item.description, item.building_set.theme) == ("A set", "Told.", "Space")
    assert (item.building_set.pieces, item.building_set.ages.min) == (1234, 8)
    assert [(x.role, x.url) for x in item.images] == [(Image.PRIMARY, f"https://www.lego.com/cdn/{NUMBER}_Prod.png")]
    assert [(x.amount.units, x.amount.nanos) for x in item.prices] == [(9, 500_000_000)]
    assert item.availability == Availability.OUT_OF_STOCK


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (html("<h1>Hello</h1>", cache("31001")), NotFound),
        (html("<h1>Cette page n\u2019existe pas</h1>"), NotFound),
        (html("<h1>Hello</h1>"), ShapeChanged),
    ],
)
async def test_a_page_of_another_product_is_not_taken(page: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail(f"lego/building_set/{NUMBER}"), {DETAILS: DOWN, f"/fr-fr/product/{NUMBER}": page})


# --- Instructions --------------------------------------------------------------------------------------------

INSTRUCTIONS = related(f"lego/building_set/{NUMBER}", Relation.INSTRUCTIONS)
PAGE = f"/fr-fr/service/building-instructions/{NUMBER}"


async def test_instructions_of_graphql() -> None:
    documents = [
        {
            "pdf": {"pdfUrl": f"/cdn/6{n}.pdf", "fileSize": "9", "coverImage": {"src": "/c.png"}},
            "sequence": {"element": str(n), "total": "2"},
            "isAdditionalInfoBooklet": n == 2,
        }
        for n in (1, 2)
    ]
    answer = {"data": {"customerService": {"getBuildingInstructionsForSet": record(*documents)}}}
    page, up = await asked(INSTRUCTIONS, {BOOKLETS: answer})
    assert ([x.source_id for x in page.items], page.total) == ([f"{NUMBER}/1", f"{NUMBER}/2"], 2)
    assert [(x.title, x.instruction.sequence, x.instruction.additional) for x in page.items] == [
        ("A set", 1, False),
        ("A set", 2, True),
    ]
    assert f'getBuildingInstructionsForSet(setNumber: "{NUMBER}")' in up.requests[0].json["query"]


async def test_a_set_without_instructions() -> None:
    answer = {"data": {"customerService": {"getBuildingInstructionsForSet": UNKNOWN}}}
    page, _ = await asked(INSTRUCTIONS, {BOOKLETS: answer})
    assert (list(page.items), page.total) == ([], 0)


KEY = f'getBuildingInstructionsForSet({{"setNumber":"{NUMBER}"}})'


@pytest.mark.parametrize(
    ("page", "files"),
    [
        (html("", {f"$ROOT_QUERY.customerService.{KEY}": {"status": "Not Found", "data": None}}), []),
        (html("", {"ROOT_QUERY": {"customerService": {KEY: {"data": {"buildingInstructions": []}}}}}), []),
        (html("", {"ROOT_QUERY": {"customerService": {KEY: None}}}), []),
        (
            html(
                '<a href="/cdn/product-assets/product.bi.core.pdf/6501.pdf">1</a>'
                '<a href="/cdn/product-assets/product.bi.core.pdf/6501.pdf">again</a>'
                '<a href="/cdn/product-assets/product.bi.core.pdf">folder</a>'
                '<a href="/cdn/cs/aboutus/assets/modern-slavery-statement-2024.pdf">law</a>'
            ),
            ["6501.pdf"],
        ),
    ],
)
async def test_instructions_of_their_page(page: Answer, files: list[str]) -> None:
    found, _ = await asked(INSTRUCTIONS, {BOOKLETS: DOWN, PAGE: page})
    assert [x.instruction.url.rpartition("/")[2] for x in found.items] == files


def old(number: str, *, more: bool = False) -> dict[str, Any]:
    document = {
        "pdfLocation": f"https://www.lego.com/biassets/bi/{number}.pdf",
        "description": "BI",
        "isAlternative": True,
    }
    products = [{"productId": number, "buildingInstructions": [document]}]
    return {"count": 1, "totalCount": 2, "moreData": more, "products": products}


async def test_instructions_of_the_old_service() -> None:
    answers = {BOOKLETS: DOWN, PAGE: DOWN, OLD: (old(f"{NUMBER}0", more=True), old(NUMBER))}
    page, up = await asked(INSTRUCTIONS, answers)
    assert [(x.source_id, x.instruction.alternative) for x in page.items] == [(f"{NUMBER}/1", True)]
    assert (up.params["prefixText"], up.params["fromIndex"], up.params["locale"]) == (NUMBER, "1", "fr-FR")
    page, _ = await asked(INSTRUCTIONS, {BOOKLETS: DOWN, PAGE: DOWN, OLD: old(f"{NUMBER}0")})
    assert list(page.items) == [], "sets whose number only begins so are others"


@pytest.mark.parametrize("answer", [{"products": []}, [], Answer("<html>gone</html>", status=404)])
async def test_the_end_of_the_old_service_is_no_empty_answer(answer: Any) -> None:
    with pytest.raises(Unreachable):
        await asked(INSTRUCTIONS, {BOOKLETS: DOWN, PAGE: DOWN, OLD: answer})


# --- Themes --------------------------------------------------------------------------------------------------

THEMES = """
<a href="/fr-fr/themes/star-wars"><h2>Star Wars\u2122</h2><span>Acheter</span></a>
<a href="/fr-fr/themes/star-wars">Acheter</a><a href="/fr-fr/themes/city" aria-label="City"><img></a>
<a href="/fr-fr/themes/city/about">more</a><a href="/fr-fr/themes/art"><img></a>
"""


async def test_themes() -> None:
    page, _ = await asked(terms(Term.THEMES), {"/fr-fr/themes": html(THEMES)})
    assert [(x.id, x.name) for x in page.terms] == [("star-wars", "Star Wars\u2122"), ("city", "City")]
    page, _ = await asked(terms(Term.THEMES, term_id="city"), {"/fr-fr/themes": html(THEMES)})
    assert [x.name for x in page.terms] == ["City"]
    with pytest.raises(ShapeChanged):
        await asked(terms(Term.THEMES), {"/fr-fr/themes": html("nothing")})


async def test_what_it_has_not_is_refused() -> None:
    with pytest.raises(Unsupported):
        await asked(related(f"lego/building_set/{NUMBER}", Relation.PARTS), {})
    with pytest.raises(Unsupported):
        await asked(terms(Term.COLORS), {})
