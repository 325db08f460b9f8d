"""A server with one made-up provider, to be killed: `python -m tests.flaresolverr.process PORT PATH`."""

from __future__ import annotations

import asyncio
import signal
import sys

import uvloop

from tako_server import log
from tako_server.app import running
from tako_server.config import load_settings
from tako_server.engine.egress import Egress
from tests.flaresolverr.serving import shop


async def main() -> None:
    """Serve until SIGTERM, as ``tako serve`` does, with a gate that is open to this machine."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = load_settings(dotenv=None)
    log.configure(settings.log_level, settings.log_format)
    made = shop(int(sys.argv[1]), path=sys.argv[2])
    async with running(settings, rest=False, providers={"shop": made}, egress=Egress(open_to_loopback=True)) as tako:
        print(tako.ready.grpc_address, flush=True)  # noqa: T201 - read by the test
        await stop.wait()


if __name__ == "__main__":
    uvloop.run(main())
