"""Reading HTML pages: structured data first, marked-up text where there is none.

What a page *must* have is for the provider to check (ShapeChanged); these give None or "" for what is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import html

from tako_providers.sdk.text import one_line, plain
from tako_providers.sdk.upstream import Json

_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
"""What old pages wrap the content of a script in."""


def nodes(node: html.HtmlElement, xpath: str) -> list[html.HtmlElement]:
    """The elements that ``xpath`` finds below ``node``."""
    found = node.xpath(xpath)
    return [one for one in found if isinstance(one, html.HtmlElement)] if isinstance(found, list) else []


def node_of(node: html.HtmlElement, xpath: str) -> html.HtmlElement | None:
    """The first element that ``xpath`` finds."""
    found = nodes(node, xpath)
    return found[0] if found else None


def line_of(node: html.HtmlElement, xpath: str = ".") -> str:
    """The text of the first thing that ``xpath`` finds, an element or an attribute, on one line; "" without one."""
    found = node.xpath(xpath)
    if isinstance(found, str):
        return one_line(found)
    if not isinstance(found, list) or not found:
        return ""
    first = found[0]
    return one_line(first.text_content() if isinstance(first, html.HtmlElement) else str(first))


def lines_of(node: html.HtmlElement, xpath: str) -> list[str]:
    """The texts of all that ``xpath`` finds, each on one line, without empty ones."""
    found = node.xpath(xpath)
    texts = [one.text_content() if isinstance(one, html.HtmlElement) else str(one) for one in found or ()]
    return [line for text in texts if (line := one_line(text))]


def prose_of(node: html.HtmlElement, xpath: str = ".") -> str:
    """The text of the first element that ``xpath`` finds, plain, with its paragraphs; "" without one."""
    found = node_of(node, xpath)
    return plain(html.tostring(found, encoding="unicode", with_tail=False)) if found is not None else ""


def json_ld(page: html.HtmlElement, *types: str) -> list[Json]:
    """The objects of the page's JSON-LD, those of ``@graph`` too; with ``types``, only those whose ``@type`` is one.

    A block that is no JSON is left out: shops break theirs with raw line breaks or unescaped quotes.
    """
    found: list[Json] = []
    for script in nodes(page, "//script[@type='application/ld+json']"):
        found.extend(_objects(_decoded(script.text or "")))
    return [one for one in found if not types or _types(one) & set(types)]


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
    if not address or address.startswith(("data:", "javascript:", "#")):
        return ""
    return urljoin(base, address.strip())


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
