"""Brickset's methods: how they are called, and what their answers and errors look like."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tako.v1.construction_toys_service_pb2 import ConstructionToysSearchRequest, ConstructionToysTrendingRequest
from tako_providers.sdk import (
    Json,
    NotConfigured,
    NotFound,
    RateLimited,
    Refused,
    ShapeChanged,
    Upstream,
    count_in,
    one_line,
    text_in,
)

_LONGEST = 100
"""Years that are listed one by one without asking which there are."""
_NUMBER = re.compile(r"[\w.-]+", re.ASCII)
_VARIANT = re.compile(r".+-\d+")


async def one_set(asked: Mapping[str, Any], up: Upstream) -> Json:
    """The one set that is asked for."""
    found = rows_of(await called("getSets", {"params": as_json(asked)}, up), "sets")
    if not found:
        raise NotFound("Brickset has no set with this number")
    return found[0]


async def called(method: str, form: Mapping[str, str | int], up: Upstream) -> Json:
    """The answer of a method. Errors are told in the body, with the status of success."""
    found = await up.json(f"/{method}", method="POST", form=form)
    if isinstance(found, dict) and found.get("status") == "success":
        return found
    if not isinstance(found, dict) or found.get("status") != "error":
        raise ShapeChanged(f"Brickset gave something else where an answer of {method} was expected")
    message = one_line(text_in(found, "message"))[:200]
    said = message.casefold()
    if "api key" in said:
        raise NotConfigured("Brickset refuses the key that is set", variables=("BRICKSET_API_KEY",))
    if "limit" in said:
        raise RateLimited("Brickset has answered as often today as the key allows")
    raise Refused(f"Brickset refused the request: {message or 'it does not say why'}")


def year_in(row: Json) -> str:
    """The year of a row of getYears: a text there, and a number in a set."""
    return str(row.get("year") or "") if isinstance(row, dict) else ""


def rows_of(found: Json, name: str) -> list[Json]:
    """The list ``name`` of an answer. Where nothing matches it may be left out."""
    rows = found.get(name)
    if rows is None and count_in(found, "matches") == 0:
        return []
    if not isinstance(rows, list):
        raise ShapeChanged(f"Brickset gave something else where {name} were expected")
    return rows


async def years(wanted: ConstructionToysSearchRequest | ConstructionToysTrendingRequest, up: Upstream) -> str | None:
    """The years that are wanted, as Brickset takes them: one by one. None where it has no set of any of them."""
    if not wanted.HasField("year_from") and not wanted.HasField("year_to"):
        return ""
    first = wanted.year_from if wanted.HasField("year_from") else 0
    last = wanted.year_to if wanted.HasField("year_to") else 9999
    if last - first < _LONGEST:
        return ",".join(map(str, range(first, last + 1)))

    async def load() -> list[int]:
        rows = rows_of(await called("getYears", {}, up), "years")
        return sorted(int(year) for row in rows if (year := year_in(row)).isdecimal())

    known = await up.kept("years", load, seconds=86400)
    return ",".join(str(year) for year in known if first <= year <= last) or None


def as_json(asked: Mapping[str, Any]) -> str:
    """Parameters of getSets: one text of JSON. What is not asked is not in it."""
    return json.dumps({name: value for name, value in asked.items() if value not in (None, "")}, ensure_ascii=False)


def number_of(source_id: str) -> str:
    """The number with its variant that an id stands for."""
    if not is_number(source_id):
        raise NotFound("Brickset has no set with this number")
    return with_variant(source_id)


def is_number(code: str) -> bool:
    """Whether this can be the number of a set."""
    return _NUMBER.fullmatch(code) is not None


def with_variant(number: str) -> str:
    """The number with its variant: the first where none is named."""
    return number if _VARIANT.fullmatch(number) else f"{number}-1"
