"""Open Library: works, editions and authors. https://openlibrary.org/developers/api"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tako.v1.books_service_pb2 import BooksRelatedRequest, BooksSearchRequest, BooksTrendingRequest
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers.books.openlibrary import people, records
from tako_providers.books.openlibrary.credits import author_keys
from tako_providers.books.openlibrary.fields import SITE, count, entries, last_segment, path_of, text_of
from tako_providers.sdk import (
    FIRST,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    ItemId,
    Json,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Search,
    ShapeChanged,
    Tier,
    Trending,
    Unsupported,
    Upstream,
    compact,
    isbn,
    marc,
    present,
)

MANIFEST = Manifest(
    id="openlibrary",
    title="Open Library",
    domains=(Domain.BOOKS,),
    homepage=SITE,
    base_url=SITE,
    hosts=frozenset({"openlibrary.org"}),
    content_hosts=frozenset({"openlibrary.org", "covers.openlibrary.org"}),
    attribution=Attribution("Data from Open Library, a project of the Internet Archive", SITE),
    terms_url="https://openlibrary.org/developers/licensing",
    limits=(Limit(1, 1.0),),  # 3 a second for a caller whose User-Agent names an address
    timeout=20.0,
    languages=("en", "fr", "de", "es", "it", "pt", "nl", "ru", "pl", "ja", "zh", "ar"),
    language_mode=LanguageMode.CONTENT_FILTER,
    kinds=(
        KindSpec(
            Item.BOOK,
            search=True,
            default=True,
            detail=True,
            filters=("author", "title", "publisher", "subject", "isbn", "text_language"),
            orders=(
                Order.RELEVANCE,
                Order.TITLE,
                Order.RELEASE_DATE,
                Order.RATING,
                Order.POPULARITY,
                Order.EDITIONS,
                Order.RANDOM,
            ),
        ),
        KindSpec(Item.PERSON, search=True, detail=True, filters=("author",)),
    ),
    feeds=(
        FeedSpec(
            Feed.TRENDING,
            kinds=(Item.BOOK,),
            periods=(Period.DAY, Period.NOW, Period.WEEK, Period.MONTH, Period.YEAR, Period.ALL_TIME),
            note="what readers logged on Open Library",
        ),
    ),
    relations=(
        RelationSpec(Relation.VERSIONS, from_kinds=(Item.BOOK,), to_kinds=(Item.BOOK,), note="editions of the work"),
        RelationSpec(Relation.WORKS, from_kinds=(Item.PERSON,), to_kinds=(Item.BOOK,), note="without authors' names"),
    ),
    lookups=("isbn13", "isbn10", "oclc", "lccn", "olid"),
    notes="`language` changes nothing, `text_language` filters. An ISBN as query gives the edition, all else works.",
    tier=Tier.GOLD,
)

PAGE = 50
FIRST_EDITIONS = 10
"""Editions read to tell of a work: Open Library keeps publishers, pages and ISBNs with them."""
MAX_AUTHORS = 5
FIELDS = (
    "key,title,subtitle,author_name,author_key,first_publish_year,cover_i,cover_edition_key,edition_count,isbn,"
    "publisher,language,subject,number_of_pages_median,ratings_average,ratings_count"
)
"""Without this list the answer lacks ISBNs, publishers, subjects, pages and ratings (since 2025)."""
SORTS = {
    (Order.TITLE, False): "title",
    (Order.RELEASE_DATE, True): "new",
    (Order.RELEASE_DATE, False): "old",
    (Order.RATING, True): "rating",
    (Order.RATING, False): "rating asc",
    (Order.POPULARITY, True): "readinglog",
    (Order.EDITIONS, True): "editions",
    (Order.RANDOM, True): "random",
    (Order.RANDOM, False): "random",
}
PERIODS = {
    Period.NOW: "now",
    Period.DAY: "daily",
    Period.WEEK: "weekly",
    Period.MONTH: "monthly",
    Period.YEAR: "yearly",
    Period.ALL_TIME: "forever",
}
NOT_IN_SLUGS = str.maketrans({**dict.fromkeys(';/?:@&=+$,<>#%"{}|\\^[]`\n\r'), " ": "_"})
"""How Open Library makes a subject's key of its name (openlibrary/utils, `str_to_key`)."""
SUBJECT_SORTS = ("place", "person", "time")
"""Written before a subject with a colon, which stays in its key: ``place:london``."""


