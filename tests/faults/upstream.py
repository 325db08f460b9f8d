"""A real upstream on this machine that misbehaves as a test says, and the provider that asks it."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Domain, KindSpec, Manifest, Page, Provider, ShapeChanged

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]
HOST = "127.0.0.1"


class Upstream:
    """Answers every request by ``behaviour``, and keeps when each came."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = well
        self.came: list[float] = []
        self.left = 0
        """Requests whose client went away before the answer was there."""
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def requests(self) -> int:
        """How many came."""
        return len(self.came)

    async def start(self) -> None:
        """Listen: on a free port at first, on the same one later."""
        app = web.Application()
        app.router.add_get("/search", self._answer)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Refuse connections from now on."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.came.append(time.monotonic())
        try:
            return await self.behaviour(request)
        except asyncio.CancelledError:
            self.left += 1
            raise


@asynccontextmanager
async def listening() -> AsyncIterator[Upstream]:
    """An upstream that is well."""
    upstream = Upstream()
    await upstream.start()
    try:
        yield upstream
    finally:
        await upstream.stop()


def library(upstream: Upstream, name: str = "library", hosts: frozenset[str] = frozenset(), **facts: Any) -> Provider:
    """A provider of books that asks ``upstream``."""

    class Library(Provider):
        manifest = Manifest(
            id=name,
            title=name.title(),
            domains=(Domain.BOOKS,),
            homepage="https://example.org",
            base_url=f"http://{HOST}:{upstream.port}",
            hosts=frozenset({HOST}) | hosts,
            attribution=Attribution("Data from nobody", "https://example.org"),
            kinds=(KindSpec(Item.BOOK, search=True, default=True, detail=True),),
            **facts,
        )

        async def search(self, ask: Any, up: Any) -> Page:
            found = await up.json("/search", {"q": ask.text, "page": ask.page})
            if not isinstance(found, dict) or "titles" not in found:
                raise ShapeChanged("no titles")
            items = [Item(kind=Item.BOOK, source_id=title, title=title) for title in found["titles"]]
            return Page(items, next=found["next"], total=len(items))

    return Library()


# --- How it behaves ------------------------------------------------------------------------------------------


async def well(request: web.Request) -> web.StreamResponse:
    """Two titles a page, and two pages."""
    text, page = request.query["q"], int(request.query["page"])
    return web.json_response({"titles": [f"{text} {page}a", f"{text} {page}b"], "next": "2" if page == 1 else ""})


async def hangs(request: web.Request) -> web.StreamResponse:
    """Takes the request, and says nothing."""
    await asyncio.Event().wait()
    raise AssertionError


async def resets(request: web.Request) -> web.StreamResponse:
    """Breaks off in the middle of the body."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"titles": [')
    assert request.transport is not None
    request.transport.abort()
    return response


async def never_ends(request: web.Request) -> web.StreamResponse:
    """Sends as much as the client takes."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" " * 1_000_000)


async def drips(request: web.Request) -> web.StreamResponse:
    """Sends a byte now and then, for ever."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


def says(status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Behaviour:
    """Always the same answer."""
    told = {"Content-Type": "application/json", **(headers or {})}

    async def behave(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers=told)

    return behave


def bomb() -> Behaviour:
    """60 KB that are 60 MB when they are unpacked."""
    return says(body=gzip.compress(b" " * 60_000_000, compresslevel=6), headers={"Content-Encoding": "gzip"})


def gated(gate: asyncio.Event) -> Behaviour:
    """Answers when the gate is open."""

    async def behave(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return await well(request)

    return behave


CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>_cf_chl_opt</body></html>"
