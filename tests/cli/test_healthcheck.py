"""`tako healthcheck`, against a server as it is, one that ends, one with TLS, and none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.captures import SAMPLES
from tests.e2e.serving import Served, served


def check(folder: Path, address: str, *options: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, and what it printed."""
    program = Path(sys.executable).with_name("tako")
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **environment}
    done = subprocess.run(
        [str(program), "healthcheck", "--server", address, *options],
        cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with API keys: health needs none."""
    folder = tmp_path_factory.mktemp("health")
    with served(folder, "--no-rest", TAKO_REPLAY=str(SAMPLES), TAKO_API_KEYS="planted") as tako:
        yield tako


def test_a_server_that_serves(server: Served, tmp_path: Path) -> None:
    assert check(tmp_path, server.grpc) == (0, "SERVING\n", "")
    assert check(tmp_path, server.grpc, "--service", "tako.v1.BooksService", "--json") == (
        0,
        '{"status":"SERVING"}\n',
        "",
    )


def test_a_service_that_there_is_not(server: Served, tmp_path: Path) -> None:
    code, _, said = check(tmp_path, server.grpc, "--service", "tako.v1.Nothing")
    assert code == 3
    assert said.startswith("Error: ")


def test_no_server(tmp_path: Path) -> None:
    code, printed, said = check(tmp_path, "127.0.0.1:1", "--timeout", "2")
    assert (code, printed) == (6, "")
    assert said.startswith("Error: no Tako server answers at 127.0.0.1:1.")


def test_tls_by_whatever_name(tmp_path: Path) -> None:
    """A probe asks 127.0.0.1, which no certificate is for; only this very certificate will do."""
    authority = trustme.CA()
    own, other = authority.issue_cert("*.tako.example.org"), authority.issue_cert("*.tako.example.org")
    cert, key, wrong = tmp_path / "cert.pem", tmp_path / "key.pem", tmp_path / "wrong.pem"
    cert.write_bytes(b"".join(part.bytes() for part in own.cert_chain_pems))
    key.write_bytes(own.private_key_pem.bytes())
    wrong.write_bytes(other.cert_chain_pems[0].bytes())
    environment = {"TAKO_REPLAY": str(SAMPLES), "TAKO_TLS_CERT": str(cert), "TAKO_TLS_KEY": str(key)}
    with served(tmp_path / "tls", "--no-rest", **environment) as tako:
        assert check(tmp_path, tako.grpc, TAKO_TLS_CERT=str(cert)) == (0, "SERVING\n", "")
        (tmp_path / ".env").write_text(f"TAKO_TLS_CERT={cert}\n")
        assert check(tmp_path, tako.grpc) == (0, "SERVING\n", "")
        code, _, said = check(tmp_path, tako.grpc, TAKO_TLS_CERT=str(wrong))
        assert code == 6
        assert "certificate" in said
