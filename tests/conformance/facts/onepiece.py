"""ONE PIECE Card Game (Bandai's card list)."""

from __future__ import annotations

from tako.v1.choices_pb2 import Order, Relation
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page, ProviderError
from tests.conformance.cases import Facts, detail, lookup, related, search

facts = Facts("onepiece", walk="sample captain", nothing="nobody of this name")

REAL = "search-official-freewords-P-001"
SET = "synthetic-search-official-series-569301"
NOTHING = "synthetic-search-official-no-result"
PICTURES = "https://en.onepiece-cardgame.com/images/cardlist/card"

for _name in ("detail-community-cards-json-OP01-047", "synthetic-detail-community-meta-json"):
    facts.not_asked(_name, "a file of the community site onepiece-cardgame.dev: only Bandai's own card list is asked")


def ids(page: Page) -> list[str]:
    return [item.source_id for item in page.items]


@facts(REAL, search("P-001"))
def a_card_and_its_parallel(page: Page) -> None:
    assert (ids(page), page.next, page.total, page.total_is_estimate) == (["P-001", "P-001_p1"], "", 7, False)
    plain, parallel = page.items
    assert (plain.id, plain.kind, plain.title) == ("onepiece/trading_card/P-001", Item.TRADING_CARD, "Monkey.D.Luffy")
    assert plain.description.startswith("[DON!! x2] This Character gains [Rush].\n(This card can attack")
    assert (plain.language, plain.release_date, plain.HasField("year"), list(plain.prices)) == ("en", "", False, [])
    card = plain.trading_card
    assert (card.number, card.rarity, card.rarity_code, card.card_type) == ("P-001", "P", "P", "CHARACTER")
    assert (card.cost, card.power, card.block_icon, card.trigger) == (6, "7000", "1", "")
    assert not any(card.HasField(name) for name in ("counter", "life", "reprint"))
    assert (list(card.colors), list(card.traits)) == (["Red"], ["Supernovas", "Straw Hat Crew"])
    assert (list(card.card_attributes), card.promo, card.alternate_art) == (["Strike"], True, False)
    assert (card.set.id, card.set.code, card.set.name) == ("", "", "Included in Promotion Pack 2022")
    assert [(one.scheme, one.value) for one in plain.external_ids] == [("card_number", "P-001")]
    assert [(one.role, one.url) for one in plain.images] == [(Image.PRIMARY, f"{PICTURES}/P-001.png")]
    assert [(one.role, one.url) for one in plain.links] == [
        (Link.SOURCE, "https://en.onepiece-cardgame.com/cardlist/?freewords=P-001")
    ]
    assert (parallel.id, parallel.title) == ("onepiece/trading_card/P-001_p1", "Monkey.D.Luffy")
    assert (parallel.trading_card.number, parallel.trading_card.alternate_art) == ("P-001", True)
    assert parallel.trading_card.set.name == "Super Pre-Release"
    assert parallel.images[0].url == f"{PICTURES}/P-001_p1.png"


@facts(REAL, search(number="p-001", colors=["red"], card_types=["Character"], trait="straw hat crew", min_cost=6))
def a_card_by_what_is_printed_on_it(page: Page) -> None:
    # The page tells of seven and shows two: how many of seven pass nobody knows.
    assert (ids(page), page.total) == (["P-001", "P-001_p1"], None)


@facts(REAL, search("P-001", min_power=7001))
def a_card_that_is_too_weak(page: Page) -> None:
    assert (ids(page), page.next) == ([], "")


@facts(REAL, detail("onepiece/trading_card/P-001_p1"))
def a_parallel_by_its_id(item: Item) -> None:
    assert (item.source_id, item.title, item.trading_card.alternate_art) == ("P-001_p1", "Monkey.D.Luffy", True)
    (other,) = item.trading_card.printings
    assert (other.id, other.number, other.rarity) == ("onepiece/trading_card/P-001", "P-001", "P")
    assert (other.set_name, other.set_code) == ("Included in Promotion Pack 2022", "")


@facts(REAL, related("onepiece/trading_card/P-001", Relation.VERSIONS))
def the_parallel_of_a_card(page: Page) -> None:
    assert [(item.source_id, item.context.label) for item in page.items] == [("P-001_p1", "parallel")]


@facts(REAL, lookup("card_number", "P-001"))
def all_printings_of_a_number(page: Page) -> None:
    assert ids(page) == ["P-001", "P-001_p1"]


@facts(NOTHING, search("zzzzqqq"))
def a_search_without_hits(page: Page) -> None:
    assert (ids(page), page.next, page.total) == ([], "", 0)


@facts(NOTHING, detail("onepiece/trading_card/zzzzqqq"), fails=NotFound)
def a_number_that_is_none(error: ProviderError) -> None:
    assert "no card of this number" in str(error)


@facts(SET, related("onepiece/card_set/569301", Relation.CARDS))
def the_cards_of_a_set(page: Page) -> None:
    assert ids(page) == ["PRB01-001", "OP01-029_p2", "OP05-117_p2", "OP01-006_p3", "EB01-006_r1"]
    assert (page.total, page.next) == (5, "")
    cards = [item.trading_card for item in page.items]
    assert [card.card_type for card in cards] == ["LEADER", "EVENT", "STAGE", "CHARACTER", "CHARACTER"]
    assert [card.rarity for card in cards] == ["L", "UC", "UC", "UC", "SR"]
    assert {(card.set.code, card.set.name) for card in cards} == {("PRB-01", "ONE PIECE CARD THE BEST")}
    leader, event, stage, otama, chopper = cards
    assert (leader.life, leader.HasField("cost"), leader.power, leader.alternate_art) == (5, False, "5000", False)
    assert (event.cost, event.power, event.HasField("life"), list(event.card_attributes)) == (1, "", False, [])
    assert (event.number, event.alternate_art, event.HasField("reprint")) == ("OP01-029", True, False)
    assert (list(stage.colors), list(stage.traits), stage.block_icon) == (["Yellow"], ["Sky Island"], "2")
    assert (otama.counter, otama.power, list(otama.card_attributes)) == (2000, "", ["Special"])
    assert (chopper.number, chopper.reprint, chopper.HasField("alternate_art")) == ("EB01-006", True, False)
    assert (list(chopper.traits), chopper.counter) == (["Animal", "Straw Hat Crew"], 1000)
    assert page.items[1].title == "Radical Beam!!"
    assert "\u22122000 power" in page.items[3].description


@facts(SET, search(set="569301", order_by=Order.COST, descending=True))
def the_dearest_of_a_set(page: Page) -> None:
    assert [item.trading_card.cost for item in page.items] == [3, 1, 1, 1, 0]
    assert (page.items[0].title, page.items[-1].title) == ("Tony Tony.Chopper", "Sanji")


@facts(SET, search(set="569301", text="blocker opponent"))
def a_card_of_a_set_by_its_rules(page: Page) -> None:
    assert (ids(page), page.total) == (["EB01-006_r1"], 1)
