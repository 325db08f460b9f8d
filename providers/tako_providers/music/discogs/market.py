"""Prices of Discogs' marketplace. https://www.discogs.com/developers#page:marketplace,header:marketplace-release-statistics"""

from __future__ import annotations

from tako.v1.details_commerce_pb2 import Offer
from tako.v1.item_parts_pb2 import Availability, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import OfferType
from tako_providers.music.discogs.parts import PROVIDER, SITE
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    flag_in,
    make_id,
    money,
    number_in,
    positive,
    text_in,
)


def price(entry: Json, currency: str) -> list[Price]:
    """What the cheapest copy of a release costs, in the currency that was asked for."""
    amount = money(number_in(entry, "lowest_price"), currency)
    if amount is None:
        return []
    url = f"{SITE}/sell/release/{entry['id']}"
    return [Price(amount=amount, type=Price.LOW, market="discogs", count=count_in(entry, "num_for_sale"), url=url)]


def offers(release_id: str, entry: Json) -> list[Item]:
    """The answer of /marketplace/stats/{id}: one offer for all copies, none when there are none."""
    if not isinstance(entry, dict) or "num_for_sale" not in entry:
        raise ShapeChanged("Discogs gave something else where marketplace statistics were expected")
    count, blocked = positive(entry.get("num_for_sale")), flag_in(entry, "blocked_from_sale")
    if not count and not blocked:
        return []
    lowest = dict_in(entry, "lowest_price")
    amount = money(number_in(lowest, "value"), text_in(lowest, "currency"))
    url = f"{SITE}/sell/release/{release_id}"
    return [
        Item(
            kind=Item.OFFER,
            source_id=release_id,
            links=[Link(role=Link.STORE, url=url)],
            prices=[Price(amount=amount, type=Price.LOW, market="discogs", count=count, url=url)] if amount else (),
            availability=Availability.IN_STOCK if count else Availability.TYPE_UNSPECIFIED,
            offer=Offer(
                marketplace="discogs",
                item_id=make_id(PROVIDER, Item.RELEASE, release_id),
                type=OfferType.BUY,
                count=count,
                blocked=blocked,
            ),
        )
    ]
