"""JeuxVideo.com."""

from __future__ import annotations

from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page
from tests.conformance.cases import Facts, detail, search

facts = Facts("jvc", walk="robinet", nothing="rien de tel")

GAME = "jvc/video_game/999001"


@facts("synthetic-search-page", search("exemple"))
def each_game_once(page: Page) -> None:
    assert [(one.id, one.title) for one in page.items] == [
        (GAME, "Exemple & Associés : L'Aventure"),
        ("jvc/video_game/999002", "Exemple 2"),
    ]
    assert (page.next, page.total) == ("", None)
    first, second = page.items
    assert [(one.role, one.url) for one in first.images] == [
        (Image.THUMBNAIL, "https://image.jeuxvideo.com/medias-md/999/jaquette-a.jpg")
    ]
    assert [(one.role, one.url) for one in first.links] == [(Link.SOURCE, "https://www.jeuxvideo.com/jeux/jeu-999001/")]
    assert [(one.name, one.abbreviation) for one in first.video_game.platforms] == [
        ("PC", ""),
        ("PlayStation 5", "PS5"),
        ("Nintendo Switch", "Switch"),
    ]
    assert [(one.name, one.abbreviation) for one in second.video_game.platforms] == [("Xbox Series", "")]
    assert (first.release_date, first.HasField("year"), first.HasField("rating")) == ("", False, False)


@facts("synthetic-search-page-empty", search("zzzzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.next) == ([], "")


@facts("synthetic-detail-game-999001", detail(GAME))
def a_game(item: Item) -> None:
    assert (item.id, item.title, item.language) == (GAME, "Exemple & Associés", "fr")
    assert item.description == "Un jeu inventé pour les tests."
    assert (item.year, item.release_date, item.release_text) == (2023, "2023-05-12", "")
    assert list(item.genres) == ["Action", "Aventure"]
    assert (item.rating.value, item.rating.scale, item.rating.source) == (14.5, 20, Rating.USERS)
    assert not item.rating.HasField("votes")
    assert [(one.value, one.scale, one.source) for one in item.ratings] == [(16, 20, Rating.CRITICS)]
    assert [(one.system, one.rating, one.min_age) for one in item.age_ratings] == [("PEGI", "12", 12)]
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://image.jeuxvideo.com/medias/999/jaquette-a.jpg")
    ]
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://www.jeuxvideo.com/jeux/jeu-999001/"),
        (Link.REVIEW, "https://www.jeuxvideo.com/test/999101/exemple-associes-le-test.htm"),
    ]
    assert [(one.scheme, one.value) for one in item.external_ids] == [("jvc", "999001")]
    game = item.video_game
    assert [one.name for one in game.platforms] == ["PC", "PlayStation 5", "Nintendo Switch"]
    assert [(one.name, one.id) for one in game.developers] == [("Exemple Studio", "")]
    assert [(one.name, one.id) for one in game.publishers] == [("Exemple Editions", "")]
    assert (game.players_text, game.multiplayer) == ("1 à 4", True)
    assert list(game.media) == ["DVD", "Dématérialisé"]
    assert list(game.themes) == []


for _name in (
    "detail-appapi-game-1237618",
    "detail-appapi-game-1237618-details",
    "detail-appapi-game-1237618-images",
    "detail-appapi-game-1237618-light",
    "lookup-appapi-config",
    "search-appapi-horizon",
):
    facts.not_asked(_name, "the API of the site's mobile app needs the key of a partner, and nobody is given one")
