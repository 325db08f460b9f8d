"""A server on this machine that does what a test says, and names that lead to it."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.engine.support import manifest

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

AGENT = "Tako/0 (+test@example.org)"
SECRET = "k3y-of-the-test"


class Names(AbstractResolver):
    """Names of a test that lead where it says."""

    def __init__(self, addresses: dict[str, str]) -> None:
        self.addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The one address of a name."""
        if host not in self.addresses:
            raise OSError(f"no such name: {host}")
        return [
            ResolveResult(hostname=host, host=self.addresses[host], port=port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing is held."""


class Server:
    """A server that answers each path by a handler of the test, and keeps the requests."""

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}
        self.seen: list[web.Request] = []
        self.cancelled = asyncio.Event()
        self.entered = asyncio.Event()
        self.port = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Dispatch by path."""
        self.seen.append(request)
        return await self.handlers[request.path](request)

    def url(self, path: str, host: str = "a.test") -> str:
        """The address of a path here."""
        return f"http://{host}:{self.port}{path}"

    def answers(self, path: str, *args: Any, **kwargs: Any) -> None:
        """Answer ``path`` with what ``web.Response`` makes of the arguments."""

        async def handler(request: web.Request) -> web.Response:
            return web.Response(*args, **kwargs)

        self.handlers[path] = handler

    def redirects(self, path: str, to: str, status: int = 302) -> None:
        """Answer ``path`` with a redirect."""
        self.answers(path, status=status, headers={"Location": to})

    async def hang(self, request: web.Request) -> web.StreamResponse:
        """Never answer; tell when the client has gone."""
        self.entered.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()
        raise AssertionError


ACME = manifest("a.test", "b.test")
