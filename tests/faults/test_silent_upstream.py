"""An upstream that never answers is found out: its silence counts, although callers stop waiting. In virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tako_providers.sdk import Domain, Provider
from tako_providers.sdk.errors import OutOfTime, Suspended, TimedOut
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.provider import Search
from tako_providers.sdk.upstream import Request, Response
from tako_server.cache.behind import WriteBehind
from tako_server.cache.caching import CachingEngine, Kept
from tako_server.cache.memory import Memory
from tako_server.cache.none import NoStore
from tako_server.core.ports import Ask
from tako_server.engine.asking import UpstreamEngine
from tako_server.engine.breaker import THRESHOLD, Breaker
from tako_server.engine.limiter import LocalLimiter
from tako_server.engine.protection import Protection
from tako_server.engine.reactions import reaction
from tako_server.engine.retry import Retry
from tests.engine.virtual_clock import VirtualClock, virtually
from tests.faults.upstream import Upstream, library

DUNE: Search[object] = Search(domain=Domain.BOOKS, text="dune", filters=None)


class Silence:
    """An Exchange that never comes back."""

    def __init__(self) -> None:
        self.asked = 0

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """Wait."""
        self.asked += 1
        await asyncio.Event().wait()
        raise AssertionError

    async def close(self) -> None:
        """Nothing is held."""


def engine(silence: Silence) -> CachingEngine:
    """The whole engine over silence."""
    clock = VirtualClock()
    protection = Protection(LocalLimiter(clock), Retry(clock, lambda: 0.5), Breaker(clock))
    store = NoStore()
    return CachingEngine(
        UpstreamEngine(silence, {}, protection=protection, clock=clock.time),
        Memory[Kept](1_000_000),
        store,
        WriteBehind(store),
        may_serve_stale=lambda error: reaction(error).stale,
        clock=clock.time,
    )


def ask(number: int) -> Ask:
    """One of several questions."""
    return replace(DUNE, text=f"book {number}")


def silent() -> Provider:
    """A provider with the usual 20 seconds."""
    return library(Upstream())


def test_silence_opens_the_breaker() -> None:
    async def story() -> None:
        silence = Silence()
        cache, provider = engine(silence), silent()
        for number in range(THRESHOLD):
            with pytest.raises(TimedOut):
                await cache.ask(provider, ask(number), provider.manifest.timeout)
        with pytest.raises(Suspended):
            await cache.ask(provider, ask(THRESHOLD), provider.manifest.timeout)
        assert silence.asked == THRESHOLD

    virtually(story())


def test_haste_does_not() -> None:
    async def story() -> None:
        silence = Silence()
        cache, provider = engine(silence), silent()
        for number in range(2 * THRESHOLD):
            with pytest.raises(OutOfTime):
                await cache.ask(provider, ask(number), 1.0)
        assert silence.asked == 2 * THRESHOLD

    virtually(story())
