"""``python -m bench.soak [--minutes 10] [--rate 200]``: mixed load for a long time, and what it leaves behind.

Hits, misses, look-ups of one thing, a provider in trouble, wrong requests, streams, REST, and callers that go away, on
loopback. The memory of server and gateway, and the server's open files, are read every few seconds. At the end it
prints what became of the calls, and how memory and files compare with those after the warm-up. The exit code is 1 when
memory has grown by more than 5 %, when files are left open, or when a call ended as none may.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import grpc
import uvloop

from bench.books import ITEM_ID
from bench.processes import Child, child, open_files, resident_bytes
from tako.v1.books_service_pb2 import BooksDetailRequest, BooksSearchRequest
from tako.v1.catalog_service_pb2 import CatalogSearchRequest

GROWTH = 1.05
"""How much larger the memory may be at the end than after the warm-up."""
SPARE_FILES = 5
"""Open files more than after the warm-up: connections come and go."""
LOOK_EVERY = 2.0
MOST_AT_ONCE = 400
HOT = [f"hot lighthouse {number}" for number in range(50)]
SEARCH = "/tako.v1.BooksService/Search"
DETAIL = "/tako.v1.BooksService/Detail"
STREAM = "/tako.v1.CatalogService/SearchStream"
PATIENCE = 20.0


@dataclass
class Sample:
    """What the server and the gateway held at a moment."""

    at: float
    memory: int
    gateway: int
    files: int


@dataclass
class Soak:
    """The load, what became of it, and what was seen of the server meanwhile."""

    channel: grpc.aio.Channel
    rest: aiohttp.ClientSession
    tako: Child
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)
    slipped: int = 0
    _fresh: Any = field(default_factory=itertools.count)

    async def hit(self) -> str:
        """A question that was asked before."""
        return await self._unary(SEARCH, BooksSearchRequest(query=random.choice(HOT), providers=["openlibrary"]))

    async def miss(self) -> str:
        """A question that nobody has asked."""
        return await self._unary(SEARCH, BooksSearchRequest(query=f"lighthouse {next(self._fresh)}", page_size=20))

    async def detail(self) -> str:
        """One thing."""
        return await self._unary(DETAIL, BooksDetailRequest(id=ITEM_ID))

    async def trouble(self) -> str:
        """A question to the provider whose upstream is ill."""
        return await self._unary(SEARCH, BooksSearchRequest(query=f"ill {next(self._fresh)}", providers=["trouble"]))

    async def wrong(self) -> str:
        """A request that breaks a rule."""
        return await self._unary(SEARCH, BooksSearchRequest(query="x", page_size=-1))

    async def gone(self) -> str:
        """A caller that goes away."""
        asked = BooksSearchRequest(query=f"gone {next(self._fresh)}", providers=["openlibrary"])
        call: Any = self.channel.unary_unary(SEARCH)(asked.SerializeToString(), timeout=PATIENCE)  # type: ignore[arg-type] # raw
        await asyncio.sleep(random.random() * 0.01)
        call.cancel()
        try:
            await call
        except asyncio.CancelledError:
            return "CANCELLED"
        return "OK"

    async def stream(self) -> str:
        """A stream, read to its end, or given up after its first event."""
        raw = CatalogSearchRequest(query=random.choice(HOT), domains=["books"]).SerializeToString()
        call: Any = self.channel.unary_stream(STREAM)(raw, timeout=PATIENCE)  # type: ignore[arg-type] # raw
        try:
            async for _ in call:
                if random.random() < 0.2:
                    call.cancel()
                    return "CANCELLED"
        except grpc.aio.AioRpcError as error:
            return error.code().name
        return "OK"

    async def over_rest(self) -> str:
        """A question over REST."""
        asked = {"query": random.choice(HOT), "providers": "openlibrary"}
        async with self.rest.get("/v1/books/search", params=asked) as answer:
            await answer.read()
            return str(answer.status)

    async def _unary(self, method: str, request: Any) -> str:
        ask: Any = self.channel.unary_unary(method)
        try:
            await ask(request.SerializeToString(), timeout=PATIENCE)
        except grpc.aio.AioRpcError as error:
            return error.code().name
        return "OK"

    def mix(self) -> tuple[tuple[str, Callable[[], Awaitable[str]], int, frozenset[str]], ...]:
        """Name, call, share in percent, and how it may end."""
        ok, troubled = (
            frozenset({"OK"}),
            frozenset({"OK", "UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED", "INTERNAL"}),
        )
        ended = frozenset({"OK", "CANCELLED"})
        return (
            ("hit", self.hit, 40, ok),
            ("miss", self.miss, 15, ok),
            ("detail", self.detail, 10, ok),
            ("REST hit", self.over_rest, 10, frozenset({"200"})),
            ("provider in trouble", self.trouble, 8, troubled),
            ("caller gone", self.gone, 7, ended),
            ("stream", self.stream, 5, ended),
            ("wrong request", self.wrong, 5, frozenset({"INVALID_ARGUMENT"})),
        )

    async def run(self, seconds: float, rate: float) -> None:
        """Begin ``rate`` calls a second, whether or not those before have ended."""
        kinds = self.mix()
        weights = [share for _, _, share, _ in kinds]
        at_once = asyncio.Semaphore(MOST_AT_ONCE)
        begun = time.monotonic()
        looking = asyncio.create_task(self._look())
        try:
            async with asyncio.TaskGroup() as calls:
                for number in range(int(seconds * rate)):
                    await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
                    if at_once.locked():
                        self.slipped += 1
                    await at_once.acquire()
                    ((name, call, _, _),) = random.choices(kinds, weights)
                    calls.create_task(self._counted(name, call, at_once))
        finally:
            looking.cancel()

    async def _counted(self, name: str, call: Callable[[], Awaitable[str]], at_once: asyncio.Semaphore) -> None:
        try:
            self.told[name, await call()] += 1
        finally:
            at_once.release()

    async def _look(self) -> None:
        begun = time.monotonic()
        server, gateway = self.tako["pids"]
        while True:
            at, files = time.monotonic() - begun, open_files(server)
            self.samples.append(Sample(at, resident_bytes(server), resident_bytes(gateway), files))
            await asyncio.sleep(LOOK_EVERY)

    def unexpected(self) -> Counter[tuple[str, str]]:
        """Calls that ended as none of their kind may."""
        allowed = {name: codes for name, _, _, codes in self.mix()}
        return Counter({key: number for key, number in self.told.items() if key[1] not in allowed[key[0]]})


def middle(samples: Sequence[Sample], begin: float, end: float) -> tuple[float, float, float]:
    """Medians between two moments: memory of the server and of the gateway (bytes), and open files."""
    chosen = [sample for sample in samples if begin <= sample.at <= end] or list(samples[-1:])
    return (
        median(sample.memory for sample in chosen),
        median(sample.gateway for sample in chosen),
        median(sample.files for sample in chosen),
    )


async def soak(seconds: float, rate: float, folder: Path) -> int:
    """Run, print what was seen, and judge. The exit code."""
    with child(folder, "soak_upstream") as upstream:
        settings = {
            "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
            "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
            "PORT": "0",
            "TAKO_CACHE_PATH": str(folder / "soak.db"),
            "TAKO_CACHE_MEMORY_MB": "16",  # full before the warm-up has ended
        }
        with child(folder, "soak_subject", str(upstream["port"]), **settings) as tako:
            async with grpc.aio.insecure_channel(tako["grpc"]) as channel, aiohttp.ClientSession(tako["rest"]) as rest:
                one = Soak(channel, rest, tako)
                await one.run(seconds, rate)
    return judged(one, seconds, rate)


def judged(one: Soak, seconds: float, rate: float) -> int:
    """Print the figures. The exit code."""
    warm = min(120.0, seconds * 0.3)
    window = min(60.0, seconds * 0.2)
    *first, first_files = middle(one.samples, warm, warm + window)
    *last, last_files = middle(one.samples, seconds - window, seconds)
    for (name, code), number in sorted(one.told.items()):
        print(f"{name:22}{code:20}{number:8}")
    calls, well = sum(one.told.values()), last_files <= first_files + SPARE_FILES
    print(f"\n{calls} calls in {seconds:.0f} s, {rate:.0f} a second; {one.slipped} had to wait for others to end")
    for whose, before, after in zip(("server", "gateway"), first, last, strict=True):
        told = f"memory of the {whose} {before / 1e6:.1f} MB after {warm:.0f} s, {after / 1e6:.1f} MB at the end"
        print(f"{told}: {after / before - 1:+.1%}")
        well = well and after <= before * GROWTH
    print(f"open files {first_files:.0f} after {warm:.0f} s, {last_files:.0f} at the end")
    unexpected = one.unexpected()
    for (name, code), number in unexpected.items():
        print(f"UNEXPECTED: {name} ended with {code}, {number} times")
    well = well and not unexpected
    print("well" if well else "NOT well")
    return 0 if well else 1


def main() -> int:
    """Read the command line, and soak."""
    parser = argparse.ArgumentParser(prog="bench.soak", description="Mixed load for a long time, on loopback.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=200.0, help="calls a second")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tako-soak-") as folder:
        return uvloop.run(soak(given.minutes * 60, given.rate, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
