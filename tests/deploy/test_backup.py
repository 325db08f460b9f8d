"""What is backed up comes back, whole or not at all, while servers run."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest

from scripts import backup, restore
from scripts.backup_tables import KEPT, PASSING, STEPS, Refused
from tako_server.cache.migrations import LATEST
from tako_server.cache.postgres import PostgresStore
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import StoreAway
from tako_server.cache.switches import Switches
from tako_server.cache.tables import Tables
from tako_server.config import Settings, load_settings
from tako_server.storage import postgres_store, sqlite_store
from tests.cache.support import NOW, address, entry, until
from tests.conftest import require_tool
from tests.postgres import _FOLDERS, Database

AnyStore: TypeAlias = PostgresStore | SqliteStore
Run: TypeAlias = Callable[[str], str]
"""Runs a statement by the database's own means, and gives what it says."""


class Kept:
    """A store of a test, and what its operator does with it."""

    def __init__(self, settings: Settings, run: Run) -> None:
        self.settings = settings
        self.run = run

    async def open(self) -> AnyStore:
        """A server's view of it."""
        made: AnyStore = (
            postgres_store(self.settings) if self.settings.store_kind == "postgresql" else sqlite_store(self.settings)
        )
        await made.open()
        return made

    async def backup(self, folder: Path) -> Path:
        """As `make backup` does."""
        return await asyncio.to_thread(backup.write, self.settings, folder)

    async def restore(self, file: Path) -> None:
        """As `make restore` does."""
        await asyncio.to_thread(restore.read, self.settings, file)

    def count(self, table: str = "discovery_cache") -> int:
        """Its rows."""
        return int(self.run(f"SELECT count(*) FROM {table}"))  # noqa: S608 - a test's own


