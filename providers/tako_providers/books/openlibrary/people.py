"""Open Library's authors as Items."""

from __future__ import annotations

from tako.v1.details_people_pb2 import Person
from tako.v1.item_parts_pb2 import AlternativeTitle, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, WorkCredit
from tako_providers.books.openlibrary.fields import (
    COVERS,
    PROVIDER,
    count,
    date_or_text,
    last_segment,
    links_of,
    listed,
    pictures,
    source,
    strings,
    text_of,
    texts,
    words,
)
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    external_ids,
    link,
    one_line,
    plain_markdown,
    present,
    ref,
    timestamp,
)

_REMOTE_SCHEMES = {
    "wikidata": "wikidata",
    "viaf": "viaf",
    "isni": "isni",
    "goodreads": "goodreads",
    "librarything": "librarything",
    "imdb": "imdb",
    "musicbrainz": "mbid",
}


def person_hit(doc: Json) -> Item | None:
    """One of ``docs[]`` of /search/authors.json; None without id or name."""
    source_id, name = last_segment(doc.get("key")), one_line(text_of(doc.get("name")))
    if not source_id or not name:
        return None
    return Item(
        kind=Item.PERSON,
        source_id=source_id,
        title=name,
        links=source(source_id),
        external_ids=external_ids((("olid", source_id),)),
        alternative_titles=_aliases(doc.get("alternate_names"), name),
        person=Person(
            birth_date=date_or_text(doc.get("birth_date")),
            death_date=date_or_text(doc.get("death_date")),
            works=_top_work(doc.get("top_work")),
            work_count=count(doc.get("work_count")),
            top_subjects=words(doc.get("top_subjects")),
        ),
    )


def person(record: Json) -> Item:
    """An author."""
    source_id, name = last_segment(record.get("key")), one_line(text_of(record.get("name")))
    if not source_id or not name:
        raise ShapeChanged("Open Library answered with an author who has no id or no name")
    remote = record.get("remote_ids") if isinstance(record.get("remote_ids"), dict) else {}
    pairs = [("olid", source_id)]
    for key, scheme in _REMOTE_SCHEMES.items():
        pairs.extend((scheme, value) for value in strings(remote.get(key)))
    others = [record.get("personal_name"), record.get("fuller_name"), *listed(record.get("alternate_names"))]
    photos = [n for n in listed(record.get("photos")) if isinstance(n, int) and n > 0]
    return Item(
        kind=Item.PERSON,
        source_id=source_id,
        title=name,
        description=plain_markdown(text_of(record.get("bio"))),
        images=pictures(f"{COVERS}/a/id/", photos),
        links=[
            *source(source_id),
            *present((link(Link.WIKI, text_of(record.get("wikipedia"))),)),
            *links_of(record.get("links")),
        ],
        external_ids=external_ids(pairs),
        source_updated_at=timestamp(text_of(record.get("last_modified"))),
        alternative_titles=_aliases(others, name),
        person=Person(
            birth_date=date_or_text(record.get("birth_date")),
            death_date=date_or_text(record.get("death_date")),
        ),
    )


def _aliases(names: Json, name: str) -> list[AlternativeTitle]:
    return [AlternativeTitle(text=t, type=AlternativeTitle.ALIAS) for t in texts(names) if t != name]


def _top_work(title: Json) -> list[WorkCredit]:
    found = ref(PROVIDER, Item.BOOK, None, one_line(text_of(title)))
    return [WorkCredit(work=found, role=CreditRole.AUTHOR)] if found else []
