"""Products of Mattel's shop, as Searchspring gives them, as Items. Every value is a text or a list of texts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping

from tako.v1.details_toys_pb2 import BuildingSet
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import AgeRange
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_ids,
    add_image,
    add_link,
    add_price,
    compact,
    one_line,
    partial_date,
    plain,
    positive,
    positive_float,
    rating,
)

SHOP = "https://shop.mattel.com"

_COPY = ("-es-mx", "-pt-br", "-fr-ca", "-de-de", "-fr-fr", "-en-gb", "-es-es", "-it-it", "-nl-nl")
"""How handles end that are a product once more, for another country. The index holds those of all Americas."""
_PIECES = re.compile(
    r"(\(\s*)?\b(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:pieces|pcs|pièces|piezas|onderdelen|teile|pezzi|peças)\b\.?(?(1)\s*\))",
    re.IGNORECASE,
)
_SKU = re.compile(r"\b[A-Z]{2,5}\d{2,5}\b")
_AGES = re.compile(r"(\d+)\s*(?:(?:-|\u2013|to)\s*(\d+))?")
_METAFIELD = re.compile(r'"(\w+)"\s*:\s*("(?:[^"\\]|\\.)*")')
_FEATURES = tuple(f"bullet_feature_{n}" for n in range(1, 6))
_STOCK = ("ss_in_stock", "in_stock_offers", "ss_available")


def is_mega(entry: Json) -> bool:
    """Whether it is a product of the brand, and the one for the USA."""
    if not isinstance(entry, dict):
        raise ShapeChanged("MEGA gave something else where a product was expected")
    brand = _text(entry, "brand") or _text(entry, "name")
    return brand.casefold().startswith("mega") and not (_text(entry, "handle") or _text(entry, "url")).endswith(_COPY)


def number(entry: Json) -> str:
    """Mattel's article number. Some have it only in their name; what has none has the shop's number."""
    if sku := _text(entry, "sku"):
        return sku.upper()
    match = _SKU.search(_text(entry, "name"))
    found = match[0] if match else _text(entry, "uid")
    if not found:
        raise ShapeChanged("a product of MEGA has no number")
    return found


def building_set(entry: Json) -> Item:
    """One of `results`."""
    name, meta = one_line(_text(entry, "name")), _metafields(_text(entry, "metafields"))
    pieces = _PIECES.search(name)
    sku, listed, primary = _text(entry, "sku"), _list_price(entry), _text(entry, "imageUrl")
    published = partial_date(_text(entry, "published_at") or _text(entry, "ss_published_at"))
    collections = texts(entry, "collection_handle")
    extra = {"published_at": published} if published else {}
    if collections:
        extra["collections"] = ", ".join(collections)
    item = Item(
        kind=Item.BUILDING_SET,
        source_id=number(entry),
        title=_without(name, pieces),
        description=plain(_text(entry, "description")),
        rating=rating(positive_float(_text(entry, "rating")), 5, _votes(entry)),
        availability=_availability(entry),
        tags=texts(entry, "tags") or None,
        language="en",
        attributes=extra or None,
        building_set=BuildingSet(
            brand=_text(entry, "brand"),
            category=plain(meta.get("web_category")) or next(iter(texts(entry, "product_type")), ""),
            product_line=plain(meta.get("subtype")),
            pieces=positive(re.sub(r"\D", "", pieces[2])) if pieces else None,
            ages=_ages(meta.get("age_grade", "")),
            features=[text for key in _FEATURES if (text := plain(meta.get(key)))] if meta else None,
            on_sale=True if listed else None,
        ),
    )
    add_image(item, Image.PRIMARY, primary)
    add_image(item, Image.THUMBNAIL, _text(entry, "thumbnailImageUrl"))
    for one in texts(entry, "images"):
        if one != primary:
            add_image(item, Image.GALLERY, one)
    add_link(item, Link.SOURCE, _address(_text(entry, "url")))
    add_ids(
        item,
        [
            ("sku", sku.upper()),
            ("mattel_uid", _text(entry, "uid")),
            _barcode(meta.get("upc_ean", "")),
            ("slug", _text(entry, "handle")),
        ],
    )
    add_price(item, _text(entry, "price"), "USD", type=Price.CURRENT, market="Mattel", country="US")
    add_price(item, listed, "USD", type=Price.LIST, market="Mattel", country="US")
    return item


def texts(entry: Json, name: str) -> list[str]:
    """A list of texts. The index writes some as one text with `|` in between."""
    value = entry.get(name)
    values = value.split("|") if isinstance(value, str) else value if isinstance(value, list) else []
    return [text for one in values if isinstance(one, str) and (text := one.strip())]


def product_line(entry: Json) -> str:
    """The line or licence that it belongs to, such as `MEGA Halo`."""
    return plain(_metafields(_text(entry, "metafields")).get("subtype"))


def _text(entry: Json, name: str) -> str:
    """A text, or the first of a list of them."""
    value = entry.get(name)
    if isinstance(value, str):
        return value.strip()
    return next(iter(texts(entry, name)), "") if isinstance(value, list) else ""


def _metafields(text: str) -> Mapping[str, str]:
    """What the shop adds to a product: JSON, escaped as if it stood in a page, and not always whole."""
    if not text:
        return {}
    text = text.replace("&quot;", '"')
    if "&" in text:
        text = html.unescape(text)
    try:
        found = json.loads(text)
    except ValueError:
        found = {key: _decoded(value) for key, value in _METAFIELD.findall(text)}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _decoded(literal: str) -> str:
    try:
        return str(json.loads(literal))
    except ValueError:
        return literal.strip('"')


def _without(name: str, pieces: re.Match[str] | None) -> str:
    """The name without its number of pieces, where that stands in brackets."""
    if not pieces or not pieces[1]:
        return name
    return one_line(f"{name[: pieces.start()]} {name[pieces.end() :]}").strip(" ,-")


def _address(url: str) -> str:
    return f"{SHOP}{url}" if url.startswith("/") and not url.startswith("//") else url


def _barcode(code: str) -> tuple[str, str]:
    """The scheme of a barcode: a UPC is written with a leading 0 too."""
    digits = compact(code)
    return ("upc" if len(digits) == 12 or (len(digits) == 13 and digits[0] == "0") else "ean"), digits


def _votes(entry: Json) -> int | None:
    """Number of ratings; 0 is one, None is unknown."""
    count = _text(entry, "ratingCount")
    return int(count) if count.isdecimal() else None


def _list_price(entry: Json) -> str:
    """The price before a reduction, "" where there is none."""
    before = _text(entry, "msrp")
    price, listed = positive_float(_text(entry, "price")), positive_float(before)
    return before if price and listed and listed > price else ""


def _availability(entry: Json) -> Availability.Type.ValueType:
    stock = next((text for name in _STOCK if (text := _text(entry, name))), "")
    if stock.casefold() in ("0", "false", "no"):
        return Availability.OUT_OF_STOCK
    in_stock = stock.isdecimal() or stock.casefold() in ("true", "yes")
    return Availability.IN_STOCK if in_stock else Availability.TYPE_UNSPECIFIED


def _ages(text: str) -> AgeRange | None:
    """The ages of `7+` or `5-10`, in years."""
    match = _AGES.match(text.strip())
    if not match or "month" in text.casefold():
        return None
    return AgeRange(min=int(match[1]), max=int(match[2]) if match[2] else None)
