"""The page of one item of Coleka: JSON-LD, rows of label and value, and the rest of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.coleka.parts import (
    SITE,
    Place,
    full_size,
    is_missing,
    picture,
    refuse_verification,
    set_number,
)
from tako_providers.sdk import (
    Json,
    NotFound,
    ShapeChanged,
    day_first_date,
    external_ids,
    image,
    json_ld,
    line_of,
    lines_of,
    link,
    nodes,
    normal_id,
    plain,
    positive,
    present,
    slug,
    text_in,
    values_of,
    words_of,
    year_in,
    year_of,
)

if TYPE_CHECKING:
    from lxml import html

_NUMBER = re.compile(r"\d[\d\s.]*")
_BULLETS = " \u2022\u00b7-\u2013"
_HOME = frozenset(("accueil", "home", "coleka"))
_NOT_THERE = re.compile(r"page introuvable|page non trouvée|page not found", re.IGNORECASE)
_UPC = 12

_LABELS = {
    "brand": ("marque", "brand"),
    "manufacturer": ("fabricant", "manufacturer"),
    "series": ("série", "serie", "collection", "series"),
    "reference": ("référence", "reference", "réf", "ref"),
    "date": ("année", "annee", "year", "date", "date de sortie", "release date"),
    "barcode": ("ean", "gtin", "barcode", "code-barres", "code barres", "upc"),
    "pieces": ("pièces", "pieces", "nombre de pièces", "number of pieces"),
    "licences": ("licence", "licences", "license", "licenses"),
}
_MEANING = {label: meaning for meaning, labels in _LABELS.items() for label in labels}


def item(place: Place, page: html.HtmlElement, language: str) -> Item:
    """The page of an item."""
    refuse_verification(page)
    title = line_of(page, "//h1") or line_of(page, "//meta[@property='og:title']/@content")
    if is_missing(page) or (not title and _NOT_THERE.search(words_of(page))):
        raise NotFound("Coleka has no such item")
    product: Json = next(iter(json_ld(page, "Product")), {})
    cells = dict(_cells(page))
    rows = {label: line_of(cell) for label, cell in cells.items()}
    told = {_MEANING[label]: value for label, value in rows.items() if label in _MEANING}
    if not title or not (product or told):
        raise ShapeChanged("the page of an item of Coleka has no title, or neither product data nor known rows")
    reference = text_in(product, "sku") or text_in(product, "productID") or told.get("reference", "")
    codes = [code for code in (text_in(product, "gtin13"), text_in(product, "gtin"), told.get("barcode", "")) if code]
    released = _date(told.get("date", ""))
    return Item(
        kind=Item.COLLECTIBLE,
        source_id=place.path,
        title=title,
        description=_description(product, page),
        year=year_of(released),
        release_date=released,
        images=list(_images(_addresses(product, page))),
        links=present([link(Link.SOURCE, f"{SITE}/{language}/{place.path}")]),
        external_ids=external_ids(
            [
                ("coleka", place.number),
                *((_scheme(code), code) for code in codes),
                ("set_number", set_number(place, reference)),
            ]
        ),
        language=language,
        collectible=Collectible(
            brand=_brand(product) or told.get("brand", ""),
            manufacturer=told.get("manufacturer", ""),
            series=told.get("series", ""),
            category=place.category,
            categories=[name for name in lines_of(page, _CRUMBS) if name.casefold() not in _HOME],
            reference=reference,
            licences=_licences(cells),
            pieces=_pieces(told.get("pieces", "")),
        ),
        attributes=_attributes(place, rows, codes),
    )


_CRUMBS = "//*[self::nav or self::ol or self::ul or self::div][contains(@class, 'breadcrumb')][1]//a"


def _cells(page: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
    """The values by their labels, in lower case, however they are set. The first of a label counts."""
    seen: set[str] = set()
    pairs = (
        *((label, "following-sibling::*[1][self::dd]") for label in nodes(page, "//dl//dt")),
        *((label, "following-sibling::td[1]") for label in nodes(page, "//tr/*[1][self::th or self::td]")),
        *((label, "following-sibling::span[1]") for label in nodes(page, "//li[count(span) = 2]/span[1]")),
    )
    for node, beside in pairs:
        label = line_of(node).rstrip(" :.").casefold()
        for cell in nodes(node, beside):
            if label and label not in seen and line_of(cell):
                seen.add(label)
                yield label, cell


def _description(product: Json, page: html.HtmlElement) -> str:
    return plain(
        text_in(product, "description")
        or line_of(page, "//meta[@name='description']/@content")
        or line_of(page, "//meta[@property='og:description']/@content")
    )


def _brand(product: Json) -> str:
    """The brand is an object with a name, or the name."""
    brand = product.get("brand")
    return text_in(brand, "name") if isinstance(brand, dict) else text_in(product, "brand")


def _date(text: str) -> str:
    """The day where one is told, else the year."""
    return day_first_date(text) or str(year_in(text) or "")


def _scheme(code: str) -> str:
    return "upc" if len(code) == _UPC else "ean"


def _pieces(text: str) -> int | None:
    match = _NUMBER.match(text)
    return positive("".join(filter(str.isdecimal, match[0]))) if match else None


def _licences(cells: Mapping[str, html.HtmlElement]) -> list[str]:
    """Each is a link; a bullet may stand before its text."""
    for label in _LABELS["licences"]:
        if label in cells:
            cell = cells[label]
            names = lines_of(cell, ".//a") or lines_of(cell, ".")
            return [name for text in names if (name := text.strip(_BULLETS))]
    return []


def _addresses(product: Json, page: html.HtmlElement) -> Iterator[str]:
    """The pictures of the item, in the order of how sure it is that they are its own.

    Those in links to other items are not.
    """
    told = product.get("image")
    for one in told if isinstance(told, list) else [told]:
        yield picture(one if isinstance(one, str) else text_in(one, "url") if isinstance(one, dict) else None)
    for address in values_of(page, "//meta[@property='og:image']/@content"):
        yield picture(address)
    for node in nodes(page, "//img[not(ancestor::a[contains(@href, '_i')])]"):
        yield picture(node.get("data-src") or node.get("src"))


def _images(addresses: Iterable[str]) -> Iterator[Image]:
    """Each picture once, in full size and from the site itself rather than from its thumbnails, if both are told."""
    known: dict[str, list[str]] = {}
    for address in filter(None, addresses):
        name = full_size(address).rpartition("/")[2].rpartition(".")[0]
        known.setdefault(name, []).append(address)
    for number, same in enumerate(known.values()):
        full = [address for address in same if full_size(address) == address]
        best = next((a for a in full if a.startswith(SITE)), full[0] if full else full_size(same[0]))
        small = next((address for address in same if full_size(address) != address), "")
        found = image(Image.GALLERY if number else Image.PRIMARY, best, thumbnail_url=small)
        if found is not None:
            yield found


def _attributes(place: Place, rows: Mapping[str, str], codes: Iterable[str]) -> dict[str, str]:
    """The rows that have no field, the collection, and a barcode whose check digit is wrong."""
    more = {_key(label): value for label, value in rows.items() if label not in _MEANING}
    if place.collection:
        more["collection"] = place.collection
    for code in codes:
        if normal_id(_scheme(code), code) is None:
            more["barcode"] = code
    return more


def _key(label: str) -> str:
    """A label as the name of an attribute: ``Matière`` is ``matiere``."""
    return slug(label, "_") or label
