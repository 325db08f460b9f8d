"""What the cache gives, for how long, and what it never gives. The clock is the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Domain, FeedSpec, KindSpec, Manifest, Provider, Ttl
from tako_providers.sdk.errors import (
    Blocked,
    Disabled,
    NotConfigured,
    NotFound,
    OutOfTime,
    ProviderError,
    RateLimited,
    ShapeChanged,
    Suspended,
    TimedOut,
    Unreachable,
)
from tako_providers.sdk.provider import Search, Trending
from tako_server.cache.behind import WriteBehind
from tako_server.cache.caching import CachingEngine, Kept
from tako_server.cache.keys import cache_key
from tako_server.cache.memory import Memory
from tako_server.cache.none import NoStore
from tako_server.cache.policy import EMPTY_TTL, KEEP_STALE, PARTIAL_TTL
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import Entry, Store
from tako_server.core.ports import ANYTHING, Answer, Ask, CacheState, Demand
from tako_server.engine.reactions import reaction
from tests.cache.support import NOW, until

DUNE: Ask = Search(domain=Domain.BOOKS, text="dune", filters=None)
ANSWER = Answer((b"one", b"two"), "2", 7, False, (), False, fetched_at=0, expires_at=0)
NOTHING = replace(ANSWER, parts=(), next="", total=0)
FRESH = 300
"""Seconds of a search."""
REVALIDATED = FRESH * 10


def provider(**facts: Any) -> Provider:
    """A provider of whom only the manifest counts."""

    class Books(Provider):
        manifest = Manifest(
            id="books",
            title="Books",
            domains=(Domain.BOOKS,),
            homepage="",
            base_url="",
            hosts=frozenset(),
            attribution=Attribution("", ""),
            kinds=(KindSpec(Item.BOOK, search=True),),
            **facts,
        )

    return Books()


BOOKS = provider()


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        """Unix seconds."""
        return self.now


class FakeUpstream:
    """The engine within: gives ``result``, or raises it, once ``gate`` is open."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.result: Answer | Exception = ANSWER
        self.unusable: ProviderError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked = 0
        self.timeouts: list[float] = []
        self.cancelled = 0

    def check_usable(self, provider: Provider) -> None:
        """Raise what the test says."""
        if self.unusable is not None:
            raise self.unusable

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """The answer of now."""
        self.asked += 1
        self.timeouts.append(timeout)
        result = self.result
        try:
            async with asyncio.timeout(timeout):
                await self.gate.wait()
        except TimeoutError:
            raise TimedOut("too slow") from None
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if isinstance(result, Exception):
            raise result
        return replace(result, fetched_at=self._clock(), expires_at=self._clock())


class SlowStore(NoStore):
    """A store in which there is nothing, and which takes its time to say so."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.reads = 0

    async def get(self, key: str) -> Entry | None:
        """Nothing, after a while."""
        self.reads += 1
        await self.gate.wait()
        return None


class World:
    """A cache with all that is around it."""

    def __init__(self, store: Store | None = None) -> None:
        self.clock = Clock()
        self.upstream = FakeUpstream(self.clock)
        self.store = store or NoStore()
        self.writer = WriteBehind(self.store, clock=self.clock, linger=0)
        self.seen: list[str] = []
        self.cache = self.another()

    def another(self) -> CachingEngine:
        """A cache of another process on the same store."""
        return CachingEngine(
            self.upstream,
            Memory[Kept](1_000_000),
            self.store,
            self.writer,
            may_serve_stale=lambda error: reaction(error).stale,
            observe=self.seen.append,
            clock=self.clock,
        )

    async def ask(
        self, ask: Ask = DUNE, *, of: Provider = BOOKS, timeout: float = 20, demand: Demand = ANYTHING
    ) -> Answer:
        """One question."""
        return await self.cache.ask(of, ask, timeout, demand)

    async def landed(self) -> None:
        """Wait until no flight is in the air."""
        await until(lambda: len(self.cache._flights) == 0)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A cache without a store."""
    world = World()
    yield world
    await world.cache.close()


