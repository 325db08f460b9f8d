"""A gateway of its own, before servers elsewhere: Envoy in the foreground, and nothing else of Tako."""

from __future__ import annotations

import asyncio
import signal

import structlog

from tako_server.rest.envoy_config import Front
from tako_server.rest.envoy_process import EnvoyProcess

log = structlog.get_logger(__name__)


def run(*, listen: str, grpc: str, web: str, front: Front, concurrency: int, grace: float) -> int:
    """Serve until SIGTERM or SIGINT, then drain for ``grace`` seconds at most. 0, or 1 when Envoy died by itself.

    ``grpc`` and ``web`` may be names that stand for several servers; Envoy spreads calls over them. Raises
    EnvoyStartError.
    """
    return asyncio.run(_serve(listen, grpc, web, front, concurrency, grace))


async def _serve(listen: str, grpc: str, web: str, front: Front, concurrency: int, grace: float) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    envoy = await EnvoyProcess.start(listen=listen, grpc=grpc, web=web, front=front, concurrency=concurrency)
    told, died = asyncio.create_task(stop.wait()), asyncio.create_task(envoy.wait())
    try:
        log.info("gateway.ready", rest=envoy.address, grpc=grpc, web=web)
        await asyncio.wait((told, died), return_when=asyncio.FIRST_COMPLETED)
        return 0 if stop.is_set() else 1
    finally:
        for task in (told, died):
            task.cancel()
        await asyncio.gather(told, died, return_exceptions=True)
        await envoy.stop(grace)
