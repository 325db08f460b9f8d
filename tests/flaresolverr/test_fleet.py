"""Who lives and who has died, and the slots that replicas share."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tako_server.cache.connections import Connections
from tako_server.cache.migrations import migrate_postgres
from tako_server.engine.browser import shared_fleet
from tako_server.engine.browser.errors import BrowsersBusy
from tako_server.engine.browser.fleet import Fate, LockFiles, Together
from tako_server.engine.browser.ids import new_instance
from tako_server.engine.browser.shared_fleet import SharedFleet
from tests.cache.support import until
from tests.flaresolverr.pools import Running, pooled
from tests.flaresolverr.site import Site
from tests.flaresolverr.stand_in import StandIn
from tests.postgres import Database

ONE, TWO, GONE = "1" * 12, "2" * 12, "3" * 12


# --- locks ---


async def test_a_lock_tells_who_lives(tmp_path: Path) -> None:
    one, two = LockFiles(tmp_path / "browsers", ONE), LockFiles(tmp_path / "browsers", TWO)
    await one.start()
    await two.start()
    assert await two.fate(ONE) is Fate.LIVES
    assert await two.fate(TWO) is Fate.LIVES
    assert await two.fate(GONE) is Fate.UNKNOWN
    assert await two.dead() == []
    await one.close()
    assert await two.fate(ONE) is Fate.UNKNOWN
    await two.close()
    assert list((tmp_path / "browsers").iterdir()) == []


async def test_a_lock_tells_of_a_death(tmp_path: Path) -> None:
    code = (
        "import asyncio, os, signal, sys; from pathlib import Path\n"
        "from tako_server.engine.browser.fleet import LockFiles\n"
        "asyncio.run(LockFiles(Path(sys.argv[1]), sys.argv[2]).start()); os.kill(os.getpid(), signal.SIGKILL)"
    )
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code, str(tmp_path), GONE], check=False, timeout=30)
    one = LockFiles(tmp_path, ONE)
    await one.start()
    assert await one.fate(GONE) is Fate.DEAD
    assert await one.dead() == [GONE]
    await one.forget(GONE)
    assert await one.dead() == []
    await one.forget(ONE)
    assert await one.fate(ONE) is Fate.LIVES
    await one.close()


async def test_a_file_that_is_removed_before_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Another instance sees it without a lock, and takes it for one of the dead.
    lock, removed = fcntl.flock, list[Path]()

    def late(handle: int, how: int) -> None:
        if how == fcntl.LOCK_EX and not removed:
            removed.extend(tmp_path.iterdir())
            removed[0].unlink()
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", late)
    one, two = LockFiles(tmp_path, ONE), LockFiles(tmp_path, TWO)
    await one.start()
    assert len(removed) == 1
    assert await two.fate(ONE) is Fate.LIVES
    await one.close()
    assert await two.fate(ONE) is Fate.UNKNOWN


async def test_who_lives_is_not_forgotten(tmp_path: Path) -> None:
    one, two = LockFiles(tmp_path, ONE), LockFiles(tmp_path, TWO)
    await one.start()
    await two.forget(ONE)
    await two.forget(GONE)
    assert await two.fate(ONE) is Fate.LIVES
    await one.close()


async def test_a_lock_that_can_not_be_had_tells_of_no_death(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    with monkeypatch.context() as full:
        full.setattr(fcntl, "flock", refused)
        await LockFiles(tmp_path, ONE).start()
    two = LockFiles(tmp_path, TWO)
    await two.start()
    assert await two.fate(ONE) is Fate.UNKNOWN
    assert await two.dead() == []
    await two.close()


async def test_without_a_place_for_locks_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    one = LockFiles(tmp_path / "file", ONE)
    await one.start()
    assert await one.fate(TWO) is Fate.UNKNOWN
    assert await one.dead() == []
    await one.close()


# --- a database ---


class Replica(SharedFleet):
    """One replica's part of the fleet, with connections of its own."""

    def __init__(self, database: Database, instance: str, most: int = 3) -> None:
        self.connections = Connections(database.connect)
        self.there = True
        super().__init__(self.connections.one, lambda: self.there, instance, most)


@pytest.fixture
async def tables(database: Database) -> Database:
    """A database with the tables."""
    connection = await database.connect()
    await migrate_postgres(connection)
    await connection.close()
    return database