@pytest.fixture(params=["postgresql", "sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """An empty store of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "store" / "tako.db"

        def sqlite(statement: str) -> str:
            with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
                return "\n".join("|".join(map(str, row)) for row in connection.execute(statement))

        return Kept(load_settings(environment={"TAKO_CACHE_PATH": str(path)}, dotenv=None), sqlite)
    database: Database = request.getfixturevalue("database")
    environment = {
        "DB_ENABLED": "true",
        "DB_HOST": database.host,
        "DB_PORT": str(database.port),
        "DB_NAME": database.name,
        "DB_USER": database.user,
        "DB_PASSWORD": database.password,
    }
    return Kept(load_settings(environment=environment, dotenv=None), database.psql)


async def test_what_was_there_comes_back_and_what_came_since_is_gone(kept: Kept, tmp_path: Path) -> None:
    store = await kept.open()
    await store.put(entry("a", data=bytes(range(256)) * 50, question=b"\0q"), entry("b", total_results=None))
    await store.save("page_token_key", b"\1\0\xff")
    await Switches(Tables(store, lambda: True)).switch_off("tmdb", "it's ill\n\tand 'quoted' \\.")
    file = await kept.backup(tmp_path / "backups")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    before = await store.get("a")

    await store.purge(key="a")
    await store.put(entry("c"))
    await store.save("page_token_key", b"another")
    kept.run("DELETE FROM tako_provider_off")
    await kept.restore(file)

    assert await store.get("a") == before
    assert await store.get("b") is not None
    assert await store.get("c") is None
    assert await store.load("page_token_key") == b"\1\0\xff"
    assert "and 'quoted'" in kept.run("SELECT reason FROM tako_provider_off")
    await store.put(entry("d"))  # the store that was open all the time goes on
    assert kept.count() == 3
    await store.close()


async def test_into_a_store_that_was_lost(kept: Kept, tmp_path: Path) -> None:
    store = await kept.open()
    await store.put(entry("a"))
    await store.close()
    file = await kept.backup(tmp_path)
    if kept.settings.store_kind == "sqlite":
        for path in kept.settings.cache_path.parent.iterdir():
            path.unlink()
    else:
        kept.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await kept.restore(file)
    assert kept.count() == 1


async def test_running_servers_forget_what_they_have_in_memory(kept: Kept, tmp_path: Path) -> None:
    store = await kept.open()
    told = asyncio.Event()
    switches = Switches(Tables(store, lambda: True), every=0.05)
    await switches.start(on_switch=lambda: None, on_purge=told.set)
    await switches.purged()
    file = await kept.backup(tmp_path)
    for _ in range(3):
        await switches.purged()
    await until(lambda: kept.run("SELECT number FROM tako_generation WHERE name = 'purges'") == "4")
    await switches.look()
    told.clear()
    await kept.restore(file)
    await until(told.is_set)
    await switches.close()
    await store.close()


async def test_while_servers_read_and_write(kept: Kept, tmp_path: Path) -> None:
    store, stop = await kept.open(), asyncio.Event()
    await store.put(*(entry(f"old{n}", data=b"x" * 20_000) for n in range(300)))

    async def serve() -> int:
        served = 0
        while not stop.is_set():
            await store.put(entry(f"new{served}", fetched_at=NOW + served))
            await store.get("old1")
            served += 1
        return served

    serving = asyncio.create_task(serve())
    await asyncio.sleep(0.1)
    file = await kept.backup(tmp_path)
    await asyncio.sleep(0.1)
    await kept.restore(file)
    stop.set()
    assert await serving > 0
    assert int(kept.run("SELECT count(*) FROM discovery_cache WHERE cache_key LIKE 'old%'")) == 300
    await store.close()


async def test_a_backup_of_an_older_version_is_taken(kept: Kept, tmp_path: Path) -> None:
    """It lacks a table and a column that came later; the tables of today stay as they are."""
    store = await kept.open()
    await store.put(entry("a"))
    await store.close()
    kept.run("DROP TABLE tako_translation")
    kept.run("ALTER TABLE discovery_cache DROP COLUMN question")
    if kept.settings.store_kind == "sqlite":
        kept.run("PRAGMA user_version = 4")
    else:
        kept.run("DELETE FROM tako_migrations WHERE number > 4")
        kept.run("DROP TABLE tako_job_run, tako_provider_off, tako_generation")
        kept.run("CREATE TABLE tako_generation (name text PRIMARY KEY, number bigint NOT NULL)")
        kept.run("CREATE TABLE tako_job_run (id text); CREATE TABLE tako_provider_off (provider text)")
    file = await kept.backup(tmp_path)
    if kept.settings.store_kind == "sqlite":
        kept.settings.cache_path.unlink()
    else:
        kept.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    store = await kept.open()
    await store.put(entry("b", question=b"q"))
    await kept.restore(file)
    assert await store.get("a") is not None
    assert await store.get("b") is None
    assert kept.count("tako_translation") == 0
    await store.put(entry("c", question=b"q"))
    await store.close()


async def test_a_backup_of_a_later_version_is_refused(kept: Kept, tmp_path: Path) -> None:
    store = await kept.open()
    await store.put(entry("a"))
    later, back = (
        ("INSERT INTO tako_migrations (number, name) VALUES (99, 'x')", "DELETE FROM tako_migrations WHERE number = 99")
        if kept.settings.store_kind == "postgresql"
        else ("PRAGMA user_version = 99", f"PRAGMA user_version = {LATEST}")
    )
    kept.run(later)
    file = await kept.backup(tmp_path)
    kept.run(back)
    await store.put(entry("b"))
    with pytest.raises(Refused, match=f"step 99, those here at {LATEST}"):
        await kept.restore(file)
    assert kept.count() == 2
    await store.close()


async def test_a_damaged_backup_changes_nothing(kept: Kept, tmp_path: Path) -> None:
    store = await kept.open()
    await store.put(*(entry(f"k{n}", data=bytes(n % 251 for n in range(5000))) for n in range(200)))
    file = await kept.backup(tmp_path)
    body = file.read_bytes()
    await store.put(entry("newer"))
    for damaged in (body[: len(body) // 2], body[: len(body) - 40], b"x" * 100, b""):
        file.write_bytes(damaged)
        with pytest.raises(Refused):
            await kept.restore(file)
        assert kept.count() == 201
    assert await store.get("newer") is not None
    await store.close()


async def test_a_backup_of_the_other_kind_is_refused(kept: Kept, tmp_path: Path) -> None:
    await (await kept.open()).close()
    file = tmp_path / "other"
    file.write_bytes(b"PGDMP" + b"x" * 100 if kept.settings.store_kind == "sqlite" else b"SQLite format 3\0")
    with pytest.raises(Refused, match="is no backup of"):
        await kept.restore(file)


async def test_nothing_is_left_of_a_backup_that_failed(tmp_path: Path) -> None:
    nowhere = {"DB_ENABLED": "true", "DB_HOST": "127.0.0.1", "DB_PORT": "1", "TAKO_CACHE_PATH": str(tmp_path / "no.db")}
    for store in ("postgresql", "sqlite"):
        settings = load_settings(environment={**nowhere, "TAKO_STORE": store}, dotenv=None)
        with pytest.raises(Refused):
            await asyncio.to_thread(backup.write, settings, tmp_path / "backups")
        assert list((tmp_path / "backups").iterdir()) == []
    file = tmp_path / "file"
    file.write_bytes(b"PGDMP")
    settings = load_settings(environment={**nowhere, "TAKO_STORE": "postgresql"}, dotenv=None)
    with pytest.raises(StoreAway):
        await asyncio.to_thread(restore.read, settings, file)


async def test_every_table_has_its_place(database: Database) -> None:
    """A new table must be said to be kept, or to be true of the moment only."""
    store = PostgresStore(address(database))
    await store.open()
    tables = database.psql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").splitlines()
    assert set(tables) == {*KEPT, *PASSING, STEPS}
    await store.close()


async def test_the_database_of_compose_is_asked_by_its_own_programs(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`docker` stands in for the engine: it runs what would run in the container, whose socket asks for no password."""
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(
        "#!/bin/sh\n"
        '[ "$1 $2 $3 $4" = "compose exec -T tako-db" ] || exit 9\n'
        "shift 4\n"
        f"export PGHOST=127.0.0.1 PGPORT={database.port} PGPASSWORD='{database.password}'\n"
        'exec "$@"\n'
    )
    docker.chmod(0o755)
    programs = str(Path(require_tool("pg_dump", *_FOLDERS)).parent)
    monkeypatch.setenv("PATH", f"{docker.parent}:{programs}:{os.environ['PATH']}")
    settings = load_settings(environment={"DB_NAME": database.name, "DB_USER": database.user}, dotenv=None)
    store = PostgresStore(address(database))
    await store.open()
    await store.put(entry("a"))
    file = await asyncio.to_thread(backup.write, settings, tmp_path / "backups", compose=True)
    await store.purge()
    await asyncio.to_thread(restore.read, settings, file, compose=True)
    assert await store.get("a") is not None
    await store.close()
    database.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    with pytest.raises(Refused, match="start Tako once"):
        await asyncio.to_thread(restore.read, settings, file, compose=True)
