"""The store that replicas share: PostgreSQL, asked by asyncpg."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import asyncpg

from tako_server.cache.connections import HOLDING_A_LOCK, MOST, AllInUse, Connections
from tako_server.cache.migrations import migrate_postgres
from tako_server.cache.store import Entry, PoolCounts, ProviderStats, StoreAway, StoreRefused

T = TypeVar("T")

_CONNECT = 4.0
"""Seconds for a new connection; who waits for an answer is interrupted long before (``ResilientStore``)."""
_COMMAND = 60.0
_PURGED_AT_ONCE = 1000
"""Rows that one statement removes: few enough that nobody who writes one of them has to wait."""

_GET = """
    SELECT provider, endpoint, category, period, data, total_results,
           extract(epoch FROM updated_at)::float8, extract(epoch FROM expires_at)::float8
    FROM discovery_cache WHERE cache_key = $1
"""
# What is kept needs no lease any more.
_PUT = """
    WITH landed AS (DELETE FROM tako_lease WHERE key = ANY($1))
    INSERT INTO discovery_cache AS kept (cache_key, provider, endpoint, category, period, data, total_results,
                                         created_at, updated_at, expires_at, last_accessed, question)
    SELECT key, provider, endpoint, category, period, data, total,
           to_timestamp(fetched), to_timestamp(fetched), to_timestamp(expires), to_timestamp(fetched), question
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bigint[], $8::float8[],
                $9::float8[], $10::bytea[])
        AS new (key, provider, endpoint, category, period, data, total, fetched, expires, question)
    ON CONFLICT (cache_key) DO UPDATE SET
        provider = excluded.provider, endpoint = excluded.endpoint, category = excluded.category,
        period = excluded.period, data = excluded.data, total_results = excluded.total_results,
        updated_at = excluded.updated_at, expires_at = excluded.expires_at, question = excluded.question,
        refresh_count = kept.refresh_count + 1
    WHERE kept.updated_at <= excluded.updated_at
"""
# Rows are locked in the order of their keys, as _PUT does: two replicas never wait for one another in a circle.
_TOUCH = """
    WITH hit AS (
        SELECT cache_key, n
        FROM discovery_cache JOIN unnest($1::text[], $2::bigint[]) AS new (key, n) ON key = cache_key
        ORDER BY cache_key FOR UPDATE OF discovery_cache
    )
    UPDATE discovery_cache AS kept
    SET fetch_count = fetch_count + hit.n, last_accessed = greatest(last_accessed, to_timestamp($3))
    FROM hit WHERE kept.cache_key = hit.cache_key
"""
# What was updated before a time was created before it too, and that has an index.
_PURGE = f"""
    DELETE FROM discovery_cache WHERE cache_key IN (
        SELECT cache_key FROM discovery_cache
        WHERE ($1::text IS NULL OR provider = $1)
          AND ($2::float8 IS NULL OR (created_at < to_timestamp($2) AND updated_at < to_timestamp($2)))
        LIMIT {_PURGED_AT_ONCE} FOR UPDATE SKIP LOCKED
    )
"""  # noqa: S608 - a number of ours
_PURGE_KEY = """
    DELETE FROM discovery_cache
    WHERE cache_key = $3 AND ($1::text IS NULL OR provider = $1)
      AND ($2::float8 IS NULL OR updated_at < to_timestamp($2))
"""
_STATS = """
    SELECT provider, count(*), count(*) FILTER (WHERE expires_at > to_timestamp($1)),
           count(*) FILTER (WHERE expires_at <= to_timestamp($1)), sum(octet_length(data))::bigint,
           coalesce(sum(total_results), 0)::bigint, sum(fetch_count)::bigint, sum(refresh_count)::bigint,
           extract(epoch FROM min(updated_at))::float8, extract(epoch FROM max(updated_at))::float8,
           extract(epoch FROM max(last_accessed))::float8
    FROM discovery_cache GROUP BY provider ORDER BY provider COLLATE "C"
"""
_LATELY_USED = """
    SELECT cache_key, provider, endpoint, category, period, ''::bytea, total_results,
           extract(epoch FROM updated_at)::float8, extract(epoch FROM expires_at)::float8,
           coalesce(question, ''::bytea)
    FROM discovery_cache
    WHERE ($2::text IS NULL OR provider = $2) AND ($3::float8 IS NULL OR expires_at <= to_timestamp($3))
    ORDER BY CASE WHEN $3::float8 IS NULL THEN updated_at END, last_accessed DESC, cache_key LIMIT $1
