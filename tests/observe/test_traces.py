"""One trace from the gateway to the upstream, at a real collector; and what it must not tell."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import grpc
import pytest
from aiohttp import web

from tako_providers.sdk import Ttl
from tako_server.config import ConfigError, load_settings
from tests.cache.support import until
from tests.conftest import require_tool
from tests.faults.serving import age, tako
from tests.faults.upstream import Upstream, library, says, well
from tests.observe.collector import Collector, Seen

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SERVER, CLIENT = 2, 3
"""Kinds of spans, as the protocol numbers them."""


def is_call(span: Seen) -> bool:
    """The server's own span of a call."""
    return span.service == "tako" and span.kind == SERVER


def is_upstream(span: Seen) -> bool:
    """A request to an upstream."""
    return span.service == "tako" and span.kind == CLIENT


async def test_one_trace_from_the_gateway_to_the_upstream(
    tmp_path: Path, upstream: Upstream, collector: Collector
) -> None:
    require_tool("envoy")
    headers: list[dict[str, str]] = []

    async def notes(request: web.Request) -> web.StreamResponse:
        headers.append({name.lower(): value for name, value in request.headers.items()})
        return await well(request)

    upstream.behaviour = notes
    async with (
        tako(tmp_path, library(upstream), rest=True, TAKO_OTLP_ENDPOINT=collector.endpoint) as server,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session,
    ):
        url = f"{server.ready.rest_url}/v1/books/search?query=a+most+private+word&page_size=2"
        async with session.get(url, headers={"x-request-id": "call-17"}) as answer:
            assert answer.status == 200
        asked = await collector.wait_for(is_upstream)
        call = await collector.wait_for(is_call)
        out = await collector.wait_for(lambda span: span.service == "tako-gateway" and span.kind == CLIENT)
        came = await collector.wait_for(lambda span: span.service == "tako-gateway" and span.kind == SERVER)
        provider = await collector.wait_for(lambda span: span.name == "library search")
    assert {span.trace for span in (came, out, call, provider, asked)} == {came.trace}
    assert [span.parent for span in (came, out, call, provider, asked)] == ["", came.id, out.id, call.id, provider.id]
    assert call.name == "tako.v1.BooksService/Search"
    assert call.attributes["tako.request_id"] == "call-17"
    assert call.attributes["rpc.grpc.status_code"] == "0"
    assert (call.attributes["tako.cache"], provider.attributes["tako.cache.level"]) == ("miss", "upstream")
    assert (asked.attributes["server.address"], asked.attributes["http.response.status_code"]) == ("127.0.0.1", "200")
    assert not {"traceparent", "tracestate"} & set(headers[0])
    told = b"".join(collector.raw)
    assert b"private" not in told


async def test_a_callers_own_trace_goes_on_and_names_the_level(
    tmp_path: Path, upstream: Upstream, collector: Collector
) -> None:
    provider = library(upstream, ttl=Ttl(search=600))
    async with tako(tmp_path, provider, TAKO_OTLP_ENDPOINT=collector.endpoint) as server:
        await server.search("dune", traceparent=f"00-{TRACE}-{PARENT}-01")
        await server.search("dune")
    assert len([span for span in collector.spans if is_call(span)]) == 2, "the end sends what waits"
    async with tako(tmp_path, provider, TAKO_OTLP_ENDPOINT=collector.endpoint) as server:
        await server.search("dune")
    age(tmp_path, 3600)
    async with tako(tmp_path, provider, TAKO_OTLP_ENDPOINT=collector.endpoint) as server:
        await server.search("dune")
    first, *others = [span for span in collector.spans if is_call(span)]
    assert (first.trace, first.parent) == (TRACE, PARENT)
    assert TRACE not in {span.trace for span in others}
    assert [span.attributes["tako.cache"] for span in (first, *others)] == ["miss", "hit", "hit", "stale"]
    assert others[0].attributes["tako.cache.level"] == "whole"
    levels = [s.attributes["tako.cache.level"] for s in collector.spans if s.name == "library search"]
    assert levels == ["upstream", "l2", "l2"]


