"""The key of a question: two questions share one only when upstream would be asked the same.

A question's own arguments count all of them. Of its ``filters``, the domain's request message, everything counts but
the fields that the arguments already hold and those that only say how the caller wants to be answered. A field that
this list does not know counts: a new one can't be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from hashlib import blake2b

from google.protobuf.message import Message

from tako_providers.sdk.provider import Detail, Lookup, Related, Search, Terms, Trending
from tako_server.core.ports import Ask

_GENERATION = "1"
"""To be raised when answers of before must not be found any more."""
_IN_THE_ARGUMENTS = (
    *("query", "kind", "language", "region", "adult", "order_by", "descending", "enrich"),
    *("id", "relation", "feed", "period", "provider", "terms", "parent", "term_id"),
)
_OF_THE_CALLER = (
    *("providers", "page_size", "page_token", "include_slow", "translate", "max_age", "refresh", "group"),
    *("kinds", "domains"),  # CatalogSearchRequest: which of the arguments' kinds and domains are asked
)
NOT_COUNTED = frozenset((*_IN_THE_ARGUMENTS, *_OF_THE_CALLER))
"""Fields of a request message that leave the key as it is."""
_QUESTIONS = (Search, Detail, Trending, Related, Terms, Lookup)
_OPERATIONS: dict[type[object], str] = {kind: kind.__name__.lower() for kind in _QUESTIONS}
_ARGUMENTS: dict[type[object], list[str]] = {kind: [field.name for field in fields(kind)] for kind in _QUESTIONS}


def operation(ask: Ask) -> str:
    """The operation that a question belongs to: ``search``. The column ``endpoint``."""
    return _OPERATIONS[type(ask)]


def cache_key(provider_id: str, ask: Ask) -> str:
    """The key of ``ask`` to a provider: readable up to the operation, then 128 bits of a hash.

    At most 90 characters. White space in the text of a question is folded; case is not, for ids depend on it.
    """
    name = operation(ask)
    told = "\n".join((_GENERATION, provider_id, name, *_arguments(ask)))
    return f"{provider_id}:{name}:{blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"


def _arguments(ask: Ask) -> Iterator[str]:
    """One line an argument. ``repr`` escapes line ends, so that no text can pass for two arguments."""
    for name in _ARGUMENTS[type(ask)]:
        value = getattr(ask, name)
        if isinstance(value, Message):
            yield from _filters(value)
        elif name == "text":
            yield f"text={' '.join(value.split())!r}"
        elif name == "kinds":
            yield f"kinds={sorted(set(value))!r}"
        elif name == "id":
            yield f"id={tuple(value)!r}"
        else:
            yield f"{name}={value!r}"


def _filters(request: Message) -> Iterator[str]:
    """The filters that are set, in the order of their numbers. The values of a repeated one are a set."""
    for field, value in request.ListFields():
        if field.name in NOT_COUNTED:
            continue
        if field.is_repeated:
            yield f"filters.{field.name}={sorted(set(value))!r}"
        elif isinstance(value, Message):
            yield f"filters.{field.name}={value.SerializeToString(deterministic=True)!r}"
        else:
            yield f"filters.{field.name}={value!r}"
