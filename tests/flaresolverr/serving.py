"""A provider behind a wall, a whole server over it in this process, and one in a process of its own to kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Access, Attribution, Domain, KindSpec, Manifest, Page, Provider, ShapeChanged
from tests.flaresolverr.site import HOST
from tests.rpc.harness import Asked, Client

SEARCH = "BooksService/Search"
ROOT = Path(__file__).resolve().parents[2]


def shop(
    port: int, name: str = "shop", access: Access = Access.BROWSER, path: str = "/walled", **facts: Any
) -> Provider:
    """A provider that asks the tests' site."""

    class Shop(Provider):
        manifest = Manifest(
            id=name,
            title=name.title(),
            domains=(Domain.BOOKS,),
            homepage="https://example.org",
            base_url=f"http://{HOST}:{port}",
            hosts=frozenset({HOST}),
            attribution=Attribution("Data from nobody", "https://example.org"),
            kinds=(KindSpec(Item.BOOK, search=True, default=True, detail=True),),
            access=access,
            timeout=30.0,
            **facts,
        )

        async def search(self, ask: Any, up: Any) -> Page:
            found = await up.json(path, {"q": ask.text})
            if not isinstance(found, dict) or "titles" not in found:
                raise ShapeChanged("no titles")
            items = [Item(kind=Item.BOOK, source_id=title, title=title) for title in found["titles"]]
            return Page(items, next="", total=len(items))

    return Shop()


@dataclass
class Process:
    """A server in a process of its own."""

    process: asyncio.subprocess.Process
    client: Client
    log: Path

    async def search(self, query: str, timeout: float = 20) -> Asked:
        """Search the shop."""
        return await self.client(SEARCH, BooksSearchRequest(query=query, providers=["shop"]), SearchResponse, timeout)

    async def kill(self) -> None:
        """Without a word."""
        self.process.send_signal(signal.SIGKILL)
        await asyncio.wait_for(self.process.wait(), 20)

    async def end(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 40)


@asynccontextmanager
async def process(folder: Path, port: int, path: str = "/walled", **environment: str) -> AsyncIterator[Process]:
    """A started server; it is dead on the way out."""
    log = folder / "log"
    env = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ},
        "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
        "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
        "TAKO_CACHE_PATH": str(folder / "tako.db"),
        "TAKO_SHUTDOWN_GRACE": "0.5",
        "TAKO_JOBS": "false",  # a test may run when a job is due
        **environment,
    }
    with log.open("w") as output:
        started = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.flaresolverr.process", str(port), path),
            cwd=ROOT,
            env=env,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    try:
        assert started.stdout is not None
        address = (await asyncio.wait_for(started.stdout.readline(), 30)).decode().strip()
        assert address, log.read_text()
        async with grpc.aio.insecure_channel(address) as channel:
            yield Process(started, Client(channel), log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            started.kill()
        await started.wait()
