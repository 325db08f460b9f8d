"""A child: tells the moment at which the server on a port of loopback says that it is SERVING.

python -m bench.watcher PORT
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from typing import Any

import grpc
from grpc_health.v1 import health_pb2

_PATIENCE = 30.0
_PAUSE = 0.01


async def _serving(port: int) -> None:
    """Wait. A connection comes first, for a channel that was refused once waits a second before it tries again."""
    while True:
        with contextlib.suppress(OSError, grpc.aio.AioRpcError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
                check: Any = channel.unary_unary(
                    "/grpc.health.v1.Health/Check", response_deserializer=health_pb2.HealthCheckResponse.FromString
                )
                if (await check(b"", timeout=2)).status == health_pb2.HealthCheckResponse.SERVING:
                    return
        await asyncio.sleep(_PAUSE)


async def main(port: int) -> None:
    """Tell that it watches, and then when it has seen it, on the clock that all processes share."""
    print("{}", flush=True)
    async with asyncio.timeout(_PATIENCE):
        await _serving(port)
    print(json.dumps({"at": time.monotonic()}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
