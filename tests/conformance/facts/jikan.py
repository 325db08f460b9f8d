"""Jikan (MyAnimeList)."""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import SeasonOfYear, Weekday
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_anime_manga_pb2 import Format
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import NotFound, Page, ProviderError, TermPage
from tests.conformance.cases import Facts, detail, lookup, related, search, terms, trending

facts = Facts("jikan", walk="sample voyage", nothing="nothing")

facts.not_asked("error-reviews-500", "reviews are never asked for; what a 500 becomes stands in test_jikan.py")
facts.not_asked("trending-recommendations-anime", "pairs of works and users' words on them: no feed of the contract")


def titles(item: Item) -> list[tuple[str, str]]:
    return [(AlternativeTitle.Type.Name(one.type), one.text) for one in item.alternative_titles]


def ids(items: Sequence[Item]) -> list[str]:
    return [item.source_id for item in items]


@facts("detail-anime-457-mushishi", detail("jikan/anime/457"))
def an_anime(item: Item) -> None:
    assert (item.kind, item.title, item.original_title, item.language) == (Item.ANIME, "Mushishi", "蟲師", "en")
    assert titles(item) == [("ENGLISH", "Mushi-Shi")]
    assert item.description.startswith('"Mushi": the most basic forms of life in the world.')
    assert item.description.endswith("lead to the meaning of life itself.")
    assert item.description.count("\n\n") == 4
    assert (item.year, item.end_year, item.release_date, item.end_date) == (2005, 2006, "2005-10-23", "2006-06-19")
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://cdn.myanimelist.net/images/anime/2/73862l.webp"),
        (Image.THUMBNAIL, "https://cdn.myanimelist.net/images/anime/2/73862t.webp"),
    ]
    assert [(one.role, one.url) for one in item.links] == [(Link.SOURCE, "https://myanimelist.net/anime/457/Mushishi")]
    assert [(one.scheme, one.value) for one in item.external_ids] == [("mal", "457")]
    assert (item.rating.value, item.rating.scale, item.rating.votes) == (8.67, 10, 260971)
    assert [(one.system, one.rating, one.min_age) for one in item.age_ratings] == [("MyAnimeList", "PG-13", 13)]
    assert item.HasField("adult") and not item.adult
    assert (item.engagement.rank, item.engagement.popularity_rank) == (59, 204)
    assert (item.engagement.followers, item.engagement.favorites) == (766612, 25306)
    assert (item.status, item.status_text) == (WorkStatus.COMPLETED, "Finished Airing")
    assert list(item.genres) == ["Adventure", "Fantasy", "Mystery", "Slice of Life", "Supernatural"]
    anime = item.anime
    assert (anime.format, anime.format_text, anime.source, anime.episode_count) == (Format.TV, "TV", "Manga", 26)
    assert (anime.duration_text, anime.duration_minutes, anime.season) == ("25 min per ep", 25, SeasonOfYear.FALL)
    assert (list(anime.broadcast.weekdays), anime.broadcast.time) == ([Weekday.SUNDAY], "03:40")
    assert (anime.broadcast.timezone, anime.broadcast.text) == ("Asia/Tokyo", "Sundays at 03:40 (JST)")
    assert [(one.id, one.name) for one in anime.studios] == [("jikan/organization/8", "Artland")]
    assert [(one.id, one.name) for one in anime.licensors] == [("jikan/organization/102", "Funimation")]
    assert [one.name for one in anime.producers] == [
        "Avex Entertainment",
        "Marvelous",
        "SKY Perfect Well Think",
        "Delfi Sound",
    ]
    assert (list(anime.themes), list(anime.demographics)) == (["Adult Cast", "Historical", "Iyashikei"], ["Seinen"])
    assert (anime.trailer.key, anime.trailer.site) == ("h371H0KIuPo", "YouTube")
    assert anime.background.startswith("Mushishi is an adaptation of Yuki Urushibara's")
    assert (len(anime.explicit_genres), len(anime.openings), len(anime.relations)) == (0, 0, 0)


