"""A made-up provider for what captures can't give: a call that hangs, failures that are counted, an answer of 6 MB."""

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
from tako_providers.sdk.errors import OutOfTime, Suspended, TakoError, TimedOut

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
        failure = _failure(first, second, self._asked[ask.text])
        if failure is not None:
            raise failure
        match first, second:
            case "always", "hangs":
                await self._hang(run)
            # A caller that leaves at once may be gone before anything was asked for it: then there is nothing to end.
            case "was", "cancelled" if self._asked[f"always hangs {run}"]:
                async with asyncio.timeout(_PATIENCE):
                    await self._cancelled[run].wait()
            case "times", "asked":
                return Page([_book(f"asked-{self._asked[f'fails long {run}']}")], total=1)
            case "large", _:
                return Page([_book(f"large-{n}", "x" * LARGE_TEXT) for n in range(1, LARGE_ITEMS + 1)])
        return Page([_book(f"{first}-{second}")], total=1)

    async def _hang(self, run: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self._cancelled[run].set()


def _failure(first: str, second: str, times: int) -> TakoError | None:
    """What a query fails with that was asked so many times, this one included."""
    match first, second:
        case "provider", "suspended":
            return Suspended("Conformance is left alone for a while", retry_after=7)
        case "provider", "slow":
            return TimedOut("Conformance did not answer in time")
        case "time", "over":
            return OutOfTime("the deadline passed before there was an answer")
        case "fails", "twice" if times <= 2:
            return Unreachable("Conformance fails twice", retry_after=1)
        case "fails", "long":
            return Unreachable("Conformance is away for a while", retry_after=30)
        case "limited", "once" if times == 1:
            return RateLimited("Conformance asks for fewer requests", retry_after=3)
    return None


def _book(source_id: str, description: str = "") -> Item:
    return Item(kind=Item.BOOK, source_id=source_id, title=source_id, description=description)
