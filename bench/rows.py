"""The benchmarks. Each gives rows of the table; what it lacks a tool for, it skips with one line."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from bench.books import ITEM_ID, ITEMS, QUERY
from bench.load import Pair, Round, Target, answer, measured, middle
from bench.mapping import mapping
from bench.processes import Child, child, cpu_seconds, environment, resident_bytes, started
from bench.table import Row, compared
from tako.v1.answers_pb2 import DetailResponse, ProviderOutcome, SearchResponse
from tako.v1.books_service_pb2 import BooksDetailRequest, BooksSearchRequest
from tests.postgres import PostgresServer

SEARCH = "/tako.v1.BooksService/Search"
DETAIL = "/tako.v1.BooksService/Detail"
REST_PATH = "/v1/books/search?query=bench+lighthouse"
SEARCH_REQUEST = BooksSearchRequest(query=QUERY).SerializeToString()
DETAIL_REQUEST = BooksDetailRequest(id=ITEM_ID).SerializeToString()
NO_POSTGRES = "needs the programs of PostgreSQL"
NO_ENVOY = "needs Envoy"
IDENTICAL = 1000
_COLD_ROUNDS = 7
_WRITTEN_BEHIND = 0.5
"""Seconds after which what is written behind an answer has been written."""


@dataclass
class Bench:
    """What the benchmarks share: a folder, an upstream, and how long they take. ``scale`` 1.0 is a whole run."""

    folder: Path
    upstream: int
    postgres: PostgresServer | None
    scale: float = 1.0
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def rounds(self) -> int:
        """Rounds of each of a pair. Many short ones: neighbours are compared."""
        return 21 if self.scale >= 1 else 5

    def calls(self, most: int) -> int:
        """Calls of one round."""
        return max(int(most * self.scale), 200)

    def subject(self, *arguments: str, **settings: str) -> contextlib.AbstractContextManager[Child]:
        """A Tako of its own, with a store of its own."""
        return child(
            self.folder,
            "subject",
            *arguments,
            str(self.upstream),
            TAKO_GRPC_ADDRESS="127.0.0.1:0",
            TAKO_HTTP_ADDRESS="127.0.0.1:0",
            PORT="0",
            TAKO_CACHE_PATH=str(self.folder / f"tako-{next(self._numbers)}.db"),
            **settings,
        )

    def on_postgres(self, *arguments: str) -> contextlib.AbstractContextManager[Child]:
        """The same, with a database of its own."""
        assert self.postgres is not None
        database = asyncio.run(self.postgres.create())
        return self.subject(
            *arguments,
            DB_ENABLED="true",
            DB_HOST=database.host,
            DB_PORT=str(database.port),
            DB_NAME=database.name,
            DB_USER=database.user,
            DB_PASSWORD=database.password,
        )

    def constant(self, **bodies: bytes) -> contextlib.AbstractContextManager[Child]:
        """The ceiling: a handler with these bytes, by method."""
        methods = {"search": SEARCH, "detail": DETAIL}
        named = []
        for name, body in bodies.items():
            path = self.folder / f"constant-{next(self._numbers)}"
            path.write_bytes(body)
            named.append(f"{methods[name][1:]}={path}")
        return child(self.folder, "constant", *named)

    def pair(self, ours: Target, reference: Target, calls: int) -> Pair:
        """Interleaved rounds, after one that does not count."""
        found: tuple[list[Round], list[Round]] = ([], [])
        for number in range(self.rounds + 1):
            for target, rounds in zip((ours, reference), found, strict=True):
                one = measured(target, calls if number else max(calls // 4, 100), self.folder)
                if number:
                    rounds.append(one)
        return Pair(*found)


def hits(bench: Bench) -> Iterator[Row]:
    """Answers from memory, and the same over REST."""
    envoy = shutil.which("envoy", path=str(Path(sys.executable).parent)) or shutil.which("envoy")
    gateway = ("--rest",) if envoy else ()
    with bench.subject(*gateway) as tako:
        search = answer(tako["grpc"], SEARCH, SEARCH_REQUEST)
        detail = answer(tako["grpc"], DETAIL, DETAIL_REQUEST)
        assert len(SearchResponse.FromString(search).items) == ITEMS
        assert DetailResponse.FromString(detail).outcome.status == ProviderOutcome.OK
        with bench.constant(search=search, detail=detail) as constant:
            for what, path, request, body in (
                ("cached Search", SEARCH, SEARCH_REQUEST, search),
                ("cached Detail", DETAIL, DETAIL_REQUEST, detail),
            ):
                ours, reference = (
                    Target(one["grpc"], path, one["pids"][:1], (request,), len(body)) for one in (tako, constant)
                )
                pair = bench.pair(ours, reference, bench.calls(2000))
                yield from compared(f"{what}, {len(body) / 1000:.1f} KB", pair, cpu=1.2, p99=2.0)
        if not envoy:
            yield Row("REST hit", skipped=NO_ENVOY)
            return
        with bench.subject(*gateway, "--transcoded") as transcoded:
            answer(transcoded["grpc"], SEARCH, SEARCH_REQUEST)
            ours, reference = (
                Target(one["rest"], REST_PATH, one["pids"], smallest=len(search), rest=True)
                for one in (tako, transcoded)
            )
            pair = bench.pair(ours, reference, bench.calls(500))
            yield from compared("REST hit, Envoy and server", pair, cpu=0.4)


def stored(bench: Bench) -> Iterator[Row]:
    """Answers from the store, with nothing in memory."""
    with contextlib.ExitStack() as stack:
        stores = {"SQLite": stack.enter_context(bench.subject("--without-memory"))}
        if bench.postgres is not None:
            stores["PostgreSQL"] = stack.enter_context(bench.on_postgres("--without-memory"))
        else:
            yield Row("L2 hit, PostgreSQL", skipped=NO_POSTGRES)
        body = b""
        for tako in stores.values():
            body = answer(tako["grpc"], SEARCH, SEARCH_REQUEST)
        time.sleep(_WRITTEN_BEHIND)
        asked = requests(bench.upstream)
        constant = stack.enter_context(bench.constant(search=body))
        for name, tako in reversed(stores.items()):
            # The age of an answer is no part of its bytes, but times of other digits are: one byte more or less.
            ours, reference = (
                Target(one["grpc"], SEARCH, one["pids"], (SEARCH_REQUEST,), len(body) - ITEMS)
                for one in (tako, constant)
            )
            pair = bench.pair(ours, reference, bench.calls(800))
            yield from compared(f"L2 hit, {name}", pair, **({"cpu": 3.5} if name == "PostgreSQL" else {}))
        assert requests(bench.upstream) == asked, "an L2 hit asked upstream"


def cold(bench: Bench) -> Iterator[Row]:
    """Searches that nobody has asked before, and one that a thousand ask at the same time."""
    if bench.postgres is None:
        yield Row("cold Search, PostgreSQL", skipped=NO_POSTGRES)
    with bench.on_postgres() if bench.postgres is not None else bench.subject() as tako:
        if bench.postgres is not None:
            yield from _never_asked(bench, tako)
        yield from _all_at_once(bench, tako)


def _never_asked(bench: Bench, tako: Child) -> Iterator[Row]:
    rounds: list[Round] = []
    calls = bench.calls(600)
    for number in range((_COLD_ROUNDS if bench.scale >= 1 else 3) + 1):
        bodies = [
            BooksSearchRequest(query=f"lighthouse {number} {n}").SerializeToString()
            for n in range(calls if number else 100)
        ]
        asked = requests(bench.upstream)
        target = Target(tako["grpc"], SEARCH, tako["pids"], bodies, 20_000)
        rounds.append(measured(target, len(bodies), bench.folder, in_flight=8, settle=_WRITTEN_BEHIND))
        assert requests(bench.upstream) == asked + len(bodies), "a cold call did not ask upstream once"
    found = middle(rounds[1:])
    yield Row("cold Search of 20, PostgreSQL: own CPU", "ms", found.cpu / 1e3, most=1.3)
    yield Row("cold Search of 20, PostgreSQL: p50", "ms", found.p50)
    yield Row("cold Search of 20, PostgreSQL: p99", "ms", found.p99)
    yield Row("cold Search of 20, PostgreSQL: calls", "/s", found.rate)


def _all_at_once(bench: Bench, tako: Child) -> Iterator[Row]:
    asked = requests(bench.upstream)
    bodies = [BooksSearchRequest(query="asked by all").SerializeToString()] * 2
    measured(Target(tako["grpc"], SEARCH, tako["pids"], bodies, 20_000), IDENTICAL, bench.folder, in_flight=IDENTICAL)
    yield Row(f"{IDENTICAL:,} identical cold calls: upstream requests", "", requests(bench.upstream) - asked, most=1)


def idle(bench: Bench) -> Iterator[Row]:
    """`tako serve --no-rest` as it is installed, with its own providers."""
    port = _free_port()
    env = environment(
        TAKO_GRPC_ADDRESS=f"127.0.0.1:{port}",
        TAKO_HTTP_ADDRESS="127.0.0.1:0",
        TAKO_CACHE_PATH=str(bench.folder / "idle.db"),
        TAKO_LOG_LEVEL="warning",
    )
    command = [str(Path(sys.executable).with_name("tako")), "serve", "--no-rest"]
    seconds, cpu, memory = [], [], []
    for _ in range(5):
        with child(bench.folder, "watcher", str(port)) as watcher:
            begun = time.monotonic()
            with started(command, bench.folder / "idle.log", env) as process:
                seconds.append(watcher.next()["at"] - begun)
                cpu.append(cpu_seconds([process.pid]))
                time.sleep(0.5)
                memory.append(resident_bytes(process.pid) / 1e6)
    yield Row("start to SERVING", "s", median(seconds), most=1.0)
    yield Row("start to SERVING: CPU", "s", median(cpu))
    yield Row("idle RSS", "MB", median(memory), most=80.0)


ALL: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "hits": hits,
    "stored": stored,
    "cold": cold,
    "idle": idle,
    "mapping": mapping,
}
"""Benchmarks by the name that the command line takes."""


def requests(upstream: int) -> int:
    """Requests that the upstream has had."""
    with urllib.request.urlopen(f"http://127.0.0.1:{upstream}/asked", timeout=5) as told:
        return int(told.read())


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
