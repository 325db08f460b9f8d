"""TCGdex's cards as Items. https://tcgdex.dev/reference/card"""

from __future__ import annotations

from urllib.parse import unquote

from tako.v1.details_cards_pb2 import Ability, Attack, CardSetRef, TradingCard, TypeValue
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    flag_in,
    list_in,
    partial_date,
    plain,
    text_in,
    texts_in,
    timestamp,
    year_of,
)
from tako_providers.tcg.pokemon.parts import TAGS, legalities, pictures, set_id, sign
from tako_providers.tcg.pokemon.prices import prices, product_ids, variant_name
from tako_providers.tcg.pokemon.words import RARITIES

_VARIANTS = {"firstEdition": "1st-edition", "wPromo": "w-promo"}
"""The names of variants that `variants_detailed` writes differently."""


def brief(entry: Json, language: str, card_set: CardSetRef | None = None, date: str = "") -> Item:
    """One card of a list. ``card_set`` and ``date`` are those of the set that the list belongs to."""
    source_id, name, number = _names(entry)
    return Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=name,
        year=year_of(date),
        release_date=date,
        images=pictures(text_in(entry, "image"), language),
        language=TAGS[language],
        trading_card=TradingCard(
            set=card_set or _set_of(source_id, number),
            number=unquote(number) if "%" in number else number,
        ),
    )


def card(entry: Json, language: str) -> Item:
    """One whole card. Only its set knows its date."""
    source_id, name, number = _names(entry)
    types = texts_in(entry, "types")
    rarity = text_in(entry, "rarity")
    return Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=name,
        description=_rules(entry),
        images=pictures(text_in(entry, "image"), language),
        external_ids=external_ids(product_ids(entry)),
        prices=prices(entry),
        language=TAGS[language],
        source_updated_at=timestamp(text_in(entry, "updated")),
        attributes=_attributes(entry),
        trading_card=TradingCard(
            set=_set(dict_in(entry, "set")),
            number=unquote(number) if "%" in number else number,
            rarity="" if RARITIES.english(rarity, language) == "None" else rarity,
            artists=[artist] if (artist := text_in(entry, "illustrator")) else [],
            supertype=text_in(entry, "category"),
            card_type=text_in(entry, "trainerType") or text_in(entry, "energyType"),
            types=types,
            subtypes=[suffix] if (suffix := text_in(entry, "suffix")) else [],
            flavor_text=plain(text_in(entry, "description")),
            abilities=_abilities(entry),
            legalities=legalities(dict_in(entry, "legal")),
            variants=_variants(entry),
            hp=count_in(entry, "hp"),
            attacks=_attacks(entry),
            weaknesses=_values(entry, "weaknesses"),
            resistances=_values(entry, "resistances"),
            retreat_cost=count_in(entry, "retreat"),
            stage=text_in(entry, "stage"),
            evolves_from=text_in(entry, "evolveFrom"),
            regulation_mark=text_in(entry, "regulationMark"),
            national_dex=[number for number in list_in(entry, "dexId") if type(number) is int and 0 < number < 2**31],
            level=count_in(entry, "level"),
            level_text=text_in(entry, "level"),
        ),
    )


def dated(item: Item, card_set: Json) -> None:
    """Give a card the date of its set, when ``card_set`` is that."""
    if text_in(card_set, "id") == item.trading_card.set.code:
        item.release_date = partial_date(text_in(card_set, "releaseDate"))
        if year := year_of(item.release_date):
            item.year = year


def _names(entry: Json) -> tuple[str, str, str]:
    """Id, name and number, without which there is no card."""
    if not isinstance(entry, dict):
        raise ShapeChanged("TCGdex gave something else where a card was expected")
    source_id, name, number = entry.get("id"), entry.get("name"), entry.get("localId")
    if isinstance(number, int) and not isinstance(number, bool):
        number = str(number)
    if not (source_id and name and isinstance(source_id, str) and isinstance(name, str) and isinstance(number, str)):
        raise ShapeChanged("a card of TCGdex has no id, no name or no number")
    return source_id, name.strip(), number


def _set_of(source_id: str, number: str) -> CardSetRef | None:
    """The set of a card in a list: its id is the set's, a dash and the number."""
    code = source_id.removesuffix(f"-{number}")
    return CardSetRef(id=set_id(code), code=code) if code != source_id else None


def _set(entry: Json) -> CardSetRef | None:
    code = text_in(entry, "id")
    if not code:
        return None
    return CardSetRef(
        id=set_id(code),
        code=code,
        name=text_in(entry, "name"),
        printed_count=count_in(dict_in(entry, "cardCount"), "official") or None,
        logo_url=sign(text_in(entry, "logo")),
    )


def _rules(entry: Json) -> str:
    """The rules text: the effect of a trainer or an energy, the abilities and attacks of a Pokémon."""
    named = [*dicts_in(entry, "abilities"), *dicts_in(entry, "attacks"), dict_in(entry, "item")]
    parts = [text_in(entry, "effect")]
    for one in named:
        if effect := text_in(one, "effect"):
            name = text_in(one, "name")
            parts.append(f"{name}: {effect}" if name else effect)
    return plain("\n\n".join(filter(None, parts)))


def _abilities(entry: Json) -> list[Ability]:
    return [
        Ability(
            type=text_in(one, "type"),
            name=text_in(one, "name"),
            text=plain(text_in(one, "effect")),
        )
        for one in dicts_in(entry, "abilities")
    ]


def _attacks(entry: Json) -> list[Attack]:
    return [
        Attack(
            name=text_in(one, "name"),
            cost=texts_in(one, "cost"),
            damage=_damage(one),
            text=plain(text_in(one, "effect")),
        )
        for one in dicts_in(entry, "attacks")
    ]


def _damage(attack: Json) -> str:
    """A number, or a text such as `50+`."""
    number = count_in(attack, "damage")
    return text_in(attack, "damage") if number is None else str(number)


def _values(entry: Json, name: str) -> list[TypeValue]:
    return [
        TypeValue(type=text_in(one, "type"), value=text_in(one, "value"))
        for one in dicts_in(entry, name)
        if text_in(one, "type")
    ]


def _variants(entry: Json) -> list[str]:
    """The finishes: in detail, where TCGdex tells them so."""
    if detailed := list(dict.fromkeys(filter(None, map(variant_name, dicts_in(entry, "variants_detailed"))))):
        return detailed
    flags = dict_in(entry, "variants")
    return [_VARIANTS.get(name, name) for name in flags if flag_in(flags, name)]


def _attributes(entry: Json) -> dict[str, str]:
    boosters = ", ".join(filter(None, (text_in(one, "name") for one in dicts_in(entry, "boosters"))))
    return {"boosters": boosters} if boosters else {}
