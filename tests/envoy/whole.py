"""A whole Tako behind its own Envoy, with providers that a test makes up."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from tako_providers.sdk import Provider
from tests.envoy.conftest import Reply
from tests.faults.serving import Tako, tako


@dataclass
class Whole:
    """A running Tako, and a client of its REST."""

    grpc: Tako
    url: str
    session: aiohttp.ClientSession
    trusting: ssl.SSLContext | bool = True
    """What the client believes of a server with TLS."""

    async def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Ask a path exactly as written; `x_api_key` is the header x-api-key."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.ask(method, path, headers=sent)

    async def ask(self, method: str, path: str, **options: Any) -> Reply:
        """Send any request."""
        url = URL(self.url + path, encoded=True)
        async with self.session.request(method, url, allow_redirects=False, ssl=self.trusting, **options) as answer:
            headers: dict[str, str] = {}
            for name, value in answer.headers.items():
                known = headers.get(name.lower())
                headers[name.lower()] = f"{known}, {value}" if known else value
            return Reply(answer.status, headers, await answer.read())


@asynccontextmanager
async def whole(folder: Path, *providers: Provider, **environment: str) -> AsyncIterator[Whole]:
    """A Tako with gRPC and REST."""
    async with (
        tako(folder, *providers, rest=True, database=None, **environment) as server,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session,
    ):
        assert server.ready.rest_url is not None
        yield Whole(server, server.ready.rest_url, session)
