"""What happens to a call when its provider, its caller or the server misbehaves."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
import structlog
from grpc_health.v1 import health_pb2

from tako.v1.admin_service_pb2 import ListJobsRequest, ListJobsResponse
from tako.v1.answers_pb2 import BatchDetailResponse, ProviderOutcome, SearchEvent, SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.catalog_service_pb2 import BatchDetailRequest, CatalogSearchRequest
from tako_providers.sdk import InvalidField, Page, ShapeChanged, Unreachable
from tako_providers.sdk.errors import Refused
from tako_server import log
from tako_server.rpc.server import MAX_WATCHERS
from tests.rpc.harness import page, provider, server

SEARCH = "BooksService/Search"
DUNE = BooksSearchRequest(query="dune")


async def good(ask: Any) -> Page:
    return page("dune", "dune messiah")


def failing(error: BaseException) -> Any:
    async def search(ask: Any) -> Page:
        raise error

    return search


@pytest.mark.parametrize(
    "error",
    [
        KeyError("docs"),
        RuntimeError("generator raised StopIteration"),
        RecursionError(),
        OSError("no"),
        AssertionError(),
        ShapeChanged("other"),
        asyncio.CancelledError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_one_that_stumbles_does_not_hide_the_others(tmp_path: Path, error: BaseException) -> None:
    async with server(tmp_path, provider("good", good), provider("bad", failing(error))) as call:
        asked = await call(SEARCH, DUNE, SearchResponse)
    assert [item.title for item in asked.answer.items] == ["dune", "dune messiah"]
    told = {outcome.provider: outcome for outcome in asked.answer.outcomes}
    assert set(told) == {"good", "bad"}
    assert told["bad"].reason


async def test_the_only_one_that_stumbles_is_an_error_without_a_trace(tmp_path: Path) -> None:
    async with server(tmp_path, provider("bad", failing(KeyError("secret detail")))) as call:
        asked = await call(SEARCH, DUNE, SearchResponse)
    assert (asked.code, asked.reason) == (grpc.StatusCode.INTERNAL, "PROVIDER_SHAPE_CHANGED")
    assert "secret detail" not in str(asked.status)


async def test_a_query_that_one_refuses_is_told_in_its_outcome(tmp_path: Path) -> None:
    refused = failing(InvalidField("query", "is no syntax"))
    async with server(tmp_path, provider("good", good), provider("picky", refused)) as call:
        both = await call(SEARCH, DUNE, SearchResponse)
        one = await call(SEARCH, BooksSearchRequest(query="dune", providers=["picky"]), SearchResponse)
    assert [o.status for o in both.answer.outcomes] == [ProviderOutcome.OK, ProviderOutcome.UNSUPPORTED]
    assert (one.code, one.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")


async def test_bytes_that_are_no_message(tmp_path: Path) -> None:
    async with server(tmp_path, provider("good", good)) as call:
        asked = await call(SEARCH, b"\x0a\xff\xff", SearchResponse)
    assert (asked.code, asked.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")


async def test_many_broken_rules_still_fit_the_trailers(tmp_path: Path) -> None:
    async with server(tmp_path, provider("good", good)) as call:
        asked = await call("CatalogService/BatchDetail", BatchDetailRequest(ids=["no id"] * 1000), BatchDetailResponse)
    assert (asked.code, asked.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")


async def test_a_deadline_that_passes_is_told(tmp_path: Path) -> None:
    async def slow(ask: Any) -> Page:
        await asyncio.sleep(30)
        raise AssertionError

    async with server(tmp_path, provider("good", good), provider("slow", slow)) as call:
        asked = await call(SEARCH, DUNE, SearchResponse, timeout=0.5)
    assert [o.status for o in asked.answer.outcomes] == [ProviderOutcome.OK, ProviderOutcome.TIMEOUT]


async def test_too_many_calls_are_refused_with_their_reason(tmp_path: Path) -> None:
    entered, release = asyncio.Event(), asyncio.Event()

    async def waiting(ask: Any) -> Page:
        entered.set()
        await release.wait()
        return page("x")

    async with server(tmp_path, provider("slow", waiting), TAKO_MAX_CONCURRENT_CALLS="1") as call:
        first = asyncio.create_task(call(SEARCH, DUNE, SearchResponse))
        await entered.wait()
        second = await call(SEARCH, BooksSearchRequest(query="emma"), SearchResponse)
        release.set()
        assert (await first).code is grpc.StatusCode.OK
    assert (second.code, second.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED")
    assert second.trailers["retry-after"] == "1"


async def test_watchers_of_health_are_bounded(tmp_path: Path) -> None:
    async with server(tmp_path, provider("good", good)) as call:
        watch = call.channel.unary_stream(
            "/grpc.health.v1.Health/Watch",
            request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
            response_deserializer=health_pb2.HealthCheckResponse.FromString,
        )
        streams: list[Any] = [watch(health_pb2.HealthCheckRequest()) for _ in range(MAX_WATCHERS)]
        for stream in streams:
            assert (await stream.read()).status == health_pb2.HealthCheckResponse.SERVING
        extra: Any = watch(health_pb2.HealthCheckRequest())
        with pytest.raises(grpc.aio.AioRpcError, match="Check"):
            await extra.read()
        assert (await call(SEARCH, DUNE, SearchResponse)).code is grpc.StatusCode.OK
        for stream in streams:
            stream.cancel()


async def test_a_compressed_request_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    async with server(tmp_path, provider("good", good)) as call:
        search: Any = call.channel.unary_unary(f"/tako.v1.{SEARCH}")
        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await search(b"\x0a\x80\x80\x04" + b"x" * 65536, timeout=10, compression=grpc.Compression.Gzip)
    assert failure.value.code() in (grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.INTERNAL)


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Sets up logging for one test: a logger that is kept would write to this test's stderr for ever."""
    real = structlog.configure
    monkeypatch.setattr(structlog, "configure", lambda **how: real(**{**how, "cache_logger_on_first_use": False}))
    yield log.configure
    structlog.reset_defaults()
    logging.basicConfig(force=True)


