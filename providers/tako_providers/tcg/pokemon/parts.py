"""What the mappers of cards and sets share: languages, pictures, the set of a card."""

from __future__ import annotations

from tako.v1.details_cards_pb2 import Legality
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Json, flag_in, https, make_id, primary

PROVIDER = "pokemon"
ENGLISH = "en"

TAGS = {
    **{code: code for code in ("en", "fr", "es", "it", "pt", "de", "nl", "pl", "ru", "ja", "ko", "id", "th")},
    "es-mx": "es-MX",
    "pt-br": "pt-BR",
    "pt-pt": "pt-PT",
    "zh-tw": "zh-TW",
    "zh-cn": "zh-CN",
}
"""TCGdex's codes, as its addresses have them, and each as BCP-47. https://tcgdex.dev/rest"""
LANGUAGES = tuple(TAGS)

_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


def languages_for(language: str) -> tuple[str, ...]:
    """The codes to ask for ``language``, the nearest first. English has the most cards, so it is the last."""
    tag = language.replace("_", "-").lower()
    if primary(tag) == "zh":
        wanted = ["zh-tw" if _TRADITIONAL & set(tag.split("-")) else "zh-cn"]
    else:
        wanted = [code for code in (tag, primary(tag)) if code in LANGUAGES]
    return tuple(dict.fromkeys((*wanted, ENGLISH)))


def pictures(address: str, language: str) -> list[Image]:
    """The scans of a card, of whose address the size is missing. https://tcgdex.dev/assets"""
    if not (address := https(address)):
        return []
    tag = TAGS[language]
    return [
        Image(role=Image.PRIMARY, url=f"{address}/high.webp", width=600, height=825, language=tag),
        Image(role=Image.THUMBNAIL, url=f"{address}/low.webp", width=245, height=337, language=tag),
    ]


def sign(address: str) -> str:
    """The address of a logo or symbol, of which the format is missing."""
    return f"{address}.webp" if address else ""


def set_id(code: str) -> str:
    """The item id of a set, "" without one."""
    return make_id(PROVIDER, Item.CARD_SET, code) if code else ""


def legalities(legal: Json) -> list[Legality]:
    """`legal` of a card or a set."""
    return [
        Legality(format=name, status=Legality.LEGAL if allowed else Legality.NOT_LEGAL)
        for name in legal
        if (allowed := flag_in(legal, name)) is not None
    ]
