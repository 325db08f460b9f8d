"""What operators say about the callers that stand before the server, and how the text of those settings is read."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

ANY_ORIGIN = "*"
LOOPBACK: tuple[Network, ...] = (ipaddress.IPv4Network("127.0.0.0/8"), ipaddress.IPv6Network("::1/128"))
_PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files in PEM: the certificate with those above it, and its key. They are read at start."""

    chain: Path
    key: Path

    def check(self) -> None:
        """Raise ValueError when they can't be read, or don't belong together."""
        for path in (self.chain, self.key):
            try:
                path.read_bytes()
            except OSError as error:
                raise ValueError(f"can't read {path}: {error.strerror}") from None
        try:
            # Without a passphrase, OpenSSL would ask for one on the terminal.
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.chain, self.key, password=lambda: b"")
        except (ssl.SSLError, OSError):
            raise ValueError(f"{self.chain} and {self.key} are no certificate with its key, in PEM") from None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the first certificate, in hexadecimal digits."""
        end = "-----END CERTIFICATE-----"
        _, begin, rest = self.chain.read_text(encoding="ascii", errors="replace").partition(
            "-----BEGIN CERTIFICATE-----"
        )
        own = begin + rest.partition(end)[0] + end
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(own)).hexdigest()


def read_rate(text: str) -> Rate:
    """Read ``600/minute``."""
    found = re.fullmatch(r"([0-9]{1,9})\s*/\s*(second|minute|hour|day)", text.lower())
    if not found or not 0 < int(found[1]) < _MOST:
        raise ValueError("must look like 600/minute: calls, and second, minute, hour or day")
    return Rate(int(found[1]), _PERIODS[found[2]])


def read_origins(text: str) -> tuple[str, ...]:
    """Read origins parted by commas or line breaks, or ``*``."""
    origins = tuple(dict.fromkeys(part.strip().rstrip("/").lower() for part in text.replace("\n", ",").split(",")))
    origins = tuple(origin for origin in origins if origin)
    if not origins or (origins != (ANY_ORIGIN,) and not all(map(_is_origin, origins))):
        raise ValueError("must be * or origins like https://example.org, parted by commas")
    return origins


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        whole = f"{parts.scheme}://{parts.netloc}"
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
            and text == whole
            and re.fullmatch(r"[a-z0-9.:\[\]-]+", parts.netloc) is not None
        )
    except ValueError:
        return False


def read_networks(text: str) -> tuple[Network, ...]:
    """Read addresses and networks parted by commas or line breaks, such as ``10.0.0.0/8, ::1``."""
    parts = [part.strip() for part in text.replace("\n", ",").split(",")]
    try:
        networks = tuple(ipaddress.ip_network(part) for part in parts if part)
    except ValueError:
        networks = ()
    if not networks:
        raise ValueError("must be addresses or networks like 10.0.0.0/8, parted by commas")
    return networks
