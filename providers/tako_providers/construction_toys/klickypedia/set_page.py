"""The page of a set.

What it says stands in one block, a line each: a flag and the name in that language, or a label and its value. Labels
are in the language of the page; where a value is a link, the link tells better what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import html

from tako.v1.details_toys_pb2 import BuildingSet, Instruction, Part
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
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

LANGUAGES = ("en", "es", "de", "fr")

_FLAGS = {"greatbritain": "en", "spain": "es", "germany": "de", "france": "fr"}
_FLAG = re.compile(r"flag-([a-z]+)", re.IGNORECASE)
_FLAG_WORDS = {"english": "en", "español": "es", "deutsch": "de", "français": "fr"}
_PATHS = {
    "themes": "theme",
    "sets-formats": "format",
    "released": "released",
    "discontinued": "discontinued",
    "export-markets": "market",
}
_LABELS = {
    "theme": "theme",
    "thème": "theme",
    "tema": "theme",
    "thema": "theme",
    "format": "format",
    "formato": "format",
    "released": "released",
    "sortie": "released",
    "lanzamiento": "released",
    "erschienen": "released",
    "discontinued": "discontinued",
    "fin de vie": "discontinued",
    "descatalogado": "discontinued",
    "eingestellt": "discontinued",
    "figures": "figures",
    "chiffres": "figures",  # a machine's French for figures
    "figuras": "figures",
    "figuren": "figures",
    "exclusive": "exclusive",
    "exclusif": "exclusive",
    "exclusivo": "exclusive",
    "exklusiv": "exclusive",
    "export market": "market",
}
_PATH = re.compile(r"(?:https?://[^/]+)?/([a-z-]+)/([^/?#]+)")
_EMPTY = frozenset(("", "n/a", "none", "-"))
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_NUMBER_OF_A_BOX = re.compile(r"(\d+)(?:-[a-z]{2,3})?(?=-|$)")
_PART = re.compile(r"/parts/([^/?#]+)")

_INFO = f"//*[{has_class('caja_set_info')}]"
_PART_LINKS = f"//*[{has_class('yarpp-thumbnails-horizontal')}]//a[contains(@href, '/parts/')]"


@dataclass(slots=True)
class _Value:
    """What stands behind a label: links to lists of the site, and other words."""

    links: dict[str, str] = field(default_factory=dict)
    """Text of a link by the last part of its address."""
    words: str = ""

    @property
    def text(self) -> str:
        """The first link, else the words."""
        return next(iter(self.links.values()), "") or self.words


def building_set(page: html.HtmlElement, asked: str, language: str) -> Item:
    """The set. ``asked`` is its slug, ``language`` one of the four or ""."""
    info = _info(page)
    slug = _slug(page, asked)
    number, heading = named(line_of(page, "//h1"))
    names, values = _names(info), _values(info)
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
    info = node_of(page, _INFO)
    if info is None:
        raise ShapeChanged("Klickypedia gave something else where the page of a set was expected")
    return info


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


def _names(info: html.HtmlElement) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for flag in info.iter("img"):
        match = _FLAG.search(flag.get("src") or "")
        tag = _FLAGS.get(match[1].lower() if match else "") or _FLAG_WORDS.get((flag.get("alt") or "").strip().lower())
        if tag and (name := _line_behind(flag).words):
            found.setdefault(tag, name)
    return found


def _values(info: html.HtmlElement) -> Mapping[str, _Value]:
    """The values by what they are."""
    found = {name: _Value() for name in (*_PATHS.values(), "figures", "exclusive")}
    for label in info.iter("strong", "b"):
        value = _line_behind(label)
        paths = (match[1] for one in _anchors_behind(label) if (match := _PATH.match(one.get("href") or "")))
        name = next((_PATHS[path] for path in paths if path in _PATHS), "")
        name = name or _LABELS.get(one_line(label.text_content()).rstrip(" :\xa0").casefold(), "")
        if name and not found[name].text:
            found[name] = value
    return found


def _line_behind(start: html.HtmlElement) -> _Value:
    """What stands between ``start`` and the end of its line, without links to the editor and remarks."""
    value, words = _Value(), [start.tail or ""]
    for one in _until_break(start):
        if one.tag == "a" and "/editor/" not in (one.get("href") or ""):
            match = _PATH.match(one.get("href") or "")
            text = _meaning(one.text_content())
            if match and text:
                value.links[unquote(match[2])] = text
            elif text:
                words.append(text)
        elif one.tag not in ("a", "i") and "sets-contador" not in (one.get("class") or ""):
            words.append(one.text_content())
        words.append(one.tail or "")
    value.words = _meaning(" ".join(words))
    return value


def _anchors_behind(start: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (one for one in _until_break(start) if one.tag == "a")


def _until_break(start: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for one in start.itersiblings():
        if one.tag in ("br", "strong", "b", "img", "div", "p"):
            return
        if isinstance(one.tag, str):
            yield one


def _meaning(text: str) -> str:
    """A value, "" for the words that stand for none."""
    line = one_line(text).replace("(wrong?)", "").strip()
    return "" if line.strip("() ").casefold() in _EMPTY else line


def _day(value: _Value) -> str:
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
