"""The local configuration is envoy.yaml with other addresses, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from tako_server.rest.envoy_config import Endpoint, Places, local_config, shipped

PLACES = Places(
    listen=Endpoint("127.0.0.1", 1001),
    grpc=Endpoint("127.0.0.2", 1002),
    web=Endpoint("127.0.0.3", 1003),
    admin=Path("/run/admin"),
    descriptor=Path("/run/tako.binpb"),
)


def _leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaves(value, f"{path}[{index}]")
    else:
        yield path, node


def test_nothing_but_places_differs_from_compose() -> None:
    compose = dict(_leaves(yaml.safe_load(shipped("envoy.yaml").read_text(encoding="utf-8"))))
    local = dict(_leaves(yaml.safe_load(local_config(PLACES))))
    differing = {
        path: (compose.get(path), local.get(path))
        for path in compose.keys() | local.keys()
        if compose.get(path) != local.get(path)
    }
    listener = ".static_resources.listeners[0]"
    filters = f"{listener}.filter_chains[0].filters[0].typed_config"
    cluster = ".static_resources.clusters[{}].load_assignment.endpoints[0].lb_endpoints[0].endpoint.address"
    transcoders = [path for path in compose if path.endswith(".proto_descriptor")]
    assert len(transcoders) == 2
    assert all(path.startswith(filters) for path in transcoders)
    assert differing == {
        ".admin.address.socket_address.address": ("127.0.0.1", None),
        ".admin.address.socket_address.port_value": (9901, None),
        ".admin.address.pipe.path": (None, "/run/admin"),
        ".admin.address.pipe.mode": (None, 0o600),
        f"{listener}.address.socket_address.address": ("0.0.0.0", "127.0.0.1"),
        f"{listener}.address.socket_address.port_value": (3000, 1001),
        cluster.format(0) + ".socket_address.address": ("tako", "127.0.0.2"),
        cluster.format(0) + ".socket_address.port_value": (50051, 1002),
        cluster.format(1) + ".socket_address.address": ("tako", "127.0.0.3"),
        cluster.format(1) + ".socket_address.port_value": (8081, 1003),
        **dict.fromkeys(transcoders, ("/etc/envoy/tako.binpb", "/run/tako.binpb")),
    }


def test_every_service_of_the_contract_is_transcoded() -> None:
    files = FileDescriptorSet.FromString(shipped("tako.binpb").read_bytes()).file
    services = {f"{file.package}.{service.name}" for file in files for service in file.service}
    config = yaml.safe_load(shipped("envoy.yaml").read_text(encoding="utf-8"))
    listed = [value for path, value in _leaves(config) if ".services[" in path]
    assert sorted(listed) == sorted([*services, *services])  # once in each transcoder
    names = {file.name for file in files}
    assert {"google/rpc/status.proto", "google/rpc/error_details.proto"} <= names  # or details never reach REST


@pytest.mark.parametrize(
    ("text", "endpoint", "reachable"),
    [
        ("127.0.0.1:3000", Endpoint("127.0.0.1", 3000), "127.0.0.1:3000"),
        ("0.0.0.0:3000", Endpoint("0.0.0.0", 3000), "127.0.0.1:3000"),
        ("[::]:3000", Endpoint("::", 3000), "[::1]:3000"),
        ("tako:50051", Endpoint("tako", 50051), "tako:50051"),
        ("localhost:0", Endpoint("localhost", 0), "localhost:0"),
    ],
)
def test_an_address_is_read(text: str, endpoint: Endpoint, reachable: str) -> None:
    assert Endpoint.parse(text) == endpoint
    assert str(endpoint) == text
    assert str(endpoint.reachable()) == reachable


@pytest.mark.parametrize("text", ["", "3000", ":3000", "tako:", "tako:http", "tako:70000", "tako:-1", "tako:²"])
def test_a_wrong_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        Endpoint.parse(text)
