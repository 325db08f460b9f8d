"""What a job is, and what it reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["RUNNING", "SUCCEEDED", "PARTIAL", "FAILED", "MISSED"]
"""As ``JobRun.Outcome`` names them."""
_MOST_SAID = 20


@dataclass(slots=True)
class Report:
    """What a run has done so far. It is kept whatever ends the run."""

    counts: Counter[str] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)
    failed: int = 0
    done: int = 0

    def did(self, what: str, times: int = 1) -> None:
        """Something went well, ``times`` times."""
        self.counts[what] += times
        self.done += times

    def noted(self, what: str, times: int = 1) -> None:
        """Something that is neither done nor a failure."""
        self.counts[what] += times

    def failure(self, what: str = "failed") -> None:
        """Something failed."""
        self.counts[what] += 1
        self.failed += 1

    def say(self, message: str, about: str = "") -> None:
        """Tell operators about it, once: of several messages ``about`` the same the first counts."""
        if len(self.said) < _MOST_SAID:
            self.said.setdefault(about or message, message)

    @property
    def message(self) -> str:
        """All that is to be told, in one line."""
        return "; ".join(self.said.values())

    @property
    def outcome(self) -> Outcome:
        """How a run ends that has come to its end."""
        if not self.failed:
            return "SUCCEEDED"
        return "PARTIAL" if self.done else "FAILED"


Work = Callable[[Report], Awaitable[None]]
"""Does what a job does, and reports on the way."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job: ``cron`` says when, in the time zone of the server, ``seconds`` how long a run may take at most.

    ``jitter`` spreads the beginning, so that not all servers of the world ask an upstream in the same second.
    """

    id: str
    title: str
    cron: str
    seconds: float
    work: Work
    jitter: float = 30.0
