"""The page of a set.

What it says stands in one block, a line each: a flag and the name in that language, or a label and its value. Labels
are in the language of the page; where a value is a link, the link tells better what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tako.v1.details_toys_pb2 import BuildingSet, Instruction, Part
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.construction_toys.klickypedia import info
from tako_providers.construction_toys.klickypedia.info import Value
from tako_providers.construction_toys.klickypedia.listing import SITE, check, named, picture, set_numbers
from tako_providers.sdk import (
    MAX_EMBEDDED,
    NotFound,
    Response,
    ShapeChanged,
    external_ids,
    has_class,
    image,
    line_of,
    link,
    node_of,
    nodes,
    one_line,
    positive,
    present,
    timestamp,
    year_in,
)

if TYPE_CHECKING:
    from lxml import html

LANGUAGES = ("en", "es", "de", "fr")

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_NUMBER_OF_A_BOX = re.compile(r"(\d+)(?:-[a-z]{2,3})?(?=-|$)")
_PART = re.compile(r"/parts/([^/?#]+)")

_INFO = f"//*[{has_class('caja_set_info')}]"
_PART_LINKS = f"//*[{has_class('yarpp-thumbnails-horizontal')}]//a[contains(@href, '/parts/')]"


def building_set(page: html.HtmlElement, asked: str, language: str) -> Item:
    """The set. ``asked`` is its slug, ``language`` one of the four or ""."""
    block = _info(page)
    slug = _slug(page, asked)
    number, heading = named(line_of(page, "//h1"))
    names, values = info.names(block), info.values(block)
    title, spoken = _title(names, heading, language)
    if not title:
        raise ShapeChanged("a set of Klickypedia has no name")
    theme, released, ended = values["theme"], values["released"], values["discontinued"]
    release_date = _day(released)
    return Item(
        kind=Item.BUILDING_SET,
        source_id=slug,
        title=title,
        original_title=heading if heading != title else "",
        alternative_titles=[
            AlternativeTitle(
                text=name,
                language=tag,
                type=AlternativeTitle.ENGLISH if tag == "en" else AlternativeTitle.TRANSLATED,
            )
            for tag, name in names.items()
            if name != title
        ],
        year=year_in(released.text),
        release_date=release_date,
        images=list(_images(page)),
        links=present([link(Link.SOURCE, f"{SITE}/sets/{slug}/")]),
        external_ids=set_numbers(number),
        tags=list(dict.fromkeys(filter(None, (one_line(tag.text_content()) for tag in _tags(page))))),
        language=spoken,
        source_updated_at=timestamp(line_of(page, "//meta[@property='article:modified_time']/@content")),
        building_set=BuildingSet(
            brand="Playmobil",
            theme=theme.text,
            theme_id=next(iter(theme.links), ""),
            format=values["format"].text,
            exclusive=values["exclusive"].text,
            markets=list(values["market"].links.values()) or list(filter(None, [values["market"].words])),
            figures=positive(values["figures"].text),
            retirement_date=_day(ended) or str(year_in(ended.text) or ""),
            parts=[ItemRef(name=part.title) for part in parts(page)[:MAX_EMBEDDED]],
        ),
    )


def parts(page: html.HtmlElement) -> Sequence[Item]:
    """The parts that the page of a set names. They have no page that tells more."""
    _info(page)
    found: dict[str, Item] = {}
    for anchor in nodes(page, _PART_LINKS):
        match = _PART.search(anchor.get("href", ""))
        number, name = named(one_line(anchor.get("title") or anchor.text_content()))
        if match and name:
            slug = unquote(match[1])
            found[slug] = Item(
                kind=Item.PART,
                source_id=slug,
                title=name,
                links=present([link(Link.SOURCE, f"{SITE}/parts/{slug}/")]),
                external_ids=external_ids([("sku", number)]),
                language="en",
                part=Part(),
            )
    return list(found.values())


def instruction(slug: str, answer: Response) -> Item:
    """The document that Playmobil's file server says that it has."""
    length = answer.headers.get("content-length", "")
    return Item(
        kind=Item.INSTRUCTION,
        source_id=f"{slug}/1",
        links=present([link(Link.DOCUMENT, answer.url)]),
        instruction=Instruction(url=answer.url, format="PDF", size_bytes=positive(length)),
    )


def box_number(slug: str) -> str:
    """The digits on the box, "" for what has none and for variants, whose box holds one of many."""
    match = _NUMBER_OF_A_BOX.match(slug)
    return match[1] if match and match[1].strip("0") else ""


def _info(page: html.HtmlElement) -> html.HtmlElement:
    check(page)
    block = node_of(page, _INFO)
    if block is None:
        raise ShapeChanged("Klickypedia gave something else where the page of a set was expected")
    return block


def _slug(page: html.HtmlElement, asked: str) -> str:
    """The slug of the page. WordPress leads an address that it does not know to one that begins alike."""
    match = re.search(r"/sets/([^/?#]+)", line_of(page, "//link[@rel='canonical']/@href"))
    slug = unquote(match[1]).lower() if match else asked
    if slug != asked and not slug.startswith(f"{asked}-"):
        raise NotFound("Klickypedia knows no such item")
    return slug


def _title(names: Mapping[str, str], heading: str, language: str) -> tuple[str, str]:
    """The name and its language: the one asked for, else English, else the heading, whose language nobody says."""
    for tag in (language, "en"):
        if names.get(tag):
            return names[tag], tag
    return heading, ""


def _day(value: Value) -> str:
    """A whole date, which is rare: nearly always there is a year."""
    match = _DAY.search(f"{value.text} {value.words}")
    return match[0] if match else ""


def _tags(page: html.HtmlElement) -> Sequence[html.HtmlElement]:
    return nodes(page, f"//*[{has_class('settags')}]//a")


def _images(page: html.HtmlElement) -> Iterator[Image]:
    """The picture of the set, then those beside it. Boxes are told by their titles."""
    main = picture(line_of(page, "//a[.//img[contains(@class, 'set_image')]]/@href"))
    main = main or picture(line_of(page, "//meta[@property='og:image']/@content"))
    seen = {"", main}
    yield from present([image(Image.PRIMARY, main)])
    for anchor in nodes(page, "//a[starts-with(@rel, 'lightbox')][@href]"):
        address = picture(anchor.get("href"))
        if address in seen:
            continue
        seen.add(address)
        shown = anchor.find(".//img")
        told = one_line(anchor.get("title") or (shown.get("title") if shown is not None else ""))
        caption = told.rpartition(" - ")[2]
        small = picture(shown.get("src")) if shown is not None else ""
        yield from present([image(_role(caption), address, caption=caption, thumbnail_url=small)])


def _role(caption: str) -> Image.Role.ValueType:
    words = caption.casefold().split()
    if "back" in words or "rear" in words:
        return Image.BOX_BACK
    return Image.BOX_FRONT if "box" in words else Image.GALLERY
