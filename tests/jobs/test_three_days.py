"""Two replicas on one PostgreSQL, for three days: what is due starts once, whoever dies."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.jobs.fleet import Fleet, Replica, World, in_virtual_time
from tests.postgres import Database

PARIS = "Europe/Paris"
DAILY = {
    "tmdb-trending": (2, 0),
    "jikan-trending": (2, 30),
    "popular": (3, 0),
    "igdb-popular": (3, 30),
    "deezer-charts": (4, 0),
    "itunes-charts": (4, 30),
    "purge-old": (5, 0),
}
LONGEST_JITTER = 30.0
TAKEOVER = 30.0


def due_between(begin: datetime, end: datetime) -> dict[str, list[float]]:
    """When each job is due, worked out by hand: every day, six hours or hour of the clock on the wall."""
    zone = ZoneInfo(PARIS)
    due: dict[str, list[float]] = defaultdict(list)
    day = begin.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range((end - begin).days + 2):
        for job, (hour, minute) in DAILY.items():
            due[job].append(day.replace(hour=hour, minute=minute).timestamp())
        due["refresh-expired"] += [day.replace(hour=hour).timestamp() for hour in (0, 6, 12, 18)]
        day = (day + timedelta(days=1)).replace(hour=0)
    first = begin.timestamp() // 3600 * 3600
    due["statistics"] = [first + 3600 * n for n in range(24 * ((end - begin).days + 2))]
    return {
        job: [at for at in times if begin.timestamp() < at <= end.timestamp()] for job, times in sorted(due.items())
    }


async def leader_of(replicas: list[Replica]) -> Replica:
    """The one that runs the jobs."""
    found = [replica for replica in replicas if await replica.leads()]
    assert len(found) == 1
    return found[0]


def check(fleet: Fleet, begin: datetime, end: datetime) -> None:
    """Each job has started at its times, once, and in time."""
    wanted = due_between(begin, end)
    assert {job: len(times) for job, times in wanted.items()} == {
        **dict.fromkeys(DAILY, 3),
        "refresh-expired": 12,
        "statistics": 72,
    }
    started: dict[str, list[float]] = {job: [] for job in wanted}
    for start in fleet.starts:
        started[start.job].append(start.at)
    for job, times in wanted.items():
        assert len(started[job]) == len(times), job
        for due, at in zip(times, sorted(started[job]), strict=True):
            assert 0 <= at - due <= LONGEST_JITTER + TAKEOVER, (job, due, at)
    kept = fleet.database.psql("SELECT job, due FROM tako_job_run WHERE outcome <> 'MISSED' ORDER BY job, due")
    rows = [line.split("|") for line in kept.splitlines()]
    assert [(job, float(due)) for job, due in rows] == [(job, at) for job, times in wanted.items() for at in times]


@pytest.mark.parametrize("day", [datetime(2026, 3, 27, 23, 30, tzinfo=UTC), datetime(2026, 10, 23, 11, 7, tzinfo=UTC)])
@pytest.mark.timeout(120)
def test_each_job_starts_at_its_times_once(database: Database, monkeypatch: pytest.MonkeyPatch, day: datetime) -> None:
    async def story(world: World) -> Fleet:
        fleet = Fleet(world, database, PARIS)
        replicas = [fleet.replica(), fleet.replica()]
        await asyncio.gather(*(replica.start() for replica in replicas))
        await world.until((day + timedelta(days=3)).timestamp())
        assert len({start.replica for start in fleet.starts}) == 1
        await asyncio.gather(*(replica.stop() for replica in replicas))
        return fleet

    check(in_virtual_time(monkeypatch, day, story), day, day + timedelta(days=3))


@pytest.mark.timeout(120)
def test_each_job_starts_at_its_times_once_also_when_leaders_are_killed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = datetime(2026, 11, 20, 21, 7, tzinfo=UTC)
    end = begin + timedelta(days=3)

    async def story(world: World) -> Fleet:
        fleet = Fleet(world, database, PARIS)
        replicas = [fleet.replica(), fleet.replica()]
        for replica in replicas:
            await replica.start()
        for moment in (
            fleet.at(2026, 11, 21, 1, 59, 55),  # right before two jobs are due, which nobody leads to see
            fleet.at(2026, 11, 21, 13, 37, 11),  # when nothing is due
            fleet.at(2026, 11, 22, 3, 0, 31),  # while two jobs run
            fleet.at(2026, 11, 22, 17, 59, 59),
            fleet.at(2026, 11, 23, 2, 30, 0),  # the very second in which one is due
        ):
            await world.until(moment)
            leader = await leader_of(replicas)
            await leader.kill()
            replicas.remove(leader)
            await world.until(moment + TAKEOVER)
            assert await replicas[0].leads()
            replicas.append(fleet.replica())
            await replicas[1].start()
        await world.until(end.timestamp())
        assert len({start.replica for start in fleet.starts}) == 6
        await asyncio.gather(*(replica.stop() for replica in replicas))
        return fleet

    fleet = in_virtual_time(monkeypatch, begin, story)
    check(fleet, begin, end)
    dead = database.psql(
        "SELECT job FROM tako_job_run WHERE outcome = 'FAILED' AND message = 'its server died' ORDER BY 1"
    )
    assert dead.splitlines() == ["popular", "statistics"]
    assert database.psql("SELECT count(*) FROM tako_job_run WHERE outcome <> 'SUCCEEDED'") == "2"


@pytest.mark.timeout(60)
def test_what_was_missed_while_all_were_down_is_caught_up_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = datetime(2026, 11, 20, 21, 7, tzinfo=UTC)

    async def story(world: World) -> list[tuple[str, float]]:
        fleet = Fleet(world, database, PARIS)
        first = fleet.replica()
        await first.start()
        await world.until(fleet.at(2026, 11, 20, 22, 30))
        await first.stop()
        assert fleet.starts == []
        await world.until(fleet.at(2026, 11, 22, 3, 10))
        second = fleet.replica()
        await second.start()
        await world.until(fleet.at(2026, 11, 22, 3, 20))
        await second.stop()
        return [(start.job, start.at) for start in fleet.starts]

    starts = in_virtual_time(monkeypatch, begin, story)
    assert sorted(job for job, _ in starts) == sorted([*DAILY, "refresh-expired", "statistics"])
    dues = database.psql("SELECT job, to_timestamp(due) AT TIME ZONE 'Europe/Paris' FROM tako_job_run ORDER BY job")
    assert dues.splitlines() == [
        "deezer-charts|2026-11-21 04:00:00",
        "igdb-popular|2026-11-21 03:30:00",
        "itunes-charts|2026-11-21 04:30:00",
        "jikan-trending|2026-11-22 02:30:00",
        "popular|2026-11-22 03:00:00",
        "purge-old|2026-11-21 05:00:00",
        "refresh-expired|2026-11-22 00:00:00",
        "statistics|2026-11-22 03:00:00",
        "tmdb-trending|2026-11-22 02:00:00",
    ]


def test_a_machine_that_sleeps_runs_what_it_has_missed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = datetime(2026, 11, 20, 21, 7, tzinfo=UTC)

    async def story(world: World) -> list[str]:
        fleet = Fleet(world, database, PARIS)
        replica = fleet.replica()
        await replica.start()
        await world.until(fleet.at(2026, 11, 21, 1, 30))
        before = len(fleet.starts)
        world.sleep_on(2.2 * 3600)
        await world.until(fleet.at(2026, 11, 21, 3, 59))
        await replica.stop()
        return [start.job for start in fleet.starts[before:]]

    missed = in_virtual_time(monkeypatch, begin, story)
    assert sorted(missed) == ["igdb-popular", "jikan-trending", "popular", "statistics", "tmdb-trending"]
