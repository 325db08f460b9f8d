"""What every test gets: no network beyond this machine, and one way to ask for a program."""

import ipaddress
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.captures import CAPTURES

# --- Sockets ---------------------------------------------------------------------------------------------
#
# A test that reaches the internet is slow, fails on a train, and bothers a real service. So every look-up of
# a name and every connection beyond loopback and unix sockets is refused, and the test that tried it fails,
# even when the code under test caught the refusal. An audit hook sees all that goes through Python's
# `socket`, asyncio and threads included. It can't see libraries that open sockets in C (grpc, uvloop, curl),
# nor other processes.

_CONNECTIONS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
_refused: list[str] = []


class SocketBannedError(OSError):
    """A test tried to leave this machine. An OSError, so that whoever opened the socket also closes it."""


def _refuse_sockets_beyond_loopback(event: str, args: tuple[Any, ...]) -> None:
    if event in _CONNECTIONS:
        sock, address = args
        if sock.family not in {socket.AF_INET, socket.AF_INET6} or address is None:
            return
        host = address[0]
        allowed = _is_loopback(host)
    elif event in _LOOKUPS:
        host = args[0]
        allowed = _is_loopback(host) or _is_address(host)  # nobody is asked about an address
    else:
        return
    if not allowed:
        _refused.append(f"{event} {host!r}")
        raise SocketBannedError(f"{event} {host!r}: tests stay on this machine")


def _is_loopback(host: object) -> bool:
    if host in {None, "", "localhost", b"localhost"}:
        return True
    address = _parsed(host)
    return address is not None and (address.is_loopback or address.is_unspecified)


def _is_address(host: object) -> bool:
    return _parsed(host) is not None


def _parsed(host: object) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


sys.addaudithook(_refuse_sockets_beyond_loopback)


@pytest.fixture(autouse=True)
def _stays_on_this_machine() -> Iterator[None]:
    """Fail a test that tried to leave, also when the refusal was swallowed on the way."""
    _refused.clear()
    yield
    if _refused:
        pytest.fail(f"the test tried to leave this machine: {', '.join(_refused)}", pytrace=False)


# --- Programs --------------------------------------------------------------------------------------------


def require_tool(name: str, *folders: str) -> str:
    """The path of a program that a test needs: `require_tool("initdb", "/usr/lib/postgresql/15/bin")`.

    The project's own environment is searched first, then `folders`, then PATH. A program that is missing
    skips the test on a user's machine, with one line that says so. In CI (CI=true) it fails the test: there
    .ci/run must install it. Use it from a test or a fixture: `from tests.conftest import require_tool`.
    """
    search = [str(Path(sys.executable).parent), *folders, os.environ.get("PATH", "")]
    path = shutil.which(name, path=os.pathsep.join(search))
    if path is not None:
        return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing; .ci/run must install it", pytrace=False)
    pytest.skip(f"{name} is not installed")


# --- Recorded answers ------------------------------------------------------------------------------------
#
# They are no part of the project. Without them the tests that need them are left out, with one line that
# says how many.

_NEEDS_CAPTURES = "captures"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that are marked `captures`, or that ask for the server over them, without them."""
    if CAPTURES is not None:
        return
    needing = [item for item in items if item.get_closest_marker(_NEEDS_CAPTURES) or _asks_for(item, "recorded")]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in set(needing)]


def _asks_for(item: pytest.Item, fixture: str) -> bool:
    return fixture in getattr(item, "fixturenames", ())


def pytest_report_header(config: pytest.Config) -> str:
    """Say where the recorded answers are."""
    if CAPTURES is None:
        return "recorded answers: none here (TAKO_CAPTURES); the tests that need them are left out"
    return "recorded answers: found"
