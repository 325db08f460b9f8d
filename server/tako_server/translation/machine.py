"""Translating by engines: each text once, whoever else wants it, in requests as full as an engine takes them.

A text that is on its way has a job. Callers wait for jobs no longer than they have time; what was asked of an engine is
taken to its end all the same, within its own time limit, and kept: it is paid for, and the next caller finds it. What
no engine was asked yet is dropped when nobody waits for it any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from tako_server.translation.engine import Engine, EngineAway, EngineError, NotTranslatable
from tako_server.translation.kept import KeptTexts, Wanted
from tako_server.translation.rest import Rest
from tako_server.translation.sentences import bare, pieces

MOST_JOBS = 2000
"""Texts that may be on their way at the same time."""
LONGEST = 50_000
"""Characters of a text; nothing longer is translated."""
_GOODBYE = 0.5
"""Seconds that work has to end by itself when the server does."""
_NO_ENGINE = "no translation engine is set up on this server"
_NO_TIME = "no time was left to translate it"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """A translation with the engine that made it; or why there is none, and whether another try may give one."""

    text: str = ""
    engine: str = ""
    failure: str = ""
    is_passing: bool = False


@dataclass(eq=False, slots=True)
class _Job:
    """A text on its way."""

    wanted: Wanted
    target: str
    done: asyncio.Future[Given]
    waiting: int = 0
    failures: list[EngineError] = field(default_factory=list)

    def end(self, given: Given) -> None:
        if not self.done.done():
            self.done.set_result(given)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a job's text, as an engine gets it."""

    job: _Job
    number: int
    text: str


