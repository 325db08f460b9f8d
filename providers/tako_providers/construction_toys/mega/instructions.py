"""The pages of MEGA's building instructions, in Mattel's shops. Each is a list of links to documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tako.v1.details_toys_pb2 import Instruction
from tako.v1.item_parts_pb2 import Link
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.mega import products
from tako_providers.sdk import Json, ShapeChanged, Upstream, bcp47, https, link, one_line, present

if TYPE_CHECKING:
    from lxml import html

_EUROPE = "https://shopping.mattel.com/fr-fr/blogs/mega-building-instructions"
_AMERICA = f"{products.SHOP}/blogs/mega-building-instructions"
_CATEGORIES = (
    "pokemon",
    "halo",
    "barbie",
    "hot-wheels",
    "masters-of-the-universe",
    "minecraft",
    "hello-kitty",
    "tesla",
)


async def of_product(entry: Json, up: Upstream) -> Sequence[Item]:
    """The instructions of a product: from the pages of its categories, Europe's first, which have more.

    A page that fails does not hide the others. Where none of those has them, its failure is told: it may have them.
    """
    sku, failed = products.number(entry), ""
    for page in _pages(entry):
        root = await up.optional(up.html(page))
        if root is None:
            failed = failed or page
        elif found := list(_on_page(root, sku)):
            return found
    # A list that is not there says nothing of the product: it is no list, not "no such product".
    return list(_on_page(await up.html(failed, allow=(404,)), sku)) if failed else []


def _pages(entry: Json) -> Iterator[str]:
    """Where its instructions may be, likeliest first."""
    line = "-".join(products.product_line(entry).casefold().replace("é", "e").split())
    handles = products.texts(entry, "collection_handle")
    own = [name for name in _CATEGORIES if name in handles] + [name for name in _CATEGORIES if name in line]
    for name in dict.fromkeys([*own, "other"]):
        yield f"{_EUROPE}/tagged/fr-fr-category-{name}"
        yield f"{_AMERICA}/tagged/en-us-category-{name}"


def _on_page(page: html.HtmlElement, sku: str) -> Iterator[Item]:
    """The documents of a SKU. A link is labelled with the name and the SKU."""
    links = page.xpath("//a[@aria-label][@href]")
    documents = [one for one in links if ".pdf" in one.get("href", "").casefold()]
    if not documents and "instruction" not in (page.findtext(".//title") or "").casefold():
        raise ShapeChanged("a page of MEGA's building instructions looks like something else")
    language = bcp47(page.get("lang") or "")
    found = 0
    for document in documents:
        name, _, number = one_line(document.get("aria-label")).rpartition(" - ")
        url = https(document.get("href"))
        if number.upper() != sku or not url:
            continue
        found += 1
        yield Item(
            kind=Item.INSTRUCTION,
            source_id=f"{sku}/{found}",
            title=name,
            links=present([link(Link.DOCUMENT, url)]),
            language=language if name else "",
            instruction=Instruction(url=url, format="PDF", sequence=found),
        )
