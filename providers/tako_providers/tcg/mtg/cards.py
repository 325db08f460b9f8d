"""Scryfall's objects as Items: cards, sets, rulings. https://scryfall.com/docs/api/cards"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tako.v1.answers_pb2 import Term
from tako.v1.details_cards_pb2 import Ability, CardFace, CardSet, CardSetRef, Legality, TradingCard
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import RelatedRef
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    bcp47,
    external_ids,
    image,
    link,
    make_id,
    money,
    partial_date,
    plain,
    plain_markdown,
    positive,
    present,
    ref,
    year_of,
)

PROVIDER = "mtg"

_LANGUAGES = {"en": "en", "zhs": "zh-Hans", "zht": "zh-Hant", "ph": ""}
"""Scryfall's codes that are no BCP-47. Phyrexian (`ph`) has no code there."""
_COLORS = {"W": "White", "U": "Blue", "B": "Black", "R": "Red", "G": "Green", "C": "Colorless"}
_SUPERTYPES = frozenset(("Basic", "Elite", "Host", "Legendary", "Ongoing", "Snow", "Token", "World"))
_STATUSES = {
    "legal": Legality.LEGAL,
    "not_legal": Legality.NOT_LEGAL,
    "restricted": Legality.RESTRICTED,
    "banned": Legality.BANNED,
}
_PRICES = (
    ("usd", "USD", "normal", "tcgplayer"),
    ("usd_foil", "USD", "foil", "tcgplayer"),
    ("usd_etched", "USD", "etched", "tcgplayer"),
    ("eur", "EUR", "normal", "cardmarket"),
    ("eur_foil", "EUR", "foil", "cardmarket"),
    ("eur_etched", "EUR", "etched", "cardmarket"),
)
_IDS = (
    ("mtgo", "mtgo_id"),
    ("mtgo", "mtgo_foil_id"),
    ("arena", "arena_id"),
    ("tcgplayer", "tcgplayer_id"),
    ("tcgplayer", "tcgplayer_etched_id"),
    ("cardmarket", "cardmarket_id"),
)
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
_DEFAULT_ICON = "/sets/default.svg"
"""The symbol of sets that have none of their own."""


def card(entry: Json) -> Item:
    """One `object: card`, as lists have it."""
    if not isinstance(entry, dict) or entry.get("object") != "card":
        raise ShapeChanged("Scryfall gave something else where a card was expected")
    source_id, name = entry.get("id"), entry.get("name")
    if not source_id or not name:
        raise ShapeChanged("a card of Scryfall has no id or no name")
    faces = entry.get("card_faces") or ()
    printed_name = _joined(entry, faces, "printed_name", " // ", "name")
    printed_text = _joined(entry, faces, "printed_text", "\n\n")
    rules = _joined(entry, faces, "oracle_text", "\n\n")
    language = language_of(entry.get("lang"))
    # Oracle texts are English whatever the card's language (https://scryfall.com/docs/api/languages): beside a
    # title in another language they are no description.
    description = printed_text or ("" if printed_name and language != "en" else rules)
    date = partial_date(entry.get("released_at"))
    return Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=printed_name or name,
        original_title=name if printed_name and printed_name != name else "",
        alternative_titles=_other_names(entry, faces),
        description=description,
        year=year_of(date),
        release_date=date,
        images=_images(entry, faces, language),
        links=(Link(role=Link.SOURCE, url=_page(entry["scryfall_uri"])),) if entry.get("scryfall_uri") else (),
        external_ids=external_ids(_ids(entry, faces)),
        prices=_prices(entry.get("prices") or {}),
        language=language if printed_name or printed_text else "en",
        attributes=_attributes(entry),
        trading_card=_details(entry, faces, "" if description == rules else rules),
    )


def card_detail(entry: Json) -> Item:
    """One `object: card`, with what only Detail gives: legality, shops, cards that belong with it."""
    item = card(entry)
    item.links.extend(_links(entry))
    item.trading_card.legalities.extend(
        Legality(format=name, status=_STATUSES.get(status, Legality.STATUS_UNSPECIFIED))
        for name, status in (entry.get("legalities") or {}).items()
    )
    item.trading_card.related.extend(
        RelatedRef(item=part, relation=other.get("component") or "")
        for other in (entry.get("all_parts") or ())[:MAX_EMBEDDED]
        if other.get("id") != entry["id"]
        and (part := ref(PROVIDER, Item.TRADING_CARD, other.get("id"), other.get("name")))
    )
    return item


