"""Scryfall's cards and rulings as Items. https://scryfall.com/docs/api/cards"""

from __future__ import annotations

from functools import lru_cache

from tako.v1.details_cards_pb2 import Ability, CardFace, CardSetRef, Legality, TradingCard
from tako.v1.item_parts_pb2 import AlternativeTitle, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import RelatedRef
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    add_ids,
    add_link,
    add_price,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    flag_in,
    link,
    list_in,
    make_id,
    number_in,
    partial_date,
    plain,
    plain_markdown,
    present,
    ref,
    text_in,
    texts_in,
    year_of,
)
from tako_providers.tcg.mtg.parts import PROVIDER, add_images, face_images, language_of, page_address, unwrapped

_COLORS = {"W": "White", "U": "Blue", "B": "Black", "R": "Red", "G": "Green", "C": "Colorless"}
_SUPERTYPES = frozenset(("Basic", "Elite", "Host", "Legendary", "Ongoing", "Snow", "Token", "World"))
_STATUSES = {
    "legal": Legality.LEGAL,
    "not_legal": Legality.NOT_LEGAL,
    "restricted": Legality.RESTRICTED,
    "banned": Legality.BANNED,
}
_PRICES = (
    ("usd", "USD", Price.MARKET, "normal", "tcgplayer"),
    ("usd_foil", "USD", Price.MARKET, "foil", "tcgplayer"),
    ("usd_etched", "USD", Price.MARKET, "etched", "tcgplayer"),
    ("eur", "EUR", Price.TYPE_UNSPECIFIED, "normal", "cardmarket"),
    ("eur_foil", "EUR", Price.TYPE_UNSPECIFIED, "foil", "cardmarket"),
    ("eur_etched", "EUR", Price.TYPE_UNSPECIFIED, "etched", "cardmarket"),
)
"""Those in dollars are market prices (https://scryfall.com/docs/faqs)."""
_IDS = (
    ("mtgo", "mtgo_id"),
    ("mtgo", "mtgo_foil_id"),
    ("arena", "arena_id"),
    ("tcgplayer", "tcgplayer_id"),
    ("tcgplayer", "tcgplayer_etched_id"),
    ("cardmarket", "cardmarket_id"),
)
_NOTES = ("set_type", "border_color", "frame")
_STORES = (("tcgplayer", "TCGplayer"), ("cardmarket", "Cardmarket"), ("cardhoarder", "Cardhoarder"))
_PRINTED = (
    "lang",
    "printed_name",
    "printed_text",
    "printed_type_line",
    "flavor_text",
    "card_faces",
    "image_status",
    "image_uris",
    "scryfall_uri",
)
"""What differs between a card and the same card in another language."""


def card(entry: Json) -> Item:
    """One `object: card`, as lists have it."""
    if not isinstance(entry, dict) or entry.get("object") != "card":
        raise ShapeChanged("Scryfall gave something else where a card was expected")
    source_id, name = text_in(entry, "id"), text_in(entry, "name")
    if not source_id or not name:
        raise ShapeChanged("a card of Scryfall has no id or no name")
    faces = dicts_in(entry, "card_faces")
    printed_name = _joined(entry, faces, "printed_name", " // ", "name")
    printed_text = _joined(entry, faces, "printed_text", "\n\n")
    rules = _joined(entry, faces, "oracle_text", "\n\n")
    language = language_of(text_in(entry, "lang"))
    # Oracle texts are English whatever the card's language (https://scryfall.com/docs/api/languages): beside a
    # title in another language they are no description.
    description = printed_text or ("" if printed_name and language != "en" else rules)
    date = partial_date(text_in(entry, "released_at"))
    item = Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=printed_name or name,
        original_title=name if printed_name and printed_name != name else "",
        alternative_titles=_other_names(entry, faces) or None,
        description=description,
        year=year_of(date),
        release_date=date,
        language=language if printed_name or printed_text else "en",
        attributes=_attributes(entry),
        trading_card=_details(entry, faces, "" if description == rules else rules),
    )
    add_images(item, entry, faces)
    add_link(item, Link.SOURCE, page_address(text_in(entry, "scryfall_uri")))
    add_ids(item, _ids(entry, faces))
    _add_prices(item, dict_in(entry, "prices"))
    return item