class Machine:
    """Asks ``engines``, the first one first. Owns its work; ``close`` ends it."""

    def __init__(
        self,
        engines: Sequence[Engine],
        kept: KeptTexts,
        *,
        at_once: int = 4,
        timeout: float = 10.0,
        observe: Callable[[str, str, int], None] = lambda *_: None,
    ) -> None:
        """``at_once`` requests to an engine at the same time, each of ``timeout`` seconds at most.

        ``observe`` is told of texts: the engine, ``kept``, ``made`` or ``failed``, and how many.
        """
        self._engines = engines
        self._kept = kept
        self._timeout = timeout
        self._observe = observe
        self._gates = {engine.name: asyncio.Semaphore(at_once) for engine in engines}
        self._rests = {engine.name: Rest(engine.name) for engine in engines}
        self._jobs: dict[tuple[Wanted, str], _Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def translate(self, wanted: Sequence[Wanted], target: str, seconds: float) -> list[Given]:
        """Each text in ``target``, or why not, after ``seconds`` at most. Never fails."""
        if not self._engines:
            return [Given(failure=_NO_ENGINE)] * len(wanted)
        began = asyncio.get_running_loop().time()
        names = [engine.name for engine in self._engines]
        unique = list(dict.fromkeys(one for one in wanted if len(one.text) <= LONGEST))
        given: dict[Wanted, Given] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.0)):
                for one, found in (await self._kept.find(names, unique, target)).items():
                    given[one] = Given(found.text, found.engine)
                    self._observe(found.engine, "kept", 1)
        jobs = self._jobs_for([one for one in unique if one not in given], target)
        left = seconds - (asyncio.get_running_loop().time() - began)
        given |= await self._waited(jobs, left)
        return [given.get(one) or _none(one, jobs) for one in wanted]

    async def close(self) -> None:
        """End what is on its way; what has come already is kept first."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=_GOODBYE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _jobs_for(self, wanted: Iterable[Wanted], target: str) -> Mapping[Wanted, _Job]:
        """The jobs of these texts, as far as there may be so many; those that are new are begun."""
        jobs: dict[Wanted, _Job] = {}
        new: dict[str, list[_Job]] = {}
        for one in wanted:
            job = self._jobs.get((one, target))
            if job is None:
                if len(self._jobs) >= MOST_JOBS:
                    continue
                job = self._jobs[one, target] = _Job(one, target, asyncio.get_running_loop().create_future())
                new.setdefault(one.source, []).append(job)
            jobs[one] = job
        for source, begun in new.items():
            task = asyncio.create_task(self._work(begun, source, target), name=f"translate {source} {target}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return jobs

    async def _waited(self, jobs: Mapping[Wanted, _Job], seconds: float) -> dict[Wanted, Given]:
        """What has come of the jobs within the time."""
        if not jobs:
            return {}
        for job in jobs.values():
            job.waiting += 1
        try:
            await asyncio.wait([job.done for job in jobs.values()], timeout=max(seconds, 0.0))
        finally:
            for job in jobs.values():
                job.waiting -= 1
        return {one: job.done.result() for one, job in jobs.items() if job.done.done()}

    async def _work(self, jobs: Sequence[_Job], source: str, target: str) -> None:
        """Take jobs of one language to their end: by the first engine, what it lacks by the next."""
        try:
            left = list(jobs)
            for engine in self._engines:
                left = await self._by(engine, left, source, target)
                if not left:
                    break
        except Exception as error:
            # An engine's code has stumbled: no answer fails with it.
            log.error("translation.crashed", exc_info=error)
        finally:
            for job in jobs:
                del self._jobs[job.wanted, job.target]
                job.end(_failed(job))

    async def _by(self, engine: Engine, jobs: Sequence[_Job], source: str, target: str) -> list[_Job]:
        """Have one engine translate the jobs. Those that it has not."""
        parts = {job: [bare(piece) for piece in pieces(job.wanted.text, engine.limits.characters)] for job in jobs}
        asked = [
            _Piece(job, number, text)
            for job, of_job in parts.items()
            for number, (_, text, _) in enumerate(of_job)
            if text
        ]
        answers: dict[tuple[_Job, int], str] = {}
        async with asyncio.TaskGroup() as group:
            requests = [
                group.create_task(self._request(engine, some, source, target)) for some in _packed(engine, asked)
            ]
        for request in requests:
            answers |= request.result()
        done: dict[Wanted, str] = {}
        for job, of_job in parts.items():
            if all(not text or (job, number) in answers for number, (_, text, _) in enumerate(of_job)):
                text = "".join(
                    before + answers.get((job, number), "") + after for number, (before, _, after) in enumerate(of_job)
                )
                done[job.wanted] = text
                job.end(Given(text, engine.name))
        self._observe(engine.name, "made", len(done))
        self._observe(engine.name, "failed", len(jobs) - len(done))
        if done:
            await self._kept.keep(engine.name, done, target)
        return [job for job in jobs if job.wanted not in done]

    async def _request(
        self, engine: Engine, some: Sequence[_Piece], source: str, target: str
    ) -> Mapping[tuple[_Job, int], str]:
        """One request. What came of it; when nothing did, the jobs know why."""
        rest = self._rests[engine.name]
        async with self._gates[engine.name]:
            error: EngineError | None = rest.why()
            if error is None and not any(piece.job.waiting for piece in some):
                error = EngineAway(_NO_TIME)
            if error is None:
                try:
                    async with asyncio.timeout(self._timeout):
                        texts = await engine.translate([piece.text for piece in some], source, target)
                except TimeoutError:
                    error = EngineAway(f"{engine.name} did not answer in time")
                    rest.failed(error)
                except EngineAway as away:
                    error = away
                    rest.failed(away)
                except NotTranslatable as refused:
                    error = refused
                else:
                    rest.did()
                    given = zip(some, texts, strict=True)
                    return {(piece.job, piece.number): text for piece, text in given if text.strip()}
        for job in {piece.job for piece in some}:
            job.failures.append(error)
        return {}


def _packed(engine: Engine, asked: Iterable[_Piece]) -> list[list[_Piece]]:
    """Pieces in requests as full as the engine takes them."""
    requests: list[list[_Piece]] = []
    size = 0
    for piece in asked:
        fits = requests and len(requests[-1]) < engine.limits.texts and size + len(piece.text) <= engine.limits.request
        if not fits:
            requests.append([])
            size = 0
        requests[-1].append(piece)
        size += len(piece.text)
    return requests


def _failed(job: _Job) -> Given:
    """Why a job has no translation: what may pass says more than what won't."""
    passing = next((error for error in job.failures if isinstance(error, EngineAway)), None)
    error = passing or (job.failures[0] if job.failures else None)
    if error is None:
        return Given(failure="the engine gave no translation", is_passing=True)
    return Given(failure=str(error), is_passing=passing is not None)


def _none(wanted: Wanted, jobs: Mapping[Wanted, _Job]) -> Given:
    """Why a text has nothing yet."""
    if len(wanted.text) > LONGEST:
        return Given(failure="it is too long to be translated")
    if wanted not in jobs:
        return Given(failure="too many texts are being translated at once", is_passing=True)
    return Given(failure=_NO_TIME, is_passing=True)