@facts("detail-anime-457-mushishi", detail("jikan/anime/457", language="fr-FR"))
def an_anime_by_its_french_title(item: Item) -> None:
    assert (item.title, item.original_title) == ("Mushi-Shi", "蟲師")
    assert titles(item) == [("ROMANIZED", "Mushishi")]


@facts("detail-anime-457-mushishi", lookup("mal", "457"))
def an_anime_by_its_number(page: Page) -> None:
    assert [(item.kind, item.title) for item in page.items] == [(Item.ANIME, "Mushishi")]


@facts("detail-manga-25-fma", detail("jikan/manga/25"))
def a_manga(item: Item) -> None:
    assert (item.kind, item.title, item.original_title) == (Item.MANGA, "Fullmetal Alchemist", "鋼の錬金術師")
    assert titles(item) == [
        ("SYNONYM", "Full Metal Alchemist"),
        ("SYNONYM", "Hagane no Renkinjutsushi"),
        ("SYNONYM", "FMA"),
        ("SYNONYM", "HagaRen"),
        ("SYNONYM", "Fullmetal Alchemist Gaiden"),
    ]
    assert item.description.endswith("than they could ever imagine.")
    assert (item.year, item.release_date, item.end_year, item.end_date) == (2001, "2001-07-12", 2010, "2010-09-11")
    assert (item.rating.value, item.rating.votes) == (9.04, 147230)
    assert (item.status, item.status_text) == (WorkStatus.COMPLETED, "Finished")
    assert list(item.genres) == ["Action", "Adventure", "Award Winning", "Drama", "Fantasy"]
    assert (len(item.age_ratings), item.HasField("adult")) == (0, False)
    manga = item.manga
    assert (manga.format, manga.chapter_count, manga.volume_count) == (Format.MANGA, 116, 27)
    assert [(one.name, one.id, one.role) for one in manga.credits] == [
        ("Arakawa, Hiromu", "jikan/person/1874", CreditRole.AUTHOR)
    ]
    assert [(one.id, one.name) for one in manga.magazines] == [("13", "Shounen Gangan")]
    assert (list(manga.themes), list(manga.demographics)) == (["Military"], ["Shounen"])
    assert manga.background.startswith("Hagane no Renkinjutsushi won the 49th")


@facts("detail-character-425", detail("jikan/character/425"))
def a_character(item: Item) -> None:
    assert (item.kind, item.title, item.original_title) == (Item.CHARACTER, "Ginko", "ギンコ")
    assert titles(item) == [("NICKNAME", "Mushishi"), ("NICKNAME", "Yoki")]
    assert item.engagement.favorites == 15304
    assert item.description.count("\n\n") == 2
    assert [one.url for one in item.images] == [
        "https://cdn.myanimelist.net/images/characters/14/303453.webp",
        "https://cdn.myanimelist.net/images/characters/14/303453t.webp",
    ]
    assert [one.url for one in item.links] == ["https://myanimelist.net/character/425/Ginko"]
    assert (len(item.character.works), len(item.character.voices)) == (0, 0)


@facts("detail-producer-37", detail("jikan/organization/37"))
def a_producer(item: Item) -> None:
    assert (item.kind, item.title, item.original_title) == (Item.ORGANIZATION, "Studio Deen", "スタジオディーン")
    assert (item.organization.founded, item.organization.work_count) == ("1975-03-14", 306)
    assert (item.engagement.favorites, item.description) == (772, "")
    assert [one.url for one in item.images] == ["https://cdn.myanimelist.net/images/company/37.png"]
    assert [one.url for one in item.links] == ["https://myanimelist.net/anime/producer/37/Studio_Deen"]


@facts("error-manga-404", detail("jikan/manga/-1"), fails=NotFound)
def nothing_of_this_number(error: ProviderError) -> None:
    assert "nothing of this number" in str(error)


