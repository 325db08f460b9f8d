"""Reading the blocks of a card: each is a heading and a value, `<div class="cost"><h3>Cost</h3>6</div>`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, TypeAlias

from tako_providers.sdk import one_line, tidy

if TYPE_CHECKING:
    from lxml import html

_DIGITS = re.compile(r"\d+")
_UNREAD = frozenset(("h3", "rt", "rp", "script", "style"))
"""Headings, and the readings above Japanese words."""
_NOTHING = frozenset(("-", "\u2212", "\uff0d"))

Block: TypeAlias = "html.HtmlElement | None"
Blocks: TypeAlias = "Mapping[str, html.HtmlElement]"
"""The blocks of a card by their class."""


def of_class(page: html.HtmlElement, tag: str, name: str) -> Iterator[html.HtmlElement]:
    """The elements that have a class. XPath would look at all of them first."""
    return (found for found in page.iter(tag) if name in (found.get("class") or "").split())


def blocks_of(entry: html.HtmlElement) -> Blocks:
    """The blocks of a card. Remarks have the class of the sets too, and come under their own."""
    blocks: dict[str, html.HtmlElement] = {}
    for block in entry.iter("div"):
        names = (block.get("class") or "").split()
        for name in ("remarks",) if "remarks" in names else names:
            blocks.setdefault(name, block)
    return blocks


def heading(block: Block) -> str:
    """The heading of a block in small letters."""
    found = block.find("h3") if block is not None else None
    return one_line("".join(found.itertext())).casefold() if found is not None else ""


def first_number(text: str) -> str:
    """The digits of the first number in ``text``, "" without one. Some sites have wide digits, or words around them."""
    if not (text.isascii() and text.isdecimal()):
        match = _DIGITS.search(unicodedata.normalize("NFKC", text).replace(",", ""))
        text = match[0] if match else ""
    return text if len(text) < 10 else ""


def digits(block: Block) -> str:
    """The number of a block as text, "" for a dash."""
    return first_number(value(block))


def whole_number(block: Block) -> int | None:
    """The number of a block, None for a dash."""
    found = digits(block)
    return int(found) if found else None


def value(block: Block) -> str:
    """The text of a block without its heading, "" for a dash. Only a `br` breaks a line."""
    if block is None:
        return ""
    pieces = [_flat(block.text)]
    _collect(block, pieces)
    text = "".join(pieces)
    text = tidy(unescape(text) if "&" in text else text)
    return "" if text in _NOTHING else text


def _collect(block: html.HtmlElement, pieces: list[str]) -> None:
    for child in block:
        if child.tag == "br":
            pieces.append("\n")
        elif isinstance(child.tag, str) and child.tag not in _UNREAD:
            if child.tag not in _elements():
                pieces.append(f"<{' '.join((child.tag, *child.keys())).title()}>")
            pieces.append(_flat(child.text))
            _collect(child, pieces)
        pieces.append(_flat(child.tail))


@cache
def _elements() -> frozenset[str]:
    """What is markup. Rules name attributes as `<Slash>`, which some pages write without escaping."""
    from lxml.html import defs  # noqa: PLC0415 - loaded with the first page

    return frozenset((*defs.tags, "ruby", "rb"))


def _flat(text: str | None) -> str:
    return text.replace("\r", " ").replace("\n", " ") if text else ""
