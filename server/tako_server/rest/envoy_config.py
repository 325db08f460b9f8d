"""The configuration that Envoy runs with, made from envoy/envoy.yaml.

That file is written for compose, and Envoy substitutes nothing. So a local start replaces what is local - the addresses
and the path of the descriptor set - and nothing else: what is tested here is what runs there. What settings of Tako
change for callers, CORS and TLS, is put in too, in the same way wherever Envoy runs.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

import yaml

from tako_server.config import Settings
from tako_server.front_settings import ANY_ORIGIN, Certificate
from tako_server.rest.envoy_tracing import EnvoyTracing, add_tracing

_PACKAGE = Path(__file__).parent
_CHECKOUT = Path(__file__).parents[3] / "envoy"
_TYPE = "type.googleapis.com/envoy."


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


Admin: TypeAlias = Path | Literal["as written", "none"]
"""Where Envoy's own interface is. It can stop Envoy, and a port is open to every user of a machine: a path is that of a
socket, in a directory that is nobody else's."""


@dataclass(frozen=True, slots=True)
class Places:
    """All that differs between compose and a local start."""

    listen: Endpoint
    grpc: Endpoint
    web: Endpoint
    admin: Admin
    descriptor: Path


@dataclass(frozen=True, slots=True)
class Front:
    """What settings change of what callers see. Without any, it is as envoy.yaml says."""

    cors_origins: tuple[str, ...] = ()
    certificate: Certificate | None = None
    tracing: EnvoyTracing = EnvoyTracing()  # noqa: RUF009 - it is frozen

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As these settings say, wherever Envoy runs."""
        tracing = EnvoyTracing(settings.otlp_endpoint, settings.trace_sample)
        return cls(settings.cors_origins, settings.certificate, tracing)


AS_WRITTEN = Front()
"""Nothing is set."""


def shipped(name: str) -> Path:
    """The path of `envoy.yaml` or `tako.binpb`: inside an installed wheel, else in the checkout."""
    for folder in (_PACKAGE, _CHECKOUT):
        if (folder / name).is_file():
            return folder / name
    msg = f"{name} is neither in {_PACKAGE} nor in {_CHECKOUT}; `make gen` makes tako.binpb"
    raise FileNotFoundError(msg)


def local_config(places: Places, front: Front = AS_WRITTEN) -> str:
    """envoy.yaml with these places, and with what settings change, as YAML."""
    config = yaml.safe_load(shipped("envoy.yaml").read_text(encoding="utf-8"))
    if places.admin == "none":
        del config["admin"]
    elif places.admin != "as written":
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
    if front.cors_origins:
        _allow_origins(config, front.cors_origins)
    if front.certificate is not None:
        _serve_tls(config, front.certificate)
    add_tracing(config, _connection_manager(config), front.tracing)
    text: str = yaml.safe_dump(config, sort_keys=False)
    return text


def _allow_origins(config: dict[str, Any], origins: tuple[str, ...]) -> None:
    """Let pages of these origins call. Without credentials: a caller's key is a header, never a cookie."""
    any_of_them = ".*" if ANY_ORIGIN in origins else "|".join(map(re.escape, origins))
    match = {"safe_regex": {"regex": any_of_them}}
    policy = {
        "@type": f"{_TYPE}extensions.filters.http.cors.v3.CorsPolicy",
        "allow_origin_string_match": [match],
        "allow_methods": "GET, POST",
        "allow_headers": _ASKED_WITH,
        "expose_headers": _TOLD,
        "max_age": "86400",
    }
    (host,) = _connection_manager(config)["route_config"]["virtual_hosts"]
    host["typed_per_filter_config"] = {"envoy.filters.http.cors": policy}
    # The answer names the origin that asked: a cache must not give it to another.
    vary = {"header": {"key": "vary", "value": "origin"}, "append_action": "APPEND_IF_EXISTS_OR_ADD"}
    host["response_headers_to_add"] = [vary]
    # The filter answers the questions that browsers ask before a call, on any route that leads somewhere.
    asked = [
        {"name": ":method", "string_match": {"exact": "OPTIONS"}},
        {"name": "access-control-request-method", "present_match": True},
        {"name": "origin", "string_match": match},
    ]
    host["routes"].insert(0, {"match": {"prefix": "/", "headers": asked}, "route": {"cluster": "tako_web"}})


_ASKED_WITH = (
    "authorization, content-type, grpc-timeout, if-none-match, traceparent, tracestate, x-api-key, x-grpc-web, "
    "x-request-id, x-user-agent"
)
_TOLD = (
    "age, etag, content-language, retry-after, tako-age, tako-cache, x-request-id, x-ratelimit-limit, "
    "x-ratelimit-remaining, x-ratelimit-reset, grpc-status, grpc-message, grpc-status-details-bin"
)


def _serve_tls(config: dict[str, Any], certificate: Certificate) -> None:
    """Serve with a certificate, HTTP/2 by ALPN, and speak TLS to the gRPC server too, which has the same one.

    The server is known by exactly that certificate: the name in it is the one that callers use, and not the one by
    which it is found from here. The web app stays as it is, on an address that nobody else reaches.
    """
    resources = config["static_resources"]
    (listener,) = resources["listeners"]
    (chain,) = listener["filter_chains"]
    chain["transport_socket"] = _tls(
        "DownstreamTlsContext",
        tls_params={"tls_minimum_protocol_version": "TLSv1_2"},
        alpn_protocols=["h2", "http/1.1"],
        tls_certificates=[
            {
                "certificate_chain": {"filename": str(certificate.chain.absolute())},
                "private_key": {"filename": str(certificate.key.absolute())},
            }
        ],
    )
    (cluster,) = (one for one in resources["clusters"] if one["name"] == "tako_grpc")
    cluster["transport_socket"] = _tls(
        "UpstreamTlsContext",
        alpn_protocols=["h2"],
        validation_context={"verify_certificate_hash": [certificate.fingerprint]},
    )


def _tls(context: str, **common: Any) -> dict[str, Any]:
    return {
        "name": "envoy.transport_sockets.tls",
        "typed_config": {
            "@type": f"{_TYPE}extensions.transport_sockets.tls.v3.{context}",
            "common_tls_context": common,
        },
    }


def _connection_manager(config: dict[str, Any]) -> dict[str, Any]:
    (listener,) = config["static_resources"]["listeners"]
    (chain,) = listener["filter_chains"]
    (manager,) = chain["filters"]
    found: dict[str, Any] = manager["typed_config"]
    return found


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
