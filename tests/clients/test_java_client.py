"""The Java client: its own tests and its example."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scripts.build_clients import build
from tests.conftest import require_tool
from tests.e2e.serving import Served

CLIENT = Path(__file__).resolve().parents[2] / "clients/java"

# Half a million generated lines are compiled, on a machine that runs other tests at the same time.
pytestmark = pytest.mark.timeout(600)


def maven(*goals: str) -> str:
    """What Maven printed, which has to end well."""
    done = subprocess.run(
        ["mvn", "-q", "-B", "-ntp", *goals], cwd=CLIENT, capture_output=True, text=True, timeout=540, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    require_tool("javac")
    require_tool("mvn")
    build("java")


def test_its_own_tests_pass() -> None:
    maven("surefire:test")
    reports = [ET.parse(path).getroot() for path in (CLIENT / "target/surefire-reports").glob("*.xml")]  # noqa: S314
    assert sum(int(report.get("tests", 0)) for report in reports) > 25
    assert not any(int(report.get(what, 1)) for report in reports for what in ("errors", "failures", "skipped"))


def test_the_example_prints_what_the_readme_says(demo: Served) -> None:
    told = re.search(r"It prints:\n\n```\n(.*?)```", (CLIENT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert told is not None
    printed = maven("exec:java@tour", f"-Dexec.args={demo.grpc}")
    # Which provider of the stream answers first is up to them.
    assert sorted(printed.splitlines()) == sorted(told[1].splitlines())
