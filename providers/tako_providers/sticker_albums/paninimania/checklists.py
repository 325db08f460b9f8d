"""What stickers an album has: lists such as ``1 à 226, LE1 à LE5``, written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_PARTS = re.compile(r"[,;+]")
_REMARK = re.compile(r"\([^)]*\)?")
_RANGE = re.compile(r"([^\W\d_]*[ -]?)(\d+)\s*(?:à|au|-|\u2013|\.{2,3})\s*([^\W\d_]*[ -]?)(\d+)", re.IGNORECASE)
_LETTERS = re.compile(r"([A-Za-z]+)\s*(?:à|-|\u2013)\s*([A-Za-z]+)")
_SINGLE = re.compile(r"[^\W\d_]{0,5}[ -]?\d+[^\W\d_]{0,3}|[A-Z]{1,5}")
_ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")
_TENS = ("", "X", "XX", "XXX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_LONGEST = 5000
"""Stickers of one range: no album has more, and a slip of the pen shall not make a million."""


class Stickers(NamedTuple):
    """Identifiers in their order, each once. ``whole`` says that all of the text was understood."""

    items: list[str]
    whole: bool

    @property
    def ordinary(self) -> list[str]:
        """The plain numbers; all of them where none is plain."""
        return [item for item in self.items if item.isdecimal()] or self.items


def written_out(text: str) -> Stickers:
    """The identifiers of a list."""
    found: dict[str, None] = {}
    whole = True
    for part in _PARTS.split(_REMARK.sub("", text)):
        one = part.strip(" .*")
        items = list(_part(one)) if one else []
        found.update(dict.fromkeys(items))
        whole = whole and bool(items or not one)
    return Stickers(list(found), whole and bool(found))


def distinct(lists: Iterable[Stickers]) -> int | None:
    """The number of stickers over several lists: special ones often repeat numbers of the main list.

    None where a list is missing or a part of one was not understood.
    """
    found: set[str] = set()
    for one in lists:
        if not one.whole:
            return None
        found.update(one.items)
    return len(found) or None


def _part(text: str) -> Iterator[str]:
    """A range of numbers, with or without letters before them; a range of letters; or one identifier."""
    if match := _RANGE.fullmatch(text):
        prefix, first, other, last = match.groups()
        if other.strip() in ("", prefix.strip()) and 0 <= int(last) - int(first) < _LONGEST:
            width = len(first) if first.startswith("0") else 0
            yield from (f"{prefix}{number:0{width}d}" for number in range(int(first), int(last) + 1))
    elif match := _LETTERS.fullmatch(text):
        yield from _letters(match[1].upper(), match[2].upper())
    elif _SINGLE.fullmatch(text):
        yield text


def _letters(first: str, last: str) -> Iterator[str]:
    """``I à X`` counts in Roman numerals, ``A à Z`` in letters; a range of letters seldom begins with an I."""
    start, end = _roman(first), _roman(last)
    if start and end > start and (first == "I" or len(first + last) > len("AZ")):
        yield from (_TENS[number // 10] + _ONES[number % 10] for number in range(start, end + 1))
    elif len(first) == len(last) == 1 and first < last:
        yield from map(chr, range(ord(first), ord(last) + 1))


def _roman(text: str) -> int:
    """The number that Roman numerals up to 39 say, 0 for other words."""
    match = _ROMAN.fullmatch(text)
    return _TENS.index(match[1]) * 10 + _ONES.index(match[2]) if match else 0
