"""DigimonCard.io's cards as Items. https://digimoncard.io/index.php/api-documentation

The names of some fields have changed since 2021; both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import unescape

from tako.v1.details_cards_pb2 import TradingCard
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_link,
    https,
    text_in,
    texts_in,
    tidy,
)

PROVIDER = "digimon"

_COLORS = ("color", "color2", "color3")
_TYPES = ("digi_type", "digi_type2", "digi_type3", "digi_type4")
_SET_CODE = re.compile(r"[A-Z]+\d*")
_RARITY_CODES = frozenset(("C", "U", "R", "SR", "SEC", "P"))


def merged(entries: Iterable[Json]) -> list[Item]:
    """One item for each number: a card comes once for each of its printings, the packs of which are joined."""
    found: dict[str, list[Json]] = {}
    for entry in entries:
        found.setdefault(number_of(entry), []).append(entry)
    return [card(number, same) for number, same in found.items()]


def number_of(entry: Json) -> str:
    """The number of a card, which is its id."""
    number = text_in(entry, "id") or text_in(entry, "cardnumber") if isinstance(entry, dict) else ""
    if not number:
        raise ShapeChanged("a card of DigimonCard.io has no number")
    return number


def card(number: str, entries: Sequence[Json]) -> Item:
    """One card, from all that is listed under its number. The first has the texts."""
    entry = entries[0]
    name = text_in(entry, "name")
    if not name:
        raise ShapeChanged("a card of DigimonCard.io has no name")
    packs = packs_of(entry)
    if len(entries) > 1:
        packs = [pack for one in entries for pack in packs_of(one)]
    if len(packs) > 1:
        packs = list(dict.fromkeys(packs))
    item = Item()
    item.kind = Item.TRADING_CARD
    item.source_id = number
    item.title = name
    item.language = "en"
    shown = item.images.add()
    shown.role = Image.PRIMARY
    shown.url = https(text_in(entry, "image_url")) or f"https://images.digimoncard.io/images/cards/{number}.jpg"
    if page := text_in(entry, "pretty_url"):
        add_link(item, Link.SOURCE, f"https://digimoncard.io/card/{page}")
    _add_ids(item, number, entries)
    made = item.trading_card
    made.number = number
    made.rarity = rarity = text_in(entry, "rarity") or text_in(entry, "cardrarity")
    if rarity in _RARITY_CODES:
        made.rarity_code = rarity
    made.card_type = text_in(entry, "type")
    made.stage = text_in(entry, "stage")
    made.form = text_in(entry, "form")
    made.series = text_in(entry, "series")
    made.evolution_color = text_in(entry, "evolution_color")
    item.description = _set_texts(made, entry)
    _set_lists(made, entry)
    _set_numbers(made, entry)
    _set_set(made, number, packs)
    printings = made.printings
    for pack in packs:
        printing = printings.add()
        printing.set_name = pack
        printing.number = number
    return item


def _add_ids(item: Item, number: str, entries: Sequence[Json]) -> None:
    """Add the number of the card, and the products of TCGplayer that it is."""
    ids = item.external_ids
    own = ids.add()
    own.scheme = "card_number"
    own.value = number
    known: list[int] = []
    for one in entries:
        product = _number(one, "tcgplayer_id")
        if product and product not in known:
            known.append(product)
            other = ids.add()
            other.scheme = "tcgplayer"
            other.value = str(product)


def _set_texts(card: TradingCard, entry: Json) -> str:
    """Set the texts that have a field of their own. Gives the rules of the card: its texts in one.

    Of these, that of a security effect says what it is, an inherited one does not.
    """
    rules = _effect(entry, "main_effect") or _effect(entry, "maineffect")
    if source := _effect(entry, "source_effect") or _effect(entry, "soureeffect"):
        card.inherited_effect = source
        told = source if source.startswith("[Security]") else f"[Inherited Effect] {source}"
        rules = f"{rules}\n\n{told}" if rules else told
    if xros := _effect(entry, "xros_req"):
        card.xros_requirement = xros
    if (other := _effect(entry, "alt_effect")) and other != xros:  # today's data say the same twice
        card.alternative_effect = other
        rules = f"{rules}\n\n{other}" if rules else other
    if link := _effect(entry, "link_requirements"):
        card.link_requirements = link
    return rules


def _set_lists(card: TradingCard, entry: Json) -> None:
    if artist := text_in(entry, "artist"):
        card.artists.append(artist)
    if attribute := text_in(entry, "attribute"):
        card.card_attributes.append(attribute)
    colors, traits = card.colors, card.traits
    for name in _COLORS:
        if color := text_in(entry, name):
            colors.append(color)
    for name in _TYPES:
        if trait := text_in(entry, name):
            traits.append(trait)


def _set_numbers(card: TradingCard, entry: Json) -> None:
    """Set the numbers, 0 too. DP are text in the contract."""
    if (cost := _number(entry, "play_cost")) is not None:
        card.cost = float(cost)  # a double takes an int at three times the cost
    if (level := _number(entry, "level")) is not None:
        card.level = level
    if (evolution_cost := _number(entry, "evolution_cost")) is not None:
        card.evolution_cost = evolution_cost
    if (evolution_level := _number(entry, "evolution_level")) is not None:
        card.evolution_level = evolution_level
    if (dp := _number(entry, "dp")) is not None:
        card.power = str(dp)
    if (link_dp := _number(entry, "link_dp")) is not None:
        card.link_dp = str(link_dp)


def packs_of(entry: Json) -> list[str]:
    """The packs that a card is in: a list, or a text with a list beside it."""
    packs = texts_in(entry, "set_name")
    if not packs and (name := text_in(entry, "set_name")):
        packs = [name]
    return packs + texts_in(entry, "card_sets") if "card_sets" in entry else packs


def _effect(entry: Json, name: str) -> str:
    """A text with its keywords, such as <Blocker>: they look like markup, and some come as entities."""
    text = entry.get(name)
    if not text or not isinstance(text, str):
        return ""
    if "&" in text:
        text = unescape(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return tidy(text)


def _set_set(card: TradingCard, number: str, packs: list[str]) -> None:
    """The set of a card: its number begins with the code, the first pack has the name."""
    begin, dash, _ = number.partition("-")
    code = _set_code(begin) if dash else ""
    if code or packs:
        made = card.set
        made.code = code
        if packs:
            made.name = packs[0]


@lru_cache(maxsize=1024)
def _set_code(text: str) -> str:
    match = _SET_CODE.match(text)
    return match[0] if match else ""


def _number(entry: Json, name: str) -> int | None:
    """A whole number, 0 too, that may be written as text."""
    value = entry.get(name)
    if type(value) is int:
        return value if 0 <= value < 2**31 else None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    return None