def card_detail(entry: Json) -> Item:
    """One `object: card`, with what lists leave out: legality, shops, cards that belong with it."""
    item = card(entry)
    item.links.extend(_links(dict_in(entry, "purchase_uris"), dict_in(entry, "related_uris")))
    legalities = dict_in(entry, "legalities")
    item.trading_card.legalities.extend(
        Legality(format=name, status=_STATUSES.get(text_in(legalities, name), Legality.STATUS_UNSPECIFIED))
        for name in legalities
    )
    item.trading_card.related.extend(
        RelatedRef(item=part, relation=text_in(other, "component"))
        for other in dicts_in(entry, "all_parts")[:MAX_EMBEDDED]
        if text_in(other, "id") != item.source_id
        and (part := ref(PROVIDER, Item.TRADING_CARD, text_in(other, "id"), text_in(other, "name")))
    )
    return item


def in_other_language(entry: Json, other: Json) -> Json:
    """The card ``entry`` with what is printed on ``other``, the same card in another language."""
    return {**entry, **{name: other.get(name) for name in _PRINTED}}


def oracle_id(entry: Json) -> str:
    """The id of a card across its printings, "" without one. A reversible card has it on its faces only."""
    return text_in(entry, "oracle_id") or next(
        (text_in(face, "oracle_id") for face in dicts_in(entry, "card_faces")), ""
    )


def ruling(card_id: str, number: int, entry: Json) -> Item:
    """The ``number``-th `object: ruling` on a card."""
    if not isinstance(entry, dict) or not text_in(entry, "comment"):
        raise ShapeChanged("a ruling of Scryfall has no comment")
    date, source = partial_date(text_in(entry, "published_at")), text_in(entry, "source")
    return Item(
        kind=Item.RULING,
        source_id=f"{card_id}/{number}",
        description=plain(text_in(entry, "comment")),
        year=year_of(date),
        release_date=date,
        external_ids=external_ids([("scryfall_oracle", text_in(entry, "oracle_id"))]),
        language="en",
        attributes={"source": source} if source else None,
    )


def _details(entry: Json, faces: list[Json], rules: str) -> TradingCard:
    # A card with two sides has the characteristics of its front (rule 712.8).
    own = {**faces[0], **{name: value for name, value in entry.items() if value is not None}} if faces else entry
    code = text_in(entry, "set")
    supertype, card_type, subtypes = _types(text_in(own, "type_line"))
    return TradingCard(
        set=CardSetRef(
            id=make_id(PROVIDER, Item.CARD_SET, code) if code else "",
            code=code,
            name=text_in(entry, "set_name"),
        ),
        number=text_in(entry, "collector_number"),
        rarity=text_in(entry, "rarity"),
        artists=_artists(entry),
        supertype=supertype,
        card_type=card_type,
        type_line=_joined(entry, faces, "printed_type_line", " // ", "type_line")
        or _joined(entry, faces, "type_line", " // "),
        subtypes=subtypes,
        colors=_colors(own, "colors"),
        flavor_text=_flavor(_joined(entry, faces, "flavor_text", "\n\n")),
        cost=number_in(own, "cmc"),
        mana_cost=text_in(own, "mana_cost"),
        power=text_in(own, "power"),
        toughness=text_in(own, "toughness"),
        loyalty=text_in(own, "loyalty"),
        battle_defense=text_in(own, "defense"),
        layout=text_in(entry, "layout"),
        faces=[_face(entry, face) for face in faces] if faces else None,
        color_identity=_colors(entry, "color_identity") or None,
        color_indicator=_colors(own, "color_indicator") or None,
        keywords=texts_in(entry, "keywords") or None,
        produced_mana=_colors(entry, "produced_mana") or None,
        games=texts_in(entry, "games") or None,
        variants=["normal" if finish == "nonfoil" else finish for finish in texts_in(entry, "finishes")],
        reserved=flag_in(entry, "reserved"),
        promo=flag_in(entry, "promo"),
        reprint=flag_in(entry, "reprint"),
        digital=flag_in(entry, "digital"),
        full_art=flag_in(entry, "full_art"),
        edhrec_rank=count_in(entry, "edhrec_rank") or None,
        abilities=(Ability(text=rules),) if rules else None,
    )


def _face(entry: Json, face: Json) -> CardFace:
    return CardFace(
        name=text_in(face, "name"),
        mana_cost=text_in(face, "mana_cost"),
        type_line=text_in(face, "type_line"),
        text=text_in(face, "oracle_text"),
        flavor_text=_flavor(text_in(face, "flavor_text")),
        colors=_colors(face, "colors"),
        power=text_in(face, "power"),
        toughness=text_in(face, "toughness"),
        artist=text_in(face, "artist"),
        images=face_images(entry, face),
        oracle_id=text_in(face, "oracle_id"),
        cost=number_in(face, "cmc"),
        loyalty=text_in(face, "loyalty"),
        printed_name=text_in(face, "printed_name"),
        battle_defense=text_in(face, "defense"),
        color_indicator=_colors(face, "color_indicator"),
        printed_type_line=text_in(face, "printed_type_line"),
        printed_text=text_in(face, "printed_text"),
    )


