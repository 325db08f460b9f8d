"""One call on its way through the interceptors to its servicer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import grpc
from google.protobuf.message import Message

from tako_server.core.deadline import Deadline
from tako_server.core.envelope import Composed
from tako_server.core.ports import ANYTHING, Demand

if TYPE_CHECKING:
    from tako_server.rpc.ready_json import ReadyJson

TRANSCODED = "x-envoy-original-path"
"""Metadata by which the gateway, and nobody from outside, says that it asks for a REST caller."""
_NO_TIME = Deadline(0.0)


@dataclass(slots=True)
class Call:
    """One call. ``raw`` is the request as it came; ``request`` is it parsed and checked, once validation has run.

    Calls with the same bytes may share one ``request``: nobody changes it. ``key`` is the method and the question in
    one form, whoever asks; ``demand`` is how old an answer may be, which is no part of the question.
    """

    method: str
    request_type: type[Message]
    raw: bytes = field(repr=False)
    context: grpc.aio.ServicerContext[bytes, bytes] = field(repr=False)
    metadata: Mapping[str, str] = field(repr=False)
    request: Any = field(default=None, repr=False)
    key: bytes = field(default=b"", repr=False)
    demand: Demand = ANYTHING
    request_id: str = ""
    deadline: Deadline = _NO_TIME
    is_transcoded: bool = False
    """Whether the gateway asks for a REST caller: then trailing metadata would be lost."""
    is_admin: bool = False
    has_key: bool = False
    caller: str = ""
    """The key that the caller has, by its number; "" without one."""
    answer_type: type[Message] | None = None
    """What the method answers with; None for a stream."""
    answer: Composed | None = None
    """The answer with what may be done with it, when it is one that the core composed."""
    ready: ReadyJson | None = field(default=None, repr=False)
    """The answer as JSON, when it has been made before."""
    age: float | None = None
    """Seconds since upstream was asked; None when the answer has no such age."""
    lasts: float = 0.0
    """Seconds for which the answer may be given again."""
    trailing: tuple[tuple[str, str], ...] = ()
    """Metadata to send with the answer."""
    limits: tuple[tuple[str, str], ...] = ()
    """Metadata about what the caller has left of its rate, sent with an answer and with an error."""
    _has_begun: bool = field(default=False, repr=False)

    def answered(self, answer: Composed) -> bytes:
        """Note a composed answer; its bytes."""
        self.answer = answer
        return answer.body

    async def write(self, message: bytes) -> None:
        """Send one message of a stream; waits while the caller reads slowly.

        A caller that has gone away is the same as a cancelled call.
        """
        try:
            if self.limits and self.is_transcoded and not self._has_begun:
                self._has_begun = True
                await self.context.send_initial_metadata(self.limits)
            await self.context.write(message)
        except grpc.aio.BaseError:
            raise asyncio.CancelledError("the caller has gone away") from None


Handler: TypeAlias = Callable[[Call], bytes | Awaitable[bytes | None]]
"""Answers a call: with the serialized answer, or with something to wait for, which gives it, or None for a stream,
whose messages it writes itself.

An answer that lies ready is given at once, through all interceptors: no coroutine is made for any of them. So what
surrounds an answer has two halves, and ``isinstance(answer, bytes)`` between them.
"""
Interceptor: TypeAlias = Callable[[Handler], Handler]
"""Wraps a handler with one concern."""


async def settled(answer: bytes | Awaitable[bytes | None]) -> bytes | None:
    """What a handler gave, once it is there."""
    return answer if isinstance(answer, bytes) else await answer


def code_name(call: Call) -> str:
    """The name of the status that a call was aborted with."""
    code: object = call.context.code()
    return next((known.name for known in grpc.StatusCode if code in (known, known.value[0])), str(code))


def composed(interceptors: Sequence[Interceptor], handler: Handler) -> Handler:
    """``handler`` within ``interceptors``, the first outermost."""
    for interceptor in reversed(interceptors):
        handler = interceptor(handler)
    return handler
