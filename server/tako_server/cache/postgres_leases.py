"""The leases of replicas on one PostgreSQL."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import asyncpg
import structlog

from tako_server.cache.leases import NOTHING_KEPT

SECONDS = 6.0
"""How long a lease lasts that is not renewed."""
RENEWED_EVERY = 2.0
_PATIENCE = 0.25
"""Seconds that a caller waits for the database."""

_TAKE = """
    INSERT INTO tako_lease AS held (key, owner, until) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
    ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, until = excluded.until
    WHERE held.until < clock_timestamp()
    RETURNING coalesce((SELECT extract(epoch FROM updated_at)::float8 FROM discovery_cache WHERE cache_key = $1), 0.0)
"""
_RENEW = """
    UPDATE tako_lease SET until = clock_timestamp() + make_interval(secs => $3) WHERE key = ANY($1) AND owner = $2
"""
_LET_GO = "DELETE FROM tako_lease WHERE key = $1 AND owner = $2"

Lend = Callable[[], AbstractAsyncContextManager[Any]]
"""Lends a connection of asyncpg."""

_AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""How a database is away, or has no connection to spare: without a lease it goes on."""

log = structlog.get_logger(__name__)


class PostgresLeases:
    """Implements ``Leases`` for replicas on one database."""

    def __init__(self, lend: Lend, is_there: Callable[[], bool]) -> None:
        """``is_there`` says whether the database is worth asking."""
        self._lend = lend
        self._is_there = is_there
        self._owner = secrets.token_hex(8)
        self._held: set[str] = set()
        self._renewer: asyncio.Task[None] | None = None
        self._letting_go: set[asyncio.Task[None]] = set()

    async def take(self, key: str) -> float | None:
        """Take the lease, unless it is another's; ours without asking while the database is away."""
        if not self._is_there():
            return NOTHING_KEPT
        taken: float | None = NOTHING_KEPT

        async def ask(connection: Any) -> None:
            nonlocal taken
            taken = await connection.fetchval(_TAKE, key, self._owner, SECONDS)

        if await self._asked(ask) and taken is not None:
            self._held.add(key)
            if self._renewer is None or self._renewer.done():
                self._renewer = asyncio.create_task(self._renew(), name="leases.renew")
        return taken

    def landed(self, key: str) -> None:
        """No more renewing: the write ends it."""
        self._held.discard(key)

    def let_go(self, key: str) -> None:
        """End the lease behind the caller."""
        if key in self._held:
            self._held.discard(key)
            task = asyncio.create_task(self._end(key), name="leases.let_go")
            self._letting_go.add(task)
            task.add_done_callback(self._letting_go.discard)

    async def close(self) -> None:
        """End what is still held."""
        if self._renewer is not None:
            self._renewer.cancel()
            await asyncio.gather(self._renewer, return_exceptions=True)
        for key in list(self._held):
            self.let_go(key)
        await asyncio.gather(*self._letting_go, return_exceptions=True)

    async def _end(self, key: str) -> None:
        await self._asked(lambda connection: connection.execute(_LET_GO, key, self._owner))

    async def _renew(self) -> None:
        """Keep what is held while upstream takes its time. Ends when nothing is held."""
        await asyncio.sleep(RENEWED_EVERY)
        while self._held:
            await self._asked(lambda connection: connection.execute(_RENEW, list(self._held), self._owner, SECONDS))
            await asyncio.sleep(RENEWED_EVERY)

    async def _asked(self, question: Callable[[Any], Awaitable[object]]) -> bool:
        """Whether the database did what it was asked. What is wrong with it is for the store to say."""
        try:
            async with asyncio.timeout(_PATIENCE), self._lend() as connection:
                await question(connection)
        except _AWAY as error:
            log.debug("leases.not_asked", error=type(error).__name__)
            return False
        return True
