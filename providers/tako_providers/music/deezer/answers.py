"""Lists of Deezer and their pages, and its errors, which come with status 200.

https://developers.deezer.com/api/errors
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    FIRST,
    Json,
    NotFound,
    Page,
    Params,
    ProviderError,
    RateLimited,
    Refused,
    ShapeChanged,
    Unreachable,
    count_in,
    page_number,
    text_in,
)

Mapper = Callable[[Json], Item]


NO_DATA = 800
"""There is no such thing."""
WRONG_PARAMETER = 500
"""A value that Deezer does not take, such as the number of a genre that there is not."""
INVALID_QUERY = 600

_PAGE = 50
"""Items to a page; Deezer takes 100 at most."""
_WINDOW = 5.0
"""Seconds that Deezer counts requests over."""


def error_code(found: Json) -> int | None:
    """The code of the error that ``found`` is, None when it is none."""
    error = found.get("error") if isinstance(found, dict) else None
    if not error:
        return None
    code = error.get("code") if isinstance(error, dict) else None
    if type(code) is not int:
        raise ShapeChanged("Deezer answered with an error that has no code")
    return code


def _failure(code: int) -> ProviderError:
    """What a code means."""
    match code:
        case 800:
            return NotFound("Deezer has no such item")
        case 4:
            return RateLimited("Deezer asks for fewer requests", retry_after=_WINDOW)
        case 700:
            return Unreachable("Deezer is too busy to answer")
        case 100 | 200 | 300 | 500 | 501 | 600 | 901:
            return Refused(f"Deezer refused the request with code {code}")
    return ShapeChanged(f"Deezer answered with an error that is not known: code {code}")


def page(found: Json, mapper: Mapper, cursor: str, ignored: tuple[str, ...] = ()) -> Page:
    """A page of a list. The next one begins where Deezer's own link says: it counts entries that it leaves out."""
    entries = data(found)
    return Page(
        [mapper(entry) for entry in entries],
        _following(found, cursor) if entries else FIRST,
        count_in(found, "total"),
        ignored=ignored,
    )


def data(found: Json) -> list[Json]:
    """The entries of a list."""
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        raise ShapeChanged("Deezer gave something else where a list was expected")
    entries: list[Json] = found["data"]
    return entries


def _following(found: Json, cursor: str) -> str:
    """The place of the next page. One that does not lie ahead would lead in a circle."""
    address = text_in(found, "next")
    index = next(iter(parse_qs(urlsplit(address).query).get("index", ())), "") if address else ""
    return index if index.isdecimal() and int(index) > _index(cursor) else FIRST


def place(cursor: str) -> Params:
    """The parameters that ask for the page at ``cursor``."""
    return {"limit": _PAGE, "index": _index(cursor) or None}


def _index(cursor: str) -> int:
    return 0 if cursor == FIRST else page_number(cursor)


def sound(found: Json) -> Json:
    """``found``, unless it is an error."""
    code = error_code(found)
    if code is not None:
        raise _failure(code)
    return found
