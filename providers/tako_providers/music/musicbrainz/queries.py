"""The query language of MusicBrainz' search. https://musicbrainz.org/doc/Indexed_Search_Syntax"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tako.v1.item_pb2 import Item
from tako.v1.music_service_pb2 import MusicSearchRequest
from tako_providers.sdk import Kind

_SPECIAL = re.compile(r'([+\-!(){}\[\]^"~*?:\\/]|&&|\|\|)')
_OPERATOR = re.compile(r"\b(AND|OR|NOT)\b")
_SYNTAX = re.compile(
    r"(?:^|[\s(+\-!])(?:alias|area|arid|artist|artistname|asin|barcode|begin|catno|comment|country|creditname|date|dur|"
    r"end|ended|firstreleasedate|format|gender|ipi|isni|isrc|label|laid|lang|mediums|number|packaging|primarytype|qdur|"
    r"recording|reid|release|releasegroup|rgid|rid|script|secondarytype|sortname|status|tag|tid|tnum|tracks|type|video)"
    r":(?=\S)"
)
"""A field of one of the indexes, as nobody writes it in a title: no space behind the colon, small letters."""

_FIELDS: Mapping[Kind, Mapping[str, str]] = {
    Item.ALBUM: {"artist": "artist", "album": "releasegroup", "genre": "tag"},
    Item.RELEASE: {
        "artist": "artist",
        "album": "release",
        "label": "label",
        "genre": "tag",
        "country": "country",
        "format": "format",
        "catalog_number": "catno",
    },
    Item.ARTIST: {"artist": "artist", "genre": "tag", "country": "country"},
    Item.TRACK: {
        "artist": "artist",
        "album": "release",
        "track": "recording",
        "genre": "tag",
        "country": "country",
        "format": "format",
    },
}
"""Our filters, and the fields of the index that hold them."""
_DATES: Mapping[Kind, str] = {Item.ALBUM: "firstreleasedate", Item.RELEASE: "date", Item.TRACK: "firstreleasedate"}


def filters(kind: Kind) -> tuple[str, ...]:
    """The filters that a search for ``kind`` honours."""
    dated = ("year",) if kind in _DATES else ()
    return (*_FIELDS[kind], *dated, *(("min_duration_ms", "max_duration_ms") if kind == Item.TRACK else ()))


def query(text: str, kind: Kind, wanted: MusicSearchRequest) -> str:
    """The query for words and filters, "" when nothing is said that the index has."""
    clauses = [f"{field}:{quoted(value)}" for name, field in _FIELDS[kind].items() if (value := getattr(wanted, name))]
    if kind in _DATES and wanted.HasField("year"):
        clauses.append(f"{_DATES[kind]}:[{wanted.year:04d} TO {wanted.year:04d}-12-31]")
    if kind == Item.TRACK and (wanted.HasField("min_duration_ms") or wanted.HasField("max_duration_ms")):
        least = wanted.min_duration_ms if wanted.HasField("min_duration_ms") else "*"
        most = wanted.max_duration_ms if wanted.HasField("max_duration_ms") else "*"
        clauses.append(f"dur:[{least} TO {most}]")
    if not text:
        return " AND ".join(clauses)
    if _SYNTAX.search(text):
        return " AND ".join((f"({text})", *clauses)) if clauses else text
    return " AND ".join((quoted(text), *clauses)) if clauses else escaped(text)


def escaped(text: str) -> str:
    """``text`` as words, with all that means something in the language taken for what it is."""
    return _OPERATOR.sub(lambda match: match[1].lower(), _SPECIAL.sub(r"\\\1", text))


def quoted(text: str) -> str:
    """``text`` as one phrase."""
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'
