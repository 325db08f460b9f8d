"""Servers for clients: those of the conformance table, and one like the demo's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.captures import SAMPLES
from tests.e2e.serving import Served, served

ROOT = Path(__file__).resolve().parents[2]
_STOP_WITHIN = 30.0


@pytest.fixture(scope="session")
def table() -> Iterator[dict[str, str]]:
    """Where the servers of the conformance table are, as the environment of a language's test."""
    command = [sys.executable, "-m", "clients.conformance.run", "--serve"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    told: dict[str, str] = {}
    try:
        while "TAKO_TEST_CASES" not in told:
            line = process.stdout.readline()
            assert line, "the servers did not come up"
            name, _, value = line.removeprefix("export ").strip().partition("=")
            told[name] = value
        yield told
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Served]:
    """A server on the samples, with the keys that `make demo` makes up.

    Each test has its own: where clients take minutes to compile, what one has asked would be STALE for the next.
    """
    with served(tmp_path, "--no-rest", TAKO_REPLAY=str(SAMPLES), GOOGLE_BOOKS_API_KEY="demo") as tako:
        yield tako
