"""Magic: The Gathering (Scryfall)."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation, Unique
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.sdk import InvalidField, NotFound, Page, RateLimited, ShapeChanged, Unreachable, make_id
from tako_providers.sdk.errors import Blocked
from tako_providers.tcg.mtg import Mtg
from tests.captures import SAMPLES
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

UUID = "00000000-0000-4000-8000-000000000001"
CARD = {"object": "card", "id": UUID, "name": "Test Bird", "lang": "en", "set": "tst", "collector_number": "1"}
NOTHING = Answer({"object": "error", "code": "not_found", "status": 404, "details": "None."}, 404)


def listed(*entries: Any, more: bool = False, **extra: Any) -> dict[str, Any]:
    return {"object": "list", "has_more": more, "data": list(entries), **extra}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Mtg(), question, answers)


async def query_of(question: Question) -> str:
    """What Scryfall is asked to search for."""
    _, up = await asked(question, {"/cards/search": listed(CARD)})
    return up.params["q"]


# --- The sample set joins -----------------------------------------------------------------------------------


async def sampled(question: Question) -> Any:
    return await ask_samples(Mtg(), question)


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("sample griffin"))
    item_id = make_id("mtg", page.items[0].kind, page.items[0].source_id)
    griffin = await sampled(detail(item_id))
    assert griffin.title == page.items[0].title == "Sample Griffin"
    assert griffin.trading_card.flavor_text == '"It is only a sample."'
    assert len((await sampled(related(item_id, Relation.RULINGS))).items) == 2
    versions = (await sampled(related(item_id, Relation.VERSIONS))).items
    assert [(one.trading_card.set.code, one.language) for one in versions] == [
        ("sample", "en"),
        ("sample", "fr"),
        ("smp", "en"),
    ]
    assert (await sampled(lookup("multiverse", "900001"))).items[0].source_id == griffin.source_id
    assert (await sampled(lookup("card_number", "sample/1"))).items[0].source_id == griffin.source_id


async def test_samples_have_a_set_with_its_cards() -> None:
    sets = await sampled(terms(Term.SETS))
    assert [term.id for term in sets.terms] == ["sample", "tsample", "smp"]
    assert (await sampled(detail(sets.terms[0].item_id))).title == "Sample Set"
    by_filter, by_relation = (
        await sampled(search(set="sample")),
        await sampled(related("mtg/card_set/sample", Relation.CARDS)),
    )
    assert [one.title for one in by_filter.items] == [one.title for one in by_relation.items]
    assert by_filter.items[2].title == "Sample Dawn // Sample Dusk"


async def test_samples_have_feeds_an_empty_search_and_errors() -> None:
    assert len((await sampled(trending(Feed.RECENT))).items) == 4
    assert len((await sampled(trending(Feed.RANDOM))).items) == 1
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("mtg/trading_card/7a4b0000-5a3e-4e00-8000-000000000404"))
    with pytest.raises(InvalidField, match="is:sampled"):
        await sampled(search("is:sampled"))


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("black lotus", "black lotus"),
        ("Fire and Ice", 'Fire "and" Ice'),
        ("Circle of Protection: Red", "Circle of Protection Red"),
        ("Jace, Vryn's Prodigy // Jace", 'Jace "Vryn\'s" Prodigy Jace'),
        ("-negated (group)", '"-negated" group'),
        ('say "cheese"', "say cheese"),
        ("+-", '"+-"'),
        ("o:flying mv>=3", "o:flying mv>=3"),
        ('!"Lightning Bolt"', '!"Lightning Bolt"'),
        ("!fire", "!fire"),
        ("Kaboom!", "Kaboom"),
        ("!!!", '"!!!"'),
    ],
)
async def test_words_are_names_and_a_colon_makes_syntax(text: str, query: str) -> None:
    assert await query_of(search(text)) == query


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        ({"set": "mid"}, "e:mid"),
        ({"rarity": "mythic", "number": "60s"}, "r:mythic cn:60s"),
        ({"number": "1★"}, 'cn:"1★"'),
        ({"artist": "Amy Weber"}, 'a:"Amy Weber"'),
        ({"text": 'draw "a" card'}, 'o:"draw a card"'),
        (
            {"supertype": "Legendary", "card_types": ["Creature"], "subtypes": ["Time Lord"]},
            't:Legendary t:Creature t:"Time Lord"',
        ),
        ({"colors": ["White", "Blue"]}, "c:White c:Blue"),
        ({"min_cost": 0.0, "max_cost": 2.5}, "mv>=0 mv<=2.5"),
        ({"min_power": 0, "max_power": 2_000_000_000}, "pow>=0 pow<=2000000000"),
        ({"min_toughness": 1, "max_toughness": 4}, "tou>=1 tou<=4"),
        ({"format": "modern"}, "f:modern"),
        ({"released_from": "2020", "released_to": "2024"}, "date>=2020-01-01 date<=2024-12-31"),
        ({"released_from": "2020-03", "released_to": "2024-02"}, "date>=2020-03-01 date<=2024-02-29"),
        ({"released_from": "2020-03-05", "released_to": "2020-03-06"}, "date>=2020-03-05 date<=2020-03-06"),
    ],
)
async def test_filters_become_syntax(filters: dict[str, Any], query: str) -> None:
    assert await query_of(search(**filters)) == query


async def test_syntax_stays_together_beside_filters() -> None:
    assert await query_of(search("t:elf or t:goblin", set="mid")) == "(t:elf or t:goblin) e:mid"
    assert await query_of(search('!"Lightning Bolt"', set="mid")) == '(!"Lightning Bolt") e:mid'


@pytest.mark.parametrize(
    ("wishes", "params"),
    [
        ({"unique": Unique.ART, "order_by": Order.RELEASE_DATE}, {"unique": "art", "order": "released"}),
        ({"order_by": Order.PRICE, "descending": False}, {"order": "usd", "dir": "asc"}),
        ({"order_by": Order.TITLE, "descending": True}, {"order": "name", "dir": "desc"}),
        ({"order_by": Order.POPULARITY, "descending": True}, {"order": "edhrec", "dir": "asc"}),
    ],
)
async def test_order_and_unique(wishes: dict[str, Any], params: dict[str, str]) -> None:
    _, up = await asked(search("bird", **wishes), {"/cards/search": listed(CARD)})
    assert up.params == {"q": "bird", "page": "1", **params}


def test_the_notice_of_the_fan_content_policy_is_shown_word_for_word() -> None:
    assert Mtg.manifest.attribution.text.endswith(
        "Tako is unofficial Fan Content permitted under the Fan Content Policy. Not approved/endorsed by Wizards. "
        "Portions of the materials used are property of Wizards of the Coast. ©Wizards of the Coast LLC."
    )
    assert "Scryfall" in Mtg.manifest.attribution.text


async def test_scryfall_gets_the_accept_header_that_it_wants() -> None:
    _, up = await asked(search("bird"), {"/cards/search": listed(CARD)})
    assert "application/json" in up.requests[0].headers["Accept"]


# --- Pages --------------------------------------------------------------------------------------------------


async def test_pages_go_on_to_the_last() -> None:
    answers = {"/cards/search": (listed(CARD, more=True, total_cards=2), listed(CARD, total_cards=2))}
    first, up = await asked(search("bird"), answers)
    assert (first.next, first.total) == ("2", 2)
    last, up = await asked(search("bird", cursor=first.next), {"/cards/search": listed(CARD)})
    assert (last.next, up.params["page"]) == ("", "2")


async def test_a_page_behind_the_end_is_no_fault_of_the_query() -> None:
    beyond = Answer({"object": "error", "code": "validation_error", "status": 422, "details": "Too far."}, 422)
    with pytest.raises(InvalidField) as caught:
        await asked(search("bird", cursor="9"), {"/cards/search": beyond})
    assert caught.value.field == "page_token"


# --- Language -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("fr-FR", "bird lang:fr"),
        ("zh-TW", "bird lang:zht"),
        ("zh", "bird lang:zhs"),
        ("zh-Hant", "bird lang:zht"),
        ("en-GB", "bird"),
        ("sv", "bird"),
        ("", "bird"),
    ],
)
async def test_language_is_searched_for_where_magic_has_it(language: str, query: str) -> None:
    assert await query_of(search("bird", language=language)) == query


async def test_a_search_without_hits_in_the_language_gives_what_there_is() -> None:
    page, up = await asked(
        search("bird", language="fr"), {"/cards/search": (NOTHING, listed(CARD, more=True, total_cards=300))}
    )
    assert (page.items[0].language, up.params["q"]) == ("en", "bird")
    page, up = await asked(search("bird", language="fr", cursor=page.next), {"/cards/search": listed(CARD)})
    assert up.params == {"q": "bird", "page": "2"}


async def test_a_query_that_says_its_language_keeps_it() -> None:
    assert await query_of(search("o:vol lang:any", language="fr")) == "o:vol lang:any"


async def test_detail_in_another_language_keeps_the_card_and_tells_the_language() -> None:
    item_id = "mtg/trading_card/7a4b0000-5a3e-4e00-8000-000000000001"
    english, french = await sampled(detail(item_id)), await sampled(detail(item_id, language="fr"))
    assert (english.title, english.language, english.original_title) == ("Sample Griffin", "en", "")
    assert (french.title, french.language, french.original_title) == ("Griffon d'exemple", "fr", "Sample Griffin")
    assert french.source_id == english.source_id
    assert french.description.startswith("Vol\n")
    assert french.trading_card.abilities[0].text == english.description
    assert (french.images[0].language, english.images[0].language) == ("fr", "en")
    assert list(french.prices) == list(english.prices)


async def test_a_card_that_was_not_printed_in_the_language_comes_as_it_is() -> None:
    item, up = await asked(
        detail(f"mtg/trading_card/{UUID}", language="ko"), {f"/cards/{UUID}": CARD, "/cards/tst/1/ko": NOTHING}
    )
    assert (item.title, item.language, up.partial) == ("Test Bird", "en", False)


async def test_without_the_other_language_the_answer_is_partial() -> None:
    item, up = await asked(
        detail(f"mtg/trading_card/{UUID}", language="ko"), {f"/cards/{UUID}": CARD, "/cards/tst/1/ko": Answer("", 503)}
    )
    assert (item.title, up.partial) == ("Test Bird", True)


# --- Printings ----------------------------------------------------------------------------------------------

PRINTED = {**CARD, "oracle_id": "00000000-0000-4000-8000-000000000009"}
ORACLE = f"oracleid:{PRINTED['oracle_id']}"
VERSIONS = f"mtg/trading_card/{UUID}"


async def versions(found: Any, **wishes: Any) -> tuple[Page, list[str], bool]:
    """The printings, what Scryfall was asked to search for, and whether the answer is partial."""
    answers = {f"/cards/{UUID}": PRINTED, "/cards/search": found}
    page, up = await asked(related(VERSIONS, Relation.VERSIONS, **wishes), answers)
    return page, [dict(request.params)["q"] for request in up.requests if "q" in dict(request.params)], up.partial


async def test_printings_are_those_in_all_languages() -> None:
    page, queries, partial = await versions(listed(PRINTED, {**PRINTED, "lang": "fr"}, more=True))
    assert (len(page.items), queries, partial) == (2, [f"{ORACLE} lang:any"], False)
    page, queries, _ = await versions(listed(PRINTED), cursor=page.next)
    assert (page.next, queries) == ("", [f"{ORACLE} lang:any"])


@pytest.mark.parametrize(("language", "query"), [("fr", f"{ORACLE} lang:fr"), ("en", ORACLE), ("en-GB", ORACLE)])
async def test_printings_in_one_language(language: str, query: str) -> None:
    page, queries, _ = await versions(listed(PRINTED, more=True), language=language)
    _, more, _ = await versions(listed(PRINTED), language=language, cursor=page.next)
    assert queries == more == [query]


async def test_without_printings_in_the_language_there_are_those_in_all() -> None:
    page, queries, partial = await versions((NOTHING, listed(PRINTED, more=True)), language="ko")
    assert (queries, partial) == ([f"{ORACLE} lang:ko", f"{ORACLE} lang:any"], False)
    _, queries, _ = await versions(listed(PRINTED), language="ko", cursor=page.next)
    assert queries == [f"{ORACLE} lang:any"]


async def test_where_all_languages_fail_there_are_the_printings_that_scryfall_gives_by_itself() -> None:
    page, queries, partial = await versions((Answer("", 503), listed(PRINTED, more=True)))
    assert (queries, partial, len(page.items)) == ([f"{ORACLE} lang:any", ORACLE], True, 1)
    _, queries, _ = await versions(listed(PRINTED), cursor=page.next)
    assert queries == [ORACLE], "the list of the first page goes on"


async def test_a_later_page_in_all_languages_that_fails_is_an_error() -> None:
    page, _, _ = await versions(listed(PRINTED, more=True))
    with pytest.raises(Unreachable):
        await versions((Answer("", 503), listed(PRINTED)), cursor=page.next)


# --- Cards --------------------------------------------------------------------------------------------------


async def test_what_scryfall_does_not_say_stays_unset() -> None:
    nulls = dict.fromkeys(
        (
            *("card_faces", "multiverse_ids", "prices", "image_uris", "legalities", "keywords", "games", "finishes"),
            *("all_parts", "purchase_uris", "related_uris", "colors", "color_identity", "cmc", "released_at", "artist"),
            *("type_line", "oracle_text", "edhrec_rank", "reserved", "oracle_id", "tcgplayer_id", "scryfall_uri"),
        )
    )
    for entry in (CARD, {**CARD, **nulls}):
        item, _ = await asked(detail(f"mtg/trading_card/{UUID}"), {f"/cards/{UUID}": entry})
        assert not item.HasField("year")
        assert (item.description, item.release_date, list(item.images), list(item.prices)) == ("", "", [], [])
        assert [(one.scheme, one.value) for one in item.external_ids] == [("card_number", "tst/1")]
        card = item.trading_card
        assert not any(map(card.HasField, ("cost", "edhrec_rank", "reserved")))
        assert (card.power, list(card.colors), list(card.legalities), list(card.faces)) == ("", [], [], [])


async def test_a_digital_card_without_prices() -> None:
    alchemy = {
        **CARD,
        "name": "A-Test Bird",
        "digital": True,
        "games": ["arena"],
        "arena_id": 77,
        "prices": {"usd": None, "usd_foil": "0.00", "eur": None, "tix": None},
        "cmc": 0.0,
        "power": "1+*",
    }
    item, _ = await asked(detail(f"mtg/trading_card/{UUID}"), {f"/cards/{UUID}": alchemy})
    assert (item.title, list(item.prices), item.trading_card.digital) == ("A-Test Bird", [], True)
    assert (item.trading_card.cost, item.trading_card.HasField("cost"), item.trading_card.power) == (0, True, "1+*")


async def test_what_no_field_has_is_an_attribute() -> None:
    entry = {
        **CARD,
        "prices": {"tix": "0.02"},
        "penny_rank": 12,
        "set_type": "alchemy",
        "promo_types": ["rebalanced", "alchemy"],
        "border_color": "black",
        "frame": "2015",
    }
    page, _ = await asked(search("bird"), {"/cards/search": listed(entry)})
    assert dict(page.items[0].attributes) == {
        "mtgo_tix": "0.02",
        "penny_rank": "12",
        "set_type": "alchemy",
        "promo_types": "rebalanced, alchemy",
        "border_color": "black",
        "frame": "2015",
    }


ODD: tuple[Any, ...] = (
    7,
    -1,
    1e300,
    True,
    "",
    " ",
    "?",
    [],
    [7, None, "x", [], {}],
    {},
    {"x": 7, "large": 7, "usd": []},
    None,
)
RICH = {
    **orjson.loads((SAMPLES / "mtg/detail-sample-dawn.body.json").read_bytes()),
    **dict.fromkeys(("printed_name", "printed_text", "flavor_name", "loyalty", "defense", "all_parts", "promo_types")),
    "multiverse_ids": [1],
    "purchase_uris": {"tcgplayer": "https://www.tcgplayer.com/"},
}


def oddities(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The card with each of its fields, and each of its front's, once of each odd type."""
    front, *others = entry["card_faces"]
    found = [{**entry, name: odd} for name in entry for odd in ODD]
    return found + [{**entry, "card_faces": [{**front, name: odd}, *others]} for name in front for odd in ODD]


