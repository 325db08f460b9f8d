"""Trying again: reads only, a few times, with jitter, within the deadline and within a budget.

Our own hundred lines instead of stamina: a deadline that is shared by all tries, a budget over all callers of a
provider, and a clock and a source of randomness that come from outside have no place in its API (it sleeps on the real
clock, and draws its jitter from the global generator); with its hooks around them little of it would be left in use.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

import structlog

from tako_providers.sdk.errors import ProviderError
from tako_server.core.ports import Budget as TimeLeft
from tako_server.engine.clock import Clock
from tako_server.engine.limiter import BudgetSpent
from tako_server.engine.reactions import reaction

T = TypeVar("T")

TRIES = 3
BASE = 0.2
"""Seconds: the most that the first pause may take. It doubles with each try."""
CAP = 5.0

SHARE = 0.1
"""Retries per first try, counted over SPAN: an upstream in trouble gets a tenth more requests, not three times."""
SPAN = 60.0
MINIMUM = 4
"""Retries that are allowed in SPAN however few the first tries are: a quiet service may retry two calls."""
_PARTS = 6
"""The span slides in steps of a sixth of it."""

log = structlog.get_logger(__name__)


def is_read(method: str, *, reads: bool = False) -> bool:
    """Whether a request may be sent twice. ``reads`` says that a POST only asks (GraphQL, a search form)."""
    return reads or method.upper() in {"GET", "HEAD"}


class Retry:
    """Sends again what failed for a passing reason. ``random`` gives numbers in [0, 1)."""

    def __init__(self, clock: Clock, random: Callable[[], float]) -> None:
        self._clock = clock
        self._random = random
        self._budgets: dict[str, RetryBudget] = {}

    async def attempts(
        self, send: Callable[[], Awaitable[T]], *, provider: str, deadline: TimeLeft, retryable: bool
    ) -> T:
        """What ``send`` gives, in at most TRIES tries. Raises its last error.

        The pause is drawn from [0, BASE * 2^n) (full jitter: callers that failed together don't return together), on
        top of Retry-After when the upstream names one. A pause that would outlast the deadline is not begun.
        """
        budget = self._budgets.setdefault(provider, RetryBudget())
        budget.tried(self._clock.monotonic())
        failed: ProviderError | None = None
        for attempt in count(1):
            try:
                return await send()
            except BudgetSpent as spent:
                raise failed or spent from None  # what the upstream said explains more than that we may not ask again
            except ProviderError as error:
                if attempt == TRIES or not retryable or not reaction(error).retry:
                    raise
                pause = (error.retry_after or 0.0) + self._random() * min(CAP, BASE * 2 ** (attempt - 1))
                if pause >= deadline.left() or not budget.take(self._clock.monotonic()):
                    raise
                failed = error
            log.info("provider.retried", provider=provider, attempt=attempt, error=type(failed).__name__)
            await self._clock.sleep(pause)
        raise AssertionError("unreachable")


@dataclass(slots=True)
class _Part:
    """First tries and retries in one part of the span."""

    number: int
    tries: int = 0
    retries: int = 0


@dataclass(slots=True)
class RetryBudget:
    """How many retries one provider's callers have left, together."""

    _parts: deque[_Part] = field(default_factory=deque)

    def tried(self, now: float) -> None:
        """Count a first try."""
        self._part(now).tries += 1

    def take(self, now: float) -> bool:
        """Take one retry, if there is one."""
        part = self._part(now)
        tries = sum(part.tries for part in self._parts)
        if sum(part.retries for part in self._parts) + 1 > max(MINIMUM, tries * SHARE):
            return False
        part.retries += 1
        return True

    def _part(self, now: float) -> _Part:
        """Today's part; those that the span has left behind are dropped."""
        number = int(now * _PARTS / SPAN)
        while self._parts and self._parts[0].number <= number - _PARTS:
            self._parts.popleft()
        if not self._parts or self._parts[-1].number != number:
            self._parts.append(_Part(number))
        return self._parts[-1]
