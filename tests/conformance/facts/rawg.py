"""RAWG."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed
from tako.v1.details_people_pb2 import OrganizationRole
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotConfigured, NotFound, Page, TermPage
from tests.conformance.cases import Facts, detail, lookup, search, terms, trending

facts = Facts("rawg", walk="sample lantern", nothing="no such sample")

PICTURES = "https://media.rawg.io/media"


def titles(page: Page) -> list[str]:
    return [item.title for item in page.items]


def firsts(page: TermPage, count: int = 2) -> list[tuple[str, str, str, int]]:
    return [(one.id, one.name, one.slug, one.count) for one in page.terms[:count]]


@facts("detail-game-1", detail("rawg/video_game/1"))
def a_game_with_few_votes(item: Item) -> None:
    assert (item.kind, item.title, item.original_title) == (Item.VIDEO_GAME, "D/Generation HD", "")
    assert (item.release_date, item.year, item.language) == ("2015-10-23", 2015, "en")
    assert item.description.startswith("The year is 2021, and Genoq has become a leading corporation")
    assert "\n\nYou arrive on the 80th floor" in item.description
    # Two votes, and a rating of 0.0: none. No score of critics either.
    assert (item.HasField("rating"), list(item.ratings), item.HasField("adult")) == (False, [], False)
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://rawg.io/games/dgeneration-hd"),
        (Link.OFFICIAL, "http://dgeneration.net"),
    ]
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, f"{PICTURES}/screenshots/5c4/5c41cb3b0d15ef0974f930898cedbc6c.jpg"),
        (Image.BACKDROP, f"{PICTURES}/screenshots/8bd/8bd3afed5e0bb62ea03899f9807d1b38.jpg"),
    ]
    assert [(one.system, one.rating, one.min_age) for one in item.age_ratings] == [("ESRB", "Everyone 10+", 10)]
    assert (item.engagement.popularity, item.engagement.owners, item.engagement.wanters) == (97, 89, 2)
    assert dict(item.attributes) == {"suggestions_count": "284", "users_beaten": "2", "users_yet": "4"}
    assert list(item.genres) == ["Adventure", "Puzzle"]
    assert (len(item.tags), item.tags[4]) == (5, "Retro")
    assert item.source_updated_at.ToJsonString() == "2019-09-17T11:58:57Z"
    game = item.video_game
    assert [(one.term_id, one.name, one.release_date) for one in game.platforms] == [
        ("1", "Xbox One", "2016-02-12"),
        ("18", "PlayStation 4", ""),
        ("7", "Nintendo Switch", "2018-03-27"),
        ("4", "PC", "2015-10-23"),
        ("5", "macOS", "2015-10-23"),
    ]
    assert game.platforms[3].requirements_minimum == "Minimum:\nMemory: 4 GB RAM\nDirectX: Version 11"
    assert not game.platforms[0].requirements_minimum
    assert [(one.id, one.name) for one in game.developers] == [
        ("rawg/organization/developer/10183", "West Coast Software")
    ]
    assert [(one.id, one.name) for one in game.publishers] == [
        ("rawg/organization/publisher/8169", "West Coast Software")
    ]
    assert [(one.id, one.name) for one in game.stores] == [
        ("2", "Xbox Store"),
        ("3", "PlayStation Store"),
        ("1", "Steam"),
        ("6", "Nintendo Store"),
    ]
    assert (game.playtime_hours, game.achievement_count, game.screenshot_count) == (1, 80, 28)
    assert (game.tba, game.HasField("series_count"), game.slug) == (False, False, "dgeneration-hd")


@facts("detail-game-3498", detail("rawg/video_game/3498"))
def a_game_that_many_have(item: Item) -> None:
    assert (item.source_id, item.title, item.release_date) == ("3498", "Grand Theft Auto V", "2013-09-17")
    assert [(one.text, one.type) for one in item.alternative_titles] == [
        (name, AlternativeTitle.SYNONYM) for name in ("GTA 5", "GTA V", "GTA5", "GTAV")
    ]
    assert (item.rating.value, item.rating.scale, item.rating.votes) == (4.47, 5, 6847)
    assert [(one.label, one.count, one.percent) for one in item.rating.distribution][:2] == [
        ("exceptional", 4110, 59.11),
        ("recommended", 2275, 32.72),
    ]
    assert [(one.name, one.value, one.source, one.HasField("votes")) for one in item.ratings][:2] == [
        ("Metacritic", 92, Rating.CRITICS, False),
        ("Metacritic (PC)", 96, Rating.CRITICS, False),
    ]
    assert (len(item.ratings), item.ratings[7].name, item.ratings[7].value) == (
        8,
        "Metacritic (Xbox Series S/X)",
        79,
    )
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://rawg.io/games/grand-theft-auto-v"),
        (Link.OFFICIAL, "http://www.rockstargames.com/V/"),
        (Link.SOCIAL, "https://www.reddit.com/r/GrandTheftAutoV/"),
        (Link.REVIEW, "https://www.metacritic.com/game/pc/grand-theft-auto-v"),
    ]
    assert [(one.rating, one.min_age) for one in item.age_ratings] == [("Mature", 17)]
    assert (item.engagement.popularity, item.engagement.owners, item.engagement.wanters) == (21078, 12140, 610)
    assert item.attributes["users_playing"] == "727"
    game = item.video_game
    assert [one.name for one in game.developers] == ["Rockstar North", "Rockstar Games"]
    assert [one.id for one in game.publishers] == ["rawg/organization/publisher/2155"]
    assert (len(game.platforms), game.platforms[1].name, game.platforms[1].term_id) == (7, "PlayStation 5", "187")
    assert game.platforms[0].requirements_minimum.startswith("Minimum:OS: Windows 10 64 Bit")
    assert not game.platforms[1].requirements_minimum
    assert (game.playtime_hours, game.achievement_count, game.addition_count, game.series_count) == (74, 539, 3, 12)
    assert (len(item.tags), len(game.stores)) == (19, 5)


@facts("detail-game-3498", lookup("rawg", "3498", kinds=(Item.VIDEO_GAME,)))
def a_game_by_its_number(page: Page) -> None:
    assert (titles(page), page.next) == (["Grand Theft Auto V"], "")


@facts("search-assassins-creed", search("Assassin's Creed"))
def a_search_by_words(page: Page) -> None:
    assert (titles(page), page.total, page.next, page.total_is_estimate) == (["Assassin's Creed"], 1084, "2", False)
    item = page.items[0]
    assert (item.source_id, item.release_date, item.year) == ("4729", "2007-11-13", 2007)
    assert (item.rating.value, item.rating.votes, item.ratings[0].value) == (3.91, 1971, 80)
    assert [one.name for one in item.video_game.platforms] == ["PC", "Xbox One", "Xbox 360", "PlayStation 3"]
    assert (item.video_game.slug, item.video_game.playtime_hours) == ("assassins-creed", 5)
    assert [one.role for one in item.images] == [Image.PRIMARY, Image.SCREENSHOT]
    assert (list(item.genres), list(item.tags), item.description) == (["Action"], ["Stealth"], "")


@facts("search-starfield", search("Starfield", exact=True, include_editions=True))
def an_exact_search(page: Page) -> None:
    assert (titles(page), page.total, page.next) == (["Starfield"], 16, "2")
    item = page.items[0]
    assert (item.source_id, item.release_date, item.rating.votes) == ("58779", "2023-09-06", 261)
    # Its Russian tag is left out; what the entry lacks stays unset.
    assert list(item.tags) == ["Singleplayer"]
    assert (list(item.genres), list(item.age_ratings), len(item.images)) == ([], [], 1)


@facts("search-platform-83-n64", search(platforms=["83"]))
def games_of_a_platform(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (20, 363, "")
    first, mario = page.items[0], page.items[7]
    assert (first.source_id, first.title) == ("5159", "Resident Evil 2 (1998)")
    assert (mario.source_id, mario.title, mario.release_date) == ("54528", "Super Mario 64", "1996-06-23")
    assert (mario.ratings[0].value, list(mario.age_ratings), list(mario.genres)) == (94, [], ["Platformer"])
    assert [one.term_id for one in mario.video_game.platforms] == ["7", "9", "10", "11", "83"]
    assert [one.name for one in mario.video_game.stores] == ["Nintendo Store"]
    assert (list(page.items[2].tags), list(page.items[2].ratings)) == (["Singleplayer"], [])


@facts("trending-games-default", trending(Feed.POPULAR))
def popular_games(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (20, 871752, "2")
    assert titles(page)[:3] == ["Grand Theft Auto V", "The Witcher 3: Wild Hunt", "Portal 2"]
    witcher = page.items[1]
    assert (witcher.rating.value, witcher.engagement.owners, witcher.video_game.playtime_hours) == (4.65, 11987, 45)
    assert {one.release_date for one in witcher.video_game.platforms} == {"2015-05-18"}
    assert len([one for one in witcher.images if one.role == Image.SCREENSHOT]) == 6
    # Many games that are for sale everywhere have tags like Nudity and Mature.
    assert not any(one.adult for one in page.items)


@facts("trending-games-default", trending(Feed.TOP_RATED))
@facts("trending-games-default", trending(Feed.UPDATED))
@facts("trending-games-default", trending(Feed.TRENDING))
def other_feeds_are_the_same_list_in_other_orders(page: Page) -> None:
    assert (len(page.items), page.items[0].source_id) == (20, "3498")


@facts("trending-games-page-34", trending(Feed.POPULAR, cursor="34"))
def a_page_in_the_middle(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (20, 564690, "35")
    assert titles(page)[0] == "Hard Reset Extended Edition"
    assert [one.title for one in page.items if not one.ratings] == [
        "Crash Bandicoot 2: Cortex Strikes Back",
        "LittleBigPlanet",
        "Tomb Raider II",
        "STAR WARS - Dark Forces",
        "Goat of Duty",
    ]
    skullgirls = page.items[3]
    assert [one.release_date for one in skullgirls.video_game.platforms][2::6] == ["2012-02-14", "2018-01-17"]
    assert list(skullgirls.genres) == ["Action", "Adventure", "RPG", "Fighting", "Indie"]


@facts("lookup-creator-details-2551", detail("rawg/person/2551"))
def a_creator(item: Item) -> None:
    assert (item.kind, item.title, item.source_id) == (Item.PERSON, "John Romero", "2551")
    assert item.description.startswith("John Romero is a games writer, director, composer and artist")
    assert "Romero's first published game" in item.description
    assert [one.role for one in item.images] == [Image.PRIMARY, Image.BACKDROP]
    assert [one.url for one in item.links] == ["https://rawg.io/creators/john-romero"]
    assert (item.rating.value, item.rating.scale, item.rating.votes) == (4.2, 5, 6151)
    assert (item.person.work_count, len(item.person.professions)) == (75, 7)
    assert item.person.professions[0] == "writer"
    assert (list(item.person.works), dict(item.attributes)) == ([], {"slug": "john-romero"})


@facts("lookup-creator-details-2551", lookup("rawg", "2551", kinds=(Item.PERSON,)))
def a_creator_by_number(page: Page) -> None:
    assert titles(page) == ["John Romero"]


@facts("lookup-developer-details-405", detail("rawg/organization/developer/405"))
def a_developer(item: Item) -> None:
    assert (item.kind, item.source_id, item.title) == (Item.ORGANIZATION, "developer/405", "Ubisoft")
    assert (list(item.organization.roles), item.organization.work_count) == ([OrganizationRole.DEVELOPER], 343)
    assert (item.description, [one.role for one in item.images]) == ("", [Image.BACKDROP])
    assert [one.url for one in item.links] == ["https://rawg.io/developers/ubisoft"]


@facts("lookup-publisher-details-354", detail("rawg/organization/publisher/354"))
def a_publisher(item: Item) -> None:
    assert (item.source_id, item.title) == ("publisher/354", "Electronic Arts")
    assert (list(item.organization.roles), item.organization.work_count) == ([OrganizationRole.PUBLISHER], 1324)
    assert item.description.split("\n\n")[1] == "History"
    assert item.release_date == ""


@facts("lookup-genres", terms(Term.GENRES))
def genres(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (19, 19, "")
    assert firsts(page) == [("4", "Action", "action", 181655), ("51", "Indie", "indie", 68073)]
    assert (page.terms[0].item_id, page.terms[0].url) == ("", "")


@facts("lookup-genre-details-51", terms(Term.GENRES, term_id="51"))
def one_genre(page: TermPage) -> None:
    assert firsts(page) == [("51", "Indie", "indie", 68073)]
    assert page.terms[0].description.startswith("Indie is one of the vaguest categories in video games.")
    assert "that game's launch" in page.terms[0].description


@facts("lookup-platforms", terms(Term.PLATFORMS))
def platforms(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (50, 51, "2")
    assert firsts(page) == [("4", "PC", "pc", 534389), ("187", "PlayStation 5", "playstation5", 1104)]
    assert (page.terms[0].HasField("year_from"), page.terms[1].year_from) == (False, 2020)
    assert page.terms[49].name == "Neo Geo"


@facts("lookup-platform-details-4", terms(Term.PLATFORMS, term_id="4"))
def one_platform(page: TermPage) -> None:
    assert firsts(page) == [("4", "PC", "pc", 534389)]
    assert page.terms[0].description.count("\n\n") == 1


@facts("lookup-parent-platforms", terms(Term.PLATFORM_FAMILIES))
def families(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (14, 14, "")
    assert [(one.id, one.name) for one in page.terms][:3] == [("1", "PC"), ("2", "PlayStation"), ("3", "Xbox")]
    assert not page.terms[0].HasField("count")


@facts("lookup-parent-platforms", terms(Term.PLATFORMS, parent="playstation"))
def platforms_of_a_family(page: TermPage) -> None:
    assert [one.name for one in page.terms] == [
        "PlayStation 5",
        "PlayStation 4",
        "PlayStation 3",
        "PlayStation 2",
        "PlayStation",
        "PS Vita",
        "PSP",
    ]
    assert {one.parent_id for one in page.terms} == {"2"}


@facts("lookup-stores", terms(Term.STORES))
def stores(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (10, 10, "")
    assert firsts(page, 1) == [("1", "Steam", "steam", 97458)]
    assert [one.host for one in page.terms][:2] == ["store.steampowered.com", "store.playstation.com"]


@facts("lookup-store-details-1", terms(Term.STORES, term_id="1"))
def one_store(page: TermPage) -> None:
    assert firsts(page) == [("1", "Steam", "steam", 97458)]
    assert page.terms[0].description.startswith("Steam is an online video game store")


@facts("lookup-tags", terms(Term.TAGS))
def tags(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (10, 9672, "2")
    assert firsts(page, 1) == [("31", "Singleplayer", "singleplayer", 226240)]
    assert page.terms[0].url == "https://rawg.io/tags/singleplayer"


@facts("lookup-tag-details-31", terms(Term.TAGS, term_id="31"))
def one_tag(page: TermPage) -> None:
    assert firsts(page) == [("31", "Singleplayer", "singleplayer", 226240)]
    assert page.terms[0].description == ""


@facts("lookup-developers", terms(Term.DEVELOPERS))
def developers(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (10, 447716, "2")
    assert firsts(page) == [("405", "Ubisoft", "ubisoft", 343), ("1612", "Valve Software", "valve-software", 43)]
    assert page.terms[0].item_id == "rawg/organization/developer/405"


@facts("lookup-publishers", terms(Term.PUBLISHERS))
def publishers(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (10, 75317, "2")
    assert firsts(page, 1) == [("354", "Electronic Arts", "electronic-arts", 1324)]
    assert page.terms[0].item_id == "rawg/organization/publisher/354"


@facts("lookup-creators", terms(Term.CREATORS))
def creators(page: TermPage) -> None:
    assert (len(page.terms), page.total, page.next) == (10, 27966, "2")
    assert firsts(page) == [("31", "Gabe Newell", "gabe-newell", 24), ("37", "Marc Laidlaw", "marc-laidlaw", 15)]
    assert page.terms[0].item_id == "rawg/person/31"
    assert page.terms[0].image_url == f"{PICTURES}/persons/5e5/5e5e064d3475fc3fe49d1d2debb4e36c.jpg"


@facts("lookup-creator-roles", terms(Term.ROLES))
def roles(page: TermPage) -> None:
    assert [one.name for one in page.terms] == [
        "writer",
        "director",
        "composer",
        "artist",
        "producer",
        "designer",
        "programmer",
    ]
    assert (page.total, page.next) == (7, "")


@facts("error-bad-key-401", search(include_editions=True), fails=NotConfigured)
@facts("error-no-key-401", search(include_editions=True), fails=NotConfigured)
def a_key_that_is_none(error: NotConfigured) -> None:
    assert error.variables == ("RAWG_API_KEY",)


@facts("error-game-404", detail("rawg/video_game/COCOON"), fails=NotFound)
def a_title_is_no_slug(error: NotFound) -> None:
    assert "RAWG" in str(error)
