"""IMDb through its public methods, on bodies written for the project."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.details_media_pb2 import Movie
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers import sdk
from tako_providers.media.imdb import Imdb
from tako_providers.sdk.errors import Blocked, Refused
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

FILM = {"id": "tt0000001", "type": "movie", "primaryTitle": "One"}
SHOW = {"id": "tt0000002", "type": "tvSeries", "primaryTitle": "Two"}
NOTHING = Answer({"code": 5, "message": "Not Found", "details": []}, 404)
DOWN = Answer({"code": 14, "message": "unavailable"}, 503)
PAGE = "/title/tt0000001/"
BOX = "/suggestion/titles/x/one.json"


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Imdb(today=lambda: date(2026, 5, 4)), question, answers)


async def sampled(question: Question) -> Any:
    return await ask_samples(Imdb(), question)


async def sent(question: Question, path: str = "/titles") -> dict[str, list[str]]:
    """What upstream is asked, repeated parameters as lists."""
    _, up = await asked(question, {path: {}})
    params: dict[str, list[str]] = {}
    for name, value in up.requests[-1].params:
        params.setdefault(name, []).append(value)
    return params


# --- the samples lead from one to the next


async def test_a_search_leads_to_a_detail_with_all_that_lies_below() -> None:
    page = await sampled(search("sample lantern"))
    assert [(one.kind, one.title) for one in page.items] == [
        (Item.MOVIE, "Sample Lantern"),
        (Item.SERIES, "Sample Lantern Street"),
    ]
    item = await sampled(detail("imdb/movie/tt9100001"))
    assert (item.title, item.original_title, item.release_date) == (
        "Sample Lantern",
        "La Lanterne exemple",
        "2019-09-04",
    )
    assert [(one.text, one.country, one.type) for one in item.alternative_titles] == [
        ("Beispiellaterne", "DE", AlternativeTitle.TYPE_UNSPECIFIED)
    ]
    assert [(one.rating, one.country, list(one.descriptors)) for one in item.age_ratings] == [
        ("12A", "GB", ["mild threat"])
    ]
    film = item.movie
    assert [(one.date, one.country, one.note) for one in film.releases] == [
        ("2019-09-04", "FR", "festival"),
        ("2020-01", "GB", ""),
    ]
    assert (film.box_office.revenue.units, film.box_office.budget.currency_code) == (1234567, "EUR")
    assert not film.box_office.HasField("domestic")
    assert [(one.name, one.character) for one in film.cast] == [("Iris Sample", "The lamplighter")]
    assert [(one.name, one.role) for one in film.crew] == [("Otto Example", CreditRole.DIRECTOR)]
    assert [(one.role, one.url) for one in item.links][1:] == [
        (Link.REVIEW, "https://www.metacritic.com/movie/sample-lantern")
    ]
    assert (list(film.subgenres), list(item.tags)) == (["Small-Town Drama"], ["Made by Hand"])


async def test_a_series_leads_to_its_seasons_and_episodes() -> None:
    (first, unknown) = (await sampled(related("imdb/series/tt9100002", Relation.SEASONS))).items
    assert (first.title, unknown.title, unknown.season.number_text) == ("Season 1", "Unknown", "Unknown")
    page = await sampled(related(f"imdb/season/{first.source_id}", Relation.EPISODES))
    assert [one.title for one in page.items] == ["The First Lamp", "The Second Lamp"]
    assert (await sampled(detail("imdb/episode/tt9100021"))).episode.runtime_minutes == 44


async def test_a_person_leads_to_works() -> None:
    person = (await sampled(search("iris sample", kind=Item.PERSON))).items[0]
    assert (person.source_id, list(person.person.professions)) == ("nm9100001", ["Actress"])
    item = await sampled(detail("imdb/person/nm9100001"))
    assert (item.person.birth_date, [one.work.name for one in item.person.works]) == (
        "1985-04",
        ["Sample Lantern", "Sample Lantern Street", "Sample Lantern: The Game"],
    )
    page = await sampled(related("imdb/person/nm9100001", Relation.WORKS))
    assert [(one.title, one.context.character, one.context.count) for one in page.items] == [
        ("Sample Lantern", "The lamplighter", 0),
        ("Sample Lantern Street", "", 2),
    ]
    games = await sampled(related("imdb/person/nm9100001", Relation.WORKS, kind=Item.VIDEO_GAME))
    assert [one.title for one in games.items] == ["Sample Lantern: The Game"]


async def test_pictures_and_videos() -> None:
    poster, still = (await sampled(related("imdb/movie/tt9100001", Relation.IMAGES))).items
    assert (poster.images[0].role, still.images[0].role) == (Image.POSTER, Image.STILL)
    assert (poster.source_id, still.context.label) == ("SAMPLE1@._V1_.jpg", "still frame")
    (video,) = (await sampled(related("imdb/movie/tt9100001", Relation.VIDEOS))).items
    assert (video.title, video.video.url) == ("Sample Trailer", "https://www.imdb.com/video/vi9100001/")
    assert (video.video.type, video.video.duration_seconds) == ("trailer", 95)


async def test_a_feed_goes_on_to_its_last_page() -> None:
    first = await sampled(trending(Feed.POPULAR))
    last = await sampled(trending(Feed.POPULAR, cursor=first.next))
    assert (first.next, last.next) == ("sample-2", "")
    assert [one.source_id for one in (*first.items, *last.items)] == ["tt9100001", "tt9100005"]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        (trending(Feed.POPULAR, kind=Item.SERIES), "Sample Lantern Street"),
        (trending(Feed.POPULAR, kind=Item.PERSON), "Iris Sample"),
        (trending(Feed.TOP_RATED), "Sample Lantern"),
        (trending(Feed.UPCOMING), "Sample Lantern Returns"),
        (search("", genres=["Drama"], kind=Item.MOVIE), "Sample Lantern"),
        (lookup("imdb", "tt9100003"), "Sample Lantern: The Game"),
        (lookup("imdb", "nm9100001"), "Iris Sample"),
    ],
)
async def test_every_sample_is_found(question: Question, title: str) -> None:
    assert [one.title for one in (await sampled(question)).items] == [title]


async def test_interests_are_genres_and_their_subgenres() -> None:
    found = (await sampled(terms(Term.GENRES))).terms
    assert [(one.id, one.name, one.parent_id) for one in found] == [
        ("in9000001", "Drama", ""),
        ("in9000002", "Small-Town Drama", "in9000001"),
        ("in9000004", "Comedy", ""),
    ]
    assert [one.id for one in (await sampled(terms(Term.GENRES, parent="in9000001"))).terms] == ["in9000002"]
    assert [one.name for one in (await sampled(terms(Term.GENRES, term_id="in9000004"))).terms] == ["Comedy"]


# --- what upstream is asked


FILMS = ["MOVIE", "TV_MOVIE", "SHORT", "VIDEO", "TV_SPECIAL"]
SHOWS = ["TV_SERIES", "TV_MINI_SERIES"]


@pytest.mark.parametrize(
    ("given", "params"),
    [
        ({"year": 1999}, {"types": FILMS + SHOWS, "startYear": ["1999"], "endYear": ["1999"]}),
        (
            {"year_from": 1990, "year_to": 1995, "kind": Item.SERIES},
            {"types": SHOWS, "startYear": ["1990"], "endYear": ["1995"]},
        ),
        (
            {"min_rating": 7.5, "max_rating": 9.0, "kind": Item.VIDEO_GAME},
            {"types": ["VIDEO_GAME"], "minAggregateRating": ["7.5"], "maxAggregateRating": ["9"]},
        ),
        (
            {"min_votes": 0, "max_votes": 10, "formats": [Movie.SHORT]},
            {"types": ["SHORT"], "minVoteCount": ["0"], "maxVoteCount": ["10"]},
        ),
        (
            {"countries": ["fr", "BE"], "original_language": "fr-CA", "kind": Item.MOVIE},
            {"types": FILMS, "countryCodes": ["FR", "BE"], "languageCodes": ["fr"]},
        ),
        (
            {"genres": ["Drama", "in0000034"], "kind": Item.MOVIE},
            {"types": FILMS, "genres": ["Drama"], "interestIds": ["in0000034"]},
        ),
        ({"person": "imdb/person/nm0000158", "kind": Item.MOVIE}, {"types": FILMS, "nameIds": ["nm0000158"]}),
    ],
)
async def test_filters_without_a_text_reach_upstream(given: dict[str, Any], params: dict[str, list[str]]) -> None:
    assert await sent(search("", **given)) == params


@pytest.mark.parametrize(
    ("by", "descending", "expected"),
    [
        (Order.POPULARITY, None, ("SORT_BY_POPULARITY", "ASC")),
        (Order.POPULARITY, False, ("SORT_BY_POPULARITY", "DESC")),
        (Order.RATING, None, ("SORT_BY_USER_RATING", "DESC")),
        (Order.VOTES, True, ("SORT_BY_USER_RATING_COUNT", "DESC")),
        (Order.RELEASE_DATE, False, ("SORT_BY_RELEASE_DATE", "ASC")),
    ],
)
async def test_orders_reach_upstream(by: sdk.OrderBy, descending: bool | None, expected: tuple[str, str]) -> None:
    params = await sent(search("", year=1999, order_by=by, descending=descending))
    assert (params["sortBy"], params["sortOrder"]) == ([expected[0]], [expected[1]])


async def test_feeds_ask_for_what_they_are() -> None:
    assert await sent(trending(Feed.TOP_RATED, kind=Item.SERIES)) == {
        "types": SHOWS,
        "sortBy": ["SORT_BY_USER_RATING"],
        "sortOrder": ["DESC"],
        "minVoteCount": ["25000"],
    }
    assert (await sent(trending(Feed.UPCOMING)))["startYear"] == ["2026"]
    assert (await sent(trending(Feed.POPULAR, genres=["in0000034"])))["interestIds"] == ["in0000034"]
    assert await sent(trending(Feed.POPULAR, kind=Item.PERSON, cursor="p2"), "/chart/starmeter") == {
        "pageToken": ["p2"]
    }


async def test_credits_are_asked_for_by_category() -> None:
    path = "/titles/tt0000001/credits"
    cast = await sent(related("imdb/movie/tt0000001", Relation.CAST, cursor="c2"), path)
    assert (cast["categories"], cast["pageToken"]) == (["actor", "actress", "self"], ["c2"])
    crew = await sent(related("imdb/movie/tt0000001", Relation.CREW, role="Casting Director"), path)
    assert crew["categories"] == ["casting_director"]
    works = await sent(related("imdb/person/nm0000001", Relation.WORKS, role="actor"), "/names/nm0000001/filmography")
    assert works["categories"] == ["actor", "actress"]


@pytest.mark.parametrize("given", [{"director": "Somebody"}, {"person": "tmdb/person/31", "kind": Item.MOVIE}])
async def test_filters_that_upstream_lacks_make_no_list(given: dict[str, Any]) -> None:
    with pytest.raises(sdk.Unsupported):
        await asked(search("", **given), {"/titles": {}})


# --- what comes is filtered, and says what it could not honour


async def test_a_text_with_filters() -> None:
    old = {**FILM, "startYear": 1990, "rating": {"aggregateRating": 9.0, "voteCount": 5}, "genres": ["Drama"]}
    new = {**FILM, "id": "tt0000003", "startYear": 2020, "genres": ["Drama", "War"]}
    answers = {"/search/titles": {"titles": [old, new, SHOW]}}
    page, up = await asked(search("one", year_from=2000, countries=["FR"], order_by=Order.RATING), answers)
    assert [one.source_id for one in page.items] == ["tt0000003"]
    assert page.ignored == ("countries", "order_by")
    assert up.params == {"query": "one", "limit": "50"}
    assert len((await asked(search("one", genres=["war", "drama"]), answers))[0].items) == 1
    assert len((await asked(search("one", min_rating=8.0, max_votes=9), answers))[0].items) == 1


async def test_genres_by_id_are_told_by_name() -> None:
    interests = {
        "categories": [
            {
                "category": "War",
                "interests": [
                    {"id": "in0000201", "name": "War"},
                    {"id": "in0000202", "name": "Trench War", "isSubgenre": True},
                ],
            }
        ]
    }
    answers = {"/search/titles": {"titles": [{**FILM, "genres": ["War"]}, SHOW]}, "/interests": interests}
    page, _ = await asked(search("one", genres=["in0000201"]), answers)
    assert ([one.title for one in page.items], page.ignored) == (["One"], ())
    page, _ = await asked(search("one", genres=["in0000202"]), answers)
    assert ([one.title for one in page.items], page.ignored) == (["One", "Two"], ("genres",))


@pytest.mark.parametrize(
    ("adult", "titles"),
    [(AdultFilter.EXCLUDE, ["Two"]), (AdultFilter.INCLUDE, ["One", "Two"]), (AdultFilter.ONLY, ["One"])],
)
async def test_titles_for_adults(adult: sdk.AdultType, titles: list[str]) -> None:
    answers = {"/titles": {"titles": [{**FILM, "isAdult": True}, SHOW], "totalCount": 2}}
    page, _ = await asked(search("", year=1999, adult=adult), answers)
    assert [one.title for one in page.items] == titles
    assert (page.total, page.total_is_estimate) == (2, len(titles) < 2)


async def test_what_is_rated_is_out() -> None:
    rated = {**FILM, "rating": {"aggregateRating": 5.0, "voteCount": 9}}
    page, _ = await asked(trending(Feed.UPCOMING), {"/titles": {"titles": [rated, {**FILM, "id": "tt0000009"}]}})
    assert [one.source_id for one in page.items] == ["tt0000009"]


async def test_pages_without_entries_are_the_last() -> None:
    page, _ = await asked(trending(Feed.POPULAR), {"/titles": {"nextPageToken": "again"}})
    assert (list(page.items), page.next) == ([], "")


# --- what upstream does not say stays unset


async def test_a_bare_title() -> None:
    page, _ = await asked(search("one"), {"/search/titles": {"titles": [{**FILM, "originalTitle": "One"}]}})
    (item,) = page.items
    assert not item.original_title
    assert [item.HasField(name) for name in ("year", "end_year", "rating", "adult", "engagement")] == [False] * 5
    assert (item.description, item.language, list(item.images), list(item.ratings)) == ("", "", [], [])
    assert not item.movie.HasField("runtime_minutes")


async def test_zeros_are_no_values() -> None:
    odd = {**FILM, "startYear": 0, "runtimeSeconds": 0, "rating": {"aggregateRating": 0, "voteCount": 0}, "plot": None}
    page, _ = await asked(search("one"), {"/search/titles": {"titles": [odd]}})
    assert not page.items[0].HasField("year")
    assert not page.items[0].HasField("rating")


@pytest.mark.parametrize("word", ["tvMiniSeries", "TV_MINI_SERIES"])
async def test_a_mini_series_length_is_no_episodes(word: str) -> None:
    page, _ = await asked(
        search("one"), {"/search/titles": {"titles": [{**SHOW, "type": word, "runtimeSeconds": 20000}]}}
    )
    assert (page.items[0].kind, list(page.items[0].series.episode_runtime_minutes)) == (Item.SERIES, [])


async def test_old_countries_and_odd_languages_are_left_out() -> None:
    body = {
        **FILM,
        "originCountries": [{"code": "XWG"}, {"code": "de"}],
        "spokenLanguages": [{"code": "zxx"}, {"code": "gsw"}],
    }
    item, _ = await asked(detail("imdb/movie/tt0000001"), {"/titles/tt0000001": body})
    assert (list(item.countries), list(item.languages)) == (["DE"], ["gsw"])


async def test_a_release_of_another_year_is_not_the_first() -> None:
    released = {"releaseDates": [{"releaseDate": {"year": 2001, "month": 2, "day": 3}}, {"releaseDate": {}}]}
    answers = {"/titles/tt0000001": {**FILM, "startYear": 1999}, "/titles/tt0000001/releaseDates": released}
    item, _ = await asked(detail("imdb/movie/tt0000001"), answers)
    assert (item.year, item.release_date, [one.date for one in item.movie.releases]) == (1999, "", ["2001-02-03"])


async def test_parts_that_are_not_there_cost_nothing() -> None:
    answers = {"/titles/tt0000001": FILM} | {
        f"/titles/tt0000001/{part}": NOTHING
        for part in ("credits", "akas", "releaseDates", "certificates", "boxOffice")
    }
    item, up = await asked(detail("imdb/movie/tt0000001"), answers)
    assert (item.title, item.movie.HasField("box_office"), up.partial) == ("One", False, False)


# --- errors have their class


async def test_no_such_title() -> None:
    for question in (detail("imdb/movie/tt0000001"), detail("imdb/movie/whatever")):
        with pytest.raises(sdk.NotFound):
            await asked(question, {"/titles/tt0000001": NOTHING})
    page, _ = await asked(lookup("imdb", "tt0000001"), {"/titles/tt0000001": NOTHING})
    assert list(page.items) == []


async def test_a_series_is_no_film() -> None:
    with pytest.raises(sdk.NotFound):
        await asked(detail("imdb/movie/tt0000002"), {"/titles/tt0000002": SHOW})


@pytest.mark.parametrize(
    ("code", "error"),
    [(3, Refused), (5, sdk.NotFound), (7, Blocked), (8, sdk.RateLimited), (13, sdk.Unreachable), (16, Blocked)],
)
async def test_an_error_with_status_200(code: int, error: type[sdk.ProviderError]) -> None:
    with pytest.raises(error):
        await asked(trending(Feed.POPULAR), {"/titles": {"code": code, "message": "no", "details": []}})


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (search("one"), "/search/titles", {"results": []}),
        (search("one"), "/search/titles", ["titles"]),
        (search("one"), "/search/titles", {"titles": {}}),
        (search("one"), "/search/titles", {"titles": [{"name": "One"}]}),
        (detail("imdb/movie/tt0000001"), "/titles/tt0000001", {"id": "tt0000001"}),
        (detail("imdb/person/nm0000001"), "/names/nm0000001", {"id": "nm0000001"}),
        (search("one", kind=Item.PERSON), "/suggestion/names/x/one.json", {"hits": []}),
        (trending(Feed.POPULAR, kind=Item.PERSON), "/chart/starmeter", {"names": [{}]}),
        (terms(Term.GENRES), "/interests", {"categories": [{"interests": [{}]}]}),
    ],
)
async def test_another_shape_is_no_empty_answer(question: Question, path: str, body: Any) -> None:
    with pytest.raises(sdk.ShapeChanged):
        await asked(question, {path: body})


async def test_types_that_tako_has_no_kind_for_are_left_out() -> None:
    page, _ = await asked(search("one"), {"/search/titles": {"titles": [{**FILM, "type": "tvSomethingNew"}]}})
    assert list(page.items) == []


async def test_companies_and_events_cannot_be_asked() -> None:
    with pytest.raises(sdk.Unsupported):
        await asked(lookup("imdb", "co0000001"), {})


# --- where the service fails


async def test_the_search_box_answers_instead() -> None:
    box = {
        "d": [
            {"id": "tt0000001", "l": "One", "qid": "tvSeries", "y": 2014, "yr": "2014-2020"},
            {"id": "tt0000002", "l": "One Game", "qid": "videoGame"},
            {"id": "nm0000003", "l": "One Person", "s": "Actor, One (2014)"},
            {"id": "/gallery/rg1", "l": "One Gallery"},
        ],
        "q": "one",
        "v": 1,
    }
    page, up = await asked(search("One", year=2014), {"/search/titles": DOWN, BOX: box})
    (item,) = page.items
    assert (item.kind, item.title, item.year, item.end_year) == (Item.SERIES, "One", 2014, 2020)
    assert up.requests[-1].url == f"https://v3.sg.media-imdb.com{BOX}"
    assert (up.params, up.partial) == ({"includeVideos": "0"}, True)


async def test_a_text_with_a_slash_stays_one_segment() -> None:
    _, up = await asked(search("9/11?", kind=Item.PERSON), {"/suggestion/names/x/9/11?.json": {"d": [], "q": "9/11?"}})
    assert up.requests[-1].url.endswith("/suggestion/names/x/9%2F11%3F.json")


async def test_people_have_no_values_to_filter_by() -> None:
    box = {"d": [{"id": "nm0000003", "l": "One Person"}, {"id": "tt0000001", "l": "One", "qid": "movie"}], "q": "one"}
    question = search("one", kind=Item.PERSON, year=1999, adult=AdultFilter.ONLY)
    page, _ = await asked(question, {"/suggestion/names/x/one.json": box})
    assert [one.source_id for one in page.items] == ["nm0000003"]


async def test_a_page_answers_instead() -> None:
    item = await sampled(detail("imdb/series/tt9100004"))
    assert (item.title, item.year, item.end_year, item.release_date) == ("Sample Lamp", 2014, 2014, "2014-05-02")
    assert (item.series.type, [one.name for one in item.series.cast]) == ("tvMiniSeries", ["Iris Sample"])


async def test_a_page_without_its_data_is_another_shape() -> None:
    page = Answer("<html><body>Hello</body></html>", headers={"content-type": "text/html"})
    with pytest.raises(sdk.ShapeChanged):
        await asked(detail("imdb/movie/tt0000001"), {"/titles/tt0000001": DOWN, PAGE: page})


@pytest.mark.parametrize(
    ("answer", "error"),
    [(DOWN, sdk.Unreachable), (Answer({"code": 8}, 429), sdk.RateLimited), (Answer(status=403), Blocked)],
)
async def test_where_nothing_answers_the_services_own_error_is_told(
    answer: Answer, error: type[sdk.ProviderError]
) -> None:
    for question, path in ((detail("imdb/movie/tt0000001"), "/titles/tt0000001"), (search("one"), "/search/titles")):
        with pytest.raises(error):
            await asked(question, {path: answer})


async def test_a_wall_before_the_page_is_no_page() -> None:
    wall = Answer(
        "<html><script src='https://x.awswaf.com/challenge.js'></script></html>",
        202,
        {"x-amzn-waf-action": "challenge"},
    )
    with pytest.raises(sdk.Unreachable):
        await asked(detail("imdb/movie/tt0000001"), {"/titles/tt0000001": DOWN, PAGE: wall})


async def test_a_page_that_is_not_whole_is_no_answer() -> None:
    page = '<script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps"</script>'
    with pytest.raises(sdk.ProviderError):
        await asked(detail("imdb/movie/tt0000001"), {"/titles/tt0000001": DOWN, PAGE: page})


async def test_a_length_beyond_all_numbers_costs_no_list() -> None:
    found = {"titles": [{**FILM, "runtimeSeconds": 10**18}, SHOW]}
    page, _ = await asked(search("one"), {"/search/titles": found})
    assert [item.source_id for item in page.items] == ["tt0000001", "tt0000002"]
    assert not page.items[0].movie.HasField("runtime_minutes")
