"""The document, and a server on the samples in a process of its own: gRPC behind a real Envoy, with every key set."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.describe_api import PLACE
from tako_server.core.registry import load_providers
from tests.captures import ROOT, SAMPLES
from tests.conformance.cases import secrets_of
from tests.e2e.serving import Answer, Served, served

TOKEN = "planted admin token"


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The committed document."""
    found: dict[str, Any] = json.loads((ROOT / PLACE).read_text())
    return found


@pytest.fixture(scope="session")
def tako(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server, one for each test process."""
    keys = {name: value for provider in load_providers().values() for name, value in secrets_of(provider).items()}
    folder = tmp_path_factory.mktemp("openapi")
    settings = {"TAKO_REPLAY": str(SAMPLES), "TAKO_ADMIN_TOKEN": TOKEN, "TAKO_LOG_LEVEL": "info", "TAKO_JOBS": "false"}
    with served(folder, **settings, **keys) as tako:
        yield tako


def ask(tako: Served, verb: str, url: str, body: str, token: str) -> Answer:
    """Any request, as the operator."""
    headers = {"authorization": f"Bearer {token}"}
    address = tako.rest + url
    request = urllib.request.Request(address, body.encode() or None, headers, method=verb)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            return Answer(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, dict(error.headers), error.read())