async def test_an_odd_optional_field_costs_nothing_but_itself() -> None:
    required = ("object", "id", "name")
    entries = [entry for entry in oddities(RICH) if all(entry[name] == RICH[name] for name in required)]
    assert len(entries) > 500
    page, _ = await asked(search("dawn"), {"/cards/search": listed(*entries)})
    assert {item.source_id for item in page.items} == {RICH["id"]}
    for entry in entries[::7]:
        item, _ = await asked(detail(f"mtg/trading_card/{UUID}"), {f"/cards/{UUID}": entry})
        assert item.title


@pytest.mark.parametrize("name", ["object", "id", "name"])
@pytest.mark.parametrize("odd", [7, None, "", [], {}])
async def test_a_card_without_id_or_name_is_a_changed_shape(name: str, odd: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("bird"), {"/cards/search": listed({**CARD, name: odd})})


SET = {"object": "set", "id": UUID, "code": "tst", "name": "Test Set", "parent_set_code": "abc", "card_count": 3}


@pytest.mark.parametrize("odd", ODD)
async def test_odd_optional_fields_of_sets_and_rulings_stay_unset(odd: Any) -> None:
    names = ("released_at", "block", "block_code", "set_type", "parent_set_code", "icon_svg_uri", "scryfall_uri")
    entry = {
        **SET,
        **dict.fromkeys((*names, "card_count", "printed_size", "digital", "foil_only", "nonfoil_only"), odd),
    }
    item, _ = await asked(detail("mtg/card_set/tst"), {"/sets/tst": entry})
    page, _ = await asked(terms(Term.SETS), {"/sets": listed(entry)})
    assert (item.title, page.terms[0].name, list(item.images)) == ("Test Set", "Test Set", [])
    note = {"object": "ruling", "comment": "Yes.", **dict.fromkeys(("published_at", "source", "oracle_id"), odd)}
    rulings, _ = await asked(related(VERSIONS, Relation.RULINGS), {f"/cards/{UUID}/rulings": listed(note)})
    assert (rulings.items[0].description, rulings.items[0].release_date) == ("Yes.", "")


