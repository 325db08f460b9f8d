"""The standard health check, grpc.health.v1, without a package of its own."""

from __future__ import annotations

from enum import IntEnum

from google.protobuf.wrappers_pb2 import Int32Value, StringValue

METHOD = "/grpc.health.v1.Health/Check"


class Health(IntEnum):
    """What a server says of itself or of one of its services."""

    UNKNOWN = 0
    SERVING = 1
    NOT_SERVING = 2


# On the wire these are HealthCheckRequest and HealthCheckResponse: each has one field, of number 1. Messages of those
# names would clash with grpcio-health-checking, where an application has that too.


def request_bytes(service: str) -> bytes:
    """The question about a service; the empty name asks about the whole server."""
    return StringValue(value=service).SerializeToString()


def read_health(answer: bytes) -> Health:
    """The answer."""
    try:
        return Health(Int32Value.FromString(answer).value)
    except ValueError:  # a state of a later version
        return Health.UNKNOWN
