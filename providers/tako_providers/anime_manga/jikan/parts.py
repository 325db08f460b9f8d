"""What the mappers of Jikan share: names, references, pictures, dates, lists. https://docs.api.jikan.moe"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    dict_in,
    dicts_in,
    https,
    make_id,
    partial_date,
    text_in,
)

if TYPE_CHECKING:
    from google.protobuf.internal.containers import RepeatedCompositeFieldContainer

PROVIDER = "jikan"
PATHS = {
    Item.ANIME: "anime",
    Item.MANGA: "manga",
    Item.CHARACTER: "characters",
    Item.PERSON: "people",
    Item.ORGANIZATION: "producers",
}

_PLACEHOLDERS = ("questionmark_", "apple-touch-icon", "company_no_picture", "/images/spaceout")
"""Parts of the addresses that stand where MyAnimeList has no picture."""


def data_in(body: Json) -> Json:
    """What an answer holds. Every good answer has `data`."""
    if not isinstance(body, dict) or "data" not in body:
        raise ShapeChanged("Jikan gave an answer without data")
    return body["data"]


def entries_in(body: Json) -> list[Json]:
    """The entries of a list, none for an empty one."""
    data = data_in(body)
    entries = [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else None
    if entries is None or (data and not entries):
        raise ShapeChanged("Jikan gave something else where a list was expected")
    return entries


def number_of(entry: Json) -> int:
    """MyAnimeList's number, without which no entry is one."""
    number = entry.get("mal_id") if isinstance(entry, dict) else None
    if type(number) is not int or number <= 0:
        raise ShapeChanged("an entry of Jikan has no mal_id")
    return number


def ref_to(kind: Kind, entry: Json) -> ItemRef | None:
    """A reference to what `{mal_id, name or title, images}` names."""
    name = text_in(entry, "name") or text_in(entry, "title")
    number = entry.get("mal_id")
    if not name:
        return None
    return ItemRef(
        id=make_id(PROVIDER, kind, number) if number else "",
        name=name,
        image_url=picture_in(dict_in(entry, "images")),
    )


def add_refs(references: RepeatedCompositeFieldContainer[ItemRef], entry: Json, name: str, prefix: str) -> None:
    """Add references to the things of one list, all of one kind; ``prefix`` opens their ids."""
    found = entry.get(name)
    if not found or not isinstance(found, list):
        return
    for one in found:
        if isinstance(one, dict) and one.get("mal_id") and isinstance(text := one.get("name"), str) and text:
            made = references.add()
            made.id = f"{prefix}{one['mal_id']}"
            made.name = text


def names_in(entry: Json, name: str) -> list[str]:
    """The names of a list of things."""
    found = entry.get(name)
    if not found or not isinstance(found, list):
        return []
    return [text for one in found if isinstance(one, dict) and isinstance(text := one.get("name"), str) and text]


def picture_in(images: Json) -> str:
    """The largest picture of `{webp: {...}, jpg: {...}}`, "" for a placeholder."""
    webp, jpg = dict_in(images, "webp"), dict_in(images, "jpg")
    return _real(
        webp.get("large_image_url") or jpg.get("large_image_url") or webp.get("image_url") or jpg.get("image_url")
    )


def add_images(item: Item, entry: Json) -> None:
    """Add the picture, and its small version where there is one. Sizes are not told."""
    images = entry.get("images")
    large = picture_in(images) if isinstance(images, dict) else ""
    if not large:
        return
    small = dict_in(images, "webp").get("small_image_url") or dict_in(images, "jpg").get("small_image_url")
    item.images.add(role=Image.PRIMARY, url=large)
    if small and (small := _real(small)):
        item.images.add(role=Image.THUMBNAIL, url=small)


def span(entry: Json, name: str) -> tuple[str, str]:
    """First and last day of `aired` or `published`, as far as they are known."""
    run = entry.get(name)
    if not isinstance(run, dict):
        return "", ""
    return _day(run, "from"), _day(run, "to")


def day_in(entry: Json, name: str) -> str:
    """The day of a moment such as `birthday`. The first of January stands for a year alone as well: the year then."""
    date = partial_date(text_in(entry, name))
    return date.removesuffix("-01-01")


def _day(run: Json, side: str) -> str:
    """`prop` has the parts; where one is not known it may be written 1, and only `string` tells."""
    parts = dict_in(dict_in(run, "prop"), side)
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if type(year) is not int or not 0 < year < 10000:
        return "" if parts else day_in(run, side)
    if day == 1:
        first, _, last = text_in(run, "string").partition(" to ")
        words = last if side == "to" else first
        if words and " 1, " not in words:
            day = None
            month = month if words[0].isalpha() else None
    if type(month) is not int or not month:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if type(day) is int and day else f"{year:04d}-{month:02d}"


def _real(url: Json) -> str:
    if not url or not isinstance(url, str):
        return ""
    for part in _PLACEHOLDERS:
        if part in url:
            return ""
    return https(url)


def objects_in(entry: Json, name: str) -> list[tuple[Json, Json]]:
    """The objects of the list ``name`` with the thing that each is about: the value that has a mal_id."""
    return [
        (one, thing)
        for one in dicts_in(entry, name)
        if (thing := next((value for value in one.values() if isinstance(value, dict) and "mal_id" in value), None))
    ]