def in_other_language(entry: Json, other: Json) -> Json:
    """The card ``entry`` with what is printed on ``other``, the same card in another language."""
    return {**entry, **{name: other.get(name) for name in _PRINTED}}


def oracle_id(entry: Json) -> str:
    """The id of a card across its printings, "" without one. A reversible card has it on its faces only."""
    faces = entry.get("card_faces") or ()
    return entry.get("oracle_id") or (faces[0].get("oracle_id") if faces else "") or ""


def language_of(code: str | None) -> str:
    """A language of Scryfall as BCP-47, "" when it has none."""
    known = _LANGUAGES.get(code or "")
    return bcp47(code) if known is None else known


def card_set(entry: Json) -> Item:
    """One `object: set`."""
    code, name = _set_names(entry)
    date = partial_date(entry.get("released_at"))
    attributes = {"block_code": entry["block_code"]} if entry.get("block_code") else {}
    if entry.get("nonfoil_only"):
        attributes["nonfoil_only"] = "true"
    return Item(
        kind=Item.CARD_SET,
        source_id=code,
        title=name,
        year=year_of(date),
        release_date=date,
        images=present([image(Image.ICON, _icon(entry))]),
        links=present([link(Link.SOURCE, entry.get("scryfall_uri"))]),
        language="en",
        attributes=attributes,
        card_set=CardSet(
            code=code,
            type=entry.get("set_type") or "",
            block=entry.get("block") or "",
            parent_code=entry.get("parent_set_code") or "",
            card_count=positive(entry.get("card_count")),
            printed_count=positive(entry.get("printed_size")),
            digital=entry.get("digital"),
            foil_only=entry.get("foil_only"),
        ),
    )


def set_term(entry: Json) -> Term:
    """One `object: set`, as an entry of the vocabulary."""
    code, name = _set_names(entry)
    return Term(
        id=code,
        name=name,
        code=code,
        parent_id=entry.get("parent_set_code") or "",
        image_url=_icon(entry),
        url=_page(entry.get("scryfall_uri") or ""),
        count=positive(entry.get("card_count")),
        release_date=partial_date(entry.get("released_at")),
        item_id=make_id(PROVIDER, Item.CARD_SET, code),
    )


def ruling(card_id: str, number: int, entry: Json) -> Item:
    """The ``number``-th `object: ruling` on a card."""
    if not isinstance(entry, dict) or not isinstance(entry.get("comment"), str):
        raise ShapeChanged("a ruling of Scryfall has no comment")
    date = partial_date(entry.get("published_at"))
    return Item(
        kind=Item.RULING,
        source_id=f"{card_id}/{number}",
        description=plain(entry["comment"]),
        year=year_of(date),
        release_date=date,
        external_ids=external_ids([("scryfall_oracle", entry.get("oracle_id"))]),
        language="en",
        attributes={"source": entry["source"]} if entry.get("source") else {},
    )