@facts("related-anime-457-episodes", related("jikan/anime/457", Relation.EPISODES))
def episodes(page: Page) -> None:
    # `has_next_page` is true on this last page.
    assert (len(page.items), page.next, page.total) == (26, "", None)
    first = page.items[0]
    assert (first.kind, first.source_id, first.title, first.original_title) == (
        Item.EPISODE,
        "457/1",
        "The Green Seat",
        "緑の座",
    )
    assert titles(first) == [("ROMANIZED", "Midori no Za")]
    assert (first.year, first.release_date) == (2005, "2005-10-23")
    assert (first.rating.value, first.rating.scale, first.rating.HasField("votes")) == (4.5, 5, False)
    assert (first.episode.series.id, first.episode.episode_number) == ("jikan/anime/457", 1)
    assert (first.episode.filler, first.episode.recap) == (False, False)
    assert [(one.role, one.url) for one in first.links] == [
        (Link.SOURCE, "https://myanimelist.net/anime/457/Mushishi/episode/1"),
        (Link.OTHER, "https://myanimelist.net/forum/?topicid=12050"),
    ]
    last = page.items[-1]
    assert (last.source_id, last.title) == ("457/26", "The Sound of Footsteps on the Grass")


@facts("search-anime-naruto", search("naruto", kind=Item.ANIME))
def anime_by_words(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (10, "2", 29)
    first, second = page.items[:2]
    assert (first.source_id, first.title, first.year) == ("53240", "Naruto: Road of Naruto", 2022)
    # Nobody has rated or ranked it yet: upstream writes null and 0.
    assert (first.HasField("rating"), first.HasField("engagement"), first.HasField("end_year")) == (False,) * 3
    assert (first.anime.format, first.anime.duration_minutes) == (Format.SPECIAL, 9)
    assert not first.anime.HasField("broadcast")
    assert (second.source_id, second.title, second.year, second.end_date) == ("20", "Naruto", 2002, "2007-02-08")
    assert (second.rating.value, second.rating.votes, second.engagement.rank) == (7.98, 1813282, 608)
    film = page.items[8]
    assert (film.source_id, film.anime.format, film.anime.duration_minutes) == ("28755", Format.MOVIE, 95)
    assert ("TRANSLATED", "Boruto: Naruto Le Film") in titles(film)
    assert page.items[7].release_date == "2011-01-01"  # a first of January that is meant


@facts("search-anime-naruto", search("naruto"))
def one_kind_answers_for_both(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (10, "2-0", None)


@facts("search-manga-jujutsu-kaisen", search("jujutsu kaisen", kind=Item.MANGA))
def manga_by_words(page: Page) -> None:
    assert (ids(page.items)[:2], len(page.items), page.next, page.total) == (["113138", "115710"], 8, "", 8)
    first = page.items[0]
    assert (first.title, first.status, first.year) == ("Jujutsu Kaisen", WorkStatus.ONGOING, 2018)
    assert (first.manga.HasField("chapter_count"), first.manga.HasField("volume_count")) == (False, False)
    assert (first.HasField("end_year"), first.end_date) == (False, "")
    assert [one.name for one in first.manga.credits] == ["Akutami, Gege"]
    assert [one.name for one in first.manga.magazines] == ["Shounen Jump (Weekly)"]
    assert page.items[2].manga.format == Format.ONE_SHOT


@facts("search-lightnovel-mushoku-tensei", search("mushoku tensei", kind=Item.MANGA, formats=[Format.LIGHT_NOVEL]))
def light_novels_by_words(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (8, "2", 156)
    first = page.items[0]
    assert (first.source_id, first.title) == ("70261", "Mushoku Tensei: Isekai Ittara Honki Dasu")
    assert (first.rating.value, first.rating.votes, first.manga.format) == (8.77, 27484, Format.LIGHT_NOVEL)
    assert (first.release_date, first.end_date) == ("2014-01-23", "2022-11-25")
    assert {item.manga.format_text for item in page.items} == {"Light Novel"}


@facts("search-genres-manga", terms(Term.GENRES, kind=Item.MANGA))
def genres_of_manga(page: TermPage) -> None:
    # Recorded without a filter: all sorts in one list.
    assert (len(page.terms), page.next) == (78, "")
    first = page.terms[0]
    assert (first.id, first.name, first.count, list(first.kinds)) == ("1", "Action", 8468, [Item.MANGA])
    assert first.url == "https://myanimelist.net/manga/genre/1/Action"
    assert [term.name for term in page.terms if term.id == "42"] == ["Josei"]


@facts("trending-seasons-list", terms(Term.SEASONS))
def seasons(page: TermPage) -> None:
    assert len(page.terms) == 78
    assert [term.id for term in page.terms][:3] == ["2023-spring", "2023-winter", "2022-fall"]
    assert (page.terms[0].name, page.terms[0].slug, page.terms[0].year_from) == ("Spring 2023", "spring", 2023)
    assert page.terms[-1].id == "2004-winter"


@facts("trending-seasons-now", trending(Feed.TRENDING))
def the_season_that_is_on(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (25, "2", 57)
    first = page.items[0]
    assert (first.source_id, first.title, first.status) == ("44511", "Chainsaw Man", WorkStatus.ONGOING)
    assert (first.rating.value, first.rating.votes) == (8.83, 178318)
    assert (first.anime.season, first.year, first.HasField("context")) == (SeasonOfYear.FALL, 2022, False)


@facts("trending-seasons-now", trending(Feed.SEASON))
def a_season_without_a_year_is_this_one(page: Page) -> None:
    assert ids(page.items)[:2] == ["44511", "50602"]


@facts("trending-seasons-upcoming", trending(Feed.UPCOMING))
def what_is_to_come(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (25, "2", 740)
    first, second, third, fourth = page.items[:4]
    assert (first.source_id, first.title) == ("40357", "Tate no Yuusha no Nariagari Season 3")
    assert (first.status, first.HasField("year"), first.release_date) == (WorkStatus.UPCOMING, False, "")
    assert (first.HasField("rating"), first.anime.duration_text, first.anime.HasField("broadcast")) == (
        False,
        "",
        False,
    )
    # A year alone is recorded as the first of January, a month alone as its first day.
    assert (second.release_date, second.year) == ("2023", 2023)
    assert (third.release_date, fourth.release_date) == ("2023-01-10", "2023-01")


@facts("trending-top-anime-tv", trending(Feed.TOP_RATED, formats=[Format.TV]))
def the_best(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (25, "2", 7231)
    assert [item.context.position for item in page.items] == list(range(1, 26))
    first = page.items[0]
    assert (first.source_id, first.title) == ("5114", "Fullmetal Alchemist: Brotherhood")
    assert (first.rating.value, first.rating.votes, first.engagement.rank) == (9.11, 1935162, 1)
    # A winter begins in December of the year before.
    winter = page.items[23]
    assert (winter.year, winter.release_date, winter.anime.season) == (2021, "2020-12-07", SeasonOfYear.WINTER)
    irregular = next(item for item in page.items if item.source_id == "35247")
    assert (irregular.anime.broadcast.text, list(irregular.anime.broadcast.weekdays)) == (
        "Not scheduled once per week",
        [],
    )


@facts("trending-schedules-monday", trending(Feed.SCHEDULE, weekday=Weekday.MONDAY))
def mondays(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (9, "", 9)
    assert (page.items[0].source_id, page.items[0].title) == ("52815", "Ganbare! Choushuu-kun")
    assert not page.items[0].HasField("rating")
    assert all(list(item.anime.broadcast.weekdays) == [Weekday.MONDAY] for item in page.items)
