"""One page of a list over one or several sources: asked at once, interleaved, cut to size, ready to go on.

A source is one provider with one question. Its upstream pages have upstream's own size; this module cuts and joins
them. Search, Trending, Related and Terms are all lists of this sort.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tako.v1.answers_pb2 import ProviderOutcome
from tako_providers.sdk.errors import InvalidField, NotFound, OutOfTime, TakoError, Unreachable
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
"""Seconds kept back, at most, to answer with what there is before the caller's deadline."""
_RESERVED_SHARE = 0.1
MAX_SOURCES = 120
"""Questions to providers that one call may put."""


_PRECEDENCE = {
    "INVALID_FIELD": 0,
    "ITEM_NOT_FOUND": 2,
    "PROVIDER_NOT_CONFIGURED": 3,
    "PROVIDER_DISABLED": 4,
    "OPERATION_UNSUPPORTED": 5,
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
    scope: str = ""


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

    def take(self, most: int) -> list[bytes]:
        """The next items."""
        taken: list[bytes] = []
        skip = self.start.offset + self.taken
        for _, answer in self.pages:
            taken += answer.parts[skip : skip + most - len(taken)]
            skip = max(skip - len(answer.parts), 0)
        self.taken += len(taken)
        return taken

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

    def is_passing(self) -> bool:
        """Whether it failed in a way that may be over by the next page, before it gave anything."""
        return not self.pages and self.error is not None and _PRECEDENCE.get(meaning(self.error).reason, 1) == 1

    def outcome(self) -> ProviderOutcome:
        """What became of the source."""
        source = self.source
        if not self.pages:
            error = self.error or Unreachable(f"{source.provider.manifest.title} gave no answer")
            outcome = failed_outcome(source.provider, source.domain, error, self.seconds)
            outcome.scope = source.scope
            return outcome
        outcome = answered_outcome(source.provider, source.domain, self.pages[0][1])
        outcome.scope = source.scope
        if self.error is not None:  # a later upstream page failed: what there is, is given, and the reason told
            outcome.reason, outcome.message = meaning(self.error).reason, str(self.error)
        outcome.item_count = self.taken
        if outcome.status == ProviderOutcome.EMPTY and any(answer.parts for _, answer in self.pages):
            outcome.status = ProviderOutcome.OK  # the first upstream page was empty, a later one was not
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


Arrived: TypeAlias = tuple[Source, Sequence[bytes], ProviderOutcome, Answer | None, Position | None]
"""What has come of one source in a stream: items, outcome, the answer behind them, and where it goes on."""
Finish: TypeAlias = Callable[[Sequence[bytes], ProviderOutcome], Awaitable[Sequence[bytes]]]
"""What is done to the items of one source before they go out; their outcome may be added to."""


async def _as_they_are(parts: Sequence[bytes], _outcome: ProviderOutcome) -> Sequence[bytes]:
    return parts


def page_size_of(asked: int) -> int:
    """The page size for what a request says: 0 is the default, too much is the most (AIP-158)."""
    return min(asked or DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)


async def list_page(
    engine: Engine,
    sources: Sequence[Source],
    positions: Mapping[str, Position] | None,
    page_size: int,
    budget: Budget,
    *,
    rounds: int = MAX_ROUNDS,
) -> Listing:
    """One page of ``sources``. ``positions`` comes from a page token, None on the first page.

    At most ``rounds`` upstream pages are asked of each.

    Raises the error of the only source, or of the one whose error says most, when all of them failed.
    """
    progresses = _begin(sources, positions)
    for _ in range(rounds):
        missing = page_size - sum(progress.waiting() for progress in progresses)
        hungry = [p for p in progresses if p.error is None and p.next_cursor() is not None] if missing > 0 else []
        if not hungry:
            break
        if len(hungry) == 1:
            await _pull(engine, hungry[0], budget)  # a task costs as much as the rest of a hit
            continue
        async with asyncio.TaskGroup() as group:
            for progress in hungry:
                group.create_task(_pull(engine, progress, budget))
    parts = _interleave(progresses, page_size)
    answered = [p for p in progresses if p.pages]
    if not answered:
        raise telling_error([p.error for p in progresses if p.error is not None])
    positions = {p.source.key: position for p in answered if (position := p.position())}
    if positions:  # the list goes on: who failed at its beginning has another chance there
        positions |= {p.source.key: p.start for p in progresses if p.is_passing()}
    return Listing(
        parts=parts,
        positions=positions,
        outcomes=[p.outcome() for p in progresses],
        answers=[answer for p in answered for _, answer in p.pages],
    )


def stream_sources(
    engine: Engine,
    sources: Sequence[Source],
    positions: Mapping[str, Position] | None,
    page_size: int,
    budget: Budget,
    finish: Finish = _as_they_are,
) -> AsyncGenerator[Arrived, None]:
    """The next page of each source the moment it is there and finished; at most ``page_size`` items each.

    A wrong question is an error at once, not when the first answer is waited for.
    """
    return _arriving(engine, _begin(sources, positions), page_size, budget, finish)


async def _arriving(
    engine: Engine, progresses: Sequence[_Progress], page_size: int, budget: Budget, finish: Finish
) -> AsyncGenerator[Arrived, None]:
    async def arrival(progress: _Progress) -> Arrived:
        await _pull(engine, progress, budget)
        parts: Sequence[bytes] = progress.take(page_size)
        outcome = progress.outcome()
        parts = await finish(parts, outcome)
        answer = progress.pages[0][1] if progress.pages else None
        return progress.source, parts, outcome, answer, progress.position() if progress.pages else None

    tasks = {asyncio.create_task(arrival(progress)): progress for progress in progresses}
    try:
        pending = set(tasks)
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in sorted(done, key=lambda t: tasks[t].source.key):
                yield task.result()
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
    if len(sources) > MAX_SOURCES:
        raise InvalidField("kinds", f"asks {len(sources)} questions at once; {MAX_SOURCES} are allowed")
    if positions is None:
        return [_Progress(source, Position()) for source in sources]
    by_key = {source.key: source for source in sources}
    known = [_Progress(by_key[key], position) for key, position in positions.items() if key in by_key]
    if not known:
        raise InvalidField("page_token", "names only providers that are no longer there; start again")
    return known


async def _pull(engine: Engine, progress: _Progress, budget: Budget) -> None:
    """Ask for the next upstream page of one source, and keep what came of it."""
    cursor = progress.next_cursor()
    if cursor is None:
        return
    started = time.monotonic()
    source = progress.source
    try:
        timeout = time_to_ask(source.provider, budget)
        answer = await engine.ask(source.provider, source.ask(cursor), timeout, source.demand)
    except NotFound as error:
        if cursor == FIRST:
            progress.error = error
        else:  # some upstreams have no page beyond the last, rather than an empty one
            progress.pages.append((cursor, _nothing_more()))
    except TakoError as error:
        progress.error = error
    else:
        if not progress.pages and progress.start.offset > len(answer.parts):
            progress.start = Position(cursor, len(answer.parts))  # upstream's page has shrunk since
        progress.pages.append((cursor, answer))
    finally:
        progress.seconds += time.monotonic() - started


def time_to_ask(provider: Provider, budget: Budget) -> float:
    """Seconds that the provider may take. Raises OutOfTime when there are none left."""
    left = budget.left()
    if left <= 0:
        raise OutOfTime("no time was left to ask the provider")
    return min(provider.manifest.timeout, left - min(RESERVE, left * _RESERVED_SHARE))


def _nothing_more() -> Answer:
    now = time.time()
    return Answer((), FIRST, None, total_is_estimate=False, ignored=(), partial=False, fetched_at=now, expires_at=now)


def _interleave(progresses: Sequence[_Progress], page_size: int) -> list[bytes]:
    """Items taken from each source in turn, in the order of the sources."""
    parts: list[bytes] = []
    while len(parts) < page_size:
        ready = [p for p in progresses if p.waiting() > 0]
        if not ready:
            break
        at_once = page_size if len(ready) == 1 else 1
        for progress in ready:
            parts += progress.take(min(at_once, page_size - len(parts)))
    return parts
