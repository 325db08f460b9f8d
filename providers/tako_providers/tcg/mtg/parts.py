"""What the mappers of cards and sets share: languages, pictures, addresses."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tako.v1.item_parts_pb2 import Image
from tako_providers.sdk import Json, bcp47, dict_in, image, present, text_in

PROVIDER = "mtg"

_LANGUAGES = {"en": "en", "zhs": "zh-Hans", "zht": "zh-Hant", "ph": ""}
"""Scryfall's codes that are no BCP-47. Phyrexian (`ph`) has no code there."""


def language_of(code: str) -> str:
    """A language of Scryfall as BCP-47, "" when it has none."""
    known = _LANGUAGES.get(code)
    return bcp47(code) if known is None else known


def page_address(url: str) -> str:
    """An address of Scryfall's site without its query, which only tracks."""
    return url.partition("?")[0]


def unwrapped(url: str) -> str:
    """Where a link goes that leads through a partner's counter (`partner.tcgplayer.com/...?u=`)."""
    if "//partner." not in url:
        return url
    return next(iter(parse_qs(urlsplit(url).query).get("u", ())), "")


def images(entry: Json, faces: list[Json]) -> list[Image]:
    """The pictures of a card, or those of its faces."""
    language = language_of(text_in(entry, "lang"))
    if not _shown(entry):
        return []
    if uris := dict_in(entry, "image_uris"):
        return _pictures(uris, language, Image.PRIMARY, "")
    found: list[Image] = []
    for face in faces:
        role = Image.CARD_FACE if found else Image.PRIMARY
        found += _pictures(dict_in(face, "image_uris"), language, role, text_in(face, "name"))
    return found


def face_images(entry: Json, face: Json) -> list[Image]:
    """The pictures of one face of a card."""
    if not _shown(entry):
        return []
    return _pictures(dict_in(face, "image_uris"), language_of(text_in(entry, "lang")), Image.CARD_FACE, "")


def _shown(entry: Json) -> bool:
    """Whether Scryfall has a picture of this printing, and not one that stands in for it."""
    return entry.get("image_status") not in ("missing", "placeholder")


def _pictures(uris: Json, language: str, role: Image.Role.ValueType, caption: str) -> list[Image]:
    """The pictures of one side. Sizes are those of https://scryfall.com/docs/api/images."""
    large = image(role, text_in(uris, "large"), width=672, height=936, caption=caption, language=language)
    if role != Image.PRIMARY:
        return present([large])
    small = image(Image.THUMBNAIL, text_in(uris, "small"), width=146, height=204, language=language)
    return present([large, small, image(Image.ART_CROP, text_in(uris, "art_crop"))])
