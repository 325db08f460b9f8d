"""The pages of LEGO.com, read into the shape that its GraphQL has.

A page carries the cache of its GraphQL client (Apollo): a flat map of objects that name one another. Where that is
empty the page's own markup tells the most needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako.v1.answers_pb2 import Term
from tako_providers.construction_toys.lego import cache
from tako_providers.construction_toys.lego.shops import SITE
from tako_providers.sdk import (
    Json,
    NotFound,
    ProviderError,
    ShapeChanged,
    absolute,
    count_in,
    dict_in,
    json_ld,
    line_of,
    list_in,
    node_of,
    nodes,
    one_line,
    text_in,
    values_of,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PAGE_SIZE = 18

_PRODUCT_KEY = re.compile(r"(?:SingleVariant|MultiVariant|ReadOnly)Product:[^.]+")
_RECORD = 'getBuildingInstructionsForSet({"setNumber":"%s"})'
_NUMBER = re.compile(r"/product/(?:[^/?#]*-)?(\d{3,7})/?$")
_THEME = re.compile(r"/themes/([a-z0-9-]+)/?$")
_DOCUMENT = re.compile(r"/\d+[^/]*\.pdf$")
_NO_PAGE = re.compile(r"n['\u2019]existe pas|introuvable|not found|couldn['\u2019]t find|\b404\b", re.IGNORECASE)
_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``first`` is the place of its first product; ``total`` is None where it is not told."""

    entries: list[Json]
    first: int
    total: int | None
    goes_on: bool


def listing(page: HtmlElement, number: int) -> Listing:
    """The products of a page of search, theme or category; ``number`` is which page it is."""
    state = cache.state_of(page) or {}
    products = {cache.code(entry): entry for key, entry in state.items() if _PRODUCT_KEY.fullmatch(key)}
    result = cache.result(state)
    if result is not None:
        found = [cache.whole(one, state, cache.DEEPEST) for one in list_in(result, "results")]
        entries = [cache.with_its_own(one, state) for one in found if isinstance(one, dict)]
        total = count_in(result, "total")
        size = count_in(result, "perPage") or PAGE_SIZE
        first = count_in(result, "offset")
        first = (number - 1) * size if first is None else first
        goes_on = bool(entries) and (first + size < total if total is not None else len(entries) >= size)
        return Listing(entries, first, total, goes_on)
    grid = node_of(page, "//*[@id='product-listing-grid']")
    tiles = list(_tiles(page if grid is None else grid))
    if not tiles and (grid is None or len(grid) or number == 1):  # a page behind the last has an empty list
        raise _without(page, "a list of products")
    entries = [_joined(tile, cache.with_its_own(products.get(tile["productCode"], {}), state)) for tile in tiles]
    return Listing(entries, (number - 1) * PAGE_SIZE, None, len(tiles) >= PAGE_SIZE)


def product(page: HtmlElement, number: str) -> Json | None:
    """The product of a page; None when the page is whole and has no such one, or says that it does not exist."""
    state = cache.state_of(page)
    keys = (state or {}).items()
    entry: Json = next((one for key, one in keys if _PRODUCT_KEY.fullmatch(key) and cache.code(one) == number), {})
    told = _marked_up(page, number)
    if not entry and not told:
        if state or _says_no_page(page):
            return None
        raise _without(page, "a product")
    return _joined(told, cache.with_its_own(entry, state or {}))


def is_product(page: HtmlElement) -> bool:
    """Whether it is the page of a product: a search for a number leads there."""
    return node_of(page, "//*[@data-test='product-overview-name']") is not None


def booklets(page: HtmlElement, number: str) -> Json:
    """The record of the instructions service, as its page has it; an empty one where there is none."""
    state = cache.state_of(page) or {}
    wanted = _RECORD % number
    service = f"$ROOT_QUERY.customerService.{wanted}"
    if service in state or f"{service}.data" in state:
        return cache.whole(state.get(f"{service}.data") or dict_in(state[service], "data"), state, cache.DEEPEST) or {}
    inside = cache.whole(dict_in(state, "ROOT_QUERY").get("customerService"), state, cache.DEEPEST)
    if isinstance(inside, dict) and wanted in inside:
        return dict_in(inside[wanted] or {}, "data")
    links = [link.get("href", "") for link in nodes(page, "//a[contains(@href, '.pdf')]")]
    documents = [absolute(SITE, href) for href in dict.fromkeys(links) if _is_document(href)]
    if documents:
        return {"buildingInstructions": [{"pdf": {"pdfUrl": url}} for url in documents]}
    raise _without(page, "building instructions")


