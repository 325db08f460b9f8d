"""The embedded store: one SQLite file, which several processes may share."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from tako_server.cache.migrations import migrate_sqlite
from tako_server.cache.store import Entry, ProviderStats, StoreAway, StoreRefused
from tako_server.cache.tables import numbered

_BUSY_AT_START = 5000
_BUSY = 200
"""Milliseconds to wait while another process writes."""
_PURGED_AT_ONCE = 500
"""Rows that one statement removes: other writes come between."""
_TAKEN_AT_ONCE = 50
"""Rows that one statement writes; SQLite takes 32,766 values."""
_NOW = "(julianday('now') - 2440587.5) * 86400.0"

_GET = """
    SELECT provider, endpoint, category, period, data, total_results, updated_at, expires_at
    FROM discovery_cache WHERE cache_key = ?
"""
_PUT = """
    INSERT INTO discovery_cache (cache_key, provider, endpoint, category, period, data, total_results,
                                 created_at, updated_at, expires_at, last_accessed, question)
    VALUES {rows}
    ON CONFLICT (cache_key) DO UPDATE SET
        provider = excluded.provider, endpoint = excluded.endpoint, category = excluded.category,
        period = excluded.period, data = excluded.data, total_results = excluded.total_results,
        updated_at = excluded.updated_at, expires_at = excluded.expires_at, question = excluded.question,
        refresh_count = refresh_count + 1
    WHERE updated_at <= excluded.updated_at
"""
_TOUCH = """
    UPDATE discovery_cache
    SET fetch_count = fetch_count + json_extract(hit.value, '$[1]'), last_accessed = max(last_accessed, ?2)
    FROM json_each(?1) AS hit WHERE cache_key = json_extract(hit.value, '$[0]')
"""
_PURGE = f"""
    DELETE FROM discovery_cache WHERE rowid IN (
        SELECT rowid FROM discovery_cache WHERE {{conditions}} LIMIT {_PURGED_AT_ONCE}
    ) RETURNING 1
"""  # noqa: S608 - a number of ours
_STATS = """
    SELECT provider, count(*), total(expires_at > ?1), total(expires_at <= ?1), sum(length(data)),
           coalesce(sum(total_results), 0), sum(fetch_count), sum(refresh_count),
           min(updated_at), max(updated_at), max(last_accessed)
    FROM discovery_cache GROUP BY provider ORDER BY provider
"""
_LATELY_USED = """
    SELECT cache_key, provider, endpoint, category, period, x'', total_results, updated_at, expires_at,
           coalesce(question, x'')
    FROM discovery_cache WHERE (?2 IS NULL OR provider = ?2) AND (?3 IS NULL OR expires_at <= ?3)
    ORDER BY CASE WHEN ?3 IS NULL THEN updated_at END, last_accessed DESC, cache_key LIMIT ?1
"""
_LOAD = "SELECT value FROM tako_state WHERE name = ?"
_SAVE = f"""
    INSERT INTO tako_state VALUES (?, ?, {_NOW})
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
"""  # noqa: S608 - words of ours
_CREATE = f"""
    INSERT INTO tako_state VALUES (?, ?, {_NOW}) ON CONFLICT (name) DO UPDATE SET value = value RETURNING value
