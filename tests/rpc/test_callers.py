"""Who a call counts for: the address of the caller, and what it has left."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any, cast

import pytest

from tako_server.core.access import RateExceeded
from tako_server.front_settings import LOOPBACK, Rate
from tako_server.rpc.accept_language import preferred
from tako_server.rpc.call import Call, settled
from tako_server.rpc.callers import origins
from tako_server.rpc.interceptors.rate_limit import RateLimit


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("ipv4:203.0.113.7:4711", "", "203.0.113.7"),
        ("ipv4:203.0.113.7:4711", "198.51.100.1", "203.0.113.7"),  # nobody's word
        ("ipv4:127.0.0.1:4711", "", "127.0.0.1"),
        ("ipv4:127.0.0.1:4711", "198.51.100.1", "198.51.100.1"),
        ("ipv4:127.0.0.1:4711", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("ipv4:127.0.0.1:4711", "198.51.100.1, 10.0.0.3, 127.0.0.1", "198.51.100.1"),  # two proxies in a row
        ("ipv4:127.0.0.1:4711", "10.0.0.3", "10.0.0.3"),  # none but proxies
        ("ipv4:127.0.0.1:4711", "198.51.100.1, nonsense", "127.0.0.1"),
        ("ipv4:127.0.0.1:4711", ",,", "127.0.0.1"),
        ("ipv4:127.0.0.1:4711", "198.51.100.1:4711", "198.51.100.1"),
        ("ipv4:127.0.0.1:4711", "[2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"),
        ("ipv6:%5B::1%5D:4711", "198.51.100.1", "198.51.100.1"),
        ("ipv6:[::1]:4711", "::ffff:198.51.100.1", "198.51.100.1"),
        ("ipv6:%5B2001:db8:1:2:3:4:5:6%5D:4711", "", "2001:db8:1:2::/64"),  # its network's, all of it
        ("ipv6:%5B2001:db8:1:2::9%5D:4711", "", "2001:db8:1:2::/64"),
        ("ipv6:%5Bfe80::1%25eth0%5D:4711", "", "fe80::/64"),
        ("unix:/run/tako", "198.51.100.1", "unix:/run/tako"),
        ("", "", ""),
    ],
)
def test_the_caller_of_a_call(peer: str, forwarded: str, caller: str) -> None:
    assert origins((*LOOPBACK, ip_network("10.0.0.0/8")))(peer, forwarded) == caller


def test_a_long_header_is_read_from_its_end() -> None:
    assert origins(LOOPBACK)("ipv4:127.0.0.1:1", "9.9.9.9," * 100_000 + "198.51.100.1") == "198.51.100.1"


class _Context:
    def __init__(self, peer: str) -> None:
        self._peer = peer

    def peer(self) -> str:
        return self._peer


class World:
    """The interceptor before a handler that answers at once, and a clock that stands still."""

    def __init__(self, calls: int, seconds: int, most_callers: int = 100) -> None:
        self.now = 1000.0
        limit = RateLimit(Rate(calls, seconds), origins(LOOPBACK), most_callers=most_callers, clock=lambda: self.now)
        self.handle = limit(self._answer)

    async def _answer(self, _call: Call) -> bytes:
        return b""

    async def ask(self, address: str = "203.0.113.7", *, is_admin: bool = False) -> tuple[str, str] | float:
        """Remaining and reset, or the seconds to wait."""
        context = cast("Any", _Context(f"ipv4:{address}:1"))
        call = Call("/tako.v1.BooksService/Search", cast("Any", None), b"", context, {}, is_admin=is_admin)
        try:
            await settled(self.handle(call))
        except RateExceeded as error:
            return error.retry_after
        told = dict(call.limits)
        return told.get("x-ratelimit-remaining", ""), told.get("x-ratelimit-reset", "")


async def test_a_bucket_empties_and_fills_evenly() -> None:
    world = World(3, 60)
    assert [await world.ask() for _ in range(3)] == [("2", "20"), ("1", "40"), ("0", "60")]
    assert await world.ask() == pytest.approx(20)
    world.now += 19.9
    assert await world.ask() == pytest.approx(0.1, abs=0.001)
    world.now += 0.1
    assert await world.ask() == ("0", "60")
    world.now += 1000
    assert await world.ask() == ("2", "20")


async def test_never_more_than_twice_the_rate_in_its_time() -> None:
    world = World(600, 60)
    let_in = 0
    for _ in range(60 * 50):
        let_in += not isinstance(await world.ask(), float)
        world.now += 0.02
    assert 1190 <= let_in <= 1200  # a full bucket, and what flows in


async def test_refusals_cost_nothing() -> None:
    world = World(1, 10)
    assert await world.ask() == ("0", "10")
    for _ in range(5):
        assert await world.ask() == pytest.approx(10)
    world.now += 10
    assert await world.ask() == ("0", "10")


async def test_callers_do_not_share() -> None:
    world = World(1, 60)
    assert [await world.ask(f"203.0.113.{n}") for n in range(3)] == [("0", "60")] * 3
    assert isinstance(await world.ask("203.0.113.1"), float)


async def test_operators_are_not_bounded() -> None:
    world = World(1, 60)
    assert [await world.ask(is_admin=True) for _ in range(3)] == [("", "")] * 3


async def test_memory_is_bounded_and_forgets_who_has_not_asked_for_longest() -> None:
    world = World(1, 3600, most_callers=10)
    for n in range(10):
        await world.ask(f"203.0.113.{n}")
    assert isinstance(await world.ask("203.0.113.0"), float)  # known, though refusals don't count as asking
    await world.ask("203.0.113.99")
    assert isinstance(await world.ask("203.0.113.9"), float)
    assert await world.ask("203.0.113.0") == ("0", "3600")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr", "fr"),
        ("fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7", "fr-FR"),
        ("en;q=0.8 , fr ; q=0.9", "fr"),
        ("de, fr", "de"),
        ("FR-ca", "fr-CA"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("*;q=0.5, it;q=0.1", "it"),
        ("*", ""),
        ("fr;q=0", ""),
        ("fr;q=0.0000", ""),  # four digits
        ("fr;q=1.5", ""),
        ("fr;level=1", ""),
        ("fr_FR", ""),
        ("français", ""),
        ("", ""),
        (",, ,fr,,", "fr"),
        ("xx", ""),
        ("x-private", ""),
        ("de;q=1.000,fr", "de"),
    ],
)
def test_the_language_that_is_wanted_most(header: str, language: str) -> None:
    assert preferred(header) == language
