"""One page of a list over one or several sources: asked at once, interleaved, cut to size, ready to go on.

A source is one provider with one question. Its upstream pages have upstream's own size; this module cuts and joins
them. Search, Trending, Related and Terms are all lists of this sort.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tako.v1.answers_pb2 import ProviderOutcome
from tako_providers.sdk.errors import InvalidField, OutOfTime, ProviderError, TakoError, TimedOut
from tako_providers.sdk.manifest import Domain
from tako_providers.sdk.provider import FIRST, Provider
from tako_server.core.envelope import answered_outcome, failed_outcome
from tako_server.core.error_table import meaning
from tako_server.core.page_token import Position
from tako_server.core.ports import ANYTHING, Answer, Ask, Budget, Demand, Engine

DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_ROUNDS = 5
"""Upstream pages asked of one source for one page of an answer."""
RESERVE = 0.2
"""Seconds kept back to answer with what there is before the caller's deadline."""


_PRECEDENCE = {
    "INVALID_FIELD": 0,
    "PROVIDER_NOT_CONFIGURED": 2,
    "PROVIDER_DISABLED": 3,
    "OPERATION_UNSUPPORTED": 4,
}
"""Which error of several is told; those that are not named pass by themselves and come second."""


@dataclass(frozen=True, slots=True)
class Source:
    """One provider with one question; ``ask`` gives the question for a cursor."""

    key: str
    provider: Provider
    domain: Domain
    ask: Callable[[str], Ask]
    ignored: tuple[str, ...] = ()
    demand: Demand = ANYTHING


@dataclass(slots=True)
class _Progress:
    """What has come of one source so far, in this call."""

    source: Source
    start: Position
    pages: list[tuple[str, Answer]] = field(default_factory=list)
    taken: int = 0
    error: TakoError | None = None
    seconds: float = 0.0

    def waiting(self) -> int:
        """Items that came and were not taken yet."""
        return sum(len(answer.parts) for _, answer in self.pages) - self.start.offset - self.taken

    def next_cursor(self) -> str | None:
        """Cursor of the upstream page that follows, None when there is none."""
        if not self.pages:
            return self.start.cursor
        return self.pages[-1][1].next or None

    def take(self) -> bytes:
        """The next item."""
        index = self.start.offset + self.taken
        self.taken += 1
        for _, answer in self.pages:
            if index < len(answer.parts):
                return answer.parts[index]
            index -= len(answer.parts)
        raise IndexError(index)

    def position(self) -> Position | None:
        """Where the next page of the list begins, None when the source is at its end.

        A later upstream page that failed is where it goes on: nothing is lost.
        """
        index = self.start.offset + self.taken
        for cursor, answer in self.pages:
            if index < len(answer.parts):
                return Position(cursor, index)
            index -= len(answer.parts)
        following = self.next_cursor()
        return Position(following) if following and self.pages else None

    def outcome(self) -> ProviderOutcome:
        """What became of the source."""
        if self.error is not None and not self.pages:
            return failed_outcome(self.source.provider, self.source.domain, self.error, self.seconds)
        outcome = answered_outcome(self.source.provider, self.source.domain, self.pages[0][1], self.seconds)
        outcome.item_count = self.taken
        outcome.more = self.position() is not None
        outcome.partial = any(answer.partial for _, answer in self.pages)
        already = set(outcome.ignored_fields)
        outcome.ignored_fields.extend(name for name in self.source.ignored if name not in already)
        return outcome


@dataclass(frozen=True, slots=True)
class Listing:
    """One page: serialized parts, where each source goes on, what became of each, and the answers behind it."""

    parts: Sequence[bytes]
    positions: Mapping[str, Position]
    outcomes: Sequence[ProviderOutcome]
    answers: Sequence[Answer]


def page_size_of(asked: int) -> int:
    """The page size for what a request says: 0 is the default, too much is the most (AIP-158)."""
    return min(asked or DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)


