"""Where an item has text that can be translated: prose, and words of vocabularies. Titles and names are neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tako.v1.item_pb2 import Item

PROSE = (
    "description",
    *("movie.tagline", "series.tagline", "season.episodes.description"),
    *("anime.background", "manga.background", "video_game.storyline"),
    *("building_set.features", "building_set.contents", "product.features"),
)
"""Fields whose text is somebody's own words about the thing. An excerpt of a book is the thing itself: it stays."""
GENRES = (
    "genres",
    *("movie.subgenres", "series.subgenres"),
    *("anime.explicit_genres", "anime.themes", "anime.demographics"),
    *("manga.explicit_genres", "manga.themes", "manga.demographics"),
    *("video_game.themes", "video_game.modes", "video_game.perspectives"),
    *("board_game.categories", "board_game.mechanics"),
)
"""Fields of words that a dictionary may know, and an engine may try."""
CATEGORIES = (
    *("building_set.category", "collectible.category", "collectible.categories", "collectible.type"),
    *("collectible.material", "sticker_album.categories", "product.categories"),
)
"""Fields of words among which names may be: only a dictionary may change them."""

_DETAILS = frozenset(field.name for field in Item.DESCRIPTOR.oneofs_by_name["details"].fields)


@dataclass(frozen=True, slots=True)
class Place:
    """One text in an item. ``name`` is how answers call it: ``description``, ``genres[1]``."""

    name: str
    _message: Any
    _field: str
    _index: int | None

    @property
    def text(self) -> str:
        """The text that is there."""
        value = getattr(self._message, self._field)
        return str(value if self._index is None else value[self._index])

    def put(self, text: str) -> None:
        """Replace it."""
        if self._index is None:
            setattr(self._message, self._field, text)
        else:
            getattr(self._message, self._field)[self._index] = text


def places(item: Item, paths: Sequence[str]) -> Iterator[Place]:
    """The places of ``paths`` where ``item`` has text."""
    details = item.WhichOneof("details")
    for path in paths:
        first, _, rest = path.partition(".")
        if first not in _DETAILS:
            yield from _in(item, "", path)
        elif first == details:
            yield from _in(getattr(item, first), f"{first}.", rest)


def _in(message: Any, before: str, path: str) -> Iterator[Place]:
    name, _, rest = path.partition(".")
    value = getattr(message, name)
    if isinstance(value, str):
        if value.strip():
            yield Place(before + name, message, name, None)
        return
    for index, one in enumerate(value):
        if rest:
            yield from _in(one, f"{before}{name}[{index}].", rest)
        elif one.strip():
            yield Place(f"{before}{name}[{index}]", message, name, index)
