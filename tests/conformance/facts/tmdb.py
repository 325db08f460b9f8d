"""Facts about TMDB's captures."""

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_media_pb2 import Episode
from tako.v1.item_parts_pb2 import Image, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import ReleaseDate
from tako.v1.references_pb2 import CreditRole
from tako.v1.values_pb2 import Gender
from tako_providers.sdk import NotConfigured, NotFound, Page, ProviderError, TermPage
from tests.conformance.cases import Facts, detail, lookup, related, search, terms, trending

facts = Facts("tmdb", walk="sample harbour", nothing="no such sample")

_ALONE = "a part of a detail whose body is not recorded; composed and checked in tests/providers/test_tmdb.py"
facts.not_asked("detail-movie-335984-external-ids", _ALONE)
facts.not_asked("detail-tv-1399-external-ids", _ALONE)
facts.not_asked(
    "lookup-configuration", "addresses and sizes of pictures are constants; tests/providers/test_tmdb.py checks them"
)
facts.not_asked(
    "error-search-no-query-422",
    "Tako never searches without a text; tests/providers/test_tmdb.py checks what such an answer means",
)


def ids(page: Page) -> list[str]:
    return [item.source_id for item in page.items]


def external(item: Item) -> dict[str, str]:
    return {one.scheme: one.value for one in item.external_ids}


# --- search


@facts("search-tv-breaking-bad", search("Breaking Bad", kind=Item.SERIES))
def six_series(page: Page) -> None:
    assert ids(page)[0] == "1396"
    assert ids(page)[-1] == "302540"
    assert (len(page.items), page.total, page.next) == (6, 6, "")
    first = page.items[0]
    assert (first.title, first.year, first.release_date) == ("Breaking Bad", 2008, "2008-01-20")
    assert (first.rating.value, first.rating.votes, first.rating.scale) == (8.944, 17771, 10)
    assert list(first.countries) == ["US"]
    undated = next(item for item in page.items if item.source_id == "308197")
    assert not undated.HasField("year")
    assert not undated.release_date
    unrated = page.items[1]
    assert not unrated.HasField("rating")


@facts("search-tv-breaking-bad-p2-empty", search("Breaking Bad", kind=Item.SERIES, cursor="2"))
def beyond_the_last_page(page: Page) -> None:
    assert not page.items
    assert (page.total, page.next) == (6, "")


@facts("search-movie-007-1962", search("007", kind=Item.MOVIE, year=1962))
def only_dr_no(page: Page) -> None:
    assert [(item.source_id, item.title, item.year) for item in page.items] == [("646", "Dr. No", 1962)]
    assert page.ignored == ()


