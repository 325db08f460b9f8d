"""A question to a running server."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import grpc
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tako_server.cli.failure import Exit, Failure
from tako_server.cli.problems import failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from google.protobuf.descriptor import MethodDescriptor

_CHANNEL_OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.primary_user_agent", "tako-cli")]


class Answer(NamedTuple):
    """What the server said. ``cache`` is ``hit``, ``stale``, ``miss`` or empty."""

    message: Message
    cache: str


@dataclass(frozen=True, slots=True)
class Server:
    """A Tako server, and how to speak to it."""

    address: str
    timeout: float
    api_key: str = ""
    tls: bool = False
    ca: str | None = None
    name: str = ""
    """The name in its certificate, where it is not that of the address."""
    admin_token: str = field(default="", repr=False)

    @property
    def _metadata(self) -> tuple[tuple[str, str], ...] | None:
        """Who is asking."""
        key = (("x-api-key", self.api_key),) if self.api_key else ()
        token = (("authorization", f"Bearer {self.admin_token}"),) if self.admin_token else ()
        return (*key, *token) or None

    def ask(self, method: MethodDescriptor, request: Message) -> Answer:
        """One unary call. Raises Failure."""
        answer_type: type[Message] = GetMessageClass(method.output_type)
        with self._channel() as channel, _waiting(method.name):
            call: grpc.UnaryUnaryMultiCallable[Message, Message] = channel.unary_unary(
                f"/{method.containing_service.full_name}/{method.name}",
                request_serializer=lambda message: message.SerializeToString(),
                response_deserializer=answer_type.FromString,
            )
            try:
                message, rpc = call.with_call(request, timeout=self.timeout, metadata=self._metadata)
            except grpc.RpcError as error:
                raise failure(error, self.address, self.timeout) from None
        return Answer(message, _cache([*(rpc.initial_metadata() or ()), *(rpc.trailing_metadata() or ())]))

    def stream(self, method: MethodDescriptor, request: Message) -> Iterator[Message]:
        """The messages of a server stream, as they come. Raises Failure."""
        answer_type: type[Message] = GetMessageClass(method.output_type)
        with self._channel() as channel:
            call: grpc.UnaryStreamMultiCallable[Message, Message] = channel.unary_stream(
                f"/{method.containing_service.full_name}/{method.name}",
                request_serializer=lambda message: message.SerializeToString(),
                response_deserializer=answer_type.FromString,
            )
            try:
                yield from call(request, timeout=self.timeout, metadata=self._metadata)
            except grpc.RpcError as error:
                raise failure(error, self.address, self.timeout) from None

    def _channel(self) -> grpc.Channel:
        if not self.tls and self.ca is None:
            return grpc.insecure_channel(self.address, _CHANNEL_OPTIONS)
        try:
            roots = Path(self.ca).read_bytes() if self.ca else None
        except OSError as error:
            raise Failure(f"--ca {self.ca}: {error.strerror}", Exit.USAGE) from None
        named = [("grpc.ssl_target_name_override", self.name)] if self.name else []
        return grpc.secure_channel(self.address, grpc.ssl_channel_credentials(roots), [*_CHANNEL_OPTIONS, *named])


def _cache(metadata: list[tuple[str, str | bytes]]) -> str:
    return next((str(value) for key, value in metadata if key == "tako-cache"), "")


@contextlib.contextmanager
def _waiting(what: str) -> Iterator[None]:
    """A spinner with the elapsed time, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - only who waits at a terminal pays for it; no server does
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=None)
        yield
