"""Amazon: pages of the Spanish and Japanese search, of American and British articles, and two walls."""

from tako.v1.choices_pb2 import Relation
from tako.v1.item_parts_pb2 import Availability, Condition, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, OfferType
from tako_providers.sdk import Blocked, Page
from tests.conformance.cases import Facts, detail, lookup, related, search

facts = Facts("amazon", walk="sample lamp", nothing="nothing of the kind")


def _by_asin(page: Page) -> dict[str, Item]:
    return {item.source_id.split("/")[1]: item for item in page.items}


def _prices(item: Item) -> list[tuple[str, str]]:
    return [
        (Price.Type.Name(p.type), f"{p.amount.currency_code} {p.amount.units}.{p.amount.nanos // 10_000_000:02d}")
        for p in item.prices
    ]


def _ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


@facts("search-es-god-of-war", search("God of War", marketplaces=["es"]))
def spanish_search(page: Page) -> None:
    found = _by_asin(page)
    assert len(page.items) == 12, "13 cards, one of them paid for"
    assert (page.next, page.total, page.total_is_estimate) == ("2", 2000, True)
    assert "B0DQPWRJG5" not in found
    first = page.items[0]
    assert (first.id, first.title) == ("amazon/product/es/B07YY2YVK5", "Playstation GOW Hits")
    assert _prices(first) == [("CURRENT", "EUR 15.99"), ("LIST", "EUR 19.99"), ("LOW", "EUR 11.90")]
    assert (first.rating.value, first.rating.scale, first.rating.votes) == (4.8, 5, 7319)
    assert (first.prices[0].market, first.prices[0].country) == ("amazon.es", "ES")
    assert not first.prices[2].HasField("count"), "15+ is no count"
    assert (first.product.marketplace, first.product.format, first.language) == ("es", "PlayStation 4", "es")
    assert not first.product.HasField("prime")
    assert [(image.role, image.url.rsplit("/")[-1]) for image in first.images] == [
        (Image.PRIMARY, "81BuZGrpYTL.jpg"),
        (Image.THUMBNAIL, "81BuZGrpYTL._AC_UL320_.jpg"),
    ]
    assert [(link.role, link.url) for link in first.links] == [(Link.SOURCE, "https://www.amazon.es/dp/B07YY2YVK5")]


@facts("search-es-god-of-war", search("God of War", marketplaces=["es"]))
def spanish_odd_prices(page: Page) -> None:
    found = _by_asin(page)
    assert _prices(found["B0CPD3911D"]) == [("CURRENT", "EUR 5.99")], "0,00 is what a subscription pays"
    assert _prices(found["B002NN7AKU"]) == []
    assert _prices(found["8467949120"]) == [("LOW", "EUR 18.50")]
    assert found["8467949120"].prices[0].count == 2
    assert _prices(found["B07BF25FJV"]) == [("CURRENT", "EUR 18.99"), ("LOW", "EUR 12.49")]
    assert _prices(found["1506749445"])[0] == ("CURRENT", "EUR 136.75")
    assert not found["B0FPDJ4PZH"].HasField("rating")


@facts("search-es-god-of-war", search("God of War", marketplaces=["es"]))
def spanish_books(page: Page) -> None:
    found = _by_asin(page)
    book = found["1506749445"]
    assert _ids(book) == [("asin", "1506749445"), ("isbn10", "1506749445"), ("isbn13", "9781506749440")]
    assert [(c.name, c.role) for c in book.product.credits] == [("Rick Barba", CreditRole.TYPE_UNSPECIFIED)]
    assert ("isbn10", "150670574X") in _ids(found["150670574X"])
    assert _ids(found["B07YY2YVK5"]) == [("asin", "B07YY2YVK5")]


@facts("search-es-god-of-war", search("God of War", marketplaces=["es"], include_sponsored=True))
def spanish_search_with_paid_places(page: Page) -> None:
    assert len(page.items) == 13
    paid = page.items[0]
    assert paid.source_id == "es/B0DQPWRJG5" and paid.context.sponsored
    assert paid.title.startswith("UARJIRUHR Póster de God of War"), "without the word that it is paid for"
    assert not page.items[1].HasField("context")