class OpenLibrary(Provider):
    """Books and authors of Open Library."""

    manifest = MANIFEST

    async def search(self, ask: Search[BooksSearchRequest], up: Upstream) -> Page:
        """Works; an ISBN alone is looked up, a subject alone is browsed."""
        if ask.kind == Item.PERSON:
            return await _people(ask, up)
        want = ask.filters
        narrowed = want.author or want.title or want.publisher or want.text_language
        if not narrowed and not want.subject and (code := _only_isbn(ask.text, want.isbn)):
            return _looked_up(await _books(up, f"ISBN:{code}", isbn(code)), ignored=_unordered(ask))
        if want.subject and not (narrowed or ask.text or want.isbn or ask.order_by):
            return await _by_subject(ask, want.subject, up)
        sort, ignored = _sort(ask)
        language = marc(want.text_language) if want.text_language else ""
        if want.text_language and not language:
            ignored = (*ignored, "text_language")
        found = await up.json(
            "/search.json",
            {
                "q": ask.text,
                "author": want.author,
                "title": want.title,
                "publisher": want.publisher,
                "subject": want.subject,
                "isbn": compact(want.isbn),
                "language": language,
                "sort": sort,
                "page": ask.page,
                "limit": PAGE,
                "fields": FIELDS,
            },
        )
        page = _page(ask.page, entries(found, "docs"), records.search_hit, _total(found))
        return replace(page, total_is_estimate=True, ignored=ignored)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A work, an edition or an author: the last letter of the id tells which."""
        return await _described(up, await _record(up, _path(ask.id)))

    async def trending(self, ask: Trending[BooksTrendingRequest], up: Upstream) -> Page:
        """What readers logged in a period."""
        number = ask.page
        found = await up.json(
            f"/trending/{PERIODS[ask.period]}.json", {"page": number, "limit": PAGE, "fields": FIELDS}
        )
        page = _page(number, entries(found, "works"), records.search_hit)
        for position, item in enumerate(page.items, (number - 1) * PAGE + 1):
            item.context.position = position
        return page

    async def related(self, ask: Related[BooksRelatedRequest], up: Upstream) -> Page:
        """Editions of a work, works of an author."""
        path = _path(ask.id)
        if ask.relation == Relation.WORKS:
            return await _listed(ask, up, f"{path}/works.json", records.work)
        if path.startswith("/books/"):
            path = path_of(records.work_key(await _record(up, path)))
            if not path:
                raise Unsupported("this edition belongs to no work whose editions could be listed")
        return await _listed(ask, up, f"{path}/editions.json", records.edition)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """ISBN, OCLC and LCCN lead to an edition; an Open Library id to what it names."""
        if ask.scheme != "olid":
            prefix = "ISBN" if ask.scheme.startswith("isbn") else ask.scheme.upper()
            hits = await _books(up, f"{prefix}:{ask.code}", (ask.scheme, ask.code))
            return _looked_up([await _completed(up, hit) for hit in hits])
        found = await up.json(f"{path_of(ask.code)}.json", allow=(404,))
        found = await _followed(up, found)
        return Page([] if _is_gone(found) else [await _described(up, found)])


def _path(item_id: ItemId) -> str:
    """The path of what an id names. A bare number is a work's."""
    source_id = f"OL{item_id.source_id}W" if item_id.source_id.isdecimal() else item_id.source_id
    path = path_of(source_id)
    if not path or path.startswith("/authors/") != (item_id.kind == Item.PERSON):
        raise NotFound(f"Open Library has no {source_id}")
    return path


async def _people(ask: Search[BooksSearchRequest], up: Upstream) -> Page:
    text = " ".join(filter(None, (ask.text, ask.filters.author)))
    if not text:
        raise InvalidField("query", "is needed to search for people")
    found = await up.json("/search/authors.json", {"q": text, "limit": PAGE, "offset": _offset(ask.page)})
    return _page(ask.page, entries(found, "docs"), people.person_hit, _total(found))


async def _by_subject(ask: Search[BooksSearchRequest], subject: str, up: Upstream) -> Page:
    sort, colon, name = subject.strip().lower().partition(":")
    if sort not in SUBJECT_SORTS:
        sort, colon, name = "", "", subject.strip().lower()
    slug = f"{sort}{colon}{name.strip().translate(NOT_IN_SLUGS)}"
    found = await up.json(f"/subjects/{slug}.json", {"limit": PAGE, "offset": _offset(ask.page)})
    return _page(ask.page, entries(found, "works"), records.subject_hit, count(found.get("work_count")))


async def _books(up: Upstream, key: str, asked: tuple[str, str] | None) -> list[Item]:
    """The editions of a code."""
    found = await up.json("/api/books", {"bibkeys": key, "format": "json", "jscmd": "data"})
    if not isinstance(found, dict) or any(not isinstance(book, dict) for book in found.values()):
        raise ShapeChanged("Open Library answered a code without an object of books")
    return [records.looked_up(book, asked) for book in found.values()]


