"""What a thing of BoardGameGeek holds when it is asked for: editions, offers, videos."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tako.v1.details_commerce_pb2 import (
    Offer,
)
from tako.v1.details_games_pb2 import (
    BoardGame,
)
from tako.v1.item_parts_pb2 import (
    AlternativeTitle,
    Condition,
    ExternalId,
    Link,
    Price,
)
from tako.v1.item_pb2 import (
    Item,
)
from tako.v1.moving_pictures_pb2 import (
    Video,
)
from tako.v1.references_pb2 import (
    CreditRole,
    OfferType,
)
from tako.v1.values_pb2 import (
    Dimensions,
)
from tako_providers.boardgames.bgg.fields import (
    PROVIDER,
    SITE,
    credits_of,
    entries,
    id_of,
    images_of,
    links_of,
    names_in,
    other_names,
    primary_name,
    refs,
    total_of,
    value_of,
    year_date,
    year_of,
)
from tako_providers.sdk import (
    ShapeChanged,
    external_ids,
    https,
    language_named,
    link,
    make_id,
    money,
    one_line,
    partial_date,
    positive_float,
    present,
    timestamp,
)

if TYPE_CHECKING:
    from lxml import etree

MARKET = "GeekMarket"
_CONDITIONS = {
    "new": Condition.NEW,
    "likenew": Condition.LIKE_NEW,
    "verygood": Condition.VERY_GOOD,
    "good": Condition.GOOD,
    "acceptable": Condition.FAIR,
}
_CM_PER_INCH = 2.54
_GRAMS_PER_POUND = 453.59237


_THING = frozenset(
    {
        *("thumbnail", "image", "name", "description", "yearpublished", "minplayers", "maxplayers", "playingtime"),
        *("minplaytime", "maxplaytime", "minage", "poll", "poll-summary", "link", "statistics", "comments"),
        *("versions", "videos", "marketplacelistings", "marketplacehistory"),
    }
)
"""The children of a thing. Every one of them may be missing."""
_NUMBER = re.compile(r"\d(?:[ -]?\d)*")
_BARCODE = (12, 13)
"""Digits of a UPC and an EAN. An EAN of 8 is not tried: dates and publishers' own numbers have 8 digits too."""


def versions(thing: etree._Element) -> list[Item]:
    """``versions/item``: the editions of a game."""
    found = _part(thing, "versions", "self::item and @id >= 0 and name/@value")
    return present(_version(one, id_of(thing)) for one in found)


def offers(thing: etree._Element) -> list[Item]:
    """``marketplacelistings/listing``: what users sell. Their notes are theirs and stay there."""
    game_id, title = id_of(thing), primary_name(thing)
    found = _part(thing, "marketplacelistings", "self::listing and price/@value and link/@href")
    return present(_offer(listing, game_id, title) for listing in found)


def videos(thing: etree._Element) -> tuple[list[Item], int]:
    """``videos/video`` and how many there are: it lists the newest 15. Who posted one is left out."""
    found = _part(thing, "videos", "self::video and @id >= 0 and @title and @link")
    items = present(_video(entry, id_of(thing)) for entry in found)
    holder = thing.find("videos")
    total = total_of(holder) if holder is not None else None
    return items, len(items) if total is None else total


def _part(thing: etree._Element, name: str, shape: str) -> list[etree._Element]:
    """The entries of the part that was asked for. A thing may lack it, but then has nothing unknown in its place."""
    holder = thing.find(name)
    if holder is not None:
        return entries(holder, shape)
    if unknown := next((child.tag for child in thing.iterfind("*") if child.tag not in _THING), None):
        raise ShapeChanged(f"BoardGameGeek answered with <{unknown}> and without <{name}>")
    return []


def barcodes(product_code: str) -> list[ExternalId]:
    """The barcodes in a product code, which is a free text: ``EAN 4 002051 691233``."""
    numbers = [re.sub(r"\D", "", found) for found in _NUMBER.findall(product_code)]
    numbers += re.findall(r"\d+", product_code)
    digits = [number for number in numbers if len(number) in _BARCODE]
    return external_ids((scheme, number) for number in digits for scheme in ("ean", "upc", "isbn13"))