@facts("search-movie-007-p1", search("007", kind=Item.MOVIE))
def first_of_seven_pages(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (20, 126, "2")
    first = page.items[0]
    assert (first.source_id, first.title, first.original_title) == ("649110", "Conductor 007", "Εισπράκτωρ 007")
    assert first.movie.original_language == "el"
    assert [image.role for image in first.images] == [Image.PRIMARY, Image.THUMBNAIL]


@facts("search-movie-no-hit", search("Meen of Stal", kind=Item.MOVIE, language="en-US"))
def no_hit(page: Page) -> None:
    assert not page.items
    assert (page.total, page.next) == (0, "")


@facts("search-multi-arrow", search("Arrow"))
def three_kinds_in_one_page(page: Page) -> None:
    kinds = [item.kind for item in page.items]
    assert [kinds.count(kind) for kind in (Item.MOVIE, Item.SERIES, Item.PERSON)] == [9, 8, 3]
    assert (page.total, page.next) == (322, "2")
    assert (page.items[0].kind, page.items[0].source_id) == (Item.SERIES, "1412")
    assert (page.items[9].kind, page.items[9].title) == (Item.PERSON, "Jack Arrow")


@facts("search-multi-arrow", search("Arrow", year=2012, region="FR"))
def of_all_kinds_one_is_of_that_year(page: Page) -> None:
    assert [(item.kind, item.source_id) for item in page.items] == [(Item.SERIES, "1412")]
    assert (page.total, page.total_is_estimate, page.next) == (322, True, "2")
    assert page.ignored == ("region",)


@facts("search-movie-007-p1", search("007", kind=Item.MOVIE, year_from=1990, min_rating=5, original_language="en"))
def films_that_fit_what_upstream_does_not_filter(page: Page) -> None:
    assert page.items
    assert all(item.year >= 1990 and item.rating.value >= 5 for item in page.items)
    assert {item.movie.original_language for item in page.items} == {"en"}
    assert (page.total_is_estimate, page.ignored) == (True, ())


@facts("search-multi-jobs", search("Jobs"))
def people_among_titles(page: Page) -> None:
    kinds = [item.kind for item in page.items]
    assert [kinds.count(kind) for kind in (Item.MOVIE, Item.SERIES, Item.PERSON)] == [5, 5, 10]
    assert (page.items[0].title, page.items[0].rating.votes) == ("Jobs", 2598)
    assert (page.items[-1].source_id, page.items[-1].title) == ("2033383", "Laurene Powell Jobs")
    assert not next(item for item in page.items if item.source_id == "310970").HasField("year")


@facts("search-person-bryan-cranston", search("Bryan Cranston", kind=Item.PERSON))
def one_person(page: Page) -> None:
    (person,) = page.items
    assert (person.source_id, person.title, person.person.gender) == ("17419", "Bryan Cranston", Gender.MALE)
    assert list(person.person.professions) == ["Acting"]
    assert [work.work.id for work in person.person.works][:2] == ["tmdb/series/1396", "tmdb/movie/399174"]


@facts("search-collection-james-bond", search("James Bond", kind=Item.COLLECTION))
def one_saga(page: Page) -> None:
    (saga,) = page.items
    assert (saga.kind, saga.source_id, saga.title) == (Item.COLLECTION, "645", "James Bond Collection")
    assert saga.links[0].url == "https://www.themoviedb.org/collection/645"


# --- look-up


@facts("search-find-81189", lookup("tvdb", "81189"))
def series_by_tvdb_id(page: Page) -> None:
    assert [(item.kind, item.source_id, item.title) for item in page.items] == [(Item.SERIES, "1396", "Breaking Bad")]


@facts("search-find-nm0000246", lookup("imdb", "nm0000246"))
def person_by_imdb_id(page: Page) -> None:
    (person,) = page.items
    assert (person.kind, person.source_id, person.title) == (Item.PERSON, "62", "Bruce Willis")
    assert [work.work.name for work in person.person.works][:2] == ["The Sixth Sense", "Die Hard"]


@facts("search-find-tt0088247", lookup("imdb", "tt0088247"))
def movie_by_imdb_id(page: Page) -> None:
    assert [(item.kind, item.source_id, item.year) for item in page.items] == [(Item.MOVIE, "218", 1984)]


@facts("search-find-tt0959621", lookup("imdb", "tt0959621"))
def episode_by_imdb_id(page: Page) -> None:
    (pilot,) = page.items
    assert (pilot.kind, pilot.source_id, pilot.title) == (Item.EPISODE, "1396/1/1", "Pilot")
    assert external(pilot) == {"tmdb": "62085"}
    assert (pilot.episode.series.id, pilot.episode.runtime_minutes) == ("tmdb/series/1396", 59)


# --- details


@facts("detail-movie-47964", detail("tmdb/movie/47964"))
def a_movie(item: Item) -> None:
    assert (item.title, item.release_date, item.year) == ("A Good Day to Die Hard", "2013-02-06", 2013)
    assert (item.movie.runtime_minutes, item.status) == (98, WorkStatus.RELEASED)
    assert item.movie.box_office.budget.units == 92_000_000
    assert item.movie.box_office.revenue.units == 304_654_182
    assert list(item.genres) == ["Action", "Thriller"]
    assert external(item) == {"tmdb": "47964", "imdb": "tt1606378"}
    assert (item.movie.collection.id, item.movie.collection.name) == ("tmdb/collection/1570", "Die Hard Collection")
    assert len(item.movie.studios) == 9
    assert list(item.languages) == ["en", "ru"]


@facts(
    "detail-movie-47964-release-dates",
    detail("tmdb/movie/47964"),
    also=(
        "detail-movie-47964",
        "detail-movie-47964-videos",
        "related-movie-47964-recommendations",
        "related-movie-47964-similar",
    ),
)
def a_movie_whose_parts_were_recorded_apart(item: Item) -> None:
    assert (item.title, item.movie.runtime_minutes) == ("A Good Day to Die Hard", 98)
    marks = {one.country: one.rating for one in item.age_ratings}
    assert (marks["US"], marks["FR"], marks["TH"], "AR" in marks) == ("R", "16", "น13+", False)
    digital = [one for one in item.movie.releases if one.type == ReleaseDate.DIGITAL]
    assert [(one.country, one.date, one.note) for one in digital] == [("FR", "2021-02-23", "Disney+")]
    assert len({one.country for one in item.movie.releases}) == 66
    assert (len(item.movie.videos), item.movie.videos[0].key) == (13, "Nrd8MdjHTzk")
    assert (item.movie.recommendations[0].name, item.movie.similar[0].year) == ("Shadow Force", 1988)


@facts("detail-movie-19995-de", detail("tmdb/movie/19995", language="de-DE"))
def a_movie_in_german(item: Item) -> None:
    assert (item.title, item.original_title) == ("Avatar - Aufbruch nach Pandora", "Avatar")
    assert (item.language, item.movie.tagline) == ("de-DE", "Betritt die Welt von Pandora")
    roles = [image.role for image in item.images]
    assert [roles.count(role) for role in (Image.POSTER, Image.LOGO, Image.BACKDROP)] == [15, 1, 5]
    poster = next(image for image in item.images if image.role == Image.POSTER)
    assert (poster.width, poster.height, poster.language) == (1000, 1500, "de")
    assert item.genres[2] == "Abenteuer"


@facts("detail-movie-49521-external-ids", detail("tmdb/movie/49521"))
def ids_of_other_services(item: Item) -> None:
    assert item.title == "Man of Steel"
    assert external(item) == {"tmdb": "49521", "imdb": "tt0770828", "wikidata": "Q622769", "facebook": "manofsteel"}


@facts("detail-movie-tt1345836-appended", detail("tmdb/movie/tt1345836"))
def a_movie_by_imdb_id_with_credits(item: Item) -> None:
    assert (item.source_id, item.title, item.movie.runtime_minutes) == ("49026", "The Dark Knight Rises", 165)
    cast, crew = item.movie.cast, item.movie.crew
    assert (len(cast), len(crew)) == (50, 50)
    assert (cast[0].name, cast[0].character, cast[0].order) == ("Christian Bale", "Bruce Wayne", 0)
    assert [one.name for one in crew if one.role == CreditRole.DIRECTOR] == ["Christopher Nolan"]
    assert [one.id for one in crew if one.job == "Screenplay"] == ["tmdb/person/527", "tmdb/person/525"]
    assert len(item.tags) == 20
    assert item.tags[0] == "airplane"
    assert len(item.images) == 48
    assert list(item.countries) == ["GB", "US"]


@facts("detail-tv-1396", detail("tmdb/series/1396"))
def a_series(item: Item) -> None:
    assert (item.title, item.release_date, item.end_date) == ("Breaking Bad", "2008-01-20", "2013-09-29")
    assert (item.year, item.end_year, item.status) == (2008, 2013, WorkStatus.COMPLETED)
    series = item.series
    assert (series.season_count, series.episode_count, series.in_production) == (5, 62, False)
    assert [(one.name, one.role) for one in series.creators] == [("Vince Gilligan", CreditRole.CREATOR)]
    assert [network.name for network in series.networks] == ["AMC"]
    assert [(one.number, one.episode_count) for one in series.seasons][:2] == [(0, 9), (1, 7)]
    assert len(series.seasons) == 6
    assert (series.last_episode.id, series.last_episode.title) == ("tmdb/episode/1396/5/16", "Felina")
    assert not series.HasField("next_episode")
    assert not series.episode_runtime_minutes


@facts(
    "detail-tv-1396-content-ratings",
    detail("tmdb/series/1396"),
    also=("detail-tv-1396", "related-tv-1396-recommendations", "related-tv-1396-similar"),
)
def a_series_whose_parts_were_recorded_apart(item: Item) -> None:
    assert len(item.age_ratings) == 31
    assert [one.rating for one in item.age_ratings if one.country == "MX"] == ["C", "B-15"]
    assert [one.rating for one in item.age_ratings if one.country == "US"] == ["TV-MA"]
    assert [one.name for one in item.series.recommendations][:1] == ["Better Call Saul"]
    assert (len(item.series.similar), item.series.episode_count) == (20, 62)


@facts("detail-tv-1668-videos", detail("tmdb/series/1668"))
def a_series_with_videos(item: Item) -> None:
    assert (item.title, item.end_year, item.series.season_count) == ("Friends", 2004, 10)
    assert [video.type for video in item.series.videos].count("Trailer") == 2
    assert item.series.videos[0].url == "https://www.youtube.com/watch?v=s2TyVQGoCYo"
    assert item.series.videos[0].official is False
    assert [link.role for link in item.links] == [Link.SOURCE]
    assert [one.name for one in item.series.creators] == ["Marta Kauffman", "David Crane"]


@facts("detail-season-1396-1", detail("tmdb/season/1396/1"), also=("detail-tv-1396",))
def a_season(item: Item) -> None:
    assert (item.title, item.source_id, item.release_date) == ("Season 1", "1396/1", "2008-01-20")
    assert (item.season.number, item.season.episode_count, item.season.series.name) == (1, 7, "Breaking Bad")
    assert [one.title for one in item.season.episodes][:2] == ["Pilot", "Cat's in the Bag..."]
    assert (item.rating.value, item.rating.HasField("votes")) == (8.3, False)
    assert external(item) == {"tmdb": "3572"}


@facts("detail-season-1396-1", related("tmdb/season/1396/1", Relation.EPISODES))
def episodes_of_a_season(page: Page) -> None:
    assert ids(page) == [f"1396/1/{number}" for number in range(1, 8)]
    assert [item.episode.runtime_minutes for item in page.items][:2] == [59, 49]
    assert page.items[-1].episode.type == Episode.FINALE
    assert page.items[0].episode.season.name == "Season 1"


@facts("detail-season-1396-1", related("tmdb/series/1396", Relation.EPISODES), also=("detail-tv-1396",))
def episodes_of_a_series_come_by_season(page: Page) -> None:
    assert (len(page.items), page.next) == (7, "2")
    assert page.items[0].episode.series.name == "Breaking Bad"


@facts("detail-tv-1396", related("tmdb/series/1396", Relation.SEASONS))
def seasons_of_a_series(page: Page) -> None:
    assert ids(page) == [f"1396/{number}" for number in range(6)]
    assert [item.season.episode_count for item in page.items][:2] == [9, 7]
    assert not page.items[0].HasField("rating")


@facts("detail-episode-1396-1-1", detail("tmdb/episode/1396/1/1"), also=("detail-tv-1396",))
def an_episode(item: Item) -> None:
    assert (item.title, item.source_id, item.release_date) == ("Pilot", "1396/1/1", "2008-01-20")
    episode = item.episode
    assert (episode.season_number, episode.episode_number, episode.runtime_minutes) == (1, 1, 59)
    assert (episode.series.name, episode.season.name, episode.type) == ("Breaking Bad", "Season 1", Episode.STANDARD)
    assert [one.name for one in episode.crew if one.role == CreditRole.DIRECTOR] == ["Vince Gilligan"]
    assert len(episode.guests) == 17
    assert (episode.guests[0].name, episode.guests[0].character) == ("Steven Michael Quezada", "Steven Gomez")
    assert not episode.production_code


@facts("detail-collection-264", detail("tmdb/collection/264"))
def a_saga(item: Item) -> None:
    assert (item.title, item.collection.member_count) == ("Back to the Future Collection", 3)
    assert [(one.id, one.year) for one in item.collection.members] == [
        ("tmdb/movie/105", 1985),
        ("tmdb/movie/165", 1989),
        ("tmdb/movie/196", 1990),
    ]


@facts("detail-collection-264", related("tmdb/collection/264", Relation.MEMBERS))
def films_of_a_saga(page: Page) -> None:
    assert [item.release_date for item in page.items] == ["1985-07-03", "1989-11-22", "1990-05-25"]
    assert page.items[0].rating.votes == 21777


@facts("detail-person-62-external-ids", detail("tmdb/person/62"))
def a_person(item: Item) -> None:
    assert (item.title, item.person.birth_date, item.person.gender) == ("Bruce Willis", "1955-03-19", Gender.MALE)
    assert external(item) == {"tmdb": "62", "imdb": "nm0000246", "wikidata": "Q2680"}
    assert [other.text for other in item.alternative_titles] == ["Walter Bruce Willis"]
    assert not item.person.death_date
    assert not item.person.HasField("work_count")


@facts("detail-person-62-movie-credits", detail("tmdb/person/62"))
def a_person_with_films(item: Item) -> None:
    assert len(item.person.works) == 50
    assert item.person.works[0].work.id == "tmdb/movie/680"
    assert (item.person.works[0].character, item.person.works[0].role) == ("Butch Coolidge", CreditRole.ACTOR)


@facts(
    "detail-person-62-tv-credits",
    detail("tmdb/person/62"),
    also=("detail-person-62-external-ids", "detail-person-62-movie-credits"),
)
def a_person_whose_parts_were_recorded_apart(item: Item) -> None:
    assert external(item) == {"tmdb": "62", "imdb": "nm0000246", "wikidata": "Q2680"}
    assert (len(item.person.works), item.person.work_count) == (50, 204)
    assert item.person.works[0].work.id == "tmdb/movie/680"


@facts(
    "detail-person-62-tv-credits",
    related("tmdb/person/62", Relation.WORKS),
    also=("detail-person-62-external-ids", "detail-person-62-movie-credits"),
)
def films_and_series_of_a_person(page: Page) -> None:
    assert len(page.items) == 164 + 9 + 41 + 3
    assert {item.kind for item in page.items} == {Item.MOVIE, Item.SERIES}


@facts("detail-person-62-movie-credits", related("tmdb/person/62", Relation.WORKS, kind=Item.MOVIE))
def films_of_a_person(page: Page) -> None:
    assert len(page.items) == 164 + 9
    assert (page.items[0].source_id, page.items[0].release_date) == ("1637024", "2025-12-05")
    dates = [item.release_date for item in page.items]
    assert dates == sorted(dates, reverse=True)


@facts(
    "detail-person-62-movie-credits",
    related("tmdb/person/62", Relation.WORKS, kind=Item.MOVIE, role="executive producer"),
)
def films_by_role(page: Page) -> None:
    assert ids(page) == ["50298", "17043", "135051"]
    assert {item.context.role for item in page.items} == {"Executive Producer"}


@facts(
    "detail-person-62-tv-credits",
    related("tmdb/person/62", Relation.WORKS, kind=Item.SERIES),
    also=("detail-person-62-external-ids",),
)
def series_of_a_person(page: Page) -> None:
    assert len(page.items) == 41 + 3
    moonlighting = next(item for item in page.items if item.title == "Moonlighting")
    assert (moonlighting.context.character, moonlighting.context.count) == ("David Addison", 66)
    assert page.items[0].title == "The Movies That Made Us"


# --- relations


@facts("detail-movie-47964-videos", related("tmdb/movie/47964", Relation.VIDEOS))
def videos_of_a_movie(page: Page) -> None:
    assert len(page.items) == 13
    assert page.items[0].video.key == "Nrd8MdjHTzk"
    assert page.items[0].video.official is True
    last = page.items[-1]
    assert (last.title, last.video.type, last.release_date) == ("Official Teaser Trailer", "Teaser", "2012-11-16")


@facts("related-movie-47964-recommendations", related("tmdb/movie/47964", Relation.RECOMMENDATIONS))
def recommended_movies(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (20, 966, "2")
    assert (page.items[0].source_id, page.items[0].title) == ("757725", "Shadow Force")
    assert page.items[-1].title == "Havoc"


@facts("related-movie-47964-similar", related("tmdb/movie/47964", Relation.SIMILAR))
def similar_movies(page: Page) -> None:
    assert (page.total, page.next) == (107593, "2")
    assert (page.items[0].source_id, page.items[0].year) == ("10131", 1988)


@facts("related-tv-1396-recommendations", related("tmdb/series/1396", Relation.RECOMMENDATIONS))
def recommended_series(page: Page) -> None:
    assert (page.total, page.items[0].title, page.items[-1].title) == (838, "Better Call Saul", "Pluribus")
    assert {item.kind for item in page.items} == {Item.SERIES}


@facts("related-tv-1396-similar", related("tmdb/series/1396", Relation.SIMILAR))
def similar_series(page: Page) -> None:
    first = page.items[0]
    assert (page.total, first.original_title, first.series.original_language) == (55207, "เสน่หาสัญญาแค้น", "th")
    assert list(first.countries) == ["TH"]
    assert not page.items[-1].HasField("rating")


# --- feeds


@facts("trending-trending-all-week", trending(Feed.TRENDING, period=Period.WEEK))
def trending_of_all_kinds(page: Page) -> None:
    assert [(item.kind, item.source_id) for item in page.items][:2] == [(Item.SERIES, "76479"), (Item.MOVIE, "1304313")]
    assert (len(page.items), page.total, page.next) == (20, 10000, "2")


@facts("trending-trending-movie-week", trending(Feed.TRENDING, kind=Item.MOVIE, period=Period.WEEK))
def trending_movies(page: Page) -> None:
    assert (page.items[0].title, page.items[0].rating.votes) == ("Lee Cronin's The Mummy", 981)
    assert page.items[-1].title == "The Drama"


@facts("trending-trending-tv-week", trending(Feed.TRENDING, kind=Item.SERIES, period=Period.WEEK))
def trending_series(page: Page) -> None:
    assert (page.items[0].title, page.items[0].engagement.popularity) == ("The Boys", 911.3974)
    assert page.items[-1].title == "Spider-Noir"
    assert not page.items[-1].HasField("rating")


@facts("trending-trending-person-week", trending(Feed.TRENDING, kind=Item.PERSON, period=Period.WEEK))
def trending_people(page: Page) -> None:
    assert (page.items[0].source_id, list(page.items[0].person.professions)) == ("1167124", ["Writing"])
    assert not page.items[0].images
    assert (page.items[1].title, page.items[1].original_title) == ("Saika Kawakita", "河北彩伽")


@facts("trending-movie-popular-p1", trending(Feed.POPULAR, kind=Item.MOVIE))
def popular_movies(page: Page) -> None:
    assert (page.total, page.next, page.items[-1].title) == (1140066, "2", "Beast")


@facts("trending-movie-popular-p2", trending(Feed.POPULAR, kind=Item.MOVIE, cursor="2"))
def more_popular_movies(page: Page) -> None:
    first = page.items[0]
    assert (page.next, first.title, first.original_title) == ("3", "The Shadow's Edge", "捕风追影")
    assert first.movie.original_language == "zh"


@facts("trending-tv-popular", trending(Feed.POPULAR, kind=Item.SERIES))
def popular_series(page: Page) -> None:
    assert (page.total, page.items[0].title, page.items[-1].title) == (222529, "The Boys", "Family Guy")


@facts("trending-person-popular", trending(Feed.POPULAR, kind=Item.PERSON))
def popular_people(page: Page) -> None:
    assert (page.total, page.items[0].title, page.items[-1].source_id) == (4720886, "Julia Doyle", "1245")
    assert page.items[0].person.gender == Gender.FEMALE
    assert page.items[0].person.works[0].work.id == "tmdb/series/124364"


@facts("trending-movie-top-rated", trending(Feed.TOP_RATED, kind=Item.MOVIE))
def best_movies(page: Page) -> None:
    assert (page.total, page.items[1].source_id, page.items[1].rating.value) == (10867, "278", 8.721)
    assert page.items[-1].movie.original_language == "it"


@facts("trending-tv-top-rated", trending(Feed.TOP_RATED, kind=Item.SERIES))
def best_series(page: Page) -> None:
    assert (page.total, page.items[0].title, page.items[1].source_id) == (2437, "Off Campus", "1396")


@facts("trending-movie-upcoming", trending(Feed.UPCOMING, kind=Item.MOVIE))
def movies_to_come(page: Page) -> None:
    assert (page.total, page.items[0].title, page.items[-1].release_date) == (1423, "Obsession", "2026-05-27")


@facts("trending-movie-now-playing", trending(Feed.NOW_PLAYING))
def movies_in_cinemas(page: Page) -> None:
    assert (page.total, page.items[-1].title, page.items[0].language) == (6193, "Remarkably Bright Creatures", "en")


@facts("trending-movie-now-playing-de", trending(Feed.NOW_PLAYING, language="de"))
def movies_in_cinemas_in_german(page: Page) -> None:
    assert (page.total, page.items[3].title, page.items[3].language) == (6209, "Der Super Mario Galaxy Film", "de")
    untranslated = next(item for item in page.items if item.source_id == "1431071")
    assert not untranslated.description
    assert not untranslated.language


@facts("trending-tv-on-the-air", trending(Feed.ON_THE_AIR))
def series_on_the_air(page: Page) -> None:
    assert (page.total, page.items[0].source_id, page.items[-1].source_id) == (1278, "124364", "22980")


@facts("trending-tv-airing-today", trending(Feed.AIRING_TODAY))
def series_airing_today(page: Page) -> None:
    assert (page.total, page.items[1].title, page.items[1].original_title) == (262, "Running Man", "런닝맨")
    assert page.items[0].rating.votes == 10669


@facts("trending-discover-movie", search(kind=Item.MOVIE, min_votes=1))
def movies_by_filters(page: Page) -> None:
    assert (page.total, page.next, page.items[-1].source_id) == (1139978, "2", "1320660")


@facts("trending-discover-tv", search(kind=Item.SERIES, min_votes=1))
def series_by_filters(page: Page) -> None:
    assert (page.total, page.items[0].title, page.items[-1].title) == (222526, "The Boys", "Family Guy")


@facts("trending-discover-tv", trending(Feed.UPCOMING, kind=Item.SERIES))
def series_to_come_are_discovered(page: Page) -> None:
    assert (len(page.items), page.items[0].source_id) == (20, "76479")


# --- vocabularies


@facts("lookup-genre-movie-list", terms(Term.GENRES, kind=Item.MOVIE))
def genres_of_movies(page: TermPage) -> None:
    assert [(term.id, term.name) for term in page.terms][:2] == [("28", "Action"), ("12", "Adventure")]
    assert (len(page.terms), page.terms[-1].id) == (19, "37")


@facts("lookup-genre-tv-list", terms(Term.GENRES), also=("lookup-genre-movie-list",))
def genres_of_both(page: TermPage) -> None:
    kinds = {term.id: list(term.kinds) for term in page.terms}
    assert len(kinds) == 27
    assert (kinds["28"], kinds["10759"], kinds["18"]) == ([Item.MOVIE], [Item.SERIES], [])


# --- errors


@facts("error-invalid-key-401", search("batman", kind=Item.MOVIE), fails=NotConfigured)
def key_refused(error: ProviderError) -> None:
    assert isinstance(error, NotConfigured)
    assert error.variables == ("TMDB_API_KEY",)


@facts("error-invalid-key-401-new", detail("tmdb/collection/10"), fails=NotConfigured)
def key_refused_for_a_detail(error: ProviderError) -> None:
    assert "key" in str(error)


@facts("error-movie-404", detail("tmdb/movie/999999999"), fails=NotFound)
def no_such_movie(error: ProviderError) -> None:
    assert error.provider == "tmdb"


@facts("error-season-404", detail("tmdb/season/999999999/1"), fails=NotFound)
def no_such_season(error: ProviderError) -> None:
    assert error.provider == "tmdb"
