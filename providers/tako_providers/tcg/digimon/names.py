"""The names of Digimon in other languages: what is searched for goes to English, what is found comes back.

DigimonCard.io knows the English names alone. Whoever speaks another language may know a Digimon by its Japanese name,
in Japanese or in Latin letters; in French that is its name too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tako.v1.item_parts_pb2 import TranslatedField
from tako.v1.item_pb2 import Item
from tako_providers.sdk import primary

LANGUAGES = ("en", "fr", "ja")
"""Languages that titles come in."""
_ENGLISH = ("", "en")


@dataclass(frozen=True, slots=True)
class _Names:
    """The same names, from and to English."""

    to_english: Mapping[str, str]
    to_latin: Mapping[str, str]
    to_japanese: Mapping[str, str]
    foreign: re.Pattern[str]
    english: re.Pattern[str]


def in_english(text: str, language: str) -> str:
    """A question with the names in it in English, for who speaks another ``language``."""
    if primary(language) in _ENGLISH:
        return text
    names = _names()
    return names.foreign.sub(lambda found: names.to_english[found[0].casefold()], text)


def in_language(items: Iterable[Item], language: str) -> list[Item]:
    """Cards with their titles in ``language``, as far as the names are known; the English title is kept beside it."""
    found = list(items)
    spoken = primary(language)
    if spoken in LANGUAGES and spoken not in _ENGLISH:
        for item in found:
            _name(item, spoken)
    return found


def _name(item: Item, spoken: str) -> None:
    names, english = _names(), item.title
    if spoken == "ja":  # a title with more in it would be half in Japanese
        title = names.to_japanese.get(english.casefold(), english)
    else:
        title = names.english.sub(lambda found: names.to_latin[found[0].casefold()], english)
    if title != english:
        item.title, item.original_title = title, english
        item.translated.append(
            TranslatedField(
                field="title",
                original=english,
                from_language="en",
                engine="dictionary",
                method=TranslatedField.DICTIONARY,
            )
        )


@cache
def _names() -> _Names:
    rows = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))["names"]
    to_latin = {row["en"].casefold(): row["latin"] for row in rows if "latin" in row}
    to_japanese = {row["en"].casefold(): row["ja"] for row in rows}
    to_english = {row["ja"].casefold(): row["en"] for row in rows}
    latin = {row["latin"].casefold(): row["en"] for row in rows if "latin" in row}
    # Japanese has no spaces: a name is one wherever it stands. Longer names go first, as they may hold shorter ones.
    foreign = "|".join((*_longest_first(to_english), rf"\b(?:{'|'.join(_longest_first(latin))})\b"))
    return _Names(
        to_english | latin,
        to_latin,
        to_japanese,
        re.compile(foreign, re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(_longest_first(to_latin))})\b", re.IGNORECASE),
    )


def _longest_first(names: Iterable[str]) -> list[str]:
    return [re.escape(name) for name in sorted(names, key=len, reverse=True)]