@asynccontextmanager
async def replica(database: Database, instance: str = "", *, start: bool = True) -> AsyncIterator[Replica]:
    """A replica that lives, unless its pool is to start it."""
    one = Replica(database, instance or new_instance())
    if start:
        await one.start()
    try:
        yield one
    finally:
        await one.close()
        await one.connections.close()


async def test_slots_are_bounded_for_all(tables: Database) -> None:
    async with replica(tables) as one, replica(tables) as two:
        taken = await asyncio.gather(*(each.take() for _ in range(4) for each in (one, two)))
        assert sorted(slot for slot in taken if slot is not None) == [1, 2, 3]
        of_one = next(slot for slot in taken[::2] + taken[1::2] if slot is not None)
        for fleet in (one, two):
            await fleet.release(of_one)
        assert await two.take() is not None
        assert await one.take() is None


async def test_a_slot_of_a_dead_replica_is_free_only_once_its_sessions_are_gone(
    tables: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_fleet, "BEAT", 0.05)
    async with replica(tables, ONE) as one:
        tables.psql(f"INSERT INTO tako_instance VALUES ('{GONE}', now() - interval '1 second')")  # noqa: S608
        tables.psql(f"INSERT INTO tako_browser_slot SELECT n, '{GONE}' FROM generate_series(1, 3) n")  # noqa: S608
        assert await one.fate(GONE) is Fate.DEAD
        assert list(await one.dead()) == [GONE]
        assert await one.take() is None
        await one.forget(GONE)
        assert await one.take() == 1


async def test_who_waits_is_heard(tables: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_fleet, "BEAT", 0.05)
    async with replica(tables) as one, replica(tables) as two:
        for _ in range(3):
            assert await one.take()
        assert await two.take() is None
        await until(one.others_wait)
        assert not two.others_wait()


async def test_without_its_database_a_replica_has_one_browser(tables: Database) -> None:
    async with replica(tables) as one:
        one.there = False
        lone = await one.take()
        assert lone is not None
        assert await one.take() is None
        assert await one.fate(TWO) is Fate.UNKNOWN
        await one.release(lone)
        one.there = True
        assert await one.take() == 1


async def test_what_a_lost_answer_has_taken_is_given_back(tables: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_fleet, "BEAT", 0.05)
    async with replica(tables, ONE):
        tables.psql(f"SELECT tako_browser_take('{ONE}', 3)")
        await until(lambda: tables.psql("SELECT count(*) FROM tako_browser_slot") == "0")


async def test_two_replicas_share_the_browsers(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, tables: Database, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(shared_fleet, "BEAT", 0.1)
    async with replica(tables, start=False) as fleet_one, replica(tables, start=False) as fleet_two:
        locks = [LockFiles(tmp_path, new_instance()) for _ in range(2)]
        fleets = [Together((lock, fleet)) for lock, fleet in zip(locks, (fleet_one, fleet_two), strict=True)]
        async with (
            pooled(http, solver.url, fleet=fleets[0], wait=20) as one,
            pooled(http, solver.url, fleet=fleets[1], wait=20) as two,
        ):

            async def get(browsers: Running, n: int) -> bool:
                try:
                    await browsers.get(site.url(f"/slow?s=0.05&n={n}"), seconds=30)
                except BrowsersBusy:
                    return False
                return True

            got = await asyncio.gather(*(get(each, n) for n in range(15) for each in (one, two)))
            assert all(got)
            assert one.told.opens and two.told.opens
            assert solver.peak == 3
        assert solver.live == 0
        assert tables.psql("SELECT count(*) FROM tako_browser_slot") == "0"


async def test_sessions_of_a_replica_that_lives_are_left_alone(
    http: aiohttp.ClientSession, solver: StandIn, site: Site, tables: Database
) -> None:
    async with replica(tables, ONE, start=False) as fleet, replica(tables, TWO) as living:
        slot = await living.take()
        async with pooled(http, solver.url, fleet=fleet) as browsers:
            name = f"tako-{TWO}-1"
            await browsers.pool._endpoints[0].client.create(name)
            await browsers.get(site.url("/x"))
            await asyncio.sleep(0.5)
            assert name in solver.sessions
            tables.psql(f"UPDATE tako_instance SET until = now() - interval '1 second' WHERE id = '{TWO}'")  # noqa: S608
            await until(lambda: name not in solver.sessions)
        assert slot is not None
