"""`tako gateway`: Envoy before servers elsewhere, in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.captures import SAMPLES
from tests.conftest import require_tool
from tests.e2e.serving import served


@contextlib.contextmanager
def started(folder: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The process, and its log; it is dead on the way out."""
    require_tool("envoy")
    log = folder / "gateway.log"
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **environment}
    program = Path(sys.executable).with_name("tako")
    with log.open("wb") as output:
        process = subprocess.Popen([program, "gateway", *options], cwd=folder, env=env, stdout=output, stderr=output)
    try:
        yield process, log
    finally:
        process.kill()
        process.wait()


def address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where REST is, once it is."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if found := re.search(r'"rest": "([^"]+)"', log.read_text()):
            return found[1]
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def get(address: str, path: str) -> object:
    """The JSON of an answer."""
    with urllib.request.urlopen(f"http://{address}{path}", timeout=20) as answer:
        return json.load(answer)


def test_it_serves_what_is_elsewhere_and_ends_in_good_order(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        web = f"127.0.0.1:{probe.getsockname()[1]}"
    with (
        served(tmp_path / "server", "--no-rest", TAKO_REPLAY=str(SAMPLES), TAKO_HTTP_ADDRESS=web) as tako,
        started(
            tmp_path, "--listen", "127.0.0.1:0", "--grpc", tako.grpc, "--web", web, TAKO_LOG_FORMAT="json"
        ) as (process, log),
    ):  # fmt: skip
        rest = address(process, log)
        found = get(rest, "/v1/books/search?query=sample+lighthouse&page_size=1")
        assert isinstance(found, dict) and len(found["items"]) == 1
        assert get(rest, "/version")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        events = [json.loads(line)["event"] for line in log.read_text().splitlines()]
        assert events == ["envoy.started", "gateway.ready", "envoy.stopped"]


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with started(tmp_path, "--listen", f"127.0.0.1:{port}") as (process, log):
            assert process.wait(20) == 2
            assert log.read_text() == f"Error: REST port {port} is already in use (127.0.0.1:{port})\n"


def test_an_envoy_that_dies_ends_it(tmp_path: Path) -> None:
    """Whoever started it, starts it again."""
    with started(tmp_path, "--listen", "127.0.0.1:0", TAKO_LOG_FORMAT="json") as (process, log):
        address(process, log)
        envoy = re.search(r'"pid": (\d+)', log.read_text())
        assert envoy
        os.kill(int(envoy[1]), signal.SIGKILL)
        assert process.wait(20) == 1
        assert "envoy.died" in log.read_text()