@facts("search-jp-pokemon-card-box", search("ポケモンカードゲーム BOX", marketplaces=["jp"], category="toys"))
def japanese_search(page: Page) -> None:
    found = _by_asin(page)
    assert len(page.items) == 8, "11 cards, three of them paid for"
    assert (page.next, page.total, page.total_is_estimate) == ("2", 6000, True)
    first = page.items[0]
    assert (first.source_id, first.title) == (
        "jp/B0GP9QHQ3Y",
        "ポケモンカードゲーム MEGA 拡張パック アビスアイ BOX",
    )
    assert _prices(first) == [("CURRENT", "JPY 15592.00")]
    assert not first.HasField("rating")
    assert (found["B0F9KJGGZ5"].rating.value, found["B0F9KJGGZ5"].rating.votes) == (3.8, 1057)
    assert _prices(found["B0F9KJGGZ5"]) == [("CURRENT", "JPY 5412.00")]
    assert _prices(found["B0D86FVG5R"]) == [("CURRENT", "JPY 5500.00"), ("LIST", "JPY 17000.00")]
    assert (found["B0D86FVG5R"].rating.value, found["B0D86FVG5R"].rating.votes) == (3.5, 1458)
    assert _prices(found["B0B6H9PTBW"]) == [("LOW", "JPY 14490.00")]
    assert found["B0B6H9PTBW"].prices[0].count == 21
    assert {item.language for item in page.items} == {"ja"}


@facts("detail-us-B0057OC5O8-relay-module", detail("amazon/product/us/B0057OC5O8"))
def relay_module(item: Item) -> None:
    assert item.title == "SainSmart 4-Channel Relay Module"
    assert _prices(item) == [("CURRENT", "USD 8.99")]
    assert (item.availability, item.availability_text) == (Availability.IN_STOCK, "In Stock")
    assert (item.rating.value, item.rating.votes) == (4.6, 422)
    assert (item.product.brand, item.product.model, item.product.parent_asin) == (
        "SainSmart",
        "101-70-101",
        "B0B31MHVGM",
    )
    assert list(item.product.categories) == [
        "Automotive",
        "Replacement Parts",
        "Switches & Relays",
        "Relays",
        "Relay Control Module",
    ]
    assert len(item.product.features) == 4 and item.product.features[3] == "Indication LED's for Relay output status"
    assert (item.product.dimensions.text, item.product.dimensions.weight_g) == ("4.5 x 3.2 x 1.19 inches", 0.28)
    assert item.description.startswith("This is a 5V 4-Channel Relay interface board")
    assert item.attributes["coil_voltage"] == "5 Volts" and item.attributes["seller"] == "SainSmart Official"
    assert "connector_type" not in item.attributes, "upstream writes a stroke there"
    assert not item.release_date and not item.HasField("year")
    (picture,) = item.images
    assert picture.role == Image.PRIMARY and picture.url.endswith("/71p1Oe9knSL._AC_SL1200_.jpg")


@facts(
    "detail-us-B0057OC5O8-relay-module", related("amazon/product/us/B0057OC5O8", Relation.PRICES, marketplaces=["us"])
)
def price_of_relay_module(page: Page) -> None:
    (offer,) = page.items
    assert (offer.id, offer.kind) == ("amazon/offer/us/B0057OC5O8", Item.OFFER)
    assert (offer.offer.marketplace, offer.offer.country, offer.offer.type) == ("us", "US", OfferType.BUY)
    assert (offer.offer.item_id, offer.offer.seller) == ("amazon/product/us/B0057OC5O8", "SainSmart Official")
    assert _prices(offer) == [("CURRENT", "USD 8.99")]


@facts("detail-us-B0057OC5O8-relay-module", lookup("asin", "B0057OC5O8", region="US"))
def relay_module_by_its_number(page: Page) -> None:
    assert [item.id for item in page.items] == ["amazon/product/us/B0057OC5O8"]


