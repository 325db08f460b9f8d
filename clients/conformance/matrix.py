"""The table of what each language passes, in docs/clients.md."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

CASES = Path(__file__).resolve().parent / "cases.json"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "clients.md"
BEGIN, END = "<!-- made: clients -->", "<!-- end: clients -->"


@cache
def case_ids() -> tuple[str, ...]:
    """The ids of all cases, in the order of the table."""
    return tuple(case["id"] for case in _cases())


def write_matrix(failed: Mapping[str, Collection[str]]) -> None:
    """Put into the page what each language, by its title, has failed; all else it has passed."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} has no place for the matrix")
    PAGE.write_text(f"{before}{BEGIN}\n{matrix(failed)}{END}{after}", encoding="utf-8")


def matrix(failed: Mapping[str, Collection[str]]) -> str:
    """Cases down, languages across."""
    rows = [("case", "what", *failed), ("---", "---", *("---" for _ in failed))]
    for case in _cases():
        marks = ("no" if case["id"] in wrong else "yes" for wrong in failed.values())
        rows.append((f"`{case['id']}`", case["title"], *marks))
    total = len(case_ids())
    rows.append(("all", "passed", *(f"{total - len(wrong)} of {total}" for wrong in failed.values())))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cases() -> list[dict[str, str]]:
    cases: list[dict[str, str]] = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    return cases
