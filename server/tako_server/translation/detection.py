"""Which language a text is in: so that what is in the wanted one already is left alone.

lingua in its light mode: 35 MB for 28 languages where the full one takes 480 (lingua 2.1, resident, measured). From 120
characters on the two decide alike. Below that it is only asked whether a text is in the wanted language, whatever its
provider says. Nothing is loaded before the first text comes. On a Python that it is not built for, a text is in the
language that its provider says.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from cachetools import LRUCache

from tako_providers.sdk.languages import primary

if TYPE_CHECKING:
    from lingua import LanguageDetector

_KNOWN = (
    *("en", "fr", "de", "es", "it", "pt", "nl", "sv", "nb", "da", "fi", "pl", "cs", "hu", "ro", "ca", "tr", "el"),
    *("ru", "uk", "ar", "he", "ja", "ko", "zh", "th", "vi", "id"),
)
_TOLD_APART = frozenset(_KNOWN)
_ALIASES = {"no": "nb", "iw": "he", "in": "id"}
_LEAST = 40
"""Letters below which a text tells nothing."""
_ENOUGH = 120
"""Letters from which on the text alone decides."""
_MOST = 1000
"""Characters that are looked at."""
_SURE = 0.8
"""Share of certainty from which on the text is believed more than its provider."""
_REMEMBERED = 10_000
_BREATH = 0.001
"""Seconds between two languages that are loaded: loading holds the interpreter, 12 ms each."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text, and what its provider says of its language, "" where it says nothing."""

    text: str
    claimed: str


class Detector:
    """Tells languages apart. One for a process: what it has seen it remembers, and its work goes on in a thread."""

    def __init__(self) -> None:
        self._seen: LRUCache[bytes, str] = LRUCache(_REMEMBERED)
        self._working = asyncio.Lock()
        self._there = find_spec("lingua") is not None
        self._all: LanguageDetector | None = None
        self._between: dict[frozenset[str], LanguageDetector] = {}

    async def languages(self, texts: Sequence[Spoken], wanted: str) -> list[str]:
        """The primary language of each text: what the text itself says, else its provider; "" when nobody knows."""
        keys = [_key(spoken, wanted) for spoken in texts]
        found = [self._seen.get(key) for key in keys]
        missing = [number for number, language in enumerate(found) if language is None]
        if missing:
            async with self._working:
                asked = [texts[number] for number in missing]
                for number, language in zip(missing, await asyncio.to_thread(self._told, asked, wanted), strict=True):
                    found[number] = self._seen[keys[number]] = language
        return [language or "" for language in found]

    def _told(self, texts: Sequence[Spoken], wanted: str) -> list[str]:
        return [self._one(spoken.text[:_MOST], primary(spoken.claimed), primary(wanted)) for spoken in texts]

    def _one(self, text: str, claimed: str, wanted: str) -> str:
        letters = sum(map(str.isalpha, text))
        claimed, wanted = _ALIASES.get(claimed, claimed), _ALIASES.get(wanted, wanted)
        if letters < _LEAST or not self._there:
            return claimed
        if claimed and letters < _ENOUGH:
            if claimed == wanted or not {claimed, wanted} <= _TOLD_APART:
                return claimed
            # Told apart from all others as well: a text in a third language is not in the wanted one.
            detectors = (self._choosing(claimed, wanted), self._knowing_all())
            return wanted if all(self._sure(one, text) == wanted for one in detectors) else claimed
        found = self._sure(self._knowing_all(), text) or claimed
        # One that is not told apart looks like its neighbour: Slovak like Czech.
        return found if not claimed or claimed in _TOLD_APART or found == wanted else claimed

    def _sure(self, detector: LanguageDetector, text: str) -> str:
        """The language that ``text`` is surely in, "" when none stands out."""
        values = detector.compute_language_confidence_values(text)
        best = values[0] if values else None
        return best.language.iso_code_639_1.name.lower() if best is not None and best.value >= _SURE else ""

    def _knowing_all(self) -> LanguageDetector:
        if self._all is None:
            for one, other in pairwise(_KNOWN):
                _light(one, other).detect_language_of("a")  # which loads the two, for all detectors there will be
                time.sleep(_BREATH)
            self._all = _light(*_KNOWN)
        return self._all

    def _choosing(self, one: str, other: str) -> LanguageDetector:
        pair = frozenset((one, other))
        if pair not in self._between:
            self._between[pair] = _light(*pair)
        return self._between[pair]


def _light(*codes: str) -> LanguageDetector:
    # Of 96 MB on the disk: whoever is never asked to translate does not load it.
    from lingua import IsoCode639_1, LanguageDetectorBuilder  # noqa: PLC0415

    isos = [getattr(IsoCode639_1, code.upper()) for code in codes]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*isos).with_low_accuracy_mode().build()


def _key(spoken: Spoken, wanted: str) -> bytes:
    told = f"{wanted}\n{spoken.claimed}\n{spoken.text[:_MOST]}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()
