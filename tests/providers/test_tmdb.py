"""TMDB through its public methods, on bodies written for the project; recorded parts where they are at hand."""

from datetime import date
from typing import Any

import orjson
import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import ReleaseDate
from tako.v1.references_pb2 import CreditRole, OfferType
from tako_providers import sdk
from tako_providers.media.tmdb import Tmdb, parts
from tests.captures import CAPTURES
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, sample_upstream

EMPTY = {"page": 1, "results": [], "total_pages": 1, "total_results": 0}
FILM = {"id": 1, "title": "One", "release_date": "", "overview": "", "vote_average": 0, "vote_count": 0}
SHOW = {"id": 2, "name": "Two"}


async def ask(question: Question, up: sdk.Upstream, tmdb: Tmdb | None = None) -> Any:
    provider = tmdb or Tmdb()
    return await getattr(provider, question.operation)(question.build(provider), up)


async def sample(question: Question) -> Any:
    return await ask(question, sample_upstream(Tmdb()))


def upstream(answers: dict[str, Any]) -> FakeUpstream:
    return FakeUpstream(Tmdb(), {f"/3{path}": answer for path, answer in answers.items()})


def listed(*entries: dict[str, Any], page: int = 1, pages: int = 1, total: int | None = None) -> dict[str, Any]:
    count = len(entries) if total is None else total
    return {"page": page, "results": [*entries], "total_pages": pages, "total_results": count}


# --- the samples


async def test_a_search_of_all_kinds_finds_a_film_a_series_and_a_person() -> None:
    page = await sample(search("sample harbour"))
    assert [(item.kind, item.title) for item in page.items] == [
        (Item.MOVIE, "Sample Harbour"),
        (Item.SERIES, "Sample Harbour Nights"),
        (Item.PERSON, "Mara Sample"),
    ]
    assert page.next == ""


@pytest.mark.parametrize("position", range(3))
async def test_what_search_gives_detail_takes(position: int) -> None:
    found = (await sample(search("sample harbour"))).items[position]
    item = await sample(detail(sdk.make_id("tmdb", found.kind, found.source_id)))
    assert (item.kind, item.source_id, item.title) == (found.kind, found.source_id, found.title)


async def test_pages_end() -> None:
    first = await sample(search("sample harbour", kind=Item.MOVIE))
    last = await sample(search("sample harbour", kind=Item.MOVIE, cursor=first.next))
    assert (first.next, last.next) == ("2", "")
    assert [item.source_id for item in (*first.items, *last.items)] == ["900001", "900004"]
    assert first.total == last.total == 2


async def test_what_upstream_does_not_know_stays_unset() -> None:
    (item,) = (await sample(search("sample harbour", kind=Item.MOVIE, cursor="2"))).items
    assert not item.HasField("rating")
    assert not item.HasField("year")
    assert not item.release_date
    assert not item.images
    assert not item.original_title


async def test_nothing_found_is_an_empty_page() -> None:
    page = await sample(search("no such sample"))
    assert (list(page.items), page.total, page.next) == ([], 0, "")


async def test_a_film_with_all_that_is_appended() -> None:
    item = await sample(detail("tmdb/movie/900001", region="FR"))
    movie = item.movie
    assert (movie.runtime_minutes, item.status, movie.tagline) == (97, WorkStatus.RELEASED, "A sample tagline.")
    assert (movie.box_office.budget.units, movie.box_office.HasField("revenue")) == (1_500_000, False)
    assert [(one.name, one.character) for one in movie.cast] == [("Otto Example", "Harbour pilot")]
    assert [(one.id, one.role) for one in movie.crew] == [
        ("tmdb/person/900003", CreditRole.DIRECTOR),
        ("tmdb/person/900003", CreditRole.WRITER),
    ]
    assert [(one.type, one.country, one.date) for one in movie.releases] == [
        (ReleaseDate.PREMIERE, "GB", "2021-05-01"),
        (ReleaseDate.THEATRICAL, "GB", "2021-05-14"),
    ]
    assert [(one.country, one.rating, list(one.descriptors)) for one in item.age_ratings] == [
        ("GB", "12A", ["Mild peril"])
    ]
    assert [(one.service_name, one.service_id, one.type) for one in movie.watch] == [
        ("Sample Stream", "9001", OfferType.SUBSCRIPTION)
    ]
    assert {one.scheme: one.value for one in item.external_ids} == {
        "tmdb": "900001",
        "imdb": "tt9000010",
        "wikidata": "Q99999901",
    }
    assert [(one.text, one.country, one.language) for one in item.alternative_titles] == [
        ("The Sample Harbour", "IE", ""),
        ("Port exemple", "", "fr"),
    ]
    assert [one.name for one in movie.recommendations] == ["Sample Lighthouse"]
    assert movie.collection.id == "tmdb/collection/900010"
    assert movie.videos[0].url == "https://www.youtube.com/watch?v=sampletrailer"
    assert [image.role for image in item.images].count(Image.PRIMARY) == 1


