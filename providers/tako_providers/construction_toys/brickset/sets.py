"""Brickset's sets, instructions and pictures as Items. https://brickset.com/article/52664/api-version-3-documentation"""

from __future__ import annotations

import re

from tako.v1.details_toys_pb2 import BuildingSet, Instruction
from tako.v1.item_parts_pb2 import Availability, Engagement, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import AgeRange, Dimensions
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_ids,
    add_image,
    add_link,
    add_price,
    count_in,
    dict_in,
    flag_in,
    https,
    image,
    known_year,
    link,
    number_in,
    one_line,
    partial_date,
    plain,
    positive,
    positive_float,
    present,
    rating,
    text_in,
    texts_in,
    timestamp,
)

Market = tuple[str, str, str]
"""Brickset's word for a market of LEGO.com, its currency, its country."""

MARKETS: tuple[Market, ...] = (("US", "USD", "US"), ("UK", "GBP", "GB"), ("CA", "CAD", "CA"), ("DE", "EUR", "DE"))
_FROM = {first: (first, *(one for one in MARKETS if one is not first)) for first in MARKETS}
"""The markets, begun with each of them."""
_EURO = re.compile(r"AT|BE|CY|DE|EE|ES|FI|FR|GR|HR|IE|IT|LT|LU|LV|MT|NL|PT|SI|SK")
"""Countries that pay in euros."""


def market_of(region: str) -> Market:
    """The market whose prices mean most in ``region``: for all that pay in euros it is the German one."""
    country = region.upper()
    if _EURO.fullmatch(country):
        return MARKETS[3]
    return next((market for market in MARKETS if market[2] == country), MARKETS[0])


def known(entry: Json, name: str) -> str:
    """A text. Brickset writes what it does not know in braces: `{?}`, `{None}`, `{Not specified}`."""
    text = text_in(entry, name)
    return "" if text and text[0] == "{" and text[-1] == "}" else text


def set_number(entry: Json) -> str:
    """The number with its variant, which is one set and no other."""
    number, variant = text_in(entry, "number"), count_in(entry, "numberVariant")
    if not number or variant is None:
        raise ShapeChanged("a set of Brickset has no number")
    return f"{number}-{variant}"


def building_set(entry: Json, first: Market) -> Item:
    """One of `sets`. Prices begin with those of the market ``first``. What belongs to the account is left out."""
    if not isinstance(entry, dict):
        raise ShapeChanged("Brickset gave something else where a set was expected")
    number = set_number(entry)
    shops, pictures, more = dict_in(entry, "LEGOCom"), dict_in(entry, "image"), dict_in(entry, "extendedData")
    notes, theme = plain(known(more, "notes")), known(entry, "theme")
    launched, ended = text_in(entry, "launchDate"), text_in(entry, "exitDate")
    item = Item(
        kind=Item.BUILDING_SET,
        source_id=number,
        title=one_line(known(entry, "name")) or text_in(entry, "number"),
        description=plain(known(more, "description")),
        year=known_year(count_in(entry, "year")),
        release_date=partial_date(launched) or _first_day(shops),
        rating=rating(number_in(entry, "rating"), 5, count_in(entry, "reviewCount") or None),
        availability=_availability(entry),
        availability_text=known(entry, "availability"),
        engagement=_engagement(dict_in(entry, "collections")),
        tags=[tag.partition("|")[0] for tag in texts_in(more, "tags")] or None,  # `|n` marks names of figures
        language="en",
        source_updated_at=timestamp(text_in(entry, "lastUpdated")),
        attributes={"notes": notes} if notes else None,
        building_set=BuildingSet(
            brand="LEGO",  # Brickset knows no other
            theme=theme,
            theme_id=theme,
            theme_group=known(entry, "themeGroup"),
            subtheme=known(entry, "subtheme"),
            category=known(entry, "category"),
            pieces=positive(entry.get("pieces")),
            minifigs=positive(entry.get("minifigs")),
            ages=_ages(dict_in(entry, "ageRange")),
            dimensions=_dimensions(dict_in(entry, "dimensions")),
            packaging=known(entry, "packagingType"),
            retirement_date=partial_date(ended) or _last_day(shops),
            instruction_count=count_in(entry, "instructionsCount"),
            image_count=count_in(entry, "additionalImageCount"),
        ),
    )
    add_image(item, Image.PRIMARY, text_in(pictures, "imageURL"))
    add_image(item, Image.THUMBNAIL, text_in(pictures, "thumbnailURL"))
    add_link(item, Link.SOURCE, text_in(entry, "bricksetURL"))
    add_ids(item, _ids(entry, number))
    if shops:
        _add_prices(item, shops, first)
    return item


