"""Lulu-Berlu."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed
from tako.v1.item_parts_pb2 import Availability, Condition, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page
from tests.conformance.cases import Facts, detail, search, trending

facts = Facts("luluberlu", walk="robot exemple", nothing="personne de ce nom")


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def amounts(item: Item) -> list[tuple[Price.Type.ValueType, str, int, int]]:
    return [(p.type, p.amount.currency_code, p.amount.units, p.amount.nanos // 10_000_000) for p in item.prices]


@facts("synthetic-detail-99001", detail("luluberlu/collectible/robot-synthetique-figurine-15cm-a99001"))
def an_article(item: Item) -> None:
    assert (item.kind, item.source_id) == (Item.COLLECTIBLE, "robot-synthetique-figurine-15cm-a99001")
    assert (item.title, item.language) == ('Robot synthétique - Figurine 15cm "rouge"', "fr")
    assert item.description.startswith("Type : Figurine articulée Matière : Plastique")
    assert item.description.endswith("Texte inventé.")
    assert (item.year, item.release_date) == (1978, "")
    assert ids(item) == [("luluberlu", "99001")]
    assert amounts(item) == [(Price.CURRENT, "EUR", 49, 90)]
    assert (item.prices[0].market, item.prices[0].country) == ("Lulu-Berlu", "FR")
    assert (item.condition, item.prices[0].condition, item.prices[0].condition_text) == (
        Condition.NEW,
        Condition.NEW,
        "Neuf en boîte",
    )
    assert (item.availability, item.availability_text) == (Availability.IN_STOCK, "")
    toy = item.collectible
    assert (toy.brand, toy.reference, toy.type, toy.material) == (
        "Bandai",
        "LB-99001",
        "Figurine articulée",
        "Plastique",
    )
    assert (toy.origin, toy.size_text, toy.HasField("size"), list(toy.categories)) == ("Japon", "15cm", False, [])
    assert [(one.role, one.url.rpartition("/")[2]) for one in item.images] == [
        (Image.PRIMARY, "robot-synthetique-p-image-9900100-grande.jpg"),
        (Image.GALLERY, "robot-synthetique-p-image-9900101-grande.jpg"),
    ]
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://www.lulu-berlu.com/robot-synthetique-figurine-15cm-a99001.html")
    ]


@facts("synthetic-error-not-found", detail("luluberlu/collectible/x-a1"), fails=NotFound)
def an_article_that_is_gone(error: NotFound) -> None:
    assert str(error)


@facts("synthetic-search-robot-page-1", search("robot"))
def first_page(page: Page) -> None:
    assert [one.source_id for one in page.items] == [
        "robot-synthetique-figurine-15cm-a99001",
        "soucoupe-synthetique-a99002",
        "monstre-synthetique-a99003",
    ]
    assert (page.total, page.total_is_estimate, page.next) == (14, False, "2")
    robot, saucer, monster = page.items
    assert (robot.title, robot.collectible.brand) == ('Robot synthétique - Figurine 15cm "rouge"', "Bandai")
    assert (saucer.title, saucer.collectible.brand) == ("Soucoupe synthétique (neuve en boîte)", "Mattel")
    assert monster.title == "Précommande : monstre synthétique"
    assert [amounts(one) for one in page.items] == [
        [(Price.CURRENT, "EUR", 49, 90)],
        [(Price.CURRENT, "EUR", 129, 0)],
        [(Price.CURRENT, "EUR", 9, 90)],
    ]
    assert [(one.availability, one.availability_text) for one in page.items] == [
        (Availability.IN_STOCK, "En stock"),
        (Availability.OUT_OF_STOCK, "Non disponible"),
        (Availability.PREORDER, "Précommande"),
    ]
    assert [(one.role, one.url.rpartition("/")[2]) for one in robot.images] == [
        (Image.PRIMARY, "robot-synthetique-figurine-15cm-p-image-9900100-grande.jpg"),
        (Image.THUMBNAIL, "robot-synthetique-figurine-15cm-p-image-9900100-moyenne.jpg"),
    ]
    assert (robot.HasField("year"), robot.condition, ids(robot)) == (
        False,
        Condition.TYPE_UNSPECIFIED,
        [("luluberlu", "99001")],
    )


@facts("synthetic-search-robot-page-2", search("robot", cursor="2"))
def last_page(page: Page) -> None:
    (ship,) = page.items
    assert (ship.source_id, ship.title) == ("vaisseau-synthetique-a99004", "Vaisseau synthétique chromé")
    assert amounts(ship) == [(Price.CURRENT, "EUR", 1250, 0)], "a space parts the thousands"
    assert (page.total, page.next) == (14, "")


@facts("synthetic-trending-new-arrivals", trending(Feed.RECENT))
def new_in_the_shop(page: Page) -> None:
    assert [one.collectible.brand for one in page.items] == ["Bandai", "Mattel"]
    assert (page.next, page.total) == ("", 14)
