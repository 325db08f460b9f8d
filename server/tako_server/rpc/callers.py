"""Where a call comes from, as far as that can be known.

A connection has an address. Behind a gateway it is the gateway's, which tells the caller's in ``x-forwarded-for``: each
proxy on the way appends who connected to it. Anybody can write that header, so it is read from its end, for as long as
the addresses are those of proxies that the operator trusts. The first other address is the caller.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote

from tako_server.front_settings import Network

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_REMEMBERED = 4096
_LONGEST = 2048
"""Characters of ``x-forwarded-for`` that are looked at, from its end."""
_HOUSEHOLD = 64
"""Bits of an IPv6 address that name a network: who has one address there has them all."""


def origins(trusted: Sequence[Network]) -> Callable[[str, str], str]:
    """A function from gRPC's name of a peer and ``x-forwarded-for`` to the address or network of the caller."""

    @lru_cache(maxsize=_REMEMBERED)
    def origin(host: str, forwarded: str) -> str:
        caller = _parsed(host)
        for hop in reversed(forwarded[-_LONGEST:].split(",")):
            if caller is None or not any(caller in network for network in trusted):
                break
            before = _parsed(_without_port(hop.strip()))
            if before is None:
                break
            caller = before
        return _name(caller) if caller is not None else host

    # The port, which differs for each connection, is no part of what is remembered.
    return lambda peer, forwarded: origin(_host(peer), forwarded)


def _host(peer: str) -> str:
    """The host in ``ipv4:127.0.0.1:4711`` or ``ipv6:%5B::1%5D:4711``."""
    scheme, _, rest = peer.partition(":")
    return unquote(rest).rpartition(":")[0].strip("[]") if scheme in ("ipv4", "ipv6") else peer


def _without_port(hop: str) -> str:
    """Some proxies write `203.0.113.7:4711` or `[2001:db8::1]:4711`."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _parsed(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if address.version == 6 else None
    return mapped or address


def _name(address: Address) -> str:
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, _HOUSEHOLD), strict=False))
