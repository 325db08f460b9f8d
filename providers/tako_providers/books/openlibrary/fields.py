"""Reading Open Library's fields: texts come bare or as ``{type, value}``, and any may be missing or of another type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    bcp47,
    english_date,
    link,
    one_line,
    plain_markdown,
    present,
)

PROVIDER = "openlibrary"
SITE = "https://openlibrary.org"
COVERS = "https://covers.openlibrary.org"

FOLDERS = {"W": "works", "M": "books", "A": "authors"}
_KNOWN_ID = re.compile(r"OL\d+[WMA]|ia:[A-Za-z0-9._-]+")


def path_of(source_id: str) -> str:
    """The path of a record: its id tells what it is. "" for what is no id of Open Library."""
    if not _KNOWN_ID.fullmatch(source_id):
        return ""
    return f"/{FOLDERS[source_id[-1]] if source_id.startswith('OL') else 'books'}/{source_id}"


def last_segment(key: Json) -> str:
    """``OL1W`` of ``/works/OL1W``; old answers have no path before it. "" for what is no id."""
    last = key.rpartition("/")[2] if isinstance(key, str) else ""
    return last if _KNOWN_ID.fullmatch(last) else ""


def entries(answer: Json, name: str) -> list[Json]:
    """The objects of a list that an answer must have."""
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise ShapeChanged(f"Open Library answered without the list `{name}`")
    objects = [entry for entry in found if isinstance(entry, dict)]
    if found and not objects:
        raise ShapeChanged(f"Open Library answered with a list `{name}` of no objects")
    return objects


def count(number: Json) -> int | None:
    """A number of things that Open Library has counted: 0 is one too."""
    return number if type(number) is int and 0 <= number < 2**31 else None


def text_of(value: Json) -> str:
    """A text that comes bare or as ``{type, value}``; "" for anything else."""
    if isinstance(value, str):
        return value
    bare = value.get("value") if isinstance(value, dict) else ""
    return bare if isinstance(bare, str) else ""


def listed(value: Json) -> list[Json]:
    """The list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def strings(value: Json) -> list[str]:
    """The codes of a list as they are, or the one that stands in its place."""
    found: list[str] = []  # filled in a loop, as in `words`: in Python 3.11 a comprehension is a call of its own
    for v in value if isinstance(value, list) else (value,):
        code = v.strip() if isinstance(v, str) else ""
        if code:
            found.append(code)
    return found


def words(value: Json, limit: int = MAX_EMBEDDED) -> list[str]:
    """The first texts of a list in plain form."""
    if not value or not isinstance(value, list):
        return []
    found: list[str] = []
    for v in value[:limit]:
        text = one_line(v) if isinstance(v, str) else ""
        if text:
            found.append(text)
    return found


def texts(value: Json) -> list[str]:
    """The different texts of a list in plain form, or the one that stands in its place."""
    values = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(text for v in values if (text := one_line(text_of(v)))))


def names_in(value: Json) -> list[str]:
    """``name`` of each of a list."""
    return texts([entry.get("name") if isinstance(entry, dict) else entry for entry in listed(value)])


def keys(value: Json) -> list[str]:
    """``key`` of each of a list; in old records it stands there bare."""
    found = (entry.get("key") if isinstance(entry, dict) else entry for entry in listed(value))
    return [key for key in found if isinstance(key, str)]


def languages_of(codes: Iterable[str]) -> list[str]:
    """BCP-47 of MARC codes, bare or as ``/languages/eng``."""
    tags: list[str] = []
    for code in codes:
        tag = _language_of(code)
        if tag and tag not in tags:  # there are few
            tags.append(tag)
    return tags


@lru_cache(maxsize=1024)
def _language_of(code: str) -> str:
    return bcp47(code.rsplit("/", 1)[-1])


def id_in_url(url: Json) -> str:
    """``OL1A`` of ``https://openlibrary.org/authors/OL1A/Some_Name``."""
    return next((part for part in text_of(url).split("/") if _KNOWN_ID.fullmatch(part)), "")


def date_or_text(value: Json) -> str:
    """The date of a free text, else the text."""
    text = one_line(text_of(value))
    return english_date(text) or text


def year_date(year: int | None) -> str:
    """A year as a date."""
    return str(year).zfill(4) if year and 0 < year < 10000 else ""


def covers(ids: Sequence[Json]) -> list[Image]:
    """Covers by their numbers; -1 stands for none."""
    return pictures(f"{COVERS}/b/id/", [n for n in ids if isinstance(n, int) and n > 0])


def pictures(base: str, numbers: Sequence[int]) -> list[Image]:
    """Pictures by their numbers, the first one first."""
    if not numbers:
        return []
    first, *others = numbers[:MAX_EMBEDDED]
    return [
        Image(role=Image.PRIMARY, url=f"{base}{first}-L.jpg"),
        Image(role=Image.THUMBNAIL, url=f"{base}{first}-S.jpg"),
        *(Image(role=Image.GALLERY, url=f"{base}{n}-L.jpg", thumbnail_url=f"{base}{n}-S.jpg") for n in others),
    ]


def add_cover(item: Item, number: Json, edition_id: Json) -> None:
    """Add the cover of this number, else that of the edition that Open Library shows a work by.

    ``default=false`` makes a missing one a 404.
    """
    if isinstance(number, int) and number > 0:
        base, end = f"{COVERS}/b/id/{number}", ".jpg"
    elif isinstance(edition_id, str) and _KNOWN_ID.fullmatch(edition_id):
        base, end = f"{COVERS}/b/olid/{edition_id}", ".jpg?default=false"
    else:
        return
    images = item.images
    images.add(role=Image.PRIMARY, url=f"{base}-L{end}")
    images.add(role=Image.THUMBNAIL, url=f"{base}-S{end}")


def source(source_id: str) -> list[Link]:
    """The link to the record's own page."""
    path = path_of(source_id)
    return [Link(role=Link.SOURCE, url=f"{SITE}{path}")] if path else []


def links_of(found: Json) -> list[Link]:
    """``links[]`` that readers added: pages anywhere."""
    return present(
        link(Link.OTHER, text_of(entry.get("url")), one_line(text_of(entry.get("title"))))
        for entry in listed(found)[:MAX_EMBEDDED]
        if isinstance(entry, dict)
    )


def first_excerpt(found: Json, name: str) -> str:
    """The first excerpt that has text."""
    found_texts = (plain_markdown(text_of(entry.get(name))) for entry in listed(found) if isinstance(entry, dict))
    return next(filter(None, found_texts), "")
