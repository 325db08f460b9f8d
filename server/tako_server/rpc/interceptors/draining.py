"""Bounds the calls in flight, and refuses new ones while the process finishes its last."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from tako_providers.sdk.errors import Overloaded
from tako_server.core.access import ShuttingDown
from tako_server.rpc.call import Call, Handler

NOT_BEGUN = "the server is shutting down"
"""Says of a call that nothing was done about it. The gateway asks another replica then (envoy/envoy.yaml)."""
_A_FEW = 64
"""Tasks that are done and not forgotten yet, beside as many as are not done."""


class Draining:
    """Knows the calls in flight: at most ``limit`` at the same time, and no other once closed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tasks: set[asyncio.Task[object]] = set()
        self._swept_at = _A_FEW
        self._closed = False
        self._cut = False

    def __call__(self, handler: Handler) -> Handler:
        """The interceptor."""

        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            if self._closed:
                raise ShuttingDown(NOT_BEGUN)
            if not self.is_open:
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
        return not self._closed and (len(self._tasks) < self._limit or self.in_flight < self._limit)

    def count(self) -> asyncio.Task[object]:
        """Count the call of this task until the task is done: until all is sent, however slowly it is read."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a handler always runs in a task
        self._tasks.add(task)
        if len(self._tasks) >= self._swept_at:
            self._sweep()
        return task

    def _sweep(self) -> None:
        """Forget tasks that are done. A callback of each of them would cost more than to look at all now and then."""
        self._tasks = {task for task in self._tasks if not task.done()}
        self._swept_at = 2 * len(self._tasks) + _A_FEW

    @property
    def in_flight(self) -> int:
        """Calls that have not ended."""
        self._sweep()
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
