"""Facts about TheTVDB's captures."""

from __future__ import annotations

from tako.v1.calendar_pb2 import Weekday
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_media_pb2 import Episode
from tako.v1.details_people_pb2 import Collection
from tako.v1.item_parts_pb2 import Image, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, SeasonOrder
from tako.v1.values_pb2 import Gender
from tako_providers.sdk import NotConfigured, NotFound, Page, ProviderError
from tests.conformance.cases import Facts, detail, lookup, related, search, trending

facts = Facts("tvdb", walk="sample ferry", nothing="no such sample")
facts.not_asked(
    "error-search-no-query",
    "Tako never searches without a text; tests/providers/test_tvdb.py checks what such an answer means",
)
facts.not_asked(
    "synthetic-detail-series-9900001-translation-eng",
    "a series has all its translations in its record; tests/providers/test_tvdb.py asks so for seasons and lists",
)


def ids(page: Page) -> list[str]:
    return [item.id for item in page.items]


def others(item: Item) -> dict[str, str]:
    return {one.scheme: one.value for one in item.external_ids}


@facts("detail-artwork-808371", detail("tvdb/image/808371"))
def a_banner(item: Item) -> None:
    (banner,) = item.images
    assert (item.id, banner.role, banner.language) == ("tvdb/image/808371", Image.BANNER, "en")
    assert banner.url == "https://artworks.thetvdb.com/banners/graphical/77072-g.jpg"
    assert banner.thumbnail_url.endswith("77072-g_t.jpg")
    assert not banner.HasField("width")


@facts("detail-movie-2658-extended", detail("tvdb/movie/2658"))
def run_lola_run(item: Item) -> None:
    assert (item.id, item.title, item.year) == ("tvdb/movie/2658", "Run Lola Run", 1998)
    assert (item.original_title, item.release_date, item.description) == ("", "", "")
    assert (item.status, item.status_text) == (WorkStatus.RELEASED, "Released")
    assert list(item.genres) == ["Action", "Drama", "Thriller"]
    assert others(item) == {"tvdb": "2658", "imdb": "tt0130827", "tmdb": "104"}
    assert (list(item.languages), list(item.countries), list(item.age_ratings)) == (["de", "en", "ja"], [], [])
    assert (item.movie.runtime_minutes, item.movie.original_language) == (81, "en")
    assert [one.url for one in item.images] == ["https://artworks.thetvdb.com/banners/movies/2658/posters/2658.jpg"]
    assert [one.url for one in item.links] == ["https://thetvdb.com/dereferrer/movie/2658"]
    assert not item.HasField("rating")
    assert not item.HasField("engagement")
    assert not item.movie.HasField("box_office")


@facts("detail-series-397060-extended", detail("tvdb/series/397060"))
def wednesday(item: Item) -> None:
    assert (item.title, item.year, item.release_date) == ("Wednesday", 2022, "2022-11-23")
    assert (item.status, item.end_date, item.HasField("end_year")) == (WorkStatus.ONGOING, "", False)
    assert (item.description, item.language) == ("... Wednesday Addams ...", "en")
    assert list(item.genres) == ["Horror", "Fantasy", "Drama", "Comedy", "Mystery"]
    assert others(item) == {
        "tvdb": "397060",
        "eidr": "10.5240/6AAB-2C51-277B-F331-1F19-1",
        "imdb": "tt13443470",
        "instagram": "wednesdaynetflix",
        "reddit": "WednesdayTVSeries",
        "tmdb": "119051",
        "tvmaze": "53647",
        "wikidata": "Q105553568",
        "wikipedia": "Wednesday_(TV_series)",
        "twitter": "wednesdayaddams",
    }
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://thetvdb.com/dereferrer/series/397060"),
        (Link.OFFICIAL, "https://www.netflix.com/title/81231974"),
    ]
    assert [(one.rating, one.country) for one in item.age_ratings] == [
        ("12", "ES"),
        ("-12", "FR"),
        ("12", "PL"),
        ("TV-14", "US"),
    ]
    assert (list(item.series.episode_runtime_minutes), item.series.original_language) == ([54], "en")
    assert item.series.last_episode.air_date == "2025-09-03"
    assert not item.series.HasField("next_episode")
    assert not item.series.HasField("season_count")


@facts("error-movie-404", detail("tvdb/movie/999999999"), fails=NotFound)
def no_such_film(error: ProviderError) -> None:
    assert "TheTVDB" in str(error)


@facts("error-season-404", detail("tvdb/season/1816256"), fails=NotFound)
def no_such_season(error: ProviderError) -> None:
    assert "TheTVDB" in str(error)


