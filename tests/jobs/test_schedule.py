"""The times of jobs by the clock on the wall, also on the days on which that is put forward or back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tako_server.jobs.job import Job
from tako_server.jobs.schedule import Schedule

DAY = 86400.0


def job(cron: str) -> Job:
    """A job of which only the times count."""
    nothing: Any = None
    return Job("job", "A job", cron, 60, nothing)


def schedule(cron: str, zone: str, now: datetime) -> tuple[Schedule, Job]:
    """The schedule of one job, at a time."""
    one = job(cron)
    return Schedule([one], ZoneInfo(zone), lambda _job, _due: None, now.timestamp), one


@pytest.mark.parametrize(
    ("cron", "zone", "now", "following"),
    [
        ("0 2 * * *", "UTC", "2026-11-24T01:59:59Z", "2026-11-24T02:00:00Z"),
        ("0 2 * * *", "UTC", "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z"),
        ("0 2 * * *", "Europe/Paris", "2026-11-24T01:30:00Z", "2026-11-25T01:00:00Z"),
        ("0 */6 * * *", "Asia/Kathmandu", "2026-11-24T00:00:00Z", "2026-11-24T00:15:00Z"),
        # There is no half past two on this morning: an hour later it is.
        ("30 2 * * *", "Europe/Paris", "2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z"),
        ("0 2 * * *", "Europe/Paris", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"),
        # On this one there are two of them: the first counts, of what runs once a day.
        ("30 2 * * *", "Europe/Paris", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"),
        ("30 2 * * *", "Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
        ("0 * * * *", "Europe/Paris", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"),
        ("0 * * * *", "Europe/Paris", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"),
    ],
)
def test_the_next_time(cron: str, zone: str, now: str, following: str) -> None:
    times, one = schedule(cron, zone, datetime.fromisoformat(now))
    assert datetime.fromtimestamp(times.next(one), UTC) == datetime.fromisoformat(following)


def test_the_last_time_is_that_of_a_span() -> None:
    now = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # ten past two, for the second time
    times, one = schedule("0 * * * *", "Europe/Paris", now)
    at_two = datetime(2026, 10, 25, 1, tzinfo=UTC).timestamp()
    assert times.last(one, since=now.timestamp() - DAY) == at_two
    assert times.last(one, since=at_two - 1) == at_two
    assert times.last(one, since=at_two) is None
    assert times.last(one, since=0.0) == at_two


async def test_it_rings_while_it_is_started() -> None:
    rang = asyncio.get_running_loop().create_future()
    one = job("* * * * *")
    times = Schedule(
        [one], ZoneInfo("UTC"), lambda _job, due: rang.set_result(due), lambda: datetime.now(UTC).timestamp()
    )
    times.start()
    times.start()
    (alarm,) = times._scheduler.get_jobs()
    alarm.modify(next_run_time=datetime.now(UTC))
    due = await asyncio.wait_for(rang, 5)
    assert due % 60 == 0
    assert 0 <= datetime.now(UTC).timestamp() - due < 65
    times.stop()
    times.stop()
    await asyncio.sleep(0)  # APScheduler ends in a callback
