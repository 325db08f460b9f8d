"""How often an upstream may be asked: slots of several sliding windows, reserved in the order of arrival.

A caller reserves its start time at once and sleeps until then. There is no await between the look and the booking, so
no two callers get one slot; and who would wait too long is told at once, without a slot.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tako_providers.sdk.errors import RateLimited
from tako_providers.sdk.manifest import Limit
from tako_server.engine.clock import Clock

LONGEST_HOLD = 86_400.0
"""Seconds: some upstreams ask for years."""


class BudgetSpent(RateLimited):
    """Our own budget is spent, and the upstream was not asked: it says nothing about the upstream's health."""


class Limiter(Protocol):
    """Paces the requests to each provider."""

    async def acquire(self, provider: str, limits: Sequence[Limit], wait: float) -> None:
        """Return when a request may start. Raises BudgetSpent at once when that is more than ``wait`` seconds away.

        Windows slide: no span of ``limit.seconds``, wherever it begins, sees more than ``limit.calls`` starts. Callers
        start in the order in which they came. A caller that is cancelled while it waits gives its slot back if no later
        one is reserved; else the slot is lost, since those behind it have their times already.
        """
        ...

    def hold_off(self, provider: str, seconds: float) -> None:
        """Nobody starts before ``seconds`` from now (Retry-After). Those who wait already are moved behind it."""
        ...


@dataclass(slots=True, eq=False)
class Slot:
    """One start, booked. ``latest`` is when its caller would rather be refused."""

    start: float
    latest: float
    limits: Sequence[Limit]
    given_up: bool = False
    refused: bool = False
    moved: asyncio.Event | None = None


@dataclass(slots=True)
class _Lane:
    """The starts of one provider, in order: those that a window may still see, and those to come.

    Its length is bounded by the limits: they admit no more within the longest window and the longest wait.
    """

    slots: list[Slot] = field(default_factory=list)
    held_until: float = 0.0
    span: float = 0.0

    def forget(self, now: float) -> None:
        """Drop what no window can see any more."""
        old = 0
        while old < len(self.slots) and self.slots[old].start + self.span <= now:
            old += 1
        del self.slots[:old]

    def earliest(self, limits: Sequence[Limit], now: float) -> float:
        """When one more may start: behind all others, and never the ``calls + 1``-th within a window."""
        start = max(now, self.held_until)
        if self.slots:
            start = max(start, self.slots[-1].start)
        for limit in limits:
            if limit.calls <= len(self.slots):
                start = max(start, self.slots[-limit.calls].start + limit.seconds)
        return start

    def book(self, slot: Slot) -> None:
        """Keep a slot. Only one that a database gave may come out of order."""
        self.span = max(self.span, *(limit.seconds for limit in slot.limits), 0.0)
        insort(self.slots, slot, key=_start)

    def trim(self) -> None:
        """Free the last slots, as far as nobody will use them."""
        while self.slots and self.slots[-1].given_up:
            self.slots.pop()


class LocalLimiter:
    """A Limiter within this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lanes: dict[str, _Lane] = {}

    async def acquire(self, provider: str, limits: Sequence[Limit], wait: float) -> None:
        """Reserve the next slot and wait for it."""
        now = self._clock.monotonic()
        start = self.earliest(provider, limits, now)
        if start - now > wait:
            raise spent(provider, start - now)
        slot = self.book(provider, limits, start, now + wait)
        if start > now:
            await self.wait_for(provider, slot)

    def hold_off(self, provider: str, seconds: float) -> None:
        """Plan anew what has not started: in the same order, behind the hold. Who would wait too long is told now."""
        now = self._clock.monotonic()
        lane = self._lane(provider)
        until = now + min(seconds, LONGEST_HOLD)
        if until <= max(now, lane.held_until):
            return
        lane.held_until = until
        waiting = [slot for slot in lane.slots if slot.start > now and not slot.given_up]
        lane.slots = [slot for slot in lane.slots if slot.start <= now]
        for slot in waiting:
            slot.start = lane.earliest(slot.limits, now)
            slot.refused = slot.start > slot.latest
            if not slot.refused:
                lane.book(slot)
            if slot.moved is not None:
                slot.moved.set()

    # What a shared limiter builds on: it takes its slots elsewhere, and keeps them here as well.

    def earliest(self, provider: str, limits: Sequence[Limit], now: float) -> float:
        """When the next request may start: ``now`` or later on the monotonic clock."""
        if any(limit.calls < 1 for limit in limits):
            raise ValueError(f"{provider} has a limit that admits no request: {limits}")
        lane = self._lane(provider)
        lane.forget(now)
        return lane.earliest(limits, now)

    def book(self, provider: str, limits: Sequence[Limit], start: float, latest: float) -> Slot:
        """Take the slot at ``start``."""
        slot = Slot(start, latest, limits)
        self._lane(provider).book(slot)
        return slot

    def give_up(self, provider: str, slot: Slot) -> None:
        """Give a slot back. It is free again once none behind it is in use."""
        slot.given_up = True
        self._lane(provider).trim()

    async def wait_for(self, provider: str, slot: Slot) -> None:
        """Return when the slot has come. Raises BudgetSpent when a hold moves it too far."""
        try:
            while not slot.refused and (left := slot.start - self._clock.monotonic()) > 0:
                await self._sleep_until_moved(slot, left)
        except asyncio.CancelledError:
            self.give_up(provider, slot)
            raise
        if slot.refused:
            raise spent(provider, slot.start - self._clock.monotonic())

    async def _sleep_until_moved(self, slot: Slot, seconds: float) -> None:
        moved = slot.moved = asyncio.Event()
        sleeping = asyncio.create_task(self._clock.sleep(seconds))
        sleeping.add_done_callback(lambda _: moved.set())
        try:
            await moved.wait()
        finally:
            sleeping.cancel()
            slot.moved = None

    def _lane(self, provider: str) -> _Lane:
        return self._lanes.setdefault(provider, _Lane())


def spent(provider: str, seconds: float) -> BudgetSpent:
    """The refusal of one who would have to wait ``seconds``."""
    return BudgetSpent(
        f"{provider} may not be asked more often; the next request may start in {seconds:.1f} s",
        provider=provider,
        retry_after=max(seconds, 0.0),
    )


def _start(slot: Slot) -> float:
    return slot.start
