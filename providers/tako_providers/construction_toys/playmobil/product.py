"""A product page of PLAYMOBIL's shop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tako.v1.details_toys_pb2 import BuildingSet, Instruction
from tako.v1.item_parts_pb2 import Availability, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import AgeRange, Dimensions
from tako_providers.construction_toys.playmobil import parts
from tako_providers.construction_toys.playmobil.shops import SITE, Shop
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    absolute,
    external_ids,
    has_class,
    json_ld,
    line_of,
    lines_of,
    list_in,
    node_of,
    nodes,
    one_line,
    prose_of,
    schema_availability,
    text_in,
    values_of,
    year_in,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLE = f"//*[{has_class('pdpMain__productTitle')}]"
_RETIRED = f"//*[{has_class('pdpMain__archiveInfoBox')}]"
_STORY = f"//*[{has_class('pdpProductSpecifications__itemStory')}]"
_CONTENT = f"//*[{has_class('pdpProductSpecifications__productContent')}]"
_ROW = f"//*[{has_class('pdpProductSpecifications__mainDetailItem')}]"
_LABEL = f".//*[{has_class('pdpProductSpecifications__detailItemTitle')}]"
_FEATURE = f"//li[span[{has_class('icon')}]][not(ancestor::header or ancestor::footer or ancestor::nav)]"
_YEAR = f"//*[{has_class('badges__badge--year')}]"
_CRUMBS = f"//ul[{has_class('breadcrumbs__list')}]//a"
_PRICE = "//*[{}]//*[{}]//*[{}]/@content"
_SEARCHED = f"//*[{has_class('search-results')} or {has_class('search-results__empty')}]"
_HOME = re.compile(r"playmobil\.com/[a-z]{2}-[a-z]{2}/?$")
_NO_PAGE = re.compile(
    r"introuvable|not found|nicht gefunden|no encontrad|non trovat|niet gevonden|n\u00e3o encontrad|\b404\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:Artikelnummer|R\u00e9f\u00e9rence de l.article|Item number|Art\.?-?Nr\.?)\s*:\s*(\w+)", re.IGNORECASE
)
_PIECES = re.compile(
    r"(\d{1,3}(?:[.\s]\d{3})+|\d+)\s*(?:pi\u00e8ces|Teile|pieces|piezas|pezzi|onderdelen|pe\u00e7as)\b", re.IGNORECASE
)
_YEARS = r"(?:ans|Jahren?|years|a\u00f1os|anni|jaar|anos)\b"
_AGES = re.compile(
    rf"(\d{{1,2}})\s*[-\u2013]\s*(\d{{1,2}})\s*{_YEARS}"
    rf"|(?:\bab|\bfrom|partir de|d\u00e8s|\bvanaf|desde|\bdai)\s+(\d{{1,2}})\b(?!\s*(?:mois|mon|mes|maa))"
    rf"|(\d{{1,2}})\s*\+?\s*{_YEARS}|(\d{{1,2}})\+",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\d[\d.,]*\s*x\s*\d[\d.,]*\s*x\s*\d[\d.,]*\s*cm", re.IGNORECASE)
_WEIGHT = re.compile(r"(\d[\d.,]*)\s*(k?g)\b", re.IGNORECASE)
_OF_BOX = re.compile(r"emball|packung|verpack|packag|embalaje|imballo|confezione|verpakking", re.IGNORECASE)
_FIGURES = re.compile(r"(?:Personnages|Figure[ns]|Figuras|Personajes|Personaggi|Figuren)\s*:\s*([^;:]*)", re.IGNORECASE)
_COUNT = re.compile(r"(?<![\d.,])(\d+)\s")
_ROLES = {"product_box_front": Image.BOX_FRONT, "product_box_back": Image.BOX_BACK}


def is_product(page: HtmlElement) -> bool:
    """Whether it is the page of a product: a search for a number may lead there."""
    return node_of(page, _TITLE) is not None or bool(json_ld(page, "Product"))


def product(page: HtmlElement, wanted: str, shop: Shop) -> Item | None:
    """The set of a page. None when it is another one, or where the shop leads to when it has none.

    ``wanted`` is the number asked for; "" takes what the page has.
    """
    if not is_product(page):
        if _leads_elsewhere(page):
            return None
        raise ShapeChanged("PLAYMOBIL gave something else where a product was expected")
    told: Json = next(iter(json_ld(page, "Product")), {})
    layers = (parts.layer_items(one, "view_item") for one in values_of(page, "//@data-datalayer"))
    entry: Json = next((one for layer in layers for one in layer), {})
    numbers = _numbers(page, told, entry)
    if not numbers:
        raise ShapeChanged("a product of PLAYMOBIL does not say its number")
    if wanted and wanted not in numbers:
        return None
    number = wanted or numbers[0]
    return _item(page, told, entry, number, shop) if parts.NUMBER.fullmatch(number) else None


def _leads_elsewhere(page: HtmlElement) -> bool:
    """Whether it is where the shop leads to from a product that it has not: a search, its front, or words of regret."""
    if node_of(page, _SEARCHED) is not None or _HOME.search(line_of(page, "//link[@rel='canonical']/@href")):
        return True
    return bool(_NO_PAGE.search(f"{line_of(page, '//title')} {line_of(page, '//h1')}"))


def _numbers(page: HtmlElement, told: Json, entry: Json) -> list[str]:
    """What the page says that it is about."""
    canonical = parts.number_in(line_of(page, "//link[@rel='canonical']/@href"))
    said = [one for one in (text_in(entry, "item_id"), text_in(told, "sku"), canonical) if one]
    if said:
        return said
    printed = _ARTICLE.search(page.text_content())
    return [printed[1]] if printed else []


def _item(page: HtmlElement, told: Json, entry: Json, number: str, shop: Shop) -> Item:
    features = lines_of(page, _FEATURE)
    words = " \n ".join(features)
    content, retired = line_of(page, _CONTENT), line_of(page, _RETIRED)
    offer = _offer(told)
    item = Item(
        kind=Item.BUILDING_SET,
        source_id=number,
        title=parts.decoded(text_in(entry, "item_name") or text_in(told, "name")) or line_of(page, _TITLE),
        description=prose_of(page, _STORY) or one_line(text_in(told, "description")),
        year=_year(page),
        availability=_availability(page, offer),
        availability_text=retired,
        external_ids=external_ids(
            [("set_number", number), ("sku", text_in(entry, "item_sku")), ("ean", text_in(told, "gtin13"))]
        ),
        language=shop.language,
        building_set=BuildingSet(
            brand="PLAYMOBIL",
            category=parts.decoded(text_in(entry, "item_category")),
            pieces=_pieces(words),
            figures=_figures(content),
            ages=_ages(words),
            features=features,
            contents=content,
        ),
    )
    item.links.add(role=Link.SOURCE, url=_address(page, number, shop))
    _add_pictures(item, page, told)
    _add_rows(item, page)
    parts.add_prices(item, entry if entry.get("price") else _priced(page, offer), shop)
    for url in _documents(page, number):
        item.building_set.instructions.append(Instruction(url=url, format="PDF"))
    return item


def _offer(told: Json) -> Json:
    offers = told.get("offers")
    first = offers[0] if isinstance(offers, list) and offers else offers
    return first if isinstance(first, dict) else {}


def _priced(page: HtmlElement, offer: Json) -> Json:
    """The price where the statistics do not hear of it: as the page shows it, in the shape of `items[]`."""
    now, before = (
        line_of(page, _PRICE.format(has_class("pdpMain__price"), has_class(name), has_class("value")))
        for name in ("price--sale", "price--list")
    )
    return {
        "price": before or offer.get("price"),
        "discount_price": now,
        "currency": text_in(offer, "priceCurrency"),
    }


def _availability(page: HtmlElement, offer: Json) -> Availability.Type.ValueType:
    if node_of(page, _RETIRED) is not None:
        return Availability.RETIRED
    return schema_availability(text_in(offer, "availability"))


def _year(page: HtmlElement) -> int | None:
    """The year of its badge, else of the path to the page."""
    crumbs = [one for one in lines_of(page, _CRUMBS) if len(one) == len("2026") and one.isdecimal()]
    return year_in(line_of(page, _YEAR)) or (year_in(crumbs[-1]) if crumbs else None)


def _address(page: HtmlElement, number: str, shop: Shop) -> str:
    canonical = line_of(page, "//link[@rel='canonical']/@href")
    return canonical if parts.number_in(canonical) == number else f"{SITE}{shop.path}/{number}.html"


def _add_pictures(item: Item, page: HtmlElement, told: Json) -> None:
    """Add the pictures of this set: the page shows others too."""
    images = list_in(told, "image") or [text_in(told, "image")]
    shown = [*(one for one in images if isinstance(one, str)), *values_of(page, "//img/@src | //img/@data-src")]
    pictures = parts.pictures_of(shown, item.source_id)
    primary = next((one for one in pictures if one.endswith("_product_detail")), pictures[0] if pictures else "")
    for url in sorted(pictures, key=lambda one: one != primary):
        _, _, name = url.rpartition("/")
        role = Image.PRIMARY if url == primary else _ROLES.get(name.partition("_")[2], Image.GALLERY)
        item.images.add(role=role, url=url)


def _add_rows(item: Item, page: HtmlElement) -> None:
    """Add size and weight. Which of three numbers is the height is not told, so the size stays a text."""
    details, of_box = item.building_set, ""
    for label, value in _rows(page):
        if size := _SIZE.search(value):
            if _OF_BOX.search(label):
                of_box = size[0]
            else:
                details.dimensions.text = size[0]
        elif weight := _WEIGHT.search(value):
            details.dimensions.weight_g = float(weight[1].replace(",", ".")) * (
                1000 if weight[2] in ("kg", "KG") else 1
            )
    if of_box and details.dimensions.text:
        item.attributes["package_dimensions"] = of_box
    elif of_box:
        details.dimensions.MergeFrom(Dimensions(text=of_box))


def _rows(page: HtmlElement) -> Iterator[tuple[str, str]]:
    for row in nodes(page, _ROW):
        label = line_of(row, _LABEL)
        yield label, line_of(row).removeprefix(label).strip()


def _documents(page: HtmlElement, number: str) -> list[str]:
    """The building instructions that the page links to."""
    links = [absolute(SITE, href) for href in values_of(page, "//a[contains(@href, '_buildinginstruction')]/@href")]
    return [url for url in dict.fromkeys(links) if f"/{number}_" in url]


def _pieces(words: str) -> int | None:
    match = _PIECES.search(words)
    return int(re.sub(r"\D", "", match[1])) or None if match else None


def _ages(words: str) -> AgeRange | None:
    match = _AGES.search(words)
    if not match:
        return None
    youngest = match[1] or match[3] or match[4] or match[5]
    return AgeRange(min=int(youngest), max=int(match[2]) if match[2] else None)


def _figures(content: str) -> int | None:
    """How many figures are in the box: the numbers before animals and accessories."""
    match = _FIGURES.search(content)
    return sum(map(int, _COUNT.findall(match[1] + " "))) or None if match else None
