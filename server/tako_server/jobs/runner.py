"""Runs jobs: claims a run, works within its time, keeps what became of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import structlog

from tako_providers.sdk.errors import TakoError
from tako_server.core.operating import JobRunning, StoreUnavailable
from tako_server.jobs.job import Job, Outcome, Report
from tako_server.jobs.runs import BEAT, Run, Runs

_FAILED: Outcome = "FAILED"
_OVERLAP = "the run before had not ended"
_TRIES_TO_FINISH = (1.0, 5.0, 15.0, 60.0)
"""Seconds between tries to keep how a run ended, while the store is away."""
_LOOK_AGAIN = 15.0
"""Seconds between two looks whether the store is back."""
_LATE = 60.0
"""Seconds from which on a start counts as late."""
_CLOSING = 3.0
"""Seconds that runs have, at the end of the server, to note that they were cut."""

log = structlog.get_logger(__name__)


class Watch(Protocol):
    """What metrics want to know."""

    def ended(self, job: str, outcome: Outcome, seconds: float, at: float) -> None:
        """A run has ended, or was missed."""
        ...


class Runner:
    """The runs of this replica. Owns their tasks; ``close`` ends them."""

    def __init__(
        self,
        runs: Runs,
        watch: Watch,
        *,
        clock: Callable[[], float] = time.time,
        draw: Callable[[], float] = random.random,
    ) -> None:
        """``draw`` gives a number from 0 to 1 for the jitter."""
        self._runs = runs
        self._watch = watch
        self._clock = clock
        self._draw = draw
        self._due: dict[str, float] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._working: set[asyncio.Task[None]] = set()

    def ring(self, job: Job, due: float) -> None:
        """A job is due: run it soon, unless that was done already. Of several times that wait, the last counts."""
        self._due[job.id] = max(due, self._due.get(job.id, due))
        waiting = self._waiting.get(job.id)
        if waiting is None or waiting.done():
            self._waiting[job.id] = asyncio.create_task(self._run_due(job), name=f"job {job.id} due")

    async def run_now(self, job: Job) -> Run:
        """Run a job because somebody asks for it. The run as it began. Raises JobRunning, StoreUnavailable."""
        run = await self._runs.claim(job.id, self._clock(), due=None)
        if run is None:
            raise JobRunning(job.id)
        self._begin(job, run)
        return run

    async def stand_down(self) -> None:
        """Begin nothing that is due: another replica does. What runs comes to its end."""
        waiting = list(self._waiting.values())
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        self._due.clear()

    async def close(self) -> None:
        """Cut what runs; it is noted as failed, within seconds."""
        await self.stand_down()
        working = set(self._working)
        for task in working:
            task.cancel()
        if working:
            _, left = await asyncio.wait(working, timeout=_CLOSING)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _run_due(self, job: Job) -> None:
        """Wait a little, then start what is due. A store that is away is waited for."""
        await asyncio.sleep(self._draw() * job.jitter)
        while (due := self._due.get(job.id)) is not None:
            try:
                await self._start(job, due)
            except StoreUnavailable:
                log.debug("job.waits", job=job.id, reason="the store is away")
                await asyncio.sleep(_LOOK_AGAIN)
            else:
                if self._due.get(job.id) == due:
                    del self._due[job.id]

    async def _start(self, job: Job, due: float) -> None:
        """Begin the run, unless it was begun before, here or elsewhere. Raises StoreUnavailable."""
        now = self._clock()
        run = await self._runs.claim(job.id, now, due=due)
        if run is not None:
            if now - due > job.jitter + _LATE:
                log.info("job.caught_up", job=job.id, late=round(now - due))
            self._begin(job, run)
        elif await self._runs.missed(job.id, now, due=due, why=_OVERLAP):
            log.warning("job.missed", job=job.id, reason=_OVERLAP)
            self._watch.ended(job.id, "MISSED", 0.0, now)

    def _begin(self, job: Job, run: Run) -> None:
        task = asyncio.create_task(self._work(job, run), name=f"job {job.id}")
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _work(self, job: Job, run: Run) -> None:
        log.info("job.started", job=job.id, manual=run.manual)
        report, ended = Report(), _FAILED
        beating = asyncio.create_task(self._beat(run), name=f"job {job.id} beat")
        try:
            try:
                async with asyncio.timeout(job.seconds):
                    await job.work(report)
                ended = report.outcome
            except TimeoutError:
                report.say(f"it was not done after {job.seconds:g} s")
                ended = "PARTIAL" if report.done else "FAILED"
            except asyncio.CancelledError:
                report.say("the server was stopped")
                raise
            except TakoError as error:
                report.say(str(error))
            except Exception as error:  # the rim of a job: the history must say that it failed
                log.error("job.crashed", job=job.id, exc_info=error)
                report.say("an error that nobody foresaw; the server's log has it")
            finally:
                beating.cancel()
        finally:
            await self._ended(job, run, ended, report)

    async def _beat(self, run: Run) -> None:
        while True:
            await asyncio.sleep(BEAT)
            with suppress(StoreUnavailable):
                await self._runs.beat(run, self._clock())

    async def _ended(self, job: Job, run: Run, outcome: Outcome, report: Report) -> None:
        now = self._clock()
        seconds = max(now - run.started, 0.0)
        self._watch.ended(job.id, outcome, seconds, now)
        log.info("job.ended", job=job.id, outcome=outcome, seconds=round(seconds, 1), message=report.message)
        log.debug("job.counts", job=job.id, counts=dict(report.counts))
        for pause in (*_TRIES_TO_FINISH, None):
            try:
                await self._runs.finish(run, now, outcome, report.counts, report.message)
            except StoreUnavailable:
                if pause is None:
                    log.warning("job.not_noted", job=job.id, reason="the store is away")
                    return
                await asyncio.sleep(pause)
            else:
                return
