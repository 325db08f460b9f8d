"""YGOPRODeck's cards as Items. https://ygoprodeck.com/api-guide/"""

from __future__ import annotations

from tako.v1.details_cards_pb2 import Ability, CardPrinting, CardSetRef, Legality, TradingCard
from tako.v1.item_parts_pb2 import Engagement, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_ids,
    add_image,
    add_link,
    add_price,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    https,
    make_id,
    money,
    partial_date,
    plain,
    positive,
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
_NOTES = (("md_rarity", "master_duel_rarity"), ("beta_name", "beta_name"), ("treated_as", "treated_as"))
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
    item = Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=name,
        original_title=english if english != name else "",
        description=plain(text_in(entry, "desc")),
        year=year_of(date),
        release_date=date,
        engagement=Engagement(views=views) if views else None,
        language=language,
        attributes=_attributes(misc) if misc else None,
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
            abilities=_abilities(entry) or None,
            legalities=_legalities(bans) if (bans := dict_in(entry, "banlist_info")) else None,
            printings=[_printing(one) for one in printed],
            frame_type=text_in(entry, "frameType"),
            race=text_in(entry, "race"),
            archetype=text_in(entry, "archetype"),
            card_attributes=(attribute,) if (attribute := text_in(entry, "attribute")) else None,
            level=count_in(entry, "level"),
            pendulum_scale=count_in(entry, "scale"),
            link_rating=count_in(entry, "linkval"),
            link_markers=texts_in(entry, "linkmarkers") or None,
        ),
    )
    _add_images(item, entry)
    add_link(item, Link.SOURCE, text_in(entry, "ygoprodeck_url"))
    add_ids(item, (("passcode", source_id), ("konami", positive(misc.get("konami_id")))))
    _add_prices(item, entry)
    return item


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
    if not others:
        return {name: value.strip() for name, value in first.items() if isinstance(value, str)}
    return {
        name: value.strip()
        for name, value in first.items()
        if isinstance(value, str) and all(one.get(name) == value for one in others)
    }


def _printing(entry: Json) -> CardPrinting:
    number, price = text_in(entry, "set_code"), text_in(entry, "set_price")
    amount = money(price, "USD") if price not in _NO_PRICE else None
    return CardPrinting(
        set_name=text_in(entry, "set_name"),
        set_code=number.partition("-")[0],
        number=number,
        rarity=text_in(entry, "set_rarity"),
        rarity_code=text_in(entry, "set_rarity_code").strip("()"),
        price=Price(amount=amount) if amount else None,
    )


def _add_images(item: Item, entry: Json) -> None:
    """The pictures of the card, then those of its other artworks."""
    for one in dicts_in(entry, "card_images"):
        large, small = https(text_in(one, "image_url")), https(text_in(one, "image_url_small"))
        if not large:
            continue
        if item.images:
            item.images.add(role=Image.GALLERY, url=large, thumbnail_url=small)
            continue
        item.images.add(role=Image.PRIMARY, url=large)
        add_image(item, Image.THUMBNAIL, small)
        add_image(item, Image.ART_CROP, text_in(one, "image_url_cropped"))


def _add_prices(item: Item, entry: Json) -> None:
    table: Json = next(iter(dicts_in(entry, "card_prices")), {})
    for name, currency, market in _MARKETS:
        if (amount := text_in(table, name)) not in _NO_PRICE:
            add_price(item, amount, currency, market=market)


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
    found = {name: text for word, name in _NOTES if (text := text_in(misc, word))}
    if formats := texts_in(misc, "formats"):
        found["formats"] = ", ".join(formats)
    if date := partial_date(text_in(misc, "ocg_date")):
        found["ocg_date"] = date
    return found
