"""Fixtures of the cache's tests: a real PostgreSQL, and every store there is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tako_server.cache.none import NoStore
from tako_server.cache.postgres import PostgresStore
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import Store
from tests.cache.support import Maker, address
from tests.postgres import Database, _fresh_server, database, postgres, postgres_to_kill

__all__ = [
    "_fresh_server",
    "database",
    "make_any_store",
    "make_store",
    "place",
    "postgres",
    "postgres_to_kill",
    "store",
]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | Database:
    """Where stores keep things."""
    if request.param == "sqlite":
        return tmp_path / "state" / "tako.db"
    found: Database = request.getfixturevalue("database")
    return found


@pytest.fixture
async def make_store(place: Path | Database) -> AsyncIterator[Maker]:
    """Makes stores that share one place, as replicas do. They are closed with the test."""
    made: list[Store] = []

    def make() -> Store:
        made.append(SqliteStore(place) if isinstance(place, Path) else PostgresStore(address(place)))
        return made[-1]

    yield make
    for store in made:
        await store.close()


@pytest.fixture
async def store(make_store: Maker) -> Store:
    """An open store that keeps things."""
    store = make_store()
    await store.open()
    return store


@pytest.fixture(params=["none", "sqlite"])
def make_any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    """Makes stores, also those that keep nothing."""
    return NoStore if request.param == "none" else lambda: SqliteStore(tmp_path / "tako.db")
