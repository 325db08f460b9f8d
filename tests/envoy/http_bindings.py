"""The URLs of the contract, as its descriptors say them."""

from __future__ import annotations

import re
from typing import Any

from google.api import annotations_pb2
from google.api.http_pb2 import HttpRule
from google.protobuf.descriptor_pb2 import FileDescriptorSet, MethodOptions

from tako_server.rest.envoy_config import shipped


def http_bindings() -> list[tuple[str, str, str]]:
    """Every (RPC, HTTP method, path) of the contract, with something in the variables of the path."""
    found = []
    for file in FileDescriptorSet.FromString(shipped("tako.binpb").read_bytes()).file:
        for service in file.service:
            for method in service.method:
                rule = _rule(method.options)
                rpc = f"/{file.package}.{service.name}/{method.name}"
                for binding in (rule, *rule.additional_bindings):
                    verb = binding.WhichOneof("pattern")
                    assert verb is not None, rpc  # an RPC that no URL reaches
                    path = re.sub(r"{[a-z_]+(=\*\*)?}", "some", getattr(binding, verb))
                    found.append((rpc, verb.upper(), path))
    return found


def _rule(options: MethodOptions) -> HttpRule:
    # types-protobuf knows no type for the extensions of googleapis-common-protos, which has none of its own.
    extensions: Any = options.Extensions
    rule: HttpRule = extensions[annotations_pb2.http]
    return rule
