"""Of a thousand that ask the same at once, one asks upstream: through a real server, on every store."""

from __future__ import annotations

import asyncio
from pathlib import Path

import grpc
import pytest
from aiohttp import web

from tako_providers.sdk import Provider, Ttl
from tests.cache.support import until
from tests.faults.serving import kept, tako
from tests.faults.upstream import Upstream, gated, hangs, library, says, well
from tests.postgres import Database

MANY = 1000


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
@pytest.mark.parametrize("speed", ["at once", "slowly"])
async def test_a_thousand_cold_calls_are_one_request_and_one_row(
    tmp_path: Path, upstream: Upstream, database: Database, store: str, speed: str
) -> None:
    async def slowly(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.3)
        return await well(request)

    upstream.behaviour = well if speed == "at once" else slowly
    shared = database if store == "postgresql" else None
    async with tako(tmp_path, library(upstream), database=shared) as server:
        answers = await asyncio.gather(*(server.search("dune", timeout=30) for _ in range(MANY)))
    assert {asked.code for asked in answers} == {grpc.StatusCode.OK}
    assert {tuple(item.title for item in asked.answer.items) for asked in answers} == {("dune 1a", "dune 1b")}
    assert upstream.requests == 1
    if store == "sqlite":
        assert kept(tmp_path) == [("library", 0)]
    else:
        assert database.psql("SELECT provider, refresh_count FROM discovery_cache") == "library|0"


async def test_many_who_find_an_expired_answer_refresh_it_once(tmp_path: Path, upstream: Upstream) -> None:
    gate = asyncio.Event()
    async with tako(tmp_path, library(upstream, ttl=Ttl(search=1))) as server:
        await server.search("dune")
        await asyncio.sleep(1)
        upstream.behaviour = gated(gate)
        answers = await asyncio.gather(*(server.search("dune") for _ in range(100)))
        assert {asked.trailers["tako-cache"] for asked in answers} == {"stale"}
        gate.set()

        async def refreshed() -> bool:
            return bool((await server.search("dune")).trailers["tako-cache"] == "hit")

        await until(refreshed)
    assert upstream.requests == 2
    assert kept(tmp_path) == [("library", 1)]


async def test_the_first_may_go_and_the_others_are_answered(tmp_path: Path, upstream: Upstream) -> None:
    gate = asyncio.Event()
    upstream.behaviour = gated(gate)
    async with tako(tmp_path, library(upstream)) as server:
        first = asyncio.create_task(server.search("dune"))
        await until(lambda: upstream.requests == 1)
        others = [asyncio.create_task(server.search("dune")) for _ in range(20)]
        await asyncio.sleep(0.1)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        await asyncio.sleep(0.05)
        gate.set()
        assert {asked.code for asked in await asyncio.gather(*others)} == {grpc.StatusCode.OK}
    assert (upstream.requests, upstream.left) == (1, 0)


async def test_when_all_go_upstream_sees_it(tmp_path: Path, upstream: Upstream) -> None:
    upstream.behaviour = hangs
    async with tako(tmp_path, library(upstream)) as server:
        callers = [asyncio.create_task(server.search("dune")) for _ in range(20)]
        await until(lambda: upstream.requests == 1)
        await asyncio.sleep(0.1)
        for caller in callers[1:]:
            caller.cancel()
        await asyncio.wait(callers[1:])
        await asyncio.sleep(0.1)
        assert upstream.left == 0
        callers[0].cancel()
        await until(lambda: upstream.left == 1)
        await asyncio.wait(callers)
        upstream.behaviour = well
        assert (await server.search("dune")).code is grpc.StatusCode.OK
    assert upstream.requests == 2


async def test_an_error_reaches_all_and_is_not_kept(tmp_path: Path, upstream: Upstream) -> None:
    gate = asyncio.Event()

    async def broken(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return await says(body=b"{")(request)

    upstream.behaviour = broken
    async with tako(tmp_path, library(upstream)) as server:
        callers = [asyncio.create_task(server.search("dune")) for _ in range(50)]
        await until(lambda: upstream.requests == 1)
        await asyncio.sleep(0.2)
        gate.set()
        told = {(asked.code, asked.reason) for asked in await asyncio.gather(*callers)}
        assert told == {(grpc.StatusCode.INTERNAL, "PROVIDER_SHAPE_CHANGED")}
        assert upstream.requests == 1
        upstream.behaviour = well
        assert (await server.search("dune")).trailers["tako-cache"] == "miss"
    assert kept(tmp_path) == [("library", 0)]


async def test_what_differs_is_asked_by_itself(tmp_path: Path, upstream: Upstream) -> None:
    other: Provider = library(upstream, "other")
    async with tako(tmp_path, library(upstream), other) as server:
        await asyncio.gather(*(server.search(query) for query in ("dune", "emma") for _ in range(10)))
    assert upstream.requests == 4
    # A write that a busy moment held up is done again: how often says nothing here.
    assert sorted(name for name, _ in kept(tmp_path)) == ["library"] * 2 + ["other"] * 2
