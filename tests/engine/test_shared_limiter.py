"""The budget that replicas share: two pools on one real PostgreSQL, and what happens without it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from tako_providers.sdk.manifest import Limit
from tako_server.cache.connections import AllInUse, Connections
from tako_server.cache.limiter_tables import STATEMENTS
from tako_server.engine import shared_limiter
from tako_server.engine.clock import SystemClock
from tako_server.engine.limiter import BudgetSpent
from tako_server.engine.shared_limiter import PATIENCE, SharedLimiter
from tests.postgres import Database, PostgresServer, _fresh_server, database, postgres, postgres_to_kill

__all__ = ["_fresh_server", "database", "postgres", "postgres_to_kill"]  # fixtures

FAST = (Limit(5, 0.5),)
SLOW = (Limit(1, 30.0),)


class Replica:
    """One process of Tako: connections and a limiter of its own."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections
        self.limiter = SharedLimiter(connections.one, SystemClock())
        self.started: list[float] = []
        self.refused: list[float] = []

    async def call(self, wait: float, limits: tuple[Limit, ...] = FAST) -> None:
        """One caller."""
        try:
            await self.limiter.acquire("acme", limits, wait)
        except BudgetSpent as spent:
            self.refused.append(spent.retry_after or 0.0)
        else:
            self.started.append(time.monotonic())


@asynccontextmanager
async def replica(database: Database) -> AsyncIterator[Replica]:
    """A replica that runs."""
    one = Replica(Connections(database.connect))
    try:
        yield one
    finally:
        await one.limiter.close()
        await one.connections.close()


@pytest.fixture
async def replicas(database: Database) -> AsyncIterator[tuple[Replica, Replica]]:
    """Two of them, on a database that is ready."""
    await migrate(database)
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(replica(database)), await stack.enter_async_context(replica(database))


async def migrate(database: Database) -> None:
    """Twice, for it must be possible."""
    connection = await database.connect()
    for statement in STATEMENTS * 2:
        await connection.execute(statement)
    await connection.execute("CHECKPOINT")  # the tests' server forgets its last commits when it is killed
    await connection.close()


def shortest(starts: list[float], limit: Limit) -> float:
    """The shortest time in which one start more than allowed was seen."""
    starts = sorted(starts)
    return min(
        (later - earlier for earlier, later in zip(starts, starts[limit.calls :], strict=False)), default=float("inf")
    )


async def test_two_replicas_together_keep_the_limit(replicas: tuple[Replica, Replica]) -> None:
    one, two = replicas
    began = time.monotonic()
    await asyncio.gather(*(each.call(1.2) for _ in range(100) for each in replicas))
    starts = one.started + two.started
    assert len(starts) == 15  # five at 0, 0.5 and 1 s
    async with one.connections.one() as connection:
        reserved = await connection.fetchval("SELECT starts FROM tako_limiter WHERE provider = 'acme'")
    assert len(reserved) == 15
    assert shortest(reserved, FAST[0]) >= FAST[0].seconds - 1e-5
    assert shortest(starts, FAST[0]) >= FAST[0].seconds - 0.2  # a busy machine lets the one or the other start late
    assert max(starts) - began >= 0.99
    assert len(one.refused) + len(two.refused) == 185
    assert all(0.5 < after <= 1.51 for after in one.refused + two.refused)


async def test_several_windows_count_together(replicas: tuple[Replica, Replica]) -> None:
    one, two = replicas
    limits = (Limit(2, 0.2), Limit(3, 60.0))
    await asyncio.gather(*(each.call(1.0, limits) for _ in range(5) for each in replicas))
    starts = sorted(one.started + two.started)
    assert len(starts) == 3
    assert starts[2] - starts[0] >= 0.1
    assert min(one.refused + two.refused) > 50


async def test_the_first_call_waits_for_nothing(replicas: tuple[Replica, Replica]) -> None:
    await replicas[0].call(0.0, SLOW)
    await replicas[1].call(0.0, SLOW)
    await replicas[1].call(0.0, ())
    assert (len(replicas[0].started), len(replicas[1].started)) == (1, 1)
    assert replicas[1].refused == [pytest.approx(30.0, abs=1.0)]


