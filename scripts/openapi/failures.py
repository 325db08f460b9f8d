"""Every error that a caller over REST can meet: one example of each, by its reason.

What the server sends is made by the server's own code from the errors that it raises. What the gateway writes itself
stands in envoy/envoy.yaml; a test compares these with docs/errors.md and with a running gateway.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from google.protobuf import json_format
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import ErrorInfo, RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status

from tako_providers.sdk import errors
from tako_server.core import access, operating
from tako_server.core.status import ERROR_DOMAIN, InvalidFields, make_status, rpc_status


class Asked(Enum):
    """What a call asks, and so which errors it may have."""

    PROVIDERS = "of upstreams"
    DIRECTORY = "about providers"
    OPERATING = "of operators"


@dataclass(frozen=True, slots=True)
class Failure:
    """One error: when it comes, and what it looks like."""

    name: str
    """The reason, and for the gateway's own a word before it."""
    http: int
    summary: str
    body: dict[str, Any]
    asked: frozenset[Asked]


_ALL = frozenset(Asked)
_UPSTREAMS = frozenset({Asked.PROVIDERS, Asked.OPERATING})
_ASKING = frozenset({Asked.PROVIDERS})
_OPERATING = frozenset({Asked.OPERATING})
_NAMING = _ALL
_HTTP: dict[int, int] = {
    code_pb2.INVALID_ARGUMENT: 400,
    code_pb2.FAILED_PRECONDITION: 400,
    code_pb2.UNAUTHENTICATED: 401,
    code_pb2.NOT_FOUND: 404,
    code_pb2.RESOURCE_EXHAUSTED: 429,
    code_pb2.INTERNAL: 500,
    code_pb2.UNIMPLEMENTED: 501,
    code_pb2.UNAVAILABLE: 503,
    code_pb2.DEADLINE_EXCEEDED: 504,
}
"""As the gateway turns codes into HTTP."""
_EXAMPLE_ID = "01976f0e-5d54-7c6b-9a3f-0c1f6f1f6f10"


def failures() -> list[Failure]:
    """All of them, in the order of docs/errors.md."""
    return [*_of_the_server(), *_of_the_gateway()]


def _of_the_server() -> list[Failure]:
    raised: list[tuple[str, frozenset[Asked], errors.TakoError]] = [
        (
            "A field breaks its rule.",
            _ALL,
            InvalidFields([("page_size", "must be greater than or equal to 0")]),
        ),
        ("There is no such provider, or not in this domain.", _NAMING, _unknown()),
        (
            "The upstream says that there is no such item.",
            _ASKING,
            errors.NotFound("Open Library has no such book", provider="openlibrary"),
        ),
        (
            "The provider lacks what was asked.",
            _ASKING,
            errors.Unsupported("Open Library has no terms", provider="openlibrary"),
        ),
        ("A key of the provider is missing on this server.", _UPSTREAMS, _not_configured()),
        (
            "An operator has switched the provider off.",
            _UPSTREAMS,
            errors.Disabled("BoardGameGeek is switched off on this server", provider="bgg"),
        ),
        (
            "The provider's limit is used up.",
            _UPSTREAMS,
            errors.RateLimited("Discogs asks for fewer requests", provider="discogs", retry_after=30.0),
        ),
        (
            "The upstream could not be reached.",
            _UPSTREAMS,
            errors.Unreachable("Deezer could not be reached", provider="deezer"),
        ),
        (
            "The upstream answered with a bot wall.",
            _UPSTREAMS,
            errors.Blocked("LEGO answers with a bot wall", provider="lego"),
        ),
        (
            "The provider failed too often and is left alone.",
            _UPSTREAMS,
            errors.Suspended("Jikan failed too often and is left alone", provider="jikan", retry_after=300.0),
        ),
        (
            "The provider did not answer in its time.",
            _UPSTREAMS,
            errors.TimedOut("MusicBrainz did not answer in time", provider="musicbrainz"),
        ),
        (
            "The upstream's answer has changed shape.",
            _UPSTREAMS,
            errors.ShapeChanged("JVC answered in a shape that is not known", provider="jvc"),
        ),
        (
            "The server answers from captures, and none fits.",
            _UPSTREAMS,
            errors.ReplayMiss("no capture of Deezer answers GET api.deezer.com/search", provider="deezer"),
        ),
        (
            "The call's deadline passed.",
            _ALL,
            errors.OutOfTime("the deadline passed before there was an answer"),
        ),
        (
            "The caller asks more often than this server lets it.",
            frozenset({Asked.PROVIDERS, Asked.DIRECTORY}),
            access.RateExceeded("you have asked as often as you may: 600 times in 60 s", 1.0),
        ),
        ("Too much at once.", _ALL, errors.Overloaded("the server answers 1000 calls already")),
        (
            "The server asks for an API key.",
            frozenset({Asked.PROVIDERS, Asked.DIRECTORY}),
            access.ApiKeyInvalid("needs a key of this server, as `x-api-key`"),
        ),
        (
            "The admin token is missing or wrong.",
            _UPSTREAMS,
            access.AdminTokenRequired("needs the admin token, as `authorization: Bearer TOKEN`"),
        ),
        (
            "No admin token is set on this server.",
            _OPERATING,
            access.AdminDisabled("no admin token is set on this server (TAKO_ADMIN_TOKEN)"),
        ),
        ("The store is away.", _OPERATING, operating.StoreUnavailable()),
        ("There is no such job.", _OPERATING, operating.JobUnknown("tmdb-weekly")),
        ("The job runs already.", _OPERATING, operating.JobRunning("purge")),
        ("The server is ending.", _ALL, access.ShuttingDown("the server is shutting down")),
    ]
    found = [_failure(summary, rpc_status(error), asked) for summary, asked, error in raised]
    info = ErrorInfo(domain=ERROR_DOMAIN, reason="INTERNAL")
    message = "an internal error; the server's log has it under this request id"
    crashed = make_status(code_pb2.INTERNAL, message, [info, RequestInfo(request_id=_EXAMPLE_ID)])
    return [*found, _failure("A bug of the server.", crashed, _ALL)]


