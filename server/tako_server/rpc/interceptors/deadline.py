"""Every call has a deadline: the caller's, or the default, never later than the cap."""

from __future__ import annotations

import asyncio

from tako_providers.sdk.errors import OutOfTime
from tako_server.core.deadline import Deadline
from tako_server.rpc.call import Call, Handler, Interceptor


def deadline(default: float, cap: float) -> Interceptor:
    """Bound each call by the time that its caller gives it, ``default`` seconds when it gives none."""

    def interceptor(handler: Handler) -> Handler:
        async def handle(call: Call) -> bytes | None:
            given: float | None = call.context.time_remaining()
            seconds = min(default if given is None else given, cap)
            call.deadline = Deadline.after(seconds)
            try:
                async with asyncio.timeout(seconds):
                    return await handler(call)
            except TimeoutError:
                raise OutOfTime("the deadline passed before there was an answer") from None

        return handle

    return interceptor
