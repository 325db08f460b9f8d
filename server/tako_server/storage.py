"""The parts that outlive a call, built from settings: the store, its writer, and the protection of upstreams."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako_server.cache.behind import WriteBehind
from tako_server.cache.leases import Leases, NoLeases
from tako_server.cache.none import NoStore
from tako_server.cache.resilient import ResilientStore
from tako_server.cache.store import Store
from tako_server.cache.tables import Tables
from tako_server.cache.texts import NoTexts, TextTable
from tako_server.config import Settings
from tako_server.core.registry import Registry
from tako_server.core.translating import TextStore
from tako_server.engine.breaker import Breaker
from tako_server.engine.clock import SystemClock
from tako_server.engine.limiter import Limiter, LocalLimiter
from tako_server.engine.protection import Protection
from tako_server.engine.retry import Retry
from tako_server.engine.watched import LimiterWatch, WatchedLimiter

if TYPE_CHECKING:
    from tako_server.cache.postgres import PostgresStore
    from tako_server.cache.sqlite import SqliteStore
    from tako_server.engine.shared_limiter import SharedLimiter

# A store is imported where it is made: asyncpg alone is 3 MB, of no use to who keeps answers in a file.


@dataclass(frozen=True, slots=True)
class Keeping:
    """The store in use, what writes to it, its small tables. ``postgres`` is set when replicas share a database."""

    store: Store
    writer: WriteBehind
    leases: Leases
    tables: Tables
    texts: TextStore
    postgres: PostgresStore | None
    returns: Returns


class Returns:
    """What is to be done each time that the store comes back: to read again what could not be read without it."""

    def __init__(self) -> None:
        self._work: list[Callable[[], Awaitable[object]]] = []
        self._tasks: set[asyncio.Task[object]] = set()

    def do(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do this too, from now on."""
        self._work.append(work)

    def __call__(self, is_there: bool) -> None:  # noqa: FBT001 - the hook of ResilientStore
        """The store has come or gone."""
        for work in self._work if is_there else ():
            task: asyncio.Task[object] = asyncio.ensure_future(work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop what is being done."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Keeping]:
    """The store that ``settings`` name, open; closed on the way out, after all that waits is written.

    What is replayed is never kept: it would stand beside real answers after the next start.
    """
    postgres = postgres_store(settings) if settings.store_kind == "postgresql" and not settings.replay else None
    inner: PostgresStore | SqliteStore | NoStore = postgres or (
        NoStore() if settings.replay or settings.store_kind == "none" else sqlite_store(settings)
    )
    returns = Returns()
    effect = "answers come from memory and upstream" + ("; each replica paces by itself" if postgres else "")
    store = ResilientStore(inner, on_change=returns, effect=effect)
    await store.open()
    writer = WriteBehind(store)
    writer.start()
    leases = NoLeases() if postgres is None else _shared_leases(postgres, store)
    tables = Tables(inner, lambda: store.available)
    texts = NoTexts() if isinstance(inner, NoStore) else TextTable(inner, lambda: store.available)
    try:
        yield Keeping(store, writer, leases, tables, texts, postgres, returns)
    finally:
        await returns.close()
        await writer.close()
        await store.close()


@asynccontextmanager
async def protected(keeping: Keeping, registry: Registry, watch: LimiterWatch) -> AsyncIterator[Protection]:
    """The protection of all upstreams; what it has learned is kept on the way out."""
    clock = SystemClock()
    shared = _shared(keeping, keeping.postgres, clock) if keeping.postgres is not None else None
    limiter: Limiter = WatchedLimiter(shared or LocalLimiter(clock), watch)
    breaker = Breaker(clock, keeping.store)
    providers = [name for provider in registry for name in provider.manifest.part_ids()]
    await breaker.load(providers)
    keeping.returns.do(lambda: breaker.load(providers))
    try:
        yield Protection(limiter, Retry(clock, random.Random().random), breaker)  # noqa: S311 - jitter is no secret
    finally:
        await asyncio.gather(breaker.close(), *([shared.close()] if shared is not None else []))


def sqlite_store(settings: Settings) -> SqliteStore:
    """The store that is a file; not open."""
    from tako_server.cache.sqlite import SqliteStore  # noqa: PLC0415

    return SqliteStore(settings.cache_path)


def _shared_leases(postgres: PostgresStore, store: Store) -> Leases:
    from tako_server.cache.postgres_leases import PostgresLeases  # noqa: PLC0415

    return PostgresLeases(postgres.lend, lambda: store.available)


def _shared(keeping: Keeping, postgres: PostgresStore, clock: SystemClock) -> SharedLimiter:
    from tako_server.engine.shared_limiter import SharedLimiter  # noqa: PLC0415

    return SharedLimiter(postgres.lend, clock, is_there=lambda: keeping.store.available)


def postgres_store(settings: Settings) -> PostgresStore:
    """The store that is a PostgreSQL; not open."""
    from tako_server.cache.postgres import PostgresAddress, PostgresStore  # noqa: PLC0415

    return PostgresStore(
        PostgresAddress(
            host=settings.db_host,
            port=settings.db_port,
            database=settings.db_name,
            user=settings.db_user,
            password=settings.db_password,
            ssl="require" if settings.db_ssl else "disable",
        )
    )
