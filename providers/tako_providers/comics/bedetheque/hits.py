"""What the searches of Bedetheque find: entries of the search box, and the list of a search for albums."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tako.v1.item_pb2 import Item
from tako_providers.comics.bedetheque import entries, people
from tako_providers.comics.bedetheque.answers import changed, refuse
from tako_providers.comics.bedetheque.parts import flag_of, folded
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    has_class,
    line_of,
    node_of,
    nodes,
    one_line,
    present,
    text_in,
    without_accents,
)

if TYPE_CHECKING:
    from lxml import html

_ID = re.compile(r"([SA]?)(\d+)")
_KIND_OF_PREFIX: dict[str, Kind] = {"S": Item.COMIC_SERIES, "A": Item.PERSON}
_NOT_IN_SLUG = re.compile(r"[^\w\s-]")
_SPACES = re.compile(r"\s+")


def hits(entries: Iterable[Json], kind: Kind | None) -> list[Item]:
    """The series and authors among the entries. Without ``kind`` the ids tell which is which."""
    return present(_hit(entry, kind) for entry in entries)


def _hit(entry: Json, kind: Kind | None) -> Item | None:
    """One entry: ``S59`` is a series, ``A80`` an author, other letters are things that Tako has no kind for."""
    told = entry.get("id")
    if not isinstance(told, str | int) or not str(told):
        raise ShapeChanged("an entry of Bedetheque's search box has no id")
    found = _ID.fullmatch(str(told))
    is_of = kind or (_KIND_OF_PREFIX.get(found[1]) if found else None)
    title = one_line(text_in(entry, "label") or text_in(entry, "value"))
    if found is None or is_of is None or not title:
        return None
    if is_of == Item.PERSON:
        return people.listed(found[2], title)
    return entries.listed_series(found[2], title, flag=flag_of(text_in(entry, "desc")))


def gallery_path(hit: Item) -> str:
    """The page of all albums of a series that was found. The words in it are for people, the number counts."""
    words = _SPACES.sub("-", _NOT_IN_SLUG.sub("", without_accents(hit.title)).strip())
    return f"/albums-{hit.source_id}-BD-{words}.html"


def fitting(found: Iterable[Item], text: str) -> list[Item]:
    """The albums whose series, number and title hold all words of ``text``."""
    words = folded(text).split()
    return [item for item in found if all(word in _told(item) for word in words)]


def _told(item: Item) -> str:
    return folded(f"{item.comic_issue.series.series.name} {item.comic_issue.number} {item.title}")


def token(page: html.HtmlElement) -> str:
    """What the search for albums wants to be sent with, from the form on the page."""
    found = line_of(page, "//input[@name='csrf_token_bel']/@value")
    if not found:
        raise changed(page, "the form of the search for albums")
    return found


def found_albums(page: html.HtmlElement) -> list[Item]:
    """The list of a search for albums. Where it has none, a sentence stands in its place."""
    listing = node_of(page, f"//ul[{has_class('search-list')}]")
    if listing is not None:
        return present(map(entries.found, nodes(listing, "./li")))
    sentence = line_of(
        page,
        f"//*[{has_class('erreur')}] | //div[{has_class('widget-line-title')}]/following-sibling::*[1][self::p]",
    )
    if not sentence:
        raise changed(page, "a list of albums")
    refuse(sentence)
    return []
