"""Lists of albums at Paninimania."""

from __future__ import annotations

import re

from lxml import html

from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    ShapeChanged,
    absolute,
    external_ids,
    image,
    line_of,
    lines_of,
    link,
    nodes,
    one_line,
    present,
    written_date,
    year_of,
)

SITE = "https://www.paninimania.com/"

_ALBUM = re.compile(r"[?&]pag=cid508_alb\b.*?[?&]idm=(\d+)")
_PAGES = re.compile(r"\bPage\s+\d+\s*/\s*(\d+)")
_NOTHING = re.compile(r"\baucun album\b", re.IGNORECASE)
_SMALL = re.compile(r"s(?=\.jpe?g$)")
_DATED = re.compile(r"\d{4}")


def address(number: str) -> str:
    """The page of an album."""
    return f"{SITE}?pag=cid508_alb&idf=15&idm={number}"


def file(source: str | None) -> str:
    """The address of a picture; "" for the site's own drawings. Those of albums look like folders with a query."""
    found = absolute(SITE, source)
    return found if found.startswith(f"{SITE}files/") else ""


def albums(page: html.HtmlElement) -> list[Item]:
    """The albums of a page of results, each once."""
    found: dict[str, Item] = {}
    for block in nodes(page, "//div[contains(concat(' ', normalize-space(@class), ' '), ' y0 ')]"):
        album = _album(block)
        if album is not None:
            found.setdefault(album.source_id, album)
    if not found and not _NOTHING.search(words(page)):
        raise ShapeChanged("a list of Paninimania has no albums and does not say that there are none")
    return list(found.values())


def following(page: html.HtmlElement, number: int) -> str:
    """The number of the next page: the page tells how many there are. "" on the last."""
    match = _PAGES.search(words(page))
    return str(number + 1) if match and number < int(match[1]) else ""


def words(page: html.HtmlElement) -> str:
    """What the page says to a reader, on one line."""
    return one_line(" ".join(page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")))


def _album(block: html.HtmlElement) -> Item | None:
    """One block of a list; None for one that leads to no album."""
    links = [anchor for anchor in nodes(block, ".//a[@href]") if _ALBUM.search(anchor.get("href", ""))]
    title = next(filter(None, (line_of(anchor) for anchor in links)), "")
    if not title:
        return None
    number = _ALBUM.findall(links[0].get("href", ""))[0]
    dated = next((text for text in reversed(lines_of(block, ".//b[not(.//a)]")) if _DATED.search(text)), "")
    released = written_date(dated, "fr")
    small = next(filter(None, (file(str(source)) for source in block.xpath(".//img/@src"))), "")
    return Item(
        kind=Item.STICKER_ALBUM,
        source_id=number,
        title=title,
        year=year_of(released),
        release_date=released,
        release_text="" if released else dated,
        images=present([_large(small), image(Image.THUMBNAIL, small)]),
        links=present([link(Link.SOURCE, address(number))]),
        external_ids=external_ids([("paninimania", number)]),
        language="fr",
    )


def _large(small: str) -> Image | None:
    """The large picture, which has the name of the small one but for a letter."""
    large = _SMALL.sub("b", small)
    return image(Image.PRIMARY, large) if large != small else None
