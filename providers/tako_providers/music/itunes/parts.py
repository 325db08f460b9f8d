"""What the mappers of the search service and of the charts share: addresses, artwork, prices."""

from __future__ import annotations

from tako.v1.details_music_pb2 import Album
from tako.v1.item_parts_pb2 import Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole
from tako_providers.sdk import Json, add_price, https, make_id

PROVIDER = "itunes"


def add_page(item: Item, url: str) -> None:
    """Add the page of the item, without what only tracks. `i` stays: it names the track of an album's page."""
    page, _, query = https(url).partition("?")
    if query[:2] == "i=":
        page = f"{page}?{query.partition('&')[0]}"
    if page:
        item.links.add(role=Link.SOURCE, url=page)


def number_in_address(url: str) -> str:
    """The number at the end of a page's address (`/artist/bts/883131348`, of old `/artist/slayer/id414425`)."""
    number = url.partition("?")[0].rpartition("/")[2].removeprefix("id")
    return number if number.isdecimal() else ""


def add_artwork(item: Item, url: str) -> None:
    """Add a cover: the small one that Apple names (`.../100x100bb.jpg`), and the same in a box of 600 pixels."""
    small = https(url)
    if not small:
        return
    place, _, box = small.rpartition("/")
    side = box.partition("x")[0]
    if not side.isdecimal() or not box.startswith(f"{side}x{side}bb."):
        item.images.add(role=Image.PRIMARY, url=small)
        return
    pixels = int(side)
    item.images.add(role=Image.PRIMARY, url=f"{place}/600x600bb.{box.rpartition('.')[2]}")
    item.images.add(role=Image.THUMBNAIL, url=small, width=pixels, height=pixels)


def artists(name: str, number: str | int | None) -> list[Credit]:
    """The artist as printed; many names may stand in one."""
    if not name:
        return []
    return [
        Credit(
            name=name,
            id=make_id(PROVIDER, Item.ARTIST, number) if number else "",
            role=CreditRole.PERFORMER,
        )
    ]


def album_type(title: str, collection_type: str) -> Album.Type.ValueType:
    """What sort of album it is: the end of its title tells, then Apple's own word."""
    if title.endswith(" - Single"):
        return Album.SINGLE
    if title.endswith(" - EP"):
        return Album.EP
    if collection_type == "Compilation":
        return Album.COMPILATION
    return Album.ALBUM if collection_type == "Album" else Album.TYPE_UNSPECIFIED


def add_store_price(item: Item, amount: Json, currency: str, country: str) -> None:
    """Add the price in the store. A negative one says that it is not sold by itself."""
    if currency:
        add_price(item, amount, currency, type=Price.CURRENT, country=country)
