"""Keeps whole answers in memory, by the normalised request, until the first of their parts expires.

A hit costs a look-up, and nothing else: the bytes that went out once go out again. REST callers get JSON, which is
made when the first of them asks, and kept beside the bytes. Where an answer came from, and its age in seconds, are told
in metadata (``tako-cache``, ``tako-age``), never in the message.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tako_server.core.envelope import Composed
from tako_server.core.lookups import Lookups
from tako_server.core.ports import CacheState
from tako_server.rpc.call import Call, Handler, settled
from tako_server.rpc.ready_json import JsonMaker, ReadyJson

_OVERHEAD = 400
"""Bytes that Python needs around one kept answer."""


@dataclass(frozen=True, slots=True)
class KeptWhole:
    """A whole answer in memory."""

    body: bytes
    fetched_at: float
    keep_until: float
    keys: tuple[str, ...]
    """Those of its parts in the cache: a use of the whole is one of each."""
    key_size: int
    ready: ReadyJson | None = None

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        ready = self.ready.size if self.ready is not None else 0
        return len(self.body) + ready + self.key_size + 80 * len(self.keys) + _OVERHEAD


class Shelf(Protocol):
    """Where whole answers are kept."""

    def get(self, key: bytes) -> KeptWhole | None:
        """The answer under ``key``."""
        ...

    def peek(self, key: bytes) -> KeptWhole | None:
        """The same, when it is not given to anybody."""
        ...

    def put(self, key: bytes, value: KeptWhole) -> None:
        """Keep an answer."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...


class WholeAnswers:
    """The interceptor. It stands right behind validation, so that only allowed and checked requests reach it."""

    def __init__(
        self,
        shelf: Shelf,
        *,
        touch: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``touch`` counts one use of a kept part."""
        self._shelf = shelf
        self.json = JsonMaker()
        """Makes the JSON of answers, also of those that are not kept here."""
        self._touch = touch
        self._clock = clock
        self._forgotten = 0
        self.lookups = Lookups()
        """Calls that were answered from here, and answers that had to be composed."""

    def forget(self) -> None:
        """Forget every answer; those that are on their way are not kept either."""
        self._forgotten += 1
        self._shelf.clear()

    def give(self, key: bytes, now: float, *, as_json: bool) -> KeptWhole | None:
        """What is kept under a key, to be given to a caller who takes it at any age; None when there is nothing."""
        kept = self._shelf.peek(key)
        if kept is None or kept.keep_until <= now or (as_json and kept.ready is None):
            return None
        self._shelf.get(key)  # a use
        self.lookups.hits += 1
        for part in kept.keys:
            self._touch(part)
        return kept

    def __call__(self, handler: Handler) -> Handler:
        """Answer from memory where that may be done."""

        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            now = self._clock()
            kept = None if call.demand.refresh else self._shelf.get(call.key)
            if kept is None or kept.keep_until <= now:
                return self._composed(call, handler)
            age = now - kept.fetched_at
            if call.demand.max_age is not None and age > call.demand.max_age:
                return self._composed(call, handler)
            tell(call, CacheState.HIT, age, kept.keep_until - now)
            self.lookups.hits += 1
            for key in kept.keys:
                self._touch(key)
            if not call.is_transcoded:
                return kept.body
            call.ready = kept.ready
            return kept.body if kept.ready is not None else self._with_json(call, kept)

        return handle

    async def _with_json(self, call: Call, kept: KeptWhole) -> bytes:
        call.ready = await self._made(call, kept)
        return kept.body

    async def _composed(self, call: Call, handler: Handler) -> bytes | None:
        forgotten = self._forgotten
        body = await settled(handler(call))
        composed = call.answer
        if composed is not None:
            now = self._clock()
            tell(call, composed.state, now - composed.fetched_at, composed.keep_until - now)
            self.lookups.misses += 1
            if composed.keep_until > now and forgotten == self._forgotten:
                kept = self._keep(call.key, composed)
                if call.is_transcoded:
                    call.ready = kept.ready or await self._made(call, kept)
        return body

    def _keep(self, key: bytes, answer: Composed) -> KeptWhole:
        """Keep an answer. The same one, kept a moment ago for another caller, stays: it may have its JSON."""
        kept = self._shelf.peek(key)
        if kept is None or kept.keep_until != answer.keep_until or kept.body != answer.body:
            kept = KeptWhole(answer.body, answer.fetched_at, answer.keep_until, answer.keys, len(key))
            self._shelf.put(key, kept)
        return kept

    async def _made(self, call: Call, kept: KeptWhole) -> ReadyJson | None:
        """The JSON of a kept answer, kept with it from now on."""
        if call.answer_type is None:
            return None
        ready = await self.json.make(call.answer_type, kept.body)
        if self._shelf.peek(call.key) is kept:
            self._shelf.put(call.key, replace(kept, ready=ready))
        return ready


def tell(call: Call, state: CacheState, age: float, lasts: float) -> None:
    """Tell in metadata where the answer came from; ``lasts`` is for how long it may be given again."""
    call.age, call.lasts = age, lasts
    call.trailing += told(state, age)


def told(state: CacheState, age: float) -> tuple[tuple[str, str], ...]:
    """The metadata that tell where an answer came from, ``age`` seconds after it came."""
    return ("tako-cache", state.value), ("tako-age", str(max(0, int(age))))
