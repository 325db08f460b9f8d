"""Yu-Gi-Oh! (YGOPRODeck)."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page, ProviderError, TermPage
from tests.conformance.cases import Facts, detail, lookup, search, terms, trending

facts = Facts("yugioh", walk="sample dragon", nothing="nothing")


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def amounts(item: Item) -> list[tuple[str, str, int, int]]:
    return [(p.market, p.amount.currency_code, p.amount.units, p.amount.nanos // 10_000_000) for p in item.prices]


@facts("detail-decode-talker", search('"Decode Talker"'))
def a_link_monster_by_its_exact_name(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (1, "", 1)
    (item,) = page.items
    assert (item.id, item.kind, item.title) == ("yugioh/trading_card/1861630", Item.TRADING_CARD, "Decode Talker")
    assert (item.language, item.release_date, item.HasField("year"), item.original_title) == ("en", "", False, "")
    assert item.description.startswith("2+ Effect Monsters\nGains 500 ATK")
    card = item.trading_card
    assert (card.supertype, card.card_type, card.frame_type) == ("Monster", "Link Monster", "link")
    assert (card.race, list(card.card_attributes), card.archetype) == ("Cyberse", ["DARK"], "Code Talker")
    assert (card.power, card.toughness, card.HasField("level")) == ("2300", "", False)
    assert (card.link_rating, list(card.link_markers)) == (3, ["Top", "Bottom-Left", "Bottom-Right"])
    assert (card.HasField("set"), card.number, card.rarity) == (False, "", "")
    assert len(card.printings) == 7
    first, starfoil = card.printings[0], card.printings[3]
    assert (first.set_name, first.set_code, first.number) == ("Duel Devastator", "DUDE", "DUDE-EN023")
    assert (first.rarity, first.rarity_code) == ("Ultra Rare", "UR")
    assert (first.price.amount.currency_code, first.price.amount.units, first.price.amount.nanos) == (
        "USD",
        1,
        540_000_000,
    )
    assert (starfoil.rarity, starfoil.rarity_code, starfoil.HasField("price")) == ("Starfoil", "", False)
    assert [(one.role, one.url.rpartition("/")[2]) for one in item.images] == [
        (Image.PRIMARY, "1861630.jpg"),
        (Image.THUMBNAIL, "1861630.jpg"),
        (Image.ART_CROP, "1861630.jpg"),
        (Image.GALLERY, "1861629.jpg"),
    ]
    assert item.images[3].thumbnail_url == "https://images.ygoprodeck.com/images/cards_small/1861629.jpg"
    assert amounts(item) == [
        ("cardmarket", "EUR", 0, 12),
        ("tcgplayer", "USD", 0, 17),
        ("ebay", "USD", 0, 99),
        ("amazon", "USD", 0, 25),
        ("coolstuffinc", "USD", 23, 99),
    ]
    assert ids(item) == [("passcode", "01861630")]
    assert (list(item.links), list(card.legalities), dict(item.attributes)) == ([], [], {})


@facts("search-cardinfo-num5-offset0", search(order_by=Order.TITLE))
def a_page_of_cards(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (5, 12562, ".5")
    first, last = page.items[0], page.items[-1]
    assert (first.source_id, first.title) == ("34541863", '"A" Cell Breeding Device')
    card = first.trading_card
    assert (card.supertype, card.card_type, card.race, card.archetype) == ("Spell", "Spell Card", "Continuous", "Alien")
    assert (card.set.id, card.set.code, card.set.name) == (
        "yugioh/card_set/Force~20of~20the~20Breaker",
        "FOTB",
        "Force of the Breaker",
    )
    assert (card.number, card.rarity, card.rarity_code) == ("FOTB-EN043", "Common", "C")
    assert (card.power, card.toughness, list(card.card_attributes)) == ("", "", [])
    assert (last.title, list(last.prices), list(last.trading_card.printings)) == (
        '"Infernoble Arms - Almace"',
        [],
        [],
    )
    assert (last.trading_card.HasField("set"), last.trading_card.archetype) == (False, "Noble Knight")


@facts("search-cardinfo-num5-offset0", trending(Feed.RECENT))
def the_newest_cards(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["34541863", "64163367", "91231901", "73262676", "98319530"]


@facts("synthetic-error-no-match-400", search("zzzzqqq"))
def a_search_without_hits(page: Page) -> None:
    assert (list(page.items), page.next, page.total) == ([], "", 0)


@facts("detail-cardsetsinfo-SDY-046", lookup("card_number", "sdy-046"))
def a_printing_by_its_number(page: Page) -> None:
    (item,) = page.items
    assert (item.source_id, item.title) == ("54652250", "Man-Eater Bug")
    card = item.trading_card
    assert (card.set.name, card.set.code, card.number, card.rarity) == (
        "Starter Deck: Yugi",
        "SDY",
        "SDY-046",
        "Common",
    )
    (printing,) = card.printings
    assert (printing.price.amount.units, printing.price.amount.nanos) == (2, 250_000_000)
    assert (ids(item), list(item.prices), list(item.images)) == ([("passcode", "54652250")], [], [])


@facts("trending-cardsets", terms(Term.SETS))
def the_vocabulary_of_sets(page: TermPage) -> None:
    assert (len(page.terms), page.next) == (942, "")
    first = page.terms[0]
    assert (first.id, first.code, first.count, first.release_date) == (
        "2-Player Starter Deck: Yuya & Declan",
        "YS15",
        42,
        "2015-05-28",
    )
    assert first.item_id == "yugioh/card_set/2-Player~20Starter~20Deck~3A~20Yuya~20~26~20Declan"
    assert first.image_url == "https://images.ygoprodeck.com/images/sets/YS15.jpg"
    assert sum(not term.release_date for term in page.terms) == 2
    adidas = next(term for term in page.terms if term.code == "ADC1")
    assert (adidas.count, adidas.release_date, adidas.image_url) == (1, "", "")


@facts("trending-cardsets", terms(Term.SETS, text="ct10"))
def sets_that_share_a_code(page: TermPage) -> None:
    assert [term.id for term in page.terms] == ["2013 Collectible Tins Wave 1", "2013 Collectible Tins Wave 2"]


@facts("trending-cardsets", detail("yugioh/card_set/2013~20Collectible~20Tins~20Wave~202"))
def a_set(item: Item) -> None:
    assert (item.kind, item.title, item.release_date, item.year) == (
        Item.CARD_SET,
        "2013 Collectible Tins Wave 2",
        "2013-11-22",
        2013,
    )
    assert (item.card_set.code, item.card_set.card_count) == ("CT10", 9)
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://images.ygoprodeck.com/images/sets/CT10.jpg")
    ]


@facts("trending-cardsets", detail("yugioh/card_set/No~20Such~20Set"), fails=NotFound)
def no_such_set(error: ProviderError) -> None:
    assert "no set" in str(error)


@facts("trending-cardsets", trending(Feed.RECENT, kind=Item.CARD_SET))
def the_newest_sets(page: Page) -> None:
    dates = [one.release_date for one in page.items]
    assert (len(dates), dates) == (942, sorted(dates, reverse=True))
    assert dates[-2:] == ["", ""]


@facts("detail-archetypes", terms(Term.ARCHETYPES))
def the_archetypes(page: TermPage) -> None:
    assert (len(page.terms), page.next) == (480, "")
    assert [(term.id, term.name) for term in page.terms][:2] == [('"C"', '"C"'), ("-Eyes Dragon", "-Eyes Dragon")]


facts.not_asked(
    "error-cardinfo-bad-type-400",
    "a refused filter is InvalidField, as at mtg, which is no ProviderError; tests/providers/test_yugioh.py has it",
)
facts.not_asked(
    "detail-checkdbver",
    "the version of the upstream's database, for those who keep a copy of it; nothing asks for it",
)
