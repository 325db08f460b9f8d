"""What /metrics tells of calls, of each level of the cache, of providers, of the store; and that the page lists all."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import grpc
import pytest

from tako_providers.sdk import Access, Limit, Ttl
from tests.cache.support import until
from tests.faults.serving import Tako, age, tako
from tests.faults.upstream import Upstream, library, says, well
from tests.observe.exposition import exposition
from tests.postgres import Database, PostgresServer

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"
ROW = re.compile(r"^\| `([a-z_]+)` \| ((?:`[a-z_]+` ?)*)\|", re.MULTILINE)
SEARCH = {"grpc_service": "tako.v1.BooksService", "grpc_method": "Search", "grpc_type": "unary"}


def listed() -> dict[str, set[str]]:
    """Names and labels on the page."""
    return {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in ROW.findall(PAGE.read_text())}


async def busy(server: Tako, upstream: Upstream) -> None:
    """A little of everything."""
    await server.search("dune")
    await server.search("dune")
    upstream.behaviour = says(500)
    await server.search("broken")
    upstream.behaviour = well
    await until(lambda: _idle(server))  # a caller hears of an error before its call has ended


async def _idle(server: Tako) -> bool:
    return (await exposition(server)).value("tako_calls_in_flight") == 0


async def test_the_page_lists_what_a_server_tells(tmp_path: Path, upstream: Upstream, database: Database) -> None:
    async with tako(tmp_path, library(upstream), database=database, TAKO_JOBS="true") as server:
        await busy(server, upstream)
        told = await exposition(server)
    page = listed()
    assert told.names == set(page)
    assert {name: page[name] for name in told.labels} == told.labels


async def test_calls_are_counted_under_the_usual_names(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        await busy(server, upstream)
        told = await exposition(server)
    assert told.value("grpc_server_started_total", **SEARCH) == 3
    assert told.value("grpc_server_handled_total", **SEARCH, grpc_code="OK") == 2
    assert told.value("grpc_server_handled_total", **SEARCH, grpc_code="UNAVAILABLE") == 1
    assert told.value("grpc_server_handling_seconds_count", **SEARCH) == 3
    assert told.value("grpc_server_handling_seconds_bucket", **SEARCH, le="120.0") == 3
    assert told.value("tako_answer_seconds_count", state="hit") == 1
    assert told.value("tako_answer_seconds_count", state="miss") == 1
    assert told.value("tako_calls_in_flight") == 0
    assert told.value("tako_calls_in_flight_max") == 1000


async def test_a_call_that_is_given_up_is_counted(tmp_path: Path, upstream: Upstream) -> None:
    gate = asyncio.Event()

    async def waits(request: object) -> object:
        gate.set()
        await asyncio.Event().wait()
        raise AssertionError

    upstream.behaviour = waits  # type: ignore[assignment] # it never answers
    async with tako(tmp_path, library(upstream)) as server:
        call = asyncio.create_task(server.search("dune"))
        await gate.wait()
        assert (await exposition(server)).value("tako_calls_in_flight") == 1
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        await until(lambda: _cancelled(server))


async def _cancelled(server: Tako) -> bool:
    told = await exposition(server)
    return (
        'grpc_code="CANCELLED"' in told.text
        and 'tako_provider_answers_total{outcome="CANCELLED",provider="library"}' in told.text
        and 'tako_upstream_requests_total{provider="library",status="cancelled"}' in told.text
    )


async def test_each_level_of_the_cache_is_counted(tmp_path: Path, upstream: Upstream) -> None:
    provider = library(upstream, ttl=Ttl(search=600))
    async with tako(tmp_path, provider) as server:
        await server.search("dune")
        await server.search("dune")
        await server.search("dune", "library")  # another request, the same question to the provider
        told = await exposition(server)
    levels = [("whole", "hit"), ("whole", "miss"), ("l1", "hit"), ("l1", "miss"), ("l2", "hit"), ("l2", "miss")]
    assert [told.value("tako_cache_lookups_total", level=level, result=result) for level, result in levels] == [
        *(1, 2),
        *(1, 1),
        *(0, 1),
    ]
    assert told.value("tako_cache_memory_entries", level="whole") == 2
    assert told.value("tako_cache_memory_entries", level="l1") == 1
    assert 0 < told.value("tako_cache_memory_bytes", level="l1") < told.value("tako_cache_memory_max_bytes", level="l1")
    async with tako(tmp_path, provider) as server:
        await server.search("dune")
        told = await exposition(server)
    assert told.value("tako_cache_lookups_total", level="l2", result="hit") == 1
    age(tmp_path)
    upstream.behaviour = says(500)
    async with tako(tmp_path, provider) as server:
        await server.search("dune")
        told = await exposition(server)
    assert told.value("tako_cache_lookups_total", level="l2", result="stale") == 1
    assert told.value("tako_cache_answers_total", part="whole", state="stale") == 1


async def test_a_provider_is_seen_from_three_sides(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        await asyncio.gather(*(server.search("dune") for _ in range(5)))
        upstream.behaviour = says(404)
        await server.search("nothing")
        told = await exposition(server)
    assert told.value("tako_provider_answers_total", provider="library") == 6
    assert told.value("tako_provider_answers_total", provider="library", outcome="ITEM_NOT_FOUND") == 1
    assert told.value("tako_provider_requests_total", provider="library", operation="search") == 2
    assert told.value("tako_upstream_requests_total", provider="library", status="2xx") == 1
    assert told.value("tako_upstream_requests_total", provider="library", status="4xx") == 1
    assert told.value("tako_provider_request_seconds_count", provider="library", access="direct") == 2
    assert told.value("tako_provider_usable", provider="library") == 1
    assert told.value("tako_provider_last_success_timestamp_seconds", provider="library") > 1.7e9


async def test_who_waits_for_the_limit_and_who_is_refused(tmp_path: Path, upstream: Upstream) -> None:
    slow = library(upstream, limits=(Limit(2, 20),))
    async with tako(tmp_path, slow) as server:
        answers = [await server.search(f"dune {n}") for n in range(3)]
        assert answers[-1].code is grpc.StatusCode.RESOURCE_EXHAUSTED
        told = await exposition(server)
    assert told.value("tako_limiter_starts_total", provider="library") == 2
    assert told.value("tako_limiter_refusals_total", provider="library") == 1
    assert told.value("tako_limiter_waited_seconds_total", provider="library") < 5


async def test_a_provider_that_is_left_alone_says_until_when(tmp_path: Path, upstream: Upstream) -> None:
    upstream.behaviour = says(429, headers={"Retry-After": "120"})
    async with tako(tmp_path, library(upstream), library(upstream, "other")) as server:
        await server.search("dune", "library")
        told = await exposition(server)
    assert told.value("tako_provider_suspended", provider="library") == 1
    assert told.value("tako_provider_suspended", provider="other") == 0
    assert told.value("tako_provider_suspended_until_timestamp_seconds", provider="library") > 1.7e9
    assert 'tako_provider_suspended_until_timestamp_seconds{provider="other"}' not in told.text


async def test_who_lacks_a_browser_is_not_usable(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream, access=Access.BROWSER), library(upstream, "other")) as server:
        told = await exposition(server)
    assert [told.value("tako_provider_usable", provider=name) for name in ("library", "other")] == [0, 1]


async def test_the_database_is_seen_to_go_and_come(
    tmp_path: Path, upstream: Upstream, postgres_to_kill: PostgresServer
) -> None:
    postgres_to_kill.start()
    database = Database(postgres_to_kill.port, "postgres")
    async with tako(tmp_path, library(upstream), database=database) as server:
        await until(lambda: _store_up(server, 1))  # a busy machine connects behind the start
        await server.search("dune")
        told = await exposition(server)
        assert told.value("tako_postgres_acquired_total") > 0
        assert told.value("tako_postgres_connections_max") == 10
        assert told.value("tako_postgres_connections") >= 2
        postgres_to_kill.kill()
        await server.search("messiah")
        await until(lambda: _store_up(server, 0), 20)
        postgres_to_kill.start()
        await until(lambda: _store_up(server, 1), 20)


async def _store_up(server: Tako, value: float) -> bool:
    return (await exposition(server)).value("tako_store_up", store="postgresql") == value


async def test_a_loop_that_is_held_up_is_seen(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:

        async def seen() -> bool:
            time.sleep(0.8)  # noqa: ASYNC251 - what nothing but this test may do
            await asyncio.sleep(0.05)
            told = await exposition(server)
            return told.value("tako_loop_lag_seconds_count") > told.value("tako_loop_lag_seconds_bucket", le="0.1")

        await until(seen)


@pytest.mark.parametrize("jobs", [True, False])
async def test_jobs_by_the_clock_say_how_often(tmp_path: Path, upstream: Upstream, jobs: bool) -> None:
    async with tako(tmp_path, library(upstream), TAKO_JOBS=str(jobs).lower()) as server:
        told = await exposition(server)
    if not jobs:
        assert "tako_job_interval_seconds{" not in told.text
        return
    assert told.value("tako_job_interval_seconds", job_id="statistics") == 3600
    assert told.value("tako_job_interval_seconds", job_id="refresh-expired") == 6 * 3600
    assert told.value("tako_job_interval_seconds", job_id="popular") in (23 * 3600, 24 * 3600, 25 * 3600)
    assert told.value("tako_job_runs_total", job_id="popular", outcome="FAILED") == 0


async def test_the_disk_of_the_embedded_store_is_seen(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        told = await exposition(server)
    assert 0 < told.value("tako_store_disk_free_bytes") <= told.value("tako_store_disk_bytes")
    assert told.value("tako_store_up", store="sqlite") == 1
