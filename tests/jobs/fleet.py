"""Replicas that share a real PostgreSQL and live in virtual time: three days pass in seconds.

Time stands still while the database is asked something, and jumps to the next timer when nobody waits for it. So what
happens depends on no machine's speed.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import selectors
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import apscheduler.schedulers.base
import pytest

from tako_server.cache.postgres import PostgresStore
from tako_server.cache.tables import Tables
from tako_server.core.registry import Registry
from tako_server.jobs.desk import JobDesk
from tako_server.jobs.feeds import Feeds
from tako_server.jobs.job import Job, Report, Work
from tako_server.jobs.leader import APPLICATION, OneOfFleet
from tako_server.jobs.refreshing import Refresher
from tako_server.jobs.rounds import Rounds
from tako_server.jobs.runner import Runner
from tako_server.jobs.runs import Runs
from tako_server.jobs.table import nine_jobs
from tako_server.jobs.tidying import Tidying
from tests.cache.support import address
from tests.postgres import Database

T = TypeVar("T")

EVERY = 25.0
"""Seconds between two tries for the lead. Longer than a server's own, so that the days pass with fewer statements."""
WORK = 40.0
"""Seconds that a job of these tests takes."""


class _Selector(selectors.DefaultSelector):
    """Waits for the database while it is asked something; else sets the time to the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.asked = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What came, or nothing and it is later."""
        ready = super().select(20 if self.asked and timeout != 0 else 0)
        if not ready and timeout:
            assert not self.asked, "the database does not answer"
            self.now += timeout
        return ready


class World(asyncio.SelectorEventLoop):
    """A loop whose timers live in virtual time, while the database is dt."""

    def __init__(self, begin: float) -> None:
        self._begin = begin
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        """The loop's own time: small, for it looks at nanoseconds."""
        return self._virtual.now

    def wall(self) -> float:
        """The time on the wall, as Unix seconds."""
        return self._begin + self._virtual.now

    def sleep_on(self, seconds: float) -> None:
        """The machine sleeps: its clock goes on, its timers do not."""
        self._begin += seconds

    @contextmanager
    def asking(self) -> Any:
        """Time stands still in here."""
        self._virtual.asked += 1
        try:
            yield
        finally:
            self._virtual.asked -= 1

    async def until(self, at: float) -> None:
        """Let time pass until ``at``."""
        await asyncio.sleep(max(at - self.wall(), 0))


def in_virtual_time(
    monkeypatch: pytest.MonkeyPatch, begin: dt.datetime, story: Callable[[World], Coroutine[Any, Any, T]]
) -> T:
    """What the story comes to, in virtual time from ``begin``, for APScheduler too."""
    world = World(begin.timestamp())

    class Virtual(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Virtual:
            return cls.fromtimestamp(world.wall(), tz)

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Virtual)
    with asyncio.Runner(loop_factory=lambda: world) as runner:
        return runner.run(story(world))


class _Connection:
    """A connection whose questions stop the time."""

    def __init__(self, world: World, inner: Any) -> None:
        self._world = world
        self._inner = inner

    async def fetchval(self, *question: object) -> Any:
        with self._world.asking():
            return await self._inner.fetchval(*question)

    def is_closed(self) -> bool:
        closed: bool = self._inner.is_closed()
        return closed

    def terminate(self) -> None:
        self._inner.terminate()


@dataclass
class Nobody:
    """Watches nothing."""

    def ended(self, job: str, outcome: str, seconds: float, at: float) -> None: ...
    def leads(self, *, is_leader: bool) -> None: ...
    def succeeded_before(self, job: str, at: float) -> None: ...


@dataclass(frozen=True)
class Start:
    """A job has started."""

    replica: str
    job: str
    at: float


@dataclass
class Fleet:
    """Replicas on one database, and what they did."""

    world: World
    database: Database
    zone: str
    starts: list[Start] = field(default_factory=list)
    _made: int = 0

    def replica(self) -> Replica:
        """A new one, not started."""
        self._made += 1
        return Replica(self, f"replica{self._made}")

    def at(self, year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> float:
        """A moment by the wall clock, as Unix seconds."""
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo(self.zone)).timestamp()


class Replica:
    """The jobs of one server: the real table, with works that only say that they were begun."""

    def __init__(self, fleet: Fleet, name: str) -> None:
        self.name = name
        self._fleet = fleet
        self._store = PostgresStore(address(fleet.database))
        self._connection: _Connection | None = None
        self._dead = False
        self._leadership = OneOfFleet(self._connect, self._store.lend, name, every=EVERY)
        self.runs = Runs(Tables(self, lambda: True), name)
        self.desk = JobDesk(
            [replace(job, work=self._working(job)) for job in _table()],
            self.runs,
            self._leadership,
            ZoneInfo(fleet.zone),
            fleet.zone,
            Nobody(),
            clock=fleet.world.wall,
            runner=Runner(self.runs, Nobody(), clock=fleet.world.wall, draw=random.Random(name).random),  # noqa: S311 - jitter, the same in each run
        )

    async def start(self) -> None:
        """Begin."""
        with self._fleet.world.asking():
            await self._store.open()
        self.desk.start()

    async def stop(self) -> None:
        """End in good order."""
        await self.desk.close()
        with self._fleet.world.asking():
            await self._store.close()

    async def kill(self) -> None:
        """End as a killed process does: nothing more is done or said, and the kernel closes the connections."""
        self._dead = True
        if self._connection is not None:
            self._connection.terminate()
        with self._fleet.world.asking():
            await self._store.close()
            name = f"{APPLICATION}{self.name}"
            while self._fleet.database.psql(f"SELECT 1 FROM pg_stat_activity WHERE application_name = '{name}'"):  # noqa: S608
                time.sleep(0.01)  # noqa: ASYNC251 - for the server, which lives in real time

    async def leads(self) -> bool:
        """Whether it has the lead."""
        with self._fleet.world.asking():
            return await self._leadership.who() == self.name

    async def rows(self, statement: str, *values: object) -> Sequence[Sequence[Any]]:
        """The store's, while time stands still."""
        self._check_alive()
        with self._fleet.world.asking():
            return await self._store.rows(statement, *values)

    async def _connect(self, name: str) -> _Connection:
        self._check_alive()
        with self._fleet.world.asking():
            self._connection = _Connection(self._fleet.world, await self._store.connect_alone(name))
        return self._connection

    def _check_alive(self) -> None:
        if self._dead:
            raise asyncio.CancelledError  # whoever asks in the name of the dead is dead

    def _working(self, job: Job) -> Work:
        async def work(report: Report) -> None:
            self._check_alive()
            self._fleet.starts.append(Start(self.name, job.id, self._fleet.world.wall()))
            await asyncio.sleep(WORK)
            report.did("worked")

        return work


def _table() -> tuple[Job, ...]:
    """The nine jobs; their works are of no use here."""
    nobody: Any = None
    rounds, registry = Rounds(nobody), Registry(())
    return nine_jobs(Feeds(registry, rounds), Refresher(registry, nobody, rounds), Tidying(registry, nobody, nobody))
