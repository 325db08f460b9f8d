"""Reading the optional fields of decoded JSON: a value of another type than the wanted one counts as not given.

One odd value must not cost a whole list. What an answer *must* have is for the provider to check: ShapeChanged.
"""

from __future__ import annotations

from tako_providers.sdk.upstream import Json

MAX_COUNT = 2**31 - 1
"""What an int32 of the contract holds."""


def text_in(entry: Json, name: str) -> str:
    """The text ``name`` without outer space, "" for what is none."""
    value = entry.get(name)
    return value.strip() if type(value) is str else ""


def list_in(entry: Json, name: str) -> list[Json]:
    """The list ``name`` as it is, an empty one for what is none."""
    value = entry.get(name)
    return value if isinstance(value, list) else []


def texts_in(entry: Json, name: str) -> list[str]:
    """The texts of the list ``name`` that are not empty."""
    found = entry.get(name)
    if not found or not isinstance(found, list):
        return []
    return [text for value in found if isinstance(value, str) and (text := value.strip())]


def dict_in(entry: Json, name: str) -> dict[str, Json]:
    """The object ``name``, an empty one for what is none."""
    value = entry.get(name)
    return value if isinstance(value, dict) else {}


def dicts_in(entry: Json, name: str) -> list[Json]:
    """The objects of the list ``name``."""
    found = entry.get(name)
    if not found or not isinstance(found, list):
        return []
    return [value for value in found if isinstance(value, dict)]


def number_in(entry: Json, name: str) -> float | None:
    """The number ``name``, 0 too; None for what is none."""
    value = entry.get(name)
    return value if type(value) in (int, float) else None


def count_in(entry: Json, name: str) -> int | None:
    """The whole number ``name``, 0 too; None for what is none or fits no field of the contract."""
    value = entry.get(name)
    return value if type(value) is int and 0 <= value <= MAX_COUNT else None


def flag_in(entry: Json, name: str) -> bool | None:
    """The truth of ``name``; None for what is neither true nor false."""
    value = entry.get(name)
    return value if isinstance(value, bool) else None
