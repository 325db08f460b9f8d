"""Digimon Card Game (DigimonCard.io)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tako.v1.choices_pb2 import Order
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page, RateLimited, ShapeChanged, Unreachable, Unsupported, make_id
from tako_providers.sdk.errors import Blocked, Refused
from tako_providers.tcg.digimon import Digimon, names
from tests.conformance.cases import Question, detail, lookup, search
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

CARD = {"id": "BT1-010", "name": "Testmon"}
NOTHING = {"error": "No card matching your query was found in the database."}
DETAIL = "digimon/trading_card/BT1-010"
GAME = {"series": "Digimon Card Game"}


async def asked(question: Question, answer: Any, path: str = "/search") -> tuple[Any, FakeUpstream]:
    return await ask_of(Digimon(), question, {f"/api-public{path}": answer})


async def sampled(question: Question) -> Any:
    return await ask_samples(Digimon(), question)


async def card_of(entry: dict[str, Any]) -> Item:
    item, _ = await asked(detail(DETAIL), [{**CARD, **entry}])
    assert isinstance(item, Item)
    return item


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail() -> None:
    page = await sampled(search("samplemon"))
    assert [one.source_id for one in page.items] == ["BT90-001", "BT90-002"], "one item for a number"
    first = page.items[0]
    assert [one.set_name for one in first.trading_card.printings] == [
        "BT-90: Booster Sample Age",
        "Sample Promotion Pack",
    ]
    assert [one.value for one in first.external_ids] == ["BT90-001", "700001", "700002"]
    item = await sampled(detail(make_id("digimon", first.kind, first.source_id)))
    assert (item.title, item.trading_card.inherited_effect) == ("Samplemon", "[Your Turn] This Digimon gets +1000 DP.")
    assert (
        item.description == "[On Play] Reveal 1 sample.\n\n[Inherited Effect] [Your Turn] This Digimon gets +1000 DP."
    )


async def test_samples_have_look_ups_all_cards_an_empty_search_and_an_error() -> None:
    for scheme, code in (("card_number", "bt90-002"), ("tcgplayer", "700003")):
        assert [one.source_id for one in (await sampled(lookup(scheme, code))).items] == ["BT90-002"]
    assert len((await sampled(search(series="Digimon Card Game"))).items) == 3
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("digimon/trading_card/BT90-404"))


# --- Names in other languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "sent"),
    [
        ("Omegamon", "fr", "Omnimon"),
        ("omegamon alter-s", "fr-FR", "Omnimon alter-s"),
        ("BlackTailmon", "de", "BlackGatomon"),
        ("V-mon", "fr", "Veemon"),
        ("XV-mon", "es", "ExVeemon"),
        ("オメガモン", "ja", "Omnimon"),
        ("メタルグレイモン", "ja", "MetalGreymon"),
        ("KaiserLeomon", "fr", "JagerLoweemon"),
        ("Leomon", "fr", "Leomon"),
        ("Omegamon", "en", "Omegamon"),
        ("Omegamon", "", "Omegamon"),
        ("Zorbnax", "fr", "Zorbnax"),
    ],
)
async def test_japanese_names_are_searched_for_in_english(text: str, language: str, sent: str) -> None:
    _, upstream = await asked(search(text, language=language), NOTHING)
    assert upstream.params["n"] == sent


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("Omnimon", "fr", "Omegamon"),
        ("Omnimon X Antibody", "fr", "Omegamon X Antibody"),
        ("Omnimon", "ja", "オメガモン"),
        ("Agumon", "ja", "アグモン"),
        ("Omnimon X Antibody", "ja", "Omnimon X Antibody"),
        ("Agumon", "fr", "Agumon"),
        ("Omnimon", "de", "Omnimon"),
        ("Omnimon", "en", "Omnimon"),
        ("Omnimon", "", "Omnimon"),
    ],
)
async def test_titles_are_in_the_language_and_keep_the_english_one(name: str, language: str, title: str) -> None:
    entry = {**CARD, "name": name, "tcgplayer_id": 7}
    page, _ = await asked(search("x", language=language), [entry])
    looked_up, _ = await asked(lookup("tcgplayer", "7", language=language), [entry])
    item, _ = await asked(detail(DETAIL, language=language), [entry])
    for one in (page.items[0], looked_up.items[0], item):
        assert one.title == title
        assert one.language == "en"
        told = [(note.field, note.original, note.from_language) for note in one.translated]
        assert (one.original_title, told) == (("", []) if title == name else (name, [("title", name, "en")]))


def test_every_name_is_there_once() -> None:
    path = Path(names.__file__).parent / "names.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["names"]
    for language in ("en", "ja", "latin"):
        given = [row[language].casefold() for row in rows if language in row]
        assert len(given) == len(set(given))
    assert all(row.get("latin", "").casefold() != row["en"].casefold() for row in rows)
    assert len(rows) > 150


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "params"),
    [
        ({"set": "BT-01: Booster"}, {"pack": "BT-01: Booster"}),
        ({"rarity": "SR"}, {"rarity": "SR"}),
        ({"number": "BT1-010"}, {"card": "BT1-010"}),
        ({"text": "blocker"}, {"desc": "blocker"}),
        ({"card_types": ["Digimon"]}, {"type": "Digimon"}),
        ({"colors": ["Red", "Blue"]}, {"color": "Red"}),
        ({"attribute": "Virus", "trait": "Demon Lord"}, {"attribute": "Virus", "digi_type": "Demon Lord"}),
        ({"level": 5, "stage": "Ultimate"}, {"level": "5", "stage": "Ultimate"}),
        ({"series": "Digimon Digi-Battle Card Game"}, {"series": "Digimon Digi-Battle Card Game"}),
        ({"min_cost": 0, "max_cost": 0}, {"playcost": "0"}),
        ({"min_cost": 3, "max_cost": 5}, {}),
        ({"min_power": 12000, "max_power": 12000}, {"dp": "12000"}),
        ({"min_power": 12000}, {}),
        ({"order_by": Order.TITLE}, {"sort": "name", "sortdirection": "asc"}),
        ({"order_by": Order.TITLE, "descending": True}, {"sort": "name", "sortdirection": "desc"}),
    ],
)
async def test_filters_and_orders_reach_digimoncard(filters: dict[str, Any], params: dict[str, str]) -> None:
    _, up = await asked(search("mon", **filters), [CARD])
    assert up.params == {"n": "mon", **GAME, **params}


CARDS = [
    {**CARD, "id": "BT1-01", "type": "Digimon", "color": "Red", "form": "Mega", "play_cost": 3, "dp": 2000},
    {**CARD, "id": "BT1-010", "type": "Digimon", "color": "Red", "color2": "Blue", "play_cost": 0, "dp": "11000"},
    {**CARD, "id": "BT1-011", "type": "Option", "color": "Blue", "color2": "Red", "play_cost": 7, "dp": None},
]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"number": "bt1-01"}, ["BT1-01"]),
        ({"colors": ["blue", "Red"]}, ["BT1-010", "BT1-011"]),
        ({"card_types": ["digimon"]}, ["BT1-01", "BT1-010"]),
        ({"card_types": ["Digimon", "Option"]}, []),
        ({"form": "mega"}, ["BT1-01"]),
        ({"max_cost": 3}, ["BT1-01", "BT1-010"]),
        ({"min_cost": 3, "max_cost": 7}, ["BT1-01", "BT1-011"]),
        ({"min_power": 0}, ["BT1-01", "BT1-010"]),
        ({"min_power": 5000, "max_power": 11000}, ["BT1-010"]),
    ],
)
async def test_what_upstream_gives_too_much_is_left_out(filters: dict[str, Any], found: list[str]) -> None:
    page, _ = await asked(search("mon", **filters), CARDS)
    assert ([one.source_id for one in page.items], page.next) == (found, "")


@pytest.mark.parametrize(
    ("wishes", "direction"), [({}, "asc"), ({"order_by": Order.TITLE, "descending": True}, "desc")]
)
async def test_a_series_alone_is_the_list_of_all_its_cards(wishes: dict[str, Any], direction: str) -> None:
    body = [{"name": "Testmon", "cardnumber": "BT1-010"}]
    page, up = await asked(search(series="Old Game", **wishes), body, "/getAllCards")
    assert up.params == {"series": "Old Game", "sort": "name", "sortdirection": direction}
    assert [one.source_id for one in page.items] == ["BT1-010"]


async def test_detail_is_the_card_of_this_number_only() -> None:
    item, up = await asked(detail("digimon/trading_card/BT1-01"), CARDS)
    assert (item.source_id, up.params) == ("BT1-01", {"card": "BT1-01"})
    with pytest.raises(NotFound):
        await asked(detail("digimon/trading_card/BT1-0"), CARDS)


# --- Cards --------------------------------------------------------------------------------------------------


async def test_what_digimoncard_does_not_say_stays_unset() -> None:
    item = await card_of(dict.fromkeys(("level", "play_cost", "dp", "color", "set_name", "artist", "rarity", "form")))
    card = item.trading_card
    assert not (card.HasField("cost") or card.HasField("level") or card.HasField("evolution_cost"))
    assert (card.power, card.link_dp, list(card.colors), list(card.printings)) == ("", "", [], [])
    assert (item.description, item.HasField("year"), list(item.links), list(card.artists)) == ("", False, [], [])


async def test_zero_is_a_cost_and_texts_may_be_numbers() -> None:
    card = (await card_of({"play_cost": 0, "evolution_cost": "0", "level": "6", "link_dp": 1000})).trading_card
    assert (card.cost, card.HasField("cost"), card.HasField("evolution_cost")) == (0, True, True)
    assert (card.level, card.link_dp) == (6, "1000")


async def test_the_shape_of_2021_is_read_too() -> None:
    old = {
        "name": "Old Option",
        "cardnumber": "BT1-010",
        "cardrarity": "Uncommon",
        "type": "Option",
        "maineffect": "[Main] Gain &lt;Blocker&gt;.",
        "soureeffect": "[Security] Add this card to your hand.",
        "set_name": "BT-01: Booster",
        "card_sets": ["BT-01: Booster", "Release Pack"],
        "image_url": "http://images.digimoncard.io/images/cards/BT1-010.jpg",
    }
    item, _ = await asked(detail(DETAIL), [old])
    card = item.trading_card
    assert item.description == "[Main] Gain <Blocker>.\n\n[Security] Add this card to your hand."
    assert (card.rarity, card.rarity_code, card.inherited_effect) == (
        "Uncommon",
        "",
        "[Security] Add this card to your hand.",
    )
    assert [one.set_name for one in card.printings] == ["BT-01: Booster", "Release Pack"]
    assert item.images[0].url == "https://images.digimoncard.io/images/cards/BT1-010.jpg"


async def test_an_alternative_effect_that_repeats_the_requirement_is_left_out() -> None:
    card = (await card_of({"xros_req": "Cost 6", "alt_effect": "Cost 6"})).trading_card
    assert (card.xros_requirement, card.alternative_effect) == ("Cost 6", "")
    item = await card_of({"xros_req": "Cost 6", "alt_effect": "Another."})
    assert (item.trading_card.alternative_effect, item.description) == ("Another.", "Another.")


@pytest.mark.parametrize(("number", "code"), [("BT1-010", "BT1"), ("P-001", "P"), ("ST1-01", "ST1"), ("Bo-1", "B")])
async def test_a_number_begins_with_the_code_of_the_set(number: str, code: str) -> None:
    item, _ = await asked(detail(f"digimon/trading_card/{number}"), [{**CARD, "id": number}])
    assert item.trading_card.set.code == code


ODD: tuple[Any, ...] = (7, -1, 1e300, True, "", "?", [], [7, None, "x", [], {}], {}, {"x": 7}, None)


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_optional_field_costs_nothing_but_itself(odd: Any) -> None:
    for name in (
        *("type", "level", "play_cost", "evolution_cost", "evolution_color", "xros_req", "color", "digi_type", "form"),
        *("dp", "attribute", "rarity", "stage", "artist", "main_effect", "source_effect", "alt_effect", "link_dp"),
        *("series", "pretty_url", "tcgplayer_id", "set_name", "card_sets", "image_url"),
    ):
        assert (await card_of({name: odd})).title == "Testmon"


# --- Look-ups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["ori/60", "1/204 • EN • 1", "P-001_p1", "DUDE-EN023"])
async def test_codes_of_other_games_are_not_asked(code: str) -> None:
    page, up = await asked(lookup("card_number", code), [CARD])
    assert (page, up.requests) == (Page([]), [])


async def test_look_up_of_a_product() -> None:
    found = [{**CARD, "tcgplayer_id": 7}, {**CARD, "id": "BT1-011", "tcgplayer_id": 77}]
    page, up = await asked(lookup("tcgplayer", "77"), found)
    assert ([one.source_id for one in page.items], up.params) == (["BT1-011"], {"tcgplayerid": "77"})
    assert (await asked(lookup("tcgplayer", "77"), Answer(NOTHING, 400)))[0] == Page([])


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        *([], NOTHING, Answer(NOTHING, 400), Answer(NOTHING, 404)),
        *({"error": said} for said in ("No matching card found", "There are no results.", "Card not found")),
    ],
)
async def test_no_match_is_an_empty_page(answer: Any) -> None:
    page, _ = await asked(search("x"), answer)
    assert page == Page([])
    with pytest.raises(NotFound):
        await asked(detail(DETAIL), answer)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"error": "Level value of x is invalid."}, 400), Refused),
        (Answer({"error": "Not Found"}, 404), Refused),
        ({"error": "Rate limit exceeded."}, RateLimited),
        (Answer({}, 429), RateLimited),
        (Answer({}, 403), Blocked),
        (Answer("", 500), Unreachable),
        ({}, ShapeChanged),
        ({"error": ""}, ShapeChanged),
        ("null", ShapeChanged),
        (["BT1-010"], ShapeChanged),
        ([{"name": "Testmon"}], ShapeChanged),
        ([{"id": "BT1-010", "name": ""}], ShapeChanged),
        (Answer("<html></html>", headers={"content-type": "text/html"}), ShapeChanged),
    ],
)
async def test_other_answers_are_errors(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("x"), answer)


async def test_other_kinds_have_no_details() -> None:
    with pytest.raises(Unsupported):
        await asked(detail("digimon/card_set/BT1"), [CARD])
