"""LEGO."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Blocked, NotFound, Page
from tests.conformance.cases import Facts, detail, lookup, related, search, trending

facts = Facts("lego", walk="sample lighthouse", nothing="zzzz")

SHIP = "https://www.lego.com/cdn/cs/set/assets/bltsynthetic99101/99101_Prod.png"


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def amounts(item: Item) -> list[tuple[Price.Type.ValueType, str, int, int]]:
    return [(p.type, p.amount.currency_code, p.amount.units, p.amount.nanos // 10_000_000) for p in item.prices]


def check_ship(item: Item) -> None:
    """What every list of the set 99101 says of it."""
    assert (item.kind, item.source_id) == (Item.BUILDING_SET, "99101")
    assert (item.title, item.language) == ("Vaisseau d\u2019essai synth\u00e9tique\u2122", "fr")
    assert (item.HasField("year"), item.release_date, item.HasField("context")) == (False, "", False)
    assert (item.rating.value, item.rating.scale, item.rating.HasField("votes")) == (4.7, 5, False)
    assert amounts(item) == [(Price.CURRENT, "EUR", 849, 99)]
    assert (item.prices[0].country, item.prices[0].market) == ("FR", "LEGO")
    assert ids(item) == [("set_number", "99101"), ("lego_sku", "6099101")]
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://www.lego.com/fr-fr/product/vaisseau-d-essai-synthetique-99101")
    ]
    assert item.availability == Availability.IN_STOCK
    bricks = item.building_set
    assert (bricks.pieces, bricks.brand, bricks.ages.min, bricks.ages.HasField("max")) == (7541, "LEGO", 18, False)
    assert (bricks.on_sale, bricks.is_new, bricks.HasField("sale_percentage")) == (False, False, False)


def check_lorry(item: Item) -> None:
    """What a list with prices says of the reduced set 99102."""
    assert (item.source_id, item.title) == ("99102", "Camion de chantier synth\u00e9tique")
    assert amounts(item) == [(Price.CURRENT, "EUR", 39, 99), (Price.LIST, "EUR", 49, 99)]
    assert (item.building_set.on_sale, item.building_set.sale_percentage) == (True, 20)
    assert item.availability_text == "Disponible maintenant"


def check_castle(item: Item) -> None:
    """What a list with details says of the set 99103, which is not there yet."""
    assert (item.source_id, item.title) == ("99103", "Ch\u00e2teau synth\u00e9tique (pr\u00e9commande)")
    assert (item.availability, item.availability_text) == (
        Availability.BACKORDER,
        "Livrable \u00e0 partir du 1 mars 2027",
    )
    assert (item.HasField("rating"), item.building_set.is_new, item.building_set.ages.min) == (False, True, 12)
    assert amounts(item) == [(Price.CURRENT, "EUR", 129, 99)]


@facts("synthetic-search-graphql", search("synthetique"))
def sets_of_graphql_without_a_gift_card(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.next) == (["99101", "99102", "99103"], "")
    assert (page.total, page.total_is_estimate) == (4, True)
    ship, lorry, castle = page.items
    check_ship(ship)
    check_lorry(lorry)
    check_castle(castle)
    assert [(one.role, one.url) for one in ship.images] == [
        (Image.PRIMARY, SHIP),
        (
            Image.THUMBNAIL,
            f"{SHIP}?fit=bounds&format=png&width=320&height=320&dpr=1",
        ),
    ]


@facts("synthetic-search-graphql-empty", search("zzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts("synthetic-search-graphql-redirect", search("99101"), also=["synthetic-detail-99101"])
def a_number_leads_to_its_set(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["99101"], 1, "")


@facts(
    "synthetic-error-graphql-errors",
    search("synthetique", cursor="1"),
    also=["synthetic-auth-graphql-login"],
    fails=Blocked,
)
def no_answer_without_a_login(error: Exception) -> None:
    assert "login" in str(error)


@facts("synthetic-search-page-apollo", search("synthetique"))
def sets_of_the_page_of_a_search(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["99101", "99102", "99103"], None, "")
    ship, lorry, castle = page.items
    check_ship(ship)
    check_lorry(lorry)
    check_castle(castle)


@facts("synthetic-search-page-html-only", search("synthetique"))
def sets_that_only_the_markup_names(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["99101", "99102"], None, "")
    ship, lorry = page.items
    assert (ship.title, ship.building_set.pieces, ship.building_set.ages.min) == (
        "Vaisseau d\u2019essai synth\u00e9tique\u2122",
        7541,
        18,
    )
    assert (list(ship.prices), ship.availability, ship.building_set.HasField("is_new")) == ([], 0, False)
    assert (lorry.links[0].url, ids(lorry)) == (
        "https://www.lego.com/fr-fr/product/camion-de-chantier-synthetique-99102",
        [("set_number", "99102")],
    )


@facts("synthetic-trending-new-sets", trending(Feed.RECENT))
def new_sets(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["99103", "99101"], 20, "page-2")
    castle, ship = page.items
    check_castle(castle)
    check_ship(ship)


@facts("synthetic-detail-99101", detail("lego/building_set/99101"))
def a_set_of_its_page(item: Item) -> None:
    check_ship(item)
    assert item.description == "Un mod\u00e8le d\u2019exposition invent\u00e9 pour les tests."
    assert item.availability_text == "Disponible"
    bricks = item.building_set
    assert (bricks.minifigs, bricks.theme, list(bricks.features)) == (8, "Star Wars\u2122", ["7541 pi\u00e8ces"])
    assert [(one.role, one.url.rpartition("/")[2]) for one in item.images if one.role != Image.THUMBNAIL] == [
        (Image.PRIMARY, "99101_Prod.png"),
        (Image.GALLERY, "99101_alt1.png"),
    ]
    assert item.images[-1].caption == "Vue de dos"
    assert [(one.title, one.url, one.official) for one in bricks.videos] == [
        (
            "Pr\u00e9sentation",
            "https://www.lego.com/cdn/cs/set/assets/bltsynthetic99101/99101-Designer.mp4",
            True,
        )
    ]
    assert list(bricks.instructions) == []


@facts("synthetic-detail-99101", lookup("set_number", "99101"))
def a_set_by_the_number_on_its_box(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["99101"]


@facts(
    "synthetic-related-building-instructions-99101",
    detail("lego/building_set/99101"),
    also=["synthetic-detail-99101"],
)
def a_set_with_its_year_and_instructions(item: Item) -> None:
    assert (item.year, item.building_set.theme, item.building_set.pieces) == (2026, "Star Wars\u2122", 7541)
    first, second = item.building_set.instructions
    assert (first.url, first.size_bytes, first.cover_url) == (
        "https://www.lego.com/cdn/product-assets/product.bi.core.pdf/6500001.pdf",
        92919030,
        "https://www.lego.com/cdn/product-assets/product.bi.core.img/6500001.png",
    )
    assert (second.sequence, second.sequence_total, second.additional) == (2, 2, False)


@facts("synthetic-error-not-found", detail("lego/building_set/1"), fails=NotFound)
def no_such_set(error: Exception) -> None:
    assert "no set" in str(error)


@facts("synthetic-error-not-found", lookup("set_number", "1"))
def a_number_that_is_of_no_set(page: Page) -> None:
    assert list(page.items) == []


@facts(
    "synthetic-related-building-instructions-99101",
    related("lego/building_set/99101", Relation.INSTRUCTIONS),
)
def instructions_of_their_page(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total) == (["99101/1", "99101/2"], 2)
    first, second = page.items
    assert (first.kind, first.title, first.language) == (
        Item.INSTRUCTION,
        "Vaisseau d\u2019essai synth\u00e9tique\u2122",
        "fr",
    )
    assert (first.links[0].role, first.links[0].url) == (Link.DOCUMENT, first.instruction.url)
    assert first.instruction.url.endswith("/6500001.pdf")
    assert first.images[0].url.endswith("/product.bi.core.img/6500001.png")
    assert (first.instruction.format, first.instruction.sequence, first.instruction.sequence_total) == ("PDF", 1, 2)
    assert (first.instruction.size_bytes, first.instruction.additional) == (92919030, False)
    assert (second.instruction.sequence, second.instruction.cover_url) == (2, "")


@facts("related-instructions-75192", related("lego/building_set/75192", Relation.INSTRUCTIONS))
def instructions_of_the_old_service(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (9, 9, "")
    first, german = page.items[0], page.items[2]
    assert (first.source_id, first.description, first.title) == (
        "75192/1",
        "BI 99803,464+4/100+400G WIRE-O,75192 V29",
        "",
    )
    assert (first.instruction.url, first.instruction.format) == (
        "https://www.lego.com/biassets/bi/6218872.pdf",
        "PDF",
    )
    assert (first.instruction.alternative, first.instruction.HasField("size_bytes")) == (False, False)
    assert (first.instruction.HasField("sequence"), list(first.languages)) == (False, [])
    assert dict(first.attributes) == {"download_size": "182.74 MB"}
    assert first.images[0].url == "https://www.lego.com/biassets/biimg/6218872.png"
    assert (german.description, list(german.languages)) == ("Digital Booklet - DE", ["de"])
    assert german.instruction.alternative is True
    assert german.instruction.url == (
        "https://www.lego.com/r/www/r/service/-/media/franchises/customer%20service/star%20wars/75192/"
        "75192_bi_de.pdf?l.r2=-40649663"
    )
    assert [one.languages[0] for one in page.items[2:]] == ["de", "es", "fr", "hu", "it", "pt", "zh"]


@facts("related-instructions-10179", related("lego/building_set/10179", Relation.INSTRUCTIONS))
def one_booklet(page: Page) -> None:
    (one,) = page.items
    assert (one.source_id, one.description) == ("10179/1", "Building instruction 10179")
    assert (one.instruction.url, one.attributes["download_size"]) == (
        "https://www.lego.com/biassets/bi/4525430.pdf",
        "141.48 MB",
    )


@facts("related-instructions-76052-en-dash", related("lego/building_set/76052", Relation.INSTRUCTIONS))
def two_booklets(page: Page) -> None:
    assert [one.instruction.url.rpartition("/")[2] for one in page.items] == ["6162280.pdf", "6162281.pdf"]
    assert [one.attributes["download_size"] for one in page.items] == ["98.11 MB", "98.11 MB"]


@facts("related-instructions-5006085-none", related("lego/building_set/5006085", Relation.INSTRUCTIONS))
def no_booklets(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")
