"""Writing behind: nobody waits, little is written, and nothing that was promised is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from structlog.testing import capture_logs

from tako_server.cache.behind import WriteBehind
from tako_server.cache.none import NoStore
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import Entry, StoreRefused
from tests.cache.support import NOW, entry, until


class Recorder(NoStore):
    """A store that keeps what it was given, and does as a test says."""

    def __init__(self) -> None:
        self.available = True
        self.puts: list[list[str]] = []
        self.touched: list[tuple[dict[str, int], float]] = []
        self.goes_away_at_next = False
        self.refuses = False
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def put(self, *entries: Entry) -> None:
        await self.may_go_on.wait()
        if self.goes_away_at_next:
            self.available = self.goes_away_at_next = False
            return
        if self.refuses:
            raise StoreRefused("no")
        self.puts.append([entry.key for entry in entries])

    async def touch(self, hits: Mapping[str, int], at: float) -> None:
        self.touched.append((dict(hits), at))

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        return 5


async def test_entries_arrive_together_and_uses_in_one_statement(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "tako.db")
    await store.open()
    behind = WriteBehind(store, clock=lambda: NOW + 9, every=0.05)
    behind.start()
    for number in range(120):
        behind.put(entry(f"{number}"))
    for _ in range(3):
        behind.touch("7")

    async def all_written() -> bool:
        stats = await store.stats(NOW)
        return bool(stats) and (stats[0].entries, stats[0].hits, stats[0].last_accessed) == (120, 3, NOW + 9)

    await until(all_written)
    await behind.close()
    await store.close()


async def test_batches_are_small_in_number_and_bytes() -> None:
    store = Recorder()
    behind = WriteBehind(store, batch=3, batch_bytes=100)
    for name, size in (("a", 1), ("b", 1), ("c", 1), ("d", 90), ("e", 90), ("f", 900)):
        behind.put(entry(name, data=b"x" * size))
    await behind.flush()
    assert store.puts == [["a", "b", "c"], ["d"], ["e"], ["f"]]
    assert behind.waiting == 0


async def test_one_key_is_written_once() -> None:
    store = Recorder()
    behind = WriteBehind(store)
    for number in range(10):
        behind.put(entry("a", data=b"%d" % number))
    found = behind.peek("a")
    assert found is not None
    assert found.data == b"9"
    await behind.flush()
    assert store.puts == [["a"]]
    assert behind.peek("a") is None


async def test_a_full_queue_drops_its_oldest_and_counts_them() -> None:
    store = Recorder()
    behind = WriteBehind(store, most=3, most_bytes=100)
    for name in "abcde":
        behind.put(entry(name))
    assert (behind.waiting, behind.dropped) == (3, 2)
    behind.put(entry("f", data=b"x" * 95))
    assert (behind.waiting, behind.dropped) == (1, 5)
    await behind.flush()
    assert store.puts == [["f"]]


async def test_nobody_waits_for_a_slow_store() -> None:
    store = Recorder()
    store.may_go_on.clear()
    behind = WriteBehind(store, linger=0)
    behind.start()
    for name in "abc":
        behind.put(entry(name))
        behind.touch(name)
        await asyncio.sleep(0)
    assert behind.waiting == 3
    store.may_go_on.set()
    await behind.close()
    assert sorted(key for keys in store.puts for key in keys) == ["a", "b", "c"]
    assert store.touched[0][0] == {"a": 1, "b": 1, "c": 1}


async def test_what_is_replaced_while_it_is_written_is_written_again() -> None:
    store = Recorder()
    store.may_go_on.clear()
    behind = WriteBehind(store)
    behind.put(entry("a"))
    flushing = asyncio.create_task(behind.flush())
    await asyncio.sleep(0)
    behind.put(entry("a", data=b"new"))
    store.may_go_on.set()
    await flushing
    assert store.puts == [["a"], ["a"]]
    assert behind.waiting == 0


async def test_a_store_that_is_away_gets_it_all_when_it_is_back() -> None:
    store = Recorder()
    behind = WriteBehind(store, every=0.02, linger=0)
    store.goes_away_at_next = True
    behind.start()
    behind.put(entry("a"))
    behind.touch("a")
    await until(lambda: not store.available)
    behind.put(entry("b"))
    await behind.flush()
    assert (store.puts, behind.waiting) == ([], 2)
    store.available = True
    await until(lambda: store.puts == [["a", "b"]] and bool(store.touched))
    assert store.touched[0][0] == {"a": 1}
    await behind.close()


async def test_a_store_that_is_back_before_the_end_gets_what_waits() -> None:
    store = Recorder()
    store.available = False
    behind = WriteBehind(store)
    behind.put(entry("a"))
    closing = asyncio.create_task(behind.close())
    await asyncio.sleep(0)
    store.available = True
    await closing
    assert (store.puts, behind.waiting, behind.dropped) == ([["a"]], 0, 0)


async def test_what_is_refused_is_dropped_and_told() -> None:
    store = Recorder()
    store.refuses = True
    behind = WriteBehind(store)
    behind.put(entry("a"))
    with capture_logs() as logs:
        await behind.flush()
    assert (behind.waiting, behind.dropped) == (0, 1)
    assert [line["event"] for line in logs] == ["store.entries_lost"]


async def test_what_was_purged_does_not_come_back() -> None:
    store = Recorder()
    behind = WriteBehind(store)
    behind.put(entry("a"))
    behind.put(entry("b", provider="bgg"))
    assert await behind.purge(provider="bgg") == 5
    await behind.flush()
    assert store.puts == [["a"]]


async def test_the_end_is_bounded_and_says_what_was_lost() -> None:
    store = Recorder()
    store.available = False
    behind = WriteBehind(store)
    behind.start()
    behind.put(entry("a"))
    with capture_logs() as logs:
        await behind.close()
    assert [(line["event"], line["entries"]) for line in logs] == [("store.entries_lost", 1)]