def instruction(number: str, place: int, total: int, entry: Json) -> Item:
    """One of `instructions`. It has no name, only what LEGO calls the file."""
    url = https(text_in(entry, "URL")) if isinstance(entry, dict) else ""
    if not url:
        raise ShapeChanged("an instruction of Brickset has no address")
    return Item(
        kind=Item.INSTRUCTION,
        source_id=f"{number}/{place}",
        description=plain(known(entry, "description")),
        links=present([link(Link.DOCUMENT, url)]),
        instruction=Instruction(
            url=url, format="PDF" if url.lower().endswith(".pdf") else "", sequence=place, sequence_total=total
        ),
    )


def picture(number: str, place: int, entry: Json) -> Item:
    """One of `additionalImages`."""
    found = image(Image.GALLERY, text_in(entry, "imageURL")) if isinstance(entry, dict) else None
    if found is None:
        raise ShapeChanged("a picture of Brickset has no address")
    found.thumbnail_url = https(text_in(entry, "thumbnailURL"))
    return Item(kind=Item.IMAGE, source_id=f"{number}/{place}", images=[found])


def _availability(entry: Json) -> Availability.Type.ValueType:
    return Availability.COMING_SOON if flag_in(entry, "released") is False else Availability.TYPE_UNSPECIFIED


def _ids(entry: Json, number: str) -> list[tuple[str, str | int | None]]:
    codes = dict_in(entry, "barcode")
    pairs: list[tuple[str, str | int | None]] = [
        # A further variant keeps its ending: it is another thing with the same number on the box.
        ("set_number", number.removesuffix("-1")),
        ("brickset", count_in(entry, "setID")),
    ]
    if codes:
        pairs += [("ean", text_in(codes, "EAN")), ("upc", text_in(codes, "UPC"))]
    return pairs


def _add_prices(item: Item, shops: Json, first: Market) -> None:
    """What LEGO asks for it, in each market that it was sold in."""
    for name, currency, country in _FROM[first]:
        shop = shops.get(name)
        if isinstance(shop, dict) and (amount := number_in(shop, "retailPrice")):
            add_price(item, amount, currency, type=Price.LIST, market="LEGO.com", country=country)


def _first_day(shops: Json) -> str:
    """The first day of sale in any market."""
    if not shops:
        return ""
    days = [day for shop in shops.values() if isinstance(shop, dict) and (day := text_in(shop, "dateFirstAvailable"))]
    return partial_date(min(days)) if days else ""


def _last_day(shops: Json) -> str:
    """The last day of sale, once there is one in every market: elsewhere it is still on sale."""
    if not shops:
        return ""
    sold = [shop for shop in shops.values() if shop and isinstance(shop, dict)]
    days = [text_in(shop, "dateLastAvailable") for shop in sold]
    return partial_date(max(days)) if days and all(days) else ""


def _ages(ages: Json) -> AgeRange | None:
    youngest, oldest = positive(ages.get("min")), positive(ages.get("max"))
    return AgeRange(min=youngest, max=oldest) if youngest or oldest else None


def _dimensions(sizes: Json) -> Dimensions | None:
    """The size of the box in centimetres; its weight is in kilograms."""
    if not sizes:
        return None
    weight = positive_float(sizes.get("weight"))
    return Dimensions(
        height_cm=positive_float(sizes.get("height")),
        width_cm=positive_float(sizes.get("width")),
        depth_cm=positive_float(sizes.get("depth")),
        weight_g=round(weight * 1000, 3) if weight else None,
    )


def _engagement(people: Json) -> Engagement | None:
    owners, wanters = count_in(people, "ownedBy"), count_in(people, "wantedBy")
    return Engagement(owners=owners, wanters=wanters) if owners is not None or wanters is not None else None
