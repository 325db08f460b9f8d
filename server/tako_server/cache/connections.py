"""Connections to PostgreSQL, kept and shared.

asyncpg's own pool costs 45 us of CPU a query, as much as the query itself, for the tasks that shield its release (2
shared cores, asyncpg 0.32: 108-133 us against 60-78). It also logs a traceback a second while the server is away, and
its release waits for a cancelled query as long as the server likes. What Tako needs fits here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import asyncpg

from tako_server.cache.store import PoolCounts

T = TypeVar("T")

LEAST = 2
MOST = 10
_PATIENCE = 0.2
"""Seconds to wait for a connection when all are in use."""
_IDLE_FOR = 300.0
"""Seconds after which a connection beyond the least is closed."""
_GOODBYE = 1.0
HOLDING_A_LOCK = {
    # A machine that is gone says no goodbye: after three unanswered probes the connection is closed.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    # A process that hangs answers probes, by its kernel, and asks nothing: 20 s of silence.
    "idle_session_timeout": "20000",
}
"""Settings of a connection whose holder's death the server must notice within 20 s: others wait for its lock."""


class AllInUse(asyncpg.InterfaceError):
    """There is more to do than these connections can do."""


class Connections:
    """Between ``LEAST`` and ``MOST`` connections. One that fails or is interrupted is not used again."""

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self._connect = connect
        self._slots = asyncio.Semaphore(MOST)
        self._idle: list[tuple[asyncpg.Connection, float]] = []
        self._in_use: set[asyncpg.Connection] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._given = 0
        self._waiting = 0
        self._lent = 0
        self._waited = 0.0
        self._refused = 0
        self._closed = False

    async def fill(self) -> None:
        """Connect so many that the least are there."""
        made = await asyncio.gather(*(self._connect() for _ in range(LEAST - len(self._idle))), return_exceptions=True)
        for one in made:
            if not isinstance(one, BaseException):
                self._rest(one)
        for one in made:
            if isinstance(one, BaseException):
                raise one

    @property
    def counts(self) -> PoolCounts:
        """As it is now."""
        return PoolCounts(
            size=len(self._idle) + len(self._in_use),
            idle=len(self._idle),
            most=MOST,
            waiting=self._waiting,
            lent=self._lent,
            waited=self._waited,
            refused=self._refused,
        )

    async def use(self, question: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        """What one connection answers to ``question``. ``one`` is for longer work."""
        connection = await self._taken()
        with self._lent_out(connection):
            return await question(connection)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection for a while.

        Raises AllInUse when others take all that become free, TimeoutError when none becomes free.
        """
        connection = await self._taken()
        with self._lent_out(connection):
            yield connection

    @contextmanager
    def _lent_out(self, connection: asyncpg.Connection) -> Iterator[None]:
        """Give the connection back at the end, whatever becomes of the work on it."""
        sound = False
        try:
            yield
            sound = True
        except asyncpg.PostgresError:
            sound = True  # the server refused a statement; it speaks to us
            raise
        finally:
            self._given_back(connection, sound=sound)

    async def _taken(self) -> asyncpg.Connection:
        began = asyncio.get_running_loop().time()
        if self._slots.locked():
            before = self._given
            self._waiting += 1
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._slots.acquire()
            except TimeoutError:
                self._refused += 1
                if self._given == before:
                    raise TimeoutError(f"none of {MOST} connections has been answered") from None
                raise AllInUse(f"all {MOST} connections are in use") from None
            finally:
                self._waiting -= 1
        else:
            await self._slots.acquire()
        try:
            connection = self._rested() or await self._connect()
            if self._closed:
                connection.terminate()
                raise ConnectionError("the connections are closed")
        except BaseException:
            self._slots.release()
            raise
        self._in_use.add(connection)
        self._lent += 1
        self._waited += asyncio.get_running_loop().time() - began
        return connection

    def _rested(self) -> asyncpg.Connection | None:
        while self._idle:
            connection, _ = self._idle.pop()
            if not connection.is_closed():
                return connection
        return None

    def _given_back(self, connection: asyncpg.Connection, *, sound: bool) -> None:
        self._slots.release()
        self._in_use.discard(connection)
        self._given += sound
        if not sound or self._closed:
            # Interrupted: its answer may still come. No goodbye, for it would wait for that.
            connection.terminate()
        elif not connection.is_closed():
            self._rest(connection)

    def _rest(self, connection: asyncpg.Connection) -> None:
        now = asyncio.get_running_loop().time()
        self._idle.append((connection, now))
        if len(self._idle) > LEAST and now - self._idle[0][1] > _IDLE_FOR:
            oldest, _ = self._idle.pop(0)
            task = asyncio.create_task(_left(oldest))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def close(self) -> None:
        """Say goodbye on those that rest, cut those that work. Takes a second at most."""
        self._closed = True
        for connection in list(self._in_use):
            connection.terminate()
        idle = [connection for connection, _ in self._idle]
        self._idle.clear()
        await asyncio.gather(*(_left(connection) for connection in idle), *self._leaving)


async def _left(connection: asyncpg.Connection) -> None:
    try:
        await connection.close(timeout=_GOODBYE)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
        connection.terminate()
