"""YGOPRODeck's cards as Items. https://ygoprodeck.com/api-guide/"""

from __future__ import annotations

from tako.v1.details_cards_pb2 import Ability, CardPrinting, CardSetRef, Legality, TradingCard
from tako.v1.item_parts_pb2 import Engagement, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    https,
    image,
    link,
    make_id,
    money,
    partial_date,
    plain,
    positive,
    present,
    text_in,
    texts_in,
    year_of,
)

PROVIDER = "yugioh"

_MARKETS = (
    ("cardmarket_price", "EUR", "cardmarket"),
    ("tcgplayer_price", "USD", "tcgplayer"),
    ("ebay_price", "USD", "ebay"),
    ("amazon_price", "USD", "amazon"),
    ("coolstuffinc_price", "USD", "coolstuffinc"),
)
_NO_PRICE = ("0.00", "0", "")
_BANS = {
    "Forbidden": Legality.BANNED,
    "Banned": Legality.BANNED,
    "Limited": Legality.LIMITED,
    "Semi-Limited": Legality.SEMI_LIMITED,
}
_SUPERTYPES = {"Spell Card": "Spell", "Trap Card": "Trap", "Skill Card": "Skill", "Token": "Token"}
_TEXTS = (("pend_desc", "Pendulum Effect"), ("monster_desc", "Monster Effect"))
"""The two halves of the text of a Pendulum monster."""


def card(entry: Json, language: str, set_name: str = "", set_code: str = "") -> Item:
    """One card. ``set_name`` or ``set_code`` say which of its printings is meant, where one is.

    A card has a printing's set, number and rarity only where all that YGOPRODeck lists with it agree.
    """
    source_id, name = names(entry)
    misc: Json = next(iter(dicts_in(entry, "misc_info")), {})
    printed = dicts_in(entry, "card_sets")
    shared = _shared(printed, set_name, set_code)
    number = shared.get("set_code", "")
    english, card_type = text_in(entry, "name_en"), text_in(entry, "type")
    date = partial_date(text_in(misc, "tcg_date")) or partial_date(text_in(misc, "ocg_date"))
    views = count_in(misc, "views")
    return Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=name,
        original_title=english if english != name else "",
        description=plain(text_in(entry, "desc")),
        year=year_of(date),
        release_date=date,
        images=_images(entry),
        links=present([link(Link.SOURCE, text_in(entry, "ygoprodeck_url"))]),
        external_ids=external_ids([("passcode", source_id), ("konami", positive(misc.get("konami_id")))]),
        prices=_prices(entry),
        engagement=Engagement(views=views) if views else None,
        language=language,
        attributes=_attributes(misc) if misc else {},
        trading_card=TradingCard(
            set=set_ref(shared.get("set_name", ""), number),
            number=number,
            rarity=shared.get("set_rarity", ""),
            rarity_code=shared.get("set_rarity_code", "").strip("()"),
            supertype=_supertype(card_type),
            card_type=card_type,
            type_line="/".join(texts_in(entry, "typeline")),
            power=_strength(entry, "atk", misc, "question_atk"),
            toughness=_strength(entry, "def", misc, "question_def"),
            abilities=_abilities(entry),
            legalities=_legalities(dict_in(entry, "banlist_info")),
            printings=[_printing(one) for one in printed],
            frame_type=text_in(entry, "frameType"),
            race=text_in(entry, "race"),
            archetype=text_in(entry, "archetype"),
            card_attributes=[attribute] if (attribute := text_in(entry, "attribute")) else [],
            level=count_in(entry, "level"),
            pendulum_scale=count_in(entry, "scale"),
            link_rating=count_in(entry, "linkval"),
            link_markers=texts_in(entry, "linkmarkers"),
        ),
    )


def printing(entry: Json) -> Item:
    """The answer of /cardsetsinfo.php: a card, as far as one printing tells of it."""
    source_id, name = names(entry)
    code = text_in(entry, "set_code")
    return Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=name,
        external_ids=external_ids([("passcode", source_id)]),
        language="en",
        trading_card=TradingCard(
            set=set_ref(text_in(entry, "set_name"), code),
            number=code,
            rarity=text_in(entry, "set_rarity"),
            printings=[_printing(entry)],
        ),
    )


