"""Google Books."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import AdultFilter, BookAccess, Feed, Order
from tako.v1.details_books_pb2 import PrintType
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.books.googlebooks import MANIFEST, GoogleBooks
from tako_providers.sdk import (
    InvalidField,
    NotConfigured,
    NotFound,
    RateLimited,
    Refused,
    ShapeChanged,
    Unreachable,
    make_id,
)
from tests.conformance.cases import Question, detail, lookup, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_samples

ONE = "googlebooks/book/AAAAAAAAAAAA"
SAMPLE = "googlebooks/book/SaMpLeHaRb01"


def entry(info: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    return {"id": "AAAAAAAAAAAA", "volumeInfo": {"title": "Test Book", **(info or {})}, **parts}


def found(*entries: Any, total: int | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = {"kind": "books#volumes", "totalItems": len(entries) if total is None else total}
    return {**answer, "items": list(entries)} if entries else answer


def failure(code: int, message: str, reason: str = "", **more: Any) -> Answer:
    return Answer({"error": {"code": code, "message": message, "errors": [{"reason": reason}], **more}}, code)


async def asked(question: Question, answers: Any, secrets: dict[str, str] | None = None) -> tuple[Any, FakeUpstream]:
    """The answer to a question, where all of the upstream's paths give ``answers``."""
    provider = GoogleBooks()
    up = FakeUpstream(
        provider, dict.fromkeys(("/books/v1/volumes", "/books/v1/volumes/AAAAAAAAAAAA"), answers), secrets
    )
    return await getattr(provider, question.operation)(question.build(provider), up), up


async def hit(info: dict[str, Any] | None = None, **parts: Any) -> Item:
    page, _ = await asked(search("x", adult=AdultFilter.INCLUDE), found(entry(info, **parts)))
    item = page.items[0]
    assert isinstance(item, Item)
    return item


async def sampled(question: Question) -> Any:
    return await ask_samples(GoogleBooks(), question)


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail() -> None:
    page = await sampled(search("sample harbour"))
    assert (len(page.items), page.total, page.next) == (2, 2, "")
    first, old = page.items
    assert make_id("googlebooks", first.kind, first.source_id) == SAMPLE
    item = await sampled(detail(SAMPLE))
    assert (
        (item.title, item.subtitle)
        == (first.title, first.subtitle)
        == (
            "The Sample Harbour",
            "a novel for trying things",
        )
    )
    assert item.description == "A sample story of a harbour where every ship is an example.\n\nSecond part."
    assert list(item.genres) == ["Fiction", "Sea Stories", "General"]
    assert (item.book.printed_page_count, item.book.dimensions.height_cm) == (216, 20.0)
    assert "&zoom=6&" in item.images[0].url
    assert [(p.type, p.amount.units) for p in item.prices] == [(Price.CURRENT, 9), (Price.LIST, 12)]
    assert ids(old) == [("oclc", "900000002")]
    assert (old.book.public_domain, old.attributes["saleability"]) == (True, "FREE")
    assert not old.book.HasField("page_count")
    assert (await sampled(detail("googlebooks/book/sAmPlEhArB02"))).title == old.title


async def test_samples_have_fields_feeds_lookups_and_errors() -> None:
    assert [one.source_id for one in (await sampled(search(author="Ada Sample"))).items] == ["SaMpLeHaRb01"]
    magazine = (await sampled(search("sample harbour", print_type=PrintType.MAGAZINE))).items[0]
    assert (magazine.book.print_type, magazine.language) == (PrintType.MAGAZINE, "fr")
    assert ids(magazine) == [("issn", "0317-8471")]
    newest = await sampled(trending(Feed.RECENT))
    assert [one.source_id for one in newest.items] == ["SampleNewH04", "SaMpLeHaRb01"]
    assert len((await sampled(trending(Feed.RECENT, subject="sea"))).items) == 1
    assert [one.source_id for one in (await sampled(lookup("isbn13", "9780000000200"))).items] == ["SaMpLeHaRb01"]
    assert [one.source_id for one in (await sampled(lookup("oclc", "900000002"))).items] == ["sAmPlEhArB02"]
    assert [one.source_id for one in (await sampled(lookup("googlebooks", "SaMpLeHaRb01"))).items] == ["SaMpLeHaRb01"]
    assert (await sampled(lookup("googlebooks", "SampleGone99"))).items == []
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("googlebooks/book/SampleGone99"))
    with pytest.raises(RateLimited):
        await sampled(search("sample quota"))


