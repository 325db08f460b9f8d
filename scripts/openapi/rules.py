"""The rules of requests, which stand beside the fields as protovalidate options, as keywords of JSON Schema.

A rule that is not known here is an error, not an omission: a document that leaves a rule out would be wrong in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from buf.validate.validate_pb2 import IGNORE_IF_ZERO_VALUE, FieldRules, MessageRules, Rule
from buf.validate.validate_pb2 import field as field_option
from buf.validate.validate_pb2 import message as message_option

Schema = dict[str, Any]

_KEYWORDS: Mapping[tuple[str, str], Callable[[Any], Schema]] = {
    ("string", "min_len"): lambda value: {"minLength": value},
    ("string", "max_len"): lambda value: {"maxLength": value},
    ("string", "pattern"): lambda value: {"pattern": value},
    ("string", "in"): lambda value: {"enum": list(value)},
    ("int32", "gte"): lambda value: {"minimum": value},
    ("int32", "lte"): lambda value: {"maximum": value},
    ("double", "gte"): lambda value: {"minimum": _plain(value)},
    ("double", "lte"): lambda value: {"maximum": _plain(value)},
    ("repeated", "min_items"): lambda value: {"minItems": value},
    ("repeated", "max_items"): lambda value: {"maxItems": value},
    ("repeated", "unique"): lambda value: {"uniqueItems": value},
    # The enums of the document hold the names that mean something, and no "not said".
    ("enum", "defined_only"): lambda _value: {},
    ("enum", "not_in"): lambda _value: {},
    # The only one in use says that it is not negative, which the form of a duration in a request says already.
    ("duration", "gte"): lambda _value: {},
}
_NOT_LIKE = re.compile(r"!this\.matches\('([^'\\]*)'\)")
_FIELD_LIKE = re.compile(r"this\.(\w+)\.matches\('([^'\\]*)'\)")
_CLASSES = {"[:space:]": r" \t\n\v\f\r"}
"""Classes of characters that RE2 knows by name, and JSON Schema does not."""


def of_field(field: FieldDescriptor) -> Schema:
    """What JSON Schema says of the field's own rules."""
    return _keywords(_rules(field), field)


def needed(field: FieldDescriptor) -> bool:
    """Whether a request without the field breaks a rule of the field."""
    rules = _rules(field)
    if field.has_presence or rules.ignore == IGNORE_IF_ZERO_VALUE:
        return False
    if field.is_repeated:
        return rules.repeated.min_items > 0
    if field.enum_type is not None:
        return 0 in rules.enum.not_in
    text = rules.string
    pattern, choice = text.pattern, list(getattr(text, "in"))
    return text.min_len > 0 or bool(pattern and not re.search(pattern, "")) or bool(choice and "" not in choice)


def between_fields(message: Descriptor) -> tuple[dict[str, Schema], list[str]]:
    """What the rules over a request say: keywords of fields that must then be given, and sentences for the rest."""
    fields: dict[str, Schema] = {}
    sentences: list[str] = []
    rules: MessageRules = message.GetOptions().Extensions[message_option]
    for rule in rules.cel:
        if alone := _FIELD_LIKE.fullmatch(rule.expression):
            fields[alone[1]] = {"pattern": _translated(alone[2])}
        else:
            sentences.append(f"`{rule.id.partition('.')[0]}` {rule.message}.")
    return fields, sentences


def _rules(field: FieldDescriptor) -> FieldRules:
    rules: FieldRules = field.GetOptions().Extensions[field_option]
    return rules


def _keywords(rules: FieldRules, field: FieldDescriptor) -> Schema:
    found: Schema = {}
    kind = rules.WhichOneof("type")
    if kind is not None:
        for rule, value in getattr(rules, kind).ListFields():
            if (kind, rule.name) == ("repeated", "items"):
                found["items"] = _keywords(value, field)
                continue
            if (kind, rule.name) == ("enum", "in"):
                found["enum"] = [field.enum_type.values_by_number[number].name for number in value if number]
                continue
            if (kind, rule.name) not in _KEYWORDS:
                msg = f"the rule {kind}.{rule.name} has no keyword yet"
                raise NotImplementedError(msg)
            found |= _KEYWORDS[kind, rule.name](value)
    if rules.ignore == IGNORE_IF_ZERO_VALUE and "pattern" in found:
        found["pattern"] = _or_empty(found["pattern"])
    for rule in rules.cel:
        found |= _said(rule)
    return found


def _said(rule: Rule) -> Schema:
    unlike = _NOT_LIKE.fullmatch(rule.expression)
    if unlike is None:
        msg = f"the expression of {rule.id} has no keyword yet"
        raise NotImplementedError(msg)
    return {"not": {"pattern": _translated(unlike[1])}}


def _or_empty(pattern: str) -> str:
    """An empty text counts as not given."""
    if not (pattern.startswith("^") and pattern.endswith("$")):
        msg = f"{pattern!r} is not about the whole text"
        raise NotImplementedError(msg)
    return f"^({pattern[1:-1]})?$"


def _translated(pattern: str) -> str:
    for name, characters in _CLASSES.items():
        pattern = pattern.replace(name, characters)
    if "[:" in pattern:
        msg = f"{pattern!r} has a class that is not known here"
        raise NotImplementedError(msg)
    return pattern


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
