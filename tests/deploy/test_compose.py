"""docker-compose.yaml, read by the real Compose. No engine is needed."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from tako_server.config import load_settings
from tako_server.core.registry import load_providers
from tako_server.rest import EnvoyProcess
from tests.captures import SAMPLES
from tests.conftest import require_tool
from tests.e2e.serving import served

ROOT = Path(__file__).resolve().parents[2]
TMDB = load_providers()["tmdb"].manifest.secrets
PROFILES = ("observe", "scale", "translate", "vpn")
ALWAYS = {"tako", "tako-db", "flaresolverr", "envoy"}


def compose(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Compose, without what this machine has set."""
    return subprocess.run(
        [require_tool("docker-compose"), "--file", str(ROOT / "docker-compose.yaml"), *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "COMPOSE_DISABLE_ENV_FILE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def services(*profiles: str, **environment: str) -> dict[str, Any]:
    """The services of these profiles, as an engine would be given them."""
    names = [part for profile in profiles for part in ("--profile", profile)]
    done = compose(*names, "config", "--format", "json", **{"DB_PASSWORD": "x", **environment})
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["services"]
    return found


EVERYTHING = pytest.fixture(scope="module", name="everything")(lambda: services("*"))


@pytest.mark.parametrize("profiles", [(), *[(p,) for p in PROFILES], *combinations(PROFILES, 2), PROFILES])
def test_every_profile_is_valid(profiles: tuple[str, ...]) -> None:
    assert set(services(*profiles)) >= ALWAYS


def test_what_each_profile_adds() -> None:
    assert set(services()) == ALWAYS
    added = {profile: set(services(profile)) - ALWAYS for profile in PROFILES}
    assert added == {
        "observe": {"prometheus", "grafana", "otel-collector"},
        "scale": {"tako-replica"},
        "translate": {"libretranslate"},
        "vpn": {"gluetun"},
    }


def test_it_can_be_looked_at_without_a_password() -> None:
    done = compose("config", "--services")
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == ALWAYS


def test_a_password_in_a_file_is_in_no_environment(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("planted-in-a-file")
    found = services(DB_PASSWORD="", DB_PASSWORD_FILE=str(secret))
    assert "planted" not in json.dumps(found)
    for name, variable in (("tako", "DB_PASSWORD_FILE"), ("tako-db", "POSTGRES_PASSWORD_FILE")):
        assert found[name]["environment"][variable] == "/run/secrets/db_password"
        assert found[name]["secrets"] == [{"source": "db_password", "target": "/run/secrets/db_password"}]
    assert found["tako-db"]["environment"]["POSTGRES_PASSWORD"] == ""


def test_only_loopback_is_published(everything: dict[str, Any]) -> None:
    published = {
        name: {(port["host_ip"], port["published"]) for port in service["ports"]}
        for name, service in everything.items()
        if service.get("ports")
    }
    assert published == {
        "envoy": {("127.0.0.1", "3000")},
        "grafana": {("127.0.0.1", "3001")},
        "prometheus": {("127.0.0.1", "9090")},
    }


def test_an_operators_settings_move_what_is_published() -> None:
    (port,) = services(PORT="8080", TAKO_REST_HOST="0.0.0.0")["envoy"]["ports"]
    assert (port["host_ip"], port["published"], port["target"]) == ("0.0.0.0", "8080", 3000)


def test_who_meets_whom(everything: dict[str, Any]) -> None:
    """FlareSolverr meets the servers only; nobody but servers meets the database; the gateway meets neither."""
    networks = {name: set(service["networks"]) for name, service in everything.items()}
    assert networks["flaresolverr"] == {"browsers"}
    assert {name for name in networks if "store" in networks[name]} == {"tako", "tako-replica", "tako-db"}
    assert networks["tako-db"] == {"store"}
    assert {name for name in networks if "browsers" in networks[name]} == {
        "tako",
        "tako-replica",
        "flaresolverr",
        "gluetun",
    }
    assert networks["envoy"] == {"edge", "rpc"}
    told = yaml.safe_load(compose("config", DB_PASSWORD="x").stdout)["networks"]
    assert told["store"]["internal"] and told["rpc"]["internal"]


def test_everything_is_bounded_and_watched(everything: dict[str, Any]) -> None:
    for name, service in everything.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == "unless-stopped", name
        assert int(service["mem_limit"]) > 0 and service["cpus"] > 0 and service["pids_limit"] > 0, name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}, name
        assert "privileged" not in service, name
        assert not service["image"].endswith(":latest") and ":" in service["image"], name
    unwatched = {name for name, service in everything.items() if not service.get("healthcheck")}
    assert unwatched == {"otel-collector"}  # its image has no program that could ask
    writable = {name for name, service in everything.items() if not service.get("read_only")}
    assert writable == {"flaresolverr", "libretranslate", "gluetun"}  # the file says why
    assert {name for name, service in everything.items() if service.get("cap_add")} == {"gluetun"}


def test_the_end_of_a_server_has_the_time_that_it_needs(everything: dict[str, Any]) -> None:
    """Its grace, 10 s for browsers, and what is left to be written (docs/architecture.md)."""
    grace = load_settings(environment={}, dotenv=None).shutdown_grace
    for name in ("tako", "tako-replica", "envoy"):
        assert float(everything[name]["stop_grace_period"].removesuffix("s")) >= grace + 10 + 5, name
    assert set(everything["tako"]["depends_on"]) == {"tako-db", "flaresolverr"}
    assert set(everything["envoy"]["depends_on"]) == {"tako"}


def test_the_gateway_has_no_secret(everything: dict[str, Any]) -> None:
    gateway = everything["envoy"]
    assert not gateway.get("secrets") and not gateway.get("env_file")
    about_rest = re.compile(r"TAKO_(LOG|CORS|TLS|OTLP|TRACE|SHUTDOWN)_[A-Z]+")
    assert all(map(about_rest.fullmatch, gateway["environment"])), gateway["environment"]


def test_what_is_mounted_is_there(everything: dict[str, Any]) -> None:
    for service in everything.values():
        for mount in service.get("volumes", ()):
            if mount["type"] == "bind" and not mount["source"].startswith("/dev"):
                assert Path(mount["source"]).exists(), mount["source"]
                assert mount["read_only"]


def test_three_servers_have_one_name(everything: dict[str, Any]) -> None:
    assert everything["tako-replica"]["deploy"]["replicas"] == 2
    assert everything["tako-replica"]["networks"]["rpc"]["aliases"] == ["tako"]
    same = ("image", "command", "environment", "volumes", "read_only", "mem_limit", "healthcheck")
    assert [everything["tako-replica"][key] for key in same] == [everything["tako"][key] for key in same]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def gateway(command: list[str], **hosts: str) -> AsyncIterator[str]:
    """What the service `envoy` runs, with its hosts on this machine and a free port."""
    word, *options = command
    assert word == "gateway"
    given = dict(zip(options[::2], options[1::2], strict=True))
    assert given["--listen"] == "0.0.0.0:3000"
    assert {given["--grpc"], given["--web"]} == set(hosts)
    envoy = await EnvoyProcess.start(
        listen="127.0.0.1:0",
        grpc=hosts[given["--grpc"]],
        web=hosts[given["--web"]],
        concurrency=int(given["--concurrency"]),
    )
    try:
        yield f"http://{envoy.address}"
    finally:
        await envoy.stop(0.5)


async def test_the_gateway_and_the_server_of_compose_work_together(tmp_path: Path, everything: dict[str, Any]) -> None:
    tako = everything["tako"]
    web = f"127.0.0.1:{free_port()}"
    with served(tmp_path, *tako["command"][1:], TAKO_REPLAY=str(SAMPLES), TAKO_HTTP_ADDRESS=web) as server:
        hosts = {"tako:50051": server.grpc, "tako:8081": web}
        async with gateway(everything["envoy"]["command"], **hosts) as rest, aiohttp.ClientSession() as http:
            async with http.get(f"{rest}/v1/books/search?query=sample+lighthouse") as answer:
                assert answer.status == 200
                assert (await answer.json())["items"][0]["title"] == "The Sample Lighthouse"
            async with http.get(f"{rest}/health") as answer:
                assert (await answer.json())["status"] == "SERVING"
            async with http.get(f"{rest}/v1/nothing") as answer:
                assert answer.status == 404


def test_an_earlier_env_keeps_working(tmp_path: Path) -> None:
    """Keys and settings reach the servers, under whatever name; the gateway learns of none but its own."""
    (tmp_path / "deploy").mkdir()
    for name in ("docker-compose.yaml", "deploy/compose.flaresolverr.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".env").write_text(
        "PORT=8080\nDB_ENABLED=true\nDB_NAME=discovery\nDB_USER=operator\nDB_PASSWORD=planted\n"
        "TMDB_KEY=planted\nAUTO_TRAD_ENABLED=false\nDEFAULT_LOCALE=fr_FR.UTF-8\nTAKO_GRPC_ADDRESS=127.0.0.1:9\n"
    )
    done = subprocess.run(
        [require_tool("docker-compose"), "config", "--format", "json"],
        cwd=tmp_path, env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["services"]
    settings = load_settings(TMDB, environment=found["tako"]["environment"], dotenv=None)
    assert (settings.db_host, settings.db_name, settings.db_user) == ("tako-db", "discovery", "operator")
    assert settings.db_password == settings.provider_secrets["TMDB_API_KEY"] == "planted"
    assert (settings.translation, settings.default_language) == (False, "fr-FR")
    assert settings.grpc_address == "0.0.0.0:50051", "in a container it must listen everywhere"
    assert found["tako-db"]["environment"]["POSTGRES_DB"] == "discovery"
    assert found["envoy"]["ports"][0]["published"] == "8080"
    assert "planted" not in json.dumps(found["envoy"])
