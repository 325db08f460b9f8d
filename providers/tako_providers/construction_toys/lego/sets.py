"""Products of LEGO.com as Items, in the shape of its GraphQL."""

from __future__ import annotations

import re
from functools import lru_cache

from tako.v1.details_toys_pb2 import BuildingSet
from tako.v1.item_parts_pb2 import Availability, ExternalId, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import Video
from tako_providers.construction_toys.lego import booklets
from tako_providers.construction_toys.lego.shops import SITE, Shop
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    absolute,
    add_rating,
    count_in,
    dict_in,
    dicts_in,
    flag_in,
    money,
    number_in,
    one_line,
    plain,
    positive,
    schema_availability,
    text_in,
    year_in,
)

_NO_SET = re.compile(r"gift ?card|carte cadeau|geschenkkarte|mosaic maker|vip reward|minifigure factory")
_NO_SETS = frozenset(("40179", "40154", "40178", "40488", "501020"))
"""What the shop sells beside sets: cards, vouchers, things made to order."""
_SET_DIGITS = range(4, 7)
"""Seven digits are gifts, key rings and other merchandise."""
_AGES = re.compile(r"(\d+)\u00bd?\+?\s*(?:[-\u2013]\s*(\d+))?")
_FULL = 'primaryImage({"size":"HIRES"})'
_SMALL = 'primaryImage({"size":"THUMBNAIL"})'
_STATES = {
    "AVAILABLE": Availability.IN_STOCK,
    "BACKORDER_FOR_DATE": Availability.BACKORDER,
    "PRE_ORDER_FOR_DATE": Availability.PREORDER,
    "COMING_SOON_AT_DATE": Availability.COMING_SOON,
    "OUT_OF_STOCK": Availability.OUT_OF_STOCK,
    "TEMPORARILY_SOLD_OUT": Availability.OUT_OF_STOCK,
    "SOLD_OUT": Availability.OUT_OF_STOCK,
    "RETIRED": Availability.RETIRED,
}
"""LEGO's words without the letter that sorts them: `E_AVAILABLE`."""
_BUILT = {"buildHeight": "build_height", "buildWidth": "build_width", "buildDepth": "build_depth"}


def is_set(entry: Json) -> bool:
    """Whether it is a building set, and not something else that the shop sells."""
    number = code(entry)
    if not number.isdecimal() or len(number) not in _SET_DIGITS or number in _NO_SETS:
        return False
    return not _NO_SET.search(text_in(entry, "name").lower())


def code(entry: Json) -> str:
    """The number on the box."""
    if not isinstance(entry, dict):
        raise ShapeChanged("LEGO gave something else where a product was expected")
    found = text_in(entry, "productCode") or text_in(entry, "id")
    if not found:
        raise ShapeChanged("a product of LEGO has no number")
    return found


def building_set(entry: Json, shop: Shop, place: int | None = None) -> Item:
    """A product: of a list, or of its own. ``place`` is its place in a chart."""
    number, variant = code(entry), dict_in(entry, "variant") or dict_in(entry, "readOnlyVariant")
    attributes, theme = dict_in(variant, "attributes"), dict_in(entry, "brandCategory")
    status, ages = text_in(attributes, "availabilityStatus"), text_in(attributes, "ageRange")
    item = Item(kind=Item.BUILDING_SET, source_id=number, title=one_line(text_in(entry, "name")))
    item.language = shop.language
    item.availability = _STATES.get(status[2:]) or schema_availability(status)
    item.availability_text = one_line(text_in(attributes, "availabilityText"))
    add_rating(item, number_in(attributes, "rating"), 5)
    if place:
        item.context.position = place
    details = item.building_set
    details.brand = "LEGO"
    if theme:
        details.theme = one_line(text_in(theme, "name"))
    if ages:
        _set_ages(details, ages)
    _set_facts(details, variant, attributes)
    ids = item.external_ids
    ids.add(scheme="set_number", value=number)
    if sku := text_in(variant, "sku"):
        ids.add(scheme="lego_sku", value=sku)
    if slug := text_in(entry, "slug"):
        item.links.add(role=Link.SOURCE, url=f"{SITE}{shop.path}/product/{slug}")
    _add_images(item, entry)
    _add_prices(item, variant, shop)
    return item


def _set_facts(details: BuildingSet, variant: Json, attributes: Json) -> None:
    if pieces := positive(attributes.get("pieceCount")):
        details.pieces = pieces
    if minifigs := positive(attributes.get("minifigureCount")):
        details.minifigs = minifigs
    if (is_new := flag_in(attributes, "isNew")) is not None:
        details.is_new = is_new
    if (on_sale := flag_in(attributes, "onSale")) is not None:
        details.on_sale = on_sale
    if percentage := number_in(variant, "salePercentage"):
        details.sale_percentage = percentage


