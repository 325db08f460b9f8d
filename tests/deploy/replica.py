"""A server of a fleet, to be killed: `python -m tests.deploy.replica UPSTREAM-PORT SITE-PORT`.

It has two made-up providers: `library` asks the upstream, four times a second at most, and `shop` needs a browser.
"""

from __future__ import annotations

import asyncio
import signal
import sys

import uvloop

from tako_providers.sdk import Limit
from tako_server import log
from tako_server.app import running
from tako_server.config import load_settings
from tako_server.engine.egress import Egress
from tests.faults.upstream import Upstream, library
from tests.flaresolverr.serving import shop

LIMIT = 4
"""Requests a second that all servers together may make."""


async def main() -> None:
    """Serve until SIGTERM, as ``tako serve --no-rest`` does, with a gate that is open to this machine."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = load_settings(dotenv=None)
    log.configure(settings.log_level, settings.log_format)
    upstream = Upstream()
    upstream.port = int(sys.argv[1])
    providers = {
        "library": library(upstream, limits=(Limit(LIMIT, seconds=1.0),)),
        "shop": shop(int(sys.argv[2]), path="/slow?s=0.5"),
    }
    async with running(settings, rest=False, providers=providers, egress=Egress(open_to_loopback=True)) as tako:
        print(tako.ready.grpc_address, tako.ready.http_address, flush=True)  # noqa: T201 - read by the test
        await stop.wait()


if __name__ == "__main__":
    uvloop.run(main())