async def test_a_series_has_an_end_and_summed_up_credits() -> None:
    item = await sample(detail("tmdb/series/900002"))
    assert (item.end_date, item.end_year, list(item.tags)) == ("2019-10-10", 2019, ["sample keyword"])
    assert [(one.character, one.count) for one in item.series.cast] == [("Night watchman", 2)]
    assert [(one.job, one.count) for one in item.series.crew] == [("Director", 1), ("Writer", 2)]
    assert [one.rating for one in item.age_ratings] == ["12"]


async def test_a_series_that_goes_on_has_no_end() -> None:
    body = {**SHOW, "status": "Returning Series", "last_air_date": "2026-01-01", "seasons": []}
    item = await ask(detail("tmdb/series/2"), upstream({"/tv/2": body}))
    assert item.status == WorkStatus.ONGOING
    assert not item.end_date
    assert not item.HasField("end_year")


async def test_seasons_and_episodes_name_their_series() -> None:
    season = await sample(detail("tmdb/season/900002/1"))
    episode = await sample(detail("tmdb/episode/900002/1/1"))
    assert (season.season.series.name, season.season.episode_count) == ("Sample Harbour Nights", 2)
    assert (episode.episode.series.id, episode.episode.season.name) == ("tmdb/series/900002", "Season 1")
    assert [(one.name, one.role) for one in episode.episode.guests] == [("Ines Specimen", CreditRole.GUEST)]
    pages = await sample(related("tmdb/series/900002", Relation.EPISODES))
    assert [item.title for item in pages.items] == ["Sample Flood", "Sample Ebb"]
    assert pages.next == ""


async def test_the_films_that_a_person_directed_come_newest_first() -> None:
    page = await sample(related("tmdb/person/900003", Relation.WORKS, role="director", kind=Item.MOVIE))
    assert [item.source_id for item in page.items] == ["900001", "900004"]
    assert {item.context.role for item in page.items} == {"Director"}
    everything = await sample(related("tmdb/person/900003", Relation.WORKS))
    assert [item.context.character for item in everything.items if item.kind == Item.SERIES] == ["Herself"]
    person = await sample(detail("tmdb/person/900003"))
    assert (person.person.work_count, person.person.birth_date) == (3, "1980-02-29")
    assert [other.type for other in person.alternative_titles] == [AlternativeTitle.ALIAS]


async def test_films_of_a_saga_are_sorted_and_the_undated_last() -> None:
    page = await sample(related("tmdb/collection/900010", Relation.MEMBERS))
    assert [item.source_id for item in page.items] == ["900001", "900004"]


async def test_where_to_watch() -> None:
    page = await sample(related("tmdb/movie/900001", Relation.STORES, region="gb"))
    assert [(item.title, item.offer.country, item.offer.type) for item in page.items] == [
        ("Sample Rentals", "GB", OfferType.BUY)
    ]
    assert len((await sample(related("tmdb/movie/900001", Relation.STORES))).items) == 3


async def test_feeds_vocabulary_and_look_up_of_the_samples() -> None:
    assert [item.title for item in (await sample(trending(Feed.POPULAR))).items] == [
        "Sample Harbour",
        "Sample Lighthouse",
    ]
    assert [item.kind for item in (await sample(trending(Feed.TRENDING))).items] == [Item.SERIES, Item.MOVIE]
    page = await sample(terms(Term.GENRES))
    assert {term.name: list(term.kinds) for term in page.terms} == {
        "Drama": [],
        "Mystery": [Item.MOVIE],
        "Action & Adventure": [Item.SERIES],
    }
    assert [item.source_id for item in (await sample(lookup("imdb", "tt9000010"))).items] == ["900001"]
    with pytest.raises(sdk.NotFound):
        await sample(detail("tmdb/movie/900404"))


# --- what is asked


async def test_a_key_goes_in_the_query_and_a_token_in_a_header() -> None:
    request, tmdb = sdk.Request("GET", "https://api.themoviedb.org/3/movie/1"), Tmdb()
    assert tmdb.authorize(request, {"TMDB_API_KEY": "0" * 32}).params == (("api_key", "0" * 32),)
    signed = tmdb.authorize(request, {"TMDB_API_KEY": "eyJhbGciOi.x.y"})
    assert (signed.params, signed.headers) == ((), {"authorization": "Bearer eyJhbGciOi.x.y"})


