"""PLAYMOBIL."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page
from tests.conformance.cases import Facts, detail, related, search, trending

facts = Facts("playmobil", walk="sample farm", nothing="zzzz")

MEDIA = "https://media.playmobil.com/i/playmobil"


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def amounts(item: Item) -> list[tuple[Price.Type.ValueType, str, int, int]]:
    return [(p.type, p.amount.currency_code, p.amount.units, p.amount.nanos // 10_000_000) for p in item.prices]


@facts("synthetic-search-chateau", search("chateau"))
def sets_each_once_and_no_gift_card(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["99201", "99202", "9920"], None, "")
    castle, dragon, stall = page.items
    assert (castle.kind, castle.title, castle.language) == (
        Item.BUILDING_SET,
        "Ch\u00e2teau fort synth\u00e9tique",
        "fr",
    )
    assert (amounts(castle), castle.building_set.HasField("on_sale")) == ([(Price.CURRENT, "EUR", 129, 99)], False)
    assert castle.prices[0].country == "FR"
    assert ids(castle) == [("set_number", "99201"), ("sku", "99201")]
    assert (castle.building_set.brand, castle.building_set.category) == ("PLAYMOBIL", "Knights")
    assert dict(castle.attributes) == {"subcategory": "Ch\u00e2teaux"}
    assert [(one.role, one.url) for one in castle.images] == [(Image.PRIMARY, f"{MEDIA}/99201_product_detail")]
    assert [(one.role, one.url) for one in castle.links] == [
        (Link.SOURCE, "https://www.playmobil.com/fr-fr/ch%C3%A2teau-fort-synthetique/99201.html")
    ]
    assert (castle.HasField("year"), castle.availability, castle.HasField("rating")) == (False, 0, False)
    assert dragon.title == 'Chevalier & dragon "rouge"'
    assert amounts(dragon) == [(Price.CURRENT, "EUR", 19, 99), (Price.LIST, "EUR", 24, 99)]
    assert dragon.building_set.on_sale is True
    assert dragon.links[0].url == "https://www.playmobil.com/fr-fr/99202.html", "its own is broken"
    assert (stall.title, amounts(stall)) == ("Petite \u00e9choppe", [(Price.CURRENT, "EUR", 9, 99)])


@facts("synthetic-search-itemlist-only", search("chateau"))
def sets_of_which_only_addresses_are_told(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.next) == (["99201", "9920"], "")
    assert [one.title for one in page.items] == ["99201", "9920"]
    assert page.items[0].links[0].url == "https://www.playmobil.com/fr-fr/chateau-fort-synthetique/99201.html"
    assert (list(page.items[0].prices), list(page.items[0].images), page.items[0].language) == ([], [], "")


@facts("synthetic-search-empty", search("zzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.next) == ([], "")


@facts("synthetic-trending-new", trending(Feed.RECENT))
def what_is_new(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.next) == (["99203", "99204"], "")
    shuttle, camp = page.items
    assert (shuttle.title, shuttle.building_set.category) == ("Navette synth\u00e9tique", "Space")
    assert (amounts(shuttle), amounts(camp)) == (
        [(Price.CURRENT, "EUR", 59, 99)],
        [(Price.CURRENT, "EUR", 34, 99)],
    )
    assert (camp.title, camp.HasField("context")) == ("Camp des ours", False)


@facts("synthetic-detail-99202", detail("playmobil/building_set/chevalier-et-dragon-rouge/99202"))
def a_set_with_all_that_its_page_tells(item: Item) -> None:
    assert (item.kind, item.source_id, item.title) == (Item.BUILDING_SET, "99202", 'Chevalier & dragon "rouge"')
    assert (item.description, item.language) == ("Le dragon rouge garde la passe. Texte invent\u00e9.", "fr")
    assert (item.year, item.release_date) == (2026, "")
    assert (item.availability, item.availability_text) == (Availability.IN_STOCK, "")
    assert amounts(item) == [(Price.CURRENT, "EUR", 19, 99), (Price.LIST, "EUR", 24, 99)]
    assert ids(item) == [("set_number", "99202"), ("ean", "4008789992024")]
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, f"{MEDIA}/99202_product_detail"),
        (Image.BOX_FRONT, f"{MEDIA}/99202_product_box_front"),
    ]
    assert [(one.role, one.url) for one in item.links] == [(Link.SOURCE, "https://www.playmobil.com/fr-fr/99202.html")]
    bricks = item.building_set
    assert (bricks.pieces, bricks.figures, bricks.HasField("minifigs")) == (58, 2, False)
    assert (bricks.ages.min, bricks.ages.max, bricks.category) == (4, 10, "Knights")
    assert list(bricks.features) == ["Avec un dragon articul\u00e9 et une catapulte", "58 pi\u00e8ces, 4 - 10 ans"]
    assert bricks.contents == "Personnages: 1 homme, 1 femme; Animaux: 1 dragon; Accessoires: 1 \u00e9p\u00e9e"
    assert (bricks.dimensions.text, bricks.dimensions.weight_g) == ("14.2 x 14.2 x 10.0 cm", 231)
    assert [bricks.dimensions.HasField(x) for x in ("height_cm", "width_cm", "depth_cm")] == [False] * 3
    assert [(one.url, one.format) for one in bricks.instructions] == [
        ("https://playmobil.a.bigcontent.io/v1/static/99202_buildinginstruction", "PDF")
    ]


@facts("synthetic-detail-9920-archived", detail("playmobil/building_set/9920"))
def a_set_that_is_no_longer_sold(item: Item) -> None:
    assert (item.source_id, item.title) == ("9920", "Poulailler synth\u00e9tique")
    assert (item.availability, item.availability_text) == (Availability.RETIRED, "Article retir\u00e9 du catalogue")
    assert (list(item.prices), list(item.images), item.HasField("year")) == ([], [], False)
    bricks = item.building_set
    assert (bricks.HasField("pieces"), bricks.HasField("figures"), bricks.HasField("dimensions")) == (False,) * 3


@facts(
    "synthetic-related-instructions-head-404",
    related("playmobil/building_set/99999", Relation.INSTRUCTIONS),
)
def no_instruction(page: Page) -> None:
    assert (list(page.items), page.total) == ([], 0)


facts.not_asked(
    "synthetic-error-cloudflare", "the wall before the shop's front, which is no list; test_playmobil.py has the wall"
)