def _joined(entry: Json, faces: list[Json], name: str, separator: str, fallback: str = "") -> str:
    """A text of the card, or those of its faces. A face without one gives its ``fallback``, if any face has one."""
    whole = text_in(entry, name)
    if whole or not faces or not any(text_in(face, name) for face in faces):
        return whole
    return separator.join(filter(None, (text_in(face, name) or text_in(face, fallback) for face in faces)))


def _other_names(entry: Json, faces: list[Json]) -> list[AlternativeTitle]:
    """The names of a promotion, printed above the card's own (`flavor_name`)."""
    name = _joined(entry, faces, "flavor_name", " // ", "name")
    return [AlternativeTitle(text=name, type=AlternativeTitle.SYNONYM)] if name else []


@lru_cache(maxsize=2048)
def _types(line: str) -> tuple[str, str, list[str]]:
    """Supertypes, types and subtypes of an English type line; of the front face, when it has two."""
    left, _, right = line.partition(" // ")[0].partition(" — ")
    words = left.split()
    supertype = " ".join([word for word in words if word in _SUPERTYPES])
    card_type = " ".join([word for word in words if word not in _SUPERTYPES])
    if card_type == "Plane":
        return supertype, card_type, [right] if right else []  # where it is: one name, however many words
    if not right:
        return supertype, card_type, []
    # Time Lord is the one creature type of two words.
    subtypes = right.replace("Time Lord", "Time_Lord").split()
    return supertype, card_type, [word.replace("_", " ") for word in subtypes]


def _colors(entry: Json, name: str) -> list[str]:
    letters = texts_in(entry, name)
    return [_COLORS.get(letter, letter) for letter in letters] if letters else letters


def _artists(entry: Json) -> list[str]:
    """The artists. Scryfall joins their names, and says by ids how many they are."""
    names = text_in(entry, "artist")
    if not names:
        return []
    split = names.split(" & ")
    return split if len(split) == len(list_in(entry, "artist_ids")) else [names]


def _flavor(text: str) -> str:
    """Flavour text without the asterisks that Scryfall writes for slanted words."""
    return plain_markdown(text) if "*" in text else text


def _ids(entry: Json, faces: list[Json]) -> list[tuple[str, str | int | None]]:
    oracle = text_in(entry, "oracle_id")
    ids: list[tuple[str, str | int | None]] = [
        ("scryfall_oracle", one) for one in ([oracle] if oracle else [text_in(face, "oracle_id") for face in faces])
    ]
    ids += [("multiverse", number) for number in list_in(entry, "multiverse_ids")]
    ids += [(scheme, number) for scheme, name in _IDS if (number := entry.get(name))]
    code, number = text_in(entry, "set"), text_in(entry, "collector_number")
    if code and number:
        ids.append(("card_number", f"{code}/{number}"))
    return ids


def _add_prices(item: Item, prices: Json) -> None:
    """The daily prices."""
    for name, currency, kind, variant, market in _PRICES:
        if amount := text_in(prices, name):
            add_price(item, amount, currency, type=kind, variant=variant, market=market)


def _attributes(entry: Json) -> dict[str, str]:
    """What no field has; the price in Magic Online's tickets, which are no currency, among it."""
    rank = count_in(entry, "penny_rank")
    attributes = {name: text for name in _NOTES if (text := text_in(entry, name))}
    if tickets := text_in(dict_in(entry, "prices"), "tix"):
        attributes["mtgo_tix"] = tickets
    if rank:
        attributes["penny_rank"] = str(rank)
    if promotions := texts_in(entry, "promo_types"):
        attributes["promo_types"] = ", ".join(promotions)
    return attributes


def _links(shops: Json, others: Json) -> list[Link]:
    return present(
        [
            *(link(Link.STORE, unwrapped(text_in(shops, name)), title=title) for name, title in _STORES),
            link(Link.OFFICIAL, text_in(others, "gatherer"), title="Gatherer"),
            link(Link.OTHER, text_in(others, "edhrec"), title="EDHREC"),
        ]
    )
