"""The jobs of this server, as one: it seeks the lead, catches up, and tells operators what there is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Protocol

import structlog

from tako.v1.admin_service_pb2 import Job as JobMessage
from tako.v1.admin_service_pb2 import JobRun, ListJobsResponse
from tako_server.core.operating import JobUnknown, StoreUnavailable
from tako_server.jobs.job import Job
from tako_server.jobs.leader import Leadership
from tako_server.jobs.runner import Runner
from tako_server.jobs.runner import Watch as RunWatch
from tako_server.jobs.runs import Runs
from tako_server.jobs.schedule import Schedule

_CATCH_UP_EVERY = 900.0
_LOOK_AGAIN = 5.0
"""Seconds after which what failed is tried again."""

log = structlog.get_logger(__name__)


class Watch(RunWatch, Protocol):
    """What metrics want to know."""

    def leads(self, *, is_leader: bool) -> None:
        """This replica runs the jobs, or does not any more."""
        ...

    def succeeded_before(self, job: str, at: float) -> None:
        """When a job last ended well, of whoever ran it."""
        ...


class JobDesk:
    """Implements the core's ``Jobs``. ``start`` makes it seek the lead; ``close`` ends all that it began."""

    def __init__(
        self,
        jobs: Sequence[Job],
        runs: Runs,
        leadership: Leadership,
        zone: tzinfo,
        zone_name: str,
        watch: Watch,
        *,
        clock: Callable[[], float] = time.time,
        runner: Runner | None = None,
    ) -> None:
        self._jobs = {job.id: job for job in jobs}
        self._runs = runs
        self._leadership = leadership
        self._zone_name = zone_name
        self._watch = watch
        self._clock = clock
        self._runner = runner or Runner(runs, watch, clock=clock)
        self._schedule = Schedule(jobs, zone, self._runner.ring, clock)
        self._seeking: asyncio.Task[None] | None = None
        self._catching_up: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Seek the lead, and with it run jobs by the clock."""
        self._seeking = asyncio.create_task(self._seek(), name="jobs.lead")

    @property
    def intervals(self) -> Mapping[str, float]:
        """Seconds between two runs, by job."""
        return {job.id: self._schedule.interval(job) for job in self._jobs.values()}

    async def close(self) -> None:
        """Give up the lead, and cut what runs."""
        if self._seeking is not None:
            self._seeking.cancel()
            await asyncio.gather(self._seeking, return_exceptions=True)
        await self._runner.close()

    async def listed(self, history: int) -> ListJobsResponse:
        """All jobs with their last runs. Raises StoreUnavailable."""
        await self._runs.bury(self._clock())
        listed = ListJobsResponse(timezone=self._zone_name, leader=await self._leadership.who())
        for job in self._jobs.values():
            runs = await self._runs.latest(job.id, history or 1)
            told = JobMessage(
                id=job.id,
                title=job.title,
                schedule=job.cron,
                runs=[run.told() for run in runs],
                running=any(run.finished is None for run in runs),
            )
            told.next_run.FromNanoseconds(int(self._schedule.next(job) * 1e9))
            listed.jobs.append(told)
        return listed

    async def run(self, job: str) -> JobRun:
        """Start a run now, in this replica. Raises JobUnknown, JobRunning, StoreUnavailable."""
        known = self._jobs.get(job)
        if known is None:
            raise JobUnknown(job)
        return (await self._runner.run_now(known)).told()

    async def _seek(self) -> None:
        """Seek the lead, and go on seeking it when something breaks on the way."""
        while True:
            try:
                await self._leadership.seek(self._elected, self._deposed)
            except Exception as error:  # the rim of the jobs: without this they would stop in silence
                log.error("jobs.crashed", exc_info=error)
            await asyncio.sleep(_LOOK_AGAIN)

    async def _elected(self) -> None:
        self._watch.leads(is_leader=True)
        self._schedule.start()  # first: a time that comes meanwhile may ring twice, and is run once
        self._catching_up = asyncio.create_task(self._catch_up(), name="jobs.catch_up")

    async def _deposed(self) -> None:
        self._watch.leads(is_leader=False)
        self._schedule.stop()
        if self._catching_up is not None:
            self._catching_up.cancel()
            await asyncio.gather(self._catching_up, return_exceptions=True)
        await self._runner.stand_down()

    async def _catch_up(self) -> None:
        """Run what was due while nobody led: each job once, whatever it has missed. The store may come late.

        Looked at again and again: a machine that sleeps, or whose clock is put forward, hears no alarm.
        """
        while True:
            try:
                since = await self._runs.since(self._clock())
                for job in self._jobs.values():
                    known = await self._runs.last_due(job.id)
                    due = self._schedule.last(job, since if known is None else known)
                    if due is not None:
                        self._runner.ring(job, due)
                    if (succeeded := await self._runs.last_success(job.id)) is not None:
                        self._watch.succeeded_before(job.id, succeeded)
            except StoreUnavailable:
                await asyncio.sleep(_LOOK_AGAIN)
            else:
                await asyncio.sleep(_CATCH_UP_EVERY)
