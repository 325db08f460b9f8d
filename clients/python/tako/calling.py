"""How the client calls: deadline, metadata, errors, pages and streams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

import grpc
from google.protobuf.message import Message

from tako.decoding import error_of

Metadata: TypeAlias = Sequence[tuple[str, str]]
"""Pairs to send with a call, such as ``(("x-request-id", "mine"),)``."""


Event_co = TypeVar("Event_co", covariant=True)


class PagedRequest(Protocol):
    """A request that takes the token of a page."""

    page_token: str


class PagedResponse(Protocol):
    """An answer that may have a next page."""

    @property
    def next_page_token(self) -> str:
        """Empty on the last page."""
        ...


class Events(Protocol[Event_co]):
    """What gRPC gives for a call whose answer is a stream."""

    def __next__(self) -> Event_co:
        """The next event."""
        ...

    def cancel(self) -> bool:
        """End the call."""
        ...


M = TypeVar("M", bound=Message)
Request = TypeVar("Request")
Response = TypeVar("Response")
Asking = TypeVar("Asking", bound=PagedRequest)
Paged = TypeVar("Paged", bound=PagedResponse)
Event = TypeVar("Event")


def request_of(kind: type[M], request: M | None, fields: Mapping[str, Any]) -> M:
    """The request to send: ``request`` itself, or one with ``fields``; where both are given, a copy with both."""
    if request is None:
        return kind(**fields)
    made = kind()
    made.CopyFrom(request)
    if fields:
        made.MergeFrom(kind(**fields))
    return made


class Stream(Iterator[Event], Generic[Event]):
    """The events of a call, as they come. Leave it early with ``cancel``, or use it in a ``with`` block."""

    def __init__(self, call: Events[Event]) -> None:
        self._call = call

    def __next__(self) -> Event:
        """The next event. Raises TakoError."""
        try:
            return next(self._call)
        except grpc.RpcError as error:
            raise error_of(error) from error

    def cancel(self) -> None:
        """End the call; the server stops working for it. The next event raises Cancelled."""
        self._call.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()


class Caller:
    """Calls the methods of a channel. ``timeout`` in seconds is for calls that are given none."""

    def __init__(self, channel: grpc.Channel, metadata: Metadata, timeout: float) -> None:
        self.channel = channel
        self._metadata = tuple(metadata)
        self._timeout = timeout

    def unary(
        self,
        method: grpc.UnaryUnaryMultiCallable[Request, Response],
        request: Request,
        timeout: float | None = None,
        metadata: Metadata = (),
    ) -> Response:
        """The answer. Raises TakoError."""
        try:
            return method(request, timeout=self._seconds(timeout), metadata=(*self._metadata, *metadata))
        except grpc.RpcError as error:
            raise error_of(error) from error

    def pages(
        self,
        method: grpc.UnaryUnaryMultiCallable[Asking, Paged],
        request: Asking,
        timeout: float | None = None,
        metadata: Metadata = (),
    ) -> Iterator[Paged]:
        """All answers, from the page that ``request`` names to the last. Raises TakoError."""
        while True:
            page = self.unary(method, request, timeout, metadata)
            yield page
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token

    def stream(
        self,
        method: grpc.UnaryStreamMultiCallable[Request, Event],
        request: Request,
        timeout: float | None = None,
        metadata: Metadata = (),
    ) -> Stream[Event]:
        """The events."""
        return Stream(method(request, timeout=self._seconds(timeout), metadata=(*self._metadata, *metadata)))

    def _seconds(self, timeout: float | None) -> float:
        return self._timeout if timeout is None else timeout
