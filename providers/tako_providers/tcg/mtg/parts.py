"""What the mappers of cards and sets share: languages, pictures, addresses."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Json, add_image, bcp47, dict_in, image, present, text_in

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


def add_images(item: Item, entry: Json, faces: list[Json]) -> None:
    """Add the pictures of a card, or those of its faces. Sizes are those of https://scryfall.com/docs/api/images."""
    if not _shown(entry):
        return
    language = language_of(text_in(entry, "lang"))
    if uris := dict_in(entry, "image_uris"):
        _add_front(item, uris, language, "")
        return
    for face in faces:
        uris, name = dict_in(face, "image_uris"), text_in(face, "name")
        if item.images:
            add_image(
                item, Image.CARD_FACE, text_in(uris, "large"), width=672, height=936, caption=name, language=language
            )
        else:
            _add_front(item, uris, language, name)


def _add_front(item: Item, uris: Json, language: str, caption: str) -> None:
    large = text_in(uris, "large")
    add_image(item, Image.PRIMARY, large, width=672, height=936, caption=caption, language=language)
    add_image(item, Image.THUMBNAIL, text_in(uris, "small"), width=146, height=204, language=language)
    add_image(item, Image.ART_CROP, text_in(uris, "art_crop"))


def face_images(entry: Json, face: Json) -> list[Image]:
    """The pictures of one face of a card."""
    if not _shown(entry):
        return []
    url, language = text_in(dict_in(face, "image_uris"), "large"), language_of(text_in(entry, "lang"))
    return present([image(Image.CARD_FACE, url, width=672, height=936, language=language)])


def _shown(entry: Json) -> bool:
    """Whether Scryfall has a picture of this printing, and not one that stands in for it."""
    return entry.get("image_status") not in ("missing", "placeholder")
