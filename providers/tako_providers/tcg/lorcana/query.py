"""Searching a file of cards: by words of the name, by filters, and in an order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tako.v1.choices_pb2 import Order
from tako.v1.tcg_service_pb2 import TradingCardsSearchRequest
from tako_providers.sdk import Json, OrderBy, Paged, dict_in, flag_in, number_in, text_in, texts_in
from tako_providers.tcg.lorcana.cards import colors, number
from tako_providers.tcg.lorcana.files import CardFile, title
from tako_providers.tcg.lorcana.words import english_color, english_rarity, english_type, folded, rarity_rank

Check = Callable[[Json], bool]

_BOUNDS = (
    ("min_cost", "max_cost", "cost"),
    ("min_power", "max_power", "strength"),
    ("min_toughness", "max_toughness", "willpower"),
)
FILTERS = (
    "set",
    "rarity",
    "number",
    "artist",
    "text",
    "card_types",
    "subtypes",
    "colors",
    *(name for low, high, _ in _BOUNDS for name in (low, high)),
    "released_from",
    "released_to",
    "inkable",
    "format",
)
ORDERS = (Order.RELEVANCE, Order.TITLE, Order.RELEASE_DATE, Order.NUMBER, Order.COST, Order.RARITY)
_DOWNWARDS = frozenset((Order.RELEASE_DATE, Order.RARITY))
"""Orders that go down unless asked otherwise: the newest and the rarest first."""


def needs_english(file: CardFile, filters: TradingCardsSearchRequest) -> bool:
    """Whether a subtype is wanted that is no word of the file's language: then it may be an English one."""
    wanted = set(map(folded, filters.subtypes))
    return bool(wanted) and not wanted <= {
        folded(word) for entry in file.entries for word in texts_in(entry, "subtypes")
    }


def found(file: CardFile, text: str, filters: TradingCardsSearchRequest, english: CardFile | None) -> list[Json]:
    """The cards whose name holds all words of ``text`` and that pass all filters, the nearest names first.

    ``english`` is the English file where its words are needed: an id is the same card in all languages.
    """
    words, checks = folded(text).split(), _checks(file, filters, english)
    hits = [
        (_distance(searched, entry, folded(text)), entry)
        for searched, entry in zip(file.names, file.entries, strict=True)
        if all(word in searched for word in words) and all(check(entry) for check in checks)
    ]
    return [entry for _, entry in sorted(hits, key=lambda hit: hit[0])]


def ordered(entries: list[Json], file: CardFile, ask: Paged) -> list[Json]:
    """The cards in an order; those that lack what is sorted by come last."""
    order, descending = ask.order_by, ask.descending
    key = _KEYS.get(order)
    if key is None:
        return entries[::-1] if order == Order.RELEVANCE and descending is False else entries
    keyed = [(key(entry, file), entry) for entry in entries]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=order in _DOWNWARDS if descending is None else descending)
    return [entry for _, entry in known] + [entry for value, entry in keyed if value is None]


def _distance(searched: str, entry: Json, text: str) -> int:
    """How far a name is from what was searched for."""
    if text in searched.split("\n"):
        return 0
    if text == folded(text_in(entry, "name")):
        return 1
    return 2 if searched.startswith(text) else 3


def _checks(file: CardFile, filters: TradingCardsSearchRequest, english: CardFile | None) -> list[Check]:
    """What a card must pass: one function for each filter that is set."""
    given: dict[str, Any] = {field.name: value for field, value in filters.ListFields()}
    checks = [make(given[name]) for name, make in _MAKERS.items() if name in given]
    if "set" in given:
        codes = file.codes_of(given["set"])
        checks.append(lambda entry: entry.get("setCode") in codes)
    if "subtypes" in given:
        checks.append(_has_subtypes(given["subtypes"], english))
    for low, high, name in _BOUNDS:
        if low in given or high in given:
            checks.append(_between(name, given.get(low, float("-inf")), given.get(high, float("inf"))))
    if first := given.get("released_from"):
        checks.append(lambda entry: file.released(entry) >= first)
    if last := given.get("released_to"):
        checks.append(lambda entry: "" < file.released(entry)[: len(last)] <= last)
    return checks


def _between(name: str, low: float, high: float) -> Check:
    def check(entry: Json) -> bool:
        value = number_in(entry, name)
        return value is not None and low <= value <= high

    return check


def _has_rarity(wanted: str) -> Check:
    word = folded(wanted)
    return lambda entry: word in (folded(text_in(entry, "rarity")), folded(english_rarity(entry)))


def _has_number(wanted: str) -> Check:
    word = folded(wanted)
    return lambda entry: word in (folded(number(entry)), folded(text_in(entry, "fullIdentifier")))


def _has_artist(wanted: str) -> Check:
    word = folded(wanted)
    return lambda entry: any(word in folded(artist) for artist in texts_in(entry, "artists"))


def _has_text(wanted: str) -> Check:
    words = folded(wanted).split()

    def check(entry: Json) -> bool:
        text = folded(text_in(entry, "fullText"))
        return all(word in text for word in words)

    return check


def _has_types(wanted: Sequence[str]) -> Check:
    words = set(map(folded, wanted))
    return lambda entry: words <= {folded(text_in(entry, "type"))} or words <= {folded(english_type(entry))}


def _has_colors(wanted: Sequence[str]) -> Check:
    words = {english_color(folded(word)) for word in wanted}
    return lambda entry: words <= set(colors(entry))


def _has_subtypes(wanted: Sequence[str], english: CardFile | None) -> Check:
    words = set(map(folded, wanted))

    def check(entry: Json) -> bool:
        known = set(map(folded, texts_in(entry, "subtypes")))
        if english is not None and (other := english.by_id.get(entry["id"])):
            known.update(map(folded, texts_in(other, "subtypes")))
        return words <= known

    return check


def _is_inkable(wanted: bool) -> Check:  # noqa: FBT001 - the value of a filter
    return lambda entry: flag_in(entry, "inkwell") is wanted


def _is_legal(wanted: str) -> Check:
    word = folded(wanted)
    return lambda entry: any(
        folded(name) == word and isinstance(rule, dict) and rule.get("allowed") is True
        for name, rule in dict_in(entry, "allowedInFormats").items()
    )


_MAKERS: dict[str, Callable[[Any], Check]] = {
    "rarity": _has_rarity,
    "number": _has_number,
    "artist": _has_artist,
    "text": _has_text,
    "card_types": _has_types,
    "colors": _has_colors,
    "inkable": _is_inkable,
    "format": _is_legal,
}


def _number_key(entry: Json, file: CardFile) -> tuple[int, float, str] | None:
    """Set by set in upstream's order, by number inside."""
    value, code = number_in(entry, "number"), text_in(entry, "setCode")
    place = next((place for place, one in enumerate(file.sets) if one == code), len(file.sets))
    return None if value is None else (place, value, text_in(entry, "variant"))


_KEYS: dict[OrderBy, Callable[[Json, CardFile], Any]] = {
    Order.TITLE: lambda entry, _: folded(title(entry)),
    Order.RELEASE_DATE: lambda entry, file: file.released(entry) or None,
    Order.NUMBER: _number_key,
    Order.COST: lambda entry, _: number_in(entry, "cost"),
    Order.RARITY: lambda entry, _: rarity_rank(entry),
}
