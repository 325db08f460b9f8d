"""IGDB."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.details_games_pb2 import VideoGame
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import ReleaseDate
from tako_providers.sdk import (
    InvalidField,
    NotConfigured,
    NotFound,
    Page,
    RateLimited,
    ShapeChanged,
    Unreachable,
)
from tako_providers.sdk.errors import Refused
from tako_providers.videogames.igdb import Igdb, utc_today
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples, sample_upstream

TOKENS = "/oauth2/token"
TOKEN = {"access_token": "tok", "expires_in": 5000000, "token_type": "bearer"}
KEYS = {"IGDB_CLIENT_ID": "my-id", "IGDB_CLIENT_SECRET": "my-secret"}
GAMES = "/v4/games"
GAME = {"id": 7, "name": "Test Game"}
PLAIN = "version_parent = null & game_type != (1,13,14)"


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Igdb(), question, {TOKENS: TOKEN, **answers}, KEYS)


def statements(up: FakeUpstream, number: int = -1) -> dict[str, str]:
    """What a request asks, by statement; the fields aside."""
    text = up.requests[number].text or ""
    parts = (part.strip().partition(" ") for part in text.split(";") if part.strip())
    return {word: rest for word, _, rest in parts if word != "fields"}


async def one(entry: dict[str, Any], *, language: str = "") -> Item:
    """An entry as Detail gives it."""
    item, _ = await asked(detail("igdb/video_game/7", language=language), {GAMES: [{**GAME, **entry}]})
    assert isinstance(item, Item)
    return item


# --- Signing in -----------------------------------------------------------------------------------------------


async def test_the_token_is_asked_for_once_and_sent_in_headers() -> None:
    provider = Igdb()
    up = FakeUpstream(provider, {TOKENS: TOKEN, GAMES: [GAME]}, KEYS)
    for _ in range(2):
        await provider.detail(detail("igdb/video_game/7").build(provider), up)
    assert up.paths == [TOKENS, GAMES, GAMES]
    sign_in, question, _ = up.requests
    assert (sign_in.method, sign_in.url, sign_in.params) == ("POST", "https://id.twitch.tv/oauth2/token", ())
    assert dict(sign_in.form or ()) == {
        "client_id": "my-id",
        "client_secret": "my-secret",
        "grant_type": "client_credentials",
    }
    assert not {"Authorization", "Client-ID"} & sign_in.headers.keys()
    assert (question.headers["Authorization"], question.headers["Client-ID"]) == ("Bearer tok", "my-id")
    assert question.params == ()


async def test_a_token_that_has_ended_is_replaced_once() -> None:
    ended = Answer({"message": "Authorization Failure. Have you tried:"}, 401)
    second = {**TOKEN, "access_token": "tok2"}
    item, up = await asked(detail("igdb/video_game/7"), {TOKENS: (TOKEN, second), GAMES: (ended, [GAME])})
    assert (item.source_id, up.paths) == ("7", [TOKENS, GAMES, TOKENS, GAMES])
    assert up.requests[-1].headers["Authorization"] == "Bearer tok2"
    with pytest.raises(NotConfigured):
        await asked(detail("igdb/video_game/7"), {GAMES: ended})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"status": 400, "message": "invalid client"}, 400), NotConfigured),
        (Answer({"status": 403, "message": "invalid client secret"}, 403), NotConfigured),
        (Answer({}, 500), Unreachable),
        (Answer({}, 429), RateLimited),
        ({"access_token": "", "expires_in": 10}, ShapeChanged),
        ({"access_token": "tok"}, ShapeChanged),
        ([], ShapeChanged),
    ],
)
async def test_no_token(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        await asked(detail("igdb/video_game/7"), {TOKENS: answer, GAMES: [GAME]})
    assert "my-secret" not in str(caught.value)
    if error is NotConfigured:
        assert getattr(caught.value, "variables", ()) == ("IGDB_CLIENT_ID", "IGDB_CLIENT_SECRET")


# --- Questions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (search("zelda"), {"search": '"zelda"', "where": PLAIN}),
        (search('say "hi" \\'), {"search": r'"say \"hi\" \\"', "where": PLAIN}),
        (search("zelda", include_editions=True), {"search": '"zelda"'}),
        (search("Doom", exact=True), {"where": f'name ~ "Doom" & {PLAIN}'}),
        (search(include_editions=True, platforms=["6", "48"]), {"where": "platforms = (6,48)"}),
        (search(include_editions=True, platforms=["Switch"]), {"where": 'platforms.slug = ("switch")'}),
        (
            search(include_editions=True, platforms=["6", "ps5"]),
            {"where": '(platforms = (6) | platforms.slug = ("ps5"))'},
        ),
        (search(include_editions=True, platform_families=["5"]), {"where": "platforms.platform_family = (5)"}),
        (search(include_editions=True, genres=["12", "31"]), {"where": "genres = [12,31]"}),
        (search(include_editions=True, genres=["12", "rpg"]), {"where": 'genres = [12] & genres.slug = "rpg"'}),
        (
            search(include_editions=True, themes=["1"], game_modes=["2"], perspectives=["3"]),
            {"where": "themes = [1] & game_modes = [2] & player_perspectives = [3]"},
        ),
        (
            search(include_editions=True, min_rating=0, max_rating=80.5, min_critic_score=70, max_critic_score=90),
            {
                "where": "rating >= 0 & rating <= 80.5 & aggregated_rating >= 70 & aggregated_rating <= 90",
            },
        ),
        (
            search(include_editions=True, released_from="2020", released_to="2020"),
            {"where": "first_release_date >= 1577836800 & first_release_date < 1609459200"},
        ),
        (
            search(include_editions=True, released_from="1969-12", released_to="2020-12"),
            {"where": "first_release_date >= -2678400 & first_release_date < 1609459200"},
        ),
        (search(include_editions=True, released_to="2020-02-31"), {"where": "first_release_date < 1583020800"}),
        (search(include_editions=True, released_to="9999"), {"where": "first_release_date < 253370764800"}),
        (search(include_editions=True, released_from="0000"), {"where": "first_release_date >= -62135596800"}),
        (
            search(types=[VideoGame.DLC, VideoGame.REMASTER]),
            {"where": "version_parent = null & game_type = (1,9)"},
        ),
        (search("x", include_editions=True, adult=AdultFilter.ONLY), {"search": '"x"', "where": "themes = (42)"}),
    ],
)
async def test_filters_reach_igdb(question: Question, expected: dict[str, str]) -> None:
    _, up = await asked(question, {GAMES: []})
    found = statements(up)
    assert {word: found.get(word) for word in ("search", "where")} == {"search": None, "where": None, **expected}
    assert (found["limit"], found["offset"]) == ("50", "0")
    assert ("search" in found) != ("sort" in found or expected.get("where", "").startswith("name ~"))


@pytest.mark.parametrize(
    ("order", "descending", "sort"),
    [
        (Order.BY_UNSPECIFIED, None, "total_rating_count desc"),
        (Order.RELEVANCE, None, None),
        (Order.TITLE, None, "name asc"),
        (Order.TITLE, True, "name desc"),
        (Order.RELEASE_DATE, None, "first_release_date desc"),
        (Order.RELEASE_DATE, False, "first_release_date asc"),
        (Order.RATING, None, "total_rating desc"),
        (Order.VOTES, None, "total_rating_count desc"),
        (Order.ADDED, None, "created_at desc"),
        (Order.UPDATED, None, "updated_at desc"),
    ],
)
async def test_orders_reach_igdb(order: Any, descending: bool | None, sort: str | None) -> None:
    page, up = await asked(search(genres=["12"], order_by=order, descending=descending), {GAMES: []})
    assert (statements(up).get("sort"), page.ignored) == (sort, ())


async def test_with_words_there_is_no_order() -> None:
    page, up = await asked(search("zelda", order_by=Order.TITLE), {GAMES: []})
    assert ("sort" in statements(up), page.ignored) == (False, ("order_by",))
    page, up = await asked(search("zelda", exact=True, order_by=Order.TITLE), {GAMES: []})
    assert (statements(up)["sort"], page.ignored) == ("name asc", ())


def rows(count: int, first: int = 1) -> list[dict[str, Any]]:
    return [{"id": number, "name": f"Game {number}"} for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("answer", "cursor", "following", "total"),
    [
        (Answer(rows(50), headers={"x-count": "120"}), "", "2", 120),
        (Answer(rows(50), headers={"x-count": "120"}), "2", "3", 120),
        (Answer(rows(20), headers={"x-count": "120"}), "3", "", 120),
        (Answer(rows(50), headers={"x-count": "50"}), "", "", 50),
        (Answer([], headers={"x-count": "120"}), "9", "", 120),
        (Answer(rows(50)), "", "2", None),
        (Answer(rows(49)), "", "", None),
        (Answer([], headers={"x-count": "0"}), "", "", 0),
    ],
)
async def test_pages_go_on_to_the_last(answer: Answer, cursor: str, following: str, total: int | None) -> None:
    page, up = await asked(search("game", cursor=cursor), {GAMES: answer})
    assert (page.next, page.total, page.total_is_estimate) == (following, total, False)
    assert statements(up)["offset"] == str((int(cursor or 1) - 1) * 50)


@pytest.mark.parametrize(
    ("adult", "kept"), [(AdultFilter.EXCLUDE, "13"), (AdultFilter.INCLUDE, "123"), (AdultFilter.ONLY, "2")]
)
@pytest.mark.parametrize(
    "question", [lambda **more: search("x", **more), lambda **more: trending(Feed.POPULAR, **more)]
)
async def test_games_for_adults(question: Any, adult: Any, kept: str) -> None:
    games = [
        {**GAME, "id": 1, "themes": [{"id": 1, "name": "Action"}]},
        {**GAME, "id": 2, "themes": [{"id": 42, "name": "Erotic"}]},
        {**GAME, "id": 3},
    ]
    page, _ = await asked(question(adult=adult), {GAMES: Answer(games, headers={"x-count": "3"})})
    assert "".join(item.source_id for item in page.items) == kept
    assert (page.total, page.total_is_estimate) == (3, kept != "123")
    assert [item.source_id for item in page.items if item.adult] == [number for number in kept if number == "2"]


@pytest.mark.parametrize(
    ("kind", "endpoint"),
    [(Item.ORGANIZATION, "companies"), (Item.FRANCHISE, "franchises"), (Item.COLLECTION, "collections")],
)
async def test_others_are_found_by_name(kind: Any, endpoint: str) -> None:
    page, up = await asked(search("Sa", kind=kind), {f"/v4/{endpoint}": [{"id": 1, "name": "Sample"}]})
    assert [(item.kind, item.source_id, item.title) for item in page.items] == [(kind, "1", "Sample")]
    assert statements(up)["where"] == 'name ~ *"Sa"*'
    page, up = await asked(search("Sa", kind=kind, exact=True), {f"/v4/{endpoint}": []})
    assert statements(up)["where"] == 'name ~ "Sa"'


# --- Feeds ----------------------------------------------------------------------------------------------------


def seconds(days: int) -> int:
    return int(datetime.combine(utc_today() + timedelta(days=days), time(), UTC).timestamp())


@pytest.mark.parametrize(
    ("feed", "where", "sort"),
    [
        (Feed.TOP_RATED, "total_rating_count >= 50", "total_rating desc"),
        (Feed.POPULAR, "total_rating_count >= 50", "total_rating_count desc"),
        (
            Feed.RECENT,
            f"first_release_date >= {seconds(-90)} & first_release_date <= {seconds(0)}",
            "first_release_date desc",
        ),
        (Feed.UPCOMING, f"first_release_date > {seconds(0)}", "first_release_date asc"),
    ],
)
async def test_feeds(feed: Any, where: str, sort: str) -> None:
    _, up = await asked(trending(feed, platforms=["6"], genres=["12"], cursor="2"), {GAMES: [GAME]})
    assert statements(up) == {
        "where": f"version_parent = null & {where} & platforms = (6) & genres = [12]",
        "sort": sort,
        "limit": "50",
        "offset": "50",
    }


async def test_trending_are_the_games_that_are_visited() -> None:
    visits = [{"id": 1, "game_id": 3, "value": 0.5}, {"id": 2, "game_id": 1, "value": 0.25}, {"id": 3, "game_id": 9}]
    answers = {"/v4/popularity_primitives": visits, GAMES: rows(3)}
    page, up = await asked(trending(Feed.TRENDING, genres=["12"]), answers)
    assert [(item.source_id, item.context.score) for item in page.items] == [("3", 0.5), ("1", 0.25)]
    assert statements(up, -2)["where"] == "popularity_type = 1"
    assert statements(up)["where"] == "id = (3,1,9) & genres = [12]"
    page, up = await asked(trending(Feed.TRENDING, cursor="4"), {"/v4/popularity_primitives": []})
    assert (list(page.items), page.next, statements(up)["offset"]) == ([], "", "150")


# --- Relations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "references", "expected"),
    [
        (Relation.SIMILAR, {"similar_games": [3, 1]}, [("3", ""), ("1", "")]),
        (
            Relation.EXPANSIONS,
            {"dlcs": [2], "expansions": [{"id": 1, "name": "x"}, 2]},
            [("2", "DLC"), ("1", "expansion")],
        ),
        (Relation.REMAKES, {"remakes": [1], "remasters": [3]}, [("1", "remake"), ("3", "remaster")]),
        (Relation.PARENTS, {"parent_game": 2}, [("2", "parent game")]),
    ],
)
async def test_games_that_a_game_names(relation: Any, references: dict[str, Any], expected: list[Any]) -> None:
    page, up = await asked(related("igdb/video_game/7", relation), {GAMES: ([{"id": 7, **references}], rows(3))})
    assert [(item.source_id, item.context.label) for item in page.items] == expected
    assert (page.total, page.next, statements(up, 1)["where"]) == (len(expected), "", "id = 7")
    assert statements(up)["where"] == f"id = ({','.join(number for number, _ in expected)})"
    page, up = await asked(related("igdb/video_game/7", relation), {GAMES: [{"id": 7}]})
    assert (list(page.items), page.total, len(up.requests)) == ([], 0, 2)
    with pytest.raises(NotFound):
        await asked(related("igdb/video_game/7", relation), {GAMES: []})


async def test_many_references_come_in_pages() -> None:
    entry = {"id": 7, "similar_games": list(range(1, 61))}
    page, _ = await asked(related("igdb/video_game/7", Relation.SIMILAR), {GAMES: ([entry], rows(50))})
    assert (len(page.items), page.next, page.total) == (50, "2", 60)
    question = related("igdb/video_game/7", Relation.SIMILAR, cursor="2")
    page, up = await asked(question, {GAMES: ([entry], rows(10, 51))})
    assert (len(page.items), page.next, statements(up)["offset"]) == (10, "", "0")


async def test_games_of_the_same_series() -> None:
    answers = {GAMES: ([{"id": 7, "collections": [3, 4]}], rows(2))}
    page, up = await asked(related("igdb/video_game/7", Relation.SAME_SERIES), answers)
    assert (len(page.items), statements(up)["where"]) == (2, "collections = (3,4) & id != 7 & version_parent = null")
    page, _ = await asked(related("igdb/video_game/7", Relation.SAME_SERIES), {GAMES: [{"id": 7}]})
    assert list(page.items) == []


@pytest.mark.parametrize("kind", ["collection", "franchise"])
async def test_members(kind: str) -> None:
    _, up = await asked(related(f"igdb/{kind}/43", Relation.MEMBERS, cursor="2"), {GAMES: rows(2)})
    assert (statements(up)["where"], statements(up)["offset"]) == (f"{kind}s = (43)", "50")


def made(number: int, company: int, **parts: bool) -> dict[str, Any]:
    return {**GAME, "id": number, "involved_companies": [{"id": 1, "company": {"id": company, "name": "X"}, **parts}]}


async def test_works_of_a_company_in_a_role() -> None:
    games = [made(1, 70, developer=True), made(2, 70, publisher=True), made(3, 71, developer=True)]
    answers = {GAMES: Answer(games, headers={"x-count": "3"})}
    page, up = await asked(related("igdb/organization/70", Relation.WORKS, role="Developer"), answers)
    assert [item.source_id for item in page.items] == ["1"], "the others have the company and the role apart"
    assert (page.total, page.total_is_estimate) == (3, True)
    assert statements(up)["where"] == (
        "involved_companies.company = (70) & version_parent = null & involved_companies.developer = true"
    )
    page, _ = await asked(related("igdb/organization/70", Relation.WORKS), answers)
    assert (len(page.items), page.total_is_estimate) == (3, False)
    page, up = await asked(related("igdb/organization/70", Relation.WORKS, role="cook"), {})
    assert (list(page.items), up.requests) == ([], [])


@pytest.mark.parametrize("source_id", ["some-slug", "7 | id > 0", "12345678901"])
async def test_relations_start_from_numbers(source_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(related(f"igdb/video_game/{source_id.replace(' ', '~20')}", Relation.SIMILAR), {})


# --- Vocabularies and look-ups ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "endpoint", "where", "sort"),
    [
        (terms(Term.GENRES), "genres", None, "name asc"),
        (terms(Term.PLATFORMS, text="Play"), "platforms", 'name ~ *"Play"*', "name asc"),
        (terms(Term.PLATFORMS, term_id="ps2"), "platforms", 'slug = "ps2"', "name asc"),
        (terms(Term.GAME_TYPES, text="dlc"), "game_types", 'type ~ *"dlc"*', "type asc"),
        (terms(Term.LANGUAGES, term_id="16"), "languages", "id = 16", "name asc"),
    ],
)
async def test_vocabularies(question: Question, endpoint: str, where: str | None, sort: str) -> None:
    _, up = await asked(question, {f"/v4/{endpoint}": []})
    found = statements(up)
    assert (found.get("where"), found["sort"], found["limit"]) == (where, sort, "500")


async def test_what_has_no_slug_is_not_asked_for_by_one() -> None:
    page, up = await asked(terms(Term.LANGUAGES, term_id="ja"), {})
    assert (list(page.terms), up.requests) == ([], [])


async def test_words_of_a_vocabulary() -> None:
    page, _ = await asked(terms(Term.GAME_TYPES), {"/v4/game_types": [{"id": 0, "type": "Main Game"}]})
    assert [(term.id, term.name) for term in page.terms] == [("0", "Main Game")]
    japanese = {"id": 16, "name": "Japanese", "native_name": "日本語", "locale": "ja-JP"}
    page, _ = await asked(terms(Term.LANGUAGES), {"/v4/languages": [japanese]})
    assert [(term.name, term.native_name, term.code) for term in page.terms] == [("Japanese", "日本語", "ja-JP")]


@pytest.mark.parametrize(
    ("scheme", "number"), [("steam", 1), ("gog", 5), ("microsoft", 11), ("epic", 26), ("playstation", 36)]
)
async def test_games_by_the_id_of_a_shop(scheme: str, number: int) -> None:
    external = [{"id": 1, "game": 7}, {"id": 2, "game": 7}, {"id": 3, "game": {"id": 8}}]
    page, up = await asked(lookup(scheme, 'a"b'), {"/v4/external_games": external, GAMES: [GAME, {**GAME, "id": 8}]})
    assert [item.source_id for item in page.items] == ["7", "8"]
    assert statements(up, -2)["where"] == rf'uid = "a\"b" & external_game_source = {number}'
    assert statements(up)["where"] == "id = (7,8)"
    page, up = await asked(lookup(scheme, "x"), {"/v4/external_games": []})
    assert (list(page.items), len(up.requests)) == ([], 2)


async def test_look_up_by_slug_and_number() -> None:
    nothing = {"/v4/companies": [], "/v4/collections": [], "/v4/franchises": [{"id": 43, "name": "Test"}]}
    page, up = await asked(lookup("slug", "Test"), {GAMES: [GAME], **nothing})
    assert [(item.kind, item.source_id) for item in page.items] == [(Item.VIDEO_GAME, "7"), (Item.FRANCHISE, "43")]
    assert {statements(up, number)["where"] for number in range(1, 5)} == {'slug = "test"'}
    page, up = await asked(lookup("igdb", "43", kinds=(Item.FRANCHISE,)), nothing)
    assert (len(page.items), statements(up)["where"]) == (1, "id = 43")
    page, up = await asked(lookup("slug", "1942", kinds=(Item.VIDEO_GAME,)), {GAMES: []})
    assert (list(page.items), statements(up)["where"]) == ([], 'slug = "1942"')
    page, up = await asked(lookup("igdb", "x"), {})
    assert (list(page.items), up.requests) == ([], [])


# --- What an entry says, and what it does not -------------------------------------------------------------------


async def sampled(question: Question) -> Any:
    return await ask_samples(Igdb(), question)


async def test_a_detail_in_full() -> None:
    item = await sampled(detail("igdb/video_game/990001"))
    game = item.video_game
    assert [(rating.source, rating.value) for rating in (item.rating, *item.ratings)] == [
        (Rating.USERS, 81.5),
        (Rating.COMBINED, 80.5),
        (Rating.CRITICS, 78.5),
    ]
    assert [(one.system, one.rating, one.min_age, list(one.descriptors)) for one in item.age_ratings] == [
        ("ESRB", "T", 13, ["Mild Sample Scares"]),
        ("PEGI", "12", 12, []),
    ]
    assert [(one.scheme, one.value) for one in item.external_ids] == [
        ("steam", "99000100"),
        ("gog", "1900000001"),
    ]
    assert [(one.date, one.country, one.region, one.type, one.platform, one.text) for one in game.releases] == [
        ("2019-05-14", "", "worldwide", ReleaseDate.FULL, "PC (Microsoft Windows)", ""),
        ("2019", "JP", "", ReleaseDate.TYPE_UNSPECIFIED, "Nintendo Switch", "2019"),
    ]
    assert [(one.name, one.release_date) for one in game.platforms] == [
        ("PC (Microsoft Windows)", "2019-05-14"),
        ("Nintendo Switch", "2019"),
    ]
    assert [(one.role, one.url) for one in item.links][1:] == [
        (Link.OFFICIAL, "https://www.example.org/lantern"),
        (Link.STORE, "https://store.steampowered.com/app/99000100"),
    ]
    assert [(one.language, list(one.types)) for one in game.language_support] == [
        ("en-US", ["Audio", "Subtitles"]),
        ("ja-JP", ["Subtitles"]),
    ]
    assert list(item.languages) == ["en-US", "ja-JP"]
    assert [image.role for image in item.images] == [Image.PRIMARY, Image.THUMBNAIL, Image.SCREENSHOT, Image.ARTWORK]
    assert [(one.text, one.language) for one in item.alternative_titles] == [
        ("サンプル・ランタン", "ja-JP"),
        ("SLNW", ""),
    ]
    assert (item.status, item.status_text, game.type) == (WorkStatus.RELEASED, "Released", VideoGame.MAIN)
    assert [
        one.id for one in (*game.collections, *game.franchises, *game.similar, *game.expansions, *game.remakes)
    ] == [
        "igdb/collection/990086",
        "igdb/franchise/990043",
        "igdb/video_game/990002",
        "igdb/video_game/990011",
        "igdb/video_game/990012",
    ]
    assert (game.similar[0].year, game.expansions[0].image_url.rpartition("/")[2]) == (2023, "cosample990011.jpg")
    assert [(one.site, one.key, one.url) for one in game.videos] == [
        ("YouTube", "sample_video", "https://www.youtube.com/watch?v=sample_video")
    ]
    assert ([one.name for one in game.developers], [one.name for one in game.publishers]) == (
        ["Sample Wick Works"],
        ["Sample Oil House"],
    )
    assert (list(game.modes), game.multiplayer, list(game.perspectives), list(game.engines), list(item.tags)) == (
        ["Single player"],
        False,
        ["Third person"],
        ["Sample Engine"],
        ["lamp"],
    )


LOCAL = {
    "game_localizations": [
        {"id": 1, "name": "Spiel", "region": {"id": 2, "identifier": "EU"}},
        {"id": 2, "name": "ゲーム", "region": {"id": 3, "identifier": "ja-JP"}},
    ]
}


@pytest.mark.parametrize(
    ("language", "title", "original"), [("ja", "ゲーム", "Test Game"), ("en", "Test Game", ""), ("de", "Test Game", "")]
)
async def test_names_in_other_languages(language: str, title: str, original: str) -> None:
    item = await one(LOCAL, language=language)
    assert (item.title, item.original_title, item.language) == (title, original, "en")
    page, up = await asked(search("x", language=language), {GAMES: [{**GAME, **LOCAL}]})
    assert page.items[0].title == title
    assert ("game_localizations" in (up.requests[-1].text or "")) == (language != "en")


async def test_other_names() -> None:
    item = await one({**LOCAL, "alternative_names": [{"id": 1, "name": "TG", "comment": "Acronym"}, 5]})
    assert [(other.text, other.language, other.type) for other in item.alternative_titles] == [
        ("Spiel", "", AlternativeTitle.TRANSLATED),
        ("ゲーム", "ja-JP", AlternativeTitle.TRANSLATED),
        ("TG", "", AlternativeTitle.SYNONYM),
    ]


YEAR_END = 1798675200  # 2026-12-31


@pytest.mark.parametrize(
    ("release", "date", "text"),
    [
        ({"date_format": {"id": 0, "format": "YYYYMMMMDD"}, "human": "Dec 31, 2026"}, "2026-12-31", ""),
        ({"date_format": {"id": 1, "format": "YYYYMMMM"}, "human": "Dec 2026"}, "2026-12", "Dec 2026"),
        ({"date_format": {"id": 2, "format": "YYYY"}, "human": "2026"}, "2026", "2026"),
        ({"date_format": {"id": 99, "format": "YYYYQ4"}, "human": "Q4 2026"}, "2026", "Q4 2026"),
        ({"date_format": 7, "human": "TBD"}, "", "TBD"),
        ({"category": 2, "human": "2026"}, "2026", "2026"),
        ({}, "2026-12-31", ""),
    ],
)
async def test_a_year_is_not_its_last_day(release: dict[str, Any], date: str, text: str) -> None:
    item = await one({"first_release_date": YEAR_END, "release_dates": [{"id": 1, "date": YEAR_END, **release}]})
    assert (item.release_date, item.release_text, item.video_game.releases[0].date) == (date, text, date)
    assert item.HasField("year") == bool(date)


async def test_the_best_known_of_several_releases_counts() -> None:
    both = [
        {"id": 1, "date": YEAR_END, "date_format": 2, "human": "2026"},
        {"id": 2, "date": YEAR_END, "date_format": 0},
    ]
    assert (await one({"first_release_date": YEAR_END, "release_dates": both})).release_date == "2026-12-31"


@pytest.mark.parametrize(
    ("moment", "date"), [(0, "1970-01-01"), (-315619200, "1960-01-01"), (10**15, ""), ("1", ""), (None, ""), (True, "")]
)
async def test_moments(moment: Any, date: str) -> None:
    assert (await one({"first_release_date": moment})).release_date == date


@pytest.mark.parametrize(
    ("entry", "mark"),
    [
        ({"category": 1, "rating": 5}, None),
        ({"category": 2, "rating": 3}, ("PEGI", "12", 12)),
        ({"category": 1, "rating": 11}, ("ESRB", "M", 17)),
        ({"category": 3, "rating": 17}, ("CERO", "Z", 18)),
        ({"organization": {"id": 4, "name": "USK"}, "rating_category": {"id": 1, "rating": "16"}}, ("USK", "16", 16)),
        (
            {"organization": {"id": 2, "name": "PEGI"}, "rating_category": {"id": 1, "rating": "Twelve"}},
            ("PEGI", "12", 12),
        ),
        (
            {"organization": {"id": 1, "name": "ESRB"}, "rating_category": {"id": 1, "rating": "E"}},
            ("ESRB", "E", None),
        ),
        ({"organization": 1, "rating_category": 5}, None),
    ],
)
async def test_age_ratings(entry: dict[str, Any], mark: tuple[str, str, int | None] | None) -> None:
    item = await one({"age_ratings": [{"id": 1, **entry}, 12352]})
    found = [(a.system, a.rating, a.min_age if a.HasField("min_age") else None) for a in item.age_ratings]
    assert found == ([mark] if mark else [])


@pytest.mark.parametrize(
    ("website", "role"),
    [
        ({"type": 1, "url": "https://twitter.com/x"}, Link.OFFICIAL),
        ({"type": {"id": 1, "type": "Official Website"}, "url": "https://example.org"}, Link.OFFICIAL),
        ({"category": 5, "url": "https://twitter.com/x"}, Link.SOCIAL),
        ({"category": 2, "url": "http://en.wikipedia.org/wiki/X"}, Link.WIKI),
        ({"url": "https://store.steampowered.com/app/1"}, Link.STORE),
        ({"url": "https://notsteampowered.com/app/1"}, Link.OTHER),
        ({"url": "https://example.org"}, Link.OTHER),
    ],
)
async def test_websites(website: dict[str, Any], role: Any) -> None:
    item = await one({"websites": [{"id": 1, **website}, 12644, {"id": 2}]})
    assert [(link.role, link.url) for link in item.links] == [(role, website["url"])]


@pytest.mark.parametrize("odd", [None, "", 0, [], {}, [None], "text", [5, "x"], {"id": "x"}])
async def test_odd_values_count_as_not_given(odd: Any) -> None:
    whole = await sample_upstream(Igdb()).json("/games", method="POST", text="fields name; where id = 990001;")
    item = await one(dict.fromkeys(whole[0].keys() - GAME.keys(), odd))
    assert (item.title, item.source_id) == ("Test Game", "7")
    assert not item.HasField("rating") and not item.ratings and not item.images and not item.links
    assert not item.video_game.platforms and not item.video_game.releases and not item.external_ids


async def test_a_bare_entry() -> None:
    page, _ = await asked(search("x"), {GAMES: [GAME]})
    item = page.items[0]
    assert [field.name for field, _ in item.ListFields()] == ["kind", "source_id", "title", "language", "video_game"]
    assert not item.video_game.ListFields()


@pytest.mark.parametrize(("rating", "votes", "there"), [(0, 5, False), (80.5, 0, False), (80.5, None, True)])
async def test_no_votes_no_rating(rating: float, votes: int | None, there: bool) -> None:
    item = await one({"rating": rating, **({} if votes is None else {"rating_count": votes})})
    assert item.HasField("rating") == there
    assert not item.rating.HasField("votes")


@pytest.mark.parametrize(
    ("entry", "status", "kind"),
    [
        ({"game_status": 4, "game_type": 1}, WorkStatus.EARLY_ACCESS, VideoGame.DLC),
        ({"status": 6, "category": 9}, WorkStatus.CANCELLED, VideoGame.REMASTER),
        ({"game_status": {"id": 0, "status": "Released"}}, WorkStatus.RELEASED, VideoGame.TYPE_UNSPECIFIED),
        ({"game_status": 77, "game_type": 77}, WorkStatus.TYPE_UNSPECIFIED, VideoGame.TYPE_UNSPECIFIED),
    ],
)
async def test_status_and_type(entry: dict[str, Any], status: Any, kind: Any) -> None:
    item = await one(entry)
    assert (item.status, item.video_game.type, bool(item.status_text)) == (status, kind, bool(status))


async def test_a_company_and_its_groups() -> None:
    company = await sampled(detail("igdb/organization/990405"))
    assert (company.organization.founded, company.organization.parent.id, list(company.countries)) == (
        "2015",
        "igdb/organization/990354",
        ["SE"],
    )
    assert [image.role for image in company.images] == [Image.LOGO]
    franchise = await sampled(detail("igdb/franchise/990043"))
    assert [(one.id, one.year) for one in franchise.collection.members] == [
        ("igdb/video_game/990001", 2019),
        ("igdb/video_game/990002", 2023),
        ("igdb/video_game/990003", 2027),
    ]
    answers = {"/v4/companies": [{"id": 1, "name": "X", "country": 1000, "start_date": 1, "start_date_format": 7}]}
    bare, _ = await asked(detail("igdb/organization/1"), answers)
    assert (list(bare.countries), bare.organization.founded, list(bare.organization.roles)) == ([], "", [])


# --- Errors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer([{"title": "Syntax Error", "status": 400, "cause": "x"}], 400), Refused),
        (Answer({"message": "Too Many Requests"}, 429), RateLimited),
        (Answer({"message": "Forbidden"}, 403), NotConfigured),
        (Answer("<html></html>", 502), Unreachable),
        (Answer("<html><body>Hello</body></html>"), ShapeChanged),
        ({"message": "hello"}, ShapeChanged),
        ([5], ShapeChanged),
        ([{"id": 7}], ShapeChanged),
        ([{"id": "7", "name": "x"}], ShapeChanged),
        ([{"name": "x"}], ShapeChanged),
    ],
)
@pytest.mark.parametrize("question", [search("x"), detail("igdb/video_game/7"), trending(Feed.RECENT)])
async def test_other_answers_are_errors(question: Question, answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, {GAMES: answer})


@pytest.mark.parametrize("kind", ["video_game", "organization", "collection", "franchise"])
async def test_what_igdb_does_not_have(kind: str) -> None:
    answers: dict[str, Any] = {f"/v4/{path}": [] for path in ("games", "companies", "collections", "franchises")}
    with pytest.raises(NotFound):
        await asked(detail(f"igdb/{kind}/1"), answers)


@pytest.mark.parametrize(
    ("question", "path", "rows_"),
    [
        (detail("igdb/organization/1"), "companies", [{"id": 1}]),
        (detail("igdb/franchise/1"), "franchises", [{"name": "x"}]),
        (terms(Term.GENRES), "genres", [{"id": 1}]),
        (trending(Feed.TRENDING), "popularity_primitives", [{"id": 1, "value": 0.1}]),
    ],
)
async def test_a_changed_shape_is_told(question: Question, path: str, rows_: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, {f"/v4/{path}": rows_})


async def test_samples_lead_on() -> None:
    page: Page = await sampled(related("igdb/video_game/990001", Relation.SAME_SERIES))
    assert [item.source_id for item in page.items] == ["990002"]
    page = await sampled(trending(Feed.TRENDING))
    assert [item.source_id for item in page.items] == ["990002", "990001"]
    assert urlsplit(page.items[0].links[0].url).hostname == "www.igdb.com"


async def test_a_row_without_a_name_does_not_hide_the_others() -> None:
    page, _ = await asked(search("x"), {GAMES: [{"id": 5}, GAME]})
    assert [item.source_id for item in page.items] == ["7"]
    page, _ = await asked(terms(Term.GENRES), {"/v4/genres": [{"id": 5}, {"id": 4, "name": "Fighting"}]})
    assert [term.id for term in page.terms] == ["4"]
    visits = [{"id": 1, "value": 0.3}, {"id": 2, "game_id": 7, "value": 0.2}, {"id": 3, "game_id": 7, "value": 0.2}]
    page, _ = await asked(trending(Feed.TRENDING), {"/v4/popularity_primitives": visits, GAMES: [GAME]})
    assert [(item.source_id, item.context.score) for item in page.items] == [("7", 0.2)]


@pytest.mark.parametrize("kind", [Item.ORGANIZATION, Item.FRANCHISE, Item.COLLECTION])
async def test_companies_and_groups_need_a_text(kind: Any) -> None:
    with pytest.raises(InvalidField, match="query"):
        await asked(search(kind=kind, genres=["12"]), {})  # a list of all would be no answer to a filter
