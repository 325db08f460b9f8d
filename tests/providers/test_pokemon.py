"""Pokémon TCG (TCGdex)."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_parts_pb2 import Image, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import InvalidField, NotFound, RateLimited, ShapeChanged, Unreachable, Unsupported, make_id
from tako_providers.tcg.pokemon import Pokemon
from tests.conformance.cases import Question, detail, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

BRIEF = {"id": "tst1-1", "localId": "1", "name": "Testmon"}
CARD = {**BRIEF, "category": "Pokemon", "set": {"id": "tst1", "name": "Test Set"}}
SET = {"id": "tst1", "name": "Test Set", "releaseDate": "2024-05-06", "cards": [BRIEF]}
MISSING = Answer({"type": "https://tcgdex.dev/errors/not-found", "title": "None.", "status": 404}, 404)
OLD_MISSING = Answer({"error": "Endpoint or id not found"}, 404)
DETAIL = "pokemon/trading_card/tst1-1"


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Pokemon(), question, {f"/v2{path}": answer for path, answer in answers.items()})


async def sampled(question: Question) -> Any:
    return await ask_samples(Pokemon(), question)


async def params_of(question: Question, language: str = "en") -> dict[str, str]:
    """What TCGdex is asked, but for the size of a page."""
    _, up = await asked(question, {f"/{language}/cards": [BRIEF]})
    return {name: value for name, value in up.params.items() if name != "pagination:itemsPerPage"}


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("samplemon"))
    assert [one.title for one in page.items] == ["Samplemon", "Samplemon V", "Samplemon"]
    item = await sampled(detail(make_id("pokemon", page.items[0].kind, page.items[0].source_id)))
    assert (item.title, item.release_date, item.trading_card.set.name) == ("Samplemon", "2025-03-14", "Sample Set")
    card_set = await sampled(detail(item.trading_card.set.id))
    assert (card_set.title, card_set.card_set.series.name) == ("Sample Set", "Samples")
    series = await sampled(detail(card_set.card_set.series.id))
    assert [one.name for one in series.collection.members] == ["Sample Set", "Sample Promos"]
    members = await sampled(related("pokemon/collection/smp", Relation.MEMBERS))
    assert [one.source_id for one in members.items] == ["smp1", "smpp"]
    assert len((await sampled(related("pokemon/card_set/smp1", Relation.CARDS))).items) == 4


async def test_samples_in_french_have_the_picture_from_english() -> None:
    item = await sampled(detail("pokemon/trading_card/smp1-1", language="fr"))
    assert (item.title, item.language, item.trading_card.rarity) == ("Exemplemon", "fr", "Peu Commune")
    assert {picture.language for picture in item.images} == {"en"}
    page = await sampled(search("exemplemon", language="fr"))
    assert list(page.items[0].images) == []
    page = await sampled(search("exemplemon", language="fr", enrich=True))
    assert [one.language for one in page.items[0].images] == ["en", "en"]


@pytest.mark.parametrize("kind", [Item.TRADING_CARD, Item.CARD_SET, Item.COLLECTION])
async def test_samples_have_one_of_each_kind_at_random(kind: Any) -> None:
    page = await sampled(trending(Feed.RANDOM, kind=kind))
    assert ([one.kind for one in page.items], page.next) == ([kind], "")


@pytest.mark.parametrize("spec", Pokemon.manifest.terms, ids=lambda spec: str(spec.terms))
async def test_samples_have_all_vocabularies(spec: Any) -> None:
    page = await sampled(terms(spec.terms))
    assert page.terms and all(term.id and term.name for term in page.terms)


async def test_samples_have_an_empty_search_and_an_error() -> None:
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("pokemon/trading_card/smp1-404"))


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "params"),
    [
        ({"set": "swsh3"}, {"set": "eq:swsh3"}),
        ({"rarity": "holo rare v"}, {"rarity": "eq:Holo Rare V"}),
        ({"rarity": "Of Tomorrow"}, {"rarity": "eq:Of Tomorrow"}),
        ({"number": "4"}, {"id": "-4|-04|-004"}),
        ({"number": "TG01"}, {"id": "-TG01"}),
        ({"artist": "Arita"}, {"illustrator": "Arita"}),
        ({"supertype": "trainer"}, {"category": "eq:Trainer"}),
        ({"card_types": ["Item"]}, {"trainerType": "eq:Item"}),
        ({"card_types": ["special"]}, {"energyType": "eq:Special"}),
        ({"subtypes": ["V"]}, {"suffix": "eq:V"}),
        ({"types": ["fire"]}, {"types": "Fire"}),
        ({"stage": "Stage1"}, {"stage": "eq:Stage1"}),
        ({"min_hp": 100}, {"hp": "gte:100"}),
        ({"max_hp": 0}, {"hp": "lte:0"}),
        ({"format": "Expanded"}, {"legal.expanded": "true"}),
    ],
)
async def test_filters_reach_tcgdex(filters: dict[str, Any], params: dict[str, str]) -> None:
    assert await params_of(search("mon", **filters)) == {"name": "mon", **params}


async def test_several_values_are_asked_for_together() -> None:
    _, up = await asked(search("mon", min_hp=50, max_hp=90, types=["Fire", "Water"]), {"/en/cards": [BRIEF]})
    assert [pair for pair in up.requests[0].params if pair[0] in ("hp", "types")] == [
        ("types", "Fire"),
        ("types", "Water"),
        ("hp", "gte:50"),
        ("hp", "lte:90"),
    ]


async def test_words_are_given_in_the_language_that_is_searched_in() -> None:
    wanted: dict[str, Any] = {"types": ["Fire"], "rarity": "uncommon", "stage": "Stage1", "supertype": "Pokemon"}
    assert await params_of(search("fou", language="fr", **wanted), "fr") == {
        "name": "fou",
        "rarity": "eq:Peu Commune",
        "category": "eq:Pokémon",
        "types": "Feu",
        "stage": "eq:Niveau 1",
    }
    assert (await params_of(search("x", language="ja", **wanted), "ja"))["types"] == "Fire"
    assert (await params_of(search("x", language="fr", types=["Feu"]), "fr"))["types"] == "Feu"


async def test_only_the_number_asked_for_is_given() -> None:
    others = [{**BRIEF, "id": f"tst1-{number}", "localId": number} for number in ("4", "40", "004", "14")]
    page, _ = await asked(search(number="4"), {"/en/cards": others})
    assert [one.trading_card.number for one in page.items] == ["4", "004"]


async def test_an_unknown_format_is_reported() -> None:
    page, up = await asked(search("mon", format="pauper"), {"/en/cards": [BRIEF]})
    assert (page.ignored, [name for name in up.params if name.startswith("legal")]) == (("format",), [])


@pytest.mark.parametrize(("descending", "direction"), [(None, "ASC"), (False, "ASC"), (True, "DESC")])
async def test_order(descending: bool | None, direction: str) -> None:
    found = await params_of(search("mon", order_by=Order.TITLE, descending=descending))
    assert found == {"name": "mon", "sort:field": "name", "sort:order": direction}


# --- Pages --------------------------------------------------------------------------------------------------


async def test_pages_go_on_to_the_last() -> None:
    full = [BRIEF] * 100
    first, up = await asked(search("mon"), {"/en/cards": full})
    assert (first.next, first.total, up.params["pagination:itemsPerPage"]) == ("en.2", None, "100")
    assert "pagination:page" not in up.params
    last, up = await asked(search("mon", cursor=first.next), {"/en/cards": [BRIEF]})
    assert (last.next, up.params["pagination:page"]) == ("", "2")
    empty, _ = await asked(search("mon", cursor="en.3"), {"/en/cards": []})
    assert (empty.items, empty.next) == ([], "")


async def test_a_list_that_was_not_cut_is_the_whole() -> None:
    page, _ = await asked(search("mon"), {"/en/cards": [BRIEF] * 150})
    assert (len(page.items), page.next) == (150, "")


@pytest.mark.parametrize("cursor", ["2", "xx.2", "en.x", "en"])
async def test_a_cursor_of_another_provider_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidField, match="page_token"):
        await asked(search("mon", cursor=cursor), {})


# --- Language -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("", ["en"]),
        ("en-GB", ["en"]),
        ("sv", ["en"]),
        ("fr_FR", ["fr", "en"]),
        ("es-MX", ["es-mx", "es", "en"]),
        ("pt-BR", ["pt-br", "pt", "en"]),
        ("zh-Hant-HK", ["zh-tw", "en"]),
        ("zh", ["zh-cn", "en"]),
    ],
)
async def test_the_nearest_language_is_asked_first(language: str, codes: list[str]) -> None:
    page, up = await asked(search("mon", language=language), {f"/{code}/cards": [] for code in codes})
    assert (up.paths, page.items) == ([f"/v2/{code}/cards" for code in codes], [])


async def test_a_later_page_stays_in_its_language() -> None:
    page, up = await asked(search("mon", language="fr", cursor="en.2"), {"/en/cards": [BRIEF]})
    assert (up.paths, page.items[0].language) == (["/v2/en/cards"], "en")


@pytest.mark.parametrize("missing", [MISSING, OLD_MISSING])
async def test_what_a_language_has_not_comes_in_english(missing: Answer) -> None:
    answers = {"/de/cards/tst1-1": missing, "/en/cards/tst1-1": CARD, "/en/sets/tst1": SET}
    item, up = await asked(detail(DETAIL, language="de"), answers)
    assert (item.language, item.release_date, up.partial) == ("en", "2024-05-06", False)


async def test_tags_are_bcp_47() -> None:
    item, _ = await asked(detail("pokemon/card_set/tst1", language="zh-TW"), {"/zh-tw/sets/tst1": SET})
    assert item.language == "zh-TW"
    assert {"en", "es-MX", "pt-BR", "zh-CN"} < set(Pokemon.manifest.languages)


async def test_english_pictures_are_asked_for_once_and_only_where_one_is_missing() -> None:
    found = [{**BRIEF, "image": "https://assets.tcgdex.net/fr/a/1"}, {**BRIEF, "id": "tst1-2", "localId": "2"}]
    english = [{**BRIEF, "id": "tst1-2", "image": "https://assets.tcgdex.net/en/a/2"}]
    page, up = await asked(search("mon", language="fr", enrich=True), {"/fr/cards": found, "/en/cards": english})
    assert up.params["id"] == "eq:tst1-2"
    assert [one.images[0].language for one in page.items] == ["fr", "en"]
    page, up = await asked(search("mon", language="fr", enrich=True), {"/fr/cards": found})
    assert (len(page.items), up.partial) == (2, True)


async def test_terms_have_english_ids_and_names_in_the_language() -> None:
    page, _ = await asked(terms(Term.ELEMENT_TYPES, language="fr"), {"/fr/types": ["Eau", "Feu", "Neuf"]})
    assert [(one.id, one.name) for one in page.terms] == [("Water", "Eau"), ("Fire", "Feu"), ("Neuf", "Neuf")]
    page, _ = await asked(terms(Term.ELEMENT_TYPES, language="fr", text="fire"), {"/fr/types": ["Eau", "Feu"]})
    assert [one.name for one in page.terms] == ["Feu"]


async def test_types_of_cards_are_those_of_trainers_and_of_energies() -> None:
    page, _ = await asked(terms(Term.CARD_TYPES), {"/en/trainer-types": ["Item"], "/en/energy-types": ["Special"]})
    assert [one.id for one in page.terms] == ["Item", "Special"]
    page, _ = await asked(
        terms(Term.CARD_TYPES, term_id="Item"), {"/en/trainer-types": ["Item"], "/en/energy-types": ["Special"]}
    )
    assert [one.id for one in page.terms] == ["Item"]


# --- Cards --------------------------------------------------------------------------------------------------


async def test_what_tcgdex_does_not_say_stays_unset() -> None:
    item, up = await asked(detail(DETAIL), {"/en/cards/tst1-1": {**BRIEF, "hp": None, "set": None}})
    card = item.trading_card
    assert not any(map(card.HasField, ("hp", "retreat_cost", "level", "set")))
    assert (item.description, list(item.images), list(item.prices), item.HasField("year")) == ("", [], [], False)
    assert (card.rarity, list(card.legalities), up.paths) == ("", [], ["/v2/en/cards/tst1-1"])


async def test_without_its_set_a_card_has_no_date_and_the_answer_is_partial() -> None:
    item, up = await asked(detail(DETAIL), {"/en/cards/tst1-1": CARD})
    assert (item.title, item.release_date, up.partial) == ("Testmon", "", True)


@pytest.mark.parametrize(("rarity", "language"), [("None", "en"), ("Sans Rareté", "fr"), ("Keine", "de")])
async def test_no_rarity_is_none(rarity: str, language: str) -> None:
    answers = {f"/{language}/cards/tst1-1": {**BRIEF, "rarity": rarity}, "/en/cards": []}
    item, _ = await asked(detail(DETAIL, language=language), answers)
    assert item.trading_card.rarity == ""


async def test_ids_are_escaped_and_numbers_are_as_printed() -> None:
    entry = {"id": "exu-%3F", "localId": "%3F", "name": "Unown"}
    item, up = await asked(detail("pokemon/trading_card/exu-~253F"), {"/en/cards/exu-%3F": entry})
    assert up.requests[0].url.endswith("/en/cards/exu-%253F")
    assert (item.source_id, item.trading_card.number) == ("exu-%3F", "?")


@pytest.mark.parametrize(("damage", "text"), [(30, "30"), ("50+", "50+"), (0, "0"), (None, ""), ([], "")])
async def test_damage_is_a_number_or_a_text(damage: Any, text: str) -> None:
    entry = {**BRIEF, "attacks": [{"name": "Hit", "damage": damage}]}
    item, _ = await asked(detail(DETAIL), {"/en/cards/tst1-1": entry})
    assert item.trading_card.attacks[0].damage == text


async def test_prices_of_a_card_come_first_and_once() -> None:
    market = {"unit": "EUR", "trend": 1.5, "avg": 0, "low": None, "trend-holo": 2, "idProduct": 7}
    entry = {
        **BRIEF,
        "pricing": {"cardmarket": market, "tcgplayer": {"unit": "USD", "normal": {"marketPrice": 3, "productId": 8}}},
        "variants_detailed": [
            {"type": "normal", "size": "standard", "pricing": {"cardmarket": market, "tcgplayer": None}},
            {"type": "holo", "size": "jumbo", "pricing": {"cardmarket": {**market, "idProduct": 9, "trend": 20}}},
        ],
    }
    item, _ = await asked(detail(DETAIL), {"/en/cards/tst1-1": entry})
    assert [(p.variant, p.type, p.amount.units) for p in item.prices] == [
        ("", Price.TREND, 1),
        ("holo", Price.TREND, 2),
        ("normal", Price.MARKET, 3),
        ("holo-jumbo", Price.TREND, 20),
        ("holo-jumbo (holo)", Price.TREND, 2),
    ]
    assert [(one.scheme, one.value) for one in item.external_ids] == [
        ("cardmarket", "7"),
        ("tcgplayer", "8"),
        ("cardmarket", "9"),
    ]


async def test_a_trainer_has_its_effect_as_rules() -> None:
    item = await sampled(detail("pokemon/trading_card/smp1-3"))
    card = item.trading_card
    assert (item.description, card.supertype, card.card_type) == ("Draw 2 sample cards.", "Trainer", "Supporter")


ODD: tuple[Any, ...] = (7, -1, 1e300, True, "", "?", [], [7, None, "x", [], {}], {}, {"x": 7}, None)


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_optional_field_costs_nothing_but_itself(odd: Any) -> None:
    names = (
        *("image", "illustrator", "rarity", "variants", "variants_detailed", "dexId", "hp", "types", "evolveFrom"),
        *("description", "level", "stage", "suffix", "abilities", "attacks", "weaknesses", "resistances", "retreat"),
        *("effect", "trainerType", "regulationMark", "legal", "updated", "pricing", "boosters", "set", "item"),
    )
    for name in names:
        item, _ = await asked(detail(DETAIL), {"/en/cards/tst1-1": {**CARD, name: odd}, "/en/sets/tst1": SET})
        assert item.title == "Testmon"
    odd_set = {"id": "tst1", "name": "T", **dict.fromkeys(("logo", "symbol", "serie", "cardCount", "legal"), odd)}
    item, _ = await asked(detail("pokemon/card_set/tst1"), {"/en/sets/tst1": odd_set})
    assert (item.title, item.card_set.HasField("card_count")) == ("T", False)


async def test_cards_of_a_set_have_its_name_and_date() -> None:
    page, _ = await asked(related("pokemon/card_set/tst1", Relation.CARDS), {"/en/sets/tst1": SET})
    (card,) = page.items
    assert (card.trading_card.set.name, card.year, page.total) == ("Test Set", 2024, 1)


async def test_a_picture_has_two_sizes() -> None:
    page, _ = await asked(search("mon"), {"/en/cards": [{**BRIEF, "image": "https://assets.tcgdex.net/en/a/1"}]})
    assert [(one.role, one.url, one.width) for one in page.items[0].images] == [
        (Image.PRIMARY, "https://assets.tcgdex.net/en/a/1/high.webp", 600),
        (Image.THUMBNAIL, "https://assets.tcgdex.net/en/a/1/low.webp", 245),
    ]


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "answers", "error"),
    [
        (search("mon"), {"/en/cards": Answer({}, 429)}, RateLimited),
        (search("mon"), {"/en/cards": Answer("", 500)}, Unreachable),
        (search("mon"), {"/en/cards": {"cards": []}}, ShapeChanged),
        (search("mon"), {"/en/cards": [{"id": "tst1-1", "name": "Testmon"}]}, ShapeChanged),
        (search("mon"), {"/en/cards": ["tst1-1"]}, ShapeChanged),
        (detail(DETAIL), {"/en/cards/tst1-1": MISSING}, NotFound),
        (detail(DETAIL), {"/en/cards/tst1-1": []}, ShapeChanged),
        (detail("pokemon/card_set/tst1"), {"/en/sets/tst1": {"id": "tst1"}}, ShapeChanged),
        (detail("pokemon/trading_card/a/b"), {}, NotFound),
        (detail("pokemon/ruling/1"), {}, Unsupported),
        (related("pokemon/card_set/tst1", Relation.CARDS), {"/en/sets/tst1": {"id": "t", "name": "T"}}, ShapeChanged),
        (related("pokemon/collection/t", Relation.MEMBERS), {"/en/series/t": {"id": "t", "name": "T"}}, ShapeChanged),
        (terms(Term.RARITIES), {"/en/rarities": ["Rare", 7]}, ShapeChanged),
        (terms(Term.SETS), {"/en/sets": {"error": "x"}}, ShapeChanged),
    ],
)
async def test_errors_have_their_class(question: Question, answers: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, answers)
