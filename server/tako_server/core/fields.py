"""What a request asks beyond the question itself, read in one way for every domain.

A field that a provider does not honour is not an error: it is named in the provider's outcome (``ignored_fields``).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from google.protobuf.message import Message

from tako_providers.sdk.languages import bcp47, primary
from tako_providers.sdk.manifest import LanguageMode, Manifest
from tako_server.core.ports import Demand

FIRST_FILTER = 30
"""Fields from this number on are the domain's own."""
_COMMON_FILTERS = ("region", "adult", "enrich")
_OF_THE_QUESTION = frozenset(("role",))
"""Common fields that only some operations have, and that providers read like filters."""


def paging(request: Any) -> dict[str, Any]:
    """The arguments that every paged question of the sdk takes from ``request``."""
    fields = request.DESCRIPTOR.fields_by_name
    return {
        "language": language_of(request),
        "region": region_of(request) if "region" in fields else "",
        "adult": (request.adult if "adult" in fields else 0) or 1,
        "order_by": request.order_by if "order_by" in fields else 0,
        "descending": request.descending if "descending" in fields and request.HasField("descending") else None,
        "enrich": request.enrich if "enrich" in fields else False,
    }


def language_of(request: Any) -> str:
    """The language wanted, as BCP-47 writes it: `fr_fr` is `fr-FR`. What is no language stays as it is."""
    return bcp47(request.language) or str(request.language)


def region_of(request: Any) -> str:
    """The region wanted, in capitals; `uk` counts as `gb`."""
    region = str(request.region).upper()
    return "GB" if region == "UK" else region


def filters_of(request: Message) -> Message:
    """What is the domain's own in ``request``. Nothing else of it reaches a provider: not its paging, not its age."""
    filters = type(request)()
    for descriptor, value in request.ListFields():
        if descriptor.number < FIRST_FILTER and descriptor.name not in _OF_THE_QUESTION:
            continue
        if descriptor.is_repeated:
            getattr(filters, descriptor.name).extend(value)
        else:
            setattr(filters, descriptor.name, value)
    return filters


def demand_of(request: Any) -> Demand:
    """How old an answer ``request`` takes."""
    return Demand(request.max_age.ToSeconds() if request.HasField("max_age") else None, request.refresh)


def ignored_fields(
    request: Message, manifest: Manifest, honoured: Collection[str], orders: Collection[int] | None = None
) -> tuple[str, ...]:
    """The fields that are set in ``request`` and that this provider does not honour.

    ``orders`` are the values of ``order_by`` that it honours, None where the operation has no such field.
    """
    return tuple(
        descriptor.name
        for descriptor, value in request.ListFields()
        if _is_ignored(descriptor.name, descriptor.number, value, manifest, honoured, orders)
    )


def _is_ignored(
    name: str, number: int, value: Any, manifest: Manifest, honoured: Collection[str], orders: Collection[int] | None
) -> bool:
    if number >= FIRST_FILTER or name in _COMMON_FILTERS:
        return name not in honoured
    match name:
        case "order_by":
            return orders is not None and value not in orders
        case "descending":
            return orders is not None and not orders
        case "language":
            return not _speaks(manifest, value)
    return False


def _speaks(manifest: Manifest, language: str) -> bool:
    if manifest.language_mode is not LanguageMode.NONE:
        return True
    return primary(language) in {primary(tag) for tag in manifest.languages}
