"""Two servers on one PostgreSQL are one service."""

from __future__ import annotations

from pathlib import Path

import grpc

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tests.cache.support import until
from tests.faults.serving import SEARCH, tako
from tests.faults.upstream import Upstream, library, says
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
