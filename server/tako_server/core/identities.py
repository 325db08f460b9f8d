"""What an id proves: two items that have one identity in common are the same thing.

An id proves something only within its scope: TMDB counts films and series apart, MyAnimeList anime and manga; a set
number is one maker's. Ids that may belong to several things are no proof: slugs, numbers in a catalogue, a card's
number, accounts, a library's record, which the volumes of a work may share, and a shop's page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tako.v1.details_books_pb2 import Book
from tako.v1.item_pb2 import Item
from tako_providers.sdk.enums import Kind
from tako_providers.sdk.identifiers import isbn10_to_13, normal_id


class Identity(NamedTuple):
    """An id with the scope in which it names one thing."""

    scope: str
    scheme: str
    value: str


_TITLES = frozenset((Item.MOVIE, Item.SERIES))
_SHOWN = _TITLES | {Item.SEASON, Item.EPISODE, Item.PERSON, Item.COLLECTION}
_MUSIC = frozenset((Item.ALBUM, Item.ARTIST, Item.TRACK))
_WITH_A_PAGE = _TITLES | {
    *(Item.PERSON, Item.CHARACTER, Item.ORGANIZATION, Item.ARTIST, Item.LABEL),
    *(Item.COLLECTION, Item.FRANCHISE, Item.ALBUM, Item.VIDEO_GAME, Item.BOARD_GAME),
    *(Item.ANIME, Item.MANGA, Item.COMIC_SERIES),
}

_NUMBERS: Mapping[str, frozenset[Kind]] = {
    "imdb": _TITLES | {Item.EPISODE, Item.PERSON, Item.VIDEO_GAME},
    "tmdb": _SHOWN,
    "tvdb": _SHOWN,
    "tvmaze": frozenset((Item.SERIES,)),
    "eidr": _TITLES | {Item.EPISODE},
    "wikidata": _WITH_A_PAGE,
    "isni": frozenset((Item.PERSON, Item.ARTIST)),
    "mal": frozenset((Item.ANIME, Item.MANGA, Item.CHARACTER, Item.PERSON, Item.ORGANIZATION)),
    "mangaupdates": frozenset((Item.MANGA, Item.PERSON, Item.ORGANIZATION)),
    "igdb": frozenset((Item.VIDEO_GAME, Item.ORGANIZATION, Item.COLLECTION, Item.FRANCHISE)),
    "rawg": frozenset((Item.VIDEO_GAME,)),
    "bgg": frozenset((Item.BOARD_GAME,)),
    "mbid": _MUSIC | {Item.RELEASE, Item.LABEL},
    "isrc": frozenset((Item.TRACK,)),
    "discogs": frozenset((Item.RELEASE, Item.ARTIST, Item.LABEL)),
    "discogs_master": frozenset((Item.ALBUM,)),
    "deezer": _MUSIC,
    "itunes": _MUSIC,
    "olid": frozenset((Item.BOOK, Item.PERSON)),
    "googlebooks": frozenset((Item.BOOK,)),
    "brickset": frozenset((Item.BUILDING_SET,)),
    "rebrickable": frozenset((Item.BUILDING_SET, Item.MINIFIG, Item.PART)),
}
"""Schemes that number things one by one, and the kinds that they number, each kind in a series of its own.

Only these kinds: a season may carry the IMDb id of its series, a ruling that of its card, a book that of the work.
"""

_ARTICLES = frozenset((
    Item.BOOK, Item.COMIC_ISSUE, Item.BUILDING_SET, Item.VIDEO_GAME, Item.CONSOLE, Item.BOARD_GAME, Item.COLLECTIBLE,
    Item.STICKER_ALBUM, Item.ALBUM, Item.RELEASE, Item.PRODUCT,
))  # fmt: skip
"""What is sold under a barcode. It names one article, whatever kind a provider calls it."""

_ISBN = re.compile(r"97(?:8\d|9[1-9])\d{9}")
_NO_ARTICLE = re.compile(r"(?:02|04|05|2|977|98|99)\d+|[02]\d{7}")
"""Barcodes that a shop gives out for itself, of coupons, and of periodicals, whose issues share one.

GS1 General Specifications, prefixes 02, 04, 05, 20-29, 977, 98, 99; of eight digits 0 and 2.
"""


def identities(item: Item) -> frozenset[Identity]:
    """What shows that another item is the same. Its number at its provider counts as an id in that one's scheme."""
    kind, brand = Item.Kind.Name(item.kind), _brand(item)
    is_article = item.kind in _ARTICLES and not _is_work(item)
    found: set[Identity] = set()
    for scheme, given in ((item.provider, item.source_id), *((one.scheme, one.value) for one in item.external_ids)):
        value = normal_id(scheme, given)
        if value is None:
            continue
        if item.kind in _NUMBERS.get(scheme, ()):
            found.add(Identity(kind, scheme, value))
        elif scheme == "set_number" and brand:
            found.add(Identity(brand, scheme, value))
        elif is_article and (code := _printed(scheme, value, item.kind)):
            found.add(code)
    return frozenset(found)


def _brand(item: Item) -> str:
    """Who counts the set numbers that the item has, "" when nobody says."""
    return item.building_set.brand.casefold().rstrip("®™ ") if item.kind == Item.BUILDING_SET else ""


def _is_work(item: Item) -> bool:
    """Whether it stands for many editions, and has the codes of all of them."""
    return item.kind == Item.BOOK and item.book.level == Book.WORK


def _printed(scheme: str, value: str, kind: Kind) -> Identity | None:
    """A code that is printed on an article, in one form: the ISBN-13 of a book, else the EAN."""
    match scheme:
        case "isbn10":
            code = isbn10_to_13(value)
        case "upc":
            code = "0" + value
        case "isbn13" | "ean":
            code = value
        case _:
            return None
    if _ISBN.fullmatch(code):
        return Identity("article", "isbn13", code)
    # The barcode of a comic is that of its series: the issue is told by two or five digits beside it.
    if kind == Item.COMIC_ISSUE or _NO_ARTICLE.fullmatch(code):
        return None
    return Identity("article", "ean", code)
