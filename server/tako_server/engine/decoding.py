"""Bodies into JSON values and trees. Every failure is a ValueError that says what did not decode."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import orjson

from tako_providers.sdk.upstream import Json

if TYPE_CHECKING:
    from lxml import etree, html

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode_json(headers: Mapping[str, str], body: bytes) -> Json:
    """The JSON value of a body; UTF-8 unless the answer declares another charset."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        charset = _declared(headers)
        if body.startswith(codecs.BOM_UTF8):
            return orjson.loads(body.removeprefix(codecs.BOM_UTF8))
        if charset in (None, "utf-8"):
            raise ValueError(f"no valid JSON: {error.msg}") from error
        return orjson.loads(body.decode(charset or "utf-8", "replace"))


def is_loaded() -> bool:
    """Whether the parser of pages is there. It is loaded with the first one: an idle server is the smaller for it."""
    return "lxml.etree" in sys.modules


def decode_xml(body: bytes) -> etree._Element:
    """The root element of an XML body. Nothing outside the body is read, and no entity is expanded."""
    from lxml import etree  # noqa: PLC0415 - see `is_loaded`

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no well-formed XML: {error.msg}") from error


_BEGINS = re.compile(rb"<body[\s>]", re.IGNORECASE)
_ENDS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_EDGE = 8192
"""Bytes in which the end of a page is looked for: scripts and comments may stand behind it."""


def decode_html(headers: Mapping[str, str], body: bytes) -> html.HtmlElement:
    """The root element of an HTML page, in its declared charset (header, byte order mark, meta; else UTF-8).

    The text is decoded here and not by libxml2, which knows fewer charset names than pages use. A page that begins as
    one and does not end is cut off: it would be read as one with less in it.
    """
    if _BEGINS.search(body) and not _ENDS.search(body, max(len(body) - _EDGE, 0)):
        raise ValueError("a page that is cut off")
    from lxml import etree, html  # noqa: PLC0415 - see `is_loaded`

    text = body.decode(_html_charset(headers, body), "replace")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError("no HTML page") from error


def _html_charset(headers: Mapping[str, str], body: bytes) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name
    if declared := _declared(headers):
        return declared
    meta = _META.search(body[:4096])
    return _known(meta.group(1).decode("ascii", "replace")) or "utf-8" if meta else "utf-8"


def _declared(headers: Mapping[str, str]) -> str | None:
    """The charset that the content type names, if Python knows it."""
    found = _CHARSET.search(headers.get("content-type", ""))
    return _known(found.group(1)) if found else None


def _known(charset: str) -> str | None:
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name  # as browsers read them