"""
_FORGET_LEASES = "DELETE FROM tako_lease WHERE until < now() - INTERVAL '1 hour'"
_LOAD = "SELECT value FROM tako_state WHERE name = $1"
_SAVE = """
    INSERT INTO tako_state (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
"""
_CREATE = """
    INSERT INTO tako_state AS kept (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = kept.value RETURNING value
"""

_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.InvalidAuthorizationSpecificationError,  # and InvalidPasswordError
    asyncpg.InvalidCatalogNameError,
    asyncpg.OperatorInterventionError,  # and the server's own starting and stopping
    asyncpg.TooManyConnectionsError,
    OSError,
    TimeoutError,
)

Ssl = Literal["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]
"""PostgreSQL's own words. ``require`` encrypts and trusts any server; the last two check its certificate."""


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where the database is: the settings DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_SSL."""

    host: str = "localhost"
    port: int = 5432
    database: str = "tako"
    user: str = "tako"
    password: str = field(default="", repr=False)
    ssl: Ssl = "disable"


class PostgresStore:
    """Implements ``Store``."""

    name = "postgresql"

    def __init__(self, address: PostgresAddress) -> None:
        self._address = address
        self._connections: Connections | None = None

    @property
    def available(self) -> bool:
        """Whether it has been opened."""
        return self._connections is not None

    async def open(self) -> None:
        """Connect anew; what still uses the connections of before is cut."""
        await self.close()
        connections = Connections(self._connect)
        try:
            async with connections.one() as connection:
                await migrate_postgres(connection)
                await connection.execute(_FORGET_LEASES)
            await connections.fill()
        except BaseException as error:
            await connections.close()
            if isinstance(error, (asyncpg.PostgresError, ValueError, *_AWAY)):
                raise StoreAway(_told(error)) from error
            raise
        self._connections = connections

    async def get(self, key: str) -> Entry | None:
        """The entry of ``key``."""
        row = await self._ask(lambda connection: connection.fetchrow(_GET, key))
        return None if row is None else Entry(key, *row)

    async def put(self, *entries: Entry) -> None:
        """Insert or replace."""
        latest = {entry.key: entry for entry in entries}
        if not latest:
            return
        rows = [
            (
                *(e.key, e.provider, e.endpoint, e.category, e.period, e.data, e.total_results),
                *(e.fetched_at, e.expires_at, e.question or None),
            )
            for e in sorted(latest.values(), key=lambda entry: entry.key)
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        await self._ask(lambda connection: connection.execute(_PUT, *columns))

    async def touch(self, hits: Mapping[str, int], at: float) -> None:
        """Count hits."""
        if hits:
            await self._ask(lambda connection: connection.execute(_TOUCH, list(hits), list(hits.values()), at))

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove what fits, some rows at a time."""

        async def removed(connection: asyncpg.Connection) -> int:
            if key is not None:
                return _count(await connection.execute(_PURGE_KEY, provider, older_than, key))
            rows = 0
            while gone := _count(await connection.execute(_PURGE, provider, older_than)):
                rows += gone
            return rows

        return await self._ask(removed)

    async def stats(self, now: float) -> Sequence[ProviderStats]:
        """What is kept, by provider."""
        return [ProviderStats(*row) for row in await self.rows(_STATS, now)]

    async def lately_used(
        self, limit: int, *, provider: str | None = None, expired_at: float | None = None
    ) -> Sequence[Entry]:
        """Entries without their ``data``, the most recently accessed first."""
        return [Entry(*row) for row in await self.rows(_LATELY_USED, limit, provider, expired_at)]

    async def rows(self, statement: str, *values: object) -> Sequence[Sequence[Any]]:
        """What a statement gives, for others that keep small things in this database. Raises StoreError."""
        rows = await self._ask(lambda connection: connection.fetch(statement, *values))
        return [tuple(row) for row in rows]

    async def load(self, name: str) -> bytes | None:
        """A small value."""
        value: bytes | None = await self._ask(lambda connection: connection.fetchval(_LOAD, name))
        return value

    async def save(self, name: str, value: bytes) -> None:
        """Keep a small value."""
        await self._ask(lambda connection: connection.execute(_SAVE, name, value))

    async def create(self, name: str, value: bytes) -> bytes:
        """Keep a small value unless there is one."""
        kept: bytes = await self._ask(lambda connection: connection.fetchval(_CREATE, name, value))
        return kept

    async def close(self) -> None:
        """Close the connections. Takes a second at most."""
        connections, self._connections = self._connections, None
        if connections is not None:
            await connections.close()

    @property
    def pool(self) -> PoolCounts:
        """The connections that it has."""
        return PoolCounts(most=MOST) if self._connections is None else self._connections.counts

    async def connect_alone(self, name: str) -> asyncpg.Connection:
        """A connection beside the pool, for who holds a lock on it; whoever asks closes it.

        The server ends it when its holder falls silent, and the lock with it. Raises what asyncpg raises, OSError,
        TimeoutError.
        """
        return await self._connect(application_name=name, **HOLDING_A_LOCK)

    async def _connect(self, **settings: str) -> asyncpg.Connection:
        to = self._address
        return await asyncpg.connect(
            host=to.host,
            port=to.port,
            database=to.database,
            user=to.user,
            password=to.password,
            ssl=to.ssl,
            timeout=_CONNECT,
            command_timeout=_COMMAND,
            # Compiling costs more than these statements.
            server_settings={"application_name": "tako", "jit": "off", **settings},
        )

    def lend(self) -> AbstractAsyncContextManager[asyncpg.Connection]:
        """A connection for a while, for others that share this database.

        Raises what asyncpg raises, OSError, AllInUse.
        """
        return self._open.one()

    @property
    def _open(self) -> Connections:
        if self._connections is None:
            raise ConnectionError("PostgreSQL is not connected")
        return self._connections

    async def _ask(self, question: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        """What the database answers; what goes wrong, in the words of a store."""
        try:
            return await self._open.use(question)
        except (AllInUse, asyncpg.DataError) as error:
            raise StoreRefused(_told(error)) from error
        except _AWAY as error:
            raise StoreAway(_told(error)) from error
        except asyncpg.PostgresError as error:
            raise StoreRefused(_told(error)) from error


def _told(error: BaseException) -> str:
    """One line about an error. Only the first of PostgreSQL's: those after it may quote what was to be kept."""
    first = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


def _count(status: str) -> int:
    """The number in ``DELETE 7``."""
    return int(status.rpartition(" ")[2])
