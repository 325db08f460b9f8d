"""A question as bytes, and back: kept beside its answer, so that any answer can be asked for again.

JSON with the arguments that differ from their defaults; the domain's filters are the bytes of their message. What can't
be read is no question: another version's, or one whose message this version does not know.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import orjson
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message

from tako_providers.sdk.item_id import ItemId
from tako_providers.sdk.manifest import Domain
from tako_providers.sdk.provider import Detail, Lookup, Related, Search, Terms, Trending
from tako_server.cache.keys import operation
from tako_server.core.ports import Ask

VERSION = 1
"""To be raised when the arguments of questions mean something else."""
_PACKAGE = "tako.v1."
_QUESTIONS: dict[str, Callable[..., Ask]] = {
    kind.__name__.lower(): kind for kind in (Search, Detail, Trending, Related, Terms, Lookup)
}


def pack(ask: Ask) -> bytes:
    """``Entry.question`` for a question; empty for one that JSON can't hold, such as half a character."""
    values = [(field, getattr(ask, field.name)) for field in fields(ask)]
    told = {field.name: _packed(value) for field, value in values if value != field.default}
    try:
        return orjson.dumps({"version": VERSION, "operation": operation(ask), "arguments": told})
    except orjson.JSONEncodeError:
        return b""


def unpack(question: bytes) -> Ask | None:
    """The question that was packed; None when this version can't read it."""
    try:
        told = orjson.loads(question)
        if told["version"] != VERSION:
            return None
        arguments = {name: _UNPACKED.get(name, _plain)(value) for name, value in told["arguments"].items()}
        return _QUESTIONS[told["operation"]](**arguments)
    except (ValueError, KeyError, TypeError, DecodeError):
        return None


def _packed(value: Any) -> Any:
    if isinstance(value, Message):
        return [value.DESCRIPTOR.full_name, b64encode(value.SerializeToString(deterministic=True)).decode()]
    return list(value) if isinstance(value, tuple) else value


def _plain(value: Any) -> Any:
    return value


def _domain(value: str | None) -> Domain | None:
    return None if value is None else Domain(value)


def _item_id(value: list[Any]) -> ItemId:
    return ItemId(*value)


def _kinds(value: list[int]) -> tuple[int, ...]:
    return tuple(value)


def _filters(value: list[str] | None) -> Message | None:
    """The domain's request message; of no other package, whatever the store says."""
    if value is None:
        return None
    name, data = value
    if not name.startswith(_PACKAGE):
        raise KeyError(name)
    descriptor = descriptor_pool.Default().FindMessageTypeByName(name)  # type: ignore[no-untyped-call] # untyped
    message: type[Message] = message_factory.GetMessageClass(descriptor)
    return message.FromString(b64decode(data))


_UNPACKED: Mapping[str, Callable[[Any], Any]] = {
    "domain": _domain,
    "id": _item_id,
    "kinds": _kinds,
    "filters": _filters,
}
