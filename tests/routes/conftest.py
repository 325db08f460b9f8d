"""A server on the samples, and on the recorded answers where they are: gRPC and REST, with every key set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import grpc
import pytest
import pytest_asyncio

from tako_server.app import running
from tako_server.config import load_settings
from tako_server.core.registry import load_providers
from tests.captures import CAPTURES, SAMPLES
from tests.conformance.cases import secrets_of

TOKEN = "planted admin token"


@dataclass(frozen=True)
class Front:
    """The two ways to ask the server."""

    channel: grpc.aio.Channel
    rest: aiohttp.ClientSession


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """The server, one for each test process."""
    replay = [SAMPLES] if CAPTURES is None else [SAMPLES, CAPTURES]
    providers = load_providers().values()
    keys = {name: value for provider in providers for name, value in secrets_of(provider).items()}
    settings = load_settings(
        [secret for provider in providers for secret in provider.manifest.secrets],
        environment={
            "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
            "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
            "PORT": "0",
            "TAKO_CACHE_PATH": str(tmp_path_factory.mktemp("routes") / "tako.db"),
            "TAKO_REPLAY": ":".join(map(str, replay)),
            "TAKO_ADMIN_TOKEN": TOKEN,
            "TAKO_LOG_LEVEL": "error",
            **keys,
        },
        dotenv=None,
    )
    async with (
        running(settings, rest=True) as tako,
        grpc.aio.insecure_channel(tako.ready.grpc_address) as channel,
        aiohttp.ClientSession(tako.ready.rest_url, headers={"authorization": f"Bearer {TOKEN}"}) as session,
    ):
        yield Front(channel, session)
