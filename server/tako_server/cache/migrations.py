"""The tables, as numbered steps. A step that was released is never changed: a new one follows it.

Steps are applied at start, by whoever comes first, while the others wait at a lock. A database that knows more steps
than this program was written for a later one; steps only add, so that an older program goes on working with it.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako_server.cache import browser_tables, lease_tables, limiter_tables, operating_tables, texts

if TYPE_CHECKING:  # each store pays for its own library only
    import aiosqlite
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

_LOCK = 0x74616B6F  # "tako"; an advisory lock is a number
_RETIRED = "discovery_cache_before_tako"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step, in the words of each database."""

    number: int
    name: str
    postgres: tuple[str, ...]
    sqlite: tuple[str, ...]


MIGRATIONS = (
    Migration(
        1,
        "the cache and the state of the server",
        postgres=(
            # A table of that name which Tako has not made is another program's: it is kept, under another name.
            f"""
            DO $$ BEGIN
                IF to_regclass('discovery_cache') IS NOT NULL THEN
                    ALTER TABLE discovery_cache RENAME TO {_RETIRED};
                END IF;
            END $$
            """,
            # Keys are compared as bytes: faster, and every replica locks rows in the same order.
            """
            CREATE TABLE discovery_cache (
                cache_key     text COLLATE "C" PRIMARY KEY,
                provider      text NOT NULL,
                endpoint      text NOT NULL,
                category      text NOT NULL,
                period        text NOT NULL,
                data          bytea NOT NULL,
                total_results bigint,
                created_at    timestamptz NOT NULL,
                updated_at    timestamptz NOT NULL,
                expires_at    timestamptz NOT NULL,
                last_accessed timestamptz NOT NULL,
                fetch_count   bigint NOT NULL DEFAULT 0,
                refresh_count bigint NOT NULL DEFAULT 0
            )
            """,
            # Not compressed: a hit would pay for it.
            "ALTER TABLE discovery_cache ALTER COLUMN data SET STORAGE EXTERNAL",
            # Unnamed: indexes of a retired table may have the usual names.
            "CREATE INDEX ON discovery_cache (provider)",
            "CREATE INDEX ON discovery_cache (expires_at)",
            "CREATE INDEX ON discovery_cache (created_at)",
            "CREATE INDEX ON discovery_cache (last_accessed)",
            """
            CREATE TABLE tako_state (
                name       text PRIMARY KEY,
                value      bytea NOT NULL,
                updated_at timestamptz NOT NULL DEFAULT now()
            )
            """,
        ),
        sqlite=(
            # Times are Unix seconds.
            """
            CREATE TABLE discovery_cache (
                cache_key     TEXT PRIMARY KEY NOT NULL,
                provider      TEXT NOT NULL,
                endpoint      TEXT NOT NULL,
                category      TEXT NOT NULL,
                period        TEXT NOT NULL,
                total_results INTEGER,
                created_at    REAL NOT NULL,
                updated_at    REAL NOT NULL,
                expires_at    REAL NOT NULL,
                last_accessed REAL NOT NULL,
                fetch_count   INTEGER NOT NULL DEFAULT 0,
                refresh_count INTEGER NOT NULL DEFAULT 0,
                data          BLOB NOT NULL
            )
            """,
            "CREATE INDEX discovery_cache_provider ON discovery_cache (provider)",
            "CREATE INDEX discovery_cache_expires_at ON discovery_cache (expires_at)",
            "CREATE INDEX discovery_cache_created_at ON discovery_cache (created_at)",
            "CREATE INDEX discovery_cache_last_accessed ON discovery_cache (last_accessed)",
            "CREATE TABLE tako_state (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, updated_at REAL NOT NULL)",
        ),
    ),
    Migration(2, "the limiter that replicas share", postgres=limiter_tables.STATEMENTS, sqlite=()),
    Migration(3, "the leases of replicas that fetch", postgres=lease_tables.STATEMENTS, sqlite=()),
    Migration(
        4, "the instances that live, and the browsers that they share", postgres=browser_tables.STATEMENTS, sqlite=()
    ),
    Migration(
        5,
        "the questions of answers, the runs of jobs, and what is switched off",
        postgres=operating_tables.POSTGRES,
        sqlite=operating_tables.SQLITE,
    ),
    Migration(6, "the texts that were translated", postgres=texts.TABLES, sqlite=texts.TABLES),
)
LATEST = MIGRATIONS[-1].number


async def migrate_postgres(connection: asyncpg.Connection | PoolConnectionProxy) -> None:
    """Apply the steps that are missing, all or none."""
    if await _postgres_step(connection) >= LATEST:
        return  # a role that may not create tables can serve all the same
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS tako_migrations"
            " (number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        done = await _postgres_step(connection)
        for step in MIGRATIONS:
            if step.number > done:
                for statement in step.postgres:
                    await connection.execute(statement)
                await connection.execute(
                    "INSERT INTO tako_migrations (number, name) VALUES ($1, $2)", step.number, step.name
                )


async def _postgres_step(connection: asyncpg.Connection | PoolConnectionProxy) -> int:
    if await connection.fetchval("SELECT to_regclass('tako_migrations')") is None:
        return 0
    return int(await connection.fetchval("SELECT coalesce(max(number), 0) FROM tako_migrations"))


async def migrate_sqlite(connection: aiosqlite.Connection) -> None:
    """Apply the steps that are missing, all or none. The connection is in autocommit."""
    await connection.execute_fetchall("BEGIN IMMEDIATE")  # the lock that others wait at
    try:
        ((done,),) = await connection.execute_fetchall("PRAGMA user_version")
        for step in MIGRATIONS:
            if step.number > done:
                for statement in step.sqlite:
                    await connection.execute_fetchall(statement)
                await connection.execute_fetchall(f"PRAGMA user_version = {step.number}")
        await connection.execute_fetchall("COMMIT")
    except BaseException:
        with suppress(sqlite3.OperationalError):  # interrupted over a COMMIT that has landed all the same
            await connection.execute_fetchall("ROLLBACK")
        raise
