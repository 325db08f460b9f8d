"""Requests that nobody would send: messages with any values, bytes that are nearly messages, and odd good questions."""

from __future__ import annotations

from google.protobuf import json_format, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from hypothesis import strategies as st
from protovalidate import Validator

from scripts.openapi.questions import asked

_VALIDATOR = Validator()
_TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            "",
            "\x00",
            " ",
            "../../etc/passwd",
            "openlibrary/book/OL90000001W",
            "tmdb/movie/603",
            "amazon/product/jp/~00",
            "%00%2e%2e%2f",
            "'; DROP TABLE discovery_cache; --",
            "{{7*7}}",
            "<script>alert(1)</script>",
            "\ud7ff\ue000\U0010ffff",
            "9780441013593",
            "a" * 5000,
            "openlibrary",
            "tmdb",
            "books",
            "fr-FR",
            "http://169.254.169.254/latest/meta-data/",
        )
    ),
)
_INTEGERS = {
    FieldDescriptor.TYPE_INT32: st.integers(-(2**31), 2**31 - 1),
    FieldDescriptor.TYPE_UINT32: st.integers(0, 2**32 - 1),
    FieldDescriptor.TYPE_INT64: st.integers(-(2**63), 2**63 - 1),
    FieldDescriptor.TYPE_UINT64: st.integers(0, 2**64 - 1),
}


def messages(descriptor: Descriptor) -> st.SearchStrategy[Message]:
    """Messages of a type, each field set or not, to anything that its type holds."""
    made: type[Message] = message_factory.GetMessageClass(descriptor)
    fields = {field.name: _values(field) for field in descriptor.fields}
    return st.fixed_dictionaries({}, optional=fields).map(lambda chosen: made(**chosen))


@st.composite
def nearly_messages(draw: st.DrawFn, descriptor: Descriptor) -> bytes:
    """A message that lost bytes, got some, or had some changed on its way."""
    raw = bytearray(draw(messages(descriptor)).SerializeToString())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        match draw(st.sampled_from(("change", "cut", "insert", "double"))):
            case "change" if raw:
                raw[at] ^= draw(st.integers(1, 255))
            case "cut":
                del raw[at:]
            case "insert":
                raw[at:at] = draw(st.binary(min_size=1, max_size=8))
            case _:
                raw += raw[at:]
    return bytes(raw)


def good_questions() -> dict[str, Message]:
    """By method (`tako.v1.BooksService/Search`), what the samples answer; a few methods have none."""
    found = {}
    for method, pairs in asked():
        told: dict[str, str | list[str]] = {}
        for name, text in pairs:
            field = method.input_type.fields_by_name[name]
            value = text.upper() if field.enum_type is not None else text
            if field.is_repeated:
                told[name] = [*told.get(name, ()), value]
            else:
                told[name] = value
        made = message_factory.GetMessageClass(method.input_type)()
        found[f"{method.containing_service.full_name}/{method.name}"] = json_format.ParseDict(told, made)
    return found


@st.composite
def changed(draw: st.DrawFn, question: Message) -> Message:
    """A good question with other values in some of its fields, where the rules allow them: it gets past validation."""
    made: type[Message] = type(question)
    best, fields = question, tuple(question.DESCRIPTOR.fields)
    some = st.lists(st.sampled_from(fields), max_size=4, unique_by=lambda f: f.name) if fields else st.just([])
    for field in draw(some):
        tried = made()
        tried.CopyFrom(best)
        tried.ClearField(field.name)
        tried.MergeFrom(made(**{field.name: draw(_values(field))}))
        if not _VALIDATOR.collect_violations(tried):
            best = tried
    return best


def _values(field: FieldDescriptor) -> st.SearchStrategy[object]:
    value = _value(field)
    return st.lists(value, max_size=4) if field.is_repeated else value


def _value(field: FieldDescriptor) -> st.SearchStrategy[object]:
    if field.type in _INTEGERS:
        return _INTEGERS[field.type]
    if field.message_type is not None:
        return messages(field.message_type)
    if field.enum_type is not None:
        known = [value.number for value in field.enum_type.values]
        return st.one_of(st.sampled_from(known), st.integers(-5, 5000))
    if field.type == FieldDescriptor.TYPE_BOOL:
        return st.booleans()
    if field.type in (FieldDescriptor.TYPE_DOUBLE, FieldDescriptor.TYPE_FLOAT):
        return st.floats(width=32)
    assert field.type == FieldDescriptor.TYPE_STRING, f"no strategy for {field.full_name}"
    return _TEXTS
