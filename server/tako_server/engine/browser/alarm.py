"""Warnings before limits are hit: each is said once when it begins, and again only after it was over."""

from __future__ import annotations

import structlog

from tako_server.engine.browser.rules import Rules

log = structlog.get_logger(__name__)


class Alarm:
    """Looks at the numbers of the pool."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._full_since: float | None = None
        self._said: set[str] = set()

    def look(self, *, waiting: int, used: int, now: float) -> None:
        """How many wait, and how many sessions count."""
        full = waiting > 0 and used >= self._rules.sessions
        if not full:
            self._full_since = None
        elif self._full_since is None:
            self._full_since = now
        long = self._full_since is not None and now - self._full_since >= self._rules.long_busy
        half, quarter = waiting * 2 >= self._rules.queue, waiting * 4 <= self._rules.queue
        self._edge("browsers.queue_half_full", waiting, begins=half, is_over=quarter)
        self._edge("browsers.busy_for_long", waiting, begins=long, is_over=not full)

    def _edge(self, event: str, waiting: int, *, begins: bool, is_over: bool) -> None:
        if begins and event not in self._said:
            self._said.add(event)
            log.warning(event, waiting=waiting, of=self._rules.queue, sessions=self._rules.sessions)
        elif is_over:
            self._said.discard(event)
