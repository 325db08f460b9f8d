"""Item ids: ``provider/kind/source-id``, the same text in gRPC, in URLs and on a command line.

The kind is the enum's name in lower case. In the source-id every byte outside ``A-Z a-z 0-9 . _ - /`` is written ``~``
and two upper-case hexadecimal digits, because gateways, shells and address bars decode ``%``; so are segments that URLs
drop. One thing has one spelling.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tako.v1.item_pb2 import Item
from tako_providers.sdk.errors import InvalidField

if TYPE_CHECKING:
    from tako_providers.sdk.enums import Kind

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/")
_WRITTEN = tuple(chr(byte) if byte in _PLAIN else f"~{byte:02X}" for byte in range(256))
_ALL_PLAIN = re.compile(r"[A-Za-z0-9._/-]*")
_SHORTENED_BY_URLS = re.compile(r"(?<![^/])\.{1,2}(?![^/])|(?<=/)/|^/|/$")
"""Segments that URLs drop: ``.``, ``..`` and empty ones."""
_ESCAPE = re.compile(r"~([0-9A-Fa-f]{2})")
_KIND_SEGMENT: dict[Kind, str] = {number: name.lower() for name, number in Item.Kind.items() if number}
_KIND_OF_SEGMENT = {segment: number for number, segment in _KIND_SEGMENT.items()}


class ItemId(NamedTuple):
    """An item id, taken apart. ``source_id`` is upstream's own id, byte for byte."""

    provider: str
    kind: Kind
    source_id: str

    def __str__(self) -> str:
        return make_id(*self)


def make_id(provider: str, kind: Kind, source_id: str | int) -> str:
    """The id of an item of ``provider``."""
    text = str(source_id)
    if text.isascii() and (text.isalnum() or text.replace("-", "").isalnum()):  # nearly every id
        return f"{provider}/{_KIND_SEGMENT[kind]}/{text}"
    if not _ALL_PLAIN.fullmatch(text):
        text = "".join(map(_WRITTEN.__getitem__, text.encode()))
    if ("/" in text or "." in text) and _SHORTENED_BY_URLS.search(text):
        text = _SHORTENED_BY_URLS.sub(lambda m: "".join(f"~{ord(c):02X}" for c in m[0]), text)
    return f"{provider}/{_KIND_SEGMENT[kind]}/{text}"


def parse_id(text: str, field: str = "id") -> ItemId:
    """Take an id apart. Raises InvalidField naming ``field`` when it is none."""
    provider, _, rest = text.partition("/")
    segment, _, escaped = rest.partition("/")
    if not provider or not escaped:
        raise InvalidField(field, "must look like provider/kind/source-id, as Search gives it")
    kind = _KIND_OF_SEGMENT.get(segment)
    if kind is None:
        raise InvalidField(field, f"names no kind of item: {segment[:40]!r}")
    if "~" not in escaped:
        return ItemId(provider, kind, escaped)
    try:
        source_id = re.sub(rb"~([0-9A-Fa-f]{2})", lambda m: bytes((int(m[1], 16),)), escaped.encode()).decode()
    except UnicodeDecodeError:
        raise InvalidField(field, "has an escape that is no text") from None
    if _ESCAPE.sub("", escaped).count("~"):
        raise InvalidField(field, "has a '~' that is not followed by two hexadecimal digits")
    return ItemId(provider, kind, source_id)


def kind_segment(kind: Kind) -> str:
    """The word for a kind in ids and on the command line: ``building_set``."""
    return _KIND_SEGMENT[kind]
