"""SIGTERM with calls in flight: they finish, health says so, nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import aiohttp
import grpc
import pytest
from grpc_health.v1 import health_pb2

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.books.openlibrary import MANIFEST
from tests.captures import SAMPLES
from tests.e2e.serving import served

SLOW_SECONDS = 1.0


@pytest.fixture
def slow_start(tmp_path: Path) -> str:
    """A directory on the path of the server's Python that makes every replayed answer slow: calls stay in flight."""
    folder = tmp_path / "slow"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import asyncio\n"
        "from tako_server.engine import replay\n"
        "send = replay.ReplayExchange.send\n"
        "async def slow(self, *arguments):\n"
        f"    await asyncio.sleep({SLOW_SECONDS})\n"
        "    return await send(self, *arguments)\n"
        "replay.ReplayExchange.send = slow\n"
    )
    return str(folder)


async def test_calls_in_flight_finish(tmp_path: Path, slow_start: str) -> None:
    with served(tmp_path / "serve", TAKO_REPLAY=str(SAMPLES), PYTHONPATH=slow_start) as tako:
        async with grpc.aio.insecure_channel(tako.grpc) as channel, aiohttp.ClientSession() as http:
            search = channel.unary_unary(
                "/tako.v1.BooksService/Search",
                request_serializer=BooksSearchRequest.SerializeToString,
                response_deserializer=SearchResponse.FromString,
            )
            check = channel.unary_unary(
                "/grpc.health.v1.Health/Check",
                request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
                response_deserializer=health_pb2.HealthCheckResponse.FromString,
            )

            async def by_rest() -> tuple[int, list[object]]:
                async with http.get(f"{tako.rest}/v1/books/search?query=sample+lighthouse") as response:
                    return response.status, (await response.json())["items"]

            request = BooksSearchRequest(query="sample lighthouse", providers=[MANIFEST.id])
            calls = [asyncio.ensure_future(search(request, timeout=20)) for _ in range(5)]
            gets = [asyncio.ensure_future(by_rest()) for _ in range(5)]
            while "rpc.started" not in tako.log.read_text() and not any(c.done() for c in calls):
                await asyncio.sleep(0.05)
                if (
                    await check(health_pb2.HealthCheckRequest(), timeout=5)
                ).status == health_pb2.HealthCheckResponse.SERVING:
                    break
            await asyncio.sleep(SLOW_SECONDS / 3)
            os.kill(tako.process.pid, signal.SIGTERM)
            states = set()
            while not calls[0].done():
                try:
                    states.add((await check(health_pb2.HealthCheckRequest(), timeout=5)).status)
                except grpc.aio.AioRpcError:
                    break
                await asyncio.sleep(0.02)
            assert health_pb2.HealthCheckResponse.NOT_SERVING in states
            for answer in await asyncio.gather(*calls):
                assert answer.items
            for status, items in await asyncio.gather(*gets):
                assert status == 200
                assert items
        assert await asyncio.to_thread(tako.process.wait, 20) == 0
    text = tako.log.read_text()
    assert "tako.stopped" in text
    assert "Traceback" not in text
    assert "tasks_left" not in text


async def test_idle_server_ends_at_once(tmp_path: Path) -> None:
    with served(tmp_path / "serve", TAKO_REPLAY=str(SAMPLES)) as tako:
        envoys = _children(tako.process.pid)
        assert envoys
        assert await asyncio.to_thread(tako.terminate) == 0
    assert not [pid for pid in envoys if os.path.exists(f"/proc/{pid}")]  # noqa: ASYNC240, PTH110 - /proc never blocks


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
