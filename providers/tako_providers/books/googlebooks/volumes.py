"""Volumes of Google Books as items. https://developers.google.com/books/docs/v1/reference/volumes"""

from __future__ import annotations

from tako.v1.details_books_pb2 import Book, PrintType
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako.v1.values_pb2 import Dimensions
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_ids,
    add_image,
    add_price,
    add_rating,
    bcp47,
    dict_in,
    dicts_in,
    flag_in,
    https,
    number_in,
    one_line,
    partial_date,
    plain,
    positive,
    text_in,
    texts_in,
    year_of,
)

_SIZES = ("extraLarge", "large", "medium", "small", "thumbnail", "smallThumbnail")
"""The names of one cover's sizes, largest first. Lists have the last two only."""
_PRINT_TYPES = {"BOOK": PrintType.BOOK, "MAGAZINE": PrintType.MAGAZINE}
_SCHEMES = {"ISBN_13": "isbn13", "ISBN_10": "isbn10"}
_PREFIXES = {"OCLC": "oclc", "LCCN": "lccn"}
"""Catalogues that ids of type OTHER may name in front of the colon. The rest are shelf marks of scanned copies."""
_SALES = {
    "FOR_SALE": Availability.IN_STOCK,
    "FOR_SALE_AND_RENTAL": Availability.IN_STOCK,
    "FOR_PREORDER": Availability.PREORDER,
}
_PRICES = (("retailPrice", Price.CURRENT), ("listPrice", Price.LIST))
_UNDATED = "0101-01-01"
"""What stands where Google knows no date."""
_NO_PREVIEW = ("", "NO_PAGES", "UNKNOWN")


def is_volume(entry: Json) -> bool:
    """Whether an entry has what an item can't be without: an id and a title."""
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not entry["id"]:
        return False
    return bool(text_in(dict_in(entry, "volumeInfo"), "title"))


def volume(entry: Json) -> Item:
    """One of `items`, or the answer of /volumes/{id}, which has more pictures, paths of categories and HTML."""
    if not is_volume(entry):
        raise ShapeChanged("a volume of Google Books has no id or no title")
    info, sale, access = entry["volumeInfo"], dict_in(entry, "saleInfo"), dict_in(entry, "accessInfo")
    published = text_in(info, "publishedDate")
    if published.startswith(_UNDATED) or not published.strip("0-"):
        published = ""
    date = partial_date(published)
    language = bcp47(text_in(info, "language"))
    mature = text_in(info, "maturityRating")
    status, shop = text_in(sale, "saleability"), _shop(sale)
    item = Item(
        kind=Item.BOOK,
        source_id=entry["id"],
        title=one_line(info["title"]),
        subtitle=one_line(text_in(info, "subtitle")),
        description=plain(text_in(info, "description")),
        year=year_of(date),
        release_date=date,
        release_text="" if date else published,
        availability=_SALES.get(status, Availability.TYPE_UNSPECIFIED),
        adult=None if not mature else mature == "MATURE",
        genres=_categories(info) or None,
        languages=[language] if language else None,
        language=language,
    )
    add_rating(item, number_in(info, "averageRating"), 5, _votes(info))
    if mature == "MATURE":
        item.age_ratings.add(system="Google Books", rating=mature)
    for key, value in _attributes(info, sale, access).items():
        item.attributes[key] = value
    _add_images(item, dict_in(info, "imageLinks"))
    _add_links(item, info, shop)
    add_ids(item, [_external_id(one) for one in dicts_in(info, "industryIdentifiers")])
    if status in _SALES:
        _add_prices(item, sale, shop)
    _set_book(item.book, info, sale, access)
    return item


def _set_book(book: Book, info: Json, sale: Json, access: Json) -> None:
    book.level = Book.EDITION
    if publisher := one_line(text_in(info, "publisher")):
        book.publishers.append(publisher)
    if pages := positive(info.get("pageCount")):
        book.page_count = pages
    if printed := positive(info.get("printedPageCount")):
        book.printed_page_count = printed
    book.print_type = _PRINT_TYPES.get(text_in(info, "printType"), PrintType.TYPE_UNSPECIFIED)
    if (is_ebook := flag_in(sale, "isEbook")) is not None:
        book.is_ebook = is_ebook
    if (public_domain := flag_in(access, "publicDomain")) is not None:
        book.public_domain = public_domain
    book.preview_url = _preview(info, access)
    if size := _dimensions(dict_in(info, "dimensions")):
        book.dimensions.CopyFrom(size)
    for name in texts_in(info, "authors"):
        book.credits.add(name=name, role=CreditRole.AUTHOR)