async def list_page(
    engine: Engine,
    sources: Sequence[Source],
    positions: Mapping[str, Position] | None,
    page_size: int,
    budget: Budget,
) -> Listing:
    """One page of ``sources``. ``positions`` comes from a page token, None on the first page.

    Raises the error of the only source, or of the one whose error says most, when all of them failed.
    """
    progresses = _begin(sources, positions)
    for _ in range(MAX_ROUNDS):
        missing = page_size - sum(progress.waiting() for progress in progresses)
        hungry = [p for p in progresses if p.error is None and p.next_cursor() is not None] if missing > 0 else []
        if not hungry:
            break
        async with asyncio.TaskGroup() as group:
            for progress in hungry:
                group.create_task(_pull(engine, progress, budget))
    parts = _interleave(progresses, page_size)
    answered = [p for p in progresses if p.pages]
    if not answered:
        raise telling_error([p.error for p in progresses if p.error is not None])
    return Listing(
        parts=parts,
        positions={p.source.key: position for p in answered if (position := p.position())},
        outcomes=[p.outcome() for p in progresses],
        answers=[answer for p in answered for _, answer in p.pages],
    )


async def stream_sources(
    engine: Engine, sources: Sequence[Source], page_size: int, budget: Budget
) -> AsyncIterator[tuple[Source, list[bytes], ProviderOutcome, Answer | None, Position | None]]:
    """The first page of each source the moment it answers; at most ``page_size`` items each."""
    progresses = _begin(sources, None)
    tasks = {asyncio.create_task(_pull(engine, progress, budget)): progress for progress in progresses}
    try:
        pending = set(tasks)
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in sorted(done, key=lambda t: tasks[t].source.key):
                task.result()
                progress = tasks[task]
                parts = [progress.take() for _ in range(min(page_size, max(progress.waiting(), 0)))]
                answer = progress.pages[0][1] if progress.pages else None
                position = progress.position() if progress.pages else None
                yield progress.source, parts, progress.outcome(), answer, position
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def telling_error(errors: Sequence[TakoError]) -> TakoError:
    """The error that tells a caller most, of several: a bad field first, what a person must mend here last."""
    return min(
        errors, key=lambda error: _PRECEDENCE.get(meaning(error).reason, 1), default=OutOfTime("no time was left")
    )


def _begin(sources: Sequence[Source], positions: Mapping[str, Position] | None) -> list[_Progress]:
    if positions is None:
        return [_Progress(source, Position()) for source in sources]
    by_key = {source.key: source for source in sources}
    if not set(positions) <= set(by_key):
        raise InvalidField("page_token", "names a provider that is no longer there; start again")
    return [_Progress(by_key[key], position) for key, position in positions.items()]


async def _pull(engine: Engine, progress: _Progress, budget: Budget) -> None:
    """Ask for the next upstream page of one source, and keep what came of it."""
    cursor = progress.next_cursor()
    if cursor is None:
        return
    started = time.monotonic()
    timeout = min(progress.source.provider.manifest.timeout, budget.left() - RESERVE)
    try:
        if timeout <= 0:
            raise TimedOut("there was no time left to ask it", provider=progress.source.provider.manifest.id)
        source = progress.source
        answer = await engine.ask(source.provider, source.ask(cursor), timeout, source.demand)
    except (ProviderError, InvalidField) as error:
        progress.error = error
    else:
        progress.pages.append((cursor or FIRST, answer))
    finally:
        progress.seconds += time.monotonic() - started


def _interleave(progresses: Sequence[_Progress], page_size: int) -> list[bytes]:
    """Items taken from each source in turn, in the order of the sources."""
    parts: list[bytes] = []
    while len(parts) < page_size:
        ready = [p for p in progresses if p.waiting() > 0]
        if not ready:
            break
        parts.extend(progress.take() for progress in ready[: page_size - len(parts)])
    return parts
