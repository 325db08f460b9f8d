"""One call on its way through the interceptors to its servicer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import grpc
from google.protobuf.message import Message

from tako_server.core.deadline import Deadline


@dataclass(slots=True)
class Call:
    """One call. ``raw`` is the request as it came; ``request`` is it parsed and checked, once validation has run."""

    method: str
    request_type: type[Message]
    raw: bytes
    context: grpc.aio.ServicerContext[bytes, bytes]
    metadata: Mapping[str, str]
    request: Any = None
    request_id: str = ""
    deadline: Deadline = field(default_factory=lambda: Deadline.after(0))
    is_admin: bool = False
    has_key: bool = False

    async def write(self, message: bytes) -> None:
        """Send one message of a stream; waits while the caller reads slowly."""
        await self.context.write(message)


Handler: TypeAlias = Callable[[Call], Awaitable[bytes | None]]
"""Answers a call: the serialized answer, or None for a stream, whose messages it writes itself."""
Interceptor: TypeAlias = Callable[[Handler], Handler]
"""Wraps a handler with one concern."""


def composed(interceptors: Sequence[Interceptor], handler: Handler) -> Handler:
    """``handler`` within ``interceptors``, the first outermost."""
    for interceptor in reversed(interceptors):
        handler = interceptor(handler)
    return handler
