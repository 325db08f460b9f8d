"""An upgrade that is rolled out: servers of two versions on one store, and several that start at once."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tako_server.cache import migrations
from tako_server.cache.migrations import LATEST, MIGRATIONS, Migration
from tako_server.cache.postgres import PostgresStore
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import StoreAway
from tests.cache.support import address, entry
from tests.postgres import Database

# What a later version may add: it only adds, and what it adds has a value where an older server gives none.
LATER = Migration(
    LATEST + 1,
    "what a later version adds",
    postgres=(
        "ALTER TABLE discovery_cache ADD COLUMN later text",
        "CREATE TABLE tako_later (name text PRIMARY KEY)",
    ),
    sqlite=("ALTER TABLE discovery_cache ADD COLUMN later TEXT", "CREATE TABLE tako_later (name TEXT PRIMARY KEY)"),
)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Stores that are opened from now on are of the later version; `undo` goes back to this one."""
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, LATER))
    monkeypatch.setattr(migrations, "LATEST", LATER.number)
    return monkeypatch


async def works(store: PostgresStore | SqliteStore, key: str) -> None:
    """It reads and writes."""
    await store.put(entry(key))
    assert await store.get(key) is not None
    await store.touch({key: 1}, 1.0)


async def busy(store: PostgresStore | SqliteStore, name: str) -> None:
    """It is asked again and again; a few of these at once leave it connections to spare."""
    for number in range(5):
        await works(store, f"{name}-{number}")


async def test_an_older_server_goes_on_beside_a_later_one(
    database: Database, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    running = PostgresStore(address(database))
    await running.open()
    await works(running, "before")
    request.getfixturevalue("later")
    newer = PostgresStore(address(database))
    await newer.open()
    lanes = [busy(store, f"{name}{lane}") for store, name in ((running, "old"), (newer, "new")) for lane in range(4)]
    await asyncio.gather(*lanes)
    await running.close()

    monkeypatch.undo()  # a restart of the older one, as in a roll-back: it is content with what is there
    older = PostgresStore(address(database))
    await older.open()
    await works(older, "after")
    assert database.psql("SELECT max(number) FROM tako_migrations") == str(LATER.number)
    await older.close()
    await newer.close()


async def test_so_it_is_with_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "tako.db"
    running = SqliteStore(path)
    await running.open()
    request.getfixturevalue("later")
    newer = SqliteStore(path)
    await newer.open()
    await works(running, "old")
    await works(newer, "new")
    await running.close()
    monkeypatch.undo()
    older = SqliteStore(path)
    await older.open()
    await works(older, "after")
    await older.close()
    await newer.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LATER.number,)


async def test_six_servers_of_two_versions_start_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    first = PostgresStore(address(database))
    await first.open()
    await first.close()
    old = [PostgresStore(address(database)) for _ in range(3)]
    opening = [asyncio.create_task(store.open()) for store in old]
    request.getfixturevalue("later")
    new = [PostgresStore(address(database)) for _ in range(3)]
    await asyncio.gather(*opening, *(store.open() for store in new))
    for number, store in enumerate((*old, *new)):
        await works(store, str(number))
        await store.close()
    steps = database.psql("SELECT number, count(*) FROM tako_migrations GROUP BY number ORDER BY number").splitlines()
    assert steps == [f"{number}|1" for number in range(1, LATER.number + 1)]


async def test_a_step_that_fails_leaves_all_as_it_was(database: Database, later: pytest.MonkeyPatch) -> None:
    broken = Migration(LATER.number + 1, "broken", postgres=("CREATE TABLE tako_more ()", "SELECT 1/0"), sqlite=())
    later.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, LATER, broken))
    later.setattr(migrations, "LATEST", broken.number)
    store = PostgresStore(address(database))
    with pytest.raises(StoreAway, match="division by zero"):
        await store.open()
    assert database.psql("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") == "0"


def test_steps_only_add() -> None:
    """What an older server still uses is neither removed nor renamed; a table of another program may be."""
    for step in MIGRATIONS:
        for statement in (*step.postgres, *step.sqlite):
            words = re.sub(r"--.*", "", statement).upper()
            assert "DROP " not in words, step.name
            assert "RENAME" not in words or "DISCOVERY_CACHE_BEFORE_TAKO" in words, step.name
