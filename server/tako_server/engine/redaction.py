"""Taking secrets out of what is recorded.

Two nets: the values that are known to be secret, wherever they stand and however they are written; and
whatever stands under a name that holds keys, whether the value is known or not.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus, urlsplit

REDACTED = "REDACTED"

_SHORTEST = 4
"""A value shorter than this would redact ordinary text; it is caught by its name only."""

_SHORTEST_PART = 12
"""Of what stands in the header of a request: shorter parts are words of a scheme, as in `Bearer`."""
_PARTS = re.compile(r"[\s=;,]+")
_SECRET_HEADER = re.compile(r"auth|cookie|token|key|secret|session|csrf|xsrf", re.IGNORECASE)

_KEY_NAME = re.compile(
    r"(?:api|app|access|partner|client|secret|private|auth|subscription)[_.-]?(?:key|token|secret|id)"
    r"|(?:access|refresh|id|auth|session|csrf|xsrf|gq)?[_.-]?(?:token|auth)|jwt|key|secret|signature|sig"
    r"|pass(?:word|wd)?|pin|user[_.-]?(?:name|hash)|session(?:[_.-]?id)?|authorization|nonce",
    re.IGNORECASE,
)
_ANSWER_NAME = (
    r"(?:api|access|refresh|id|auth|session|csrf|xsrf)?[_-]?token|api[_-]?key|client[_-]?secret|user[_-]?hash|password|jwt"
    r"|session[_-]?id"
)
_ANSWER_VALUE = re.compile(rf'("(?:{_ANSWER_NAME})"\s*:\s*")(?:[^"\\]|\\.)*(")', re.IGNORECASE)
_LONG_VALUE = re.compile(r'(:\s*")[^"\\\s]{12,}(")')
_AUTH_PATH = re.compile(r"(?:^|/)[^/]*(?:login|token|oauth|auth|session)[^/]*/?$", re.IGNORECASE)
_SAFE_HEADERS = frozenset(
    {
        *(
            "accept",
            "accept-language",
            "age",
            "cache-control",
            "content-language",
            "content-type",
            "date",
            "etag",
        ),
        *(
            "expires",
            "last-modified",
            "link",
            "location",
            "origin",
            "pragma",
            "referer",
            "retry-after",
            "server",
        ),
        *("user-agent", "vary", "via", "x-locale", "x-requested-with", "x-total-count"),
    }
)
_LIMIT_HEADER = re.compile(
    r"x-?(?:.*-)?(?:ratelimit|rate-limit|discogs|cache|amzn-waf)[\w-]*|cf-mitigated|cf-cache-status"
)


class Redactor:
    """Removes the given secret values, and what stands under key-like names, from one exchange."""

    def __init__(self, secrets: Iterable[str], *, shortest: int = _SHORTEST) -> None:
        """Values with fewer characters than ``shortest`` are no secrets to look for: they are words of any text."""
        self._secrets = [secret for secret in secrets if len(secret) >= shortest]
        forms = {form for secret in self._secrets for form in _forms(secret)}
        # The longest first: one secret may be part of another.
        ordered = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None
        self._lower = [form.lower() for form in ordered]

    def with_what_went_along(self, headers: Mapping[str, str]) -> Redactor:
        """One that knows the secrets of a request too: access tokens and cookies, which an upstream may quote."""
        values = [value for name, value in headers.items() if _SECRET_HEADER.search(name)]
        parts = {part for value in values for part in _PARTS.split(value) if len(part) >= _SHORTEST_PART}
        return Redactor([*self._secrets, *parts]) if parts else self

    def text(self, text: str) -> str:
        """Text without the known values."""
        lower = text.lower()  # a look for each is 15 times as fast as the pattern for all, and mostly there is none
        return self._known.sub(REDACTED, text) if self._known and any(map(lower.__contains__, self._lower)) else text

    def url(self, url: str) -> str:
        """A URL without known values, user-info, and values of key-like parameters."""
        parts = urlsplit(url)
        parts = parts._replace(netloc=parts.netloc.rpartition("@")[2], query=self._pairs(parts.query))
        return self.text(parts.geturl())

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers whose value is known to be harmless; of the others only the name."""
        kept: dict[str, str] = {}
        for name, value in headers.items():
            lower = name.lower()
            if lower in ("location", "referer"):
                kept[name] = self.url(value)
            elif lower in _SAFE_HEADERS or _LIMIT_HEADER.fullmatch(lower):
                kept[name] = self.text(value)
            else:
                kept[name] = REDACTED
        return kept

    def request_text(self, body: str) -> str:
        """A request body that is text: a form or JSON, or else only freed from known values."""
        stripped = body.lstrip()
        if stripped.startswith(("{", "[")):
            try:
                return json.dumps(self.value(json.loads(body)), ensure_ascii=False)
            except ValueError:
                return self.text(body)
        if re.match(r"[\w.\[\]-]+=", stripped):
            return self.text(self._pairs(body))
        return self.text(body)

    def value(self, value: Any, name: str = "") -> Any:
        """A JSON value of a request."""
        if isinstance(value, dict):
            return {key: self.value(part, str(key)) for key, part in value.items()}
        if isinstance(value, list):
            return [self.value(part, name) for part in value]
        # `key` inside a body is a word like any other (`sort: {key: RELEVANCE}`).
        if isinstance(value, str | int) and name.lower() != "key" and _KEY_NAME.fullmatch(name):
            return REDACTED
        return self.text(value) if isinstance(value, str) else value

    def answer(self, url: str, body: bytes) -> bytes:
        """A body that came back; other encodings than UTF-8 are searched byte by byte."""
        try:
            text, encoding = body.decode(), "utf-8"
        except UnicodeDecodeError:
            text, encoding = body.decode("latin-1"), "latin-1"
        clean = self.text(text)
        if clean.lstrip().startswith(("{", "[")):
            clean = _ANSWER_VALUE.sub(rf"\g<1>{REDACTED}\g<2>", clean)
            if _AUTH_PATH.search(urlsplit(url).path):
                clean = _LONG_VALUE.sub(rf"\g<1>{REDACTED}\g<2>", clean)
        return body if clean == text else clean.encode(encoding)

    def _pairs(self, query: str) -> str:
        """`a=b&c=d` with the values of key-like names replaced; everything else byte for byte."""
        return "&".join(map(self._pair, query.split("&"))) if query else query

    @staticmethod
    def _pair(part: str) -> str:
        name, equals, value = part.partition("=")
        return f"{name}={REDACTED}" if equals and value and _KEY_NAME.fullmatch(unquote_plus(name)) else part


def _forms(secret: str) -> Collection[str]:
    """The ways in which a secret may be written."""
    return {
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        base64.b64encode(secret.encode()).decode().rstrip("="),
    }
