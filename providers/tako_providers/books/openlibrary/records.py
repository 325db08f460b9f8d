"""Open Library's records as Items. Its texts come bare or as ``{type, value}``, and any field may be missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tako.v1.details_books_pb2 import Book
from tako.v1.item_parts_pb2 import AlternativeTitle, ExternalId, Image, Link, Rating, RatingBucket
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, SeriesRef
from tako.v1.values_pb2 import Dimensions
from tako_providers.books.openlibrary.credits import (
    add_authors,
    author,
    author_keys,
    authors_of,
    contributors,
    stated_author,
)
from tako_providers.books.openlibrary.fields import (
    FOLDERS,
    PROVIDER,
    SITE,
    add_cover,
    count,
    covers,
    first_excerpt,
    id_in_url,
    keys,
    languages_of,
    last_segment,
    links_of,
    listed,
    names_in,
    source,
    strings,
    text_of,
    texts,
    words,
    year_date,
)
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    add_ids,
    add_rating,
    english_date,
    external_ids,
    image,
    isbn,
    isbn10_to_13,
    one_line,
    plain_markdown,
    positive,
    positive_float,
    present,
    rating,
    ref,
    timestamp,
    year_in,
    year_of,
)

MAX_SUBJECTS = 10
"""Subjects and publishers of a hit: popular works have hundreds, of all their editions."""

_VOLUME = re.compile(r"(.*\S)\s*;\s*([^;]*\d[^;]*)")
"""As librarians write it: ``Sample Coast ; bk. 2``."""
_BOOK_SCHEMES = (
    ("isbn13", "isbn_13"),
    ("isbn10", "isbn_10"),
    ("oclc", "oclc_numbers"),
    ("oclc", "oclc_number"),
    ("lccn", "lccn"),
)
_IDENTIFIER_SCHEMES = {
    "isbn_13": "isbn13",
    "isbn_10": "isbn10",
    "oclc": "oclc",
    "lccn": "lccn",
    "openlibrary": "olid",
    "goodreads": "goodreads",
    "librarything": "librarything",
    "google": "googlebooks",
    "amazon": "asin",
    "wikidata": "wikidata",
}


def search_hit(doc: Json) -> Item | None:
    """One of ``docs[]`` of /search.json or ``works[]`` of /trending; None without id or title."""
    source_id = last_segment(doc.get("key"))
    title = one_line(text_of(doc.get("title") or doc.get("title_suggest")))
    if not source_id or not title:
        return None
    item = _hit(source_id, title)
    if subtitle := doc.get("subtitle"):
        item.subtitle = one_line(text_of(subtitle))
    if year := _first_year(doc):
        item.year = year
        item.release_date = year_date(year)
    add_cover(item, doc.get("cover_i"), doc.get("cover_edition_key"))
    if average := doc.get("ratings_average"):
        add_rating(item, positive_float(average), 5, count(doc.get("ratings_count")))
    if subjects := words(doc.get("subject"), MAX_SUBJECTS):
        item.tags.extend(subjects)
    if languages := languages_of(strings(doc.get("language"))):
        item.languages.extend(languages)
    if isbns := doc.get("isbn"):
        _add_first_isbns(item, listed(isbns))
    _set_book(item.book, doc)
    return item


def _set_book(book: Book, doc: Json) -> None:
    """Set what only books have."""
    if publishers := words(doc.get("publisher"), MAX_SUBJECTS):
        book.publishers.extend(publishers)
    if pages := positive(doc.get("number_of_pages_median")):
        book.page_count = pages
    if (editions := count(doc.get("edition_count"))) is not None:
        book.edition_count = editions
    add_authors(book, words(doc.get("author_name")), strings(doc.get("author_key"))[:MAX_EMBEDDED])


def subject_hit(found: Json) -> Item | None:
    """One of ``works[]`` of /subjects; None without id or title."""
    source_id, title = last_segment(found.get("key")), one_line(text_of(found.get("title")))
    if not source_id or not title:
        return None
    item = _hit(source_id, title)
    if year := _first_year(found):
        item.year = year
        item.release_date = year_date(year)
    if subjects := words(found.get("subject"), MAX_SUBJECTS):
        item.tags.extend(subjects)
    add_cover(item, found.get("cover_id"), found.get("cover_edition_key"))
    book = item.book
    authors = [one for one in listed(found.get("authors")) if isinstance(one, dict)]
    book.credits.extend(present(author(last_segment(a.get("key")), one_line(text_of(a.get("name")))) for a in authors))
    if (editions := count(found.get("edition_count"))) is not None:
        book.edition_count = editions
    return item


def _hit(source_id: str, title: str) -> Item:
    """The item of a hit, with what its id tells."""
    item = Item()
    item.kind = Item.BOOK
    item.source_id = source_id
    item.title = title
    folder = "books"
    if source_id.startswith("OL"):
        folder = FOLDERS[source_id[-1]]
        code = item.external_ids.add()
        code.scheme = "olid"
        code.value = source_id
    page = item.links.add()
    page.role = Link.SOURCE
    page.url = f"{SITE}/{folder}/{source_id}"
    item.book.level = Book.WORK if folder == "works" else Book.EDITION
    return item


def work(record: Json, authors: Sequence[Json] = (), editions: Json = None, ratings: Json = None) -> Item:
    """A work; ``authors`` are its authors' records, ``editions`` the first page of its editions."""
    item = _book(record, Book.WORK)
    first = record.get("first_publish_date")
    item.release_date = english_date(first) if isinstance(first, str) else ""
    year = year_of(item.release_date) or year_in(text_of(first))
    if year:
        item.year = year
    item.book.first_published = one_line(text_of(first))
    item.book.credits.extend(authors_of(authors))
    if isinstance(editions, dict):
        _add_editions(item, editions)
    if isinstance(ratings, dict) and (given := _rating(ratings)):
        item.rating.CopyFrom(given)
    return item


