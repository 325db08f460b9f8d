"""The gateway's part of traces: a configuration that the real Envoy takes, and no other where nothing is traced."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from tako_server.rest.envoy_config import Endpoint, Front, Places, local_config, shipped
from tako_server.rest.envoy_tracing import EnvoyTracing
from tests.conftest import require_tool


def config(tracing: EnvoyTracing) -> str:
    """The configuration of a gateway with these traces."""
    somewhere = Endpoint("127.0.0.1", 0)
    places = Places(listen=somewhere, grpc=somewhere, web=somewhere, admin="none", descriptor=shipped("tako.binpb"))
    return local_config(places, Front(tracing=tracing))


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:4317", "http://[::1]:4317", "https://collector.example.org:443"]
)
def test_envoy_takes_it(tmp_path: Path, endpoint: str) -> None:
    if endpoint.startswith("https:") and not Path("/etc/ssl/certs/ca-certificates.crt").is_file():
        pytest.skip("no certificate authorities on this machine: Debian's ca-certificates")
    path = tmp_path / "envoy.yaml"
    path.write_text(config(EnvoyTracing(endpoint, 0.25)))
    done = subprocess.run(
        [require_tool("envoy"), "--mode", "validate", "--config-path", str(path), "--log-level", "error"],
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_without_a_collector_nothing_of_it_is_there() -> None:
    assert "tracing" not in config(EnvoyTracing())
    assert config(EnvoyTracing("", 0.5)) == config(EnvoyTracing())


def test_the_share_is_a_percentage_and_the_url_is_cut() -> None:
    told = yaml.safe_load(config(EnvoyTracing("http://collector:4317", 0.25)))
    (listener,) = told["static_resources"]["listeners"]
    tracing = listener["filter_chains"][0]["filters"][0]["typed_config"]["tracing"]
    assert tracing["random_sampling"] == {"value": 25}
    assert tracing["max_path_tag_length"] == 1
    names = {cluster["name"] for cluster in told["static_resources"]["clusters"]}
    assert tracing["provider"]["typed_config"]["grpc_service"]["envoy_grpc"]["cluster_name"] in names
