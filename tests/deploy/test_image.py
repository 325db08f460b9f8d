"""The Dockerfile, and that what it installs is whole. No engine is needed: it does what anybody can do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from scripts import bootstrap
from tests.conftest import require_tool

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
BUILD, LAST = DOCKERFILE.split("\nFROM ")[1:]


def test_hadolint_finds_nothing() -> None:
    done = subprocess.run(
        [require_tool("hadolint"), str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_both_stages_stand_on_the_same_pinned_base() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2 and len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm@sha256:[0-9a-f]{64}", bases[0])


def test_uv_is_the_one_that_everybody_has() -> None:
    assert f"ARG UV_VERSION={bootstrap.UV}\n" in BUILD


def test_the_lock_says_what_is_installed() -> None:
    assert BUILD.count("uv sync --frozen --no-dev") == BUILD.count("uv sync") == 2
    assert "--no-editable" in BUILD
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["build-constraint-dependencies"]
    assert [word.partition("==")[0] for word in pinned] == ["hatchling"]


def test_the_last_stage_has_nothing_that_builds_and_no_root() -> None:
    assert not re.search(r"apt-get|uv |git|gcc|curl|pip install", LAST)
    assert "uninstall --yes --quiet --root-user-action=ignore pip setuptools wheel" in LAST
    assert re.search(r"^USER 10001:10001$", LAST, re.MULTILINE)
    assert 'ENTRYPOINT ["tini", "--", "tako"]' in LAST
    assert 'CMD ["tako", "healthcheck"]' in LAST
    for label in ("title", "description", "licenses", "version", "revision", "created"):
        assert f"org.opencontainers.image.{label}=" in LAST


def test_only_what_is_copied_reaches_the_build() -> None:
    """The ignore file lets in what the Dockerfile names, and no more."""
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")} - {"clients"}
    copied = {
        word.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for word in line.split()[:-1]
    }
    assert {path for path in copied if not path.startswith("clients/python/")} == let_in
    assert {"**/.env*", "**/*.sqlite*"} <= set(lines)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both wheels, built and unpacked into one folder that nobody may write to."""
    wheels, folder = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    for source in (ROOT, ROOT / "clients" / "python"):
        # With the backend of this environment: an isolated build would ask a registry.
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
        done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
    found = sorted(wheels.glob("*.whl"))
    assert [path.name.partition("-")[0] for path in found] == ["tako_client", "tako_server"]
    for wheel in found:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return folder


def test_the_wheels_hold_all_that_a_server_reads(installed: Path) -> None:
    """What git has in the packages' folders is in the wheels: samples, pages, dictionaries, markers of types."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "server", "providers"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    ).stdout.split("\n")  # fmt: skip
    wanted = {path.partition("/")[2] for path in listed if path and (ROOT / path).is_file()}
    lacking = {path for path in wanted if not (installed / path).is_file()}
    assert lacking == set()
    for name in ("envoy.yaml", "tako.binpb"):
        shipped, source = installed / "tako_server" / "rest" / name, ROOT / "envoy" / name
        assert shipped.read_bytes() == source.read_bytes()


def test_what_is_in_the_wheels_works_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    """The demo asks a server over gRPC and REST; it runs from a folder that can't be written to."""
    require_tool("envoy")
    where = "import tako, tako_providers as p, tako_server as s; print(*tako.__path__, *p.__path__, *s.__path__)"
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(installed),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
        "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
        "PORT": "0",
    }
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=env, capture_output=True, text=True, check=True, timeout=30
    ).stdout.split()
    assert all(Path(path).is_relative_to(installed) for path in found)
    demo = "import sys; from tako_server.cli import main; sys.argv = ['tako', 'demo', '--exit']; main()"
    done = subprocess.run(
        [sys.executable, "-c", demo], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 0, done.stderr
    assert "The Sample Lighthouse" in done.stdout
    assert '"title"' in done.stdout  # what REST answered
