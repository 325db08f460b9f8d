"""Leaving alone an upstream that is in trouble, for longer each time.

A ladder per provider: five failures in a row, or one that says "go away", open the breaker for the time of the next
rung. After that one call, the probe, finds out whether the upstream is back; all others are refused. A probe that fails
climbs a rung; one that succeeds goes down a rung and closes it, and each hour without a failure takes off another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import orjson
import structlog

from tako.v1.provider_service_pb2 import ProviderHealth
from tako_providers.sdk.errors import ProviderError, Suspended, TimedOut
from tako_server.core.error_table import meaning
from tako_server.engine.clock import Clock
from tako_server.engine.reactions import Effect, reaction

LADDER = (60.0, 300.0, 900.0, 3_600.0, 21_600.0, 86_400.0)
"""Seconds that the breaker stays open, rung by rung."""
THRESHOLD = 5
"""Failures in a row that open it."""
LONG_RETRY_AFTER = 60.0
"""Seconds: an upstream that asks for so long a rest gets it at once."""
DECAY = 3_600.0
"""Seconds without a failure that take off a rung."""
PATIENCE = 5.0
"""Seconds that a call must have lasted for its timeout to count: a hasty client must not suspend a slow upstream."""
PROBE_RETRY_AFTER = 2.0
"""Seconds after which those who are refused during a probe may ask again."""
_STORE_SECONDS = 1.0
"""How long start and shutdown wait for the store."""
_KEPT = ("rung", "open_until", "calm_since", "last_success", "last_failure", "last_failure_reason")

log = structlog.get_logger(__name__)


class BreakerStore(Protocol):
    """Keeps small values by name across restarts. It may raise what it likes: the breaker goes on without it."""

    async def load(self, name: str) -> bytes | None:
        """The value, None when there is none."""
        ...

    async def save(self, name: str, value: bytes) -> None:
        """Keep a value."""
        ...


@dataclass(slots=True)
class _State:
    """One provider's. Times are Unix seconds, 0 for never; ``rung`` is 0 on the ground; ``open_until`` 0 is closed."""

    rung: int = 0
    open_until: float = 0.0
    calm_since: float = 0.0
    last_success: float = 0.0
    last_failure: float = 0.0
    last_failure_reason: str = ""
    failures: int = 0
    probing: bool = False
    era: int = 0
    """Grows when the breaker opens or closes: a call that began before says nothing about the time after."""


