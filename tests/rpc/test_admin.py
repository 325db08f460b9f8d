"""AdminService from outside: what an operator sees of the cache and the jobs, and does about them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message

from tako.v1 import admin_service_pb2 as admin
from tako.v1.answers_pb2 import SearchResponse, TrendingResponse
from tako.v1.books_service_pb2 import BooksSearchRequest, BooksTrendingRequest
from tako.v1.choices_pb2 import Feed
from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import (
    GetProviderRequest,
    GetProviderResponse,
    ListProvidersRequest,
    ListProvidersResponse,
)
from tako_providers.sdk import Attribution, Domain, FeedSpec, KindSpec, Limit, Manifest, Page, Provider, Secret
from tako_providers.sdk.errors import Unreachable
from tests.cache.support import until
from tests.faults.serving import age
from tests.rpc.harness import Asked, Client, page, server

TOKEN = "planted"
SEARCH = "BooksService/Search"


class Shelf:
    """A provider of books that counts what it is asked, and can be told to fail."""

    def __init__(self, name: str, **facts: Any) -> None:
        self.asked: list[str] = []
        self.fails = False
        shelf = self

        class Made(Provider):
            manifest = Manifest(
                id=name,
                title=name.title(),
                domains=(Domain.BOOKS,),
                homepage="https://example.org",
                base_url="https://example.org",
                hosts=frozenset({"example.org"}),
                attribution=Attribution("Data from nobody", "https://example.org"),
                limits=(Limit(1000, 1),),
                kinds=(KindSpec(Item.BOOK, search=True, default=True, detail=True),),
                feeds=(FeedSpec(Feed.CHART, (Item.BOOK,)),),
                **facts,
            )

            async def search(self, ask: Any, up: Any) -> Page:
                return shelf.answer(ask.text)

            async def trending(self, ask: Any, up: Any) -> Page:
                return shelf.answer("a chart")

        self.provider = Made()

    def answer(self, text: str) -> Page:
        """The nth answer."""
        self.asked.append(text)
        if self.fails:
            raise Unreachable("no route")
        return page(f"{text} {len(self.asked)}")


class Operator:
    """Calls a server with the admin token."""

    def __init__(self, call: Client) -> None:
        self.call = call

    async def __call__(self, request: Message) -> Asked:
        """The RPC whose question this is."""
        name = type(request).__name__.removesuffix("Request")
        answer: type[Message] = getattr(admin, f"{name}Response")
        return await self.call(f"AdminService/{name}", request, answer, authorization=f"Bearer {TOKEN}")

    async def search(self, text: str, *providers: str) -> Asked:
        """As any caller."""
        return await self.call(SEARCH, BooksSearchRequest(query=text, providers=providers), SearchResponse)

    async def stats(self, provider: str = "") -> admin.GetCacheStatsResponse:
        """What the cache holds."""
        answer: admin.GetCacheStatsResponse = (await self(admin.GetCacheStatsRequest(provider=provider))).answer
        return answer

    async def kept(self, entries: int) -> None:
        """Wait until so many answers are in the store."""

        async def there() -> bool:
            return (await self.stats()).total.entries == entries

        await until(there)

    async def run(self, job: str) -> admin.JobRun:
        """Run a job to its end."""
        asked = await self(admin.RunJobRequest(job=job))
        assert asked.code is grpc.StatusCode.OK, asked.status
        assert asked.answer.run.outcome == admin.JobRun.RUNNING
        assert asked.answer.run.manual

        async def ended() -> bool:
            return not (await self.job(job)).running

        await until(ended)
        run: admin.JobRun = (await self.job(job)).runs[0]
        return run

    async def job(self, name: str) -> admin.Job:
        """One job, with its last runs."""
        listed = (await self(admin.ListJobsRequest(history=5))).answer
        (job,) = [job for job in listed.jobs if job.id == name]
        found: admin.Job = job
        return found


@asynccontextmanager
async def operated(folder: Path, *shelves: Shelf, **environment: str) -> AsyncIterator[Operator]:
    """A server with an admin token."""
    providers = [shelf.provider for shelf in shelves]
    async with server(folder, *providers, TAKO_ADMIN_TOKEN=TOKEN, **environment) as call:
        yield Operator(call)


def titles(asked: Asked) -> list[str]:
    """The titles of an answer."""
    return [item.title for item in asked.answer.items]


# --- the cache ---


async def test_statistics_tell_what_the_cache_holds(tmp_path: Path) -> None:
    async with operated(tmp_path, Shelf("books"), Shelf("other")) as operator:
        await operator.search("dune")
        await operator.search("dune")
        await operator.search("emma", "books")
        await operator.kept(3)
        told = await operator.stats()
        assert (told.store, told.store_available, told.HasField("pool")) == (admin.Store.SQLITE, True, False)
        assert [(one.provider, one.stats.entries) for one in told.providers] == [("books", 2), ("other", 1)]
        total = told.total
        assert (total.entries, total.fresh, total.expired, total.refreshes) == (3, 3, 0, 0)
        assert total.bytes > 100
        assert total.oldest.ToSeconds() <= total.newest.ToSeconds()
        assert told.memory.entries == 3 + 2  # parts, and whole answers
        assert told.memory.hits >= 1
        assert 0 < told.memory.bytes < told.memory.max_bytes == 64 * 1024 * 1024
        assert (await operator.stats("other")).total.entries == 1
        unknown = await operator(admin.GetCacheStatsRequest(provider="nobody"))
        assert (unknown.code, unknown.reason) == (grpc.StatusCode.NOT_FOUND, "PROVIDER_UNKNOWN")


async def test_a_provider_is_refreshed(tmp_path: Path) -> None:
    books, other = Shelf("books"), Shelf("other")
    async with operated(tmp_path, books, other) as operator:
        for text in ("dune", "emma"):
            await operator.search(text)
        await operator.kept(4)
        await asyncio.sleep(0.01)
        counts = (await operator(admin.RefreshProviderRequest(provider="books"))).answer.counts
        assert (counts.refreshed, counts.failed, counts.skipped) == (2, 0, 0)
        assert (len(books.asked), len(other.asked)) == (4, 2)
        some = (await operator(admin.RefreshProviderRequest(provider="books", max_entries=1))).answer.counts
        assert (some.refreshed, some.skipped) == (1, 0)
        unknown = await operator(admin.RefreshProviderRequest(provider="nobody"))
        assert unknown.reason == "PROVIDER_UNKNOWN"


async def test_only_what_has_expired_is_refreshed_and_that_used_last_comes_first(tmp_path: Path) -> None:
    books = Shelf("books")
    async with operated(tmp_path, books) as operator:
        for text in ("dune", "emma", "it"):
            await operator.search(text)
        await operator.kept(3)
    age(tmp_path)
    async with operated(tmp_path, books) as operator:
        await operator.search("new")
        await operator.kept(4)
        books.asked.clear()
        with closing(sqlite3.connect(tmp_path / "tako.db")) as connection:
            keys = [key for (key,) in connection.execute("SELECT cache_key FROM discovery_cache ORDER BY updated_at")]
            used = "UPDATE discovery_cache SET last_accessed = last_accessed + ? WHERE cache_key = ?"
            connection.executemany(used, [(n, key) for n, key in enumerate(keys[:3])])
            connection.commit()
        counts = (await operator(admin.RefreshExpiredRequest())).answer.counts
        assert (counts.refreshed, counts.failed, counts.skipped) == (3, 0, 0)
        assert books.asked == ["it", "emma", "dune"]
        await until(lambda: _refreshes(tmp_path) == 3)
        assert (await operator(admin.RefreshExpiredRequest())).answer.counts.refreshed == 0
        assert (await operator(admin.RefreshExpiredRequest(all=True))).answer.counts.refreshed == 4
        assert (await operator.search("dune")).trailers["tako-cache"] == "hit"


def _refreshes(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "tako.db")) as connection:
        ((count,),) = connection.execute("SELECT sum(refresh_count) FROM discovery_cache").fetchall()
    return int(count)


async def test_a_refresh_that_fails_leaves_what_there_is(tmp_path: Path) -> None:
    books = Shelf("books")
    async with operated(tmp_path, books) as operator:
        for text in ("dune", "emma", "it", "she", "kim"):
            await operator.search(text)
        await operator.kept(5)
    age(tmp_path)
    async with operated(tmp_path, books) as operator:
        books.fails = True
        counts = (await operator(admin.RefreshExpiredRequest())).answer.counts
        assert (counts.refreshed, counts.failed, counts.skipped) == (0, 3, 2)
        assert (await operator.stats()).total.expired == 5
        stale = await operator.search("dune")
        assert titles(stale) == ["dune 1"]
        run = await operator.run("refresh-expired")
        assert run.outcome == admin.JobRun.FAILED
        assert run.message.startswith("books: ")
        assert (await operator.stats()).total.entries == 5


async def test_what_older_versions_kept_is_skipped(tmp_path: Path) -> None:
    books = Shelf("books")
    async with operated(tmp_path, books) as operator:
        await operator.search("dune")
        await operator.search("emma")
        await operator.kept(2)
        with closing(sqlite3.connect(tmp_path / "tako.db")) as connection:
            connection.execute("UPDATE discovery_cache SET question = NULL WHERE rowid = 1")
            connection.execute("UPDATE discovery_cache SET question = x'7b7d' WHERE rowid = 2")
            connection.commit()
        counts = (await operator(admin.RefreshExpiredRequest(all=True))).answer.counts
        assert (counts.refreshed, counts.failed, counts.skipped) == (0, 0, 2)
        assert len(books.asked) == 2


@pytest.mark.parametrize(
    ("purge", "gone"),
    [
        (admin.PurgeCacheRequest(provider="books"), {"dune": 1, "emma": 1}),
        (admin.PurgeCacheRequest(older_than=Duration(seconds=3600)), {}),
        (admin.PurgeCacheRequest(older_than=Duration()), {"dune": 2, "emma": 2}),
        (admin.PurgeCacheRequest(provider="other", older_than=Duration()), {"dune": 1, "emma": 1}),
        (admin.PurgeCacheRequest(all=True), {"dune": 2, "emma": 2}),
        (admin.PurgeCacheRequest(cache_key="books:search:0"), {}),
    ],
)
async def test_what_is_purged_is_asked_for_again(
    tmp_path: Path, purge: admin.PurgeCacheRequest, gone: dict[str, int]
) -> None:
    books, other = Shelf("books"), Shelf("other")
    async with operated(tmp_path, books, other) as operator:
        for text in ("dune", "emma"):
            await operator.search(text)
        await operator.kept(4)
        assert (await operator(purge)).answer.purged == sum(gone.values())
        assert (await operator.stats()).total.entries == 4 - sum(gone.values())
        books.asked.clear()
        other.asked.clear()
        for text in ("dune", "emma"):
            await operator.search(text)
        asked = [*books.asked, *other.asked]
        assert {text: asked.count(text) for text in asked} == gone


async def test_one_entry_is_purged_by_its_key(tmp_path: Path) -> None:
    books = Shelf("books")
    async with operated(tmp_path, books) as operator:
        await operator.search("dune")
        await operator.search("emma")
        await operator.kept(2)
        with closing(sqlite3.connect(tmp_path / "tako.db")) as connection:
            ((key,),) = connection.execute("SELECT cache_key FROM discovery_cache ORDER BY updated_at LIMIT 1")
        assert (await operator(admin.PurgeCacheRequest(cache_key=key))).answer.purged == 1
        assert (await operator.search("emma")).trailers["tako-cache"] == "hit"
        assert (await operator.search("dune")).trailers["tako-cache"] == "miss"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (admin.PurgeCacheRequest(), "all"),
        (admin.PurgeCacheRequest(all=True, provider="books"), "all"),
        (admin.PurgeCacheRequest(older_than=Duration(seconds=-1)), "older_than"),
        (admin.PurgeCacheRequest(provider="BOOKS"), "provider"),
        (admin.ListJobsRequest(history=101), "history"),
        (admin.RunJobRequest(job=""), "job"),
        (admin.RefreshExpiredRequest(max_entries=-1), "max_entries"),
        (admin.DisableProviderRequest(provider="books", reason="x" * 501), "reason"),
    ],
)
async def test_a_wrong_field_is_named(tmp_path: Path, request_: Message, field: str) -> None:
    async with operated(tmp_path, Shelf("books")) as operator:
        refused = await operator(request_)
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    assert refused.status.message.startswith(f"{field}:")


# --- the jobs ---


async def test_the_nine_jobs_are_listed(tmp_path: Path) -> None:
    async with operated(tmp_path, Shelf("books"), TAKO_TIMEZONE="Europe/Paris", TAKO_JOBS="true") as operator:

        async def there() -> bool:
            return (await operator(admin.ListJobsRequest())).code is grpc.StatusCode.OK

        await until(there)  # a busy machine opens its store behind the start
        listed = (await operator(admin.ListJobsRequest())).answer
    assert [(job.id, job.schedule) for job in listed.jobs] == [
        ("tmdb-trending", "0 2 * * *"),
        ("jikan-trending", "30 2 * * *"),
        ("popular", "0 3 * * *"),
        ("igdb-popular", "30 3 * * *"),
        ("deezer-charts", "0 4 * * *"),
        ("itunes-charts", "30 4 * * *"),
        ("refresh-expired", "0 */6 * * *"),
        ("purge-old", "0 5 * * *"),
        ("statistics", "0 * * * *"),
    ]
    assert listed.timezone == "Europe/Paris"
    assert listed.leader
    assert all(job.title and job.HasField("next_run") and not job.running for job in listed.jobs)


async def test_a_feed_is_there_before_anybody_asks(tmp_path: Path) -> None:
    charts = Shelf("deezer")
    async with operated(tmp_path, charts) as operator:
        run = await operator.run("deezer-charts")
        assert (run.outcome, dict(run.counts), run.manual) == (admin.JobRun.SUCCEEDED, {"refreshed": 1}, True)
        request = BooksTrendingRequest(feed=Feed.CHART)
        found = await operator.call("BooksService/Trending", request, TrendingResponse)
        assert (titles(found), found.trailers["tako-cache"]) == (["a chart 1"], "hit")
        assert (await operator.run("deezer-charts")).outcome == admin.JobRun.SUCCEEDED
        assert charts.asked == ["a chart"] * 2
        job = await operator.job("deezer-charts")
        assert len(job.runs) == 2
        assert job.runs[0].started.ToNanoseconds() >= job.runs[1].finished.ToNanoseconds()


async def test_a_provider_without_its_key_is_no_failure(tmp_path: Path) -> None:
    charts = Shelf("deezer", secrets=(Secret("DEEZER_KEY", placeholder="x"),))
    async with operated(tmp_path, charts) as operator:
        run = await operator.run("deezer-charts")
        assert (run.outcome, dict(run.counts)) == (admin.JobRun.SUCCEEDED, {"not_configured": 1})
        assert run.message == "deezer: NOT_CONFIGURED: Deezer needs DEEZER_KEY to be set on this server"
        assert (await operator.run("tmdb-trending")).message == "tmdb: this server has no such provider"
        run = await operator.run("popular")
        assert run.outcome == admin.JobRun.SUCCEEDED


def made_long_ago(folder: Path, days: float) -> None:
    """Let everything in the store have been made so many days earlier."""
    age(folder, days * 86400)
    with closing(sqlite3.connect(folder / "tako.db")) as connection:
        connection.execute("UPDATE discovery_cache SET created_at = updated_at")
        connection.commit()


async def test_old_answers_are_purged_and_what_is_left_is_counted(tmp_path: Path) -> None:
    strict = Shelf("strict", max_stale=3600)
    async with operated(tmp_path, Shelf("books"), strict) as operator:
        await operator.search("dune")
        await operator.kept(2)
    made_long_ago(tmp_path, 3)
    async with operated(tmp_path, Shelf("books"), strict) as operator:
        run = await operator.run("purge-old")  # "strict" may not keep it for so long
        assert (run.outcome, dict(run.counts)) == (admin.JobRun.SUCCEEDED, {"purged": 1, "runs_purged": 0})
        counts = (await operator.run("statistics")).counts
        assert {name: counts[name] for name in ("entries", "expired", "providers")} == {
            "entries": 1,
            "expired": 1,
            "providers": 1,
        }
    made_long_ago(tmp_path, 88)
    async with operated(tmp_path, Shelf("books")) as operator:
        assert (await operator.run("purge-old")).counts["purged"] == 1
        assert (await operator.stats()).total.entries == 0


async def test_the_history_outlives_the_server(tmp_path: Path) -> None:
    async with operated(tmp_path, Shelf("books")) as operator:
        before = await operator.run("statistics")
    async with operated(tmp_path, Shelf("books")) as operator:
        assert (await operator.job("statistics")).runs[0] == before


async def test_a_job_that_does_not_exist(tmp_path: Path) -> None:
    async with operated(tmp_path, Shelf("books")) as operator:
        refused = await operator(admin.RunJobRequest(job="make-coffee"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.NOT_FOUND, "JOB_UNKNOWN")


# --- switches ---


async def test_a_provider_is_switched_off_and_on(tmp_path: Path) -> None:
    books = Shelf("books")
    async with operated(tmp_path, books, Shelf("other")) as operator:
        await operator.search("dune")
        await operator.kept(2)
        off = await operator(admin.DisableProviderRequest(provider="books", reason="they asked us to"))
        assert (off.answer.provider.enabled, off.answer.provider.disabled_reason) == (False, "they asked us to")
        alone = await operator.search("dune", "books")
        assert (alone.code, alone.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "PROVIDER_DISABLED")
        assert titles(await operator.search("dune")) == ["dune 1"]  # other's alone, though the whole was kept before
    async with operated(tmp_path, books, Shelf("other")) as operator:
        assert (await operator.search("dune", "books")).reason == "PROVIDER_DISABLED"
        question, answer = GetProviderRequest(provider="books"), GetProviderResponse
        told = await operator.call("ProviderService/GetProvider", question, answer)
        assert (told.answer.provider.enabled, told.answer.provider.disabled_reason) == (False, "")
        again = await operator(admin.DisableProviderRequest(provider="books", reason="another"))
        assert again.answer.provider.disabled_reason == "another"
        listed = await operator.call(
            "ProviderService/ListProviders",
            ListProvidersRequest(),
            ListProvidersResponse,
            authorization=f"Bearer {TOKEN}",
        )
        assert [(p.id, p.enabled, p.disabled_reason) for p in listed.answer.providers] == [
            ("books", False, "another"),
            ("other", True, ""),
        ]
        on = await operator(admin.EnableProviderRequest(provider="books"))
        assert (on.answer.provider.enabled, on.answer.provider.disabled_reason) == (True, "")
        assert (await operator.search("dune", "books")).code is grpc.StatusCode.OK
        assert len(titles(await operator.search("dune"))) == 2
        assert (await operator(admin.EnableProviderRequest(provider="nobody"))).reason == "PROVIDER_UNKNOWN"


async def test_what_a_setting_keeps_off_is_not_switched_on(tmp_path: Path) -> None:
    async with operated(tmp_path, Shelf("books"), TAKO_PROVIDERS_DISABLED="books") as operator:
        refused = await operator(admin.EnableProviderRequest(provider="books"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "PROVIDER_DISABLED")
    assert "TAKO_PROVIDERS_DISABLED" in refused.status.message


# --- without a store ---


async def test_without_a_store_it_works_as_long_as_the_server_lives(tmp_path: Path) -> None:
    books = Shelf("books")
    async with operated(tmp_path, books, TAKO_STORE="none", TAKO_JOBS="true") as operator:
        await operator.search("dune")
        told = await operator.stats()
        assert (told.store, told.store_available, told.total.entries) == (admin.Store.NONE, True, 0)
        assert told.memory.entries == 2
        assert (await operator(admin.PurgeCacheRequest(all=True))).answer.purged == 1
        assert (await operator.stats()).memory.entries == 0
        await operator.search("dune")
        assert len(books.asked) == 2
        assert (await operator.run("statistics")).outcome == admin.JobRun.SUCCEEDED
        assert (await operator(admin.RefreshExpiredRequest(all=True))).answer.counts.refreshed == 0
        await operator(admin.DisableProviderRequest(provider="books"))
        assert (await operator.search("dune")).reason == "PROVIDER_DISABLED"
        await operator(admin.EnableProviderRequest(provider="books"))
        assert (await operator.search("dune")).code is grpc.StatusCode.OK


async def test_a_store_that_is_away_never_looks_empty(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    away = {"TAKO_CACHE_PATH": str(tmp_path / "a file" / "tako.db")}
    async with operated(tmp_path, Shelf("books"), **away) as operator:
        await operator.search("dune")
        assert not (await operator.stats()).store_available
        for request in (
            admin.PurgeCacheRequest(all=True),
            admin.RefreshExpiredRequest(),
            admin.RefreshProviderRequest(provider="books"),
            admin.ListJobsRequest(),
            admin.RunJobRequest(job="statistics"),
            admin.DisableProviderRequest(provider="books"),
            admin.EnableProviderRequest(provider="books"),
        ):
            refused = await operator(request)
            assert (refused.code, refused.reason) == (grpc.StatusCode.UNAVAILABLE, "STORE_UNAVAILABLE"), request
