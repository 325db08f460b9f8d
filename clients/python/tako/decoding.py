"""Errors from what gRPC gives: the class by the reason, else by the code, and the details that are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc.error_details_pb2 import (
    BadRequest,
    ErrorInfo,
    PreconditionFailure,
    RequestInfo,
    ResourceInfo,
    RetryInfo,
)
from google.rpc.status_pb2 import Status

from tako import errors

_DETAILS = (BadRequest, ErrorInfo, PreconditionFailure, RequestInfo, ResourceInfo, RetryInfo)
_STATUS = "grpc-status-details-bin"
_BY_REASON: dict[str, type[errors.TakoError]] = {
    "INVALID_FIELD": errors.InvalidField,
    "ITEM_NOT_FOUND": errors.ItemNotFound,
    "PROVIDER_UNKNOWN": errors.ProviderUnknown,
    "PROVIDER_NOT_CONFIGURED": errors.ProviderNotConfigured,
    "PROVIDER_DISABLED": errors.ProviderDisabled,
    "ADMIN_DISABLED": errors.AdminDisabled,
    "RATE_LIMITED": errors.RateLimited,
    "PROVIDER_RATE_LIMITED": errors.ProviderRateLimited,
    "OVERLOADED": errors.Overloaded,
    "PROVIDER_UNREACHABLE": errors.ProviderUnreachable,
    "PROVIDER_BLOCKED": errors.ProviderBlocked,
    "PROVIDER_SUSPENDED": errors.ProviderSuspended,
    "API_KEY_INVALID": errors.ApiKeyInvalid,
    "ADMIN_TOKEN_REQUIRED": errors.AdminTokenRequired,
    "PROVIDER_SHAPE_CHANGED": errors.ProviderShapeChanged,
}
_BY_CODE: dict[grpc.StatusCode, type[errors.TakoError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: errors.InvalidField,
    grpc.StatusCode.NOT_FOUND: errors.NotFound,
    grpc.StatusCode.UNIMPLEMENTED: errors.Unsupported,
    grpc.StatusCode.FAILED_PRECONDITION: errors.FailedPrecondition,
    grpc.StatusCode.RESOURCE_EXHAUSTED: errors.ResourceExhausted,
    grpc.StatusCode.UNAVAILABLE: errors.Unavailable,
    grpc.StatusCode.DEADLINE_EXCEEDED: errors.DeadlineExceeded,
    grpc.StatusCode.UNAUTHENTICATED: errors.Unauthenticated,
    grpc.StatusCode.CANCELLED: errors.Cancelled,
    grpc.StatusCode.INTERNAL: errors.Internal,
}


def error_of(error: Any) -> errors.TakoError:
    """The error that a ``grpc.RpcError`` tells, of either client."""
    trailers: dict[str, str | bytes] = dict(iter(error.trailing_metadata() or ()))
    return _made(error.code(), error.details() or error.code().name, trailers.get(_STATUS, b""), trailers)


def status_error(status: Status) -> errors.TakoError:
    """The error that a ``google.rpc.Status`` tells, such as the one in a result of ``batch_detail``."""
    code = next((code for code in grpc.StatusCode if code.value[0] == status.code), grpc.StatusCode.UNKNOWN)
    return _made(code, status.message, status.SerializeToString(), {})


def _made(
    code: grpc.StatusCode, message: str, status: str | bytes, trailers: Mapping[str, str | bytes]
) -> errors.TakoError:
    details = _unpacked(status)
    reason = next((one.reason for one in details if isinstance(one, ErrorInfo)), "")
    return (_BY_REASON.get(reason) or _BY_CODE.get(code, errors.TakoError))(code, message, details, trailers)


def _unpacked(status: str | bytes) -> list[Message]:
    """The details that are known. What can't be read is left out: it must not hide the error itself."""
    found: list[Message] = []
    try:
        for packed in Status.FromString(status if isinstance(status, bytes) else status.encode()).details:
            for kind in _DETAILS:
                detail = kind()
                if packed.Unpack(detail):
                    found.append(detail)
    except DecodeError:
        pass
    return found
