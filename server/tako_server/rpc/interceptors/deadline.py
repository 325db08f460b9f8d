"""Every call that is worked on has a deadline: the caller's, or the default, never later than its cap.

From here on logs carry the call's id. Answers from memory do not come so far: binding the id costs a tenth of one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from structlog.contextvars import bind_contextvars

from tako_providers.sdk.errors import OutOfTime
from tako_server.core.deadline import Deadline
from tako_server.rpc.call import Call, Handler, Interceptor, settled


def deadline(default: float, cap: Callable[[str, Any], float]) -> Interceptor:
    """Bound each call by the time that its caller gives it, ``default`` seconds when it gives none.

    ``cap`` says how many seconds a method and its request may take at most.
    """

    def interceptor(handler: Handler) -> Handler:
        async def handle(call: Call) -> bytes | None:
            given: float | None = call.context.time_remaining()
            seconds = min(default if given is None else given, cap(call.method, call.request))
            call.deadline = Deadline.after(seconds)
            bind_contextvars(request_id=call.request_id)  # never unbound: each call has a task and a context of its own
            try:
                async with asyncio.timeout(seconds):
                    return await settled(handler(call))
            except TimeoutError:
                raise OutOfTime("the deadline passed before there was an answer") from None

        return handle

    return interceptor