def _details(entry: Json, faces: Json, rules: str) -> TradingCard:
    front = faces[0] if faces else {}

    def own(name: str) -> Json:
        """A characteristic of the card. One with two sides has those of its front (rule 712.8)."""
        value = entry.get(name)
        return front.get(name) if value is None else value

    code, cost = entry.get("set") or "", own("cmc")
    supertype, card_type, subtypes = _types(own("type_line") or "")
    return TradingCard(
        set=CardSetRef(
            id=make_id(PROVIDER, Item.CARD_SET, code) if code else "",
            code=code,
            name=entry.get("set_name") or "",
        ),
        number=entry.get("collector_number") or "",
        rarity=entry.get("rarity") or "",
        artists=_artists(entry),
        supertype=supertype,
        card_type=card_type,
        type_line=_joined(entry, faces, "printed_type_line", " // ", "type_line")
        or _joined(entry, faces, "type_line", " // "),
        subtypes=subtypes,
        colors=_colors(own("colors")),
        flavor_text=_flavor(_joined(entry, faces, "flavor_text", "\n\n")),
        cost=cost if isinstance(cost, int | float) else None,
        mana_cost=own("mana_cost") or "",
        power=own("power") or "",
        toughness=own("toughness") or "",
        loyalty=own("loyalty") or "",
        battle_defense=own("defense") or "",
        layout=entry.get("layout") or "",
        faces=[_face(face, _face_pictures(entry, face)) for face in faces],
        color_identity=_colors(entry.get("color_identity")),
        color_indicator=_colors(own("color_indicator")),
        keywords=entry.get("keywords") or (),
        produced_mana=_colors(entry.get("produced_mana")),
        games=entry.get("games") or (),
        variants=["normal" if finish == "nonfoil" else finish for finish in entry.get("finishes") or ()],
        reserved=entry.get("reserved"),
        promo=entry.get("promo"),
        reprint=entry.get("reprint"),
        digital=entry.get("digital"),
        full_art=entry.get("full_art"),
        edhrec_rank=positive(entry.get("edhrec_rank")),
        abilities=[Ability(text=rules)] if rules else (),
    )


def _face(face: Json, pictures: list[Image]) -> CardFace:
    cost = face.get("cmc")
    return CardFace(
        name=face.get("name") or "",
        mana_cost=face.get("mana_cost") or "",
        type_line=face.get("type_line") or "",
        text=face.get("oracle_text") or "",
        flavor_text=_flavor(face.get("flavor_text")),
        colors=_colors(face.get("colors")),
        power=face.get("power") or "",
        toughness=face.get("toughness") or "",
        artist=face.get("artist") or "",
        images=pictures,
        oracle_id=face.get("oracle_id") or "",
        cost=cost if isinstance(cost, int | float) else None,
        loyalty=face.get("loyalty") or "",
        printed_name=face.get("printed_name") or "",
        battle_defense=face.get("defense") or "",
        color_indicator=_colors(face.get("color_indicator")),
        printed_type_line=face.get("printed_type_line") or "",
        printed_text=face.get("printed_text") or "",
    )


def _joined(entry: Json, faces: Json, name: str, separator: str, fallback: str = "") -> str:
    """A text of the card, or those of its faces. A face without one gives its ``fallback``, if any face has one."""
    whole = entry.get(name)
    if whole:
        return str(whole)
    if not any(face.get(name) for face in faces):
        return ""
    texts = (face.get(name) or face.get(fallback) for face in faces)
    return separator.join(text for text in texts if text)


def _other_names(entry: Json, faces: Json) -> list[AlternativeTitle]:
    """The names of a promotion, printed above the card's own (`flavor_name`)."""
    name = _joined(entry, faces, "flavor_name", " // ", "name")
    return [AlternativeTitle(text=name, type=AlternativeTitle.SYNONYM)] if name else []


def _types(line: str) -> tuple[str, str, list[str]]:
    """Supertypes, types and subtypes of an English type line; of the front face, when it has two."""
    left, _, right = line.partition(" // ")[0].partition(" — ")
    words = left.split()
    supertype = " ".join(word for word in words if word in _SUPERTYPES)
    card_type = " ".join(word for word in words if word not in _SUPERTYPES)
    if card_type == "Plane":
        return supertype, card_type, [right] if right else []  # where it is: one name, however many words
    # Time Lord is the one creature type of two words.
    subtypes = right.replace("Time Lord", "Time_Lord").split()
    return supertype, card_type, [word.replace("_", " ") for word in subtypes]


def _colors(letters: Json) -> list[str]:
    return [_COLORS.get(letter, letter) for letter in letters or ()]


def _artists(entry: Json) -> list[str]:
    """The artists. Scryfall joins their names, and says by ids how many they are."""
    names = entry.get("artist")
    if not names:
        return []
    split = names.split(" & ")
    return split if len(split) == len(entry.get("artist_ids") or ()) else [names]


def _flavor(text: str | None) -> str:
    """Flavour text without the asterisks that Scryfall writes for slanted words."""
    return plain_markdown(text) if text and "*" in text else text or ""


def _shown(entry: Json) -> bool:
    """Whether Scryfall has a picture of this printing, and not one that stands in for it."""
    return entry.get("image_status") not in ("missing", "placeholder")


