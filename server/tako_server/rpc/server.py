"""The gRPC server: services, health, reflection, and how it ends."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.message import Message
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2
from grpc_reflection.v1alpha._async import ReflectionServicer

from tako_server.front_settings import Certificate
from tako_server.rpc.call import TRANSCODED, Call, Handler, Interceptor, composed, settled
from tako_server.rpc.interceptors.draining import Draining
from tako_server.rpc.repeats import Context, Metadata, MethodRepeats, Repeats
from tako_server.rpc.services import Servicers

REFLECTION_V1 = "grpc.reflection.v1.ServerReflection"
MAX_REQUEST = 4 * 1024 * 1024
"""Bytes of a request; a longer one is RESOURCE_EXHAUSTED."""
MAX_ANSWER = 64 * 1024 * 1024
MAX_WATCHERS = 100
"""Streams of health, and of reflection, that may be open at the same time."""
REFLECTION_SECONDS = 300.0
_CUT = 1.0
"""Seconds that a stopped server gives to what is still there."""


class PortTaken(Exception):
    """The address can't be listened on."""


class RpcServer:
    """Owns the gRPC server. ``start`` it inside the running loop; ``stop`` it in two steps."""

    def __init__(self, server: grpc.aio.Server, health_servicer: health.aio.HealthServicer, draining: Draining) -> None:
        self._server = server
        self._health = health_servicer
        self._draining = draining
        self.port = 0

    @classmethod
    async def start(
        cls,
        servicers: Servicers,
        interceptors: Sequence[Interceptor],
        draining: Draining,
        *,
        address: str,
        certificate: Certificate | None = None,
        repeats: Repeats | None = None,
    ) -> RpcServer:
        """A listening server whose every service is SERVING. With a certificate it speaks TLS. Raises PortTaken.

        With ``repeats``, what it knows is not looked at again.
        """
        _check_free(address)
        server = grpc.aio.server(
            options=(
                ("grpc.max_receive_message_length", MAX_REQUEST),
                ("grpc.max_send_message_length", MAX_ANSWER),
                ("grpc.so_reuseport", 0),
                # Identity only: a compressed request is measured against the limit only when it has been inflated.
                ("grpc.compression_enabled_algorithms_bitset", 1),
                # A ping for every few answers, to find how much may be on its way to here: requests are small.
                ("grpc.http2.bdp_probe", 0),
                ("grpc.enable_channelz", 0),  # counts what nobody can read: the service for it is not here
                # Callers that have vanished are noticed, and connections end in time, so that load can move.
                ("grpc.keepalive_time_ms", 60_000),
                ("grpc.keepalive_timeout_ms", 20_000),
                ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
                # Through the gateway the URL travels as metadata; grpc's own limit is 8 KB.
                ("grpc.max_metadata_size", 64 * 1024),
                ("grpc.absolute_max_metadata_size", 128 * 1024),
            ),
        )
        server.add_generic_rpc_handlers((_Routes(servicers, interceptors, repeats),))
        health_servicer = _BoundedHealth()
        health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
        _add_reflection(server, [*servicers, health.SERVICE_NAME])
        self = cls(server, health_servicer, draining)
        try:
            self.port = (
                server.add_insecure_port(address)
                if certificate is None
                else server.add_secure_port(address, _credentials(certificate))
            )
        except RuntimeError as error:
            raise PortTaken(f"can't listen on {address}") from error
        await server.start()
        for service in ("", *servicers, health.SERVICE_NAME):
            await health_servicer.set(service, health_pb2.HealthCheckResponse.SERVING)
        return self

    async def drain(self, grace: float) -> bool:
        """Health is NOT_SERVING, no new call is let in, those in flight have ``grace`` seconds; whether all ended."""
        await self._health.enter_graceful_shutdown()
        self._draining.close()
        return await self._draining.wait(grace)

    def cut(self) -> None:
        """End the calls in flight at once."""
        self._draining.cut()

    async def stop(self) -> None:
        """Cut what is left, and wait until every handler has ended: ``server.stop`` alone waits for some only."""
        self.cut()
        await self._draining.wait(_CUT)
        await self._server.stop(_CUT)
        await self._draining.wait(_CUT)


