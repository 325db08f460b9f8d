"""Who made a book, as far as Open Library's records tell: their names stand in other records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tako.v1.details_books_pb2 import Book
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole
from tako_providers.books.openlibrary.fields import PROVIDER, keys, last_segment, listed, text_of, texts
from tako_providers.sdk import Json, credit, make_id, one_line, present

_NAME_AND_ROLE = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*")
_NO_NAMES = frozenset(("by", "and", "with", "et", "und", "edited", "translated", "illustrated"))
_ROLES = {
    "illustrator": CreditRole.ILLUSTRATOR,
    "translator": CreditRole.TRANSLATOR,
    "editor": CreditRole.EDITOR,
    "foreword": CreditRole.FOREWORD,
    "preface": CreditRole.FOREWORD,
    "cover art": CreditRole.COVER_ARTIST,
    "cover artist": CreditRole.COVER_ARTIST,
    "cover illustrator": CreditRole.COVER_ARTIST,
    "narrator": CreditRole.VOICE,
    "reader": CreditRole.VOICE,
}


def author_keys(record: Json) -> list[str]:
    """Ids of the authors of a work or edition: ``authors[].author.key``, in old records ``authors[].key``."""
    found = [
        author.get("author", author) if isinstance(author, dict) else author for author in listed(record.get("authors"))
    ]
    return list(filter(None, map(last_segment, keys(found))))


def authors_of(records: Sequence[Json]) -> list[Credit]:
    """The authors of these records, each once: two ids lead to one record when authors were merged."""
    once = {last_segment(record.get("key")): record for record in records if isinstance(record, dict)}
    return present(author(source_id, one_line(text_of(record.get("name")))) for source_id, record in once.items())


def stated_author(record: Json, ids: Sequence[str]) -> list[Credit]:
    """The author by the edition's own statement, where it is one name and there is one author to bear it."""
    words = one_line(text_of(record.get("by_statement"))).removeprefix("by ").rstrip(". ").split()
    if len(set(ids)) != 1 or not 2 <= len(words) <= 4 or not all(map(_may_be_name, words)):
        return []
    return present((author(ids[0], " ".join(words)),))


def _may_be_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _NO_NAMES and all(c.isalpha() or c in ".'\u2019-" for c in word)


def add_authors(book: Book, names: list[str], keys: list[str]) -> None:
    """Add the authors of a hit. Names and ids are two lists: they belong together only when they are of one length."""
    have_ids = len(keys) == len(names)
    add = book.credits.add
    for position, name in enumerate(names):
        made = add()
        made.name = name
        made.role = CreditRole.AUTHOR
        if have_ids:
            made.id = make_id(PROVIDER, Item.PERSON, keys[position])


def author(source_id: str, name: str) -> Credit | None:
    """An author, None without a name; without an id it is a name alone."""
    return credit(name, CreditRole.AUTHOR, id=make_id(PROVIDER, Item.PERSON, source_id) if source_id else "")


def contributors(record: Json) -> Iterable[Credit]:
    """``contributors[]`` name and role; older ``contributions[]`` are texts such as ``Ann Lee (Narrator)``."""
    for found in listed(record.get("contributors")):
        if isinstance(found, dict) and (name := one_line(text_of(found.get("name")))):
            job = one_line(text_of(found.get("role")))
            yield Credit(name=name, role=_ROLES.get(job.lower(), CreditRole.OTHER), job=job)
    for text in texts(record.get("contributions")):
        match = _NAME_AND_ROLE.fullmatch(text)
        name, job = match.groups() if match else (text, "")
        yield Credit(name=name, role=_ROLES.get(job.lower(), CreditRole.OTHER), job=job)