def edition(record: Json, authors: Sequence[Json] = (), of_work: Json = None) -> Item:
    """An edition; ``of_work`` is the work's record when it could be had. Else the work goes by the edition's title."""
    item = _book(record, Book.EDITION)
    book = item.book
    _set_date(item, record.get("publish_date"))
    item.original_title = one_line(text_of(record.get("translation_of")))
    item.alternative_titles.extend(AlternativeTitle(text=t) for t in texts(record.get("other_titles")))
    item.genres.extend(texts(record.get("genres")))
    item.languages.extend(languages_of(keys(record.get("languages"))))
    if len(item.languages) == 1 and not item.description:
        item.language = item.languages[0]  # the title is printed in it; of descriptions nobody says
    item.external_ids.extend(_edition_ids(record, item.source_id))
    of_work = of_work if isinstance(of_work, dict) else {}
    author_ids = author_keys(record) or author_keys(of_work)
    book.credits.extend(authors_of(authors) or stated_author(record, author_ids))
    book.credits.extend(contributors(record))
    book.publishers.extend(texts(record.get("publishers")))
    if pages := positive(record.get("number_of_pages")):
        book.page_count = pages
    book.series.extend(map(_series, texts(record.get("series"))))
    book.physical_format = one_line(text_of(record.get("physical_format")))
    book.edition = one_line(text_of(record.get("edition_name")))
    book.publish_places.extend(texts(record.get("publish_places")))
    book.by_statement = one_line(text_of(record.get("by_statement")))
    size = ", ".join(texts([record.get("physical_dimensions"), record.get("weight")]))
    if size:
        book.dimensions.CopyFrom(Dimensions(text=size))
    work_id = last_segment(of_work.get("key")) or work_key(record)
    work_title = one_line(text_of(of_work.get("title"))) or item.title
    if work_id and (found := ref(PROVIDER, Item.BOOK, work_id, work_title)):
        book.work.CopyFrom(found)
    return item


