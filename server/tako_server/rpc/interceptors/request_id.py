"""Gives every call an id: the caller's own ``x-request-id``, else a new one. Logs carry it, and answers return it.

A new one is 64 random bits of this process and a number: unique, at a tenth of the cost of a random one a call.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable
from itertools import count

from tako_server.rpc.call import Call, Handler

_FIT = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")
_process = secrets.token_hex(8)
_numbers = count(1)


def id_of(given: str) -> str:
    """The id of a call whose caller has given it this one, "" for none."""
    return given if given and _FIT.fullmatch(given) else f"{_process}{next(_numbers)}"


def request_id(handler: Handler) -> Handler:
    """Give the call its id."""

    def handle(call: Call) -> bytes | Awaitable[bytes | None]:
        call.request_id = id_of(call.metadata.get("x-request-id", ""))
        answer = handler(call)
        if isinstance(answer, bytes):
            _tell(call)
            return answer
        return later(call, answer)

    async def later(call: Call, answer: Awaitable[bytes | None]) -> bytes | None:
        body = await answer
        _tell(call)
        return body

    return handle


def _tell(call: Call) -> None:
    if not call.is_transcoded:  # the gateway has the id, and loses what trails an answer
        call.context.set_trailing_metadata((("x-request-id", call.request_id), *call.trailing, *call.limits))