def _version(found: etree._Element, game_id: str) -> Item | None:
    source_id, title = id_of(found), primary_name(found)
    if not source_id or not title:
        return None
    year, links = year_of(found), links_of(found)
    product_code = one_line(value_of(found, "productcode"))
    game_name = one_line(value_of(found, "canonicalname"))
    width, length, depth, weight = (
        positive_float(value_of(found, name)) for name in ("width", "length", "depth", "weight")
    )
    item = Item(
        kind=Item.BOARD_GAME,
        source_id=f"{game_id}/version/{source_id}",
        title=title,
        alternative_titles=[
            AlternativeTitle(text=name)
            for name in dict.fromkeys((game_name, *other_names(found)))
            if name and name != title
        ],
        year=year,
        release_date=year_date(year),
        images=images_of(found),
        links=[Link(role=Link.SOURCE, url=f"{SITE}/boardgameversion/{source_id}")],
        external_ids=barcodes(product_code),
        languages=list(filter(None, map(language_named, names_in(links.get(("language", False)))))),
        board_game=BoardGame(
            type=BoardGame.VERSION,
            artists=credits_of(links.get(("boardgameartist", False)), CreditRole.ARTIST),
            publishers=refs(links.get(("boardgamepublisher", False)), None),
            product_code=product_code,
        ),
    )
    if width or length or depth or weight:
        item.board_game.dimensions.CopyFrom(
            Dimensions(
                width_cm=_times(width, _CM_PER_INCH),
                height_cm=_times(length, _CM_PER_INCH),  # of the box standing, as on its picture
                depth_cm=_times(depth, _CM_PER_INCH),
                weight_g=_times(weight, _GRAMS_PER_POUND),
            )
        )
    return item


def _offer(listing: etree._Element, game_id: str, title: str) -> Item | None:
    price, target = listing.find("price"), listing.find("link")
    url = target.get("href") if target is not None else None
    amount = money(price.get("value"), price.get("currency") or "") if price is not None else None
    if amount is None or not https(url) or not url or len(amount.currency_code) != 3:
        return None
    said = one_line(value_of(listing, "condition"))
    condition = _CONDITIONS.get(said, Condition.TYPE_UNSPECIFIED)
    listed = timestamp(value_of(listing, "listdate"))
    return Item(
        kind=Item.OFFER,
        source_id=f"{game_id}/{url.rstrip('/').rsplit('/', 1)[-1]}",
        title=title,
        links=present((link(Link.SOURCE, url),)),
        condition=condition,
        prices=[
            Price(
                amount=amount,
                type=Price.CURRENT,
                condition=condition,
                condition_text=said,
                market=MARKET,
                url=url,
            )
        ],
        offer=Offer(
            marketplace=MARKET,
            item_id=make_id(PROVIDER, Item.BOARD_GAME, game_id),
            type=OfferType.BUY,
            listed_date=listed.ToDatetime().date().isoformat() if listed else "",
        ),
    )


def _video(entry: etree._Element, game_id: str) -> Item | None:
    source_id, title, url = id_of(entry), one_line(entry.get("title")), entry.get("link") or ""
    if not source_id or not title or not https(url):
        return None
    site, key = _site(url)
    return Item(
        kind=Item.VIDEO,
        source_id=f"{game_id}/{source_id}",
        title=title,
        links=[Link(role=Link.SOURCE, url=f"{SITE}/video/{source_id}")],
        video=Video(
            title=title,
            url=url,
            site=site,
            key=key,
            type=entry.get("category") or "",
            language=language_named(entry.get("language") or ""),
            published=partial_date(entry.get("postdate")),
        ),
    )


def _site(url: str) -> tuple[str, str]:
    """Site and key of a video's address; both empty for a site that is not known here."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host == "youtube.com":
        key = parse_qs(parts.query).get("v", [""])[0]
        return ("YouTube", key) if key else ("YouTube", "")
    if host == "youtu.be":
        return "YouTube", parts.path.strip("/")
    if host == "vimeo.com":
        return "Vimeo", parts.path.strip("/")
    return "", ""


def _times(number: float | None, factor: float) -> float | None:
    return round(number * factor, 2) if number else None
