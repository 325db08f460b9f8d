"""The shops of PLAYMOBIL: one for each language and country."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tako_providers.sdk import primary

SITE = "https://www.playmobil.com"

TAGS = (
    *("fr-FR", "fr-BE", "fr-CH", "fr-CA"),
    *("en-US", "en-GB", "en-CA"),
    *("de-DE", "de-AT", "de-CH"),
    *("es-ES", "es-MX", "it-IT", "nl-NL", "nl-BE", "pt-PT"),
)
"""The first is asked when nobody says which; of each language the first is asked for the language alone."""
LANGUAGES = tuple(dict.fromkeys(tag[:2] for tag in TAGS))


class Shop(NamedTuple):
    """One shop."""

    language: str
    country: str
    path: str
    """Where its pages begin: `/fr-fr`."""


@lru_cache(maxsize=256)
def shop_of(language: str, region: str) -> Shop:
    """The shop that fits best: language and country, else the language, else the country, else the first."""
    spoken = primary(language)
    country = region or next((part.upper() for part in language.split("-")[1:] if len(part) == 2), "")
    of_language = [tag for tag in TAGS if tag[:2] == spoken]
    of_country = [tag for tag in (of_language if spoken else TAGS) if tag[3:] == country]
    tag = (of_country or of_language or TAGS)[0]
    return Shop(tag[:2], tag[3:], f"/{tag.lower()}")