async def test_a_stream_that_is_left_is_quiet_and_stops_its_providers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], configure: Callable[[str, str], None]
) -> None:
    configure("info", "json")
    begun, stopped = asyncio.Event(), asyncio.Event()

    async def endless(ask: Any) -> Page:
        begun.set()
        try:
            await asyncio.sleep(30)
        finally:
            stopped.set()
        raise AssertionError

    async with server(tmp_path, provider("good", good), provider("slow", endless)) as call:
        stream: Any = call.channel.unary_stream(
            "/tako.v1.CatalogService/SearchStream",
            request_serializer=CatalogSearchRequest.SerializeToString,
            response_deserializer=SearchEvent.FromString,
        )(CatalogSearchRequest(query="dune", domains=["books"]))
        assert (await stream.read()).HasField("started")
        assert (await stream.read()).items.items[0].title == "dune"
        await asyncio.wait_for(begun.wait(), 5)
        stream.cancel()
        await asyncio.wait_for(stopped.wait(), 5)
    assert "rpc.crashed" not in capsys.readouterr().err


async def test_a_streams_token_leads_on_in_search_and_stream(tmp_path: Path) -> None:
    async def two_pages(ask: Any) -> Page:
        return page("c") if ask.cursor else page("a", "b", following="2")

    request = CatalogSearchRequest(query="x", domains=["books"])
    async with server(tmp_path, provider("two", two_pages)) as call:
        stream = call.channel.unary_stream(
            "/tako.v1.CatalogService/SearchStream",
            request_serializer=CatalogSearchRequest.SerializeToString,
            response_deserializer=SearchEvent.FromString,
        )
        events = [event async for event in stream(request)]
        request.page_token = events[-1].summary.next_page_token
        assert request.page_token
        by_search = await call("CatalogService/Search", request, SearchResponse)
        by_stream = [event async for event in stream(request)]
    assert [item.title for item in by_search.answer.items] == ["c"]
    assert [item.title for event in by_stream for item in event.items.items] == ["c"]


