"""The tables of an article's page: label and value, in the words of the marketplace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from tako.v1.values_pb2 import Dimensions
from tako_providers.ecommerce.amazon import words
from tako_providers.ecommerce.amazon.markets import Market
from tako_providers.sdk import line_of, lines_of, nodes, written_amount

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TABLES = (
    "productOverview_feature_div",
    "prodDetails",
    "productDetails_techSpec_section_1",
    "productDetails_detailBullets_sections1",
)
_BULLETS = ".//li[.//span[contains(@class, 'a-text-bold')]]"
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c"))
_NOT_A_KEY = re.compile(r"\W+")
_PRINTED = re.compile(r"\s*(?:;[^()]*)?\(([^()]*\d{4}[^()]*)\)\s*$")
"""The date behind a publisher: ``Ryland Peters & Small; Illustrated edition (7 April 2016)``."""
_SEE_TOP = re.compile(r"\s*\([^)]*\)")
_MOST_ROWS = 20
Rows = dict[str, str]


class Sections(dict[str, "HtmlElement"]):
    """The parts of a page that have an id, the first of each: a page has thousands of elements, and many places to
    look at.
    """

    def nodes(self, part: str, xpath: str) -> list[HtmlElement]:
        """The elements that ``xpath`` finds in a part; none without that."""
        return nodes(self[part], xpath) if part in self else []

    def lines(self, part: str, xpath: str) -> list[str]:
        """The texts that ``xpath`` finds in a part."""
        return lines_of(self[part], xpath) if part in self else []

    def line(self, part: str, xpath: str = ".") -> str:
        """The first text that ``xpath`` finds in a part."""
        return line_of(self[part], xpath) if part in self else ""


def sections(page: HtmlElement) -> Sections:
    """The parts of a page by their ids. Of several with one id the first counts; the others are empty."""
    found = Sections()
    for node in nodes(page, "//*[@id]"):
        found.setdefault(node.get("id", ""), node)
    return found


def rows(at: Sections) -> tuple[Rows, Rows]:
    """The rows of the tables: those whose label is known, by its meaning, and the others."""
    known: Rows = {}
    others: Rows = {}
    for label, value in _told(at):
        meaning = words.LABELS.get(label.casefold())
        if meaning:
            known.setdefault(meaning, value)
        elif pages := words.PAGES.search(value):
            known.setdefault("format", label)
            known.setdefault("length", pages[0])
        else:
            others.setdefault(label, value)
    return known, others


def _told(at: Sections) -> Iterator[tuple[str, str]]:
    """Label and value of each row. They come wrapped in marks of direction; ``/`` stands for no value."""
    for row in chain.from_iterable(at.nodes(table, ".//tr") for table in _TABLES):
        cells = nodes(row, "./th | ./td")
        if len(cells) == 2:
            label, value = line_of(cells[0]).translate(_MARKS), line_of(cells[1]).translate(_MARKS)
            if label.strip(" :") and value.strip(" /-"):
                yield label.strip(" :"), value.strip()
    for row in at.nodes("detailBullets_feature_div", _BULLETS):
        label, text = line_of(row, ".//span[contains(@class, 'a-text-bold')]"), line_of(row)
        value = text.removeprefix(label).translate(_MARKS).strip()
        if value:
            yield label.translate(_MARKS).strip(" :\uff1a\xa0"), value


def printed(known: Rows) -> str:
    found = _PRINTED.search(known.get("publisher", ""))
    return found[1] if found else ""


def attributes(known: Rows, others: Rows, seller: str) -> Rows:
    """What no field of an article has: publisher, length, seller, and the rows of the tables."""
    told = {
        "publisher": _PRINTED.sub("", known.get("publisher", "")),
        "language": known.get("language", ""),
        "pages": _pages(known),
        "seller": seller,
    }
    for label, value in list(others.items())[:_MOST_ROWS]:
        told[_NOT_A_KEY.sub("_", label.casefold()).strip("_")] = _SEE_TOP.sub("", value).strip()
    return {key: value for key, value in told.items() if key and value}


def _pages(known: Rows) -> str:
    found = words.PAGES.search(known.get("length", ""))
    return "".join(filter(str.isdecimal, found[1])) if found else ""


def dimensions(known: Rows, market: Market) -> Dimensions | None:
    """Size as upstream words it, for nobody knows which side comes first, and the weight in grams."""
    size, _, behind = known.get("size", "").partition(";")
    weight = words.WEIGHT.search(known.get("weight") or behind)
    grams = words.GRAMS.get(weight[2].casefold()) if weight else None
    number = written_amount(weight[1], market.mark) if weight else None
    if not size and not (grams and number):
        return None
    return Dimensions(
        text=size.strip(), weight_g=round(float(number) * grams, 2) if grams and number and float(number) else None
    )
