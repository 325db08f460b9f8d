"""Traces of Envoy: its own spans go to the same collector as those of the server, which continue them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_CLUSTER = "tako_otlp"
_TYPE = "type.googleapis.com/envoy."
_ROOTS = "/etc/ssl/certs/ca-certificates.crt"
"""Where Debian's images, and Envoy's, have the certificate authorities."""


@dataclass(frozen=True, slots=True)
class EnvoyTracing:
    """Where spans go, `http://collector:4317`, and the share of calls that are traced. Off without the first."""

    endpoint: str = ""
    sample: float = 1.0


def add_tracing(config: dict[str, Any], manager: dict[str, Any], tracing: EnvoyTracing) -> None:
    """Have Envoy trace calls: a span for the call as it came, and one for what it asked of the server.

    ``manager`` is the HTTP connection manager of ``config``.
    """
    if not tracing.endpoint:
        return
    # A caller's own id may be anything: the dice that lie in a UUID are of no use then, and the call would go untraced.
    manager["request_id_extension"]["typed_config"]["use_request_id_for_trace_sampling"] = False
    manager["tracing"] = {
        "random_sampling": {"value": tracing.sample * 100},
        "spawn_upstream_span": True,
        # The default writes the URL into the span, with what people search for.
        "max_path_tag_length": 1,
        "provider": {
            "name": "envoy.tracers.opentelemetry",
            "typed_config": {
                "@type": f"{_TYPE}config.trace.v3.OpenTelemetryConfig",
                "grpc_service": {"envoy_grpc": {"cluster_name": _CLUSTER}, "timeout": "3s"},
                "service_name": "tako-gateway",
            },
        },
    }
    config["static_resources"]["clusters"].append(_cluster(tracing.endpoint))
    layers = config.setdefault("layered_runtime", {}).setdefault("layers", [])
    layers.append({"name": "tracing", "static_layer": {"tracing.opentelemetry.flush_interval_ms": 1000}})


def _cluster(endpoint: str) -> dict[str, Any]:
    parts = urlsplit(endpoint)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or 4317
    cluster: dict[str, Any] = {
        "name": _CLUSTER,
        "cluster_type": {
            "name": "envoy.clusters.dns",
            "typed_config": {
                "@type": f"{_TYPE}extensions.clusters.dns.v3.DnsCluster",
                "dns_lookup_family": "ALL",
            },
        },
        "connect_timeout": "2s",
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": f"{_TYPE}extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}},
            }
        },
        # What the collector does not take in time is lost: no call waits for it.
        "circuit_breakers": {"thresholds": [{"max_connections": 2, "max_pending_requests": 16, "max_requests": 16}]},
        "load_assignment": {
            "cluster_name": _CLUSTER,
            "endpoints": [
                {"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": host, "port_value": port}}}}]}
            ],
        },
    }
    if secure:
        cluster["transport_socket"] = {
            "name": "envoy.transport_sockets.tls",
            "typed_config": {
                "@type": f"{_TYPE}extensions.transport_sockets.tls.v3.UpstreamTlsContext",
                "sni": host,
                "common_tls_context": {
                    "alpn_protocols": ["h2"],
                    "validation_context": {
                        "trusted_ca": {"filename": _ROOTS},
                        "match_typed_subject_alt_names": [{"san_type": "DNS", "matcher": {"exact": host}}],
                    },
                },
            },
        }
    return cluster