async def test_what_was_asked_is_known_until_it_expires(world: World) -> None:
    first = await world.ask()
    assert (first.state, first.expires_at) == (CacheState.MISS, NOW + FRESH)
    world.clock.now += FRESH - 1
    again = await world.ask()
    assert again == replace(first, state=CacheState.HIT)
    assert world.upstream.asked == 1
    assert world.seen == ["miss", "hit"]


async def test_expired_is_given_at_once_and_refreshed_behind_once(world: World) -> None:
    await world.ask()
    world.clock.now += FRESH
    world.upstream.gate.clear()
    world.upstream.result = replace(ANSWER, parts=(b"new",))
    for _ in range(3):
        stale = await world.ask(timeout=0.05)
        assert (stale.state, stale.parts, stale.failure) == (CacheState.STALE, ANSWER.parts, None)
    await asyncio.sleep(0)
    assert world.upstream.asked == 2
    world.upstream.gate.set()
    await world.landed()
    fresh = await world.ask()
    assert (fresh.state, fresh.parts, fresh.fetched_at) == (CacheState.HIT, (b"new",), world.clock.now)


async def test_a_refresh_behind_that_fails_leaves_what_there_is(world: World) -> None:
    await world.ask()
    world.clock.now += FRESH
    world.upstream.result = Unreachable("gone")
    assert (await world.ask()).state is CacheState.STALE
    await world.landed()
    assert (await world.ask()).parts == ANSWER.parts


