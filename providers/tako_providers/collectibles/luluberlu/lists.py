"""Lists of Lulu-Berlu's shop: the blocks of articles, and what a list says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.luluberlu.articles import ADDRESS, SITE, large
from tako_providers.sdk import (
    absolute,
    add_ids,
    add_image,
    add_link,
    add_price,
    line_of,
    nodes,
    one_line,
    texts_of,
    words_of,
    written_amount,
)

if TYPE_CHECKING:
    from lxml import html

PAGE_SIZE = 12
_PRICE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[\s.]\d{3})+,\d{2}|\d+,\d{2})\s*(?:\u20ac|EUR)")
_TOTAL = re.compile(r"\d+\s+articles?\s+sur\s+(\d{1,3}(?:\s\d{3})+|\d+)", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:aucun|pas de) résultat|\baucune? (?:article|produit|réponse) (?:trouvée?\b|ne |n['\u2019])", re.IGNORECASE
)
"""Not `aucun article` alone: a basket has none too."""
_AVAILABILITIES = {
    "en stock": Availability.IN_STOCK,
    "précommande": Availability.PREORDER,
    "non disponible": Availability.OUT_OF_STOCK,
    "épuisé": Availability.OUT_OF_STOCK,
}


def listed(page: html.HtmlElement) -> Sequence[Item]:
    """The articles of a list, each once: a block names its number several times."""
    found: dict[str, Item] = {}
    for block in nodes(page, "//*[@idproduit]"):
        number = (block.get("idproduit") or "").strip()
        if number not in found and (item := _listed_one(block, number)):
            found[number] = item
    return list(found.values())


def total(page: html.HtmlElement) -> int | None:
    """How many articles there are, from `12 articles sur 87`; None where the page does not say."""
    for text in texts_of(page):
        if match := _TOTAL.search(text):
            return int("".join(match[1].split()))
    return None


def says_none(page: html.HtmlElement) -> bool:
    """Whether a list says that it has no articles: it counts none, or has the words."""
    return total(page) == 0 or any(map(_NONE.search, texts_of(page)))


def links_to_any(page: html.HtmlElement) -> bool:
    """Whether the page leads to articles."""
    return any(ADDRESS.match(one.get("href", "")) for one in page.iter("a"))


def has_page(page: html.HtmlElement, number: int) -> bool:
    """Whether the list links to its page of this number."""
    wanted = re.compile(rf"[?&]numPage={number}(?!\d)")
    return any(wanted.search(one.get("href", "")) for one in page.iter("a", "link"))


def address_of(page: html.HtmlElement, number: str) -> str:
    """What the shop calls the article of a number, "" when the list has it not."""
    addresses = (ADDRESS.match(one.get("href", "")) for one in page.iter("a"))
    return next((match[1] for match in addresses if match and match[2] == number), "")


def _listed_one(block: html.HtmlElement, number: str) -> Item | None:
    """The article of a block, None where it links to none: buttons carry the number too."""
    anchors: list[html.HtmlElement] = []
    name, stock, brand = "", "", ""
    shown: html.HtmlElement | None = None
    price: str | None = None
    for node in block.iterdescendants():
        # Texts are read one by one: a size before a price would become its thousands.
        price = price or _written_price(node.text) or _written_price(node.tail)
        if node.tag == "a":
            match = ADDRESS.match(node.get("href", ""))
            if match and match[2] == number:
                anchors.append(node)
                name = name or match[1]
        elif node.tag == "img" and shown is None:
            shown = node
        if classes := node.get("class"):
            if "articleDispo" in classes:
                stock = stock or line_of(node)
            elif "bp_marque" in classes:
                brand = brand or next(map(line_of, node.iter("a")), "")
    title = _listed_title(anchors, shown)
    if not name or not title:
        return None
    item = Item(
        kind=Item.COLLECTIBLE,
        source_id=name,
        title=title,
        availability=_AVAILABILITIES.get(stock.casefold(), Availability.TYPE_UNSPECIFIED),
        availability_text=stock,
        language="fr",
        collectible=Collectible(brand=brand),
    )
    if small := _late(shown):
        add_image(item, Image.PRIMARY, large(small))
        add_image(item, Image.THUMBNAIL, small)
    add_link(item, Link.SOURCE, f"{SITE}/{name}.html")
    add_ids(item, [("luluberlu", number)])
    add_price(
        item, price or _written_price(words_of(block)), "EUR", type=Price.CURRENT, market="Lulu-Berlu", country="FR"
    )
    return item


def _listed_title(anchors: list[html.HtmlElement], shown: html.HtmlElement | None) -> str:
    """The title of the first link, else the picture's, else the first link's text that is no button's."""
    for text in (anchors[0].get("title") if anchors else "", shown.get("alt") if shown is not None else ""):
        if text and not text.startswith("Ajouter"):
            return one_line(text)
    return next((text for text in map(line_of, anchors) if text and not text.startswith("Ajouter")), "")


def _written_price(text: str | None) -> str | None:
    """The price in a text, as a machine writes it."""
    if not text or ("\u20ac" not in text and "EUR" not in text):
        return None
    match = _PRICE.search(text)
    return written_amount(match[1], ",") if match else None


def _late(shown: html.HtmlElement | None) -> str:
    """The address of a picture that is loaded when it is scrolled to."""
    address = (shown.get("data-lazy") or shown.get("data-url-img")) if shown is not None else ""
    return absolute(SITE, address)
