"""What callers see of the cache: through gRPC, and through a real Envoy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import grpc

from tako.v1.answers_pb2 import ProviderOutcome, SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Ttl
from tests.cache.support import until
from tests.conftest import require_tool
from tests.faults.serving import SEARCH, Tako, age, tako
from tests.faults.upstream import Upstream, hangs, library, says, well
from tests.rpc.harness import Asked, page, provider

TOKEN = "an admin's token of a test"
KEY = "a caller's key of a test"


async def demanding(server: Tako, *, max_age: int | None = None, refresh: bool = False, **metadata: str) -> Asked:
    """A search by one who does not take any answer."""
    request = BooksSearchRequest(query="dune", page_size=2, refresh=refresh)
    if max_age is not None:
        request.max_age.seconds = max_age
    return await server(SEARCH, request, SearchResponse, 10, **metadata)


def state(asked: Asked) -> str:
    """Where an answer came from."""
    assert asked.code is grpc.StatusCode.OK, asked.status
    assert int(asked.trailers["tako-age"]) >= 0
    return str(asked.trailers["tako-cache"])


async def test_miss_then_hit_with_the_same_bytes(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        (first, told), (second, told_again) = await server.raw("dune"), await server.raw("dune")
    assert (told["tako-cache"], told_again["tako-cache"]) == ("miss", "hit")
    assert first == second
    assert not SearchResponse.FromString(second).freshness.stale


async def test_a_restart_is_a_hit(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        before = await server.search("dune")
    async with tako(tmp_path, library(upstream)) as server:
        after = await server.search("dune")
        token = before.answer.next_page_token
        follow = await server(SEARCH, BooksSearchRequest(query="dune", page_size=2, page_token=token), SearchResponse)
    assert (state(before), state(after)) == ("miss", "hit")
    assert after.answer.items == before.answer.items
    assert after.answer.freshness == before.answer.freshness
    assert [item.title for item in follow.answer.items] == ["dune 2a", "dune 2b"]
    assert upstream.requests == 2


async def test_stale_at_once_then_refreshed(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream, ttl=Ttl(search=600))) as server:
        await server.search("dune")
    age(tmp_path, 3600)
    gate = asyncio.Event()

    async def slowly(request: Any) -> Any:
        await gate.wait()
        return await well(request)

    upstream.behaviour = slowly
    async with tako(tmp_path, library(upstream, ttl=Ttl(search=600))) as server:
        stale = await server.search("dune", timeout=2)
        assert state(stale) == "stale"
        assert 3600 <= int(stale.trailers["tako-age"]) < 3700
        assert stale.answer.freshness.stale
        (outcome,) = stale.answer.outcomes
        assert (outcome.status, outcome.reason) == (ProviderOutcome.STALE, "")
        gate.set()

        async def refreshed() -> bool:
            return state(await server.search("dune")) == "hit"

        await until(refreshed)
        assert not (await server.search("dune")).answer.freshness.stale
    assert upstream.requests == 2


async def test_whoever_is_unknown_may_not_burn_the_upstreams_limits(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream), TAKO_ADMIN_TOKEN=TOKEN) as server:
        assert state(await demanding(server)) == "miss"
        assert state(await demanding(server, max_age=1)) == "hit"  # counts as a minute
        refused = await demanding(server, refresh=True)
        assert (refused.code, refused.reason) == (grpc.StatusCode.UNAUTHENTICATED, "ADMIN_TOKEN_REQUIRED")
        assert upstream.requests == 1
        assert state(await demanding(server, refresh=True, authorization=f"Bearer {TOKEN}")) == "miss"
        assert state(await demanding(server, max_age=0, authorization=f"Bearer {TOKEN}")) == "miss"
        assert upstream.requests == 3
    age(tmp_path, 61)
    async with tako(tmp_path, library(upstream)) as server:
        assert state(await demanding(server)) == "hit"
        assert state(await demanding(server, max_age=120)) == "hit"
        assert state(await demanding(server, max_age=1)) == "miss"
        assert state(await demanding(server, max_age=1)) == "hit"
    assert upstream.requests == 4


async def test_who_has_a_key_may_refresh(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream), TAKO_API_KEYS=KEY) as server:
        assert state(await demanding(server, x_api_key=KEY)) == "miss"
        assert state(await demanding(server, x_api_key=KEY)) == "hit"
        assert state(await demanding(server, x_api_key=KEY, refresh=True)) == "miss"
        upstream.behaviour = says(body=b"{")
        stale = await demanding(server, x_api_key=KEY, refresh=True)
        assert state(stale) == "stale"
        assert stale.answer.outcomes[0].reason == "PROVIDER_SHAPE_CHANGED"
        assert state(await demanding(server, x_api_key=KEY)) == "hit"


async def test_a_whole_is_not_kept_when_a_provider_failed(tmp_path: Path, upstream: Upstream) -> None:
    async def good(ask: Any) -> Any:
        return page("well")

    upstream.behaviour = says(body=b"{")
    async with tako(tmp_path, library(upstream), provider("shelf", good)) as server:
        half = await server.search("dune")
        assert [item.title for item in half.answer.items] == ["well"]
        upstream.behaviour = well
        whole = await server.search("dune")
        assert {outcome.status for outcome in whole.answer.outcomes} == {ProviderOutcome.OK}
        assert (state(whole), state(await server.search("dune"))) == ("miss", "hit")
    assert upstream.requests == 2


async def test_who_is_switched_off_is_not_answered_from_the_cache(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        await server.search("dune")
    async with tako(tmp_path, library(upstream), TAKO_PROVIDERS_DISABLED="library") as server:
        asked = await server.search("dune")
    assert (asked.code, asked.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "PROVIDER_DISABLED")


async def test_not_found_is_told_although_there_was_something(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        await server.search("dune")
    age(tmp_path)
    upstream.behaviour = says(404)
    async with tako(tmp_path, library(upstream)) as server:
        asked = await server.search("dune")
    assert (asked.code, asked.reason) == (grpc.StatusCode.NOT_FOUND, "ITEM_NOT_FOUND")


async def test_a_store_that_keeps_nothing_still_remembers(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream), TAKO_STORE="none") as server:
        assert [state(await server.search("dune")) for _ in range(2)] == ["miss", "hit"]
    assert not (tmp_path / "tako.db").exists()


async def test_metrics_count_the_cache_and_the_providers(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server, aiohttp.ClientSession() as session:
        for _ in range(3):
            await server.search("dune")
        async with session.get(f"http://{server.ready.http_address}/metrics") as answer:
            text = await answer.text()
    for line in (
        'tako_cache_answers_total{part="whole",state="hit"} 2.0',
        'tako_cache_answers_total{part="whole",state="miss"} 1.0',
        'tako_cache_answers_total{part="provider",state="miss"} 1.0',
        'tako_provider_requests_total{operation="search",outcome="OK",provider="library"} 1.0',
    ):
        assert line in text


async def test_rest_tells_it_in_headers(tmp_path: Path, upstream: Upstream) -> None:
    require_tool("envoy")
    async with tako(tmp_path, library(upstream, ttl=Ttl(search=600))) as server:
        await server.search("old")
    age(tmp_path, 3600)
    async with (
        tako(tmp_path, library(upstream, ttl=Ttl(search=600)), rest=True) as server,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
    ):
        url = f"{server.ready.rest_url}/v1/books/search"

        async def get(query: str) -> tuple[int, Callable[[str], str | None], bytes]:
            async with session.get(url, params={"query": query, "pageSize": "2"}) as answer:
                return answer.status, answer.headers.get, await answer.read()

        first, second, old = await get("dune"), await get("dune"), await get("old")
        assert [status for status, _, _ in (first, second, old)] == [200] * 3
        assert [header("tako-cache") for _, header, _ in (first, second, old)] == ["miss", "hit", "stale"]
        assert [header("tako-age") for _, header, _ in (first, second)] == ["0", "0"]
        assert int(old[1]("tako-age") or 0) >= 3600
        assert first[2] == second[2]
        await until(lambda: upstream.requests == 3)  # the old answer has been renewed behind its caller
        upstream.behaviour = says(429, headers={"Retry-After": "50"})
        limited = await get("emma")
        assert (limited[0], limited[1]("retry-after")) == (429, "50")
        # A REST caller that goes away lets upstream go too.
        await until(lambda: upstream.requests == 4)
        upstream.behaviour = hangs
    async with (
        tako(tmp_path / "new", library(upstream), rest=True) as server,
        aiohttp.ClientSession() as session,
    ):
        call = asyncio.create_task(session.get(f"{server.ready.rest_url}/v1/books/search?query=dune"))
        await until(lambda: upstream.requests == 5)
        call.cancel()
        await until(lambda: upstream.left == 1)
