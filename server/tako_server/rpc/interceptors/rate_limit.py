"""Bounds how often each caller may ask, over gRPC and REST alike, and tells it what it has left.

A caller is an API key, or an address where there is none. It has a bucket that holds ``calls`` and fills up evenly, so
that who waits may ask again a moment later, and not at the full minute. Operators are not bounded. Each process counts
for itself.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from tako_server.core.access import RateExceeded
from tako_server.front_settings import Rate
from tako_server.rpc.call import Call, Handler

_CALLERS = 50_000
"""Callers that are remembered, some 12 MB. Beyond them, who has not asked for longest starts anew."""
_A_HAIR = 1e-6
"""Of a call: sums of fractions are never quite whole."""


class RateLimit:
    """The interceptor. It stands behind the one that recognizes callers."""

    def __init__(
        self,
        rate: Rate,
        origin: Callable[[str, str], str],
        *,
        most_callers: int = _CALLERS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``origin`` gives the address of a caller by its peer and ``x-forwarded-for``."""
        self._rate = rate
        self._origin = origin
        self._most = most_callers
        self._clock = clock
        self._each = rate.seconds / rate.calls
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def __call__(self, handler: Handler) -> Handler:
        """Count each call, and refuse what is too much."""

        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            if not call.is_admin:
                self._count(call)
            return handler(call)

        return handle

    def _count(self, call: Call) -> None:
        caller = call.caller or self._origin(call.context.peer(), call.metadata.get("x-forwarded-for", ""))
        now = self._clock()
        until_full = max(self._full_at.get(caller, 0.0) - now, 0.0)  # seconds until the bucket is full
        left = (self._rate.seconds - until_full) / self._each + _A_HAIR
        if left < 1:
            wait = (1 - left) * self._each
            call.limits = self._told(0, until_full)
            message = f"you have asked as often as you may: {self._rate.calls} times in {self._rate.seconds} s"
            raise RateExceeded(message, max(wait, 0.001))
        until_full += self._each
        self._full_at[caller] = now + until_full
        self._full_at.move_to_end(caller)
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        call.limits = self._told(int(left - 1), until_full)

    def _told(self, left: int, until_full: float) -> tuple[tuple[str, str], ...]:
        return (
            ("x-ratelimit-limit", str(self._rate.calls)),
            ("x-ratelimit-remaining", str(left)),
            ("x-ratelimit-reset", str(math.ceil(until_full))),
        )
