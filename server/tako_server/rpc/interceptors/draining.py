"""Bounds the calls in flight, and refuses new ones while the process finishes its last."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from tako_providers.sdk.errors import Overloaded
from tako_server.core.access import ShuttingDown
from tako_server.rpc.call import Call, Handler

NOT_BEGUN = "the server is shutting down"
"""Says of a call that nothing was done about it. The gateway asks another replica then (envoy/envoy.yaml)."""


class Draining:
    """Knows the calls in flight: at most ``limit`` at the same time, and no other once closed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tasks: set[asyncio.Task[object]] = set()
        self._closed = False
        self._cut = False

    def __call__(self, handler: Handler) -> Handler:
        """The interceptor."""

        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            if self._closed:
                raise ShuttingDown(NOT_BEGUN)
            if len(self._tasks) >= self._limit:
                raise Overloaded(f"the server answers {self._limit} calls already")
            task = self.count()
            answer = handler(call)
            return answer if isinstance(answer, bytes) else in_flight(task, answer)

        async def in_flight(task: asyncio.Task[object], answer: Awaitable[bytes | None]) -> bytes | None:
            try:
                return await answer
            except asyncio.CancelledError:
                if self._cut and task.uncancel() == 0:
                    raise ShuttingDown("the call was cut: the server is shutting down") from None
                raise

        return handle

    @property
    def is_open(self) -> bool:
        """Whether another call is let in."""
        return not self._closed and len(self._tasks) < self._limit

    def count(self) -> asyncio.Task[object]:
        """Count the call of this task until the task is done: until all is sent, however slowly it is read."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a handler always runs in a task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def in_flight(self) -> int:
        """Calls that have not ended."""
        return len(self._tasks)

    def close(self) -> None:
        """Let no other call in."""
        self._closed = True

    def cut(self) -> None:
        """End the calls in flight; their callers are told why."""
        self._cut = True
        for task in self._tasks:
            task.cancel()

    async def wait(self, seconds: float) -> bool:
        """Wait until the calls in flight have ended, at most ``seconds``; whether they have."""
        if not self._tasks:
            return True
        _, pending = await asyncio.wait(set(self._tasks), timeout=seconds)
        return not pending
