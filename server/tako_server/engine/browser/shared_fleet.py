"""The fleet of replicas on one PostgreSQL: heartbeats of instances, and a table of slots that bounds all of them.

A slot belongs to an instance until that gives it back, or until another one has seen it dead and its sessions gone. A
slot whose holder has died is never free before: its browser may still be there.

While the database is away a replica keeps the browsers that it has, and opens one only when it has none.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager
from typing import Any

import asyncpg
import structlog

from tako_server.engine.browser.fleet import Fate

BEAT = 3.0
"""Seconds between two heartbeats."""
LAPSE = 15.0
"""Seconds without one after which an instance counts as dead."""
_GONE = 1200.0
"""Seconds after its last heartbeat when even an endpoint that is away keeps no slot for an instance."""
_REMEMBERED = 86_400.0
"""Seconds that a dead instance is remembered, so that its orphans are known for what they are."""
_PATIENCE = 1.0
"""Seconds that the database has to answer."""
_LONE = -1
"""The slot of a replica that the database could not be asked for."""

_BEAT = f"""
    INSERT INTO tako_instance (id, until) VALUES ($1, clock_timestamp() + make_interval(secs => {LAPSE}))
    ON CONFLICT (id) DO UPDATE SET until = excluded.until
"""  # noqa: S608 - a number of ours
_KEEP = "DELETE FROM tako_browser_slot WHERE instance = $1 AND NOT slot = ANY($2::int[])"
_OTHERS_WAIT = "SELECT EXISTS (SELECT FROM tako_instance WHERE id <> $1 AND waits_until > clock_timestamp())"
_TAKE = "SELECT tako_browser_take($1, $2)"
_RELEASE = "DELETE FROM tako_browser_slot WHERE slot = $1 AND instance = $2"
_FATE = "SELECT until > clock_timestamp() FROM tako_instance WHERE id = $1"
_DEAD = """
    SELECT DISTINCT i.id FROM tako_instance i JOIN tako_browser_slot s ON s.instance = i.id
    WHERE i.until < clock_timestamp()
"""
_FREE = "DELETE FROM tako_browser_slot WHERE instance = $1"
_FORGET = f"""
    DELETE FROM tako_instance WHERE until < clock_timestamp() - make_interval(secs => {_REMEMBERED})
"""  # noqa: S608 - a number of ours
_FREE_LONG_GONE = f"""
    DELETE FROM tako_browser_slot s
    WHERE s.taken_at < clock_timestamp() - make_interval(secs => {_GONE}) AND NOT EXISTS (
        SELECT FROM tako_instance i
        WHERE i.id = s.instance AND i.until > clock_timestamp() - make_interval(secs => {_GONE})
    )
"""  # noqa: S608 - a number of ours
_LEAVE = "DELETE FROM tako_instance WHERE id = $1"

Lend = Callable[[], AbstractAsyncContextManager[Any]]
"""Lends a connection of asyncpg."""

_AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""How a database is away, or has no connection to spare: browsers go on without it."""

log = structlog.get_logger(__name__)


class SharedFleet:
    """Implements ``Fleet`` for replicas on one database."""

    def __init__(self, lend: Lend, is_there: Callable[[], bool], instance: str, most: int) -> None:
        """``is_there`` says whether the database is worth asking, ``most`` how many slots there are."""
        self._lend = lend
        self._is_there = is_there
        self._instance = instance
        self._most = most
        self._held: set[int] = set()
        self._others_wait = False
        self._one_at_a_time = asyncio.Lock()
        self._beating: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Beat once, and from now on."""
        await self._beat()
        self._beating = asyncio.create_task(self._beat_on(), name="browsers.heartbeat")

    async def fate(self, instance: str) -> Fate:
        """By its heartbeat; UNKNOWN for one that this database has never seen, and while it is away."""
        if instance == self._instance:
            return Fate.LIVES
        beating: bool | None = None

        async def ask(db: Any) -> None:
            nonlocal beating
            beating = await db.fetchval(_FATE, instance)

        if not await self._asked(ask) or beating is None:
            return Fate.UNKNOWN
        return Fate.LIVES if beating else Fate.DEAD

    async def dead(self) -> Collection[str]:
        """Those whose heartbeat has lapsed and who still have slots."""
        found: list[str] = []

        async def ask(db: Any) -> None:
            found.extend(row["id"] for row in await db.fetch(_DEAD))

        await self._asked(ask)
        return found

    async def forget(self, instance: str) -> None:
        """Free the slots of a dead instance. That it has died is remembered for a day."""
        if instance != self._instance:
            await self._asked(lambda db: db.execute(_FREE, instance))

    async def take(self) -> int | None:
        """A slot of the table; without a database the one that a lone replica may have."""
        async with self._one_at_a_time:
            slot: int | None = None

            async def ask(db: Any) -> None:
                nonlocal slot
                slot = await db.fetchval(_TAKE, self._instance, self._most)

            if not await self._asked(ask):
                slot = None if self._held else _LONE
            if slot is not None:
                self._held.add(slot)
            return slot

    async def release(self, slot: int) -> None:
        """Give it back now, or with the next heartbeat that the database hears."""
        async with self._one_at_a_time:
            self._held.discard(slot)
            if slot != _LONE:
                await self._asked(lambda db: db.execute(_RELEASE, slot, self._instance))

    def others_wait(self) -> bool:
        """As the last heartbeat heard."""
        return self._others_wait

    async def close(self) -> None:
        """Give back what is held, and say goodbye."""
        if self._beating is not None:
            self._beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beating
        if self._held:
            return  # sessions are left: whoever sweeps them must see that this instance has died

        async def leave(db: Any) -> None:
            await db.execute(_FREE, self._instance)
            await db.execute(_LEAVE, self._instance)

        await self._asked(leave)

    async def _beat_on(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await self._beat()

    async def _beat(self) -> None:
        """Say that we live and what we hold, and hear whether others wait."""

        async def beat(db: Any) -> None:
            await db.execute(_BEAT, self._instance)
            await db.execute(_KEEP, self._instance, list(self._held))
            await db.execute(_FREE_LONG_GONE)
            await db.execute(_FORGET)
            self._others_wait = await db.fetchval(_OTHERS_WAIT, self._instance)

        async with self._one_at_a_time:
            await self._asked(beat)

    async def _asked(self, question: Callable[[Any], Awaitable[object]]) -> bool:
        """Whether the database did what it was asked. What is wrong with it is for the store to say."""
        if not self._is_there():
            return False
        try:
            async with asyncio.timeout(_PATIENCE), self._lend() as connection:
                await question(connection)
        except _AWAY as error:
            log.debug("browsers.database_away", error=type(error).__name__)
            return False
        return True