def isbns(item: Item) -> set[str]:
    """The ISBNs that an item has, of both lengths."""
    return {one.value for one in item.external_ids if one.scheme in ("isbn13", "isbn10")}


def _address(url: str) -> str:
    """An address without what was asked (`dq`), how it looks (`hl`) and whom it came from (`source`)."""
    if (end := url.find("&dq=")) > 0 or (end := url.find("&hl=")) > 0 or (end := url.find("&source=")) > 0:
        url = url[:end]
    return https(url)


def _add_images(item: Item, sizes: Json) -> None:
    """The cover at its largest, and a small one. The sizes between show the same, so they are left out."""
    largest = next((url for size in _SIZES if (url := text_in(sizes, size))), "")
    if not largest:
        return
    add_image(item, Image.PRIMARY, largest.replace("&edge=curl", ""))
    small = text_in(sizes, "thumbnail")
    if not small or small == largest:
        small = text_in(sizes, "smallThumbnail")
    if small and small != largest:
        add_image(item, Image.THUMBNAIL, small.replace("&edge=curl", ""))


def _add_links(item: Item, info: Json, shop: str) -> None:
    source = text_in(info, "infoLink") or text_in(info, "canonicalVolumeLink") or text_in(info, "previewLink")
    if source:
        item.links.add(role=Link.SOURCE, url=_address(source))
    if shop:
        item.links.add(role=Link.STORE, url=shop)


def _shop(sale: Json) -> str:
    """Where the e-book can be had, without how the button was reached."""
    button = text_in(sale, "buyLink")
    return _address(button.partition("&rdid=")[0]) if button else ""


def _preview(info: Json, access: Json) -> str:
    """Where pages can be read. Google gives the link for books without a single one too."""
    return "" if text_in(access, "viewability") in _NO_PREVIEW else _address(text_in(info, "previewLink"))


def _external_id(one: Json) -> tuple[str, str]:
    """Scheme and value. What is no catalogue's is a shelf mark of the copy that was scanned: `UOM:39015004307750`."""
    sort, value = text_in(one, "type"), text_in(one, "identifier")
    if scheme := _SCHEMES.get(sort):
        return scheme, value
    if sort == "ISSN":
        return "issn", value if "-" in value else f"{value[:4]}-{value[4:]}"
    prefix, _, rest = value.partition(":")
    scheme = _PREFIXES.get(prefix)
    return (scheme, rest) if scheme else ("other", value)


def _votes(info: Json) -> int | None:
    votes = info.get("ratingsCount")
    return votes if type(votes) is int and votes >= 0 else None


def _add_prices(item: Item, sale: Json, shop: str) -> None:
    """What the e-book costs in Google's shop of the country that the answer is for."""
    country = text_in(sale, "country")
    for name, sort in _PRICES:
        if given := dict_in(sale, name):
            amount, currency = number_in(given, "amount"), text_in(given, "currencyCode")
            if currency:
                add_price(item, amount, currency, type=sort, market="Google Play", country=country, url=shop)


def _categories(info: Json) -> list[str]:
    """Subjects. A detail has them as paths (`Fiction / Fantasy / General`): each step once."""
    given = texts_in(info, "categories")
    if not any(" / " in path for path in given):
        return given
    return list(dict.fromkeys(step for path in given for part in path.split(" / ") if (step := part.strip())))


def _dimensions(given: Json) -> Dimensions | None:
    """Sizes come as text: `25.00 cm`."""
    if not given:
        return None
    sizes = {name: text_in(given, name) for name in ("height", "width", "thickness")}
    if not any(sizes.values()):
        return None
    return Dimensions(
        height_cm=_centimetres(sizes["height"]),
        width_cm=_centimetres(sizes["width"]),
        depth_cm=_centimetres(sizes["thickness"]),
        text=" x ".join(filter(None, sizes.values())),
    )


def _centimetres(text: str) -> float | None:
    number, _, unit = text.partition(" ")
    if unit != "cm" or not number.replace(".", "", 1).isdecimal():
        return None
    return float(number) or None


def _attributes(info: Json, sale: Json, access: Json) -> dict[str, str]:
    found: dict[str, str] = {}
    if (viewability := text_in(access, "viewability")) not in _NO_PREVIEW:
        found["viewability"] = viewability
    if text_in(sale, "saleability") == "FREE":
        found["saleability"] = "FREE"
    if "seriesInfo" in info:
        series = dict_in(info, "seriesInfo")
        if number := text_in(series, "bookDisplayNumber"):
            found["series_number"] = number
        if ids := [one for entry in dicts_in(series, "volumeSeries") if (one := text_in(entry, "seriesId"))]:
            found["series_id"] = ids[0]
    return found
