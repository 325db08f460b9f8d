"""Magic: The Gathering (Scryfall)."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation, Unique
from tako.v1.details_cards_pb2 import Legality
from tako.v1.item_parts_pb2 import Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page, TermPage
from tests.conformance.cases import Facts, detail, lookup, related, search, terms, trending

facts = Facts("mtg", walk="sample griffin", nothing="nothing")

JACE = "mtg/trading_card/02d6d693-f1f3-4317-bcc0-c21fa8490d38"
JACE_ORACLE = "594f6881-c059-46f8-aa4e-7151d502de73"
PHELDDAGRIF = "mtg/trading_card/d9631cb2-d53b-4401-b53b-29d27bdefc44"
PHELDDAGRIF_ORACLE = "d0e99535-0ea0-4aa5-99f5-6c5255b27c38"
DECK_LIMIT = "(o:deck o:any o:number o:cards o:named) or (o:deck o:have o:up o:to o:cards o:named)"


def ids(item: Item, scheme: str) -> list[str]:
    return [one.value for one in item.external_ids if one.scheme == scheme]


def amounts(item: Item) -> list[tuple[str, str, int, int]]:
    return [(p.amount.currency_code, p.variant, p.amount.units, p.amount.nanos // 10_000_000) for p in item.prices]


def legality(item: Item, name: str) -> Legality.Status.ValueType:
    return next(one.status for one in item.trading_card.legalities if one.format == name)


@facts("detail-card-jace-transform", detail(JACE))
def a_card_with_two_sides(item: Item) -> None:
    assert item.kind == Item.TRADING_CARD
    assert item.title == "Jace, Vryn's Prodigy // Jace, Telepath Unbound"
    assert not item.original_title
    assert (item.release_date, item.year, item.language) == ("2015-07-17", 2015, "en")
    assert item.description.startswith("{T}: Draw a card, then discard a card.")
    assert item.description.count("\n\n") == 1
    card = item.trading_card
    assert (card.set.id, card.set.code, card.set.name) == ("mtg/card_set/ori", "ori", "Magic Origins")
    assert (card.number, card.rarity, card.layout, list(card.artists)) == ("60", "mythic", "transform", ["Jaime Jones"])
    assert (card.supertype, card.card_type, list(card.subtypes)) == ("Legendary", "Creature", ["Human", "Wizard"])
    assert card.type_line == "Legendary Creature — Human Wizard // Legendary Planeswalker — Jace"
    assert (card.cost, card.mana_cost, card.power, card.toughness, card.loyalty) == (2, "{1}{U}", "0", "2", "")
    assert (list(card.colors), list(card.color_identity), list(card.keywords)) == (
        ["Blue"],
        ["Blue"],
        ["Transform", "Mill"],
    )
    assert not card.color_indicator
    assert (list(card.games), list(card.variants), card.edhrec_rank) == (["paper", "mtgo"], ["normal", "foil"], 5781)
    assert (card.reserved, card.promo, card.reprint, card.digital, card.full_art) == (False,) * 5
    assert len(card.legalities) == 21
    assert (legality(item, "standard"), legality(item, "modern")) == (Legality.NOT_LEGAL, Legality.LEGAL)
    front, back = card.faces
    assert (front.name, front.power, front.loyalty) == ("Jace, Vryn's Prodigy", "0", "")
    assert (back.name, back.mana_cost, back.loyalty, list(back.color_indicator)) == (
        "Jace, Telepath Unbound",
        "",
        "5",
        ["Blue"],
    )
    assert "/large/back/" in back.images[0].url
    assert [(one.item.name, one.relation) for one in card.related] == [
        ("Magic Origins Checklist", "combo_piece"),
        ("Jace, Telepath Unbound Emblem", "combo_piece"),
    ]
    assert [image.role for image in item.images] == [Image.PRIMARY, Image.THUMBNAIL, Image.ART_CROP, Image.CARD_FACE]
    assert amounts(item) == [
        ("USD", "normal", 4, 78),
        ("USD", "foil", 13, 45),
        ("EUR", "normal", 4, 25),
        ("EUR", "foil", 9, 68),
    ]
    assert (item.prices[0].market, item.prices[0].type) == ("tcgplayer", Price.MARKET)
    assert dict(item.attributes) == {
        "mtgo_tix": "0.39",
        "set_type": "core",
        "border_color": "black",
        "frame": "2015",
    }
    assert ids(item, "scryfall_oracle") == [JACE_ORACLE]
    assert ids(item, "multiverse") == ["398434", "398435"]
    assert ids(item, "mtgo") == ["57880", "57881"]
    assert (ids(item, "tcgplayer"), ids(item, "cardmarket")) == (["100191"], ["283370"])
    assert (ids(item, "arena"), ids(item, "card_number")) == ([], ["ori/60"])
    assert [(one.role, one.url) for one in item.links][:3] == [
        (Link.SOURCE, "https://scryfall.com/card/ori/60/jace-vryns-prodigy-jace-telepath-unbound"),
        (Link.STORE, "https://www.tcgplayer.com/product/100191?page=1"),
        (Link.STORE, "https://www.cardmarket.com/en/Magic/Products?idProduct=283370"),
    ]


@facts("detail-card-phelddagrif", detail(PHELDDAGRIF))
def a_plain_card(item: Item) -> None:
    assert (item.title, item.year, item.release_date) == ("Phelddagrif", 1996, "1996-06-10")
    card = item.trading_card
    assert (card.set.code, card.set.name, card.number, card.rarity) == ("all", "Alliances", "115", "rare")
    assert (card.mana_cost, card.cost, card.power, card.toughness) == ("{1}{G}{W}{U}", 4, "4", "4")
    assert list(card.colors) == ["Green", "Blue", "White"]
    assert (card.reserved, card.layout, list(card.faces), list(card.related)) == (True, "normal", [], [])
    assert amounts(item) == [("USD", "normal", 8, 3), ("EUR", "normal", 3, 84)]
    assert dict(item.attributes) == {"set_type": "expansion", "border_color": "black", "frame": "1993"}
    assert (ids(item, "multiverse"), ids(item, "mtgo"), ids(item, "tcgplayer")) == (["3227"], [], ["4208"])
    assert [image.role for image in item.images] == [Image.PRIMARY, Image.THUMBNAIL, Image.ART_CROP]
    assert (item.images[0].width, item.images[0].height) == (672, 936)


@facts("detail-card-zndrsplt-reversible", detail("mtg/trading_card/d5dfd236-b1da-4552-b94f-ebf6bb9dafdf"))
def a_card_whose_sides_are_the_same_card(item: Item) -> None:
    assert item.title == "Zndrsplt, Eye of Wisdom // Zndrsplt, Eye of Wisdom"
    card = item.trading_card
    assert (card.set.code, card.number, card.layout, card.cost) == ("sld", "379", "reversible_card", 5)
    assert card.type_line == "Legendary Creature — Homunculus // Legendary Creature — Homunculus"
    assert (card.full_art, card.reprint, list(card.variants)) == (True, True, ["foil"])
    assert [(face.cost, face.oracle_id) for face in card.faces] == [(5, "502849a6-8e65-40f3-b348-a41c4f939768")] * 2
    assert ids(item, "scryfall_oracle") == ["502849a6-8e65-40f3-b348-a41c4f939768"]
    assert (ids(item, "multiverse"), ids(item, "cardmarket")) == ([], ["657817"])
    assert amounts(item) == [("USD", "foil", 21, 48), ("EUR", "foil", 31, 62)]
    assert len(card.related) == 2


@facts("detail-set-cmm-reencoded", detail("mtg/card_set/cmm"))
def a_set(item: Item) -> None:
    assert (item.kind, item.title, item.year, item.release_date) == (
        Item.CARD_SET,
        "Commander Masters",
        2023,
        "2023-08-04",
    )
    assert (item.card_set.code, item.card_set.type, item.card_set.card_count) == ("cmm", "masters", 8)
    assert (item.card_set.digital, item.card_set.foil_only) == (False, False)
    assert not item.card_set.HasField("printed_count")
    assert [(image.role, image.url) for image in item.images] == [
        (Image.ICON, "https://svgs.scryfall.io/sets/cmm.svg?1680494400")
    ]
    assert [link.url for link in item.links] == ["https://scryfall.com/sets/cmm"]


@facts("related-rulings-jace", related(JACE, Relation.RULINGS))
def rulings(page: Page) -> None:
    assert (len(page.items), page.next) == (16, "")
    first = page.items[0]
    assert (first.kind, first.source_id, first.title) == (Item.RULING, f"{JACE.rpartition('/')[2]}/1", "")
    assert (first.release_date, dict(first.attributes)) == ("2017-07-17", {"source": "scryfall"})
    assert "banned as a commander" in first.description
    assert [one.source_id.rpartition("/")[2] for one in page.items][-1] == "16"
    assert ids(first, "scryfall_oracle") == [JACE_ORACLE]


@facts("related-rulings-empty", related("mtg/trading_card/b443504e-1b25-4565-bad7-2575826c7bb9", Relation.RULINGS))
def no_rulings(page: Page) -> None:
    assert (list(page.items), page.next) == ([], "")


@facts("search-cards-deck-limit-text", search(DECK_LIMIT))
def search_by_syntax(page: Page) -> None:
    assert (len(page.items), page.total, page.next, page.ignored) == (12, 12, "", ())
    first, second = page.items[:2]
    assert (first.source_id, first.title) == ("7fb99393-d2b6-40a6-8de7-317efdc4c50b", "Cid, Timeless Artificer")
    assert list(first.trading_card.colors) == ["Blue", "White"]
    assert (second.title, ids(second, "arena"), second.trading_card.power) == ("Dragon's Approach", ["76490"], "")
    assert {one.language for one in page.items} == {"en"}


@facts("search-prints-jace-en", related(JACE, Relation.VERSIONS), also=["detail-card-jace-transform"])
def printings(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (6, 6, "")
    newest = page.items[0]
    assert (newest.source_id, newest.trading_card.set.code) == ("a9d36f53-582c-4d8b-aa8e-e62a1d0e5f00", "pio")
    assert (newest.trading_card.digital, list(newest.trading_card.games), list(newest.prices)) == (True, ["arena"], [])
    assert [one.trading_card.number for one in page.items] == ["60", "ORI-60", "12", "60s", "60", "60"]
    assert {value for one in page.items for value in ids(one, "scryfall_oracle")} == {JACE_ORACLE}


@facts("search-prints-jace-en", lookup("scryfall_oracle", JACE_ORACLE))
def looked_up_by_oracle_id(page: Page) -> None:
    assert page.items[0].title == "Jace, Vryn's Prodigy // Jace, Telepath Unbound"


@facts(
    "search-prints-phelddagrif-all-langs",
    search(f"oracleid:{PHELDDAGRIF_ORACLE} lang:any", unique=Unique.PRINTS, order_by=Order.RELEASE_DATE),
)
def printings_in_all_languages(page: Page) -> None:
    assert (len(page.items), page.total) == (7, 7)
    online, paper, german, spanish = page.items[:4]
    assert (online.source_id, online.trading_card.set.code) == ("493a72f0-2e35-4e06-a1b2-d42d432b9b2c", "me1")
    assert (online.attributes["mtgo_tix"], online.attributes["set_type"], list(online.prices)) == (
        "0.13",
        "masters",
        [],
    )
    assert (paper.language, german.language, spanish.language) == ("en", "de", "es")
    assert german.description.startswith("{W}: Fliegend bis zum Ende des Zuges.")
    assert german.trading_card.type_line == "Beschwörung einer Legende"
    assert german.trading_card.abilities[0].text.startswith("{G}: Phelddagrif gains trample")
    # Only its name is known in Spanish, and its picture is one that stands in.
    assert (spanish.description, list(spanish.images), spanish.trading_card.type_line) == (
        "",
        [],
        "Legendary Creature — Phelddagrif",
    )
    assert spanish.trading_card.abilities[0].text.startswith("{G}: Phelddagrif gains trample")


@facts("search-prints-phelddagrif-all-langs", related(PHELDDAGRIF, Relation.VERSIONS), also=["detail-card-phelddagrif"])
def versions_in_all_languages(page: Page) -> None:
    assert (len(page.items), page.total, page.next, page.ignored) == (7, 7, "", ())
    assert [one.language for one in page.items][:4] == ["en", "en", "de", "es"]
    assert {value for one in page.items for value in ids(one, "scryfall_oracle")} == {PHELDDAGRIF_ORACLE}


@facts("search-set-mid-page1-trimmed", search(set="mid"))
def cards_of_a_set_by_search(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (5, 399, "2")
    first, farmhand = page.items[:2]
    assert (first.source_id, first.title) == ("18092f68-b96e-4084-9eba-b240d2195d81", "Adeline, Resplendent Cathar")
    assert (first.trading_card.power, first.trading_card.toughness) == ("*", "4")
    assert amounts(first)[0] == ("USD", "normal", 3, 80)
    assert ids(first, "card_number") == ["mid/1"]
    assert (farmhand.trading_card.layout, len(farmhand.trading_card.faces)) == ("transform", 2)


@facts("search-set-mid-page1-trimmed", related("mtg/card_set/mid", Relation.CARDS))
def cards_of_a_set(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (5, 399, "2")
    assert [one.trading_card.number for one in page.items] == ["1", "2", "3", "4", "5"]


@facts("synthetic-error-search-404", search("zzzzqqq"))
def a_search_without_hits(page: Page) -> None:
    assert (list(page.items), page.next, page.total) == ([], "", 0)


@facts("trending-sets-10-reencoded", terms(Term.SETS))
def vocabulary_of_sets(page: TermPage) -> None:
    assert (len(page.terms), page.next) == (10, "2")
    first, second = page.terms[:2]
    assert (first.id, first.name, first.count, first.release_date) == ("cmm", "Commander Masters", 8, "2023-08-04")
    assert (first.item_id, first.url) == ("mtg/card_set/cmm", "https://scryfall.com/sets/cmm")
    assert (second.id, second.parent_id) == ("ltc", "ltr")
    tokens = page.terms[6]
    assert (tokens.id, tokens.image_url) == ("tmom", "")


@facts("trending-sets-10-reencoded", trending(Feed.RECENT, kind=Item.CARD_SET))
def newest_sets(page: Page) -> None:
    assert [one.source_id for one in page.items][:3] == ["cmm", "ltc", "ltr"]
    assert page.items[1].card_set.parent_code == "ltr"
    shadows = page.items[8]
    assert (shadows.title, shadows.card_set.digital, dict(shadows.attributes)) == (
        "Shadows of the Past",
        True,
        {"nonfoil_only": "true"},
    )


facts.not_asked(
    "error-parse-mana-422",
    "an answer of /symbology/parse-mana, which nothing asks; tests/providers/test_mtg.py has this error from a search",
)
