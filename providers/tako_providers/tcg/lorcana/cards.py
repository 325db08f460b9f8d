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
    add_ids,
    count_in,
    dict_in,
    dicts_in,
    flag_in,
    link,
    number_in,
    one_line,
    partial_date,
    present,
    ref,
    text_in,
    texts_in,
)
from tako_providers.tcg.lorcana.files import PROVIDER, CardFile, title
from tako_providers.tcg.lorcana.sets import legalities
from tako_providers.tcg.lorcana.words import english_color

PICTURES = "api.lorcana.ravensburger.com"
"""The host of the official app's pictures."""
_OF_APP = f"https://{PICTURES}/"

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
    item = Item(kind=Item.TRADING_CARD, source_id=str(entry["id"]), title=title(entry))
    item.description = text_in(entry, "fullText")
    item.language = file.language
    if date:
        item.release_date = date
        item.year = int(date[:4])
    _add_images(item, dict_in(entry, "images"), file.language)
    add_ids(item, _ids(entry))
    made = item.trading_card
    if ref_to_set := file.refs.get(text_in(entry, "setCode")):
        made.set.CopyFrom(ref_to_set)
    made.number = number(entry)
    made.rarity = text_in(entry, "rarity")
    made.card_type = text_in(entry, "type")
    made.flavor_text = text_in(entry, "flavorText")
    made.version = text_in(entry, "version")
    made.story = text_in(entry, "story")
    if text_in(entry, "promoGrouping"):
        made.promo = True
    if entry.get("reprintOfId"):
        made.reprint = True
    _set_lists(made, entry)
    _set_numbers(made, entry)
    return item


def _set_lists(card: TradingCard, entry: Json) -> None:
    if artists := texts_in(entry, "artists"):
        card.artists.extend(artists)
    if subtypes := texts_in(entry, "subtypes"):
        card.subtypes.extend(subtypes)
    if inks := colors(entry):
        card.colors.extend(inks)
    if keywords := texts_in(entry, "keywordAbilities"):
        card.keywords.extend(keywords)
    for finish in texts_in(entry, "foilTypes"):
        card.variants.append("normal" if finish == "None" else finish)


def _set_numbers(card: TradingCard, entry: Json) -> None:
    """Set the numbers, 0 too. Strength and willpower are text in the contract."""
    if (cost := number_in(entry, "cost")) is not None:
        card.cost = cost
    if (strength := count_in(entry, "strength")) is not None:
        card.power = str(strength)
    if (willpower := count_in(entry, "willpower")) is not None:
        card.toughness = str(willpower)
    if (lore := count_in(entry, "lore")) is not None:
        card.lore = lore
    if (move_cost := count_in(entry, "moveCost")) is not None:
        card.move_cost = move_cost
    if (inkable := flag_in(entry, "inkwell")) is not None:
        card.inkable = inkable


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
    words = texts_in(entry, "colors") or text_in(entry, "color").split("-")
    return [english_color(word) for word in words if word]


def _linked(entry: Json, fields: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, int]]:
    for label, name in fields:
        value = entry.get(name)
        yield from ((label, one) for one in (value if isinstance(value, list) else [value]) if type(one) is int)


def _add_images(item: Item, urls: Json, language: str) -> None:
    """Add the pictures that the official app has; the masks of its foil effects are none."""
    _add_picture(item, Image.PRIMARY, text_in(urls, "full"), language)
    _add_picture(item, Image.THUMBNAIL, text_in(urls, "thumbnail"), language)
    if "fullFoil" in urls:
        _add_picture(item, Image.GALLERY, text_in(urls, "fullFoil"), language, "Foil")


def _add_picture(item: Item, role: Image.Role.ValueType, url: str, language: str, caption: str = "") -> None:
    if url.startswith(_OF_APP):
        made = item.images.add()
        made.role = role
        made.url = url
        made.language = language
        made.caption = caption


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