async def test_a_year_is_asked_by_kind_and_what_cannot_be_honoured_is_named() -> None:
    up = upstream({f"/search/{sort}": EMPTY for sort in ("movie", "tv", "multi", "person")})
    page = await ask(search("x", kind=Item.MOVIE, year=1999, countries=["FR"], genres=["Drama"], region="de"), up)
    assert (up.params["primary_release_year"], up.params["region"]) == ("1999", "DE")
    assert page.ignored == ("countries", "genres")
    page = await ask(search("x", kind=Item.SERIES, year=1999, region="FR"), up)
    assert (up.params["first_air_date_year"], page.ignored) == ("1999", ("region",))
    page = await ask(search("x", year=1999, order_by=Order.RATING, director="D"), up)
    assert page.ignored == ("director", "order_by")
    assert "year" not in up.params
    page = await ask(search("x", kind=Item.PERSON, year=1999), up)
    assert page.ignored == ("year",)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ["1", "2", "3", "5", "6"]),
        ({"year": 1999}, ["1"]),
        ({"year_from": 1999}, ["1", "2"]),
        ({"year_to": 1999}, ["1", "3"]),
        ({"genres": ["18", "80"]}, ["1"]),
        ({"genres": ["18"]}, ["1", "2"]),
        ({"min_rating": 6.5}, ["1", "2"]),
        ({"max_rating": 6.5}, ["2", "3", "5"]),
        ({"min_votes": 10}, ["1"]),
        ({"max_votes": 10}, ["1", "2", "3", "5"]),
        ({"original_language": "yue"}, ["3"]),
        ({"adult": AdultFilter.ONLY}, ["4"]),
    ],
)
async def test_filters_that_a_search_lacks_are_met_by_its_page(wanted: dict[str, Any], ids: list[str]) -> None:
    film, show = {"media_type": "movie", "title": "One", "adult": False}, {"media_type": "tv", "name": "Two"}
    entries = (
        {**film, "id": 1, "release_date": "1999-12-31", "genre_ids": [18, 80], "vote_average": 8, "vote_count": 10},
        {**show, "id": 2, "first_air_date": "2001-01-01", "genre_ids": [18], "vote_average": 6.5, "vote_count": 3},
        {**film, "id": 3, "release_date": "1950-01-01", "original_language": "cn", "vote_average": 2, "vote_count": 1},
        {**film, "id": 4, "adult": True},
        {**film, "id": 5, "release_date": "", "vote_average": 0, "vote_count": 0},
        {"id": 6, "name": "Six", "media_type": "person"},
    )
    page = await ask(search("x", **wanted), upstream({"/search/multi": listed(*entries, pages=3, total=60)}))
    assert [item.source_id for item in page.items] == ids
    assert (page.total, page.total_is_estimate, page.next, page.ignored) == (60, True, "2", ())


async def test_countries_are_met_by_a_page_of_series() -> None:
    entries = ({**SHOW, "origin_country": ["US", "FR"]}, {**SHOW, "id": 3, "origin_country": ["DE"]})
    page = await ask(search("x", kind=Item.SERIES, countries=["fr"]), upstream({"/search/tv": listed(*entries)}))
    assert ([item.source_id for item in page.items], page.ignored) == (["2"], ())


async def test_a_page_of_which_nothing_fits_is_empty_and_goes_on() -> None:
    up = upstream({"/search/multi": listed({**FILM, "media_type": "movie"}, pages=2, total=21)})
    page = await ask(search("x", year=1999), up)
    assert (list(page.items), page.next) == ([], "2")
    with pytest.raises(sdk.ShapeChanged):
        await ask(search("x", year=1999), upstream({"/search/multi": listed({"label": "One"})}))


async def test_without_a_text_filters_are_discovered() -> None:
    up = upstream({"/discover/movie": EMPTY, "/discover/tv": EMPTY})
    asked = search(
        kind=Item.MOVIE,
        year_from=1990,
        year_to=1999,
        genres=["18", "80"],
        countries=["fr", "be"],
        original_language="yue-HK",
        min_rating=7.5,
        max_votes=900,
        watch_service="8",
        region="fr",
        person="tmdb/person/62",
        order_by=Order.RELEASE_DATE,
        descending=False,
    )
    page = await ask(asked, up)
    sent = {name: value for name, value in up.params.items() if name not in ("page", "include_adult")}
    assert sent == {
        "primary_release_date.gte": "1990-01-01",
        "primary_release_date.lte": "1999-12-31",
        "with_genres": "18,80",
        "with_origin_country": "FR|BE",
        "with_original_language": "cn",
        "vote_average.gte": "7.5",
        "vote_count.lte": "900",
        "with_watch_providers": "8",
        "watch_region": "FR",
        "with_people": "62",
        "sort_by": "primary_release_date.asc",
    }
    assert page.ignored == ()