def _unknown() -> errors.TakoError:
    return errors.ProviderUnknown("nobody", "there is no provider called nobody")


def _not_configured() -> errors.TakoError:
    message = "BoardGameGeek needs BGG_API_TOKEN to be set on this server"
    return errors.NotConfigured(message, provider="bgg", variables=("BGG_API_TOKEN",))


def _of_the_gateway() -> list[Failure]:
    bad, late, much = code_pb2.INVALID_ARGUMENT, code_pb2.DEADLINE_EXCEEDED, code_pb2.RESOURCE_EXHAUSTED
    unknown = 'Could not find field "colour" in the type "tako.v1.BooksSearchRequest".'
    body, url = "The body of the request is larger than 1 MiB.", "The URL and the headers are larger than 60 KiB."
    away = "The server can't be reached at the moment. Try again."
    told = [
        (400, bad, "INVALID_FIELD", "A parameter that does not exist.", unknown),
        (400, bad, "INVALID_REQUEST", "Broken HTTP.", "This is not a request that HTTP allows."),
        (408, late, "DEADLINE", "A slow request.", "The request did not arrive in time."),
        (413, bad, "REQUEST_TOO_LARGE", "A large body.", body),
        (431, bad, "REQUEST_TOO_LARGE", "A long URL.", url),
        (429, much, "OVERLOADED", "Too much at once, at the gateway.", "Too much at once. Try again."),
        (503, code_pb2.UNAVAILABLE, "SERVER_UNREACHABLE", "No server behind the gateway.", away),
        (504, late, "DEADLINE", "A server that hangs.", "The server did not answer in time."),
        (500, code_pb2.INTERNAL, "INTERNAL", "A broken answer.", "The answer could not be passed on."),
    ]
    return [_written_by_the_gateway(*one) for one in told]


def _written_by_the_gateway(http: int, code: int, reason: str, summary: str, message: str) -> Failure:
    info = ErrorInfo(domain=ERROR_DOMAIN, reason=reason)
    status = make_status(code, message, [info])
    if http in (429, 503):
        retry = RetryInfo()
        retry.retry_delay.seconds = 1
        status.details.add().Pack(retry)
    asked = _OPERATING | _ASKING if http == 413 else _ALL
    return Failure(f"gateway.{http}.{reason}", http, summary, _json(status), asked)


def _failure(summary: str, status: Status, asked: frozenset[Asked]) -> Failure:
    info = ErrorInfo()
    status.details[0].Unpack(info)
    return Failure(info.reason, _HTTP[status.code], summary, _json(status), asked)


def _json(status: Status) -> dict[str, Any]:
    body: dict[str, Any] = json_format.MessageToDict(status)
    return body
