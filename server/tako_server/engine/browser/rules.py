"""The bounds of the pool, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Numbers are seconds unless they count something."""

    sessions: int = 3
    """Sessions at any instant, on all endpoints and of all replicas on one database."""
    queue: int = 30
    """Requests that wait for one; more are refused."""
    wait: float = 30.0
    """Longest wait of one request."""
    page: float = 60.0
    """Longest time that a page may take."""

    uses: int = 40
    """A session is ended after so many pages,"""
    age: float = 600.0
    """at this age,"""
    idle: float = 60.0
    """or when nobody has used it for so long."""

    down: float = 5.0
    """An endpoint that is away is tried again after this."""
    sweep: float = 60.0
    """Orphans are looked for so often."""
    stranger: float = 1200.0
    """A session of an instance that nobody knows is an orphan when it has been there for so long. It must be longer
    than ``age`` and ``page`` together: no living instance keeps one so long."""
    create_doubt: float = 30.0
    """A session whose making was not answered may still appear within this."""
    request_doubt: float = 2.0
    """A request that was given up may still be read within this, and make its session anew."""
    close: float = 10.0
    """At the end of the process, what is left is ended within this."""

    tick: float = 1.0
    """How often idleness, ages and endpoints are looked at."""
    poll: float = 0.25
    """How often a slot that replicas share is asked for again."""
    long_busy: float = 30.0
    """All sessions busy and somebody waiting for so long is worth a warning."""
