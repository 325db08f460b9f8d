"""Pages of TMDB's lists, without what may not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any

from tako.v1.choices_pb2 import AdultFilter
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.tmdb import lists
from tako_providers.media.tmdb.addresses import Asking
from tako_providers.sdk import Json, Page, ShapeChanged

_LAST_PAGE = 500
"""Upstream refuses pages beyond, whatever `total_pages` says."""


def page(
    body: Json,
    ask: Asking,
    kind: sdk.Kind | None,
    texts: lists.Texts,
    ignored: tuple[str, ...],
) -> Page:
    """One page of 20, of which some may be left out."""
    found = lists.entries(body)
    items = _allowed(lists.mapped(found, texts, kind), ask.adult)
    pages, total = body.get("total_pages"), body.get("total_results")
    if not isinstance(pages, int) or not isinstance(total, int):
        raise ShapeChanged("TMDB: total_pages and total_results were expected")
    more = bool(found) and ask.page < min(pages, _LAST_PAGE)
    return Page(
        items,
        next=str(ask.page + 1) if more else sdk.FIRST,
        total=total,
        total_is_estimate=len(items) < len(found),
        ignored=ignored,
    )


def interleaved(pages: Sequence[Page]) -> Page:
    """Films and series in turn."""
    items = chain.from_iterable(zip_longest(*(one.items for one in pages)))
    return Page(
        sdk.present(items),
        next=max((one.next for one in pages), key=len),
        total=sum(one.total or 0 for one in pages),
        total_is_estimate=any(one.total_is_estimate for one in pages),
        ignored=tuple(sorted(set.intersection(*(set(one.ignored) for one in pages)))),
    )


def whole(items: list[Item], ask: sdk.Related[Any]) -> Page:
    """A list that upstream gives in one piece."""
    return Page(_allowed(items, ask.adult), ignored=not_alone(ask))


def _allowed(items: list[Item], adult: sdk.AdultType) -> list[Item]:
    """Upstream's `include_adult=false` lets some through, and most lists have no such parameter."""
    if adult in (AdultFilter.TYPE_UNSPECIFIED, AdultFilter.EXCLUDE):
        return [item for item in items if not item.adult]
    return items


def not_alone(ask: Asking) -> tuple[str, ...]:
    """What is ignored when only items for adults are wanted: upstream can't give them alone."""
    return ("adult",) if ask.adult == AdultFilter.ONLY else ()
