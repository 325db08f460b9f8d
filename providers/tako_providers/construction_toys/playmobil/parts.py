"""What the lists and the product pages of PLAYMOBIL's shop have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from tako.v1.item_parts_pb2 import Price
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.playmobil.shops import SITE, Shop
from tako_providers.sdk import Json, absolute, add_price, dict_in, dicts_in, one_line, positive_float, text_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INSTRUCTIONS = "https://playmobil.a.bigcontent.io/v1/static/"
NUMBER = re.compile(r"\d{4,6}")
"""Gift cards, spare parts and promotional sets have letters."""

_PICTURE = re.compile(r"/i/playmobil/(\d+)_")
_ADDRESS = re.compile(r"/(\d{4,6})\.html$")
_SAFE = "/:%-._~"
_PLAIN = re.compile(r"[\w/:%.~-]+", re.ASCII)


def layer_items(text: str | None, event: str = "") -> Iterator[Json]:
    """`ecommerce.items` of what a page tells its statistics: one event, or a list of them."""
    try:
        told = json.loads(text) if text else None
    except ValueError:
        return
    for one in told if isinstance(told, list) else [told]:
        if isinstance(one, dict) and (not event or one.get("event") == event):
            yield from dicts_in(dict_in(one, "ecommerce"), "items")


def address_of(node: HtmlElement, number: str, shop: Shop) -> str:
    """The page of a set: as ``node`` links to it, else without its words, which the shop does not need."""
    for one in node.iter("a"):
        address = absolute(SITE, one.get("href"))
        match = _ADDRESS.search(address)
        if match and match[1] == number:
            return address if _PLAIN.fullmatch(address) else quote(address, safe=_SAFE)
    return f"{SITE}{shop.path}/{number}.html"


def number_in(address: str) -> str:
    """The number of the set that an address is the page of; "" for others."""
    match = _ADDRESS.search(address.partition("?")[0])
    return match[1] if match else ""


def pictures_of(addresses: Iterable[str], number: str) -> list[str]:
    """The pictures of a set in full, each once: a query makes a picture small."""
    full = (absolute(SITE, address).partition("?")[0] for address in addresses)
    return [one for one in dict.fromkeys(full) if (match := _PICTURE.search(one)) and match[1] == number]


def decoded(text: str) -> str:
    """A name as it is read: some are escaped several times."""
    if not text:
        return ""
    name = one_line(text)
    while "&" in name and (again := one_line(name)) != name:
        name = again
    return name


def add_prices(item: Item, entry: Json, shop: Shop) -> None:
    """Add the price of `items[]`, and what it was before where it is reduced. Amounts may be texts."""
    full, reduced = positive_float(entry.get("price")), positive_float(entry.get("discount_price"))
    currency = text_in(entry, "currency")
    if not full or not currency:
        return
    is_reduced = bool(reduced and reduced < full)
    now = entry.get("discount_price") if is_reduced else entry.get("price")
    add_price(item, now, currency, type=Price.CURRENT, market="PLAYMOBIL", country=shop.country)
    if is_reduced:
        before = entry.get("price")
        add_price(item, before, currency, type=Price.LIST, market="PLAYMOBIL", country=shop.country)
        item.building_set.on_sale = True


def instruction_address(number: str) -> str:
    """Where the building instruction of a set is, if there is one."""
    return f"{INSTRUCTIONS}{number}_buildinginstruction"
