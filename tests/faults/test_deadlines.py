"""Whoever gives little time gets what there is in it; whoever goes away lets upstream go too."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import grpc
import pytest

from tako.v1.answers_pb2 import ProviderOutcome, SearchEvent, SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.catalog_service_pb2 import CatalogSearchRequest
from tests.cache.support import until
from tests.faults.serving import SEARCH, Stopwatch, Tako, age, tako
from tests.faults.upstream import Upstream, drips, hangs, library, listening, well
from tests.rpc.harness import page, provider

DEADLINE = 1.0


async def good(ask: Any) -> Any:
    """A provider that is well."""
    return page("well")


@pytest.mark.parametrize("behaviour", [hangs, drips], ids=["hangs", "drips"])
async def test_a_fan_out_answers_with_what_it_has_before_the_deadline(
    tmp_path: Path, upstream: Upstream, behaviour: Any
) -> None:
    upstream.behaviour = behaviour
    async with tako(tmp_path, library(upstream), provider("shelf", good)) as server:
        watch = Stopwatch()
        asked = await server.search("dune", timeout=DEADLINE)
        assert watch.seconds < DEADLINE
        assert asked.code is grpc.StatusCode.OK
        told = {outcome.provider: outcome.status for outcome in asked.answer.outcomes}
        assert told == {"library": ProviderOutcome.TIMEOUT, "shelf": ProviderOutcome.OK}
        assert [item.title for item in asked.answer.items] == ["well"]
        await until(lambda: upstream.left == 1)


async def test_alone_it_is_an_error_within_the_deadline(tmp_path: Path, upstream: Upstream) -> None:
    upstream.behaviour = hangs
    async with tako(tmp_path, library(upstream)) as server:
        asked = await server.search("dune", timeout=DEADLINE)
    assert (asked.code, asked.reason) == (grpc.StatusCode.DEADLINE_EXCEEDED, "DEADLINE")


async def test_an_older_answer_comes_within_the_deadline(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        await server.search("dune")
    age(tmp_path)
    upstream.behaviour = hangs
    async with tako(tmp_path, library(upstream)) as server:
        watch = Stopwatch()
        asked = await server.search("dune", timeout=DEADLINE)
        assert watch.seconds < DEADLINE
        assert [item.title for item in asked.answer.items] == ["dune 1a", "dune 1b"]
        assert asked.answer.outcomes[0].status == ProviderOutcome.STALE
        assert asked.answer.outcomes[0].reason == "DEADLINE"
        await until(lambda: upstream.left == 1)


async def test_a_later_upstream_page_that_hangs_leaves_the_first(tmp_path: Path, upstream: Upstream) -> None:
    async def second_hangs(request: Any) -> Any:
        return await (well if request.query["page"] == "1" else hangs)(request)

    upstream.behaviour = second_hangs
    async with tako(tmp_path, library(upstream)) as server:
        asked = await server(SEARCH, BooksSearchRequest(query="dune", page_size=4), SearchResponse, DEADLINE)
    assert [item.title for item in asked.answer.items] == ["dune 1a", "dune 1b"]
    assert asked.answer.next_page_token
    (outcome,) = asked.answer.outcomes
    assert (outcome.status, outcome.reason, outcome.more) == (ProviderOutcome.OK, "DEADLINE", True)


async def test_a_caller_that_goes_away_frees_every_upstream(tmp_path: Path, upstream: Upstream) -> None:
    upstream.behaviour = hangs
    async with listening() as another:
        another.behaviour = drips
        async with tako(tmp_path, library(upstream), library(another, "other")) as server:
            call = asyncio.create_task(server.search("dune"))
            await until(lambda: upstream.requests == another.requests == 1)
            call.cancel()
            await until(lambda: upstream.left == another.left == 1)
            await asyncio.wait([call])


async def test_a_stream_that_is_left_frees_its_upstreams(tmp_path: Path, upstream: Upstream) -> None:
    upstream.behaviour = hangs
    async with tako(tmp_path, library(upstream), provider("shelf", good)) as server:
        stream: Any = server.channel.unary_stream(
            "/tako.v1.CatalogService/SearchStream",
            request_serializer=CatalogSearchRequest.SerializeToString,
            response_deserializer=SearchEvent.FromString,
        )(CatalogSearchRequest(query="dune", domains=["books"]))
        assert (await stream.read()).HasField("started")
        assert (await stream.read()).items.items[0].title == "well"
        await until(lambda: upstream.requests == 1)
        stream.cancel()
        await until(lambda: upstream.left == 1)


async def test_a_server_that_ends_frees_its_upstreams(tmp_path: Path, upstream: Upstream) -> None:
    upstream.behaviour = hangs
    async with AsyncExitStack() as outlives:
        async with tako(tmp_path, library(upstream), TAKO_SHUTDOWN_GRACE="0") as server:
            channel = await outlives.enter_async_context(grpc.aio.insecure_channel(server.ready.grpc_address))
            call = asyncio.create_task(Tako(channel, server.ready).search("dune", timeout=30))
            await until(lambda: upstream.requests == 1)
            watch = Stopwatch()
        assert watch.seconds < 5
        await until(lambda: upstream.left == 1)
        told = await call
        assert (told.code, told.reason) == (grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN")
