"""What stands behind Envoy in these tests: a gRPC server and a web app that say what a test tells them to.

As the real one does, the server gives transcoded calls ready JSON, unless a test says that it does not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc
from aiohttp import web
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from tako_server.rpc.ready_json import head, ready_json
from tests.envoy.plain_descriptors import MODULES

Context = Any  # grpc.aio.ServicerContext, whose type parameters say nothing here
Answer = Callable[[bytes, Context], Awaitable[Message]]
Events = Callable[[bytes, Context], AsyncIterator[Message]]

STREAMS = frozenset({"/tako.v1.CatalogService/SearchStream"})


@dataclass
class Call:
    """One call as it reached the gRPC server."""

    method: str
    request: bytes
    metadata: dict[str, str]


@dataclass
class Backend(grpc.GenericRpcHandler):
    """A gRPC server for every method of the contract: an empty answer, unless a test gives one."""

    calls: list[Call] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    streams: dict[str, Events] = field(default_factory=dict)
    ready: bool = True
    """Whether transcoded calls get ready JSON: what the shipped descriptor set expects."""
    headers: str = ""
    """What stands behind the content type of ready JSON."""

    def reset(self) -> None:
        """Forget all calls and answers."""
        self.calls.clear()
        self.answers.clear()
        self.streams.clear()
        self.headers = ""

    def answer(self, method: str, message: Message) -> None:
        """Answer a method (`MediaService/Search`) with this from now on."""

        async def answer(_request: bytes, _context: Context) -> Message:
            return message

        self.answers[f"/tako.v1.{method}"] = answer

    def fail(self, method: str, status: Status, trailing: Sequence[tuple[str, str]] = ()) -> None:
        """Fail a method with this from now on, as the server does."""

        async def fail(_request: bytes, context: Context) -> Message:
            rpc = rpc_status.to_status(status)
            context.set_trailing_metadata((*rpc.trailing_metadata, *trailing))
            await context.abort(rpc.code, rpc.details)
            raise AssertionError

        self.answers[f"/tako.v1.{method}"] = fail

    def last(self, message_type: type[Message]) -> Any:
        """The request that arrived last, as a message of this type."""
        return message_type.FromString(self.calls[-1].request)

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes] | None:
        """Find the handler of a call; see grpc.GenericRpcHandler."""
        method = str(handler_call_details.method)
        if not method.startswith("/tako.v1."):
            return None
        if method in STREAMS:
            return grpc.unary_stream_rpc_method_handler(self._streaming(method))
        return grpc.unary_unary_rpc_method_handler(self._unary(method))

    def _note(self, method: str, request: bytes, context: Context) -> None:
        metadata = {key: value for key, value in context.invocation_metadata() if isinstance(value, str)}
        self.calls.append(Call(method, request, metadata))

    def _unary(self, method: str) -> Any:
        async def answer(request: bytes, context: Context) -> bytes:
            self._note(method, request, context)
            body = b""
            if method in self.answers:
                body = (await self.answers[method](request, context)).SerializeToString()
            if self.ready and "x-envoy-original-path" in self.calls[-1].metadata:
                return head(self.headers) + ready_json(answer_type(method), body).data
            return body

        return answer

    def _streaming(self, method: str) -> Any:
        async def answer(request: bytes, context: Context) -> AsyncIterator[bytes]:
            self._note(method, request, context)
            if method in self.streams:
                async for message in self.streams[method](request, context):
                    yield message.SerializeToString()

        return answer


def answer_type(method: str) -> type[Message]:
    """What a method (`/tako.v1.MediaService/Search`) answers with."""
    name = method[1:].replace("/", ".")
    assert MODULES  # loaded, or the pool knows nothing
    found = descriptor_pool.Default().FindMethodByName(name)  # type: ignore[no-untyped-call] # untyped
    return message_factory.GetMessageClass(found.output_type)


def status(code: grpc.StatusCode, message: str, *details: Message) -> Status:
    """A google.rpc.Status."""
    answer = Status(code=code.value[0], message=message)
    for detail in details:
        packed = AnyMessage()
        packed.Pack(detail)
        answer.details.append(packed)
    return answer


def web_app() -> web.Application:
    """A web app that tells what it was asked."""

    async def tell(request: web.Request) -> web.Response:
        return web.json_response(
            {"web": request.raw_path, "method": request.method, "headers": dict(request.headers)},
            headers={"x-web-app": "yes"},
        )

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", tell)
    return app