async def test_a_picture_that_only_stands_in_is_none() -> None:
    entry = {**CARD, "image_status": "placeholder", "image_uris": {"large": "https://cards.scryfall.io/large/x.jpg"}}
    item, _ = await asked(detail(f"mtg/trading_card/{UUID}"), {f"/cards/{UUID}": entry})
    assert not item.images


async def test_both_sides_of_a_card_have_pictures() -> None:
    item = await sampled(detail("mtg/trading_card/7a4b0000-5a3e-4e00-8000-000000000003"))
    assert [image.role for image in item.images] == [Image.PRIMARY, Image.THUMBNAIL, Image.ART_CROP, Image.CARD_FACE]
    assert "/back/" in item.images[3].url
    assert [list(face.colors) for face in item.trading_card.faces] == [["White"], ["Black"]]
    assert list(item.trading_card.color_identity) == ["Black", "White"]


async def test_artists_are_told_apart_where_scryfall_says_how_many() -> None:
    both = {**CARD, "artist": "Ann & Ben", "artist_ids": ["1", "2"]}
    firm = {**CARD, "artist": "Ann & Ben", "artist_ids": ["1"]}
    page, _ = await asked(search("bird"), {"/cards/search": listed(both, firm)})
    assert [list(one.trading_card.artists) for one in page.items] == [["Ann", "Ben"], ["Ann & Ben"]]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Basic Snow Land — Forest", ("Basic Snow", "Land", ["Forest"])),
        ("Legendary Creature — Time Lord Doctor", ("Legendary", "Creature", ["Time Lord", "Doctor"])),
        ("Plane — Serra's Realm", ("", "Plane", ["Serra's Realm"])),
        ("Instant", ("", "Instant", [])),
    ],
)
async def test_type_lines(line: str, parts: tuple[str, str, list[str]]) -> None:
    page, _ = await asked(search("bird"), {"/cards/search": listed({**CARD, "type_line": line})})
    card = page.items[0].trading_card
    assert (card.supertype, card.card_type, list(card.subtypes)) == parts


