"""Parses the request, once, and checks it by the rules that stand in the contract."""

from __future__ import annotations

import protovalidate
from google.protobuf.message import DecodeError

from tako_providers.sdk.errors import InvalidField
from tako_server.core.access import AdminTokenRequired
from tako_server.core.status import InvalidFields
from tako_server.rpc.call import Call, Handler

_validator = protovalidate.Validator()
"""Compiles the rules of each message once. It has no other state."""


def validation(handler: Handler) -> Handler:
    """Refuse a request that breaks a rule, naming the fields."""

    async def handle(call: Call) -> bytes | None:
        try:
            call.request = call.request_type.FromString(call.raw)
        except DecodeError:
            name = call.request_type.DESCRIPTOR.full_name
            raise InvalidField("request", f"is not a {name} message") from None
        violations = _validator.collect_violations(call.request)
        if violations:
            raise InvalidFields([_violation(v) for v in violations])
        if getattr(call.request, "refresh", False) is True and not (call.is_admin or call.has_key):
            raise AdminTokenRequired("refresh needs the admin token or an API key")
        return await handler(call)

    return handle


def _violation(violation: protovalidate.Violation) -> tuple[str, str]:
    """Field path and description. A rule over a whole message carries its field in its id: ``query.required``."""
    proto = violation.proto
    path = _path(violation)
    if not path:
        path = proto.rule_id.partition(".")[0]
    return path, proto.message or f"breaks the rule {proto.rule_id}"


def _path(violation: protovalidate.Violation) -> str:
    field = violation.proto.field
    if field is None:
        return ""
    text = ""
    for element in field.elements:
        text += f".{element.field_name}" if text else element.field_name
        if element.subscript is not None:
            text += f"[{element.subscript.value}]"
    return text
