"""Klickypedia."""

from __future__ import annotations

from tako.v1.choices_pb2 import Relation
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page, Unreachable
from tests.conformance.cases import Facts, detail, lookup, related, search

facts = Facts("klickypedia", walk="sample castle", nothing="nobody of this name")

CASTLE = "klickypedia/building_set/99301-dragon-castle"


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def pictures(item: Item) -> list[tuple[Image.Role.ValueType, str]]:
    return [(one.role, one.url.rpartition("/")[2]) for one in item.images]


@facts("synthetic-detail-99301-fr", detail(CASTLE, language="fr"))
def a_set_in_french(item: Item) -> None:
    assert (item.kind, item.source_id, item.language) == (Item.BUILDING_SET, "99301-dragon-castle", "fr")
    assert (item.title, item.original_title) == ("Château du dragon & tour", "Dragon Castle")
    assert [(one.text, one.language, one.type) for one in item.alternative_titles] == [
        ("Dragon Castle", "en", AlternativeTitle.ENGLISH),
        ("Castillo del dragón", "es", AlternativeTitle.TRANSLATED),
        ("Drachenburg", "de", AlternativeTitle.TRANSLATED),
    ]
    assert (item.year, item.release_date, item.description) == (2021, "", "")
    assert ids(item) == [("set_number", "99301")]
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://www.klickypedia.com/sets/99301-dragon-castle/")
    ]
    assert pictures(item) == [(Image.PRIMARY, "99301-main.jpg"), (Image.BOX_FRONT, "99301-box.jpg")]
    assert item.images[1].caption == "Box"
    assert list(item.tags) == ["castle", "dragon"]
    assert item.source_updated_at.ToJsonString() == "2026-02-19T14:39:17Z"
    toys = item.building_set
    assert (toys.brand, toys.theme, toys.theme_id, toys.format) == ("Playmobil", "Knights", "knights", "Standard Box")
    assert (toys.figures, toys.retirement_date, toys.exclusive, list(toys.markets)) == (4, "2024", "", ["France"])
    assert (toys.HasField("pieces"), toys.HasField("ages"), item.HasField("rating"), len(item.prices)) == (
        False,
        False,
        False,
        0,
    )
    assert [(one.id, one.name) for one in toys.parts] == [("", "Ribbon")]
    assert list(toys.instructions) == [], "no answer about documents is at hand"


@facts("synthetic-detail-99301-en", detail(CASTLE, language="en"))
def a_set_that_is_still_sold(item: Item) -> None:
    assert (item.title, item.original_title, item.language) == ("Dragon Castle", "", "en")
    assert [one.language for one in item.alternative_titles] == ["es", "de", "fr"]
    assert (item.year, item.building_set.retirement_date) == (2021, "")
    assert (item.building_set.theme, item.building_set.figures) == ("Knights", 4)


@facts("synthetic-detail-99301-en", detail(CASTLE, language="it"))
def a_language_that_the_site_has_not(item: Item) -> None:
    assert (item.title, item.language) == ("Dragon Castle", "en")


@facts("synthetic-detail-99301-en", related(CASTLE, Relation.PARTS))
def parts_that_the_page_names(page: Page) -> None:
    (part,) = page.items
    assert (part.kind, part.source_id, part.title) == (Item.PART, "30200354-ribbon", "Ribbon")
    assert ids(part) == [("sku", "30200354")]
    assert [one.url for one in part.links] == ["https://www.klickypedia.com/parts/30200354-ribbon/"]
    assert (page.next, part.HasField("context")) == ("", False)


@facts("synthetic-search-castle", search("castle", language="fr"))
def sets_with_odd_numbers(page: Page) -> None:
    assert [one.source_id for one in page.items] == [
        "99301-dragon-castle",
        "99302-usa-pirate-ship",
        "99303v1-gymnast",
        "00000-ger-catalogue-1974",
    ]
    assert [one.title for one in page.items] == ["Dragon Castle", "Captain's Ship", "Gymnast", "Catalogue 1974"]
    assert [ids(one) for one in page.items] == [
        [("set_number", "99301")],
        [("set_number", "99302-usa")],
        [("set_number", "99303v1")],
        [],
    ]
    assert [(one.year, one.building_set.retirement_date) for one in page.items] == [
        (2021, "2024"),
        (1998, ""),
        (2021, "2022"),
        (1974, ""),
    ]
    assert pictures(page.items[0]) == [(Image.PRIMARY, "99301.jpg"), (Image.THUMBNAIL, "99301-150x150.jpg")]
    assert (page.next, page.total) == ("", None), "how many there are is not told"


@facts("synthetic-search-empty", search("zzzz", language="fr"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.next, page.total) == ([], "", None)


@facts("synthetic-search-empty", lookup("set_number", "zzzz"))
def a_number_of_no_set(page: Page) -> None:
    assert list(page.items) == []


@facts("synthetic-trending-theme-knights", search(theme="Knights"))
def sets_of_a_theme(page: Page) -> None:
    assert [one.title for one in page.items] == ["Dragon Castle", "Captain's Ship"]
    assert (page.next, page.total) == ("2", None)


@facts("synthetic-error-wordpress-critical", detail(CASTLE), fails=Unreachable)
def wordpress_fails_with_status_200(error: Unreachable) -> None:
    assert "failure of its own" in str(error)
