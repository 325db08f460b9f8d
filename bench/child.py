"""What the benchmarks' child processes share: one line of JSON when they are ready, and their end."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Mapping


async def serve_until_ended(ready: Mapping[str, object]) -> None:
    """Tell that this process is ready, and wait for SIGTERM."""
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    print(json.dumps(ready), flush=True)
    await end.wait()
