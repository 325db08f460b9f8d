"""The history of the jobs, in every database that keeps it: what is claimed is claimed once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tako_server.cache.none import NoStore
from tako_server.cache.postgres import PostgresStore
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.tables import Tables
from tako_server.core.operating import StoreUnavailable
from tako_server.jobs.runs import DEAD_AFTER, Runs
from tests.cache.support import NOW, address
from tests.postgres import Database


@pytest.fixture(params=["none", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> NoStore | SqliteStore | PostgresStore:
    """Each store, not open."""
    if request.param == "postgresql":
        database: Database = request.getfixturevalue("database")
        return PostgresStore(address(database))
    return NoStore() if request.param == "none" else SqliteStore(tmp_path / "tako.db")


@pytest.fixture
async def tables(store: NoStore | SqliteStore | PostgresStore) -> AsyncIterator[Tables]:
    """The small tables of each store."""
    await store.open()
    yield Tables(store, lambda: True)
    await store.close()


async def test_what_is_due_is_claimed_once(tables: Tables) -> None:
    replicas = [Runs(tables, f"replica{number}") for number in range(4)]
    claims = await asyncio.gather(*(runs.claim("popular", NOW, due=NOW - 1) for runs in replicas))
    (run,) = [claim for claim in claims if claim is not None]
    await replicas[0].finish(run, NOW + 5, "SUCCEEDED", {"refreshed": 8}, "")
    assert await replicas[1].claim("popular", NOW + 10, due=NOW - 1) is None
    assert await replicas[1].claim("popular", NOW + 10, due=NOW + 9) is not None
    assert await replicas[2].claim("statistics", NOW, due=NOW - 1) is not None


async def test_a_job_runs_once_at_a_time(tables: Tables) -> None:
    runs, others = Runs(tables, "one"), Runs(tables, "two")
    first = await runs.claim("popular", NOW, due=None)
    assert first is not None
    assert await others.claim("popular", NOW + 1, due=None) is None
    assert await others.claim("popular", NOW + 1, due=NOW) is None
    assert await others.missed("popular", NOW + 1, due=NOW, why="busy")
    assert not await runs.missed("popular", NOW + 1, due=NOW, why="busy")
    await runs.finish(first, NOW + 2, "PARTIAL", {}, "half")
    assert await others.claim("popular", NOW + 3, due=None) is not None


async def test_the_history_has_all_of_a_run(tables: Tables) -> None:
    runs = Runs(tables, "one")
    run = await runs.claim("popular", NOW, due=NOW - 7)
    assert run is not None
    await runs.finish(run, NOW + 2.5, "PARTIAL", {"refreshed": 3, "failed": 1}, "tmdb: TIMEOUT: é")
    await runs.claim("popular", NOW + 60, due=None)
    latest, before = await runs.latest("popular", 5)
    assert (latest.outcome, latest.manual, latest.finished, latest.due) == ("RUNNING", True, None, None)
    assert (before.outcome, before.manual, before.runner, before.due) == ("PARTIAL", False, "one", NOW - 7)
    told = before.told()
    assert dict(told.counts) == {"refreshed": 3, "failed": 1}
    assert (told.message, told.duration.ToSeconds()) == ("tmdb: TIMEOUT: é", 2)
    assert [run.id for run in await runs.latest("popular", 1)] == [latest.id]
    assert await runs.last_due("popular") == NOW - 7
    assert await runs.last_due("statistics") is None
    assert await runs.last_success("popular") == NOW + 2.5
    assert await runs.last_success("statistics") is None


async def test_who_falls_silent_is_dead(tables: Tables) -> None:
    dead, alive = Runs(tables, "dead"), Runs(tables, "alive")
    run = await dead.claim("popular", NOW, due=NOW)
    assert run is not None
    await dead.beat(run, NOW + 20)
    assert await alive.claim("popular", NOW + DEAD_AFTER + 5, due=None) is None
    assert await alive.claim("popular", NOW + 20 + DEAD_AFTER + 1, due=None) is not None
    _, buried = await alive.latest("popular", 2)
    assert (buried.outcome, buried.finished, buried.message) == ("FAILED", NOW + 20, "its server died")
    await dead.finish(run, NOW + 70, "SUCCEEDED", {}, "")  # it was only slow
    assert (await alive.latest("popular", 2))[1].outcome == "SUCCEEDED"


async def test_old_runs_go_and_running_ones_stay(tables: Tables) -> None:
    runs = Runs(tables, "one")
    for number in range(8):
        run = await runs.claim("popular", NOW + number, due=NOW + number)
        assert run is not None
        await runs.finish(run, NOW + number, "SUCCEEDED", {}, "")
    other = await runs.claim("statistics", NOW, due=NOW)
    assert await runs.trim(5) == 3
    assert [run.due for run in await runs.latest("popular", 10)] == [NOW + number for number in (7, 6, 5, 4, 3)]
    assert [run.id for run in await runs.latest("statistics", 10)] == [other.id if other else ""]


async def test_runs_by_hand_do_not_push_out_what_was_due(tables: Tables) -> None:
    runs = Runs(tables, "one")
    for number, due in enumerate([NOW, None, None, None, None]):
        run = await runs.claim("popular", NOW + number, due=due)
        assert run is not None
        await runs.finish(run, NOW + number, "SUCCEEDED", {}, "")
    assert await runs.trim(2) == 2
    assert await runs.last_due("popular") == NOW
    assert await runs.claim("popular", NOW + 9, due=NOW) is None


async def test_since_when_jobs_run_is_noted_once(tables: Tables) -> None:
    first, second = await asyncio.gather(Runs(tables, "one").since(NOW), Runs(tables, "two").since(NOW + 60))
    assert first == second
    assert await Runs(tables, "three").since(NOW + 600) == first


async def test_a_store_that_is_away_is_an_error() -> None:
    runs = Runs(Tables(NoStore(), lambda: False), "one")
    with pytest.raises(StoreUnavailable):
        await runs.claim("popular", NOW, due=None)