# --- Other questions ----------------------------------------------------------------------------------------


async def test_recent_and_random_take_a_set() -> None:
    _, up = await asked(trending(Feed.RECENT, set="mid"), {"/cards/search": listed(CARD)})
    assert up.params["q"] == "year>=1993 date<=now e:mid"
    _, up = await asked(trending(Feed.RANDOM, set="mid", language="de"), {"/cards/random": CARD})
    assert up.params == {"q": "e:mid lang:de"}
    page, _ = await asked(trending(Feed.RECENT, kind=Item.CARD_SET, set="mid"), {"/sets": listed()})
    assert page.ignored == ("set",)


async def test_a_card_at_random_has_all_that_detail_has() -> None:
    entry = {
        **CARD,
        "legalities": {"modern": "legal"},
        "purchase_uris": {"cardmarket": "https://www.cardmarket.com/en/Magic/Products?idProduct=1"},
    }
    page, _ = await asked(trending(Feed.RANDOM), {"/cards/random": entry})
    assert [one.format for one in page.items[0].trading_card.legalities] == ["modern"]
    assert [one.title for one in page.items[0].links] == ["Cardmarket"]


async def test_no_card_at_random_is_an_empty_page() -> None:
    page, _ = await asked(trending(Feed.RANDOM), {"/cards/random": NOTHING})
    assert page == Page([])


