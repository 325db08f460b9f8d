"""A store that goes away: nothing raises, nothing waits, it is said once, and it comes back by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from tako_server.cache.none import NoStore
from tako_server.cache.postgres import PostgresStore
from tako_server.cache.resilient import ResilientStore
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import Entry, Store, StoreAway, StoreRefused
from tests.cache.support import NOW, address, entry, until
from tests.postgres import Database, PostgresServer

_LONGEST = 0.4
"""Seconds: the limit of 0.25, and what a busy machine adds."""


def calls(store: Store) -> list[Callable[[], Awaitable[object]]]:
    """Every call, each with the answer of a store that is not there."""
    return [
        lambda: store.get("tmdb:search:1"),
        lambda: store.put(entry()),
        lambda: store.touch({"tmdb:search:1": 1}, NOW),
        lambda: store.load("name"),
        lambda: store.save("name", b"value"),
        lambda: store.create("name", b"value"),
        lambda: store.purge(key="none"),
        lambda: store.stats(NOW),
        lambda: store.lately_used(10, expired_at=NOW),
    ]


async def ask_all(store: Store) -> float:
    """Make every call. The longest time that one took."""
    longest = 0.0
    for call in calls(store):
        started = time.monotonic()
        await call()
        longest = max(longest, time.monotonic() - started)
    return longest


@pytest.fixture
async def around() -> AsyncIterator[Callable[..., ResilientStore]]:
    """Makes resilient stores, closed with the test, that probe often."""
    made: list[ResilientStore] = []

    def make(inner: Store, **more: Any) -> ResilientStore:
        made.append(ResilientStore(inner, **{"probe": 0.05, "slowest_probe": 0.1, **more}))
        return made[-1]

    yield make
    for store in made:
        await store.close()


def events(logs: list[Any]) -> list[str]:
    """What was logged, in order."""
    return [line["event"] for line in logs]


async def test_postgresql_killed_and_restarted(
    postgres_to_kill: PostgresServer, around: Callable[..., ResilientStore]
) -> None:
    server = postgres_to_kill
    server.start()
    changes: list[bool] = []
    # The limit is not what is tried here; a busy machine must not look like a second outage.
    store = around(PostgresStore(address(Database(server.port, "postgres"))), on_change=changes.append, limit=2)
    await store.open()
    await until(lambda: store.available)
    await store.put(entry())
    assert await store.get("tmdb:search:1") == entry()
    with capture_logs() as logs:
        stop = asyncio.Event()
        longest = [0.0]

        async def ask_on() -> None:
            while not stop.is_set():
                longest[0] = max(longest[0], await ask_all(store))
                await asyncio.sleep(0.01)

        asking = [asyncio.create_task(ask_on()) for _ in range(3)]
        await asyncio.to_thread(server.kill)
        await until(lambda: not store.available)
        assert await store.get("tmdb:search:1") is None
        server.launch()
        await until(lambda: store.available)
        await until(lambda: _has(store))
        stop.set()
        await asyncio.gather(*asking)
    assert longest[0] <= _LONGEST
    assert events(logs) == ["store.away", "store.back"]
    assert changes == [True, False, True]


async def _has(store: Store) -> bool:
    return await store.get("tmdb:search:1") is not None


async def test_postgresql_away_at_the_start(
    postgres_to_kill: PostgresServer, around: Callable[..., ResilientStore]
) -> None:
    store = around(PostgresStore(address(Database(postgres_to_kill.port, "postgres"))))
    with capture_logs() as logs:
        started = time.monotonic()
        await store.open()
        assert time.monotonic() - started <= _LONGEST
        assert not store.available
        assert await ask_all(store) <= _LONGEST
        assert events(logs) == ["store.away"]
        postgres_to_kill.launch()
        await until(lambda: store.available)
        await store.put(entry())
        assert await store.get("tmdb:search:1") == entry()
    assert events(logs) == ["store.away", "store.back"]


async def test_postgresql_that_hangs(postgres_to_kill: PostgresServer, around: Callable[..., ResilientStore]) -> None:
    """The worst kind: it takes connections, and never answers."""
    server = postgres_to_kill
    server.start()
    database = Database(server.port, "postgres")
    store = around(PostgresStore(address(database)))
    await store.open()
    await until(lambda: store.available)
    await store.put(entry())
    backends = [
        int(pid) for pid in database.psql("SELECT pid FROM pg_stat_activity WHERE application_name = 'tako'").split()
    ]
    server.freeze(*backends)
    try:
        with capture_logs() as logs:
            started = time.monotonic()
            found = await asyncio.gather(*(store.get("tmdb:search:1") for _ in range(30)))
            assert time.monotonic() - started <= _LONGEST
            assert found == [None] * 30
            assert await ask_all(store) <= _LONGEST
            started = time.monotonic()
            again = around(PostgresStore(address(database)))
            await again.open()
            await again.close()
            assert time.monotonic() - started <= 2 * _LONGEST
        assert events(logs) == ["store.away"]
    finally:
        server.thaw(*backends)
    await until(lambda: _has(store))


async def test_a_file_that_becomes_usable(tmp_path: Path, around: Callable[..., ResilientStore]) -> None:
    path = tmp_path / "tako.db"
    path.mkdir()
    store = around(SqliteStore(path))
    with capture_logs() as logs:
        await store.open()
        assert await ask_all(store) <= _LONGEST
        path.rmdir()
        await until(lambda: store.available)
        await store.put(entry())
        assert await store.get("tmdb:search:1") == entry()
    assert events(logs) == ["store.away", "store.back"]


class Scripted(NoStore):
    """A store whose calls end as a test says."""

    available = True

    def __init__(self) -> None:
        self.opened: list[float] = []
        self.error: Exception | None = None
        self.error_at_open: Exception | None = None
        self.hangs = False

    async def open(self) -> None:
        self.opened.append(time.monotonic())
        await self._do(self.error_at_open)

    async def get(self, key: str) -> Entry | None:
        await self._do(self.error)
        return entry(key)

    async def close(self) -> None:
        await self._do(None)

    async def _do(self, error: Exception | None) -> None:
        if error is not None:
            raise error
        if self.hangs:
            await asyncio.Event().wait()


async def test_a_refusal_is_about_one_call_and_is_logged_once(around: Callable[..., ResilientStore]) -> None:
    inner = Scripted()
    store = around(inner)
    await store.open()
    inner.error = StoreRefused("the disk is full")
    with capture_logs() as logs:
        assert [await store.get("a") for _ in range(5)] == [None] * 5
    assert store.available
    assert events(logs) == ["store.refused"]
    inner.error = None
    assert await store.get("a") is not None


async def test_probes_become_rarer_and_trouble_that_returns_is_not_probed_sooner(
    around: Callable[..., ResilientStore],
) -> None:
    inner = Scripted()
    store = around(inner, probe=0.02, slowest_probe=0.08)
    inner.error_at_open = StoreAway("nobody is there")
    await store.open()
    await until(lambda: len(inner.opened) >= 6)
    waits = [later - sooner for sooner, later in zip(inner.opened, inner.opened[1:], strict=False)]
    assert waits[0] >= 0.019
    assert waits[1] >= 0.039
    assert min(waits[2:]) >= 0.079
    inner.error_at_open = None
    await until(lambda: store.available)
    inner.error = StoreAway("gone again")
    assert await store.get("a") is None
    lost = time.monotonic()
    probes = len(inner.opened)
    await until(lambda: len(inner.opened) > probes)
    assert inner.opened[-1] - lost >= 0.07


async def test_a_slow_start_is_waited_for_behind(around: Callable[..., ResilientStore]) -> None:
    inner = Scripted()
    inner.hangs = True
    store = around(inner, limit=0.05, closing=0.05)
    started = time.monotonic()
    with capture_logs() as logs:
        await store.open()
    assert time.monotonic() - started <= _LONGEST
    assert (store.available, events(logs)) == (False, [])
    assert await store.create("key", b"mine") == b"mine"


async def test_closing_is_bounded_and_final() -> None:
    inner = Scripted()
    store = ResilientStore(inner, closing=0.05)
    await store.open()
    inner.hangs = True
    with capture_logs() as logs:
        started = time.monotonic()
        await store.close()
        assert time.monotonic() - started <= _LONGEST
    assert events(logs) == ["store.not_closed"]
    assert await store.get("a") is None
