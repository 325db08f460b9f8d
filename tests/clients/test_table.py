"""The conformance table is well formed and covers what it says, and what runs it judges rightly."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from clients.conformance import languages, matrix, run
from clients.conformance.languages import LANGUAGES, Language
from tako_server.core.error_table import _TABLE
from tests.contract.test_contract import METHODS

FOLDER = Path(matrix.__file__).parent
CASES: list[dict[str, Any]] = json.loads(matrix.CASES.read_text(encoding="utf-8"))["cases"]
CHECKS = {"equals", "present", "count", "contains", "at_least", "ids"}
KINDS = {"unary", "pages", "stream", "cancel", "health"}
SERVERS = {"open", "keyed", "tls", "full", "limited", "web"}
OPTIONS = {"timeout_ms", "api_key", "admin_token", "metadata", "cancel_after_ms"}
OF_OPERATORS = {"STORE_UNAVAILABLE", "JOB_UNKNOWN", "JOB_RUNNING"}
PASSING = {"SHUTTING_DOWN", "REPLAY_MISS"}
"""Reasons of a server that ends, and of replay: no state that a table can ask for again and again."""


def checks(case: dict[str, Any]) -> list[dict[str, Any]]:
    """All checks of a case."""
    expect = case["expect"]
    if "error" in expect:
        return [check for detail in expect["error"].get("details", ()) for check in detail["checks"]]
    return [*expect.get("response", ()), *expect.get("events", ())]


def test_ids_are_unique_and_readable() -> None:
    assert len(set(matrix.case_ids())) == len(CASES)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in matrix.case_ids())


@pytest.mark.parametrize("case", CASES, ids=matrix.case_ids())
def test_a_case_is_what_the_readme_describes(case: dict[str, Any]) -> None:
    assert set(case) == {"id", "title", "kind", "server", "call", "request", "options", "expect"}
    assert case["kind"] in KINDS
    assert case["server"] in SERVERS
    assert set(case["options"]) <= OPTIONS
    assert len(case["expect"]) == 1
    assert set(case["expect"]) <= {"response", "events", "error"}
    assert ("events" in case["expect"]) <= (case["kind"] == "stream")
    assert all(len(check) == 2 and set(check) - {"path"} <= CHECKS for check in checks(case))
    assert f"{case['call']}" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_error_of_the_server_is_asked_for() -> None:
    asked = {case["expect"]["error"].get("reason") for case in CASES if "error" in case["expect"]}
    reasons = {meaning.reason for meaning in _TABLE.values()}
    assert reasons - OF_OPERATORS - PASSING <= asked


def test_the_methods_in_use_exist() -> None:
    known = {f"{method.containing_service.full_name}/{method.name}" for method in METHODS}
    assert {case["call"] for case in CASES} - known == {"grpc.health.v1.Health/Check"}


def said(passed: int, *failed: str) -> str:
    lines = [f"failed {name}: because" for name in failed]
    return "\n".join(["noise", *lines, f"python: {passed} passed, {len(failed)} failed"])


def judged(output: str) -> run.Result:
    return run._judged(LANGUAGES[0], output)


def test_a_language_passes_that_passes_every_case() -> None:
    assert judged(said(len(CASES))).is_good


def test_a_case_that_failed_is_a_failure_by_its_name() -> None:
    result = judged(said(len(CASES) - 1, "pages"))
    assert result.failed == {"pages"}
    assert not result.is_good


@pytest.mark.parametrize(
    "output",
    ["", said(len(CASES) - 1), said(len(CASES) + 1), said(len(CASES), "pages"), said(len(CASES)).replace("p", "q")],
)
def test_a_language_that_leaves_cases_out_fails(output: str) -> None:
    assert judged(output).wrong


@asynccontextmanager
async def no_servers(folder: Path) -> AsyncIterator[dict[str, str]]:
    """For a test that asks nobody."""
    yield {"FOLDER": str(folder)}


async def tested(tmp_path: Path, **language: Any) -> run.Result:
    """What becomes of a language whose test is a line of shell."""
    (tmp_path / "python").mkdir(exist_ok=True)
    made = Language("python", "Python", language.get("tools", ()), (("sh", "-c", language.get("test", "true")),))
    return await run._tested(made, no_servers)


@pytest.fixture(autouse=True)
def _own_clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "CLIENTS", tmp_path)


async def test_a_missing_toolchain_is_told_and_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAKO_CI", raising=False)
    result = await tested(tmp_path, tools=("no-such-program",))
    assert result.skipped == "no-such-program not found"
    assert result.is_good


async def test_in_ci_it_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKO_CI", "1")
    result = await tested(tmp_path, tools=("no-such-program",))
    assert not result.is_good


async def test_a_test_gets_a_table_of_its_own_and_its_output_is_judged(tmp_path: Path) -> None:
    test = (
        f"""grep -q "fails twice $TAKO_TEST_RUN" "$TAKO_TEST_CASES" && echo 'python: {len(CASES)} passed, 0 failed'"""
    )
    assert (await tested(tmp_path, test=test)).is_good


async def test_each_language_asks_servers_of_its_own(tmp_path: Path) -> None:
    note = f"echo $FOLDER >> {tmp_path}/folders; false"
    await tested(tmp_path, test=note)
    await tested(tmp_path, test=note)
    assert len(set((tmp_path / "folders").read_text().splitlines())) == 2


async def test_a_test_that_breaks_is_a_failure(tmp_path: Path) -> None:
    assert (await tested(tmp_path, test="exit 3")).wrong == "`sh -c exit 3` ended with exit code 3"


async def test_a_test_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_PATIENCE", 0.3)
    assert "did not end" in (await tested(tmp_path, test="sleep 600 & wait")).wrong


def test_the_matrix_tells_what_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "clients.md"
    page.write_text(f"before\n{matrix.BEGIN}\nold\n{matrix.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(matrix, "PAGE", page)
    matrix.write_matrix({"Python": set(), "Go": {"pages"}})
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| `pages` | All pages, to the end and in order | yes | no |" in text
    assert f"| all | passed | {len(CASES)} of {len(CASES)} | {len(CASES) - 1} of {len(CASES)} |" in text
