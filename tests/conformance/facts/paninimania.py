"""Paninimania."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page
from tests.conformance.cases import Facts, detail, search, trending

facts = Facts("paninimania", walk="sample comets", nothing="sample nothing")

SITE = "https://www.paninimania.com/"
FOOTBALL = "# Football synthétique - Sticker Album - Panini - 2023"


def pictures(item: Item) -> list[tuple[Image.Role.ValueType, str]]:
    return [(one.role, one.url) for one in item.images]


def two_albums(page: Page) -> None:
    football, dinosaurs = page.items
    assert (football.kind, football.source_id, football.title) == (Item.STICKER_ALBUM, "99701", FOOTBALL)
    assert (football.release_date, football.year, football.release_text) == ("2023-08", 2023, "")
    assert football.language == "fr"
    assert pictures(football) == [
        (Image.PRIMARY, f"{SITE}files/15/99/?n=99701b.jpg"),
        (Image.THUMBNAIL, f"{SITE}files/15/99/?n=99701s.jpg"),
    ]
    assert [(one.role, one.url) for one in football.links] == [(Link.SOURCE, f"{SITE}?pag=cid508_alb&idf=15&idm=99701")]
    assert [(one.scheme, one.value) for one in football.external_ids] == [("paninimania", "99701")]
    assert not football.HasField("sticker_album")
    assert (dinosaurs.source_id, dinosaurs.title) == ("99702", "Dinosaures synthétiques - Panini - 1993")
    assert (dinosaurs.release_date, dinosaurs.year) == ("1993", 1993)


@facts("synthetic-search-page-1", search("Synthétique"))
def first_page(page: Page) -> None:
    two_albums(page)
    assert (page.next, page.total) == ("2", None)


@facts("synthetic-search-page-2", search("synthetique", cursor="2"))
def last_page(page: Page) -> None:
    (stars,) = page.items
    assert (stars.source_id, stars.title) == ("99703", "Étoiles & galaxies - Panini")
    assert (stars.release_date, stars.year) == ("2001-12", 2001)
    assert page.next == ""


@facts("synthetic-search-empty", search("zzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.next, page.total) == ([], "", None)


@facts("synthetic-trending-latest", trending(Feed.RECENT))
def all_albums(page: Page) -> None:
    two_albums(page)
    assert (page.next, page.total) == ("2", None)


@facts("synthetic-detail-99701", detail("paninimania/sticker_album/99701"))
def an_album(item: Item) -> None:
    assert (item.kind, item.title, item.language) == (Item.STICKER_ALBUM, FOOTBALL, "fr")
    assert item.description == "Paru en France.\n\nEdition limitée\nTexte inventé."
    assert (item.release_date, item.year, item.release_text) == ("2023-08", 2023, "")
    assert [(one.scheme, one.value) for one in item.external_ids] == [
        ("paninimania", "99701"),
        ("ean", "3760000000017"),
    ]
    assert [(one.role, one.url, one.caption) for one in item.images] == [
        (Image.PRIMARY, f"{SITE}files/15/99/?n=99701b.jpg", ""),
        (Image.GALLERY, f"{SITE}files/15/99/99701_i1b.jpg", "Dos de l'album"),
        (Image.GALLERY, f"{SITE}files/15/99/99701_i2b.jpg", "Pochette"),
    ]
    album = item.sticker_album
    assert (album.publisher, album.copyright) == ("Panini", "Panini")
    assert (album.checklist.raw, album.checklist.total) == ("1 à 26, LE1 à LE5", 26)
    assert list(album.checklist.items) == [str(number) for number in range(1, 27)]
    assert [(one.name, one.raw, one.total, list(one.items)) for one in album.special_stickers] == [
        ("brillantes", "1, 2, 4 à 6, 8", 6, ["1", "2", "4", "5", "6", "8"]),
        ("Limitées", "LE1, LE2, LE3, LE4, LE5", 5, ["LE1", "LE2", "LE3", "LE4", "LE5"]),
        ("Puzzle", "A à D", 4, ["A", "B", "C", "D"]),
    ]
    assert album.sticker_count == 26 + 5 + 4, "the shiny ones are among the first 26"
    assert list(album.categories) == ["Sports", "Football"]
    assert list(album.articles) == ["Pack de démarrage : Album + 3 pochettes : 4,95 €", "Album : 2.90 €"]
    assert (item.HasField("rating"), list(item.prices), dict(item.attributes)) == (False, [], {})


@facts("synthetic-error-not-found", detail("paninimania/sticker_album/0"), fails=NotFound)
def an_unknown_album(error: NotFound) -> None:
    assert "Paninimania" in str(error)
