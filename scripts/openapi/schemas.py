"""Messages and enums as JSON Schema, as proto3 JSON writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor, OneofDescriptor
from google.rpc import error_details_pb2

from scripts.openapi import rules
from scripts.openapi.rules import Schema

_PACKAGE = "tako.v1."
_GOOGLE = "google."
_SCALARS: Mapping[int, Schema] = {
    FieldDescriptor.TYPE_STRING: {"type": "string"},
    FieldDescriptor.TYPE_BOOL: {"type": "boolean"},
    FieldDescriptor.TYPE_INT32: {"type": "integer", "format": "int32"},
    FieldDescriptor.TYPE_INT64: {"type": "string", "format": "int64", "pattern": "^-?[0-9]{1,19}$"},
    FieldDescriptor.TYPE_DOUBLE: {"type": "number", "format": "double"},
}
_TIMESTAMP: Schema = {"type": "string", "format": "date-time"}
_DURATION: Schema = {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,9})?s$"}
_LIMITS: Schema = {"minimum": -(2**31), "maximum": 2**31 - 1}
"""Of a number of 32 bits in a request. Many readers of schemas take no notice of `format`."""
_WAIT: Schema = {"type": "string", "pattern": r"^[0-9]{1,11}(\.[0-9]{1,9})?s$", "examples": ["3600s"]}
"""A duration in a request: none may be negative."""
_ERROR_DETAILS = ("ErrorInfo", "BadRequest", "PreconditionFailure", "ResourceInfo", "RetryInfo", "RequestInfo")


class Schemas:
    """Collects the schemas of messages and enums, under ``components``, as they are referred to."""

    def __init__(self, comments: Mapping[str, str]) -> None:
        self._comments = comments
        self.components: dict[str, Schema] = {}
        self.parameters: dict[str, Schema] = {}

    def comment(self, full_name: str) -> str:
        """What the contract says of something; of Google's own messages only the first sentence."""
        text = self._comments.get(full_name, "")
        return f"{text.partition('. ')[0].removesuffix('.')}." if full_name.startswith(_GOOGLE) else text

    def of(self, message: Descriptor) -> Schema:
        """A reference to the schema of an answer."""
        name = _named(message.full_name)
        if name not in self.components:
            self.components[name] = {}  # a message may hold itself
            self.components[name] = self._message(message)
        return _reference(name)

    def body(self, message: Descriptor, without: Collection[str]) -> Schema:
        """A reference to the schema of a request in a body; ``without`` are the fields that the path has."""
        name = _named(message.full_name)
        fields = [field for field in message.fields if field.name not in without]
        schema = self._described(message.full_name, {"type": "object"})
        schema["properties"] = {field.json_name: self.asked(field) for field in fields}
        schema["additionalProperties"] = False
        if required := [field.json_name for field in fields if rules.needed(field)]:
            schema["required"] = required
        self.components[name] = schema
        return _reference(name)

    def asked(self, field: FieldDescriptor) -> Schema:
        """The schema of a field of a request, with its rules."""
        said = rules.of_field(field)
        schema = self._one(field) if _full_name(field) != "google.protobuf.Duration" else _WAIT
        if field.type == FieldDescriptor.TYPE_INT32:
            schema |= _LIMITS
        if field.is_repeated:
            schema = {"type": "array", "items": schema | said.pop("items", {})}
        return self._described(field.full_name, schema | said)

    def shared(self, parameter: Schema) -> Schema:
        """A reference to a parameter that many operations have alike, or the parameter itself where it is another."""
        name = parameter["name"]
        same = self.parameters.setdefault(name, parameter) == parameter
        return {"$ref": f"#/components/parameters/{name}"} if same else parameter

    def _message(self, message: Descriptor) -> Schema:
        if message.full_name == "google.rpc.Status":
            return self._status(message)
        schema = self._described(message.full_name, {"type": "object"})
        schema["properties"] = {field.json_name: self._answered(field) for field in message.fields}
        for oneof in message.oneofs:
            if not _is_presence(oneof):
                schema |= self._choice(oneof)
        return schema

    def _choice(self, oneof: OneofDescriptor) -> Schema:
        """That exactly one member of a oneof is there, or at most one."""
        members = [{"required": [field.json_name]} for field in oneof.fields]
        if oneof.name in _ALWAYS:
            return {"oneOf": members}
        # Said of every item, as every item has its first field. A bare oneOf would say the same; but generators of code
        # make dozens of types of it, and pages that invent examples take many seconds over it.
        first = oneof.containing_type.fields[0].json_name
        return {"dependentSchemas": {first: {"oneOf": [*members, {"not": {"anyOf": members}}]}}}

    def _answered(self, field: FieldDescriptor) -> Schema:
        """The schema of a field of an answer. What is not set is absent, so none is required."""
        if _is_map(field):
            of_value = self._one(field.message_type.fields_by_name["value"])
            schema: Schema = {"type": "object", "additionalProperties": of_value}
        elif field.is_repeated:
            schema = {"type": "array", "items": self._one(field)}
        else:
            schema = self._one(field)
        return self._described(field.full_name, schema)

    def _one(self, field: FieldDescriptor) -> Schema:
        """The schema of one value."""
        if field.enum_type is not None:
            return self._enum(field.enum_type)
        match _full_name(field):
            case "":
                return dict(_SCALARS[field.type])
            case "google.protobuf.Timestamp":
                return dict(_TIMESTAMP)
            case "google.protobuf.Duration":
                return dict(_DURATION)
            case _:
                return self.of(field.message_type)

    def _enum(self, enum: EnumDescriptor) -> Schema:
        name = _named(enum.full_name)
        if name not in self.components:
            # Values stand in the scope around their enum. 0 is "not said", and what is not said is absent.
            scope = enum.full_name.rpartition(".")[0] if enum.containing_type is not None else enum.file.package
            values = [value for value in enum.values if value.number != 0]
            told = [f"- `{value.name}`: {self._of_value(enum, scope, value.name)}" for value in values]
            text = "\n".join([f"{self.comment(enum.full_name)}\n", *told])
            self.components[name] = {
                "type": "string",
                "description": text,
                "enum": [value.name for value in values],
            }
        return _reference(name)

    def _of_value(self, enum: EnumDescriptor, scope: str, name: str) -> str:
        return self.comment(f"{enum.full_name}.{name}") or self.comment(f"{scope}.{name}")

    def _status(self, message: Descriptor) -> Schema:
        """An error. Its details are of the few types that Tako sends, each with its name in ``@type``."""
        details = []
        for name in _ERROR_DETAILS:
            detail = error_details_pb2.DESCRIPTOR.message_types_by_name[name]
            details.append(self.of(detail))
            known = self.components[_named(detail.full_name)]
            typed = {"type": "string", "const": f"type.googleapis.com/{detail.full_name}"}
            known["properties"] = {"@type": typed, **known["properties"]}
            known["required"] = ["@type"]
        schema = self._described(message.full_name, {"type": "object"})
        described = {name: self.comment(f"{message.full_name}.{name}") for name in ("code", "message", "details")}
        schema["properties"] = {
            "code": {"type": "integer", "format": "int32", "description": described["code"]},
            "message": {"type": "string", "description": described["message"]},
            "details": {
                "type": "array",
                "items": {"anyOf": details},
                "description": f"{described['details']} Exactly one is a `google.rpc.ErrorInfo` with a `reason`.",
            },
        }
        schema["required"] = ["code", "message", "details"]
        return schema

    def _described(self, full_name: str, schema: Schema) -> Schema:
        text = self.comment(full_name)
        return {**schema, "description": text} if text else dict(schema)


_ALWAYS = frozenset({"event", "result"})
"""Oneofs of which exactly one member is always there; of the others there may be none."""


def _is_presence(oneof: OneofDescriptor) -> bool:
    """Whether it is how the compiler keeps an ``optional`` field."""
    return str(oneof.name).startswith("_")


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and bool(field.message_type.GetOptions().map_entry)


def _full_name(field: FieldDescriptor) -> str:
    return field.message_type.full_name if field.message_type is not None else ""


def _named(full_name: str) -> str:
    return full_name.removeprefix(_PACKAGE)


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