@facts("detail-us-B00N150YS4-gorilla-tape", detail("amazon/product/us/B00N150YS4"))
def gorilla_tape(item: Item) -> None:
    assert item.title == 'Gorilla Black Duct Tape, 1.88" x 12 yd, Black, (Pack of 2)'
    assert _prices(item) == [("CURRENT", "USD 12.48"), ("LOW", "USD 12.48")], "and not 6.24, the price of one pack"
    assert (item.prices[1].count, item.prices[1].condition) == (10, Condition.NEW)
    assert (item.product.brand, item.product.model) == ("Gorilla", "6012110")
    assert (item.rating.value, item.rating.votes) == (4.8, 8249)
    assert item.product.categories[-1] == "Duct Tape" and len(item.product.categories) == 4
    assert len(item.product.features) == 5, "without the box to enter a model number"
    assert item.description.startswith("Gorilla tape has taken duct tape to a new level.")
    assert (len(item.images), item.images[0].role, item.images[6].role) == (7, Image.PRIMARY, Image.GALLERY)
    assert item.product.dimensions.weight_g == 498.95
    assert [(ref.id, ref.name) for ref in item.product.variants][:3] == [
        ("amazon/product/us/B01JIRH6LG", "White"),
        ("amazon/product/us/B06X9P8C2T", "Silver"),
        ("amazon/product/us/B000HQIX2O", "1 Pack"),
    ]
    assert item.attributes["best_sellers_rank"] == "#280 in Industrial & Scientific #3 in Duct Tape"
    assert item.attributes["date_first_available"] == "December 4, 2009"


@facts("detail-us-B07G2L3JMM-wall-sconce", detail("amazon/product/us/B07G2L3JMM"))
def wall_sconce(item: Item) -> None:
    assert item.title.startswith("Modern LED Wall Sconce Lighting Fixture Lamps 7W")
    assert _prices(item) == [("CURRENT", "USD 29.99"), ("LOW", "USD 29.99")]
    assert item.prices[1].count == 1
    assert (item.product.brand, item.rating.value, item.rating.votes) == ("ChangM", 4.4, 82)
    assert not item.product.categories, "the only link leads back to the results"
    assert item.images[0].url == "https://images-na.ssl-images-amazon.com/images/I/71mo6NjnxaL._AC_SL1500_.jpg"
    assert len(item.images) == 9 and len(item.product.features) == 5
    assert not item.description
    assert (item.attributes["seller"], item.attributes["wattage"]) == ("Direct ChangM", "7 watts")


@facts("detail-uk-1849757097-vegetable-perfection", detail("amazon/product/uk/1849757097"))
def vegetable_perfection(item: Item) -> None:
    assert item.title == "Vegetable Perfection: 100 delicious recipes for roots, bulbs, shoots and stems"
    assert _prices(item) == [("LOW", "GBP 4.45")], "no featured offer"
    assert (item.prices[0].count, item.prices[0].country) == (14, "GB")
    assert _ids(item) == [("asin", "1849757097"), ("isbn10", "1849757097"), ("isbn13", "9781849757096")]
    assert (item.release_date, item.year, list(item.languages)) == ("2016-04-07", 2016, ["en"])
    assert [(c.name, c.role, c.job) for c in item.product.credits] == [("Mat Follas", CreditRole.AUTHOR, "Author")]
    assert not item.product.brand
    assert item.product.format == "Hardcover"
    assert (item.attributes["publisher"], item.attributes["pages"]) == ("Ryland Peters & Small", "176")
    assert "seller" not in item.attributes, "the one that is named sells a used copy"
    assert (item.rating.value, item.rating.votes) == (4.4, 16)
    assert list(item.product.categories) == ["Food & Drink", "Quick & Easy Meals"]
    assert item.product.dimensions.text == "21.59 x 2.03 x 25.4 cm"
    assert item.description.startswith("More than ever before modern chefs")
    assert item.availability == Availability.TYPE_UNSPECIFIED


@facts("detail-uk-1849757097-vegetable-perfection", lookup("isbn10", "1849757097", region="GB"))
def book_by_its_number(page: Page) -> None:
    assert [item.id for item in page.items] == ["amazon/product/uk/1849757097"]


@facts("error-fr-aws-waf-challenge", search("processeur"), fails=Blocked)
def challenge(error: Blocked) -> None:
    assert "AWS WAF" in str(error)


@facts("error-us-503-automated-access", detail("amazon/product/us/B000000000"), fails=Blocked)
def automated_access(error: Blocked) -> None:
    assert "bot" in str(error)
