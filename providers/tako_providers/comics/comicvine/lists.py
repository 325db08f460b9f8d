"""The lists of Comic Vine: searches, lists with filters, and what a detail lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from tako.v1.item_pb2 import Item
from tako_providers.comics.comicvine import comics, dates, people
from tako_providers.comics.comicvine.answers import asked, entries_of
from tako_providers.comics.comicvine.fields import RESOURCES, issue_name, name_of, number_of
from tako_providers.sdk import (
    FIRST,
    InvalidField,
    Json,
    Kind,
    Page,
    Paged,
    Params,
    ShapeChanged,
    Upstream,
    count_in,
    positive,
)

PAGE = 100
"""The most that a list gives."""


class Mapper(Protocol):
    """How an entry of Comic Vine becomes an item."""

    def __call__(self, entry: Json, *, detail: bool = False) -> Item:
        """The item of a list's entry, or of a detail."""
        ...


MAPPERS: dict[Kind, Mapper] = {
    Item.COMIC_SERIES: comics.series,
    Item.COMIC_ISSUE: comics.issue,
    Item.CHARACTER: people.character,
    Item.PERSON: people.person,
    Item.ORGANIZATION: people.publisher,
    Item.COLLECTION: people.story_arc,
}
_NOT_IN_FILTERS = re.compile(r"[,|]")
"""What parts one filter from the next, and one value from another: a value cannot hold it."""


async def searched(text: str, kind: Kind, span: dates.Span | None, ask: Paged, up: Upstream) -> Page:
    """One page of the search by words. It knows no dates, so they are looked at here."""
    resource = RESOURCES[kind]
    params: Params = {
        "query": text,
        "resources": resource.name,
        "limit": PAGE,
        "page": ask.page,
        "field_list": resource.listed,
    }
    found = await asked(up, "/search/", params)
    listed, total = entries_of(found), count_in(found, "number_of_total_results") or 0
    own = [entry for entry in listed if entry.get("resource_type", resource.name) == resource.name]
    if listed and not own:
        raise ShapeChanged("Comic Vine gave other things than those that were searched for")
    items = _items(kind, own)
    if span:
        items = [one for one in items if span.holds(one.comic_issue.cover_date, one.comic_issue.store_date)]
    more = bool(listed) and ask.page * (positive(found.get("limit")) or PAGE) < total
    whole = span is None and len(own) == len(listed)
    return Page(items, str(ask.page + 1) if more else FIRST, total if whole else None)


async def exactly(text: str, kind: Kind, span: dates.Span | None, ask: Paged, up: Upstream) -> Page:
    """One page of the things whose name holds the text as it is, or of the issues of a span."""
    name = max(_NOT_IN_FILTERS.split(text), key=len).strip()
    if text and not name:
        raise InvalidField("query", "must hold more than commas and bars, which Comic Vine's filters part names with")
    filters = [f"name:{name}"] if name else []
    if span:
        filters.append(span.filter)
    page = await listed(kind, ",".join(filters), ask, up, sort="cover_date:desc" if span else "")
    if name == text:
        return page
    items = [item for item in page.items if text.casefold() in item.title.casefold()]
    return Page(items, page.next)


async def listed(kind: Kind, only: str, ask: Paged, up: Upstream, sort: str = "") -> Page:
    """One page of a list with a filter."""
    resource, offset = RESOURCES[kind], (ask.page - 1) * PAGE
    params: Params = {
        "filter": only,
        "sort": sort,
        "limit": PAGE,
        "offset": offset or None,
        "field_list": resource.listed,
    }
    found = await asked(up, f"/{resource.plural}/", params)
    entries, total = entries_of(found), count_in(found, "number_of_total_results")
    more = bool(entries) and total is not None and offset + PAGE < total
    return Page(_items(kind, entries), str(ask.page + 1) if more else FIRST, total)


async def linked(kind: Kind, entries: Sequence[Json], ask: Paged, up: Upstream) -> Page:
    """What a detail lists: names only, all at once.

    Where the caller wants more, or issues have no name there, the rest is asked for, a page at a time.
    """
    if not ask.enrich and all(name_of(entry) for entry in entries):
        return Page([_linked(kind, entry) for entry in entries if number_of(entry)], total=len(entries))
    here = entries[(ask.page - 1) * PAGE : ask.page * PAGE]
    numbers = [number for entry in here if (number := number_of(entry))]
    params: Params = {"filter": f"id:{'|'.join(numbers)}", "limit": PAGE, "field_list": RESOURCES[kind].listed}
    full = await up.optional(asked(up, f"/{RESOURCES[kind].plural}/", params)) if numbers else None
    known = {number_of(entry): entry for entry in entries_of(full)} if full else {}
    merged = [{**entry, **known.get(number_of(entry), {})} for entry in here]
    items = [_linked(kind, entry) for entry in merged if number_of(entry) and _title(kind, entry)]
    return Page(items, str(ask.page + 1) if ask.page * PAGE < len(entries) else FIRST, len(entries))


def _items(kind: Kind, entries: Sequence[Json]) -> list[Item]:
    """The items of a list. One without an id or a name is left out; a list of such is none that is known."""
    mapped = MAPPERS[kind]
    items = [mapped(entry) for entry in entries if number_of(entry) and _title(kind, entry)]
    if entries and not items:
        raise ShapeChanged("Comic Vine gave a list of which no entry can be read")
    return items


def _title(kind: Kind, entry: Json) -> str:
    return issue_name(entry) if kind == Item.COMIC_ISSUE else name_of(entry)


def _linked(kind: Kind, entry: Json) -> Item:
    """An item of a detail's list, with the number of issues that it is in."""
    item = MAPPERS[kind](entry)
    if count := positive(entry.get("count")):
        item.context.count = count
    return item
