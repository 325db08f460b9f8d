"""Runs the table, prints what failed, and ends with one line: `python: 55 passed, 0 failed`."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from conformance.answers import Case, ask, ask_async, told
from conformance.checks import Json, broken
from tako.errors import TakoError


def main() -> int:
    """Every case in the order of the table, through both clients; 0 when none failed."""
    cases = json.loads(Path(os.environ["TAKO_TEST_CASES"]).read_text(encoding="utf-8"))["cases"]
    failed = 0
    for case in cases:
        wrong = [f"TakoClient: {text}" for text in _wrong(case, ask)]
        apart = _apart(case)
        wrong += [f"AsyncTakoClient: {text}" for text in _wrong(apart, lambda one: asyncio.run(ask_async(one)))]
        if wrong:
            failed += 1
            print(f"failed {case['id']}: {'; '.join(wrong)}")
    print(f"python: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _apart(case: Case) -> Case:
    """The case for the second client: where the server keeps a state for the run, in a run of its own."""
    run = os.environ.get("TAKO_TEST_RUN", "@RUN@")
    apart: Case = json.loads(json.dumps(case).replace(run, f"{run}a"))
    return apart


def _wrong(case: Case, asked: Callable[[Case], Json]) -> list[str]:
    """What is not as the case expects."""
    expected = case["expect"]
    try:
        answer = asked(case)
    except TakoError as error:
        if "error" not in expected:
            return [f"{type(error).__name__} {error.code.name} {error.reason}: {error}"]
        return _wrong_error(error, expected["error"])
    if "error" in expected:
        return [f"answered, where {expected['error']['code']} was expected"]
    return broken(answer, expected.get("response") or expected["events"])


def _wrong_error(error: TakoError, expected: Json) -> list[str]:
    found = {"code": error.code.name, "reason": error.reason, "domain": error.domain, "retryable": error.retryable}
    wrong = [
        f"{name}: {found[name]!r} is not {expected[name]!r}"
        for name in found
        if name in expected and found[name] != expected[name]
    ]
    details = told(error)
    for wanted in expected.get("details", ()):
        left = [broken(body, wanted["checks"]) for kind, body in details if kind == wanted["type"]]
        if [] not in left:
            wrong.append(f"{wanted['type']}: {'; '.join(left[0]) if left else 'is not there'}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
