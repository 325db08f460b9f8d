"""Disney Lorcana (LorcanaJSON)."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Order, Relation
from tako.v1.details_cards_pb2 import Legality
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page, ProviderError, ShapeChanged, TermPage
from tests.conformance.cases import Facts, detail, lookup, related, search, terms

facts = Facts("lorcana", walk="sample otter", nothing="nobody of this name")

EN = "search-lorcanajson-allcards-en-trimmed"
FR = "search-lorcanajson-allcards-fr-cards-only"
CARDMARKET = "https://www.cardmarket.com/en/Lorcana"
PICTURES = "https://api.lorcana.ravensburger.com/images"

facts.not_asked("detail-lorcana-api-legacy-elsa", "an old file of lorcana-api.com, another service")
facts.not_asked("synthetic-search-lorcast-elsa-enchanted", "an answer of Lorcast, another service")


def ids(item: Item) -> dict[str, str]:
    return {one.scheme: one.value for one in item.external_ids}


def titles(page: Page) -> list[str]:
    return [item.title for item in page.items]


@facts(EN, search("ariel"))
def two_cards_of_one_name(page: Page) -> None:
    assert (titles(page), page.total, page.next) == (["Ariel - On Human Legs", "Ariel - Spectacular Singer"], 2, "")
    first = page.items[0]
    assert (first.id, first.language, first.year, first.release_date) == (
        "lorcana/trading_card/1",
        "en",
        2023,
        "2023-09-01",
    )
    assert first.description == "VOICELESS This character can't ⟳ to sing songs."
    card = first.trading_card
    assert (card.set.id, card.set.code, card.set.name, card.set.printed_count) == (
        "lorcana/card_set/1",
        "1",
        "The First Chapter",
        204,
    )
    assert (card.number, card.rarity, list(card.artists)) == ("1", "Uncommon", ["Matthew Robert Davies"])
    assert (card.card_type, list(card.subtypes), list(card.colors)) == (
        "Character",
        ["Storyborn", "Hero", "Princess"],
        ["Amber"],
    )
    assert (card.cost, card.power, card.toughness, card.lore) == (4, "3", "4", 2)
    assert (card.inkable, card.version, card.story) == (True, "On Human Legs", "The Little Mermaid")
    assert (card.flavor_text, list(card.variants)) == ("“...”", ["normal", "Silver"])
    assert not any(card.HasField(name) for name in ("move_cost", "promo", "reprint"))
    assert [(one.role, one.url) for one in first.images] == [
        (Image.PRIMARY, f"{PICTURES}/en/set1/1_ea50bda8825b4ccdf7e71c7052ee9688f92e75ab.jpg"),
        (Image.THUMBNAIL, f"{PICTURES}/en/set1/1_f713db8c34028061e24b4dc3933965b143dcff56.jpg"),
    ]
    assert ids(first) == {
        "lorcana_code": "01",
        "card_number": "1/204 • EN • 1",
        "tcgplayer": "494102",
        "cardmarket": "727081",
        "cardtrader": "258961",
    }
    second = page.items[1].trading_card
    assert (list(second.keywords), second.rarity, second.flavor_text) == (["Singer"], "Super Rare", "")
    assert (second.cost, second.power, second.toughness, second.lore) == (3, "2", "3", 1)


@facts(EN, detail("lorcana/trading_card/2"))
def a_card_with_a_keyword(item: Item) -> None:
    assert item.title == "Ariel - Spectacular Singer"
    card = item.trading_card
    singer, debut = card.abilities
    assert (singer.type, singer.name, singer.text) == (
        "keyword",
        "Singer 5",
        "This character counts as cost 5 to sing songs.",
    )
    assert (debut.type, debut.name, debut.cost) == ("triggered", "MUSICAL DEBUT", "")
    assert debut.text.startswith("When you play this character, look at the top 4 cards of your deck.")
    assert [(one.format, one.status, one.since, one.until) for one in card.legalities] == [
        ("Core", Legality.NOT_LEGAL, "", "2025-09-05"),
        ("Infinity", Legality.LEGAL, "2023-09-08", ""),
    ]
    assert [(one.role, one.title, one.url) for one in item.links] == [
        (Link.STORE, "TCGplayer", "https://www.tcgplayer.com/product/504451"),
        (
            Link.STORE,
            "Cardmarket",
            f"{CARDMARKET}/Products/Singles/The-First-Chapter/Ariel-Spectacular-Singer?language=1",
        ),
        (Link.STORE, "CardTrader", "https://www.cardtrader.com/cards/258920"),
    ]
    assert dict(item.attributes) == {"tournaments_from": "2023-09-08"}
    assert not card.related  # its promotion is not in the cut file


@facts(EN, detail("lorcana/trading_card/1~2F204~20~E2~80~A2~20EN~20~E2~80~A2~201"))
def a_card_by_what_is_printed_on_it(item: Item) -> None:
    assert (item.id, item.title) == ("lorcana/trading_card/1", "Ariel - On Human Legs")
    assert [(one.type, one.name, one.text) for one in item.trading_card.abilities] == [
        ("static", "VOICELESS", "This character can't ⟳ to sing songs.")
    ]


@facts(EN, detail("lorcana/trading_card/9999"), fails=NotFound)
def a_card_that_is_not_there(error: ProviderError) -> None:
    assert "no card" in str(error)


@facts(EN, detail("lorcana/card_set/1"))
def a_set(item: Item) -> None:
    assert (item.kind, item.title, item.release_date) == (Item.CARD_SET, "The First Chapter", "2023-09-01")
    one = item.card_set
    assert (one.code, one.type, one.card_count, one.printed_count) == ("1", "expansion", 244, 204)
    assert one.prerelease_date == "2023-08-18"
    assert [(rule.format, rule.status, rule.until) for rule in one.legalities] == [
        ("Core", Legality.NOT_LEGAL, "2025-09-05"),
        ("Infinity", Legality.LEGAL, ""),
    ]
    assert dict(item.attributes) == {
        "base_cards": "204",
        "special_cards": "12",
        "promo_cards": "28",
        "tournaments_from": "2023-09-08",
    }


@facts(EN, detail("lorcana/card_set/15"))
def a_set_of_which_little_is_known(item: Item) -> None:
    assert (item.title, item.release_date, item.HasField("year")) == ("Into the Inkdark", "", False)
    assert (item.card_set.prerelease_date, item.card_set.HasField("card_count")) == ("", False)
    assert dict(item.attributes) == {"has_all_cards": "false"}


@facts(EN, related("lorcana/card_set/1", Relation.CARDS))
def the_cards_of_a_set(page: Page) -> None:
    assert (titles(page), page.total) == (["Ariel - On Human Legs", "Ariel - Spectacular Singer"], 2)


@facts(EN, related("lorcana/card_set/14", Relation.CARDS))
def a_set_without_cards_yet(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts(EN, related("lorcana/trading_card/2", Relation.VERSIONS))
def a_promotion_that_the_cut_file_has_not(page: Page) -> None:
    assert (list(page.items), page.total) == ([], 0)


@facts(EN, terms(Term.SETS))
def the_sets(page: TermPage) -> None:
    assert [(one.id, one.name, one.count, one.release_date) for one in page.terms] == [
        ("1", "The First Chapter", 244, "2023-09-01"),
        ("9", "Fabled", 260, "2025-09-05"),
        ("14", "Hyperia City", 0, "2026-10-23"),
        ("15", "Into the Inkdark", 0, ""),
        ("Q1", "Illumineer's Quest: Deep Trouble", 31, "2024-05-31"),
    ]
    assert [one.HasField("count") for one in page.terms] == [True, True, False, False, True]
    assert (page.terms[-1].item_id, page.total, page.next) == ("lorcana/card_set/Q1", 5, "")


@facts(EN, lookup("tcgplayer", "504451"))
def a_card_by_a_shop(page: Page) -> None:
    assert [item.source_id for item in page.items] == ["2"]


@facts(EN, search(rarity="super rare", colors=["Amber"], card_types=["Character"], max_cost=3))
def filters_leave_one(page: Page) -> None:
    assert titles(page) == ["Ariel - Spectacular Singer"]


@facts(EN, search("nobody of this name"))
def nothing_is_found(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts(FR, search(colors=["Amber"], language="fr"))
def french_cards_by_an_english_colour(page: Page) -> None:
    assert titles(page) == [
        "Ariel - Sur des jambes humaines",
        "Ariel - Chanteuse exceptionnelle",
        "C'est la fête",
        "Zirgouflex",
        "Le Pays Imaginaire - Lagune aux Sirènes",
    ]
    assert [item.trading_card.card_type for item in page.items] == [
        "Personnage",
        "Personnage",
        "Action",
        "Objet",
        "Lieu",
    ]
    assert {item.language for item in page.items} == {"fr"}
    assert [item.trading_card.number for item in page.items] == ["1", "2", "25", "32", "32"]
    assert [item.trading_card.set.code for item in page.items] == ["1", "1", "1", "1", "3"]
    # This file has no sets: nothing is said of their names and days.
    assert not any(item.trading_card.set.name or item.release_date or item.HasField("year") for item in page.items)
    place = page.items[4].trading_card
    assert (place.cost, place.power, place.toughness, place.lore, place.move_cost) == (1, "", "4", 1, 1)
    assert (place.version, page.items[4].description) == ("Lagune aux Sirènes", "")
    assert place.flavor_text.startswith("Les sirènes racontèrent à Peter qu'il y a quelques jours")


@facts(FR, search(card_types=["Item"], rarity="Common", language="fr"))
def french_cards_by_english_words(page: Page) -> None:
    assert titles(page) == ["Zirgouflex"]
    assert (page.items[0].trading_card.rarity, page.items[0].trading_card.story) == ("Commune", "La Petite Sirène")


@facts(FR, search("pays sirenes", language="fr"))
def french_names_without_accents(page: Page) -> None:
    assert [item.source_id for item in page.items] == ["468"]


@facts(FR, search(inkable=True, order_by=Order.TITLE, language="fr"))
def french_cards_in_order(page: Page) -> None:
    assert titles(page)[0] == "Ariel - Chanteuse exceptionnelle"
    assert titles(page)[-1] == "Zirgouflex"


@facts(FR, detail("lorcana/trading_card/25", language="fr"))
def a_french_song(item: Item) -> None:
    assert (item.title, item.language) == ("C'est la fête", "fr")
    card = item.trading_card
    assert (list(card.artists), card.rarity) == (["R. La Barbera", "L. Giammichele"], "Inhabituelle")
    assert (card.card_type, list(card.subtypes), card.version) == ("Action", ["Chanson"], "")
    song, effect = card.abilities
    assert (song.type, song.name) == ("static", "")
    assert song.text.startswith("Vous pouvez ⟳ un personnage coûtant 2 ou plus")
    assert (effect.type, effect.text[:41]) == ("effect", "Regardez les 4 premières cartes de votre ")
    assert "\n" not in effect.text
    assert (ids(item)["card_number"], ids(item)["lorcana_code"]) == ("25/204 • FR • 1", "0p")
    assert not card.legalities
    assert (card.power, card.toughness, card.HasField("lore")) == ("", "", False)
    assert list(card.variants) == ["normal", "Cold"]


@facts(FR, detail("lorcana/trading_card/32", language="fr"))
def a_french_item_with_a_cost(item: Item) -> None:
    (ability,) = item.trading_card.abilities
    assert (ability.type, ability.name, ability.cost) == ("activated", "RATISSER LES POILS DE TÊTE", "⟳")
    assert ability.text == "Choisissez un personnage et retirez-lui 1 jeton Dommage."


@facts(FR, lookup("card_number", "32/204 • FR • 3"))
def a_french_card_by_its_number(page: Page) -> None:
    assert [(item.source_id, item.language) for item in page.items] == [("468", "fr")]


@facts(FR, terms(Term.SETS, language="fr"), fails=ShapeChanged)
def a_file_without_sets(error: ProviderError) -> None:
    assert "without sets" in str(error)
