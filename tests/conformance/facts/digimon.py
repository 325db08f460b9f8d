"""Digimon Card Game (DigimonCard.io)."""

from __future__ import annotations

from tako.v1.choices_pb2 import Order
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page
from tests.conformance.cases import Facts, search

facts = Facts("digimon", walk="samplemon", nothing="nothing")


@facts("search-name-lucemon-chaos-mode", search("Lucemon: Chaos Mode"))
def a_card_by_its_name(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (1, "", None)
    (item,) = page.items
    assert (item.id, item.kind, item.title) == (
        "digimon/trading_card/BT18-082",
        Item.TRADING_CARD,
        "Lucemon: Chaos Mode",
    )
    assert (item.language, item.release_date, item.HasField("year"), list(item.prices)) == ("en", "", False, [])
    assert item.description.startswith("[On Play] [When Digivolving] Your opponent may delete")
    assert item.description.count("\n") == 1 and "\n[All Turns] [Once Per Turn]" in item.description
    card = item.trading_card
    assert (card.card_type, list(card.colors), card.level) == ("Digimon", ["Purple", "Yellow"], 5)
    assert (card.cost, card.power, card.evolution_cost) == (13, "13000", 8)
    assert (card.evolution_color, card.HasField("evolution_level"), card.form, card.stage) == ("", False, "", "")
    assert (list(card.traits), list(card.card_attributes)) == (["Demon Lord", "Seven Great Demon Lords"], ["Virus"])
    assert (card.number, card.rarity, card.rarity_code, list(card.artists)) == ("BT18-082", "SR", "SR", [])
    assert (card.xros_requirement, card.alternative_effect) == ("[Digivolve] [Lucemon]: Cost 6", "")
    assert (card.inherited_effect, card.link_requirements, card.link_dp) == ("", "", "")
    assert (card.set.id, card.set.code, card.set.name) == ("", "BT18", "BT-18: Booster Elemental Successor")
    assert [one.set_name for one in card.printings] == [
        "BT-18: Booster Elemental Successor",
        "BT18-19: Special Booster Ver.2.0",
        "Special Booster Ver.2.0 Lucky Pack",
    ]
    assert card.series == "Digimon Card Game"
    assert [(one.scheme, one.value) for one in item.external_ids] == [
        ("card_number", "BT18-082"),
        ("tcgplayer", "586948"),
    ]
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://images.digimoncard.io/images/cards/BT18-082.jpg")
    ]
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://digimoncard.io/card/lucemon-chaos-mode-bt18-082")
    ]


@facts("synthetic-search-get-all-cards", search(series="Digimon Card Game", order_by=Order.TITLE))
def all_cards_by_name_and_number(page: Page) -> None:
    assert [(one.source_id, one.title) for one in page.items] == [
        ("BT1-010", "Agumon"),
        ("BT1-015", "Greymon"),
        ("BT18-082", "Lucemon: Chaos Mode"),
    ]
    first = page.items[0]
    assert (first.trading_card.number, first.trading_card.set.code, first.trading_card.set.name) == (
        "BT1-010",
        "BT1",
        "",
    )
    assert (first.description, list(first.trading_card.printings)) == ("", [])


@facts("synthetic-error-no-match", search("zzzzqqq"))
def a_search_without_hits(page: Page) -> None:
    assert (list(page.items), page.next) == ([], "")


facts.not_asked(
    "search-old-schema-two-options",
    "an answer of the path that was used until 2021, which nothing asks; tests/providers/test_digimon.py has its shape",
)
