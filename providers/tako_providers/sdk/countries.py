"""Country codes: upstreams' own (ISO 3166-1 in three letters or as a number) and the two letters of the contract."""

from __future__ import annotations

from functools import lru_cache

import iso3166


def country_code(code: object) -> str:
    """The two letters of a country: of ``usa``, ``840``, ``us``. "" for what is no country of today (``global``)."""
    return _alpha2(code) if isinstance(code, str | int) and code else ""


@lru_cache(maxsize=1024)
def _alpha2(code: str | int) -> str:
    if isinstance(code, int) or code.isdecimal():
        found = iso3166.countries_by_numeric.get(f"{int(code):03d}")
    else:
        upper = code.strip().upper()
        found = iso3166.countries_by_alpha3.get(upper) or iso3166.countries_by_alpha2.get(upper)
    return found.alpha2 if found is not None else ""


def country_alpha3(code: str) -> str:
    """The three letters, in lower case, of a country's two: ``US`` is ``usa``. "" for what is no country."""
    found = iso3166.countries_by_alpha2.get(code.upper())
    return found.alpha3.lower() if found is not None else ""
