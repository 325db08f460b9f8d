"""Transformerland."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed
from tako.v1.item_parts_pb2 import Availability, Condition, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page
from tests.conformance.cases import Facts, detail, lookup, search, trending

facts = Facts("transformerland", walk="sample prime", nothing="nobody of this name")


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def pictures(item: Item) -> list[tuple[Image.Role.ValueType, str]]:
    return [(one.role, one.url.partition("/image/")[2]) for one in item.images]


@facts("synthetic-detail-guide-99801", detail("transformerland/collectible/99801"))
def a_toy_of_the_guide(item: Item) -> None:
    assert (item.kind, item.source_id, item.title) == (Item.COLLECTIBLE, "99801", "Syntheticus Prime")
    assert (item.description, item.language) == ("Invented guide page for Syntheticus Prime.", "en")
    assert (item.year, item.availability, len(item.prices)) == (1984, Availability.IN_STOCK, 0)
    toy = item.collectible
    assert (toy.line, toy.series, toy.subgroup, toy.faction) == ("Transformers", "G1", "Leaders (1984)", "Autobot")
    assert (toy.size_text, toy.manufacturer) == ('9.5" (24.1cm)', "")
    assert ids(item) == [("transformerland", "99801")]
    assert pictures(item) == [
        (Image.PRIMARY, "reference_images/99801/1.jpg"),
        (Image.THUMBNAIL, "thumbnails/99801.jpg"),
        (Image.GALLERY, "reference_images/99801/2.jpg"),
        (Image.SCAN, "archive/instructions/full/99801-1.jpg"),
    ]
    assert item.images[3].caption == "Instructions"
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://www.transformerland.com/show_parent_g12.php?action=show_parent&toyid=99801")
    ]


@facts("synthetic-detail-guide-99801", lookup("transformerland", "99801"))
def a_toy_by_its_number(page: Page) -> None:
    assert [one.title for one in page.items] == ["Syntheticus Prime"]


@facts("synthetic-detail-store-S99901", detail("transformerland/collectible/store/S99901/syntheticus-prime"))
def an_article_of_the_shop(item: Item) -> None:
    assert (item.source_id, item.title) == ("store/S99901/syntheticus-prime", "Syntheticus Prime & Trailer")
    assert (item.description, item.year) == ("Invented store item by Hasbro, 1984.", 1984)
    (price,) = item.prices
    assert (price.amount.currency_code, price.amount.units, price.amount.nanos) == ("USD", 149, 990_000_000)
    assert (price.type, price.market, price.condition_text) == (Price.CURRENT, "Transformerland", "C8 complete")
    assert (item.availability, item.condition) == (Availability.IN_STOCK, Condition.TYPE_UNSPECIFIED)
    toy = item.collectible
    assert (toy.manufacturer, toy.series, toy.subgroup) == ("Hasbro", "Transformers G1 1984", "Leaders")
    assert (toy.faction, toy.size_text, toy.reference) == ("Autobot", "9.5 inches", "S99901")
    assert (ids(item), dict(item.attributes)) == ([("sku", "S99901")], {})
    assert pictures(item) == [
        (Image.PRIMARY, "inventory/hires/99901.jpg"),
        (Image.GALLERY, "inventory/hires/99901b.jpg"),
    ]
    assert item.images[0].thumbnail_url.endswith("/image/inventory/thumbnails/99901.jpg")
    assert [one.url for one in item.links] == [
        "https://www.transformerland.com/store/item/S99901/syntheticus-prime/",
    ]


@facts("synthetic-search-prime", search("prime"))
def toys_of_the_guide(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["99801", "99802", "99803"]
    assert [one.title for one in page.items] == ["Syntheticus Prime", "Decoy & Rumble's Twin", "Nameless Drone"]
    assert [(one.collectible.series, one.collectible.subgroup) for one in page.items] == [
        ("G1", "Leaders (1984)"),
        ("Beast Wars", "Deluxe (1996)"),
        ("Masterpiece", "Reissues"),
    ]
    assert [one.collectible.faction for one in page.items] == ["Autobot", "Predacon", "Decepticon"]
    assert [one.year if one.HasField("year") else None for one in page.items] == [1984, 1996, None]
    assert [pictures(one) for one in page.items] == [
        [(Image.THUMBNAIL, "thumbnails/99801.jpg")],
        [(Image.THUMBNAIL, "thumbnails/99802.jpg")],
        [(Image.THUMBNAIL, "thumbnails/99803.jpg")],
    ]
    assert (page.total, page.next, len(page.items[0].prices)) == (3, "", 0)


@facts("synthetic-search-empty", search("zzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts("synthetic-trending-new-inventory", trending(Feed.RECENT))
def new_in_the_shop(page: Page) -> None:
    (item,) = page.items
    assert (item.source_id, item.title) == ("store/S99901/syntheticus-prime", "Syntheticus Prime & Trailer")
    assert (item.prices[0].amount.units, item.prices[0].amount.nanos) == (149, 990_000_000)
    assert pictures(item) == [
        (Image.PRIMARY, "inventory/hires/99901.jpg"),
        (Image.THUMBNAIL, "inventory/thumbnails/99901.jpg"),
    ]
    assert (page.next, page.total, item.availability) == ("", None, Availability.TYPE_UNSPECIFIED)


@facts("synthetic-error-not-found", detail("transformerland/collectible/0"), fails=NotFound)
def a_toy_that_is_not_there(error: NotFound) -> None:
    assert "no such item" in str(error)


facts.not_asked("synthetic-error-cloudflare", "an answer for the front page; tests/engine has this wall")
