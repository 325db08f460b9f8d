"""The block of a set's page that says what it is, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tako_providers.sdk import one_line

if TYPE_CHECKING:
    from lxml import html

_FLAGS = {"greatbritain": "en", "spain": "es", "germany": "de", "france": "fr"}
_FLAG = re.compile(r"flag-([a-z]+)", re.IGNORECASE)
_FLAG_WORDS = {"english": "en", "español": "es", "deutsch": "de", "français": "fr"}
_PATHS = {
    "themes": "theme",
    "sets-formats": "format",
    "released": "released",
    "discontinued": "discontinued",
    "export-markets": "market",
}
_LABELS = {
    "theme": "theme",
    "thème": "theme",
    "tema": "theme",
    "thema": "theme",
    "format": "format",
    "formato": "format",
    "released": "released",
    "sortie": "released",
    "lanzamiento": "released",
    "erschienen": "released",
    "discontinued": "discontinued",
    "fin de vie": "discontinued",
    "descatalogado": "discontinued",
    "eingestellt": "discontinued",
    "figures": "figures",
    "chiffres": "figures",  # a machine's French for figures
    "figuras": "figures",
    "figuren": "figures",
    "exclusive": "exclusive",
    "exclusif": "exclusive",
    "exclusivo": "exclusive",
    "exklusiv": "exclusive",
    "export market": "market",
}
_PATH = re.compile(r"(?:https?://[^/]+)?/([a-z-]+)/([^/?#]+)")
_EMPTY = frozenset(("", "n/a", "none", "-"))


@dataclass(slots=True)
class Value:
    """What stands behind a label: links to lists of the site, and other words."""

    links: dict[str, str] = field(default_factory=dict)
    """Text of a link by the last part of its address."""
    words: str = ""

    @property
    def text(self) -> str:
        """The first link, else the words."""
        return next(iter(self.links.values()), "") or self.words


def names(info: html.HtmlElement) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for flag in info.iter("img"):
        match = _FLAG.search(flag.get("src") or "")
        tag = _FLAGS.get(match[1].lower() if match else "") or _FLAG_WORDS.get((flag.get("alt") or "").strip().lower())
        if tag and (name := _line_behind(flag).words):
            found.setdefault(tag, name)
    return found


def values(info: html.HtmlElement) -> Mapping[str, Value]:
    """The values by what they are."""
    found = {name: Value() for name in (*_PATHS.values(), "figures", "exclusive")}
    for label in info.iter("strong", "b"):
        value = _line_behind(label)
        paths = (match[1] for one in _anchors_behind(label) if (match := _PATH.match(one.get("href") or "")))
        name = next((_PATHS[path] for path in paths if path in _PATHS), "")
        name = name or _LABELS.get(one_line(label.text_content()).rstrip(" :\xa0").casefold(), "")
        if name and not found[name].text:
            found[name] = value
    return found


def _line_behind(start: html.HtmlElement) -> Value:
    """What stands between ``start`` and the end of its line, without links to the editor and remarks."""
    value, words = Value(), [start.tail or ""]
    for one in _until_break(start):
        if one.tag == "a" and "/editor/" not in (one.get("href") or ""):
            match = _PATH.match(one.get("href") or "")
            text = _meaning(one.text_content())
            if match and text:
                value.links[unquote(match[2])] = text
            elif text:
                words.append(text)
        elif one.tag not in ("a", "i") and "sets-contador" not in (one.get("class") or ""):
            words.append(one.text_content())
        words.append(one.tail or "")
    value.words = _meaning(" ".join(words))
    return value


def _anchors_behind(start: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (one for one in _until_break(start) if one.tag == "a")


def _until_break(start: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for one in start.itersiblings():
        if one.tag in ("br", "strong", "b", "img", "div", "p"):
            return
        if isinstance(one.tag, str):
            yield one


def _meaning(text: str) -> str:
    """A value, "" for the words that stand for none."""
    line = one_line(text).replace("(wrong?)", "").strip()
    return "" if line.strip("() ").casefold() in _EMPTY else line