async def test_films_and_series_are_discovered_in_turn() -> None:
    up = upstream(
        {
            "/discover/movie": listed(FILM, {**FILM, "id": 3}, pages=2, total=22),
            "/discover/tv": listed(SHOW),
        }
    )
    page = await ask(search(year=2020), up)
    assert [(item.kind, item.source_id) for item in page.items] == [
        (Item.MOVIE, "1"),
        (Item.SERIES, "2"),
        (Item.MOVIE, "3"),
    ]
    assert (page.total, page.next) == (23, "2")


async def test_filters_that_discover_lacks_never_give_an_unfiltered_list() -> None:
    up = upstream({"/discover/movie": EMPTY, "/discover/tv": EMPTY})
    page = await ask(search(kind=Item.SERIES, year=2020, watch_service="8"), up)
    assert page.ignored == ("watch_service",)
    page = await ask(search(genres=["18"], region="FR", person="tmdb/person/62"), up)
    assert page.ignored == ("person", "region")
    for question in (
        search(kind=Item.SERIES, person="tmdb/person/62"),
        search(kind=Item.MOVIE, person="imdb/person/nm0000246"),
        search(kind=Item.PERSON, year=1980),
        search(kind=Item.PERSON, genres=["Drama"]),
        search(director="Somebody"),
    ):
        with pytest.raises(sdk.Unsupported):
            await ask(question, up)
    with pytest.raises(sdk.InvalidField) as refused:
        await ask(search(genres=["Drama"]), up)
    assert refused.value.field == "genres"


async def test_a_search_that_upstream_refuses_is_a_bad_field() -> None:
    for answer, field in (
        (Answer({"success": False, "status_code": 22}, status=400), "page_token"),
        (Answer({"success": False, "status_code": 5}, status=422), "query"),
        (Answer({"errors": ["no such thing"]}, status=422), "query"),
    ):
        up = upstream({"/discover/movie": answer, "/search/multi": answer})
        for question in (search(kind=Item.MOVIE, year=2020), search("x", cursor="500")):
            with pytest.raises(sdk.InvalidField) as refused:
                await ask(question, up)
            assert refused.value.field == field


async def test_series_to_come_begin_today() -> None:
    up = upstream({"/discover/tv": EMPTY, "/movie/upcoming": EMPTY})
    tmdb = Tmdb(today=lambda: date(2031, 2, 3))
    page = await ask(trending(Feed.UPCOMING, kind=Item.SERIES, region="FR"), up, tmdb)
    assert (up.params["first_air_date.gte"], page.ignored) == ("2031-02-03", ("region",))
    await ask(trending(Feed.UPCOMING, kind=Item.MOVIE, region="fr"), up, tmdb)
    assert up.params["region"] == "FR"


async def test_trending_takes_a_period_and_any_kind() -> None:
    up = upstream({"/trending/all/day": EMPTY, "/trending/person/week": EMPTY})
    await ask(trending(Feed.TRENDING), up)
    await ask(trending(Feed.TRENDING, kind=Item.PERSON, period=Period.WEEK), up)
    assert up.paths == ["/3/trending/all/day", "/3/trending/person/week"]


@pytest.mark.parametrize(
    ("wanted", "sent"), [("fr", "fr"), ("pt_br", "pt-BR"), ("zh-Hant", "zh-TW"), ("zh-Hant-HK", "zh-HK")]
)
async def test_language_as_upstream_takes_it(wanted: str, sent: str) -> None:
    up = upstream({"/movie/1": {**FILM, "overview": "words"}})
    item = await ask(detail("tmdb/movie/1", language=wanted), up)
    assert up.params["language"] == item.language == sent
    assert up.params["include_image_language"] == f"{sent[:2]},en,null"


# --- what comes back


async def test_without_a_text_in_the_language_the_english_one_is_given_and_named() -> None:
    english = {"iso_639_1": "en", "iso_3166_1": "US", "data": {"title": "Village", "overview": "English words."}}
    french = {"iso_639_1": "fr", "iso_3166_1": "FR", "data": {"title": "", "overview": ""}}
    body = {
        **FILM,
        "title": "หมู่บ้าน",
        "original_title": "หมู่บ้าน",
        "original_language": "th",
        "translations": {"translations": [french, english]},
    }
    item = await ask(detail("tmdb/movie/1", language="fr"), upstream({"/movie/1": body}))
    assert (item.title, item.original_title) == ("Village", "หมู่บ้าน")
    assert (item.description, item.language) == ("English words.", "en")