async def test_who_is_cancelled_last_in_the_queue_gives_its_slot_back(replicas: tuple[Replica, Replica]) -> None:
    one, two = replicas
    limits = (Limit(1, 0.4),)
    await one.call(1.0, limits)
    waiting = asyncio.create_task(one.call(1.0, limits))
    await asyncio.sleep(0.1)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0.05)
    await two.call(1.0, limits)
    assert two.started[0] - one.started[0] == pytest.approx(0.4, abs=0.2)


async def test_a_hold_reaches_the_other_replica_and_those_who_wait_there(replicas: tuple[Replica, Replica]) -> None:
    one, two = replicas
    limits = (Limit(1, 0.3),)
    await two.call(2.0, limits)
    waiting = asyncio.create_task(two.call(2.0, limits))
    await asyncio.sleep(0.1)
    held = time.monotonic()
    one.limiter.hold_off("acme", 0.6)
    await asyncio.sleep(0.05)
    await asyncio.gather(waiting, one.call(2.0, limits), two.call(0.2, limits))
    assert min(one.started + two.started[1:]) - held >= 0.55
    assert shortest(one.started + two.started, limits[0]) >= 0.15
    assert len(two.refused) == 1


# --- without the database ---


class NoneLeft(AbstractAsyncContextManager[Any]):
    """Connections that are all in use."""

    async def __aenter__(self) -> Any:
        raise AllInUse("all connections are in use")

    async def __aexit__(self, *_: object) -> None:
        """Nothing was lent."""


async def test_no_connection_to_spare_is_no_error_of_the_provider() -> None:
    """Before, it reached the caller as an answer in a shape that is not known."""
    limiter = SharedLimiter(NoneLeft, SystemClock())
    await limiter.acquire("acme", (Limit(1, 60.0),), 0.0)
    with pytest.raises(BudgetSpent):
        await limiter.acquire("acme", (Limit(1, 60.0),), 0.0)
    await limiter.close()


async def test_killed_and_restarted(postgres_to_kill: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_limiter, "RETRY", 0.2)
    server = postgres_to_kill
    server.start()
    place = Database(server.port, "postgres")
    await migrate(place)
    limits = (Limit(2, 0.4),)
    async with replica(place) as one:
        with capture_logs() as logs:
            await one.call(0.0, limits)
            await asyncio.to_thread(server.kill)
            await asyncio.gather(*(one.call(1.0, limits) for _ in range(3)))
            server.start()  # it dies with the thread that starts it
            await asyncio.sleep(shared_limiter.RETRY)
            await asyncio.gather(*(one.call(1.0, limits) for _ in range(4)))
    assert len(one.started) == 8  # none was lost
    assert shortest(one.started, limits[0]) >= 0.2  # nor too many let through at the edges
    assert [entry["event"] for entry in logs] == ["limiter.database_away", "limiter.database_back"]


async def test_frozen(postgres: PostgresServer, database: Database) -> None:
    await migrate(database)
    async with replica(database) as one:
        async with one.connections.one() as connection:
            backend = connection.get_server_pid()
        postgres.freeze(backend)
        try:
            began = time.monotonic()
            with capture_logs() as logs:
                await asyncio.gather(*(one.call(1.0, SLOW) for _ in range(20)))
            took = time.monotonic() - began
        finally:
            postgres.thaw(backend)
    assert took < 2 * PATIENCE
    assert len(one.started) == 1
    assert [entry["event"] for entry in logs] == ["limiter.database_away"]


async def test_a_database_that_was_not_prepared_is_one_that_is_away(database: Database) -> None:
    async with replica(database) as one:
        with capture_logs() as logs:
            for _ in range(3):
                await one.call(0.0)
    assert len(one.started) == 3
    assert [entry["event"] for entry in logs] == ["limiter.database_away"]
