"""BoardGameGeek."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.details_games_pb2 import BoardGame
from tako.v1.item_parts_pb2 import AlternativeTitle, Condition, Image
from tako.v1.item_pb2 import Item
from tako_providers.boardgames.bgg import MANIFEST, BoardGameGeek
from tako_providers.sdk import (
    InvalidField,
    NotConfigured,
    NotFound,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
    make_id,
)
from tests.conformance.cases import Question, detail, lookup, related, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

SEARCH, THING, FAMILY, HOT = (f"/xmlapi2/{name}" for name in ("search", "thing", "family", "hot"))
ORCHARD = "bgg/board_game/9900001"


def items(inner: str = "", total: int = 0) -> str:
    return f'<items total="{total}" termsofuse="https://boardgamegeek.com/xmlapi/termsofuse">{inner}</items>'


def hit(number: int, name: str, *, kind: str = "boardgame", name_type: str = "primary", year: str = "") -> str:
    dated = f'<yearpublished value="{year}"/>' if year else ""
    return f'<item type="{kind}" id="{number}"><name type="{name_type}" value="{name}"/>{dated}</item>'


def thing(number: int = 1, inner: str = "", kind: str = "boardgame", name: str = "Test Game") -> str:
    return f'<item type="{kind}" id="{number}"><name type="primary" value="{name}"/>{inner}</item>'


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(BoardGameGeek(), question, answers, {"BGG_API_TOKEN": "secret-token"})


async def titles(question: Question, *found: str) -> list[str]:
    page, _ = await asked(question, {SEARCH: items("".join(found))})
    return [one.title for one in page.items]


async def game(inner: str = "", kind: str = "boardgame") -> Item:
    item, _ = await asked(detail("bgg/board_game/1"), {THING: items(thing(inner=inner, kind=kind))})
    assert isinstance(item, Item)
    return item


async def sampled(question: Question) -> Any:
    return await ask_samples(BoardGameGeek(), question)


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("sample orchard"))
    assert [one.title for one in page.items] == [
        "Sample Orchard",
        "Sample Orchard: The Long Winter",
        "Sample Orchard Doppelkopf",
        "A Small Sample Orchard",
    ]
    assert make_id("bgg", page.items[0].kind, page.items[0].source_id) == ORCHARD
    orchard = await sampled(detail(ORCHARD))
    assert orchard.title == "Sample Orchard"
    assert orchard.description == (
        "A sample of a game about fruit & patience.\n\nNobody has to win \u2014 it is only a sample."
    )
    assert [one.name for one in orchard.board_game.designers] == ["Flora Sample"]
    assert orchard.board_game.suggested_age == "8"
    assert not orchard.board_game.language_dependence
    family = await sampled(detail(orchard.board_game.families[0].id))
    assert (family.title, family.collection.member_count) == ("Game: Sample Orchard", 2)
    members = await sampled(related(orchard.board_game.families[0].id, Relation.MEMBERS))
    assert [one.source_id for one in members.items] == ["9900001", "9900002"]


async def test_samples_have_all_relations() -> None:
    labels = {
        relation: [one.context.label for one in (await sampled(related(ORCHARD, relation))).items]
        for relation in (Relation.EXPANSIONS, Relation.REMAKES, Relation.PARENTS)
    }
    assert labels == {
        Relation.EXPANSIONS: ["Expansion", "Accessory"],
        Relation.REMAKES: ["Reimplemented by"],
        Relation.PARENTS: [],
    }
    parents = await sampled(related("bgg/board_game/9900002", Relation.PARENTS))
    assert [one.source_id for one in parents.items] == ["9900001"]
    english, german = (await sampled(related(ORCHARD, Relation.VERSIONS))).items
    assert (english.external_ids[0].scheme, english.external_ids[0].value) == ("ean", "4000000000105")
    assert (english.board_game.dimensions.width_cm, english.board_game.dimensions.weight_g) == (25.4, 680.39)
    assert (german.alternative_titles[0].text, list(german.languages)) == ("Musterobstgarten", ["de"])
    assert not german.board_game.publishers
    offers = (await sampled(related(ORCHARD, Relation.PRICES))).items
    assert [(one.prices[0].amount.currency_code, one.condition) for one in offers] == [
        ("EUR", Condition.LIKE_NEW),
        ("USD", Condition.FAIR),
    ]
    assert "sample seller" not in str(offers)
    video = (await sampled(related(ORCHARD, Relation.VIDEOS))).items[0].video
    assert (video.site, video.key, video.language, video.published) == ("YouTube", "sample00001", "en", "2018-11-20")


async def test_samples_are_enriched_in_one_more_call() -> None:
    page = await sampled(search("sample orchard", enrich=True))
    found = {one.source_id: one for one in page.items}
    assert found["9900003"].title == "Schafkopf of Samples"
    assert [(one.text, one.type) for one in found["9900003"].alternative_titles] == [
        ("Sample Orchard Doppelkopf", AlternativeTitle.MATCHED)
    ]
    assert found["9900001"].rating.value == 7.25
    assert {one.role for one in found["9900001"].images} == {Image.PRIMARY, Image.THUMBNAIL}
    assert found["9900002"].board_game.type == BoardGame.EXPANSION


async def test_samples_have_a_feed_a_lookup_an_empty_search_and_an_error() -> None:
    hot = await sampled(trending(Feed.TRENDING))
    assert [(one.title, one.context.position) for one in hot.items] == [
        ("Sample Orchard", 1),
        ("A Small Sample Orchard", 2),
    ]
    assert not hot.items[1].HasField("year")
    assert [one.title for one in (await sampled(lookup("bgg", "9900001"))).items] == ["Sample Orchard"]
    (family,) = (await sampled(lookup("bgg", "9900101", kinds=(Item.COLLECTION,)))).items
    assert [(one.scheme, one.value) for one in family.external_ids] == [("bgg", "9900101")]
    assert (await sampled(lookup("bgg", "9900404"))).items == []
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("bgg/board_game/9900404"))


# --- Search -------------------------------------------------------------------------------------------------


async def test_hits_are_ranked_by_nearness() -> None:
    found = await titles(
        search("Oak"),
        hit(1, "Cloak"),
        hit(2, "Grand Oak Tree"),
        hit(3, "Oak", name_type="alternate"),
        hit(4, "Oakland"),
        hit(5, "oak"),
    )
    assert found == ["oak", "Oak", "Oakland", "Grand Oak Tree", "Cloak"]


async def test_hits_can_be_ordered() -> None:
    hits = (hit(1, "B", year="1990"), hit(2, "a"), hit(3, "C", year="2010"), hit(4, "Go", year="-2200"))
    assert await titles(search("x", order_by=Order.TITLE), *hits) == ["a", "B", "C", "Go"]
    assert await titles(search("x", order_by=Order.TITLE, descending=True), *hits) == ["Go", "C", "B", "a"]
    assert await titles(search("x", order_by=Order.RELEASE_DATE), *hits) == ["C", "B", "Go", "a"]
    assert await titles(search("x", order_by=Order.RELEASE_DATE, descending=False), *hits) == ["Go", "B", "C", "a"]


async def test_pages_lead_to_the_end_of_the_one_list() -> None:
    answers = {SEARCH: items("".join(hit(n, f"Game {n}") for n in range(1, 121)), 120)}
    cursor, seen = "", []
    for size in (50, 50, 20):
        page, _ = await asked(search("Game", cursor=cursor), answers)
        assert (len(page.items), page.total) == (size, 120)
        seen += [one.source_id for one in page.items]
        cursor = page.next
    assert cursor == ""
    assert len(set(seen)) == 120
    with pytest.raises(InvalidField):
        await asked(search("Game", cursor="x"), answers)


async def test_filters_reach_boardgamegeek() -> None:
    _, up = await asked(search("Oak", exact=True), {SEARCH: items()})
    assert up.params == {"query": "Oak", "type": "boardgame", "exact": "1"}
    _, up = await asked(search("Oak"), {SEARCH: items()})
    assert "exact" not in up.params


async def test_types_tell_games_from_expansions() -> None:
    both = (hit(1, "Oak"), hit(2, "Oak: More"), hit(2, "Oak: More", kind="boardgameexpansion"))
    for wanted, sent, found in (
        ([BoardGame.BASE_GAME], "boardgame,boardgameexpansion", ["Oak"]),
        ([BoardGame.BASE_GAME, BoardGame.EXPANSION], "boardgame,boardgameexpansion", ["Oak", "Oak: More"]),
        ([BoardGame.ACCESSORY], "boardgameaccessory", []),
    ):
        page, up = await asked(search("Oak", types=wanted), {SEARCH: items("".join(both))})
        assert ([one.title for one in page.items], up.params["type"]) == (found, sent)


async def test_things_that_are_no_board_games_are_left_out() -> None:
    assert await titles(search("Oak"), hit(1, "Oak", kind="rpgitem"), hit(2, "Oak 2"), hit(3, "")) == ["Oak 2"]


async def test_enriching_asks_twenty_at_a_time_and_may_fail() -> None:
    found = items("".join(hit(n, f"Game {n}") for n in range(1, 46)))
    page, up = await asked(search("Game", enrich=True), {SEARCH: found, THING: items(thing(7, name="Seven"))})
    asked_ids = [dict(request.params)["id"].split(",") for request in up.requests[1:]]
    assert [len(ids) for ids in asked_ids] == [20, 20, 5]
    assert page.items[6].title == "Seven"
    assert up.partial is False
    page, up = await asked(
        search("Game", enrich=True), {SEARCH: found, THING: "<error><message>Rate limit exceeded.</message></error>"}
    )
    assert (len(page.items), up.partial) == (45, True)


async def test_the_token_goes_in_a_header() -> None:
    _, up = await asked(search("Oak"), {SEARCH: items()})
    assert up.requests[0].headers["Authorization"] == "Bearer secret-token"
    assert "secret-token" not in up.requests[0].full_url


async def test_only_what_is_needed_is_asked() -> None:
    part = "<versions/><marketplacelistings/><videos total='0'/>"
    answers = {THING: items(thing(inner=part))}
    for relation, option in (
        (Relation.VERSIONS, "versions"),
        (Relation.PRICES, "marketplace"),
        (Relation.VIDEOS, "videos"),
    ):
        page, up = await asked(related("bgg/board_game/1", relation), answers)
        assert (list(page.items), up.params) == ([], {"id": "1", option: "1"})
    _, up = await asked(detail("bgg/board_game/1"), answers)
    assert up.params == {"id": "1", "stats": "1"}


# --- What is missing stays unset ----------------------------------------------------------------------------


async def test_a_bare_thing_has_only_what_it_has() -> None:
    item = await game(kind="boardgameaccessory")
    assert (item.title, item.board_game.type) == ("Test Game", BoardGame.ACCESSORY)
    assert item.links[0].url == "https://boardgamegeek.com/boardgameaccessory/1"
    for texts in (item.images, item.ratings, item.description, item.language):
        assert not texts
    assert not item.attributes
    for name in ("year", "rating", "engagement"):
        assert not item.HasField(name)
    assert not item.board_game.HasField("players")
    assert not item.board_game.HasField("play_time")
    assert not item.board_game.HasField("ages")
    assert not item.board_game.HasField("complexity")


async def test_zero_is_unknown_and_years_may_be_before_the_common_era() -> None:
    zeros = "".join(
        f'<{name} value="0"/>'
        for name in ("yearpublished", "minplayers", "maxplayers", "playingtime", "minplaytime", "maxplaytime", "minage")
    )
    item = await game(zeros)
    assert not item.HasField("year")
    assert not item.board_game.HasField("players")
    senet = await game('<yearpublished value="-3500"/>')
    assert (senet.year, senet.release_date) == (-3500, "")


async def test_no_votes_are_no_rating() -> None:
    inner = """<statistics page="1"><ratings><usersrated value="0"/><average value="0"/><bayesaverage value="0"/>
      <ranks><rank name="boardgame" friendlyname="Rank" value="Not Ranked" bayesaverage="Not Ranked"/>
      </ranks>
      <stddev value="0"/><median value="0"/><owned value="0"/><averageweight value="0"/></ratings></statistics>"""
    item = await game(inner)
    assert not item.HasField("rating")
    assert not item.board_game.ranks
    assert item.engagement.owners == 0
    assert not item.engagement.HasField("wanters")


async def test_old_pictures_get_a_scheme() -> None:
    item = await game("<image>//cf.geekdo-images.com/images/pic1.jpg</image><thumbnail> </thumbnail>")
    assert [one.url for one in item.images] == ["https://cf.geekdo-images.com/images/pic1.jpg"]


async def test_links_go_both_ways() -> None:
    ways = "".join(
        f'<link type="boardgame{kind}" id="{number}" value="{kind} {number}"{inbound}/>'
        for number, (kind, inbound) in enumerate(
            (kind, inbound)
            for kind in ("expansion", "implementation", "compilation", "integration")
            for inbound in ("", ' inbound="true"')
        )
    )
    found = (await game(ways)).board_game
    assert [one.name for one in found.expansions] == ["expansion 0"]
    assert [one.name for one in found.base_games] == ["expansion 1"]
    assert [one.name for one in found.implementations] == ["implementation 2"]
    assert [one.name for one in found.reimplements] == ["implementation 3"]
    assert [one.name for one in found.compilations] == ["compilation 4"]
    assert [one.name for one in found.contents] == ["compilation 5"]
    assert [one.name for one in found.integrations] == ["integration 6", "integration 7"]


async def test_offers_without_a_price_are_left_out() -> None:
    listing = (
        '<listing><price currency="EUR" value="0"/><link href="https://boardgamegeek.com/market/product/1"/></listing>'
    )
    inner = f"<marketplacelistings>{listing}<listing/></marketplacelistings>"
    page, _ = await asked(related("bgg/board_game/1", Relation.PRICES), {THING: items(thing(inner=inner))})
    assert list(page.items) == []


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("<error message='Invalid type' />", ShapeChanged),
        ("<error message='Not Found' />", NotFound),
        ('<items><game id="1"/></items>', ShapeChanged),
        ('<items><item type="game" id="1"><name type="primary" value="A"/></item></items>', ShapeChanged),
        ("<items><item><error message='Invalid Item'/></item></items>", NotFound),
        ("<error><message>Rate limit exceeded.</message></error>", RateLimited),
        ("<errors><error><message>Something else</message></error></errors>", ShapeChanged),
        ("<message>Your request has been accepted. Please try again later.</message>", Unreachable),
        ("<boardgames/>", ShapeChanged),
        ("<items><item", ShapeChanged),
        ("<html><body>Just a page</body></html>", ShapeChanged),
    ],
)
async def test_errors_that_come_with_status_200(body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail("bgg/board_game/1"), {THING: body})


@pytest.mark.parametrize(
    ("status", "error"), [(401, NotConfigured), (429, RateLimited), (500, Unreachable), (503, Unreachable)]
)
async def test_statuses(status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("Oak"), {SEARCH: Answer("<error/>", status)})


ITEM = "<items><item type='boardgame' id='1'>{}</item></items>"


@pytest.mark.parametrize(
    "body",
    [
        '<items total="5"><game id="1"/></items>',
        '<items total="1"></items>',
        '<items total="1"><item type="boardgame" id="1"><title value="A"/></item></items>',
        '<items total="1"><item type="boardgame" number="1"><name value="A"/></item></items>',
        '<items total="1"><item type="game" id="1"><name type="primary" value="A"/></item></items>',
        '<items total="1"><item id="1"><name type="primary" value="A"/></item></items>',
        "<items><item><error message='Invalid Item'/></item></items>",
        "<error message='Not Found' />",
    ],
)
async def test_hits_of_another_shape_are_no_empty_page(body: str) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("Oak"), {SEARCH: body})


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (trending(Feed.TRENDING), HOT, "<items><thing/></items>"),
        (trending(Feed.TRENDING), HOT, "<items><item id='1'><title value='A'/></item></items>"),
        (related("bgg/collection/1", Relation.MEMBERS), FAMILY, ITEM.format("<members/>")),
        (related("bgg/collection/1", Relation.MEMBERS), FAMILY, ITEM.format("<link type='game' id='1' value='A'/>")),
        (related("bgg/board_game/1", Relation.VERSIONS), THING, ITEM.format("<versions><version/></versions>")),
        (related("bgg/board_game/1", Relation.VERSIONS), THING, ITEM.format("<versions><item id='1'/></versions>")),
        (related("bgg/board_game/1", Relation.VERSIONS), THING, ITEM.format("<editions/>")),
        (related("bgg/board_game/1", Relation.VIDEOS), THING, ITEM.format("<videos><clip/></videos>")),
        (related("bgg/board_game/1", Relation.VIDEOS), THING, ITEM.format("<videos total='3'/>")),
        (
            related("bgg/board_game/1", Relation.PRICES),
            THING,
            ITEM.format("<marketplacelistings><listing/></marketplacelistings>"),
        ),
    ],
)
async def test_other_lists_of_another_shape(question: Question, path: str, body: str) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, {path: body})


async def test_what_is_asked_for_may_be_missing() -> None:
    for relation in (Relation.VERSIONS, Relation.PRICES, Relation.VIDEOS):
        page, _ = await asked(related("bgg/board_game/1", relation), {THING: items(thing(inner="<image/>"))})
        assert (list(page.items), page.total) == ([], 0)
    page, _ = await asked(related("bgg/collection/1", Relation.MEMBERS), {FAMILY: items(thing(inner="<image/>"))})
    assert (list(page.items), page.total) == ([], 0)


async def test_videos_that_are_counted_and_not_listed_have_no_page() -> None:
    video = '<video id="1" title="How to play" link="https://example.org/1"/>'
    answers = {THING: items(thing(inner=f'<videos total="40">{video}</videos>'))}
    page, _ = await asked(related("bgg/board_game/1", Relation.VIDEOS), answers)
    assert (len(page.items), page.total, page.next) == (1, 40, "")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("4 002051 691233", {"ean": "4002051691233"}),
        ("0-29877-03055-2", {"upc": "029877030552"}),
        ("EAN 4002051691233", {"ean": "4002051691233"}),
        ("SKU 12 4002051691233", {"ean": "4002051691233"}),
        ("978-0-306-40615-7", {"ean": "9780306406157", "isbn13": "9780306406157"}),
        ("999-AGR01", {}),
        ("2012-11-05", {}),
        ("4002051691234", {}),
    ],
)
async def test_barcodes_in_product_codes(code: str, found: dict[str, str]) -> None:
    version = f'<item type="boardgameversion" id="2"><name value="V"/><productcode value="{code}"/></item>'
    answers = {THING: items(thing(inner=f"<versions>{version}</versions>"))}
    page, _ = await asked(related("bgg/board_game/1", Relation.VERSIONS), answers)
    assert {one.scheme: one.value for one in page.items[0].external_ids} == found
    assert page.items[0].board_game.product_code == code


async def test_what_is_no_board_game_is_not_found() -> None:
    with pytest.raises(NotFound):
        await game(kind="rpgitem")
    with pytest.raises(NotFound):
        await asked(detail("bgg/collection/1"), {FAMILY: items()})


async def test_a_version_has_no_detail_of_its_own() -> None:
    with pytest.raises(Unsupported):
        await asked(detail("bgg/board_game/1/version/2"), {})


async def test_a_hot_list_may_be_empty() -> None:
    page, _ = await asked(trending(Feed.TRENDING), {HOT: items()})
    assert (list(page.items), page.total) == ([], 0)


async def test_a_title_is_not_repeated_and_nothing_counted_is_no_engagement() -> None:
    inner = (
        '<name type="alternate" value="Only"/><name type="alternate" value="Other"/><statistics><ratings/></statistics>'
    )
    item, _ = await asked(detail("bgg/board_game/1"), {THING: items(f'<item type="boardgame" id="1">{inner}</item>')})
    assert (item.title, [one.text for one in item.alternative_titles]) == ("Only", ["Other"])
    assert not item.HasField("engagement")


async def test_an_expansion_links_to_its_own_page() -> None:
    both = hit(2, "Oak: More") + hit(2, "Oak: More", kind="boardgameexpansion")
    page, _ = await asked(search("Oak"), {SEARCH: items(both)})
    assert [one.url for one in page.items[0].links] == ["https://boardgamegeek.com/boardgameexpansion/2"]
    answers = {SEARCH: items(hit(2, "Oak")), THING: items(thing(2, kind="boardgameexpansion"))}
    page, _ = await asked(search("Oak", enrich=True), answers)
    assert page.items[0].links[0].url == "https://boardgamegeek.com/boardgameexpansion/2"
    linked = items(thing(inner='<link type="boardgameaccessory" id="3" value="Mat"/>'))
    page, _ = await asked(related("bgg/board_game/1", Relation.EXPANSIONS), {THING: linked})
    assert page.items[0].links[0].url == "https://boardgamegeek.com/boardgameaccessory/3"


@pytest.mark.parametrize(
    "body", ["<error message='Not Found'/>", "<items><item><error message='Invalid Item'/></item></items>", items()]
)
async def test_an_unknown_number_is_an_empty_page(body: str) -> None:
    page, up = await asked(lookup("bgg", "5"), {THING: body, FAMILY: body})
    assert (list(page.items), page.total, up.partial) == ([], 0, False)


async def test_a_number_is_every_kind_that_has_it() -> None:
    family = '<item type="boardgamefamily" id="5"><name type="primary" value="Trees"/></item>'
    page, up = await asked(lookup("bgg", "5"), {THING: items(thing(5)), FAMILY: items(family)})
    assert ([one.title for one in page.items], up.partial) == (["Test Game", "Trees"], False)
    page, up = await asked(lookup("bgg", "5"), {THING: items(thing(5))})
    assert ([one.title for one in page.items], up.partial) == (["Test Game"], True)
    page, up = await asked(lookup("bgg", "5", kinds=(Item.BOARD_GAME,)), {THING: items(thing(5))})
    assert up.paths == [THING]


async def test_a_number_may_be_a_family() -> None:
    family = '<item type="boardgamefamily" id="5"><name type="primary" value="Trees"/></item>'
    page, up = await asked(lookup("bgg", "5", kinds=(Item.COLLECTION,)), {FAMILY: items(family)})
    assert ([one.title for one in page.items], up.paths) == (["Trees"], [FAMILY])


def test_the_manifest_says_what_is_needed() -> None:
    assert [secret.variable for secret in MANIFEST.secrets] == ["BGG_API_TOKEN"]
    assert MANIFEST.attribution.logo_required
