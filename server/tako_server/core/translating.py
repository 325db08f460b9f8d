"""Translating the items of an answer, where a request asks for it.

What is kept of providers stays as they gave it: an answer is translated when it is put together. Who asks for no
translation pays for none, not even for a look into the items.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from tako.v1.answers_pb2 import ProviderOutcome
from tako_server.core.fields import language_of
from tako_server.core.listing import RESERVE, Listing
from tako_server.core.ports import Budget

FAILED = "TRANSLATION_FAILED"
"""Reason in the outcome of a provider that answered, and whose texts could not all be translated this time."""
_FIELD = "translate"
_RESERVED_SHARE = 0.1
_ANSWERED = frozenset((ProviderOutcome.OK, ProviderOutcome.EMPTY, ProviderOutcome.STALE))


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that an engine has translated, as a store keeps it. ``key`` stands for engine, languages and original."""

    key: str
    engine: str
    source: str
    target: str
    text: str


class TextStore(Protocol):
    """A place for translated texts. Nothing in it fails: what can't be read is not there. Times are Unix seconds."""

    async def texts(self, keys: Collection[str], since: float) -> Mapping[str, str]:
        """The texts of ``keys`` that were kept at ``since`` or later, in one round trip."""
        ...

    async def keep_texts(self, texts: Sequence[KeptText], at: float) -> None:
        """Insert or replace."""
        ...

    async def purge_texts(self, before: float) -> int:
        """Remove what was kept before a time. How many went."""
        ...


@dataclass(frozen=True, slots=True)
class Translated:
    """Serialized items. ``failed`` are those that lack a text which another try may translate: place and provider."""

    parts: Sequence[bytes]
    failed: Mapping[int, str] = field(default_factory=dict)


class Translations(Protocol):
    """What translates items."""

    async def items(self, parts: Sequence[bytes], language: str, seconds: float) -> Translated:
        """Serialized items in ``language``, as far as ``seconds`` allow. Originals are kept in them. Never fails."""
        ...


class Translating:
    """Answers ``translate`` of a request, with what this server has for it."""

    def __init__(self, translations: Translations | None = None, default_language: str = "") -> None:
        """``default_language`` is the one that is meant where a request names none."""
        self._translations = translations
        self._default = default_language

    async def listing(self, request: Any, listing: Listing, budget: Budget) -> Listing:
        """``listing`` with its items translated, if ``request`` asks for it."""
        if not _is_asked(request):
            return listing
        parts = await self.parts(request, listing.parts, listing.outcomes, budget)
        return replace(listing, parts=parts)

    async def parts(
        self,
        request: Any,
        parts: Sequence[bytes],
        outcomes: Sequence[ProviderOutcome],
        budget: Budget,
        *,
        one_each: bool = False,
    ) -> Sequence[bytes]:
        """``parts`` translated, if ``request`` asks for it; what became of that is told in ``outcomes``.

        ``one_each`` says that each part has its own outcome, in the same order; else there is one for each provider.
        """
        if not _is_asked(request):
            return parts
        language = language_of(request) or self._default
        if self._translations is None or not language:
            for outcome in outcomes:
                if outcome.status in _ANSWERED and _FIELD not in outcome.ignored_fields:
                    outcome.ignored_fields.append(_FIELD)
            return parts
        if not parts:
            return parts
        left = budget.left()
        seconds = left - min(RESERVE, left * _RESERVED_SHARE)
        translated = await self._translations.items(parts, language, seconds)
        providers = frozenset(translated.failed.values())
        for place, outcome in enumerate(outcomes):
            if (place in translated.failed) if one_each else (outcome.provider in providers):
                _mark(outcome)
        return translated.parts


def _mark(outcome: ProviderOutcome) -> None:
    """Tell that a text is missing, unless there is worse to tell. What has a reason is not kept as a whole."""
    if outcome.status in _ANSWERED:
        outcome.partial = True
        if not outcome.reason:
            outcome.reason, outcome.message = FAILED, "not every text could be translated"


def _is_asked(request: Any) -> bool:
    return bool(getattr(request, _FIELD, False))
