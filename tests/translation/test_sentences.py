"""Splitting long texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tako_server.translation.sentences import bare, pieces

_TEXTS = st.text(alphabet=st.sampled_from("ab .!?\n。日\t"), max_size=300)


@given(_TEXTS, st.integers(1, 60))
def test_pieces_are_the_text_and_fit(text: str, most: int) -> None:
    parts = pieces(text, most)
    assert "".join(parts) == text
    assert all(len(part) <= most for part in parts)
    assert [before + inner + after for before, inner, after in map(bare, parts)] == parts


def test_a_text_that_fits_stays_whole() -> None:
    assert pieces("One. Two.\n\nThree.", 100) == ["One. Two.\n\nThree."]


def test_it_is_split_at_paragraphs_then_sentences_then_words() -> None:
    text = "First one. Second one.\n\nThird one is a long sentence without an end"
    assert pieces(text, 30) == ["First one. Second one.\n\n", "Third one is a long sentence ", "without an end"]
    assert pieces(text, 15)[:2] == ["First one.", " Second one.\n\n"]


def test_a_number_and_japanese_end_no_sentence_or_one() -> None:
    assert pieces("It is 3.5 metres long. And wide.", 25) == ["It is 3.5 metres long.", " And wide."]
    assert pieces("一つ目。二つ目。", 5) == ["一つ目。", "二つ目。"]