def whole_set(entry: Json, record: Json, shop: Shop) -> Item:
    """A product with all that its page tells. ``record`` is that of the instructions service, which knows the year."""
    item = building_set(entry, shop)
    attributes = dict_in(dict_in(entry, "variant"), "attributes")
    item.description = plain(text_in(entry, "description"))
    item.tags.extend(name for one in dicts_in(entry, "productCategories") if (name := one_line(text_in(one, "name"))))
    details = item.building_set
    details.features.extend(line for line in plain(text_in(entry, "featuresText")).split("\n") if line)
    for asset in dicts_in(entry, "productMediaAssets"):
        _add_asset(item, asset)
    for name, key in _BUILT.items():
        if size := number_in(attributes, name):
            item.attributes[key] = f"{size:g}"
    _add_record(item, record)
    return item


def set_of_record(number: str, record: Json, shop: Shop) -> Item:
    """A set that the shop no longer has: what the instructions service knows of it."""
    item = Item(
        kind=Item.BUILDING_SET,
        source_id=number,
        title=one_line(text_in(record, "name")),
        external_ids=[ExternalId(scheme="set_number", value=number)],
        language=shop.language,
        building_set=BuildingSet(brand="LEGO"),
    )
    if picture := absolute(SITE, text_in(dict_in(record, "setImage"), "src")):
        item.images.add(role=Image.PRIMARY, url=picture)
    _add_record(item, record)
    return item


def _add_record(item: Item, record: Json) -> None:
    """Add what only the instructions service knows, and what the shop did not tell."""
    details = item.building_set
    if year := year_in(text_in(record, "year")):
        item.year = year
    if pieces := positive(record.get("setPieceCount")):
        details.pieces = details.pieces or pieces
    if not details.HasField("ages"):
        _set_ages(details, text_in(record, "ageRating"))
    details.theme = details.theme or one_line(text_in(dict_in(record, "theme"), "themeName"))
    details.instructions.extend(booklets.inside(record))


def _add_images(item: Item, entry: Json) -> None:
    """Add the picture in full, and the small one. A query makes a picture small."""
    told = text_in(entry, "primaryImage")
    full = text_in(entry, "baseImgUrl") or text_in(entry, _FULL) or told
    small = text_in(entry, _SMALL) or (told if "?" in told else "")
    images = item.images
    if full.startswith("https://"):
        shown = images.add()
        shown.role = Image.PRIMARY
        shown.url = full.partition("?")[0]
    if small.startswith("https://"):
        shown = images.add()
        shown.role = Image.THUMBNAIL
        shown.url = small


def _add_asset(item: Item, asset: Json) -> None:
    """Add a picture or a video. The first of a video's files is the best."""
    if url := absolute(SITE, text_in(asset, "url")).partition("?")[0]:
        if all(url != one.url for one in item.images):
            item.images.add(role=Image.GALLERY, url=url, caption=one_line(text_in(asset, "altText")))
        return
    video = dict_in(asset, "video")
    files = [url for one in dicts_in(video, "videoFormats") if (url := absolute(SITE, text_in(one, "url")))]
    if files:
        item.building_set.videos.append(Video(url=files[0], title=one_line(text_in(video, "title")), official=True))


def _add_prices(item: Item, variant: Json, shop: Shop) -> None:
    """Add what it costs, and what it cost before where that was more. The list price may lack its currency."""
    price, listed = dict_in(variant, "price"), dict_in(variant, "listPrice")
    now, before, currency = (
        count_in(price, "centAmount"),
        count_in(listed, "centAmount"),
        text_in(price, "currencyCode"),
    )
    if not currency:
        return
    if now:
        _add_price(item, Price.CURRENT, now, currency, shop)
        if before and before > now:
            _add_price(item, Price.LIST, before, currency, shop)
    elif amount := money(price.get("amount"), currency):
        item.prices.add(type=Price.CURRENT, amount=amount, market="LEGO", country=shop.country)


def _add_price(item: Item, role: Price.Type.ValueType, cents: int, currency: str, shop: Shop) -> None:
    price = item.prices.add()
    price.type = role
    price.market = "LEGO"
    price.country = shop.country
    amount = price.amount
    amount.currency_code = currency
    amount.units = cents // 100
    amount.nanos = cents % 100 * 10_000_000


def _set_ages(details: BuildingSet, text: str) -> None:
    youngest, oldest = _ages(text)
    if youngest is not None:
        details.ages.min = youngest
    if oldest is not None:
        details.ages.max = oldest


@lru_cache(maxsize=256)
def _ages(text: str) -> tuple[int | None, int | None]:
    """The ages of `18+`, `6-12` or `1\u00bd+`, in whole years."""
    match = _AGES.match(text)
    if match is None:
        return None, None
    return int(match[1]), int(match[2]) if match[2] else None
