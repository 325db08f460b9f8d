"""The shops of PLAYMOBIL: one for each language and country."""

from __future__ import annotations

from typing import NamedTuple

from tako_providers.sdk import site_tag

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


def shop_of(language: str, region: str) -> Shop:
    """The shop that fits best."""
    tag = site_tag(TAGS, language, region)
    return Shop(tag[:2], tag[3:], f"/{tag.lower()}")
