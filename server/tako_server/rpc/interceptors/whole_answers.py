"""Keeps whole answers in memory, by the normalised request, until the first of their parts expires.

A hit parses the request, and nothing else: the bytes that went out once go out again. Where an answer came from, and
its age in seconds, are told in metadata (``tako-cache``, ``tako-age``), never in the message.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from google.protobuf.message import Message

from tako_server.core.ports import CacheState
from tako_server.rpc.call import Call, Handler

_OVERHEAD = 400
"""Bytes that Python needs around one kept answer."""


@dataclass(frozen=True, slots=True)
class KeptWhole:
    """A whole answer in memory."""

    body: bytes
    fetched_at: float
    keep_until: float
    key_size: int

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return len(self.body) + self.key_size + _OVERHEAD


class Shelf(Protocol):
    """Where whole answers are kept."""

    def get(self, key: bytes) -> KeptWhole | None:
        """The answer under ``key``."""
        ...

    def put(self, key: bytes, value: KeptWhole) -> None:
        """Keep an answer."""
        ...


class WholeAnswers:
    """The interceptor. It stands right behind validation, so that only allowed and checked requests reach it."""

    def __init__(self, shelf: Shelf, *, clock: Callable[[], float] = time.time) -> None:
        self._shelf = shelf
        self._clock = clock

    def __call__(self, handler: Handler) -> Handler:
        """Answer from memory where that may be done."""

        async def handle(call: Call) -> bytes | None:
            key = _key(call)
            now = self._clock()
            kept = None if _wants_new(call.request) else self._shelf.get(key)
            if kept is not None and kept.keep_until > now and _young_enough(call.request, now - kept.fetched_at):
                tell(call, CacheState.HIT, now - kept.fetched_at)
                return kept.body
            body = await handler(call)
            answer = call.answer
            if answer is not None:
                now = self._clock()
                tell(call, answer.state, now - answer.fetched_at)
                if answer.keep_until > now:
                    self._shelf.put(key, KeptWhole(answer.body, answer.fetched_at, answer.keep_until, len(key)))
            return body

        return handle


def tell(call: Call, state: CacheState, age: float) -> None:
    """Tell in metadata where the answer came from."""
    call.trailing += (("tako-cache", state.value), ("tako-age", str(max(0, int(age)))))


def _wants_new(request: Message) -> bool:
    return getattr(request, "refresh", False) is True


def _young_enough(request: Message, age: float) -> bool:
    if "max_age" not in request.DESCRIPTOR.fields_by_name or not request.HasField("max_age"):
        return True
    return age <= float(request.max_age.ToSeconds())  # type: ignore[attr-defined] # just looked up


def _key(call: Call) -> bytes:
    """Method and question; how old the answer may be is no part of the question."""
    request = call.request
    if _wants_new(request) or ("max_age" in request.DESCRIPTOR.fields_by_name and request.HasField("max_age")):
        plain = type(request)()
        plain.CopyFrom(request)
        plain.ClearField("max_age")
        plain.ClearField("refresh")
        request = plain
    key: bytes = call.method.encode() + b"\0" + request.SerializeToString(deterministic=True)
    return key
