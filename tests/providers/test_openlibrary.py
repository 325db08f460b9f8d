"""Open Library."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.details_books_pb2 import Book
from tako.v1.item_parts_pb2 import AlternativeTitle, Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.books.openlibrary import MANIFEST, OpenLibrary
from tako_providers.sdk import InvalidField, NotFound, Page, RateLimited, ShapeChanged, Unreachable, make_id
from tests.conformance.cases import Question, detail, lookup, related, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

WORK = "openlibrary/book/OL90000001W"
DOC = {"key": "/works/OL1W", "title": "Test Book"}
RECORD = {"type": {"key": "/type/work"}, "key": "/works/OL1W", "title": "Test Book"}


def found(*docs: Any, total: int | None = None) -> dict[str, Any]:
    return {"numFound": len(docs) if total is None else total, "start": 0, "docs": list(docs)}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(OpenLibrary(), question, answers)


async def hit(doc: dict[str, Any]) -> Item:
    """One hit, as search gives it."""
    page, _ = await asked(search("x"), {"/search.json": found({**DOC, **doc})})
    item = page.items[0]
    assert isinstance(item, Item)
    return item


async def sampled(question: Question) -> Any:
    return await ask_samples(OpenLibrary(), question)


def ids(item: Item, scheme: str) -> list[str]:
    return [one.value for one in item.external_ids if one.scheme == scheme]


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("sample lighthouse"))
    assert (len(page.items), page.total, page.next) == (2, 2, "")
    assert make_id("openlibrary", page.items[0].kind, page.items[0].source_id) == WORK
    work = await sampled(detail(WORK))
    assert work.title == page.items[0].title == "The Sample Lighthouse"
    assert work.description == (
        "A sample story of a lighthouse that shines only when somebody tries it.\n\nSample note"
    )
    assert [(one.name, one.id) for one in work.book.credits] == [("Ada Sample", "openlibrary/person/OL90000001A")]
    assert (work.rating.value, work.rating.votes) == (4.25, 8)
    assert {one.label: one.count for one in work.rating.distribution}["5"] == 4
    assert (work.year, work.release_date, work.book.edition_count) == (1998, "1998-10-01", 2)
    editions = await sampled(related(WORK, Relation.VERSIONS))
    assert [one.source_id for one in editions.items] == ["OL90000001M", "OL90000002M"]
    assert editions.items[1].original_title == "The Sample Lighthouse"
    assert (editions.items[1].language, editions.items[0].language) == ("fr", "")
    assert editions.items[1].book.credits[0].role == CreditRole.TRANSLATOR


async def test_samples_have_an_edition_with_its_work() -> None:
    edition = await sampled(detail("openlibrary/book/OL90000001M"))
    assert (edition.book.work.id, edition.book.work.name) == (WORK, "The Sample Lighthouse")
    assert [(one.name, one.role) for one in edition.book.credits] == [
        ("Ada Sample", CreditRole.AUTHOR),
        ("Dora Draft", CreditRole.ILLUSTRATOR),
    ]
    assert edition.book.series[0].series.name == "Sample Coast"
    assert edition.book.level == Book.EDITION


async def test_samples_have_an_author_with_works() -> None:
    people = await sampled(search("sample", kind=Item.PERSON))
    assert [one.title for one in people.items] == ["Ada Sample", "Cleo Sample"]
    author = await sampled(detail("openlibrary/person/OL90000001A"))
    assert author.person.birth_date == "1951-05-03"
    assert author.description == "Ada Sample writes samples.\n\nShe lives in an example."
    assert [(one.text, one.type) for one in author.alternative_titles] == [
        ("Sample, Ada", AlternativeTitle.ALIAS),
        ("A. Sample", AlternativeTitle.ALIAS),
    ]
    assert not author.images
    works = await sampled(related("openlibrary/person/OL90000001A", Relation.WORKS))
    assert [one.title for one in works.items] == ["The Sample Lighthouse", "Sample Lighthouse Keepers"]
    assert not works.items[0].book.credits  # Open Library gives no names here


async def test_samples_have_a_feed_a_subject_a_lookup_and_errors() -> None:
    hot = await sampled(trending(Feed.TRENDING))
    assert [one.context.position for one in hot.items] == [1, 2]
    assert len((await sampled(search(subject="Sample lighthouses"))).items) == 2
    code = (await sampled(lookup("isbn13", "9780000000101"))).items[0]
    assert (code.source_id, ids(code, "isbn13")) == ("OL90000001M", ["9780000000101"])
    assert (code.book.series[0].series.name, code.book.work.id) == ("Sample Coast", WORK)  # of its own record
    assert (await sampled(search("nothing"))).items == []
    assert (await sampled(lookup("olid", "OL90000404W"))).items == []
    for gone in ("OL90000404W", "OL90000008W"):
        with pytest.raises(NotFound):
            await sampled(detail(f"openlibrary/book/{gone}"))


async def test_a_merged_record_leads_to_the_one_it_became() -> None:
    assert (await sampled(detail("openlibrary/book/OL90000009W"))).source_id == "OL90000001W"
    merged = {"type": {"key": "/type/redirect"}, "key": "/works/OL1W", "location": "/works/OL2W"}
    with pytest.raises(NotFound):  # a chain is not followed for ever
        await asked(detail("openlibrary/book/OL1W"), {"/works/OL1W.json": merged, "/works/OL2W.json": merged})


# --- Search -------------------------------------------------------------------------------------------------


async def test_filters_and_fields_reach_open_library() -> None:
    question = search(
        "harbour",
        author="Ada",
        title="Storm",
        publisher="House",
        subject="Sea",
        text_language="fr",
        isbn="0-306-40615-2",
    )
    page, up = await asked(question, {"/search.json": found(DOC)})
    expected = {
        "q": "harbour",
        "author": "Ada",
        "title": "Storm",
        "publisher": "House",
        "subject": "Sea",
        "language": "fre",
        "isbn": "0306406152",
        "page": "1",
    }
    assert expected.items() <= up.params.items()
    assert {"isbn", "publisher", "subject", "ratings_average"} <= set(up.params["fields"].split(","))
    assert page.ignored == ()


@pytest.mark.parametrize(
    ("order", "descending", "sort", "ignored"),
    [
        (Order.BY_UNSPECIFIED, None, None, ()),
        (Order.RELEVANCE, None, None, ()),
        (Order.RELEASE_DATE, None, "new", ()),
        (Order.RELEASE_DATE, False, "old", ()),
        (Order.RATING, False, "rating asc", ()),
        (Order.TITLE, None, "title", ()),
        (Order.TITLE, True, "title", ("descending",)),
        (Order.EDITIONS, None, "editions", ()),
        (Order.RANDOM, None, "random", ()),
    ],
)
async def test_orders(order: Any, descending: Any, sort: str | None, ignored: tuple[str, ...]) -> None:
    page, up = await asked(search("x", order_by=order, descending=descending), {"/search.json": found(DOC)})
    assert (up.params.get("sort"), page.ignored) == (sort, ignored)


async def test_pages_lead_to_the_end() -> None:
    answers = {"/search.json": found(DOC, total=101)}
    cursor, pages = "", []
    for _ in range(9):
        page, up = await asked(search("x", cursor=cursor), answers)
        pages.append(up.params["page"])
        if not (cursor := page.next):
            break
    assert pages == ["1", "2", "3"]
    beyond, _ = await asked(search("x", cursor="4"), {"/search.json": found(total=500)})
    assert beyond.next == ""


async def test_people_and_editions_are_paged_by_offset() -> None:
    _, up = await asked(search("x", kind=Item.PERSON, cursor="3"), {"/search/authors.json": found(total=0)})
    assert up.params["offset"] == "100"
    listed = {"size": 51, "entries": [{"key": "/books/OL1M", "title": "Edition"}]}
    page, up = await asked(related("openlibrary/book/OL1W", Relation.VERSIONS), {"/works/OL1W/editions.json": listed})
    assert (page.next, page.total, "offset" in up.params) == ("2", 51, False)


async def test_a_cursor_of_another_provider_is_refused() -> None:
    with pytest.raises(InvalidField):
        await asked(search("x", cursor="abc"), {"/search.json": found(DOC)})


@pytest.mark.parametrize("question", [search("0-306-40615-2"), search(isbn="0 306 40615 2")])
async def test_an_isbn_alone_is_looked_up(question: Question) -> None:
    page, up = await asked(question, {"/api/books": {}})
    assert (up.params["bibkeys"], up.params["jscmd"]) == ("ISBN:0306406152", "data")
    assert page.items == []


async def test_an_isbn_alone_has_no_order() -> None:
    page, _ = await asked(search("0306406152", order_by=Order.TITLE, descending=False), {"/api/books": {}})
    assert page.ignored == ("order_by", "descending")


async def test_digits_that_are_no_isbn_are_words() -> None:
    _, up = await asked(search("1234567890"), {"/search.json": found(DOC)})
    assert up.params["q"] == "1234567890"


async def test_a_subject_alone_is_browsed_under_its_key() -> None:
    answer = {"name": "sea", "work_count": 0, "works": []}
    page, up = await asked(search(subject="Sea, stories & tales?"), {"/subjects/sea_stories__tales.json": answer})
    assert (page.items, page.total, page.next) == ([], 0, "")
    _, up = await asked(search(subject="Place: New York"), {"/subjects/place:new_york.json": answer})
    await asked(search(subject="Time: a story"), {"/subjects/time:a_story.json": answer})
    await asked(search(subject="Star: a story"), {"/subjects/star_a_story.json": answer})
    _, up = await asked(search(subject="Sea", order_by=Order.RATING), {"/search.json": found(DOC)})
    assert up.params["subject"] == "Sea"


async def test_an_author_filter_finds_people_too() -> None:
    _, up = await asked(search(author="Ada", kind=Item.PERSON), {"/search/authors.json": found(total=0)})
    assert up.params["q"] == "Ada"
    with pytest.raises(InvalidField):
        await asked(search(subject="Sea", kind=Item.PERSON), {})


# --- What is missing stays unset ----------------------------------------------------------------------------


async def test_a_bare_hit_has_only_what_it_has() -> None:
    item = await hit({"cover_i": -1, "isbn": None, "ratings_average": None, "author_name": None, "subject": [None, ""]})
    assert (item.title, item.source_id) == ("Test Book", "OL1W")
    for name in ("year", "rating"):
        assert not item.HasField(name)
    for values in (item.images, item.tags, item.languages, item.book.credits, item.release_date):
        assert not values
    assert not item.book.HasField("page_count")
    assert not item.book.HasField("edition_count")


async def test_odd_values_are_no_answer() -> None:
    item = await hit(
        {"title": "A &amp; <b>B</b>", "first_publish_year": "1999", "number_of_pages_median": 0, "isbn": "x"}
    )
    assert item.title == "A & B"
    assert not item.HasField("year")
    assert not item.book.HasField("page_count")
    assert not ids(item, "isbn13")


async def test_entries_without_id_or_title_are_left_out() -> None:
    page, _ = await asked(search("x"), {"/search.json": found({"key": "/works/OL1W"}, {"title": "T"}, DOC, None)})
    assert [one.source_id for one in page.items] == ["OL1W"]


async def test_entries_of_a_relation_without_id_or_title_are_left_out_too() -> None:
    entries = [{"title": "No key"}, {"key": "/books/OL2M"}, {"key": "/books/OL3M", "title": "Kept"}]
    gone = {"key": "/books/OL4M", "type": {"key": "/type/delete"}}
    question, path = related("openlibrary/book/OL1W", Relation.VERSIONS), "/works/OL1W/editions.json"
    page, _ = await asked(question, {path: {"size": 4, "entries": [*entries, gone]}})
    assert [one.source_id for one in page.items] == ["OL3M"]
    page, _ = await asked(question, {path: {"size": 1, "entries": [gone]}})
    assert page.items == []


async def test_an_edition_names_work_and_author_without_their_records() -> None:
    record = {
        "key": "/books/OL1M",
        "title": "T",
        "works": [{"key": "/works/OL1W"}],
        "by_statement": "by Ada B. Lee.",
        "authors": [{"key": "/authors/OL1A"}],
    }
    item, _ = await asked(detail("openlibrary/book/OL1M"), {"/books/OL1M.json": record})
    assert (item.book.work.id, item.book.work.name) == ("openlibrary/book/OL1W", "T")
    assert [(one.name, one.id) for one in item.book.credits] == [("Ada B. Lee", "openlibrary/person/OL1A")]
    for said in ("Ada Lee ; drawings by Ben", "edited by Ada Lee", "Edited By Ada Lee", "Ada Lee & Ben Lee", "Lee", ""):
        item, _ = await asked(detail("openlibrary/book/OL1M"), {"/books/OL1M.json": {**record, "by_statement": said}})
        assert (list(item.book.credits), item.book.by_statement) == ([], said)
    two = {**record, "authors": [{"key": "/authors/OL1A"}, {"key": "/authors/OL2A"}]}
    item, _ = await asked(detail("openlibrary/book/OL1M"), {"/books/OL1M.json": two})
    assert not item.book.credits


async def test_an_author_who_was_merged_is_credited_once() -> None:
    record = {**RECORD, "authors": [{"author": {"key": f"/authors/OL{n}A"}} for n in (1, 2)]}
    merged = {"type": {"key": "/type/redirect"}, "key": "/authors/OL2A", "location": "/authors/OL1A"}
    author = {"type": {"key": "/type/author"}, "key": "/authors/OL1A", "name": "Ada"}
    answers = {"/works/OL1W.json": record, "/authors/OL1A.json": author, "/authors/OL2A.json": merged}
    item, _ = await asked(detail("openlibrary/book/OL1W"), answers)
    assert [one.name for one in item.book.credits] == ["Ada"]


@pytest.mark.parametrize(
    ("text", "name", "volume"),
    [("Foo ; 3", "Foo", "3"), ("Foo ; bk. 2", "Foo", "bk. 2"), ("Foo ; new series", "Foo ; new series", "")],
)
async def test_a_volume_is_told_from_its_series(text: str, name: str, volume: str) -> None:
    record = {"key": "/books/OL1M", "title": "T", "series": [text]}
    item, _ = await asked(detail("openlibrary/book/OL1M"), {"/books/OL1M.json": record})
    assert [(one.series.name, one.volume) for one in item.book.series] == [(name, volume)]


async def test_names_and_ids_of_two_lengths_are_not_paired() -> None:
    item = await hit({"author_name": ["Ada", "Ben"], "author_key": ["OL1A"]})
    assert [(one.name, one.id) for one in item.book.credits] == [("Ada", ""), ("Ben", "")]


async def test_a_rating_needs_votes() -> None:
    assert not (await hit({"ratings_average": 4.5, "ratings_count": 0})).HasField("rating")
    assert (await hit({"ratings_average": 4.5, "ratings_count": 2})).rating.scale == 5


async def test_covers_by_number_and_by_edition() -> None:
    by_number, by_edition = await hit({"cover_i": 7}), await hit({"cover_edition_key": "OL5M"})
    assert [(one.role, one.url[-10:]) for one in by_number.images] == [
        (Image.PRIMARY, "id/7-L.jpg"),
        (Image.THUMBNAIL, "id/7-S.jpg"),
    ]
    assert by_edition.images[0].url.endswith("/b/olid/OL5M-L.jpg?default=false")


@pytest.mark.parametrize(
    ("published", "date", "year", "text"),
    [
        ("2004", "2004", 2004, ""),
        ("November 2006", "2006-11", 2006, ""),
        ("October 1, 1988", "1988-10-01", 1988, ""),
        ("c1995.", "", 1995, "c1995."),
        ("1872-1875", "", 1872, "1872-1875"),
        ("n.d.", "", None, "n.d."),
        (None, "", None, ""),
    ],
)
async def test_dates_of_editions(published: str | None, date: str, year: int | None, text: str) -> None:
    record = {"type": {"key": "/type/edition"}, "key": "/books/OL1M", "title": "T", "publish_date": published}
    item, _ = await asked(detail("openlibrary/book/OL1M"), {"/books/OL1M.json": record})
    assert (item.release_date, item.release_text) == (date, text)
    assert (item.year if item.HasField("year") else None) == year


@pytest.mark.parametrize("description", ["Plain.", {"type": "/type/text", "value": "Plain."}])
async def test_texts_come_bare_or_wrapped(description: Any) -> None:
    item, _ = await asked(detail("openlibrary/book/OL1W"), {"/works/OL1W.json": {**RECORD, "description": description}})
    assert item.description == "Plain."


async def test_markdown_is_made_plain() -> None:
    text = "> *Quote*\r\n\r\nSee [the page](https://e.org/a_(b)).\r\n\r\n([source][1])\r\n\r\n[1]: https://e.org"
    item, _ = await asked(detail("openlibrary/book/OL1W"), {"/works/OL1W.json": {**RECORD, "description": text}})
    assert item.description == "Quote\n\nSee the page.\n\n(source)"


async def test_a_work_stands_without_its_helpers() -> None:
    record = {**RECORD, "authors": [{"author": {"key": f"/authors/OL{n}A"}} for n in range(9)]}
    item, up = await asked(detail("openlibrary/book/OL1W"), {"/works/OL1W.json": record})
    assert (item.title, list(item.book.credits), up.partial) == ("Test Book", [], True)
    assert sum("/authors/" in path for path in up.paths) == 5


async def test_the_year_of_a_work_is_its_first_edition_only_when_all_are_seen() -> None:
    editions = [{"key": "/books/OL1M", "publish_date": "1990"}, {"key": "/books/OL2M", "publish_date": "March 1985"}]
    answers = {"/works/OL1W.json": RECORD, "/works/OL1W/editions.json": {"size": 2, "entries": editions}}
    item, _ = await asked(detail("openlibrary/book/OL1W"), answers)
    assert (item.year, item.release_date) == (1985, "1985")
    answers["/works/OL1W/editions.json"] = {"size": 30, "entries": editions}
    item, _ = await asked(detail("openlibrary/book/OL1W"), answers)
    assert not item.HasField("year")


async def test_a_bare_number_is_a_work() -> None:
    _, up = await asked(detail("openlibrary/book/1"), {"/works/OL1W.json": RECORD})
    assert up.paths[0] == "/works/OL1W.json"


@pytest.mark.parametrize("item_id", ["openlibrary/book/OL1A", "openlibrary/person/OL1W", "openlibrary/book/../x"])
async def test_an_id_of_another_kind_is_not_asked(item_id: str) -> None:
    with pytest.raises((NotFound, InvalidField)):
        await asked(detail(item_id), {})


async def test_versions_of_an_edition_are_those_of_its_work() -> None:
    edition = {"key": "/books/OL1M", "title": "T", "works": [{"key": "/works/OL1W"}]}
    answers = {"/books/OL1M.json": edition, "/works/OL1W/editions.json": {"size": 1, "entries": [edition]}}
    page, up = await asked(related("openlibrary/book/OL1M", Relation.VERSIONS), answers)
    assert (len(page.items), up.paths) == (1, ["/books/OL1M.json", "/works/OL1W/editions.json"])


# --- Feeds and look-ups -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "word"),
    [
        (Period.NOW, "now"),
        (Period.DAY, "daily"),
        (Period.WEEK, "weekly"),
        (Period.MONTH, "monthly"),
        (Period.YEAR, "yearly"),
        (Period.ALL_TIME, "forever"),
    ],
)
async def test_periods(period: Any, word: str) -> None:
    answers = {f"/trending/{word}.json": {"query": word, "works": [DOC] * 50}}
    page, _ = await asked(trending(Feed.TRENDING, period=period), answers)
    assert page.next == "2"
    page, _ = await asked(
        trending(Feed.TRENDING, period=period, cursor="2"), {f"/trending/{word}.json": {"works": [DOC]}}
    )
    assert (page.next, page.items[0].context.position) == ("", 51)


@pytest.mark.parametrize(
    ("scheme", "code", "key"),
    [
        ("oclc", "57215622", "OCLC:57215622"),
        ("lccn", "25010468", "LCCN:25010468"),
        ("isbn10", "0306406152", "ISBN:0306406152"),
    ],
)
async def test_codes(scheme: str, code: str, key: str) -> None:
    book = {"key": "/books/OL1M", "title": "T", "notes": {"value": "A note."}}
    page, up = await asked(lookup(scheme, code), {"/api/books": {key: book}})
    assert dict(up.requests[0].params)["bibkeys"] == key
    assert (page.items[0].attributes["notes"], ids(page.items[0], scheme)) == ("A note.", [code])


async def test_what_a_code_leads_to_is_completed_by_its_own_record() -> None:
    hit = {
        "key": "/books/OL1M",
        "title": "T",
        "authors": [{"name": "Ada Lee", "url": "https://openlibrary.org/authors/OL1A/Ada_Lee"}],
        "cover": {"large": "https://covers.openlibrary.org/b/id/1-L.jpg"},
        "identifiers": {"goodreads": ["5"]},
        "publishers": [{"name": "House"}],
    }
    record = {
        "type": {"key": "/type/edition"},
        "key": "/books/OL1M",
        "title": "T",
        "covers": [1, 2],
        "lccn": ["7"],
        "languages": [{"key": "/languages/fre"}],
        "description": "Text.",
        "series": ["Coast ; 3"],
        "physical_format": "Paperback",
        "works": [{"key": "/works/OL9W"}],
        "publishers": ["House"],
        "authors": [{"key": "/authors/OL1A"}],
        "by_statement": "Ada Lee",
        "contributions": ["Ben (Translator)"],
    }
    question = lookup("isbn10", "0306406152")
    answers = {"/api/books": {"ISBN:0306406152": hit}, "/books/OL1M.json": record}
    page, up = await asked(question, answers)
    item = page.items[0]
    assert (list(item.languages), item.description, item.book.physical_format) == (["fr"], "Text.", "Paperback")
    assert (item.book.series[0].volume, item.book.work.id) == ("3", "openlibrary/book/OL9W")
    assert [(one.name, one.id) for one in item.book.credits] == [("Ada Lee", "openlibrary/person/OL1A"), ("Ben", "")]
    assert (list(item.book.publishers), len(item.images)) == (["House"], 1)
    assert {one.scheme: one.value for one in item.external_ids} == {
        "olid": "OL1M",
        "goodreads": "5",
        "lccn": "7",
        "isbn10": "0306406152",
        "isbn13": "9780306406157",
    }
    assert not up.partial
    page, up = await asked(question, {"/api/books": {"ISBN:0306406152": hit}})
    assert (page.items[0].book.credits[0].name, list(page.items[0].languages), up.partial) == ("Ada Lee", [], True)


async def test_a_book_without_a_key_is_known_by_its_address() -> None:
    book = {
        "url": "https://openlibrary.org/books/OL7M/T",
        "title": "T",
        "cover": {"medium": "https://covers.openlibrary.org/b/id/1-M.jpg"},
    }
    page, _ = await asked(search("0306406152"), {"/api/books": {"ISBN:0306406152": book}})
    assert page.items[0].source_id == "OL7M"
    assert [(one.role, one.url[-7:]) for one in page.items[0].images] == [(Image.PRIMARY, "1-M.jpg")]


async def test_an_author_by_number() -> None:
    author = {"type": {"key": "/type/author"}, "key": "/authors/OL1A", "name": "Ada", "photos": [-1, 12]}
    page, _ = await asked(lookup("olid", "OL1A"), {"/authors/OL1A.json": author})
    assert page.items[0].images[0].url == "https://covers.openlibrary.org/a/id/12-L.jpg"


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [[], {}, {"docs": None}, {"docs": {}}, {"error": "x"}])
async def test_an_unknown_shape_is_said(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("x"), {"/search.json": body})


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (search("0306406152"), "/api/books", []),
        (search("0306406152"), "/api/books", {"ISBN:0306406152": "x"}),
        (search("0306406152"), "/api/books", {"ISBN:0306406152": {"title": "T"}}),
        (detail("openlibrary/book/OL1W"), "/works/OL1W.json", []),
        (detail("openlibrary/book/OL1W"), "/works/OL1W.json", {"key": "/works/OL1W"}),
        (detail("openlibrary/person/OL1A"), "/authors/OL1A.json", {"key": "/authors/OL1A"}),
        (related("openlibrary/person/OL1A", Relation.WORKS), "/authors/OL1A/works.json", {"size": 3}),
        (trending(Feed.TRENDING), "/trending/daily.json", {"docs": []}),
        (search(subject="sea"), "/subjects/sea.json", {"name": "sea"}),
        (search("x"), "/search.json", {"numFound": 2, "docs": [{"work": "x"}, {"work": "y"}]}),
        (search("x"), "/search.json", {"numFound": 1, "docs": ["x"]}),
        (search("x"), "/search.json", {"numFound": 2, "docs": []}),
        (search("x", kind=Item.PERSON), "/search/authors.json", {"numFound": 1, "docs": [{"author": "x"}]}),
        (trending(Feed.TRENDING), "/trending/daily.json", {"works": [{"work": "x"}]}),
        (search(subject="sea"), "/subjects/sea.json", {"work_count": 1, "works": [{"work": "x"}]}),
        (related("openlibrary/book/OL1W", Relation.VERSIONS), "/works/OL1W/editions.json", {"entries": [{"a": 1}]}),
    ],
)
async def test_other_shapes(question: Question, path: str, body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, {path: body})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer("<html><body>Service Unavailable</body></html>", 503), Unreachable),
        (Answer({"error": "too many"}, 429), RateLimited),
        (Answer('{"numFound": 2, "docs": [{"key"', 200), ShapeChanged),
        (Answer("<html><body>Sorry</body></html>", 200), ShapeChanged),
    ],
)
async def test_failures_of_the_moment(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("x"), {"/search.json": answer})


async def test_an_unknown_code_is_an_empty_page() -> None:
    page, _ = await asked(lookup("isbn13", "9780306406157"), {"/api/books": {}})
    assert page == Page([], total=0)


def test_the_manifest_names_what_is_there() -> None:
    assert MANIFEST.feed_spec(Feed.TRENDING) is not None
    assert MANIFEST.relation_spec(Relation.WORKS, Item.PERSON) is not None
    assert MANIFEST.relation_spec(Relation.WORKS, Item.BOOK) is None
