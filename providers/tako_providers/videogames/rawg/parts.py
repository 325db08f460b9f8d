"""What RAWG's mappers share: the provider's id, addresses of its site, ids of companies."""

from __future__ import annotations

from collections.abc import Sequence

from tako_providers.sdk import Json, text_in

PROVIDER = "rawg"


def page_address(section: str, slug: str) -> str:
    """RAWG's page of a thing, which its terms ask to link to; "" without a slug."""
    return f"https://rawg.io/{section}/{slug}" if slug else ""


def organization_id(word: str, company: Json) -> str:
    """The source-id of a company. Developers and publishers are numbered apart, so RAWG's word opens it."""
    number = company.get("id")
    return f"{word}/{number}" if type(number) is int else ""


def readable(entries: Sequence[Json]) -> Sequence[Json]:
    """The entries that have an id and a name; where none has, all of them, for the mapper to complain."""
    return [entry for entry in entries if is_named(entry)] or entries


def named(entry: Json) -> tuple[str, str] | None:
    """Id and name of a thing, None when it lacks one of them."""
    return (str(entry["id"]), text_in(entry, "name")) if is_named(entry) else None


def is_named(entry: Json) -> bool:
    """Whether a thing has an id and a name."""
    return isinstance(entry, dict) and type(entry.get("id")) is int and text_in(entry, "name") != ""
