"""What settings change of what callers see: TLS, CORS, and the configuration for an Envoy elsewhere."""

from __future__ import annotations

import asyncio
import re
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import pytest
import trustme
import yaml
from click.testing import CliRunner

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Page
from tako_server.cli.envoy_config import envoy_config
from tako_server.front_settings import Certificate
from tako_server.rest import EnvoyProcess
from tako_server.rest.envoy_config import Front, shipped
from tests.conftest import require_tool
from tests.envoy.whole import whole
from tests.rpc.harness import page, provider

URL = "/v1/books/search?query=dune"
PAGE = "https://page.example.org"


async def _dune(_ask: Any) -> Page:
    return page("Dune")


# --- TLS


class Authority:
    """A certificate authority of a test, with a certificate for `tako.example.org`."""

    def __init__(self, folder: Path) -> None:
        self.authority = trustme.CA()
        certificate = self.authority.issue_cert("tako.example.org")
        self.chain, self.key = folder / "chain.pem", folder / "key.pem"
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(self.chain, append=True)
        certificate.private_key_pem.write_to_path(self.key)
        self.settings = {"TAKO_TLS_CERT": str(self.chain), "TAKO_TLS_KEY": str(self.key)}

    def context(self) -> ssl.SSLContext:
        """What a client believes that knows the authority; names are not looked at, for there are none on loopback."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        context.check_hostname = False
        return context

    def channel(self, address: str) -> grpc.aio.Channel:
        """A gRPC channel that checks certificate and name."""
        credentials = grpc.ssl_channel_credentials(self.authority.cert_pem.bytes())
        return grpc.aio.secure_channel(address, credentials, (("grpc.ssl_target_name_override", "tako.example.org"),))


async def _titles(channel: grpc.aio.Channel) -> list[str]:
    asking: Any = channel.unary_unary("/tako.v1.BooksService/Search", response_deserializer=SearchResponse.FromString)
    answer = await asking(BooksSearchRequest(query="dune").SerializeToString(), timeout=10)
    return [item.title for item in answer.items]


async def test_grpc_and_rest_serve_tls(tmp_path: Path) -> None:
    own = Authority(tmp_path)
    async with whole(tmp_path, provider("alpha", _dune), **own.settings) as tako:
        tako.trusting = own.context()
        assert tako.url.startswith("https://")
        assert (await tako.get(URL)).json["items"][0]["title"] == "Dune"
        assert (await tako.get("/health")).json["status"] == "SERVING"
        for address in (tako.grpc.ready.grpc_address, tako.url.removeprefix("https://")):
            async with own.channel(address) as channel:
                assert await _titles(channel) == ["Dune"], address
        # and nothing else
        for address in (tako.grpc.ready.grpc_address, tako.url.removeprefix("https://")):
            async with grpc.aio.insecure_channel(address) as channel:
                with pytest.raises(grpc.aio.AioRpcError):
                    await _titles(channel)


@pytest.mark.parametrize(("offered", "chosen"), [(["h2", "http/1.1"], "h2"), (["http/1.1"], "http/1.1"), ([], None)])
async def test_http_2_is_agreed_on_by_alpn(tmp_path: Path, offered: list[str], chosen: str | None) -> None:
    own = Authority(tmp_path)
    async with whole(tmp_path, provider("alpha", _dune), **own.settings) as tako:
        tako.trusting = own.context()
        context = own.context()
        if offered:
            context.set_alpn_protocols(offered)
        host, _, port = tako.url.removeprefix("https://").rpartition(":")
        _, writer = await asyncio.open_connection(host, int(port), ssl=context)
        agreed = writer.get_extra_info("ssl_object")
        assert agreed.selected_alpn_protocol() == chosen
        assert agreed.version() in ("TLSv1.2", "TLSv1.3")
        writer.close()
        await writer.wait_closed()


async def test_envoy_believes_no_other_server(tmp_path: Path) -> None:
    """One that stands at the server's address with another certificate, though of the same authority."""
    (tmp_path / "own").mkdir()
    own = Authority(tmp_path / "own")
    async with whole(tmp_path, provider("alpha", _dune), **own.settings) as tako:
        tako.trusting = own.context()
        other = own.authority.issue_cert("tako.example.org")
        server = grpc.aio.server()
        credentials = grpc.ssl_server_credentials(
            [(other.private_key_pem.bytes(), b"".join(blob.bytes() for blob in other.cert_chain_pems))]
        )
        port = server.add_secure_port("127.0.0.1:0", credentials)
        await server.start()
        envoy = await EnvoyProcess.start(
            listen="127.0.0.1:0",
            grpc=f"127.0.0.1:{port}",
            web=tako.grpc.ready.http_address,
            front=Front(certificate=Certificate(own.chain, own.key)),
        )
        try:
            reply = await replace(tako, url=f"https://{envoy.address}").get(URL)
            assert reply.error()[:3] == (503, 14, "SERVER_UNREACHABLE")
        finally:
            await envoy.stop()
            await server.stop(None)


