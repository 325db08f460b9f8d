"""What an operation may answer: the good answer, and every error with its examples."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby
from typing import Any

from scripts.openapi.failures import Asked, Failure, failures
from scripts.openapi.rules import Schema

_STATUS = {"$ref": "#/components/schemas/google.rpc.Status"}
_WAITING = (429, 503)
"""Statuses of which some say when to try again."""
_LIMITED = "Only where this server bounds how often a caller may ask."
HEADERS: dict[str, Schema] = {
    "x-request-id": {
        "description": "Names this call in the server's log; the caller's own where it sent one.",
        "schema": {"type": "string"},
    },
    "retry-after": {
        "description": "Seconds after which trying again makes sense; only where it is known that it does.",
        "schema": {"type": "string", "pattern": "^[1-9][0-9]*$"},
    },
    "tako-cache": {
        "description": "Whether upstreams were asked for this answer: `hit` no, `miss` yes, `stale` no, and it is old.",
        "schema": {"type": "string", "enum": ["hit", "stale", "miss"]},
    },
    "tako-age": {
        "description": "Seconds since upstream was asked for the oldest part of the answer.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "cache-control": {
        "description": "How long the answer may be kept, from its freshness; `private` for callers with a key.",
        "schema": {"type": "string"},
    },
    "etag": {
        "description": "Names this very answer. Send it as `if-none-match` to be told whether it has changed.",
        "schema": {"type": "string"},
    },
    "age": {
        "description": "Seconds since upstream was asked.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "content-language": {
        "description": "The language of the texts, where all of them have one.",
        "schema": {"type": "string"},
    },
    "x-ratelimit-limit": {
        "description": f"Calls that the caller may make. {_LIMITED}",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "x-ratelimit-remaining": {
        "description": f"Calls that are left now. {_LIMITED}",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "x-ratelimit-reset": {
        "description": f"Seconds until all of them are there again. {_LIMITED}",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
}
_LIMITS = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
_KEPT = ("cache-control", "etag")


class Responses:
    """Collects what operations share, under ``components``, as it is referred to."""

    def __init__(self) -> None:
        self._failures = sorted(failures(), key=lambda failure: failure.http)
        self.components: dict[str, Schema] = {}
        self.examples: dict[str, Schema] = {
            failure.name: {"summary": failure.summary, "value": failure.body} for failure in self._failures
        }
        self.headers = HEADERS

    def of(self, asked: Asked, content: Schema, told: str, *, body: bool, stream: bool) -> Schema:
        """The responses of one operation: whether its request has a body, and whether its answer is a stream."""
        headers = ["x-request-id"]
        if asked is not Asked.OPERATING and not stream:
            headers += [*_KEPT, *_LIMITS]
        if asked is Asked.PROVIDERS and not stream:
            headers += ["tako-cache", "tako-age", "age", "content-language"]
        found: Schema = {"200": {"description": told, "headers": _headers(headers), "content": content}}
        if asked is not Asked.OPERATING and not body and not stream:
            found["304"] = self._component("NotModified", _UNCHANGED)
        for http, group in groupby(self._failures, key=lambda failure: failure.http):
            shown = [failure for failure in group if asked in failure.asked and (body or http != 413)]
            if shown:
                found[str(http)] = self._shared(http, shown)
        return found

    def _component(self, name: str, response: Schema) -> Schema:
        self.components[name] = response
        return {"$ref": f"#/components/responses/{name}"}

    def _shared(self, http: int, shown: list[Failure]) -> Schema:
        """A reference to the response with these errors, of which there is one however many operations have it."""
        response = _response(http, shown)
        base = HTTPStatus(http).phrase.replace(" ", "").replace("-", "")
        for number in range(1, 100):
            name = base if number == 1 else f"{base}{number}"
            if self.components.setdefault(name, response) == response:
                return {"$ref": f"#/components/responses/{name}"}
        raise AssertionError(base)


def _response(http: int, shown: list[Failure]) -> Schema:
    media: dict[str, Any] = {
        "schema": _STATUS,
        "examples": {one.name: {"$ref": f"#/components/examples/{one.name}"} for one in shown},
    }
    headers = ["x-request-id", *(["retry-after"] if http in _WAITING else []), *(_LIMITS if http == 429 else [])]
    lines = "\n".join(f"- `{_reason(one)}`: {one.summary}" for one in shown)
    return {
        "description": f"{HTTPStatus(http).phrase}. By the reason in its ErrorInfo:\n\n{lines}",
        "headers": _headers(headers),
        "content": {"application/json": media},
    }


def _reason(failure: Failure) -> str:
    reason: str = failure.body["details"][0]["reason"]
    return reason


def _headers(names: list[str]) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


_UNCHANGED: Schema = {
    "description": "The caller has this answer already: its `if-none-match` names the `etag`.",
    "headers": _headers(["x-request-id", *_KEPT]),
}
