"""The page of one collectible at ConsoleVariations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tako.v1.details_games_pb2 import Console, ReleaseType
from tako.v1.item_parts_pb2 import Engagement, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import ReleaseDate
from tako.v1.references_pb2 import TermRef
from tako_providers.sdk import (
    Json,
    NotFound,
    ShapeChanged,
    dicts_in,
    external_ids,
    https,
    image,
    line_of,
    link,
    nodes,
    one_line,
    present,
    prose_of,
    slug,
    text_in,
    values_of,
    words_of,
)
from tako_providers.videogames.consolevariations.countries import COUNTRIES
from tako_providers.videogames.consolevariations.listings import CDN, SITE, brand_in, is_missing, platform_in

if TYPE_CHECKING:
    from lxml import html

_GALLERY = re.compile(r"images\s*:\s*JSON\.parse\('(\[.*?\])'\)", re.DOTALL)
_RELEASE = re.compile(r"([^\d,;]+?)\s*(?:[-\u2013\u2014]\s*(\d{4})\b|(?=[,;]|$))")
"""A place and its year, which may be missing: ``United Kingdom - 1987``."""
_RARITY = re.compile(r"(\d{1,3})(?:\s*/\s*100)?\s+Rarity Score", re.IGNORECASE)
_WANTED = re.compile(r"(\d[\d,]*)\s+(?:people|person)\s+wants?\s+this", re.IGNORECASE)
_OWNED = re.compile(r"(\d[\d,]*)\s+(?:people|person)\s+owns?\s+this", re.IGNORECASE)
_BARCODE = re.compile(r"Barcode\s*:?\s*(\d{8,14})\b", re.IGNORECASE)
_HIGHEST_RARITY = 100
_UPC = 12

_RELEASE_TYPES = {
    "official": ReleaseType.OFFICIAL,
    "promotional": ReleaseType.PROMOTIONAL,
    "bundle": ReleaseType.BUNDLE,
    "prototype": ReleaseType.PROTOTYPE,
}
_TYPES = {"console": Console.CONSOLE, "controller": Console.CONTROLLER, "accessory": Console.ACCESSORY}
_YES_OR_NO = {"yes": True, "no": False}
_READ = frozenset(
    (
        "releases",
        "release type",
        "region code",
        "color",
        "amount produced estimate",
        "limited edition",
        "is bundle",
        "type",
        "barcode",
        "rarity tier",
    )
)
"""Rows that have a field of their own."""


def collectible(slug: str, page: html.HtmlElement) -> Item:
    """The page of a collectible."""
    if is_missing(page):
        raise NotFound("ConsoleVariations knows no such collectible")
    title = line_of(page, "//h1[contains(@class, 'text-2xl')]") or line_of(page, "//h1")
    cells = _cells(page)
    pictures = list(_pictures(page))
    if not title or not (cells or pictures):
        raise ShapeChanged("the page of a collectible of ConsoleVariations has no title, or neither rows nor pictures")
    rows = {label: line_of(cell) for label, cell in cells.items()}
    told = words_of(page)
    releases = list(_releases(cells.get("releases")))
    years = sorted(release.date for release in releases if release.date)
    codes = _BARCODE.findall(told)
    return Item(
        kind=Item.CONSOLE,
        source_id=slug,
        title=title,
        year=int(years[0]) if years else None,
        release_date=years[0] if years else "",
        images=pictures,
        links=present([link(Link.SOURCE, f"{SITE}/collectibles/{slug}")]),
        external_ids=external_ids([("upc" if len(code) == _UPC else "ean", code) for code in codes]),
        engagement=_engagement(told),
        language="en",
        console=Console(
            type=_TYPES.get(rows.get("type", "").casefold(), Console.TYPE_UNSPECIFIED),
            platform=_platform(page),
            brand=_brand(page),
            release_type=_release_type(rows),
            releases=releases,
            region_code=rows.get("region code", ""),
            color=rows.get("color", ""),
            amount_produced=rows.get("amount produced estimate", ""),
            limited_edition=_YES_OR_NO.get(rows.get("limited edition", "").casefold()),
            is_bundle=_YES_OR_NO.get(rows.get("is bundle", "").casefold()),
            rarity_score=_rarity(told),
            rarity_level=rows.get("rarity tier", ""),
        ),
        attributes=_attributes(rows),
    )


def _cells(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """The values of the table by their labels, in lower case: their case differs from page to page."""
    found: dict[str, html.HtmlElement] = {}
    for row in nodes(page, "//tr[td[2]]"):
        label = line_of(row, "td[1]").rstrip(" :").casefold()
        if label and line_of(row, "td[2]"):
            found.setdefault(label, row.xpath("td[2]")[0])
    return found


def _pictures(page: html.HtmlElement) -> Iterator[Image]:
    """The gallery that the page's script shows; the pictures in the page itself where there is none.

    Pictures in links to other collectibles are not of this one.
    """
    shown = _gallery(page)
    if not shown:
        addresses = nodes(
            page, f"//img[starts-with(@src, '{CDN}')][not(ancestor::a[contains(@href, '/collectibles/')])]"
        )
        sources = dict.fromkeys(one.get("src") for one in addresses if "profile-photos" not in one.get("src"))
        shown = [{"original_url": source} for source in sources]
    for number, entry in enumerate(shown):
        address = https(text_in(entry, "original_url")) or https(text_in(entry, "preview_url"))
        found = image(
            Image.GALLERY if number else Image.PRIMARY,
            address,
            thumbnail_url=https(text_in(entry, "preview_url")),
            caption=one_line(text_in(entry, "alt_text")).strip("()"),
        )
        if found is not None:
            yield found


def _gallery(page: html.HtmlElement) -> list[Json]:
    """The list of pictures: JSON inside a string of a script, each with its own escapes."""
    for script in values_of(page, "//@*[contains(., 'JSON.parse')] | //script[contains(., 'JSON.parse')]/text()"):
        if match := _GALLERY.search(script):
            return dicts_in({"images": _decoded(match[1])}, "images")
    return []


def _decoded(text: str) -> Json | None:
    if '"' not in text:
        try:
            text = json.loads('"' + text.replace("\\'", "'") + '"')
        except ValueError:
            return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _releases(cell: html.HtmlElement | None) -> Iterator[ReleaseDate]:
    """Where it came out, and the years of those that have one. Several places stand in lines or behind one another."""
    if cell is None:
        return
    for line in prose_of(cell).splitlines():
        for place, year in _RELEASE.findall(line):
            name = place.strip(" -\u2013\u2014/|")
            if name:
                country = COUNTRIES.get(name.casefold(), "")
                yield ReleaseDate(date=year, country=country, region="" if country else name)


def _release_type(rows: Mapping[str, str]) -> ReleaseType.Type.ValueType:
    told = rows.get("release type", "").casefold()
    return _RELEASE_TYPES.get(told, ReleaseType.OTHER) if told else ReleaseType.TYPE_UNSPECIFIED


def _platform(page: html.HtmlElement) -> TermRef | None:
    for anchor in nodes(page, "//a[contains(@href, '/database/')]"):
        slug, name = platform_in(anchor.get("href", "").strip()), line_of(anchor)
        if slug and name:
            return TermRef(id=slug, name=name)
    return None


def _brand(page: html.HtmlElement) -> TermRef | None:
    """The first brand; its name is the link's text, else made from its slug."""
    for anchor in nodes(page, "//a[contains(@href, '/browse/brand/')]"):
        if slug := brand_in(anchor.get("href", "").strip()):
            return TermRef(id=slug, name=line_of(anchor) or slug.replace("-", " ").title())
    return None


def _engagement(told: str) -> Engagement | None:
    owned, wanted = _OWNED.search(told), _WANTED.search(told)
    if owned is None and wanted is None:
        return None
    return Engagement(
        owners=int(owned[1].replace(",", "")) if owned else None,
        wanters=int(wanted[1].replace(",", "")) if wanted else None,
    )


def _rarity(told: str) -> int | None:
    match = _RARITY.search(told)
    return int(match[1]) if match and int(match[1]) <= _HIGHEST_RARITY else None


def _attributes(rows: Mapping[str, str]) -> dict[str, str]:
    """What the table says beyond the fields, and the sort of release where it is one of the rarer ones."""
    more = {slug(label, "_"): value for label, value in rows.items() if label not in _READ}
    if _release_type(rows) == ReleaseType.OTHER:
        more["release_type"] = rows["release type"]
    return more
