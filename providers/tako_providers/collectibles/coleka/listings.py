"""Lists of Coleka: what a search finds, and what was added last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.coleka.parts import (
    SITE,
    Place,
    full_size,
    is_missing,
    picture,
    place_of,
    refuse_verification,
    set_number,
)
from tako_providers.sdk import (
    ShapeChanged,
    add_ids,
    add_image,
    add_link,
    has_class,
    line_of,
    nodes,
    one_line,
    present,
    values_of,
    words_of,
    year_in,
)

if TYPE_CHECKING:
    from lxml import html

_REFERENCE = re.compile(r"r[ée]f(?:[ée]rence)?\s*[.:]?\s*", re.IGNORECASE)
_NOTHING = re.compile(
    r"\baucune?\s+(?:\w+\s+){0,2}?(?:r[ée]sultat|objet|article|item|collectible)|\bpas\s+de\s+r[ée]sultat"
    r"|\b(?:no|0)\s+(?:\w+\s+){0,2}?(?:results?|items?|r[ée]sultats?)\b|\bnothing\s+found\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\bderni[eè]re?s?\s+(?:ajout|objet|article|item)|\bnouveaut[ée]s?\b"
    r"|\b(?:latest|newest|last added|last additions|recently added)\b",
    re.IGNORECASE,
)
_FIELDS = {"product-title": "title", "an": "year", "ref": "reference"}
_OWN_TEXT = f".//text()[not(ancestor::*[{has_class('ref')} or {has_class('an')}])]"
_NOT_IN_CARD = "not(ancestor::a or ancestor::li)"
_HEADING = f"//*[self::h1 or self::h2 or self::h3 or self::h4][{_NOT_IN_CARD}]"


def found(page: html.HtmlElement, language: str) -> list[Item]:
    """The items of a page of results."""
    refuse_verification(page)
    items = _items(nodes(page, "//a[contains(@href, '_i')]"), language)
    if not items and (is_missing(page) or not _NOTHING.search(words_of(page))):
        raise ShapeChanged("a search of Coleka has no items and does not say that it found none")
    return items


def latest(page: html.HtmlElement, language: str) -> list[Item]:
    """The items below the home page's heading of what was added last."""
    refuse_verification(page)
    for heading in nodes(page, _HEADING):
        if _LATEST.search(line_of(heading)):
            items = _items(_below(heading), language)
            if items:
                return items
    raise ShapeChanged("Coleka's home page has no block of what was added last")


def following(page: html.HtmlElement, current: str) -> str:
    """The value of ``p`` of the next page: the nearest above the current one that this page links to.

    Lists have been seen to count from 0 and from 1, so the next number is read and not made.
    """
    number = int(current or 0)
    linked = {
        int(value)
        for anchor in nodes(page, "//a[contains(@href, 'p=')]")
        for value in parse_qs(urlsplit(anchor.get("href", "")).query).get("p", ())
        if value.isdecimal()
    }
    return str(min((other for other in linked if other > number), default=""))


def _below(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The links to items between a heading and the next one of its rank. Cards have headings of their own."""
    for node in nodes(heading, f"following::a[contains(@href, '_i')] | following::{heading.tag}[{_NOT_IN_CARD}]"):
        if node.tag == heading.tag:
            return
        yield node


def _items(anchors: Iterable[html.HtmlElement], language: str) -> list[Item]:
    """An item for each path: picture and name may be two links to one item."""
    links: dict[Place, list[html.HtmlElement]] = {}
    for anchor in anchors:
        if place := place_of(anchor.get("href")):
            links.setdefault(place, []).append(anchor)
    return present(_item(place, own, language) for place, own in links.items())


def _item(place: Place, anchors: list[html.HtmlElement], language: str) -> Item | None:
    """One card; None for a link that has no name. What it tells may stand in several links to it."""
    told = [_told(card) for card in dict.fromkeys(_card(anchor, place) for anchor in anchors)]
    title = _first(told, "title") or _first(told, "other title") or _own_text(anchors) or _first(told, "said")
    if not title:
        return None
    year = year_in(_first(told, "year"))
    reference = _REFERENCE.sub("", _first(told, "reference"), count=1)
    item = Item(
        kind=Item.COLLECTIBLE,
        source_id=place.path,
        title=title,
        year=year,
        release_date=str(year) if year else "",
        language=language,
        collectible=Collectible(category=place.category, reference=reference),
    )
    if small := _first(told, "picture"):
        full = full_size(small)
        add_image(item, Image.PRIMARY, full)
        add_image(item, Image.THUMBNAIL, small if small != full else None)
    add_link(item, Link.SOURCE, f"{SITE}/{language}/{place.path}")
    add_ids(item, [("coleka", place.number), ("set_number", set_number(place, reference))])
    if collection := place.collection:
        item.attributes["collection"] = collection
    return item


def _card(anchor: html.HtmlElement, place: Place) -> html.HtmlElement:
    """What is around a link, when it holds no other item."""
    around = next(anchor.iterancestors("li"), None)
    if around is None:
        return anchor
    own = anchor.get("href")
    others = (one.get("href") for one in around.iter("a"))
    return around if all(one == own or place_of(one) in (place, None) for one in others) else anchor


def _told(card: html.HtmlElement) -> dict[str, str]:
    """What a card tells, the first of each: name, year and reference by their classes, picture and its text."""
    told: dict[str, str] = {}
    for node in card.iter():
        if node.tag == "img":
            told["picture"] = told.get("picture") or picture(node.get("data-src")) or picture(node.get("src"))
            told["said"] = told.get("said") or one_line(node.get("alt"))
        elif classes := node.get("class"):
            for name in classes.split():
                if name in _FIELDS and not told.get(_FIELDS[name]):
                    told[_FIELDS[name]] = line_of(node)
                elif name == "t" and any("lib" in (one.get("class") or "").split() for one in node.iterancestors()):
                    told["other title"] = told.get("other title") or line_of(node)
    return told


def _first(told: Iterable[Mapping[str, str]], field: str) -> str:
    """The first text that one of the cards has."""
    return next((text for one in told if (text := one.get(field))), "")


def _own_text(anchors: Iterable[html.HtmlElement]) -> str:
    """The text of the first link that has one, without that of reference and year."""
    return next(filter(None, (one_line(" ".join(values_of(anchor, _OWN_TEXT))) for anchor in anchors)), "")
