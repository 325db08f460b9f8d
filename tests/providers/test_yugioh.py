"""Yu-Gi-Oh! (YGOPRODeck)."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.details_cards_pb2 import Legality
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    InvalidField,
    NotFound,
    Page,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
    make_id,
)
from tako_providers.tcg.yugioh import Yugioh
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

CARD = {"id": 101, "name": "Test Dragon", "type": "Effect Monster"}
SET = {"set_name": "Test Set", "set_code": "TST", "num_of_cards": 2, "tcg_date": "2024-05-06"}
NOTHING = Answer({"error": "No card matching your query was found in the database."}, 400)
BAD_TYPE = Answer({"error": "Type value of wood is invalid. Please use a correct Type value."}, 400)
INFO = "/cardinfo.php"
DETAIL = "yugioh/trading_card/101"


def listed(*entries: Any, **meta: Any) -> dict[str, Any]:
    return {"data": list(entries), **({"meta": meta} if meta else {})}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Yugioh(), question, {f"/api/v7{path}": answer for path, answer in answers.items()})


async def sampled(question: Question) -> Any:
    return await ask_samples(Yugioh(), question)


async def card_of(entry: dict[str, Any]) -> Item:
    item, _ = await asked(detail(DETAIL), {INFO: listed({**CARD, **entry})})
    assert isinstance(item, Item)
    return item


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("sample dragon"))
    assert [one.title for one in page.items] == ["Sample Dragon", "Sample Dragon Link"]
    item = await sampled(detail(make_id("yugioh", page.items[0].kind, page.items[0].source_id)))
    assert (item.title, item.release_date, item.engagement.views) == ("Sample Dragon", "2025-03-14", 120)
    link = page.items[1].trading_card
    assert (link.set.name, link.number, link.link_rating) == ("Sample Duel Pack", "SDP-EN002", 2)
    card_set = await sampled(detail(link.set.id))
    assert (card_set.title, card_set.card_set.code) == ("Sample Duel Pack", "SDP")
    cards = await sampled(related(link.set.id, Relation.CARDS))
    assert [one.trading_card.number for one in cards.items] == ["SDP-EN001", "SDP-EN002", "SDP-EN003"]


async def test_samples_have_feeds_vocabularies_and_look_ups() -> None:
    assert len((await sampled(trending(Feed.RECENT))).items) == 3
    sets = await sampled(trending(Feed.RECENT, kind=Item.CARD_SET))
    assert [one.title for one in sets.items] == ["Sample Tin", "Sample Duel Pack", "Undated Sample"]
    assert [one.title for one in (await sampled(trending(Feed.RANDOM))).items] == ["Sample Dragon Link"]
    assert [one.id for one in (await sampled(terms(Term.ARCHETYPES))).terms] == ["Example", "Sample"]
    assert len((await sampled(terms(Term.SETS, text="sdp"))).terms) == 2
    for scheme, code in (("passcode", "01000001"), ("konami", "90001"), ("card_number", "SDP-EN001")):
        assert [one.title for one in (await sampled(lookup(scheme, code))).items] == ["Sample Dragon"]


async def test_samples_in_french_an_empty_search_and_errors() -> None:
    item = await sampled(detail("yugioh/trading_card/1000001", language="fr"))
    assert (item.title, item.original_title, item.language) == ("Dragon d'exemple", "Sample Dragon", "fr")
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("yugioh/trading_card/404"))
    with pytest.raises(InvalidField, match="wood"):
        await sampled(search(card_types=["wood"]))


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "params"),
    [
        ({"set": "Metal Raiders"}, {"cardset": "Metal Raiders"}),
        ({"card_types": ["Spell Card"]}, {"type": "Spell Card"}),
        ({"attribute": "DARK", "race": "Dragon"}, {"attribute": "DARK", "race": "Dragon"}),
        ({"archetype": "Blue-Eyes"}, {"archetype": "Blue-Eyes"}),
        ({"level": 0, "link_rating": 3, "pendulum_scale": 8}, {"level": "0", "link": "3", "scale": "8"}),
        ({"link_markers": ["Top", "Bottom"]}, {"linkmarker": "Top,Bottom"}),
        ({"min_power": 2500}, {"atk": "gte2500"}),
        ({"max_toughness": 0}, {"def": "lte0"}),
        ({"min_power": 1000, "max_power": 1000}, {"atk": "1000"}),
        ({"format": "goat", "banlist": "tcg"}, {"format": "goat", "banlist": "tcg"}),
        ({"released_from": "2020"}, {"startdate": "2020-01-01", "enddate": "2100-12-31"}),
        ({"released_to": "2024-02"}, {"startdate": "1990-01-01", "enddate": "2024-02-29"}),
        ({"order_by": Order.TITLE}, {"sort": "name"}),
        ({"order_by": Order.RELEASE_DATE, "descending": True}, {"sort": "new"}),
    ],
)
async def test_filters_and_orders_reach_ygoprodeck(filters: dict[str, Any], params: dict[str, str]) -> None:
    page, up = await asked(search("dragon", **filters), {INFO: listed(CARD)})
    assert up.params == {"fname": "dragon", **params, "num": "50", "offset": "0", "misc": "yes"}
    assert page.ignored == ()


@pytest.mark.parametrize(
    ("wishes", "ignored"),
    [
        ({"order_by": Order.TITLE, "descending": True}, ("descending",)),
        ({"order_by": Order.RELEASE_DATE, "descending": False}, ("descending",)),
        ({"card_types": ["Token", "Skill Card"]}, ("card_types",)),
    ],
)
async def test_what_cannot_be_honoured_is_reported(wishes: dict[str, Any], ignored: tuple[str, ...]) -> None:
    page, _ = await asked(search("dragon", **wishes), {INFO: listed(CARD)})
    assert page.ignored == ignored


async def test_a_range_with_two_ends_is_cut_here() -> None:
    entries = [{**CARD, "atk": atk} for atk in (900, 1000, 2000, 2100)] + [CARD]
    page, up = await asked(search(min_power=1000, max_power=2000), {INFO: listed(*entries, total_rows=99)})
    assert [one.trading_card.power for one in page.items] == ["1000", "2000"]
    assert (page.total, up.params["atk"]) == (None, "gte1000")


async def test_quotes_ask_for_the_exact_name_and_then_for_one_that_has_them() -> None:
    _, up = await asked(search('"Test Dragon"'), {INFO: listed(CARD)})
    assert (up.params["name"], "fname" in up.params) == ("Test Dragon", False)
    page, up = await asked(search('"Infernoble Arms"'), {INFO: (NOTHING, listed(CARD))})
    assert (up.params["fname"], len(page.items)) == ('"Infernoble Arms"', 1)


# --- Pages and language -------------------------------------------------------------------------------------


async def test_pages_go_on_to_the_last() -> None:
    meta = {"total_rows": 60, "rows_remaining": 10, "next_page_offset": 50}
    first, _ = await asked(search("dragon"), {INFO: listed(CARD, **meta)})
    assert (first.next, first.total) == (".50", 60)
    last, up = await asked(search("dragon", cursor=first.next), {INFO: listed(CARD, total_rows=60, rows_remaining=0)})
    assert (last.next, last.total, up.params["offset"]) == ("", 60, "50")


async def test_a_page_that_leads_back_is_the_last() -> None:
    meta = {"total_rows": 60, "rows_remaining": 10, "next_page_offset": 50}
    page, _ = await asked(search("dragon", cursor=".50"), {INFO: listed(CARD, **meta)})
    assert (page.next, page.total) == ("", 60)


@pytest.mark.parametrize("cursor", ["xx.50", "fr.x"])
async def test_a_cursor_of_another_provider_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidField, match="page_token"):
        await asked(search("dragon", cursor=cursor), {})


@pytest.mark.parametrize(("language", "code"), [("fr-FR", "fr"), ("pt-BR", "pt"), ("de", "de"), ("it", "it")])
async def test_language_is_asked_for(language: str, code: str) -> None:
    entry = {**CARD, "name": "Autre", "name_en": "Test Dragon"}
    page, up = await asked(search("autre", language=language), {INFO: listed(entry)})
    assert up.params["language"] == code
    assert (page.items[0].title, page.items[0].original_title, page.items[0].language) == ("Autre", "Test Dragon", code)


async def test_english_comes_where_the_language_has_none_and_stays() -> None:
    meta = {"total_rows": 60, "rows_remaining": 10, "next_page_offset": 50}
    page, up = await asked(search("dragon", language="fr"), {INFO: (NOTHING, listed(CARD, **meta))})
    assert (page.items[0].language, page.next, "language" in up.params) == ("en", ".50", False)
    _, up = await asked(search("dragon", language="fr", cursor=page.next), {INFO: listed(CARD)})
    assert [dict(request.params).get("language") for request in up.requests] == [None]
    item, up = await asked(detail(DETAIL, language="fr"), {INFO: (NOTHING, listed(CARD))})
    assert (item.language, len(up.requests)) == ("en", 2)


@pytest.mark.parametrize("language", ["ja", "en-GB", ""])
async def test_other_languages_are_not_asked_for(language: str) -> None:
    _, up = await asked(search("dragon", language=language), {INFO: NOTHING})
    assert (len(up.requests), "language" in up.params) == (1, False)


# --- Cards --------------------------------------------------------------------------------------------------


async def test_what_ygoprodeck_does_not_say_stays_unset() -> None:
    item = await card_of({})
    card = item.trading_card
    assert not (card.HasField("level") or card.HasField("pendulum_scale") or card.HasField("link_rating"))
    assert (card.power, card.toughness, list(card.printings), list(card.legalities)) == ("", "", [], [])
    assert not (card.HasField("set") or item.HasField("year") or item.HasField("engagement"))
    assert (list(item.prices), list(item.images), dict(item.attributes)) == ([], [], {})


@pytest.mark.parametrize(
    ("entry", "power", "toughness"),
    [
        ({"atk": -1, "def": 0}, "?", "0"),
        ({"atk": 0, "def": -1}, "0", "?"),
        ({"atk": 0, "def": 0, "misc_info": [{"question_atk": 1}]}, "?", "0"),
        ({"atk": "12", "def": None}, "", ""),
    ],
)
async def test_attack_and_defence(entry: dict[str, Any], power: str, toughness: str) -> None:
    card = (await card_of(entry)).trading_card
    assert (card.power, card.toughness) == (power, toughness)


async def test_zeros_are_no_prices() -> None:
    prices = {"cardmarket_price": "0.00", "tcgplayer_price": "1.20", "ebay_price": "0", "amazon_price": None}
    printing = {"set_name": "Test Set", "set_code": "TST-EN001", "set_rarity": "Rare", "set_price": "0"}
    item = await card_of({"card_prices": [prices], "card_sets": [printing]})
    assert [(one.market, one.amount.currency_code) for one in item.prices] == [("tcgplayer", "USD")]
    assert not item.trading_card.printings[0].HasField("price")


async def test_only_what_all_printings_share_is_the_cards() -> None:
    one = {"set_name": "Test Set", "set_code": "TST-EN001", "set_rarity": "Rare", "set_rarity_code": "(R)"}
    two = {**one, "set_rarity": "Common", "set_rarity_code": "(C)"}
    card = (await card_of({"card_sets": [one, two]})).trading_card
    assert (card.set.id, card.set.code, card.number) == ("yugioh/card_set/Test~20Set", "TST", "TST-EN001")
    assert (card.rarity, card.rarity_code) == ("", "")
    assert [(p.rarity, p.rarity_code) for p in card.printings] == [("Rare", "R"), ("Common", "C")]
    other = {**one, "set_name": "Other", "set_code": "OTH-EN009"}
    entry = {**CARD, "card_sets": [other, one]}
    page, _ = await asked(related("yugioh/card_set/Other", Relation.CARDS), {INFO: listed(entry)})
    assert (page.items[0].trading_card.number, page.items[0].trading_card.rarity) == ("OTH-EN009", "Rare")
    page, _ = await asked(search(set="Test Set"), {INFO: listed(entry)})
    assert page.items[0].trading_card.number == "TST-EN001"


async def test_ban_lists_in_old_and_new_words() -> None:
    bans = {"ban_tcg": "Forbidden", "ban_ocg": "Banned", "ban_goat": "Semi-Limited", "ban_x": "Odd"}
    assert [(one.format, one.status) for one in (await card_of({"banlist_info": bans})).trading_card.legalities] == [
        ("tcg", Legality.BANNED),
        ("ocg", Legality.BANNED),
        ("goat", Legality.SEMI_LIMITED),
    ]


async def test_a_pendulum_monster_has_both_halves_of_its_text() -> None:
    entry = {
        "scale": 0,
        "desc": "[ Pendulum Effect ]\r\nOne.\r\n\r\n[ Monster Effect ]\r\nTwo.",
        "pend_desc": "One.",
        "monster_desc": "Two.",
    }
    item = await card_of(entry)
    assert item.description == "[ Pendulum Effect ]\nOne.\n\n[ Monster Effect ]\nTwo."
    assert [(one.type, one.text) for one in item.trading_card.abilities] == [
        ("Pendulum Effect", "One."),
        ("Monster Effect", "Two."),
    ]
    assert (item.trading_card.pendulum_scale, item.trading_card.HasField("pendulum_scale")) == (0, True)


async def test_what_misc_adds() -> None:
    misc = {
        "tcg_date": "0000-00-00",
        "ocg_date": "2001-02-03",
        "konami_id": 4007,
        "formats": ["TCG", "GOAT"],
        "views": 0,
    }
    item = await card_of({"misc_info": [misc]})
    assert (item.release_date, item.year, item.HasField("engagement")) == ("2001-02-03", 2001, False)
    assert dict(item.attributes) == {"formats": "TCG, GOAT", "ocg_date": "2001-02-03"}
    assert [(one.scheme, one.value) for one in item.external_ids] == [("passcode", "00000101"), ("konami", "4007")]


ODD: tuple[Any, ...] = (7, -1, 1e300, True, "", "?", [], [7, None, "x", [], {}], {}, {"x": 7}, None)


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_optional_field_costs_nothing_but_itself(odd: Any) -> None:
    for name in (
        *("type", "typeline", "frameType", "desc", "race", "archetype", "attribute", "atk", "def", "level", "scale"),
        *("linkval", "linkmarkers", "card_sets", "card_images", "card_prices", "banlist_info", "misc_info"),
        *("ygoprodeck_url", "name_en", "pend_desc"),
    ):
        assert (await card_of({name: odd})).title == "Test Dragon"


@pytest.mark.parametrize("body", [CARD, {"data": [CARD]}])
async def test_a_card_at_random_comes_bare_or_in_a_list(body: Any) -> None:
    page, _ = await asked(trending(Feed.RANDOM), {"/randomcard.php": body})
    assert [one.source_id for one in page.items] == ["101"]


# --- Sets and look-ups --------------------------------------------------------------------------------------


async def test_the_list_of_sets_is_asked_for_once() -> None:
    provider = Yugioh()
    up = FakeUpstream(provider, {"/api/v7/cardsets.php": [SET]})
    for item_id in ("yugioh/card_set/Test~20Set", "yugioh/card_set/test~20set"):
        assert (await provider.detail(detail(item_id).build(provider), up)).title == "Test Set"
    assert len(up.requests) == 1


@pytest.mark.parametrize(
    ("scheme", "code", "params"),
    [("passcode", "00000101", {"id": "101"}), ("konami", "4007", {"konami_id": "4007"})],
)
async def test_look_up_by_numbers(scheme: str, code: str, params: dict[str, str]) -> None:
    page, up = await asked(lookup(scheme, code), {INFO: listed(CARD)})
    assert ([one.source_id for one in page.items], up.params) == (["101"], {**params, "misc": "yes"})
    assert (await asked(lookup(scheme, code), {INFO: NOTHING}))[0] == Page([])


async def test_look_up_of_a_printing_tells_that_printing() -> None:
    found = {**CARD, "set_name": "Test Set", "set_code": "TST-EN001", "set_rarity": "Rare", "set_price": "1.10"}
    printings = [
        {"set_name": name, "set_code": code, "set_rarity": rarity}
        for name, code, rarity in (("Other", "OTH-EN009", "Common"), ("Test Set", "TST-EN001", "Rare"))
    ]
    answers = {"/cardsetsinfo.php": found, INFO: listed({**CARD, "card_sets": printings, "atk": 100})}
    page, up = await asked(lookup("card_number", "tst-en001"), answers)
    card = page.items[0].trading_card
    assert (card.number, card.rarity, card.set.name, card.power) == ("TST-EN001", "Rare", "Test Set", "100")
    page, up = await asked(lookup("card_number", "TST-EN001"), {"/cardsetsinfo.php": found})
    assert (page.items[0].trading_card.number, up.partial) == ("TST-EN001", True)


@pytest.mark.parametrize("code", ["ori/60", "1/204 • EN • 1", "BT1-084_P1", "konami"])
async def test_codes_of_other_games_are_not_asked(code: str) -> None:
    page, up = await asked(lookup("card_number", code), {})
    assert (page, up.requests) == (Page([]), [])


async def test_a_number_that_nothing_has() -> None:
    body = Answer({"error": "No card set found with this set code."}, 400)
    assert (await asked(lookup("card_number", "TST-EN999"), {"/cardsetsinfo.php": body}))[0] == Page([])


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "answer", "field"),
    [
        (search(card_types=["wood"]), BAD_TYPE, "card_types"),
        (search(race="wood"), Answer({"error": "Race value of wood is invalid."}, 400), "race"),
        (search("x"), Answer({"error": "Something else."}, 400), "query"),
        (search("x"), {"error": "Something else, with status 200."}, "query"),
        (detail(DETAIL), Answer({"error": "Something else."}, 400), "id"),
    ],
)
async def test_a_refusal_names_the_field_and_the_reason(question: Question, answer: Any, field: str) -> None:
    with pytest.raises(InvalidField, match="it says") as caught:
        await asked(question, {INFO: answer})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("question", "path", "body", "error"),
    [
        (search("x"), INFO, Answer({}, 429), RateLimited),
        (search("x"), INFO, Answer("", 502), Unreachable),
        (search("x"), INFO, [], ShapeChanged),
        (search("x"), INFO, {"cards": []}, ShapeChanged),
        (search("x"), INFO, listed({"id": 1}), ShapeChanged),
        (search("x"), INFO, listed({"id": "", "name": "x"}), ShapeChanged),
        (search("x"), INFO, listed(7), ShapeChanged),
        (search(min_power=1, max_power=2), INFO, listed(7), ShapeChanged),
        (detail(DETAIL), INFO, NOTHING, NotFound),
        (detail("yugioh/trading_card/abc"), INFO, listed(CARD), NotFound),
        (detail("yugioh/card_set/None"), "/cardsets.php", [SET], NotFound),
        (detail("yugioh/ruling/1"), INFO, listed(CARD), Unsupported),
        (terms(Term.SETS), "/cardsets.php", [{"set_code": "TST"}], ShapeChanged),
        (terms(Term.ARCHETYPES), "/archetypes.php", [{"name": "x"}], ShapeChanged),
        (trending(Feed.RANDOM), "/randomcard.php", [], ShapeChanged),
    ],
)
async def test_errors_have_their_class(question: Question, path: str, body: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, {path: body})
