"""The workflows of GitHub and Dependabot's settings, against their schemas and our own rules."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import require_tool

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yaml"
DEPENDABOT = ROOT / ".github" / "dependabot.yml"
JOBS: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text())["jobs"]


@pytest.mark.parametrize(("schema", "path"), [("vendor.github-workflows", WORKFLOW), ("vendor.dependabot", DEPENDABOT)])
def test_github_takes_it(schema: str, path: Path) -> None:
    done = subprocess.run(
        [require_tool("check-jsonschema"), "--builtin-schema", schema, str(path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_actions_are_named_by_commit_and_version() -> None:
    used = re.findall(r"uses: (.+)$", WORKFLOW.read_text(), re.MULTILINE)
    assert used
    for each in used:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v?\d+\.\d+\.\d+", each), each
    versions: dict[str, set[str]] = {}
    for each in used:
        versions.setdefault(each.partition("@")[0], set()).add(each)
    assert all(len(found) == 1 for found in versions.values()), versions


def test_every_job_has_an_end_and_the_least_rights() -> None:
    assert yaml.safe_load(WORKFLOW.read_text())["permissions"] == {}
    for name, job in JOBS.items():
        assert job["timeout-minutes"] <= 60, name
        more = {"packages": "write"} if name == "push" else {}
        assert job["permissions"] == {"contents": "read", **more}, name
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert [step["with"]["persist-credentials"] for step in checkouts] == [False], name


def test_only_a_tag_is_pushed_and_only_after_all_else() -> None:
    assert {name: job.get("needs") for name, job in JOBS.items()} == {
        "lint": None,
        "test": "lint",
        "build": "test",
        "push": "build",
    }
    assert [name for name, job in JOBS.items() if "packages" in job["permissions"]] == ["push"]
    assert JOBS["push"]["if"] == "startsWith(github.ref, 'refs/tags/v')"
    pushing = [step["with"] for step in JOBS["push"]["steps"] if step.get("with", {}).get("push")]
    assert [(step["provenance"], step["sbom"]) for step in pushing] == [("mode=max", True)]


def test_nothing_that_a_stranger_writes_is_run() -> None:
    """Titles, branches and messages are other people's words: in `run` they would be commands."""
    for name, job in JOBS.items():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), name


def test_what_is_locked_is_kept_up_to_date() -> None:
    updates = yaml.safe_load(DEPENDABOT.read_text())["updates"]
    places = {
        (each["package-ecosystem"], place)
        for each in updates
        for place in each.get("directories", [each.get("directory")])
    }
    files = {
        "uv": "uv.lock", "pip": "pyproject.toml", "npm": "package.json", "gomod": "go.mod", "cargo": "Cargo.toml",
        "maven": "pom.xml",
    }  # fmt: skip
    for ecosystem, place in places:
        if ecosystem in files:
            assert (ROOT / place.lstrip("/") / files[ecosystem]).is_file(), json.dumps([ecosystem, place])
    assert {ecosystem for ecosystem, _ in places} == {*files, "docker", "docker-compose", "github-actions"}
