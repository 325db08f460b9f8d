"""`tako serve` with every name leading to one port of this machine: `python -m tests.observe.process PORT`."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys

import aiohttp
import uvloop
from aiohttp.abc import AbstractResolver, ResolveResult

from tako_server import app, log
from tako_server.cli.serve import load
from tako_server.engine.egress import Egress
from tako_server.secret_values import secret_values


class Everything(AbstractResolver):
    """All names are one place."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The port of the upstreams, whatever was asked for."""
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=int(sys.argv[1]),
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Nothing is held."""


async def main() -> None:
    """Serve until SIGTERM, as ``tako serve`` does, with a gate that is open to this machine."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = load(overrides={})
    log.configure(settings.log_level, settings.log_format, secret_values(settings))
    async with app.running(settings, rest=True, egress=Egress(open_to_loopback=True)) as tako:
        print(tako.ready.grpc_address, tako.ready.rest_url, tako.ready.http_address, flush=True)  # noqa: T201 - for the test
        await stop.wait()


if __name__ == "__main__":
    aiohttp.DefaultResolver = Everything  # type: ignore[assignment] # what the server takes for a resolver
    uvloop.run(main())
