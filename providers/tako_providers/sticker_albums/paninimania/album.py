"""The page of an album at Paninimania: labels in bold, each followed by its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tako.v1.details_collectibles_pb2 import StickerAlbum, StickerSection
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    NotFound,
    ShapeChanged,
    external_ids,
    has_class,
    image,
    line_of,
    lines_of,
    link,
    nodes,
    normal_id,
    one_line,
    positive,
    present,
    prose_of,
    values_of,
    without_accents,
    words_of,
    written_date,
    year_of,
)
from tako_providers.sticker_albums.paninimania.checklists import Stickers, distinct, written_out
from tako_providers.sticker_albums.paninimania.listings import address, file

if TYPE_CHECKING:
    from lxml import html

_NOT_THERE = re.compile(r"page introuvable|n['\u2019`]existe pas", re.IGNORECASE)
_MAIN = re.compile(r"/(?:\?n=)?\d+b\.jpe?g$")
_SECTION = re.compile(r"(?:images?|cartes?)\s+(?!divers)(.+)", re.IGNORECASE)
_CHECKLIST = re.compile(r"([^:]{1,80}?)\s*:\s*(.+)")
_COUNT = re.compile(r"\((\d+)\)")
_CODE = re.compile(r"\d(?:[ -]?\d){7,13}")
_ROWS = frozenset(("copyright", "code-barres", "premiere parution"))
_NO_CATEGORIES = frozenset(("menu", "tous les albums"))
_SEVERAL = re.compile(r"[,;]| (?:à|au|-) ")
_UPC = 12


class Section(NamedTuple):
    """A list of special stickers: its name, its wording, the number that is told of it, and what it holds."""

    name: str
    raw: str
    told: int | None
    stickers: Stickers


def album(number: str, page: html.HtmlElement) -> Item:
    """The page of an album."""
    title = line_of(page, "//h1")
    if _NOT_THERE.search(title or words_of(page)):
        raise NotFound("Paninimania knows no such album")
    bold = nodes(page, "//b")
    rows = dict(_rows(bold))
    publisher, raw = _checklist(bold)
    sections = list(_sections(bold))
    if not title or not (rows or raw or sections):
        raise ShapeChanged("the page of an album of Paninimania has no title, or no label that is known")
    codes = [re.sub(r"[ -]", "", code) for code in _CODE.findall(rows.get("code-barres", ""))]
    dated = rows.get("premiere parution", "")
    released = written_date(dated, "fr")
    return Item(
        kind=Item.STICKER_ALBUM,
        source_id=number,
        title=title,
        description=_description(page),
        year=year_of(released),
        release_date=released,
        release_text="" if released else dated,
        images=list(_images(page)),
        links=present([link(Link.SOURCE, address(number))]),
        external_ids=external_ids([("paninimania", number), *((_scheme(code), code) for code in codes)]),
        language="fr",
        sticker_album=_stickers(publisher, raw, sections, rows.get("copyright", ""), page, bold),
        attributes=_attributes(codes),
    )


def _stickers(
    publisher: str,
    raw: str,
    sections: list[Section],
    copyright_line: str,
    page: html.HtmlElement,
    bold: list[html.HtmlElement],
) -> StickerAlbum:
    checklist = written_out(raw)
    ordinary = checklist.ordinary
    named = {*ordinary, *(item for section in sections for item in section.stickers.items)}
    whole = all(section.stickers.whole for section in sections)
    others = [item for item in checklist.items if item not in named] if whole else []
    special = [
        StickerSection(
            name=section.name,
            raw=section.raw,
            total=section.told or (len(section.stickers.items) if section.stickers.whole else None),
            items=section.stickers.items,
        )
        for section in sections
        if section.raw
    ]
    if others:
        special.append(StickerSection(total=len(others), items=others))
    return StickerAlbum(
        publisher=publisher,
        copyright=copyright_line,
        checklist=StickerSection(raw=raw, total=len(ordinary) or None, items=ordinary) if raw else None,
        special_stickers=special,
        sticker_count=None
        if _has_nameless(page, bold)
        else distinct([checklist, *(section.stickers for section in sections)]),
        categories=[name for name in lines_of(page, "//h2//a") if name.casefold() not in _NO_CATEGORIES],
        articles=list(_articles(bold)),
    )


def _rows(bold: list[html.HtmlElement]) -> Iterator[tuple[str, str]]:
    """Label and value of the rows that are known: ``<b>Copyright : </b>Panini<br>``."""
    for node in bold:
        label = _plain_label(line_of(node))
        value = one_line(node.tail)
        if value and label in _ROWS:
            yield label, value


def _plain_label(text: str) -> str:
    """A label without accents, colon and case."""
    return without_accents(text.rstrip(" :").casefold())


def _checklist(bold: list[html.HtmlElement]) -> tuple[str, str]:
    """Publisher and list, from the line ``Panini : 1 à 226`` below a label of its own; empty where there is none.

    A line with a colon is that one when it has stickers in it, or points to a picture that lists them.
    """
    for node in bold:
        after = node.getnext()
        below = (node.tail or "").strip() or (after.tail if after is not None and after.tag == "br" else "")
        match = _CHECKLIST.fullmatch(one_line(below))
        if match is None or match[1].startswith("-") or _plain_label(line_of(node)) in _ROWS:
            continue
        if match[2].startswith("voir ") or written_out(match[2]).items:
            return match[1].strip(), match[2].strip()
    return "", ""


def _sections(bold: list[html.HtmlElement]) -> Iterator[Section]:
    """The special stickers: ``<b>Images brillantes </b><em>(50)</em><b> : </b>1, 2, 4 à 6``. A list may be missing."""
    for node in bold:
        text = line_of(node)
        match = _SECTION.fullmatch(text.rstrip(" :"))
        if match is None:
            continue
        last, between = node, ""
        if not text.endswith(":") and not (node.tail or "").strip():
            for beside in node.itersiblings():
                if beside.tag not in ("em", "i", "b"):
                    break
                last = beside
                between += line_of(beside)
                if beside.tag == "b":
                    break
        count, raw = _COUNT.search(between), one_line(last.tail)
        yield Section(match[1].strip(), raw, positive(count[1]) if count else None, written_out(raw))


def _has_nameless(page: html.HtmlElement, bold: list[html.HtmlElement]) -> bool:
    """Whether there is a list whose name is not read: then nobody knows how many stickers there are."""
    if any(_is_list(one_line(node.tail)) for node in page.iter("br")):
        return True
    for node in bold:
        if not line_of(node).strip(" :"):
            before = next((one for one in node.itersiblings(preceding=True) if one.tag not in ("em", "i")), None)
            if before is None or not _SECTION.match(line_of(before)):
                return True
    return False


def _is_list(text: str) -> bool:
    """Whether a line of its own is nothing but stickers; a year or a count alone is not."""
    return bool(_SEVERAL.search(text)) and written_out(text).whole


def _articles(bold: list[html.HtmlElement]) -> Iterator[str]:
    """The lines with a dash below ``Articles divers``."""
    for node in bold:
        if _plain_label(line_of(node)) != "articles divers":
            continue
        lines = [node.tail or ""]
        for beside in node.itersiblings():
            if beside.tag == "br":
                lines.append(beside.tail or "")
            elif beside.tag in ("em", "i", "span", "font"):
                lines[-1] += f"{beside.text_content()}{beside.tail or ''}"
            else:
                break
        yield from (text for line in map(one_line, lines) if line.startswith("-") and (text := line.lstrip("- ")))


def _description(page: html.HtmlElement) -> str:
    """The first block of text that is none of the lists."""
    for node in nodes(page, f"//div[{has_class('d2')}]/div[{has_class('g0')}]"):
        if not any(_SECTION.match(line) for line in lines_of(node, ".//b")):
            return prose_of(node)
    return ""


def _images(page: html.HtmlElement) -> Iterator[Image]:
    """The album's own picture, which may be missing, and the gallery with its captions."""
    for node in nodes(page, "//img[not(ancestor::a)]"):
        found = file(node.get("src"))
        if _MAIN.search(found):
            yield Image(role=Image.PRIMARY, url=found)
            break
    seen: set[str] = set()
    for node in nodes(page, "//a[@target='_blank'][@href]"):
        found = file(node.get("href"))
        shown = image(
            Image.GALLERY,
            found if found.lower().endswith((".jpg", ".jpeg")) else None,
            caption=one_line((node.get("title") or "").replace("`", "'")),
            thumbnail_url=file(next(iter(values_of(node, ".//img/@src")), None)),
        )
        if shown is not None and found not in seen:
            seen.add(found)
            yield shown


def _attributes(codes: list[str]) -> dict[str, str]:
    """The barcodes whose check digit is wrong: they are no ids."""
    wrong = [code for code in codes if normal_id(_scheme(code), code) is None]
    return {"barcode": ", ".join(wrong)} if wrong else {}


def _scheme(code: str) -> str:
    return "upc" if len(code) == _UPC else "ean"
