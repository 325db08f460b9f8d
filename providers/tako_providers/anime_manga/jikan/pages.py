"""Pages of Jikan's lists, alone and several in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import chain, zip_longest
from typing import TypeVar

from tako.v1.choices_pb2 import AdultFilter
from tako.v1.item_parts_pb2 import Context
from tako.v1.item_pb2 import Item
from tako_providers.anime_manga.jikan import people, works
from tako_providers.anime_manga.jikan.asking import PAGE_SIZE, Listed, Place
from tako_providers.anime_manga.jikan.parts import entries_in
from tako_providers.sdk import AdultType, Json, Kind, Page, ShapeChanged, Upstream, count_in, dict_in, flag_in

T = TypeVar("T")

NAMED: dict[Kind, Callable[[Json], Item]] = {
    Item.CHARACTER: people.character,
    Item.PERSON: people.person,
    Item.ORGANIZATION: people.organization,
}
"""The kinds that are no works."""


async def pages(
    lists: Sequence[Listed], cursor: str, language: str, adult: AdultType, up: Upstream, *, ranked: bool = False
) -> Page:
    """One page of each list, in turn. Of several, one that fails is left out."""
    place = Place.read(cursor, len(lists))
    common = {"page": place.page, "limit": PAGE_SIZE}
    asks = [partial(up.json, lists[number].path, {**lists[number].params, **common}) for number in place.lists]
    bodies = await some(asks, up)
    answered = [(n, lists[n].kind, body) for n, body in zip(place.lists, bodies, strict=True) if body is not None]
    if bodies and not answered:
        raise ShapeChanged("Jikan answered with null where a list was expected")
    parts = [
        _items(kind, body, language, place.page if ranked and len(lists) == 1 else None) for _, kind, body in answered
    ]
    totals = [total(body) for _, _, body in answered]
    alive = [number for number, _, body in answered if following(body, place.page)]
    items = _in_turn(parts)
    kept = allowed(items, adult)
    count = sum(one or 0 for one in totals) if len(totals) == len(lists) and None not in totals else None
    estimate = count is not None and len(kept) < len(items)
    return Page(kept, place.after(alive, len(lists)), count, estimate)


async def some(asks: Sequence[Callable[[], Awaitable[T]]], up: Upstream) -> list[T | None]:
    """Several questions at once. Those that fail are left out while one answers; else the first fails as upstream."""
    if len(asks) == 1:
        return [await asks[0]()]
    found: list[T | None] = list(await asyncio.gather(*(up.optional(ask()) for ask in asks)))
    if asks and all(one is None for one in found):
        found[0] = await asks[0]()
    return found


def _items(kind: Kind, body: Json, language: str, page: int | None) -> list[Item]:
    """The entries of a page, each once; with their places where ``page`` is one of a ranking."""
    seen: dict[object, Item] = {}
    entries = entries_in(body)
    size = count_in(dict_in(dict_in(body, "pagination"), "items"), "per_page") or PAGE_SIZE
    named = NAMED.get(kind)
    for place, entry in enumerate(entries, ((page or 1) - 1) * size + 1):
        if entry.get("mal_id") in seen or not (entry.get("title") or entry.get("titles") or entry.get("name")):
            continue  # once more, or without a name
        item = named(entry) if named else works.work(kind, entry, language)
        if page:
            item.context.CopyFrom(Context(position=place))
        seen[entry["mal_id"]] = item
    if entries and not seen:
        raise ShapeChanged("Jikan gave a list of which no entry has a name")
    return list(seen.values())


def _in_turn(parts: Sequence[list[Item]]) -> list[Item]:
    if len(parts) == 1:
        return parts[0]
    return [item for item in chain.from_iterable(zip_longest(*parts)) if item is not None]


def allowed(items: list[Item], adult: AdultType) -> list[Item]:
    """`sfw` is not taken by every list, and none gives only what it leaves out."""
    if adult == AdultFilter.INCLUDE:
        return items
    return [item for item in items if item.adult == (adult == AdultFilter.ONLY)]


def following(body: Json, page: int) -> str:
    """The next page. `has_next_page` alone is not enough: it may be true on the last page. An empty one is the last."""
    pagination = dict_in(body, "pagination")
    more = flag_in(pagination, "has_next_page") and page < (count_in(pagination, "last_visible_page") or 0)
    return str(page + 1) if more and entries_in(body) else ""


def total(body: Json) -> int | None:
    return count_in(dict_in(dict_in(body, "pagination"), "items"), "total")
