"""Apertium, by its own web service APy. https://wiki.apertium.org/wiki/Apertium-apy

It translates between few languages, most of them close to one another. Where a pair lacks, a third language leads from
one to the other, such as Catalan from English to French.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

import aiohttp

from tako_providers.sdk.languages import primary
from tako_server.translation.engine import Limits, NotTranslatable
from tako_server.translation.http import EngineHttp, shape_error

_TITLE = "Apertium"
_BRIDGES = ("cat", "spa")
"""Languages that lead from one to another, the best kept ones first."""
_PAIRS_LAST = 3600.0
"""Seconds after which the server is asked again which pairs it has."""

Pairs = frozenset[tuple[str, str]]


class Apertium:
    """Implements ``Engine``."""

    name = "apertium"
    limits = Limits(texts=1, characters=5000, request=5000)

    def __init__(
        self, session: aiohttp.ClientSession, url: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._http = EngineHttp(session, _TITLE)
        self._url = url.rstrip("/")
        self._clock = clock
        self._pairs: Pairs = frozenset()
        self._known_until = -1.0
        self._learning = asyncio.Lock()

    async def translate(self, texts: Sequence[str], source: str, target: str) -> Sequence[str]:
        """The texts in ``target``, over a third language where there is no direct way."""
        if not source:
            raise NotTranslatable(f"{_TITLE} has to be told the language of a text, and it is not known")
        steps = route(await self._known_pairs(), _code(source), _code(target))
        if not steps:
            raise NotTranslatable(f"{_TITLE} does not lead from {source} to {target} on this server")
        translated = list(texts)
        for begin, end in steps:
            translated = [await self._one(text, begin, end) for text in translated]
        return translated

    async def _one(self, text: str, source: str, target: str) -> str:
        # APy can walk a chain too, but then it leaves the marks of unknown words of all steps but the last.
        form = {"langpair": f"{source}|{target}", "markUnknown": "no", "q": text}
        answer = await self._http.post_form(f"{self._url}/translate", form)
        data = answer.get("responseData") if isinstance(answer, dict) else None
        found = data.get("translatedText") if isinstance(data, dict) else None
        if not isinstance(found, str):
            raise shape_error(_TITLE)
        return found

    async def _known_pairs(self) -> Pairs:
        async with self._learning:
            if self._clock() >= self._known_until:
                answer = await self._http.get(f"{self._url}/listPairs")
                listed = answer.get("responseData") if isinstance(answer, dict) else None
                if not isinstance(listed, list):
                    raise shape_error(_TITLE)
                self._pairs = frozenset(
                    (str(one.get("sourceLanguage")), str(one.get("targetLanguage")))
                    for one in listed
                    if isinstance(one, dict)
                )
                self._known_until = self._clock() + _PAIRS_LAST
        return self._pairs


def route(pairs: Pairs, source: str, target: str) -> list[tuple[str, str]]:
    """The steps from one language to another, two at most; empty when there is no way."""
    if (source, target) in pairs:
        return [(source, target)]
    others = sorted({end for begin, end in pairs if begin == source} - set(_BRIDGES))
    for bridge in (*_BRIDGES, *others):
        if (source, bridge) in pairs and (bridge, target) in pairs:
            return [(source, bridge), (bridge, target)]
    return []


def _code(tag: str) -> str:
    """The three letters that Apertium knows a language by."""
    import langcodes  # noqa: PLC0415 - read with the first language: an idle server is the smaller for it

    try:
        return langcodes.Language.get(primary(tag)).to_alpha3()
    except LookupError:
        return primary(tag)
