"""What the mappers of IMDb share: kinds of titles, pictures, dates, links, lengths."""

from __future__ import annotations

import re
from typing import NamedTuple

from tako.v1.details_media_pb2 import Movie
from tako.v1.item_parts_pb2 import ExternalId, Image, Link
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.sdk import Json

PROVIDER = "imdb"
SITE = "https://www.imdb.com"
LANGUAGE = "en"
"""All texts of the API are English."""

is_title_id = re.compile(r"tt\d{7,}").fullmatch
is_name_id = re.compile(r"nm\d{7,}").fullmatch


class Sort(NamedTuple):
    """What one of IMDb's types of titles is here."""

    kind: sdk.Kind
    format: Movie.Format.ValueType = Movie.FORMAT_UNSPECIFIED


_SORTS = {
    "movie": Sort(Item.MOVIE, Movie.FILM),
    "tvMovie": Sort(Item.MOVIE, Movie.TV_MOVIE),
    "tvSpecial": Sort(Item.MOVIE, Movie.SPECIAL),
    "short": Sort(Item.MOVIE, Movie.SHORT),
    "tvShort": Sort(Item.MOVIE, Movie.SHORT),
    "video": Sort(Item.MOVIE, Movie.VIDEO),
    "musicVideo": Sort(Item.MOVIE, Movie.VIDEO),
    "tvPilot": Sort(Item.MOVIE, Movie.TV_MOVIE),
    "tvSeries": Sort(Item.SERIES),
    "tvMiniSeries": Sort(Item.SERIES),
    "podcastSeries": Sort(Item.SERIES),
    "tvEpisode": Sort(Item.EPISODE),
    "podcastEpisode": Sort(Item.EPISODE),
    "videoGame": Sort(Item.VIDEO_GAME),
}
SORTS = _SORTS | {re.sub(r"(?=[A-Z])", "_", word).upper(): sort for word, sort in _SORTS.items()}
"""Types as answers spell them (`tvSeries`) and as requests do (`TV_SERIES`)."""


def date_of(parts: Json) -> str:
    """A `PrecisionDate`: year, month and day, of which the last may be absent."""
    if not isinstance(parts, dict):
        return ""
    year, month, day = parts.get("year"), parts.get("month") or 0, parts.get("day") or 0
    if not all(isinstance(part, int) for part in (year, month, day)):
        return ""
    return sdk.partial_date(f"{year:04d}-{month:02d}-{day:02d}")


def minutes(seconds: Json) -> int | None:
    """A length in whole minutes."""
    known = sdk.positive(seconds) if isinstance(seconds, int) else None
    return round(known / 60) or None if known else None


def picture(entry: Json, role: Image.Role.ValueType = Image.PRIMARY) -> Image | None:
    """An `Image`, or None without an address."""
    address = sdk.https(sdk.text_in(entry, "url")) if isinstance(entry, dict) else ""
    if not address:
        return None
    return Image(
        role=role,
        url=address,
        width=sdk.positive(entry.get("width")),
        height=sdk.positive(entry.get("height")),
    )


def add_picture(item: Item, entry: Json) -> None:
    """Add the `Image` to show. Made in its place, it costs half."""
    address = sdk.https(sdk.text_in(entry, "url")) if isinstance(entry, dict) else ""
    if not address:
        return
    made = item.images.add(role=Image.PRIMARY, url=address)
    if width := sdk.positive(entry.get("width")):
        made.width = width
    if height := sdk.positive(entry.get("height")):
        made.height = height


def picture_url(entry: Json) -> str:
    """The address of `primaryImage`, "" without one."""
    image = entry.get("primaryImage")
    return sdk.https(sdk.text_in(image, "url")) if isinstance(image, dict) else ""


def identify(item: Item, number: str) -> None:
    """Add IMDb's number and the page of a title. Made in their place, they cost half."""
    item.external_ids.add(scheme=PROVIDER, value=number)
    item.links.add(role=Link.SOURCE, url=f"{SITE}/title/{number}/")


def page_of(number: str) -> Link:
    """The link to a title's or a person's page."""
    return Link(role=Link.SOURCE, url=f"{SITE}/{'name' if number.startswith('nm') else 'title'}/{number}/")


def own_id(number: str) -> ExternalId:
    """IMDb's number, which others know it by."""
    return ExternalId(scheme=PROVIDER, value=number)


def add_rating(item: Item, entry: Json) -> None:
    """Set what a `Rating` tells: of 10, by users."""
    if isinstance(entry, dict):
        sdk.add_rating(item, sdk.number_in(entry, "aggregateRating"), 10.0, sdk.count_in(entry, "voteCount"))


def country_of(entry: Json) -> str:
    """A country's code; "" for countries that are no more, which have codes of their own here (`XWG`)."""
    code = sdk.text_in(entry, "code").upper() if isinstance(entry, dict) else ""
    return code if len(code) == 2 and code.isalpha() else ""


def language_of(entry: Json) -> str:
    """A language of ISO 639-3 as BCP-47."""
    return sdk.bcp47(sdk.text_in(entry, "code")) if isinstance(entry, dict) else ""


def season_id(series: str, season: str) -> str:
    """The id of a season: IMDb has no numbers for them."""
    return sdk.make_id(PROVIDER, Item.SEASON, f"{series}/{season}")


def season_title(season: str) -> str:
    """A season's name: its number, or the word that upstream has instead."""
    return f"Season {season}" if season.isdecimal() else season
