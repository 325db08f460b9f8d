"""The servers that the table is asked of: real ones, in replay mode, each with the settings that some cases need."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import grpc
import trustme

from clients.conformance.provider import Conformance
from tako.v1.provider_service_pb2 import ListProvidersRequest
from tako.v1.provider_service_pb2_grpc import ProviderServiceStub
from tako_providers.sdk import Provider
from tako_server.app import Ready, running
from tako_server.cli.samples import SAMPLES
from tako_server.config import Settings, load_settings
from tako_server.core.registry import load_providers
from tako_server.front_settings import Rate

CAPTURES = Path(__file__).resolve().parent / "captures"
API_KEY = "conformance-api-key"
ADMIN_TOKEN = "conformance-admin-token"  # noqa: S105 - of a server on this machine, for as long as the table runs
NOT_CONFIGURED = "bgg"
"""A provider that needs a key, and has none here."""
DISABLED = "googlebooks"
_DAY = 86_400
_LOOPBACK = {"TAKO_GRPC_ADDRESS": "127.0.0.1:0", "TAKO_HTTP_ADDRESS": "127.0.0.1:0", "PORT": "0"}


@asynccontextmanager
async def servers(folder: Path) -> AsyncIterator[dict[str, str]]:
    """Started servers, as the environment of who asks them: ``TAKO_TEST_OPEN=127.0.0.1:...`` and so on."""
    providers: dict[str, Provider] = {**load_providers(), "conformance": Conformance()}
    settings = _settings(folder, providers)
    keyed = replace(settings, api_keys=(API_KEY,), admin_token=ADMIN_TOKEN)
    authority, certificate, key = folder / "ca.pem", folder / "server.pem", folder / "server.key"
    _certify(authority, certificate, key)
    async with AsyncExitStack() as stack:

        async def start(settings: Settings, *, rest: bool = False) -> Ready:
            tako = await stack.enter_async_context(running(settings, rest=rest, providers=providers))
            return tako.ready

        with_rest = await start(settings, rest=True)
        limited = (await start(replace(settings, rate_limit=Rate(1, _DAY)))).grpc_address
        await _spend(limited)
        yield {
            "TAKO_TEST_OPEN": with_rest.grpc_address,
            "TAKO_TEST_WEB": str(with_rest.rest_url),
            "TAKO_TEST_KEYED": (await start(keyed)).grpc_address,
            "TAKO_TEST_TLS": (await start(replace(keyed, tls_cert=certificate, tls_key=key))).grpc_address,
            "TAKO_TEST_FULL": (await start(replace(settings, max_concurrent=0))).grpc_address,
            "TAKO_TEST_LIMITED": limited,
            "TAKO_TEST_CA": str(authority),
            "TAKO_TEST_API_KEY": API_KEY,
            "TAKO_TEST_ADMIN_TOKEN": ADMIN_TOKEN,
        }


def _settings(folder: Path, providers: Mapping[str, Provider]) -> Settings:
    """Those of the open server: every key is set but one, and one provider is switched off."""
    secrets = [secret for provider in providers.values() for secret in provider.manifest.secrets]
    missing = {secret.variable for secret in providers[NOT_CONFIGURED].manifest.secrets}
    keys = {one.variable: one.placeholder for one in secrets if one.placeholder and one.variable not in missing}
    environment = {
        **_LOOPBACK,
        **keys,
        "TAKO_REPLAY": f"{CAPTURES}:{SAMPLES}",
        "TAKO_PROVIDERS_DISABLED": DISABLED,
        "TAKO_CACHE_PATH": str(folder / "tako.db"),
        "TAKO_SHUTDOWN_GRACE": "1",
    }
    return load_settings(secrets, environment=environment, dotenv=None)


async def _spend(address: str) -> None:
    """Make the one call that this machine may make in a day."""
    async with grpc.aio.insecure_channel(address) as channel:
        await ProviderServiceStub(channel).ListProviders(ListProvidersRequest(), timeout=10)


def _certify(authority: Path, certificate: Path, key: Path) -> None:
    """A certificate of this machine's names, and the authority that vouches for it; both end with the run."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(authority))
    issued = made.issue_cert("localhost", "127.0.0.1")
    issued.private_key_pem.write_to_path(str(key))
    for one in issued.cert_chain_pems:
        one.write_to_path(str(certificate), append=True)
