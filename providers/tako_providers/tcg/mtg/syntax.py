"""Questions in Scryfall's search syntax. https://scryfall.com/docs/syntax"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tako.v1.choices_pb2 import Order, Unique
from tako.v1.tcg_service_pb2 import TradingCardsSearchRequest
from tako_providers.sdk import Paged, last_day, primary

Clause = tuple[str, str]
"""A field of the request, and what it is in the syntax."""

_TEXTS = (
    ("set", "e:"),
    ("rarity", "r:"),
    ("number", "cn:"),
    ("artist", "a:"),
    ("text", "o:"),
    ("supertype", "t:"),
    ("format", "f:"),
)
_LISTS = (("card_types", "t:"), ("subtypes", "t:"), ("colors", "c:"))
_BOUNDS = (
    ("min_cost", "mv>="),
    ("max_cost", "mv<="),
    ("min_power", "pow>="),
    ("max_power", "pow<="),
    ("min_toughness", "tou>="),
    ("max_toughness", "tou<="),
)
FILTERS = (*(name for name, _ in (*_TEXTS, *_LISTS, *_BOUNDS)), "released_from", "released_to", "unique")
ORDERS = {
    Order.TITLE: "name",
    Order.RELEASE_DATE: "released",
    Order.POPULARITY: "edhrec",
    Order.PRICE: "usd",
    Order.NUMBER: "set",
}
UNIQUE = {Unique.CARDS: "cards", Unique.PRINTS: "prints", Unique.ART: "art"}
RELEASED = (("feed", "year>=1993"), ("feed", "date<=now"))
"""All cards that are out. A search needs some condition."""

_LANGUAGES = frozenset(("es", "fr", "de", "it", "pt", "ja", "ko", "ru", "he", "la", "grc", "ar", "sa"))
_SYNTAX = re.compile(r"""[:=<>]\S|^!["'\w]""")
"""`o:flying`, `mv>=3` and `!"Lightning Bolt"` are syntax, `Circle of Protection: Red` is a name."""
_WORD = re.compile(r"\w+")
_OPERATORS = frozenset(("and", "or", "not"))


def clauses(text: str, filters: TradingCardsSearchRequest) -> list[Clause]:
    """What is searched for."""
    given = {field.name: value for field, value in filters.ListFields()}
    found = [(name, f"{key}{quoted(given[name])}") for name, key in _TEXTS if name in given]
    found += [(name, f"{key}{quoted(value)}") for name, key in _LISTS for value in given.get(name, ())]
    found += [(name, f"{key}{given[name]:.12g}") for name, key in _BOUNDS if name in given]
    if "released_from" in given:
        found.append(("released_from", f"date>={(given['released_from'] + '-01-01')[:10]}"))
    if "released_to" in given:
        found.append(("released_to", f"date<={last_day(given['released_to'])}"))
    if text and _SYNTAX.search(text):
        return [("query", f"({text})" if found else text), *found]
    return [*(("query", word) for word in _words(text)), *found]


def quoted(value: str) -> str:
    """A value as it may stand behind a key."""
    return value if _WORD.fullmatch(value) else '"{}"'.format(value.replace('"', ""))


def direction(ask: Paged) -> str | None:
    """Scryfall's direction. Its order by popularity is one of ranks: the most popular has the lowest."""
    if ask.descending is None:
        return None
    return "desc" if ask.descending != (ask.order_by == Order.POPULARITY) else "asc"


def language_code(language: str) -> str:
    """The code to search for ``language`` with; "" for English, of which Scryfall gives what there is by itself."""
    tag = language.replace("_", "-").lower()
    if primary(tag) == "zh":
        return "zht" if {"hant", "tw", "hk", "mo"} & set(tag.split("-")) else "zhs"
    return primary(tag) if primary(tag) in _LANGUAGES else ""


def in_language(query: str, code: str) -> str:
    """``query``, in one language."""
    return f"({query}) lang:{code}" if " or " in query.lower() else f"{query} lang:{code}"


def blamed(warnings: Sequence[str], asked: Sequence[Clause], otherwise: str) -> set[str]:
    """The fields that Scryfall warns about: those whose clause it quotes, ``otherwise`` where it quotes none.

    Words of a name stand in many a warning, so a text is only ever blamed as what is left.
    """
    found: set[str] = set()
    for warning in warnings:
        fields = {name for name, clause in asked if name != "query" and _quotes(warning, clause)}
        found |= fields or {otherwise}
    return found


def _quotes(warning: str, clause: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(clause)}(?!\w)", warning) is not None


def _words(text: str) -> list[str]:
    """Words that the name must hold; those that mean something in the syntax are quoted."""
    words = (word.strip('.,;:!?()[]/"') for word in text.split())
    found = [
        word if _WORD.fullmatch(word) and word.lower() not in _OPERATORS else f'"{word}"' for word in words if word
    ]
    return found or ([quoted(text)] if text else [])
