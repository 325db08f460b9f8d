"""The errors of the client.

Every call raises one of these, whatever failed::

    TakoError
    ├── InvalidField                a field breaks its rule; ``field_violations`` names them all
    ├── NotFound
    │   ├── ItemNotFound            the upstream says that there is no such item
    │   └── ProviderUnknown         no provider of this name
    ├── Unsupported                 the provider lacks the operation, kind, feed, relation ...
    ├── FailedPrecondition          something must be set up at the server; ``preconditions`` says what
    │   ├── ProviderNotConfigured
    │   ├── ProviderDisabled
    │   └── AdminDisabled
    ├── ResourceExhausted
    │   ├── RateLimited             too many calls in a while; try again after ``retry_after`` seconds
    │   │   └── ProviderRateLimited
    │   └── Overloaded              too many calls at once, of all callers
    ├── Unavailable
    │   ├── ProviderUnreachable
    │   ├── ProviderBlocked
    │   └── ProviderSuspended
    ├── DeadlineExceeded            of the call, or of the provider
    ├── Unauthenticated
    │   ├── ApiKeyInvalid
    │   └── AdminTokenRequired
    ├── Cancelled
    └── Internal
        └── ProviderShapeChanged

Catch the class that you can do something about. A reason that this version does not know is the class of its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import grpc
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, PreconditionFailure, ResourceInfo, RetryInfo

_REQUEST_ID = "x-request-id"


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """A field that breaks its rule."""

    field: str
    description: str


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must be so at the server, and is not: ``type`` SETTING and ``subject`` TMDB_API_KEY, for one."""

    type: str
    subject: str
    description: str


@dataclass(frozen=True, slots=True)
class Resource:
    """What was not found."""

    type: str
    name: str
    description: str


class TakoError(Exception):
    """A call failed. ``str(error)`` is one sentence for people; decide by the class, or by ``reason``."""

    def __init__(
        self,
        code: grpc.StatusCode,
        message: str,
        details: Sequence[Message] = (),
        trailers: Mapping[str, str | bytes] = MappingProxyType({}),
    ) -> None:
        super().__init__(message)
        self.code = code
        """The gRPC code."""
        self.message = message
        """The sentence for people."""
        self.details = tuple(details)
        """The messages of google.rpc that came with it."""
        info = self._detail(ErrorInfo)
        self.reason = info.reason if info else ""
        """Such as ``PROVIDER_RATE_LIMITED``; part of the contract. Empty when gRPC itself made the error."""
        self.domain = info.domain if info else ""
        """``tako``, where there is a reason."""
        self.metadata: dict[str, str] = dict(info.metadata) if info else {}
        """Facts of the reason: ``provider`` or ``field``."""
        self.request_id = str(trailers.get(_REQUEST_ID, ""))
        """The id of the call; the server's log has it."""

    @property
    def provider(self) -> str:
        """The provider that failed; empty when it was not one."""
        return self.metadata.get("provider", "")

    @property
    def field_violations(self) -> tuple[FieldViolation, ...]:
        """The fields that break their rules."""
        wrong = self._detail(BadRequest)
        return tuple(FieldViolation(one.field, one.description) for one in wrong.field_violations) if wrong else ()

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        """What must be set up at the server."""
        failed = self._detail(PreconditionFailure)
        if failed is None:
            return ()
        return tuple(Precondition(one.type, one.subject, one.description) for one in failed.violations)

    @property
    def resource(self) -> Resource | None:
        """What was not found."""
        found = self._detail(ResourceInfo)
        return Resource(found.resource_type, found.resource_name, found.description) if found else None

    @property
    def retry_after(self) -> float | None:
        """Seconds after which another try may help; None when the server says nothing of that."""
        info = self._detail(RetryInfo)
        return info.retry_delay.ToTimedelta().total_seconds() if info else None

    @property
    def retryable(self) -> bool:
        """Whether trying again later may help: the server says when, or nobody answered at all."""
        return self.retry_after is not None or (self.code is grpc.StatusCode.UNAVAILABLE and not self.reason)

    def _detail(self, kind: type[Any]) -> Any:
        return next((one for one in self.details if isinstance(one, kind)), None)


class InvalidField(TakoError):
    """A field of the request breaks its rule."""


class NotFound(TakoError):
    """There is no such thing."""


class ItemNotFound(NotFound):
    """The upstream says that there is no such item."""


class ProviderUnknown(NotFound):
    """No provider has this name, or none in this domain."""


class Unsupported(TakoError):
    """The provider, or this version of the server, can't do that."""


class FailedPrecondition(TakoError):
    """Something must be set up at the server first."""


class ProviderNotConfigured(FailedPrecondition):
    """The provider needs a key that the server has not, or that the upstream refuses."""


class ProviderDisabled(FailedPrecondition):
    """An operator has switched the provider off."""


class AdminDisabled(FailedPrecondition):
    """The server has no admin token."""


class ResourceExhausted(TakoError):
    """Too much was asked."""


class RateLimited(ResourceExhausted):
    """The limit of this caller is used up, or that of a provider."""


class ProviderRateLimited(RateLimited):
    """The provider's limit is used up, at the server or at the upstream."""


class Overloaded(ResourceExhausted):
    """The server has as many calls as it takes."""


class Unavailable(TakoError):
    """Nobody could answer now."""


class ProviderUnreachable(Unavailable):
    """The upstream is down, or refuses this request."""


class ProviderBlocked(Unavailable):
    """The upstream answers with a wall against programs."""


class ProviderSuspended(Unavailable):
    """The provider failed too often, and is left alone for a while."""


class DeadlineExceeded(TakoError):
    """The time of the call, or of the provider, was over."""


class Unauthenticated(TakoError):
    """The server does not know who is asking."""


class ApiKeyInvalid(Unauthenticated):
    """The server asks for an API key, and the client has none of its keys."""


class AdminTokenRequired(Unauthenticated):
    """This needs the admin token."""


class Cancelled(TakoError):
    """The call was cancelled."""


class Internal(TakoError):
    """A mistake at the server or the provider."""


class ProviderShapeChanged(Internal):
    """The upstream's answer has another shape than Tako knows."""