@facts("search-law-and-order-svu", search("Law & Order", kind=Item.SERIES))
def special_victims_unit(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("tvdb/series/75692", "Law & Order: Special Victims Unit")
    assert (item.year, item.release_date, item.status) == (1999, "1999-09-20", WorkStatus.ONGOING)
    assert [one.text for one in item.alternative_titles] == [
        "Law and Order: Special Victims Unit",
        "Law and Order: SVU",
        "Law & Order: SVU",
        "Law & Order: Investigação Especial",
    ]
    assert (list(item.countries), item.series.original_language, item.language) == (["US"], "en", "en")
    assert item.images[0].url == "https://artworks.thetvdb.com/banners/posters/75692-10.jpg"
    assert item.links[0].url == "https://thetvdb.com/series/law-and-order-special-victims-unit"
    assert (page.total, page.next) == (None, "")


@facts("search-turkvision", search("Turkvision Song Contest", kind=Item.SERIES))
def a_hit_with_holes(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("tvdb/series/392744", "Turkvision Song Contest")
    assert (item.HasField("year"), list(item.images), list(item.countries)) == (False, [], [])
    assert (item.status, item.language) == (WorkStatus.COMPLETED, "tr")
    assert item.description.startswith("Türkvizyon ")
    assert [one.name for one in item.series.networks] == ["Turkish Radio & Television (TRT)"]
    assert item.links[0].url == "https://thetvdb.com/dereferrer/series/392744"


@facts("search-turkvision", search("Turkvision Song Contest", kind=Item.SERIES, language="en-GB"))
def older_translations_of_a_hit(page: Page) -> None:
    (item,) = page.items
    assert item.description.startswith("Turkvision Song Contest (TSC, Turkish:")
    assert (item.language, item.original_title) == ("en", "")


@facts("search-remoteid-no-hit", lookup("imdb", "tt0000000"))
def nothing_of_this_number(page: Page) -> None:
    assert ids(page) == []


@facts("search-remoteid-person", lookup("imdb", "nm0000149"))
def jodie_foster(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("tvdb/person/253451", "Jodie Foster")
    assert item.images[0].url == "https://artworks.thetvdb.com/banners/person/253451/5f949bf86d19f.jpg"
    assert not item.HasField("engagement")


@facts("search-remoteid-tt0130827", lookup("imdb", "tt0130827"))
def a_film_by_its_number(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title, item.year) == ("tvdb/movie/2658", "Run Lola Run", 1998)
    assert item.movie.runtime_minutes == 81


@facts("search-remoteid-tt13443470", lookup("imdb", "tt13443470"))
def a_series_by_its_number(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title, item.year) == ("tvdb/series/397060", "Wednesday", 2022)
    assert (item.description, item.language, item.status_text) == ("... Wednesday Addams ...", "en", "")


@facts("synthetic-auth-login", detail("tvdb/movie/2658"), also=["detail-movie-2658-extended"])
def signed_in(item: Item) -> None:
    assert item.title == "Run Lola Run"


@facts("synthetic-error-unauthorized-401", detail("tvdb/movie/2658"), fails=NotConfigured)
def a_key_that_is_refused(error: ProviderError) -> None:
    assert isinstance(error, NotConfigured)
    assert "TVDB_API_KEY" in error.variables


@facts("synthetic-detail-episode-9900101-extended", detail("tvdb/episode/9900101"))
def an_episode(item: Item) -> None:
    assert (item.title, item.release_date, item.description) == ("Pilote", "2015-03-02", "Synthetic.")
    assert others(item) == {"tvdb": "9900101", "imdb": "tt9900011"}
    about = item.episode
    assert (about.series.id, about.season.id, about.season.name) == (
        "tvdb/series/9900001",
        "tvdb/season/2",
        "Season 1",
    )
    assert (about.season_number, about.episode_number, about.absolute_number) == (1, 1, 1)
    assert (about.runtime_minutes, about.is_movie, about.type) == (45, False, Episode.TYPE_UNSPECIFIED)
    assert about.production_code == ""
    assert [(one.name, one.character, one.role) for one in about.guests] == [
        ("Cleo Example", "Le facteur", CreditRole.GUEST)
    ]
    assert [(one.name, one.role, one.job) for one in about.crew] == [
        ("Bob Example", CreditRole.DIRECTOR, "Director"),
        ("Dan Example", CreditRole.WRITER, "Writer"),
    ]
    assert not about.cast


@facts("synthetic-detail-list-77-extended", detail("tvdb/collection/77"))
def a_saga(item: Item) -> None:
    assert (item.title, item.description) == ("Example Saga", "Synthetic.")
    about = item.collection
    assert (about.type, about.official, about.member_count) == (Collection.LIST, True, 2)
    assert [one.id for one in about.members] == ["tvdb/movie/9900005", "tvdb/series/9900001"]
    assert item.links[0].url == "https://thetvdb.com/lists/example-saga"


@facts(
    "synthetic-detail-list-77-extended",
    related("tvdb/collection/77", Relation.MEMBERS, language="en"),
    also=["synthetic-detail-movie-9900005-extended", "synthetic-detail-series-9900001-extended"],
)
def members_of_a_saga(page: Page) -> None:
    assert [item.title for item in page.items] == ["Example Harbor", "Example Street"]
    assert (page.total, page.next) == (2, "")


@facts("synthetic-detail-movie-9900005-extended", detail("tvdb/movie/9900005"))
def a_film(item: Item) -> None:
    assert (item.title, item.original_title, item.year) == ("Le Port d'exemple", "", 2021)
    assert (item.release_date, item.description, item.language) == ("2021-07-01", "Synthétique.", "fr")
    assert [(one.text, one.language) for one in item.alternative_titles] == [("Example Harbor", "en")]
    assert others(item) == {"tvdb": "9900005", "imdb": "tt9900001", "tmdb": "990001"}
    assert (item.engagement.popularity, list(item.countries), list(item.languages)) == (321, ["FR"], ["fr"])
    assert item.source_updated_at.ToJsonString() == "2024-01-02T03:04:05Z"
    assert [(one.date, one.country, one.region, one.note) for one in item.movie.releases] == [
        ("2021-09-08", "FR", "", ""),
        ("2021-07-01", "", "global", "Festival"),
    ]
    assert [one.name for one in item.movie.studios] == ["Example Films"]
    assert (item.movie.HasField("box_office"), item.movie.tagline) == (False, "")
    assert item.links[0].url == "https://thetvdb.com/movies/example-harbor"


@facts("synthetic-detail-movie-9900005-extended", detail("tvdb/movie/9900005", language="en"))
def a_film_in_english(item: Item) -> None:
    assert (item.title, item.original_title) == ("Example Harbor", "Le Port d'exemple")
    assert (item.description, item.language) == ("Synthétique.", "fr")


@facts("synthetic-detail-person-9900205-extended", detail("tvdb/person/9900205"))
def a_person(item: Item) -> None:
    assert (item.title, item.description, item.language) == ("Ada Example", "Synthetic.", "en")
    assert others(item) == {"tvdb": "9900205", "imdb": "nm9900001"}
    about = item.person
    assert (about.birth_date, about.death_date, about.birth_place) == ("1980-01-02", "", "Lyon, France")
    assert (about.gender, list(about.professions)) == (Gender.FEMALE, ["Actor"])
    assert [(one.work.id, one.work.name, one.work.year, one.character) for one in about.works] == [
        ("tvdb/series/9900001", "Rue d'exemple", 2015, "Camille")
    ]
    assert item.links[0].url == "https://thetvdb.com/people/ada-example"


@facts("synthetic-detail-person-9900205-extended", related("tvdb/person/9900205", Relation.WORKS))
def works_of_a_person(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title, item.year) == ("tvdb/series/9900001", "Rue d'exemple", 2015)
    assert (item.context.role, item.context.character) == ("Actor", "Camille")
    assert item.images[0].url == "https://artworks.thetvdb.com/banners/posters/example.jpg"


@facts("synthetic-detail-season-2-extended", detail("tvdb/season/2"))
def a_season(item: Item) -> None:
    assert (item.title, item.year) == ("Season 1", 2015)
    about = item.season
    assert (about.series.id, about.number, about.order) == ("tvdb/series/9900001", 1, SeasonOrder.OFFICIAL)
    assert (about.order_text, about.episode_count) == ("Aired Order", 1)
    assert [(one.id, one.title, one.air_date) for one in about.episodes] == [
        ("tvdb/episode/9900101", "Pilote", "2015-03-02")
    ]


@facts("synthetic-detail-season-2-extended", related("tvdb/season/2", Relation.EPISODES))
def episodes_of_a_season(page: Page) -> None:
    assert ids(page) == ["tvdb/episode/9900101"]


@facts(
    "synthetic-detail-series-9900001-episodes",
    related("tvdb/series/9900001", Relation.EPISODES, season="1"),
)
def episodes_of_a_series(page: Page) -> None:
    first, second = page.items
    assert (first.id, first.title, first.release_date) == ("tvdb/episode/9900101", "Pilote", "2015-03-02")
    assert (first.language, first.episode.absolute_number) == ("fr", 1)
    assert (second.title, second.release_date, second.description) == ("Episode 2", "", "")
    assert (second.HasField("year"), list(second.images), second.language) == (False, [], "")
    assert (page.total, page.total_is_estimate, page.next) == (2, False, "")


@facts("synthetic-detail-series-9900001-extended", detail("tvdb/series/9900001", language="en"))
def a_series(item: Item) -> None:
    assert (item.title, item.original_title) == ("Example Street", "Rue d'exemple")
    assert (item.description, item.language, list(item.countries)) == ("Synthetic.", "en", ["FR"])
    assert [(one.text, one.language) for one in item.alternative_titles] == [("Sample Street", "en")]
    assert others(item) == {"tvdb": "9900001", "imdb": "tt9900002", "tmdb": "990002"}
    assert [(one.role, one.width) for one in item.images] == [(Image.PRIMARY, 0), (Image.BACKDROP, 1920)]
    show = item.series
    assert (show.season_count, [(one.id, one.number, one.title) for one in show.seasons]) == (
        1,
        [("tvdb/season/1", 0, "Specials"), ("tvdb/season/2", 1, "Season 1")],
    )
    assert [one.name for one in show.networks] == ["Example TV"]
    assert not show.studios
    assert [(one.name, one.character, one.id) for one in show.cast] == [("Ada Example", "Camille", "tvdb/person/105")]
    assert [(one.name, one.job) for one in show.crew] == [("Bob Example", "Director")]
    assert (list(show.broadcast.weekdays), show.broadcast.time) == ([Weekday.MONDAY], "20:50")
    assert [(one.title, one.key, one.HasField("duration_seconds")) for one in show.videos] == [
        ("Trailer", "EXAMPLE", False)
    ]
    assert (show.last_episode.air_date, show.HasField("next_episode")) == ("2018-05-01", False)


@facts("synthetic-detail-series-9900001-extended", detail("tvdb/series/9900001", language="de"))
def a_series_in_a_language_that_it_lacks(item: Item) -> None:
    assert (item.title, item.original_title, item.language) == ("Rue d'exemple", "", "fr")


@facts("synthetic-detail-series-9900001-extended", related("tvdb/series/9900001", Relation.SEASONS))
def seasons(page: Page) -> None:
    assert ids(page) == ["tvdb/season/2", "tvdb/season/1"]
    assert [item.title for item in page.items] == ["Season 1", "Specials"]


@facts(
    "synthetic-detail-series-9900001-extended",
    related("tvdb/series/9900001", Relation.SEASONS, season_type=SeasonOrder.DVD),
)
def seasons_on_disc(page: Page) -> None:
    assert ids(page) == ["tvdb/season/3"]


@facts("synthetic-detail-series-9900001-extended", related("tvdb/series/9900001", Relation.CAST))
def a_cast(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("tvdb/person/105", "Ada Example")
    assert (item.context.role, item.context.character) == ("Actor", "Camille")


@facts("synthetic-detail-series-9900001-extended", related("tvdb/series/9900001", Relation.IMAGES))
def pictures(page: Page) -> None:
    assert [(item.id, item.images[0].role) for item in page.items] == [
        ("tvdb/image/62", Image.POSTER),
        ("tvdb/image/63", Image.BACKDROP),
    ]


@facts("trending-movies-filter", trending(Feed.POPULAR, kind=Item.MOVIE, region="US", language="en"))
def popular_films(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title, item.year) == ("tvdb/movie/353554", "I Am: Celine Dion", 2024)
    assert (item.engagement.popularity, item.movie.runtime_minutes) == (22669, 102)
    assert item.images[0].url == "https://artworks.thetvdb.com/banners/v4/movie/353554/posters/6656173b5167f.jpg"
    assert (item.description, page.total, page.next) == ("", None, "")


@facts("trending-series-filter", trending(Feed.POPULAR, kind=Item.SERIES, region="US", language="en"))
def popular_series(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("tvdb/series/79399", "Who Wants to Be a Superhero?")
    assert (item.year, item.end_year, item.end_date) == (2006, 2007, "2007-09-06")
    assert (item.status, item.engagement.popularity, list(item.countries)) == (WorkStatus.COMPLETED, 190, ["US"])
    assert (item.description, item.language, list(item.series.episode_runtime_minutes)) == ("", "", [45])
