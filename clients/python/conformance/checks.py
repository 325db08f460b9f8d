"""Checks of the conformance table, as clients/conformance/README.md describes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = Any
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+|\*)\]")
_NOTHING = object()


def broken(found: Json, checks: Iterable[Mapping[str, Json]]) -> list[str]:
    """What does not hold, one line each."""
    return [text for check in checks if (text := _broken(found, check))]


def _broken(answer: Json, check: Mapping[str, Json]) -> str:
    path = check["path"]
    test, wanted = next((name, value) for name, value in check.items() if name != "path")
    found = reached(answer, path)
    if test == "present":
        return "" if (found is not _NOTHING) == wanted else f"{path or 'the answer'}: present is not {wanted}"
    if found is not _NOTHING and _holds(test, found, wanted):
        return ""
    shown = "nothing" if found is _NOTHING else repr(found)[:200]
    return f"{path or 'the answer'}: {test} {wanted!r}, found {shown}"


def _holds(test: str, found: Json, wanted: Json) -> bool:
    match test:
        case "equals":
            return bool(found == wanted) and isinstance(found, bool) == isinstance(wanted, bool)
        case "count":
            return isinstance(found, list) and len(found) == wanted
        case "contains":
            return isinstance(found, list | str) and wanted in found
        case "at_least":
            return bool((len(found) if isinstance(found, list) else float(found)) >= wanted)
        case "ids":
            return isinstance(found, list) and [one.get("id") for one in found] == wanted
    raise ValueError(f"no check is called {test}")


def reached(answer: Json, path: str) -> Json:
    """What a path leads to; ``_NOTHING`` where it leads nowhere. With ``[*]`` a list, flat."""
    steps = [name or (index if index == "*" else int(index)) for name, index in _STEP.findall(path)]
    found = [answer]
    for step in steps:
        found = [after for before in found for after in _after(before, step)]
    if "*" in steps:
        return found
    return found[0] if found else _NOTHING


def _after(before: Json, step: str | int) -> Sequence[Json]:
    """What one step leads to, from one place."""
    match before:
        case list() if step == "*":
            return before
        case list() if isinstance(step, int):
            return before[step : step + 1]
        case dict() if step in before:
            return [before[step]]
    return []
