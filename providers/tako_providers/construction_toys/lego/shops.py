"""The shops of LEGO.com: one for each language and country."""

from __future__ import annotations

from typing import NamedTuple

from tako_providers.sdk import site_tag

SITE = "https://www.lego.com"

TAGS = (
    *("fr-FR", "fr-BE", "fr-CA", "fr-CH"),
    *("en-US", "en-GB", "en-AU", "en-CA", "en-IE", "en-NZ"),
    *("de-DE", "de-AT", "de-CH"),
    *("es-ES", "it-IT", "nl-NL", "nl-BE", "pl-PL", "pt-PT"),
    *("da-DK", "sv-SE", "nb-NO", "fi-FI", "cs-CZ"),
)
"""The first is asked when nobody says which; of each language the first is asked for the language alone."""
LANGUAGES = tuple(dict.fromkeys(tag[:2] for tag in TAGS))


class Shop(NamedTuple):
    """One shop."""

    tag: str
    """Its language and country: `fr-FR`."""
    language: str
    country: str
    path: str
    """Where its pages begin: `/fr-fr`."""


def shop_of(language: str, region: str) -> Shop:
    """The shop that fits best."""
    tag = site_tag(TAGS, language, region)
    return Shop(tag, tag[:2], tag[3:], f"/{tag.lower()}")