async def test_items_for_adults_are_left_out_unless_wanted() -> None:
    entries = listed({**FILM, "adult": False}, {**FILM, "id": 3, "adult": True}, {**FILM, "id": 4, "softcore": True})
    up = upstream({"/movie/popular": entries, "/search/movie": entries})
    page = await ask(trending(Feed.POPULAR), up)
    assert [item.source_id for item in page.items] == ["1"]
    assert page.total_is_estimate
    page = await ask(trending(Feed.POPULAR, adult=AdultFilter.ONLY), up)
    assert ([item.source_id for item in page.items], page.ignored) == (["3", "4"], ())
    page = await ask(search("x", kind=Item.MOVIE, adult=AdultFilter.INCLUDE), up)
    assert [item.source_id for item in page.items] == ["1", "3", "4"]
    assert up.params["include_adult"] == "true"


async def test_pages_end_at_the_five_hundredth() -> None:
    up = upstream({"/movie/popular": listed(FILM, page=499, pages=57004, total=1140066)})
    assert (await ask(trending(Feed.POPULAR, cursor="499"), up)).next == "500"
    assert (await ask(trending(Feed.POPULAR, cursor="500"), up)).next == ""


async def test_genres_of_a_list_cost_a_request_only_when_asked_for() -> None:
    answers = {
        "/search/movie": listed({**FILM, "genre_ids": [18, 99]}),
        "/genre/movie/list": {"genres": [{"id": 18, "name": "Drame"}]},
    }
    up = upstream(answers)
    page = await ask(search("x", kind=Item.MOVIE), up)
    assert (len(up.requests), list(page.items[0].genres)) == (1, [])
    page = await ask(search("x", kind=Item.MOVIE, language="fr", enrich=True), up)
    assert (len(up.requests), list(page.items[0].genres)) == (3, ["Drame"])
    up = upstream({"/search/movie": answers["/search/movie"]})
    page = await ask(search("x", kind=Item.MOVIE, enrich=True), up)
    assert (list(page.items[0].genres), up.partial) == ([], True)


async def test_a_season_without_its_series_is_partial() -> None:
    names = ("aggregate_credits", "videos", "images", "external_ids", "translations")
    appended: dict[str, Any] = {name: {} for name in names}
    body = {"id": 9, "name": "Season 4", "season_number": 4, "air_date": None, "episodes": [], **appended}
    up = upstream({"/tv/2/season/4": body})
    item = await ask(detail("tmdb/season/2/4"), up)
    assert (item.season.series.id, item.season.series.name, up.partial) == ("tmdb/series/2", "", True)
    assert not item.season.HasField("episode_count")


async def test_the_episodes_of_a_series_end_with_the_specials() -> None:
    numbered = [{"season_number": number, "name": f"Season {number}"} for number in (0, 2, 3)]
    one = {"id": 7, "episode_number": 1, "season_number": 2, "name": "First"}
    up = upstream(
        {
            "/tv/2": {**SHOW, "seasons": numbered, "season/3": {"name": "Season 3", "episodes": []}},
            "/tv/2/season/2": {"name": "Season 2", "episodes": [one]},
            "/tv/2/season/0": {"name": "Specials", "episodes": []},
        }
    )
    cursors, cursor = [], ""
    while True:
        page = await ask(related("tmdb/series/2", Relation.EPISODES, cursor=cursor), up)
        cursors.append(cursor)
        if not (cursor := page.next):
            break
    assert cursors == ["", "3", "0"]
    only = await ask(related("tmdb/series/2", Relation.EPISODES, season="2"), up)
    assert ([item.source_id for item in only.items], only.next) == (["2/2/1"], "")
    for season in ("7", "Specials"):
        with pytest.raises(sdk.NotFound):
            await ask(related("tmdb/series/2", Relation.EPISODES, season=season), up)


