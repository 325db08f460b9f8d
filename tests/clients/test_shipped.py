"""What the clients ship: one version, one retry policy, and examples that their READMEs show whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from clients.conformance import matrix
from clients.conformance.languages import LANGUAGES
from tests.contract.test_contract import METHODS
from tests.e2e.serving import Served

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = ROOT / "clients"
POLICY = ROOT / "proto/tako/v1/tako_grpc_service_config.json"
CHANGING = {"RefreshProvider", "RefreshExpired", "PurgeCache", "RunJob", "EnableProvider", "DisableProvider"}
"""RPCs that change something: asked twice, they may do it twice."""
TOURS = {
    "python": "examples/tour.py",
    "typescript": "examples/tour.ts",
    "go": "examples/tour/main.go",
    "java": "examples/Tour.java",
    "rust": "examples/tour.rs",
}


def version(client: str) -> str:
    """The version that a client's package says."""
    folder = CLIENTS / client
    match client:
        case "python":
            return str(tomllib.loads((folder / "pyproject.toml").read_text())["project"]["version"])
        case "typescript":
            return str(json.loads((folder / "package.json").read_text())["version"])
        case "java":
            pom = ET.parse(folder / "pom.xml").getroot()  # noqa: S314 - our own file
            return pom.findtext("{http://maven.apache.org/POM/4.0.0}version") or ""
        case "rust":
            told = tomllib.loads((folder / "Cargo.toml").read_text())
            return str(told["package"]["version"])
    raise ValueError(client)


@pytest.mark.parametrize("client", ["python", "typescript", "java", "rust"])  # of Go, a tag is the version
def test_the_clients_have_the_version_of_the_server(client: str) -> None:
    assert version(client) == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_every_client_ships_the_retry_policy_as_it_is() -> None:
    copies = [
        path
        for path in CLIENTS.rglob(POLICY.name)
        if not {"node_modules", "target", "build", "dist"} & set(path.relative_to(CLIENTS).parts)
    ]
    assert copies
    assert all(path.read_bytes() == POLICY.read_bytes() for path in copies)


def test_the_policy_tries_again_every_read_and_nothing_that_changes_anything() -> None:
    (config,) = json.loads(POLICY.read_text())["methodConfig"]
    assert config["retryPolicy"]["retryableStatusCodes"] == ["UNAVAILABLE"]
    named = {(name["service"], name.get("method")) for name in config["name"]}
    for method in METHODS:
        service = method.containing_service.full_name
        covered = (service, None) in named or (service, method.name) in named
        assert covered == (method.name not in CHANGING), method.full_name
    known = {(method.containing_service.full_name, method.name) for method in METHODS}
    assert all((service, method) in known for service, method in named if method)


@pytest.mark.parametrize("client", TOURS)
def test_the_readme_shows_the_example_whole(client: str) -> None:
    example = (CLIENTS / client / TOURS[client]).read_text(encoding="utf-8")
    assert f"\n{example}```\n" in (CLIENTS / client / "README.md").read_text(encoding="utf-8")


def test_the_python_example_prints_what_the_readme_says(demo: Served) -> None:
    example = CLIENTS / "python" / TOURS["python"]
    done = subprocess.run([sys.executable, example, demo.grpc], capture_output=True, text=True, timeout=60, check=True)
    readme = (CLIENTS / "python" / "README.md").read_text(encoding="utf-8")
    told = re.search(r"It prints:\n\n```\n(.*?)```", readme, re.DOTALL)
    assert told is not None
    # Which provider of the stream answers first is up to them.
    assert sorted(done.stdout.splitlines()) == sorted(told[1].splitlines())


def test_the_python_lines_of_the_page_run(demo: Served, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
    lines = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert lines is not None
    script = tmp_path / "lines.py"
    script.write_text(lines[1].replace("127.0.0.1:50051", demo.grpc), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == [
        "openlibrary/book/OL90000001W The Sample Lighthouse",
        "openlibrary/book/OL90000002W Sample Lighthouse Keepers",
    ]


def test_the_matrix_is_that_of_this_table_and_of_all_languages() -> None:
    page = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
    made = page.partition(matrix.BEGIN)[2].partition(matrix.END)[0]
    heads = made.strip().splitlines()[0]
    assert re.findall(r"[A-Z]\w+", heads) == [language.title for language in LANGUAGES]
    assert re.findall(r"^\| `([a-z0-9-]+)` \|", made, re.MULTILINE) == list(matrix.case_ids())
