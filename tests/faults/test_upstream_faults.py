"""The fault table: a real fault of a real upstream, through the whole server, with and without an older answer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from aiohttp import web
from google.rpc.error_details_pb2 import RetryInfo

from tako.v1.answers_pb2 import ProviderOutcome
from tests.faults.serving import Stopwatch, age, kept, tako
from tests.faults.upstream import (
    CHALLENGE,
    Behaviour,
    Upstream,
    bomb,
    drips,
    hangs,
    library,
    never_ends,
    resets,
    says,
    well,
)
from tests.rpc.harness import Asked, page, provider

TRIES = 3
DEADLINE = 5.0
BROKEN = (grpc.StatusCode.UNAVAILABLE, "PROVIDER_UNREACHABLE", ProviderOutcome.UNAVAILABLE)
SILENT = (grpc.StatusCode.DEADLINE_EXCEEDED, "PROVIDER_TIMEOUT", ProviderOutcome.TIMEOUT)
LIMITED = (grpc.StatusCode.RESOURCE_EXHAUSTED, "PROVIDER_RATE_LIMITED", ProviderOutcome.RATE_LIMITED)
BLOCKED = (grpc.StatusCode.UNAVAILABLE, "PROVIDER_BLOCKED", ProviderOutcome.BLOCKED)
CHANGED = (grpc.StatusCode.INTERNAL, "PROVIDER_SHAPE_CHANGED", ProviderOutcome.PARSE_ERROR)
METADATA_SERVICE = "169.254.169.254"


@dataclass(frozen=True)
class Fault:
    """How upstream behaves (None: it refuses connections), what callers are told, and how often it is asked at most."""

    behaviour: Callable[[], Behaviour] | None
    told: tuple[grpc.StatusCode, str, ProviderOutcome.Status.ValueType]
    requests: int = TRIES
    hosts: frozenset[str] = frozenset()
    retry_after: int = 0
    timeout: float = 3.0
    """Seconds that the provider has."""


def redirect() -> Behaviour:
    """Leads to where clouds keep their keys."""
    return says(302, headers={"Location": f"http://{METADATA_SERVICE}/latest/meta-data/"})


FAULTS = {
    "refuses": Fault(None, BROKEN, requests=0, retry_after=5),
    "hangs": Fault(lambda: hangs, SILENT, 1, timeout=0.6),
    "drips for ever": Fault(lambda: drips, SILENT, 1, timeout=0.6),
    "resets mid-body": Fault(lambda: resets, BROKEN, retry_after=5),
    "429 with Retry-After": Fault(lambda: says(429, headers={"Retry-After": "7"}), LIMITED, 1, retry_after=7),
    "429 without": Fault(lambda: says(429), LIMITED, 1, retry_after=1, timeout=0.8),
    "500": Fault(lambda: says(500), BROKEN, retry_after=5),
    "garbage": Fault(lambda: says(body=os.urandom(2000)), CHANGED, 1),
    "truncated JSON": Fault(lambda: says(body=b'{"titles": ["dune'), CHANGED, 1),
    "another shape": Fault(lambda: says(body=b'{"results": []}'), CHANGED, 1),
    "wrong content type": Fault(lambda: says(body=b"\x89PNG\r\n", headers={"Content-Type": "image/png"}), CHANGED, 1),
    "a page": Fault(lambda: says(body=b"<html><p>Hi</p></html>", headers={"Content-Type": "text/html"}), CHANGED, 1),
    "never ends": Fault(lambda: never_ends, BROKEN, retry_after=5),
    "gzip bomb": Fault(bomb, BROKEN, retry_after=5),
    "redirect to a private address": Fault(redirect, BROKEN, 1),
    "redirect to an allowed name of one": Fault(redirect, BROKEN, 1, hosts=frozenset({METADATA_SERVICE})),
    "challenge": Fault(lambda: says(503, CHALLENGE, {"Content-Type": "text/html"}), BLOCKED, 1, retry_after=60),
}

faults = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


async def strike(upstream: Upstream, fault: Fault) -> None:
    """Let the fault happen from now on; not before all who ask at the same time have come."""
    if fault.behaviour is None:
        await upstream.stop()
        return
    behaviour = fault.behaviour()

    async def after_a_while(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.1)
        return await behaviour(request)

    upstream.behaviour = after_a_while


async def good(ask: Any) -> Any:
    """A provider that is well."""
    return page("well")


def retry_info(asked: Asked) -> float:
    """Seconds in RetryInfo, 0 without one."""
    info = RetryInfo()
    for detail in asked.status.details:
        if detail.Unpack(info):
            return info.retry_delay.ToTimedelta().total_seconds()
    return 0.0


@faults
async def test_without_an_older_answer(tmp_path: Path, upstream: Upstream, fault: Fault) -> None:
    troubled = library(upstream, hosts=fault.hosts, timeout=fault.timeout)
    await strike(upstream, fault)
    watch = Stopwatch()
    async with tako(tmp_path, troubled, provider("shelf", good)) as server:
        alone, among = await asyncio.gather(
            server.search("dune", "library", timeout=DEADLINE), server.search("dune", timeout=DEADLINE)
        )
        assert watch.seconds < DEADLINE
        assert upstream.requests <= fault.requests
        assert [item.title for item in among.answer.items] == ["well"]
    code, reason, status = fault.told
    assert (alone.code, alone.reason) == (code, reason)
    outcome = next(o for o in among.answer.outcomes if o.provider == "library")
    assert (outcome.status, outcome.reason) == (status, reason)
    assert round(retry_info(alone)) == fault.retry_after == round(outcome.retry_after.ToTimedelta().total_seconds())
    assert not [row for row in kept(tmp_path) if row[0] == "library"]


@faults
async def test_with_an_older_answer(tmp_path: Path, upstream: Upstream, fault: Fault) -> None:
    troubled = library(upstream, hosts=fault.hosts, timeout=fault.timeout)
    async with tako(tmp_path, troubled) as server:
        before = await server.search("dune")
    age(tmp_path)
    upstream.came.clear()
    await strike(upstream, fault)
    async with tako(tmp_path, troubled) as server:
        watch = Stopwatch()
        after = await server.search("dune", timeout=DEADLINE)
        assert watch.seconds < DEADLINE
    assert upstream.requests <= fault.requests
    assert after.code is grpc.StatusCode.OK
    assert after.answer.items == before.answer.items
    assert after.answer.freshness.stale
    (outcome,) = after.answer.outcomes
    assert (outcome.status, outcome.reason) == (ProviderOutcome.STALE, fault.told[1])
    assert outcome.freshness.stale
    assert after.trailers["tako-cache"] == "stale"
    assert int(after.trailers["tako-age"]) >= 2 * 86400


async def test_an_upstream_that_recovers_is_asked_again(tmp_path: Path, upstream: Upstream) -> None:
    async def once_bad(request: Any) -> Any:
        return await (says(500) if upstream.requests == 1 else well)(request)

    upstream.behaviour = once_bad
    async with tako(tmp_path, library(upstream)) as server:
        asked = await server.search("dune")
    assert [item.title for item in asked.answer.items] == ["dune 1a", "dune 1b"]
    assert upstream.requests == 2


async def test_an_endless_answer_is_not_read_to_its_end(tmp_path: Path, upstream: Upstream) -> None:
    sent = 0

    async def counts(request: Any) -> Any:
        nonlocal sent
        stream = web.StreamResponse()
        await stream.prepare(request)
        while True:
            await stream.write(b" " * 1_000_000)
            sent += 1

    upstream.behaviour = counts
    async with tako(tmp_path, library(upstream)) as server:
        assert (await server.search("dune")).reason == "PROVIDER_UNREACHABLE"
    assert sent <= TRIES * 25


async def test_retries_stop_at_their_budget_and_the_breaker_outlives_a_restart(
    tmp_path: Path, upstream: Upstream
) -> None:
    async with tako(tmp_path, library(upstream)) as server:
        await server.search("dune")
    age(tmp_path)
    upstream.came.clear()
    upstream.behaviour = says(500)
    async with tako(tmp_path, library(upstream)) as server:
        for number in range(5):
            before = upstream.requests
            failed = await server.search(f"book {number}")
            assert failed.reason == "PROVIDER_UNREACHABLE"
            assert upstream.requests - before <= TRIES
        assert upstream.requests <= 5 + 4  # of few calls, four may be repeated
        asked = upstream.requests
        suspended = await server.search("another")
        assert (suspended.code, suspended.reason) == (grpc.StatusCode.UNAVAILABLE, "PROVIDER_SUSPENDED")
        assert 50 < retry_info(suspended) <= 60
        stale = await server.search("dune")
        assert stale.answer.outcomes[0].reason == "PROVIDER_SUSPENDED"
        assert stale.answer.outcomes[0].status == ProviderOutcome.STALE
    upstream.behaviour = well
    async with tako(tmp_path, library(upstream)) as server:
        after = await server.search("another")
        assert after.reason == "PROVIDER_SUSPENDED"
        assert 50 < retry_info(after) <= 60
        assert 50 < int(after.trailers["retry-after"]) <= 60
    assert upstream.requests == asked
