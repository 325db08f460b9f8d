"""Answers calls that came before, byte for byte, past the interceptors.

Most of what a hit costs is to look at the call: who asks, and what, in which language, and whether that is allowed. Who
brings nothing to look at, and asks what was answered from memory before, gets the same again, with the same metadata,
and is counted in the same way. All others, and whatever is kept no longer, go the long way. So does every call where
the server is set up to look at each: see ``app``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from time import perf_counter
from typing import TypeAlias

import grpc
import structlog

from tako_server.core.ports import ANYTHING, CacheState
from tako_server.rpc.call import TRANSCODED, Call
from tako_server.rpc.call_metrics import CallMetrics
from tako_server.rpc.interceptors.draining import Draining
from tako_server.rpc.interceptors.observing import OK, served
from tako_server.rpc.interceptors.request_id import id_of
from tako_server.rpc.interceptors.rest_answers import cache_control, json_head
from tako_server.rpc.interceptors.whole_answers import KeptWhole, WholeAnswers, told
from tako_server.rpc.ready_json import ReadyJson

Metadata: TypeAlias = tuple[tuple[str, str | bytes], ...]
Context: TypeAlias = "grpc.aio.ServicerContext[bytes, bytes]"

LOOKED_AT = frozenset(("authorization", "x-api-key", "accept-language", "if-none-match"))
"""Metadata that make a call another one to some interceptor."""
_LONGEST = 256
"""Bytes of a request that is remembered, and how many of each method are: those that were learned last. With their keys
and heads that is 300 KB of a method at most."""
_MOST = 256
_HIT = CacheState.HIT.value

log = structlog.get_logger(__name__)


class Repeats:
    """What the calls of all methods have in common: whole answers, and how a call is counted."""

    def __init__(
        self,
        whole: WholeAnswers,
        calls: CallMetrics,
        draining: Draining,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.whole = whole
        self.calls = calls
        self.draining = draining
        self.clock = clock
        self.verbose = log.is_enabled_for(logging.DEBUG)

    def of(self, method: str) -> MethodRepeats:
        """Those of one method."""
        return MethodRepeats(self, method)


class MethodRepeats:
    """Knows requests of one method by their bytes, and under which keys their answers are kept."""

    def __init__(self, common: Repeats, method: str) -> None:
        self._common = common
        self._method = method
        self._give = common.whole.give
        self._keys: dict[bytes, bytes] = {}
        self._plain: Metadata = ()
        """Metadata of the last call that had none to look at. Most callers send the same with each call."""
        self._heads: dict[bytes, tuple[tuple[str, float, int], bytes]] = {}
        """What stood before the JSON last, and of which answer. Not the answer: memory is bounded elsewhere."""
        self._abouts: dict[int, tuple[tuple[str, str], ...]] = {}
        """What is told of a hit, by its age."""

    def learn(self, call: Call) -> None:
        """Remember a call that was answered from memory."""
        if call.demand is not ANYTHING or len(call.raw) > _LONGEST or not LOOKED_AT.isdisjoint(call.metadata):
            return
        if len(self._keys) >= _MOST:
            self._forget(next(iter(self._keys)))
        self._keys[call.raw] = call.key

    def answer(self, raw: bytes, metadata: Metadata, context: Context) -> bytes | None:
        """The answer, None when the call has to be looked at."""
        started = perf_counter()
        key, common = self._keys.get(raw), self._common
        if key is None or not common.draining.is_open:
            return None
        given, over_rest = "", False
        if metadata != self._plain:
            texts = dict(metadata)
            if not LOOKED_AT.isdisjoint(texts):
                return None
            given, over_rest = str(texts.get("x-request-id", "")), TRANSCODED in texts
            if not given and not over_rest:
                self._plain = metadata
        now = common.clock()
        kept = self._give(key, now, as_json=over_rest)
        if kept is None:
            self._forget(raw)
            return None
        common.draining.count()
        # Where nothing is logged, an id that is new to the caller leads nowhere, and costs a twentieth of a hit.
        request_id = id_of(given) if given or common.verbose else ""
        if over_rest and kept.ready is not None:
            body = self._head(raw, kept, kept.ready, now) + kept.ready.data
        else:
            body = kept.body
            age = int(now - kept.fetched_at)
            about = self._abouts.get(age) or self._about(age)
            context.set_trailing_metadata((("x-request-id", request_id), *about) if request_id else about)
        calls, seconds = common.calls.methods[self._method], perf_counter() - started
        calls.started += 1
        calls.ended(OK, seconds, _HIT)
        if common.verbose:
            served(log.debug, self._method, request_id, OK, seconds)
        return body

    def _forget(self, raw: bytes) -> None:
        del self._keys[raw]
        self._heads.pop(raw, None)

    def _head(self, raw: bytes, kept: KeptWhole, ready: ReadyJson, now: float) -> bytes:
        """What stands before the JSON. It changes with every second."""
        age = now - kept.fetched_at
        about = ready.etag, kept.keep_until, int(age)
        known = self._heads.get(raw)
        if known is not None and known[0] == about:
            return known[1]
        head = json_head(ready, told(CacheState.HIT, age), cache_control("public", age, kept.keep_until - now), age)
        self._heads[raw] = about, head
        return head

    def _about(self, age: int) -> tuple[tuple[str, str], ...]:
        if len(self._abouts) >= _MOST:
            self._abouts.clear()
        about = self._abouts[age] = told(CacheState.HIT, age)
        return about
