"""LorcanaJSON's cards as Items. Fields: https://lorcanajson.org/#field-explanation"""

from __future__ import annotations

from collections.abc import Iterator

from tako.v1.details_cards_pb2 import Ability, TradingCard
from tako.v1.item_parts_pb2 import Context, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import RelatedRef
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    flag_in,
    image,
    link,
    number_in,
    one_line,
    partial_date,
    present,
    ref,
    text_in,
    texts_in,
    year_of,
)
from tako_providers.tcg.lorcana.files import PROVIDER, CardFile, title
from tako_providers.tcg.lorcana.sets import legalities
from tako_providers.tcg.lorcana.words import english_color

PICTURES = "api.lorcana.ravensburger.com"
"""The host of the official app's pictures."""

_SHOPS = (
    ("tcgPlayerUrl", "TCGplayer"),
    ("cardmarketUrl", "Cardmarket"),
    ("cardTraderUrl", "CardTrader"),
)
SHOP_IDS = {"tcgplayer": "tcgPlayerId", "cardmarket": "cardmarketId", "cardtrader": "cardTraderId"}
"""Our schemes, and their fields in `externalLinks`."""
_BASE = (("base", "baseId"), ("base", "nonEnchantedId"), ("base", "nonPromoId"))
_VERSIONS = (
    *_BASE,
    ("enchanted", "enchantedId"),
    ("epic", "epicId"),
    ("iconic", "iconicId"),
    ("promo", "promoIds"),
    ("variant", "variantIds"),
    ("original", "reprintOfId"),
    ("reprint", "reprintedAsIds"),
)
"""What another printing is to a card, and the field that names it."""


def card(entry: Json, file: CardFile) -> Item:
    """One `cards[]`, as lists have it."""
    date = file.released(entry)
    strength, willpower = count_in(entry, "strength"), count_in(entry, "willpower")
    return Item(
        kind=Item.TRADING_CARD,
        source_id=str(entry["id"]),
        title=title(entry),
        description=text_in(entry, "fullText"),
        year=year_of(date),
        release_date=date,
        images=_images(dict_in(entry, "images"), file.language),
        external_ids=external_ids(_ids(entry)),
        language=file.language,
        trading_card=TradingCard(
            set=file.refs.get(text_in(entry, "setCode")),
            number=number(entry),
            rarity=text_in(entry, "rarity"),
            artists=texts_in(entry, "artists"),
            card_type=text_in(entry, "type"),
            subtypes=texts_in(entry, "subtypes"),
            colors=colors(entry),
            keywords=texts_in(entry, "keywordAbilities"),
            flavor_text=text_in(entry, "flavorText"),
            cost=number_in(entry, "cost"),
            power="" if strength is None else str(strength),
            toughness="" if willpower is None else str(willpower),
            variants=["normal" if finish == "None" else finish for finish in texts_in(entry, "foilTypes")],
            promo=True if text_in(entry, "promoGrouping") else None,
            reprint=True if entry.get("reprintOfId") else None,
            version=text_in(entry, "version"),
            story=text_in(entry, "story"),
            inkable=flag_in(entry, "inkwell"),
            lore=count_in(entry, "lore"),
            move_cost=count_in(entry, "moveCost"),
        ),
    )


def card_detail(entry: Json, file: CardFile) -> Item:
    """One `cards[]`, with what lists leave out: abilities, legality, shops, other printings, remarks."""
    item = card(entry, file)
    shops = dict_in(entry, "externalLinks")
    item.links.extend(present(link(Link.STORE, text_in(shops, name), title=shop) for name, shop in _SHOPS))
    item.trading_card.abilities.extend(_abilities(entry))
    item.trading_card.legalities.extend(legalities(entry))
    item.trading_card.related.extend(
        RelatedRef(item=ref(PROVIDER, Item.TRADING_CARD, other["id"], title(other)), relation=label)
        for label, other in versions(entry, file)[:MAX_EMBEDDED]
    )
    for name, value in _attributes(entry):
        if value:
            item.attributes[name] = value
    return item


