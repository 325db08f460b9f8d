"""Reading HTML pages: structured data first, marked-up text where there is none.

What a page *must* have is for the provider to check (ShapeChanged); these give None or "" for what is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from tako_providers.sdk.text import one_line, plain_of
from tako_providers.sdk.upstream import Json

if TYPE_CHECKING:
    from typing import TypeGuard

    from lxml import etree, html

_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
"""What old pages wrap the content of a script in."""
_WHOLE_ADDRESS = re.compile(r"https?://[\w.-]+(?:/[^\s\[\]]*)?")
_PATH = re.compile(r"/(?![/.])(?:[^\s\[\];?#.]|\.(?![./]))*(?:\?[^\s\[\]#]+)?")
"""A path of the same site that goes nowhere back."""
_WRITTEN_ADDRESS = re.compile(r"\s*(?:https?:/)?/\S*\s*")
_UNREAD = frozenset(("script", "style", "template"))
"""Elements whose text is none for readers."""
_PARTING = frozenset(
    ("br", "div", "p", "li", "td", "th", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article")
)
"""Elements that part words, with blanks around them or not."""


def has_class(name: str) -> str:
    """The XPath condition that an element has this class among others.

    Most elements fail the first half, which takes a fraction of the second one's time.
    """
    return f"(contains(@class, '{name}') and contains(concat(' ', normalize-space(@class), ' '), ' {name} '))"


def is_element(thing: object) -> TypeGuard[html.HtmlElement]:
    """Whether what a page holds is an element, and not a text, an attribute or a comment."""
    return isinstance(getattr(thing, "tag", None), str)


def nodes(node: html.HtmlElement, xpath: str) -> list[html.HtmlElement]:
    """The elements that ``xpath`` finds below ``node``."""
    return [one for one in _found(node, xpath) if is_element(one)]


def node_of(node: html.HtmlElement, xpath: str) -> html.HtmlElement | None:
    """The first element that ``xpath`` finds."""
    return next((one for one in _found(node, xpath) if is_element(one)), None)


def line_of(node: html.HtmlElement, xpath: str = ".") -> str:
    """The text of the first thing that ``xpath`` finds, an element or an attribute, on one line; "" without one."""
    if xpath == ".":
        return _line(node)
    things = _found(node, xpath)
    return _line(things[0]) if things else ""


def lines_of(node: html.HtmlElement, xpath: str) -> list[str]:
    """The texts of all that ``xpath`` finds, each on one line, without empty ones."""
    return [line for one in _found(node, xpath) if (line := _line(one))]


def values_of(node: html.HtmlElement, xpath: str) -> list[str]:
    """The attributes and texts that ``xpath`` finds, as they are: ``.//img/@src``."""
    return [one for one in _found(node, xpath) if isinstance(one, str)]


def prose_of(node: html.HtmlElement, xpath: str = ".") -> str:
    """The text of the first element that ``xpath`` finds, plain, with its paragraphs; "" without one."""
    first = node if xpath == "." else node_of(node, xpath)
    return plain_of(first) if first is not None else ""


def texts_of(node: html.HtmlElement, *unread: str) -> Iterator[str]:
    """The texts that the body of a page, or an element, has for readers, one by one.

    Those of scripts, styles and elements called ``unread`` are left out.
    """
    body = node.find("body")
    return _texts(node if body is None else body, _UNREAD.union(unread))


def words_of(node: html.HtmlElement, *unread: str) -> str:
    """What a page or an element says to readers, on one line, as `texts_of` gives it."""
    return one_line(" ".join(texts_of(node, *unread)))


def json_ld(page: html.HtmlElement, *types: str) -> list[Json]:
    """The objects of the page's JSON-LD, those of ``@graph`` too; with ``types``, only those whose ``@type`` is one.

    A block that is no JSON is left out: shops break theirs with raw line breaks or unescaped quotes.
    """
    told: list[Json] = []
    for script in nodes(page, "//script[@type='application/ld+json']"):
        told.extend(_objects(_decoded(script.text or "")))
    return [one for one in told if not types or _types(one) & set(types)]


def script_json(page: html.HtmlElement, xpath: str) -> Json | None:
    """The JSON of the script that ``xpath`` finds, None without one: ``//script[@id='__NEXT_DATA__']``."""
    script = node_of(page, xpath)
    return _decoded(script.text or "") if script is not None else None


def assigned_json(text: str, name: str) -> Json | None:
    """The JSON value that a script assigns: ``name = {...};`` or ``name: {...}``. None without one."""
    for match in re.finditer(rf"(?<![\w$]){re.escape(name)}[\"']?\]?\s*[=:]\s*(?=[\[{{\"])", text):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, match.end())
        except ValueError:
            continue
        return value
    return None


def absolute(base: str, address: str | None) -> str:
    """``address`` as seen from the page at ``base``; "" without one, and for what is no web address."""
    if not address:
        return ""
    if _WHOLE_ADDRESS.fullmatch(address):
        return address
    if _PATH.fullmatch(address):
        return _root(base) + address
    stripped = address.strip()
    if not stripped or stripped.startswith("#"):
        return ""
    try:
        joined = urljoin(base, stripped)
    except ValueError:  # a bracket where a host was expected
        return ""
    return joined if joined.startswith(("https://", "http://")) else ""


@lru_cache(maxsize=256)
def _root(base: str) -> str:
    return urljoin(base, "/").removesuffix("/")


def _found(node: html.HtmlElement, xpath: str) -> list[Any]:
    result = _compiled(xpath)(node)
    return result if isinstance(result, list) else [result]


@lru_cache(maxsize=2048)
def _compiled(xpath: str) -> etree.XPath:
    """To compile an expression takes longer than to look for it."""
    from lxml import etree  # noqa: PLC0415 - loaded with the first page: an idle server is the smaller for it

    return etree.XPath(xpath, smart_strings=False)


def _line(thing: Any) -> str:
    """An element, or the text of an attribute, on one line. Addresses hold ``&`` that are no entities."""
    if is_element(thing):
        if not len(thing):
            return one_line(thing.text)
        pieces: list[str] = []
        _collect(thing, pieces)
        return one_line("".join(pieces))
    text = str(thing)
    return text.strip() if "&" in text and _WRITTEN_ADDRESS.fullmatch(text) else one_line(text)


def _collect(node: html.HtmlElement, pieces: list[str]) -> None:
    """The texts of an element, with blanks where others part them."""
    if text := node.text:
        pieces.append(text)
    for child in node:
        if isinstance(tag := child.tag, str):
            if tag in _PARTING:
                pieces.append(" ")
                _collect(child, pieces)
                pieces.append(" ")
            else:
                _collect(child, pieces)
        if text := child.tail:
            pieces.append(text)


def _texts(node: html.HtmlElement, unread: frozenset[str]) -> Iterator[str]:
    if node.text:
        yield node.text
    for child in node:
        if isinstance(child.tag, str) and child.tag not in unread:
            yield from _texts(child, unread)
        if child.tail:
            yield child.tail


def _decoded(text: str) -> Json | None:
    try:
        return json.loads(_COMMENT.sub("", text), strict=False)
    except ValueError:
        return None


def _objects(value: Json) -> Iterator[Json]:
    if isinstance(value, list):
        for one in value:
            yield from _objects(one)
    elif isinstance(value, dict):
        if isinstance(value.get("@graph"), list):
            yield from _objects(value["@graph"])
        else:
            yield value


def _types(value: Json) -> set[str]:
    told = value.get("@type")
    return {told} if isinstance(told, str) else {one for one in told or () if isinstance(one, str)}
