"""Open Library."""

from __future__ import annotations

from tako.v1.choices_pb2 import Relation
from tako.v1.details_books_pb2 import Book
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import Page
from tests.conformance.cases import Facts, detail, lookup, related, search

facts = Facts("openlibrary", walk="sample lighthouse", nothing="nothing")

SABRIEL = "openlibrary/book/OL15832982W"
COVERS = "https://covers.openlibrary.org"


def ids(item: Item, scheme: str) -> list[str]:
    return [one.value for one in item.external_ids if one.scheme == scheme]


def authors(item: Item) -> list[tuple[str, str]]:
    return [(one.name, one.id) for one in item.book.credits if one.role == CreditRole.AUTHOR]


@facts("search-time-war", search("this is how you lose the time war"))
def two_records_of_one_book(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (2, 2, "")
    first, second = page.items
    assert (first.id, first.title, first.year) == (
        "openlibrary/book/OL20639540W",
        "This Is How You Lose the Time War",
        2019,
    )
    assert first.release_date == "2019"
    assert authors(first) == [
        ("Amal El-Mohtar", "openlibrary/person/OL7313207A"),
        ("Max Gladstone", "openlibrary/person/OL7129451A"),
    ]
    assert (ids(first, "isbn13"), ids(first, "isbn10")) == (["9781534431003"], ["1534431004"])
    assert list(first.book.publishers) == ["Simon and Schuster"]
    assert list(first.languages) == ["en"]
    assert list(first.tags) == ["epistolary", "science fiction", "time-traveling", "LGBT"]
    assert (first.book.level, first.book.edition_count) == (Book.WORK, 1)
    assert first.images[0].url == f"{COVERS}/b/olid/OL27901088M-L.jpg?default=false"
    assert second.images[0].url == f"{COVERS}/b/id/8665647-L.jpg"
    assert (second.images[0].role, second.images[1].role) == (Image.PRIMARY, Image.THUMBNAIL)
    assert not second.HasField("year")
    assert not second.languages


@facts("search-capitalism-and-freedom", search("capitalism and freedom"))
def records_of_2012(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (15, 88, "2")
    first = page.items[0]
    assert (first.source_id, first.title, first.year) == ("OL2747782W", "Capitalism and freedom", 1962)
    assert authors(first) == [("Milton Friedman", "openlibrary/person/OL403122A")]
    assert first.images[0].url == f"{COVERS}/b/id/140808-L.jpg"
    assert first.book.edition_count == 14
    assert list(first.languages) == ["de", "en"]
    assert "9783492239622" in ids(first, "isbn13")
    assert len(first.tags) == 10
    scan = page.items[5]
    assert (scan.id, scan.title) == (
        "openlibrary/book/ia~3Acapitalismfreedo00frie",
        "Capitalism and freedom",
    )
    assert not ids(scan, "olid")
    undated = next(one for one in page.items if one.source_id == "OL1885558W")
    assert not undated.HasField("year")


@facts("search-author-title-tolkien", search(author="tolkien", title="lord of the rings"))
def by_author_and_title(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (10, 81, "2")
    first, second = page.items[:2]
    assert (first.source_id, first.title, first.year) == ("OL27448W", "The Lord of the Rings", 1954)
    assert authors(first) == [("J. R. R. Tolkien", "openlibrary/person/OL26320A")]
    assert first.images[0].url == f"{COVERS}/b/id/6308838-L.jpg"
    assert first.book.edition_count == 120
    assert second.subtitle == "The Return of The King"
    assert not page.ignored


@facts("search-isbn-9782070427796", search("978-2-07-042779-6"))
def an_isbn_is_looked_up(page: Page) -> None:
    assert (len(page.items), page.next) == (1, "")
    book = page.items[0]
    assert (book.id, book.title, book.year) == ("openlibrary/book/OL16262504M", "Les ombres errantes", 2002)
    assert book.release_date == "2002"
    assert book.book.level == Book.EDITION
    assert authors(book) == [("Pascal Quignard", "openlibrary/person/OL269675A")]
    assert list(book.book.publishers) == ["Gallimard"]
    assert list(book.book.publish_places) == ["Paris"]
    assert (ids(book, "isbn10"), ids(book, "isbn13")) == (["207042779X"], ["9782070427796"])
    assert (ids(book, "goodreads"), ids(book, "librarything")) == (["1835483"], ["983474"])
    assert book.attributes["notes"] == "Hardback published Grasset, 2002."
    assert not book.images
    assert not book.book.HasField("page_count")


@facts("search-isbn-9782070427796", lookup("isbn13", "9782070427796"))
def the_same_by_lookup(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["OL16262504M"]


@facts("search-isbn-9782070427796", search(isbn="9782070427796"))
def the_same_by_filter(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["OL16262504M"]


@facts("search-harry-potter-2026-fields", search("harry potter"))
def todays_envelope(page: Page) -> None:
    assert (len(page.items), page.total, page.next, page.total_is_estimate) == (2, 4063, "2", True)
    first, second = page.items
    assert (first.source_id, first.title, first.year) == (
        "OL82563W",
        "Harry Potter and the Philosopher's Stone",
        1997,
    )
    assert first.images[0].url == f"{COVERS}/b/id/15155833-L.jpg"
    assert (first.book.edition_count, second.book.edition_count) == (400, 306)
    assert authors(first) == [("J. K. Rowling", "")]
    assert not first.HasField("rating")


@facts("search-authors-rowling", search("j k rowling", kind=Item.PERSON))
def authors_of_one_name(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (11, 11, "")
    first = page.items[0]
    assert (first.id, first.title) == ("openlibrary/person/OL23919A", "J. K. Rowling")
    assert (first.person.birth_date, first.person.death_date) == ("1965-07-31", "")
    assert (first.person.work_count, first.person.works[0].work.name) == (
        330,
        "Harry Potter and the Philosopher's Stone",
    )
    assert len(first.person.top_subjects) == 10
    assert len(first.alternative_titles) == 17
    assert first.alternative_titles[6].text == "Robert Galbraith"
    assert page.items[-1].person.work_count == 0
    assert not page.items[-1].person.works


@facts("detail-work-OL15832982W-sabriel", detail(SABRIEL), also=["related-work-OL15832982W-editions"])
def a_work_with_its_editions(item: Item) -> None:
    assert (item.id, item.title, item.year, item.release_date) == (SABRIEL, "Sabriel", 1995, "1995")
    assert item.description == "First in the Old Kingdom/Abhorsen series."
    assert [one.url for one in item.images] == [
        f"{COVERS}/b/id/6796986-L.jpg",
        f"{COVERS}/b/id/6796986-S.jpg",
        f"{COVERS}/b/id/3843137-L.jpg",
    ]
    assert len(item.tags) == 7
    assert list(item.book.times) == ["Life and Death."]
    assert item.book.excerpt == "THE RABBIT HAD been run over minutes before."
    assert (item.book.level, item.book.edition_count) == (Book.WORK, 15)
    assert (item.book.publishers[0], len(item.book.publishers)) == ("Rba Libros", 10)
    assert item.book.page_count == 368
    assert list(item.languages) == ["es", "en"]
    assert ids(item, "isbn13")[0] == "9788478710539"
    assert item.source_updated_at.seconds == 1563803854
    assert not item.language
    assert not item.book.credits
    assert not item.HasField("rating")


@facts("detail-work-OL15832982W-sabriel", detail(SABRIEL))
def a_work_alone(item: Item) -> None:
    assert (item.title, item.year) == ("Sabriel", 1995)
    assert not item.book.publishers
    assert not item.book.HasField("edition_count")


@facts("detail-work-OL15832982W-sabriel", lookup("olid", "OL15832982W"))
def a_work_by_its_number(page: Page) -> None:
    assert [one.id for one in page.items] == [SABRIEL]


@facts(
    "detail-edition-OL22951843M-sabriel",
    detail("openlibrary/book/OL22951843M"),
    also=["detail-work-OL15832982W-sabriel"],
)
def an_edition_and_its_work(item: Item) -> None:
    book = item.book
    assert (item.title, item.year, item.release_date) == ("Sabriel", 1996, "1996")
    assert item.description.startswith("Sabriel, daughter of the necromancer Abhorsen")
    assert (list(book.publishers), book.page_count) == (["Harper Trophy"], 491)
    assert (book.physical_format, book.edition) == ("Hardcover", "1st American ed.")
    assert (book.by_statement, list(book.publish_places)) == ("Garth Nix.", ["New York"])
    assert (book.work.id, book.work.name) == (SABRIEL, "Sabriel")
    assert authors(item) == [("Garth Nix", "openlibrary/person/OL382982A")]
    assert ids(item, "isbn10") == ["0060273224", "0060273232", "0064471837"]
    assert ids(item, "isbn13") == ["9780060273224", "9780060273231", "9780064471831"]
    assert (ids(item, "lccn"), ids(item, "goodreads")) == (["96001295"], ["535197", "1102517", "518848"])
    assert (book.level, list(item.languages)) == (Book.EDITION, ["en"])
    assert item.attributes["internet_archive_id"] == "sabriel00nixg"
    assert item.links[0].url == "https://openlibrary.org/books/OL22951843M"
    assert not item.images
    assert not item.language


@facts("detail-edition-OL23109860M-gatsby", detail("openlibrary/book/OL23109860M"))
def an_edition_alone(item: Item) -> None:
    assert (item.title, item.year, item.book.page_count) == ("The Great Gatsby", 2004, 180)
    assert (ids(item, "isbn13"), ids(item, "isbn10")) == (["9780743273565"], ["0743273567"])
    assert (ids(item, "oclc"), ids(item, "googlebooks")) == (["57215622"], ["iXn5U2IzVH0C"])
    assert [one.url for one in item.images if one.role == Image.GALLERY] == [
        f"{COVERS}/b/id/6725316-L.jpg",
        f"{COVERS}/b/id/6390463-L.jpg",
    ]
    assert authors(item) == [("F. Scott Fitzgerald", "openlibrary/person/OL27349A")]  # as its statement says
    assert [(one.name, one.role, one.job) for one in item.book.credits][1:] == [
        ("Francis Cugat", CreditRole.COVER_ARTIST, "Cover Art")
    ]
    assert list(item.book.publish_places) == ["New York, New York, USA"]
    assert (item.language, list(item.genres), len(item.tags)) == ("en", ["Fiction."], 6)
    assert not item.description
    assert (item.book.work.id, item.book.work.name) == ("openlibrary/book/OL468431W", "The Great Gatsby")


@facts("detail-author-OL1A", detail("openlibrary/person/OL1A"))
def an_author(item: Item) -> None:
    assert (item.id, item.title) == ("openlibrary/person/OL1A", "Sachi Rautroy")
    assert (item.person.birth_date, item.person.death_date) == ("1916", "2004")
    assert item.source_updated_at.seconds == 1226820354
    assert not item.alternative_titles
    assert not item.images
    assert not item.description


@facts("related-work-OL15832982W-editions", related(SABRIEL, Relation.VERSIONS))
def editions_of_a_work(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (15, 15, "")
    by_id = {one.source_id: one for one in page.items}
    first = page.items[0]
    assert (first.source_id, first.title, first.release_date, first.language) == (
        "OL9142127M",
        "Sabriel",
        "2006-11",
        "es",
    )
    assert list(first.book.publishers) == ["Rba Libros"]
    assert {one.book.work.id for one in page.items} == {SABRIEL}
    assert authors(by_id["OL22951843M"]) == [("Garth Nix", "openlibrary/person/OL382982A")]
    assert by_id["OL9952943M"].release_date == "2008-04-22"
    assert by_id["OL9952943M"].book.dimensions.text == "8 x 5.3 x 0.8 inches"
    assert ids(by_id["OL24278530M"], "isbn13") == ["9780060005467", "9780060773977"]
    read_aloud = by_id["OL7946150M"].book.credits
    assert [(one.name, one.role, one.job) for one in read_aloud] == [("Tim Curry", CreditRole.VOICE, "Narrator")]
    assert by_id["OL24743307M"].links[1].role == Link.OTHER
    assert by_id["OL7262051M"].images[0].url == f"{COVERS}/b/id/10070-L.jpg"