# --- What reaches Google ------------------------------------------------------------------------------------


async def test_fields_become_googles_own() -> None:
    question = search(
        "harbour",
        author="Ada Lee",
        title="Storm at sea",
        publisher="House",
        subject="Sea stories",
        isbn="0-306-40615-2",
        text_language="pt-BR",
        print_type=PrintType.BOOK,
        access=BookAccess.FREE_EBOOK,
        region="FR",
    )
    page, up = await asked(question, found(entry()))
    assert up.params == {
        "q": 'harbour intitle:Storm intitle:at intitle:sea inauthor:"Ada Lee" inpublisher:House '
        'subject:"Sea stories" isbn:0306406152',
        "maxResults": "40",
        "langRestrict": "pt",
        "printType": "books",
        "filter": "free-ebooks",
        "country": "FR",
    }
    assert page.ignored == ()


@pytest.mark.parametrize(
    ("access", "word"),
    [
        (BookAccess.PREVIEW, "partial"),
        (BookAccess.FULL, "full"),
        (BookAccess.PAID_EBOOK, "paid-ebooks"),
        (BookAccess.EBOOK, "ebooks"),
    ],
)
async def test_access(access: BookAccess.Type.ValueType, word: str) -> None:
    _, up = await asked(search("x", access=access), found(entry()))
    assert up.params["filter"] == word


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("978-0-306-40615-7", "isbn:9780306406157"),
        ("0 8044 2957 x", "isbn:080442957X"),
        ("1984", "1984"),
        ("12345678901234", "12345678901234"),
        ('say "hello"', 'say "hello"'),
    ],
)
async def test_a_query_that_looks_like_an_isbn_is_one(text: str, query: str) -> None:
    _, up = await asked(search(text), found(entry()))
    assert up.params["q"] == query


async def test_quotes_of_a_name_do_not_end_it() -> None:
    _, up = await asked(search(author='Ada "Ace" Lee'), found(entry()))
    assert up.params["q"] == 'inauthor:"Ada  Ace  Lee"'


@pytest.mark.parametrize(
    ("order", "descending", "word", "ignored"),
    [
        (Order.BY_UNSPECIFIED, None, None, ()),
        (Order.RELEVANCE, None, None, ()),
        (Order.RELEVANCE, False, None, ("descending",)),
        (Order.RELEASE_DATE, None, "newest", ()),
        (Order.RELEASE_DATE, True, "newest", ()),
        (Order.RELEASE_DATE, False, "newest", ("descending",)),
    ],
)
async def test_orders(
    order: Order.By.ValueType, descending: bool | None, word: str | None, ignored: tuple[str, ...]
) -> None:
    page, up = await asked(search("x", order_by=order, descending=descending), found(entry()))
    assert (up.params.get("orderBy"), page.ignored) == (word, ignored)


async def test_the_key_goes_in_a_header_and_nowhere_else() -> None:
    _, up = await asked(search("x"), found(entry()), {"GOOGLE_BOOKS_API_KEY": "secret"})
    assert up.requests[0].headers["X-Goog-Api-Key"] == "secret"
    assert "secret" not in up.requests[0].full_url


async def test_the_feed_is_a_search_for_the_newest() -> None:
    _, up = await asked(trending(Feed.RECENT), found(entry()))
    assert (up.params["q"], up.params["orderBy"]) == ("subject:fiction", "newest")
    _, up = await asked(trending(Feed.RECENT, subject="Sea stories", region="DE", cursor="2"), found(entry()))
    assert (up.params["q"], up.params["country"], up.params["startIndex"]) == ('subject:"Sea stories"', "DE", "40")