@pytest.mark.parametrize(
    ("scheme", "code", "path"),
    [
        ("multiverse", "3227", "/cards/multiverse/3227"),
        ("mtgo", "57880", "/cards/mtgo/57880"),
        ("arena", "77", "/cards/arena/77"),
        ("tcgplayer", "4208", "/cards/tcgplayer/4208"),
        ("cardmarket", "8048", "/cards/cardmarket/8048"),
        ("card_number", "ALL/115", "/cards/all/115"),
        ("card_number", "plst/ORI-60", "/cards/plst/ORI-60"),
        ("card_number", "pl21/1★", "/cards/pl21/1★"),
    ],
)
async def test_look_up(scheme: str, code: str, path: str) -> None:
    page, up = await asked(lookup(scheme, code), {path: CARD})
    assert (page.items[0].title, up.paths) == ("Test Bird", [path])
    page, _ = await asked(lookup(scheme, code), {path: NOTHING})
    assert page == Page([])


@pytest.mark.parametrize(
    ("scheme", "code"), [("card_number", "SDY-046"), ("card_number", "1/204 • EN • 1"), ("scryfall_oracle", "no-id")]
)
async def test_codes_of_other_games_are_not_asked(scheme: str, code: str) -> None:
    page, up = await asked(lookup(scheme, code), {})
    assert (page, up.requests) == (Page([]), [])