class Breaker:
    """The breakers of all providers."""

    def __init__(self, clock: Clock, store: BreakerStore | None = None) -> None:
        self._clock = clock
        self._store = store
        self._states: dict[str, _State] = {}
        self._unsaved: set[str] = set()
        self._writer: asyncio.Task[None] | None = None
        self._store_away = False

    @contextmanager
    def guard(self, provider: str, patience: float = PATIENCE) -> Iterator[bool]:
        """Around one call: raises Suspended when it may not be made, else learns from how it ends.

        Gives whether this call is the probe. A call that is cancelled, or that fails before the upstream was asked,
        decides nothing: after a probe of that kind the next call is one.
        """
        state = self._states.setdefault(provider, _State())
        probe = self._admit(provider, state)
        era, began = state.era, self._clock.monotonic()
        try:
            yield probe
        except ProviderError as error:
            hasty = isinstance(error, TimedOut) and self._clock.monotonic() - began < patience
            self._learn(provider, state, error, decides=era == state.era and not hasty)
            raise
        else:
            self._succeeded(provider, state, decides=era == state.era)
        finally:
            if probe:
                state.probing = False

    def health(self, *providers: str) -> ProviderHealth:
        """How a provider is, for ListProviders. Of one that is asked in parts: how the part is that fares best."""
        states = [self._states.get(provider, _State()) for provider in providers]
        state = min(states, key=lambda one: one.open_until)
        failed = max(states, key=lambda one: one.last_failure)
        health = ProviderHealth(state=ProviderHealth.READY, last_failure_reason=failed.last_failure_reason)
        if state.open_until:
            health.state = ProviderHealth.SUSPENDED if self._left(state) > 0 else ProviderHealth.PROBING
            health.suspended_until.FromNanoseconds(int(state.open_until * 1e9))
        if last_success := max(one.last_success for one in states):
            health.last_success.FromNanoseconds(int(last_success * 1e9))
        if failed.last_failure:
            health.last_failure.FromNanoseconds(int(failed.last_failure * 1e9))
        return health

    def _admit(self, provider: str, state: _State) -> bool:
        """Whether the call is the probe. Raises Suspended."""
        if not state.open_until:
            self._decay(provider, state)
            return False
        left = self._left(state)
        if left > 0 or state.probing:
            message = f"{provider} failed too often and is left alone for now"
            raise Suspended(
                message, provider=provider.partition(":")[0], retry_after=left if left > 0 else PROBE_RETRY_AFTER
            )
        state.probing = True
        return True

    def _learn(self, provider: str, state: _State, error: ProviderError, *, decides: bool) -> None:
        """Take in a failure; ``decides`` says whether it may move the breaker."""
        effect = reaction(error).effect
        if effect is Effect.NOT_ASKED:
            return
        if effect is Effect.ANSWERED:
            self._succeeded(provider, state, decides=decides)
            return
        now = self._clock.time()
        state.last_failure, state.last_failure_reason = now, meaning(error).reason
        if effect is Effect.UNSURE or not decides:
            return
        state.calm_since = now
        state.failures += 1
        rest = error.retry_after or 0.0
        at_once = state.open_until or effect is Effect.OPENS or rest >= LONG_RETRY_AFTER
        if at_once or state.failures >= THRESHOLD:
            self._open(provider, state, now, rest)

    def _open(self, provider: str, state: _State, now: float, rest: float) -> None:
        state.rung = min(state.rung + 1, len(LADDER))
        seconds = min(max(LADDER[state.rung - 1], rest), LADDER[-1])
        state.open_until = now + seconds
        state.failures = 0
        state.era += 1
        log.warning("provider.suspended", provider=provider, seconds=seconds, reason=state.last_failure_reason)
        self._changed(provider)

    def _succeeded(self, provider: str, state: _State, *, decides: bool) -> None:
        state.last_success = self._clock.time()
        if not decides:
            return
        state.failures = 0
        if state.open_until:
            state.rung = max(state.rung - 1, 0)
            state.open_until, state.calm_since = 0.0, state.last_success
            state.era += 1
            log.info("provider.resumed", provider=provider, rung=state.rung)
            self._changed(provider)

    def _decay(self, provider: str, state: _State) -> None:
        """Take off a rung for each hour of health."""
        if not state.rung:
            return
        hours = int((self._clock.time() - state.calm_since) // DECAY)
        if hours > 0:
            state.rung = max(state.rung - hours, 0)
            state.calm_since += hours * DECAY
            self._changed(provider)

    def _left(self, state: _State) -> float:
        """Seconds that an open breaker stays so."""
        now = self._clock.time()
        if state.open_until > now + LADDER[-1]:  # the clock was set back
            state.open_until = now + LADDER[max(state.rung, 1) - 1]
        return state.open_until - now

    async def load(self, providers: Iterable[str]) -> None:
        """Take up what an earlier run knew, unless this one knows better already. Without a store, nothing is known."""
        if self._store is None:
            return
        try:
            async with asyncio.timeout(_STORE_SECONDS):
                for provider in providers:
                    raw = await self._store.load(_name(provider))
                    if raw is not None:
                        self._take_up(provider, _restored(raw))
        except Exception as error:  # noqa: BLE001 - a store of any kind
            self._store_failed(error)

    def _take_up(self, provider: str, saved: _State) -> None:
        """The saved state, where nothing was learned since the start that says otherwise."""
        state = self._states.setdefault(provider, saved)
        if state is not saved and not state.open_until and saved.last_failure > state.last_success:
            state.rung, state.open_until, state.calm_since = saved.rung, saved.open_until, saved.calm_since
            state.last_failure, state.last_failure_reason = saved.last_failure, saved.last_failure_reason
            state.era += 1

    async def close(self) -> None:
        """Save what has changed, the times of success and failure included, for a second at most."""
        self._unsaved.update(self._states)
        self._write_behind()
        if self._writer is not None:
            await asyncio.wait({self._writer}, timeout=_STORE_SECONDS)
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)

    def _changed(self, provider: str) -> None:
        self._unsaved.add(provider)
        self._write_behind()

    def _write_behind(self) -> None:
        """Have a task save what has changed: a call never waits for the store."""
        if self._store is not None and (self._writer is None or self._writer.done()):
            self._writer = asyncio.create_task(self._write(self._store), name="breaker.write")

    async def _write(self, store: BreakerStore) -> None:
        while self._unsaved:
            provider = self._unsaved.pop()
            state = self._states[provider]
            try:
                await store.save(_name(provider), orjson.dumps([getattr(state, name) for name in _KEPT]))
            except Exception as error:  # noqa: BLE001 - a store of any kind; the next change tries again
                self._unsaved.add(provider)
                self._store_failed(error)
                return
            self._store_away = False

    def _store_failed(self, error: Exception) -> None:
        if not self._store_away:
            log.warning("breaker.store_away", error=type(error).__name__, effect="a restart forgets suspensions")
        self._store_away = True


def _name(provider: str) -> str:
    return f"breaker/{provider}"


def _restored(raw: bytes) -> _State:
    """What was saved; nothing if it can't be read, as after a change of the format."""
    try:
        rung, *times, reason = orjson.loads(raw)
        until, calm, success, failure = map(float, times)
        return _State(int(rung), until, calm, success, failure, str(reason))
    except (ValueError, TypeError):
        return _State()