def version(label: str, entry: Json, file: CardFile) -> Item:
    """Another printing of a card, and what it is to that card."""
    item = card(entry, file)
    item.context.CopyFrom(Context(label=label))
    return item


def versions(entry: Json, file: CardFile) -> list[tuple[str, Json]]:
    """The other printings in the file. A special printing names only its base: then those of the base come too."""
    found: dict[int, tuple[str, Json]] = {}
    bases = [file.by_id[one] for _, one in _linked(entry, _BASE) if one in file.by_id]
    for card_entry in (entry, *bases):
        for label, one in _linked(card_entry, _VERSIONS):
            if one != entry["id"] and one in file.by_id:
                found.setdefault(one, (label, file.by_id[one]))
    return list(found.values())


def number(entry: Json) -> str:
    """The collector number, with the letter of a variant; "" without one."""
    value = entry.get("number")
    return f"{value}{text_in(entry, 'variant')}" if isinstance(value, int | str) else ""


def colors(entry: Json) -> list[str]:
    """The colours of ink in English. Cards of quests have none."""
    words = texts_in(entry, "colors") or filter(None, text_in(entry, "color").split("-"))
    return [english_color(word) for word in words]


def _linked(entry: Json, fields: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, int]]:
    for label, name in fields:
        value = entry.get(name)
        yield from ((label, one) for one in (value if isinstance(value, list) else [value]) if type(one) is int)


def _images(urls: Json, language: str) -> list[Image]:
    """The pictures that the official app has; the masks of its foil effects are none."""
    return present(
        [
            _picture(Image.PRIMARY, text_in(urls, "full"), language),
            _picture(Image.THUMBNAIL, text_in(urls, "thumbnail"), language),
            _picture(Image.GALLERY, text_in(urls, "fullFoil"), language, caption="Foil")
            if "fullFoil" in urls
            else None,
        ]
    )


def _picture(role: Image.Role.ValueType, url: str, language: str, caption: str = "") -> Image | None:
    on_host = url.startswith(f"https://{PICTURES}/")
    return image(role, url, language=language, caption=caption) if on_host else None


def _ids(entry: Json) -> list[tuple[str, str | int | None]]:
    shops = dict_in(entry, "externalLinks")
    return [
        ("lorcana_code", text_in(entry, "code")),
        ("card_number", text_in(entry, "fullIdentifier")),
        *((scheme, shops[name]) for scheme, name in SHOP_IDS.items() if name in shops),
    ]


def _abilities(entry: Json) -> list[Ability]:
    """The abilities, and the effects of an action. Their lines run on, as `effect` of an ability does upstream."""
    return [
        *(
            Ability(
                type=text_in(ability, "type"),
                name=_ability_name(ability),
                text=one_line(text_in(ability, "effect") or text_in(ability, "reminderText")),
                cost=one_line(text_in(ability, "costsText")),
            )
            for ability in dicts_in(entry, "abilities")
        ),
        *(Ability(type="effect", text=one_line(text)) for text in texts_in(entry, "effects")),
    ]


def _ability_name(ability: Json) -> str:
    """The name; of a keyword the word with its value, as printed: `Singer 5`."""
    if keyword := text_in(ability, "keyword"):
        return one_line(text_in(ability, "fullText").partition("(")[0]) or keyword
    return one_line(text_in(ability, "name"))


def _attributes(entry: Json) -> Iterator[tuple[str, str]]:
    yield "promo_grouping", text_in(entry, "promoGrouping")
    yield "promo_source", text_in(entry, "promoSource")
    yield "promo_source_category", text_in(entry, "promoSourceCategory")
    yield "varnish_type", text_in(entry, "varnishType")
    yield "tournaments_from", partial_date(text_in(entry, "allowedInTournamentsFromDate"))
    yield "clarifications", "\n\n".join(texts_in(entry, "clarifications"))
    yield "errata", "\n\n".join(texts_in(entry, "errata"))
    if "maxCopiesInDeck" in entry:
        copies = count_in(entry, "maxCopiesInDeck")
        yield "max_copies_in_deck", "unlimited" if entry["maxCopiesInDeck"] is None else str(copies or "")
    if flag_in(entry, "isExternalReveal"):
        yield "external_reveal", "true"
