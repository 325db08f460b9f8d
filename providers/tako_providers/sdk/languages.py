"""Language codes: upstreams' own (MARC, ISO 639-2, names with a region) and BCP-47, both ways."""

from __future__ import annotations

from functools import lru_cache

import langcodes

_MARC = {
    "fr": "fre",
    "de": "ger",
    "nl": "dut",
    "zh": "chi",
    "cs": "cze",
    "el": "gre",
    "eu": "baq",
    "fa": "per",
    "hy": "arm",
    "is": "ice",
    "ka": "geo",
    "mk": "mac",
    "ms": "may",
    "my": "bur",
    "ro": "rum",
    "sk": "slo",
    "sq": "alb",
    "cy": "wel",
    "bo": "tib",
    "mi": "mao",
}
"""The bibliographic codes that differ from the terminological ones (ISO 639-2/B against /T)."""


@lru_cache(maxsize=2048)
def bcp47(code: str | None) -> str:
    """``code`` of whatever standard as BCP-47 (``fre`` is ``fr``, ``pt_BR`` is ``pt-BR``), "" when it is none."""
    if not code or code.lower() in ("und", "mul", "zxx", "xx"):
        return ""
    try:
        tag = langcodes.standardize_tag(code)
    except langcodes.LanguageTagError:
        return ""
    return tag if langcodes.tag_is_valid(tag) else ""


@lru_cache(maxsize=2048)
def primary(tag: str) -> str:
    """The language of a BCP-47 tag without script and region: ``pt-BR`` is ``pt``."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


@lru_cache(maxsize=2048)
def marc(tag: str) -> str:
    """The MARC code of a BCP-47 tag (``fr`` is ``fre``), "" when there is none."""
    language = primary(tag)
    if language in _MARC:
        return _MARC[language]
    try:
        return langcodes.Language.get(language).to_alpha3(variant="B")
    except LookupError:
        return ""


@lru_cache(maxsize=2048)
def language_named(name: str) -> str:
    """The BCP-47 tag of a language's English name (``Norwegian`` is ``no``), "" when it is none."""
    try:
        return langcodes.find(name, language="en").to_tag()
    except LookupError:
        return ""
