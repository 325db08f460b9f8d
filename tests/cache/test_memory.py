"""The first level is bounded by bytes, whatever is put into it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tako_server.cache.caching import Kept
from tako_server.cache.memory import Memory
from tako_server.core.ports import Answer


@dataclass(frozen=True)
class Block:
    """So many bytes."""

    size: int


def test_the_least_recently_used_goes_first() -> None:
    memory = Memory[Block](100)
    memory.put("a", Block(40))
    memory.put("b", Block(40))
    assert memory.get("a") is not None
    memory.put("c", Block(40))
    assert [name for name in "abc" if memory.get(name)] == ["a", "c"]
    assert (memory.bytes, len(memory), memory.max_bytes) == (80, 2, 100)
    assert (memory.counts.hits, memory.counts.misses) == (3, 1)


def test_what_is_larger_than_all_is_not_kept_and_hides_nothing_older() -> None:
    memory = Memory[Block](100)
    memory.put("a", Block(40))
    memory.put("a", Block(101))
    assert memory.get("a") is None
    assert memory.bytes == 0


def test_drop_and_clear() -> None:
    memory = Memory[Block](100)
    memory.put("a", Block(1))
    memory.put(b"b", Block(1))
    memory.drop("a")
    memory.drop("never there")
    assert (memory.get("a"), memory.get(b"b")) == (None, Block(1))
    memory.clear()
    assert (len(memory), memory.bytes) == (0, 0)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 150))))
def test_it_never_holds_more_than_it_may(puts: list[tuple[str, int]]) -> None:
    memory = Memory[Block](100)
    for name, size in puts:
        memory.put(name, Block(size))
        assert memory.bytes <= 100
        assert (memory.get(name) is not None) == (size <= 100)


def test_an_answer_counts_what_it_holds() -> None:
    answer = Answer((b"x" * 1000, b"y" * 500), "", None, False, (), False, fetched_at=0, expires_at=0)
    assert 1500 < Kept(answer).size < 3000
