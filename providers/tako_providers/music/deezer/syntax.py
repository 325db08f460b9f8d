"""Questions in Deezer's search syntax: `words artist:"..." dur_min:"..."`. https://developers.deezer.com/api/search"""

from __future__ import annotations

from tako.v1.choices_pb2 import Order
from tako.v1.item_pb2 import Item
from tako.v1.music_service_pb2 import MusicSearchRequest
from tako_providers.sdk import Kind, OrderBy, Paged

FILTERS: dict[Kind, tuple[str, ...]] = {
    Item.ALBUM: ("artist", "album", "label", "exact"),
    Item.ARTIST: ("artist", "exact"),
    Item.TRACK: (
        "artist",
        "album",
        "track",
        "label",
        "min_duration_ms",
        "max_duration_ms",
        "min_bpm",
        "max_bpm",
        "exact",
    ),
}
_RANKING = "RANKING"
ORDERS: dict[Kind, dict[OrderBy, str]] = {
    Item.ALBUM: {Order.RELEVANCE: _RANKING, Order.TITLE: "ALBUM", Order.ARTIST: "ARTIST"},
    Item.ARTIST: {Order.RELEVANCE: _RANKING, Order.TITLE: "ARTIST"},
    Item.TRACK: {
        Order.RELEVANCE: _RANKING,
        Order.TITLE: "TRACK",
        Order.ARTIST: "ARTIST",
        Order.POPULARITY: "RATING",
        Order.DURATION: "DURATION",
    },
}


def query(text: str, filters: MusicSearchRequest, kind: Kind) -> str:
    """What is searched for: words, then the fields that a search for ``kind`` knows."""
    known = FILTERS[kind]
    found = [text] if text else []
    found += [
        f'{name}:"{value}"'
        for name in ("artist", "album", "track", "label")
        if name in known and (value := getattr(filters, name).replace('"', " ").strip())
    ]
    if kind == Item.TRACK:
        if filters.HasField("min_duration_ms"):
            found.append(f'dur_min:"{-(-filters.min_duration_ms // 1000)}"')
        if filters.HasField("max_duration_ms"):
            found.append(f'dur_max:"{filters.max_duration_ms // 1000}"')
        if filters.HasField("min_bpm"):
            found.append(f'bpm_min:"{filters.min_bpm}"')
        if filters.HasField("max_bpm"):
            found.append(f'bpm_max:"{filters.max_bpm}"')
    return " ".join(found)


def order(ask: Paged, kind: Kind) -> str | None:
    """Deezer's word for order and direction. Popularity falls unless the caller says otherwise, the rest rises."""
    word = ORDERS[kind].get(ask.order_by)
    if word is None or word == _RANKING:
        return word
    falls = ask.order_by == Order.POPULARITY if ask.descending is None else ask.descending
    return f"{word}_{'DESC' if falls else 'ASC'}"
