"""Coleka."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Blocked, NotFound, Page
from tests.conformance.cases import Facts, detail, search, trending

facts = Facts("coleka", walk="sample robot", nothing="sample nothing")

MEDIA = "media/item/202601/01"
PILOT = "figurines-de-collection/funko/star-wars/pilote-synthetique_i990001"
SHUTTLE = "lego/star-wars/navette-synthetique_i990002"


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def two_items(page: Page) -> None:
    pilot, shuttle = page.items
    assert [(item.source_id, item.title) for item in page.items] == [
        (PILOT, "Pilote synthétique"),
        (SHUTTLE, "Navette d\u2019essai & Cie"),
    ]
    assert (pilot.kind, pilot.language, pilot.year, pilot.release_date) == (Item.COLLECTIBLE, "fr", 2024, "2024")
    assert (pilot.collectible.category, pilot.collectible.reference) == ("figurines-de-collection", "501")
    assert (ids(pilot), dict(pilot.attributes)) == ([("coleka", "990001")], {"collection": "funko/star-wars"})
    thumbnail = f"https://thumbs.coleka.com/{MEDIA}/pilote-synthetique-990001-001"
    assert [(one.role, one.url) for one in pilot.images] == [
        (Image.PRIMARY, f"{thumbnail}.webp"),
        (Image.THUMBNAIL, f"{thumbnail}_250x250.webp"),
    ]
    assert [(one.role, one.url) for one in pilot.links] == [(Link.SOURCE, f"https://www.coleka.com/fr/{PILOT}")]
    assert (shuttle.HasField("year"), shuttle.release_date, shuttle.description) == (False, "", "")
    assert ids(shuttle) == [("coleka", "990002"), ("set_number", "99301")]
    assert (shuttle.collectible.category, shuttle.collectible.reference) == ("lego", "99301")
    assert (page.next, page.total) == ("", None)


@facts("synthetic-search-star-wars", search("star wars"))
def items_found(page: Page) -> None:
    two_items(page)


@facts("synthetic-search-empty", search("zzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.next, page.total) == ([], "", None)


@facts("synthetic-trending-latest", trending(Feed.RECENT))
def added_last(page: Page) -> None:
    two_items(page)


@facts("synthetic-detail-990002", detail(f"coleka/collectible/{SHUTTLE}"))
def a_set(item: Item) -> None:
    assert (item.kind, item.title, item.language) == (Item.COLLECTIBLE, "Navette d\u2019essai & Cie", "fr")
    assert (item.description, item.year, item.release_date) == ("Boîte LEGO inventée.", 2024, "2024")
    toy = item.collectible
    assert (toy.brand, toy.series, toy.reference, toy.pieces) == ("LEGO", "Ultimate", "99301", 421)
    assert (list(toy.licences), toy.category) == (["Star Wars", "Disney"], "lego")
    assert list(toy.categories) == ["LEGO", "LEGO Star Wars"]
    # The check digit of the EAN on this page is wrong, so it is no id.
    assert ids(item) == [("coleka", "990002"), ("set_number", "99301")]
    assert dict(item.attributes) == {"collection": "star-wars", "barcode": "5702010000016"}
    assert [(one.role, one.url, one.thumbnail_url) for one in item.images] == [
        (
            Image.PRIMARY,
            f"https://www.coleka.com/{MEDIA}/navette-synthetique-001.webp",
            f"https://thumbs.coleka.com/{MEDIA}/navette-synthetique-001_470x246.webp",
        )
    ]
    assert [one.url for one in item.links] == [f"https://www.coleka.com/fr/{SHUTTLE}"]
    assert (item.HasField("rating"), list(item.prices)) == (False, [])


@facts("synthetic-error-not-found", detail("coleka/collectible/x/y_i1"), fails=NotFound)
def an_unknown_item(error: NotFound) -> None:
    assert "Coleka" in str(error)


@facts("synthetic-error-challenge", trending(Feed.RECENT), fails=Blocked)
def the_page_that_asks_for_a_person(error: Blocked) -> None:
    assert "Coleka" in str(error)


facts.not_asked("synthetic-auth-verify-ok", "it answers a button that a person is to press; Tako never presses it")