@pytest.mark.parametrize("form", ["json", "text"])
async def test_no_key_reaches_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], configure: Callable[[str, str], None], form: str
) -> None:
    configure("debug", form)
    keys = {"TAKO_ADMIN_TOKEN": "planted-admin-token", "TAKO_API_KEYS": "planted-api-key,planted-other-key"}
    bad = provider("bad", failing(RuntimeError("boom")))
    async with server(tmp_path, bad, provider("worse", failing(Unreachable("gone"))), **keys) as call:
        for key in ("planted-api-key", "planted-wrong-key"):
            await call(SEARCH, DUNE, SearchResponse, x_api_key=key, authorization="Bearer planted-admin-token")
    written = capsys.readouterr().err
    assert "provider.mapping_failed" in written
    assert "boom" in written
    assert "planted" not in written
    if form == "json":
        assert all(json.loads(line) for line in written.splitlines())


async def test_keys_are_asked_for_when_there_are_some(tmp_path: Path) -> None:
    async with server(tmp_path, provider("good", good), TAKO_API_KEYS="sesame, open") as call:
        without = await call(SEARCH, DUNE, SearchResponse)
        wrong = await call(SEARCH, DUNE, SearchResponse, x_api_key="Sesame")
        right = await call(SEARCH, DUNE, SearchResponse, x_api_key="open")
    assert (without.code, without.reason) == (grpc.StatusCode.UNAUTHENTICATED, "API_KEY_INVALID")
    assert wrong.code is grpc.StatusCode.UNAUTHENTICATED
    assert right.code is grpc.StatusCode.OK


async def test_the_admin_service_needs_its_token(tmp_path: Path) -> None:
    async with server(tmp_path, provider("good", good), TAKO_ADMIN_TOKEN="planted") as call:
        without = await call("AdminService/ListJobs", ListJobsRequest(), ListJobsResponse)
        wrong = await call("AdminService/ListJobs", ListJobsRequest(), ListJobsResponse, authorization="Bearer x")
        right = await call("AdminService/ListJobs", ListJobsRequest(), ListJobsResponse, authorization="bearer planted")
    assert (without.reason, wrong.reason) == ("ADMIN_TOKEN_REQUIRED", "ADMIN_TOKEN_REQUIRED")
    assert right.code is grpc.StatusCode.OK
    assert len(right.answer.jobs) == 9


async def test_the_request_id_comes_back(tmp_path: Path) -> None:
    async with server(tmp_path, provider("good", good)) as call:
        given = await call(SEARCH, DUNE, SearchResponse, x_request_id="mine-1")
        made = await call(SEARCH, DUNE, SearchResponse, x_request_id="not fit")
        failed = await call(SEARCH, BooksSearchRequest(), SearchResponse, x_request_id="mine-2")
    assert given.trailers["x-request-id"] == "mine-1"
    assert len(made.trailers["x-request-id"]) >= 16
    assert failed.trailers["x-request-id"] == "mine-2"


@pytest.mark.parametrize(
    ("away", "told"),
    [
        (Unreachable("the stall is closed", retry_after=1.5), "1500"),
        (Unreachable("the stall is closed", retry_after=600), "-1"),
        (Refused("the stall has no such drawer"), "-1"),
    ],
)
async def test_clients_are_told_not_to_multiply_what_was_tried(tmp_path: Path, away: Unreachable, told: str) -> None:
    async with server(tmp_path, provider("stall", failing(away)), TAKO_REPLAY=str(tmp_path)) as call:
        asked = await call(SEARCH, DUNE, SearchResponse)
    assert asked.code is grpc.StatusCode.UNAVAILABLE
    assert asked.trailers["grpc-retry-pushback-ms"] == told
