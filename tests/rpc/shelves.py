"""Providers for questions over several domains: each has what a test puts on its shelf, and may take its time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tako.v1.item_parts_pb2 import ExternalId
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Detail, Domain, KindSpec, Manifest, NotFound, Page, Provider
from tako_providers.sdk.enums import Kind

Before = Callable[[Any], Awaitable[object]]
"""Runs before an answer is given; may wait, or raise."""


async def at_once(ask: Any) -> None:
    """Nobody waits."""


async def never(ask: Any) -> None:
    """Until whoever asks gives up."""
    await asyncio.sleep(600)


def thing(kind: Kind, source_id: str, *ids: str, **fields: Any) -> Item:
    """An item with external ids such as ``imdb:tt0133093``; the title is its id where none is given."""
    pairs = [one.split(":", 1) for one in ids]
    external = [ExternalId(scheme=scheme, value=value) for scheme, value in pairs]
    return Item(kind=kind, source_id=source_id, external_ids=external, **{"title": source_id, **fields})


def shelf(
    name: str,
    items: Sequence[Item],
    *,
    domain: Domain = Domain.MEDIA,
    lookups: tuple[str, ...] = (),
    before: Before = at_once,
    page_size: int = 100,
    **facts: Any,
) -> Provider:
    """A provider that finds all its items with any words, and those of a code by their external ids."""
    kinds = dict.fromkeys(item.kind for item in items) or {Item.MOVIE: None}

    class Shelf(Provider):
        manifest = Manifest(
            id=name,
            title=name.title(),
            domains=(domain,),
            homepage="https://example.org",
            base_url="https://example.org",
            hosts=frozenset({"example.org"}),
            attribution=Attribution("Data from nobody", "https://example.org"),
            kinds=tuple(KindSpec(kind, search=True, default=True, detail=True) for kind in kinds),
            lookups=lookups,
            **facts,
        )

        async def search(self, ask: Any, up: Any) -> Page:
            await before(ask)
            start = int(ask.cursor or 0)
            chosen = [_copy(item) for item in items[start : start + page_size]]
            following = str(start + page_size) if start + page_size < len(items) else ""
            return Page(chosen, next=following, total=len(items))

        async def lookup(self, ask: Any, up: Any) -> Page:
            await before(ask)
            code = ExternalId(scheme=ask.scheme, value=ask.code)
            return Page([_copy(item) for item in items if code in item.external_ids])

        async def detail(self, ask: Detail, up: Any) -> Item:
            await before(ask)
            for item in items:
                if item.source_id == ask.id.source_id:
                    return _copy(item)
            raise NotFound(f"{name} has no such item")

    return Shelf()


def _copy(item: Item) -> Item:
    """The engine fills in what it gets."""
    copy = Item()
    copy.CopyFrom(item)
    return copy
