"""Google Books."""

from __future__ import annotations

from tako.v1.choices_pb2 import AdultFilter
from tako.v1.details_books_pb2 import Book, PrintType
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import Page, RateLimited
from tests.conformance.cases import Facts, detail, lookup, search

facts = Facts("googlebooks", walk="sample harbour", nothing="nothing")

COVER = "https://books.google.com/books/content?id="
THERMODYNAMICS = "googlebooks/book/kPbzR4LDkAkC"


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def links(item: Item) -> dict[Link.Role.ValueType, str]:
    return {one.role: one.url for one in item.links}


def authors(item: Item) -> list[str]:
    return [one.name for one in item.book.credits if one.role == CreditRole.AUTHOR]


@facts("search-harry-potter", search("harry potter"))
def ten_of_many(page: Page) -> None:
    assert (len(page.items), page.total, page.total_is_estimate, page.next) == (10, 1289, True, "2")
    first, second, third, _, fifth, *_, ninth, tenth = page.items
    assert (first.id, first.title) == (
        "googlebooks/book/s77iyQEACAAJ",
        "Fantastic Beasts and Where to Find Them",
    )
    assert (first.release_date, first.year, first.language) == ("2020-02-06", 2020, "en")
    assert (authors(first), list(first.book.publishers)) == (["J. K. Rowling"], ["Bloomsbury Harry Potter"])
    assert ids(first) == [("isbn10", "1526620316"), ("isbn13", "9781526620316")]
    assert (first.rating.value, first.rating.scale, first.rating.votes) == (4, 5, 79)
    assert (first.book.page_count, first.book.print_type) == (160, PrintType.BOOK)
    assert first.book.level == Book.EDITION
    assert first.description.startswith('"This glorious paperback edition')
    assert links(first) == {Link.SOURCE: "https://books.google.com/books?id=s77iyQEACAAJ"}
    assert not first.book.preview_url
    assert not first.prices
    assert not first.genres
    assert (first.HasField("adult"), first.adult) == (True, False)
    assert [(one.role, one.url) for one in first.images] == [
        (Image.PRIMARY, f"{COVER}s77iyQEACAAJ&printsec=frontcover&img=1&zoom=1&source=gbs_api"),
        (Image.THUMBNAIL, f"{COVER}s77iyQEACAAJ&printsec=frontcover&img=1&zoom=5&source=gbs_api"),
    ]
    assert (second.book.page_count, list(second.genres)) == (4236, ["Fiction"])
    assert third.subtitle == "An Unauthorized Examination Of The Boy Who Lived"
    assert [(p.type, p.amount.currency_code, p.amount.units, p.amount.nanos, p.country) for p in third.prices] == [
        (Price.CURRENT, "USD", 9, 990_000_000, "US"),
        (Price.LIST, "USD", 17, 950_000_000, "US"),
    ]
    assert third.availability == Availability.IN_STOCK
    assert links(third)[Link.STORE] == "https://play.google.com/store/books/details?id=BoX-6R21MgQC"
    assert third.book.preview_url == "https://books.google.com/books?id=BoX-6R21MgQC&pg=PA233"
    assert (third.book.is_ebook, third.book.public_domain) == (True, False)
    assert not fifth.book.HasField("page_count")
    assert (ninth.release_date, ninth.year) == ("2007-10", 2007)
    assert not ninth.HasField("rating")
    assert ninth.subtitle.startswith("Harry Potter and the Sorcerer's Stone; Harry Potter")
    assert authors(tenth) == ["J. K. Rowling", "Mary GrandPré"]


@facts("search-harry-potter", search("harry potter", adult=AdultFilter.ONLY))
def none_of_them_is_for_adults(page: Page) -> None:
    assert (page.items, page.next) == ([], "2")


