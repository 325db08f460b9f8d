"""Requests, built from the contract's descriptors: every domain has its own, and its own filters."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click
from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from tako.v1 import catalog_service_pb2
from tako_server.core.domains import CONTRACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
    from google.protobuf.message import Message

SERVICES: dict[str, ServiceDescriptor] = {
    str(domain): contract.search.DESCRIPTOR.file.services_by_name[contract.service.rpartition(".")[2]]
    for domain, contract in CONTRACTS.items()
}
"""Domain id -> its gRPC service."""
CATALOG: ServiceDescriptor = catalog_service_pb2.DESCRIPTOR.services_by_name["CatalogService"]
"""The service over all domains."""

_HAVE_OPTIONS = frozenset({
    "query", "providers", "kind", "page_size", "page_token", "language", "region", "include_slow", "group", "id",
    "relation", "feed", "period", "provider", "terms", "parent", "kinds", "domains",
})  # fmt: skip
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_INTEGERS = frozenset({
    FieldDescriptor.CPPTYPE_INT32, FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT32,
    FieldDescriptor.CPPTYPE_UINT64,
})  # fmt: skip
_FLOATS = frozenset({FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT})


def question(
    domain: str, operation: str, fields: Mapping[str, object], filters: Sequence[str] = ()
) -> tuple[MethodDescriptor, Message]:
    """The RPC of ``operation`` in ``domain``, and its request. Fields that are empty stay unset.

    ``filters`` are ``name=value``; a wrong one raises a UsageError that names it.
    """
    method = SERVICES[domain].methods_by_name[operation]
    return method, _asked(method, fields, filters, f"{operation} in {domain}")


def catalog_question(
    operation: str, fields: Mapping[str, object], filters: Sequence[str] = ()
) -> tuple[MethodDescriptor, Message]:
    """The same over all domains, or over those that ``fields`` name."""
    method = CATALOG.methods_by_name[operation]
    return method, _asked(method, fields, filters, f"{operation} over domains")


def _asked(method: MethodDescriptor, fields: Mapping[str, object], filters: Sequence[str], where: str) -> Message:
    request = fill(GetMessageClass(method.input_type)(), fields)
    for text in filters:
        _filter(request, text, where)
    return request


def fill(request: Message, fields: Mapping[str, object]) -> Message:
    """Set the fields that are not empty. Enums may be named in either case."""
    for name, value in fields.items():
        if not value:
            continue
        field = request.DESCRIPTOR.fields_by_name[name]
        values = value if isinstance(value, tuple) else (value,)
        numbered = [_enum_number(field, str(one)) for one in values] if field.enum_type is not None else values
        if field.is_repeated:
            getattr(request, name).extend(numbered)
        else:
            setattr(request, name, numbered[0])
    return request


def _filter(request: Message, text: str, where: str) -> None:
    name, equals, value = text.partition("=")
    name = name.strip().replace("-", "_")
    known = [f.name for f in request.DESCRIPTOR.fields if f.name not in _HAVE_OPTIONS]
    if not equals:
        raise click.UsageError(f"--filter {text}: write name=value.")
    if name not in known:
        if name in request.DESCRIPTOR.fields_by_name:
            raise click.UsageError(f"--filter {name}: has an argument or option of its own.")
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"--filter {name}: {where} has no such filter.{hint} It has {', '.join(known)}.")
    field = request.DESCRIPTOR.fields_by_name[name]
    try:
        _assign(request, field, value.strip())
    except ValueError as error:
        raise click.UsageError(f"--filter {name}: {error}") from None


def _assign(request: Message, field: FieldDescriptor, text: str) -> None:
    if field.message_type is not None:  # only durations occur: `max_age=60s`
        try:
            json_format.Parse(f'"{text}"', getattr(request, field.name))
        except json_format.ParseError:
            raise ValueError(f"{text!r} is no length of time; write it like 60s.") from None
        return
    value = _scalar(field, text)
    if field.is_repeated:
        getattr(request, field.name).append(value)
    else:
        setattr(request, field.name, value)


def _scalar(field: FieldDescriptor, text: str) -> object:
    if field.enum_type is not None:
        return _enum_number(field, text)
    kind = field.cpp_type
    if kind == FieldDescriptor.CPPTYPE_BOOL:
        if text.lower() not in _TRUE | _FALSE:
            raise ValueError(f"{text!r} is neither true nor false.")
        return text.lower() in _TRUE
    if kind in _INTEGERS:
        return _checked(int, text, "is no whole number.")
    if kind in _FLOATS:
        return _checked(float, text, "is no number.")
    return text


def _checked(convert: type[int | float], text: str, complaint: str) -> int | float:
    try:
        return convert(text)
    except ValueError:
        raise ValueError(f"{text!r} {complaint}") from None


def _enum_number(field: FieldDescriptor, text: str) -> int:
    enum = field.enum_type
    name = text.strip().upper().replace("-", "_").replace(" ", "_")
    value = enum.values_by_name.get(name) if enum else None
    if value is None or not value.number:
        names = [v.name.lower() for v in enum.values if v.number] if enum else []
        raise ValueError(f"{text!r} is not one of {', '.join(names)}.")
    return int(value.number)