"""  # noqa: S608 - words of ours

_NOT_NOW = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY))


class SqliteStore:
    """Implements ``Store``. One connection writes, another reads, so that a hit never waits for a write."""

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: aiosqlite.Connection | None = None
        self._writer: aiosqlite.Connection | None = None

    @property
    def available(self) -> bool:
        """Whether it has been opened."""
        return self._reader is not None

    async def open(self) -> None:
        """Open the file, making it where there is none; only its owner may read it."""
        with _errors(opening=True):
            if self._reader is not None and self._writer is not None:
                await self._writer.execute_fetchall("SELECT 1 FROM tako_state LIMIT 1")
                await self._reader.execute_fetchall("SELECT 1 FROM tako_state LIMIT 1")
                return
            await asyncio.to_thread(_make, self._path)
            writer = await self._connection()
            try:
                await _use_write_ahead_log(writer)
                await writer.execute_fetchall("PRAGMA synchronous = NORMAL")
                await writer.execute_fetchall("PRAGMA journal_size_limit = 67108864")
                await migrate_sqlite(writer)
                await writer.execute_fetchall(f"PRAGMA busy_timeout = {_BUSY}")
                reader = await self._connection()
            except BaseException:
                await writer.close()
                raise
            await reader.execute_fetchall(f"PRAGMA busy_timeout = {_BUSY}")
            self._writer, self._reader = writer, reader

    async def get(self, key: str) -> Entry | None:
        """The entry of ``key``."""
        rows = await self._read(_GET, key)
        return Entry(key, *rows[0]) if rows else None

    async def put(self, *entries: Entry) -> None:
        """Insert or replace."""
        rows = list({entry.key: entry for entry in entries}.values())
        for start in range(0, len(rows), _TAKEN_AT_ONCE):
            some = rows[start : start + _TAKEN_AT_ONCE]
            values = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"] * len(some))
            await self._write(_PUT.format(rows=values), *(value for entry in some for value in _columns(entry)))

    async def touch(self, hits: Mapping[str, int], at: float) -> None:
        """Count hits."""
        if hits:
            await self._write(_TOUCH, json.dumps(list(hits.items())), at)

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove what fits, some rows at a time."""
        asked: list[tuple[str, object]] = [("provider = ?", provider), ("cache_key = ?", key)]
        # What was updated before a time was created before it too, and that has an index.
        asked += [("created_at < ?", older_than), ("updated_at < ?", older_than)]
        named = [(condition, value) for condition, value in asked if value is not None]
        statement = _PURGE.format(conditions=" AND ".join(condition for condition, _ in named) or "TRUE")
        removed = 0
        while gone := len(await self._write(statement, *(value for _, value in named))):
            removed += gone
        return removed

    async def stats(self, now: float) -> Sequence[ProviderStats]:
        """What is kept, by provider."""
        return [
            ProviderStats(provider, entries, int(fresh), int(expired), *more)
            for provider, entries, fresh, expired, *more in await self._scan(_STATS, now)
        ]

    async def lately_used(
        self, limit: int, *, provider: str | None = None, expired_at: float | None = None
    ) -> Sequence[Entry]:
        """Entries without their ``data``, the most recently accessed first."""
        return [Entry(*row) for row in await self._scan(_LATELY_USED, limit, provider, expired_at)]

    async def rows(self, statement: str, *values: object) -> Sequence[Sequence[Any]]:
        """What a statement gives, for others that keep small things in this file. Raises StoreError.

        Its values are ``$1``, ``$2`` ... as in PostgreSQL, so that one statement serves both.
        """
        with _errors():
            return list(await _open(self._writer).execute_fetchall(statement, numbered(values)))

    async def load(self, name: str) -> bytes | None:
        """A small value."""
        rows = await self._read(_LOAD, name)
        return rows[0][0] if rows else None

    async def save(self, name: str, value: bytes) -> None:
        """Keep a small value."""
        await self._write(_SAVE, name, value)

    async def create(self, name: str, value: bytes) -> bytes:
        """Keep a small value unless there is one."""
        ((kept,),) = await self._write(_CREATE, name, value)
        return bytes(kept)

    async def close(self) -> None:
        """Close the file."""
        reader, self._reader = self._reader, None
        writer, self._writer = self._writer, None
        for connection in (reader, writer):  # the last one folds the write-ahead log into the file
            if connection is not None:
                with _errors():
                    await connection.close()

    async def _connection(self) -> aiosqlite.Connection:
        return await aiosqlite.connect(self._path, timeout=_BUSY_AT_START / 1000, isolation_level=None)

    async def _read(self, statement: str, *values: object) -> list[sqlite3.Row]:
        with _errors():
            return list(await _open(self._reader).execute_fetchall(statement, values))

    async def _write(self, statement: str, *values: object) -> list[sqlite3.Row]:
        with _errors():
            return list(await _open(self._writer).execute_fetchall(statement, values))

    async def _scan(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """Read all rows, on a connection of its own: hits don't wait for it."""
        with _errors():
            _open(self._reader)
            async with aiosqlite.connect(self._path, timeout=_BUSY / 1000, isolation_level=None) as connection:
                return list(await connection.execute_fetchall(statement, values))


def _columns(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.key, entry.provider, entry.endpoint, entry.category, entry.period, entry.data, entry.total_results),
        *(entry.fetched_at, entry.fetched_at, entry.expires_at, entry.fetched_at, entry.question or None),
    )


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        # Only a file that is not there is opened: closing one would give up the locks of this process on it.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        path.chmod(0o600)
    # What is no database is found here: aiosqlite leaves a thread behind when it can't connect.
    with closing(sqlite3.connect(path, timeout=_BUSY_AT_START / 1000)) as connection:
        connection.execute("PRAGMA schema_version").fetchall()


async def _use_write_ahead_log(connection: aiosqlite.Connection) -> None:
    """Switch the file over. Of several processes that try at once, SQLite fails some without waiting."""
    until = time.monotonic() + _BUSY_AT_START / 1000
    while True:
        try:
            await connection.execute_fetchall("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            await asyncio.sleep(0.01)
        else:
            return


def _open(connection: aiosqlite.Connection | None) -> aiosqlite.Connection:
    if connection is None:
        raise StoreAway("the file is not open")
    return connection


@contextmanager
def _errors(*, opening: bool = False) -> Iterator[None]:
    """What goes wrong, in the words of a store."""
    try:
        yield
    except (sqlite3.DataError, sqlite3.IntegrityError, OverflowError, UnicodeError) as error:
        raise StoreRefused(f"{type(error).__name__}: {error}") from error
    except (sqlite3.Error, OSError, ValueError) as error:  # ValueError: aiosqlite, of a connection that was closed
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code of an extended one
        told = f"{type(error).__name__}: {error}"
        if code in _NOT_NOW and not opening:
            raise StoreRefused(told) from error
        raise StoreAway(told) from error