async def test_cast_and_crew_are_people_with_what_they_did() -> None:
    body = {
        "cast": [
            {"id": 5, "name": "Ann", "roles": [{"character": "A", "episode_count": 2}, {"character": "B (voice)"}]}
        ],
        "crew": [{"id": 6, "name": "Bo", "department": "Directing", "jobs": [{"job": "Director"}, {"job": "Thanks"}]}],
    }
    up = upstream({"/tv/2/aggregate_credits": body})
    cast = await ask(related("tmdb/series/2", Relation.CAST), up)
    assert [(one.title, one.context.character, one.context.count) for one in cast.items] == [
        ("Ann", "A", 2),
        ("Ann", "B (voice)", 0),
    ]
    crew = await ask(related("tmdb/series/2", Relation.CREW, role="director"), up)
    assert [(one.title, one.context.role, one.context.label) for one in crew.items] == [("Bo", "Director", "Directing")]
    assert not up.partial


async def test_without_summed_up_credits_the_plain_ones_are_given() -> None:
    gone = Answer({"success": False, "status_code": 34}, status=404)
    plain = {"cast": [{"id": 5, "name": "Ann", "character": "A"}], "crew": []}
    up = upstream({"/tv/2/aggregate_credits": gone, "/tv/2/credits": plain})
    page = await ask(related("tmdb/series/2", Relation.CAST), up)
    assert ([(one.title, one.context.character) for one in page.items], up.partial) == ([("Ann", "A")], True)
    with pytest.raises(sdk.NotFound):
        await ask(
            related("tmdb/series/2", Relation.CREW), upstream({"/tv/2/aggregate_credits": gone, "/tv/2/credits": gone})
        )


async def test_parts_that_were_not_appended_are_asked_for() -> None:
    up = upstream(
        {
            "/tv/2": {**SHOW, "keywords": {"results": [{"name": "sea"}]}},
            "/tv/2/credits": {"cast": [{"id": 5, "name": "Ann"}], "crew": []},
            "/tv/2/content_ratings": {"results": [{"iso_3166_1": "US", "rating": "TV-MA"}]},
            "/tv/2/similar": listed({"id": 3, "name": "Three"}),
        }
    )
    item = await ask(detail("tmdb/series/2", language="fr"), up)
    assert (item.title, [one.name for one in item.series.cast], list(item.tags)) == ("Two", ["Ann"], ["sea"])
    assert [one.rating for one in item.age_ratings] == ["TV-MA"]
    assert [one.id for one in item.series.similar] == ["tmdb/series/3"]
    assert up.partial
    assert {dict(request.params)["language"] for request in up.requests} == {"fr"}
    assert "/3/tv/2/keywords" not in up.paths


async def test_a_live_detail_is_one_request() -> None:
    names = "credits videos keywords recommendations similar external_ids release_dates images watch/providers"
    body = {**FILM, **{name: {} for name in (*names.split(), "translations", "alternative_titles")}}
    up = upstream({"/movie/1": body})
    assert (await ask(detail("tmdb/movie/1"), up)).title == "One"
    assert (up.paths, up.partial) == (["/3/movie/1"], False)


@pytest.mark.parametrize("name", ["", None])
async def test_seasons_and_episodes_without_a_name_have_their_number(name: Any) -> None:
    english = {"translations": [{"iso_639_1": "en", "data": {"name": "The Sea"}}]}
    episode = {"id": 7, "show_id": 2, "episode_number": 3, "season_number": 1, "name": name}
    season = {"id": 8, "show_id": 2, "season_number": 1, "name": name, "episodes": [episode]}
    specials = {"season_number": 0, "name": name}
    up = upstream(
        {
            "/tv/2": {**SHOW, "seasons": [specials, season]},
            "/tv/2/season/1": season,
            "/tv/2/season/1/episode/3": {**episode, "translations": english},
            "/find/5": {"tv_episode_results": [episode], "tv_season_results": [season]},
        }
    )
    assert (await ask(detail("tmdb/season/2/1"), up)).title == "Season 1"
    assert (await ask(detail("tmdb/episode/2/1/3", language="fr"), up)).title == "The Sea"
    for question, titles in (
        (related("tmdb/series/2", Relation.SEASONS), ["Specials", "Season 1"]),
        (related("tmdb/season/2/1", Relation.EPISODES), ["Episode 3"]),
        (lookup("tvdb", "5"), ["Season 1", "Episode 3"]),
    ):
        assert [item.title for item in (await ask(question, up)).items] == titles


async def test_a_saga_counts_all_its_films() -> None:
    body = {"id": 9, "name": "Saga", "parts": [{"id": 1, "name": "One"}, {"id": 3, "title": "Three"}, {"id": 4}]}
    item = await ask(detail("tmdb/collection/9"), upstream({"/collection/9": body}))
    assert ([one.name for one in item.collection.members], item.collection.member_count) == (["One", "Three"], 3)


