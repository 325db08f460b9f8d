"""The history of the jobs, and what makes a run start once, whoever tries: claims in the store.

``(job, due)`` is unique, and so is a job that has not ended. Whoever's row comes first runs it. A run beats while it
lives; one that does not is dead, and ended by whoever sees it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from tako.v1.admin_service_pb2 import JobRun
from tako_server.jobs.job import Outcome

BEAT = 5.0
"""Seconds between two signs of life of a run."""
DEAD_AFTER = 30.0
"""Seconds without one after which a run is dead. Clocks of replicas may differ by less than this."""
_SINCE = "jobs since"

_COLUMNS = "id, job, due, started, finished, outcome, counts, message, runner, manual"
_CLAIM = """
    INSERT INTO tako_job_run (id, job, due, started, beat, outcome, counts, message, runner, manual)
    VALUES ($1, $2, $3, $4, $4, 'RUNNING', '{}', '', $5, $6)
    ON CONFLICT DO NOTHING RETURNING id
"""
_MISSED = """
    INSERT INTO tako_job_run (id, job, due, started, beat, finished, outcome, counts, message, runner, manual)
    VALUES ($1, $2, $3, $4, $4, $4, 'MISSED', '{}', $5, $6, $7)
    ON CONFLICT DO NOTHING RETURNING id
"""
_BEAT = "UPDATE tako_job_run SET beat = $2 WHERE id = $1"
_FINISH = "UPDATE tako_job_run SET finished = $2, outcome = $3, counts = $4, message = $5 WHERE id = $1"
_BURY = """
    UPDATE tako_job_run SET finished = beat, outcome = 'FAILED', message = 'its server died'
    WHERE finished IS NULL AND beat < $1
"""
_LAST_DUE = "SELECT max(due) FROM tako_job_run WHERE job = $1"
_LATEST = f"SELECT {_COLUMNS} FROM tako_job_run WHERE job = $1 ORDER BY started DESC, id LIMIT $2"  # noqa: S608 - ours
_LAST_SUCCESS = "SELECT max(finished) FROM tako_job_run WHERE job = $1 AND outcome IN ('SUCCEEDED', 'PARTIAL')"
_TRIM = """
    DELETE FROM tako_job_run WHERE id IN (
        SELECT id FROM (
            SELECT id, row_number() OVER (PARTITION BY job, manual ORDER BY started DESC, id) AS place
            FROM tako_job_run WHERE finished IS NOT NULL
        ) AS placed WHERE place > $1
    ) RETURNING id
"""
_KEEP_SINCE = "INSERT INTO tako_generation (name, number) VALUES ($1, $2) ON CONFLICT DO NOTHING"
_GET_SINCE = "SELECT number FROM tako_generation WHERE name = $1"


class Tables(Protocol):
    """The small tables of the store."""

    async def rows(self, statement: str, *values: object) -> Sequence[Sequence[Any]]:
        """What a statement gives. Raises StoreUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job. Times are Unix seconds."""

    id: str
    job: str
    due: float | None
    started: float
    finished: float | None
    outcome: Outcome
    counts: Mapping[str, int]
    message: str
    runner: str
    manual: bool

    def told(self) -> JobRun:
        """The run as the contract has it."""
        told = JobRun(
            outcome=JobRun.Outcome.Value(self.outcome),
            counts=self.counts,
            message=self.message,
            runner=self.runner,
            manual=self.manual,
        )
        told.started.FromNanoseconds(int(self.started * 1e9))
        if self.finished is not None:
            told.finished.FromNanoseconds(int(self.finished * 1e9))
            told.duration.FromNanoseconds(int(max(self.finished - self.started, 0.0) * 1e9))
        return told


class Runs:
    """The runs of all replicas. Every method raises StoreUnavailable when the store is away."""

    def __init__(self, tables: Tables, runner: str) -> None:
        """``runner`` is the name of this replica."""
        self._tables = tables
        self._runner = runner

    async def claim(self, job: str, now: float, *, due: float | None) -> Run | None:
        """The right to run ``job`` now; None when it runs, or when the run for this ``due`` was started before.

        ``due`` is None when somebody asks for the run.
        """
        await self.bury(now)
        manual = due is None
        run = Run(secrets.token_hex(8), job, due, now, None, "RUNNING", {}, "", self._runner, manual)
        claimed = await self._tables.rows(_CLAIM, run.id, job, due, now, self._runner, manual)
        return run if claimed else None

    async def missed(self, job: str, now: float, *, due: float, why: str) -> bool:
        """Note that a run did not start; whether nobody had noted that, or started it, before."""
        noted = await self._tables.rows(_MISSED, secrets.token_hex(8), job, due, now, why, self._runner, False)  # noqa: FBT003 - a column
        return bool(noted)

    async def beat(self, run: Run, now: float) -> None:
        """A sign of life."""
        await self._tables.rows(_BEAT, run.id, now)

    async def finish(self, run: Run, now: float, outcome: Outcome, counts: Mapping[str, int], message: str) -> None:
        """How it ended."""
        await self._tables.rows(_FINISH, run.id, now, outcome, orjson.dumps(counts).decode(), message)

    async def bury(self, now: float) -> None:
        """End the runs whose replicas have died."""
        await self._tables.rows(_BURY, now - DEAD_AFTER)

    async def latest(self, job: str, most: int) -> list[Run]:
        """The last runs, the latest first."""
        return [_run(row) for row in await self._tables.rows(_LATEST, job, most)]

    async def last_due(self, job: str) -> float | None:
        """The last time that was run, or missed, by the clock."""
        ((due,),) = await self._tables.rows(_LAST_DUE, job)
        return None if due is None else float(due)

    async def last_success(self, job: str) -> float | None:
        """When it last ended well, or well for a part."""
        ((finished,),) = await self._tables.rows(_LAST_SUCCESS, job)
        return None if finished is None else float(finished)

    async def since(self, now: float) -> float:
        """Since when jobs run on this store: what was due before was never missed."""
        await self._tables.rows(_KEEP_SINCE, _SINCE, int(now))
        ((since,),) = await self._tables.rows(_GET_SINCE, _SINCE)
        return float(since)

    async def trim(self, kept: int) -> int:
        """Forget all but the last ``kept`` runs of each job by the clock, and as many by hand. How many went.

        Those by hand may not push out the others: what was due and is forgotten would be due again.
        """
        return len(await self._tables.rows(_TRIM, kept))


def _run(row: Sequence[Any]) -> Run:
    run, job, due, started, finished, outcome, counts, message, runner, manual = row
    return Run(run, job, due, started, finished, outcome, orjson.loads(counts), message, runner, bool(manual))
