"""The contract as a descriptor set, unchanged: what Envoy would transcode answers with if the server made no JSON."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from google.api import httpbody_pb2
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from google.rpc import error_details_pb2, status_pb2

from tako import v1

MODULES = [
    import_module(f"{v1.__name__}.{module.name}")
    for module in pkgutil.iter_modules(v1.__path__)
    if module.name.endswith("_pb2")
]


def plain_descriptors(folder: Path) -> Path:
    """A file in ``folder`` with the contract, and what Envoy needs beside it."""
    files: dict[str, FileDescriptorProto] = {}
    for module in (status_pb2, error_details_pb2, httpbody_pb2, *MODULES):
        _add(module.DESCRIPTOR, files)
    path = folder / "plain.binpb"
    path.write_bytes(FileDescriptorSet(file=files.values()).SerializeToString())
    return path


def _add(file: FileDescriptor, files: dict[str, FileDescriptorProto]) -> None:
    """A file, after those that it imports."""
    if file.name in files:
        return
    for imported in file.dependencies:
        _add(imported, files)
    files[file.name] = FileDescriptorProto.FromString(file.serialized_pb)
