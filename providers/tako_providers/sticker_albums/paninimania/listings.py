"""Lists of albums at Paninimania."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    ShapeChanged,
    absolute,
    add_ids,
    add_image,
    has_class,
    line_of,
    nodes,
    words_of,
    written_date,
    year_of,
)

if TYPE_CHECKING:
    from lxml import html

SITE = "https://www.paninimania.com/"

_ALBUM = re.compile(r"[?&]pag=cid508_alb\b.*?[?&]idm=(\d+)")
_PAGES = re.compile(r"\bPage\s+\d+\s*/\s*(\d+)")
_NOTHING = re.compile(r"\baucun album\b", re.IGNORECASE)
_SMALL = re.compile(r"s(?=\.jpe?g$)")
_DATED = re.compile(r"\d{4}")
_BLOCKS = f"//div[{has_class('y0')}]"


def address(number: str) -> str:
    """The page of an album."""
    return f"{SITE}?pag=cid508_alb&idf=15&idm={number}"


def file(source: str | None) -> str:
    """The address of a picture; "" for the site's own drawings. Those of albums look like folders with a query."""
    found = f"{SITE}{source}" if source and source.startswith("files/") else absolute(SITE, source)
    return found if found.startswith(f"{SITE}files/") else ""


def albums(page: html.HtmlElement) -> list[Item]:
    """The albums of a page of results, each once."""
    found: dict[str, Item] = {}
    for block in nodes(page, _BLOCKS):
        album = _album(block)
        if album is not None:
            found.setdefault(album.source_id, album)
    if not found and not _NOTHING.search(words_of(page)):
        raise ShapeChanged("a list of Paninimania has no albums and does not say that there are none")
    return list(found.values())


def following(page: html.HtmlElement, number: int) -> str:
    """The number of the next page: the page tells how many there are. "" on the last."""
    match = _PAGES.search(words_of(page))
    return str(number + 1) if match and number < int(match[1]) else ""


def _album(block: html.HtmlElement) -> Item | None:
    """One block of a list; None for one that leads to no album."""
    number, title, small, dated = "", "", "", ""
    for node in block.iterdescendants("a", "img", "b"):
        if node.tag == "a":
            if match := _ALBUM.search(node.get("href", "")):
                number = number or match[1]
                title = title or line_of(node)
        elif node.tag == "img":
            small = small or file(node.get("src"))
        elif node.find(".//a") is None and _DATED.search(text := line_of(node)):
            dated = text
    if not number or not title:
        return None
    released = written_date(dated, "fr")
    item = Item(
        kind=Item.STICKER_ALBUM,
        source_id=number,
        title=title,
        year=year_of(released),
        release_date=released,
        release_text="" if released else dated,
        language="fr",
    )
    if small:
        add_image(item, Image.PRIMARY, _large(small))
        add_image(item, Image.THUMBNAIL, small)
    item.links.add(role=Link.SOURCE, url=address(number))
    add_ids(item, [("paninimania", number)])
    return item


def _large(small: str) -> str:
    """The large picture, which has the name of the small one but for a letter; "" where it would be the same."""
    large = _SMALL.sub("b", small)
    return large if large != small else ""
