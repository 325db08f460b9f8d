"""What operators and jobs need, as protocols: of the cache, of the engine, of one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tako.v1.admin_service_pb2 import GetCacheStatsResponse, JobRun, ListJobsResponse, RefreshCounts
from tako_providers.sdk.provider import Provider
from tako_server.core.ports import Answer, Ask, Budget


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose answer is kept. ``ask`` is None where it is not known: an older version did not keep it."""

    provider: str
    ask: Ask | None


class Renewing(Protocol):
    """An engine that keeps answers."""

    async def renew(self, provider: Provider, ask: Ask) -> Answer:
        """A new answer, in place of the one that is kept. Raises the errors of ``sdk.errors``; what is kept stays."""
        ...


class Upkeep(Protocol):
    """The cache as a whole. What is done in the store raises StoreUnavailable while that is away."""

    async def stats(self, provider: str = "") -> GetCacheStatsResponse:
        """What it holds, of one provider when it is named. A store that is away is told as such."""
        ...

    async def asked(self, limit: int, *, provider: str | None = None, expired_only: bool) -> Sequence[Asked]:
        """The questions of kept answers: of expired ones those that were used last first, of all the oldest first."""
        ...

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove what fits all that is named, here and in all replicas. How many answers went.

        ``older_than`` is a Unix time, compared with when an answer was fetched.
        """
        ...

    async def tidy(self, *, provider: str | None = None, older_than: float) -> int:
        """Remove what nobody is given any more, and tell nobody of it. How many answers went."""
        ...


class Refreshing(Protocol):
    """Asks for kept answers again."""

    async def refresh(self, most: int, budget: Budget, *, provider: str | None, expired_only: bool) -> RefreshCounts:
        """Refresh up to ``most`` answers in the time that is left; 0 means the bound."""
        ...


class Jobs(Protocol):
    """The jobs that run by the clock. Raises StoreUnavailable while their history is away."""

    async def listed(self, history: int) -> ListJobsResponse:
        """All jobs, each with its last runs, ``history`` of them and at least one."""
        ...

    async def run(self, job: str) -> JobRun:
        """Start a run now; the run as it began. Raises JobUnknown, JobRunning."""
        ...


class Switching(Protocol):
    """Which providers are switched off. Raises StoreUnavailable while that can't be kept."""

    def reason(self, provider: str) -> str:
        """Why it is off; empty when it is on."""
        ...

    async def switch_off(self, provider: str, reason: str) -> None:
        """Switch it off in all replicas."""
        ...

    async def switch_on(self, provider: str) -> None:
        """Switch it on in all replicas."""
        ...
