"""A real Apertium for tests: its web service APy, with the pairs that Debian packages.

Without the programs the tests that ask for it are skipped; with CI=true they fail.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import orjson
import pytest

from tests.conftest import require_tool

_DATA = Path("/usr/share/apertium/modes")
_PAIRS = ("eng-cat", "cat-fra")
_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
_libc = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Apertium:
    """A running service."""

    url: str

    def uses(self) -> dict[str, int]:
        """How often each pair was asked, as the service itself counts."""
        with urlopen(f"{self.url}/stats", timeout=10) as answer:  # noqa: S310 - a service that this test has started
            found: dict[str, int] = orjson.loads(answer.read())["responseData"]["useCount"]
        return found


@pytest.fixture(scope="session")
def apertium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apertium]:
    """The service of this test process."""
    with _running(tmp_path_factory.mktemp("apertium")) as found:
        yield found


@contextmanager
def _running(folder: Path) -> Iterator[Apertium]:
    program = require_tool("apertium-apy")
    for pair in _PAIRS:
        if not (_DATA / f"{pair}.mode").exists():
            if os.environ.get("CI") == "true":
                pytest.fail(f"the Apertium pair {pair} is missing; .ci/run must install it", pytrace=False)
            pytest.skip(f"the Apertium pair {pair} is not installed")
    port = _free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-p", str(port), str(_DATA)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one call of the C library, no lock of ours
        )
    try:
        found = Apertium(f"http://127.0.0.1:{port}")
        until = time.monotonic() + 30
        while not _answers(found.url):
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.05)
        for pair in _PAIRS:  # the first text of a pair waits until its dictionaries are read
            asked = urlencode({"langpair": pair.replace("-", "|"), "q": "house"})
            with urlopen(f"{found.url}/translate?{asked}", timeout=120) as answer:  # noqa: S310 - as above
                assert answer.status == 200
        yield found
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # with the pipelines that it has started
        process.wait(20)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/listPairs", timeout=5) as answer:  # noqa: S310 - a service that this test has started
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
