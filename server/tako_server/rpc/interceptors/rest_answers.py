"""What REST callers get: ready JSON, with the headers that let them and caches between keep it, or a 304.

The headers stand behind the content type of the ``HttpBody``, where a script in the gateway takes them from: metadata
that begins an answer is a write of its own for gRPC, and costs as much as all else that is done for a hit. So does the
304, which gRPC has not. What is the same for all answers, such as ``vary``, the gateway adds.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable

from google.protobuf.message import Message

from tako_server.rpc.call import Call, Handler, settled
from tako_server.rpc.interceptors.auth import ADMIN_SERVICE
from tako_server.rpc.ready_json import JsonMaker, ReadyJson, no_body

_NOT_MODIFIED = "|:status=304"
_TAGS = re.compile(r'(?:W/)?"([^"]*)"')


class RestAnswers:
    """The interceptor. It stands outside of all that answers, and inside of what tells errors."""

    def __init__(self, json: JsonMaker) -> None:
        self._json = json

    def __call__(self, handler: Handler) -> Handler:
        """Give transcoded calls their JSON."""

        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            answer = handler(call)
            if not call.is_transcoded or call.answer_type is None:
                return answer
            if isinstance(answer, bytes) and call.ready is not None:
                return _http_body(call, call.ready)
            return later(call, answer, call.answer_type)

        async def later(
            call: Call, answer: bytes | Awaitable[bytes | None], answer_type: type[Message]
        ) -> bytes | None:
            body = await settled(answer)
            return None if body is None else _http_body(call, call.ready or await self._json.make(answer_type, body))

        return handle


def _http_body(call: Call, ready: ReadyJson) -> bytes:
    headers = _headers(call, ready)
    return no_body(headers + _NOT_MODIFIED) if _has_it(call, ready) else ready.http_body(headers)


def _headers(call: Call, ready: ReadyJson) -> str:
    """All headers, as the gateway's script reads them. None of their values has a `|` in it."""
    headers = "".join([f"|{name}={value}" for name, value in (*call.trailing, *call.limits)])
    headers += f"|cache-control={_cache_control(call)}|etag={ready.etag}"
    if call.age is not None:
        headers += f"|age={max(0, int(call.age))}"
    if ready.language:
        headers += f"|content-language={ready.language}"
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
