"""A real `tako serve` for tests: its own process, free ports, answers from captures, and an orderly end."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import require_tool

_READY_WITHIN = 30.0
_STOP_WITHIN = 30.0


@dataclass
class Answer:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The decoded body."""
        return json.loads(self.body)


class GrpcurlError(Exception):
    """grpcurl ended with a gRPC status."""


@dataclass
class Served:
    """A running `tako serve`."""

    process: subprocess.Popen[str]
    grpc: str
    rest: str
    log: Path

    def grpcurl(self, method: str, request: Mapping[str, Any] | None = None, *options: str) -> Any:
        """Call as a stranger would, by reflection. Raises GrpcurlError with what it printed."""
        command = [require_tool("grpcurl"), "-plaintext", "-max-time", "20", *options]
        if request is not None:
            command += ["-d", json.dumps(request)]
        done = subprocess.run([*command, self.grpc, method], capture_output=True, text=True, timeout=30, check=False)
        if done.returncode:
            raise GrpcurlError(done.stderr)
        return json.loads(done.stdout) if request is not None else done.stdout.split()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """GET a path of the REST API."""
        request = urllib.request.Request(self.rest + path, headers=dict(headers or {}))  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 - loopback
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def terminate(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_STOP_WITHIN)


@contextlib.contextmanager
def served(folder: Path, *arguments: str, **environment: str) -> Iterator[Served]:
    """`tako serve` on free ports, ready; ended at the latest on the way out."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "serve.log"
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    env = {
        **inherited,
        "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
        "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
        "PORT": "0",
        "TAKO_CACHE_PATH": str(folder / "tako.db"),
        **environment,
    }
    command = [str(Path(sys.executable).with_name("tako")), "serve", *arguments]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=output, stderr=subprocess.STDOUT, text=True)
    try:
        yield _ready(process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(process: subprocess.Popen[str], log: Path) -> Served:
    end = time.monotonic() + _READY_WITHIN
    while time.monotonic() < end:
        text = re.sub(r"\x1b\[[0-9;]*m", "", log.read_text())
        if match := re.search(r"tako\.ready\s+grpc=(\S+) rest=(\S+)", text):
            return Served(process, match[1], match[2], log)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"tako serve did not come up:\n{log.read_text()[-2000:]}")
