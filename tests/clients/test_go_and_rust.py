"""The clients in Go and Rust: their own tests and linters, and that their tours do what their READMEs say."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tako_server.core.error_table import _TABLE
from tests.conftest import require_tool
from tests.e2e.serving import Served

CLIENTS = Path(__file__).resolve().parents[2] / "clients"
PATIENCE = 1170

# The first run of a machine fetches and compiles what the clients stand on, while other tests run; and of cargo's runs
# one waits for the other. That took seven minutes on two busy cores.
pytestmark = pytest.mark.timeout(1200)


def run(client: str, *command: str) -> str:
    """What a command prints in the folder of a client, which has to end well."""
    require_tool(command[0])
    done = subprocess.run(command, cwd=CLIENTS / client, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize(
    ("client", "command"),
    [
        ("go", ("go", "run", "./examples/tour")),
        ("rust", ("cargo", "run", "--quiet", "--locked", "--example", "tour", "--")),
    ],
)
def test_the_tour_prints_what_the_readme_says(client: str, command: Sequence[str], demo: Served) -> None:
    printed = run(client, *command, demo.grpc)
    readme = (CLIENTS / client / "README.md").read_text(encoding="utf-8")
    told = re.search(r"` prints:\n\n```(?:text)?\n(.*?)```", readme, re.DOTALL)
    assert told is not None
    # Which provider of the stream answers first is up to them.
    assert sorted(printed.splitlines()) == sorted(told[1].splitlines())


def test_the_go_code_passes_its_own_tests() -> None:
    run("go", "go", "vet", "./...")
    passed = re.findall(r"^--- PASS: (\w+)", run("go", "go", "test", "-v", "./..."), re.MULTILINE)
    assert len(passed) > 15
    assert run("go", "gofmt", "-l", ".") == ""


def test_the_rust_code_is_formatted_and_linted() -> None:
    run("rust", "cargo", "fmt", "--all", "--check")
    run("rust", "cargo", "clippy", "--quiet", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings")


def test_the_rust_code_passes_its_own_tests() -> None:
    passed = re.findall(r"test result: ok\. (\d+) passed", run("rust", "cargo", "test", "--locked", "--workspace"))
    assert sum(map(int, passed)) > 15


@pytest.mark.parametrize("lock", ["go/go.sum", "go/gen/go.sum", "rust/Cargo.lock"])
def test_a_lock_names_public_registries_only(lock: str) -> None:
    urls = re.findall(r"[a-z]+\+?[a-z]*://[^\s\"]+", (CLIENTS / lock).read_text(encoding="utf-8"))
    assert set(urls) <= {"registry+https://github.com/rust-lang/crates.io-index"}


@pytest.mark.parametrize("names", ["go/reasons.go", "rust/src/reason.rs"])
def test_the_names_of_reasons_are_those_of_the_server(names: str) -> None:
    told = re.findall(r'= "([A-Z_]+)"', (CLIENTS / names).read_text(encoding="utf-8"))
    assert sorted(told) == sorted({meaning.reason for meaning in _TABLE.values()} | {"INTERNAL"})


def test_the_go_client_tells_the_version_of_the_others() -> None:
    go = re.search(r'^const Version = "(.+)"$', (CLIENTS / "go/client.go").read_text(encoding="utf-8"), re.MULTILINE)
    rust = re.search(r'^version = "(.+)"$', (CLIENTS / "rust/Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert go is not None
    assert rust is not None
    assert go[1] == rust[1]
