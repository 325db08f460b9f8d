"""The one file of a language that LorcanaJSON publishes, read once and kept. https://lorcanajson.org

It holds all sets and all cards. What no answer is made of is dropped, since the rest stays in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tako.v1.details_cards_pb2 import CardSetRef
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Json, ShapeChanged, Upstream, dict_in, make_id, partial_date, primary, text_in
from tako_providers.tcg.lorcana.words import folded

PROVIDER = "lorcana"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "de", "it")

_HOUR = 3600
_UNREAD = ("artistsText", "fullTextSections", "historicData", "simpleName", "subtypesText")
_UNREAD_IMAGES = ("foilMask", "varnishMask")
_LANGUAGE_CODES = frozenset(code.upper() for code in LANGUAGES)


@dataclass(frozen=True, slots=True)
class CardFile:
    """All cards and sets in one language. Nothing in it may be changed: all calls share it."""

    language: str
    entries: Sequence[Json]
    """The cards, in upstream's order: by set and number, promotions behind."""
    names: Sequence[str]
    """Of each card the names that are searched: folded as printed, and upstream's plain one behind a line break."""
    by_id: dict[int, Json]
    sets: dict[str, Json]
    refs: dict[str, CardSetRef]
    """How cards name their sets, by code; those of sets that are not in ``sets`` too."""
    dates: dict[str, str]
    """The days that sets come out, as far as they are known, by code."""

    def released(self, entry: Json) -> str:
        """The day that a card's set comes out, "" when it is not known."""
        return self.dates.get(text_in(entry, "setCode"), "")

    def codes_of(self, wanted: str) -> set[str]:
        """The codes of the sets that have this code or name."""
        word = folded(wanted)
        return {code for code, ref in self.refs.items() if word in (folded(code), folded(ref.name))}

    def of_set(self, code: str) -> list[Json]:
        """The cards of a set."""
        return [entry for entry in self.entries if entry.get("setCode") == code]

    def called(self, text: str) -> list[Json]:
        """The cards of an id, a code or what is printed at the bottom of a card (`1/204 • EN • 1`), in this order."""
        # A code may be made of digits too; those of ids have no 0 in front.
        if text.isascii() and text.isdecimal() and text[0] != "0" and (entry := self.by_id.get(int(text))):
            return [entry]
        return self.coded(text) or self.numbered(text)

    def coded(self, code: str) -> list[Json]:
        """The card of a code of the official app: in those a small letter is not its capital."""
        return [entry for entry in self.entries if entry.get("code") == code]

    def numbered(self, text: str) -> list[Json]:
        """The cards of what is printed at their bottom, whatever its language."""
        wanted = _printed(text)
        return (
            [entry for entry in self.entries if _printed(text_in(entry, "fullIdentifier")) == wanted] if wanted else []
        )

    def linked(self, name: str, number: str) -> list[Json]:
        """The cards that have ``number`` at a shop; several where the shop does not part them."""
        return [entry for entry in self.entries if str(dict_in(entry, "externalLinks").get(name, "")) == number]


def language_code(language: str) -> str:
    """The language whose file answers: the one asked for, or English."""
    return code if (code := primary(language)) in LANGUAGES else ENGLISH


def printed_language(text: str) -> str:
    """The language that a printed number names, "" without one."""
    return next((word.lower() for word in _words(text) if word in _LANGUAGE_CODES), "")


def _printed(text: str) -> tuple[str, ...]:
    return tuple(word for word in _words(text) if word not in _LANGUAGE_CODES)


def _words(text: str) -> list[str]:
    return text.upper().replace("•", " ").split()


async def card_file(language: str, up: Upstream) -> CardFile:
    """The file of one of ``LANGUAGES``."""

    async def load() -> CardFile:
        return read(await up.json(f"/{language}/allCards.json"), language)

    return await up.kept(language, load, seconds=_HOUR)


def read(found: Json, language: str) -> CardFile:
    """The decoded file; it is changed. Older copies of it have no sets."""
    if not isinstance(found, dict) or not isinstance(found.get("cards"), list):
        raise ShapeChanged("LorcanaJSON gave something else where a file of cards was expected")
    sets = found.get("sets", {})
    if not isinstance(sets, dict) or not all(isinstance(one, dict) for one in sets.values()):
        raise ShapeChanged("LorcanaJSON gave something else where sets were expected")
    entries = found["cards"]
    names = [_read_card(entry) for entry in entries]
    return CardFile(
        language=language,
        entries=entries,
        names=names,
        by_id={entry["id"]: entry for entry in entries},
        sets=sets,
        refs=_refs(entries, sets),
        dates={code: date for code, entry in sets.items() if (date := partial_date(text_in(entry, "releaseDate")))},
    )


def _refs(entries: Sequence[Json], sets: dict[str, Json]) -> dict[str, CardSetRef]:
    counts: dict[str, int | None] = dict.fromkeys(sets)
    for entry in entries:
        code = text_in(entry, "setCode")
        if code and counts.get(code) is None:
            counts[code] = _printed_count(entry)
    return {
        code: CardSetRef(
            id=make_id(PROVIDER, Item.CARD_SET, code),
            code=code,
            name=text_in(sets.get(code, {}), "name"),
            printed_count=count,
        )
        for code, count in counts.items()
    }


def _printed_count(entry: Json) -> int | None:
    """The 204 of `1/204 • EN • 1`. Promotions have the name or number of their series there."""
    total = text_in(entry, "fullIdentifier").partition("/")[2].partition(" ")[0]
    return int(total) if total.isascii() and total.isdecimal() and not entry.get("promoGrouping") else None


def title(entry: Json) -> str:
    """The name and the version of a card, "" without a name."""
    return text_in(entry, "fullName") or " - ".join(filter(None, (text_in(entry, "name"), text_in(entry, "version"))))


def _read_card(entry: Json) -> str:
    """The names that a card is searched by, once it is checked and what no answer needs is dropped."""
    if not isinstance(entry, dict) or type(entry.get("id")) is not int or not title(entry):
        raise ShapeChanged("a card of LorcanaJSON has no id or no name")
    searched = f"{folded(title(entry))}\n{text_in(entry, 'simpleName')}"
    for name in _UNREAD:
        entry.pop(name, None)
    images = dict_in(entry, "images")
    for name in _UNREAD_IMAGES:
        images.pop(name, None)
    return searched
