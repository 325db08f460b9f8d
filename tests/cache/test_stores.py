"""What every store promises (``cache/store.py``), tried on each of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tako_server.cache.store import ProviderStats, Store, StoreAway, StoreRefused
from tests.cache.support import NOW, Maker, entry


async def test_what_was_put_is_found_whole(store: Store) -> None:
    kept = entry("bgg:trending:ä", period="week", data=bytes(range(256)) * 100, total_results=None)
    await store.put(kept)
    assert await store.get(kept.key) == kept
    assert await store.get("bgg:trending:a") is None


async def test_several_are_put_at_once_and_the_last_of_one_key_counts(store: Store) -> None:
    many = [entry(f"tmdb:search:{number}", total_results=number) for number in range(120)]
    await store.put(*many, replace(many[0], data=b"new"))
    assert await store.get("tmdb:search:119") == many[119]
    assert await store.get("tmdb:search:0") == replace(many[0], data=b"new")


async def test_nothing_to_put_or_to_count_is_no_error(store: Store) -> None:
    await store.put()
    await store.touch({}, NOW)
    assert list(await store.stats(NOW)) == []


async def test_a_refresh_is_counted_and_uses_are_kept(store: Store) -> None:
    await store.put(entry())
    await store.touch({"tmdb:search:1": 3, "unknown": 1}, NOW + 10)
    await store.put(entry(fetched_at=NOW + 50, expires_at=NOW + 350, data=b"new", total_results=None))
    await store.touch({"tmdb:search:1": 1}, NOW + 5)
    assert await store.stats(NOW + 60) == [
        ProviderStats(
            provider="tmdb",
            entries=1,
            fresh=1,
            expired=0,
            bytes=3,
            results=0,
            hits=4,
            refreshes=1,
            oldest=NOW + 50,
            newest=NOW + 50,
            last_accessed=NOW + 10,
        )
    ]


async def test_an_older_answer_does_not_replace_a_newer_one(store: Store) -> None:
    newer = entry(fetched_at=NOW + 50, data=b"newer")
    await store.put(newer)
    await store.put(entry(data=b"older"))
    assert await store.get(newer.key) == newer


async def test_a_get_writes_nothing(store: Store) -> None:
    await store.put(entry())
    before = await store.stats(NOW)
    await store.get("tmdb:search:1")
    assert await store.stats(NOW) == before


async def test_statistics_are_by_provider(store: Store) -> None:
    await store.put(
        entry("a", fetched_at=NOW - 900, expires_at=NOW - 600, data=b"12345"),
        entry("b", total_results=None),
        entry("c", provider="bgg"),
    )
    first, second = await store.stats(NOW)
    assert (first.provider, first.entries, first.fresh, first.expired) == ("bgg", 1, 1, 0)
    assert (second.provider, second.entries, second.fresh, second.expired) == ("tmdb", 2, 1, 1)
    assert (second.bytes, second.results, second.oldest, second.newest) == (11, 7, NOW - 900, NOW)


async def test_expired_entries_come_without_data_the_last_used_first(store: Store) -> None:
    old = [entry(key, fetched_at=NOW - 900, expires_at=NOW - 600) for key in "abc"]
    await store.put(*old, entry("fresh"))
    await store.touch({"b": 1}, NOW - 10)
    await store.touch({"c": 1}, NOW - 5)
    bare = {old_one.key: replace(old_one, data=b"") for old_one in old}
    assert await store.lately_used(10, expired_at=NOW) == [bare["c"], bare["b"], bare["a"]]
    assert await store.lately_used(1, expired_at=NOW) == [bare["c"]]


async def test_all_come_in_portions_the_oldest_first(store: Store) -> None:
    """Who refreshes them so many at a time comes to the end, whatever is used meanwhile."""
    await store.put(*(entry(key, fetched_at=NOW - age) for key, age in (("a", 10), ("b", 30), ("c", 20))))
    await store.touch({"a": 1}, NOW)
    assert [one.key for one in await store.lately_used(2)] == ["b", "c"]
    await store.put(entry("b", fetched_at=NOW), entry("c", fetched_at=NOW))
    assert [one.key for one in await store.lately_used(1)] == ["a"]


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ({}, ""),
        ({"provider": "bgg"}, "ab"),
        ({"key": "a"}, "bc"),
        ({"key": "a", "provider": "bgg"}, "abc"),
        ({"older_than": NOW}, "bc"),
        ({"older_than": NOW - 1000}, "abc"),
        ({"older_than": NOW + 1, "provider": "tmdb"}, "c"),
    ],
)
async def test_what_fits_is_purged_and_nothing_else(store: Store, what: dict[str, str | float], left: str) -> None:
    await store.put(entry("a", fetched_at=NOW - 900), entry("b"), entry("c", provider="bgg"))
    removed = await store.purge(**what)  # type: ignore[arg-type] # the table has each in its type
    found = "".join([key for key in "abc" if await store.get(key) is not None])
    assert (found, removed) == (left, 3 - len(left))


async def test_many_are_purged(store: Store) -> None:
    await store.put(*(entry(f"{number}", data=b"") for number in range(2300)))
    assert await store.purge() == 2300
    assert await store.purge() == 0


async def test_a_refreshed_entry_is_not_old(store: Store) -> None:
    await store.put(entry(fetched_at=NOW - 900))
    await store.put(entry(fetched_at=NOW))
    assert await store.purge(older_than=NOW - 100) == 0


async def test_small_values_are_kept(store: Store) -> None:
    assert await store.load("ladder") is None
    await store.save("ladder", b"\0one")
    await store.save("ladder", b"two")
    assert await store.load("ladder") == b"two"
    assert await store.create("ladder", b"three") == b"two"
    assert await store.create("key", b"\xff") == b"\xff"
    assert await store.load("key") == b"\xff"


async def test_a_value_that_cannot_be_kept_is_refused_and_the_store_goes_on(store: Store) -> None:
    with pytest.raises(StoreRefused):
        await store.put(entry("a", total_results=2**70))
    with pytest.raises(StoreRefused):
        await store.put(entry("\ud800"))
    await store.put(entry("b"))
    assert await store.get("b") is not None


async def test_all_is_there_after_a_restart(make_store: Maker) -> None:
    first, second = make_store(), make_store()
    await first.open()
    await first.put(entry())
    await first.save("ladder", b"1")
    await first.close()
    await second.open()
    assert (await second.get("tmdb:search:1"), await second.load("ladder")) == (entry(), b"1")


async def test_replicas_may_start_together_and_agree_on_what_they_create(make_store: Maker) -> None:
    replicas = [make_store() for _ in range(6)]
    await asyncio.gather(*(replica.open() for replica in replicas))
    keys = await asyncio.gather(*(replica.create("key", b"%d" % n) for n, replica in enumerate(replicas)))
    assert len(set(keys)) == 1
    await replicas[0].put(entry())
    assert [await replica.get("tmdb:search:1") for replica in replicas] == [entry()] * 6


async def test_replicas_may_write_the_same_at_the_same_time(make_store: Maker) -> None:
    one, two = make_store(), make_store()
    await asyncio.gather(one.open(), two.open())
    keys = [f"{number}" for number in range(50)]

    async def write(store: Store, order: list[str]) -> None:
        for number in range(10):
            await store.put(*(entry(key, fetched_at=NOW + number) for key in order))
            await store.touch(dict.fromkeys(order, 1), NOW)
            await store.purge(key=order[number])

    await asyncio.gather(write(one, keys), write(two, keys[::-1]), write(one, keys[::-1]))
    await one.put(*(entry(key, fetched_at=NOW + 99) for key in keys))
    assert (await two.stats(NOW))[0].entries == 50


async def test_many_ask_at_once(store: Store) -> None:
    await store.put(entry())
    assert await asyncio.gather(*(store.get("tmdb:search:1") for _ in range(100))) == [entry()] * 100


async def test_a_store_that_is_not_open_is_away(make_store: Maker) -> None:
    store = make_store()
    for _ in range(2):
        with pytest.raises(StoreAway):
            await store.get("a")
        with pytest.raises(StoreAway):
            await store.stats(NOW)
        states = [store.available]
        await store.open()
        states.append(store.available)
        assert states == [False, True]
        await store.open()
        assert await store.get("a") is None
        await store.close()
        await store.close()


async def test_any_store_can_be_used_without_asking_what_it_is(make_any_store: Maker) -> None:
    store = make_any_store()
    await store.open()
    await store.put(entry())
    await store.touch({"tmdb:search:1": 1}, NOW)
    assert store.available
    assert await store.get("other") is None
    assert await store.load("other") is None
    assert await store.create("key", b"mine") == b"mine"
    await store.save("other", b"")
    assert await store.purge() in {0, 1}
    assert list(await store.stats(NOW)) == []
    assert list(await store.lately_used(1, expired_at=NOW)) == []
    await store.close()
