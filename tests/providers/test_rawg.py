"""RAWG."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    InvalidField,
    NotConfigured,
    NotFound,
    Page,
    RateLimited,
    Request,
    ShapeChanged,
    Unreachable,
    Unsupported,
)
from tako_providers.videogames.rawg import Rawg, utc_today
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, sample_upstream

GAME = {"id": 7, "slug": "test-game", "name": "Test Game"}
NOTHING = Answer({"detail": "Not found."}, 404)
BEHIND = Answer({"detail": "Invalid page."}, 404)


def listed(*entries: Any, following: str | None = None, **extra: Any) -> dict[str, Any]:
    return {"count": len(entries), "next": following, "previous": None, "results": list(entries), **extra}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Rawg(), question, answers)


async def one(entry: dict[str, Any], question: Question | None = None) -> Item:
    page, _ = await asked(question or search("test", adult=AdultFilter.INCLUDE), {"/api/games": listed(entry)})
    item = page.items[0]
    assert isinstance(item, Item)
    return item


# --- Questions ----------------------------------------------------------------------------------------------


async def test_pages_go_on_to_the_last() -> None:
    more = listed(GAME, following="https://api.rawg.io/api/games?key=SECRET&page=2")
    page, up = await asked(search("test"), {"/api/games": more})
    assert (page.next, page.total, up.params["page"], up.params["page_size"]) == ("2", 1, "1", "40")
    assert "SECRET" not in page.next
    page, up = await asked(search("test", cursor="2"), {"/api/games": listed(GAME, following="")})
    assert (page.next, up.params["page"]) == ("", "2")


async def test_the_page_behind_the_last_is_empty() -> None:
    page, _ = await asked(search("test", cursor="9"), {"/api/games": BEHIND})
    assert (list(page.items), page.next, page.total) == ([], "", None)


async def test_no_hits() -> None:
    page, _ = await asked(search("zzz"), {"/api/games": listed()})
    assert (list(page.items), page.next, page.total) == ([], "", 0)


async def test_a_cursor_of_somebody_else() -> None:
    with pytest.raises(InvalidField):
        await asked(search("test", cursor="abc"), {})


@pytest.mark.parametrize(
    ("question", "params"),
    [
        (search("doom"), {"search": "doom", "exclude_additions": "true"}),
        (
            search("doom", exact=True, include_editions=True),
            {"search": "doom", "search_exact": "true", "search_precise": "true"},
        ),
        (search(platforms=["4", "187"]), {"platforms": "4,187", "exclude_additions": "true"}),
        (
            search(
                include_editions=True,
                platform_families=["2"],
                stores=["1"],
                developers=["valve-software"],
                publishers=["354"],
                creators=["31"],
            ),
            {
                "parent_platforms": "2",
                "stores": "1",
                "developers": "valve-software",
                "publishers": "354",
                "creators": "31",
            },
        ),
        (
            search(include_editions=True, exclude_platforms=["3"], exclude_genres=["51"], exclude_tags=["nsfw"]),
            {"platforms_exclude": "3", "genres_exclude": "51", "tags_exclude": "nsfw"},
        ),
        (
            search(include_editions=True, released_from="2019", released_to="2020-02"),
            {"dates": "2019-01-01,2020-02-29"},
        ),
        (search(include_editions=True, released_from="2019-05"), {"dates": "2019-05-01,2199-12-31"}),
        (search(include_editions=True, released_to="2019-05-06"), {"dates": "1900-01-01,2019-05-06"}),
        (search(include_editions=True, released_to="2019-02-31"), {"dates": "1900-01-01,2019-02-28"}),
        (search(include_editions=True, released_from="0000", released_to="9999"), {"dates": "0001-01-01,9999-12-31"}),
        (search(include_editions=True, min_critic_score=79.5), {"metacritic": "80,100"}),
        (search(include_editions=True, min_critic_score=0, max_critic_score=60), {"metacritic": "0,60"}),
        (search(include_editions=True, genres=["rpg"], adult=AdultFilter.ONLY), {"genres": "rpg", "tags": "nsfw"}),
    ],
)
async def test_filters_reach_rawg(question: Question, params: dict[str, str]) -> None:
    _, up = await asked(question, {"/api/games": listed()})
    assert up.params == {**params, "page": "1", "page_size": "40"}


@pytest.mark.parametrize(
    ("order", "descending", "word"),
    [
        (Order.BY_UNSPECIFIED, None, None),
        (Order.RELEVANCE, None, None),
        (Order.TITLE, None, "name"),
        (Order.TITLE, True, "-name"),
        (Order.RELEASE_DATE, None, "-released"),
        (Order.RELEASE_DATE, False, "released"),
        (Order.RATING, None, "-rating"),
        (Order.POPULARITY, None, "-added"),
        (Order.ADDED, None, "-created"),
        (Order.UPDATED, False, "updated"),
    ],
)
async def test_orders_reach_rawg(order: Any, descending: bool | None, word: str | None) -> None:
    _, up = await asked(search("test", order_by=order, descending=descending), {"/api/games": listed()})
    assert up.params.get("ordering") == word


def entry(number: int, **more: Any) -> dict[str, Any]:
    return {**GAME, "id": number, **more}


ACTION, INDIE = {"id": 4, "name": "Action", "slug": "action"}, {"id": 51, "name": "Indie", "slug": "indie"}
PC, SWITCH = ({"platform": {"id": n, "name": name, "slug": name}} for n, name in ((4, "pc"), (7, "switch")))


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        (search(genres=["action", "51"]), ["3"]),
        (search(genres=["Action"]), ["1", "2", "3"]),
        (search(exclude_genres=["indie"]), ["1"]),
        (search(exclude_platforms=["7"]), ["1", "3"]),
        (search(tags=["x", "y"]), []),
    ],
)
async def test_what_rawg_can_not_leave_out_is_left_out(question: Question, kept: list[str]) -> None:
    games = (
        entry(1, genres=[ACTION], platforms=[PC]),
        entry(2, genres=[INDIE], platforms=[PC, SWITCH]),
        entry(3, genres=[ACTION, INDIE], platforms=None),
    )
    page, _ = await asked(question, {"/api/games": listed(*games)})
    assert [item.source_id for item in page.items] == kept
    assert (page.total, page.total_is_estimate) == (3, len(kept) < 3)


def tagged(*slugs: str) -> list[dict[str, Any]]:
    return [{"id": n, "name": slug, "slug": slug, "language": "eng"} for n, slug in enumerate(slugs, 1)]


TEEN = {"id": 3, "name": "Teen", "slug": "teen"}


@pytest.mark.parametrize(
    ("adult", "kept"), [(AdultFilter.EXCLUDE, "13"), (AdultFilter.INCLUDE, "1234"), (AdultFilter.ONLY, "24")]
)
@pytest.mark.parametrize("question", [search, lambda **more: trending(Feed.POPULAR, **more)])
async def test_games_for_adults(question: Any, adult: Any, kept: str) -> None:
    games = (
        entry(1, tags=tagged("mature", "nudity")),
        entry(2, tags=tagged("nsfw")),
        entry(3, tags=tagged("sexual-content"), esrb_rating=TEEN),
        entry(4, tags=tagged("sexual-content"), esrb_rating=None),
    )
    page, _ = await asked(question(adult=adult), {"/api/games": listed(*games)})
    assert "".join(item.source_id for item in page.items) == kept
    assert {item.source_id for item in page.items if item.adult} <= {"2", "4"}


def test_the_key_goes_where_rawg_takes_it() -> None:
    bare = Request("GET", "https://api.rawg.io/api/games")
    assert Rawg().authorize(bare, {"RAWG_API_KEY": "abc"}).params == (("key", "abc"),)
    assert Rawg().authorize(bare, {}) == bare


# --- Feeds --------------------------------------------------------------------------------------------------


def feed_dates(before: int, after: int) -> str:
    return f"{utc_today() + timedelta(days=before)},{utc_today() + timedelta(days=after)}"


@pytest.mark.parametrize(
    ("feed", "params"),
    [
        (Feed.TOP_RATED, {"ordering": "-metacritic", "metacritic": "80,100"}),
        (Feed.POPULAR, {"ordering": "-added"}),
        (Feed.RECENT, {"ordering": "-released", "dates": feed_dates(-90, 0)}),
        (Feed.UPCOMING, {"ordering": "released", "dates": feed_dates(1, 366)}),
        (Feed.UPDATED, {"ordering": "-updated"}),
    ],
)
async def test_feeds_are_lists_in_an_order(feed: Any, params: dict[str, str]) -> None:
    question = trending(feed, platforms=["4"], tags=["co-op"], cursor="3")
    page, up = await asked(question, {"/api/games": listed(GAME, following="x")})
    assert up.params == {**params, "platforms": "4", "tags": "co-op", "page": "3", "page_size": "40"}
    assert page.next == "4"


async def test_trending_is_the_list_of_the_site() -> None:
    answers = {"/api/games/lists/main": listed(GAME, following="x")}
    page, up = await asked(trending(Feed.TRENDING, genres=["action"]), answers)
    assert (page.next, [item.source_id for item in page.items]) == ("2", ["7"])
    assert up.params == {
        "discover": "true",
        "ordering": "-relevance",
        "genres": "action",
        "page": "1",
        "page_size": "40",
    }


async def test_trending_without_the_list_of_the_site() -> None:
    page, up = await asked(trending(Feed.TRENDING), {"/api/games": listed(GAME, following="x")})
    assert (up.paths, up.partial, len(page.items)) == (["/api/games/lists/main", "/api/games"], True, 1)
    assert (up.params["ordering"], up.params["dates"]) == ("-added", feed_dates(-365, 0))
    page, up = await asked(trending(Feed.TRENDING, cursor=page.next), {"/api/games": listed(GAME)})
    assert (up.paths, up.params["page"], page.next) == (["/api/games"], "2", "")
    with pytest.raises(Unreachable):  # half a list is not followed by half of another
        await asked(trending(Feed.TRENDING, cursor="2"), {"/api/games": listed(GAME)})


# --- What an entry says, and what it does not -----------------------------------------------------------------


@pytest.mark.parametrize("odd", [None, "", 0, [], {}, [None], "text"])
async def test_odd_values_count_as_not_given(odd: Any) -> None:
    provider = Rawg()
    whole = await sample_upstream(provider).json("/games/990001")
    names = whole.keys() - GAME.keys()
    item, _ = await asked(detail("rawg/video_game/7"), {"/api/games/7": {**dict.fromkeys(names, odd), **GAME}})
    assert (item.title, item.source_id, item.release_date) == ("Test Game", "7", "")
    assert not item.HasField("year") and not item.HasField("rating") and not item.ratings and not item.images
    assert not item.HasField("engagement") or item.engagement.popularity > 0
    assert not item.video_game.platforms and not item.video_game.stores and not item.age_ratings and not item.genres


async def test_a_bare_entry() -> None:
    item = await one({"id": 7, "name": "Test Game"})
    assert [field.name for field, _ in item.ListFields()] == ["kind", "source_id", "title", "language", "video_game"]
    assert not item.video_game.ListFields()


@pytest.mark.parametrize(("rating", "votes", "there"), [(0.0, 3, False), (4.2, 0, False), (4.2, 12, True)])
async def test_no_votes_no_rating(rating: float, votes: int, there: bool) -> None:
    item = await one(entry(1, rating=rating, ratings_count=votes, rating_top=4))
    assert item.HasField("rating") == there
    if there:
        assert (item.rating.value, item.rating.scale, item.rating.votes) == (rating, 5, votes)


async def test_what_has_no_date_yet() -> None:
    item = await one(entry(1, released=None, tba=True))
    assert (item.release_text, item.video_game.tba, item.release_date) == ("TBA", True, "")
    item = await one(entry(1, released="2030-01-02", tba=True))
    assert (item.release_text, item.release_date) == ("", "2030-01-02")


async def test_the_first_screenshot_is_the_background_again() -> None:
    shots = [{"id": -1, "image": "https://media.rawg.io/a.jpg"}, {"id": 5, "image": "https://media.rawg.io/b.jpg"}]
    item = await one(entry(1, background_image="https://media.rawg.io/a.jpg", short_screenshots=shots))
    assert [(image.role, image.url[-5]) for image in item.images] == [(Image.PRIMARY, "a"), (Image.SCREENSHOT, "b")]


async def test_a_detail_has_what_lists_leave_out() -> None:
    provider = Rawg()
    item = await provider.detail(detail("rawg/video_game/990001").build(provider), sample_upstream(provider))
    assert item.description.endswith("\n\nIt has two parts & an end.")
    assert [link.role for link in item.links] == [Link.SOURCE, Link.OFFICIAL]
    assert [(rating.name, rating.value) for rating in item.ratings] == [("Metacritic", 82), ("Metacritic (PC)", 82)]
    game = item.video_game
    assert (game.achievement_count, game.addition_count, game.series_count) == (2, 1, 2)
    assert [one.requirements_minimum for one in game.platforms] == ["Minimum:\nMemory: 2 GB RAM", ""]
    assert [one.id for one in (*game.developers, *game.publishers)] == [
        "rawg/organization/developer/990405",
        "rawg/organization/publisher/990354",
    ]


async def test_another_original_name_is_given() -> None:
    answers = {"/api/games/7": {**GAME, "name_original": "Spiel", "alternative_names": ["A &amp; B"]}}
    item, _ = await asked(detail("rawg/video_game/7"), answers)
    assert (item.original_title, [one.text for one in item.alternative_titles]) == ("Spiel", ["A & B"])


async def test_a_renamed_game_is_followed_once() -> None:
    moved = {"redirect": True, "slug": "new-name"}
    item, up = await asked(
        detail("rawg/video_game/old-name"), {"/api/games/old-name": moved, "/api/games/new-name": GAME}
    )
    assert (item.source_id, up.paths) == ("7", ["/api/games/old-name", "/api/games/new-name"])
    with pytest.raises(ShapeChanged):
        await asked(detail("rawg/video_game/a"), {"/api/games/a": {**moved, "slug": "a"}})


@pytest.mark.parametrize(
    "item_id",
    [
        "rawg/video_game/7/screenshots",
        "rawg/video_game/7~3Fpage~3D2",
        "rawg/organization/405",
        "rawg/organization/studio/405",
        "rawg/organization/developer/405/6",
        "rawg/person/31/games",
    ],
)
async def test_an_id_that_rawg_never_gave_is_not_asked(item_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(item_id), {})


async def test_leaves_have_no_detail() -> None:
    with pytest.raises(Unsupported):
        await asked(detail("rawg/image/7/1"), {})


# --- Relations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "path"),
    [
        (Relation.SAME_SERIES, "game-series"),
        (Relation.EXPANSIONS, "additions"),
        (Relation.PARENTS, "parent-games"),
    ],
)
async def test_games_of_a_game(relation: Any, path: str) -> None:
    answers = {f"/api/games/7/{path}": listed(entry(8), following="x")}
    page, up = await asked(related("rawg/video_game/7", relation, cursor="2"), answers)
    assert ([one.source_id for one in page.items], page.next, up.params["page"]) == (["8"], "3", "2")


@pytest.mark.parametrize(
    ("item_id", "params"),
    [
        ("rawg/organization/developer/405", {"developers": "405"}),
        ("rawg/organization/publisher/354", {"publishers": "354"}),
        ("rawg/person/31", {"creators": "31"}),
    ],
)
async def test_games_of_who_makes_them(item_id: str, params: dict[str, str]) -> None:
    _, up = await asked(related(item_id, Relation.WORKS), {"/api/games": listed(GAME)})
    assert up.params == {**params, "ordering": "-released", "page": "1", "page_size": "40"}
    _, up = await asked(related(item_id, Relation.WORKS, order_by=Order.TITLE), {"/api/games": listed(GAME)})
    assert up.params["ordering"] == "name"


async def sampled(question: Question) -> Page:
    provider = Rawg()
    page = await getattr(provider, question.operation)(question.build(provider), sample_upstream(provider))
    assert isinstance(page, Page)
    return page


async def test_pictures_without_those_taken_out() -> None:
    page = await sampled(related("rawg/video_game/990001", Relation.IMAGES))
    assert [(one.kind, one.source_id) for one in page.items] == [(Item.IMAGE, "990001/9101")]
    assert [(image.role, image.width, image.height) for image in page.items[0].images] == [
        (Image.SCREENSHOT, 1920, 1080)
    ]


async def test_videos() -> None:
    (video,) = (await sampled(related("rawg/video_game/990001", Relation.VIDEOS))).items
    assert (video.title, video.video.url.rpartition("/")[2], video.video.title) == (
        "Sample trailer",
        "movie_max.mp4",
        "",
    )


async def test_achievements() -> None:
    first, second = (await sampled(related("rawg/video_game/990001", Relation.ACHIEVEMENTS))).items
    assert (first.title, first.description, dict(first.attributes)) == (
        "First Flame",
        "Light the lamp.",
        {"percent": "61.4"},
    )
    assert (second.description, dict(second.attributes)) == ("", {})


async def test_the_team() -> None:
    (person,) = (await sampled(related("rawg/video_game/990001", Relation.CREW))).items
    assert (person.kind, person.title, list(person.person.professions)) == (
        Item.PERSON,
        "Ada Sample",
        ["director", "designer"],
    )
    assert [work.work.id for work in person.person.works] == ["rawg/video_game/990001"]


LINKED = listed({"id": 9, "game_id": 7, "store_id": 1, "url": "https://store.steampowered.com/app/7?utm_source=rawg"})


async def test_shops_have_their_names() -> None:
    stores = listed({"id": 1, "name": "Steam", "slug": "steam", "domain": "store.steampowered.com"})
    page, _ = await asked(
        related("rawg/video_game/7", Relation.STORES), {"/api/games/7/stores": LINKED, "/api/stores": stores}
    )
    offer = page.items[0]
    assert (offer.source_id, offer.title, offer.offer.item_id) == ("7/1", "Steam", "rawg/video_game/7")
    assert [(link.role, link.url) for link in offer.links] == [(Link.STORE, "https://store.steampowered.com/app/7")]
    assert not offer.prices


async def test_shops_without_their_names() -> None:
    page, up = await asked(related("rawg/video_game/7", Relation.STORES), {"/api/games/7/stores": LINKED})
    assert (page.items[0].title, len(page.items[0].links), up.partial) == ("", 1, True)
    page, up = await asked(related("rawg/video_game/7", Relation.STORES), {"/api/games/7/stores": listed()})
    assert (list(page.items), len(up.requests)) == ([], 1)


# --- Vocabularies and look-ups --------------------------------------------------------------------------------


async def test_an_entry_that_can_not_be_asked_for_is_picked() -> None:
    body = listed({"id": 1, "name": "writer", "slug": "writer"}, {"id": 2, "name": "director", "slug": "director"})
    page, up = await asked(terms(Term.ROLES, term_id="director"), {"/api/creator-roles": body})
    assert ([term.id for term in page.terms], up.paths) == (["2"], ["/api/creator-roles"])


async def test_a_vocabulary_goes_on() -> None:
    body = listed({"id": 31, "name": "Singleplayer", "slug": "singleplayer"}, following="x", count=900)
    page, up = await asked(terms(Term.TAGS, cursor="4"), {"/api/tags": body})
    assert (page.next, page.total, up.params) == ("5", 900, {"page": "4", "page_size": "40"})
    assert not page.terms[0].HasField("count")


async def test_no_such_term() -> None:
    with pytest.raises(NotFound):
        await asked(terms(Term.GENRES, term_id="999"), {"/api/genres/999": NOTHING})


PATHS = ["/api/games/x-y", "/api/developers/x-y", "/api/publishers/x-y", "/api/creators/x-y"]


async def test_a_slug_is_looked_up_wherever_rawg_has_slugs() -> None:
    answers: dict[str, Any] = {**dict.fromkeys(PATHS, NOTHING), PATHS[0]: GAME, PATHS[3]: {"id": 3, "name": "X Y"}}
    page, up = await asked(lookup("slug", "X-Y"), answers)
    assert ([item.title for item in page.items], up.paths) == (["Test Game", "X Y"], PATHS)
    page, up = await asked(lookup("slug", "x-y", kinds=(Item.VIDEO_GAME,)), answers)
    assert ([item.source_id for item in page.items], up.paths) == (["7"], PATHS[:1])
    page, _ = await asked(lookup("slug", "x-y"), dict.fromkeys(PATHS, NOTHING))
    assert list(page.items) == []


@pytest.mark.parametrize(("scheme", "slug", "found"), [("rawg", "other", 1), ("slug", "other", 0), ("slug", "1942", 1)])
async def test_a_slug_that_is_a_number(scheme: str, slug: str, found: int) -> None:
    answers = {"/api/games/1942": {**GAME, "slug": slug}}
    page, _ = await asked(lookup(scheme, "1942", kinds=(Item.VIDEO_GAME,)), answers)
    assert len(page.items) == found


@pytest.mark.parametrize(("scheme", "code"), [("rawg", "x-y"), ("slug", "a/b"), ("slug", "a b")])
async def test_codes_that_can_not_be_are_not_asked(scheme: str, code: str) -> None:
    page, up = await asked(lookup(scheme, code), {})
    assert (list(page.items), up.requests) == ([], [])


# --- Errors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"error": "The API key is not found"}, 401), NotConfigured),
        (Answer({"error": "The key parameter is not provided"}, 401), NotConfigured),
        (Answer({"detail": "Authentication credentials were not provided."}, 401), NotConfigured),
        (Answer({"error": "The monthly API limit reached"}, 401), RateLimited),
        (Answer({"detail": "Request was throttled."}, 429), RateLimited),
        (Answer("<html><title>502</title></html>", 502, {"content-type": "text/html"}), Unreachable),
        (Answer("<html><body>Hello</body></html>", headers={"content-type": "text/html"}), ShapeChanged),
        (NOTHING, NotFound),
        ([], ShapeChanged),
        ({"count": 1}, ShapeChanged),
        ({"results": None}, ShapeChanged),
        (listed({"id": "7", "name": "Test"}), ShapeChanged),
        (listed({"id": 7, "name": " "}), ShapeChanged),
        (listed("game"), ShapeChanged),
    ],
)
@pytest.mark.parametrize("cursor", ["", "2"])
async def test_other_answers_are_errors(answer: Any, error: type[Exception], cursor: str) -> None:
    with pytest.raises(error):
        await asked(search("test", cursor=cursor), {"/api/games": answer})


@pytest.mark.parametrize(
    ("relation", "path", "body"),
    [
        (Relation.IMAGES, "screenshots", {"id": 1, "image": None}),
        (Relation.VIDEOS, "movies", {"id": 1}),
        (Relation.ACHIEVEMENTS, "achievements", {"name": "x"}),
        (Relation.STORES, "stores", {"id": 1, "url": "https://example.org"}),
        (Relation.CREW, "development-team", {"id": 1}),
    ],
)
async def test_a_changed_shape_is_told(relation: Any, path: str, body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(related("rawg/video_game/7", relation), {f"/api/games/7/{path}": listed(body)})


async def test_an_entry_without_a_name_does_not_hide_the_others() -> None:
    page, _ = await asked(search("test"), {"/api/games": listed({"id": 5, "name": ""}, GAME)})
    assert ([item.source_id for item in page.items], page.total_is_estimate) == (["7"], True)
    page, _ = await asked(terms(Term.GENRES), {"/api/genres": listed({"id": 5}, {"id": 4, "name": "Action"})})
    assert [term.id for term in page.terms] == ["4"]
    team = listed({"id": 5, "name": ""}, {"id": 6, "name": "Ada"})
    page, _ = await asked(related("rawg/video_game/7", Relation.CREW), {"/api/games/7/development-team": team})
    assert [item.title for item in page.items] == ["Ada"]


async def test_a_video_may_have_no_name() -> None:
    movie = {"id": 3, "name": "", "data": {"480": "https://media.rawg.io/a.mp4"}}
    page, _ = await asked(related("rawg/video_game/7", Relation.VIDEOS), {"/api/games/7/movies": listed(movie)})
    assert [(item.source_id, item.title) for item in page.items] == [("7/3", "")]
