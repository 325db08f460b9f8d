"""Lists of MusicBrainz: searches, and what is browsed by another entity. https://musicbrainz.org/doc/MusicBrainz_API"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tako.v1.item_pb2 import Item
from tako_providers.music.musicbrainz import albums, artists, parts, recordings
from tako_providers.sdk import (
    InvalidField,
    Json,
    Kind,
    Page,
    Paged,
    Params,
    ShapeChanged,
    Upstream,
    count_in,
    page_number,
    text_in,
)

_PAGE = 50
_MAPPED: Mapping[Kind, Callable[[Json, str], Item]] = {
    Item.ALBUM: albums.release_group,
    Item.RELEASE: albums.release,
    Item.ARTIST: artists.artist,
    Item.TRACK: recordings.recording,
}


async def searched(kind: Kind, query: str, offset: int, language: str, up: Upstream) -> Page:
    """A page of hits."""
    entity = parts.ENTITIES[kind]
    params: Params = {"query": query, **_paging(offset)}
    found = await up.json(f"/{entity}", params, allow=(400,))
    if refusal(found):
        raise InvalidField("query", "is not understood by MusicBrainz")
    # Answers of old have the entity's name in the singular.
    name = entity if isinstance(found, dict) and entity in found else f"{entity}s"
    return _page(kind, found, name, "count", offset, language)


async def browsed(kind: Kind, params: dict[str, str], offset: int, language: str, up: Upstream) -> Page:
    """A page of what belongs to another entity, which ``params`` name."""
    entity = parts.ENTITIES[kind]
    allow = (400,) if params.get("type") else ()
    found = await up.json(f"/{entity}", {**params, **_paging(offset)}, allow=allow)
    if allow and refusal(found):
        raise InvalidField("album_type", "is no type of MusicBrainz")
    return _page(kind, found, f"{entity}s", f"{entity}-count", offset, language)


def offset_of(ask: Paged) -> int:
    """Where the page begins. Cursors are offsets: a page may hold fewer than it might."""
    return page_number(ask.cursor) if ask.cursor else 0


def _paging(offset: int) -> dict[str, str | int]:
    return {"limit": _PAGE, "offset": offset, "fmt": "json"}


def _page(kind: Kind, found: Json, name: str, count: str, offset: int, language: str) -> Page:
    """A page of entities."""
    entries, total = entities(found, name), count_in(found, count)
    if total is None:
        raise ShapeChanged("a list of MusicBrainz does not say how long it is")
    behind = offset + len(entries)
    following = str(behind) if entries and behind < total else ""
    return Page([_MAPPED[kind](entry, language) for entry in entries], following, total)


def entities(found: Json, name: str) -> list[Json]:
    """The entities of a list: none where MusicBrainz says that it knows no such code."""
    if refusal(found):
        return []
    if not isinstance(found, dict) or not isinstance(found.get(name), list):
        raise ShapeChanged("MusicBrainz gave something else where a list was expected")
    entries: list[Json] = found[name]
    return entries


def refusal(found: Json) -> str:
    """What MusicBrainz says of a request that it refuses, "" for an answer."""
    return text_in(found, "error") if isinstance(found, dict) else ""
