"""The configuration that Envoy runs with on this machine, made from envoy/envoy.yaml.

That file is written for compose, and Envoy substitutes nothing. So a local start replaces what is local - the addresses
and the path of the descriptor set - and nothing else: what is tested here is what runs there.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

_PACKAGE = Path(__file__).parent
_CHECKOUT = Path(__file__).parents[3] / "envoy"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host and a port; port 0 lets the system choose one."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `127.0.0.1:3000`, `tako:3000` or `[::1]:3000`."""
        host, colon, port = text.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
            msg = f"{text!r} is not an address of the form HOST:PORT"
            raise ValueError(msg)
        return cls(host, int(port))

    def __str__(self) -> str:
        """As `parse` reads it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def reachable(self) -> Endpoint:
        """Where a client on this machine finds what listens here: all interfaces means loopback too."""
        try:
            address = ipaddress.ip_address(self.host)
        except ValueError:
            return self
        if not address.is_unspecified:
            return self
        return Endpoint("127.0.0.1" if address.version == 4 else "::1", self.port)


@dataclass(frozen=True, slots=True)
class Places:
    """All that differs between compose and a local start."""

    listen: Endpoint
    grpc: Endpoint
    web: Endpoint
    admin: Path
    """A socket in a directory of ours: admin can stop Envoy, and a port would be open to every user."""
    descriptor: Path


def shipped(name: str) -> Path:
    """The path of `envoy.yaml` or `tako.binpb`: inside an installed wheel, else in the checkout."""
    for folder in (_PACKAGE, _CHECKOUT):
        if (folder / name).is_file():
            return folder / name
    msg = f"{name} is neither in {_PACKAGE} nor in {_CHECKOUT}; `make gen` makes tako.binpb"
    raise FileNotFoundError(msg)


def local_config(places: Places) -> str:
    """envoy.yaml with the places of this machine, as YAML."""
    config = yaml.safe_load(shipped("envoy.yaml").read_text(encoding="utf-8"))
    config["admin"]["address"] = {"pipe": {"path": str(places.admin), "mode": 0o600}}
    resources = config["static_resources"]
    (listener,) = resources["listeners"]
    listener["address"] = _listener_address(places.listen)
    upstreams = {"tako_grpc": places.grpc.reachable(), "tako_web": places.web.reachable()}
    for cluster in resources["clusters"]:
        (locality,) = cluster["load_assignment"]["endpoints"]
        (host,) = locality["lb_endpoints"]
        host["endpoint"]["address"] = _address(upstreams.pop(cluster["name"]))
    for transcoder in _transcoders(config):
        transcoder["proto_descriptor"] = str(places.descriptor)
    text: str = yaml.safe_dump(config, sort_keys=False)
    return text


def _address(endpoint: Endpoint) -> dict[str, Any]:
    return {"socket_address": {"address": endpoint.host, "port_value": endpoint.port}}


def _listener_address(endpoint: Endpoint) -> dict[str, Any]:
    host = "127.0.0.1" if endpoint.host == "localhost" else endpoint.host  # a listener takes no names
    address = _address(Endpoint(host, endpoint.port))
    if host == "::":
        address["socket_address"]["ipv4_compat"] = True
    return address


def _transcoders(node: Any) -> Iterator[dict[str, Any]]:
    """Every transcoder of the configuration; a route may have its own."""
    if isinstance(node, dict):
        if "proto_descriptor" in node:
            yield node
        for value in node.values():
            yield from _transcoders(value)
    elif isinstance(node, list):
        for value in node:
            yield from _transcoders(value)
