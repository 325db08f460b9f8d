"""What the cache's tests share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeAlias

from tako_server.cache.postgres import PostgresAddress
from tako_server.cache.store import Entry, Store
from tests.postgres import Database

Maker: TypeAlias = Callable[[], Store]
NOW = 1_800_000_000.5

_ENTRY = Entry(
    key="",
    provider="tmdb",
    endpoint="search",
    category="media/movie",
    period="",
    data=b"\0data\xff",
    total_results=7,
    fetched_at=NOW,
    expires_at=NOW + 300,
)


def entry(key: str = "tmdb:search:1", **changes: Any) -> Entry:
    """An entry with as much in it as a test does not care about."""
    return replace(_ENTRY, key=key, **changes)


def address(database: Database) -> PostgresAddress:
    """The settings for a database of a test."""
    return PostgresAddress(
        host=database.host,
        port=database.port,
        database=database.name,
        user=database.user,
        password=database.password,
    )


async def until(condition: Callable[[], bool | Awaitable[bool]], seconds: float = 10) -> None:
    """Wait for something to become true."""
    limit = time.monotonic() + seconds
    while True:
        found = condition()
        if isinstance(found, bool):
            if found:
                return
        elif await found:
            return
        assert time.monotonic() < limit, "it did not happen"
        await asyncio.sleep(0.01)