async def test_a_caller_who_does_not_trace_is_not_traced(
    tmp_path: Path, upstream: Upstream, collector: Collector
) -> None:
    async with tako(tmp_path, library(upstream), TAKO_OTLP_ENDPOINT=collector.endpoint) as server:
        await server.search("dune", traceparent=f"00-{TRACE}-{PARENT}-00")
        await server.search("messiah", traceparent="nonsense")
    assert [span.trace == TRACE for span in collector.spans if is_call(span)] == [False]


async def test_the_sample_says_how_many_are_traced(tmp_path: Path, upstream: Upstream, collector: Collector) -> None:
    async with tako(
        tmp_path, library(upstream), TAKO_OTLP_ENDPOINT=collector.endpoint, TAKO_TRACE_SAMPLE="0"
    ) as server:
        for _ in range(20):
            await server.search("dune")
        await server.search("dune", traceparent=f"00-{TRACE}-{PARENT}-01")
    assert {span.trace for span in collector.spans} == {TRACE}


async def test_errors_are_told_by_their_reason(tmp_path: Path, upstream: Upstream, collector: Collector) -> None:
    upstream.behaviour = says(404, b'{"echo": "quoted by upstream"}')
    async with tako(tmp_path, library(upstream), TAKO_OTLP_ENDPOINT=collector.endpoint) as server:
        await server.search("nothing")
        upstream.behaviour = says(400, b'{"echo": "quoted by upstream"}')
        asked = await server.search("wrong")
        assert asked.code is grpc.StatusCode.UNAVAILABLE
    calls = [span for span in collector.spans if is_call(span)]
    assert [(span.attributes["rpc.grpc.status_code"], span.is_error) for span in calls] == [("5", False), ("14", True)]
    providers = [span for span in collector.spans if span.name == "library search"]
    assert [span.attributes["error.type"] for span in providers] == ["ITEM_NOT_FOUND", "PROVIDER_UNREACHABLE"]
    assert b"quoted" not in b"".join(collector.raw)


async def test_a_collector_that_refuses_is_told_of_once_and_harms_nobody(
    tmp_path: Path, upstream: Upstream, collector: Collector, capfd: pytest.CaptureFixture[str]
) -> None:
    collector.refuses = True
    async with tako(tmp_path, library(upstream), TAKO_OTLP_ENDPOINT=collector.endpoint) as server:
        for batch in range(1, 4):
            assert (await server.search(f"dune {batch}")).code is grpc.StatusCode.OK
            await until(lambda batch=batch: collector.asked >= batch)  # type: ignore[misc] # bound on purpose
        collector.refuses = False
        await server.search("dune 4")
        await collector.wait_for(is_call)
    told = capfd.readouterr()
    lines = [line for line in (told.out + told.err).splitlines() if "tracing." in line]
    assert [("export_failed" in line, "export_resumed" in line) for line in lines] == [(True, False), (False, True)]


async def test_a_collector_that_is_away_does_not_hold_up_the_end(
    tmp_path: Path, upstream: Upstream, collector: Collector
) -> None:
    await collector.stop()
    async with tako(tmp_path, library(upstream), TAKO_OTLP_ENDPOINT=collector.endpoint) as server:
        for n in range(10):
            assert (await server.search(f"dune {n}")).code is grpc.StatusCode.OK
        began = time.monotonic()
    assert time.monotonic() - began < 10, "3 s for the spans, and the rest of the end"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TAKO_OTLP_ENDPOINT", "elsewhere:4317"),
        ("TAKO_OTLP_ENDPOINT", "http://collector:4317/v1/traces"),
        ("TAKO_OTLP_ENDPOINT", "http://somebody:secret@collector:4317"),
        ("TAKO_TRACE_SAMPLE", "1.5"),
        ("TAKO_TRACE_SAMPLE", "often"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^{variable}: must be ") as refused:
        load_settings(environment={variable: value}, dotenv=None)
    assert value not in str(refused.value)


def test_without_a_collector_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys\n"
        "from tako_server.app import running\n"
        "from tako_server.config import load_settings\n"
        "async def main():\n"
        "    async with running(load_settings(dotenv=None), rest=False):\n"
        "        print(sorted(name for name in sys.modules if name.startswith('opentelemetry')))\n"
        "asyncio.run(main())\n"
    )
    environment = {
        "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
        "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
        "TAKO_CACHE_PATH": str(tmp_path / "tako.db"),
        "TAKO_JOBS": "false",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=40, check=True
    )
    assert done.stdout.strip().endswith("[]"), done.stdout