async def test_a_detail_is_of_a_country() -> None:
    _, up = await asked(detail(ONE, region="GB"), entry())
    assert (up.paths, up.params) == (["/books/v1/volumes/AAAAAAAAAAAA"], {"country": "GB"})


async def test_an_id_that_can_be_none_is_not_asked() -> None:
    for question in (detail("googlebooks/book/a~3Fb"), detail("googlebooks/book/a/b")):
        with pytest.raises(NotFound):
            await asked(question, entry())
    page, up = await asked(lookup("googlebooks", "a/b"), entry())
    assert (page.items, up.requests) == ([], [])


# --- Pages --------------------------------------------------------------------------------------------------


async def test_pages_lead_to_the_end() -> None:
    cursor, starts = "", []
    for _ in range(9):
        page, up = await asked(search("x", cursor=cursor), found(entry(), total=81))
        starts.append(up.params.get("startIndex"))
        if not (cursor := page.next):
            break
    assert starts == [None, "40", "80"]


async def test_an_empty_page_ends_the_list_whatever_the_total() -> None:
    page, _ = await asked(search("x", cursor="3"), {"kind": "books#volumes", "totalItems": 900})
    assert (page.items, page.next, page.total, page.total_is_estimate) == ([], "", 900, True)


async def test_a_cursor_of_another_provider_is_refused() -> None:
    with pytest.raises(InvalidField):
        await asked(search("x", cursor="abc"), found(entry()))


@pytest.mark.parametrize(
    ("adult", "titles"),
    [
        (AdultFilter.EXCLUDE, ["Tame", "Unrated"]),
        (AdultFilter.INCLUDE, ["Tame", "Unrated", "Wild"]),
        (AdultFilter.ONLY, ["Wild"]),
    ],
)
async def test_books_for_adults(adult: AdultFilter.Type.ValueType, titles: list[str]) -> None:
    answer = found(
        entry({"title": "Tame", "maturityRating": "NOT_MATURE"}),
        entry({"title": "Unrated"}),
        entry({"title": "Wild", "maturityRating": "MATURE"}),
    )
    page, _ = await asked(search("x", adult=adult), answer)
    assert [one.title for one in page.items] == titles
    assert [one.HasField("adult") for one in page.items] == [title != "Unrated" for title in titles]


# --- What is missing stays unset, and lies are none ---------------------------------------------------------


async def test_a_bare_volume_has_only_what_it_has() -> None:
    item = await hit()
    assert (item.title, item.source_id) == ("Test Book", "AAAAAAAAAAAA")
    for name in ("year", "rating", "adult"):
        assert not item.HasField(name)
    for values in (item.images, item.links, item.genres, item.languages, item.prices, item.external_ids):
        assert not values
    assert (item.release_date, item.release_text, item.language, item.availability) == ("", "", "", 0)
    assert not item.book.HasField("page_count")
    assert not item.book.HasField("printed_page_count")
    assert not item.book.HasField("is_ebook")
    assert not item.book.HasField("public_domain")
    assert not item.book.HasField("dimensions")
    assert not item.attributes


@pytest.mark.parametrize(
    "info",
    [
        {"pageCount": 0, "averageRating": 0, "ratingsCount": 0},
        {"pageCount": "many", "averageRating": "good", "ratingsCount": "few"},
        {"authors": None, "imageLinks": "none", "industryIdentifiers": [None, {}], "categories": {}, "language": "xx"},
        {"dimensions": {"height": "tall"}, "description": None, "publishedDate": 2001, "subtitle": 7},
    ],
)
async def test_odd_values_are_no_answer(info: dict[str, Any]) -> None:
    item = await hit(info)
    assert not item.HasField("rating")
    assert not item.HasField("year")
    assert not item.book.HasField("page_count")
    assert not item.book.dimensions.HasField("height_cm")
    assert not (item.images or item.external_ids or item.genres or item.languages or item.book.credits)


