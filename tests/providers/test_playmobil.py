"""PLAYMOBIL."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import Availability, Image, Price
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.playmobil import Playmobil
from tako_providers.construction_toys.playmobil.shops import shop_of
from tako_providers.sdk import Blocked, InvalidField, NotFound, RateLimited, ShapeChanged, Unreachable, Unsupported
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, html_page

NUMBER = "71999"
SEARCH = "/fr-fr/resultat-de-la-recherche/"
PRODUCT = f"/fr-fr/product/{NUMBER}.html"
DOCUMENT = f"/v1/static/{NUMBER}_buildinginstruction"
MEDIA = "https://media.playmobil.com/i/playmobil"
NONE = Answer("", status=404)


def page(body: str = "", head: str = "") -> Answer:
    return html_page(body, head=head)


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def tile(number: str = NUMBER, inside: str = "", **more: Any) -> str:
    entry = {"item_id": number, "item_name": f"Set {number}", **more}
    layer = html.escape(json.dumps({"event": "view_item_list", "ecommerce": {"items": [entry]}}))
    return f'<div class="x productTile" data-datalayer-impression="{layer}">{inside}</div>'


def grid(*tiles: str) -> str:
    return f'<div class="search-results row">{"".join(tiles)}</div>'


def product(body: str = "", entry: dict[str, Any] | None = None, **told: Any) -> Answer:
    layer = html.escape(json.dumps([{"event": "x"}, {"event": "view_item", "ecommerce": {"items": [entry or {}]}}]))
    head = ld({"@type": ["Product"], "name": "A set", "sku": NUMBER, **told})
    return page(f'<div data-datalayer="{layer}"></div>{body}', head)


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Playmobil(), question, answers)


async def found(*tiles: str) -> list[Item]:
    """The sets of a page with these tiles."""
    result, _ = await asked(search("castle"), {SEARCH: page(grid(*tiles))})
    return list(result.items)


async def one(answer: Answer, document: Answer = NONE) -> Item:
    """The set of a product page."""
    item, _ = await asked(detail(f"playmobil/building_set/{NUMBER}"), {PRODUCT: answer, DOCUMENT: document})
    assert isinstance(item, Item)
    return item


# --- Asking --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "region", "path"),
    [
        ("", "", "/fr-fr"),
        ("de", "", "/de-de"),
        ("de-CH", "", "/de-ch"),
        ("de", "AT", "/de-at"),
        ("en", "FR", "/en-us"),
        ("", "MX", "/es-mx"),
        ("", "CA", "/fr-ca"),
        ("pl", "", "/fr-fr"),
    ],
)
async def test_language_and_region_choose_the_shop(language: str, region: str, path: str) -> None:
    assert shop_of(language, region).path == path
    question = search("castle", language=language, region=region)
    result, up = await asked(question, {f"{path}/resultat-de-la-recherche/": page(grid(tile()))})
    assert up.params == {"q": "castle"}
    assert result.items[0].language == path[1:3]
    assert result.items[0].links[0].url == f"https://www.playmobil.com{path}/{NUMBER}.html"


async def test_pages_go_on_to_the_last() -> None:
    many = grid(*(tile(str(70000 + n)) for n in range(23)), tile("70000"))
    first, _ = await asked(search("castle"), {SEARCH: page(many)})
    assert (len(first.items), first.next, first.total) == (23, "24", None)
    last, up = await asked(search("castle", cursor="24"), {SEARCH: page(grid(tile()))})
    assert (last.next, up.params) == ("", {"q": "castle", "start": "24", "sz": "24"})
    after, _ = await asked(search("castle", cursor="48"), {SEARCH: page(grid())})
    assert (list(after.items), after.next) == ([], "")
    with pytest.raises(InvalidField):
        await asked(search("castle", cursor="x"), {})


@pytest.mark.parametrize(
    ("feed", "path", "params"),
    [
        (Feed.RECENT, "/fr-fr/nouveautes/", {"srule": "new-arrivals"}),
        (Feed.CHART, SEARCH, {"cgid": "root", "srule": "Topseller"}),
    ],
)
async def test_feeds(feed: Any, path: str, params: dict[str, str]) -> None:
    tiles = [tile("70001"), tile("GIFT50"), tile("70002")]
    result, up = await asked(trending(feed, cursor="24"), {path: page("".join(tiles))})
    assert up.params == {**params, "start": "24", "sz": "24"}
    assert [x.source_id for x in result.items] == ["70001", "70002"]
    places = [x.context.position for x in result.items]
    assert places == ([25, 27] if feed == Feed.CHART else [0, 0]), "what is left out keeps its place"


# --- Lists ---------------------------------------------------------------------------------------------------


async def test_what_a_tile_does_not_give_stays_unset() -> None:
    (item,) = await found(tile())
    assert (item.title, item.HasField("year"), item.description, item.availability) == (f"Set {NUMBER}", False, "", 0)
    assert (list(item.images), list(item.prices), dict(item.attributes)) == ([], [], {})
    assert [(x.scheme, x.value) for x in item.external_ids] == [("set_number", NUMBER)]
    assert (item.building_set.category, item.building_set.HasField("on_sale")) == ("", False)


@pytest.mark.parametrize(
    ("fields", "amounts"),
    [
        ({"price": 24.99, "discount_price": 19.99}, [(Price.CURRENT, 19), (Price.LIST, 24)]),
        ({"price": "24.99", "discount_price": "19.99"}, [(Price.CURRENT, 19), (Price.LIST, 24)]),
        ({"price": 24.99, "discount_price": None}, [(Price.CURRENT, 24)]),
        ({"price": 24.99, "discount_price": 24.99}, [(Price.CURRENT, 24)]),
        ({"price": 24.99, "discount_price": 0}, [(Price.CURRENT, 24)]),
        ({"price": 0, "discount_price": 5}, []),
        ({"price": None}, []),
        ({"price": 24.99, "currency": None}, []),
    ],
)
async def test_prices(fields: dict[str, Any], amounts: list[tuple[Any, int]]) -> None:
    for item in (
        *await found(tile(**{"currency": "EUR", **fields})),
        await one(product(entry={"currency": "EUR", **fields})),
    ):
        assert [(x.type, x.amount.units) for x in item.prices] == amounts
        assert item.building_set.on_sale is (len(amounts) == 2)


async def test_names_that_are_escaped_again_and_again() -> None:
    name = 'Knight & "red" dragon'
    for times in range(4):
        (item,) = await found(tile(item_name=name))
        assert item.title == 'Knight & "red" dragon', times
        name = html.escape(name)


@pytest.mark.parametrize(
    ("inside", "address", "pictures"),
    [
        (f'<a href="/fr-fr/ch\u00e2teau/{NUMBER}.html">x</a>', f"/fr-fr/ch%C3%A2teau/{NUMBER}.html", 0),
        (f'<a href="/fr-fr/knight-"red"/{NUMBER}.html">x</a>', f"/fr-fr/{NUMBER}.html", 0),
        ('<a href="/fr-fr/other/70000.html">x</a>', f"/fr-fr/{NUMBER}.html", 0),
        (f'<img data-src="//media.playmobil.com/i/playmobil/{NUMBER}_product_detail?w=9">', f"/fr-fr/{NUMBER}.html", 1),
        (f'<img src="{MEDIA}/{NUMBER}0_product_detail">', f"/fr-fr/{NUMBER}.html", 0),
    ],
)
async def test_links_and_pictures_of_the_set_alone(inside: str, address: str, pictures: int) -> None:
    (item,) = await found(tile(inside=inside))
    assert [x.url for x in item.links] == [f"https://www.playmobil.com{address}"]
    assert [x.url for x in item.images] == [f"{MEDIA}/{NUMBER}_product_detail"] * pictures


async def test_a_tile_whose_statistics_are_broken() -> None:
    broken = f'<div class="productTile" data-pid="{NUMBER}" data-datalayer-impression="{{"><img alt="A set"></div>'
    assert [(x.source_id, x.title) for x in await found(broken)] == [(NUMBER, "A set")]
    with pytest.raises(ShapeChanged):
        await found('<div class="productTile" data-datalayer-impression="{}">x</div>')


async def test_what_the_shop_recommends_is_no_result() -> None:
    advised = f'<div class="product-recommendations">{tile("70000")}</div>'
    result, _ = await asked(search("castle"), {SEARCH: page(grid(tile()) + advised)})
    assert [x.source_id for x in result.items] == [NUMBER]
    empty = '<p class="search-results__empty">no</p>'
    listed = ld({"@type": "ItemList", "itemListElement": [{"url": "https://www.playmobil.com/fr-fr/a/70000.html"}]})
    for answer in (page(empty + advised), page(empty + grid(tile("70000"))), page(empty, listed)):
        result, _ = await asked(search("castle"), {SEARCH: answer})
        assert (list(result.items), result.next) == ([], "")


async def test_addresses_alone() -> None:
    addresses = ["https://www.playmobil.com/fr-fr/a/70001.html", "https://www.playmobil.com/fr-fr/a/GIFT.html", ""]
    listed = ld({"@graph": [{"@type": "ItemList", "itemListElement": [{"url": url} for url in addresses]}]})
    result, _ = await asked(search("castle"), {SEARCH: page(head=listed)})
    assert [(x.source_id, x.title, x.links[0].url) for x in result.items] == [("70001", "70001", addresses[0])]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (page("<h1>Welcome</h1>"), ShapeChanged),
        (page(grid()), ShapeChanged),
        (Answer({"hello": 1}, headers={"content-type": "application/json"}), ShapeChanged),
        (page('<div id="challenge-form"></div>', "<title>Just a moment...</title>"), Blocked),
        (Answer("", status=403), Blocked),
        (Answer("", status=429, headers={"retry-after": "9"}), RateLimited),
        (Answer("", status=503), Unreachable),
    ],
)
async def test_trouble_is_no_empty_list(answer: Answer, error: type[Exception]) -> None:
    for question, path in ((search("castle"), SEARCH), (trending(Feed.RECENT), "/fr-fr/nouveautes/")):
        with pytest.raises(error):
            await asked(question, {path: answer})


async def test_a_number_leads_to_its_page() -> None:
    result, _ = await asked(search(NUMBER), {SEARCH: product()})
    assert ([(x.source_id, x.title) for x in result.items], result.next) == ([(NUMBER, "A set")], "")
    with pytest.raises(Unsupported):
        await asked(search(), {})


# --- Sets ----------------------------------------------------------------------------------------------------


async def test_what_is_not_given_stays_unset() -> None:
    item = await one(product())
    assert (item.title, item.HasField("year"), item.description, item.availability) == ("A set", False, "", 0)
    assert (list(item.images), list(item.prices), item.availability_text) == ([], [], "")
    bricks = item.building_set
    assert (bricks.HasField("pieces"), bricks.HasField("figures"), bricks.HasField("ages")) == (False,) * 3
    assert (bricks.HasField("dimensions"), list(bricks.features), list(bricks.instructions)) == (False, [], [])


def feature(text: str) -> str:
    return f'<ul><li><span class="icon"><svg></svg></span> {text}</li></ul>'


@pytest.mark.parametrize(
    ("text", "pieces", "ages"),
    [
        ("58 pi\u00e8ces, 4 - 10 ans", 58, (4, 10)),
        ("1.204 Teile, ab 5 Jahren", 1204, (5, 0)),
        ("For ages 4\u201310 years", None, (4, 10)),
        ("from 4", None, (4, 0)),
        ("d\u00e8s 18 mois", None, None),
        ("4+", None, (4, 0)),
        ("0 pieces", None, None),
        ("with 2 doors", None, None),
    ],
)
async def test_pieces_and_ages_are_in_the_words(text: str, pieces: int | None, ages: tuple[int, int] | None) -> None:
    bricks = (await one(product(feature(text)))).building_set
    assert list(bricks.features) == [text]
    assert (bricks.pieces if bricks.HasField("pieces") else None) == pieces
    assert ((bricks.ages.min, bricks.ages.max) if bricks.HasField("ages") else None) == ages


@pytest.mark.parametrize(
    ("content", "figures"),
    [
        ("Personnages: 1 femme, 2 gar\u00e7ons; Animaux: 9 poules", 3),
        ("Figuren: 2 Ritter; Zubeh\u00f6r: 4 Schwerter", 2),
        ("Figures: 1 man, 1 woman", 2),
        ("Accessoires: 4 \u00e9p\u00e9es", None),
    ],
)
async def test_figures_are_counted_without_animals(content: str, figures: int | None) -> None:
    bricks = (await one(product(f'<p class="pdpProductSpecifications__productContent">{content}</p>'))).building_set
    assert bricks.contents == content
    assert (bricks.figures if bricks.HasField("figures") else None) == figures


def row(label: str, value: str) -> str:
    title = f'<span class="pdpProductSpecifications__detailItemTitle">{label}:</span>'
    return f'<div class="pdpProductSpecifications__mainDetailItem">{title} {value}</div>'


@pytest.mark.parametrize(
    ("rows", "text", "weight", "of_box"),
    [
        (row("Packungsma\u00dfe", "14.2 x 14.2 x 10.0 cm"), "14.2 x 14.2 x 10.0 cm", 0, None),
        (
            row("Produktma\u00dfe", "30 x 22 x 13,5 cm") + row("Packungsma\u00dfe", "4 x 4 x 1 cm"),
            "30 x 22 x 13,5 cm",
            0,
            "4 x 4 x 1 cm",
        ),
        (row("Gewicht", "231 g"), "", 231, None),
        (row("Poids", "1,25 kg") + row("Mati\u00e8re", "ABS"), "", 1250, None),
    ],
)
async def test_size_and_weight(rows: str, text: str, weight: float, of_box: str | None) -> None:
    item = await one(product(rows))
    assert (item.building_set.dimensions.text, item.building_set.dimensions.weight_g) == (text, weight)
    assert item.attributes.get("package_dimensions") == of_box
    assert not item.building_set.dimensions.HasField("height_cm"), "which of the three is the height is not told"


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ('<i class="badges__badge badges__badge--year">2026</i>', 2026),
        ('<ul class="breadcrumbs__list"><li><a>Knights</a></li><li><a>2019</a></li></ul>', 2019),
        ('<ul class="breadcrumbs__list"><li><a>City 2000 Life</a></li></ul>', None),
        ('<i class="badges__badge--year">New</i>', None),
    ],
)
async def test_years(body: str, year: int | None) -> None:
    item = await one(product(body))
    assert (item.year if item.HasField("year") else None) == year


@pytest.mark.parametrize(
    ("offered", "availability"),
    [
        ("https://schema.org/InStock", Availability.IN_STOCK),
        ("http://schema.org/OutOfStock", Availability.OUT_OF_STOCK),
        ("PreOrder", Availability.PREORDER),
        ("https://schema.org/Elsewhere", Availability.TYPE_UNSPECIFIED),
        (None, Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_availability(offered: str | None, availability: Any) -> None:
    offers = {"availability": offered, "price": "9.50", "priceCurrency": "EUR"}
    for told in (offers, [offers]):
        item = await one(product(offers=told))
        assert item.availability == availability
        assert [(x.amount.units, x.amount.nanos) for x in item.prices] == [(9, 500_000_000)]
    retired = await one(product('<p class="pdpMain__archiveInfoBox">Gone</p>', offers=offers))
    assert (retired.availability, retired.availability_text) == (Availability.RETIRED, "Gone")


async def test_prices_that_only_the_page_shows() -> None:
    shown = (
        '<div class="pdpMain__price"><b class="price price--list"><i class="value" content="24.99">24,99</i></b>'
        '<b class="price price--sale"><i class="value" content="19.99">19,99</i></b></div>'
    )
    item = await one(product(shown, offers={"price": "19.99", "priceCurrency": "EUR"}))
    assert [(x.type, x.amount.units) for x in item.prices] == [(Price.CURRENT, 19), (Price.LIST, 24)]
    assert list((await one(product(shown))).prices) == [], "an amount without a currency is no price"


async def test_pictures_texts_and_codes() -> None:
    shown = "".join(
        f'<img src="{MEDIA}/{name}?w=9">'
        for name in (f"{NUMBER}_product_extra1", f"{NUMBER}_product_detail", "70000_product_detail")
    )
    story = '<div class="pdpProductSpecifications__itemStory"><p>One.</p><p>Two.</p></div>'
    item = await one(
        product(
            shown + story,
            {"item_id": NUMBER, "item_name": "The &quot;set&quot;", "item_category": "Knights"},
            description="Short.",
            gtin13="4008789719997",
            image=[f"{MEDIA}/{NUMBER}_product_box_back", f"{MEDIA}/{NUMBER}_product_detail"],
        )
    )
    assert (item.title, item.description, item.building_set.category) == ('The "set"', "One.\n\nTwo.", "Knights")
    assert [(x.role, x.url.rpartition("_product_")[2]) for x in item.images] == [
        (Image.PRIMARY, "detail"),
        (Image.BOX_BACK, "box_back"),
        (Image.GALLERY, "extra1"),
    ]
    assert (await one(product(description="Short."))).description == "Short."


@pytest.mark.parametrize(
    "answer",
    [
        product(sku="70000"),
        page(grid(tile())),
        page('<p class="search-results__empty">no</p>'),
        page(head='<link rel="canonical" href="https://www.playmobil.com/fr-fr/">'),
        page("<h1>Cette page est introuvable</h1>"),
        Answer("<title>404</title>", status=404, headers={"content-type": "text/html"}),
    ],
)
async def test_another_page_in_its_place_is_no_such_set(answer: Answer) -> None:
    with pytest.raises(NotFound):
        await one(answer)
    result, _ = await asked(lookup("set_number", NUMBER), {PRODUCT: answer})
    assert list(result.items) == []


@pytest.mark.parametrize("answer", [page("<h1>Welcome</h1>"), page('<h1 class="pdpMain__productTitle">A set</h1>')])
async def test_a_page_that_is_not_known(answer: Answer) -> None:
    with pytest.raises(ShapeChanged):
        await one(answer)


async def test_a_page_that_only_prints_its_number() -> None:
    body = '<h1 class="pdpMain__productTitle">Eine Burg</h1><p>Artikelnummer: {}</p>'
    assert (await one(page(body.format(NUMBER)))).title == "Eine Burg"
    with pytest.raises(NotFound):
        await one(page(body.format("70000")))


@pytest.mark.parametrize(
    ("source_id", "path"),
    [(NUMBER, PRODUCT), (f"red-castle/{NUMBER}", f"/fr-fr/red-castle/{NUMBER}.html"), ("GIFT50", None), ("1", None)],
)
async def test_ids(source_id: str, path: str | None) -> None:
    question = detail(f"playmobil/building_set/{source_id}")
    if path is None:
        with pytest.raises(NotFound):
            await asked(question, {})
    else:
        item, up = await asked(question, {path: product(), DOCUMENT: NONE})
        assert (item.source_id, up.paths[0]) == (NUMBER, path)


# --- Instructions and look-ups -------------------------------------------------------------------------------

INSTRUCTIONS = related(f"playmobil/building_set/{NUMBER}", Relation.INSTRUCTIONS)


async def test_an_instruction_is_asked_for_without_loading_it() -> None:
    result, up = await asked(INSTRUCTIONS, {DOCUMENT: Answer("", headers={"content-length": "1234"})})
    (item,) = result.items
    assert (up.requests[0].method, up.requests[0].url) == (
        "HEAD",
        f"https://playmobil.a.bigcontent.io/v1/static/{NUMBER}_buildinginstruction",
    )
    assert (item.kind, item.source_id, item.instruction.url) == (Item.INSTRUCTION, f"{NUMBER}/1", up.requests[0].url)
    assert (item.instruction.format, item.instruction.size_bytes, result.total) == ("PDF", 1234, 1)
    result, _ = await asked(INSTRUCTIONS, {DOCUMENT: NONE})
    assert (list(result.items), result.total) == ([], 0)
    with pytest.raises(Unreachable):
        await asked(INSTRUCTIONS, {DOCUMENT: Answer("", status=500)})


async def test_a_set_holds_its_instruction() -> None:
    linked = f'<a href="https://playmobil.a.bigcontent.io{DOCUMENT}">1</a>'
    question = detail(f"playmobil/building_set/{NUMBER}")
    item, up = await asked(question, {PRODUCT: product(linked + linked.replace(NUMBER, "70000"))})
    assert ([x.url for x in item.building_set.instructions], len(up.requests)) == (
        [f"https://playmobil.a.bigcontent.io{DOCUMENT}"],
        1,
    )
    unlinked = await one(product(), Answer(""))
    assert len(unlinked.building_set.instructions) == 1
    assert not unlinked.building_set.instructions[0].HasField("size_bytes")
    item, up = await asked(question, {PRODUCT: product(), DOCUMENT: Answer("", status=503)})
    assert (len(item.building_set.instructions), up.partial) == (0, True)


@pytest.mark.parametrize(("code", "hit"), [(NUMBER, True), (f"{NUMBER}-1", True), ("GIFT50", False)])
async def test_look_up_by_number(code: str, hit: bool) -> None:
    result, up = await asked(lookup("set_number", code), {PRODUCT: product()})
    assert ([x.source_id for x in result.items], len(up.requests)) == (([NUMBER], 1) if hit else ([], 0))


CODE = "4008789981011"


@pytest.mark.parametrize(
    ("answer", "gtin", "hit"),
    [
        (product(gtin13=CODE), CODE, True),
        (product(gtin13="4006381333931"), CODE, False),
        (page(grid(tile(), tile("70000"))), CODE, True),
        (page(grid(tile())), "4006381333931", False),
        (page('<p class="search-results__empty">no</p>'), CODE, False),
    ],
)
async def test_look_up_by_barcode(answer: Answer, gtin: str, hit: bool) -> None:
    result, up = await asked(lookup("ean", CODE), {SEARCH: answer, PRODUCT: product(gtin13=gtin)})
    assert (up.requests[0].params, [x.source_id for x in result.items]) == ((("q", CODE),), [NUMBER] if hit else [])


async def test_what_it_has_not_is_refused() -> None:
    with pytest.raises(Unsupported):
        await asked(related(f"playmobil/building_set/{NUMBER}", Relation.PARTS), {})
    with pytest.raises(Unsupported):
        await asked(terms(Term.THEMES), {})


async def test_a_tile_with_a_broken_number_is_no_gift_card() -> None:
    with pytest.raises(ShapeChanged):
        await found('<div class="productTile" data-pid="9920 layer=&quot;x"></div>')
