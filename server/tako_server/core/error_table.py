"""What each error means to a caller, in one table: gRPC code, reason, and the outcome of a provider.

The codes are numbers of google.rpc.Code; the core does not know gRPC.
"""

from __future__ import annotations

from dataclasses import dataclass

from google.rpc import code_pb2

from tako.v1.answers_pb2 import ProviderOutcome
from tako_providers.sdk import errors
from tako_server.core import access, operating


@dataclass(frozen=True, slots=True)
class Meaning:
    """``reason`` goes in ErrorInfo, ``status`` in a ProviderOutcome.

    ``retry_after`` is what a caller is told, in seconds, when nothing better is known; None when trying again is idle.
    """

    code: int
    reason: str
    status: ProviderOutcome.Status.ValueType = ProviderOutcome.UNAVAILABLE
    retry_after: float | None = None


_TABLE: dict[type[errors.TakoError], Meaning] = {
    errors.InvalidField: Meaning(code_pb2.INVALID_ARGUMENT, "INVALID_FIELD", ProviderOutcome.UNSUPPORTED),
    errors.ProviderUnknown: Meaning(code_pb2.NOT_FOUND, "PROVIDER_UNKNOWN"),
    errors.Overloaded: Meaning(code_pb2.RESOURCE_EXHAUSTED, "OVERLOADED"),
    errors.OutOfTime: Meaning(code_pb2.DEADLINE_EXCEEDED, "DEADLINE", ProviderOutcome.TIMEOUT),
    access.ApiKeyInvalid: Meaning(code_pb2.UNAUTHENTICATED, "API_KEY_INVALID"),
    access.AdminTokenRequired: Meaning(code_pb2.UNAUTHENTICATED, "ADMIN_TOKEN_REQUIRED"),
    access.AdminDisabled: Meaning(code_pb2.FAILED_PRECONDITION, "ADMIN_DISABLED"),
    access.RateExceeded: Meaning(code_pb2.RESOURCE_EXHAUSTED, "RATE_LIMITED"),
    access.ShuttingDown: Meaning(code_pb2.UNAVAILABLE, "SHUTTING_DOWN"),
    operating.StoreUnavailable: Meaning(code_pb2.UNAVAILABLE, "STORE_UNAVAILABLE", retry_after=5.0),
    operating.JobUnknown: Meaning(code_pb2.NOT_FOUND, "JOB_UNKNOWN"),
    operating.JobRunning: Meaning(code_pb2.FAILED_PRECONDITION, "JOB_RUNNING"),
    operating.SwitchedBySetting: Meaning(code_pb2.FAILED_PRECONDITION, "PROVIDER_DISABLED"),
    errors.NotFound: Meaning(code_pb2.NOT_FOUND, "ITEM_NOT_FOUND", ProviderOutcome.NOT_FOUND),
    errors.Unsupported: Meaning(code_pb2.UNIMPLEMENTED, "OPERATION_UNSUPPORTED", ProviderOutcome.UNSUPPORTED),
    errors.NotConfigured: Meaning(
        code_pb2.FAILED_PRECONDITION, "PROVIDER_NOT_CONFIGURED", ProviderOutcome.NOT_CONFIGURED
    ),
    errors.Disabled: Meaning(code_pb2.FAILED_PRECONDITION, "PROVIDER_DISABLED", ProviderOutcome.DISABLED),
    errors.RateLimited: Meaning(
        code_pb2.RESOURCE_EXHAUSTED, "PROVIDER_RATE_LIMITED", ProviderOutcome.RATE_LIMITED, 1.0
    ),
    errors.ReplayMiss: Meaning(code_pb2.UNAVAILABLE, "REPLAY_MISS", ProviderOutcome.UNAVAILABLE),
    errors.Refused: Meaning(code_pb2.UNAVAILABLE, "PROVIDER_UNREACHABLE", ProviderOutcome.UNAVAILABLE),
    errors.Unreachable: Meaning(code_pb2.UNAVAILABLE, "PROVIDER_UNREACHABLE", ProviderOutcome.UNAVAILABLE, 5.0),
    errors.TimedOut: Meaning(code_pb2.DEADLINE_EXCEEDED, "PROVIDER_TIMEOUT", ProviderOutcome.TIMEOUT),
    errors.Blocked: Meaning(code_pb2.UNAVAILABLE, "PROVIDER_BLOCKED", ProviderOutcome.BLOCKED, 60.0),
    errors.Suspended: Meaning(code_pb2.UNAVAILABLE, "PROVIDER_SUSPENDED", ProviderOutcome.SUSPENDED),
    errors.ShapeChanged: Meaning(code_pb2.INTERNAL, "PROVIDER_SHAPE_CHANGED", ProviderOutcome.PARSE_ERROR),
}


def retry_after(error: errors.TakoError) -> float | None:
    """When a caller may try again, in seconds: what the error knows, else what is usual for it."""
    known: float | None = getattr(error, "retry_after", None)
    return meaning(error).retry_after if known is None else known


def meaning(error: errors.TakoError) -> Meaning:
    """What ``error`` means: that of its class, or of the nearest class above it."""
    for cls in type(error).__mro__:
        if cls in _TABLE:
            return _TABLE[cls]
    return Meaning(code_pb2.INTERNAL, "INTERNAL")
