"""Parses the request, once, and checks it by the rules that stand in the contract."""

from __future__ import annotations

from typing import Any

import protovalidate
from google.protobuf.message import DecodeError

from tako_providers.sdk.errors import InvalidField
from tako_server.core.access import AdminTokenRequired
from tako_server.core.status import InvalidFields
from tako_server.rpc.call import Call, Handler

YOUNGEST = 60
"""Seconds of ``max_age`` that anybody may ask for."""

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
        if not (call.is_admin or call.has_key):
            _bound_demand(call.request)
        return await handler(call)

    return handle


_RULES = {
    "enum.not_in": "must be set",
    "enum.defined_only": "is none of the values that there are",
    "string.pattern": "has not the form that it must have",
    "repeated.unique": "names something twice",
}
_WORDS = {
    ("id", "string.pattern"): "must look like provider/kind/source-id, as Search gives it",
    ("ids", "string.pattern"): "must look like provider/kind/source-id, as Search gives it",
    ("person", "string.pattern"): "must be an item id, as Search gives it",
    ("in_set", "string.pattern"): "must be an item id, as Search gives it",
    ("producers", "string.pattern"): "must be an item id, as Search gives it",
    ("provider", "string.pattern"): "must be the id of a provider, such as tmdb",
    ("providers", "string.pattern"): "must be the id of a provider, such as tmdb",
    ("language", "string.pattern"): "must be a language in BCP-47, such as fr or pt-BR",
    ("text_language", "string.pattern"): "must be a language in BCP-47, such as fr or pt-BR",
    ("original_language", "string.pattern"): "must be a language in BCP-47, such as fr or pt-BR",
    ("region", "string.pattern"): "must be the two letters of a country, such as FR",
    ("countries", "string.pattern"): "must be the two letters of a country, such as FR",
    ("isbn", "string.pattern"): "must be an ISBN: 10 or 13 digits, dashes allowed",
    ("code", "string.pattern"): "must not be empty",
}
"""What to say of the rules whose own words are for programmers. Other rules speak for themselves."""


def _bound_demand(request: Any) -> None:
    """Nobody anonymous may burn the upstreams' limits: no refresh, and at least a minute for ``max_age``."""
    fields = request.DESCRIPTOR.fields_by_name
    if "refresh" in fields and request.refresh:
        raise AdminTokenRequired("refresh needs the admin token or an API key")
    if "max_age" in fields and request.HasField("max_age") and request.max_age.ToSeconds() < YOUNGEST:
        request.max_age.FromSeconds(YOUNGEST)


def _violation(violation: protovalidate.Violation) -> tuple[str, str]:
    """Field path and description. A rule over a whole message carries its field in its id: ``query.required``."""
    proto = violation.proto
    path = _path(violation)
    if not path:
        path = proto.rule_id.partition(".")[0]
    return path, _WORDS.get((path.partition("[")[0], proto.rule_id)) or _RULES.get(proto.rule_id) or proto.message


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
