"""Lists of Coleka: what a search finds, and what was added last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

from lxml import html

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
    words,
)
from tako_providers.sdk import ShapeChanged, external_ids, image, line_of, link, nodes, one_line, present, year_in

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
_NOT_IN_CARD = "not(ancestor::a or ancestor::li)"
_HEADING = f"//*[self::h1 or self::h2 or self::h3 or self::h4][{_NOT_IN_CARD}]"


def found(page: html.HtmlElement, language: str) -> list[Item]:
    """The items of a page of results."""
    refuse_verification(page)
    items = _items(nodes(page, "//a[contains(@href, '_i')]"), language)
    if not items and (is_missing(page) or not _NOTHING.search(words(page))):
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
    """One card; None for a link that has no name."""
    cards = [_card(anchor, place) for anchor in anchors]
    title = _first(cards, _title) or _first(anchors, _own_text) or _first(cards, _said_by_picture)
    if not title:
        return None
    small = _first(cards, _picture)
    year = year_in(_first(cards, _year))
    reference = _REFERENCE.sub("", _first(cards, _reference), count=1)
    full = full_size(small)
    return Item(
        kind=Item.COLLECTIBLE,
        source_id=place.path,
        title=title,
        year=year,
        release_date=str(year or ""),
        images=present([image(Image.PRIMARY, full), image(Image.THUMBNAIL, small if small != full else None)]),
        links=present([link(Link.SOURCE, f"{SITE}/{language}/{place.path}")]),
        external_ids=external_ids([("coleka", place.number), ("set_number", set_number(place, reference))]),
        language=language,
        collectible=Collectible(category=place.category, reference=reference),
        attributes={"collection": place.collection} if place.collection else {},
    )


def _first(places: Iterable[html.HtmlElement], read: Callable[[html.HtmlElement], str]) -> str:
    """The first text that one of the places has."""
    return next(filter(None, map(read, places)), "")


def _card(anchor: html.HtmlElement, place: Place) -> html.HtmlElement:
    """What is around a link, when it holds no other item."""
    around = next(iter(nodes(anchor, "ancestor::li[1]")), anchor)
    return around if all(place_of(one.get("href")) in (place, None) for one in nodes(around, ".//a[@href]")) else anchor


def _title(card: html.HtmlElement) -> str:
    return line_of(card, f".//*[{_has('product-title')}]") or line_of(card, f".//*[{_has('lib')}]//*[{_has('t')}]")


def _own_text(anchor: html.HtmlElement) -> str:
    """The text of a link without that of reference and year."""
    return one_line(" ".join(anchor.xpath(f".//text()[not(ancestor::*[{_has('ref')} or {_has('an')}])]")))


def _said_by_picture(card: html.HtmlElement) -> str:
    return line_of(card, ".//img/@alt")


def _picture(card: html.HtmlElement) -> str:
    return next(filter(None, (picture(address) for address in card.xpath(".//img/@data-src | .//img/@src"))), "")


def _year(card: html.HtmlElement) -> str:
    return line_of(card, f".//*[{_has('an')}]")


def _reference(card: html.HtmlElement) -> str:
    return line_of(card, f".//*[{_has('ref')}]")


def _has(name: str) -> str:
    """The condition of having a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
