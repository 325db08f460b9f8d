"""The shop: the page of an article, and the list of arrivals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Availability, Condition, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.transformerland.guide import SITE, check_found, own
from tako_providers.sdk import (
    ShapeChanged,
    external_ids,
    has_class,
    image,
    line_of,
    link,
    money,
    nodes,
    one_line,
    plain,
    present,
    schema_availability,
    slug,
    texts_of,
    written_amount,
    year_in,
)

if TYPE_CHECKING:
    from lxml import html

_ITEM = re.compile(r"/store/item/([^?#]+?)/?(?:[?#]|$)")
_ARTICLE = f"ancestor::*[{has_class('store-item')} or contains(@itemtype, 'Product')][1]"
_SKU_BEHIND = re.compile(r"\s+SKU\s+\S+$")
_DOLLARS = re.compile(r"\$\s?(\d[\d,]*\.\d{2})")
_MAKERS = re.compile(
    r"\b(Takara\s?Tomy|Hasbro|Takara|Tomy|Bandai|Fans\s?Project|MMC|DX9|TFC|Unique Toys)\b", re.IGNORECASE
)
_MAKER_NAMES = {
    "takaratomy": "TakaraTomy",
    "hasbro": "Hasbro",
    "takara": "Takara",
    "tomy": "Tomy",
    "bandai": "Bandai",
    "fansproject": "FansProject",
    "mmc": "MMC",
    "dx9": "DX9",
    "tfc": "TFC",
    "uniquetoys": "Unique Toys",
}
_CONDITIONS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), state)
    for words, state in (
        ("(?:like|near|nearly|almost)[ -]new", Condition.LIKE_NEW),
        ("(?:not|no longer)[ -](?:new|sealed)", Condition.TYPE_UNSPECIFIED),
        ("new|sealed|misb|mosc", Condition.NEW),
        ("very good", Condition.VERY_GOOD),
        ("good", Condition.GOOD),
        ("fair", Condition.FAIR),
        ("poor", Condition.POOR),
        ("used|loose", Condition.USED),
    )
)
"""The first that a wording holds."""
_KNOWN_ROWS = frozenset(("sku", "price", "condition", "availability", "size", "series", "subgroup", "faction"))
_MOST_ROWS = 12
_NONE = re.compile(r"\bno (?:new|recent) (?:items?|articles?|arrivals|inventory)\b|\bno items found\b", re.IGNORECASE)


def article(page: html.HtmlElement, source_id: str) -> Item:
    """The article of a page of the shop."""
    sku, name = _told(page, "sku"), _told(page, "name")
    if not sku and not name:
        check_found(page)
        raise ShapeChanged("Transformerland gave something else where an article of the shop was expected")
    title = _SKU_BEHIND.sub("", name) or line_of(page, "//title").rpartition(" - ")[0]
    if not title:
        raise ShapeChanged("an article of Transformerland has no name")
    description = plain(line_of(page, "//meta[@itemprop='description']/@content"))
    group, subgroup = _part(page, "group"), _part(page, "subgroup")
    item = Item(
        kind=Item.COLLECTIBLE,
        source_id=source_id,
        title=title,
        description=description,
        year=year_in(group) or year_in(subgroup),
        images=_images(page),
        links=present([link(Link.SOURCE, f"{SITE}/{source_id.replace('store/', 'store/item/', 1)}/")]),
        external_ids=external_ids([("sku", sku)]),
        availability=_availability(page),
        language="en",
        attributes=_rows(page),
        collectible=Collectible(
            manufacturer=_maker(f"{title} {description}"),
            series=group,
            subgroup=subgroup,
            faction=_part(page, "faction"),
            reference=sku,
            size_text=_part(page, "size"),
        ),
    )
    _add_price(item, page, _part(page, "cond"))
    return item


def arrivals(page: html.HtmlElement) -> Sequence[Item]:
    """The articles of a list, each once: a picture and a name link to the same page."""
    found: dict[str, Item] = {}
    for anchor in nodes(page, "//a[contains(@href, '/store/item/')]"):
        match = _ITEM.search(anchor.get("href", ""))
        if match is None:
            continue
        blocks = nodes(anchor, _ARTICLE)
        block = blocks[0] if blocks else anchor
        listed = _listed(block, f"store/{match[1]}")
        earlier = found.setdefault(listed.source_id, listed)
        if earlier is not listed and not blocks:
            _complete(earlier, listed)
    named = [item for item in found.values() if item.title]
    if not named and not any(map(_NONE.search, texts_of(page))):
        raise ShapeChanged("Transformerland gave something else where the shop's arrivals were expected")
    return named


def _listed(block: html.HtmlElement, source_id: str) -> Item:
    """The article of a block, or of a link alone, whose text is name and price."""
    text = one_line(block.text_content())
    name = _told(block, "name") or _DOLLARS.sub("", text).strip(" -") or line_of(block, ".//img/@alt")
    small = own(line_of(block, ".//img[contains(@src, '/image/inventory/')]/@src"))
    item = Item(
        kind=Item.COLLECTIBLE,
        source_id=source_id,
        title=_SKU_BEHIND.sub("", one_line(name)),
        images=present([image(Image.PRIMARY, _large(small)), image(Image.THUMBNAIL, small)]),
        links=present([link(Link.SOURCE, f"{SITE}/{source_id.replace('store/', 'store/item/', 1)}/")]),
        external_ids=external_ids([("sku", _told(block, "sku"))]),
        availability=_availability(block),
        language="en",
        collectible=Collectible(subgroup=_part(block, "subgroup"), reference=_told(block, "sku")),
    )
    _add_price(item, block, _part(block, "cond"), text)
    return item


def _complete(item: Item, other: Item) -> None:
    """Take from another link to the same article what the first has not."""
    item.title = item.title or other.title
    if not item.prices:
        item.prices.extend(other.prices)
    if not item.images:
        item.images.extend(other.images)


def _add_price(item: Item, node: html.HtmlElement, wording: str, text: str = "") -> None:
    """Add the price and the condition; a price that machines may read goes before one in the text."""
    state = next((state for words, state in _CONDITIONS if words.search(wording)), Condition.TYPE_UNSPECIFIED)
    item.condition = state
    match = _DOLLARS.search(text)
    amount = written_amount(_told(node, "price")) or written_amount(match[1] if match else "")
    if price := money(amount, _told(node, "priceCurrency") or "USD"):
        item.prices.add(
            amount=price,
            type=Price.CURRENT,
            market="Transformerland",
            country="US",
            condition=state,
            condition_text=wording,
        )


def _told(node: html.HtmlElement, name: str) -> str:
    return line_of(node, f".//*[@itemprop='{name}']/@content")


def _part(node: html.HtmlElement, name: str) -> str:
    return line_of(node, f".//*[{has_class(f'desc-{name}')}]")


def _availability(node: html.HtmlElement) -> Availability.Type.ValueType:
    return schema_availability(line_of(node, ".//*[@itemprop='availability']/@href"))


def _large(address: str) -> str:
    return address.replace("/thumbnails/", "/hires/")


def _images(page: html.HtmlElement) -> list[Image]:
    """The pictures as the shop links them, each in the large form that it has of all."""
    shown = [own(line_of(page, "//img[@id='mainphoto']/@src"))]
    shown += [own(one.get("href")) for one in nodes(page, "//a[contains(@href, '/image/inventory/')]")]
    pictures: dict[str, Image] = {}
    for given in filter(None, shown):
        large = _large(given)
        small = given if given != large else ""
        role = Image.GALLERY if pictures else Image.PRIMARY
        pictures.setdefault(large, Image(role=role, url=large, thumbnail_url=small))
    return list(pictures.values())


def _maker(text: str) -> str:
    """The maker that the text names; none when it names several."""
    found = {_MAKER_NAMES["".join(name.split()).lower()] for name in _MAKERS.findall(text)}
    return found.pop() if len(found) == 1 else ""


def _rows(page: html.HtmlElement) -> Mapping[str, str]:
    """Rows of two cells that no field has."""
    found: dict[str, str] = {}
    for row in nodes(page, "//tr[count(td | th) = 2][not(.//tr)]"):
        label, value = map(line_of, nodes(row, "td | th"))
        key = slug(label, "_")
        if key and value and key not in _KNOWN_ROWS and len(found) < _MOST_ROWS:
            found.setdefault(key, value)
    return found
