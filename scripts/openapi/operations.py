"""The RPCs of the contract as operations of REST: paths, parameters, bodies and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.api.annotations_pb2 import http
from google.api.http_pb2 import HttpRule
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor, ServiceDescriptor

from scripts.openapi import rules
from scripts.openapi.failures import Asked
from scripts.openapi.responses import Responses
from scripts.openapi.rules import Schema
from scripts.openapi.schemas import Schemas

ADMIN_TOKEN = "adminToken"  # noqa: S105 - the name of a scheme
_IN_PATH = re.compile(r"\{(\w+)(?:=\*\*)?\}")
_ERRORS_ELSEWHERE = re.compile(r" Errors: docs/errors\.md\.$")
_EVENTS = ":events"
_ASKED = {"ProviderService": Asked.DIRECTORY, "AdminService": Asked.OPERATING}
_LINES = "One JSON object a line, each the moment it happens. The schema is that of one line."
_SERVER_SENT = "Server-sent events. The schema is that of one event; its `data` is one JSON object."
_ACCEPT_LANGUAGE: Schema = {
    "name": "accept-language",
    "in": "header",
    "description": "The language wanted for texts, where `language` says nothing.",
    "schema": {"type": "string", "examples": ["fr-CH, fr;q=0.9, en;q=0.5"]},
}
_SLASHES = "Slashes in it may be written as they are, or as `%2F`."


@dataclass(frozen=True, slots=True)
class Binding:
    """One URL of an RPC."""

    verb: str
    path: str
    """With `{name}` for what it holds, as OpenAPI writes it."""
    in_path: Mapping[str, bool]
    """The fields that the path holds, and whether each may have slashes."""
    has_body: bool
    suffix: str
    """Tells it from the RPC's other URLs in an operationId; empty for the first."""


def bindings(method: MethodDescriptor) -> list[Binding]:
    """The URLs of a method, as google.api.http says them."""
    rule: HttpRule = method.GetOptions().Extensions[http]  # type: ignore[index] # the stubs know no extensions
    first = _binding(rule, "")
    return [first, *(_binding(other, _suffix(other, first)) for other in rule.additional_bindings)]


def operation_id(method: MethodDescriptor, binding: Binding) -> str:
    """The name of one URL of a method, such as `BooksService_Search`."""
    return "_".join(filter(None, (method.containing_service.name, method.name, binding.suffix)))


def paths(services: list[ServiceDescriptor], schemas: Schemas, responses: Responses, examples: Any) -> Schema:
    """The operations of these services by path and verb."""
    found: dict[str, Schema] = {}
    for service in services:
        for method in service.methods:
            for binding in bindings(method):
                operation = _operation(method, binding, schemas, responses, examples)
                found.setdefault(binding.path, {})[binding.verb] = operation
    return found


def _binding(rule: HttpRule, suffix: str) -> Binding:
    verb = str(rule.WhichOneof("pattern"))
    template: str = getattr(rule, verb)
    if rule.body not in ("", "*"):
        msg = f"{template}: a body of one field is not described yet"
        raise NotImplementedError(msg)
    in_path = {match[1]: match[0].endswith("=**}") for match in _IN_PATH.finditer(template)}
    return Binding(verb, _IN_PATH.sub(r"{\1}", template), in_path, bool(rule.body), suffix)


def _suffix(rule: HttpRule, first: Binding) -> str:
    """What is special about a further URL: its verb, else the last word of its path."""
    verb = str(rule.WhichOneof("pattern"))
    return verb if verb != first.verb else re.split(r"[:/]", getattr(rule, verb))[-1]


def _operation(
    method: MethodDescriptor, binding: Binding, schemas: Schemas, responses: Responses, examples: Any
) -> Schema:
    service = method.containing_service
    text = _ERRORS_ELSEWHERE.sub("", schemas.comment(method.full_name))
    asked = _ASKED.get(service.name, Asked.PROVIDERS)
    required, sentences = rules.between_fields(method.input_type)
    name = operation_id(method, binding)
    operation: Schema = {
        "tags": [service.name],
        "operationId": name,
        "summary": text.partition(". ")[0].removesuffix("."),
        "description": "\n\n".join([text, *sentences]),
    }
    if parameters := list(_parameters(method, binding, schemas, required)):
        operation["parameters"] = parameters
    if binding.has_body:
        in_body = [field for field in method.input_type.fields if field.name not in binding.in_path]
        operation["requestBody"] = {
            "required": bool(sentences) or any(rules.needed(field) for field in in_body),
            "content": {"application/json": {"schema": schemas.body(method.input_type, binding.in_path)}},
        }
    content, told = _content(method, binding, schemas)
    if shown := examples.get(name):
        (media,) = content.values()
        media["examples"] = {"sample": {"summary": shown["request"], "value": shown["answer"]}}
    operation["responses"] = responses.of(asked, content, told, body=binding.has_body, stream=method.server_streaming)
    if asked is Asked.OPERATING:
        operation["security"] = [{ADMIN_TOKEN: []}]
    return operation


def _parameters(
    method: MethodDescriptor, binding: Binding, schemas: Schemas, required: Mapping[str, Schema]
) -> Iterator[Schema]:
    fields: Mapping[str, FieldDescriptor] = method.input_type.fields_by_name
    for name, slashes in binding.in_path.items():
        schema = schemas.asked(fields[name]) | required.get(name, {})
        text = schema.pop("description")
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": f"{text} {_SLASHES}" if slashes else text,
            "schema": _in_a_path(schema),
        }
    if "language" in fields:
        yield schemas.shared(_ACCEPT_LANGUAGE)
    if binding.has_body:
        return
    for field in method.input_type.fields:
        if field.name in binding.in_path:
            continue
        schema = schemas.asked(field) | required.get(field.name, {})
        parameter: Schema = {"name": field.name, "in": "query"}
        if rules.needed(field) or field.name in required:
            parameter["required"] = True
        parameter["description"] = schema.pop("description")
        if field.is_repeated:
            parameter |= {"style": "form", "explode": True}
        yield schemas.shared(parameter | {"schema": schema})


def _in_a_path(schema: Schema) -> Schema:
    """What stands in a path can't be empty."""
    return schema if "pattern" in schema and not re.search(schema["pattern"], "") else {"minLength": 1} | schema


def _content(method: MethodDescriptor, binding: Binding, schemas: Schemas) -> tuple[Schema, str]:
    """What a good answer has in it, and how it is told."""
    answer = schemas.of(method.output_type)
    if binding.path.endswith(_EVENTS):
        data: Schema = {"type": "string", "contentMediaType": "application/json", "contentSchema": answer}
        event: Schema = {"type": "object", "properties": {"data": data}, "required": ["data"]}
        return {"text/event-stream": {"schema": event}}, _SERVER_SENT
    told = schemas.comment(method.output_type.full_name)
    return {"application/json": {"schema": answer}}, _LINES if method.server_streaming else told
