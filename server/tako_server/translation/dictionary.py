"""The dictionaries: words of vocabularies, such as genres, in six languages. The words stand in ``dictionaries/``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from tako_providers.sdk.languages import primary
from tako_providers.sdk.manifest import Domain

LANGUAGES = ("en", "fr", "de", "es", "it", "pt")
_AREAS: Mapping[Domain, tuple[str, ...]] = {
    Domain.MEDIA: ("media",),
    Domain.ANIME_MANGA: ("media", "books"),
    Domain.COMICS: ("books", "media"),
    Domain.BOOKS: ("books", "media"),
    Domain.VIDEOGAMES: ("games", "media"),
    Domain.BOARDGAMES: ("boardgames", "games", "media"),
    Domain.MUSIC: ("music",),
    Domain.CONSTRUCTION_TOYS: ("toys",),
    Domain.COLLECTIBLES: ("toys",),
    Domain.STICKER_ALBUMS: ("toys",),
    Domain.ECOMMERCE: ("toys", "books", "games", "music", "media"),
}
"""The dictionaries of a domain: a word of several is that of the first."""
AREAS = tuple(dict.fromkeys(area for areas in _AREAS.values() for area in areas))
_PARTED = re.compile(r"( / | > |, |; )")
_LOOSE = re.compile(r"[\s_\-\u2010\u2011\u2013]+")


@dataclass(frozen=True, slots=True)
class Word:
    """What a dictionary says of a word: ``text`` in the language wanted, and the language that it was in."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One word in its languages: the display forms; none when it is the same in all of them."""

    forms: Mapping[str, str]


class Dictionaries:
    """Words by area and spelling."""

    def __init__(self, areas: Mapping[str, Mapping[str, Mapping[str, _Entry]]]) -> None:
        self._areas = areas

    @classmethod
    def load(cls) -> Dictionaries:
        """Read the files."""
        return cls({area: _area(area) for area in AREAS})

    def word(self, domain: str, text: str, target: str, claimed: str) -> Word | None:
        """``text`` in ``target``; None when no dictionary of the domain has it. ``claimed`` is the item's language.

        A word of several parts, such as `Fiction / Horror`, is known when all of its parts are.
        """
        found = self._whole(domain, text, target, claimed)
        if found is not None or not _PARTED.search(text):
            return found
        words: list[str] = []
        source = ""
        for part in _PARTED.split(text):
            one = Word(part, "") if _PARTED.fullmatch(part) else self._whole(domain, part, target, claimed)
            if one is None:
                return None
            words.append(one.text)
            source = source or one.source
        return Word("".join(words), source)

    def _whole(self, domain: str, text: str, target: str, claimed: str) -> Word | None:
        wanted, said = primary(target), primary(claimed)
        form = spelling(text)
        for area in _AREAS.get(Domain(domain), ()) if domain in _DOMAINS else ():
            entries = self._areas[area].get(form)
            if entries is None:
                continue
            if "" in entries:
                return Word(text, "")
            for source in dict.fromkeys((said, "en", wanted, *LANGUAGES)):
                entry = entries.get(source)
                if entry is not None:
                    return self._given(text, entry, source, wanted)
        return None

    def _given(self, text: str, entry: _Entry, source: str, wanted: str) -> Word | None:
        translated = entry.forms.get(wanted)
        if translated is None:
            return None
        if source == wanted or spelling(translated) == spelling(text):
            return Word(text, source)
        return Word(translated[0].lower() + translated[1:] if text[:1].islower() else translated, source)


def spelling(text: str) -> str:
    """What is the same in all spellings of a word: neither case nor hyphens nor `&` count."""
    return _LOOSE.sub(" ", text.replace("&", " and ")).strip().casefold()


_DOMAINS = frozenset(str(domain) for domain in Domain)


def _area(name: str) -> Mapping[str, Mapping[str, _Entry]]:
    """One file: by spelling and language, the entry; the language is "" for words that are the same in all."""
    told = tomllib.loads((files(__package__) / "dictionaries" / f"{name}.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, _Entry]] = {}
    for word in told.get("same", ()):
        found.setdefault(spelling(word), {})[""] = _Entry({})
    for row in told["words"]:
        spellings = {language: _spellings(row[language]) for language in LANGUAGES}
        entry = _Entry({language: written[0] for language, written in spellings.items()})
        for language, written in spellings.items():
            for one in written:
                found.setdefault(spelling(one), {}).setdefault(language, entry)
    return found


def _spellings(value: str | list[str]) -> list[str]:
    """What a file says of a word in one language: how it is shown, and other ways to write it."""
    return [value] if isinstance(value, str) else value
