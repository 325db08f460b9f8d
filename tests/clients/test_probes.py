"""The probes of Kubernetes against a server: while it serves, and while it finishes its last calls."""

from __future__ import annotations

import asyncio
import fcntl
import os
import subprocess
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
import yaml
from grpc_health.v1 import health_pb2, health_pb2_grpc

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Page
from tests.conftest import require_tool
from tests.faults.serving import tako
from tests.rpc.harness import Client, page, provider

PROBE = "github.com/grpc-ecosystem/grpc-health-probe@v0.4.62"
BUILT = Path(__file__).resolve().parents[2] / "build" / PROBE.rpartition("/")[2]
"""Built once, and again after `make clean`."""
NAMES = ("", "grpc.health.v1.Health", "tako.v1.BooksService")
"""The empty name is the whole server: what is asked by probes that are told no name."""
MANIFESTS = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
SERVING, UNREACHABLE, FAILED, UNHEALTHY = 0, 2, 3, 4
"""Exit codes of grpc-health-probe."""


@pytest.fixture(scope="session")
def health_probe() -> str:
    """The program, which Go fetches and builds."""
    go = require_tool("go")
    program = BUILT / "grpc-health-probe"
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the processes of a parallel run share it
        if not program.exists():
            environment = {**os.environ, "GOBIN": str(BUILT), "CGO_ENABLED": "0"}
            subprocess.run([go, "install", PROBE], env=environment, timeout=500, check=True)
    return str(program)


async def probed(program: str, address: str, service: str) -> int:
    """The exit code of grpc-health-probe, with the second that Kubernetes gives a probe."""
    limits = ("-connect-timeout", "1s", "-rpc-timeout", "1s")
    process = await asyncio.create_subprocess_exec(
        program, "-addr", address, "-service", service, *limits, stderr=asyncio.subprocess.DEVNULL
    )
    return await asyncio.wait_for(process.wait(), 30)


async def kubelet(address: str, service: str, timeout: float = 1.0) -> bool:
    """What the kubelet does for a `grpc` probe: one Check within a second, and only SERVING is well."""
    async with grpc.aio.insecure_channel(address, options=[("grpc.primary_user_agent", "kube-probe/1.34")]) as channel:
        try:
            request = health_pb2.HealthCheckRequest(service=service)
            stub: Any = health_pb2_grpc.HealthStub(channel)  # its stubs know no methods
            answer = await stub.Check(request, timeout=timeout)
        except grpc.aio.AioRpcError:
            return False
        return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


class Draining:
    """A server that finishes a last call until it is let go."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.answer = asyncio.Event()

    async def search(self, ask: Any) -> Page:
        """The last call."""
        self.asked.set()
        await self.answer.wait()
        return page("last")


@asynccontextmanager
async def draining(folder: Path) -> AsyncIterator[str]:
    """The address of a server that was told to end while a call is in flight; on the way out the call is answered."""
    last = Draining()
    server = AsyncExitStack()
    running = tako(folder, provider("slow", last.search), TAKO_SHUTDOWN_GRACE="30")
    address = (await server.enter_async_context(running)).ready.grpc_address
    async with grpc.aio.insecure_channel(address) as channel:
        ask = Client(channel)("BooksService/Search", BooksSearchRequest(query="x"), SearchResponse, timeout=30)
        call = asyncio.create_task(ask)
        await asyncio.wait_for(last.asked.wait(), 10)
        ending = asyncio.create_task(server.aclose())
        try:
            await asyncio.wait_for(not_serving(address), 10)
            yield address
        finally:
            last.answer.set()
            assert [item.title for item in (await call).answer.items] == ["last"]
            await asyncio.wait_for(ending, 30)


async def not_serving(address: str) -> None:
    """Wait until the server says that it serves no more."""
    async with grpc.aio.insecure_channel(address) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)
        async for answer in stub.Watch(health_pb2.HealthCheckRequest()):
            if answer.status == health_pb2.HealthCheckResponse.NOT_SERVING:
                return


async def nothing(ask: Any) -> Page:
    """An upstream that has nothing."""
    return page()


async def test_readiness_and_liveness_of_a_server_that_serves(tmp_path: Path) -> None:
    async with tako(tmp_path, provider("shelf", nothing)) as server:
        assert [await kubelet(server.ready.grpc_address, name) for name in NAMES] == [True, True, True]
        assert not await kubelet(server.ready.grpc_address, "no.such.Service")


def test_the_probes_of_the_manifests_ask_for_these_names() -> None:
    asked = {
        service
        for path in sorted(MANIFESTS.rglob("*.yaml"))
        for service in _asked(yaml.safe_load_all(path.read_text()))
    }
    assert asked
    assert asked <= set(NAMES)


def _asked(node: Any) -> Iterator[str]:
    """The services of the `grpc` probes anywhere below ``node``."""
    if isinstance(node, Mapping):
        for name, below in node.items():
            if name.endswith("Probe") and "grpc" in below:
                yield below["grpc"].get("service", "")
            else:
                yield from _asked(below)
    elif isinstance(node, Iterable) and not isinstance(node, str):
        for below in node:
            yield from _asked(below)


async def test_they_ask_for_no_key(tmp_path: Path) -> None:
    async with tako(tmp_path, provider("shelf", nothing), TAKO_API_KEYS="a-key-of-this-server") as server:
        assert await kubelet(server.ready.grpc_address, "")


async def test_a_draining_server_is_not_ready_and_finishes_its_last_call(tmp_path: Path) -> None:
    async with draining(tmp_path) as address:
        assert [await kubelet(address, name) for name in NAMES] == [False, False, False]
    assert not await kubelet(address, "")


@pytest.mark.timeout(600)
async def test_grpc_health_probe_of_a_server_that_serves(health_probe: str, tmp_path: Path) -> None:
    async with tako(tmp_path, provider("shelf", nothing)) as server:
        codes = [await probed(health_probe, server.ready.grpc_address, name) for name in NAMES]
        unknown = await probed(health_probe, server.ready.grpc_address, "no.such.Service")
        address = server.ready.grpc_address
    assert codes == [SERVING] * 3
    assert unknown == FAILED
    assert await probed(health_probe, address, "") == UNREACHABLE


@pytest.mark.timeout(600)
async def test_grpc_health_probe_of_a_draining_server(health_probe: str, tmp_path: Path) -> None:
    async with draining(tmp_path) as address:
        codes = [await probed(health_probe, address, name) for name in NAMES]
    assert codes == [UNHEALTHY] * 3
