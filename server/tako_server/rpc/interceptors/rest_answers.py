"""What REST callers get: ready JSON, with the headers that let them and caches between keep it, or a 304.

The headers stand behind the content type of the ``HttpBody``, where a script in the gateway takes them from: metadata
that begins an answer is a write of its own for gRPC, and costs as much as all else that is done for a hit. A 304, which
gRPC has not, is said there too. What is the same for all answers, such as ``vary``, the gateway adds.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterable

from google.protobuf.message import Message

from tako_server.rpc.call import Call, Handler, settled
from tako_server.rpc.interceptors.auth import ADMIN_SERVICE
from tako_server.rpc.ready_json import JsonMaker, ReadyJson, head

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
                return _transcoded(call, call.ready)
            return later(call, answer, call.answer_type)

        async def later(
            call: Call, answer: bytes | Awaitable[bytes | None], answer_type: type[Message]
        ) -> bytes | None:
            body = await settled(answer)
            return None if body is None else _transcoded(call, call.ready or await self._json.make(answer_type, body))

        return handle


def json_head(ready: ReadyJson, told: Iterable[tuple[str, str]], cache_control: str, age: float | None) -> bytes:
    """What stands before ``ready.data``: what is ``told`` about it, for how long it may be kept, and its age."""
    return head(_headers(ready, told, cache_control, age))


def _transcoded(call: Call, ready: ReadyJson) -> bytes:
    headers = _headers(ready, (*call.trailing, *call.limits), _cache_control(call), call.age)
    return head(headers + _NOT_MODIFIED) if _has_it(call, ready) else head(headers) + ready.data


def _headers(ready: ReadyJson, told: Iterable[tuple[str, str]], cache_control: str, age: float | None) -> str:
    """All headers, as the gateway's script reads them. Their values are ours: none has a `|` in it, or a line end."""
    headers = "".join([f"|{name}={value}" for name, value in told])
    headers += f"|cache-control={cache_control}|etag={ready.etag}"
    if age is not None:
        headers += f"|age={max(0, int(age))}"
    if ready.language:
        headers += f"|content-language={ready.language}"
    return headers


def _cache_control(call: Call) -> str:
    if call.method.startswith(ADMIN_SERVICE) or call.demand.refresh:
        return "no-store"
    whose = "private" if call.has_key or call.is_admin else "public"
    if call.age is None:
        return f"{whose}, max-age=0"
    return cache_control(whose, call.age, call.lasts, call.demand.max_age)


def cache_control(whose: str, age: float, lasts: float, max_age: float | None = None) -> str:
    """For how long others may keep an answer. As HTTP counts, ``max-age`` includes the ``age`` that it has already.

    ``max_age`` is how old the caller wants it at most.
    """
    seconds = max(0, int(age)) + int(lasts) if lasts > 0 else 0
    return f"{whose}, max-age={int(min(seconds, max_age)) if max_age is not None else seconds}"


def _has_it(call: Call, ready: ReadyJson) -> bool:
    """Whether the caller has this very answer already. As HTTP says, weak tags are as good as strong ones here."""
    given = call.metadata.get("if-none-match")
    if given is None or call.metadata.get("x-envoy-original-method", "GET") != "GET":
        return False
    return given.strip() == "*" or _TAGS.findall(ready.etag)[0] in _TAGS.findall(given)