@pytest.mark.parametrize(
    "item_id",
    [
        "mtg/trading_card/random",
        "mtg/trading_card/arena/77",
        "mtg/trading_card/mtgo/57880",
        "mtg/trading_card/multiverse/3227",
        "mtg/trading_card/tst/1/fr/2",
        "mtg/trading_card/tst/1/rulings",
        "mtg/card_set/a/b",
    ],
)
async def test_an_id_that_scryfall_never_gave_is_not_asked(item_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(item_id), {})


@pytest.mark.parametrize(
    ("source_id", "path"),
    [
        ("tst/1", "/cards/tst/1"),
        ("TST/1", "/cards/tst/1"),
        ("tst/1/fr", "/cards/tst/1/fr"),
        ("tst/1/zhs", "/cards/tst/1/zhs"),
        ("plst/ORI-60", "/cards/plst/ORI-60"),
        ("pl21/1~E2~98~85", "/cards/pl21/1★"),
    ],
)
async def test_a_card_by_set_and_number(source_id: str, path: str) -> None:
    item, up = await asked(detail(f"mtg/trading_card/{source_id}"), {path: CARD})
    assert (item.source_id, up.paths) == (UUID, [path]), "the item's own id is Scryfall's"


async def test_a_set_and_number_that_scryfall_does_not_have() -> None:
    with pytest.raises(NotFound):
        await asked(detail("mtg/trading_card/tst/999"), {"/cards/tst/999": NOTHING})


