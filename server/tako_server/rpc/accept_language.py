"""The language that a caller's ``accept-language`` asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from tako_providers.sdk.languages import bcp47

_LONGEST = 500
_RANGE = re.compile(
    r"(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)(?:\s*;\s*[qQ]\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)
_IN_THE_CONTRACT = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
"""What the contract takes for a language."""


@lru_cache(maxsize=1024)
def preferred(header: str) -> str:
    """The language that is wanted most, as BCP-47 writes it; "" when the header names none, or is malformed.

    Of languages that are wanted equally the first counts.
    """
    if len(header) > _LONGEST:
        return ""
    found: list[tuple[float, str]] = []
    for part in header.split(","):
        if not part.strip():
            continue  # a list may have empty elements
        known = _RANGE.fullmatch(part.strip())
        if known is None:
            return ""
        quality = float(known[2]) if known[2] else 1.0
        tag = "" if known[1] == "*" else bcp47(known[1])
        if quality > 0 and _IN_THE_CONTRACT.fullmatch(tag):
            found.append((quality, tag))
    return max(found, key=lambda one: one[0])[1] if found else ""
