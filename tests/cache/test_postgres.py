"""What operators see in PostgreSQL, and how the tables come to be."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from tako_server.cache.connections import MOST, AllInUse
from tako_server.cache.migrations import MIGRATIONS
from tako_server.cache.postgres import PostgresStore
from tako_server.cache.store import StoreAway, StoreRefused
from tests.cache.support import NOW, address, entry, until
from tests.postgres import Database


async def test_operators_count_and_delete_as_they_always_did(database: Database) -> None:
    store = PostgresStore(address(database))
    await store.open()
    day = 86400
    now = time.time()
    await store.put(
        entry("a", fetched_at=now - 91 * day),
        entry("b", fetched_at=now - 89 * day),
        entry("c", provider="bgg", fetched_at=now - 91 * day),
        entry("d", provider="bgg", fetched_at=now),
    )
    counted = "SELECT provider, COUNT(*) FROM discovery_cache GROUP BY provider"
    assert sorted(database.psql(counted).splitlines()) == ["bgg|2", "tmdb|2"]
    database.psql("DELETE FROM discovery_cache WHERE created_at < NOW() - INTERVAL '90 days'")
    assert sorted(database.psql(counted).splitlines()) == ["bgg|1", "tmdb|1"]
    assert await store.get("a") is None
    assert await store.get("b") is not None
    await store.close()


async def test_the_table_has_the_columns_that_operators_know(database: Database) -> None:
    store = PostgresStore(address(database))
    await store.open()
    await store.put(entry(), entry())
    await store.put(entry(fetched_at=NOW + 60))
    await store.touch({"tmdb:search:1": 2}, NOW + 90)
    columns = database.psql("SELECT column_name FROM information_schema.columns WHERE table_name = 'discovery_cache'")
    assert set(columns.splitlines()) == {
        *("cache_key", "provider", "endpoint", "category", "period", "data", "total_results", "created_at"),
        *("updated_at", "expires_at", "last_accessed", "fetch_count", "refresh_count", "question"),
    }
    row = database.psql(
        "SELECT updated_at - created_at, last_accessed - updated_at, fetch_count, refresh_count FROM discovery_cache"
    )
    assert row == "00:01:00|00:00:30|2|1"
    storage = "SELECT attstorage FROM pg_attribute WHERE attrelid = 'discovery_cache'::regclass AND attname = 'data'"
    assert database.psql(storage) == "e"
    indexed = database.psql("SELECT indexdef FROM pg_indexes WHERE tablename = 'discovery_cache'")
    for column in ("cache_key", "provider", "expires_at", "created_at", "last_accessed"):
        assert f"({column})" in indexed
    await store.close()


async def test_steps_are_applied_once(database: Database) -> None:
    stores = [PostgresStore(address(database)) for _ in range(4)]
    await asyncio.gather(*(store.open() for store in stores))
    applied = database.psql("SELECT number, count(*) FROM tako_migrations GROUP BY number ORDER BY number")
    assert applied.splitlines() == [f"{step.number}|1" for step in MIGRATIONS]
    for store in stores:
        await store.close()


async def test_a_table_of_another_program_is_kept_aside(database: Database) -> None:
    database.psql(
        "CREATE TABLE discovery_cache (id serial PRIMARY KEY, cache_key text, data jsonb);"
        "CREATE INDEX discovery_cache_provider_idx ON discovery_cache (cache_key);"
        "INSERT INTO discovery_cache (cache_key) VALUES ('theirs')"
    )
    store = PostgresStore(address(database))
    await store.open()
    await store.put(entry())
    assert await store.get("tmdb:search:1") is not None
    assert database.psql("SELECT cache_key FROM discovery_cache_before_tako") == "theirs"
    await store.close()


async def test_a_role_that_may_only_write_rows_can_serve(database: Database) -> None:
    first = PostgresStore(address(database))
    await first.open()
    await first.close()
    database.psql(
        "CREATE ROLE rows_only LOGIN PASSWORD 'x'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
        " TO rows_only"
    )
    try:
        store = PostgresStore(replace(address(database), user="rows_only", password="x"))
        await store.open()
        await store.put(entry())
        await store.close()
    finally:
        database.psql("DROP OWNED BY rows_only; DROP ROLE rows_only")


@pytest.mark.parametrize(
    "wrong",
    [{"password": "wrong"}, {"database": "nowhere"}, {"port": 1}, {"user": "nobody"}, {"ssl": "require"}],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_a_wrong_setting_is_a_store_that_is_away(database: Database, wrong: dict[str, str]) -> None:
    store = PostgresStore(replace(address(database), **wrong))  # type: ignore[arg-type] # the table has each in its type
    with pytest.raises(StoreAway) as told:
        await store.open()
    assert "\n" not in str(told.value)
    assert database.password not in repr(address(database))
    await store.close()


async def test_two_to_ten_connections_are_used_and_who_finds_none_hears_soon(database: Database) -> None:
    store = PostgresStore(address(database))
    await store.open()
    mine = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tako' AND datname = current_database()"
    assert database.psql(mine) == "2"
    release = asyncio.Event()

    holding: list[object] = []

    async def hold() -> None:
        async with store.lend() as connection:
            holding.append(connection)
            await release.wait()

    holders = [asyncio.create_task(hold()) for _ in range(MOST)]
    await until(lambda: len(holding) == MOST)
    started = asyncio.get_running_loop().time()
    with pytest.raises(StoreAway, match="none of 10"):
        await store.get("a")
    assert asyncio.get_running_loop().time() - started < 0.4
    assert database.psql(mine) == "10"
    release.set()
    await asyncio.gather(*holders)
    assert await store.get("a") is None
    await store.close()


async def test_too_much_at_once_is_refused_and_is_no_outage(database: Database) -> None:
    store = PostgresStore(address(database))
    await store.open()

    async def hold() -> None:
        async with store.lend():
            await asyncio.sleep(0.05)

    async def ask() -> None:
        await store.get("a")

    busy = [asyncio.create_task(hold()) for _ in range(12 * MOST)]
    await asyncio.sleep(0)
    told = await asyncio.gather(*(ask() for _ in range(5)), return_exceptions=True)
    assert {type(error) for error in told} == {StoreRefused}
    for error in await asyncio.gather(*busy, return_exceptions=True):
        assert error is None or isinstance(error, AllInUse)
    assert await store.get("a") is None
    await store.close()


async def test_a_query_that_is_given_up_spoils_nothing(database: Database) -> None:
    store = PostgresStore(address(database))
    await store.open()
    await store.put(entry())
    for _ in range(2 * MOST):
        asking = asyncio.create_task(store.get("tmdb:search:1"))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.wait((asking,))
    assert await store.get("tmdb:search:1") == entry()
    await store.close()
