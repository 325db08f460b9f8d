"""Small builders for what items are made of. Each gives None or leaves out what upstream does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako_providers.sdk.item_id import make_id
from tako_providers.sdk.reading import MAX_COUNT

if TYPE_CHECKING:
    from tako_providers.sdk.enums import Kind

T = TypeVar("T")

MAX_EMBEDDED = 50
"""Longest list inside a Detail; the rest is asked by Related."""

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ref_?|referrer|tag|affiliate\w*|partner\w*|irclickid|snr", re.IGNORECASE)


def present(values: Iterable[T | None]) -> list[T]:
    """``values`` without None."""
    return [value for value in values if value is not None]


def https(url: str | None) -> str:
    """``url`` as https, "" when it is no web address. ``//host/path`` gets a scheme."""
    if not url:
        return ""
    if url.startswith("https://"):
        return url
    rest = url[2:] if url.startswith("//") else url[7:] if url.startswith("http://") else ""
    return f"https://{rest}" if rest else ""


def untracked(url: str | None) -> str:
    """``url`` without parameters that only track; the scheme is kept. "" when it is no web address."""
    if not url or not url.startswith(("http://", "https://", "//")):
        return ""
    if "?" not in url and url[0] == "h":
        return url
    parts = urlsplit("https:" + url if url.startswith("//") else url)
    if not parts.query:
        return urlunsplit(parts)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def image(role: Image.Role.ValueType, url: str | None, **more: Any) -> Image | None:
    """A picture, None without an address. ``more`` are further fields of Image."""
    if not url:
        return None
    address = url if url.startswith("https://") else https(url)
    return Image(role=role, url=address, **more) if address else None


def link(role: Link.Role.ValueType, url: str | None, title: str = "", language: str = "") -> Link | None:
    """A link without tracking parameters, None without an address."""
    if not url:
        return None
    address = url if url.startswith("https://") and "?" not in url else untracked(url)
    if title or language:
        return Link(role=role, url=address, title=title, language=language) if address else None
    return Link(role=role, url=address) if address else None


def add_image(item: Item, role: Image.Role.ValueType, url: str | None, **more: Any) -> None:
    """Add what `image` gives. For mappers of lists: made in its place, it costs half."""
    if url and (address := url if url.startswith("https://") else https(url)):
        made = item.images.add(**more)
        made.role = role
        made.url = address


def add_link(item: Item, role: Link.Role.ValueType, url: str | None) -> None:
    """Add what `link` gives, as ``add_image`` does."""
    if url and (address := url if url.startswith("https://") and "?" not in url else untracked(url)):
        made = item.links.add()
        made.role = role
        made.url = address


def rating(
    value: float | None,
    scale: float,
    votes: int | None = None,
    *,
    source: Rating.Source.ValueType = Rating.USERS,
    name: str = "",
) -> Rating | None:
    """A rating, None without a value or with 0 votes, and for a value beyond its scale.

    ``votes`` is None when upstream does not say.
    """
    if value is None or not 0 < value <= scale or votes == 0:
        return None
    if name:
        return Rating(value=value, scale=scale, votes=votes, source=source, name=name)
    return Rating(value=value, scale=scale, votes=votes, source=source)


def add_rating(
    item: Item,
    value: float | None,
    scale: float,
    votes: int | None = None,
    *,
    source: Rating.Source.ValueType = Rating.USERS,
    name: str = "",
    further: bool = False,
) -> None:
    """Set what `rating` gives, or add it to the ``further`` ones, as ``add_image`` does."""
    if value is None or not 0 < value <= scale or votes == 0:
        return
    made = item.ratings.add() if further else item.rating
    made.value = float(value)  # a double takes an int at three times the cost
    made.scale = float(scale)
    made.source = source
    if votes is not None:
        made.votes = votes
    if name:
        made.name = name


def ref(
    provider: str,
    kind: Kind,
    source_id: str | int | None,
    name: str | None,
    *,
    image_url: str | None = None,
    year: int | None = None,
) -> ItemRef | None:
    """A reference to another item, None without a name. Without ``source_id`` it has no id."""
    if not name:
        return None
    return ItemRef(
        id=make_id(provider, kind, source_id) if source_id not in (None, "") else "",
        name=name,
        image_url=https(image_url) if image_url else "",
        year=year,
    )


def credit(name: str | None, role: CreditRole.Type.ValueType, **more: Any) -> Credit | None:
    """A credit, None without a name. ``more`` are further fields of Credit."""
    return Credit(name=name, role=role, **more) if name else None


def positive(number: Any) -> int | None:
    """``number`` as an int when it is more than 0; None for 0, negative, text that is no number, or nothing.

    For counts and sizes of which upstreams write 0 when they do not know. What fits no field of the contract is none:
    it is several numbers that have run together.
    """
    if type(number) is int:
        return number if 0 < number <= MAX_COUNT else None
    try:
        whole = int(float(number)) if number not in (None, "") else 0
    except (TypeError, ValueError, OverflowError):
        return None
    return whole if 0 < whole <= MAX_COUNT else None


def positive_float(number: Any) -> float | None:
    """``number`` as a float when it is more than 0, else None."""
    if type(number) is float:
        return number if 0 < number < inf else None
    try:
        value = float(number) if number not in (None, "") else 0.0
    except (TypeError, ValueError):
        return None
    return value if 0 < value < inf else None
