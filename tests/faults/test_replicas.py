"""Two servers on one PostgreSQL are one service."""

from __future__ import annotations

import asyncio
from pathlib import Path

import grpc
import pytest
from aiohttp import web

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Ttl
from tako_server.cache import postgres_leases as leases
from tests.cache.support import until
from tests.faults.serving import SEARCH, Stopwatch, Tako, tako
from tests.faults.upstream import Upstream, gated, library, says, well
from tests.postgres import Database


def rows(database: Database) -> int:
    """How many answers are kept."""
    return int(database.psql("SELECT count(*) FROM discovery_cache"))


async def test_what_one_fetched_the_other_knows(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    async with (
        tako(tmp_path, library(upstream), database=database) as first,
        tako(tmp_path, library(upstream), database=database) as second,
    ):
        fetched = await first.search("dune")
        await until(lambda: rows(database) == 1)
        found = await second.search("dune")
        assert (fetched.trailers["tako-cache"], found.trailers["tako-cache"]) == ("miss", "hit")
        assert found.answer.items == fetched.answer.items
        assert upstream.requests == 1
        follow = BooksSearchRequest(query="dune", page_size=2, page_token=fetched.answer.next_page_token)
        on_second = await second(SEARCH, follow, SearchResponse)
        assert [item.title for item in on_second.answer.items] == ["dune 2a", "dune 2b"]
        assert (await first(SEARCH, follow, SearchResponse)).answer.items == on_second.answer.items


async def test_both_start_at_once_on_an_empty_database(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    async with tako(tmp_path, library(upstream), database=database) as first:
        token = (await first.search("dune")).answer.next_page_token
    async with tako(tmp_path, library(upstream), database=database) as restarted:
        follow = BooksSearchRequest(query="dune", page_size=2, page_token=token)
        assert (await restarted(SEARCH, follow, SearchResponse)).code is grpc.StatusCode.OK
        assert (await restarted.search("dune")).trailers["tako-cache"] == "hit"


async def test_a_suspension_outlives_a_restart(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    upstream.behaviour = says(429, headers={"Retry-After": "600"})
    async with tako(tmp_path, library(upstream), database=database) as server:
        assert (await server.search("dune")).reason == "PROVIDER_RATE_LIMITED"
        assert (await server.search("emma")).reason == "PROVIDER_SUSPENDED"
    async with tako(tmp_path, library(upstream), database=database) as server:
        assert (await server.search("emma")).reason == "PROVIDER_SUSPENDED"
    assert upstream.requests == 1


async def test_the_commands_that_operators_use(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    async with tako(tmp_path, library(upstream), database=database) as server:
        await server.search("dune")
        await server.search("emma")
        await until(lambda: rows(database) == 2)
    assert database.psql("SELECT provider, COUNT(*) FROM discovery_cache GROUP BY provider") == "library|2"
    database.psql("UPDATE discovery_cache SET created_at = created_at - INTERVAL '91 days'")
    database.psql("DELETE FROM discovery_cache WHERE created_at < NOW() - INTERVAL '90 days'")
    assert rows(database) == 0


# --- one fetches, the others wait ---


def held(database: Database) -> int:
    """How many leases there are."""
    return int(database.psql("SELECT count(*) FROM tako_lease"))


async def test_of_two_replicas_one_asks(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    gate = asyncio.Event()
    upstream.behaviour = gated(gate)
    async with (
        tako(tmp_path, library(upstream), database=database) as first,
        tako(tmp_path, library(upstream), database=database) as second,
    ):
        callers = [asyncio.create_task(one.search("dune")) for one in (first, second) for _ in range(20)]
        await until(lambda: upstream.requests == 1)
        await asyncio.sleep(0.3)
        gate.set()
        answers = await asyncio.gather(*callers)
        assert {asked.code for asked in answers} == {grpc.StatusCode.OK}
        assert {tuple(item.title for item in asked.answer.items) for asked in answers} == {("dune 1a", "dune 1b")}
        await until(lambda: held(database) == 0)
    assert upstream.requests == 1
    assert database.psql("SELECT provider, refresh_count FROM discovery_cache") == "library|0"


async def test_a_failure_of_one_lets_the_other_try(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    gate = asyncio.Event()

    async def fails_once(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return await (says(404) if upstream.requests == 1 else well)(request)

    upstream.behaviour = fails_once
    async with (
        tako(tmp_path, library(upstream), database=database) as first,
        tako(tmp_path, library(upstream), database=database) as second,
    ):
        failing = asyncio.create_task(first.search("dune"))
        await until(lambda: upstream.requests == 1)
        waiting = asyncio.create_task(second.search("dune"))
        await asyncio.sleep(0.2)
        assert upstream.requests == 1
        gate.set()
        assert (await failing).code is grpc.StatusCode.NOT_FOUND
        assert (await waiting).code is grpc.StatusCode.OK
    assert upstream.requests == 2


async def test_a_lease_of_a_replica_that_died_ends_by_itself(
    tmp_path: Path, upstream: Upstream, database: Database
) -> None:
    async with tako(tmp_path, library(upstream), database=database) as server:
        key = await key_of(server, database)
        database.psql("DELETE FROM discovery_cache")
    leased = f"INSERT INTO tako_lease VALUES ('{key}', 'gone', clock_timestamp() + interval '1 second')"  # noqa: S608
    database.psql(leased)
    async with tako(tmp_path, library(upstream), database=database) as server:
        watch = Stopwatch()
        assert (await server.search("dune")).code is grpc.StatusCode.OK
        assert 0.5 < watch.seconds < 5
    assert upstream.requests == 2


async def test_what_takes_long_keeps_its_lease(
    tmp_path: Path, upstream: Upstream, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "SECONDS", 0.6)
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.2)
    gate = asyncio.Event()
    upstream.behaviour = gated(gate)
    async with (
        tako(tmp_path, library(upstream), database=database) as first,
        tako(tmp_path, library(upstream), database=database) as second,
    ):
        callers = [asyncio.create_task(one.search("dune")) for one in (first, second)]
        await asyncio.sleep(1.5)
        assert upstream.requests == 1
        gate.set()
        assert {asked.code for asked in await asyncio.gather(*callers)} == {grpc.StatusCode.OK}
    assert upstream.requests == 1


async def test_what_another_replica_refreshed_is_not_fetched_again(
    tmp_path: Path, upstream: Upstream, database: Database
) -> None:
    short = library(upstream, ttl=Ttl(search=3))
    async with tako(tmp_path, short, database=database) as first, tako(tmp_path, short, database=database) as second:
        await first.search("dune")
        await until(lambda: rows(database) == 1)
        await second.search("dune")
        # A third has refreshed it since; this one still has the older answer in memory.
        await asyncio.sleep(3)
        database.psql(
            "UPDATE discovery_cache SET updated_at = updated_at + interval '1 second',"
            " expires_at = expires_at + interval '1 hour'"
        )
        assert (await second.search("dune")).trailers["tako-cache"] == "stale"

        async def taken_over() -> bool:
            return bool((await second.search("dune")).trailers["tako-cache"] == "hit")

        await until(taken_over)
    assert upstream.requests == 1


async def test_every_hit_is_counted(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    async with tako(tmp_path, library(upstream), database=database) as server:
        for _ in range(10):
            await server.search("dune")
    assert database.psql("SELECT fetch_count FROM discovery_cache") == "9"


async def key_of(server: Tako, database: Database) -> str:
    """The key that the cache keeps a search under."""
    await server.search("dune")
    await until(lambda: rows(database) == 1)
    return database.psql("SELECT cache_key FROM discovery_cache")