@pytest.mark.parametrize(
    ("published", "date", "year", "text"),
    [
        ("2007-10", "2007-10", 2007, ""),
        ("1871*", "1871", 1871, ""),
        ("2013-09-28", "2013-09-28", 2013, ""),
        ("2013-09-28T00:00:00+02:00", "2013-09-28", 2013, ""),
        ("2004-00-00", "2004", 2004, ""),
        ("19??", "", None, "19??"),
        ("0101-01-01", "", None, ""),
        ("0000", "", None, ""),
    ],
)
async def test_dates(published: str, date: str, year: int | None, text: str) -> None:
    item = await hit({"publishedDate": published})
    assert (item.release_date, item.release_text) == (date, text)
    assert (item.year if item.HasField("year") else None) == year


async def test_ids_of_all_sorts() -> None:
    given = [("ISBN_10", "0306406152"), ("ISSN", "03178471"), ("OTHER", "LCCN:2001627090"), ("OTHER", "UOM:390")]
    info = {"industryIdentifiers": [{"type": sort, "identifier": value} for sort, value in given]}
    assert ids(await hit(info)) == [
        ("isbn10", "0306406152"),
        ("issn", "0317-8471"),
        ("lccn", "2001627090"),
        ("other", "UOM:390"),
        ("isbn13", "9780306406157"),
    ]
    assert not ids(await hit({"industryIdentifiers": [{"type": "ISBN_13", "identifier": "9780306406158"}]}))


