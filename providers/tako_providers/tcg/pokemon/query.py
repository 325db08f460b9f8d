"""Questions in TCGdex's filters. https://tcgdex.dev/rest/filtering-sorting-pagination"""

from __future__ import annotations

from tako.v1.choices_pb2 import Order
from tako.v1.tcg_service_pb2 import TradingCardsSearchRequest
from tako_providers.sdk import InvalidField, Json, Paged, Params, page_number
from tako_providers.tcg.pokemon import words
from tako_providers.tcg.pokemon.parts import LANGUAGES

PAGE_SIZE = 100
"""Cards asked for at once: without a size, TCGdex gives all that it has."""

FILTERS = (
    *("set", "rarity", "number", "artist", "supertype", "card_types", "subtypes", "types", "stage"),
    *("min_hp", "max_hp", "format", "enrich"),
)
ORDERS = {Order.TITLE: "name"}
_FORMATS = ("standard", "expanded")


def position(cursor: str) -> tuple[str, int]:
    """The language and the page of a cursor; no language on the first page."""
    language, _, number = cursor.rpartition(".")
    if cursor and language not in LANGUAGES:
        raise InvalidField("page_token", "does not fit this provider")
    return language, page_number(number)


def params(text: str, filters: TradingCardsSearchRequest, ask: Paged, language: str, number: int) -> Params:
    """A search in ``language``. Words that TCGdex translates are given in that language."""
    kinds = [_kind(word, language) for word in filters.card_types]
    hp = [
        *([f"gte:{filters.min_hp}"] if filters.HasField("min_hp") else ()),
        *([f"lte:{filters.max_hp}"] if filters.HasField("max_hp") else ()),
    ]
    legal = filters.format.lower()
    order = ORDERS.get(ask.order_by)
    return {
        "name": text,
        "set": _exactly(filters.set),
        # Upstream takes a number as one and looks for it anywhere in the card's; the id ends in it as it is printed.
        "id": "|".join(f"-{form}" for form in _forms(filters.number)),
        "rarity": _exactly(words.RARITIES.local(filters.rarity, language)),
        "illustrator": filters.artist,
        "category": _exactly(words.CATEGORIES.local(filters.supertype, language)),
        "trainerType": [value for field, value in kinds if field == "trainerType"],
        "energyType": [value for field, value in kinds if field == "energyType"],
        "suffix": [_exactly(words.SUFFIXES.local(word, language)) for word in filters.subtypes],
        "types": [words.TYPES.local(word, language) for word in filters.types],
        "stage": _exactly(words.STAGES.local(filters.stage, language)),
        "hp": hp,
        f"legal.{legal}": "true" if legal in _FORMATS else "",
        "sort:field": order,
        "sort:order": "DESC" if order and ask.descending else "ASC" if order else "",
        "pagination:page": number if number > 1 else None,
        "pagination:itemsPerPage": PAGE_SIZE,
    }


def ignored(filters: TradingCardsSearchRequest) -> tuple[str, ...]:
    """Fields that ask for what TCGdex does not know."""
    return ("format",) if filters.format and filters.format.lower() not in _FORMATS else ()


def has_number(entry: Json, number: str) -> bool:
    """Whether a card of a list has the number, with or without zeros in front."""
    own = entry.get("localId") if isinstance(entry, dict) else None
    return not number or str(own).lstrip("0").casefold() == number.lstrip("0").casefold()


def _forms(number: str) -> list[str]:
    """A number as it may be printed: 4, 04, 004."""
    if not number.isdecimal():
        return [number] if number else []
    bare = number.lstrip("0") or "0"
    return list(dict.fromkeys((bare, bare.zfill(2), bare.zfill(3))))


def _exactly(value: str) -> str:
    return f"eq:{value}" if value else ""


def _kind(word: str, language: str) -> tuple[str, str]:
    if word.casefold() in words.ENERGY_WORDS:
        return "energyType", _exactly(words.ENERGIES.local(word, language))
    return "trainerType", _exactly(words.TRAINERS.local(word, language))
