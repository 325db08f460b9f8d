"""What REST callers get: ready JSON, with the headers that let them and caches between keep it, or a 304.

What is the same for all of them, such as ``vary``, the gateway adds. gRPC has no 304: ``x-tako-status`` asks the
gateway for it; a small filter there obeys, and removes the header.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable

from google.protobuf.message import Message

from tako_server.rpc.call import Call, Handler
from tako_server.rpc.interceptors.auth import ADMIN_SERVICE
from tako_server.rpc.ready_json import JsonMaker, ReadyJson

_NOT_MODIFIED = ("x-tako-status", "304")
_TAGS = re.compile(r'(?:W/)?"([^"]*)"')


class RestAnswers:
    """The interceptor. It stands outside of all that answers, and inside of what tells errors."""

    def __init__(self, json: JsonMaker) -> None:
        self._json = json

    def __call__(self, handler: Handler) -> Handler:
        """Give transcoded calls their JSON."""

        def handle(call: Call) -> Awaitable[bytes | None]:
            return transcoded(call, call.answer_type) if call.is_transcoded and call.answer_type else handler(call)

        async def transcoded(call: Call, answer_type: type[Message]) -> bytes | None:
            body = await handler(call)
            if body is None:
                return None
            ready = call.ready or await self._json.make(answer_type, body)
            call.head = _headers(call, ready)
            if _has_it(call, ready):
                call.head += (_NOT_MODIFIED,)
                return b""
            return ready.message

        return handle


def _headers(call: Call, ready: ReadyJson) -> tuple[tuple[str, str], ...]:
    headers = (*call.trailing, *call.limits, ("cache-control", _cache_control(call)), ("etag", ready.etag))
    if call.age is not None:
        headers += (("age", str(max(0, int(call.age)))),)
    if ready.language:
        headers += (("content-language", ready.language),)
    return headers


def _cache_control(call: Call) -> str:
    """For how long others may keep the answer. As HTTP counts, ``max-age`` includes the ``age`` that it has already."""
    if call.method.startswith(ADMIN_SERVICE) or call.demand.refresh:
        return "no-store"
    whose = "private" if call.has_key or call.is_admin else "public"
    if call.age is None or call.lasts <= 0:
        return f"{whose}, max-age=0"
    seconds = max(0, int(call.age)) + int(call.lasts)
    if call.demand.max_age is not None:
        seconds = int(min(seconds, call.demand.max_age))
    return f"{whose}, max-age={seconds}"


def _has_it(call: Call, ready: ReadyJson) -> bool:
    """Whether the caller has this very answer already. As HTTP says, weak tags are as good as strong ones here."""
    given = call.metadata.get("if-none-match")
    if given is None or call.metadata.get("x-envoy-original-method", "GET") != "GET":
        return False
    return given.strip() == "*" or _TAGS.findall(ready.etag)[0] in _TAGS.findall(given)
