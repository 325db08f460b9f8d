"""PostgreSQL is killed and comes back under load; callers notice nothing."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tests.cache.support import until
from tests.faults.serving import SEARCH, Stopwatch, Tako, logged, tako
from tests.faults.upstream import Upstream, library
from tests.postgres import Database, PostgresServer

RATE = 50
"""Calls a second."""


async def serving(server: Tako) -> bool:
    """What health says."""
    check = server.channel.unary_unary(
        "/grpc.health.v1.Health/Check",
        request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
        response_deserializer=health_pb2.HealthCheckResponse.FromString,
    )
    answer = await check(health_pb2.HealthCheckRequest(), timeout=2)
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


class Load:
    """Calls at a steady rate: new questions, and every third one that was asked before."""

    def __init__(self, server: Tako) -> None:
        self._server = server
        self._calls: list[asyncio.Task[None]] = []
        self._driver = asyncio.create_task(self._drive())
        self.phase = "before"
        self.failed: list[str] = []
        self.slowest = 0.0
        self.asked: dict[str, list[str]] = {}

    async def _drive(self) -> None:
        began, number = time.monotonic(), 0
        while True:
            await asyncio.sleep(began + number / RATE - time.monotonic())
            number += 1
            query = f"{self.phase} {number if number % 3 else number - 1}"
            self.asked.setdefault(self.phase, []).append(query)
            self._calls.append(asyncio.create_task(self._call(query)))

    async def _call(self, query: str) -> None:
        watch = Stopwatch()
        asked = await self._server.search(query)
        self.slowest = max(self.slowest, watch.seconds)
        if asked.code is not grpc.StatusCode.OK or asked.answer.items[0].title != f"{query} 1a":
            self.failed.append(f"{query}: {asked.code} {asked.reason}")

    async def stop(self) -> int:
        """No new calls; the number of those that were made."""
        self._driver.cancel()
        await asyncio.gather(self._driver, return_exceptions=True)
        await asyncio.gather(*self._calls)
        return len(self._calls)


async def test_killed_and_restarted_under_load(
    tmp_path: Path, upstream: Upstream, postgres_to_kill: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres_to_kill.start()
    database = Database(postgres_to_kill.port, "postgres")
    with logged(monkeypatch) as events:

        def said(event: str) -> int:
            return sum(entry["event"] == event for entry in events)

        async with tako(tmp_path, library(upstream), database=database) as server:
            load = Load(server)
            await until(lambda: len(load.asked.get("before", ())) > RATE // 2)
            await asyncio.to_thread(postgres_to_kill.kill)
            load.phase = "away"
            await until(lambda: said("store.away") == 1)
            assert await serving(server)
            await until(lambda: len(load.asked.get("away", ())) > RATE)
            postgres_to_kill.launch()
            await asyncio.to_thread(postgres_to_kill.wait)
            await until(lambda: said("store.back") == 1)
            load.phase = "after"
            assert await serving(server)
            await until(lambda: len(load.asked.get("after", ())) > RATE // 2)
            calls = await load.stop()
    assert calls > 2 * RATE
    assert load.failed == []
    assert load.slowest < 2  # a busy machine is slow, too; the database's own patience is 4 s and more
    assert (said("store.away"), said("store.back")) == (1, 1)
    # The limiter says for itself, once, what it does without the database.
    warnings = [entry["event"] for entry in events if entry["log_level"] not in ("debug", "info")]
    assert warnings == ["store.away"]
    # What was fetched while it was away has been written when it was back.
    wanted = len(set(load.asked["away"] + load.asked["after"]))
    found = database.psql(
        "SELECT count(*) FROM discovery_cache WHERE provider = 'library' AND created_at > now() - interval '1 day'"
    )
    assert int(found) >= wanted


async def test_away_at_start(
    tmp_path: Path, upstream: Upstream, postgres_to_kill: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(postgres_to_kill.port, "postgres")
    with logged(monkeypatch) as events:

        def said(event: str) -> int:
            return sum(entry["event"] == event for entry in events)

        watch = Stopwatch()
        async with tako(tmp_path, library(upstream), database=database) as server:
            assert watch.seconds < 2
            assert await serving(server)
            assert (await server.search("dune")).code is grpc.StatusCode.OK
            assert (await server.search("dune")).trailers["tako-cache"] == "hit"
            postgres_to_kill.start()
            await until(lambda: said("store.back") == 1)
            await until(lambda: database.psql("SELECT count(*) FROM discovery_cache") == "1")
            # Pages that this server begins another one goes on with: the key of their tokens is a shared one again.
            token = (await server.search("emma")).answer.next_page_token
            follow = BooksSearchRequest(query="emma", page_size=2, page_token=token)
            async with tako(tmp_path, library(upstream), database=database) as other:
                assert (await other(SEARCH, follow, SearchResponse)).code is grpc.StatusCode.OK
        assert (said("store.away"), said("store.back")) == (1, 1)
