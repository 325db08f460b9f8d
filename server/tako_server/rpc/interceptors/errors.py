"""Turns every error into a gRPC status with details. The only place that does, and the rim of the process.

What Tako raises on purpose is told as it is; anything else is an internal error of which callers learn nothing but the
request id.
"""

from __future__ import annotations

from collections.abc import Awaitable

import grpc
import structlog
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import ErrorInfo, RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status

from tako_providers.sdk.errors import TakoError
from tako_server.core.status import ERROR_DOMAIN, make_status, rpc_status
from tako_server.rpc.call import Call, Handler

_CODES = {code.value[0]: code for code in grpc.StatusCode}

log = structlog.get_logger(__name__)


_SOON = 2_000
"""Milliseconds within which a client may try again by itself."""


class _Abort(grpc.Status):
    """A status as grpc wants it for ``abort_with_status``."""

    def __init__(self, status: Status, metadata: tuple[tuple[str, str | bytes], ...]) -> None:
        self.code = _CODES[status.code]
        self.details = status.message
        self.trailing_metadata = metadata


def errors(handler: Handler) -> Handler:
    """Abort the call with the status of what ``handler`` raises."""

    def handle(call: Call) -> bytes | Awaitable[bytes | None]:
        try:
            answer = handler(call)
        except Exception as error:  # noqa: BLE001 - the outermost rim: nothing may leave it unmapped
            return _aborted(call, _status(call, error))
        return answer if isinstance(answer, bytes) else later(call, answer)

    async def later(call: Call, answer: Awaitable[bytes | None]) -> bytes | None:
        try:
            return await answer
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - as above
            status = _status(call, error)
        return await _aborted(call, status)

    return handle


async def _aborted(call: Call, status: Status) -> bytes | None:
    await call.context.abort_with_status(_Abort(status, _metadata(call, status)))
    raise AssertionError("abort does not return")


def _status(call: Call, error: BaseException) -> Status:
    """What to tell of an error. A group that holds more than errors, such as a cancellation, goes on."""
    if isinstance(error, TakoError):
        return rpc_status(error)
    if isinstance(error, BaseExceptionGroup):
        known, rest = error.split(TakoError)
        if rest is None and known is not None:
            return rpc_status(_first(known))
        if rest is not None and rest.split(Exception)[1] is not None:
            raise error
    return _internal(call, error)


def _first(group: BaseExceptionGroup[TakoError]) -> TakoError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, TakoError)  # noqa: S101 - for the type checker: split() gave nothing else
    return error


def _internal(call: Call, error: BaseException) -> Status:
    log.error("rpc.crashed", method=call.method, request_id=call.request_id, exc_info=error)
    info = ErrorInfo(domain=ERROR_DOMAIN, reason="INTERNAL")
    message = "an internal error; the server's log has it under this request id"
    return make_status(code_pb2.INTERNAL, message, [info, RequestInfo(request_id=call.request_id)])


def _metadata(call: Call, status: Status) -> tuple[tuple[str, str | bytes], ...]:
    metadata: list[tuple[str, str | bytes]] = [
        ("grpc-status-details-bin", status.SerializeToString()),
        ("x-request-id", call.request_id),
        *call.limits,
    ]
    retry = _retry_info(status)
    if retry is not None:
        seconds = retry.retry_delay.seconds + (1 if retry.retry_delay.nanos else 0)
        metadata.append(("retry-after", str(max(seconds, 1))))
    if status.code == code_pb2.UNAVAILABLE:
        metadata.append(("grpc-retry-pushback-ms", str(_pushback(retry))))
    return tuple(metadata)


def _retry_info(status: Status) -> RetryInfo | None:
    retry = RetryInfo()
    return retry if any(detail.Unpack(retry) for detail in status.details) else None


def _pushback(retry: RetryInfo | None) -> int:
    """Milliseconds that a client's own retry policy should wait; -1 tells it to leave that to its user.

    Upstreams were asked again already: clients that try at once would only multiply that. Without a RetryInfo another
    try gives the same.
    https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback
    """
    milliseconds = retry.retry_delay.ToMilliseconds() if retry else None
    return -1 if milliseconds is None or milliseconds > _SOON else milliseconds
