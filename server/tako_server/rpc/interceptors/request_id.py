"""Gives every call an id: the caller's own ``x-request-id``, else a new one. Logs carry it, and answers return it."""

from __future__ import annotations

import re
import uuid

from structlog.contextvars import bound_contextvars

from tako_server.rpc.call import Call, Handler

_FIT = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")


def request_id(handler: Handler) -> Handler:
    """Bind the call's id."""

    async def handle(call: Call) -> bytes | None:
        given = call.metadata.get("x-request-id", "")
        call.request_id = given if _FIT.fullmatch(given) else uuid.uuid4().hex
        with bound_contextvars(request_id=call.request_id):
            answer = await handler(call)
        call.context.set_trailing_metadata((("x-request-id", call.request_id), *call.trailing))
        if call.trailing and call.is_transcoded:
            await call.context.send_initial_metadata(call.trailing)
        return answer

    return handle
