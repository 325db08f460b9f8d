"""Where the server is, and how the channel to it is set up."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import grpc

from tako.calling import Metadata

DEFAULT_ADDRESS = "127.0.0.1:50051"
DEFAULT_TIMEOUT = 30.0
"""Seconds for a call that is given none."""
MAX_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer; gRPC's own limit of 4 MiB is less than a long page may have."""
_PORT = 50051
_HTTPS_PORT = 443
_SERVICE_CONFIG = "tako_grpc_service_config.json"

Ca: TypeAlias = str | Path | bytes | None
"""Certificates that vouch for the server: a path, or the PEM itself. None means those of the system."""


@dataclass(frozen=True, slots=True)
class Target:
    """Host and port, and whether to speak TLS."""

    name: str
    tls: bool


def target_of(address: str, *, tls: bool | None = None) -> Target:
    """What an address means. Raises ValueError.

    ``https://host:port`` is TLS, ``http://host:port`` is not. Without a scheme it is TLS, unless the server is on this
    machine: keys should not travel in the clear because somebody forgot a letter. ``tls`` says it outright.
    """
    scheme, separator, rest = address.partition("://")
    if separator and scheme not in ("http", "https"):
        raise ValueError(f"address: {scheme}:// is not http:// or https://")
    parts = urlsplit(f"//{rest if separator else address}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"address: {error}") from None
    if not host or parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("address: must be host:port, http://host:port or https://host:port")
    meant = scheme == "https" if separator else not _is_here(host)
    if separator and tls is not None and tls != meant:
        raise ValueError(f"tls: {tls} does not go with {scheme}://")
    tls = meant if tls is None else tls
    port = port or (_HTTPS_PORT if scheme == "https" and separator else _PORT)
    return Target(f"[{host}]:{port}" if ":" in host else f"{host}:{port}", tls)


def credentials_of(target: Target, ca: Ca) -> grpc.ChannelCredentials | None:
    """What TLS stands on; None without it. Raises OSError when the file of ``ca`` can't be read."""
    if not target.tls:
        if ca is not None:
            raise ValueError("ca: is for TLS, which this address does without")
        return None
    return grpc.ssl_channel_credentials(root_certificates=ca if isinstance(ca, bytes | None) else Path(ca).read_bytes())


def options() -> list[tuple[str, Any]]:
    """Options of the channel: the retry policy that Tako ships, and its sizes."""
    policy = files("tako").joinpath(_SERVICE_CONFIG).read_text(encoding="utf-8")
    return [
        ("grpc.service_config", policy),
        ("grpc.service_config_disable_resolution", 1),
        ("grpc.enable_retries", 1),
        ("grpc.max_receive_message_length", MAX_ANSWER),
        ("grpc.primary_user_agent", _user_agent()),
        # A server that has vanished is noticed while a call waits for it.
        ("grpc.keepalive_time_ms", 60_000),
        ("grpc.keepalive_timeout_ms", 20_000),
    ]


def metadata_of(api_key: str | None, admin_token: str | None, metadata: Metadata) -> Metadata:
    """What goes with every call. Raises ValueError for a key that can't travel; its text is not repeated."""
    pairs = list(metadata)
    for name, header, key in (
        ("api_key", "x-api-key", api_key),
        ("admin_token", "authorization", admin_token),
    ):
        if key is None:
            continue
        if not re.fullmatch(r"[\x21-\x7e]+", key):
            raise ValueError(f"{name}: must be visible ASCII characters")
        pairs.append((header, f"Bearer {key}" if header == "authorization" else key))
    return tuple(pairs)


def _user_agent() -> str:
    """What operators see in their logs."""
    try:
        return f"tako-python/{version('tako-client')}"
    except PackageNotFoundError:  # the folder was copied into an application
        return "tako-python"


def _is_here(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
