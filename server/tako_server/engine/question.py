"""What a request asks, taken apart: the same form for a provider's request and for a recorded one.

Query, form, JSON and the text of a query language all become named parameters, so that they can be compared
one by one. A name has its path (``variables.sort.key``, ``where.platforms``), a value is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import orjson

from tako_providers.sdk.upstream import Request

Pairs = list[tuple[str, str]]

_MATRIX = re.compile(r"[A-Za-z_]\w*=[^=]*")
"""A parameter in the path: `/us/rss/topalbums/limit=100/json` (iTunes)."""
_FORM = re.compile(r"[\w.\[\]-]+=")
_FORM_SPLIT = re.compile(r"&(?=[\w.\[\]-]+=)")
"""A recorded form may hold JSON that nobody percent-encoded, ampersands included (Brickset)."""
_STATEMENT = re.compile(r"\s*(fields|exclude|search|where|sort|limit|offset)\s+(.*)", re.IGNORECASE | re.DOTALL)
"""One statement of IGDB's query language (https://api-docs.igdb.com/#apicalypse-1)."""
_CONDITION = re.compile(r"([\w.]+)\s*(!?=|[<>]=?|!?~)\s*(.*)", re.DOTALL)
_LITERAL = re.compile(r"(\w+)\s*:\s*(\"(?:[^\"\\]|\\.)*\"|-?\d+(?:\.\d+)?)(?![\w.])")
"""A value written into a GraphQL document instead of into its variables."""
_LANGUAGE_HEADERS = ("accept-language", "x-locale")


@dataclass(frozen=True, slots=True)
class Question:
    """One request, comparable. ``params`` have lower-case names; ``path`` keeps its case."""

    method: str
    host: str
    path: str
    params: Mapping[str, tuple[str, ...]]

    @property
    def place(self) -> tuple[str, str, str]:
        """What has to agree before parameters are looked at."""
        return self.method, self.host, self.path.casefold()


def of_request(request: Request) -> Question:
    """The question that a provider's request asks."""
    pairs: Pairs = list(request.params)
    if request.form is not None:
        pairs += request.form
    if request.json is not None:
        pairs += of_value("", request.json)
    if request.text is not None:
        pairs += of_body(request.text)
    return _question(request.method, request.url, pairs, request.headers)


def of_record(method: str, url: str, headers: Mapping[str, str], body: Any) -> Question:
    """The question of a recorded request."""
    return _question(method, url, of_body(body) if isinstance(body, str) else of_value("", body), headers)


def of_body(body: str) -> Pairs:
    """The parameters of a body that is text: JSON, a query language, a form, or words."""
    stripped = body.strip()
    value = _json(stripped)
    if value is not None:
        return of_value("", value)
    if statements := _statements(stripped):
        return statements
    if _FORM.match(stripped):
        return [_split(part) for part in _FORM_SPLIT.split(stripped)]
    return [("text", stripped)] if stripped else []


def of_value(name: str, value: Any) -> Pairs:
    """The parameters inside a JSON value: a path as name, a list as repetition, nothing for what is empty."""
    if isinstance(value, dict):
        pairs: Pairs = []
        if not name and _is_graphql(value):
            document = str(value["query"])
            pairs += [(f"variables.{literal}", text.strip('"')) for literal, text in _LITERAL.findall(document)]
            value = {key: part for key, part in value.items() if key not in ("query", "extensions")}
        for key, part in value.items():
            pairs += of_value(f"{name}.{key}" if name else str(key), part)
        return pairs
    if isinstance(value, list):
        return [pair for part in value for pair in of_value(name, part)]
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return [(name, "true" if value else "false")]
    return [(name, str(value))]


def plain(text: str) -> str:
    """Text for comparison: white space collapsed, case folded, one Unicode form."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def decoded(text: str) -> str:
    """Percent-decoded as UTF-8, or as Latin-1 where it is none (lulu-berlu sends `%A1`)."""
    raw = unquote_to_bytes(text)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _question(method: str, url: str, pairs: Pairs, headers: Mapping[str, str]) -> Question:
    parts = urlsplit(url)
    path, params = [], [_split(part) for part in parts.query.split("&") if part]
    for segment in filter(None, parts.path.split("/")):
        text = unicodedata.normalize("NFC", decoded(segment))
        if _MATRIX.fullmatch(text):
            params.append(_split(text))
        else:
            path.append(text)
    params += pairs
    # A language in a header is one more way to say how; its name keeps it apart from any parameter.
    params += [(f"header.{k.lower()}", v) for k, v in headers.items() if k.lower() in _LANGUAGE_HEADERS]
    return Question(method.upper(), (parts.hostname or "").lower(), "/".join(path), _grouped(params))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Pairs by lower-case name; JSON inside a value opened; empty values dropped, as by ``Upstream``."""
    grouped: dict[str, list[str]] = {}
    for name, text in pairs:
        value = _json(text.strip())
        for inner, part in of_value(name, value) if value is not None else [(name, text)]:
            if compared := plain(part):
                grouped.setdefault(inner.lower(), []).append(compared)
    return {name: tuple(values) for name, values in grouped.items()}


def _json(text: str) -> Any:
    """The JSON object or array that this text is, or None."""
    if not text.startswith(("{", "[")):
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _split(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return decoded(name.replace("+", " ")), decoded(value.replace("+", " "))


def _is_graphql(value: Mapping[str, Any]) -> bool:
    """A GraphQL call: its document is how the answer looks, its variables are what is asked."""
    return isinstance(value.get("query"), str) and ("variables" in value or "{" in value["query"])


def _statements(text: str) -> Pairs:
    """The parameters of a text in IGDB's query language; none if it is something else."""
    pairs: Pairs = []
    for statement in filter(str.strip, _cut(text, ";")):
        match = _STATEMENT.fullmatch(statement)
        if match is None:
            return []
        keyword, rest = match.group(1).lower(), match.group(2).strip()
        pairs += _conditions(rest) if keyword == "where" else [(keyword, rest)]
    return pairs


def _conditions(where: str) -> Pairs:
    """Each condition of a where clause as a parameter of its own; the operator is part of the name."""
    pairs: Pairs = []
    for condition in map(str.strip, _cut(where, "&")):
        match = _CONDITION.fullmatch(condition)
        if match is None:
            pairs.append(("where", condition))
        else:
            left, operator, right = match.groups()
            pairs.append((f"where.{left}" if operator == "=" else f"where.{left} {operator}", right))
    return pairs


def _cut(text: str, separator: str) -> list[str]:
    """Split outside quotes and brackets."""
    parts, depth, quoted, start = [], 0, False, 0
    for at, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "([{":
            depth += 1
        elif not quoted and character in ")]}":
            depth -= 1
        elif character == separator and not quoted and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]
