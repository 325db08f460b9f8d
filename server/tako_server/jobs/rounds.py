"""Many questions to providers, asked with restraint: callers come first.

Each provider is asked one question after the other, at half the pace that its limits allow. Those that may need a
browser are asked one at a time, all of them together. Who says "not now" is left alone for the rest of the round.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterable

from tako.v1.answers_pb2 import ProviderOutcome
from tako_providers.sdk.errors import (
    Blocked,
    Disabled,
    NotConfigured,
    NotFound,
    RateLimited,
    Suspended,
    TakoError,
)
from tako_providers.sdk.manifest import Access, Limit, Manifest
from tako_providers.sdk.provider import Provider
from tako_server.core.error_table import meaning, retry_after
from tako_server.core.ports import Ask
from tako_server.core.upkeep import Renewing
from tako_server.jobs.job import Report

_AT_ONCE = 8
"""Providers that are asked at the same time."""
_IN_A_ROW = 3
"""Failures in a row after which a provider is left alone."""
_LONGEST_WAIT = 60.0
"""Seconds that a round waits, once, for a provider that says when it may be asked again."""
_NO_LIMITS = (Limit(1, 1.0),)
_SET_ASIDE = {NotConfigured: "not_configured", Disabled: "disabled", Suspended: "skipped", RateLimited: "skipped"}
"""What becomes of all that is left for a provider, by the error that it would meet. No failure of the job."""

Question = tuple[Provider, Ask]


def half_pace(manifest: Manifest) -> float:
    """Seconds between two questions: half of what the limits allow is left to callers."""
    return max(2 * limit.seconds / limit.calls for limit in manifest.limits or _NO_LIMITS)


class Rounds:
    """Asks the questions of all jobs of this process."""

    def __init__(self, engine: Renewing, *, pace: Callable[[Manifest], float] = half_pace) -> None:
        """``pace`` gives the seconds between two questions to a provider."""
        self._engine = engine
        self._pace = pace
        self._direct = asyncio.Semaphore(_AT_ONCE)
        self._browser = asyncio.Semaphore(1)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._not_before: defaultdict[str, float] = defaultdict(float)

    async def ask(self, questions: Iterable[Question], report: Report) -> None:
        """Ask all, each provider in the order given. What is not reached counts as skipped, also when time is up."""
        lanes: defaultdict[str, deque[Question]] = defaultdict(deque)
        for question in questions:
            lanes[question[0].manifest.id].append(question)
        try:
            async with asyncio.TaskGroup() as group:
                for lane in lanes.values():
                    group.create_task(self._ask_lane(lane, report))
        finally:
            if left := sum(map(len, lanes.values())):
                report.noted("skipped", left)

    async def _ask_lane(self, lane: deque[Question], report: Report) -> None:
        """Ask one provider. A question leaves the lane when it is known what became of it."""
        manifest = lane[0][0].manifest
        gate = self._direct if manifest.access is Access.DIRECT else self._browser
        loop = asyncio.get_running_loop()
        failures, may_wait = 0, True
        while lane and failures < _IN_A_ROW:
            async with self._turns[manifest.id]:
                await asyncio.sleep(max(self._not_before[manifest.id] - loop.time(), 0.0))
                async with gate:
                    error = await self._asked(*lane[0])
                pause = self._pace(manifest)
                if error is None:
                    lane.popleft()
                    report.did("refreshed")
                    failures, may_wait = 0, True
                elif may_wait and (wait := _wait_of(error)) is not None:
                    may_wait, pause = False, max(pause, wait)
                elif (word := next((w for kind, w in _SET_ASIDE.items() if isinstance(error, kind)), "")) != "":
                    _say(report, manifest, error)
                    report.noted(word, len(lane))
                    lane.clear()
                elif isinstance(error, NotFound):
                    lane.popleft()
                    report.noted("not_found")
                else:
                    lane.popleft()
                    report.failure()
                    _say(report, manifest, error)
                    failures = _IN_A_ROW if isinstance(error, Blocked) else failures + 1
                self._not_before[manifest.id] = loop.time() + pause

    async def _asked(self, provider: Provider, ask: Ask) -> TakoError | None:
        """What went wrong, if something did."""
        try:
            await self._engine.renew(provider, ask)
        except TakoError as error:
            return error
        return None


def _wait_of(error: TakoError) -> float | None:
    """Seconds until a provider may be asked again that is only asked too often; None when it is not worth waiting."""
    if not isinstance(error, RateLimited):
        return None
    seconds = retry_after(error)
    return seconds if seconds is not None and seconds <= _LONGEST_WAIT else None


def _say(report: Report, manifest: Manifest, error: TakoError) -> None:
    """Tell why a provider did not answer, once for each way of it."""
    status = f"{manifest.id}: {ProviderOutcome.Status.Name(meaning(error).status)}"
    report.say(f"{status}: {error}", about=status)
