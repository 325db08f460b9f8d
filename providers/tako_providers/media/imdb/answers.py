"""How imdbapi.dev answers: lists that are left out when empty, errors as bodies, and pages by token.

The service is a grpc-gateway: false, 0, "" and empty lists are absent (https://protobuf.dev/programming-guides/json),
and an error is `{"code": gRPC code, "message": ...}`, whatever the status.
"""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.sdk import Blocked, Json, NotFound, Page, RateLimited, ShapeChanged, Unreachable
from tako_providers.sdk.errors import Refused

NO_SUCH_THING = (404,)
"""Statuses whose body says more, for ``allow``."""

_INVALID, _NOT_FOUND, _DENIED, _EXHAUSTED, _UNAUTHENTICATED = 3, 5, 7, 8, 16
_BESIDE_A_LIST = frozenset(("totalCount", "nextPageToken", "stats"))


def checked(body: Json) -> Json:
    """A body that is an object and no error. Raises what an error means."""
    if not isinstance(body, dict):
        raise ShapeChanged("IMDb: an object was expected")
    code = body.get("code")
    if not isinstance(code, int) or "id" in body:
        return body
    if code == _NOT_FOUND:
        raise NotFound("IMDb knows no such item")
    if code == _EXHAUSTED:
        raise RateLimited("IMDb asks for fewer requests")
    if code == _INVALID:
        raise Refused("IMDb refused the request")
    if code in (_DENIED, _UNAUTHENTICATED):
        raise Blocked("IMDb refuses to answer")
    raise Unreachable(f"IMDb answered with error {code}")


def is_absent(body: Json) -> bool:
    """Whether this is the word for something that upstream does not have."""
    return isinstance(body, dict) and body.get("code") == _NOT_FOUND and "id" not in body


def listed(body: Json, name: str) -> list[Json]:
    """The objects of the list ``name``; an empty list is left out upstream."""
    found = checked(body).get(name)
    if found is None and body.keys() <= _BESIDE_A_LIST:
        return []
    if not isinstance(found, list):
        raise ShapeChanged(f"IMDb: a list called {name} was expected")
    return [entry for entry in found if isinstance(entry, dict)]


def page(
    items: Sequence[Item], found: Sequence[Json], body: Json, *, estimate: bool = False, ignored: tuple[str, ...] = ()
) -> Page:
    """A page of what was made of ``found``; some may have been left out."""
    total = sdk.count_in(body, "totalCount")
    return Page(
        items,
        next=sdk.text_in(body, "nextPageToken") if found else sdk.FIRST,
        total=total,
        total_is_estimate=total is not None and (estimate or len(items) != len(found)),
        ignored=ignored,
    )
