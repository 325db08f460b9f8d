"""External ids in their normal form, and the check digits of printed codes.

The schemes and their forms are listed in docs/external-ids.md. Normalising lives here once, not in providers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import mul

from tako.v1.item_parts_pb2 import ExternalId
from tako.v1.item_pb2 import Item

_ZERO = ord("0")
_ISBN10_WEIGHTS = range(10, 1, -1)
_ISBN10_ZEROS = _ZERO * sum(_ISBN10_WEIGHTS)
_NOT_CODE = re.compile(r"[\s\-\u2010-\u2015.]+")


def compact(code: str) -> str:
    """``code`` without spaces, dashes and dots, letters upper-case."""
    return (code if code.isalnum() else _NOT_CODE.sub("", code)).upper()


def _check_digit(digits: str) -> str:
    """The digit that follows: weights 3 and 1 in turn, 3 on the last."""
    threes, ones = digits.encode()[::-2], digits.encode()[-2::-2]
    return str(-(3 * (sum(threes) - _ZERO * len(threes)) + sum(ones) - _ZERO * len(ones)) % 10)


def gtin_is_valid(digits: str) -> bool:
    """Whether the last digit of an EAN-8, UPC-A, EAN-13 or GTIN-14 is its check digit; all zeros are no code."""
    if not (digits.isascii() and digits.isdecimal()) or len(digits) not in (8, 12, 13, 14) or not digits.strip("0"):
        return False
    code = digits.encode()
    ones, threes = code[::-2], code[-2::-2]
    return (sum(ones) + 3 * sum(threes) - _ZERO * (len(ones) + 3 * len(threes))) % 10 == 0


def upc_e_to_a(code: str) -> str | None:
    """The UPC-A that a UPC-E of 8 digits stands for: its zeros are put back. None when it is no UPC-E."""
    if len(code) != 8 or not (code.isascii() and code.isdecimal()) or code[0] not in "01":
        return None
    system, body, last, check = code[0], code[1:6], code[6], code[7]
    if last in "012":
        long = body[:2] + last + "0000" + body[2:]
    elif last in "34":
        kept = int(last)
        long = body[:kept] + "00000" + body[kept:]
    else:
        long = body + "0000" + last
    text = system + long + check
    return text if gtin_is_valid(text) else None


def isbn10_is_valid(code: str) -> bool:
    """Whether the last sign of an ISBN-10 is its check digit."""
    if len(code) != 10 or not (code.isascii() and code[:9].isdecimal()):
        return False
    total: int = sum(map(mul, code[:9].encode(), _ISBN10_WEIGHTS)) - _ISBN10_ZEROS
    return code[9] == "0123456789X"[-total % 11]


def isbn10_to_13(code: str) -> str:
    """The ISBN-13 of a valid ISBN-10."""
    digits = "978" + code[:9]
    return digits + _check_digit(digits)


def isbn(code: str) -> tuple[str, str] | None:
    """(scheme, value) of an ISBN of either length when its check digit is right, else None."""
    text = compact(code)
    if len(text) == 10 and isbn10_is_valid(text):
        return "isbn10", text
    if len(text) == 13 and text.startswith(("978", "979")) and gtin_is_valid(text):
        return "isbn13", text
    return None


def _isbn13(value: str) -> str | None:
    text = compact(value)
    return text if len(text) == 13 and text[:3] in ("978", "979") and gtin_is_valid(text) else None


def _isbn10(value: str) -> str | None:
    text = compact(value)
    return text if isbn10_is_valid(text) else None


def _ean(value: str) -> str | None:
    text = compact(value)
    return text if len(text) in (8, 13) and gtin_is_valid(text) else None


def _upc(value: str) -> str | None:
    text = compact(value)
    if len(text) == 8:
        return upc_e_to_a(text)
    if len(text) == 13 and text.startswith("0"):
        text = text[1:]
    return text if len(text) == 12 and gtin_is_valid(text) else None


def _pattern(regex: str, change: Callable[[str], str] = str) -> Callable[[str], str | None]:
    compiled = re.compile(regex)

    def normal(value: str) -> str | None:
        text = change(value)
        return text if compiled.fullmatch(text) else None

    return normal


def _number(value: str) -> str | None:
    return value if value.isdecimal() and (value[0] != "0" or value.strip("0")) else None


# Each takes a text without outer space.
_NORMAL_FORM: dict[str, Callable[[str], str | None]] = {
    "isbn13": _isbn13,
    "isbn10": _isbn10,
    "ean": _ean,
    "upc": _upc,
    "asin": _pattern(r"[A-Z0-9]{10}", str.upper),
    "imdb": _pattern(r"(?:tt|nm|co|ev)\d{7,10}", str.lower),
    "wikidata": _pattern(r"[QPL]\d+", str.upper),
    "isrc": _pattern(r"[A-Z]{2}[A-Z0-9]{3}\d{7}", compact),
    "mbid": _pattern(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", str.lower),
    "olid": _pattern(r"OL\d+[WMA]", str.upper),
    "passcode": _pattern(r"\d{8}", lambda text: text.zfill(8)),
    "issn": _pattern(r"\d{4}-\d{3}[\dX]", str.upper),
    "set_number": lambda text: text.removesuffix("-1") or None,
    **dict.fromkeys(("tmdb", "tvdb", "mal", "bgg", "multiverse", "mtgo", "arena", "tcgplayer", "cardmarket"), _number),
}


def normal_id(scheme: str, value: str | int | None) -> str | None:
    """``value`` in the scheme's normal form; None when it is empty or is no id of that scheme."""
    if value is None:
        return None
    text = str(value).strip()
    if not text:
        return None
    normal = _NORMAL_FORM.get(scheme)
    return normal(text) if normal else text


def external_ids(pairs: Iterable[tuple[str, str | int | None]]) -> list[ExternalId]:
    """The ids of ``pairs`` (scheme, value) in normal form; what is no id is left out, doubles too.

    An ISBN-10 without its ISBN-13 adds that; values that do not fit their scheme are dropped rather than guessed.
    """
    return [ExternalId(scheme=scheme, value=value) for scheme, value in _normal_ids(pairs)]


def add_ids(item: Item, pairs: Iterable[tuple[str, str | int | None]]) -> None:
    """Add what `external_ids` gives. For mappers of lists: made in its place, an id costs half."""
    for scheme, value in _normal_ids(pairs):
        made = item.external_ids.add()
        made.scheme = scheme
        made.value = value


def _normal_ids(pairs: Iterable[tuple[str, str | int | None]]) -> dict[tuple[str, str], None]:
    found: dict[tuple[str, str], None] = {}
    short: list[str] = []
    for scheme, value in pairs:
        if value and (normal := normal_id(scheme, value)):
            found[scheme, normal] = None
            if scheme == "isbn10":
                short.append(normal)
    for code in short:
        found.setdefault(("isbn13", isbn10_to_13(code)))
    return found