async def test_pictures_have_thumbnails_in_a_size_of_their_sort() -> None:
    images = {sort: [{"file_path": f"/{sort}.jpg"}] for sort in ("backdrops", "posters")}
    images["logos"] = [{"file_path": "/logos.svg"}]
    up = upstream({"/movie/1": {**FILM, "images": images}, "/movie/1/images": images})
    item = await ask(detail("tmdb/movie/1"), up)
    listed_ones = [one.images[0] for one in (await ask(related("tmdb/movie/1", Relation.IMAGES), up)).items]
    for found in (item.images, listed_ones):
        assert {image.thumbnail_url.removeprefix(parts.PICTURES) for image in found} == {
            "w300/backdrops.jpg",
            "w185/posters.jpg",
            "original/logos.svg",
        }


async def test_pictures_are_items_with_their_sort() -> None:
    picture = {"file_path": "/a.jpg", "width": 1000, "height": 1500, "iso_639_1": "fr"}
    up = upstream({"/movie/1/images": {"id": 1, "posters": [picture], "backdrops": [{"file_path": None}]}})
    (item,) = (await ask(related("tmdb/movie/1", Relation.IMAGES), up)).items
    assert (item.source_id, item.context.label, item.images[0].language) == ("a.jpg", "poster", "fr")
    assert (item.images[0].width, item.images[0].height) == (1000, 1500)


async def test_services_that_the_filter_takes() -> None:
    service = {"provider_id": 8, "provider_name": "Stream", "logo_path": "/s.jpg"}
    up = upstream({"/watch/providers/movie": listed(service), "/watch/providers/tv": listed(service)})
    page = await ask(terms(Term.WATCH_SERVICES, region="fr"), up)
    assert [(term.id, term.name, list(term.kinds)) for term in page.terms] == [("8", "Stream", [])]
    assert up.params["watch_region"] == "FR"


async def test_a_number_may_be_one_of_each_kind() -> None:
    gone = Answer({"success": False, "status_code": 34, "status_message": "gone"}, status=404)
    up = upstream({"/movie/2": gone, "/tv/2": SHOW, "/person/2": {"id": 2, "name": "Pat"}, "/collection/2": gone})
    page = await ask(lookup("tmdb", "2"), up)
    assert [(item.kind, item.title) for item in page.items] == [(Item.SERIES, "Two"), (Item.PERSON, "Pat")]
    assert not up.partial


async def test_a_kind_that_fails_leaves_what_others_found() -> None:
    down = Answer("oops", status=503)
    up = upstream({"/movie/2": down, "/tv/2": SHOW, "/person/2": [], "/collection/2": down})
    page = await ask(lookup("tmdb", "2"), up)
    assert ([item.title for item in page.items], up.partial) == (["Two"], True)
    refused = Answer({"status_code": 7, "success": False}, status=401)
    with pytest.raises(sdk.NotConfigured):
        await ask(lookup("tmdb", "2"), upstream({f"/{word}/2": refused for word in ("movie", "tv", "person")}))


async def test_a_code_that_upstream_does_not_know_finds_nothing() -> None:
    gone = Answer({"success": False, "status_code": 34}, status=404)
    assert not (await ask(lookup("imdb", "tt1"), upstream({"/find/tt1": gone}))).items
    up = upstream({"/find/tt1": {"movie_results": [FILM], "tv_results": []}})
    assert [item.source_id for item in (await ask(lookup("imdb", "tt1"), up)).items] == ["1"]


# --- errors


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"status_code": 7, "success": False}, status=401), sdk.NotConfigured),
        (Answer({"errors": ["query must be provided"]}, status=422), sdk.InvalidField),
        (Answer({"success": False, "status_code": 22}, status=400), sdk.InvalidField),
        (Answer({"success": False, "status_code": 34}, status=404), sdk.NotFound),
        (Answer({"status_code": 25}, status=429, headers={"retry-after": "3"}), sdk.RateLimited),
        (Answer("oops", status=503), sdk.Unreachable),
        (Answer('{"page": 1, "resul'), sdk.ShapeChanged),
        (Answer("<html><body>hello</body></html>"), sdk.ShapeChanged),
        ({"success": False, "status_code": 11}, sdk.ShapeChanged),
        ([], sdk.ShapeChanged),
        ({"results": {}}, sdk.ShapeChanged),
        ({"results": [], "page": 1}, sdk.ShapeChanged),
        (listed({"key": 1, "label": "One"}), sdk.ShapeChanged),
    ],
)
async def test_what_is_no_list_is_an_error(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await ask(search("x", kind=Item.MOVIE), upstream({"/search/movie": answer}))


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (detail("tmdb/movie/1"), "/movie/1"),
        (detail("tmdb/series/1"), "/tv/1"),
        (detail("tmdb/season/1/1"), "/tv/1/season/1"),
        (detail("tmdb/collection/1"), "/collection/1"),
        (detail("tmdb/person/1"), "/person/1"),
        (related("tmdb/movie/1", Relation.CAST), "/movie/1/credits"),
        (related("tmdb/movie/1", Relation.VIDEOS), "/movie/1/videos"),
        (related("tmdb/movie/1", Relation.IMAGES), "/movie/1/images"),
        (related("tmdb/movie/1", Relation.STORES), "/movie/1/watch/providers"),
        (related("tmdb/series/1", Relation.SEASONS), "/tv/1"),
        (related("tmdb/person/1", Relation.WORKS), "/person/1"),
        (lookup("imdb", "tt1"), "/find/tt1"),
        (terms(Term.GENRES, kind=Item.MOVIE), "/genre/movie/list"),
    ],
)
async def test_what_is_no_answer_is_an_error(question: Question, path: str) -> None:
    bodies: list[Any] = [{}, [], {"success": True}]
    for body in bodies:
        with pytest.raises(sdk.ShapeChanged):
            await ask(question, upstream({path: body}))


