"""What a browser shows, as the answer that the upstream gave.

A browser shows JSON and text in a viewer of its own, and its own page where it got none. Both are recognised by the
markup that Chromium writes, never by what an upstream could write by chance.
"""

from __future__ import annotations

import html
import re

import orjson

_VIEWER = re.compile(
    r"\A<html(?: [^>]*)?><head><meta name=\"color-scheme\" content=\"light dark\">"
    r"(?:<meta charset=\"[\w-]+\">)?</head><body>"
    r"<pre(?: style=\"word-wrap: break-word; white-space: pre-wrap;\")?>(?P<text>.*?)</pre>"
    r"(?:<div class=\"json-formatter-container\"></div>)?</body></html>\s*\Z",
    re.DOTALL,
)
_XML_VIEWER = re.compile(
    r"\A<html xmlns=\"http://www\.w3\.org/1999/xhtml\">.*?<div id=\"webkit-xml-viewer-source-xml\">(?P<xml>.*?)</div>"
    r"<div class=\"(?:header|pretty-print)\"",
    re.DOTALL,
)
_ERROR_PAGE = re.compile(r"<body [^>]*class=\"neterror\"|<body class=\"neterror\"")
_ERROR_CODE = re.compile(r"\"errorCode\":\"([A-Z][A-Z0-9_]+)\"")

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"


def unwrapped(page: str) -> tuple[str, str]:
    """The upstream's answer and its content type."""
    if found := _VIEWER.match(page):
        text = html.unescape(found["text"])
        return text, _type_of(text)
    if found := _XML_VIEWER.match(page):
        return found["xml"].strip(), XML
    return page, HTML


def error_page(page: str) -> str | None:
    """The code of Chromium's own error page (``ERR_UNSAFE_PORT``); None when this is no such page."""
    if not _ERROR_PAGE.search(page) or 'id="main-frame-error"' not in page:
        return None
    found = _ERROR_CODE.search(page)
    return found[1] if found else "no page"


def _type_of(text: str) -> str:
    start = text.lstrip()[:5]
    if start.startswith("<?xml"):
        return XML
    if start.startswith(("{", "[")):
        try:
            orjson.loads(text)
        except orjson.JSONDecodeError:
            return TEXT
        return JSON
    return TEXT
