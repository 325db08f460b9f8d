"""What is SQLite's own: one file, several processes, no secrets for others."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import StoreAway, StoreRefused
from tests.cache.support import entry

_OTHER_PROCESS = """
import asyncio, sys
from pathlib import Path
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import Entry

async def main():
    store = SqliteStore(Path(sys.argv[1]))
    await store.open()
    for number in range(30):
        await store.put(Entry(f"{sys.argv[2]}-{number}", "tmdb", "search", "media", "", b"", None, 1.0, 2.0))
        await store.touch({"shared": 1}, 1.0)
    print((await store.create("key", sys.argv[2].encode())).decode())
    await store.close()

asyncio.run(main())
"""


async def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "state"
    before = os.umask(0)
    try:
        store = SqliteStore(folder / "tako.db")
        await store.open()
        await store.put(entry())
        assert {path.name for path in folder.iterdir()} == {"tako.db", "tako.db-wal", "tako.db-shm"}
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)
    await store.close()
    assert [path.name for path in folder.iterdir()] == ["tako.db"]


async def test_several_processes_share_one_file(tmp_path: Path) -> None:
    path = tmp_path / "tako.db"
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _OTHER_PROCESS, str(path), name), stdout=asyncio.subprocess.PIPE, cwd=Path.cwd()
        )
        for name in ("one", "two")
    ]
    told = [(await process.communicate())[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert told[0] == told[1] in {b"one\n", b"two\n"}
    store = SqliteStore(path)
    await store.open()
    assert (await store.stats(0))[0].entries == 60
    await store.close()


async def test_reading_goes_on_while_another_process_writes(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "tako.db")
    await store.open()
    await store.put(entry())
    with closing(sqlite3.connect(tmp_path / "tako.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(store.put(entry("b")))
        assert await store.get("tmdb:search:1") == entry()
        assert not waiting.done()
        with pytest.raises(StoreRefused, match="locked"):
            await waiting
    await store.put(entry("b"))
    await store.close()


@pytest.mark.parametrize("kind", ["folder", "garbage"])
async def test_a_file_that_cannot_be_used_is_a_store_that_is_away(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "tako.db"
    if kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"no database" * 1000)
    store = SqliteStore(path)
    with pytest.raises(StoreAway):
        await store.open()
    assert not store.available
    await store.close()