async def test_beyond_revalidation_upstream_is_waited_for(world: World) -> None:
    await world.ask()
    world.clock.now += FRESH + REVALIDATED
    world.upstream.result = replace(ANSWER, parts=(b"new",))
    assert (await world.ask()).parts == (b"new",)
    assert world.seen == ["miss", "miss"]


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("refused"),
        RateLimited("slow down", retry_after=9),
        TimedOut("silent"),
        Blocked("a wall"),
        Suspended("left alone"),
        ShapeChanged("changed"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_older_answer_is_better_than_trouble(world: World, error: ProviderError) -> None:
    await world.ask()
    world.clock.now += FRESH + KEEP_STALE - 1
    world.upstream.result = error
    stale = await world.ask()
    assert (stale.state, stale.parts, stale.failure) == (CacheState.STALE, ANSWER.parts, error)
    world.clock.now += 1
    with pytest.raises(type(error)):
        await world.ask()


async def test_terms_of_an_upstream_bound_how_old_it_may_be(world: World) -> None:
    strict = provider(max_stale=600)
    await world.ask(of=strict)
    world.upstream.result = Unreachable("gone")
    world.clock.now += FRESH + 599
    assert (await world.ask(of=strict)).state is CacheState.STALE
    await world.landed()
    world.clock.now += 1
    with pytest.raises(Unreachable):
        await world.ask(of=strict)


@pytest.mark.parametrize(
    "error", [NotFound("no such thing"), NotConfigured("no key")], ids=lambda error: type(error).__name__
)
async def test_the_truth_is_never_hidden_by_an_older_answer(world: World, error: ProviderError) -> None:
    await world.ask()
    world.clock.now += FRESH + REVALIDATED
    world.upstream.result = error
    with pytest.raises(type(error)):
        await world.ask()


async def test_what_is_gone_upstream_is_forgotten(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "tako.db")
    await store.open()
    world = World(store)
    await world.ask()
    await world.writer.flush()
    world.clock.now += FRESH
    world.upstream.result = NotFound("no such thing")
    assert (await world.ask()).state is CacheState.STALE  # given at once; upstream is asked behind it
    await world.landed()
    with pytest.raises(NotFound):
        await world.ask()
    assert await store.get(cache_key("books", DUNE)) is None
    await world.cache.close()
    await store.close()


@pytest.mark.parametrize("error", [Disabled("off"), NotConfigured("no key")], ids=lambda error: type(error).__name__)
async def test_who_may_not_be_asked_is_not_answered_from_the_cache(world: World, error: ProviderError) -> None:
    await world.ask()
    world.upstream.unusable = error
    with pytest.raises(type(error)):
        await world.ask()


async def test_nothing_and_half_an_answer_are_asked_again_soon(world: World) -> None:
    calm = provider(ttl=Ttl(search=86400))
    for result, seconds in ((NOTHING, EMPTY_TTL), (replace(ANSWER, partial=True), PARTIAL_TTL)):
        await world.writer.purge()
        world.cache = world.another()
        world.upstream.result = result
        before = world.upstream.asked
        assert (await world.ask(of=calm)).expires_at == world.clock.now + seconds
        world.clock.now += seconds - 1
        assert (await world.ask(of=calm)).state is CacheState.HIT
        assert world.upstream.asked == before + 1
        world.clock.now += 1
        assert (await world.ask(of=calm)).state is CacheState.STALE
        await world.landed()


async def test_failures_are_never_kept(world: World) -> None:
    world.upstream.result = Unreachable("gone")
    for _ in range(2):
        with pytest.raises(Unreachable):
            await world.ask()
    assert world.upstream.asked == 2
    assert world.writer.waiting == 0
    world.upstream.result = ANSWER
    assert (await world.ask()).state is CacheState.MISS


async def test_what_is_random_is_neither_kept_nor_shared(world: World) -> None:
    dice = provider(feeds=(FeedSpec(Feed.RANDOM, kinds=(Item.BOOK,), ttl=0),))
    ask: Ask = Trending(
        domain=Domain.BOOKS, feed=Feed.RANDOM, kind=Item.BOOK, period=Period.TYPE_UNSPECIFIED, filters=None
    )
    world.upstream.gate.clear()
    both = [asyncio.create_task(world.ask(ask, of=dice)) for _ in range(2)]
    await until(lambda: world.upstream.asked == 2)
    world.upstream.gate.set()
    assert [answer.state for answer in await asyncio.gather(*both)] == [CacheState.MISS] * 2
    await world.ask(ask, of=dice)
    assert (world.upstream.asked, world.writer.waiting) == (3, 0)


async def test_a_caller_says_how_old_an_answer_may_be(world: World) -> None:
    await world.ask()
    world.clock.now += 100
    assert (await world.ask(demand=Demand(max_age=100))).state is CacheState.HIT
    assert (await world.ask(demand=Demand(max_age=99))).state is CacheState.MISS
    assert (await world.ask(demand=Demand(refresh=True))).state is CacheState.MISS
    assert world.upstream.asked == 3
    world.upstream.result = Unreachable("gone")
    assert (await world.ask(demand=Demand(refresh=True))).state is CacheState.STALE


async def test_a_hasty_caller_gets_what_there_is(world: World) -> None:
    world.upstream.gate.clear()
    with pytest.raises(OutOfTime):
        await world.ask(timeout=0.02)
    await until(lambda: world.upstream.cancelled == 1)
    world.upstream.gate.set()
    await world.ask()
    world.clock.now += FRESH + REVALIDATED
    world.upstream.gate.clear()
    stale = await world.ask(timeout=0.02)
    assert stale.state is CacheState.STALE
    assert isinstance(stale.failure, OutOfTime)


async def test_upstreams_own_time_ends_in_the_flight(world: World) -> None:
    """Whoever counts failures must see that upstream was silent, and not only that nobody waits any more."""
    slow = provider(timeout=0.05)
    world.upstream.gate.clear()
    with pytest.raises(TimedOut, match="too slow"):
        await world.ask(of=slow, timeout=0.05)
    assert world.upstream.cancelled == 0


async def test_what_waits_to_be_written_is_found(world: World) -> None:
    await world.ask()
    assert world.writer.waiting == 1
    world.cache = world.another()
    assert (await world.ask()).state is CacheState.HIT
    assert world.upstream.asked == 1


async def test_a_crowd_reads_the_store_once_also_when_the_reader_goes() -> None:
    store = SlowStore()
    world = World(store)
    reader, *crowd = [asyncio.create_task(world.ask()) for _ in range(20)]
    await until(lambda: store.reads == 1)
    reader.cancel()
    await until(lambda: store.reads == 2)
    store.gate.set()
    answers = await asyncio.gather(*crowd)
    assert {answer.parts for answer in answers} == {ANSWER.parts}
    assert (store.reads, world.upstream.asked) == (2, 1)
    await asyncio.wait([reader])
    await world.cache.close()


async def test_who_reads_the_store_while_others_fetch_does_not_fetch_again() -> None:
    store = SlowStore()
    store.gate.set()
    world = World(store)
    world.upstream.gate.clear()
    first = asyncio.create_task(world.ask())
    await until(lambda: world.upstream.asked == 1)
    store.gate = asyncio.Event()
    slow_reader = asyncio.create_task(world.ask())
    await until(lambda: store.reads == 2)
    world.upstream.gate.set()
    assert (await first).state is CacheState.MISS
    store.gate.set()
    assert (await slow_reader).state is CacheState.HIT
    assert world.upstream.asked == 1
    await world.cache.close()


async def test_a_restart_finds_what_was_kept(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "tako.db")
    await store.open()
    world = World(store)
    first = await world.ask()
    await world.writer.flush()
    await store.close()
    await store.open()
    world.cache = world.another()
    assert await world.ask() == replace(first, state=CacheState.HIT)
    assert world.upstream.asked == 1
    await world.cache.close()
    await store.close()


async def test_another_question_is_another_answer(world: World) -> None:
    change: Callable[..., Any] = replace
    for ask in (DUNE, change(DUNE, text="emma"), change(DUNE, language="fr"), change(DUNE, cursor="2")):
        assert (await world.ask(ask)).state is CacheState.MISS
    assert world.upstream.asked == 4


# --- renewing and purging ---


async def test_a_renewal_takes_the_place_of_what_is_kept(world: World) -> None:
    await world.ask()
    world.clock.now += 10
    world.upstream.result = replace(ANSWER, parts=(b"new",))
    renewed = await world.cache.renew(BOOKS, DUNE)
    assert (renewed.parts, renewed.expires_at) == ((b"new",), NOW + 10 + FRESH)
    assert (await world.ask()).state is CacheState.HIT
    assert (await world.ask()).parts == (b"new",)
    assert world.upstream.asked == 2


@pytest.mark.parametrize(
    "error", [Unreachable("gone"), NotFound("no such thing"), Blocked("a wall")], ids=lambda error: type(error).__name__
)
async def test_a_renewal_that_fails_leaves_what_there_is(tmp_path: Path, error: ProviderError) -> None:
    store = SqliteStore(tmp_path / "tako.db")
    await store.open()
    world = World(store)
    await world.ask()
    await world.writer.flush()
    world.clock.now += FRESH + 1
    world.upstream.result = error
    with pytest.raises(type(error)):
        await world.cache.renew(BOOKS, DUNE)
    assert (await world.ask()).parts == ANSWER.parts
    await world.landed()
    await world.cache.close()
    await store.close()


async def test_a_renewal_and_a_caller_share_a_flight(world: World) -> None:
    world.upstream.gate.clear()
    renewing = asyncio.create_task(world.cache.renew(BOOKS, DUNE))
    asking = asyncio.create_task(world.ask())
    await asyncio.sleep(0.01)
    world.upstream.gate.set()
    assert (await renewing).parts == (await asking).parts
    assert world.upstream.asked == 1


async def test_what_may_not_be_asked_is_not_renewed(world: World) -> None:
    world.upstream.unusable = Disabled("off")
    with pytest.raises(Disabled):
        await world.cache.renew(BOOKS, DUNE)
    assert world.upstream.asked == 0


async def test_memory_forgets_what_it_is_told_to(world: World) -> None:
    emma: Ask = Search(domain=Domain.BOOKS, text="emma", filters=None)
    await world.ask()
    world.clock.now += 10
    await world.ask(emma)
    assert world.cache.forget(provider="others") == 0
    assert world.cache.forget(older_than=NOW + 5, key=cache_key("books", emma)) == 0
    assert world.cache.forget(provider="books", older_than=NOW + 5) == 1
    assert (await world.ask(emma)).state is CacheState.HIT
    assert world.cache.forget(key=cache_key("books", emma)) == 1
    await world.ask()
    assert world.cache.forget() == 1


async def test_what_is_read_while_it_is_purged_is_not_kept(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "tako.db")
    await store.open()
    world = World(store)
    await world.ask()
    await world.writer.flush()
    other = world.another()
    reading = asyncio.create_task(other.ask(BOOKS, DUNE, 20))
    await asyncio.sleep(0)  # it has begun to read
    other.forget()
    assert (await reading).state is CacheState.HIT
    assert other.forget() == 0
    await world.cache.close()
    await other.close()
    await store.close()
