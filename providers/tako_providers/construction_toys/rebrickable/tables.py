"""Rebrickable's small tables: themes, colours, categories of parts. They name what sets and parts only number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tako.v1.answers_pb2 import Term
from tako.v1.item_parts_pb2 import Link
from tako.v1.values_pb2 import Color
from tako_providers.sdk import (
    InvalidField,
    Json,
    Params,
    ShapeChanged,
    Upstream,
    count_in,
    dict_in,
    external_ids,
    flag_in,
    list_in,
    text_in,
)

PROVIDER = "rebrickable"
DAY = 86400.0
_UNKNOWN, _ANY = -1, 9999
"""Numbers of `[Unknown]` and `[No Color/Any Color]`, which are no colours: the shade that they have means nothing."""
_MAKERS = (("BrickLink", "bricklink"), ("BrickOwl", "brickowl"), ("LEGO", "lego"), ("LDraw", "ldraw"))


class Theme(NamedTuple):
    """A theme. ``top`` is the name of the theme that stands above all of its parents, "" when it is that itself."""

    id: int
    name: str
    parent_id: int | None
    top: str


Themes = Mapping[int, Theme]
Categories = Mapping[int, str]


async def listed(path: str, params: Params, page: int, up: Upstream) -> Json:
    """One page of a list: `count`, `next`, `results`. Behind the end Rebrickable answers as if there were no list."""
    found = await up.json(path, {"page": page, **params}, allow=(404,) if page > 1 else ())
    if page > 1 and is_missing(found):
        raise InvalidField("page_token", "lies behind the end of the list")
    if not isinstance(found, dict) or not isinstance(found.get("results"), list) or count_in(found, "count") is None:
        raise ShapeChanged("Rebrickable gave something else where a list was expected")
    return found


def is_missing(found: Json) -> bool:
    """Whether this is what Rebrickable says with a 404: `{"detail": "Not found."}`."""
    return isinstance(found, dict) and list(found) == ["detail"]


async def themes(up: Upstream) -> Themes:
    """All themes, by number."""

    async def load() -> Themes:
        rows = await _rows("/lego/themes/", up)
        parents = {row["id"]: (text_in(row, "name"), count_in(row, "parent_id")) for row in rows}
        return {number: _theme(number, parents) for number in parents}

    return await up.kept("themes", load, seconds=DAY)


async def categories(up: Upstream) -> Categories:
    """The names of the categories of parts, by number."""

    async def load() -> Categories:
        return {row["id"]: text_in(row, "name") for row in await _rows("/lego/part_categories/", up)}

    return await up.kept("categories", load, seconds=DAY)


async def theme_id(wanted: str, up: Upstream) -> str:
    """The number of a theme that is given by number or by name; of several with one name that which has no parent."""
    wanted = wanted.strip()
    if not wanted or wanted.isdecimal():
        return wanted
    name = wanted.casefold()
    found = [theme for theme in (await themes(up)).values() if theme.name.casefold() == name]
    if not found:
        raise InvalidField("theme", "is no theme of Rebrickable; its THEMES list those that there are")
    return str(min(found, key=lambda theme: (theme.parent_id is not None, theme.id)).id)


async def theme_terms(parent: str, term_id: str, up: Upstream) -> list[Term]:
    """The themes, those right below ``parent``, or the one that has the number ``term_id``."""
    return [
        Term(id=str(theme.id), name=theme.name, parent_id="" if theme.parent_id is None else str(theme.parent_id))
        for theme in (await themes(up)).values()
        if (not parent or str(theme.parent_id) == parent) and (not term_id or str(theme.id) == term_id)
    ]


async def terms_of(path: str, term: Callable[[Json], Term], term_id: str, up: Upstream) -> list[Term]:
    """The terms of a table, or the one that has the number ``term_id``."""
    found = [term(row) for row in await _rows(path, up)]
    return [one for one in found if not term_id or one.id == term_id]


def category_term(row: Json) -> Term:
    """A row of /lego/part_categories/."""
    return Term(id=str(row["id"]), name=text_in(row, "name"), count=count_in(row, "part_count"))


def color_term(row: Json) -> Term:
    """A row of /lego/colors/."""
    return Term(
        id=str(row["id"]),
        name=text_in(row, "name"),
        color=color(row) or Color(id=str(row["id"]), name=text_in(row, "name")),
        external_ids=external_ids(
            (scheme, number)
            for maker, scheme in _MAKERS
            for number in list_in(dict_in(dict_in(row, "external_ids"), maker), "ext_ids")
        ),
    )


def source(url: str) -> list[Link]:
    """The page of a thing. Rebrickable's own addresses have nothing in them that tracks."""
    return [Link(role=Link.SOURCE, url=url)] if url.startswith("https://") else []


def color(row: Json) -> Color | None:
    """A `color`, None for the unknown one."""
    number, name = row.get("id"), text_in(row, "name")
    if not isinstance(number, int) or number == _UNKNOWN or not name:
        return None
    if number == _ANY:
        return Color(id=str(number), name=name)
    return Color(id=str(number), name=name, rgb=text_in(row, "rgb"), transparent=flag_in(row, "is_trans"))


async def _rows(path: str, up: Upstream) -> Sequence[Json]:
    """All rows of a table."""
    rows: list[Json] = []
    page, more = 1, True
    while more:
        found = await listed(path, {"page_size": 1000}, page, up)
        rows += found["results"]
        page, more = page + 1, bool(found.get("next"))
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("id"), int) or not text_in(row, "name"):
            raise ShapeChanged("a row of a table of Rebrickable has no number or no name")
    return rows


def _theme(number: int, parents: Mapping[int, tuple[str, int | None]]) -> Theme:
    name, parent_id = parents[number]
    above, seen, top = parent_id, {number}, ""
    while above is not None and above in parents and above not in seen:
        seen.add(above)
        top, above = parents[above]
    return Theme(number, name, parent_id, top)
