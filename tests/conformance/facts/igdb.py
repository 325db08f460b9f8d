"""IGDB."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order
from tako.v1.details_games_pb2 import VideoGame
from tako.v1.details_people_pb2 import Collection, OrganizationRole
from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotConfigured, Page, TermPage
from tako_providers.sdk.errors import ReplayMiss
from tests.conformance.cases import Facts, detail, lookup, search, terms, trending

facts = Facts("igdb", walk="sample lantern", nothing="no such sample")

PICTURES = "https://images.igdb.com/igdb/image/upload"
GOD_OF_WAR = "search-god-of-war"


def titles(page: Page) -> list[str]:
    return [item.title for item in page.items]


def words(page: TermPage) -> list[tuple[str, str, str]]:
    return [(one.id, one.name, one.slug) for one in page.terms]


@facts("detail-game-19560", detail("igdb/video_game/19560"))
def a_game(item: Item) -> None:
    assert (item.kind, item.source_id, item.title) == (Item.VIDEO_GAME, "19560", "God of War")
    assert (item.release_date, item.year, item.language, item.release_text) == ("2018-04-20", 2018, "en", "")
    assert item.description.startswith("God of War is the sequel to God of War III")
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, f"{PICTURES}/t_cover_big/co1tmu.jpg"),
        (Image.THUMBNAIL, f"{PICTURES}/t_thumb/co1tmu.jpg"),
    ]
    assert list(item.genres) == ["Hack and slash/Beat 'em up", "Adventure"]
    game = item.video_game
    assert [(one.term_id, one.name, one.release_date) for one in game.platforms] == [
        ("6", "PC (Microsoft Windows)", "2022-01-14"),
        ("48", "PlayStation 4", "2018-04-20"),
    ]
    assert [(one.id, one.name) for one in game.developers] == [("igdb/organization/4357", "SIE Santa Monica Studio")]
    # Who published it was not asked for when this was recorded.
    assert (list(game.publishers), game.type, item.HasField("rating")) == ([], VideoGame.TYPE_UNSPECIFIED, False)
    assert [one.date for one in game.releases] == ["2018-04-20", "2022-01-14"]
    assert [(one.role, one.url.split("/")[2]) for one in item.links] == [
        (Link.OTHER, "godofwar.playstation.com"),
        (Link.SOCIAL, "www.facebook.com"),
        (Link.WIKI, "en.wikipedia.org"),
        (Link.WIKI, "godofwar.fandom.com"),
        (Link.SOCIAL, "twitter.com"),
        (Link.SOCIAL, "instagram.com"),
        (Link.SOCIAL, "www.youtube.com"),
        (Link.STORE, "store.steampowered.com"),
        (Link.STORE, "www.epicgames.com"),
    ]


@facts("detail-game-19560", lookup("igdb", "19560", kinds=(Item.VIDEO_GAME,)))
def a_game_by_its_number(page: Page) -> None:
    assert titles(page) == ["God of War"]


@facts("detail-game-7346-fields-star", detail("igdb/video_game/7346"))
def a_game_whose_references_are_numbers(item: Item) -> None:
    assert item.title == "The Legend of Zelda: Breath of the Wild"
    assert (item.release_date, item.year) == ("2017-03-03", 2017)
    assert (round(item.rating.value, 4), item.rating.scale, item.rating.votes, item.rating.source) == (
        92.5872,
        100,
        453,
        Rating.USERS,
    )
    assert [(round(one.value, 4), one.votes, one.source) for one in item.ratings] == [
        (95.0899, 484, Rating.COMBINED),
        (97.5926, 31, Rating.CRITICS),
    ]
    assert item.description.startswith("Step into a world of discovery")
    game = item.video_game
    assert game.storyline.startswith("Link awakes in a mysterious chamber after 100 years of slumber")
    assert (game.slug, game.type) == ("the-legend-of-zelda-breath-of-the-wild", VideoGame.MAIN)
    assert (game.multiplayer, item.engagement.followers) == (False, 142)
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://www.igdb.com/games/the-legend-of-zelda-breath-of-the-wild")
    ]
    assert item.source_updated_at.ToJsonString() == "2019-02-03T00:00:00Z"
    # Numbers alone name nothing.
    assert (list(item.images), list(item.genres), list(item.tags), list(item.age_ratings)) == ([], [], [], [])
    assert (list(game.platforms), list(game.similar), list(game.collections), list(game.videos)) == ([], [], [], [])


@facts(GOD_OF_WAR, search("God of War"))
def games_by_words(page: Page) -> None:
    assert titles(page) == ["God of War", "God of War II", "God of War II HD", "God of War: Ascension"]
    assert [one.source_id for one in page.items] == ["19560", "551", "117882", "1291"]
    assert [one.release_date for one in page.items] == ["2018-04-20", "2007-03-13", "2010-10-02", "2013-03-12"]
    assert (page.next, page.total, page.ignored) == ("", None, ())
    second = page.items[1]
    assert [(one.name, one.release_date) for one in second.video_game.platforms] == [("PlayStation 2", "2007-03-13")]
    assert list(second.genres) == ["Platform", "Hack and slash/Beat 'em up", "Adventure"]
    assert second.images[0].url == f"{PICTURES}/t_cover_big/co3dik.jpg"
    assert not second.links


@facts(GOD_OF_WAR, search("God of War", order_by=Order.RATING))
def an_order_can_not_be_asked_with_words(page: Page) -> None:
    assert (len(page.items), page.ignored) == (4, ("order_by",))


@facts("lookup-company-13710", detail("igdb/organization/13710"))
def a_company(item: Item) -> None:
    assert (item.kind, item.title, item.source_id) == (Item.ORGANIZATION, "Tomolo Games", "13710")
    assert item.description == "Tomolo Games develope fun and simple mobile games!"
    company = item.organization
    assert (list(company.roles), company.work_count, company.founded) == (
        [OrganizationRole.DEVELOPER],
        3,
        "2017-05-12",
    )
    assert (list(item.countries), dict(item.attributes)) == (["SE"], {"slug": "tomolo-games"})
    assert ([one.url for one in item.links], list(item.images), item.release_date) == (
        ["https://www.igdb.com/companies/tomolo-games"],
        [],
        "",
    )


@facts("lookup-collection-286", detail("igdb/collection/286"))
def a_series_of_games(item: Item) -> None:
    assert (item.kind, item.title) == (Item.COLLECTION, "Ratchet & Clank")
    assert (item.collection.type, item.collection.member_count) == (Collection.GAME_SERIES, 16)
    assert not item.collection.members
    assert [one.url for one in item.links] == ["https://www.igdb.com/collections/ratchet-clank"]


@facts("lookup-franchise-43", detail("igdb/franchise/43"))
def a_franchise(item: Item) -> None:
    assert (item.kind, item.title) == (Item.FRANCHISE, "Dungeons & Dragons")
    assert (item.collection.type, item.collection.member_count) == (Collection.FRANCHISE, 62)
    assert dict(item.attributes) == {"slug": "dungeons-dragons"}


@facts("lookup-genres", terms(Term.GENRES))
def genres(page: TermPage) -> None:
    assert words(page) == [
        ("24", "Tactical", "tactical"),
        ("26", "Quiz/Trivia", "quiz-trivia"),
        ("4", "Fighting", "fighting"),
        ("15", "Strategy", "strategy"),
        ("31", "Adventure", "adventure"),
    ]
    assert (page.terms[0].url, page.next) == ("https://www.igdb.com/genres/tactical", "")


@facts("lookup-themes", terms(Term.THEMES))
def themes(page: TermPage) -> None:
    assert words(page)[:2] == [("19", "Horror", "horror"), ("39", "Warfare", "warfare")]
    assert [one.id for one in page.terms] == ["19", "39", "32", "1", "18"]


@facts("lookup-game-modes", terms(Term.GAME_MODES))
def game_modes(page: TermPage) -> None:
    assert [one.id for one in page.terms] == ["3", "1", "2", "5", "4"]
    assert words(page)[3] == ("5", "Massively Multiplayer Online (MMO)", "massively-multiplayer-online-mmo")


@facts("lookup-player-perspectives", terms(Term.PERSPECTIVES))
def perspectives(page: TermPage) -> None:
    assert [one.name for one in page.terms] == ["Third person", "Text", "Virtual Reality", "First person", "Bird view"]


@facts("lookup-platforms", terms(Term.PLATFORMS))
def platforms(page: TermPage) -> None:
    assert words(page)[0] == ("96", "PDP-10", "pdp10")
    assert [(one.code, one.parent_id) for one in page.terms] == [
        ("pdp10", ""),
        ("winphone", ""),
        ("", ""),
        ("zod", ""),
        ("snes", "5"),
    ]
    assert not any(one.image_url for one in page.terms)


@facts("lookup-platform-8", terms(Term.PLATFORMS, term_id="8"))
def one_platform(page: TermPage) -> None:
    assert words(page) == [("8", "PlayStation 2", "ps2")]
    assert (page.terms[0].parent_id, page.terms[0].url) == ("1", "https://www.igdb.com/platforms/ps2")


@facts("synthetic-search-empty", search("zzzzzz"))
def a_search_without_hits(page: Page) -> None:
    assert (list(page.items), page.next, page.total) == ([], "", None)


@facts("synthetic-trending-popular", trending(Feed.POPULAR))
def popular_games(page: Page) -> None:
    assert titles(page) == ["Example Quest", "Example Quest II"]
    first = page.items[0]
    # Only the rating of both together is there.
    assert (first.rating.value, first.rating.votes, first.rating.source) == (92.4, 4000, Rating.COMBINED)
    assert (list(first.ratings), first.release_date) == ([], "2015-05-19")
    assert [(one.name, one.abbreviation) for one in first.video_game.platforms] == [("PC (Microsoft Windows)", "PC")]
    assert [one.id for one in first.video_game.developers] == ["igdb/organization/70"]
    assert [one.url for one in first.links] == ["https://www.igdb.com/games/example-quest"]


@facts("synthetic-trending-upcoming", trending(Feed.UPCOMING))
def games_to_come(page: Page) -> None:
    assert [(one.title, one.release_date) for one in page.items] == [
        ("Example Racers", "2027-01-01"),
        ("Example Farm", "2027-02-01"),
    ]
    assert [len(one.images) for one in page.items] == [2, 0]
    assert not any(one.HasField("rating") for one in page.items)


@facts("synthetic-trending-popularity-primitives", trending(Feed.TRENDING), fails=ReplayMiss)
def what_is_visited_names_games_by_number_only(error: ReplayMiss) -> None:
    # The recording has no games with these numbers: that they are asked for shows that it was read.
    assert "v4/games" in str(error)


@facts("synthetic-auth-token", search("God of War"), also=[GOD_OF_WAR])
def signed_in_with_a_token(page: Page) -> None:
    assert len(page.items) == 4


@facts("synthetic-auth-bad-secret-403", search("God of War"), also=[GOD_OF_WAR], fails=NotConfigured)
def a_wrong_secret(error: NotConfigured) -> None:
    assert error.variables == ("IGDB_CLIENT_ID", "IGDB_CLIENT_SECRET")


@facts("error-401-auth-failure", search(include_editions=True, order_by=Order.RELEVANCE), fails=NotConfigured)
def a_token_that_is_refused_twice(error: NotConfigured) -> None:
    assert error.variables == ("IGDB_CLIENT_ID", "IGDB_CLIENT_SECRET")


facts.not_asked(
    "error-400-syntax-error", "a text without quotes, which nothing asks; tests/providers/test_igdb.py has this error"
)
for _part in ("age-ratings", "covers", "involved-companies", "release-dates", "websites"):
    facts.not_asked(f"lookup-{_part}", "comes inside games, and is not asked for alone; tests/providers/test_igdb.py")
