"""How IGDB is asked, and what its rows become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tako.v1.choices_pb2 import AdultFilter
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    InvalidField,
    Json,
    Kind,
    NotFound,
    Page,
    Paged,
    Search,
    ShapeChanged,
    Upstream,
    dicts_in,
    list_in,
    number_in,
    primary,
    text_in,
)
from tako_providers.videogames.igdb import games, others, query
from tako_providers.videogames.igdb.parts import number_of

ENDPOINTS: dict[Kind, str] = {
    Item.VIDEO_GAME: "games",
    Item.ORGANIZATION: "companies",
    Item.COLLECTION: "collections",
    Item.FRANCHISE: "franchises",
}
_VISITS = 1
"""The type of popularity that counts visits of IGDB. https://api-docs.igdb.com/#popularity-type"""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an answer, and how many there are in all where IGDB says so."""

    rows: Sequence[Json]
    total: int | None

    def following(self, page: int, limit: int = query.PAGE_SIZE) -> str:
        """The cursor of the next page."""
        seen = (page - 1) * limit + len(self.rows)
        more = len(self.rows) >= limit if self.total is None else seen < self.total
        return str(page + 1) if more and self.rows else ""


class Made(NamedTuple):
    """A company and the part that it had in a game, any where ``role`` is empty."""

    company: int
    role: str

    def has(self, entry: Json) -> bool:
        """Whether it had that part: IGDB's conditions may be met by two different companies of a game."""
        return not self.role or any(
            one.get(self.role) is True and number_of(one.get("company")) == self.company
            for one in dicts_in(entry, "involved_companies")
        )


async def asked(up: Upstream, endpoint: str, question: str) -> Rows:
    """The rows that answer a question; the header `X-Count` has their number in all."""
    rows, headers = await up.json_and_headers(f"/{endpoint}", method="POST", text=question)
    count = headers.get("x-count", "")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ShapeChanged(f"IGDB gave something else where a list of {endpoint} was expected")
    return Rows(rows, int(count) if count.isdecimal() else None)


def named_rows(rows: Sequence[Json], word: str = "name") -> Sequence[Json]:
    """The rows that have an id and a name; where none has, all of them, for the mapper to complain."""
    return [row for row in rows if number_of(row) is not None and text_in(row, word)] or rows


async def listed(
    ask: Paged,
    up: Upstream,
    where: Iterable[str],
    *,
    sort: str = "",
    search: str = "",
    made: Made | None = None,
) -> Page:
    """A page of games."""
    question = query.body(_fields(ask), search=search, where=where, sort=sort, page=ask.page)
    found = await asked(up, "games", question)
    items = [games.game(row, ask.language) for row in named_rows(found.rows) if made is None or made.has(row)]
    items = [item for item in items if _is_wanted(item, ask)]
    dropped = len(items) < len(found.rows)
    return Page(items, found.following(ask.page), found.total, total_is_estimate=dropped and found.total is not None)


async def linked(ask: Paged, up: Upstream, numbers: Sequence[int], labels: Mapping[int, str]) -> Page:
    """The games that another one names, in its order, with what they are to it."""
    first = (ask.page - 1) * query.PAGE_SIZE
    here = numbers[first : first + query.PAGE_SIZE]
    items = await _by_number(ask, up, here)
    for item in items:
        if label := labels.get(int(item.source_id)):
            item.context.label = label
    following = str(ask.page + 1) if first + len(here) < len(numbers) else ""
    return Page(items, following, len(numbers), total_is_estimate=len(items) < len(here))


async def visited(ask: Paged, up: Upstream, wanted: Sequence[str]) -> Page:
    """The games that are visited most at IGDB, with the score that says so. https://api-docs.igdb.com/#popscore"""
    question = query.body("game_id,value", where=[f"popularity_type = {_VISITS}"], sort="value desc", page=ask.page)
    found = await asked(up, "popularity_primitives", question)
    scores = {number: number_in(row, "value") for row in found.rows if (number := number_of(row.get("game_id")))}
    if found.rows and not scores:
        raise ShapeChanged("IGDB: popularities of games were expected")
    items = await _by_number(ask, up, list(scores), wanted)
    for item in items:
        if score := scores[int(item.source_id)]:
            item.context.score = score
    return Page(items, found.following(ask.page))


async def named(ask: Search[Json], kind: Kind, up: Upstream) -> Page:
    """Companies or groups of games whose names hold the text, or are it. IGDB searches only games by words."""
    if not ask.text:
        raise InvalidField("query", "is needed, but for games, which have filters too")
    text = query.quoted(ask.text)
    fields = others.COMPANY_FIELDS if kind == Item.ORGANIZATION else others.FOUND_GROUP_FIELDS
    condition = f"name ~ {text}" if ask.filters.exact else f"name ~ *{text}*"
    found = await asked(up, ENDPOINTS[kind], query.body(fields, where=[condition], sort="name asc", page=ask.page))
    return Page([_other(kind, row) for row in named_rows(found.rows)], found.following(ask.page), found.total)


async def details(kind: Kind, condition: str, language: str, up: Upstream) -> list[Item]:
    """All that is known of what meets a condition."""
    if kind == Item.VIDEO_GAME:
        found = await asked(up, "games", query.body(games.DETAIL_FIELDS, where=[condition]))
        return [games.game_detail(row, language) for row in found.rows]
    fields = others.COMPANY_FIELDS if kind == Item.ORGANIZATION else others.GROUP_FIELDS
    found = await asked(up, ENDPOINTS[kind], query.body(fields, where=[condition]))
    return [_other(kind, row) for row in found.rows]


async def references(up: Upstream, number: int, names: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of what a game names."""
    found = await asked(up, "games", query.body(",".join(names), where=[f"id = {number}"]))
    if not found.rows:
        raise NotFound("IGDB has no game with this id")
    return {name: numbers_in(found.rows[0], name) for name in names}


def numbers_in(entry: Json, name: str) -> list[int]:
    """The numbers of a list of references, or of a single one."""
    values = list_in(entry, name) or [entry.get(name)]
    return [number for value in values if (number := number_of(value)) is not None]


async def _by_number(ask: Paged, up: Upstream, numbers: Sequence[int], wanted: Sequence[str] = ()) -> list[Item]:
    """Games in the order of their numbers."""
    if not numbers:
        return []
    question = query.body(_fields(ask), where=[f"id = {query.one_of(numbers)}", *wanted])
    found = await asked(up, "games", question)
    items = {item.source_id: item for item in (games.game(row, ask.language) for row in named_rows(found.rows))}
    return [item for number in numbers if (item := items.get(str(number))) is not None and _is_wanted(item, ask)]


def _fields(ask: Paged) -> str:
    """The fields of a list; names elsewhere only where a language is asked for that they may be in."""
    if primary(ask.language) in ("", "en"):
        return games.LIST_FIELDS
    return f"{games.LIST_FIELDS},{games.LOCAL_FIELDS}"


def _other(kind: Kind, row: Json) -> Item:
    return others.company(row) if kind == Item.ORGANIZATION else others.group(row, kind)


def _is_wanted(item: Item, ask: Paged) -> bool:
    return ask.adult == AdultFilter.INCLUDE or item.adult == (ask.adult == AdultFilter.ONLY)
