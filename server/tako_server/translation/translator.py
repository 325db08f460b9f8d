"""Items in another language: each field by itself, native text first, then the dictionary, then an engine.

What is in the wanted language already is left alone. What is changed keeps its original beside it, in
``Item.translated``; what could not be changed says there why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from tako.v1.item_parts_pb2 import TranslatedField
from tako.v1.item_pb2 import Item
from tako_providers.sdk.manifest import Domain
from tako_server.core.translating import Translated
from tako_server.translation.detection import Detector, Spoken
from tako_server.translation.dictionary import Dictionaries
from tako_server.translation.kept import Wanted
from tako_server.translation.machine import Given, Machine
from tako_server.translation.places import CATEGORIES, GENRES, PROSE, Place, places
from tako_server.translation.tags import same_language, wanted_tag

_DICTIONARY = "dictionary"


@dataclass(slots=True)
class _Work:
    """One item: what of it an engine has to translate."""

    item: Item
    left: list[tuple[Place, str]] = field(default_factory=list)
    """Places with the language that their text is in."""
    prose: list[Place] = field(default_factory=list)
    is_changed: bool = False
    is_passing: bool = False
    """Whether it lacks a translation that another try may give."""

    def note(self, place: Place, source: str, told: TranslatedField) -> None:
        """Say in the item what became of a place."""
        told.field, told.from_language = place.name, source
        self.item.translated.append(told)
        self.is_changed = True


class Translator:
    """Implements the core's ``Translations``."""

    def __init__(self, machine: Machine, detector: Detector) -> None:
        self._machine = machine
        self._detector = detector
        self._dictionaries: Dictionaries | None = None

    async def items(self, parts: Sequence[bytes], language: str, seconds: float) -> Translated:
        """Serialized items in ``language``, as far as ``seconds`` allow. Never fails."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        target = wanted_tag(language)
        dictionaries = await self._loaded()
        works: list[_Work] = []
        for part in parts:
            work = _Work(Item.FromString(part))
            _by_dictionary(work, dictionaries, target)
            work.prose = list(places(work.item, PROSE))
            works.append(work)
            await asyncio.sleep(0)  # others come between: a page may be large
        await self._sort_out(works, target, until - loop.time())
        await self._by_machine(works, target, until - loop.time())
        return Translated(
            [
                work.item.SerializeToString() if work.is_changed else part
                for work, part in zip(works, parts, strict=True)
            ],
            {place: work.item.provider for place, work in enumerate(works) if work.is_passing},
        )

    async def _loaded(self) -> Dictionaries:
        if self._dictionaries is None:
            self._dictionaries = await asyncio.to_thread(Dictionaries.load)
        return self._dictionaries

    async def _sort_out(self, works: Sequence[_Work], target: str, seconds: float) -> None:
        """Find the prose that is not in the wanted language."""
        texts = [(work, place) for work in works for place in work.prose]
        if not texts:
            return
        spoken = [Spoken(place.text, work.item.language) for work, place in texts]
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                sources = await self._detector.languages(spoken, target)
        except TimeoutError:
            sources = [work.item.language for work, _ in texts]
        for (work, place), source in zip(texts, sources, strict=True):
            if not same_language(source, target):
                work.left.append((place, source))

    async def _by_machine(self, works: Sequence[_Work], target: str, seconds: float) -> None:
        """Have translated what is left, each text once."""
        left = [(work, place, Wanted(place.text, source)) for work in works for place, source in work.left]
        if not left:
            return
        wanted = list(dict.fromkeys(one for _, _, one in left))
        given = dict(zip(wanted, await self._machine.translate(wanted, target, seconds), strict=True))
        for work, place, one in left:
            _put(work, place, one, given[one])


def _put(work: _Work, place: Place, wanted: Wanted, given: Given) -> None:
    told = TranslatedField(method=TranslatedField.MACHINE)
    if given.failure:
        told.failure = given.failure
        work.is_passing |= given.is_passing
    elif given.text == wanted.text:
        return  # a name, or a word that is the same there
    else:
        told.original, told.engine = wanted.text, given.engine
        place.put(given.text)
    work.note(place, wanted.source, told)


def _by_dictionary(work: _Work, dictionaries: Dictionaries, target: str) -> None:
    """Words of vocabularies: what a dictionary knows is done, the rest of the genres is left for an engine.

    Names of musical genres are international where no dictionary has them: an engine would only spoil them.
    """
    item = work.item
    for paths, for_engines in ((GENRES, item.domain != Domain.MUSIC), (CATEGORIES, False)):
        for place in places(item, paths):
            text = place.text
            word = dictionaries.word(item.domain, text, target, item.language)
            if word is not None:
                if word.text != text:
                    place.put(word.text)
                    told = TranslatedField(original=text, engine=_DICTIONARY, method=TranslatedField.DICTIONARY)
                    work.note(place, word.source, told)
            elif for_engines and item.language and not same_language(item.language, target):
                work.left.append((place, item.language))