async def test_relations_of_a_card_by_set_and_number_are_those_of_its_id() -> None:
    answers = {
        "/cards/tst/1": PRINTED,
        f"/cards/{UUID}/rulings": listed({"object": "ruling", "comment": "Yes."}),
        "/cards/search": listed(PRINTED),
    }
    rulings, _ = await asked(related("mtg/trading_card/tst/1", Relation.RULINGS), answers)
    assert [one.source_id for one in rulings.items] == [f"{UUID}/1"]
    _, up = await asked(related("mtg/trading_card/tst/1", Relation.VERSIONS), answers)
    assert up.paths == ["/cards/tst/1", "/cards/search"]


async def test_a_set_by_its_uuid_has_its_code_as_id() -> None:
    answers = {f"/sets/{UUID}": SET, "/cards/search": listed(CARD)}
    item, _ = await asked(detail(f"mtg/card_set/{UUID}"), answers)
    assert item.source_id == "tst"
    _, up = await asked(related(f"mtg/card_set/{UUID}", Relation.CARDS), answers)
    assert up.params["q"] == "e:tst"


@pytest.mark.parametrize(
    ("text", "found"), [("", ["tst", "mid"]), ("MID", ["mid"]), ("test s", ["tst"]), ("hunt", ["mid"]), ("nothing", [])]
)
async def test_sets_are_found_by_name_and_code(text: str, found: list[str]) -> None:
    body = listed(SET, {"object": "set", "code": "mid", "name": "Innistrad: Midnight Hunt"})
    page, _ = await asked(terms(Term.SETS, text=text), {"/sets": body})
    assert [term.id for term in page.terms] == found
    page, _ = await asked(terms(Term.SETS, text=text, term_id="tst"), {"/sets/tst": SET})
    assert [term.id for term in page.terms] == [code for code in found if code == "tst"]


async def test_one_set_of_the_vocabulary() -> None:
    page, _ = await asked(
        terms(Term.SETS, term_id="tst"),
        {"/sets/tst": {"object": "set", "code": "tst", "name": "Test", "card_count": 0}},
    )
    assert [(term.id, term.name, term.HasField("count")) for term in page.terms] == [("tst", "Test", False)]


# --- Errors -------------------------------------------------------------------------------------------------

REFUSED = {"object": "error", "details": "Understood nothing.", "warnings": ["“r:shiny” is no rarity."]}


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (search("r:shiny t:elf"), "query"),
        (search(rarity="shiny"), "rarity"),
        (search(rarity="shiny", set="mid"), "query"),
        (related("mtg/card_set/mid", Relation.CARDS), "id"),
        (trending(Feed.RECENT, set="mid"), "set"),
    ],
)
@pytest.mark.parametrize(("status", "code"), [(400, "bad_request"), (422, "validation_error")])
async def test_a_refused_search_names_the_field_and_the_reason(
    question: Question, field: str, status: int, code: str
) -> None:
    with pytest.raises(InvalidField, match="r:shiny") as caught:
        await asked(question, {"/cards/search": Answer({**REFUSED, "code": code, "status": status}, status)})
    assert caught.value.field == field


