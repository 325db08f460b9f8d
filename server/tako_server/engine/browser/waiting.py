"""The queue for a browser: first come, first served, and bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from tako_server.engine.browser.session import Lane, Session


@dataclass(slots=True, eq=False)
class Waiter:
    """One request that wants a session of ``lane``."""

    number: int
    lane: Lane
    since: float
    future: asyncio.Future[Session] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    @property
    def gone(self) -> bool:
        """Whether it has been served, or has given up."""
        return self.future.done()


class Queue:
    """Waiters in the order in which they came. One that is put back takes its old place."""

    def __init__(self) -> None:
        self._waiters: list[Waiter] = []
        self._numbers = count()

    def __len__(self) -> int:
        return sum(not waiter.gone for waiter in self._waiters)

    def __iter__(self) -> Iterator[Waiter]:
        return iter(waiter for waiter in self._waiters if not waiter.gone)

    def join(self, lane: Lane, now: float) -> Waiter:
        """A new waiter, at the end."""
        waiter = Waiter(next(self._numbers), lane, now)
        self._waiters.append(waiter)
        return waiter

    def first(self) -> Waiter | None:
        """Who is next; it stays in the queue."""
        self._waiters = [waiter for waiter in self._waiters if not waiter.gone]
        return self._waiters[0] if self._waiters else None

    def leave(self, waiter: Waiter) -> None:
        """Take it out of the queue: it is being served."""
        self._waiters = [one for one in self._waiters if one is not waiter]

    def put_back(self, waiter: Waiter) -> None:
        """It could not be served yet."""
        if not waiter.gone:
            self._waiters.append(waiter)
            self._waiters.sort(key=lambda one: one.number)