def _looked_up(items: Sequence[Item], ignored: tuple[str, ...] = ()) -> Page:
    return Page(items, total=len(items), ignored=ignored)


async def _completed(up: Upstream, hit: Item) -> Item:
    record = await up.optional(_record(up, path_of(hit.source_id)))
    return records.completed(hit, record) if record and records.is_named(record) else hit


async def _listed(ask: Related[BooksRelatedRequest], up: Upstream, path: str, mapper: Callable[[Json], Item]) -> Page:
    found = await up.json(path, {"limit": PAGE, "offset": _offset(ask.page)})

    def named(entry: Json) -> Item | None:
        return mapper(entry) if records.is_named(entry) else None

    return _page(ask.page, entries(found, "entries"), named, count(found.get("size")))


async def _described(up: Upstream, record: Json) -> Item:
    """A record with what others say of it."""
    source_id = last_segment(record.get("key"))
    if source_id.endswith("A") and source_id.startswith("OL"):
        return people.person(record)
    if not source_id.endswith("W"):
        key = path_of(records.work_key(record))
        work = await up.optional(_record(up, key)) if key else None
        authors = await _authors(up, author_keys(record) or author_keys(work or {}))
        return records.edition(record, authors, work)
    authors = await _authors(up, author_keys(record))
    editions = await up.optional(up.json(f"/works/{source_id}/editions.json", {"limit": FIRST_EDITIONS}))
    ratings = await up.optional(up.json(f"/works/{source_id}/ratings.json"))
    return records.work(record, authors, editions, ratings)


async def _authors(up: Upstream, ids: list[str]) -> list[Json]:
    paths = filter(None, map(path_of, ids[:MAX_AUTHORS]))
    return [await up.optional(_record(up, path)) for path in paths]


async def _record(up: Upstream, path: str) -> Json:
    """One record. A deleted one still answers with 200."""
    found = await _followed(up, await up.json(f"{path}.json"))
    if _is_gone(found):
        raise NotFound(f"Open Library has no {last_segment(path)}")
    return found


async def _followed(up: Upstream, found: Json) -> Json:
    """The record that a merged one points to; any other as it is."""
    if not isinstance(found, dict):
        raise ShapeChanged("Open Library answered without a record")
    if _type(found) != "/type/redirect":
        return found
    path = path_of(last_segment(found.get("location")))
    if not path:
        raise ShapeChanged("Open Library merged a record into nothing")
    found = await up.json(f"{path}.json")
    if not isinstance(found, dict):
        raise ShapeChanged("Open Library answered without a record")
    return found


def _is_gone(record: Json) -> bool:
    deleted = "type" in record and _type(record) in ("/type/delete", "/type/redirect")
    return deleted or record.get("error") == "notfound"


def _type(record: Json) -> str:
    given = record.get("type")
    return text_of(given.get("key") if isinstance(given, dict) else given)


def _only_isbn(text: str, code: str) -> str:
    """The ISBN when it is all that is asked: the filter, or a query that is one."""
    if code:
        return "" if text else compact(code)
    return compact(text) if isbn(text) else ""


def _unordered(ask: Search[BooksSearchRequest]) -> tuple[str, ...]:
    """What is asked of the order, and means nothing where a code is looked up."""
    ordered = ask.order_by not in (Order.BY_UNSPECIFIED, Order.RELEVANCE)
    return ("order_by",) * ordered + ("descending",) * (ask.descending is not None)


def _sort(ask: Search[BooksSearchRequest]) -> tuple[str, tuple[str, ...]]:
    """Open Library's word for the order, and what of it cannot be had."""
    if ask.order_by in (Order.BY_UNSPECIFIED, Order.RELEVANCE):
        return "", ()
    descending = ask.order_by != Order.TITLE if ask.descending is None else ask.descending
    if word := SORTS.get((ask.order_by, descending)):
        return word, ()
    return SORTS.get((ask.order_by, not descending), ""), ("descending",)


def _offset(page: int) -> int | None:
    return (page - 1) * PAGE or None


def _page(page: int, listed: Sequence[Json], mapper: Callable[[Json], Item | None], total: int | None = None) -> Page:
    """One page of a list. What has no id or no name is left out; a list of nothing else is one that is not known.

    Without a total a full page may have a next one.
    """
    known = [entry for entry in listed if not _is_gone(entry)]
    items = present(map(mapper, known))
    if not items and (known or (page == 1 and total and not listed)):
        raise ShapeChanged("Open Library answered with a list of which no entry can be read")
    more = len(listed) >= PAGE if total is None else bool(listed) and page * PAGE < total
    return Page(items, next=str(page + 1) if more else FIRST, total=total)


def _total(found: Json) -> int | None:
    total = count(found.get("numFound"))
    return count(found.get("num_found")) if total is None else total
