"""A stand-in for a running Tako, and a way to run `tako` against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from click.testing import CliRunner, Result
from google.protobuf import any_pb2
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from tako.v1 import admin_service_pb2, catalog_service_pb2, provider_service_pb2
from tako_server.cli import main
from tako_server.core.domains import CONTRACTS

_SERVICES = {
    service.full_name: service
    for file in (
        *(contract.search.DESCRIPTOR.file for contract in CONTRACTS.values()),
        catalog_service_pb2.DESCRIPTOR,
        provider_service_pb2.DESCRIPTOR,
        admin_service_pb2.DESCRIPTOR,
    )
    for service in file.services_by_name.values()
}


class Refusal:
    """An error status with its details."""

    def __init__(self, code: grpc.StatusCode, message: str, reason: str = "", *details: Message) -> None:
        self.status = status_pb2.Status(code=code.value[0], message=message)
        if reason:
            details = (error_details_pb2.ErrorInfo(reason=reason, domain="tako"), *details)
        for detail in details:
            packed = any_pb2.Any()
            packed.Pack(detail)
            self.status.details.append(packed)


class StandIn(grpc.GenericRpcHandler):
    """Answers each method with what `answers` holds for it: a message, a Refusal, or a list of them, one a call.

    A stream gives the events of the list up to a summary; `before_event` runs between them.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Message | Refusal | list[Message | Refusal]] = {}
        self.asked: list[tuple[str, Any]] = []
        self.metadata: dict[str, str | bytes] = {}
        self.trailing: tuple[tuple[str, str], ...] = ()
        self.address = ""
        self.before_event: Callable[[], object] = lambda: None

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        method = handler_call_details.method.removeprefix("/tako.v1.")
        service, _, name = method.partition("/")
        descriptor = _SERVICES[f"tako.v1.{service}"].methods_by_name[name]
        if method not in self.answers:
            return None

        def answer(request: Message, context: grpc.ServicerContext) -> Message:
            self.asked.append((method, request))
            self.metadata = dict(context.invocation_metadata())
            context.set_trailing_metadata(self.trailing)
            return say(context)

        def say(context: grpc.ServicerContext) -> Message:
            said = self.answers[method]
            if isinstance(said, list):
                said = said.pop(0)
            if isinstance(said, Refusal):
                context.abort_with_status(rpc_status.to_status(said.status))
            assert isinstance(said, Message)
            return said

        def stream(request: Message, context: grpc.ServicerContext) -> Iterator[Message]:
            event = answer(request, context)
            while not event.HasField("summary"):
                yield event
                self.before_event()
                event = say(context)
            yield event

        forms: dict[str, Any] = {
            "request_deserializer": GetMessageClass(descriptor.input_type).FromString,
            "response_serializer": lambda message: message.SerializeToString(),
        }
        if descriptor.server_streaming:
            return grpc.unary_stream_rpc_method_handler(stream, **forms)
        return grpc.unary_unary_rpc_method_handler(answer, **forms)


Run = Callable[..., Result]


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """The server, on a free port."""
    handler = StandIn()
    server = grpc.server(ThreadPoolExecutor(max_workers=2), handlers=[handler])
    handler.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    yield handler
    server.stop(None).wait()


@pytest.fixture
def tako(stand_in: StandIn) -> Run:
    """Run `tako` with these words against the stand-in, on a pipe that is 160 columns wide."""

    def run(*words: str, **environment: str) -> Result:
        settings = {"TAKO_GRPC_ADDRESS": stand_in.address, "COLUMNS": "160", **environment}
        return CliRunner().invoke(main, list(words), env=settings)

    return run
