"""Errors as ``google.rpc.Status``: code, one sentence, exactly one ErrorInfo and its companions.

The same message goes into gRPC's trailers, into JSON through the gateway, and into the results of a batch.
"""

from __future__ import annotations

from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, PreconditionFailure, ResourceInfo, RetryInfo
from google.rpc.status_pb2 import Status

from tako_providers.sdk import errors
from tako_server.core import access, operating
from tako_server.core.error_table import meaning, retry_after

ERROR_DOMAIN = "tako"
MAX_VIOLATIONS = 10
"""Broken rules that are told of one request: details travel in trailers, and those are bounded."""
MAX_MESSAGE = 1000


class InvalidFields(errors.InvalidField):
    """Several fields of one request break their rules. ``violations`` are (field, description)."""

    def __init__(self, violations: list[tuple[str, str]]) -> None:
        super().__init__(*violations[0])
        self.violations = violations

    def __str__(self) -> str:
        told = "; ".join(f"{field}: {text}" for field, text in self.violations[:MAX_VIOLATIONS])
        more = len(self.violations) - MAX_VIOLATIONS
        return f"{told}; and {more} more" if more > 0 else told


def rpc_status(error: errors.TakoError) -> Status:
    """The status that tells ``error`` to a caller."""
    what = meaning(error)
    details: list[Message] = [ErrorInfo(domain=ERROR_DOMAIN, reason=what.reason, metadata=_metadata(error))]
    details += _companions(error)
    return make_status(what.code, str(error), details)


def make_status(code: int, message: str, details: list[Message]) -> Status:
    """A status with packed details."""
    status = Status(code=code, message=message if len(message) <= MAX_MESSAGE else message[:MAX_MESSAGE] + " ...")
    for detail in details:
        packed = AnyMessage()
        packed.Pack(detail)
        status.details.append(packed)
    return status


def _metadata(error: errors.TakoError) -> dict[str, str]:
    if isinstance(error, errors.InvalidField):
        return {"field": error.field}
    provider = getattr(error, "provider", "")
    return {"provider": provider} if provider else {}


def _companions(error: errors.TakoError) -> list[Message]:
    match error:
        case InvalidFields():
            return [_bad_request(error.violations)]
        case errors.InvalidField():
            return [_bad_request([(error.field, error.description)])]
        case access.AdminDisabled():
            return [_precondition("SETTING", "TAKO_ADMIN_TOKEN", "TAKO_ADMIN_TOKEN must be set")]
        case errors.ProviderUnknown():
            return [
                ResourceInfo(resource_type="tako.v1.Provider", resource_name=error.provider, description=str(error))
            ]
        case errors.NotFound():
            return [ResourceInfo(resource_type="tako.v1.Item", description=str(error))]
        case errors.NotConfigured():
            violations = [
                PreconditionFailure.Violation(type="SETTING", subject=name, description=str(error))
                for name in error.variables
            ]
            return [PreconditionFailure(violations=violations)]
        case operating.JobUnknown() | operating.JobRunning() | operating.SwitchedBySetting():
            return [_of_operators(error)]
        case errors.Disabled():
            return [_precondition("PROVIDER", error.provider, "an operator has switched it off")]
    seconds = retry_after(error)
    return [RetryInfo(retry_delay=_duration(seconds))] if seconds is not None else []


def _of_operators(error: operating.JobUnknown | operating.JobRunning | operating.SwitchedBySetting) -> Message:
    match error:
        case operating.JobUnknown():
            return ResourceInfo(resource_type="tako.v1.Job", resource_name=error.job, description=str(error))
        case operating.JobRunning():
            return _precondition("JOB", error.job, "it must have ended")
        case operating.SwitchedBySetting():
            return _precondition("SETTING", "TAKO_PROVIDERS_DISABLED", "TAKO_PROVIDERS_DISABLED must not name it")


def _bad_request(violations: list[tuple[str, str]]) -> BadRequest:
    return BadRequest(
        field_violations=[
            BadRequest.FieldViolation(field=field, description=text) for field, text in violations[:MAX_VIOLATIONS]
        ]
    )


def _precondition(kind: str, subject: str, description: str) -> PreconditionFailure:
    violation = PreconditionFailure.Violation(type=kind, subject=subject, description=description)
    return PreconditionFailure(violations=[violation])


def _duration(seconds: float) -> Duration:
    duration = Duration()
    duration.FromNanoseconds(int(seconds * 1e9))
    return duration
