"""MEGA."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page
from tests.conformance.cases import Facts, detail, lookup, related, search, trending

facts = Facts("mega", walk="sample dragon", nothing="nothing")


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def amounts(item: Item) -> list[tuple[Price.Type.ValueType, str, int, int]]:
    return [(p.type, p.amount.currency_code, p.amount.units, p.amount.nanos // 10_000_000) for p in item.prices]


@facts("synthetic-detail-SYN02", detail("mega/building_set/SYN02"))
def a_set_that_is_not_the_first_hit(item: Item) -> None:
    assert (item.kind, item.source_id, item.title) == (Item.BUILDING_SET, "SYN02", "MEGA Halo Synthetic Warthog")
    assert (item.description, item.language) == ("An invented building toy.", "en")
    assert (item.HasField("year"), item.release_date, item.HasField("rating")) == (False, "", False)
    assert amounts(item) == [(Price.CURRENT, "USD", 34, 99), (Price.LIST, "USD", 49, 99)]
    assert item.availability == Availability.OUT_OF_STOCK
    assert [(one.role, one.url.rpartition("/")[2]) for one in item.images] == [
        (Image.PRIMARY, "syn02.jpg"),
        (Image.THUMBNAIL, "syn02_small.jpg"),
        (Image.GALLERY, "syn02_2.jpg"),
    ]
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://shop.mattel.com/products/mega-halo-synthetic-warthog-syn02")
    ]
    # The barcode of the body has a wrong check digit.
    assert ids(item) == [
        ("sku", "SYN02"),
        ("mattel_uid", "9000003"),
        ("slug", "mega-halo-synthetic-warthog-syn02"),
    ]
    bricks = item.building_set
    assert (bricks.pieces, bricks.brand, bricks.product_line, bricks.category) == (
        469,
        "MEGA",
        "MEGA Halo",
        "Building Toys",
    )
    assert (bricks.ages.min, bricks.ages.HasField("max"), bricks.on_sale) == (7, False, True)
    assert list(bricks.features) == ["Invented feature one", 'Invented feature with a "quote"']
    assert list(item.tags) == ["mega", "pokemon"]


@facts("synthetic-detail-SYN02", lookup("sku", "SYN02"))
def a_set_by_its_article_number(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["SYN02"]


@facts("synthetic-search-pokemon", search("pokemon"))
def sets_without_copies_for_other_countries(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["SYN01", "SYN02", "SYN03"]
    assert (page.total, page.total_is_estimate, page.next) == (4, True, "")
    pikachu, _, truck = page.items
    assert (pikachu.title, pikachu.building_set.pieces) == ("MEGA Pokémon Synthetic Pikachu", 211)
    assert (pikachu.building_set.product_line, pikachu.building_set.HasField("on_sale")) == ("MEGA Pokémon", False)
    assert amounts(pikachu) == [(Price.CURRENT, "USD", 19, 99)]
    assert (pikachu.rating.value, pikachu.rating.scale, pikachu.rating.votes) == (4.6, 5, 37)
    assert pikachu.availability == Availability.IN_STOCK
    assert (truck.title, truck.building_set.HasField("pieces")) == ("MEGA Hot Wheels Synthetic Truck", False)
    assert [one.role for one in truck.images] == [Image.PRIMARY, Image.THUMBNAIL]


@facts("synthetic-search-empty", search("zzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts("synthetic-trending-newest", trending(Feed.RECENT))
def newest_in_the_shop(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["SYN01", "SYN02"], 2, "")


@facts(
    "synthetic-related-instructions-pokemon",
    related("mega/building_set/SYN02", Relation.INSTRUCTIONS),
    also=["synthetic-detail-SYN02"],
)
def instructions_of_a_set(page: Page) -> None:
    (one,) = page.items
    assert (one.kind, one.source_id, one.title, one.language) == (
        Item.INSTRUCTION,
        "SYN02/1",
        "Warthog synthétique",
        "fr",
    )
    assert (one.instruction.format, one.instruction.url) == (
        "PDF",
        "https://assets.contentstack.io/v3/assets/blt0000/blt2222/syn02.pdf",
    )


facts.not_asked("synthetic-error-unknown-site", "the answer of another host; test_mega.py has this error from a search")
