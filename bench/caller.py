"""A child: a small client that keeps calls in flight. Its job comes as JSON on stdin; times go to stdout."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import grpc
import uvloop

_PATIENCE = 30.0
_CHANNELS = 4

Ask = Callable[[bytes], Awaitable[bytes]]
"""Makes one call; its answer."""


async def _worker(ask: Ask, bodies: Iterator[bytes], took: list[float], answers: list[bytes]) -> None:
    for body in bodies:
        started = time.perf_counter()
        answers.append(await ask(body))
        took.append((time.perf_counter() - started) * 1e6)


async def _measured(ask: Ask, job: Any) -> dict[str, object]:
    given = [bytes.fromhex(body) for body in job["bodies"]]
    bodies = (given[number % len(given)] for number in range(job["calls"]))
    took: list[float] = []
    answers: list[bytes] = []
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(job["in_flight"]):
            group.create_task(_worker(ask, bodies, took, answers))
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "micros": took, "smallest": min(map(len, answers)), "last": answers[-1].hex()}


async def _over_grpc(job: Any) -> dict[str, object]:
    # Channels to one address share a connection unless they differ in an option.
    channels = [
        grpc.aio.insecure_channel(job["address"], options=(("grpc.use_local_subchannel_pool", 1), ("bench.n", n)))
        for n in range(_CHANNELS)
    ]
    methods: list[Any] = [channel.unary_unary(job["path"]) for channel in channels]
    turn = 0

    async def ask(body: bytes) -> bytes:
        nonlocal turn
        turn += 1
        answer: bytes = await methods[turn % _CHANNELS](body, timeout=_PATIENCE)
        return answer

    try:
        return await _measured(ask, job)
    finally:
        for channel in channels:
            await channel.close()


async def _over_rest(job: Any) -> dict[str, object]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(_PATIENCE), raise_for_status=True) as session:

        async def ask(_body: bytes) -> bytes:
            async with session.get(f"http://{job['address']}{job['path']}") as answer:
                return await answer.read()

        return await _measured(ask, job)


async def main() -> None:
    """Do the job."""
    job = json.loads(sys.stdin.read())
    print(json.dumps(await (_over_rest(job) if job["rest"] else _over_grpc(job))))


if __name__ == "__main__":
    uvloop.run(main())
