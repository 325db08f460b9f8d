"""What a translation engine is. This file is the document for whoever writes one.

An engine is a service that translates plain text. Tako asks it over HTTP; what it is asked, how many texts at once and
how long ones, is the engine's own affair and stands in its module. When to ask, whom to ask next and what to keep is
not: ``machine`` does that for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class EngineError(Exception):
    """An engine gave no translation. ``str(error)`` is one line for callers: no key and no address is in it."""


class EngineAway(EngineError):
    """It can't be reached, is out of order, out of quota, or refuses the key. Later it may.

    ``rest`` is how many seconds it wants to be left alone, None when it does not say.
    """

    def __init__(self, message: str, rest: float | None = None) -> None:
        super().__init__(message)
        self.rest = rest


class NotTranslatable(EngineError):
    """It does not translate this: it lacks the pair of languages, or refuses the text. Asking again changes nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request to an engine may hold."""

    texts: int
    """Texts in one request."""
    characters: int
    """Characters of one text; longer ones are split at the ends of sentences."""
    request: int
    """Characters of all texts in one request."""


class Engine(Protocol):
    """A translation engine.

    Languages are BCP-47: ``source`` without a region and "" when it is not known, ``target`` with script or region only
    where that makes another text (``pt-BR``, ``zh-Hant``, ``en-GB``).
    """

    name: str
    """How answers and settings name it: ``deepl``."""
    limits: Limits

    async def translate(self, texts: Sequence[str], source: str, target: str) -> Sequence[str]:
        """The texts in ``target``, in their order. MUST be as many. The caller bounds the time.

        Raises EngineAway and NotTranslatable.
        """
        ...
