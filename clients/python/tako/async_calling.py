"""How the asyncio client calls. As ``tako.calling``, with awaits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Generic, Self

import grpc
from grpc import aio

from tako.calling import Asking, Event, Metadata, Paged, Request, Response
from tako.decoding import error_of
from tako.errors import Cancelled


class AsyncStream(AsyncIterator[Event], Generic[Event]):
    """The events of a call, as they come. Leave it early with ``cancel``, or use it in an ``async with`` block."""

    def __init__(self, call: aio.UnaryStreamCall[Any, Event]) -> None:
        self._call = call
        self._events = call.__aiter__()

    async def __anext__(self) -> Event:
        """The next event. Raises TakoError."""
        try:
            return await anext(self._events)
        except aio.AioRpcError as error:
            raise error_of(error) from error
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # Not this task, but the call was cancelled: an error of the call, as in the other client.
            raise Cancelled(grpc.StatusCode.CANCELLED, "the call was cancelled here") from None

    def cancel(self) -> None:
        """End the call; the server stops working for it. The next event raises Cancelled."""
        self._call.cancel()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()


class AsyncCaller:
    """Calls the methods of a channel. ``timeout`` in seconds is for calls that are given none."""

    def __init__(self, channel: aio.Channel, metadata: Metadata, timeout: float) -> None:
        self.channel = channel
        self._metadata = tuple(metadata)
        self._timeout = timeout

    async def unary(
        self,
        method: aio.UnaryUnaryMultiCallable[Request, Response],
        request: Request,
        timeout: float | None = None,
        metadata: Metadata = (),
    ) -> Response:
        """The answer. Raises TakoError. Cancelling the task that waits cancels the call."""
        try:
            return await method(request, timeout=self._seconds(timeout), metadata=self._told(metadata))
        except aio.AioRpcError as error:
            raise error_of(error) from error

    async def pages(
        self,
        method: aio.UnaryUnaryMultiCallable[Asking, Paged],
        request: Asking,
        timeout: float | None = None,
        metadata: Metadata = (),
    ) -> AsyncIterator[Paged]:
        """All answers, from the page that ``request`` names to the last. Raises TakoError."""
        while True:
            page = await self.unary(method, request, timeout, metadata)
            yield page
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token

    def stream(
        self,
        method: aio.UnaryStreamMultiCallable[Request, Event],
        request: Request,
        timeout: float | None = None,
        metadata: Metadata = (),
    ) -> AsyncStream[Event]:
        """The events."""
        return AsyncStream(method(request, timeout=self._seconds(timeout), metadata=self._told(metadata)))

    def _told(self, metadata: Metadata) -> aio.Metadata:
        return aio.Metadata(*self._metadata, *metadata)

    def _seconds(self, timeout: float | None) -> float:
        return self._timeout if timeout is None else timeout