@pytest.mark.parametrize(
    ("status", "prices", "availability"),
    [
        ("FOR_SALE", 2, Availability.IN_STOCK),
        ("FOR_PREORDER", 2, Availability.PREORDER),
        ("FREE", 0, Availability.TYPE_UNSPECIFIED),
        ("NOT_FOR_SALE", 0, Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_prices_are_of_what_is_sold(status: str, prices: int, availability: Availability.Type.ValueType) -> None:
    amount = {"amount": 4.99, "currencyCode": "EUR"}
    sale = {"saleability": status, "country": "FR", "listPrice": amount, "retailPrice": amount}
    item = await hit(saleInfo=sale)
    assert (len(item.prices), item.availability) == (prices, availability)


async def test_a_price_of_nothing_is_none() -> None:
    sale = {"saleability": "FOR_SALE", "listPrice": {"amount": 0.0, "currencyCode": "USD"}, "retailPrice": {}}
    assert not (await hit(saleInfo=sale)).prices


async def test_one_size_of_a_cover_is_shown_once() -> None:
    item = await hit({"imageLinks": {"smallThumbnail": "http://books.google.com/a?zoom=5&edge=curl&source=x"}})
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://books.google.com/a?zoom=5&source=x")
    ]


@pytest.mark.parametrize(("viewability", "has"), [("NO_PAGES", False), ("UNKNOWN", False), ("PARTIAL", True)])
async def test_a_preview_has_pages(viewability: str, has: bool) -> None:
    link = "http://books.google.com/books?id=A&pg=PA3&dq=x&hl=&source=gbs_api"
    item = await hit({"previewLink": link, "infoLink": link}, accessInfo={"viewability": viewability})
    assert item.book.preview_url == ("https://books.google.com/books?id=A&pg=PA3" if has else "")
    assert [(one.role, one.url) for one in item.links] == [(Link.SOURCE, "https://books.google.com/books?id=A&pg=PA3")]


async def test_paths_of_categories_are_their_steps_once() -> None:
    assert list((await hit({"categories": ["A / B / C", "A / D"]})).genres) == ["A", "B", "C", "D"]
    assert list((await hit({"categories": ["Fantasy fiction, English"]})).genres) == ["Fantasy fiction, English"]


async def test_a_place_in_a_series_is_kept() -> None:
    series = {"bookDisplayNumber": "3", "volumeSeries": [{"seriesId": "S1"}]}
    attributes = (await hit({"seriesInfo": series})).attributes
    assert (attributes["series_number"], attributes["series_id"]) == ("3", "S1")


# --- Look-ups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "code", "query"),
    [
        ("isbn13", "9780306406157", "isbn:9780306406157"),
        ("isbn10", "0306406152", "isbn:0306406152"),
        ("oclc", "1023", "oclc:1023"),
        ("lccn", "2001627090", "lccn:2001627090"),
    ],
)
async def test_codes_are_asked_by_their_keyword(scheme: str, code: str, query: str) -> None:
    assert scheme in MANIFEST.lookups
    page, up = await asked(lookup(scheme, code, region="FR"), found())
    assert (up.params["q"], up.params["country"], page.items) == (query, "FR", [])


async def test_a_book_with_another_isbn_is_not_the_one() -> None:
    right, other = ([{"type": "ISBN_13", "identifier": code}] for code in ("9780306406157", "9791034747566"))
    answer = found(entry({"title": "Right", "industryIdentifiers": right}), entry({"industryIdentifiers": other}))
    page, _ = await asked(lookup("isbn13", "9780306406157"), answer)
    assert [one.title for one in page.items] == ["Right"]


async def test_an_unknown_volume_is_an_empty_look_up() -> None:
    page, _ = await asked(lookup("googlebooks", "AAAAAAAAAAAA"), failure(404, "gone", "notFound"))
    assert page.items == []


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (failure(400, "API key not valid. Please pass a valid API key.", "badRequest"), NotConfigured),
        (failure(400, "API key expired.", details=[{"reason": "API_KEY_INVALID"}]), NotConfigured),
        (failure(400, "Invalid Value", "invalidParameter"), Refused),
        (failure(403, "User Rate Limit Exceeded.", "userRateLimitExceeded"), RateLimited),
        (failure(403, "Daily Limit Exceeded.", "dailyLimitExceededUnreg"), RateLimited),
        (failure(403, "Books API has not been used in project 1.", "accessNotConfigured"), NotConfigured),
        (failure(403, "Cannot determine user location for geographically restricted operation."), Refused),
        (failure(403, "Forbidden", "forbidden"), NotConfigured),
        (failure(404, "The volume ID could not be found.", "notFound"), NotFound),
        (failure(429, "Quota exceeded.", "rateLimitExceeded", status="RESOURCE_EXHAUSTED"), RateLimited),
        (failure(503, "Service temporarily unavailable.", "backendFailed"), Unreachable),
        (Answer({"error": {"code": 429, "message": "Quota", "status": "RESOURCE_EXHAUSTED"}}), RateLimited),
        (Answer({"error": {"code": 404, "message": "The volume ID could not be found."}}), NotFound),
        (Answer({"error": {"code": 500, "message": "Backend"}}), Unreachable),
        (Answer("<html>oops</html>"), ShapeChanged),
        (Answer([]), ShapeChanged),
    ],
)
@pytest.mark.parametrize("question", [search("x"), detail(ONE), trending(Feed.RECENT), lookup("isbn10", "0306406152")])
async def test_errors_have_their_class(question: Question, answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        await asked(question, answer)
    assert type(raised.value) is error


@pytest.mark.parametrize("body", [{}, {"items": []}, {"kind": "books#volumes", "totalItems": 1, "items": {}}])
async def test_a_search_of_another_shape(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("x"), body)


async def test_entries_without_id_or_title_are_left_out_but_not_all() -> None:
    page, _ = await asked(search("x"), found({"id": "B"}, None, entry(), {"volumeInfo": {"title": "T"}}))
    assert [one.source_id for one in page.items] == ["AAAAAAAAAAAA"]
    with pytest.raises(ShapeChanged):
        await asked(search("x"), found({"id": "B"}, {"id": "C", "volumeInfo": {}}))
    with pytest.raises(ShapeChanged):
        await asked(detail(ONE), {"kind": "books#volume", "id": "AAAAAAAAAAAA", "volumeInfo": {}})


@pytest.mark.parametrize("date", ["0000", "0000-00-00", "0101-01-01"])
async def test_a_date_of_zeros_is_none(date: str) -> None:
    item = await hit({"publishedDate": date})
    assert (item.release_date, item.release_text, item.HasField("year")) == ("", "", False)


async def test_a_price_without_a_currency_is_none() -> None:
    sale = {"saleability": "FOR_SALE", "listPrice": {"amount": 9.99}}
    assert not (await hit(saleInfo=sale)).prices


async def test_filters_alone_that_name_no_book_are_told() -> None:
    with pytest.raises(InvalidField, match="query"):
        await asked(search(text_language="fr"), found())
