"""The one way out: which URLs may be asked, and which addresses a name may lead to.

The address check sits in the resolver of the HTTP connector, so that the address that was checked is the one
that is connected to: a name that answers differently the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

from tako_providers.sdk.manifest import Manifest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_RELAYS = ipaddress.IPv4Network("192.88.99.0/24")
"""Anycast of the retired 6to4 relays."""
_BLANK = re.compile(r"[\x00-\x20]")
_NUMERIC = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$|:")
"""A host that libraries read as an address, in whatever spelling: the last part is a number, or there is a colon."""


class EgressRefused(OSError):
    """A URL or address that Tako must not ask. The text names at most the host."""


class Egress:
    """The egress rules.

    ``open_to_loopback`` is for tests, given by the composition root and never by a setting: then plain http,
    any port and loopback addresses are allowed too, still only for hosts of the manifest.
    """

    def __init__(self, *, open_to_loopback: bool = False) -> None:
        self._open_to_loopback = open_to_loopback

    def check_url(self, manifest: Manifest, url: str) -> None:
        """Raise EgressRefused unless ``url`` is https on its default port, at a manifest host, without user-info."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise EgressRefused("the address is not a valid URL") from error
        schemes = ("https", "http") if self._open_to_loopback else ("https",)
        if parts.scheme not in schemes:
            raise EgressRefused(f"{host or 'the address'} is not asked over https")
        if not manifest.asks(host):
            raise EgressRefused(f"{host or 'the address'} is not one of the hosts of {manifest.id}")
        if "@" in parts.netloc:
            raise EgressRefused(f"the address of {host} holds user-info")
        if port not in (None, 443) and not self._open_to_loopback:
            raise EgressRefused(f"{host} is asked on another port than https")
        if "\\" in parts.netloc or _BLANK.search(url):
            raise EgressRefused(f"the address of {host} is not a valid URL")
        try:
            address = ipaddress.ip_address(host)
        except ValueError as error:
            # HTTP clients connect to `127.1` and `2130706433` without asking the resolver, which checks the rest.
            if _NUMERIC.search(host):
                raise EgressRefused(f"{host} is not a public address") from error
            return
        if not self.allows(address):
            raise EgressRefused(f"{host} is not a public address")

    def allows(self, address: Address) -> bool:
        """Whether this address may be connected to."""
        return is_public(address) or (self._open_to_loopback and address.is_loopback)


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet, by every road that could lead elsewhere."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.sixtofour or address.teredo or address.scope_id:
            return False
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL_UNICAST:
            return False
    elif address in _RELAYS:
        return False
    return (
        address.is_global
        and not address.is_private
        and not address.is_loopback
        and not address.is_link_local
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
    )


def is_address(host: str) -> bool:
    """Whether the host is an address already, which ``check_url`` has judged."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class CheckedResolver(AbstractResolver):
    """Looks names up by another resolver and gives only the addresses that the egress rules allow."""

    def __init__(self, inner: AbstractResolver, egress: Egress) -> None:
        self._inner = inner
        self._egress = egress

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The allowed addresses of ``host``; EgressRefused when there is none among those found."""
        found = await self._inner.resolve(host, port, family)
        allowed = [result for result in found if self._egress.allows(ipaddress.ip_address(result["host"]))]
        if found and not allowed:
            raise EgressRefused(f"{host} does not lead to a public address")
        return allowed

    async def close(self) -> None:
        """Close the inner resolver."""
        await self._inner.close()
