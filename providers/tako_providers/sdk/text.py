"""Upstream text made plain: no HTML, no doubly escaped entities, paragraphs parted by an empty line."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html as lxml_html

_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_NO_TAG = re.compile(r"<(?=/?([a-zA-Z][\w:-]*))")
"""What looks like the start of an element; card games write ``<Blocker>``."""
_SPACES = re.compile(r"[ \t\xa0\u200b]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "section")
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
"""Letters that no accent can be taken from."""
_WORD = re.compile(r"[^\W_]+")
_MARKDOWN_SIGNS = ("*", "_", "[", "#", ">", "---")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_MARKDOWN_REFERENCE_LINK = re.compile(r"!?\[([^\]\n]+)\]\[[^\]\n]*\]")
_MARKDOWN_REFERENCE = re.compile(r"^\s*\[[^\]\n]+\]:\s+\S+.*$", re.MULTILINE)
_MARKDOWN_EMPHASIS = re.compile(r"(\*\*|__|\*|_(?<!\w_))(?=\S)(.+?)(?<=\S)(\*\*|__|\*|_(?!\w))")
_MARKDOWN_RULE = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_MARKDOWN_MARK = re.compile(r"^ {0,3}(?:>+ ?|#{1,6} +)", re.MULTILINE)


def plain(text: str | None) -> str:
    """``text`` without markup. Entities are decoded, also when escaped twice; line breaks are kept."""
    if not text:
        return ""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text and _TAG.search(text):
        text = _without_tags(text)
    return tidy(text)


def plain_markdown(text: str | None) -> str:
    """``text`` without Markdown and HTML: links keep their words, quotes and headings their text."""
    if not text:
        return ""
    if not any(sign in text for sign in _MARKDOWN_SIGNS):
        return plain(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Each is looked for only where its sign is: to look takes long, and most texts have one of them.
    if "]:" in text:
        text = _MARKDOWN_REFERENCE.sub("", text)
    if "](" in text:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    if "][" in text:
        text = _MARKDOWN_REFERENCE_LINK.sub(r"\1", text)
    if "---" in text or "***" in text or "___" in text:
        text = _MARKDOWN_RULE.sub("", text)
    if ">" in text or "#" in text:
        text = _MARKDOWN_MARK.sub("", text)
    if "*" in text or "_" in text:
        text = _MARKDOWN_EMPHASIS.sub(r"\2", text)
    return plain(text)


def tidy(text: str) -> str:
    """``text`` with single spaces, trimmed lines and at most one empty line between paragraphs."""
    if "  " in text or "\t" in text or "\xa0" in text or "\u200b" in text:  # rare, and the rest costs more
        text = _SPACES.sub(" ", text)
    if "\n" in text:
        text = "\n".join(map(str.strip, text.split("\n")))
        if "\n\n\n" in text:
            text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()


def one_line(text: str | None) -> str:
    """``text`` as a title: plain, with all white space folded to single spaces."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text and "<" not in text and "&" not in text:
        return text.strip()  # nearly every title: a blank is the only white space that is printable
    if "<" in text or "&" in text or "\u200b" in text:
        text = plain(text)
    return " ".join(text.split())


def without_accents(text: str) -> str:
    """``text`` in plain letters: ``é`` is ``e``, ``œ`` is ``oe``. Marks that make another letter (``が``) stay."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", letters))


def slug(text: str, joint: str = "-") -> str:
    """The words of ``text`` as names and addresses have them: in small plain letters, with ``joint`` between them."""
    return joint.join(_WORD.findall(without_accents(text.casefold())))


def plain_of(node: lxml_html.HtmlElement) -> str:
    """The text of an element without markup, with its paragraphs, as `plain` gives that of a text."""
    pieces: list[str] = []
    _collect(node, pieces)
    pieces[-1] = ""  # what stands behind the element
    return plain("".join(pieces))


@cache
def _elements() -> frozenset[str]:
    """The names of all elements."""
    from lxml.html import defs  # noqa: PLC0415 - four megabytes that a server without markup to read does not need

    return frozenset(defs.tags)


def _without_tags(text: str) -> str:
    from lxml import etree  # noqa: PLC0415 - as above
    from lxml import html as lxml_html  # noqa: PLC0415 - as above

    elements = _elements()
    text = _NO_TAG.sub(lambda match: "<" if match[1].lower() in elements else "&lt;", text)
    try:
        root = lxml_html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return _TAG.sub(" ", text)
    pieces: list[str] = []
    _collect(root, pieces)
    return "".join(pieces)


def _collect(node: lxml_html.HtmlElement, pieces: list[str]) -> None:
    if isinstance(node.tag, str) and node.tag not in ("script", "style"):
        block = node.tag in _BLOCKS
        if block:
            pieces.append("\n" if node.tag in ("li", "tr") else "\n\n")
        elif node.tag == "br":
            pieces.append("\n")
        pieces.append(node.text or "")
        for child in node:
            _collect(child, pieces)
        if block and node.tag not in ("li", "tr"):
            pieces.append("\n\n")
    pieces.append(node.tail or "")
