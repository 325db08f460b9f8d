"""When jobs run: cron in the time zone of the server, and the alarm clock that goes by it.

APScheduler reads cron and rings; what is done about it, and whether it was done before, others decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from tako_server.jobs.job import Job

_TICK = timedelta(microseconds=1)
_LOOKED_BACK = timedelta(days=2)
"""Every job is due once a day at least: nobody need look further back for the last time that it was."""


class _WallClock(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Cron by the clock on the wall, told in UTC. An hour that comes twice, in autumn, is due once.

    Only UTC goes in and out: APScheduler 3.11 compares times of one zone as they are on the wall, and never comes back
    from the second of two equal hours.
    """

    def __init__(self, cron: str, zone: tzinfo) -> None:
        self._cron = CronTrigger.from_crontab(cron, timezone=zone)
        self._zone = zone
        self._each_hour = cron.split()[1] == "*"

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first time after the last one, or from now on when there was none."""
        begin = now if previous_fire_time is None else previous_fire_time + _TICK
        while True:
            following: datetime | None = self._cron.get_next_fire_time(None, begin.astimezone(self._zone))
            if following is None:
                return None
            if not following.fold or self._each_hour:
                return following.astimezone(UTC)
            begin = following.astimezone(UTC) + _TICK


class Schedule:
    """The times of the jobs. While it is started, ``ring`` is called with each job and the time that it is due."""

    def __init__(
        self, jobs: Sequence[Job], zone: tzinfo, ring: Callable[[Job, float], None], clock: Callable[[], float]
    ) -> None:
        self._ring = ring
        self._clock = clock
        self._triggers = {job.id: _WallClock(job.cron, zone) for job in jobs}
        self._jobs = jobs
        self._scheduler: Any = None

    def next(self, job: Job) -> float:
        """The next time of a job."""
        following = self._triggers[job.id].get_next_fire_time(self._now(), self._now())
        assert following is not None  # noqa: S101 - no schedule of ours ends
        return float(following.timestamp())

    def interval(self, job: Job) -> float:
        """Seconds between the next two times of a job."""
        trigger = self._triggers[job.id]
        first = trigger.get_next_fire_time(self._now(), self._now())
        second = trigger.get_next_fire_time(first, self._now())
        assert first is not None  # noqa: S101 - no schedule of ours ends
        assert second is not None  # noqa: S101 - as above
        return float((second - first).total_seconds())

    def last(self, job: Job, since: float) -> float | None:
        """The last time that a job was due, after ``since`` and until now; None when there is none."""
        now = self._now()
        begin = max(datetime.fromtimestamp(since, UTC), now - _LOOKED_BACK)
        found: datetime | None = None
        following = self._triggers[job.id].get_next_fire_time(begin, begin)
        while following is not None and following <= now:
            found = following
            following = self._triggers[job.id].get_next_fire_time(found, found)
        return None if found is None else found.timestamp()

    def start(self) -> None:
        """Begin to ring."""
        if self._scheduler is not None:
            return
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        for job in self._jobs:
            self._scheduler.add_job(
                self._alarm,
                self._triggers[job.id],
                args=(job,),
                id=job.id,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,  # however late: what was due is not forgotten
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.remove_all_jobs()
            scheduler.shutdown(wait=False)

    async def _alarm(self, job: Job) -> None:
        due = self.last(job, 0.0)
        if due is not None:
            self._ring(job, due)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)
