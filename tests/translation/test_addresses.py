"""Where engines may be: public ones only over https, neighbours as their operator says."""

from __future__ import annotations

import socket
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from tako_server.engine.egress import EgressRefused
from tako_server.translating import NeighbourResolver
from tako_server.translation.engine import EngineAway
from tako_server.translation.engines.libretranslate import LibreTranslate


class Names(AbstractResolver):
    """Knows one address for every name."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.0.9", "172.20.0.5", "127.0.0.1", "fd00::7", "169.254.1.1"])
async def test_neighbours_are_near(address: str) -> None:
    (found,) = await NeighbourResolver(Names(address, "93.184.215.14")).resolve("libretranslate")
    assert found["host"] == address


async def test_a_public_address_is_not() -> None:
    with pytest.raises(EgressRefused):
        await NeighbourResolver(Names("93.184.215.14", "2606:4700::1111")).resolve("libretranslate")


async def test_no_text_goes_there_and_the_caller_learns_no_address() -> None:
    connector = aiohttp.TCPConnector(resolver=NeighbourResolver(Names("93.184.215.14")))
    async with aiohttp.ClientSession(connector=connector) as session:
        with pytest.raises(EngineAway, match="LibreTranslate can't be reached") as told:
            await LibreTranslate(session, "http://libretranslate.internal:5000").translate(["x"], "en", "fr")
    assert "internal" not in str(told.value)
