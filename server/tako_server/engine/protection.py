"""What stands between a provider's requests and its upstream: the budget of requests, trying again, the breaker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from tako_providers.sdk.errors import ProviderError
from tako_providers.sdk.manifest import Manifest
from tako_server.core.ports import Budget
from tako_server.engine.breaker import Breaker
from tako_server.engine.limiter import Limiter
from tako_server.engine.reactions import hold_seconds
from tako_server.engine.retry import Retry

T = TypeVar("T")

LONGEST_WAIT = 10.0
"""Seconds that one request waits for its slot; who would wait longer is told at once."""
WAITING_SHARE = 0.8
"""Share of the time left that may go by waiting: a request that starts at the deadline is asked for nothing."""


@dataclass(frozen=True, slots=True)
class Protection:
    """The protection of all upstreams of one server."""

    limiter: Limiter
    retry: Retry
    breaker: Breaker

    async def send(
        self,
        manifest: Manifest,
        name: str,
        send: Callable[[], Awaitable[T]],
        deadline: Budget,
        *,
        retryable: bool,
        settings: Collection[str] = (),
    ) -> T:
        """What ``send`` gives, within the upstream's budget, tried again where that helps.

        ``name`` is the provider's, or that of the part of it that is asked. ``settings`` names the settings of the
        provider that are set: some upstreams allow more to who has a key.
        """
        limits = manifest.limits_when(settings)

        async def once() -> T:
            wait = min(LONGEST_WAIT, deadline.left() * WAITING_SHARE)
            await self.limiter.acquire(name, limits, wait)
            try:
                return await send()
            except ProviderError as error:
                held = hold_seconds(error)
                self.limiter.hold_off(name, held)
                if held and error.retry_after is None:
                    error.retry_after = held  # upstream names no time, and we keep to one: so may the caller
                raise

        return await self.retry.attempts(once, provider=name, deadline=deadline, retryable=retryable)
