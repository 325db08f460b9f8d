"""Answers as bytes: all of them come back, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tako_server.cache.answers import VERSION, decode, encode
from tako_server.core.ports import Answer, CacheState
from tests.cache.support import NOW, entry

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
answers = st.builds(
    Answer,
    parts=st.lists(st.binary(max_size=60), max_size=6).map(tuple),
    next=_text,
    total=st.none() | st.integers(0, 2**63 - 1),
    total_is_estimate=st.booleans(),
    ignored=st.lists(_text, max_size=3).map(tuple),
    partial=st.booleans(),
    fetched_at=st.just(NOW),
    expires_at=st.just(NOW + 300),
    state=st.just(CacheState.HIT),
)


@given(answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    kept = entry(data=encode(answer))
    assert decode(kept) == replace(answer, key=kept.key)


@given(answers, st.data())
def test_damaged_bytes_are_a_miss(answer: Answer, data: st.DataObject) -> None:
    whole = encode(answer)
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[place] ^ data.draw(st.integers(1, 255))
    assert decode(entry(data=whole[:place] + bytes((flipped,)) + whole[place + 1 :])) is None
    assert decode(entry(data=whole[:place])) is None
    assert decode(entry(data=whole + data.draw(st.binary(min_size=1, max_size=5)))) is None


@given(st.binary(max_size=200))
def test_bytes_of_others_are_a_miss(data: bytes) -> None:
    assert decode(entry(data=data)) is None


def test_another_version_is_a_miss() -> None:
    whole = encode(Answer((b"item",), "", 1, False, (), False, NOW, NOW + 300))
    assert whole[4] == VERSION
    assert decode(entry(data=whole[:4] + bytes((VERSION + 1,)) + whole[5:])) is None
