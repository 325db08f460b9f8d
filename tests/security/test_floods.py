"""Callers that ask too much, too slowly, or go away: others are answered meanwhile, and nothing stays behind."""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.catalog_service_pb2 import CatalogSearchRequest
from tests.captures import SAMPLES
from tests.e2e.serving import Served, served

SEARCH = "/tako.v1.BooksService/Search"
STREAM = "/tako.v1.CatalogService/SearchStream"
QUESTION = BooksSearchRequest(query="sample lighthouse").SerializeToString()
EVERYTHING = CatalogSearchRequest(query="sample").SerializeToString()
AT_ONCE = 20
"""Calls that the server answers at the same time."""
GROWTH = 60_000
"""KiB that a server may be larger after a flood: gRPC keeps buffers of connections for a while."""


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that answers few at a time."""
    environment = {"TAKO_REPLAY": str(SAMPLES), "TAKO_MAX_CONCURRENT_CALLS": str(AT_ONCE), "TAKO_JOBS": "false"}
    with served(tmp_path_factory.mktemp("flooded"), **environment) as tako:
        yield tako


async def test_many_calls_at_once(flooded: Served) -> None:
    before = resident(flooded)
    async with grpc.aio.insecure_channel(flooded.grpc) as channel:
        ask: Any = channel.unary_unary(SEARCH)

        async def one(number: int) -> str:
            try:
                # No two ask the same: what is in memory is answered at once.
                await ask(BooksSearchRequest(query=f"sample {number}").SerializeToString(), timeout=50)
            except grpc.aio.AioRpcError as error:
                return error.code().name
            return "OK"

        told = Counter(await asyncio.gather(*(one(number) for number in range(2000))))
    assert set(told) <= {"OK", "UNAVAILABLE", "RESOURCE_EXHAUSTED"}, "UNAVAILABLE is a sample that there is not"
    assert sum(told.values()) == 2000
    well(flooded)
    assert resident(flooded) - before < GROWTH


async def test_calls_that_are_given_up_at_once(flooded: Served) -> None:
    async with grpc.aio.insecure_channel(flooded.grpc) as channel:
        ask: Any = channel.unary_unary(SEARCH)
        for _ in range(20):
            calls = [ask(QUESTION, timeout=20) for _ in range(100)]
            await asyncio.sleep(0)
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
    await nothing_in_flight(flooded)
    well(flooded)


async def test_streams_that_nobody_reads(flooded: Served) -> None:
    """Each holds a place, and no more than that; who goes away gives it back."""
    async with grpc.aio.insecure_channel(flooded.grpc) as channel:
        ask: Any = channel.unary_stream(STREAM)
        streams = [ask(EVERYTHING, timeout=50) for _ in range(AT_ONCE // 2)]
        await asyncio.gather(*(stream.read() for stream in streams))
        well(flooded)
        for stream in streams:
            stream.cancel()
    await nothing_in_flight(flooded)
    well(flooded)


async def test_connections_that_say_nothing(flooded: Served) -> None:
    with opened(flooded.grpc, 200), opened(flooded.rest.removeprefix("http://"), 200):
        well(flooded)


async def test_requests_that_never_end(flooded: Served) -> None:
    """Headers that come a byte at a time: others are answered, and the gateway hangs up after a while."""
    address = flooded.rest.removeprefix("http://")
    with opened(address, 50) as slow:
        for connection in slow:
            connection.sendall(b"GET /v1/books/search?query=sample HTTP/1.1\r\nHost: tako\r\nX-Slow: ")
        until = time.monotonic() + 20
        open_ones = list(slow)
        while open_ones and time.monotonic() < until:
            well(flooded)
            await asyncio.sleep(1)
            open_ones = [connection for connection in open_ones if still_open(connection)]
        assert not open_ones
    well(flooded)


async def test_a_message_that_is_too_large(flooded: Served) -> None:
    async with grpc.aio.insecure_channel(flooded.grpc) as channel:
        ask: Any = channel.unary_unary(SEARCH)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await ask(b"\x0a" + b"\xff" * (5 << 20), timeout=20)
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    well(flooded)


@contextmanager
def opened(address: str, number: int) -> Iterator[list[socket.socket]]:
    """TCP connections to an address, closed on the way out."""
    host, _, port = address.rpartition(":")
    with ExitStack() as stack:
        yield [stack.enter_context(socket.create_connection((host, int(port)), timeout=10)) for _ in range(number)]


def still_open(connection: socket.socket) -> bool:
    """Whether the other side has neither hung up nor answered; sends one more byte."""
    try:
        connection.sendall(b"a")
        connection.settimeout(0.01)
        connection.recv(4096)
    except TimeoutError:
        return True
    except OSError:
        return False
    return False


def well(tako: Served) -> None:
    """An ordinary caller is answered, over gRPC and over REST."""
    with grpc.insecure_channel(tako.grpc) as channel:
        ask: Any = channel.unary_unary(SEARCH)
        assert ask(QUESTION, timeout=20)
    assert tako.get("/v1/books/search?query=sample%20lighthouse").status == 200


async def nothing_in_flight(tako: Served) -> None:
    """Wait until the server works on no call."""
    until = time.monotonic() + 20
    while True:
        found = re.search(r"^tako_calls_in_flight (\S+)$", tako.get("/metrics").body.decode(), re.MULTILINE)
        assert found is not None
        if float(found[1]) == 0:
            return
        assert time.monotonic() < until, f"{found[1]} calls are still in flight"
        await asyncio.sleep(0.05)


def resident(tako: Served) -> int:
    """KiB of memory of the server."""
    status = Path(f"/proc/{tako.process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1])
