"""A name server on this machine, which says what a test tells it: as Docker's and Kubernetes' say it of replicas."""

from __future__ import annotations

import asyncio
import ipaddress
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

_A, _ANSWER, _AUTHORITATIVE = 1, 0x8000, 0x0400


class Names(asyncio.DatagramProtocol):
    """Answers every question for an address with ``addresses``."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.port = 0
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It listens."""
        self._transport = cast("asyncio.DatagramTransport", transport)
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """One question (RFC 1035, 4.1); what else stands in it is left alone."""
        end = data.index(0, 12) + 5  # the name, its closing zero, type and class
        question, kind = data[12:end], struct.unpack("!H", data[end - 4 : end - 2])[0]
        found = self.addresses if kind == _A else []
        head = struct.pack("!2sHHHHH", data[:2], _ANSWER | _AUTHORITATIVE, 1, len(found), 0, 0)
        record = struct.pack("!HHHIH", 0xC00C, _A, 1, 1, 4)
        answers = b"".join(record + ipaddress.IPv4Address(address).packed for address in found)
        assert self._transport is not None
        self._transport.sendto(head + question + answers, addr)


@asynccontextmanager
async def naming() -> AsyncIterator[Names]:
    """A name server that knows nobody yet."""
    transport, names = await asyncio.get_running_loop().create_datagram_endpoint(Names, ("127.0.0.1", 0))
    try:
        yield names
    finally:
        transport.close()
