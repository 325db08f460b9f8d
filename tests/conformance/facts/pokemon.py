"""Pokémon TCG (TCGdex)."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Relation
from tako.v1.details_cards_pb2 import Legality
from tako.v1.details_people_pb2 import Collection
from tako.v1.item_parts_pb2 import Image, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page, ProviderError, TermPage
from tests.conformance.cases import Facts, detail, related, search, terms

facts = Facts("pokemon", walk="samplemon", nothing="nothing")


def ids(item: Item, scheme: str) -> list[str]:
    return [one.value for one in item.external_ids if one.scheme == scheme]


def price(item: Item, market: str, kind: Price.Type.ValueType, variant: str) -> tuple[str, int, int]:
    found = next(
        p for p in item.prices if (p.market, p.type, p.variant) == (market, kind, variant) and not p.period_days
    )
    return found.amount.currency_code, found.amount.units, found.amount.nanos // 10_000_000


def legal(item: Item) -> dict[str, Legality.Status.ValueType]:
    return {one.format: one.status for one in item.trading_card.legalities}


@facts("detail-card-base1-4-variant-pricing", detail("pokemon/trading_card/base1-4"))
def a_card_with_prices_by_variant(item: Item) -> None:
    assert (item.kind, item.title, item.language) == (Item.TRADING_CARD, "Charizard", "en")
    card = item.trading_card
    assert (card.set.id, card.set.code, card.set.name) == ("pokemon/card_set/base1", "base1", "Base Set")
    assert (card.set.printed_count, card.set.logo_url) == (102, "https://assets.tcgdex.net/en/base/base1/logo.webp")
    assert (card.number, card.rarity, list(card.artists)) == ("4", "Rare", ["Mitsuhiro Arita"])
    assert (card.supertype, card.stage, card.evolves_from) == ("Pokemon", "Stage2", "Charmeleon")
    assert (card.hp, list(card.types), card.retreat_cost, list(card.national_dex)) == (120, ["Fire"], 3, [6])
    assert (card.abilities[0].type, card.abilities[0].name) == ("Pokemon Power", "Energy Burn")
    assert (card.attacks[0].name, list(card.attacks[0].cost), card.attacks[0].damage) == (
        "Fire Spin",
        ["Fire"] * 4,
        "100",
    )
    assert [(one.type, one.value) for one in card.weaknesses] == [("Water", "\u00d72")]
    assert [(one.type, one.value) for one in card.resistances] == [("Fighting", "-30")]
    assert card.flavor_text.startswith("Spits fire that is hot enough")
    assert item.description.startswith("Energy Burn: As often as you like")
    assert "\n\nFire Spin: Discard 2 Energy cards" in item.description
    assert list(card.variants) == [
        "holo-unlimited",
        "holo-shadowless-1st-edition",
        "holo-shadowless",
        "holo-1999-2000-copyright",
    ]
    assert legal(item) == {"standard": Legality.NOT_LEGAL, "expanded": Legality.NOT_LEGAL}
    assert len(item.prices) == 15, "six and four of Cardmarket, five of TCGplayer"
    first = item.prices[0]
    assert (first.market, first.type, first.amount.units, first.amount.nanos) == (
        "cardmarket",
        Price.TREND,
        421,
        110_000_000,
    )
    assert first.updated_at.ToJsonString() == "2026-07-23T08:02:25.017Z"
    assert price(item, "cardmarket", Price.TREND, "holo-unlimited (holo)") == ("EUR", 123, 63)
    assert price(item, "tcgplayer", Price.MARKET, "holo-unlimited (holofoil)") == ("USD", 800, 43)
    assert price(item, "tcgplayer", Price.DIRECT_LOW, "holo-unlimited (holofoil)") == ("USD", 544, 99)
    assert [p.period_days for p in item.prices if p.type == Price.AVERAGE] == [0, 1, 7, 30, 1, 7, 30]
    assert (ids(item, "cardmarket"), ids(item, "tcgplayer")) == (["273699"], ["42382"])
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://assets.tcgdex.net/en/base/base1/4/high.webp"),
        (Image.THUMBNAIL, "https://assets.tcgdex.net/en/base/base1/4/low.webp"),
    ]
    assert item.source_updated_at.ToJsonString() == "2026-07-11T08:49:03Z"
    assert (card.HasField("level"), card.regulation_mark, item.HasField("year")) == (False, "", False)


@facts("detail-card-swsh1-1", detail("pokemon/trading_card/swsh1-1"))
def a_card_without_prices(item: Item) -> None:
    card = item.trading_card
    assert (item.title, card.rarity, card.hp, list(card.types)) == ("Celebi V", "Holo Rare V", 180, ["Grass"])
    assert (list(card.subtypes), card.stage, card.regulation_mark) == (["V"], "Basic", "D")
    assert [(one.name, one.damage) for one in card.attacks] == [("Find a Friend", ""), ("Line Force", "50+")]
    assert legal(item) == {"standard": Legality.NOT_LEGAL, "expanded": Legality.LEGAL}
    assert (list(card.variants), list(card.resistances), card.evolves_from) == (["holo"], [], "")
    assert (list(item.prices), list(item.external_ids), card.flavor_text) == ([], [], "")
    assert item.source_updated_at.ToJsonString() == "2023-12-27T18:30:08Z"


@facts("detail-card-swsh1-1", detail("pokemon/trading_card/swsh1-1"), also=["detail-set-swsh1"])
def a_card_has_the_date_of_its_set(item: Item) -> None:
    assert (item.title, item.release_date, item.year) == ("Celebi V", "2020-02-07", 2020)


@facts("detail-card-swsh3-136-fr", detail("pokemon/trading_card/swsh3-136", language="fr-FR"))
def a_card_in_french(item: Item) -> None:
    card = item.trading_card
    assert (item.title, item.language, card.set.name) == ("Fouinar", "fr", "Ténèbres Embrasées")
    assert (card.supertype, card.rarity, card.stage, card.evolves_from) == (
        "Pokémon",
        "Peu Commune",
        "Niveau 1",
        "Fouinette",
    )
    assert (list(card.types), card.attacks[1].name, card.attacks[1].damage) == (["Incolore"], "Éclate-Queue", "90")
    assert item.description.startswith("Mode Cool: Piochez 3 cartes.\n\nÉclate-Queue: Lancez")
    assert (list(card.variants), card.set.printed_count) == (["normal", "reverse"], 189)
    assert {one.language for one in item.images} == {"fr"}


@facts("detail-set-swsh1", detail("pokemon/card_set/swsh1"))
def a_set(item: Item) -> None:
    assert (item.kind, item.title, item.release_date, item.year) == (
        Item.CARD_SET,
        "Sword & Shield",
        "2020-02-07",
        2020,
    )
    details = item.card_set
    assert (details.code, details.card_count, details.printed_count) == ("swsh1", 216, 202)
    assert (details.series.id, details.series.name) == ("pokemon/collection/swsh", "Sword & Shield")
    assert [(one.format, one.status) for one in details.legalities] == [
        ("expanded", Legality.LEGAL),
        ("standard", Legality.NOT_LEGAL),
    ]
    assert dict(item.attributes) == {
        "abbreviation": "SSH",
        "tcg_online_code": "SSH",
        "normal_count": "148",
        "reverse_count": "164",
        "holo_count": "68",
    }
    assert [(one.role, one.url) for one in item.images] == [
        (Image.LOGO, "https://assets.tcgdex.net/en/swsh/swsh1/logo.webp"),
        (Image.ICON, "https://assets.tcgdex.net/univ/swsh/swsh1/symbol.webp"),
    ]


@facts("detail-set-swsh1", related("pokemon/card_set/swsh1", Relation.CARDS))
def the_cards_of_a_set(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (216, 216, "")
    first, last = page.items[0], page.items[-1]
    assert (first.source_id, first.title, first.trading_card.number) == ("swsh1-1", "Celebi V", "1")
    assert (first.trading_card.set.name, first.trading_card.set.printed_count) == ("Sword & Shield", 202)
    assert (last.source_id, last.title, last.release_date) == ("swsh1-216", "Quick Ball", "2020-02-07")


@facts("detail-serie-base", detail("pokemon/collection/base"))
def a_series(item: Item) -> None:
    assert (item.kind, item.title, item.HasField("year")) == (Item.COLLECTION, "Base", False)
    details = item.collection
    assert (details.type, details.member_count) == (Collection.CARD_SERIES, 7)
    assert [(one.id, one.name) for one in details.members][:2] == [
        ("pokemon/card_set/base1", "Base Set"),
        ("pokemon/card_set/base2", "Jungle"),
    ]
    assert details.members[3].image_url == ""
    assert [one.url for one in item.images] == ["https://assets.tcgdex.net/en/base/base1/logo.webp"]


@facts("detail-serie-base", related("pokemon/collection/base", Relation.MEMBERS))
def the_sets_of_a_series(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["base1", "base2", "basep", "wp", "base3", "base4", "base5"]
    assert (page.total, page.items[3].title, list(page.items[3].images)) == (7, "W Promotional", [])
    assert (page.items[6].card_set.card_count, page.items[6].card_set.printed_count) == (83, 82)


@facts("detail-serie-base", terms(Term.SETS, parent="base"))
def the_sets_of_a_series_as_terms(page: TermPage) -> None:
    assert [(one.id, one.parent_id, one.count) for one in page.terms][:2] == [
        ("base1", "base", 102),
        ("base2", "base", 64),
    ]


@facts("search-cards-name-eq-furret", search("eq:Furret"))
def cards_with_exactly_this_name(page: Page) -> None:
    assert (len(page.items), page.next, page.total, page.ignored) == (10, "", None, ())
    assert {one.title for one in page.items} == {"Furret"}
    first = page.items[0]
    assert (first.source_id, first.trading_card.number, first.trading_card.set.code) == ("hgss1-21", "21", "hgss1")
    assert first.trading_card.set.id == "pokemon/card_set/hgss1"
    assert first.images[1].url == "https://assets.tcgdex.net/en/hgss/hgss1/21/low.webp"
    assert (first.release_date, first.trading_card.rarity, first.trading_card.HasField("hp")) == ("", "", False)


@facts("search-cards-name-not-trimmed", search("neq:Furret"))
def cards_with_odd_ids(page: Page) -> None:
    assert (len(page.items), page.next) == (40, "")
    exclamation, question = page.items[:2]
    assert (exclamation.id, exclamation.trading_card.number) == ("pokemon/trading_card/exu-~21", "!")
    assert (question.id, question.source_id) == ("pokemon/trading_card/exu-~253F", "exu-%3F")
    assert (question.trading_card.number, question.trading_card.set.code, list(question.images)) == ("?", "exu", [])
    treecko = next(one for one in page.items if one.source_id == "ex5.5-1")
    assert (treecko.title, treecko.trading_card.set.code, list(treecko.images)) == ("Treecko", "ex5.5", [])


@facts("synthetic-error-card-404", detail("pokemon/trading_card/zzzz"), fails=NotFound)
def no_such_card(error: ProviderError) -> None:
    assert "knows no such item" in str(error)


@facts("trending-sets", terms(Term.SETS))
def the_vocabulary_of_sets(page: TermPage) -> None:
    assert (len(page.terms), page.next) == (174, "")
    first, second = page.terms[:2]
    assert (first.id, first.name, first.count, first.item_id) == ("base1", "Base Set", 102, "pokemon/card_set/base1")
    assert first.image_url == "https://assets.tcgdex.net/en/base/base1/logo.webp"
    assert second.image_url == "https://assets.tcgdex.net/univ/base/base2/symbol.webp"
    assert (first.release_date, first.parent_id) == ("", "")
    assert sum(not one.image_url for one in page.terms) == 18


@facts("trending-sets", terms(Term.SETS, text="promos"))
def sets_by_a_word(page: TermPage) -> None:
    assert page.terms[0].id == "basep"
    assert all("promos" in one.name.lower() for one in page.terms)


for name in (
    "detail-ptcg-card-xy7-57",
    "detail-ptcg-set-g1",
    "error-ptcg-card-404",
    "search-ptcg-cards-generations",
    "search-ptcg-cards-generations-page2-empty",
):
    facts.not_asked(name, "an answer of pokemontcg.io, which stopped answering; Tako asks TCGdex")