@pytest.mark.parametrize("item_id", ["movie/603/lists", "movie/x", "season/1", "series/tt1", "person/1-2"])
async def test_ids_that_upstream_cannot_have_given(item_id: str) -> None:
    up = upstream({})
    with pytest.raises(sdk.NotFound):
        await ask(detail(f"tmdb/{item_id}"), up)
    assert not up.requests


@pytest.mark.parametrize("odd", [None, [], {}, "", "?", False])
async def test_odd_values_leave_fields_unset(odd: Any) -> None:
    names = (
        *("overview", "release_date", "poster_path", "backdrop_path", "vote_average", "vote_count", "popularity"),
        *("runtime", "genres", "credits", "images", "videos", "release_dates", "watch/providers", "translations"),
        *("belongs_to_collection", "production_companies", "spoken_languages", "origin_country", "homepage"),
        *("external_ids", "keywords", "recommendations", "status", "tagline", "budget", "alternative_titles"),
    )
    body = {"id": 1, "title": "One", **dict.fromkeys(names, odd)}
    item = await ask(detail("tmdb/movie/1"), upstream({"/movie/1": body}))
    assert item.title == "One"
    assert not item.images
    assert not item.release_date
    assert not item.HasField("rating")
    assert not item.movie.cast


# --- what was recorded alone


def recorded(name: str) -> Any:
    assert CAPTURES is not None
    return orjson.loads((CAPTURES / "tmdb" / f"{name}.body.json").read_bytes())


@pytest.mark.captures
async def test_recorded_ids_of_other_services() -> None:
    film = {**FILM, "id": 335984, "external_ids": recorded("detail-movie-335984-external-ids")}
    show = {**SHOW, "id": 1399, "external_ids": recorded("detail-tv-1399-external-ids")}
    up = upstream({"/movie/335984": film, "/tv/1399": show})
    item = await ask(detail("tmdb/movie/335984"), up)
    assert {one.scheme: one.value for one in item.external_ids} == {
        "tmdb": "335984",
        "imdb": "tt1856101",
        "wikidata": "Q21500755",
        "facebook": "bladerunner2049",
        "instagram": "bladerunnermovie",
        "twitter": "bladerunner",
    }
    item = await ask(detail("tmdb/series/1399"), up)
    assert {"imdb": "tt0944947", "tvdb": "121361", "wikidata": "Q23572"}.items() <= {
        one.scheme: one.value for one in item.external_ids
    }.items()


@pytest.mark.captures
async def test_recorded_configuration_has_the_sizes_that_are_used() -> None:
    images = recorded("lookup-configuration")["images"]
    assert images["secure_base_url"] == parts.PICTURES
    assert {"w185", "w500", "original"} <= set(images["poster_sizes"])
    assert {"w300", "w1280", "original"} <= set(images["backdrop_sizes"])
    assert {"w185", "h632"} <= set(images["profile_sizes"])
    assert {"w185", "w300", "original"} <= set(images["still_sizes"])
    assert {"w92", "w185"} <= set(images["logo_sizes"])


@pytest.mark.captures
async def test_recorded_search_without_a_text() -> None:
    body = recorded("error-search-no-query-422")
    with pytest.raises(sdk.InvalidField) as refused:
        await ask(search("x", kind=Item.MOVIE), upstream({"/search/movie": Answer(body, status=422)}))
    assert refused.value.field == "query"