def _credentials(certificate: Certificate) -> grpc.ServerCredentials:
    return grpc.ssl_server_credentials([(certificate.key.read_bytes(), certificate.chain.read_bytes())])


def _check_free(address: str) -> None:
    """Raise PortTaken when nobody can listen there. gRPC would say so too, with lines of its own on stderr."""
    host, _, port = address.rpartition(":")
    try:
        found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, place = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise PortTaken(f"can't listen on {address}: {error.strerror}") from error


class _BoundedHealth(health.aio.HealthServicer):
    """Health whose watchers are bounded: they need no key, and stay as long as they like."""

    def __init__(self) -> None:
        super().__init__()
        self._watchers = 0

    async def Watch(  # noqa: N802 - the name in the protocol
        self, request: health_pb2.HealthCheckRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> None:
        """Tell the state of a service whenever it changes."""
        if self._watchers >= MAX_WATCHERS:
            await context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "too many watch already; use Check")
        self._watchers += 1
        try:
            await super().Watch(request, context)
        finally:
            self._watchers -= 1


class _BoundedReflection(ReflectionServicer):
    """Reflection whose streams are bounded in number and time, for the same reason."""

    _streams = 0

    def _file_containing_symbol(
        self, request: reflection_pb2.ServerReflectionRequest, fully_qualified_name: str
    ) -> reflection_pb2.ServerReflectionResponse:
        """The file of a symbol; methods and enum values, which the library does not know, are in that of their host."""
        known: Any = super()  # the stubs leave out what is below the generated servicer
        answer: reflection_pb2.ServerReflectionResponse = known._file_containing_symbol(  # noqa: SLF001 - the library's own way to extend it
            request, fully_qualified_name
        )
        host = fully_qualified_name.rpartition(".")[0]
        if answer.HasField("error_response") and host:
            answer = known._file_containing_symbol(request, host)  # noqa: SLF001 - as above
        return answer

    async def ServerReflectionInfo(  # type: ignore[override] # noqa: N802 - the protocol's name; the stubs miss the generator
        self,
        request_iterator: AsyncIterable[reflection_pb2.ServerReflectionRequest],
        unused_context: grpc.aio.ServicerContext[Any, Any],
    ) -> AsyncIterable[reflection_pb2.ServerReflectionResponse]:
        """Answer a stream of questions about the contract."""
        if self._streams >= MAX_WATCHERS:
            await unused_context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "too many ask for reflection; try later")
        self._streams += 1
        try:
            async with asyncio.timeout(REFLECTION_SECONDS):
                answers: Any = super().ServerReflectionInfo(request_iterator, unused_context)
                async for answer in answers:
                    yield answer
        except TimeoutError:
            await unused_context.abort(grpc.StatusCode.DEADLINE_EXCEEDED, "a stream of reflection ends after a while")
        finally:
            self._streams -= 1


class _Routes(grpc.GenericRpcHandler):
    """All methods in one table: gRPC asks its handlers one after the other, for every call."""

    def __init__(self, servicers: Servicers, interceptors: Sequence[Interceptor], repeats: Repeats | None) -> None:
        self._routes: dict[str, _Route] = {}
        for service, methods in servicers.items():
            descriptor = descriptor_pool.Default().FindServiceByName(service)  # type: ignore[no-untyped-call] # untyped
            for method in descriptor.methods:
                route = _Route.of(service, method, composed(interceptors, methods[method.name]), repeats)
                self._routes[route.path] = route

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        """The handler of a call; None leaves it to others."""
        route = self._routes.get(handler_call_details.method)
        return None if route is None else route.handler(route, handler_call_details.invocation_metadata)


