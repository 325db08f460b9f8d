"""Disney Lorcana (LorcanaJSON)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Order, Relation
from tako.v1.details_cards_pb2 import Legality
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, ProviderError, RateLimited, ShapeChanged, Unreachable, make_id
from tako_providers.sdk.errors import Blocked
from tako_providers.tcg.lorcana import Lorcana
from tests.conformance.cases import Question, detail, lookup, related, search, terms
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

EN, FR, DE, IT = (f"/files/current/{code}/allCards.json" for code in ("en", "fr", "de", "it"))
PICTURES = "https://api.lorcana.ravensburger.com/images"


def card(card_id: int, title: str = "Test Mouse", /, **fields: Any) -> dict[str, Any]:
    plain = {"id": card_id, "name": title, "fullName": title, "number": card_id, "setCode": "1", "fullText": ""}
    return {**plain, **fields}


def file(*cards: dict[str, Any], **sets: dict[str, Any]) -> dict[str, Any]:
    first = {"name": "First Test", "releaseDate": "2023-09-01"}
    return {"metadata": {"language": "en"}, "sets": {"1": first, **sets}, "cards": list(cards)}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Lorcana(), question, answers)


async def found(question: Question, *cards: dict[str, Any], **answers: Any) -> list[str]:
    """The ids that a list gives."""
    page, _ = await asked(question, {EN: file(*cards), **answers})
    return [item.source_id for item in page.items]


async def one(*cards: dict[str, Any]) -> Item:
    """The detail of the first card."""
    item, _ = await asked(detail(f"lorcana/trading_card/{cards[0]['id']}"), {EN: file(*cards)})
    assert isinstance(item, Item)
    return item


# --- The sample set joins -----------------------------------------------------------------------------------


async def sampled(question: Question) -> Any:
    return await ask_samples(Lorcana(), question)


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("sample otter"))
    assert page.total == 3
    item_id = make_id("lorcana", page.items[0].kind, page.items[0].source_id)
    otter = await sampled(detail(item_id))
    assert otter.title == page.items[0].title == "Sample Otter - Tide Keeper"
    others = await sampled(related(item_id, Relation.VERSIONS))
    assert [(item.source_id, item.context.label) for item in others.items] == [("905", "enchanted"), ("906", "promo")]
    assert [(ref.item.id, ref.relation) for ref in otter.trading_card.related] == [
        ("lorcana/trading_card/905", "enchanted"),
        ("lorcana/trading_card/906", "promo"),
    ]
    assert (await sampled(detail(item_id, language="fr"))).title == "Loutre Exemple - Gardienne des marées"
    for scheme, code in (("lorcana_code", "z1"), ("card_number", "1/4 EN S1"), ("cardmarket", "700901")):
        assert (await sampled(lookup(scheme, code))).items[0].source_id == "901"


async def test_samples_have_sets_an_empty_search_and_an_error() -> None:
    sets = await sampled(terms(Term.SETS))
    assert [term.id for term in sets.terms] == ["S1", "S2"]
    assert (await sampled(detail(sets.terms[0].item_id))).title == "Sample Shores"
    assert (await sampled(related(sets.terms[0].item_id, Relation.CARDS))).total == 6
    assert (await sampled(search("nothing at all"))).items == []
    with pytest.raises(Unreachable):
        await sampled(search("lontra", language="it"))


# --- Files and languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "path"), [("", EN), ("en-GB", EN), ("fr", FR), ("fr-CA", FR), ("de", DE), ("it", IT), ("ja", EN)]
)
async def test_a_language_has_its_file(language: str, path: str) -> None:
    page, up = await asked(search("mouse", language=language), {path: file(card(1))})
    assert up.paths == [path]
    assert up.requests[0].url.startswith("https://lorcanajson.org/")
    assert page.items[0].language == path.split("/")[3]


async def test_a_file_is_got_once_for_many_questions() -> None:
    provider = Lorcana()
    up = FakeUpstream(provider, {EN: file(card(1))})
    for question in (search("mouse"), detail("lorcana/trading_card/1"), terms(Term.SETS)):
        await getattr(provider, question.operation)(question.build(provider), up)
    assert up.paths == [EN]


async def test_what_a_language_lacks_is_shown_in_english() -> None:
    answers = {FR: file(card(1, "Souris")), EN: file(card(1), card(2, "Test Cat"), Q2={"name": "Quest"})}
    item, up = await asked(detail("lorcana/trading_card/2", language="fr"), answers)
    assert (item.title, item.language, up.paths) == ("Test Cat", "en", [FR, EN])
    item, _ = await asked(detail("lorcana/card_set/q2", language="fr"), answers)
    assert (item.source_id, item.title, item.language) == ("Q2", "Quest", "en")
    item, up = await asked(detail("lorcana/trading_card/1", language="fr"), answers)
    assert (item.title, item.language, up.paths) == ("Souris", "fr", [FR])


async def test_a_set_without_a_name_in_a_language_is_no_term_there() -> None:
    page, _ = await asked(terms(Term.SETS, language="it"), {IT: file(card(1), Q2={"type": "quest"})})
    assert [term.id for term in page.terms] == ["1"]


# --- Search -------------------------------------------------------------------------------------------------


async def test_pages_go_on_to_the_last() -> None:
    cards = [card(number) for number in range(1, 121)]
    seen, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page, _ = await asked(search("mouse", cursor=cursor), {EN: file(*cards)})
        assert page.total == 120
        seen += [item.source_id for item in page.items]
        cursor, pages = page.next, pages + 1
    assert (pages, seen) == (3, [str(number) for number in range(1, 121)])
    page, _ = await asked(related("lorcana/card_set/1", Relation.CARDS, cursor="3"), {EN: file(*cards)})
    assert (len(page.items), page.next) == (20, "")


async def test_the_nearest_names_come_first() -> None:
    names = ["Hat of Ana", "Ana Banana - Queen", "Ana - Snow Queen", "Ana"]
    cards = [card(n, name, name=name.partition(" - ")[0]) for n, name in enumerate(names, 1)]
    assert await found(search("ANA"), *cards) == ["4", "3", "2", "1"]
    assert await found(search("queen snow"), *cards) == ["3"]


@pytest.mark.parametrize("text", ["c'est la fête", "C’est la FÊTE", "cest", "est la fete"])  # noqa: RUF001
async def test_names_are_found_as_people_write_them(text: str) -> None:
    there = card(1, "C'est la fête", simpleName="c'est la fete")
    assert await found(search(text), there, card(2)) == ([] if text == "cest" else ["1"])


KNIGHT = card(
    1,
    "Test Knight",
    setCode="2",
    variant="b",
    rarity="Super Rare",
    artists=["Ann Lee", "Bo Ray"],
    fullText="When you play\nthis, draw a CARD.",
    type="Character",
    subtypes=["Storyborn", "Hero"],
    color="Amber-Steel",
    colors=["Amber", "Steel"],
    cost=4,
    strength=0,
    willpower=3,
    inkwell=False,
    allowedInFormats={"Core": {"allowed": False}, "Infinity": {"allowed": True}},
)


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"set": "2"}, True),
        ({"set": "second test"}, True),
        ({"set": "1"}, False),
        ({"rarity": "super rare"}, True),
        ({"rarity": "Rare"}, False),
        ({"number": "1B"}, True),
        ({"number": "1"}, False),
        ({"artist": "bo"}, True),
        ({"artist": "cy"}, False),
        ({"text": "card draw"}, True),
        ({"text": "play this"}, True),
        ({"text": "discard"}, False),
        ({"card_types": ["character"]}, True),
        ({"card_types": ["Character", "Item"]}, False),
        ({"subtypes": ["hero", "storyborn"]}, True),
        ({"subtypes": ["hero", "villain"]}, False),
        ({"colors": ["steel"]}, True),
        ({"colors": ["Steel", "Amber"]}, True),
        ({"colors": ["Ruby"]}, False),
        ({"min_cost": 4, "max_cost": 4}, True),
        ({"max_cost": 3.5}, False),
        ({"max_power": 0}, True),
        ({"min_power": 1}, False),
        ({"min_toughness": 3}, True),
        ({"max_toughness": 2}, False),
        ({"released_from": "2024", "released_to": "2024-02"}, True),
        ({"released_to": "2024-01"}, False),
        ({"released_from": "2024-02-10"}, False),
        ({"inkable": False}, True),
        ({"inkable": True}, False),
        ({"format": "infinity"}, True),
        ({"format": "Core"}, False),
        ({"format": "Modern"}, False),
    ],
)
async def test_filters(filters: Any, fits: bool) -> None:
    answers = {EN: file(copy.deepcopy(KNIGHT), card(9), **{"2": {"name": "Second Test", "releaseDate": "2024-02-09"}})}
    page, _ = await asked(search(**filters), answers)
    assert ("1" in [item.source_id for item in page.items]) is fits


@pytest.mark.parametrize("name", ["min_cost", "max_cost", "min_power", "max_power", "min_toughness", "max_toughness"])
async def test_what_has_no_number_passes_no_bound(name: str) -> None:
    bound: Any = {name: 1}
    assert await found(search(**bound), card(1)) == []


@pytest.mark.parametrize(
    ("language", "color", "kind", "rarity"),
    [
        ("fr", "Améthyste", "Personnage", "Très Rare"),
        ("de", "Amethyst", "Charakter", "Episch"),
        ("it", "Ametista", "Personaggio", "Super Rara"),
    ],
)
async def test_english_words_and_those_of_the_language_filter(
    language: str, color: str, kind: str, rarity: str
) -> None:
    there = card(1, color=color, type=kind, rarity=rarity)
    other = card(2, color="", type="", rarity="")
    path = f"/files/current/{language}/allCards.json"
    asked_for: tuple[Any, ...] = (
        {"colors": ["amethyst"], "card_types": ["Character"], "rarity": "super rare"},
        {"colors": [color], "card_types": [kind.upper()], "rarity": rarity},
    )
    for filters in asked_for:
        page, up = await asked(search(language=language, **filters), {path: file(there, other)})
        assert [item.source_id for item in page.items] == ["1"]
        assert list(page.items[0].trading_card.colors) == ["Amethyst"]
        assert (page.items[0].trading_card.rarity, up.paths) == (rarity, [path])


async def test_the_german_word_of_two_rarities() -> None:
    answers = {DE: file(card(1, rarity="Episch"), card(2, rarity="Episch", baseId=1))}
    for rarity, wanted in (("Super Rare", ["1"]), ("Epic", ["2"]), ("Episch", ["1", "2"])):
        page, _ = await asked(search(language="de", rarity=rarity), answers)
        assert [item.source_id for item in page.items] == wanted


async def test_english_subtypes_are_known_by_the_english_file() -> None:
    answers = {
        FR: file(card(1, subtypes=["Héros"]), card(2, subtypes=["Méchant"])),
        EN: file(card(1, subtypes=["Hero"]), card(2, subtypes=["Villain"])),
    }
    page, up = await asked(search(language="fr", subtypes=["Villain"]), answers)
    assert ([item.source_id for item in page.items], up.paths) == (["2"], [FR, EN])
    page, up = await asked(search(language="fr", subtypes=["héros"]), answers)
    assert ([item.source_id for item in page.items], up.paths) == (["1"], [FR])
    with pytest.raises(ProviderError):  # no empty list where the words are not known
        await asked(search(language="fr", subtypes=["Villain"]), {FR: answers[FR]})


@pytest.mark.parametrize(
    ("order", "descending", "wanted"),
    [
        (Order.TITLE, None, ["2", "3", "1"]),
        (Order.TITLE, True, ["1", "3", "2"]),
        (Order.COST, None, ["3", "1", "2"]),
        (Order.COST, True, ["1", "3", "2"]),
        (Order.RARITY, None, ["3", "1", "2"]),
        (Order.RARITY, False, ["1", "3", "2"]),
        (Order.RELEASE_DATE, None, ["2", "1", "3"]),
        (Order.RELEASE_DATE, False, ["1", "2", "3"]),
        (Order.NUMBER, None, ["1", "2", "3"]),
        (Order.RELEVANCE, None, ["1", "2", "3"]),
        (Order.RELEVANCE, False, ["3", "2", "1"]),
    ],
)
async def test_orders(order: Order.By.ValueType, descending: bool | None, wanted: list[str]) -> None:
    cards = [
        card(1, "Test Zebra", number=7, cost=5, rarity="Common"),
        card(2, "Test Ape", number=2, setCode="2"),
        card(3, "Test Bat", number=1, setCode="3", cost=0, rarity="Enchanted"),
    ]
    answers = {EN: file(*cards, **{"2": {"name": "Two", "releaseDate": "2024-01-01"}})}
    page, _ = await asked(search("test", order_by=order, descending=descending), answers)
    assert [item.source_id for item in page.items] == wanted


# --- What is said of a card ---------------------------------------------------------------------------------


async def test_missing_fields_stay_unset() -> None:
    item = await one({"id": 1, "fullName": "Bare"})
    assert {field.name for field, _ in item.ListFields()} == {"kind", "source_id", "title", "language", "trading_card"}
    assert item.trading_card.ListFields() == []


async def test_odd_values_cost_a_field_and_not_the_card() -> None:
    odd = card(1, images="none", externalLinks=[], abilities=["x"], cost="4", lore=None, strength=True, artists="Ann")
    item = await one({**odd, "allowedInFormats": {"Core": None}, "color": None, "foilTypes": None, "promoIds": ["x"]})
    tc = item.trading_card
    assert (item.title, tc.HasField("cost"), tc.HasField("lore"), tc.power, list(tc.artists)) == (
        "Test Mouse",
        False,
        False,
        "",
        [],
    )
    assert [(rule.format, rule.status) for rule in tc.legalities] == [("Core", Legality.STATUS_UNSPECIFIED)]


async def test_zero_is_a_value_of_a_character() -> None:
    tc = (await one(card(1, cost=0, strength=0, willpower=1, lore=0))).trading_card
    assert (tc.HasField("cost"), tc.cost, tc.power, tc.HasField("lore"), tc.lore) == (True, 0, "0", True, 0)


@pytest.mark.parametrize(
    ("fields", "colors"),
    [
        ({"color": ""}, []),
        ({"color": "Ruby"}, ["Ruby"]),
        ({"color": "Amber-Steel", "colors": ["Amber", "Steel"]}, ["Amber", "Steel"]),
        ({"color": "Amber-Steel"}, ["Amber", "Steel"]),
        ({"color": "Plaid"}, ["Plaid"]),
    ],
)
async def test_colors(fields: dict[str, Any], colors: list[str]) -> None:
    assert list((await one(card(1, **fields))).trading_card.colors) == colors


async def test_pictures_are_the_apps_and_masks_are_none() -> None:
    pictures = {name: f"{PICTURES}/{name}.jpg" for name in ("full", "thumbnail", "foilMask", "varnishMask", "fullFoil")}
    item = await one(card(1, images=pictures))
    assert [(picture.role, picture.url.rpartition("/")[2]) for picture in item.images] == [
        (Image.PRIMARY, "full.jpg"),
        (Image.THUMBNAIL, "thumbnail.jpg"),
        (Image.GALLERY, "fullFoil.jpg"),
    ]
    assert not (await one(card(1, images={"full": "https://elsewhere.example/1.jpg"}))).images


async def test_legality_of_a_banned_card() -> None:
    rules = {"Core": {"allowed": False, "bannedSinceDate": "2025-01-02", "allowedUntilDate": "2025-01-02"}}
    (rule,) = (await one(card(1, allowedInFormats=rules))).trading_card.legalities
    assert (rule.status, rule.since, rule.until) == (Legality.BANNED, "2025-01-02", "2025-01-02")


async def test_a_promotion_says_so() -> None:
    item = await one(
        card(
            1,
            fullIdentifier="16/P1 • EN • 1",
            promoGrouping="P1",
            promoSource="League",
            reprintOfId=5,
            maxCopiesInDeck=None,
            clarifications=["One.", "Two."],
            errata=["Three."],
        )
    )
    assert (item.trading_card.promo, item.trading_card.reprint) == (True, True)
    assert not item.trading_card.set.HasField("printed_count")
    assert dict(item.attributes) == {
        "promo_grouping": "P1",
        "promo_source": "League",
        "max_copies_in_deck": "unlimited",
        "clarifications": "One.\n\nTwo.",
        "errata": "Three.",
    }
    assert (await one(card(1, maxCopiesInDeck=99))).attributes["max_copies_in_deck"] == "99"


# --- Related, look-ups, ids ---------------------------------------------------------------------------------


async def test_versions_are_linked_both_ways() -> None:
    cards = [
        card(1, promoIds=[4, 5], enchantedId=2, iconicId=77, reprintedAsIds=[6]),
        card(2, baseId=1),
        card(4, nonPromoId=1, variantIds=[5]),
        card(5, baseId=1),
        card(6, reprintOfId=1, epicId=7),
        card(7, baseId=6),
    ]
    wanted = {
        1: [("2", "enchanted"), ("4", "promo"), ("5", "promo"), ("6", "reprint")],
        2: [("1", "base"), ("4", "promo"), ("5", "promo"), ("6", "reprint")],
        4: [("1", "base"), ("5", "variant"), ("2", "enchanted"), ("6", "reprint")],
        6: [("7", "epic"), ("1", "original")],
    }
    for number, others in wanted.items():
        page, _ = await asked(related(f"lorcana/trading_card/{number}", Relation.VERSIONS), {EN: file(*cards)})
        assert [(item.source_id, item.context.label) for item in page.items] == others
        assert (page.total, page.next) == (len(others), "")


CODED = (
    card(10, code="0a", fullIdentifier="10/204 • EN • 1", externalLinks={"tcgPlayerId": 5, "cardTraderId": 7}),
    card(62, code="10", fullIdentifier="62/204 • EN • 1", externalLinks={"tcgPlayerId": 5, "cardmarketId": 8}),
    card(63, code="0A", fullIdentifier="1 TFC • EN • 1/P1"),
)


@pytest.mark.parametrize(
    ("source_id", "number"),
    [("10", "10"), ("0a", "10"), ("0A", "63"), ("62", "62"), ("62/204 • EN • 1", "62"), ("62/204 fr 1", "62")],
)
async def test_a_card_is_found_by_id_code_and_printed_number(source_id: str, number: str) -> None:
    item, _ = await asked(detail(make_id("lorcana", Item.TRADING_CARD, source_id)), {EN: file(*CODED)})
    assert item.source_id == number


@pytest.mark.parametrize(
    ("scheme", "code", "wanted"),
    [
        ("lorcana_code", "10", ["62"]),
        ("lorcana_code", "zz", []),
        ("card_number", "10/204 EN 1", ["10"]),
        ("card_number", "1 TFC • EN • 1/P1", ["63"]),
        ("card_number", "10/204", []),
        ("card_number", "•", []),
        ("tcgplayer", "5", ["10", "62"]),
        ("cardmarket", "8", ["62"]),
        ("cardtrader", "7", ["10"]),
        ("cardtrader", "9", []),
    ],
)
async def test_look_ups(scheme: str, code: str, wanted: list[str]) -> None:
    assert await found(lookup(scheme, code), *CODED) == wanted


async def test_a_printed_number_tells_its_language_unless_one_is_asked() -> None:
    answers = {EN: file(*CODED), FR: file(card(10, "Souris", fullIdentifier="10/204 • FR • 1"))}
    page, up = await asked(lookup("card_number", "10/204 • FR • 1"), answers)
    assert (page.items[0].title, up.paths) == ("Souris", [FR])
    page, up = await asked(lookup("card_number", "10/204 • FR • 1", language="en"), answers)
    assert (page.items[0].title, up.paths) == ("Test Mouse", [EN])


async def test_terms_by_text_and_by_id() -> None:
    answers = {EN: file(card(1), Q1={"name": "Deep Quest"}, **{"9": {"name": "Fables"}})}
    for question, wanted in (
        (terms(Term.SETS), ["1", "Q1", "9"]),
        (terms(Term.SETS, text="QUEST"), ["Q1"]),
        (terms(Term.SETS, term_id="q1"), ["Q1"]),
        (terms(Term.SETS, term_id="zz"), []),
    ):
        page, _ = await asked(question, answers)
        assert ([term.id for term in page.terms], page.total) == (wanted, len(wanted))


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item_id", ["trading_card/99", "trading_card/nothing", "card_set/zz"])
async def test_what_is_not_in_the_file_is_not_there(item_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(f"lorcana/{item_id}"), {EN: file(card(1))})


async def test_the_cards_of_an_unknown_set_are_no_empty_list() -> None:
    with pytest.raises(NotFound):
        await asked(related("lorcana/card_set/zz", Relation.CARDS), {EN: file(card(1))})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer("", 503), Unreachable),
        (Answer("", 429, {"retry-after": "7"}), RateLimited),
        (Answer("", 403), Blocked),
        (Answer("<!doctype html><p>Not here</p>", 200, {"content-type": "text/html"}), ShapeChanged),
    ],
)
async def test_failures_have_their_class(answer: Answer, error: type[ProviderError]) -> None:
    for question in (search("mouse"), detail("lorcana/trading_card/1")):
        with pytest.raises(error):
            await asked(question, {EN: answer})


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"cards": {}},
        {"cards": ["x"]},
        {"cards": [{"id": "1", "fullName": "Text Id"}]},
        {"cards": [{"id": True, "fullName": "No Id"}]},
        {"cards": [{"id": 1}]},
        {"cards": [], "sets": []},
        {"cards": [], "sets": {"1": "x"}},
    ],
)
async def test_another_shape_is_said(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("mouse"), {EN: body})


async def test_a_file_without_cards_is_an_empty_answer() -> None:
    assert await found(search("mouse")) == []
