"""Facts about IMDb's captures."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_media_pb2 import Movie
from tako.v1.item_parts_pb2 import Image, Link, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import NotFound, Page, ProviderError, RateLimited
from tests.conformance.cases import Facts, detail, lookup, related, search, trending

facts = Facts("imdb", walk="sample lantern", nothing="no such sample")


def ids(page: Page) -> list[str]:
    return [item.source_id for item in page.items]


@facts("detail-title-tt0114709", detail("imdb/movie/tt0114709"), also=["detail-boxoffice-tt0114709"])
def toy_story(item: Item) -> None:
    assert (item.id, item.kind, item.title) == ("imdb/movie/tt0114709", Item.MOVIE, "Toy Story")
    assert (item.original_title, item.year, item.release_date) == ("", 1995, "")
    assert not item.HasField("end_year")
    assert not item.HasField("adult")
    assert item.description == "A cowboy doll is profoundly jealous..."
    assert item.language == "en"
    assert (item.rating.value, item.rating.scale, item.rating.votes) == (8.3, 10, 1146830)
    (critics,) = item.ratings
    assert (critics.value, critics.scale, critics.votes, critics.source) == (96, 100, 26, Rating.CRITICS)
    assert list(item.genres) == ["Animation", "Adventure", "Comedy", "Family", "Fantasy"]
    assert list(item.tags) == ["Computer Animation"]
    assert (list(item.countries), list(item.languages)) == (["US"], ["en"])
    assert [(one.role, one.width, one.height) for one in item.images] == [(Image.PRIMARY, 1005, 1500)]
    assert [(one.role, one.url) for one in item.links] == [(Link.SOURCE, "https://www.imdb.com/title/tt0114709/")]
    assert [(one.scheme, one.value) for one in item.external_ids] == [("imdb", "tt0114709")]
    film = item.movie
    assert (film.format, film.runtime_minutes) == (Movie.FILM, 81)
    assert list(film.subgenres) == ["Urban Adventure", "Buddy Comedy", "Supernatural Fantasy"]
    assert [(one.name, one.id, one.role) for one in film.cast] == [
        ("Tom Hanks", "imdb/person/nm0000158", CreditRole.ACTOR)
    ]
    assert [(one.name, one.role, one.job) for one in film.crew] == [
        ("John Lasseter", CreditRole.DIRECTOR, "director"),
        ("John Lasseter", CreditRole.WRITER, "writer"),
        ("Pete Docter", CreditRole.WRITER, "writer"),
        ("Andrew Stanton", CreditRole.WRITER, "writer"),
    ]


@facts("detail-boxoffice-tt0114709", detail("imdb/movie/tt0114709"), also=["detail-title-tt0114709"])
def box_office_of_toy_story(item: Item) -> None:
    money = item.movie.box_office
    assert {one.currency_code for one in (money.budget, money.revenue, money.domestic, money.opening)} == {"USD"}
    assert (money.budget.units, money.revenue.units) == (30_000_000, 401_157_969)
    assert (money.domestic.units, money.opening.units) == (229_947_062, 29_140_617)


@facts("detail-page-tt0114814", detail("imdb/movie/tt0114814"))
def a_page_where_the_api_fails(item: Item) -> None:
    assert (item.id, item.title, item.original_title) == ("imdb/movie/tt0114814", "The Usual Suspects", "")
    assert (item.year, item.release_date) == (1995, "1995-08-16")
    assert item.description.startswith("A sole survivor tells of the twisty events")
    assert (item.rating.value, item.rating.votes) == (8.5, 1078970)
    assert list(item.genres) == ["Crime", "Drama", "Mystery", "Thriller"]
    assert [one.rating for one in item.age_ratings] == ["R"]
    assert (item.engagement.popularity_rank, list(item.countries)) == (474, ["US"])
    assert [(one.role, one.width, one.height) for one in item.images] == [(Image.PRIMARY, 1150, 1715)]
    assert (item.movie.format, item.movie.runtime_minutes) == (Movie.FILM, 106)
    assert [one.name for one in item.movie.cast] == ["Kevin Spacey", "Gabriel Byrne", "Chazz Palminteri"]
    assert [(one.name, one.id, one.role) for one in item.movie.crew] == [
        ("Bryan Singer", "imdb/person/nm0001741", CreditRole.DIRECTOR),
        ("Christopher McQuarrie", "imdb/person/nm0003160", CreditRole.WRITER),
    ]
    assert [one.name for one in item.movie.studios] == [
        "PolyGram Filmed Entertainment",
        "Spelling Films International",
        "Blue Parrot",
    ]


@facts("search-suggest-saw", search("saw"))
def the_search_box_where_the_api_fails(page: Page) -> None:
    assert ids(page) == [
        "tt0387564",
        "tt0072271",
        "tt0432348",
        "tt0489270",
        "tt1477076",
        "tt1588170",
        "tt0890870",
        "tt1233227",
    ]
    first = page.items[0]
    assert (first.kind, first.title, first.year) == (Item.MOVIE, "Saw", 2004)
    assert (first.engagement.popularity_rank, first.movie.format) == (630, Movie.FILM)
    assert [one.name for one in first.movie.cast] == ["Cary Elwes", "Leigh Whannell"]
    assert (first.images[0].width, first.images[0].height) == (640, 947)
    assert not first.HasField("rating")
    assert (page.total, page.next, page.ignored) == (None, "", ())


@facts("search-suggest-saw", search("saw", year=2004, min_rating=7.0))
def the_search_box_tells_only_years(page: Page) -> None:
    assert ids(page) == ["tt0387564"]
    assert page.ignored == ("min_rating",)


@facts("search-suggest-no-hit", search("sdfgsdfgsdfgsdfg"))
def nothing_in_the_search_box(page: Page) -> None:
    assert (ids(page), page.next) == ([], "")


@facts("search-suggest-tt0234215", lookup("imdb", "tt0234215"))
def a_number_in_the_search_box(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title, item.year) == ("imdb/movie/tt0234215", "The Matrix Reloaded", 2003)
    assert [one.name for one in item.movie.cast] == ["Keanu Reeves", "Laurence Fishburne"]


@facts("synthetic-detail-credits-tt9900001", related("imdb/movie/tt9900001", Relation.CREW))
def a_crew(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title, item.context.role) == ("imdb/person/nm9900002", "Bob Example", "director")
    assert list(item.person.professions) == ["director"]
    assert (page.total, page.total_is_estimate) == (2, True)


@facts("synthetic-detail-credits-tt9900001", related("imdb/movie/tt9900001", Relation.CAST))
def a_cast(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("imdb/person/nm9900001", "Ada Example")
    assert (item.context.role, item.context.character) == ("actress", "Captain Sample")


@facts("synthetic-detail-episodes-tt9900002-s1", related("imdb/season/tt9900002/1", Relation.EPISODES))
def episodes_of_a_season(page: Page) -> None:
    first, second = page.items
    assert (first.id, first.title, first.release_date) == ("imdb/episode/tt9900011", "Pilot", "2015-03-02")
    assert (first.rating.value, first.rating.votes, first.description) == (7.7, 120, "First.")
    assert (first.episode.season_number, first.episode.episode_number, first.episode.runtime_minutes) == (1, 1, 44)
    assert (first.episode.series.id, first.episode.season.id) == ("imdb/series/tt9900002", "imdb/season/tt9900002/1")
    assert (second.title, second.release_date, second.year) == ("Second", "2015-03", 2015)
    assert not second.HasField("rating")
    assert not second.images
    assert (page.total, page.next) == (2, "")


@facts("synthetic-detail-episodes-tt9900002-s1", related("imdb/series/tt9900002", Relation.EPISODES, season="1"))
def episodes_of_a_series(page: Page) -> None:
    assert ids(page) == ["tt9900011", "tt9900012"]


@facts("synthetic-detail-name-nm9900001", detail("imdb/person/nm9900001"))
def a_person(item: Item) -> None:
    assert (item.id, item.title, item.description) == ("imdb/person/nm9900001", "Ada Example", "Synthetic.")
    assert [one.text for one in item.alternative_titles] == ["Ada Sample"]
    about = item.person
    assert (about.birth_date, about.birth_place, about.height_cm) == ("1980-01-02", "Lyon, France", 170)
    assert (about.death_date, item.release_date, list(about.professions)) == ("", "", ["actress"])
    assert item.links[0].url == "https://www.imdb.com/name/nm9900001/"


@facts("synthetic-detail-seasons-tt9900002", related("imdb/series/tt9900002", Relation.SEASONS))
def seasons(page: Page) -> None:
    assert ids(page) == ["tt9900002/1", "tt9900002/2", "tt9900002/Unknown"]
    assert [item.title for item in page.items] == ["Season 1", "Season 2", "Unknown"]
    assert [item.season.episode_count for item in page.items] == [2, 1, 1]
    last = page.items[2].season
    assert (last.HasField("number"), last.number_text, last.series.id) == (False, "Unknown", "imdb/series/tt9900002")


@facts(
    "synthetic-detail-title-tt9900002",
    detail("imdb/series/tt9900002"),
    also=["synthetic-detail-seasons-tt9900002"],
)
def a_series(item: Item) -> None:
    assert (item.title, item.year, item.end_year) == ("Example Street", 2015, 2018)
    assert (item.status, item.status_text) == (WorkStatus.COMPLETED, "")
    assert (item.rating.value, item.rating.votes, list(item.genres)) == (8.0, 999, ["Comedy"])
    assert (list(item.countries), list(item.languages)) == (["FR"], ["fr"])
    show = item.series
    assert (show.type, list(show.episode_runtime_minutes), list(show.subgenres)) == ("tvSeries", [45], ["Dark Comedy"])
    assert (show.season_count, show.episode_count) == (2, 4)
    assert [(one.id, one.title) for one in show.seasons] == [
        ("imdb/season/tt9900002/1", "Season 1"),
        ("imdb/season/tt9900002/2", "Season 2"),
        ("imdb/season/tt9900002/Unknown", "Unknown"),
    ]
    assert [one.name for one in show.cast] == ["Ada Example"]
    assert not show.crew


@facts("synthetic-error-rate-limit-429", detail("imdb/movie/tt9900001"), fails=RateLimited)
def too_many_requests(error: ProviderError) -> None:
    assert "fewer requests" in str(error)


@facts("synthetic-error-title-404", detail("imdb/movie/tt0000000"), fails=NotFound)
def no_such_title(error: ProviderError) -> None:
    assert "no movie" in str(error)


@facts("synthetic-search-titles-empty", search("zzzz"))
def an_empty_search_is_an_empty_object(page: Page) -> None:
    assert (ids(page), page.total, page.next) == ([], None, "")


@facts("synthetic-search-titles", search("example"))
def films_and_series_of_a_search(page: Page) -> None:
    assert ids(page) == ["tt9900001", "tt9900002", "tt9900004"]
    film, show, bare = page.items
    assert (film.title, film.original_title, film.year) == ("Example Harbor", "Le Port d'exemple", 2021)
    assert (film.rating.value, film.movie.runtime_minutes, film.ratings[0].value) == (7.1, 97, 64)
    assert (show.kind, show.end_year, list(show.series.episode_runtime_minutes)) == (Item.SERIES, 2018, [45])
    assert (bare.title, bare.HasField("year"), list(bare.images)) == ("Untitled Example", False, [])


@facts("synthetic-search-titles", search("example", kind=Item.VIDEO_GAME))
def a_game_when_it_is_asked_for(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title, item.year) == ("imdb/video_game/tt9900003", "Example Quest", 2019)


@facts("synthetic-trending-starmeter", trending(Feed.POPULAR, kind=Item.PERSON))
def the_star_meter(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.context.position, item.context.previous_position) == ("imdb/person/nm9900001", 1, 5)
    assert (item.engagement.popularity_rank, item.engagement.previous_rank) == (1, 5)
    assert (page.next, page.total) == ("p2", None)


@facts("synthetic-trending-titles-popular", trending(Feed.POPULAR))
def popular_films(page: Page) -> None:
    assert ids(page) == ["tt9900001", "tt9900004"]
    assert (page.next, page.total, page.total_is_estimate) == ("eyJleGFtcGxlIjoxfQ", 712345, False)
