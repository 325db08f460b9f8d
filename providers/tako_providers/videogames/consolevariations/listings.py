"""Lists of ConsoleVariations: collectibles in cards, brands and platforms in links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import parse_qs, urlsplit

from tako.v1.answers_pb2 import Term
from tako.v1.details_games_pb2 import Console
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, ShapeChanged, image, line_of, link, nodes, present, words_of

if TYPE_CHECKING:
    from lxml import html

SITE = "https://consolevariations.com"
CDN = "https://cdn.consolevariations.com/"

_ORIGIN = r"(?:https?://(?:www\.)?consolevariations\.com)?"
_COLLECTIBLE = re.compile(_ORIGIN + r"/collectibles/([\w-]{6,})/?(?:[?#].*)?", re.ASCII)
"""Shorter words are pages about collectibles, not collectibles."""
_BRAND = re.compile(_ORIGIN + r"/browse/brand/([\w-]+)(?:/platforms)?/?", re.ASCII)
_PLATFORM = re.compile(_ORIGIN + r"/database/([\w-]+)/?", re.ASCII)
_NOTHING = re.compile(
    r"\b(?:no|0|zero)\s+(?:\w+\s+){0,3}?(?:results?|match(?:es)?|found|collectibles?|consoles?|items?|variations?)\b"
    r"|\bnothing\s+(?:was\s+|could\s+be\s+)?found\b"
    r"|\b(?:did\s+not|didn['\u2019]t)\s+match\b",
    re.IGNORECASE,
)
_MISSING = frozenset(("not found", "404", "404 not found", "404 | not found", "page not found"))
_LONG_ENOUGH = 10
"""Letters of a picture's text that names the collectible; shorter ones are those of flags and badges."""


def cards(page: html.HtmlElement, hardware: Console.Type.ValueType) -> list[Item]:
    """The collectibles of a page of cards. ``hardware`` is the sort that was asked for: cards do not tell theirs."""
    links: dict[str, list[html.HtmlElement]] = {}
    for anchor in nodes(page, "//a[contains(@href, '/collectibles/')]"):
        if slug := _collectible(anchor):
            links.setdefault(slug, []).append(anchor)
    items = present(_item(slug, anchors, hardware) for slug, anchors in links.items())
    if not items and not _NOTHING.search(words_of(page)):
        raise ShapeChanged("a list of ConsoleVariations has no collectibles and does not say that there are none")
    return items


def following(page: html.HtmlElement, number: int) -> str:
    """The number of the next page when this page links to it, else ""."""
    for anchor in nodes(page, "//a[contains(@href, 'page=')]"):
        if parse_qs(urlsplit(anchor.get("href", "")).query).get("page") == [str(number + 1)]:
            return str(number + 1)
    return ""


def is_missing(page: html.HtmlElement) -> bool:
    """Whether it is the page that stands for what is not there: through a browser its status cannot be seen."""
    return line_of(page, "//title").casefold() in _MISSING


def brands(page: html.HtmlElement) -> list[Term]:
    """The brands of the page that lists them."""
    found = dict(_named(page, "//a[contains(@href, '/browse/brand/')]", _BRAND))
    if not found:
        _no_terms(page, "brands")
    return [
        Term(id=slug, slug=slug, name=name, url=f"{SITE}/browse/brand/{slug}/platforms") for slug, name in found.items()
    ]


def platforms(page: html.HtmlElement, brand: str) -> list[Term]:
    """The platforms of a brand's page."""
    found = dict(_named(page, "//a[contains(@href, '/database/')]", _PLATFORM))
    if not found and not _NOTHING.search(words_of(page)):
        _no_terms(page, "platforms")
    return [
        Term(id=slug, slug=slug, name=name, parent_id=brand, url=f"{SITE}/database/{slug}")
        for slug, name in found.items()
    ]


def brand_in(address: str) -> str:
    """The brand that an address belongs to, "" for other addresses."""
    match = _BRAND.fullmatch(address)
    return match[1] if match else ""


def platform_in(address: str) -> str:
    """The platform that an address belongs to, "" for other addresses."""
    match = _PLATFORM.fullmatch(address)
    return match[1] if match else ""


def _collectible(anchor: html.HtmlElement) -> str:
    """The slug that a link leads to. The page that compares collectibles has the address of one."""
    match = _COLLECTIBLE.fullmatch(anchor.get("href", "").strip())
    return match[1] if match and match[1] != "compare" else ""


def _item(slug: str, anchors: list[html.HtmlElement], hardware: Console.Type.ValueType) -> Item | None:
    """One card; None for a link that has no name, such as a button."""
    picture = _picture(slug, anchors)
    title = _title(picture, anchors)
    if not title:
        return None
    address = picture.get("src") if picture is not None else None
    small = address is not None and "/conversions/" in address
    return Item(
        kind=Item.CONSOLE,
        source_id=slug,
        title=title,
        images=present([image(Image.THUMBNAIL if small else Image.PRIMARY, address)]),
        links=present([link(Link.SOURCE, f"{SITE}/collectibles/{slug}")]),
        language="en",
        console=Console(type=hardware),
    )


def _picture(slug: str, anchors: list[html.HtmlElement]) -> html.HtmlElement | None:
    """The picture of a card: in one of its links, else in the smallest element around that holds no other card."""
    for anchor in anchors:
        if found := _pictures(anchor):
            return found[0]
    around = anchors[0].getparent()
    while around is not None and {_collectible(one) for one in nodes(around, ".//a[@href]")} <= {slug, ""}:
        if found := _pictures(around):
            return found[0]
        around = around.getparent()
    return None


def _pictures(node: html.HtmlElement) -> list[html.HtmlElement]:
    return [one for one in nodes(node, f".//img[starts-with(@src, '{CDN}')]") if "profile-photos" not in one.get("src")]


def _title(picture: html.HtmlElement | None, anchors: list[html.HtmlElement]) -> str:
    alt = line_of(picture, "@alt") if picture is not None else ""
    if len(alt) >= _LONG_ENOUGH and not alt.casefold().startswith("consolevariations"):
        return alt
    return next(filter(None, map(line_of, anchors)), "")


def _named(page: html.HtmlElement, xpath: str, address: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Slug and name of each link of this form; the first name of a slug counts."""
    seen: set[str] = set()
    for anchor in nodes(page, xpath):
        match = address.fullmatch(anchor.get("href", "").strip())
        name = line_of(anchor) or line_of(anchor, ".//img/@alt")
        if match and name and match[1] not in seen:
            seen.add(match[1])
            yield match[1], name


def _no_terms(page: html.HtmlElement, what: str) -> NoReturn:
    if is_missing(page):
        raise NotFound(f"ConsoleVariations has no such list of {what}")
    raise ShapeChanged(f"the page of {what} of ConsoleVariations lists none")
