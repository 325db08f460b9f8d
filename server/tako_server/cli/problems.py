"""A gRPC status, read: one line for people, and the exit code that it means.

Tako's own errors carry ``google.rpc`` details (docs/errors.md). An UNAVAILABLE without them was made by the channel or
by a proxy: there is no Tako behind the address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from tako_server.cli.failure import Exit, Failure
from tako_server.cli.wording import plain, seconds

if TYPE_CHECKING:
    from google.rpc.status_pb2 import Status

_EXIT = {
    grpc.StatusCode.NOT_FOUND: Exit.NOT_FOUND,
    grpc.StatusCode.INVALID_ARGUMENT: Exit.REFUSED,
    grpc.StatusCode.OUT_OF_RANGE: Exit.REFUSED,
    grpc.StatusCode.UNIMPLEMENTED: Exit.REFUSED,
    grpc.StatusCode.UNAUTHENTICATED: Exit.REFUSED,
    grpc.StatusCode.PERMISSION_DENIED: Exit.REFUSED,
    grpc.StatusCode.FAILED_PRECONDITION: Exit.NO_ANSWER,
    grpc.StatusCode.RESOURCE_EXHAUSTED: Exit.NO_ANSWER,
    grpc.StatusCode.UNAVAILABLE: Exit.NO_ANSWER,
    grpc.StatusCode.DEADLINE_EXCEEDED: Exit.NO_ANSWER,
    grpc.StatusCode.INTERNAL: Exit.NO_ANSWER,
}


def failure(error: grpc.RpcError, address: str, timeout: float) -> Failure:
    """The failure that a failed call to ``address`` ends the command with."""
    code = error.code()
    status = _status(cast("grpc.Call", error))
    if status is None or not status.details:
        return _bare(code, error.details() or "", address, timeout)
    return Failure(_sentence(status), _EXIT.get(code, Exit.OTHER))


def _bare(code: grpc.StatusCode, message: str, address: str, timeout: float) -> Failure:
    """An error without details: not from Tako itself."""
    if "CERTIFICATE_VERIFY_FAILED" in message:
        return Failure(f"the certificate of {address} is not trusted here. --ca names one to trust.", Exit.NO_SERVER)
    if "WRONG_VERSION_NUMBER" in message:
        return Failure(f"{address} does not speak TLS. Leave out --tls and --ca.", Exit.NO_SERVER)
    if message.startswith("failed to connect") and message.endswith("Socket closed"):  # it listens, and hangs up
        return Failure(
            f"{address} hangs up. If it speaks TLS, say --tls, or --ca with its certificate.", Exit.NO_SERVER
        )
    if code is grpc.StatusCode.UNAVAILABLE:
        return Failure(
            f"no Tako server answers at {address}. Start one with `tako serve`, or name another with --server.",
            Exit.NO_SERVER,
        )
    if code is grpc.StatusCode.UNIMPLEMENTED:
        return Failure(
            f"{address} answers, but not to this question: is it Tako, and as new as this command?", Exit.NO_SERVER
        )
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return Failure(f"no answer within {seconds(timeout)}. --timeout waits longer.", Exit.NO_ANSWER)
    return Failure(plain(message) or code.name, _EXIT.get(code, Exit.OTHER))


def _status(error: grpc.Call) -> Status | None:
    try:
        return cast("Status | None", rpc_status.from_call(error))
    except ValueError:  # the details contradict the status: something on the way rewrote it
        return None


def _sentence(status: Status) -> str:
    """What the status and its details say, without saying anything twice."""
    parts = [status.message]
    reason = ""
    for detail in status.details:
        bad, info = error_details_pb2.BadRequest(), error_details_pb2.ErrorInfo()
        retry, missing = error_details_pb2.RetryInfo(), error_details_pb2.PreconditionFailure()
        if detail.Unpack(bad):
            parts += [f"{v.field}: {v.description}" for v in bad.field_violations]
        elif detail.Unpack(missing):
            parts += [v.description or v.subject for v in missing.violations]
        elif detail.Unpack(retry):
            parts.append(f"try again in {seconds(retry.retry_delay.ToTimedelta().total_seconds())}")
        elif detail.Unpack(info):
            reason = info.reason
    said: list[str] = []
    for part in (plain(p).rstrip(". ") for p in parts):
        if part and not any(part in earlier for earlier in said):
            said = [earlier for earlier in said if earlier not in part]
            said.append(part)
    return "; ".join(said) + (f" ({reason})" if reason else "")