class _Handler:
    """What gRPC wants of a method, for one call: a raw-bytes handler. Validation parses the request, once.

    It holds the call's metadata as they came with its details: a context would decode them again, for 5 us.
    """

    __slots__ = ("_metadata", "_route")

    request_streaming = False
    request_deserializer = response_serializer = None

    def __init__(self, route: _Route, metadata: Metadata) -> None:
        self._route = route
        self._metadata = metadata

    def _call(self, raw: bytes, context: Context) -> Call:
        route = self._route
        texts = {key: value for key, value in self._metadata if isinstance(value, str)}
        call = Call(route.path, route.request_type, raw, context, texts, answer_type=route.answer_type)
        call.is_transcoded = TRANSCODED in texts
        return call


class _UnaryHandler(_Handler):
    __slots__ = ()
    response_streaming = False

    async def unary_unary(self, raw: bytes, context: Context) -> bytes | None:
        """Give the answer, at once when the call repeats one that is known."""
        route = self._route
        repeats = route.repeats
        if repeats is not None:
            known = repeats.answer(raw, self._metadata, context)
            if known is not None:
                return known
        call = self._call(raw, context)
        answer = route.composite(call)
        if not isinstance(answer, bytes):
            return await answer
        if repeats is not None:
            repeats.learn(call)
        return answer


class _StreamHandler(_Handler):
    __slots__ = ()
    response_streaming = True

    async def unary_stream(self, raw: bytes, context: Context) -> None:
        """Write the messages."""
        await settled(self._route.composite(self._call(raw, context)))


@dataclass(frozen=True, slots=True)
class _Route:
    """One method."""

    path: str
    request_type: type[Message]
    answer_type: type[Message] | None
    """None for a stream."""
    composite: Handler
    """Its servicer within the interceptors."""
    repeats: MethodRepeats | None
    handler: type[_Handler]

    @classmethod
    def of(cls, service: str, method: MethodDescriptor, composite: Handler, repeats: Repeats | None) -> _Route:
        """The route of a method."""
        request_type = message_factory.GetMessageClass(method.input_type)
        path = f"/{service}/{method.name}"
        if method.server_streaming:
            return cls(path, request_type, None, composite, None, _StreamHandler)
        answer_type = message_factory.GetMessageClass(method.output_type)
        return cls(path, request_type, answer_type, composite, repeats.of(path) if repeats else None, _UnaryHandler)


def _add_reflection(server: grpc.aio.Server, services: Sequence[str]) -> None:
    """Reflection by its old and its new name: older clients ask v1alpha, newer ones v1; the messages are the same."""
    _know_reflection_v1()
    servicer = _BoundedReflection([*services, reflection.SERVICE_NAME, REFLECTION_V1])
    method = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        request_deserializer=reflection_pb2.ServerReflectionRequest.FromString,
        response_serializer=reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    for name in (reflection.SERVICE_NAME, REFLECTION_V1):
        handler = grpc.method_handlers_generic_handler(name, {"ServerReflectionInfo": method})
        server.add_generic_rpc_handlers((handler,))


def _know_reflection_v1() -> None:
    """Put the file of reflection v1 into the pool, so that it can describe itself: v1alpha's, under the new name."""
    pool = descriptor_pool.Default()  # type: ignore[no-untyped-call] # the stubs' gap
    old, new = reflection_pb2.DESCRIPTOR.package, REFLECTION_V1.rpartition(".")[0]
    proto = FileDescriptorProto()
    reflection_pb2.DESCRIPTOR.CopyToProto(proto)  # type: ignore[no-untyped-call] # the stubs' gap
    proto.name, proto.package = "grpc/reflection/v1/reflection.proto", new
    for message in proto.message_type:
        for field in message.field:
            if field.type_name:
                field.type_name = field.type_name.replace(f".{old}.", f".{new}.")
    for method in proto.service[0].method:
        method.input_type = method.input_type.replace(f".{old}.", f".{new}.")
        method.output_type = method.output_type.replace(f".{old}.", f".{new}.")
    pool.AddSerializedFile(proto.SerializeToString())