def names(entry: Json) -> tuple[str, str]:
    """Passcode and name, without which there is no card."""
    if not isinstance(entry, dict):
        raise ShapeChanged("YGOPRODeck gave something else where a card was expected")
    passcode, name = positive(entry.get("id")), text_in(entry, "name")
    if not passcode or not name:
        raise ShapeChanged("a card of YGOPRODeck has no id or no name")
    return str(passcode), name


def set_ref(name: str, number: str) -> CardSetRef | None:
    """The set of a printing. Its name is its id: codes are not unique."""
    if not name:
        return None
    return CardSetRef(id=make_id(PROVIDER, Item.CARD_SET, name), code=number.partition("-")[0], name=name)


def _shared(printed: list[Json], set_name: str, set_code: str) -> dict[str, str]:
    """The texts that all printings have, or all those of the set or the number that is meant."""
    if not printed:
        return {}
    meant = printed
    if set_name or set_code:
        meant = [
            one for one in printed if one.get("set_code") == set_code or one.get("set_name") == set_name
        ] or printed
    first, *others = meant
    return {
        name: value.strip()
        for name, value in first.items()
        if isinstance(value, str) and all(one.get(name) == value for one in others)
    }


def _printing(entry: Json) -> CardPrinting:
    number, price = text_in(entry, "set_code"), text_in(entry, "set_price")
    amount = None if price in _NO_PRICE else money(price, "USD")
    return CardPrinting(
        set_name=text_in(entry, "set_name"),
        set_code=number.partition("-")[0],
        number=number,
        rarity=text_in(entry, "set_rarity"),
        rarity_code=text_in(entry, "set_rarity_code").strip("()"),
        price=Price(amount=amount) if amount else None,
    )


def _images(entry: Json) -> list[Image]:
    """The pictures of the card, then those of its other artworks."""
    found: list[Image] = []
    for one in dicts_in(entry, "card_images"):
        large, small = https(text_in(one, "image_url")), https(text_in(one, "image_url_small"))
        if not large:
            continue
        if found:
            found.append(Image(role=Image.GALLERY, url=large, thumbnail_url=small))
            continue
        found.append(Image(role=Image.PRIMARY, url=large))
        if small:
            found.append(Image(role=Image.THUMBNAIL, url=small))
        found += present([image(Image.ART_CROP, text_in(one, "image_url_cropped"))])
    return found


def _prices(entry: Json) -> list[Price]:
    table: Json = next(iter(dicts_in(entry, "card_prices")), {})
    return [
        Price(amount=amount, market=market)
        for name, currency, market in _MARKETS
        if (text := text_in(table, name)) not in _NO_PRICE and (amount := money(text, currency))
    ]


def _strength(entry: Json, name: str, misc: Json, question: str) -> str:
    """Attack or defence; -1 stands for a question mark, and so does 0 where the flag beside it says so."""
    value = entry.get(name)
    if type(value) is not int:
        return ""
    return "?" if value < 0 or misc.get(question) == 1 else str(value)


def _supertype(card_type: str) -> str:
    return "Monster" if card_type.endswith("Monster") else _SUPERTYPES.get(card_type, "")


def _abilities(entry: Json) -> list[Ability]:
    return [Ability(type=kind, text=plain(text)) for name, kind in _TEXTS if (text := text_in(entry, name))]


def _legalities(bans: Json) -> list[Legality]:
    """The ban lists that the card stands on."""
    return [
        Legality(format=name.removeprefix("ban_"), status=status)
        for name in bans
        if (status := _BANS.get(text_in(bans, name)))
    ]


def _attributes(misc: Json) -> dict[str, str]:
    found = {
        "formats": ", ".join(texts_in(misc, "formats")),
        "ocg_date": partial_date(text_in(misc, "ocg_date")),
        "master_duel_rarity": text_in(misc, "md_rarity"),
        "beta_name": text_in(misc, "beta_name"),
        "treated_as": text_in(misc, "treated_as"),
    }
    return {name: value for name, value in found.items() if value}
