"""What becomes of runs: in time, too long, twice at once, broken, cut. In virtual time, without a store."""

from __future__ import annotations

import asyncio

import pytest

from tako_providers.sdk.errors import Unreachable
from tako_server.cache.none import NoStore
from tako_server.cache.tables import Tables
from tako_server.core.operating import JobRunning
from tako_server.jobs.job import Job, Outcome, Report, Work
from tako_server.jobs.runner import Runner
from tako_server.jobs.runs import Run, Runs
from tests.engine.virtual_clock import EPOCH, virtually

JITTER = 10.0


class Watch:
    """Notes what metrics are told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, float]] = []

    def ended(self, job: str, outcome: Outcome, seconds: float, at: float) -> None:
        """A run has ended."""
        self.told.append((outcome, seconds))


class Place:
    """A runner with all that is around it. ``there`` says whether its store is."""

    def __init__(self) -> None:
        self.there = True
        self.watch = Watch()
        self.runs = Runs(Tables(NoStore(), lambda: self.there), "here")
        self.runner = Runner(self.runs, self.watch, clock=self.now, draw=lambda: 0.5)

    def now(self) -> float:
        """Unix seconds of the virtual time."""
        return EPOCH + asyncio.get_running_loop().time()

    async def last(self) -> Run:
        """The last run."""
        return (await self.runs.latest("job", 1))[0]

    async def told(self) -> list[tuple[str, str]]:
        """All runs, the first first: how they ended, and what is said of it."""
        return [(run.outcome, run.message) for run in reversed(await self.runs.latest("job", 10))]


def job(work: Work) -> Job:
    """A job that may take a minute."""
    return Job("job", "A job", "0 * * * *", 60, work, JITTER)


def takes(seconds: float) -> Job:
    """A job that does something each second."""

    async def work(report: Report) -> None:
        for _ in range(int(seconds)):
            await asyncio.sleep(1)
            report.did("worked")

    return job(work)


def fails(error: Exception) -> Job:
    """A job that breaks after it has done something."""

    async def work(report: Report) -> None:
        report.did("worked")
        raise error

    return job(work)


def test_what_is_due_runs_after_its_jitter_and_once() -> None:
    async def story() -> None:
        place = Place()
        due = place.now()
        place.runner.ring(takes(3), due)
        place.runner.ring(takes(3), due)
        await asyncio.sleep(JITTER / 2 + 3.5)
        run = await place.last()
        assert (run.started - due, run.finished, run.manual) == (JITTER / 2, due + JITTER / 2 + 3, False)
        assert (run.outcome, run.counts) == ("SUCCEEDED", {"worked": 3})
        place.runner.ring(takes(3), due)
        await asyncio.sleep(60)
        assert await place.told() == [("SUCCEEDED", "")]
        assert place.watch.told == [("SUCCEEDED", 3)]
        await place.runner.close()

    virtually(story())


def test_a_run_that_is_asked_for_begins_at_once() -> None:
    async def story() -> None:
        place = Place()
        run = await place.runner.run_now(takes(3))
        assert (run.outcome, run.manual, run.started) == ("RUNNING", True, place.now())
        with pytest.raises(JobRunning):
            await place.runner.run_now(takes(3))
        await asyncio.sleep(4)
        assert (await place.last()).outcome == "SUCCEEDED"
        await place.runner.run_now(takes(3))
        await place.runner.close()

    virtually(story())


def test_what_is_due_while_it_runs_is_missed() -> None:
    async def story() -> None:
        place = Place()
        await place.runner.run_now(takes(30))
        place.runner.ring(takes(3), place.now())
        await asyncio.sleep(40)
        assert sorted(await place.told()) == [("MISSED", "the run before had not ended"), ("SUCCEEDED", "")]
        assert place.watch.told == [("MISSED", 0), ("SUCCEEDED", 30)]

    virtually(story())


def test_a_run_has_its_time_and_no_more() -> None:
    async def story() -> None:
        place = Place()
        await place.runner.run_now(takes(1000))
        await asyncio.sleep(61)
        run = await place.last()
        assert (run.outcome, run.message) == ("PARTIAL", "it was not done after 60 s")
        assert run.counts["worked"] in (59, 60)

    virtually(story())


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (Unreachable("no route"), "no route"),
        (ValueError("postgresql://tako:secret@10.0.0.1"), "an error that nobody foresaw; the server's log has it"),
    ],
)
def test_a_run_that_breaks_has_failed(error: Exception, message: str) -> None:
    async def story() -> None:
        place = Place()
        await place.runner.run_now(fails(error))
        await asyncio.sleep(1)
        run = await place.last()
        assert (run.outcome, run.message, run.counts) == ("FAILED", message, {"worked": 1})

    virtually(story())


def test_the_end_of_the_server_is_noted() -> None:
    async def story() -> None:
        place = Place()
        await place.runner.run_now(takes(30))
        place.runner.ring(Job("other", "Another job", "0 * * * *", 60, takes(1).work), place.now())
        await asyncio.sleep(5)
        await place.runner.close()
        assert await place.told() == [("FAILED", "the server was stopped")]
        assert await place.runs.latest("other", 1) == []
        assert asyncio.all_tasks() == {asyncio.current_task()}

    virtually(story())


def test_a_run_lives_as_long_as_it_beats() -> None:
    async def story() -> None:
        place, other = Place(), Runs(Tables(NoStore(), lambda: True), "other")
        other._tables = place.runs._tables
        await place.runner.run_now(takes(55))
        await asyncio.sleep(50)
        assert await other.claim("job", place.now(), due=None) is None
        await asyncio.sleep(10)
        assert await place.told() == [("SUCCEEDED", "")]

    virtually(story())


def test_a_store_that_is_away_is_waited_for() -> None:
    async def story() -> None:
        place = Place()
        place.there = False
        due = place.now()
        place.runner.ring(takes(3), due)
        await asyncio.sleep(100)
        place.runner.ring(takes(3), due + 90)  # of both, the later counts
        place.there = True
        await asyncio.sleep(30)
        assert await place.told() == [("SUCCEEDED", "")]
        assert (await place.last()).due == due + 90
        await place.runner.run_now(takes(3))
        place.there = False
        await asyncio.sleep(20)
        place.there = True
        await asyncio.sleep(30)
        assert await place.told() == [("SUCCEEDED", "")] * 2
        await place.runner.close()

    virtually(story())