async def test_a_wrong_certificate_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = Authority(tmp_path / "a"), Authority(tmp_path / "b")
    for settings, told in (
        ({"TAKO_TLS_CERT": str(one.chain)}, "TAKO_TLS_CERT and TAKO_TLS_KEY: one is set, and both or neither must be"),
        ({"TAKO_TLS_CERT": str(one.chain), "TAKO_TLS_KEY": str(other.key)}, "are no certificate with its key"),
        ({"TAKO_TLS_CERT": str(tmp_path / "none"), "TAKO_TLS_KEY": str(one.key)}, "can't read"),
    ):
        result = CliRunner().invoke(envoy_config, env=settings)
        assert result.exit_code != 0
        assert told in result.output, settings


# --- CORS


async def test_named_origins_may_call(tmp_path: Path) -> None:
    settings = {"TAKO_CORS_ORIGINS": f"{PAGE}, http://localhost:8080", "TAKO_API_KEYS": "first-key"}
    async with whole(tmp_path, provider("alpha", _dune), **settings) as tako:
        for path in (URL, "/v1/search:events?query=dune", "/tako.v1.BooksService/Search"):
            asked = await tako.get(
                path,
                method="OPTIONS",
                origin=PAGE,
                access_control_request_method="GET",
                access_control_request_headers="x-api-key",
            )
            assert asked.status == 200, path
            assert asked.headers["access-control-allow-origin"] == PAGE
            assert "x-api-key" in asked.headers["access-control-allow-headers"]
            assert asked.headers["access-control-allow-methods"] == "GET, POST"
        reply = await tako.get(URL, origin=PAGE, x_api_key="first-key")
        assert reply.status == 200
        assert reply.headers["access-control-allow-origin"] == PAGE
        assert {"etag", "tako-cache", "x-ratelimit-remaining", "retry-after"} <= set(
            reply.headers["access-control-expose-headers"].split(", ")
        )
        assert "access-control-allow-credentials" not in reply.headers
        assert "origin" in reply.headers["vary"]
        refused = await tako.get(URL, origin=PAGE)
        assert refused.error()[:3] == (401, 16, "API_KEY_INVALID")
        assert refused.headers["access-control-allow-origin"] == PAGE  # so that the page can read it
        for other in ("https://evil.example.org", f"{PAGE}.evil.org", "null"):
            reply = await tako.get(URL, origin=other, x_api_key="first-key")
            assert not [name for name in reply.headers if name.startswith("access-control")], other
            asked = await tako.get(URL, method="OPTIONS", origin=other, access_control_request_method="GET")
            assert asked.status == 405
            assert not [name for name in asked.headers if name.startswith("access-control")], other


async def test_every_origin_may_call(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_CORS_ORIGINS="*") as tako:
        reply = await tako.get(URL, origin="https://anybody.example.org")
        assert reply.headers["access-control-allow-origin"] in ("*", "https://anybody.example.org")


# --- the configuration for an Envoy elsewhere


def _config(*arguments: str, **environment: str) -> Any:
    result = CliRunner().invoke(envoy_config, arguments, env=environment, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return yaml.safe_load(result.output)


def _manager(config: Any) -> Any:
    return config["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]


def test_without_settings_it_is_the_file_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env is
    assert _config() == yaml.safe_load(shipped("envoy.yaml").read_text(encoding="utf-8"))
    assert "admin" not in _config("--admin", "none")
    assert _config("--admin", "/run/admin")["admin"]["address"]["pipe"]["path"] == "/run/admin"


def test_addresses_and_settings_are_put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = Authority(tmp_path)
    config = _config(
        *("--listen", "0.0.0.0:8080", "--grpc", "server.internal:1", "--web", "server.internal:2"),
        *("--descriptor", "/etc/tako.binpb"),
        TAKO_CORS_ORIGINS=PAGE,
        **own.settings,
    )
    resources = config["static_resources"]
    assert resources["listeners"][0]["address"]["socket_address"] == {"address": "0.0.0.0", "port_value": 8080}
    (host,) = _manager(config)["route_config"]["virtual_hosts"]
    (allowed,) = host["typed_per_filter_config"]["envoy.filters.http.cors"]["allow_origin_string_match"]
    assert re.fullmatch(allowed["safe_regex"]["regex"], PAGE)
    chain = resources["listeners"][0]["filter_chains"][0]
    (pair,) = chain["transport_socket"]["typed_config"]["common_tls_context"]["tls_certificates"]
    assert pair["private_key"]["filename"] == str(own.key)
    ports = [
        cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]["address"]["socket_address"][
            "port_value"
        ]
        for cluster in resources["clusters"]
    ]
    assert ports == [1, 2]
    assert "transport_socket" not in resources["clusters"][1]  # the web app


def test_envoy_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = Authority(tmp_path)
    path = tmp_path / "envoy.yaml"
    config = _config(
        "--descriptor", str(shipped("tako.binpb")), "--admin", "none", TAKO_CORS_ORIGINS="*", **own.settings
    )
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    done = subprocess.run(
        [require_tool("envoy"), "--mode", "validate", "-c", str(path), "--log-level", "error"],
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "OK" in done.stdout


def test_a_wrong_address_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(envoy_config, ["--grpc", "tako"])
    assert result.exit_code != 0
    assert "HOST:PORT" in result.output
