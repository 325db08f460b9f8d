"""Jikan (MyAnimeList)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import SeasonOfYear, Weekday
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.details_anime_manga_pb2 import Format
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.anime_manga.jikan import Jikan
from tako_providers.sdk import InvalidField, NotFound, RateLimited, ShapeChanged, Unreachable
from tako_providers.sdk.errors import Refused
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

ANIME = {"mal_id": 1, "title": "Test Bird", "type": "TV"}
MANGA = {"mal_id": 2, "title": "Test Fish", "type": "Manga"}
PICTURE = "https://cdn.myanimelist.net/images/anime/1/1.jpg"
ABSENT = Answer({"status": 404, "type": "BadResponseException", "message": "Resource does not exist"}, 404)
MAY_2024 = date(2024, 5, 1)


def listed(*entries: Any, last: int = 1, more: bool | None = None, total: int | None = None) -> dict[str, Any]:
    items = {} if total is None else {"items": {"count": len(entries), "total": total, "per_page": 25}}
    more = last > 1 if more is None else more
    return {"pagination": {"last_visible_page": last, "has_next_page": more, **items}, "data": list(entries)}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(
        Jikan(today=lambda: MAY_2024), question, {f"/v4{path}": answer for path, answer in answers.items()}
    )


async def sampled(question: Question) -> Any:
    return await ask_samples(Jikan(today=lambda: MAY_2024), question)


async def detailed(**fields: Any) -> Item:
    item, _ = await asked(detail("jikan/anime/1"), {"/anime/1/full": {"data": {**ANIME, **fields}}})
    assert isinstance(item, Item)
    return item


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    found = await sampled(search("sample voyage"))
    assert [item.kind for item in found.items] == [Item.ANIME, Item.MANGA, Item.ANIME, Item.MANGA, Item.ANIME]
    assert found.total == 5
    anime = await sampled(detail("jikan/anime/900001"))
    assert anime.title == found.items[0].title
    assert [(one.item.id, one.relation) for one in anime.anime.relations] == [
        ("jikan/anime/900002", "Sequel"),
        ("jikan/manga/900011", "Adaptation"),
    ]
    assert (len(anime.anime.openings), len(anime.anime.endings)) == (1, 1)
    assert [link.role for link in anime.links] == [Link.SOURCE, Link.OFFICIAL, Link.WIKI, Link.STREAMING]
    manga = await sampled(detail("jikan/manga/900011"))
    assert (manga.release_date, manga.year, manga.manga.credits[0].id) == ("2019", 2019, "jikan/person/900051")
    assert (await sampled(lookup("mal", "900001"))).items[0].source_id == "900001"


async def test_samples_have_people_with_their_works() -> None:
    captain = (await sampled(search("hana", kind=Item.CHARACTER))).items[0]
    whole = await sampled(detail(f"jikan/character/{captain.source_id}"))
    assert [(one.work.id, one.job) for one in whole.character.works] == [
        ("jikan/anime/900001", "Main"),
        ("jikan/manga/900011", "Main"),
    ]
    assert [(one.id, one.language, one.role) for one in whole.character.voices] == [
        ("jikan/person/900051", "ja", CreditRole.VOICE)
    ]
    person = await sampled(detail("jikan/person/900051"))
    assert (person.original_title, person.person.birth_date) == ("見本 太郎", "1980-02-03")
    assert [(one.job, one.role) for one in person.person.works] == [
        ("Storyboard", CreditRole.STORYBOARD),
        ("Script", CreditRole.WRITER),
        ("Story & Art", CreditRole.AUTHOR),
        ("Main", CreditRole.VOICE),
    ]
    studio = (await sampled(search("studio", kind=Item.ORGANIZATION))).items[0]
    assert (studio.title, studio.organization.founded) == ("Studio Sample", "1999-05-06")
    assert len((await sampled(related("jikan/organization/900031", Relation.WORKS))).items) == 2


@pytest.mark.parametrize(
    ("item_id", "relation", "titles"),
    [
        ("jikan/anime/900001", Relation.EPISODES, ["Casting Off", "A Very Calm Sea"]),
        ("jikan/anime/900001", Relation.CHARACTERS, ["Hana Mihon"]),
        ("jikan/manga/900011", Relation.CHARACTERS, ["Hana Mihon"]),
        ("jikan/anime/900001", Relation.CREW, ["Taro Mihon"]),
        ("jikan/anime/900001", Relation.RECOMMENDATIONS, ["Mihon no Koukai 2nd Season"]),
        ("jikan/manga/900011", Relation.RECOMMENDATIONS, ["Mihon no Shima"]),
        ("jikan/anime/900001", Relation.RELATED_WORKS, ["Mihon no Koukai 2nd Season", "Mihon no Koukaishi"]),
        ("jikan/manga/900011", Relation.RELATED_WORKS, ["Mihon no Koukai"]),
        ("jikan/character/900041", Relation.WORKS, ["Mihon no Koukai", "Mihon no Koukaishi"]),
        ("jikan/anime/900001", Relation.IMAGES, ["", ""]),
        ("jikan/person/900051", Relation.IMAGES, [""]),
    ],
)
async def test_samples_have_every_relation(item_id: str, relation: Any, titles: list[str]) -> None:
    assert [item.title for item in (await sampled(related(item_id, relation))).items] == titles


@pytest.mark.parametrize("kind", [Item.ANIME, Item.MANGA])
@pytest.mark.parametrize("feed", [Feed.TOP_RATED, Feed.POPULAR, Feed.FAVORITES, Feed.UPCOMING, Feed.RANDOM])
async def test_samples_have_the_feeds_of_both_kinds(feed: Any, kind: Any) -> None:
    assert {item.kind for item in (await sampled(trending(feed, kind=kind))).items} == {kind}


async def test_samples_have_seasons_vocabularies_an_empty_search_and_an_error() -> None:
    assert len((await sampled(trending(Feed.TRENDING))).items) == 1
    season = await sampled(trending(Feed.SEASON, year=2024, season=SeasonOfYear.SPRING))
    assert season.items[0].source_id == "900001"
    assert len((await sampled(trending(Feed.SCHEDULE))).items) == 1
    assert [term.name for term in (await sampled(terms(Term.GENRES, kind=Item.ANIME))).terms] == [
        "Adventure",
        "Comedy",
        "Ecchi",
    ]
    demographics = (await sampled(terms(Term.DEMOGRAPHICS))).terms
    assert [(term.id, term.name, list(term.kinds)) for term in demographics] == [
        ("27", "Shounen", [Item.ANIME, Item.MANGA]),
        ("42", "Seinen", [Item.ANIME]),
        ("41", "Seinen", [Item.MANGA]),
    ]
    assert not demographics[0].HasField("count")
    assert (await sampled(terms(Term.MAGAZINES))).terms[0].name == "Monthly Sample"
    assert (await sampled(terms(Term.SEASONS))).terms[0].id == "2026-spring"
    empty = await sampled(search("nothing"))
    assert (empty.items, empty.next, empty.total) == ([], "", 0)
    with pytest.raises(NotFound):
        await sampled(detail("jikan/anime/900404"))


# --- What is asked ------------------------------------------------------------------------------------------

SAFE = {"sfw": "true", "page": "1", "limit": "25"}


@pytest.mark.parametrize(
    ("kind", "values", "params"),
    [
        (Item.ANIME, {"status": WorkStatus.ONGOING}, {"status": "airing"}),
        (Item.MANGA, {"status": WorkStatus.HIATUS}, {"status": "hiatus"}),
        (Item.ANIME, {"age_rating": "PG13"}, {"rating": "pg13"}),
        (Item.ANIME, {"genres": ["1", "4"], "exclude_genres": ["9"]}, {"genres": "1,4", "genres_exclude": "9"}),
        (Item.ANIME, {"year_from": 1999, "year_to": 2001}, {"start_date": "1999-01-01", "end_date": "2001-12-31"}),
        (Item.MANGA, {"min_score": 0.0, "max_score": 7.5}, {"min_score": "0", "max_score": "7.5"}),
        (Item.ANIME, {"producers": ["jikan/organization/8", "jikan/organization/9"]}, {"producers": "8,9"}),
        (Item.MANGA, {"magazines": ["13", "83"]}, {"magazines": "13,83"}),
        (Item.ANIME, {"letter": "b"}, {"letter": "b"}),
        (Item.ANIME, {"formats": [Format.TV_SPECIAL]}, {"type": "tv_special"}),
        (Item.MANGA, {"formats": [Format.TV, Format.LIGHT_NOVEL]}, {"type": "lightnovel"}),
        (Item.ANIME, {"order_by": Order.TITLE}, {"order_by": "title", "sort": "asc"}),
        (Item.ANIME, {"order_by": Order.RATING}, {"order_by": "score", "sort": "desc"}),
        (Item.ANIME, {"order_by": Order.POPULARITY, "descending": False}, {"order_by": "members", "sort": "asc"}),
        (Item.ANIME, {"order_by": Order.RELEVANCE}, {}),
    ],
)
async def test_filters_and_orders_reach_upstream(kind: Any, values: dict[str, Any], params: dict[str, str]) -> None:
    _, up = await asked(search("bird", kind=kind, **values), {"/anime": listed(ANIME), "/manga": listed(MANGA)})
    assert up.params == {"q": "bird", **params, **SAFE}


@pytest.mark.parametrize(
    ("kind", "path", "order", "word"),
    [
        (Item.CHARACTER, "/characters", Order.TITLE, "name"),
        (Item.PERSON, "/people", Order.FAVORITES, "favorites"),
        (Item.ORGANIZATION, "/producers", Order.FAVORITES, "favorites"),
    ],
)
async def test_names_are_searched_too(kind: Any, path: str, order: Any, word: str) -> None:
    entry = {"mal_id": 3, "name": "Bird", "titles": [{"type": "Default", "title": "Bird"}]}
    page, up = await asked(search("bi", kind=kind, letter="b", order_by=order), {path: listed(entry, total=1)})
    assert (page.items[0].kind, page.items[0].title, page.total) == (kind, "Bird", 1)
    sort = "asc" if order == Order.TITLE else "desc"
    assert up.params == {"q": "bi", "letter": "b", "order_by": word, "sort": sort, "page": "1", "limit": "25"}


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({}, ["/v4/anime", "/v4/manga"]),
        ({"age_rating": "g"}, ["/v4/anime"]),
        ({"magazines": ["13"]}, ["/v4/manga"]),
        ({"status": WorkStatus.DISCONTINUED}, ["/v4/manga"]),
        ({"formats": [Format.MOVIE, Format.OVA]}, ["/v4/anime", "/v4/anime"]),
        ({"formats": [Format.MOVIE, Format.MANHWA]}, ["/v4/anime", "/v4/manga"]),
        ({"age_rating": "g", "magazines": ["13"]}, []),
        ({"age_rating": "g", "adult": AdultFilter.ONLY}, []),
    ],
)
async def test_without_a_kind_those_are_asked_that_the_filters_fit(values: dict[str, Any], paths: list[str]) -> None:
    page, up = await asked(search("bird", **values), {"/anime": listed(total=0), "/manga": listed(total=0)})
    assert sorted(up.paths) == paths
    assert (page.items, page.next, page.total) == ([], "", 0)


async def test_genres_may_be_named() -> None:
    genres = {"data": [{"mal_id": 4, "name": "Comedy"}, {"mal_id": 9, "name": "Ecchi"}]}
    answers = {"/anime": listed(ANIME), "/genres/anime": genres}
    question = search("bird", kind=Item.ANIME, genres=["comedy", "7"], exclude_genres=["Ecchi"])
    _, up = await asked(question, answers)
    assert (up.params["genres"], up.params["genres_exclude"]) == ("4,7", "9")
    with pytest.raises(InvalidField, match="genres"):
        await asked(search("bird", kind=Item.ANIME, genres=["nonsense"]), answers)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"age_rating": "fsk18"}, "age_rating"), ({"producers": ["tmdb/organization/8"]}, "producers")],
)
async def test_what_jikan_does_not_know_is_named(values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(search("bird", kind=Item.ANIME, **values), {"/anime": listed(ANIME)})
    assert caught.value.field == field


async def test_a_status_that_upstream_lacks_is_reported() -> None:
    page, up = await asked(search("bird", kind=Item.ANIME, status=WorkStatus.HIATUS), {"/anime": listed(ANIME)})
    assert (page.ignored, "status" in up.params) == (("status",), False)


@pytest.mark.parametrize(
    ("question", "path", "params"),
    [
        (trending(Feed.TRENDING), "/seasons/now", {}),
        (trending(Feed.TRENDING, formats=[Format.MOVIE]), "/seasons/now", {"filter": "movie"}),
        (trending(Feed.SEASON), "/seasons/now", {}),
        (trending(Feed.SEASON, year=1999, season=SeasonOfYear.FALL), "/seasons/1999/fall", {}),
        (trending(Feed.SEASON, year=1999), "/seasons/1999/spring", {}),
        (trending(Feed.SEASON, season=SeasonOfYear.WINTER), "/seasons/2024/winter", {}),
        (trending(Feed.UPCOMING, formats=[Format.OVA]), "/seasons/upcoming", {"filter": "ova"}),
        (trending(Feed.UPCOMING, kind=Item.MANGA), "/top/manga", {"filter": "upcoming"}),
        (trending(Feed.TOP_RATED, formats=[Format.TV]), "/top/anime", {"type": "tv"}),
        (trending(Feed.TOP_RATED, status=WorkStatus.ONGOING), "/top/anime", {"filter": "airing"}),
        (
            trending(Feed.TOP_RATED, kind=Item.MANGA, status=WorkStatus.ONGOING),
            "/top/manga",
            {"filter": "publishing"},
        ),
        (trending(Feed.POPULAR, kind=Item.MANGA), "/top/manga", {"filter": "bypopularity"}),
        (trending(Feed.FAVORITES), "/top/anime", {"filter": "favorite"}),
        (trending(Feed.SCHEDULE, weekday=Weekday.UNKNOWN), "/schedules", {"filter": "unknown"}),
        (trending(Feed.SCHEDULE), "/schedules", {}),
    ],
)
async def test_feeds(question: Question, path: str, params: dict[str, str]) -> None:
    page, up = await asked(question, {path: listed(ANIME, total=9)})
    assert (len(page.items), page.total, up.paths) == (1, 9, [f"/v4{path}"])
    assert up.params == {**params, **SAFE}


async def test_a_chart_tells_the_place() -> None:
    page, _ = await asked(
        trending(Feed.POPULAR, cursor="3"), {"/top/anime": listed(ANIME, {**ANIME, "mal_id": 5}, total=90)}
    )
    assert [item.context.position for item in page.items] == [51, 52]
    page, _ = await asked(trending(Feed.POPULAR, formats=[Format.TV, Format.OVA]), {"/top/anime": listed(ANIME)})
    assert not page.items[0].HasField("context")


async def test_a_feed_that_cannot_be_narrowed_is_empty_or_says_so() -> None:
    page, up = await asked(trending(Feed.TRENDING, formats=[Format.MANGA]), {})
    assert (page.items, up.paths) == ([], [])
    page, _ = await asked(trending(Feed.TOP_RATED, status=WorkStatus.COMPLETED), {"/top/anime": listed(ANIME)})
    assert page.ignored == ("status",)


# --- Adults -------------------------------------------------------------------------------------------------

EXPLICIT = {**ANIME, "mal_id": 8, "rating": "Rx - Hentai"}
EROTIC = {**MANGA, "mal_id": 9, "explicit_genres": [{"mal_id": 49, "name": "Erotica"}]}


@pytest.mark.parametrize(
    ("kind", "adult", "params"),
    [
        (Item.ANIME, AdultFilter.EXCLUDE, {"sfw": "true"}),
        (Item.ANIME, AdultFilter.INCLUDE, {}),
        (Item.ANIME, AdultFilter.ONLY, {"rating": "rx"}),
        (Item.MANGA, AdultFilter.ONLY, {"genres": "12"}),
    ],
)
async def test_adult_works(kind: Any, adult: Any, params: dict[str, str]) -> None:
    answers = {"/anime": listed(ANIME, EXPLICIT), "/manga": listed(MANGA, EROTIC)}
    page, up = await asked(search("bird", kind=kind, adult=adult), answers)
    assert up.params == {"q": "bird", "page": "1", "limit": "25", **params}
    expected = {AdultFilter.EXCLUDE: [False], AdultFilter.INCLUDE: [False, True], AdultFilter.ONLY: [True]}[adult]
    assert [item.adult for item in page.items] == expected


async def test_nothing_for_adults_at_random() -> None:
    page, _ = await asked(trending(Feed.RANDOM), {"/random/anime": {"data": EXPLICIT}})
    assert page.items == []


# --- Pages --------------------------------------------------------------------------------------------------


async def test_pages_go_on_to_the_last() -> None:
    question = search("bird", kind=Item.ANIME)
    first, _ = await asked(question, {"/anime": listed(ANIME, last=2, total=26)})
    assert (first.next, first.total) == ("2", 26)
    last, up = await asked(search("bird", kind=Item.ANIME, cursor="2"), {"/anime": listed(ANIME, last=2, more=False)})
    assert (last.next, last.total, up.params["page"]) == ("", None, "2")


async def test_a_last_page_that_says_there_is_more_is_the_last() -> None:
    page, _ = await asked(related("jikan/anime/1", Relation.EPISODES), {"/anime/1/episodes": listed(more=True)})
    assert (page.items, page.next) == ([], "")
    page, up = await asked(
        related("jikan/anime/1", Relation.EPISODES, cursor="2"),
        {"/anime/1/episodes": listed({"mal_id": 101, "title": "E"}, last=3)},
    )
    assert (page.next, page.items[0].source_id, up.params) == ("3", "1/101", {"page": "2"})


async def test_lists_in_turn_end_one_by_one() -> None:
    other = {**ANIME, "mal_id": 5}
    answers = {"/anime": listed(ANIME, other, last=3, total=60), "/manga": listed(MANGA, total=1)}
    first, _ = await asked(search("bird"), answers)
    assert [item.kind for item in first.items] == [Item.ANIME, Item.MANGA, Item.ANIME]
    assert (first.next, first.total) == ("2-0", 61)
    second, up = await asked(search("bird", cursor=first.next), answers)
    assert (up.paths, up.params["page"], second.next, second.total) == (["/v4/anime"], "2", "3-0", None)


@pytest.mark.parametrize("cursor", ["2-7", "2-x", "x"])
async def test_a_foreign_page_token_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidField, match="page_token"):
        await asked(search("bird", cursor=cursor), {})


async def test_a_work_that_is_listed_twice_comes_once() -> None:
    page, _ = await asked(trending(Feed.TRENDING), {"/seasons/now": listed(ANIME, ANIME)})
    assert len(page.items) == 1


# --- Language -----------------------------------------------------------------------------------------------

TITLES = [
    {"type": "Default", "title": "Tori"},
    {"type": "Japanese", "title": "鳥"},
    {"type": "English", "title": "The Bird"},
    {"type": "Portuguese (BR)", "title": "O Pássaro"},
]


@pytest.mark.parametrize(
    ("language", "title", "native"),
    [("", "Tori", "鳥"), ("en-GB", "The Bird", "鳥"), ("ja", "鳥", ""), ("de", "Tori", "鳥"), ("sv", "Tori", "鳥")],
)
async def test_the_title_in_the_language_that_is_wanted(language: str, title: str, native: str) -> None:
    entry = {**ANIME, "title": "Tori", "titles": TITLES, "title_japanese": "鳥"}
    item, _ = await asked(detail("jikan/anime/1", language=language), {"/anime/1/full": {"data": entry}})
    assert (item.title, item.original_title) == (title, native)
    if title != "Tori":
        assert item.alternative_titles[0].text == "Tori"
        assert item.alternative_titles[0].type == AlternativeTitle.ROMANIZED


# --- What upstream lies about -------------------------------------------------------------------------------


async def test_what_is_missing_stays_unset() -> None:
    item = await detailed()
    for field in ("year", "end_year", "rating", "engagement", "adult", "context"):
        assert not item.HasField(field)
    assert (item.release_date, item.description, item.status, list(item.images)) == ("", "", 0, [])
    assert not item.anime.HasField("episode_count") and not item.anime.HasField("broadcast")
    assert not item.anime.HasField("trailer") and not item.anime.HasField("duration_minutes")


@pytest.mark.parametrize(
    ("day", "month", "words", "expected"),
    [
        (1, 1, "2019", "2019"),
        (1, 1, "Jan 2019", "2019-01"),
        (1, 1, "Jan 1, 2019 to ?", "2019-01-01"),
        (1, 4, "Apr 2019 to ?", "2019-04"),
        (5, 4, "Apr 5, 2019", "2019-04-05"),
        (None, 4, "", "2019-04"),
        (None, None, "", "2019"),
    ],
)
async def test_only_what_is_known_of_a_date(day: int | None, month: int | None, words: str, expected: str) -> None:
    start = {"day": day, "month": month, "year": 2019}
    item = await detailed(aired={"from": "2019-01-01T00:00:00+00:00", "prop": {"from": start}, "string": words})
    assert (item.release_date, item.year) == (expected, 2019)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("24 min per ep", 24), ("1 hr 35 min", 95), ("2 hr", 120), ("30 sec", None), ("Unknown", None)],
)
async def test_minutes_where_they_are_plain(text: str, minutes: int | None) -> None:
    anime = (await detailed(duration=text)).anime
    assert (anime.duration_minutes if anime.HasField("duration_minutes") else None) == minutes
    assert anime.duration_text == ("" if text == "Unknown" else text)


@pytest.mark.parametrize("picture", ["questionmark_23.gif", "apple-touch-icon-256.png"])
async def test_placeholders_are_no_pictures(picture: str) -> None:
    images = {"jpg": {"image_url": f"https://cdn.myanimelist.net/images/{picture}"}}
    assert list((await detailed(images=images)).images) == []


async def test_a_score_of_nobody_is_none() -> None:
    assert not (await detailed(score=0, scored_by=0)).HasField("rating")
    assert not (await detailed(score=None, scored_by=None)).HasField("rating")


async def test_a_trailer_that_has_only_its_player() -> None:
    trailer = {"youtube_id": None, "url": None, "embed_url": "https://www.youtube.com/embed/abc-1?autoplay=1"}
    found = (await detailed(trailer=trailer)).anime.trailer
    assert (found.key, found.url, found.site) == ("abc-1", "https://www.youtube.com/watch?v=abc-1", "YouTube")


async def test_a_web_site_of_nothing_but_a_scheme_is_none() -> None:
    entry = {"mal_id": 3, "name": "Bird", "website_url": "http://", "birthday": "1980-01-01T00:00:00+00:00"}
    item, _ = await asked(detail("jikan/person/3"), {"/people/3/full": {"data": entry}})
    assert (list(item.links), item.person.birth_date) == ([], "1980")


# --- Details and relations ----------------------------------------------------------------------------------


async def test_the_first_page_of_a_work_will_do() -> None:
    item, up = await asked(
        detail("jikan/anime/1"), {"/anime/1/full": Answer({"status": 504}, 504), "/anime/1": {"data": ANIME}}
    )
    assert (item.title, up.partial) == ("Test Bird", True)


async def test_crew_and_works_by_role() -> None:
    staff = {"data": [{"person": {"mal_id": 3, "name": "A"}, "positions": ["Director", "Script"]}]}
    question = related("jikan/anime/1", Relation.CREW, role="director")
    page, _ = await asked(question, {"/anime/1/staff": staff})
    assert [item.context.role for item in page.items] == ["Director, Script"]
    page, _ = await asked(related("jikan/anime/1", Relation.CREW, role="Music"), {"/anime/1/staff": staff})
    assert page.items == []
    whole = {
        "anime": [{"position": "add Storyboard", "anime": ANIME}],
        "manga": [{"position": "Story & Art", "manga": MANGA}],
        "voices": [{"role": "Main", "anime": ANIME, "character": {"mal_id": 7, "name": "Bird"}}],
    }
    answers = {"/people/3/full": {"data": {"mal_id": 3, "name": "A", **whole}}}
    page, _ = await asked(related("jikan/person/3", Relation.WORKS), answers)
    assert [(item.kind, item.context.role, item.context.label, item.context.character) for item in page.items] == [
        (Item.ANIME, "Storyboard", "", ""),
        (Item.MANGA, "Story & Art", "", ""),
        (Item.ANIME, "Voice", "Main", "Bird"),
    ]
    page, _ = await asked(related("jikan/person/3", Relation.WORKS, kind=Item.MANGA), answers)
    assert [item.source_id for item in page.items] == ["2"]
    page, _ = await asked(related("jikan/person/3", Relation.WORKS, role="voice"), answers)
    assert [item.context.character for item in page.items] == ["Bird"]


async def test_recommendations_weigh_and_relations_are_named() -> None:
    answers = {
        "/anime/1/recommendations": {"data": [{"entry": {"mal_id": 5, "title": "B"}, "votes": 12}]},
        "/anime/1/relations": {
            "data": [{"relation": "Prequel", "entry": [{"mal_id": 6, "type": "manga", "name": "C"}]}]
        },
    }
    page, _ = await asked(related("jikan/anime/1", Relation.RECOMMENDATIONS), answers)
    assert (page.items[0].kind, page.items[0].context.weight) == (Item.ANIME, 12)
    page, _ = await asked(related("jikan/anime/1", Relation.RELATED_WORKS), answers)
    assert (page.items[0].kind, page.items[0].context.label) == (Item.MANGA, "Prequel")


async def test_pictures_come_with_their_small_version() -> None:
    entry = {"jpg": {"image_url": PICTURE, "small_image_url": PICTURE + "?t", "large_image_url": PICTURE + "?l"}}
    page, _ = await asked(related("jikan/manga/2", Relation.IMAGES), {"/manga/2/pictures": {"data": [entry]}})
    image = page.items[0].images[0]
    assert (page.items[0].source_id, image.role) == ("manga/2/1", Image.GALLERY)
    assert (image.url, image.thumbnail_url) == (PICTURE + "?l", PICTURE + "?t")


async def test_works_of_a_company_are_a_search() -> None:
    page, up = await asked(related("jikan/organization/8", Relation.WORKS), {"/anime": listed(ANIME, last=2)})
    assert (up.params, page.next) == ({"producers": "8", **SAFE}, "2")


# --- Vocabularies and numbers -------------------------------------------------------------------------------


async def test_genres_are_asked_for_by_their_sort() -> None:
    _, up = await asked(terms(Term.THEMES, kind=Item.MANGA), {"/genres/manga": {"data": []}})
    assert [dict(request.params) for request in up.requests] == [{"filter": "themes"}]
    _, up = await asked(terms(Term.GENRES, kind=Item.ANIME), {"/genres/anime": {"data": []}})
    assert [dict(request.params)["filter"] for request in up.requests] == ["genres", "explicit_genres"]


async def test_magazines_are_searched_page_by_page() -> None:
    magazines = listed({"mal_id": 83, "name": "Weekly"}, last=2, total=30)
    page, up = await asked(terms(Term.MAGAZINES, text="week"), {"/magazines": magazines})
    assert (up.params["q"], page.next, page.total, page.terms[0].id) == ("week", "2", 30, "83")


async def test_age_ratings_need_no_question() -> None:
    page, up = await asked(terms(Term.CONTENT_RATINGS), {})
    assert [(term.id, term.code) for term in page.terms] == [
        ("g", "G"),
        ("pg", "PG"),
        ("pg13", "PG-13"),
        ("r17", "R"),
        ("r", "R+"),
        ("rx", "Rx"),
    ]
    assert up.requests == []
    page, _ = await asked(terms(Term.CONTENT_RATINGS, term_id="r17"), {})
    assert [term.min_age for term in page.terms] == [17]


async def test_a_number_may_be_an_anime_and_a_manga() -> None:
    answers = {"/anime/7": {"data": ANIME}, "/manga/7": {"data": MANGA}}
    page, _ = await asked(lookup("mal", "7"), answers)
    assert [item.kind for item in page.items] == [Item.ANIME, Item.MANGA]
    page, up = await asked(lookup("mal", "7", kinds=(Item.MANGA,)), answers)
    assert ([item.kind for item in page.items], up.paths) == ([Item.MANGA], ["/v4/manga/7"])
    page, up = await asked(lookup("mal", "7"), {"/anime/7": ABSENT, "/manga/7": ABSENT})
    assert (page.items, up.partial) == ([], False)


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (ABSENT, NotFound),
        (Answer({"status": 400, "type": "ValidationException", "messages": {"limit": ["too many"]}}, 400), Refused),
        (Answer({"status": 429, "type": "RateLimitException"}, 429, {"retry-after": "4"}), RateLimited),
        (Answer({"status": 500, "type": "Exception", "trace": "somewhere"}, 500), Unreachable),
        (Answer({"status": 503, "type": "BadResponseException", "message": "timed out"}, 503), Unreachable),
    ],
)
async def test_errors_have_their_class(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail("jikan/anime/1"), {"/anime/1/full": answer, "/anime/1": answer})
    if error is not NotFound:
        with pytest.raises(error):
            await asked(search("bird"), {"/anime": answer, "/manga": answer})


async def test_an_id_that_is_no_number_is_not_asked_for() -> None:
    with pytest.raises(NotFound):
        await asked(detail("jikan/anime/one/more"), {})


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"data": None},
        {"data": {}},
        {"data": [1]},
        {"data": [{"title": "No number"}]},
        {"data": [{"mal_id": 0, "title": "Zero"}]},
        {"data": [{"mal_id": 1}]},
    ],
)
async def test_a_changed_shape_is_told(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("bird", kind=Item.ANIME), {"/anime": body})


# --- Odd entries --------------------------------------------------------------------------------------------


async def test_an_entry_without_a_name_does_not_hide_the_others() -> None:
    page, _ = await asked(search("bird", kind=Item.ANIME), {"/anime": listed({"mal_id": 5, "title": ""}, ANIME, None)})
    assert [item.source_id for item in page.items] == ["1"]
    entries = [{"relation": "Other", "entry": [{"mal_id": 7, "type": "anime", "name": ""}, {**ANIME, "type": "anime"}]}]
    page, _ = await asked(related("jikan/anime/1", Relation.RELATED_WORKS), {"/anime/1/relations": {"data": entries}})
    assert [item.title for item in page.items] == ["Test Bird"]
    liked = [{"entry": {"mal_id": 7, "title": None}}, {"entry": ANIME}]
    answers = {"/anime/1/recommendations": {"data": liked}}
    page, _ = await asked(related("jikan/anime/1", Relation.RECOMMENDATIONS), answers)
    assert [item.title for item in page.items] == ["Test Bird"]


@pytest.mark.parametrize(("relation", "path"), [(Relation.CHARACTERS, "characters"), (Relation.RECOMMENDATIONS, "rec")])
async def test_a_list_without_any_name_is_no_empty_one(relation: Any, path: str) -> None:
    path = "recommendations" if path == "rec" else path
    entries = [{"entry": {"mal_id": 7}, "character": {"mal_id": 7}}]
    with pytest.raises(ShapeChanged):
        await asked(related("jikan/anime/1", relation), {f"/anime/1/{path}": {"data": entries}})


async def test_an_episode_without_a_title_has_its_number() -> None:
    body = {"data": [{"mal_id": 3, "title": None, "title_romanji": None}]}
    page, _ = await asked(related("jikan/anime/1", Relation.EPISODES), {"/anime/1/episodes": body})
    assert page.items[0].title == "Episode 3"


@pytest.mark.parametrize("odd", [None, "", 7, 1.5, True, [], ["x", None, 5, []], {}, {"x": "y"}])
async def test_an_odd_value_of_an_optional_field_is_none(odd: Any) -> None:
    optional = (
        "images titles title_english title_japanese title_synonyms synopsis background status rating score scored_by "
        "rank popularity members favorites season year broadcast producers licensors studios genres explicit_genres "
        "themes demographics authors serializations aired published trailer duration source episodes chapters volumes "
        "relations external streaming theme url"
    )
    for kind, entry in ((Item.ANIME, ANIME), (Item.MANGA, MANGA)):
        for name in optional.split():
            path = "/anime" if kind == Item.ANIME else "/manga"
            question = search("bird", kind=kind, adult=AdultFilter.INCLUDE)
            page, _ = await asked(question, {path: listed({**entry, name: odd}, {**entry, "mal_id": 9})})
            assert [item.source_id for item in page.items] == [str(entry["mal_id"]), "9"], name


async def test_a_total_is_an_estimate_where_works_are_left_out() -> None:
    adult = {**ANIME, "mal_id": 3, "rating": "Rx - Hentai"}
    for entries, estimate in (([ANIME], False), ([ANIME, adult], True)):
        page, _ = await asked(trending(Feed.SCHEDULE), {"/schedules": listed(*entries, total=2)})
        assert (len(page.items), page.total, page.total_is_estimate) == (1, 2, estimate)


async def test_an_empty_page_is_the_last() -> None:
    page, _ = await asked(search("bird", kind=Item.ANIME), {"/anime": listed(last=9)})
    assert (list(page.items), page.next) == ([], "")
