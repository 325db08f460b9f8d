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
from tako_providers.media.tmdb.filters import Asked
from tako_providers.sdk import InvalidField, Json, Page, ShapeChanged

_LAST_PAGE = 500
"""Upstream refuses pages beyond, whatever `total_pages` says."""
REFUSED = (400, 422)
"""Statuses that say that the question is wrong; for ``allow`` of a search."""
_BAD_PAGE = 22
_BAD_QUESTION = (5, 18, 20, 23, 47)
"""TMDB's own codes in such an answer (https://developer.themoviedb.org/docs/errors)."""


def page(
    body: Json,
    ask: Asking,
    kind: sdk.Kind | None,
    texts: lists.Texts,
    asked: Asked,
) -> Page:
    """One page of 20, of which some may be left out. Raises InvalidField when upstream refuses the question."""
    _check_taken(body)
    found = lists.entries(body)
    items = _allowed(lists.mapped(found, texts, kind, asked.fits), ask.adult)
    pages, total = body.get("total_pages"), body.get("total_results")
    if not isinstance(pages, int) or not isinstance(total, int):
        raise ShapeChanged("TMDB: total_pages and total_results were expected")
    more = bool(found) and ask.page < min(pages, _LAST_PAGE)
    return Page(
        items,
        next=str(ask.page + 1) if more else sdk.FIRST,
        total=total,
        total_is_estimate=len(items) < len(found) or (total > 0 and asked.fits is not None),
        ignored=asked.ignored,
    )


def interleaved(pages: Sequence[Page]) -> Page:
    """Films and series in turn."""
    items = chain.from_iterable(zip_longest(*(one.items for one in pages)))
    return Page(
        sdk.present(items),
        next=max((one.next for one in pages), key=len),
        total=sum(one.total or 0 for one in pages),
        total_is_estimate=any(one.total_is_estimate for one in pages),
        ignored=tuple(sorted({name for one in pages for name in one.ignored})),
    )


def whole(items: list[Item], ask: sdk.Related[Any]) -> Page:
    """A list that upstream gives in one piece."""
    return Page(_allowed(items, ask.adult))


def _allowed(items: list[Item], adult: sdk.AdultType) -> list[Item]:
    """Upstream's `include_adult=false` lets some through, most lists do not have it, and none gives them alone."""
    if adult in (AdultFilter.TYPE_UNSPECIFIED, AdultFilter.EXCLUDE):
        return [item for item in items if not item.adult]
    return [item for item in items if item.adult] if adult == AdultFilter.ONLY else items


def _check_taken(body: Json) -> None:
    if isinstance(body, dict) and body.get("status_code") == _BAD_PAGE:
        raise InvalidField("page_token", f"lies behind the last page that TMDB gives, {_LAST_PAGE}")
    if isinstance(body, dict) and (isinstance(body.get("errors"), list) or body.get("status_code") in _BAD_QUESTION):
        raise InvalidField("query", "with these filters is no search that TMDB takes")