async def test_a_clause_that_scryfall_leaves_out_is_reported() -> None:
    body = listed(CARD, warnings=["Invalid expression “r:shiny” was ignored."])
    page, _ = await asked(search("bird", rarity="shiny"), {"/cards/search": body})
    assert page.ignored == ("rarity",)


def warned(*warnings: Any) -> dict[str, Any]:
    return {"/cards/search": listed(CARD, warnings=list(warnings))}


@pytest.mark.parametrize(
    ("question", "clause", "ignored"),
    [
        (search("e:tst foo:bar"), "foo:bar", ("query",)),
        (search("foo:bar", rarity="rare", set="tst"), "foo:bar", ("query",)),
        (search("shiny bird", rarity="shiny"), "r:shiny", ("rarity",)),
        (search("bird", card_types=["elf"], subtypes=["elfin"]), "t:elfin", ("subtypes",)),
        (search("bird", language="fr"), "lang:fr", ("language",)),
        (trending(Feed.RECENT, set="tst"), "e:tst", ("set",)),
        (trending(Feed.RECENT, set="tst"), "year>=1993", ("feed",)),
        (trending(Feed.RECENT), "date<=now", ("feed",)),
        (related("mtg/card_set/tst", Relation.CARDS, language="fr"), "lang:fr", ("language",)),
        (related("mtg/card_set/tst", Relation.CARDS), "of the list", ("id",)),
    ],
)
async def test_what_scryfall_warns_about_is_reported(question: Question, clause: str, ignored: tuple[str, ...]) -> None:
    page, _ = await asked(question, warned(f"Invalid expression “{clause}” was ignored."))
    assert (len(page.items), page.ignored) == (1, ignored)


async def test_several_warnings_name_several_fields() -> None:
    page, _ = await asked(search("foo:bar", set="zz"), warned("“foo:bar” was ignored.", "“e:zz” was ignored.", 7))
    assert page.ignored == ("query", "set")


async def test_a_list_that_is_not_of_the_set_asked_for_is_none() -> None:
    with pytest.raises(InvalidField, match="e:zz") as caught:
        await asked(related("mtg/card_set/zz", Relation.CARDS, language="fr"), warned("“e:zz” was ignored."))
    assert caught.value.field == "id"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"object": "error", "status": 429, "code": "too_many_requests"}, 429), RateLimited),
        (Answer({"object": "error", "status": 500}, 500), Unreachable),
        (Answer({"object": "error", "status": 403}, 403), Blocked),
        (Answer('{"object": "list", "data": [{"obj'), ShapeChanged),
        (Answer("<html><body>Hello</body></html>", headers={"content-type": "text/html"}), ShapeChanged),
        ([], ShapeChanged),
        ({"object": "catalog", "data": []}, ShapeChanged),
        ({"object": "list", "data": None}, ShapeChanged),
        ({"object": "list", "data": [{"object": "card", "id": UUID}]}, ShapeChanged),
        ({"object": "list", "data": [{"object": "set", "code": "mid", "name": "x"}]}, ShapeChanged),
    ],
)
async def test_other_answers_are_errors(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("bird"), {"/cards/search": answer})


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (detail(f"mtg/trading_card/{UUID}"), f"/cards/{UUID}", {"object": "set"}),
        (detail("mtg/card_set/mid"), "/sets/mid", CARD),
        (detail("mtg/card_set/mid"), "/sets/mid", {"object": "set", "code": "mid"}),
        (related(f"mtg/trading_card/{UUID}", Relation.RULINGS), f"/cards/{UUID}/rulings", listed({"object": "ruling"})),
        (related(f"mtg/trading_card/{UUID}", Relation.VERSIONS), f"/cards/{UUID}", CARD),
        (terms(Term.SETS), "/sets", {"sets": []}),
    ],
)
async def test_a_changed_shape_is_told(question: Question, path: str, body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, {path: body})
