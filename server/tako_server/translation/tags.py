"""The language that a text is wanted in, as engines, dictionaries and what is kept know it."""

from __future__ import annotations

from tako_providers.sdk.languages import primary

_TRADITIONAL = frozenset(("TW", "HK", "MO", "Hant"))
_TWO_WAYS = {"en": ("GB", "US"), "pt": ("BR", "PT")}
"""Languages whose text differs by country, and the countries."""


def wanted_tag(language: str) -> str:
    """A BCP-47 tag without what makes no other text: ``fr-FR`` is ``fr``, ``pt-BR`` stays, ``zh-TW`` is ``zh-Hant``."""
    spoken, *more = language.replace("_", "-").split("-")
    spoken = spoken.lower()
    if spoken == "zh":
        return "zh-Hant" if _TRADITIONAL & {part.upper() if len(part) == 2 else part.title() for part in more} else "zh"
    for country in _TWO_WAYS.get(spoken, ()):
        if country in (part.upper() for part in more):
            return f"{spoken}-{country}"
    return spoken


def same_language(one: str, other: str) -> bool:
    """Whether who reads one reads the other."""
    return primary(one) == primary(other)
