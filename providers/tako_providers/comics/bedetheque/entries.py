"""Albums and series as lists name them: beside a series, in its gallery, and in the answer of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tako.v1.details_comics_pb2 import ComicIssue
from tako.v1.item_parts_pb2 import ExternalId, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef, SeriesRef
from tako_providers.comics.bedetheque.parts import (
    FULL_TITLE,
    LANGUAGE,
    PROVIDER,
    SITE,
    album_id,
    edition_letter,
    language_of_flag,
    number_of,
    numbered,
    other_titles,
    picture,
    series_ref,
)
from tako_providers.sdk import (
    absolute,
    day_first_date,
    external_ids,
    has_class,
    line_of,
    link,
    node_of,
    present,
    values_of,
    year_of,
)

if TYPE_CHECKING:
    from lxml import html


def beside(entry: html.HtmlElement, series: ItemRef | None) -> Item | None:
    """An entry of the list beside a series: number, title and the date of the legal deposit."""
    anchor = node_of(entry, ".//a[contains(@href, 'BD-')]")
    if anchor is None or not (number := album_id(anchor.get("href"))):
        return None
    label = node_of(entry, "./label")
    return listed(
        number,
        numbered(label)[0] if label is not None else "",
        line_of(anchor) or anchor.get("title", ""),
        series,
        anchor.get("href", ""),
        deposit=line_of(entry, f".//span[{has_class('dl-side')}]"),
    )


def in_gallery(entry: html.HtmlElement, series: ItemRef | None) -> Item | None:
    """An entry of the gallery of a series: number, title and cover.

    The caption has the whole title, the attribute the whole number.
    """
    anchor = node_of(entry, "./a[contains(@href, 'BD-')]")
    if anchor is None or not (number := album_id(anchor.get("href"))):
        return None
    caption = node_of(entry, f".//div[{has_class('sous-titre')}]")
    told = anchor.get("title", "")
    full = FULL_TITLE.fullmatch(told)
    bold = line_of(caption, ".//b").removeprefix("Tome ") if caption is not None else ""
    words = (
        values_of(caption, f".//text()[not(ancestor::b) and not(ancestor::*[{has_class('numa-serie')}])]")
        if caption is not None
        else []
    )
    title = "".join(words).strip(" -\r\n\t") or (full["title"] or "" if full else "")
    return listed(
        number,
        full["number"] if full else bold,
        title,
        series,
        anchor.get("href", ""),
        cover=line_of(anchor, ".//img/@src"),
    )


def found(entry: html.HtmlElement) -> Item | None:
    """A hit of the search for albums."""
    anchor = node_of(entry, ".//a[contains(@href, 'BD-')]")
    if anchor is None or not (number := album_id(anchor.get("href"))):
        return None
    name = line_of(anchor, f".//span[{has_class('serie')}]")
    volume = line_of(anchor, f".//span[{has_class('num')}]")
    letter = line_of(anchor, f".//span[{has_class('numa')}]")
    return listed(
        number,
        number_of(volume) + number_of(letter),
        line_of(anchor, f".//span[{has_class('titre')}]"),
        series_ref("", name),
        anchor.get("href", ""),
        cover=anchor.get("rel", ""),
        deposit=line_of(entry, f".//span[{has_class('dl')}]"),
    )


def listed(
    number: str, volume: str, title: str, series: ItemRef | None, address: str, *, cover: str = "", deposit: str = ""
) -> Item | None:
    """An album as a list names it; one without a title has that of its series. None without either."""
    name = title or (series.name if series is not None else "")
    if not name:
        return None
    released = day_first_date(deposit)
    return Item(
        kind=Item.COMIC_ISSUE,
        source_id=number,
        title=name,
        year=year_of(released),
        release_date=released,
        images=present([picture(Image.THUMBNAIL, cover)]),
        links=present([link(Link.SOURCE, absolute(f"{SITE}/", address))]),
        external_ids=external_ids([(PROVIDER, number)]),
        language=LANGUAGE,
        comic_issue=ComicIssue(
            series=SeriesRef(series=series, volume=volume) if series is not None else None,
            number=volume,
            edition_letter=edition_letter(volume),
            legal_deposit=deposit,
            omnibus=True if volume.startswith("INT") else None,
        ),
    )


def listed_series(number: str, title: str, address: str = "", cover: str = "", flag: str = "") -> Item:
    """A series as a list names it. Without an address it has the one that its number leads to."""
    url = absolute(f"{SITE}/", address) if address else f"{SITE}/serie/index/s/{number}"
    item = Item(
        kind=Item.COMIC_SERIES,
        source_id=number,
        title=title,
        alternative_titles=other_titles(title),
        images=present([picture(Image.THUMBNAIL, cover)]) if cover else (),
        links=(Link(role=Link.SOURCE, url=url),),
        external_ids=(ExternalId(scheme=PROVIDER, value=number),),
        languages=language_of_flag(flag),
        language=LANGUAGE,
    )
    if flag:
        item.attributes["flag"] = flag
    return item
