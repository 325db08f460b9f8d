"""Three servers in processes of their own, on one PostgreSQL, behind one Envoy that finds them by name."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import grpc
import pytest
import yaml

from tako_server.rest import EnvoyProcess
from tako_server.rest.envoy_config import local_config
from tests.deploy.names import Names, naming
from tests.postgres import Database
from tests.rpc.harness import Client

ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
TOKEN = "planted"


@dataclass
class Replica:
    """One of the servers."""

    host: str
    process: asyncio.subprocess.Process
    client: Client
    web: str
    log: Path

    @property
    def leads(self) -> bool:
        """Whether it runs the jobs, by its own log."""
        text = self.log.read_text()
        return text.rfind("jobs.leading") > text.rfind("jobs.not_leading")

    async def kill(self) -> None:
        """Without a word."""
        self.process.send_signal(signal.SIGKILL)
        await asyncio.wait_for(self.process.wait(), 20)

    async def end(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 40)


@dataclass
class Fleet:
    """The servers, and the one address in front of them."""

    rest: str
    http: aiohttp.ClientSession
    names: Names
    replicas: list[Replica] = field(default_factory=list)

    async def get(self, path: str, **parameters: str) -> tuple[int, Any]:
        """Status and JSON of a call over REST."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        async with self.http.get(f"{self.rest}{path}", params=parameters, headers=headers) as answer:
            return answer.status, await answer.json()

    async def search(self, query: str, **parameters: str) -> tuple[int, Any]:
        """Search books."""
        return await self.get("/v1/books/search", query=query, providers="library", **parameters)


@asynccontextmanager
async def fleet(
    folder: Path, database: Database, upstream: int, site: int, monkeypatch: pytest.MonkeyPatch, **environment: str
) -> AsyncIterator[Fleet]:
    """All of it, ready; none of it is left on the way out."""
    async with AsyncExitStack() as stack:
        names = await stack.enter_async_context(naming())
        shared = {
            "DB_ENABLED": "true",
            "DB_HOST": database.host,
            "DB_PORT": str(database.port),
            "DB_NAME": database.name,
            "DB_USER": database.user,
            "DB_PASSWORD": database.password,
            "TAKO_ADMIN_TOKEN": TOKEN,
            **environment,
        }
        grpc_port = web_port = "0"
        replicas = []
        for host in HOSTS:
            shared |= {"TAKO_GRPC_ADDRESS": f"{host}:{grpc_port}", "TAKO_HTTP_ADDRESS": f"{host}:{web_port}"}
            replica, address = await stack.enter_async_context(_replica(folder / host, host, upstream, site, shared))
            # The others have its ports, as containers of one image have.
            grpc_port, web_port = address.rpartition(":")[2], replica.web.rpartition(":")[2]
            replicas.append(replica)
            names.addresses.append(host)
        envoy = await _envoy(names, grpc_port, web_port, monkeypatch)
        stack.push_async_callback(envoy.stop, 0.5)
        http = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)))
        yield Fleet(f"http://{envoy.address}", http, names, replicas)


async def _envoy(names: Names, grpc_port: str, web_port: str, monkeypatch: pytest.MonkeyPatch) -> EnvoyProcess:
    """As `tako gateway` starts it. What differs is whom it asks for the addresses of a name."""

    def asking_us(*arguments: Any) -> str:
        config = yaml.safe_load(local_config(*arguments))
        config["typed_dns_resolver_config"] = {
            "name": "envoy.network.dns_resolver.cares",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
                "resolvers": [{"socket_address": {"address": "127.0.0.1", "port_value": names.port}}],
                "dns_resolver_options": {"no_default_search_domain": True},
            },
        }
        return yaml.safe_dump(config)

    monkeypatch.setattr("tako_server.rest.envoy_process.local_config", asking_us)
    return await EnvoyProcess.start(listen="127.0.0.1:0", grpc=f"tako.test:{grpc_port}", web=f"tako.test:{web_port}")


@asynccontextmanager
async def _replica(
    folder: Path, host: str, upstream: int, site: int, environment: dict[str, str]
) -> AsyncIterator[tuple[Replica, str]]:
    folder.mkdir()  # noqa: ASYNC240 - nobody waits for it
    log = folder / "log"
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    with log.open("w") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.deploy.replica", str(upstream), str(site)),
            cwd=ROOT,
            env={**inherited, "TAKO_CACHE_PATH": str(folder / "tako.db"), "TAKO_SHUTDOWN_GRACE": "5", **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    try:
        assert process.stdout is not None
        told = (await asyncio.wait_for(process.stdout.readline(), 30)).decode().split()
        assert told, log.read_text()
        address, web = told
        async with grpc.aio.insecure_channel(address) as channel:
            yield Replica(host, process, Client(channel), web, log), address
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
