"""Authors: their page and the table of their series."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.details_people_pb2 import Person
from tako.v1.item_parts_pb2 import AlternativeTitle, ExternalId, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, ItemRef, WorkCredit
from tako_providers.comics.bedetheque import entries
from tako_providers.comics.bedetheque.answers import changed
from tako_providers.comics.bedetheque.parts import (
    LANGUAGE,
    PROVIDER,
    ROLES,
    SITE,
    flag_of,
    folded,
    own_address,
    picture,
    rows,
    series_id,
    value,
)
from tako_providers.sdk import (
    MAX_EMBEDDED,
    day_first_date,
    external_ids,
    has_class,
    line_of,
    lines_of,
    link,
    make_id,
    node_of,
    nodes,
    present,
    prose_of,
    year_in,
)

if TYPE_CHECKING:
    from lxml import html

_DATE = re.compile(r"(?:(?:\d{1,2}|--)/){0,2}\d{4}")
_ABOUT = "documents"
"""Opens the heading of the books that are about an author and not by them."""
_COLUMNS = 4
_INFO = f"//ul[{has_class('auteur-info')}]"


def is_author(page: html.HtmlElement) -> bool:
    """Whether this is the page of an author."""
    return node_of(page, f"//h1[{has_class('auteur-nom')}] | {_INFO}") is not None


def author(page: html.HtmlElement, number: str) -> Item:
    """The page of an author."""
    name = line_of(page, f"//h1[{has_class('auteur-nom')}]")
    own_name = line_of(page, "//meta[@property='og:title']/@content")
    if not is_author(page) or not (name or own_name):
        raise changed(page, "an author")
    table = rows(nodes(page, _INFO))
    photo = line_of(page, f"//div[{has_class('auteur-image')}]//a/@href | //img[{has_class('auteur-image')}]/@src")
    country = line_of(page, f"//span[{has_class('pays-auteur')}]").strip("() ")
    return Item(
        kind=Item.PERSON,
        source_id=number,
        title=name or own_name,
        alternative_titles=_other_names(name or own_name, own_name, value(table, "pseudo")),
        description=prose_of(page, f"//div[{has_class('bio')}] | //p[{has_class('bio')}]"),
        images=present([picture(Image.PRIMARY, photo)]),
        links=present(
            [
                link(Link.SOURCE, own_address(page)),
                link(Link.OFFICIAL, line_of(page, f"{_INFO}/li[contains(label, 'Site')]//a/@href")),
            ]
        ),
        external_ids=external_ids([(PROVIDER, number)]),
        language=LANGUAGE,
        person=Person(
            given_name=value(table, "prenom") or name.partition(", ")[2],
            family_name=value(table, "nom") or (name.partition(", ")[0] if ", " in name else ""),
            birth_date=_date(value(table, "naissance")),
            death_date=_date(value(table, "deces")),
            country=country,
            works=[credit for one in works(page)[:MAX_EMBEDDED] for credit in _credits(one)][:MAX_EMBEDDED],
        ),
    )


def listed(number: str, name: str) -> Item:
    """An author as the search box names them."""
    return Item(
        kind=Item.PERSON,
        source_id=number,
        title=name,
        links=(Link(role=Link.SOURCE, url=f"{SITE}/auteur/index/a/{number}"),),
        external_ids=(ExternalId(scheme=PROVIDER, value=number),),
        language=LANGUAGE,
    )


def _other_names(title: str, *names: str) -> list[AlternativeTitle]:
    others = dict.fromkeys(name for name in names if name and name != title)
    return [AlternativeTitle(text=name, type=AlternativeTitle.ALIAS) for name in others]


def _date(text: str) -> str:
    """The date in ``le 05/11/1931``, else the text."""
    found = _DATE.search(text)
    return (day_first_date(found[0]) if found else "") or text


def works(page: html.HtmlElement) -> list[Item]:
    """The series of an author, as the tables of the page part them; ``context`` has roles and the table's heading."""
    if not is_author(page):
        raise changed(page, "an author")
    found: dict[str, Item] = {}
    for table in nodes(page, f"//table[{has_class('biblio-auteur')}]"):
        heading = line_of(table, ".//th")
        if folded(heading).startswith(_ABOUT):
            continue
        for row in nodes(table, ".//tr[td]"):
            item = _work(row, heading)
            if item is not None:
                found.setdefault(item.source_id, item)
    return list(found.values())


def _work(row: html.HtmlElement, heading: str) -> Item | None:
    """One line: flag and name, first year, last year, roles."""
    anchor = node_of(row, ".//a[contains(@href, 'serie-')]")
    number = series_id(anchor.get("href")) if anchor is not None else ""
    if anchor is None or not number or not line_of(anchor):
        return None
    cells = nodes(row, "./td")
    whole = len(cells) >= _COLUMNS  # with one missing nobody knows which year is which
    first, last = (year_in(line_of(cell)) for cell in cells[1:3]) if whole else (None, None)
    item = entries.listed_series(
        number, line_of(anchor), anchor.get("href", ""), "", flag_of(line_of(row, ".//img/@src"))
    )
    if first is not None:
        item.year = first
        item.release_date = str(first)
    if last is not None:
        item.end_year = last
    item.context.label = heading
    item.context.role = ", ".join(_roles(row))
    return item


def _roles(row: html.HtmlElement) -> list[str]:
    """The roles of a line: the names of its icons, and what is written beside them."""
    told = lines_of(row, "./td[4]//i/@title") + lines_of(row, "./td[4]//span")
    return list(dict.fromkeys(told))


def _credits(work: Item) -> list[WorkCredit]:
    """The credits of a work, one for each role."""
    named = ItemRef(id=make_id(PROVIDER, work.kind, work.source_id), name=work.title)
    if work.HasField("year"):
        named.year = work.year
    roles = [role for role in work.context.role.split(", ") if role] or [""]
    return [
        WorkCredit(
            work=named,
            role=ROLES.get(folded(role), CreditRole.OTHER) if role else CreditRole.TYPE_UNSPECIFIED,
            job=role,
        )
        for role in roles
    ]
