"""What Comic Vine answers: an envelope with its own status. https://comicvine.gamespot.com/api/documentation"""

from __future__ import annotations

from tako_providers.sdk import (
    Json,
    NotConfigured,
    NotFound,
    Params,
    RateLimited,
    Refused,
    ShapeChanged,
    Upstream,
    one_line,
    text_in,
)

KEY = "COMICVINE_API_KEY"

_OK, _INVALID_KEY, _NOT_FOUND, _TOO_MANY = 1, 100, 101, 107
_REFUSED = (102, 103, 104, 105)
"""A wrong address, jsonp without a callback, a wrong filter, something for subscribers."""


async def asked(up: Upstream, path: str, params: Params) -> Json:
    """The envelope of an answer. Raises what its status means."""
    return _checked(await up.json(path, {"format": "json", **params}))


async def asked_if_there(up: Upstream, path: str, params: Params) -> Json:
    """The envelope of an answer, None where Comic Vine says that there is no such thing."""
    found = await up.json(path, {"format": "json", **params}, allow=(404,))
    return None if isinstance(found, dict) and found.get("status_code") == _NOT_FOUND else _checked(found)


def _checked(found: Json) -> Json:
    status = found.get("status_code") if isinstance(found, dict) else None
    if status == _OK:
        return found
    if status == _INVALID_KEY:
        raise NotConfigured("Comic Vine refuses the key that is set", variables=(KEY,))
    if status == _NOT_FOUND:
        raise NotFound("Comic Vine has nothing with this id")
    if status == _TOO_MANY:
        raise RateLimited("Comic Vine asks for fewer requests")
    if status in _REFUSED:
        raise Refused(f"Comic Vine refused the request: {one_line(text_in(found, 'error'))[:200]}")
    raise ShapeChanged("Comic Vine answered without a status that is known")


def entry_of(found: Json) -> Json:
    """The one thing of a detail."""
    if not isinstance(found.get("results"), dict):
        raise ShapeChanged("Comic Vine gave something else where one thing was expected")
    return found["results"]


def entries_of(found: Json) -> list[Json]:
    """The things of a list. An empty one has no results."""
    results = found.get("results")
    entries = [one for one in results if isinstance(one, dict)] if isinstance(results, list) else None
    if entries is None or (results and not entries):
        raise ShapeChanged("Comic Vine gave something else where a list was expected")
    return entries


def list_in_entry(entry: Json, field: str) -> list[Json]:
    """The things that a detail was asked to list."""
    listed = entry.get(field, False)
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise ShapeChanged(f"Comic Vine gave no list of {field}")
    return [one for one in listed if isinstance(one, dict)]
