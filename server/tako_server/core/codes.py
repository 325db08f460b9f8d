"""Codes that people look things up by: the scheme of a code, its normal form, and what else it may be asked as.

Digits-only codes are checked by their check digit before anybody is asked.
"""

from __future__ import annotations

import re

from tako_providers.sdk.errors import InvalidField
from tako_providers.sdk.identifiers import (
    compact,
    gtin_is_valid,
    isbn,
    isbn10_is_valid,
    isbn10_to_13,
    normal_id,
    upc_e_to_a,
)
from tako_server.core.registry import Registry

Code = tuple[str, str]
"""Scheme and value in its normal form."""

_DETECTED = (
    ("imdb", re.compile(r"(?:tt|nm)\d{7,10}", re.IGNORECASE)),
    ("olid", re.compile(r"OL\d+[WMA]", re.IGNORECASE)),
    ("wikidata", re.compile(r"Q\d+", re.IGNORECASE)),
    ("isrc", re.compile(r"[A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5}", re.IGNORECASE)),
    ("mbid", re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)),
    ("asin", re.compile(r"B0[0-9A-Z]{8}", re.IGNORECASE)),
    ("eidr", re.compile(r"10\.5240/(?:[0-9A-F]{4}-){5}[0-9A-Z]", re.IGNORECASE)),
)
_BOOK = re.compile(r"97(?:8\d|9[1-9])\d{9}", re.ASCII)
"""Barcodes that are ISBNs. 979-0 is printed music: an ISMN, which no book has."""


def codes_to_ask(scheme: str, code: str, registry: Registry) -> list[Code]:
    """What to ask for, the caller's own code first. Raises InvalidField for a code or scheme that can't be."""
    code = code.strip()
    if not scheme:
        return _detected(code)
    known = {s for provider in registry for s in provider.manifest.lookups} | {"isbn", "ean", "upc", "isbn10", "isbn13"}
    if scheme not in known:
        raise InvalidField("scheme", f"is none that a provider looks up; there are {', '.join(sorted(known))}")
    if scheme in ("isbn", "isbn10", "isbn13"):
        return _of_isbn(code)
    if scheme in ("ean", "upc"):
        return _of_barcode(code, scheme)
    value = normal_id(scheme, code)
    if value is None:
        raise InvalidField("code", f"is no {scheme}")
    return [(scheme, value)]


def _detected(code: str) -> list[Code]:
    text = compact(code)
    if re.fullmatch(r"\d{9}[\dX]", text):
        return _of_isbn(code)
    if text.isdecimal() and len(text) in (8, 12, 13):
        return _of_isbn(code) if _BOOK.fullmatch(text) else _of_barcode(code, "")
    for scheme, pattern in _DETECTED:
        if pattern.fullmatch(code) and (value := normal_id(scheme, code)):
            return [(scheme, value)]
    raise InvalidField("scheme", "must be given: the code does not tell what it is")


def _of_isbn(code: str) -> list[Code]:
    """An ISBN-10 is asked as itself and as ISBN-13; an ISBN-13 of the old range also as ISBN-10."""
    found = isbn(code)
    if found is None:
        raise InvalidField("code", "is no ISBN: its length or check digit is wrong")
    codes = [found]
    if found[0] == "isbn10":
        codes.append(("isbn13", isbn10_to_13(found[1])))
    elif found[1].startswith("978") and (short := _isbn13_to_10(found[1])):
        codes.append(("isbn10", short))
    return [*codes, ("ean", codes[1][1] if found[0] == "isbn10" else found[1])]


def _isbn13_to_10(code: str) -> str:
    body = code[3:12]
    return next((body + last for last in "0123456789X" if isbn10_is_valid(body + last)), "")


def _of_barcode(code: str, scheme: str) -> list[Code]:
    """A UPC-A is asked as itself and as EAN-13, and the other way round; a UPC-E as the UPC-A that it stands for."""
    digits = compact(code)
    if len(digits) == _SHORT and _is_upc_e(digits, scheme):
        digits = upc_e_to_a(digits) or ""
    if not gtin_is_valid(digits) or len(digits) == 14:
        raise InvalidField("code", "is no EAN or UPC: its length or check digit is wrong")
    if len(digits) == 12:
        return [("upc", digits), ("ean", "0" + digits)]
    if len(digits) == 13 and digits.startswith("0"):
        return [("ean", digits), ("upc", digits[1:])]
    if _BOOK.fullmatch(digits):
        return [("ean", digits), *(c for c in _of_isbn(digits) if c[0] != "ean")]
    return [("ean", digits)]


_SHORT = 8
"""Digits of an EAN-8, and of a UPC-E."""


def _is_upc_e(digits: str, scheme: str) -> bool:
    """Whether 8 digits are a UPC-E. Where the check digit fits an EAN-8 too, the scheme decides.

    Without one, the first digit does: EAN-8 with a leading 0 are a shop's own, and belong to no article.
    """
    if upc_e_to_a(digits) is None:
        return False
    return scheme == "upc" or not gtin_is_valid(digits) or (not scheme and digits.startswith("0"))
