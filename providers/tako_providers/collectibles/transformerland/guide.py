"""The collector's guide: the table that a search gives, and the page of a toy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Availability, Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    NotFound,
    ShapeChanged,
    absolute,
    add_ids,
    add_image,
    external_ids,
    https,
    image,
    line_of,
    link,
    nodes,
    one_line,
    plain,
    present,
    texts_of,
    words_of,
    year_in,
)

if TYPE_CHECKING:
    from lxml import html

SITE = "https://www.transformerland.com"
PATH = "/show_parent_g12.php"

_TOY = re.compile(r"[?&;]toyid=(\d+)")
_ROWS = "//tr[.//a[contains(@href, 'toyid=')]][not(.//tr)]"
_NONE = re.compile(
    r"\bno (?:\w+ ){0,2}(?:toys?|sets?|names?|items?|matches|results?) (?:were |was |have been )?found\b"
    r"|\bno (?:matches|results)\b|\bnothing (?:was )?found\b",
    re.IGNORECASE,
)
"""Not `no items` alone: a cart has none too."""
_LABELS = re.compile(r"(Set Name|Series|Subgroup|Allegiance|Alliance)\s*:")
_YEAR = re.compile(r"\((\d{4})\)")
_YEAR_OF_VARIANT = re.compile(r"\bYear:\s*(\d{4})\b")
_SIZE = re.compile(r"\bSize:\s*([\d.]+\s*\"\s*\([\d.]+\s*cm\)|[\d.]+\s*(?:\"|cm\b))")
_GONE = ("Item not found", "Page not found")
_UNREAD = ("option", "nav", "header", "footer")
"""Elements whose words are not about the toy."""


def rows(page: html.HtmlElement) -> Sequence[Item]:
    """The toys of a search, all of them. Raises ShapeChanged when there is no row and nothing says that there is none.

    Each row is read alone: a row without one of its lines must not borrow the next one's.
    """
    found = {item.source_id: item for row in nodes(page, _ROWS) if (item := _row(row)) is not None}
    if not found and not any(_NONE.search(text) for text in texts_of(page, *_UNREAD)):
        raise ShapeChanged("Transformerland gave something else where a list of toys was expected")
    return list(found.values())


def toy(page: html.HtmlElement, number: str) -> Item:
    """The toy of a page of the guide."""
    values = _table(page)
    texts = list(texts_of(page, *_UNREAD))
    if not values and not any("Collector's Guide Toy Info" in text for text in texts):
        check_found(page)
        raise ShapeChanged("Transformerland gave something else where the page of a toy was expected")
    heading, line, series, faction = _title(line_of(page, "//title"))
    subgroup = values.get("subgroup", "")
    title = _without(heading, subgroup)
    if not title:
        raise ShapeChanged("a toy of Transformerland has no name")
    text = " ".join(texts)
    year = _YEAR_OF_VARIANT.search(text)
    size = _SIZE.search(text)
    return Item(
        kind=Item.COLLECTIBLE,
        source_id=number,
        title=title,
        description=plain(line_of(page, "//meta[@name='description']/@content")),
        year=int(year[1]) if year else _year_of(subgroup),
        images=list(_images(page)),
        links=present([link(Link.SOURCE, address(number))]),
        external_ids=external_ids([("transformerland", number)]),
        availability=_availability(text),
        language="en",
        collectible=Collectible(
            line=values.get("toy line") or line,
            series=values.get("series") or series,
            subgroup=subgroup,
            faction=values.get("alliance") or values.get("allegiance") or faction,
            size_text=one_line(size[1]) if size else "",
        ),
    )


def address(number: str) -> str:
    """The page of a toy."""
    return f"{SITE}{PATH}?action=show_parent&toyid={number}"


def is_gone(page: html.HtmlElement) -> bool:
    """Whether the page says that there is no such thing. It may say so with status 200."""
    text = words_of(page)
    return any(words in text for words in _GONE)


def check_found(page: html.HtmlElement) -> None:
    """Raise what such a page means."""
    if is_gone(page):
        raise NotFound("Transformerland has no such item")


def own(href: str | None) -> str:
    """An address of the site. Links are written with and without `www`, and over plain HTTP."""
    url = https(absolute(SITE, href))
    return url.replace("https://transformerland.com/", f"{SITE}/", 1)


def _row(row: html.HtmlElement) -> Item | None:
    """The toy of a row, None for one without a name."""
    number, title = "", ""
    for one in row.iter("a"):
        if match := _TOY.search(one.get("href", "")):
            number = number or match[1]
            title = title or line_of(one)
    if not number or not title:
        return None
    values = _lines(row)
    subgroup = values.get("subgroup", "")
    item = Item(
        kind=Item.COLLECTIBLE,
        source_id=number,
        title=title,
        year=_year_of(subgroup),
        language="en",
        collectible=Collectible(
            series=values.get("series", ""),
            subgroup=subgroup,
            faction=values.get("allegiance") or values.get("alliance") or "",
        ),
    )
    if (shown := next(row.iter("img"), None)) is not None:
        add_image(item, Image.THUMBNAIL, own(shown.get("src")))
    item.links.add(role=Link.SOURCE, url=address(number))
    add_ids(item, [("transformerland", number)])
    return item


def _lines(row: html.HtmlElement) -> Mapping[str, str]:
    """The values of `Series: G1<br>Subgroup: Leaders (1984)`, by label: one ends with its line or at the next label."""
    _, *parts = _LABELS.split("".join(_words(row)))
    found: dict[str, str] = {}
    for label, text in zip(parts[::2], parts[1::2], strict=True):
        if value := one_line(text.strip(" ").partition("\n")[0]):
            found.setdefault(label.casefold(), value)
    return found


def _words(node: html.HtmlElement) -> Iterator[str]:
    """The texts of a row, without those of links to toys."""
    if node.tag == "br":
        yield "\n"
    elif isinstance(node.tag, str) and not (node.tag == "a" and _TOY.search(node.get("href", ""))):
        yield node.text or ""
        for child in node:
            yield from _words(child)
            yield child.tail or ""


def _table(page: html.HtmlElement) -> Mapping[str, str]:
    """The values beside the headings of the table."""
    found: dict[str, str] = {}
    for head in nodes(page, "//tr/th"):
        label = line_of(head).rstrip(": ").casefold()
        if value := line_of(head, "following-sibling::td[1]"):
            found.setdefault(label, value)
    return found


def _title(text: str) -> tuple[str, str, str, str]:
    """Name, line, series and faction of `Leaders Optimus Prime (Transformers, G1, Autobot) | Transformerland.com`.

    Names and series may hold brackets of their own: the last one counts.
    """
    text = text.partition(" | ")[0].strip()
    depth = 0
    for at in range(len(text) - 1, -1, -1) if text.endswith(")") else ():
        depth += {")": 1, "(": -1}.get(text[at], 0)
        if depth == 0:
            line, _, rest = text[at + 1 : -1].partition(", ")
            series, _, faction = rest.rpartition(", ")
            return (text[:at].strip(), line, series, faction) if series else (text, "", "", "")
    return text, "", "", ""


def _without(heading: str, subgroup: str) -> str:
    """The name: a heading begins with the subgroup, without its year."""
    group = _YEAR.sub("", subgroup).strip()
    return heading.removeprefix(f"{group} ") if group else heading


def _year_of(subgroup: str) -> int | None:
    match = _YEAR.search(subgroup)
    return year_in(match[1]) if match else None


def _availability(text: str) -> Availability.Type.ValueType:
    """The shop's stock of any variant."""
    if "In Stock" in text:
        return Availability.IN_STOCK
    return Availability.OUT_OF_STOCK if "Sold Out" in text else Availability.TYPE_UNSPECIFIED


def _images(page: html.HtmlElement) -> Iterator[Image]:
    """The first photograph is the one to show; scans are those of the toy's papers."""
    small = own(line_of(page, "//meta[@property='og:image']/@content"))
    photographs = _linked(page, "/image/reference_images/")
    yield from present([image(Image.PRIMARY, photographs[0] if photographs else small)])
    if photographs:
        yield from present([image(Image.THUMBNAIL, small)])
    yield from present(image(Image.GALLERY, one) for one in photographs[1:])
    for scan in _linked(page, "/image/archive/"):
        if "/full/" in scan:
            caption = "Instructions" if "instruction" in scan else "Tech specs" if "spec" in scan else ""
            yield from present([image(Image.SCAN, scan, caption=caption)])


def _linked(page: html.HtmlElement, path: str) -> Sequence[str]:
    return list(dict.fromkeys(own(one.get("href")) for one in nodes(page, f"//a[contains(@href, '{path}')]")))
