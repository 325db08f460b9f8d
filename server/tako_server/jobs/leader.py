"""Who runs the jobs: of all replicas on one PostgreSQL, one. Where nothing is shared, this process.

The leader holds an advisory lock of the database on a connection of its own. The lock ends with the connection: at
once when the process dies, within seconds when its machine does. The others try for it again and again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

import structlog

EVERY = 8.0
"""Seconds between two tries for the lock, and between two signs of life of who has it. A machine that dies loses the
lock within 20 s, so that another has it within 30."""
_PATIENCE = 4.0
"""Seconds that the database has to answer."""
_TOLD_AFTER = 4
"""Tries in a row without a connection after which the log says that this replica can't lead: half a minute."""
_LOCK = 0x74616B6F6A
"""Of all advisory locks of the database, the one of the jobs ("takoj")."""
APPLICATION = "tako jobs "
"""How connections that hold the lock, or try for it, are called: this and the name of the replica."""

_TRY = "SELECT pg_try_advisory_lock($1)"
_ALIVE = "SELECT 1"
_WHO = """
    SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND l.classid::bigint = $1 AND l.objid::bigint = $2
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

Hook = Callable[[], Awaitable[None]]
Connect = Callable[[str], Awaitable[Any]]
"""A connection of asyncpg of one's own, under a name."""
Lend = Callable[[], AbstractAsyncContextManager[Any]]
"""A connection of asyncpg for a while."""

log = structlog.get_logger(__name__)


class Leadership(Protocol):
    """The right to run the jobs by the clock."""

    async def seek(self, elected: Hook, deposed: Hook) -> None:
        """Try for it for ever. ``elected`` is called when this replica has it, ``deposed`` when it has lost it.

        A cancellation gives it up.
        """
        ...

    async def who(self) -> str:
        """The name of the replica that has it; empty when none has."""
        ...


class Alone:
    """Implements ``Leadership`` where no database is shared."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._leads = False

    async def seek(self, elected: Hook, deposed: Hook) -> None:
        """It is ours until the end."""
        self._leads = True
        try:
            await elected()
            await asyncio.Event().wait()
        finally:
            self._leads = False
            await deposed()

    async def who(self) -> str:
        """This one, if it wants to."""
        return self._name if self._leads else ""


class OneOfFleet:
    """Implements ``Leadership`` among the replicas on one PostgreSQL."""

    def __init__(self, connect: Connect, lend: Lend, name: str, *, every: float = EVERY) -> None:
        """``every`` is for tests: how often it is tried for, and proved."""
        self._connect = connect
        self._lend = lend
        self._name = name
        self._every = every

    async def seek(self, elected: Hook, deposed: Hook) -> None:
        """Try for the lock; with it, lead until the connection is lost."""
        failures = 0
        while True:
            try:
                async with asyncio.timeout(_PATIENCE):
                    connection = await self._connect(f"{APPLICATION}{self._name}")
            except Exception as error:  # noqa: BLE001 - asyncpg's, the system's: the store says that it is away
                failures += 1
                log.debug("jobs.no_connection", error=type(error).__name__)
                if failures == _TOLD_AFTER:  # the store may be well all the same: a PostgreSQL below 14, a pooler
                    log.warning("jobs.can_not_lead", runner=self._name, error=f"{type(error).__name__}: {error}")
            else:
                failures = 0
                try:
                    await self._stand(connection, elected, deposed)
                finally:
                    connection.terminate()
            await asyncio.sleep(self._every)

    async def who(self) -> str:
        """The holder of the lock, as the database knows it."""
        try:
            async with asyncio.timeout(_PATIENCE), self._lend() as connection:
                name = await connection.fetchval(_WHO, _LOCK >> 32, _LOCK & 0xFFFFFFFF)
        except Exception as error:  # noqa: BLE001 - as above
            log.debug("jobs.leader_unknown", error=type(error).__name__)
            return ""
        return str(name or "").removeprefix(APPLICATION)

    async def _stand(self, connection: Any, elected: Hook, deposed: Hook) -> None:
        """Try on this connection until it is lost."""
        while not await self._asked(connection, _TRY, _LOCK):
            if connection.is_closed():
                return
            await asyncio.sleep(self._every)
        log.info("jobs.leading", runner=self._name)
        try:
            await elected()
            while True:
                await asyncio.sleep(self._every)
                if not await self._asked(connection, _ALIVE):
                    return
        finally:
            await deposed()
            log.info("jobs.not_leading", runner=self._name)

    async def _asked(self, connection: Any, question: str, *values: object) -> bool:
        """What the database says; no when it says nothing, and then the connection is of no use any more."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return bool(await connection.fetchval(question, *values))
        except Exception as error:  # noqa: BLE001 - as above
            log.debug("jobs.connection_lost", error=type(error).__name__)
            connection.terminate()
            return False
