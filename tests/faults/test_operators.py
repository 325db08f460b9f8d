"""What an operator does at one of two servers on one PostgreSQL holds at the other within seconds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
from google.protobuf.message import Message

from tako.v1 import admin_service_pb2 as admin
from tests.cache.support import until
from tests.faults.serving import Tako, tako
from tests.faults.upstream import Upstream, library
from tests.postgres import Database, PostgresServer
from tests.rpc.harness import Asked

TOKEN = "planted"
SECONDS = 6.0
"""Within which the other server knows: it looks every two."""


async def told(server: Tako, request: Message) -> Asked:
    """What AdminService answers."""
    name = type(request).__name__.removesuffix("Request")
    answer: type[Message] = getattr(admin, f"{name}Response")
    return await server(f"AdminService/{name}", request, answer, authorization=f"Bearer {TOKEN}")


@pytest.fixture
async def two(tmp_path: Path, upstream: Upstream, database: Database) -> AsyncIterator[tuple[Tako, Tako]]:
    """Two servers with the same provider, which run no jobs by the clock."""
    async with (
        tako(tmp_path, library(upstream), database=database, TAKO_ADMIN_TOKEN=TOKEN) as first,
        tako(tmp_path, library(upstream), database=database, TAKO_ADMIN_TOKEN=TOKEN) as second,
    ):
        yield first, second


async def test_a_provider_that_one_switches_off_is_off_at_the_other(two: tuple[Tako, Tako]) -> None:
    first, second = two
    assert (await second.search("dune")).code is grpc.StatusCode.OK
    assert (await told(first, admin.DisableProviderRequest(provider="library"))).code is grpc.StatusCode.OK
    assert (await first.search("dune")).reason == "PROVIDER_DISABLED"

    async def is_off() -> bool:
        return (await second.search("dune")).reason == "PROVIDER_DISABLED"

    await until(is_off, SECONDS)
    assert (await told(second, admin.EnableProviderRequest(provider="library"))).code is grpc.StatusCode.OK
    assert (await second.search("dune")).code is grpc.StatusCode.OK

    async def is_on() -> bool:
        return (await first.search("dune")).code is grpc.StatusCode.OK

    await until(is_on, SECONDS)


async def test_what_one_purges_the_other_forgets(two: tuple[Tako, Tako], upstream: Upstream) -> None:
    first, second = two
    for server in two:
        await server.search("dune")
    assert upstream.requests == 1

    async def kept() -> bool:
        return bool((await told(first, admin.GetCacheStatsRequest())).answer.total.entries == 1)

    await until(kept)
    stats = (await told(second, admin.GetCacheStatsRequest())).answer
    assert (stats.store, stats.store_available, stats.memory.entries) == (admin.Store.POSTGRESQL, True, 2)
    assert (stats.pool.max, stats.pool.waiting) == (10, 0)
    assert stats.pool.size >= stats.pool.idle >= 1
    assert (await told(first, admin.PurgeCacheRequest(provider="library"))).answer.purged == 1

    async def forgotten() -> bool:
        return bool((await told(second, admin.GetCacheStatsRequest())).answer.memory.entries == 0)

    await until(forgotten, SECONDS)
    assert (await second.search("dune")).trailers["tako-cache"] == "miss"
    assert upstream.requests == 2
    await until(kept)  # written behind the answer
    assert (await first.search("dune")).trailers["tako-cache"] == "hit"


async def test_a_job_runs_at_one_of_them_at_a_time(two: tuple[Tako, Tako]) -> None:
    first, second = two
    run = (await told(first, admin.RunJobRequest(job="statistics"))).answer.run
    assert run.outcome == admin.JobRun.RUNNING

    async def ended() -> bool:
        jobs = (await told(second, admin.ListJobsRequest())).answer.jobs
        return [job.runs[0].outcome for job in jobs if job.id == "statistics"] == [admin.JobRun.SUCCEEDED]

    await until(ended)
    jobs = {job.id: job for job in (await told(second, admin.ListJobsRequest())).answer.jobs}
    assert jobs["statistics"].runs[0].runner == run.runner
    assert not jobs["statistics"].running


@pytest.mark.timeout(90)
async def test_a_database_that_dies_stops_the_jobs_and_one_that_returns_starts_them(
    tmp_path: Path, upstream: Upstream, postgres_to_kill: PostgresServer
) -> None:
    postgres_to_kill.start()
    database = Database(postgres_to_kill.port, "postgres")
    async with tako(tmp_path, library(upstream), database=database, TAKO_ADMIN_TOKEN=TOKEN, TAKO_JOBS="true") as server:

        async def leads() -> bool:
            return bool((await told(server, admin.ListJobsRequest())).answer.leader)

        await until(leads, 20)
        postgres_to_kill.kill()

        async def is_away() -> bool:
            return (await told(server, admin.ListJobsRequest())).reason == "STORE_UNAVAILABLE"

        await until(is_away, 20)
        assert (await server.search("dune")).code is grpc.StatusCode.OK
        assert not (await told(server, admin.GetCacheStatsRequest())).answer.store_available
        assert (await told(server, admin.PurgeCacheRequest(all=True))).reason == "STORE_UNAVAILABLE"
        postgres_to_kill.start()

        async def leads_again() -> bool:
            asked = await told(server, admin.ListJobsRequest())
            return asked.code is grpc.StatusCode.OK and bool(asked.answer.leader)

        await until(leads_again, 40)
