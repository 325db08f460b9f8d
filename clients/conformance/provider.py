"""A made-up provider for what captures can't give: a call that hangs, one that fails once, an answer of many MiB."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict

from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Attribution,
    Domain,
    KindSpec,
    Manifest,
    Page,
    Provider,
    RateLimited,
    Search,
    Unreachable,
    Upstream,
)
from tako_providers.sdk.errors import OutOfTime, Suspended, TimedOut

LARGE_ITEMS = 100
LARGE_TEXT = 60_000
"""Characters of each description: the answer has 6 MB, while gRPC libraries take 4 MiB unless they are told."""
_PATIENCE = 5.0
"""Seconds to wait for the news that a call was cancelled."""


class Conformance(Provider):
    """Books whose query says what happens in its first two words. What follows parts one run from the next."""

    manifest = Manifest(
        id="conformance",
        title="Conformance",
        domains=(Domain.BOOKS,),
        homepage="https://example.org",
        base_url="https://example.org",
        hosts=frozenset({"example.org"}),
        attribution=Attribution("Made up for the conformance table", "https://example.org"),
        kinds=(KindSpec(Item.BOOK, search=True, default=True),),
        timeout=30.0,
    )

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()
        self._cancelled: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def search(self, ask: Search[BooksSearchRequest], up: Upstream) -> Page:
        """What the query says."""
        first, second, *rest = [*ask.text.split(), "", ""]
        run = " ".join(rest).strip()
        self._asked[ask.text] += 1
        match first, second:
            case "provider", "suspended":
                raise Suspended("Conformance is left alone for a while", retry_after=7)
            case "provider", "slow":
                raise TimedOut("Conformance did not answer in time")
            case "time", "over":
                raise OutOfTime("the deadline passed before there was an answer")
            case "always", "hangs":
                await self._hang(run)
            # A caller that leaves at once may be gone before anything was asked for it: then there is nothing to end.
            case "was", "cancelled" if self._asked[f"always hangs {run}"]:
                async with asyncio.timeout(_PATIENCE):
                    await self._cancelled[run].wait()
            case "fails", "twice" if self._asked[ask.text] <= 2:
                raise Unreachable("Conformance fails twice", retry_after=1)
            case "limited", "once" if self._asked[ask.text] == 1:
                raise RateLimited("Conformance asks for fewer requests", retry_after=3)
            case "large", _:
                return Page([_book(f"large-{n}", "x" * LARGE_TEXT) for n in range(1, LARGE_ITEMS + 1)])
        return Page([_book(f"{first}-{second}")], total=1)

    async def _hang(self, run: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self._cancelled[run].set()


def _book(source_id: str, description: str = "") -> Item:
    return Item(kind=Item.BOOK, source_id=source_id, title=source_id, description=description)