def looked_up(found: Json, asked: tuple[str, str] | None = None) -> Item:
    """One value of /api/books with ``jscmd=data``: an edition. ``asked`` is the code that led to it."""
    identifiers = found.get("identifiers") if isinstance(found.get("identifiers"), dict) else {}
    source_id = (
        last_segment(found.get("key"))
        or next(iter(strings(identifiers.get("openlibrary"))), "")
        or id_in_url(found.get("url"))
    )
    title = one_line(text_of(found.get("title")))
    if not source_id or not title:
        raise ShapeChanged("Open Library answered with a book that has no id or no title")
    cover = found.get("cover") if isinstance(found.get("cover"), dict) else {}
    authors = [one for one in listed(found.get("authors")) if isinstance(one, dict)]
    pairs = [("olid", source_id)]
    for name, scheme in _IDENTIFIER_SCHEMES.items():
        pairs.extend((scheme, value) for value in strings(identifiers.get(name)))
    item = Item(
        kind=Item.BOOK,
        source_id=source_id,
        title=title,
        subtitle=one_line(text_of(found.get("subtitle"))),
        images=present(
            (
                image(Image.PRIMARY, cover.get("large") or cover.get("medium")),
                image(Image.THUMBNAIL, cover.get("small")),
            )
        ),
        links=[*source(source_id), *links_of(found.get("links"))],
        external_ids=external_ids([*pairs, *([asked] if asked else [])]),
        tags=names_in(found.get("subjects")) or None,
        book=Book(
            level=_level(source_id),
            credits=present(author(id_in_url(one.get("url")), one_line(text_of(one.get("name")))) for one in authors),
            publishers=names_in(found.get("publishers")) or None,
            page_count=positive(found.get("number_of_pages")),
            places=names_in(found.get("subject_places")) or None,
            people=names_in(found.get("subject_people")) or None,
            times=names_in(found.get("subject_times")) or None,
            excerpt=first_excerpt(found.get("excerpts"), "text"),
            publish_places=names_in(found.get("publish_places")) or None,
            by_statement=one_line(text_of(found.get("by_statement"))),
        ),
        attributes=_notes(found),
    )
    _set_date(item, found.get("publish_date"))
    return item


def completed(hit: Item, record: Json) -> Item:
    """A looked up edition with what its own record knows beyond it: language, description, format, series, work."""
    whole = edition(record)
    codes = external_ids((one.scheme, one.value) for one in (*hit.external_ids, *whole.external_ids))
    more = [one for one in whole.book.credits if one.role != CreditRole.AUTHOR or not hit.book.credits]
    item = Item(source_id=hit.source_id)
    item.MergeFrom(hit)
    for known, rest in ((hit.book, whole.book), (hit, whole)):
        for descriptor, _ in known.ListFields():
            if descriptor.name != "book":
                rest.ClearField(descriptor.name)
    whole.book.ClearField("credits")
    item.MergeFrom(whole)
    item.book.credits.extend(more)
    del item.external_ids[:]
    item.external_ids.extend(codes)
    return item


def is_named(record: Json) -> bool:
    """Whether a record has what no Item may lack."""
    return bool(last_segment(record.get("key")) and one_line(text_of(record.get("title"))))


def work_key(record: Json) -> str:
    """Id of the work that an edition belongs to, "" without one."""
    return next(map(last_segment, keys(record.get("works"))), "")


def _book(record: Json, level: Book.Level.ValueType) -> Item:
    """What works and editions have in common."""
    source_id, title = last_segment(record.get("key")), one_line(text_of(record.get("title")))
    if not source_id or not title:
        raise ShapeChanged("Open Library answered with a book that has no id or no title")
    return Item(
        kind=Item.BOOK,
        source_id=source_id,
        title=title,
        subtitle=one_line(text_of(record.get("subtitle"))),
        description=plain_markdown(text_of(record.get("description"))),
        images=covers(listed(record.get("covers"))),
        links=[*source(source_id), *links_of(record.get("links"))],
        external_ids=external_ids((("olid", source_id),)) if level == Book.WORK else None,
        tags=texts(record.get("subjects"))[:MAX_EMBEDDED],
        source_updated_at=timestamp(text_of(record.get("last_modified"))),
        book=Book(
            level=level,
            places=texts(record.get("subject_places") or record.get("subject_place"))[:MAX_EMBEDDED],
            people=texts(record.get("subject_people"))[:MAX_EMBEDDED],
            times=texts(record.get("subject_times") or record.get("subject_time"))[:MAX_EMBEDDED],
            excerpt=first_excerpt(record.get("excerpts"), "excerpt")
            or plain_markdown(text_of(record.get("first_sentence"))),
        ),
        attributes=_notes(record),
    )


