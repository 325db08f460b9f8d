"""Single-flight: of all that ask the same at the same time, one asks upstream, and all are answered.

The flight is a task of its own: a caller that goes away leaves it to the others; when the last goes, it is cancelled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tako_providers.sdk.errors import Overloaded, Unreachable

T = TypeVar("T")

MAX_BACKGROUND = 64
"""Flights that nobody waits for."""
MAX_WAITERS = 10_000
"""Callers that may wait for one flight."""


@dataclass(slots=True)
class _Flight(Generic[T]):
    task: asyncio.Task[T]
    waiters: int = 0
    is_background: bool = False


class Flights(Generic[T]):
    """The flights of one process, by key."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight[T]] = {}

    async def join(self, key: str, start: Callable[[], Awaitable[T]]) -> T:
        """The result of the flight under ``key``, which ``start`` begins when there is none. Errors reach all."""
        flight = self._flights.get(key)
        if flight is None:  # no await between look-up and insert: two callers can't both find nothing
            flight = self._begin(key, start)
        if flight.waiters >= MAX_WAITERS:
            raise Overloaded("too many callers wait for the same answer")
        flight.waiters += 1
        try:
            return await asyncio.shield(flight.task)
        except asyncio.CancelledError:
            waiter = asyncio.current_task()
            if flight.task.cancelled() and waiter is not None and not waiter.cancelling():
                raise Unreachable("the server is shutting down") from None
            raise
        finally:
            flight.waiters -= 1
            if not flight.waiters and not flight.is_background and not flight.task.done():
                self._forget(key, flight)
                flight.task.cancel()

    def launch(self, key: str, start: Callable[[], Awaitable[T]]) -> None:
        """Begin a flight that nobody waits for, unless there is one already, or there are too many of that sort."""
        background = sum(flight.is_background for flight in self._flights.values())
        if key not in self._flights and background < MAX_BACKGROUND:
            self._begin(key, start).is_background = True

    def __len__(self) -> int:
        return len(self._flights)

    async def close(self) -> None:
        """Cancel all flights, and wait until they have ended."""
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, key: str, start: Callable[[], Awaitable[T]]) -> _Flight[T]:
        async def fly() -> T:
            return await start()

        flight = _Flight(asyncio.create_task(fly(), name=f"flight {key}"))
        self._flights[key] = flight
        flight.task.add_done_callback(lambda task: self._landed(key, flight, task))
        return flight

    def _landed(self, key: str, flight: _Flight[T], task: asyncio.Task[T]) -> None:
        self._forget(key, flight)
        if not task.cancelled():
            task.exception()  # an error that nobody waited for was told by whoever raised it

    def _forget(self, key: str, flight: _Flight[T]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
