"""Answers calls that came before, byte for byte, past the interceptors.

Most of what a hit costs is to look at the call: who asks, and what, in which language, and whether that is allowed. Who
brings nothing to look at, and asks what was answered from memory before, gets the same again, with the same metadata,
and is counted in the same way. All others, and whatever is kept no longer, go the long way. So does every call where
the server is set up to look at each: see ``app``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import TypeAlias

import grpc
import structlog

from tako_server.core.ports import ANYTHING, CacheState
from tako_server.rpc.call import Call
from tako_server.rpc.call_metrics import CallMetrics
from tako_server.rpc.interceptors.draining import Draining
from tako_server.rpc.interceptors.observing import OK, served
from tako_server.rpc.interceptors.request_id import id_of
from tako_server.rpc.interceptors.rest_answers import cache_control, http_body
from tako_server.rpc.interceptors.whole_answers import WholeAnswers, told

Metadata: TypeAlias = Iterable[tuple[str, str | bytes]]
Context: TypeAlias = "grpc.aio.ServicerContext[bytes, bytes]"

LOOKED_AT = frozenset(("authorization", "x-api-key", "accept-language", "if-none-match"))
"""Metadata that make a call another one to some interceptor."""
_LONGEST = 512
"""Bytes of a request that is remembered, and how many are: two megabytes at most."""
_MOST = 2048
_HIT = CacheState.HIT.value

log = structlog.get_logger(__name__)


class Repeats:
    """Knows requests by their bytes, and under which keys their answers are kept."""

    def __init__(
        self,
        whole: WholeAnswers,
        calls: CallMetrics,
        draining: Draining,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._whole = whole
        self._methods = calls.methods
        self._draining = draining
        self._clock = clock
        self._verbose = log.is_enabled_for(logging.DEBUG)
        self._keys: dict[tuple[str, bytes], bytes] = {}

    def learn(self, call: Call) -> None:
        """Remember a call that was answered from memory."""
        if call.demand is not ANYTHING or len(call.raw) > _LONGEST or not LOOKED_AT.isdisjoint(call.metadata):
            return
        if len(self._keys) >= _MOST:
            del self._keys[next(iter(self._keys))]  # the oldest
        self._keys[call.method, call.raw] = call.key

    def answer(self, method: str, raw: bytes, metadata: Metadata, context: Context) -> bytes | None:
        """The answer, None when the call has to be looked at."""
        started = perf_counter()
        key = self._keys.get((method, raw))
        if key is None or self._draining.is_closed:
            return None
        given, is_transcoded = "", False
        for name, value in metadata:
            if name in LOOKED_AT:
                return None
            if name == "x-request-id":
                given = str(value)
            elif name == "x-envoy-original-path":
                is_transcoded = True
        now = self._clock()
        kept = self._whole.give(key, now, as_json=is_transcoded)
        if kept is None:
            del self._keys[method, raw]
            return None
        age, request_id = now - kept.fetched_at, id_of(given)
        about = told(_HIT, age)
        if is_transcoded and kept.ready is not None:
            body = http_body(kept.ready, about, cache_control("public", age, kept.keep_until - now), age)
        else:
            body = kept.body
            context.set_trailing_metadata((("x-request-id", request_id), *about))
        calls, seconds = self._methods[method], perf_counter() - started
        calls.started += 1
        calls.ended(OK, seconds, _HIT)
        if self._verbose:
            served(log.debug, method, request_id, OK, seconds)
        return body
