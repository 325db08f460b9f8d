"""One budget for all replicas, kept in PostgreSQL.

A slot is reserved by one statement that locks the provider's row and uses the database's clock. Without a database that
answers in time, each replica paces by itself: it goes on from its own starts, which it keeps in any case, but knows
nothing of the others', so that several replicas together may then ask too often.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

import asyncpg
import structlog

from tako_providers.sdk.manifest import Limit
from tako_server.engine.clock import Clock
from tako_server.engine.limiter import LONGEST_HOLD, LocalLimiter, Slot, spent

T = TypeVar("T")

_RESERVE = "SELECT start, delay FROM tako_limiter_reserve($1, $2, $3, $4, $5)"
_HELD = "SELECT held_until - extract(epoch FROM clock_timestamp()) FROM tako_limiter WHERE provider = $1"
_HOLD = """
INSERT INTO tako_limiter AS l (provider, held_until) VALUES ($1, extract(epoch FROM clock_timestamp()) + $2)
ON CONFLICT (provider) DO UPDATE SET held_until = greatest(l.held_until, excluded.held_until)
"""
_GIVE_BACK = """
UPDATE tako_limiter SET starts = trim_array(starts, 1) WHERE provider = $1 AND starts[cardinality(starts)] = $2
"""

PATIENCE = 0.25
"""Seconds that a caller waits for the database."""
RETRY = 5.0
"""Seconds after which a database that was away is asked again."""
_REMEMBER = 1.0
"""Seconds that a refusal stands for those who come after."""

_AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)

Connect = Callable[[], AbstractAsyncContextManager[Any]]
"""Lends a connection of asyncpg: the store's ``Connections.one``, or the ``acquire`` of a pool, which lends a proxy."""

log = structlog.get_logger(__name__)


class _Away(Exception):
    """The database gave no answer in time."""


class SharedLimiter:
    """A Limiter for all replicas on one database. Callers of one process keep their order; those of several nearly so.

    A caller that is cancelled gives its slot back behind it, if the slot is still the last one.
    """

    def __init__(self, connect: Connect, clock: Clock, *, is_there: Callable[[], bool] = lambda: True) -> None:
        """``is_there`` says whether the database is worth asking, as far as others know."""
        self._connect = connect
        self._clock = clock
        self._is_there = is_there
        self._local = LocalLimiter(clock)
        self._order: dict[str, asyncio.Lock] = {}
        self._refused: dict[tuple[str, tuple[Limit, ...]], tuple[float, float]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._away = False
        self._ask_again = 0.0

    async def acquire(self, provider: str, limits: Sequence[Limit], wait: float) -> None:
        """Reserve the next slot of all replicas and wait for it."""
        latest = self._clock.monotonic() + wait
        while True:
            try:
                # One at a time: in order, and with one connection of the pool at most for each provider.
                async with self._order.setdefault(provider, asyncio.Lock()):
                    slot, token = await self._reserve(provider, tuple(limits), latest)
            except _Away:
                await self._local.acquire(provider, limits, max(latest - self._clock.monotonic(), 0.0))
                return
            booked = slot.start
            if booked <= self._clock.monotonic():
                return
            try:
                await self._local.wait_for(provider, slot)
            except asyncio.CancelledError:
                self._give_back(provider, token)
                raise
            if slot.start == booked and not await self._held(provider):
                return
            self._local.give_up(provider, slot)  # a hold has come in between: the slot is lost, and the next one taken

    def hold_off(self, provider: str, seconds: float) -> None:
        """Hold off here at once, and elsewhere as soon as the database knows."""
        if seconds <= 0:
            return
        self._local.hold_off(provider, seconds)
        self._behind(self._ask(lambda db: db.execute(_HOLD, provider, min(seconds, LONGEST_HOLD))))

    async def close(self) -> None:
        """Let what runs behind the callers come to its end. Before the pool is closed."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=2 * PATIENCE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _reserve(self, provider: str, limits: tuple[Limit, ...], latest: float) -> tuple[Slot, float]:
        """A slot, kept here as well, and its start on the database's clock. Raises BudgetSpent or _Away."""
        now = self._clock.monotonic()
        own = self._local.earliest(provider, limits, now)
        # What the database refused to one is refused to the next without asking: a flood costs one statement a slot.
        until, start = self._refused.get((provider, limits), (0.0, 0.0))
        soonest = max(own, start) if now < until else own
        wait = max(latest - now, 0.0)
        if soonest - now > wait:
            raise spent(provider, soonest - now)
        calls, seconds = [limit.calls for limit in limits], [limit.seconds for limit in limits]
        arguments = (provider, calls, seconds, wait, own - now)
        token, delay = await self._ask(lambda db: db.fetchrow(_RESERVE, *arguments))
        start = self._clock.monotonic() + delay
        if delay > wait:
            self._refused[provider, limits] = (now + _REMEMBER, start)
            raise spent(provider, delay)
        return self._local.book(provider, limits, start, latest), token

    def _give_back(self, provider: str, token: float) -> None:
        self._behind(self._ask(lambda db: db.execute(_GIVE_BACK, provider, token)))

    async def _held(self, provider: str) -> bool:
        """Whether another replica was told to hold off while we slept."""
        try:
            seconds = await self._ask(lambda db: db.fetchval(_HELD, provider))
        except _Away:
            return False
        if seconds is None or seconds <= 0:
            return False
        self._local.hold_off(provider, float(seconds))
        return True

    async def _ask(self, question: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
        """What the database says, within PATIENCE. Raises _Away.

        The work has a task of its own, which is left to its end: giving back the connection of an aborted statement
        waits for the server, and no caller may.
        """
        if not self._is_there() or (self._away and self._clock.monotonic() < self._ask_again):
            raise _Away
        self._ask_again = self._clock.monotonic() + RETRY  # while it is away, one caller finds out whether it is back
        work = self._behind(self._work(question))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        error = work.exception() if done else TimeoutError()
        if error is None:
            if self._away:
                log.debug("limiter.database_back")
            self._away = False
            return work.result()
        work.cancel()
        if not isinstance(error, _AWAY):
            raise error
        if not self._away:
            # The store, which uses the same database, says to operators that it has gone.
            log.debug("limiter.database_away", error=type(error).__name__)
        self._away = True
        raise _Away from error

    async def _work(self, question: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
        async with self._connect() as connection:
            return await question(connection)

    def _behind(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work, name="limiter.database")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # said already, where it was awaited; nobody awaits what runs behind