def _images(entry: Json, faces: Json, language: str) -> list[Image]:
    if not _shown(entry):
        return []
    if entry.get("image_uris"):
        return _pictures(entry["image_uris"], language, Image.PRIMARY, "")
    images: list[Image] = []
    for face in faces:
        role = Image.CARD_FACE if images else Image.PRIMARY
        images += _pictures(face.get("image_uris") or {}, language, role, face.get("name") or "")
    return images


def _face_pictures(entry: Json, face: Json) -> list[Image]:
    if not _shown(entry):
        return []
    return _pictures(face.get("image_uris") or {}, language_of(entry.get("lang")), Image.CARD_FACE, "")


def _pictures(uris: Json, language: str, role: Image.Role.ValueType, caption: str) -> list[Image]:
    """The pictures of one side. Sizes are those of https://scryfall.com/docs/api/images."""
    pictures = []
    if large := uris.get("large"):
        pictures.append(Image(role=role, url=large, width=672, height=936, caption=caption, language=language))
    if role == Image.PRIMARY:
        if small := uris.get("small"):
            pictures.append(Image(role=Image.THUMBNAIL, url=small, width=146, height=204, language=language))
        if art := uris.get("art_crop"):
            pictures.append(Image(role=Image.ART_CROP, url=art))
    return pictures


def _page(url: str) -> str:
    """An address of Scryfall's site without its query, which only tracks."""
    return url.partition("?")[0]


def _ids(entry: Json, faces: Json) -> list[tuple[str, str | int | None]]:
    ids: list[tuple[str, str | int | None]] = [("scryfall_oracle", entry.get("oracle_id"))]
    if not entry.get("oracle_id"):
        ids += [("scryfall_oracle", face.get("oracle_id")) for face in faces]
    ids += [("multiverse", number) for number in entry.get("multiverse_ids") or ()]
    ids += [(scheme, entry[name]) for scheme, name in _IDS if name in entry]
    if entry.get("set") and entry.get("collector_number"):
        ids.append(("card_number", f"{entry['set']}/{entry['collector_number']}"))
    return ids


def _prices(prices: Json) -> list[Price]:
    """The daily prices. Those in dollars are market prices (https://scryfall.com/docs/faqs)."""
    return [
        Price(
            amount=amount,
            type=Price.MARKET if currency == "USD" else Price.TYPE_UNSPECIFIED,
            variant=variant,
            market=market,
        )
        for name, currency, variant, market in _PRICES
        if (value := prices.get(name)) and (amount := money(value, currency))
    ]


def _attributes(entry: Json) -> dict[str, str]:
    """What no field has: the price in Magic Online's tickets, which are no currency, and one more rank."""
    attributes = {}
    if tix := (entry.get("prices") or {}).get("tix"):
        attributes["mtgo_tix"] = str(tix)
    if rank := entry.get("penny_rank"):
        attributes["penny_rank"] = str(rank)
    return attributes


def _links(entry: Json) -> list[Link]:
    shops, others = entry.get("purchase_uris") or {}, entry.get("related_uris") or {}
    return present(
        [
            *(link(Link.STORE, _unwrapped(shops.get(name)), title=title) for name, title in _STORES),
            link(Link.OFFICIAL, others.get("gatherer"), title="Gatherer"),
            link(Link.OTHER, others.get("edhrec"), title="EDHREC"),
        ]
    )


def _unwrapped(url: str | None) -> str | None:
    """Where a link goes that leads through a partner's counter (`partner.tcgplayer.com/...?u=`)."""
    if not url or "//partner." not in url:
        return url
    return next(iter(parse_qs(urlsplit(url).query).get("u", ())), None)


def _set_names(entry: Json) -> tuple[str, str]:
    if not isinstance(entry, dict) or entry.get("object") != "set":
        raise ShapeChanged("Scryfall gave something else where a set was expected")
    code, name = entry.get("code"), entry.get("name")
    if not code or not name:
        raise ShapeChanged("a set of Scryfall has no code or no name")
    return str(code), str(name)


def _icon(entry: Json) -> str:
    url = str(entry.get("icon_svg_uri") or "")
    return "" if _DEFAULT_ICON in url else url
