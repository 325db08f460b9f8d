"""What the benchmarks ask for: made-up answers in the form of Open Library, as large as real ones."""

from __future__ import annotations

from typing import Any

QUERY = "bench lighthouse"
ITEM_ID = "openlibrary/book/OL90000001W"
ITEMS = 20
_SUBJECTS = (
    *("Lighthouses in fiction", "Sea stories, English", "Keepers and their families", "Coasts and harbours"),
    *("Fog, mist and the weather of islands", "Fishing villages in literature", "Letters and diaries of travellers"),
    *("Shipwrecks, their causes and consequences", "Family sagas", "Translations into several languages"),
)
_PUBLISHERS = ("Sample House of Books", "Example and Daughters", "The Benchmark University Press", "Loopback Editions")


def search() -> dict[str, Any]:
    """An answer of ``/search.json``; as a SearchResponse it has about 22 KB."""
    return {"numFound": ITEMS, "start": 0, "docs": [_doc(number) for number in range(1, ITEMS + 1)]}


def _doc(number: int) -> dict[str, Any]:
    return {
        "key": f"/works/OL{90000000 + number}W",
        "title": f"The Sample Lighthouse and what became of its keepers, volume {number}",
        "subtitle": "A story of the coast, told by those who stayed",
        "author_name": ["Ada Sample", "Ben Example"],
        "author_key": ["OL9000001A", "OL9000002A"],
        "first_publish_year": 1900 + number,
        "cover_i": 9000000 + number,
        "cover_edition_key": f"OL{91000000 + number}M",
        "edition_count": 3 * number,
        "isbn": ["9780306406157", "0306406152"],
        "publisher": list(_PUBLISHERS),
        "language": ["eng", "fre", "ger"],
        "subject": list(_SUBJECTS),
        "number_of_pages_median": 200 + number,
        "ratings_average": 4.25,
        "ratings_count": 8 * number,
    }


_WORK = {
    "key": "/works/OL90000001W",
    "type": {"key": "/type/work"},
    "title": "The Sample Lighthouse",
    "description": "A keeper counts the ships that pass, and those that do not. " * 10,
    "authors": [{"author": {"key": "/authors/OL9000001A"}}],
    "covers": [9000001, 9000002],
    "subjects": list(_SUBJECTS),
    "first_publish_date": "November 3, 1901",
}
_AUTHOR = {"key": "/authors/OL9000001A", "type": {"key": "/type/author"}, "name": "Ada Sample"}
_EDITION = {"key": "/books/OL91000001M", "title": "The Sample Lighthouse", "publishers": list(_PUBLISHERS)}

ANSWERS: dict[str, Any] = {
    "/search.json": search(),
    "/works/OL90000001W.json": _WORK,
    "/authors/OL9000001A.json": _AUTHOR,
    "/works/OL90000001W/editions.json": {"size": 1, "entries": [_EDITION]},
    "/works/OL90000001W/ratings.json": {"summary": {"average": 4.25, "count": 8}, "counts": {"4": 6, "5": 2}},
}
"""JSON answers by path."""