@facts("search-isbn-0253324009-other-id", search("0-253-32400-9"))
def an_isbn_finds_a_volume_without_one(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (1, 1, "")
    item = page.items[0]
    assert (item.source_id, item.title, item.subtitle) == (
        "kdwPAQAAMAAJ",
        "Foundations of scientific method",
        "the nineteenth century",
    )
    assert ids(item) == [("other", "UOM:39015004307750")]
    assert authors(item) == ["Indiana University. Dept. of History and Philosophy of Science"]
    assert (item.release_date, item.year, item.book.page_count) == ("1973", 1973, 306)
    assert list(item.genres) == ["Science"]
    assert links(item) == {Link.SOURCE: "https://books.google.no/books?id=kdwPAQAAMAAJ"}
    assert not item.book.publishers


@facts("search-isbn-0253324009-other-id", search(isbn="0253324009"))
def the_same_by_filter(page: Page) -> None:
    assert [item.source_id for item in page.items] == ["kdwPAQAAMAAJ"]


@facts("search-isbn-0253324009-other-id", lookup("isbn10", "0253324009"))
def the_same_by_lookup(page: Page) -> None:
    assert [item.source_id for item in page.items] == ["kdwPAQAAMAAJ"]


@facts("search-old-books-other-ids", search("/pnJZAAAAcAAJ"))
def case_tells_ids_apart(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (6, 6, "")
    assert [item.source_id for item in page.items] == [
        "PNJZAAAAcAAJ",
        "PNjzAAAACAAJ",
        "pnJzAAAACAAJ",
        "pnJZAAAAcAAJ",
        "pNjzAAAACAAJ",
        "pNJZAAAAcAAJ",
    ]
    first, second, third, _, fifth, sixth = page.items
    assert (first.title, first.release_date, first.year) == ("The School for Daughters. A Drama, Etc", "1808", 1808)
    assert ids(first) == [("other", "BL:A0018116962")]
    assert (first.book.public_domain, first.attributes["saleability"], first.attributes["viewability"]) == (
        True,
        "FREE",
        "ALL_PAGES",
    )
    assert first.book.preview_url == "https://books.google.com/books?id=PNJZAAAAcAAJ&printsec=frontcover"
    assert first.images[0].url == f"{COVER}PNJZAAAAcAAJ&printsec=frontcover&img=1&zoom=1&source=gbs_api"
    assert not first.prices
    assert not second.images
    assert not second.book.HasField("page_count")
    assert ids(third) == [("isbn10", "912416190X"), ("isbn13", "9789124161903")]
    assert authors(third) == ["Kurt Grönfors"]
    assert not fifth.book.credits
    assert (list(fifth.languages), fifth.language) == (["de"], "de")
    assert sixth.subtitle == "über das Schuljahr .... 1872"


@facts("search-empty", search("0000000000000"))
def nothing_for_a_number(page: Page) -> None:
    assert (page.items, page.total, page.next) == ([], 0, "")


@facts("search-empty", search(isbn="000-0000000000"))
def nothing_by_filter(page: Page) -> None:
    assert (page.items, page.total) == ([], 0)


@facts("search-empty", lookup("isbn13", "0000000000000"))
def nothing_by_lookup(page: Page) -> None:
    assert (page.items, page.next) == ([], "")


@facts("detail-kPbzR4LDkAkC-full-images", detail(THERMODYNAMICS))
def a_volume_in_full(item: Item) -> None:
    assert (item.id, item.title) == (THERMODYNAMICS, "Thermodynamics of Solar Energy Conversion")
    assert not item.subtitle
    assert (authors(item), list(item.book.publishers)) == (["Alexis De Vos"], ["John Wiley & Sons"])
    assert (item.release_date, item.year, item.language) == ("2008-03-28", 2008, "en")
    assert ids(item) == [("isbn10", "352740841X"), ("isbn13", "9783527408412")]
    assert (item.book.page_count, item.book.printed_page_count) == (205, 214)
    size = item.book.dimensions
    assert (size.height_cm, size.width_cm, size.depth_cm) == (25.0, 17.8, 1.7)
    assert size.text == "25.00 cm x 17.80 cm x 1.70 cm"
    assert list(item.genres) == ["Technology & Engineering", "Power Resources", "General"]
    assert [one.role for one in item.images] == [Image.PRIMARY, Image.THUMBNAIL]
    assert "&zoom=6&" in item.images[0].url
    assert "&zoom=1&" in item.images[1].url
    assert not any("edge=curl" in one.url for one in item.images)
    assert links(item) == {Link.SOURCE: "https://books.google.no/books?id=kPbzR4LDkAkC"}
    assert item.book.preview_url == "https://books.google.no/books?id=kPbzR4LDkAkC"
    assert item.attributes["viewability"] == "PARTIAL"
    assert item.book.is_ebook is False
    assert not item.HasField("rating")
    assert not item.prices


@facts("detail-kPbzR4LDkAkC-full-images", lookup("googlebooks", "kPbzR4LDkAkC"))
def its_id_looked_up(page: Page) -> None:
    assert [item.id for item in page.items] == [THERMODYNAMICS]


@facts("detail-kPbzR4LDkAkC-some-images", detail(THERMODYNAMICS))
def the_largest_that_there_is(item: Item) -> None:
    assert "&zoom=3&" in item.images[0].url
    assert "&zoom=1&" in item.images[1].url
    assert item.book.page_count == 205


@facts("detail-3YsFAQAAQBAJ-html-description-price", detail("googlebooks/book/3YsFAQAAQBAJ"))
def a_volume_with_html_and_a_price(item: Item) -> None:
    assert item.title == "Oral History of Germans Taken To The USSR With Their Obsolete DFS 346-Part 5"
    assert authors(item) == ["David Myhra PhD"]
    assert item.description.startswith("This is an oral history of several dozens of\nGerman aviation designers")
    assert item.description.endswith("informative conversation collection!")
    assert not item.external_ids
    assert [(p.type, p.amount.currency_code, p.amount.units, p.amount.nanos) for p in item.prices] == [
        (Price.CURRENT, "RUB", 328, 480_000_000),
        (Price.LIST, "RUB", 364, 980_000_000),
    ]
    assert (item.prices[0].country, item.prices[0].market) == ("RU", "Google Play")
    assert item.prices[0].url == "https://play.google.com/store/books/details?id=3YsFAQAAQBAJ"
    assert (item.book.page_count, item.book.printed_page_count, item.book.is_ebook) == (100, 120, True)
    assert "/books/publisher/content?id=3YsFAQAAQBAJ" in item.images[0].url
    assert "&zoom=6&" in item.images[0].url
    assert item.book.preview_url == "https://books.google.ru/books?id=3YsFAQAAQBAJ"
    assert not item.book.HasField("dimensions")


@facts("error-403-rate-limit", search("test"), fails=RateLimited)
def a_spent_quota_is_no_refused_key(error: RateLimited) -> None:
    assert "quota" in str(error)
    assert error.provider == "googlebooks"
