"""Asks again for answers that are kept: those that have expired, or all of a provider."""

from __future__ import annotations

import asyncio
import time

from tako.v1.admin_service_pb2 import RefreshCounts
from tako_server.core.ports import Budget
from tako_server.core.registry import Registry
from tako_server.core.upkeep import Upkeep
from tako_server.jobs.job import Report
from tako_server.jobs.rounds import Question, Rounds

MOST = 1000
"""Answers that one refresh asks for again."""
_RESERVE = 0.5
"""Seconds kept back to answer with what was done before the caller's deadline."""


class Refresher:
    """Refreshes answers, those that were used last first. A failure leaves an answer as it is."""

    def __init__(self, registry: Registry, upkeep: Upkeep, rounds: Rounds) -> None:
        self._registry = registry
        self._upkeep = upkeep
        self._rounds = rounds

    async def refresh_expired(self, report: Report) -> None:
        """The work of the job."""
        await self._refresh(report, MOST, provider=None, expired_only=True)

    async def refresh(self, most: int, budget: Budget, *, provider: str | None, expired_only: bool) -> RefreshCounts:
        """Refresh up to ``most`` answers in the time that is left; 0 means the bound."""
        report, began = Report(), time.monotonic()
        try:
            async with asyncio.timeout(max(budget.left() - _RESERVE, 0.0)):
                await self._refresh(report, min(most or MOST, MOST), provider=provider, expired_only=expired_only)
        except TimeoutError:
            pass  # what was not reached is counted as skipped
        counts = RefreshCounts(
            refreshed=report.counts["refreshed"],
            failed=report.counts["failed"],
            skipped=report.counts.total() - report.counts["refreshed"] - report.counts["failed"],
        )
        counts.duration.FromNanoseconds(int((time.monotonic() - began) * 1e9))
        return counts

    async def _refresh(self, report: Report, most: int, *, provider: str | None, expired_only: bool) -> None:
        questions: list[Question] = []
        for asked in await self._upkeep.asked(most, provider=provider, expired_only=expired_only):
            if asked.ask is None or asked.provider not in self._registry:
                report.noted("unknown")  # the question was not kept, or nobody can be asked it any more
            else:
                questions.append((self._registry.get(asked.provider), asked.ask))
        await self._rounds.ask(questions, report)
