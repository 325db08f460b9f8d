"""An upstream's limit holds however many ask at once, and replicas share it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

import grpc
import pytest
from aiohttp import web

from tako_providers.sdk import Limit
from tako_server.cache.resilient import ResilientStore
from tako_server.engine import shared_limiter
from tako_server.engine.protection import WAITING_SHARE
from tests.cache.support import until
from tests.faults.serving import Stopwatch, Tako, busiest, tako
from tests.faults.upstream import Upstream, library, well
from tests.postgres import Database

LIMITS = (Limit(3, 1.0),)
TOLERANCE = 0.05
WAIT = WAITING_SHARE * 3
"""Seconds that a request waits for a slot, of the three that the provider has."""


async def flood(upstream: Upstream, servers: list[Tako], number: int) -> tuple[Counter[str], list[float]]:
    """So many different questions at once. What became of them, and when the refused ones were told.

    The first ones come to a server that has nothing else to do, for what is measured is when they arrive upstream.
    """
    refused: list[float] = []

    async def one(index: int) -> str:
        asked = await servers[index % len(servers)].search(f"book {index}", timeout=20)
        if asked.code is grpc.StatusCode.OK:
            return "OK"
        refused.append(time.monotonic() - began)
        assert asked.trailers["retry-after"]
        return asked.reason

    async def slowly(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.2)
        return await well(request)

    for server in servers:  # the first request of a server is late: it looks up, connects, and imports
        await server.search("first of all", timeout=20)
    await asyncio.sleep(1)
    upstream.came.clear()
    upstream.behaviour = slowly
    began = time.monotonic()
    calls = [asyncio.create_task(one(index)) for index in range(3)]
    await until(lambda: upstream.requests == 3)
    calls += [asyncio.create_task(one(index)) for index in range(3, number)]
    return Counter(await asyncio.gather(*calls)), refused


async def test_two_hundred_callers_against_three_a_second(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream, limits=LIMITS, timeout=3)) as server:
        told, refused = await flood(upstream, [server], 200)
        watch = Stopwatch()
        again = await server.search("late", timeout=20)
        assert again.code is grpc.StatusCode.OK
        assert watch.seconds < WAIT + 0.5
    assert set(told) == {"OK", "PROVIDER_RATE_LIMITED"}
    assert 9 <= told["OK"] <= 12  # three at once, after one second, after two; a slow machine lets in three more
    assert max(refused) < WAIT / 2, "who would wait too long is told at once"
    assert busiest(upstream.came, 1 - TOLERANCE) <= 3


async def test_two_servers_share_a_limit(
    tmp_path: Path, upstream: Upstream, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A database that a loaded machine holds up would be one that is away: then each paces by itself, as it should.
    monkeypatch.setattr(shared_limiter, "PATIENCE", 5.0)
    defaults = ResilientStore.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "limit", 5.0)
    provider = library(upstream, limits=LIMITS, timeout=1.8)
    (tmp_path / "b").mkdir()
    async with (
        tako(tmp_path, provider, database=database) as first,
        tako(tmp_path / "b", provider, database=database) as second,
    ):
        told, _ = await flood(upstream, [first, second], 60)
    # How many get in depends on how long a loaded database takes to answer sixty of them; that no second saw more than
    # three of them does not.
    assert set(told) == {"OK", "PROVIDER_RATE_LIMITED"}
    assert told["OK"] >= 6
    assert busiest(upstream.came, 1 - TOLERANCE) <= 3
