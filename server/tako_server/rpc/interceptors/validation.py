"""Parses the request, once, and checks it by the rules that stand in the contract.

What was right is right again: small requests are remembered by their bytes, and the rules look at nothing else. A
request that names no language is taken in that of the caller's ``accept-language``, as if it named it.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from google.protobuf.message import DecodeError, Message

from tako_providers.sdk.errors import InvalidField
from tako_server.core.access import AdminTokenRequired
from tako_server.core.ports import ANYTHING, Demand
from tako_server.core.status import InvalidFields
from tako_server.rpc.accept_language import preferred
from tako_server.rpc.call import Call, Handler

if TYPE_CHECKING:
    from protovalidate import Validator, Violation

YOUNGEST = 60
"""Seconds of ``max_age`` that anybody may ask for."""
_DEMANDS = ("max_age", "refresh")
_SMALL = 512
"""Bytes of a request that is remembered at most, and how many are: a few megabytes in all."""
_REMEMBERED = 2048


def validation(handler: Handler) -> Handler:
    """Refuse a request that breaks a rule, naming the fields."""

    def handle(call: Call) -> bytes | Awaitable[bytes | None]:
        check = _remembered if len(call.raw) <= _SMALL else _checked
        header = call.metadata.get("accept-language")
        known: _Checked = check(call.method, call.request_type, call.raw, preferred(header) if header else "")
        if known.demand is not ANYTHING and not (call.is_admin or call.has_key):
            known = _bounded(known)
        call.request, call.key, call.demand = known.request, known.key, known.demand
        return handler(call)

    return handle


@dataclass(frozen=True, slots=True)
class _Checked:
    """A request that breaks no rule, with what is read from it for every call."""

    request: Any
    key: bytes
    demand: Demand


@cache
def _validator() -> Validator:
    """Compiles the rules of each message once. Loaded for the first call: with its own runtime it is 12 MB."""
    from protovalidate import Validator  # noqa: PLC0415

    return Validator()


def _checked(method: str, request_type: type[Message], raw: bytes, language: str = "") -> _Checked:
    try:
        request: Any = request_type.FromString(raw)
    except DecodeError:
        raise InvalidField("request", f"is not a {request_type.DESCRIPTOR.full_name} message") from None
    fields = request.DESCRIPTOR.fields_by_name
    if language and "language" in fields and not request.language:
        request.language = language
    violations = _validator().collect_violations(request)
    if violations:
        raise InvalidFields(list(dict.fromkeys(map(_violation, violations))))  # an empty text breaks several rules
    refresh = "refresh" in fields and request.refresh
    max_age = request.max_age.ToSeconds() if "max_age" in fields and request.HasField("max_age") else None
    demand = ANYTHING if max_age is None and not refresh else Demand(max_age, refresh)
    return _Checked(request, _key(method, request, demand), demand)


_remembered: Any = lru_cache(maxsize=_REMEMBERED)(_checked)


def _key(method: str, request: Any, demand: Demand) -> bytes:
    if demand is not ANYTHING:
        plain = type(request)()
        plain.CopyFrom(request)
        for name in _DEMANDS:
            if name in plain.DESCRIPTOR.fields_by_name:
                plain.ClearField(name)
        request = plain
    question: bytes = request.SerializeToString(deterministic=True)
    return method.encode() + b"\0" + question


_RULES = {
    "enum.not_in": "must be set",
    "enum.defined_only": "is none of the values that there are",
    "string.min_len": "must not be empty",  # the contract has no other least length
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


def _bounded(known: _Checked) -> _Checked:
    """Nobody anonymous may burn the upstreams' limits: no refresh, and at least a minute for ``max_age``."""
    if known.demand.refresh:
        raise AdminTokenRequired("refresh needs the admin token or an API key")
    if known.demand.max_age is None or known.demand.max_age >= YOUNGEST:
        return known
    request = type(known.request)()
    request.CopyFrom(known.request)
    request.max_age.FromSeconds(YOUNGEST)
    return replace(known, request=request, demand=Demand(YOUNGEST))


def _violation(violation: Violation) -> tuple[str, str]:
    """Field path and description. A rule over a whole message carries its field in its id: ``query.required``."""
    proto = violation.proto
    path = _path(violation)
    if not path:
        path = proto.rule_id.partition(".")[0]
    return path, _WORDS.get((path.partition("[")[0], proto.rule_id)) or _RULES.get(proto.rule_id) or proto.message


def _path(violation: Violation) -> str:
    field = violation.proto.field
    if field is None:
        return ""
    text = ""
    for element in field.elements:
        text += f".{element.field_name}" if text else element.field_name
        if element.subscript is not None:
            text += f"[{element.subscript.value}]"
    return text
