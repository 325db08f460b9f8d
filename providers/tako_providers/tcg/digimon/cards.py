"""DigimonCard.io's cards as Items. https://digimoncard.io/index.php/api-documentation

The names of some fields have changed since 2021; both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from tako.v1.details_cards_pb2 import CardSetRef, TradingCard
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_ids,
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
    return [card(same) for same in found.values()]


def number_of(entry: Json) -> str:
    """The number of a card, which is its id."""
    number = text_in(entry, "id") or text_in(entry, "cardnumber") if isinstance(entry, dict) else ""
    if not number:
        raise ShapeChanged("a card of DigimonCard.io has no number")
    return number


def card(entries: Sequence[Json]) -> Item:
    """One card, from all that is listed under its number. The first has the texts."""
    entry = entries[0]
    number, name = number_of(entry), text_in(entry, "name")
    if not name:
        raise ShapeChanged("a card of DigimonCard.io has no name")
    packs = list(dict.fromkeys([pack for one in entries for pack in packs_of(one)]))
    rarity = text_in(entry, "rarity") or text_in(entry, "cardrarity")
    effect = _effect(entry, "main_effect") or _effect(entry, "maineffect")
    source = _effect(entry, "source_effect") or _effect(entry, "soureeffect")
    xros = _effect(entry, "xros_req")
    other = _effect(entry, "alt_effect")
    other = "" if other == xros else other  # today's data say the same twice
    item = Item(
        kind=Item.TRADING_CARD,
        source_id=number,
        title=name,
        description=_rules(effect, source, other),
        language="en",
        trading_card=TradingCard(
            set=_set(number, packs),
            number=number,
            rarity=rarity,
            rarity_code=rarity if rarity in _RARITY_CODES else "",
            artists=[artist] if (artist := text_in(entry, "artist")) else None,
            card_type=text_in(entry, "type"),
            colors=[text for name in _COLORS if (text := text_in(entry, name))] or None,
            traits=[text for name in _TYPES if (text := text_in(entry, name))] or None,
            cost=_number(entry, "play_cost"),
            power="" if (dp := _number(entry, "dp")) is None else str(dp),
            stage=text_in(entry, "stage"),
            form=text_in(entry, "form"),
            card_attributes=[attribute] if (attribute := text_in(entry, "attribute")) else None,
            level=_number(entry, "level"),
            evolution_cost=_number(entry, "evolution_cost"),
            evolution_color=text_in(entry, "evolution_color"),
            evolution_level=_number(entry, "evolution_level"),
            xros_requirement=xros,
            link_requirements=_effect(entry, "link_requirements"),
            link_dp="" if (link_dp := _number(entry, "link_dp")) is None else str(link_dp),
            inherited_effect=source,
            alternative_effect=other,
            series=text_in(entry, "series"),
        ),
    )
    item.images.add(role=Image.PRIMARY, url=_picture(entry, number))
    if page := text_in(entry, "pretty_url"):
        add_link(item, Link.SOURCE, f"https://digimoncard.io/card/{page}")
    add_ids(item, [("card_number", number), *[("tcgplayer", _number(one, "tcgplayer_id")) for one in entries]])
    for pack in packs:
        item.trading_card.printings.add(set_name=pack, number=number)
    return item


def packs_of(entry: Json) -> list[str]:
    """The packs that a card is in: a list, or a text with a list beside it."""
    name = text_in(entry, "set_name")
    return [*([name] if name else texts_in(entry, "set_name")), *texts_in(entry, "card_sets")]


def _effect(entry: Json, name: str) -> str:
    """A text with its keywords, such as <Blocker>: they look like markup, and some come as entities."""
    text = text_in(entry, name)
    if not text:
        return ""
    if "&" in text:
        text = unescape(text)
    return tidy(text.replace("\r\n", "\n"))


def _rules(effect: str, source: str, other: str) -> str:
    """The texts of a card in one. That of a security effect says what it is, an inherited one does not."""
    if source and not source.startswith("[Security]"):
        source = f"[Inherited Effect] {source}"
    return "\n\n".join(filter(None, (effect, source, other)))


def _picture(entry: Json, number: str) -> str:
    return https(text_in(entry, "image_url")) or f"https://images.digimoncard.io/images/cards/{number}.jpg"


def _set(number: str, packs: list[str]) -> CardSetRef | None:
    """The set of a card: its number begins with the code, the first pack has the name."""
    code = _SET_CODE.match(number.partition("-")[0]) if "-" in number else None
    if not code and not packs:
        return None
    return CardSetRef(code=code[0] if code else "", name=packs[0] if packs else "")


def _number(entry: Json, name: str) -> int | None:
    """A whole number, 0 too, that may be written as text."""
    value = entry.get(name)
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None
    return value if type(value) is int and 0 <= value < 2**31 else None