def themes(page: HtmlElement) -> list[Term]:
    """The themes of the page that lists them, each once."""
    found: dict[str, Term] = {}
    for one in nodes(page, "//a[contains(@href, '/themes/')]"):
        match = _THEME.search(one.get("href", ""))
        name = one_line(one.get("aria-label")) or line_of(one, ".//h2|.//h3|.//h4") or line_of(one)
        if match and name:
            found.setdefault(match[1], Term(id=match[1], name=name, slug=match[1]))
    if not found:
        raise _without(page, "a list of themes")
    return list(found.values())


def number_in(address: str) -> str:
    """The number at the end of a product's address; "" for other addresses, and those that only lead on."""
    match = _NUMBER.search(address)
    return match[1] if match else ""


def _without(page: HtmlElement, wanted: str) -> ProviderError:
    """Why the page has not what was wanted: LEGO tells that it does not exist, or it is not known."""
    if _says_no_page(page):
        return NotFound("LEGO has no such page")
    return ShapeChanged(f"LEGO gave something else where {wanted} was expected")


def _says_no_page(page: HtmlElement) -> bool:
    return bool(_NO_PAGE.search(f"{line_of(page, '//title')} {line_of(page, '//h1')}"))


def _tiles(node: HtmlElement) -> Iterator[Json]:
    """The products that are linked, each once."""
    seen: set[str] = set()
    for link in nodes(node, ".//a[@aria-label][contains(@href, '/product/')]"):
        href = link.get("href", "")
        number, name = number_in(href), one_line(link.get("aria-label"))
        if not number or not name or number in seen:
            continue
        seen.add(number)
        leaf = node_of(link, "ancestor::*[@data-test='product-leaf' or @data-test='product-item'][1]")
        yield {
            "productCode": number,
            "name": name,
            "slug": href.rstrip("/").rpartition("/")[2],
            "variant": {"attributes": {} if leaf is None else _leaf(leaf)},
        }


def _leaf(leaf: HtmlElement) -> Json:
    pieces = _DIGITS.sub("", line_of(leaf, ".//*[@data-test='product-leaf-piece-count-label']"))
    return {
        "ageRange": line_of(leaf, ".//*[@data-test='product-leaf-age-range-label']"),
        "pieceCount": int(pieces) if pieces else None,
    }


def _marked_up(page: HtmlElement, number: str) -> Json:
    """What the markup of a product's page tells; nothing where it is none."""
    name = line_of(page, "//*[@data-test='product-overview-name']")
    if not name:
        return {}
    told: Json = next(iter(json_ld(page, "Product")), {})
    offers = list_in(told, "offers") or [dict_in(told, "offers")]
    offer = offers[0] if isinstance(offers[0], dict) else {}
    own = re.compile(rf"/{number}(?!\d)")
    pictures = [address for one in values_of(page, "//img/@src") if own.search(address := absolute(SITE, one))]
    amount = offer.get("price")
    return {
        "productCode": number,
        "name": name,
        "description": text_in(told, "description"),
        "baseImgUrl": pictures[0] if pictures else "",
        "productMediaAssets": [{"__typename": "ProductAssetImage", "url": url} for url in pictures[1:]],
        "brandCategory": {"name": line_of(page, "//a[contains(@class, 'ProductOverview_themeLink')]")},
        "variant": {
            "price": {"amount": amount, "currencyCode": text_in(offer, "priceCurrency")} if amount else {},
            "attributes": {
                "ageRange": line_of(page, "//*[@data-test='product-details-ages']"),
                "pieceCount": _count(page, "product-details-pieces"),
                "minifigureCount": _count(page, "product-details-minifigures"),
                "availabilityText": line_of(page, "//*[@data-test='product-overview-availability']"),
                "availabilityStatus": text_in(offer, "availability"),
            },
        },
    }


def _count(page: HtmlElement, name: str) -> int | None:
    digits = _DIGITS.sub("", line_of(page, f"//*[@data-test='{name}']"))
    return int(digits) if digits else None


def _joined(told: Json, entry: Json) -> Json:
    """``entry`` with what only ``told`` has."""
    joined = {**told, **{name: value for name, value in entry.items() if value not in (None, "", [])}}
    for name in ("variant", "price", "attributes"):
        if isinstance(told.get(name), dict) and isinstance(entry.get(name), dict):
            joined[name] = _joined(told[name], entry[name])
    return joined


def _is_document(address: str) -> bool:
    """Whether it is a booklet: statements of the company are PDFs too, and folders of booklets end likewise."""
    return bool(_DOCUMENT.search(address)) and ("/product.bi." in address or "/bi/" in address)
