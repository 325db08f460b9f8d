"""The lists of PLAYMOBIL's shop: results of a search, and what is new or sold most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako.v1.details_toys_pb2 import BuildingSet
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.playmobil import parts
from tako_providers.construction_toys.playmobil.shops import Shop
from tako_providers.sdk import Json, ShapeChanged, dicts_in, has_class, json_ld, line_of, node_of, nodes, text_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"[\w-]{1,40}")
_GRID = f"//*[{has_class('search-results')} or {has_class('product-grid')}]"
_EMPTY = f"//*[{has_class('search-results__empty')}]"
_ADVISED = "ancestor::*[contains(@class, 'recommend') or contains(@class, 'einstein')]"
_TILE = f".//*[@data-datalayer-impression or {has_class('productTile')}][not({_ADVISED})]"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: its sets with their places. ``shown`` counts its tiles, sets or not."""

    found: list[tuple[int, Item]]
    shown: int


def listing(page: HtmlElement, shop: Shop, *, first: bool) -> Listing:
    """The sets of a page, each once. A later page may have none; the first says so in words."""
    if node_of(page, _EMPTY) is not None:
        return Listing([], 0)
    grid = node_of(page, _GRID)
    tiles = nodes(page if grid is None else grid, _TILE)
    if tiles:
        return Listing(list(_each_once(_items(tiles, shop))), len(tiles))
    linked = [one for told in json_ld(page, "ItemList") for one in dicts_in(told, "itemListElement")]
    if linked:
        return Listing(list(_each_once(_linked(linked))), len(linked))
    if grid is None or first:
        raise ShapeChanged("PLAYMOBIL gave something else where a list of sets was expected")
    return Listing([], 0)


def _each_once(found: Iterator[tuple[int, Item]]) -> Iterator[tuple[int, Item]]:
    """The shop shows some sets twice on a page."""
    seen: set[str] = set()
    for place, item in found:
        if item.source_id not in seen:
            seen.add(item.source_id)
            yield place, item


def _items(tiles: list[HtmlElement], shop: Shop) -> Iterator[tuple[int, Item]]:
    for place, tile in enumerate(tiles, 1):
        entry: Json = next(parts.layer_items(tile.get("data-datalayer-impression")), {})
        number = text_in(entry, "item_id") or (tile.get("data-pid") or "").strip()
        if not _ARTICLE.fullmatch(number):
            raise ShapeChanged("a tile of PLAYMOBIL has no number")
        if parts.NUMBER.fullmatch(number):
            yield place, _item(tile, entry, number, shop)


def _item(tile: HtmlElement, entry: Json, number: str, shop: Shop) -> Item:
    """A tile: what it tells the statistics, its link and its picture."""
    item = Item(
        kind=Item.BUILDING_SET,
        source_id=number,
        title=parts.decoded(text_in(entry, "item_name")) or line_of(tile, ".//img/@alt"),
        language=shop.language,
        building_set=BuildingSet(
            brand=text_in(entry, "item_brand") or "PLAYMOBIL",
            category=parts.decoded(text_in(entry, "item_category")),
        ),
    )
    shown = (one.get(name) for one in tile.iter("img") for name in ("src", "data-src"))
    for full in parts.pictures_of(filter(None, shown), number)[:1]:
        item.images.add(role=Image.PRIMARY, url=full)
    item.links.add(role=Link.SOURCE, url=parts.address_of(tile, number, shop))
    item.external_ids.add(scheme="set_number", value=number)
    if sku := text_in(entry, "item_sku"):
        item.external_ids.add(scheme="sku", value=sku)
    if narrower := parts.decoded(text_in(entry, "item_category2")):
        item.attributes["subcategory"] = narrower
    parts.add_prices(item, entry, shop)
    return item


def _linked(entries: list[Json]) -> Iterator[tuple[int, Item]]:
    """`itemListElement`: addresses and nothing else. The number stands for the name."""
    for place, entry in enumerate(entries, 1):
        address = text_in(entry, "url")
        if number := parts.number_in(address):
            item = Item(
                kind=Item.BUILDING_SET,
                source_id=number,
                title=number,
                building_set=BuildingSet(brand="PLAYMOBIL"),
            )
            item.links.add(role=Link.SOURCE, url=address)
            item.external_ids.add(scheme="set_number", value=number)
            yield place, item
