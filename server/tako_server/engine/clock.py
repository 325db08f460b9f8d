"""The seam for time: what waits or expires asks a ``Clock``, so that tests own it."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Time, and waiting for it to pass."""

    def monotonic(self) -> float:
        """Seconds that only grow, from an arbitrary point: for what happens within this process."""
        ...

    def time(self) -> float:
        """Unix seconds: for what outlives the process."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Come back after ``seconds``. Loops round to milliseconds: who must not be early looks at the time again."""
        ...


class SystemClock:
    """The real time."""

    def monotonic(self) -> float:
        """``time.monotonic``."""
        return time.monotonic()

    def time(self) -> float:
        """``time.time``."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """``asyncio.sleep``."""
        await asyncio.sleep(seconds)
