"""The check for known vulnerabilities, against a database that knows one."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {
    "id": "TEST-1",
    "modified": "2026-01-01T00:00:00Z",
    "summary": "made up for this test",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "aiohttp"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
        }
    ],
}


@contextmanager
def database(ill: str) -> Iterator[str]:
    """A stand-in for OSV to which every version of ``ill`` is vulnerable."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["queries"]
            found = [{"vulns": [KNOWN]} if one["package"]["name"] == ill else {} for one in asked]
            self._give({"results": found})

        def do_GET(self) -> None:
            self._give(KNOWN)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _give(self, answer: Any) -> None:
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(10)


def audit(url: str) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = [sys.executable, ROOT / "scripts" / "audit.py", "--service-url", url]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(("ill", "code"), [("aiohttp", 1), ("nothing-that-is-locked", 0)])
def test_a_known_vulnerability_fails_the_check(ill: str, code: int) -> None:
    with database(ill) as url:
        done = audit(url)
    assert done.returncode == code, done.stderr
    assert ("TEST-1" in done.stderr) == bool(code)


def test_without_the_database_the_check_says_that_it_was_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    done = audit("http://127.0.0.1:9")
    assert (done.returncode, done.stderr) == (0, "audit: skipped, osv.dev can't be reached from here\n")


def test_ci_for_people_does_not_skip_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert audit("http://127.0.0.1:9").returncode == 1
