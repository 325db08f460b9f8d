"""An exchange and a limiter that tell what passes through them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from tako_providers.sdk.errors import TimedOut
from tako_providers.sdk.manifest import Limit, Manifest
from tako_providers.sdk.upstream import Request, Response
from tako_server.engine.exchange import Exchange
from tako_server.engine.limiter import BudgetSpent, Limiter


class LimiterWatch(Protocol):
    """What metrics want to know of a limiter."""

    def waited(self, provider: str, seconds: float) -> None:
        """A request got its slot."""
        ...

    def refused(self, provider: str) -> None:
        """A request would have had to wait too long."""
        ...


class WatchedExchange:
    """An Exchange around another one. ``observe`` is told of each request: provider, status, seconds.

    The status is its class, such as `2xx`, or a word for none: `timeout`, `unreachable`, `cancelled`.
    """

    def __init__(self, inner: Exchange, observe: Callable[[str, str, float], None]) -> None:
        self._inner = inner
        self._observe = observe

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """Ask ``inner``."""
        began, status = time.monotonic(), "unreachable"
        try:
            response = await self._inner.send(manifest, request, timeout)
            status = f"{response.status // 100}xx"
        except TimedOut:
            status = "timeout"
            raise
        except asyncio.CancelledError:
            status = "cancelled"
            raise
        finally:
            self._observe(manifest.id, status, time.monotonic() - began)
        return response

    async def close(self) -> None:
        """Close ``inner``."""
        await self._inner.close()


class WatchedLimiter:
    """A Limiter around another one."""

    def __init__(self, inner: Limiter, watch: LimiterWatch) -> None:
        self._inner = inner
        self._watch = watch

    async def acquire(self, provider: str, limits: Sequence[Limit], wait: float) -> None:
        """Wait for a slot of ``inner``."""
        began = time.monotonic()
        try:
            await self._inner.acquire(provider, limits, wait)
        except BudgetSpent:
            self._watch.refused(provider)
            raise
        self._watch.waited(provider, time.monotonic() - began)

    def hold_off(self, provider: str, seconds: float) -> None:
        """Hold off ``inner``."""
        self._inner.hold_off(provider, seconds)
