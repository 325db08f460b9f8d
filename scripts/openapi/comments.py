"""The comments of the contract, by the full name of what they describe. Compiled code no longer has them."""

from __future__ import annotations

from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

# Numbers of fields in descriptor.proto: a position in a file is a path of them and of indices.
_OF_FILE = {4: "message_type", 5: "enum_type", 6: "service"}
_OF_MESSAGE = {2: "field", 3: "nested_type", 4: "enum_type", 8: "oneof_decl"}
_WITHIN = {
    "message_type": _OF_MESSAGE,
    "nested_type": _OF_MESSAGE,
    "enum_type": {2: "value"},
    "service": {2: "method"},
}


def comments(files: FileDescriptorSet) -> dict[str, str]:
    """The comment of every commented message, field, enum, value, oneof, service and method, as one paragraph."""
    found: dict[str, str] = {}
    for file in files.file:
        for place in file.source_code_info.location:
            if place.leading_comments and (name := _name(file, place.path)):
                found[name] = " ".join(place.leading_comments.split())
    return found


def _name(file: FileDescriptorProto, path: object) -> str:
    """The full name of what stands at ``path``; empty where that is nothing with a name."""
    steps = list(path)  # type: ignore[call-overload] # a repeated field
    at: object = file
    names = [file.package]
    known: dict[int, str] = _OF_FILE
    while len(steps) >= 2:
        number, index, *steps = steps
        if number not in known:
            return ""
        kind = known[number]
        at = getattr(at, kind)[index]
        names.append(at.name)  # type: ignore[attr-defined] # all of them have one
        known = _WITHIN.get(kind, {})
    return "" if steps or len(names) == 1 else ".".join(names)
