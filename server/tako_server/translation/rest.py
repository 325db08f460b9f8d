"""Leaving an engine alone that failed, so that not every call waits for it anew."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from tako_server.translation.engine import EngineAway

_FIRST = 30.0
_LONGEST = 600.0

log = structlog.get_logger(__name__)


class Rest:
    """One engine's: 30 s after a failure, twice as long after each further one, 10 minutes at most."""

    def __init__(self, engine: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._next = _FIRST
        self._until = 0.0
        self._why: EngineAway | None = None

    def why(self) -> EngineAway | None:
        """Why it is not to be asked now, None when it may be."""
        return self._why if self._clock() < self._until else None

    def failed(self, error: EngineAway) -> None:
        """It did not do what it was asked. Several that were asked at once count as one."""
        now = self._clock()
        if now < self._until:
            return
        seconds = error.rest if error.rest is not None else self._next
        self._next = min(self._next * 2, _LONGEST)
        self._until = now + seconds
        if self._why is None:
            log.warning("translation.engine_away", engine=self._engine, error=str(error), seconds=seconds)
        self._why = error

    def did(self) -> None:
        """It did what it was asked."""
        if self._why is not None:
            log.info("translation.engine_back", engine=self._engine)
        self._next, self._until, self._why = _FIRST, 0.0, None
