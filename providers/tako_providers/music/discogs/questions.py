"""What Discogs is asked, and its lists. https://www.discogs.com/developers#page:database,header:database-search"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tako.v1.choices_pb2 import Order
from tako.v1.item_pb2 import Item
from tako.v1.music_service_pb2 import MusicSearchRequest
from tako_providers.music.discogs import people, releases
from tako_providers.sdk import (
    InvalidField,
    Json,
    Kind,
    OrderBy,
    Page,
    Paged,
    Refused,
    ShapeChanged,
    Unreachable,
    Upstream,
    compact,
    count_in,
    text_in,
)

OF_RELEASES = {
    "artist": "artist",
    "album": "release_title",
    "track": "track",
    "label": "label",
    "genre": "genre",
    "style": "style",
    "country": "country",
    "format": "format",
    "catalog_number": "catno",
    "credit": "credit",
    "year": "year",
}
"""Our filters, and Discogs' words for them."""
OF_NAMES: Mapping[Kind, str] = {Item.ARTIST: "artist", Item.LABEL: "label"}
"""The filter that is one more word of the name that is searched for."""
TYPES: Mapping[Kind, str] = {
    Item.RELEASE: "release",
    Item.ALBUM: "master",
    Item.ARTIST: "artist",
    Item.LABEL: "label",
}
_HITS: Mapping[str, Callable[[Json], Item]] = {
    "release": releases.hit,
    "master": releases.hit,
    "artist": people.hit,
    "label": people.hit,
}
_ORDERS: Mapping[Kind, Mapping[OrderBy, str]] = {
    Item.ALBUM: {
        Order.RELEASE_DATE: "released",
        Order.TITLE: "title",
        Order.FORMAT: "format",
        Order.LABEL: "label",
        Order.NUMBER: "catno",
        Order.COUNTRY: "country",
    },
    Item.ARTIST: {Order.RELEASE_DATE: "year", Order.TITLE: "title", Order.FORMAT: "format"},
    Item.LABEL: {},
}
"""The orders of what relates to a master, an artist, a label."""
_PAGE = 50
_CURRENCIES = {
    code: currency
    for currency, codes in {
        "EUR": "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK",
        "GBP": "GB",
        "CAD": "CA",
        "AUD": "AU",
        "JPY": "JP",
        "CHF": "CH LI",
        "MXN": "MX",
        "BRL": "BR",
        "NZD": "NZ",
        "SEK": "SE",
        "ZAR": "ZA",
    }.items()
    for code in codes.split()
}
"""The currencies that Discogs can tell prices in, by region."""


def currency(region: str) -> str:
    """The currency of a region; US dollars, Discogs' own, where it is none of Discogs'."""
    return _CURRENCIES.get(region.upper(), "USD")


def fields(text: str, kind: Kind, filters: MusicSearchRequest) -> dict[str, Any]:
    """The parameters of a search. Artists and labels have no other field than their name."""
    if kind in OF_NAMES:
        return {"q": " ".join(filter(None, (text, getattr(filters, OF_NAMES[kind]))))}
    wanted = {theirs: getattr(filters, ours) for ours, theirs in OF_RELEASES.items() if ours != "year"}
    return {"q": text, **wanted, "year": filters.year if filters.HasField("year") else None}


async def searched(params: Mapping[str, Any], number: int, up: Upstream) -> Page:
    """A page of hits."""
    found, following = await _page("/database/search", params, number, "results", up)
    return Page([_hit(entry) for entry in found["results"]], following, count_in(found["pagination"], "items"))


async def with_catalog_number(code: str, up: Upstream) -> Page:
    """The releases that bear exactly this number: Discogs finds it in longer ones too."""
    found, _ = await _page("/database/search", {"catno": code, "type": "release"}, 1, "results", up)
    wanted = compact(code)
    return Page([_hit(entry) for entry in found["results"] if wanted in _numbers(text_in(entry, "catno"))])


async def listed(
    path: str, mapped: Callable[[Json], Item], params: Mapping[str, Any], ask: Paged, up: Upstream
) -> Page:
    """A page of what relates to a master, an artist or a label. ``ignored`` names an order that it can't have."""
    kind = _KIND_OF_PATH[path.split("/")[1]]
    order = _ORDERS[kind].get(ask.order_by)
    direction = None if order is None or ask.descending is None else "desc" if ask.descending else "asc"
    name = path.rpartition("/")[2]
    found, following = await _page(path, {**params, "sort": order, "sort_order": direction}, ask.page, name, up)
    asked = (("order_by", ask.order_by), ("descending", ask.descending is not None))
    ignored = () if order else tuple(field for field, is_set in asked if is_set)
    items = [mapped(entry) for entry in found[name]]
    return Page(items, following, count_in(found["pagination"], "items"), ignored=ignored)


_KIND_OF_PATH: Mapping[str, Kind] = {"masters": Item.ALBUM, "artists": Item.ARTIST, "labels": Item.LABEL}


async def _page(path: str, params: Mapping[str, Any], number: int, name: str, up: Upstream) -> tuple[Json, str]:
    """One page of a list, and the cursor of the next. A 404 behind the first page speaks of the page."""
    # A question that is too heavy is told by a 500: asking again would only be heavy again.
    allow = (500, 404) if number > 1 else (500,)
    found = await up.json(path, {**params, "per_page": _PAGE, "page": number}, allow=allow)
    is_list = (
        isinstance(found, dict) and isinstance(found.get(name), list) and isinstance(found.get("pagination"), dict)
    )
    if not is_list:
        _raise_refusal(text_in(found, "message") if isinstance(found, dict) else "", number)
    pages = count_in(found["pagination"], "pages") or 0
    return found, str(number + 1) if number < pages else ""


def _raise_refusal(said: str, number: int) -> None:
    if "query time exceeded" in said.casefold():
        raise Refused("Discogs took too long for this question; a simpler one may be answered")
    if "not found" in said.casefold() and number > 1:
        raise InvalidField("page_token", "lies behind the end of the list")
    if said:
        raise Unreachable("Discogs could not answer")
    raise ShapeChanged("Discogs gave something else where a list was expected")


def _hit(entry: Json) -> Item:
    mapped = _HITS.get(text_in(entry, "type")) if isinstance(entry, dict) else None
    if mapped is None:
        raise ShapeChanged("a search of Discogs found something of an unknown type")
    return mapped(entry)


def _numbers(printed: str) -> set[str]:
    """The catalogue numbers that a hit prints in one text."""
    return {compact(printed), *(compact(one) for one in printed.split(","))}
