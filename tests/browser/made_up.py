"""Providers whose answers a test makes up: late, hostile, in pages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Blocked, Domain, KindSpec, Manifest, NotFound, Page, Provider

PICTURES = "https://pictures.example"


def book(number: int, title: str, **fields: Any) -> Item:
    """A book with a picture, a source and a rating."""
    return Item(
        kind=Item.BOOK,
        source_id=str(number),
        title=title,
        images=[Image(role=Image.PRIMARY, url=f"{PICTURES}/{number}.png")],
        links=[Link(role=Link.SOURCE, url=f"https://books.example/{number}")],
        rating=Rating(value=4.5, scale=5, votes=1234),
        **fields,
    )


class MadeUp(Provider):
    """Books that are found by any words, page by page, once ``gate`` is open."""

    def __init__(self, name: str, pages: Sequence[Sequence[Item]], *, gate: asyncio.Event | None = None) -> None:
        self.manifest = Manifest(  # type: ignore[misc] # each of these has its own
            id=name,
            title=name.title(),
            domains=(Domain.BOOKS,),
            homepage="https://books.example",
            base_url="https://books.example",
            hosts=frozenset({"books.example"}),
            attribution=Attribution("Data from nobody", "https://books.example"),
            kinds=(KindSpec(Item.BOOK, search=True, default=True, detail=True, pages=len(pages) > 1),),
        )
        self._pages = pages
        self._gate = gate
        self._by_id: Mapping[str, Item] = {item.source_id: item for page in pages for item in page}
        self.asked: list[str] = []
        self.gave_up = asyncio.Event()
        """Set once nobody waits any more for an answer."""

    async def search(self, ask: Any, up: Any) -> Page:
        """The page that is asked for."""
        self.asked.append(ask.text)
        if self._gate is not None:
            try:
                await self._gate.wait()
            except asyncio.CancelledError:
                self.gave_up.set()
                raise
        at = ask.page - 1
        following = str(ask.page + 1) if ask.page < len(self._pages) else ""
        return Page([_copy(item) for item in self._pages[at]], next=following)

    async def detail(self, ask: Any, up: Any) -> Item:
        """One of the books."""
        if ask.id.source_id not in self._by_id:
            raise NotFound("no such book")
        return _copy(self._by_id[ask.id.source_id])


class Blocking(MadeUp):
    """Shows a bot wall to everybody."""

    def __init__(self, name: str) -> None:
        super().__init__(name, [[]])

    async def search(self, ask: Any, up: Any) -> Page:
        """Nothing."""
        raise Blocked("a page that asks for proof of being a person")


def _copy(item: Item) -> Item:
    """The engine completes what it is given."""
    copied = Item()
    copied.CopyFrom(item)
    return copied
