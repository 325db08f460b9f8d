"""ONE PIECE Card Game."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Order, Relation
from tako.v1.item_parts_pb2 import Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Access,
    Blocked,
    InvalidField,
    NotFound,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
)
from tako_providers.tcg.onepiece import OnePiece
from tests.conformance.cases import Question, detail, lookup, related, search, terms
from tests.providers.fake_upstream import Answer, FakeUpstream

LIST = "/cardlist/"
SLASH = '<img src="/images/cardlist/attribute/ico_type02.png?v" alt="Slash"><i>Slash</i>'
BLOCKS = {
    "cost": "<h3>Cost</h3>4",
    "attribute": f"<h3>Attribute</h3>{SLASH}",
    "power": "<h3>Power</h3>5000",
    "counter": "<h3>Counter</h3>1000",
    "color": "<h3>Color</h3>Red",
    "block": '<h3>Block<br class="spInline"> icon</h3>1',
    "feature": "<h3>Type</h3>Test Crew",
    "text": "<h3>Effect</h3>[Rush]",
    "getInfo": "<h3>Card Set(s)</h3>-TEST VOYAGE- [TV-01]",
}
BREAK = "&lt;br class=&quot;spInline&quot;&gt;"
MENU = {
    "569202": f"EXTRA {BREAK}-SECOND VOYAGE- {BREAK}[TV02-EB04]",
    "569101": f"BOOSTER {BREAK}-TEST VOYAGE- [TV-01]",
    "569901": "Promotions",
}


def card(
    source_id: str = "TV01-001",
    name: str = "Test Sailor",
    *,
    info: str = "C | CHARACTER",
    drop: str = "",
    picture: str = "",
    **blocks: str,
) -> str:
    """A card as the page has it; ``blocks`` replace or add some."""
    rarity, _, category = info.partition(" | ")
    kept = {key: text for key, text in {**BLOCKS, **blocks}.items() if key not in drop.split()}
    address = picture or f'src="/images/cardlist/dummy.gif" data-src="../images/cardlist/card/{source_id}.png?990101"'
    return (
        f'<a class="modalOpen" data-src="#{source_id}"></a><dl id="{source_id}" class="modalCol">'
        f'<dt><div class="infoCol"><span>{source_id.strip().partition("_")[0]}</span> | <span>{rarity}</span> | '
        f'<span>{category}</span></div><div class="cardName">{name}</div></dt>'
        f'<dd><div class="frontCol"><img {address} alt="x"></div><div class="backCol">'
        + "".join(f'<div class="{key.replace("_", " ")}">{text}</div>' for key, text in kept.items())
        + "</div></dd></dl>"
    )


def answer(*cards: str, count: str | None = None, menu: dict[str, str] | None = None) -> str:
    """A page of the card list."""
    options = "".join(f'<option value="{value}" >{label}</option>' for value, label in (menu or {}).items())
    chooser = f'<select name="series" id="series"><option value>ALL</option>{options}</select>' if menu else ""
    told = f"{len(cards)} results" if count is None else count
    return (
        f'<html><body id="cardlist">{chooser}<div class="countCol">{told}</div>'
        f'<div class="resultCol">{"".join(cards)}</div></body></html>'
    )


async def asked(question: Question, *bodies: Any) -> tuple[Any, FakeUpstream]:
    """What the provider says, and what it asked; the bodies are given one after the other."""
    provider = OnePiece()
    up = FakeUpstream(provider, {LIST: bodies})
    return await getattr(provider, question.operation)(question.build(provider), up), up


async def one(body: str, *, language: str = "") -> Item:
    """The only item of a page."""
    page, _ = await asked(search("x", language=language), answer(body))
    (item,) = page.items
    assert isinstance(item, Item)
    return item


def urls(up: FakeUpstream) -> list[str]:
    return [request.full_url.removeprefix("https://") for request in up.requests]


# --- Asking -------------------------------------------------------------------------------------------------


def test_a_browser_is_only_for_challenges() -> None:
    assert OnePiece.manifest.access is Access.DIRECT_THEN_BROWSER


@pytest.mark.parametrize(
    ("question", "params"),
    [
        (search("monkey luffy"), {"freewords": "monkey luffy"}),
        (search(number="TV01-001"), {"freewords": "TV01-001"}),
        (search("luffy", number="TV01-001"), {"freewords": "luffy"}),
        (search(set="569101"), {"series": "569101"}),
        (search("luffy", set="569101"), {"freewords": "luffy", "series": "569101"}),
        (related("onepiece/card_set/569101", Relation.CARDS), {"series": "569101"}),
        (lookup("card_number", "tv01-001_p1"), {"freewords": "TV01-001"}),
        (search('Eustass"Captain"Kid'), {"freewords": 'Eustass"Captain"Kid'}),
    ],
)
async def test_words_and_sets_reach_the_upstream(question: Question, params: dict[str, str]) -> None:
    _, up = await asked(question, answer(card()))
    assert (up.params, len(up.requests)) == (params, 1)


@pytest.mark.parametrize(
    ("language", "host", "given"),
    [
        ("", "en.onepiece-cardgame.com", "en"),
        ("en-GB", "en.onepiece-cardgame.com", "en"),
        ("fr", "fr.onepiece-cardgame.com", "fr"),
        ("ja", "www.onepiece-cardgame.com", "ja"),
        ("zh-TW", "asia-tc.onepiece-cardgame.com", "zh-Hant"),
        ("th", "asia-th.onepiece-cardgame.com", "th"),
        ("ko", "en.onepiece-cardgame.com", "en"),
    ],
)
async def test_each_language_has_its_site(language: str, host: str, given: str) -> None:
    page, up = await asked(search("luffy", language=language), answer(card()))
    assert urls(up) == [f"{host}/cardlist/?freewords=luffy"]
    (item,) = page.items
    assert item.language == given
    assert item.images[0].url == f"https://{host}/images/cardlist/card/TV01-001.png"
    assert item.links[0].url == f"https://{host}/cardlist/?freewords=TV01-001"


@pytest.mark.parametrize("wanted", ["TV-01", "tv01", "Test Voyage", "554101"])
async def test_a_set_is_known_by_code_name_and_the_number_of_another_site(wanted: str) -> None:
    page, up = await asked(search(set=wanted), answer(menu=MENU), answer(card()))
    assert urls(up) == ["en.onepiece-cardgame.com/cardlist/", "en.onepiece-cardgame.com/cardlist/?series=569101"]
    assert (len(page.items), page.total) == (1, 1)


async def test_a_set_of_another_site_is_found_by_its_last_digits() -> None:
    question = related("onepiece/card_set/569101", Relation.CARDS, language="ja")
    _, up = await asked(question, answer(menu={"550101": "X【TV-01】"}), answer(card()))
    assert urls(up)[-1] == "www.onepiece-cardgame.com/cardlist/?series=550101"


async def test_an_unknown_set_has_no_cards() -> None:
    page, up = await asked(search("luffy", set="XX-99"), answer(menu=MENU))
    assert (list(page.items), page.total, page.next, len(up.requests)) == ([], 0, "", 1)


async def test_without_words_a_search_goes_set_by_set_to_the_last() -> None:
    red, blue = card("TV01-001"), card("TV01-002", color="<h3>Color</h3>Blue")
    bodies = (answer(menu=MENU), answer(red, blue))
    cursor, seen = "", []
    for _ in MENU:
        page, up = await asked(search(colors=["blue"], cursor=cursor, order_by=Order.TITLE), *bodies)
        assert ([item.source_id for item in page.items], page.total) == (["TV01-002"], None)
        assert page.ignored == ("order_by",)
        seen.append(up.params["series"])
        cursor = page.next
    assert (seen, cursor) == (list(MENU), "")


async def test_a_cursor_that_is_no_set_is_refused() -> None:
    with pytest.raises(InvalidField):
        await asked(search(colors=["red"], cursor="1"), answer(menu=MENU))


async def test_all_found_comes_on_one_page() -> None:
    page, _ = await asked(search("x"), answer(card(), card("TV01-001_p1"), count="2 results"))
    assert (len(page.items), page.total, page.next, page.ignored) == (2, 2, "", ())


async def test_a_card_that_is_listed_twice_is_one() -> None:
    page, _ = await asked(search("x"), answer(card(), card()))
    assert [item.source_id for item in page.items] == ["TV01-001"]


# --- Choosing and sorting -----------------------------------------------------------------------------------

SAILOR = card("TV01-003", "Bosun", info="SR | CHARACTER", cost="<h3>Cost</h3>7", power="<h3>Power</h3>7000")
LEADER = card("TV01-001", "Admiral", info="L | LEADER", cost="<h3>Life</h3>5", color="<h3>Color</h3>Red/Green")
EVENT = card(
    "TV01-002",
    "Cannonade",
    info="UC | EVENT",
    cost="<h3>Cost</h3>2",
    power="<h3>Power</h3>-",
    attribute="<h3>Attribute</h3>",
    color="<h3>Color</h3>Blue",
    feature="<h3>Type</h3>Navy/Test Crew",
    text="<h3>Effect</h3>[Main] Draw 2 cards.",
    trigger="<h3>Trigger</h3>[Trigger] K.O. a Stage.",
)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"rarity": "sr"}, ["Bosun"]),
        ({"number": "tv01-002"}, ["Cannonade"]),
        ({"card_types": ["Leader"]}, ["Admiral"]),
        ({"card_types": ["Leader", "Event"]}, []),
        ({"colors": ["red"]}, ["Bosun", "Admiral"]),
        ({"colors": ["Red", "Green"]}, ["Admiral"]),
        ({"attribute": "slash"}, ["Bosun", "Admiral"]),
        ({"trait": "navy"}, ["Cannonade"]),
        ({"text": "draw cards"}, ["Cannonade"]),
        ({"text": "stage"}, ["Cannonade"]),
        ({"min_cost": 3}, ["Bosun"]),
        ({"max_cost": 2}, ["Cannonade"]),
        ({"min_power": 5000, "max_power": 6999}, ["Admiral"]),
    ],
)
async def test_filters_choose_among_all_that_is_found(filters: dict[str, Any], names: list[str]) -> None:
    page, up = await asked(search("x", **filters), answer(SAILOR, LEADER, EVENT))
    assert ([item.title for item in page.items], page.total) == (names, len(names))
    assert up.params == {"freewords": "x"}


@pytest.mark.parametrize(
    ("order", "descending", "names"),
    [
        (Order.TITLE, None, ["Admiral", "Bosun", "Cannonade"]),
        (Order.TITLE, True, ["Cannonade", "Bosun", "Admiral"]),
        (Order.NUMBER, None, ["Admiral", "Cannonade", "Bosun"]),
        (Order.COST, None, ["Cannonade", "Bosun", "Admiral"]),
        (Order.COST, True, ["Bosun", "Cannonade", "Admiral"]),
        (Order.BY_UNSPECIFIED, None, ["Bosun", "Admiral", "Cannonade"]),
    ],
)
async def test_orders_hold_over_all_and_leaders_have_no_cost(
    order: Order.By.ValueType, descending: bool | None, names: list[str]
) -> None:
    page, _ = await asked(search("x", order_by=order, descending=descending), answer(SAILOR, LEADER, EVENT))
    assert [item.title for item in page.items] == names


# --- Reading a card -----------------------------------------------------------------------------------------


async def test_a_bare_card_leaves_all_the_rest_unset() -> None:
    item = await one(card(info=" | ", drop=" ".join(BLOCKS)).replace("data-src=", "data-none="))
    assert (item.title, item.description, list(item.images)) == ("Test Sailor", "", [])
    assert {field.name for field, _ in item.trading_card.ListFields()} == {"number", "alternate_art"}
    assert dict(item.attributes) == {}


@pytest.mark.parametrize("dash", ["-", "\u2212", "", " - "])
async def test_a_dash_is_nothing(dash: str) -> None:
    names = ("cost", "power", "counter", "color", "block", "feature", "text", "trigger", "attribute", "getInfo")
    item = await one(card(**dict.fromkeys(names, f"<h3>x</h3>{dash}")))
    assert {field.name for field, _ in item.trading_card.ListFields()} == {
        "number",
        "rarity",
        "rarity_code",
        "card_type",
        "alternate_art",
    }
    assert item.description == ""


async def test_zero_is_a_cost() -> None:
    card_of = (await one(card(cost="<h3>Cost</h3>0", counter="<h3>Counter</h3>0"))).trading_card
    assert (card_of.HasField("cost"), card_of.cost, card_of.HasField("counter"), card_of.counter) == (True, 0, True, 0)


@pytest.mark.parametrize(
    ("category", "label"),
    [("LEADER", "Life"), ("LEADER", "Cost"), ("LEADER", "ไลฟ์"), ("Chef", "Vie"), ("x", "ライフ"), ("x", "生命值")],
)
async def test_the_life_of_a_leader_stands_where_others_have_their_cost(category: str, label: str) -> None:
    item = await one(card(info=f"L | {category}", cost=f"<h3>{label}</h3>5"))
    assert (item.trading_card.life, item.trading_card.HasField("cost")) == (5, False)


@pytest.mark.parametrize("text", ["カウンター1000", "\uff11\uff10\uff10\uff10", "1,000", "+1000"])
async def test_numbers_are_read_as_the_sites_from_asia_write_them(text: str) -> None:
    item = await one(card(counter=f"<h3>Counter</h3>{text}", power=f"<h3>Power</h3>{text}"))
    assert (item.trading_card.counter, item.trading_card.power) == (1000, "1000")


@pytest.mark.parametrize(
    "written",
    [
        "by &lt;Slash&gt; cards.",
        "by <Slash> cards.",
        "by <b>&lt;Slash&gt;</b> cards.",
        "by &amp;lt;Slash&amp;gt; cards.",
    ],
)
async def test_attributes_in_rules_are_no_markup(written: str) -> None:
    item = await one(card(text=f"<h3>Effect</h3>[On Play] K.O.\n   {written}<br>Then draw.<br />\nThat is all."))
    assert item.description == "[On Play] K.O. by <Slash> cards.\nThen draw.\nThat is all."


async def test_a_marker_of_two_words_is_kept() -> None:
    assert (await one(card(text="<Double Attack> Draw."))).description == "<Double Attack> Draw."


async def test_readings_above_japanese_words_are_left_out() -> None:
    name = "<ruby>海賊<rp>(</rp><rt>かいぞく</rt><rp>)</rp></ruby>"
    assert (await one(card(name=name), language="ja")).title == "海賊"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('Eustass"Captain"Kid', 'Eustass"Captain"Kid'),
        ("Eustass&quot;Captain&quot;Kid", 'Eustass"Captain"Kid'),
        ("Who&#039;s.Who", "Who's.Who"),
        ("Nami &amp;amp; Robin", "Nami & Robin"),
        ("\n  Two \n lines ", "Two lines"),
    ],
)
async def test_names_are_plain(written: str, title: str) -> None:
    assert (await one(card(name=written))).title == title


@pytest.mark.parametrize(
    ("written", "colors"),
    [
        ("Red/Green", ["Red", "Green"]),
        ("Rouge/Vert", ["Red", "Green"]),
        ("赤/緑", ["Red", "Green"]),
        ("赤緑", ["Red", "Green"]),
        ("紅綠", ["Red", "Green"]),
        ("黃/黄", ["Yellow", "Yellow"]),
        ("แดง/น้ำเงิน", ["Red", "Blue"]),
        ("Mauve", ["Mauve"]),
    ],
)
async def test_colours_are_in_english_on_all_sites(written: str, colors: list[str]) -> None:
    assert list((await one(card(color=f"<h3>x</h3>{written}"))).trading_card.colors) == colors


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        ('<img src="a/ico_type10.png" alt="Strike/Wisdom"><i>Strike/Wisdom</i>', ["Strike", "Wisdom"]),
        ('<img src="broken.png" alt=""><i>Special</i>', ["Special"]),
        ('<img src="a/ico_type05.png?v" alt="Wisdom">', ["Wisdom"]),
        ("<i>斬/特</i>", ["Slash", "Special"]),
        ('<img src="a/ico_type06.png" alt="Tranche/Frappe"><i>Tranche/Frappe</i>', ["Slash", "Strike"]),
        ('<img src="a/ico_type77.png" alt="Tranche"><i>Tranche</i>', ["Tranche"]),
        ("<i>\uff1f</i>", ["?"]),
        ('<img src="a/ico_type01.png" alt="Special"><i>Special</i>', ["Special"]),
    ],
)
async def test_attributes_come_from_words_first_then_from_the_picture(written: str, attributes: list[str]) -> None:
    item = await one(card(attribute=f"<h3>Attribute</h3>{written}"))
    assert list(item.trading_card.card_attributes) == attributes


@pytest.mark.parametrize(
    ("written", "category"),
    [("Personnage", "CHARACTER"), ("ÉVÉNEMENTS", "EVENT"), ("キャラクタークター", "CHARACTER"), ("DON!!", "DON!!")],
)
async def test_categories_are_in_english_on_all_sites(written: str, category: str) -> None:
    item = await one(card(info=f"SPカード | {written}"))
    assert (item.trading_card.card_type, item.trading_card.rarity) == (category, "SP CARD")


@pytest.mark.parametrize(
    ("source_id", "number", "alternate", "reprint"),
    [
        ("TV01-001", "TV01-001", False, None),
        ("TV01-001_p12", "TV01-001", True, None),
        ("TV01-001_r1", "TV01-001", None, True),
        ("TV01-001_x1", "TV01-001", None, None),
        (" TV01-001 ", "TV01-001", False, None),
    ],
)
async def test_the_id_tells_what_a_printing_is(
    source_id: str, number: str, alternate: bool | None, reprint: bool | None
) -> None:
    item = await one(card(source_id))
    found = item.trading_card
    assert (item.source_id, found.number, [one.value for one in item.external_ids]) == (
        source_id.strip(),
        number,
        [number],
    )
    assert (found.alternate_art if found.HasField("alternate_art") else None) is alternate
    assert (found.reprint if found.HasField("reprint") else None) is reprint


@pytest.mark.parametrize(
    ("label", "name", "code", "item_id"),
    [
        ("-TEST VOYAGE- [TV01]", "TEST VOYAGE", "TV-01", "onepiece/card_set/569101"),
        ("BOOSTER -TEST VOYAGE- [TV-01]", "TEST VOYAGE", "TV-01", "onepiece/card_set/569101"),
        ("EXTRA -SECOND VOYAGE- [TV02-EB04]", "SECOND VOYAGE", "TV02-EB04", "onepiece/card_set/569202"),
        ("-Unknown - voyage- [ZZ-01]", "Unknown - voyage", "ZZ-01", ""),
        ("Included in a magazine", "Included in a magazine", "", ""),
    ],
)
async def test_a_card_names_its_set_and_the_menu_its_id(label: str, name: str, code: str, item_id: str) -> None:
    page, _ = await asked(search("x"), answer(card(getInfo=f"<h3>x</h3>{label}"), menu=MENU))
    found = page.items[0].trading_card.set
    assert (found.name, found.code, found.id) == (name, code, item_id)


async def test_a_card_may_be_in_several_sets() -> None:
    item = await one(card(getInfo="<h3>x</h3>-A- [TV-01]<br>-B- [TV-02]"))
    assert (item.trading_card.set.code, item.attributes["card_sets"]) == ("TV-01", "-A- [TV-01]; -B- [TV-02]")


async def test_remarks_are_no_set() -> None:
    item = await one(card(drop="getInfo", getInfo_remarks='<h3>Notes</h3><a href="/rules/errata/">Errata Card</a>'))
    assert not item.trading_card.HasField("set")
    assert [(one.role, one.url, one.title) for one in item.links[1:]] == [
        (Link.OTHER, "https://en.onepiece-cardgame.com/rules/errata/", "Errata Card")
    ]


async def test_a_browser_has_put_pictures_in_their_place() -> None:
    item = await one(card(picture='class="lazy loaded" src="/images/cardlist/card/TV01-001.webp?1"'))
    assert item.images[0].url == "https://en.onepiece-cardgame.com/images/cardlist/card/TV01-001.webp"


async def test_order_and_further_classes_do_not_matter() -> None:
    body = card().replace('class="modalCol"', "class='is-open modalCol'").replace('class="cost"', 'class="is-a cost"')
    body = body.replace('<div class="color">', '<p></p><div data-x="1" class="color wide">')
    found = (await one(body)).trading_card
    assert (found.cost, list(found.colors), found.power) == (4, ["Red"], "5000")


# --- Details, relations, look-ups, vocabulary ---------------------------------------------------------------

PRINTINGS = answer(card("TV01-001_p1"), card(), card("TV01-001_r1"), card("TV01-0011"))


async def test_a_detail_lists_the_other_printings() -> None:
    item, up = await asked(detail("onepiece/trading_card/TV01-001_p1"), PRINTINGS)
    assert up.params == {"freewords": "TV01-001"}
    assert [one.id.rpartition("/")[2] for one in item.trading_card.printings] == ["TV01-001", "TV01-001_r1"]


async def test_versions_are_the_other_printings() -> None:
    page, _ = await asked(related("onepiece/trading_card/TV01-001", Relation.VERSIONS), PRINTINGS)
    assert [(item.source_id, item.context.label) for item in page.items] == [
        ("TV01-001_p1", "parallel"),
        ("TV01-001_r1", "reprint"),
    ]
    assert page.total == 2


@pytest.mark.parametrize(
    "question",
    [
        detail("onepiece/trading_card/TV01-009"),
        related("onepiece/trading_card/TV01-009", Relation.VERSIONS),
        detail("onepiece/card_set/569999"),
        related("onepiece/card_set/554999", Relation.CARDS),
    ],
)
async def test_what_is_not_listed_does_not_exist(question: Question) -> None:
    with pytest.raises(NotFound):
        await asked(question, answer(menu=MENU))


async def test_a_card_that_a_language_lacks_is_in_english() -> None:
    item, up = await asked(detail("onepiece/trading_card/TV01-001", language="fr"), answer(), PRINTINGS)
    assert (item.language, len(up.requests)) == ("en", 2)
    assert urls(up)[1].startswith("en.onepiece-cardgame.com/")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("TV01-001", ["TV01-001_p1", "TV01-001", "TV01-001_r1"]),
        ("tv01-001", ["TV01-001_p1", "TV01-001", "TV01-001_r1"]),
        ("TV01-001_r1", ["TV01-001_r1"]),
        ("TV01-002", []),
    ],
)
async def test_a_number_leads_to_its_printings(code: str, found: list[str]) -> None:
    page, _ = await asked(lookup("card_number", code), PRINTINGS)
    assert [item.source_id for item in page.items] == found


@pytest.mark.parametrize("code", ["Luffy", "1/204", "TV01-", "TV01-001 or 1"])
async def test_what_is_no_number_is_not_asked_for(code: str) -> None:
    page, up = await asked(lookup("card_number", code), PRINTINGS)
    assert (list(page.items), up.requests) == ([], [])


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ({}, ["569202", "569101", "569901"]),
        ({"text": "voyage"}, ["569202", "569101"]),
        ({"text": "tv-01"}, ["569101"]),
        ({"text": "zzz"}, []),
        ({"term_id": "569901"}, ["569901"]),
        ({"term_id": "TV01"}, ["569101"]),
        ({"term_id": "zzz"}, []),
    ],
)
async def test_the_menu_is_the_vocabulary_of_sets(more: dict[str, str], numbers: list[str]) -> None:
    page, up = await asked(terms(Term.SETS, **more), answer(menu=MENU))
    assert ([term.id for term in page.terms], page.total, up.params) == (numbers, len(numbers), {})


@pytest.mark.parametrize(
    ("label", "name", "kind", "code"),
    [
        (MENU["569101"], "TEST VOYAGE", "BOOSTER", "TV-01"),
        (MENU["569202"], "SECOND VOYAGE", "EXTRA", "TV02-EB04"),
        ("Promotions", "Promotions", "", ""),
        ("DECK EX -GEAR5- [ST-21]", "GEAR5", "DECK EX", "ST-21"),
        ('DECK &lt;br&gt;-RED "Cap"Kid- [ST-36]', 'RED "Cap"Kid', "DECK", "ST-36"),
        ("ブースター &lt;br&gt;航海【TV-01】", "航海", "ブースター", "TV-01"),
        ("航海【TV-01】", "航海", "", "TV-01"),
        ("[TV-01]", "[TV-01]", "", "TV-01"),
    ],
)
async def test_the_label_of_a_set_is_taken_apart(label: str, name: str, kind: str, code: str) -> None:
    item, _ = await asked(detail("onepiece/card_set/569101"), answer(menu={"569101": label}))
    assert (item.title, item.card_set.type, item.card_set.code) == (name, kind, code)
    assert item.links[0].url == "https://en.onepiece-cardgame.com/cardlist/?series=569101"


async def test_a_set_in_another_language_has_that_site_s_number() -> None:
    question = detail("onepiece/card_set/569101", language="ja")
    item, _ = await asked(question, answer(menu={"550101": "航海【TV-01】"}))
    assert (item.source_id, item.title, item.language) == ("550101", "航海", "ja")


async def test_the_menu_is_kept() -> None:
    provider = OnePiece()
    up = FakeUpstream(provider, {LIST: answer(menu=MENU)})
    for _ in range(2):
        question = terms(Term.SETS)
        await provider.terms(question.build(provider), up)
    assert len(up.requests) == 1


@pytest.mark.parametrize(
    "question",
    [
        terms(Term.RARITIES),
        detail("onepiece/ruling/1"),
        related("onepiece/trading_card/TV01-001", Relation.RULINGS),
    ],
)
async def test_what_it_lacks_it_says(question: Question) -> None:
    with pytest.raises(Unsupported):
        await asked(question, PRINTINGS)


# --- Trouble ------------------------------------------------------------------------------------------------


async def test_no_results_are_told_by_the_page() -> None:
    page, _ = await asked(search("zzz"), answer(count="0 results", menu=MENU))
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>moved</body></html>",
        '<html><body><div class="countCol">0 results</div></body></html>',
        '<html><body><div class="resultCol"></div></body></html>',
        answer(count="no results"),
        answer(count="240 results"),
        answer(card().replace("cardName", "cardTitle")),
        answer(card().replace('id="TV01-001"', "")),
        answer(card(), card("TV01-002"))[:-120].rpartition('<div class="text">')[0],
        answer(card(), count="2 results").replace("<dl", '<a class="modalOpen"></a><dl'),
    ],
)
async def test_another_shape_is_no_empty_answer(body: str) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("luffy"), body)


async def test_a_cut_page_is_seen_where_cards_are_missing() -> None:
    whole = answer(card(), card("TV01-002"), card("TV01-003"))
    with pytest.raises(ShapeChanged):
        await asked(search("luffy"), whole[: whole.index('<div class="text">', whole.index("TV01-002"))])


async def test_a_card_list_without_a_menu_is_none() -> None:
    with pytest.raises(ShapeChanged):
        await asked(terms(Term.SETS), answer(card()))


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, ShapeChanged), (429, RateLimited), (403, Blocked), (500, Unreachable), (503, Unreachable)],
)
@pytest.mark.parametrize("question", [search("luffy"), detail("onepiece/trading_card/TV01-001"), terms(Term.SETS)])
async def test_statuses_have_their_class(question: Question, status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, Answer("<html><body>sorry</body></html>", status, {"content-type": "text/html"}))


async def test_a_challenge_is_a_wall() -> None:
    page = "<html><head><title>Just a moment...</title></head><body></body></html>"
    with pytest.raises(Blocked):
        await asked(search("luffy"), Answer(page, 403, {"content-type": "text/html", "cf-mitigated": "challenge"}))
