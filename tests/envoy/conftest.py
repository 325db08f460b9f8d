"""A real Envoy on free ports, with envoy/envoy.yaml, before stand-ins. One per test process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import grpc
import pytest
import pytest_asyncio
from aiohttp import web
from yarl import URL

from tako_server.rest import EnvoyProcess
from tests.conftest import require_tool
from tests.envoy.stand_ins import Backend, web_app

# A transcoded call carries its URL in x-envoy-original-path. grpcio refuses more than 16 KB of metadata, and from 8 KB
# on some of the calls, unless told otherwise; Envoy's own limit is 60 KB. The server has the same options.
LIMITS = [("grpc.max_metadata_size", 64 * 1024), ("grpc.absolute_max_metadata_size", 128 * 1024)]


@dataclass(frozen=True)
class Reply:
    """An HTTP answer, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, which must be JSON and say so."""
        assert self.headers["content-type"].partition(";")[0] == "application/json", self
        return json.loads(self.body)

    def error(self) -> tuple[int, int, str, str]:
        """HTTP status, code, reason and message of an error in the form that all of REST has."""
        error = self.json
        infos = [d for d in error["details"] if d["@type"] == "type.googleapis.com/google.rpc.ErrorInfo"]
        assert len(infos) == 1
        assert infos[0]["domain"] == "tako"
        return self.status, error["code"], infos[0]["reason"], error["message"]


@dataclass(frozen=True)
class Front:
    """Envoy, what is behind it, and a client."""

    envoy: EnvoyProcess
    backend: Backend
    session: aiohttp.ClientSession

    @property
    def address(self) -> str:
        """Where it is."""
        return self.envoy.address

    async def get(self, path: str, **headers: str) -> Reply:
        """GET a path exactly as written; `x_request_id` is the header x-request-id."""
        return await self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    async def ask(self, method: str, path: str, **options: Any) -> Reply:
        """Send any request; the path goes out as it is written."""
        url = URL(f"http://{self.address}{path}", encoded=True)
        async with self.session.request(method, url, allow_redirects=False, **options) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status, headers, await answer.read())


@pytest.fixture(scope="session")
def envoy_binary() -> Path:
    """The program, or a skipped test."""
    return Path(require_tool("envoy"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running_front(envoy_binary: Path) -> AsyncIterator[Front]:
    """Envoy before stand-ins, for all tests of this process."""
    backend = Backend()
    server = grpc.aio.server(options=LIMITS)
    server.add_generic_rpc_handlers((backend,))
    grpc_port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    runner = web.AppRunner(web_app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    web_port = runner.addresses[0][1]
    envoy = await EnvoyProcess.start(listen="127.0.0.1:0", grpc=f"127.0.0.1:{grpc_port}", web=f"127.0.0.1:{web_port}")
    session = aiohttp.ClientSession(auto_decompress=True, timeout=aiohttp.ClientTimeout(total=20))
    try:
        yield Front(envoy, backend, session)
    finally:
        await session.close()
        await envoy.stop()
        await server.stop(None)
        await runner.cleanup()


@pytest.fixture
def front(running_front: Front) -> Front:
    """The running front, with a backend that remembers nothing."""
    running_front.backend.reset()
    return running_front
