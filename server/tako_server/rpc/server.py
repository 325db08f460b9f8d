"""The gRPC server: services, health, reflection, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import grpc
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.descriptor import MethodDescriptor
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2
from grpc_reflection.v1alpha._async import ReflectionServicer

from tako_server.rpc.call import Call, Handler, Interceptor, composed
from tako_server.rpc.interceptors.draining import Draining
from tako_server.rpc.services import Servicers

REFLECTION_V1 = "grpc.reflection.v1.ServerReflection"
MAX_REQUEST = 4 * 1024 * 1024
"""Bytes of a request; a longer one is RESOURCE_EXHAUSTED."""
MAX_ANSWER = 64 * 1024 * 1024
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
        max_concurrent: int,
    ) -> RpcServer:
        """A listening server whose every service is SERVING. Raises PortTaken."""
        server = grpc.aio.server(
            maximum_concurrent_rpcs=max_concurrent,
            options=(
                ("grpc.max_receive_message_length", MAX_REQUEST),
                ("grpc.max_send_message_length", MAX_ANSWER),
                ("grpc.so_reuseport", 0),
                # Through the gateway the URL travels as metadata; grpc's own limit is 8 KB.
                ("grpc.max_metadata_size", 64 * 1024),
                ("grpc.absolute_max_metadata_size", 128 * 1024),
            ),
        )
        for service, methods in servicers.items():
            server.add_generic_rpc_handlers((_service_handler(service, methods, interceptors),))
        health_servicer = health.aio.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
        _add_reflection(server, [*servicers, health.SERVICE_NAME])
        self = cls(server, health_servicer, draining)
        try:
            self.port = server.add_insecure_port(address)
        except RuntimeError as error:
            raise PortTaken(f"can't listen on {address}; is something else there?") from error
        await server.start()
        for service in ("", *servicers, health.SERVICE_NAME):
            await health_servicer.set(service, health_pb2.HealthCheckResponse.SERVING)
        return self

    async def drain(self, grace: float) -> bool:
        """Health is NOT_SERVING, no new call is let in, those in flight have ``grace`` seconds; whether all ended."""
        await self._health.enter_graceful_shutdown()
        self._draining.close()
        return await self._draining.wait(grace)

    async def stop(self) -> None:
        """Cut what is left, and wait until every handler has ended: ``server.stop`` alone waits for some only."""
        await self._server.stop(_CUT)
        await self._draining.wait(_CUT)


def _service_handler(
    service: str, methods: Mapping[str, Handler], interceptors: Sequence[Interceptor]
) -> grpc.GenericRpcHandler:
    descriptor = descriptor_pool.Default().FindServiceByName(service)  # type: ignore[no-untyped-call] # the stubs' gap
    handlers = {
        method.name: _method_handler(service, method, methods[method.name], interceptors)
        for method in descriptor.methods
    }
    return grpc.method_handlers_generic_handler(service, handlers)


def _method_handler(
    service: str, method: MethodDescriptor, handler: Handler, interceptors: Sequence[Interceptor]
) -> grpc.RpcMethodHandler[bytes, bytes]:
    """A raw-bytes handler: the request is parsed once, by validation, and the answer comes serialized."""
    path = f"/{service}/{method.name}"
    request_type = message_factory.GetMessageClass(method.input_type)
    composite = composed(interceptors, handler)

    async def behaviour(raw: bytes, context: grpc.aio.ServicerContext[bytes, bytes]) -> bytes | None:
        metadata = {key: value for key, value in context.invocation_metadata() or () if isinstance(value, str)}
        return await composite(Call(path, request_type, raw, context, metadata))

    if method.server_streaming:
        return grpc.unary_stream_rpc_method_handler(behaviour)
    return grpc.unary_unary_rpc_method_handler(behaviour)


def _add_reflection(server: grpc.aio.Server, services: Sequence[str]) -> None:
    """Reflection by its old and its new name: older clients ask v1alpha, newer ones v1; the messages are the same."""
    names = [*services, reflection.SERVICE_NAME]
    reflection.enable_server_reflection(names, server)
    method = grpc.stream_stream_rpc_method_handler(
        ReflectionServicer(names).ServerReflectionInfo,
        request_deserializer=reflection_pb2.ServerReflectionRequest.FromString,
        response_serializer=reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    handler = grpc.method_handlers_generic_handler(REFLECTION_V1, {"ServerReflectionInfo": method})
    server.add_generic_rpc_handlers((handler,))
