"""A replica that seeks the lead and can't even ask for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from structlog.testing import capture_logs

from tako_server.jobs.leader import OneOfFleet


async def _nothing() -> None:
    """Nobody is ever elected."""


@asynccontextmanager
async def _lend() -> AsyncIterator[Any]:
    yield None


async def _warnings(failures: int) -> list[dict[str, Any]]:
    """What the log warns of until a connection was refused so many times."""
    refused = 0
    enough = asyncio.Event()

    async def connect(_name: str) -> Any:
        nonlocal refused
        refused += 1
        if refused > failures:
            enough.set()
            await asyncio.Event().wait()
        raise ValueError("unrecognized configuration parameter")

    with capture_logs() as logs:
        seeking = asyncio.create_task(OneOfFleet(connect, _lend, "one", every=0.0).seek(_nothing, _nothing))
        await enough.wait()
        seeking.cancel()
        with suppress(asyncio.CancelledError):
            await seeking
    return [dict(one) for one in logs if one["log_level"] == "warning"]


async def test_a_replica_that_can_not_lead_says_so_once() -> None:
    assert await _warnings(3) == []
    (told,) = await _warnings(20)
    assert told["event"] == "jobs.can_not_lead"
    assert told["error"] == "ValueError: unrecognized configuration parameter"