def _add_editions(item: Item, page: Json) -> None:
    """What the first editions say of their work. Its pages are their median, as in Open Library's own search."""
    editions = [entry for entry in listed(page.get("entries")) if isinstance(entry, dict)]
    size = count(page.get("size"))
    if size is not None:
        item.book.edition_count = size
    codes = ((scheme, code) for e in editions for scheme, name in _BOOK_SCHEMES[:2] for code in strings(e.get(name)))
    item.external_ids.extend(external_ids(codes))
    item.book.publishers.extend(texts([p for e in editions for p in listed(e.get("publishers"))]))
    item.languages.extend(languages_of([key for e in editions for key in keys(e.get("languages"))]))
    if pages := present(positive(e.get("number_of_pages")) for e in editions):
        item.book.page_count = sorted(pages)[(len(pages) - 1) // 2]
    years = present(year_in(text_of(e.get("publish_date"))) for e in editions)
    if not item.HasField("year") and years and size is not None and size <= len(editions):
        item.year = min(years)
        item.release_date = year_date(item.year)


def _rating(answer: Json) -> Rating | None:
    """The answer of /works/OL..W/ratings.json; the average is null without votes."""
    summary = answer.get("summary") if isinstance(answer.get("summary"), dict) else {}
    found = rating(positive_float(summary.get("average")), 5, count(summary.get("count")))
    counts = answer.get("counts")
    if found and isinstance(counts, dict):
        found.distribution.extend(RatingBucket(label=str(k), count=count(n)) for k, n in counts.items())
    return found


def _edition_ids(record: Json, source_id: str) -> list[ExternalId]:
    pairs = [("olid", source_id)]
    for scheme, name in _BOOK_SCHEMES:
        pairs.extend((scheme, code) for code in strings(record.get(name)))
    identifiers = record.get("identifiers") if isinstance(record.get("identifiers"), dict) else {}
    for name, scheme in _IDENTIFIER_SCHEMES.items():
        pairs.extend((scheme, code) for code in strings(identifiers.get(name)))
    return external_ids(pairs)


def _add_first_isbns(item: Item, isbns: Sequence[Json]) -> None:
    """The first ISBN of either length: a work has those of all its editions."""
    long = short = ""
    for code in isbns:
        if not isinstance(code, str):
            continue
        if len(code) == 13:
            long = long or code
        elif len(code) == 10:
            short = short or code
        if long and short:
            break
    ten = isbn(short) if long[3:12] == short[:9] else None
    if ten and isbn10_to_13(ten[1]) == long:  # of one edition: the one is right when the other is
        add = item.external_ids.add
        for scheme, code in (("isbn13", long), ten):
            made = add()
            made.scheme = scheme
            made.value = code
    elif long or short:
        add_ids(item, (("isbn13", long), ("isbn10", short)))


def _series(text: str) -> SeriesRef:
    match = _VOLUME.fullmatch(text)
    name, volume = match.groups() if match else (text, "")
    return SeriesRef(series=ref(PROVIDER, Item.BOOK, None, name), volume=volume.strip())


def _set_date(item: Item, published: Json) -> None:
    """Date and year of a free text such as ``November 2006``; the text itself where it is no date."""
    text = one_line(text_of(published))
    item.release_date = english_date(text)
    if not item.release_date:
        item.release_text = text
    year = year_of(item.release_date) or year_in(text)
    if year:
        item.year = year


def _first_year(doc: Json) -> int | None:
    year = doc.get("first_publish_year")
    if type(year) is int and 0 < year < 10000:
        return year
    years = [year] if year else listed(doc.get("publish_year"))
    return min((y for y in years if type(y) is int and 0 < y < 10000), default=None)


def _notes(record: Json) -> dict[str, str]:
    notes = {
        "notes": plain_markdown(text_of(record.get("notes"))),
        "internet_archive_id": one_line(text_of(record.get("ocaid"))),
    }
    return {name: text for name, text in notes.items() if text}


def _level(source_id: str) -> Book.Level.ValueType:
    return Book.WORK if source_id.endswith("W") and source_id.startswith("OL") else Book.EDITION
