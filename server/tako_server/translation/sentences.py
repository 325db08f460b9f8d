"""Long texts in pieces that an engine takes: split at the ends of paragraphs and sentences, joined without a loss."""

from __future__ import annotations

import re

_PARAGRAPHS = re.compile(r"(?<=\n)(?=[^\n])")
_SENTENCES = re.compile(r"(?<=[.!?\u2026])(?=\s)|(?<=[\u3002\uff01\uff1f])")
_WORDS = re.compile(r"(?<=\s)(?=\S)")


def pieces(text: str, most: int) -> list[str]:
    """``text`` in pieces of at most ``most`` characters, which together are it."""
    return _split(text, most, [_PARAGRAPHS, _SENTENCES, _WORDS])


def _split(text: str, most: int, ways: list[re.Pattern[str]]) -> list[str]:
    """Split by the first of ``ways``, and what is still too long by the next; packed as full as they go."""
    if len(text) <= most:
        return [text]
    if not ways:
        return [text[start : start + most] for start in range(0, len(text), most)]
    packed: list[str] = []
    for part in ways[0].split(text):
        if packed and len(packed[-1]) + len(part) <= most:
            packed[-1] += part
        else:
            packed += _split(part, most, ways[1:])
    return packed


def bare(piece: str) -> tuple[str, str, str]:
    """White space before, the text itself, and white space after: engines are not trusted with the outer two."""
    text = piece.strip()
    if not text:
        return piece, "", ""
    start = piece.index(text)
    return piece[:start], text, piece[start + len(text) :]
