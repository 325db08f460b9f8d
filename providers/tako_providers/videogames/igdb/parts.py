"""What IGDB's mappers share: references, pictures, moments and how exactly they are known, addresses."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from google.protobuf.timestamp_pb2 import Timestamp

from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.sdk import Json, Kind, add_image, dicts_in, link, list_in, positive, present, ref, text_in, year_of

PROVIDER = "igdb"

_PICTURES = "https://images.igdb.com/igdb/image/upload"
_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86400
_KNOWN = {0: 10, 1: 7, 2: 4, 3: 4, 4: 4, 5: 4, 6: 4, 7: 0}
"""How much of `YYYY-MM-DD` is known, by IGDB's date formats: day, month, year, the four quarters, nothing yet."""
_FORMATS = {"YYYYMMMMDD": 0, "YYYYMMMM": 1, "YYYY": 2, "YYYYQ1": 3, "YYYYQ2": 4, "YYYYQ3": 5, "YYYYQ4": 6, "TBD": 7}
_ROLES = {
    Link.WIKI: ("wikipedia.org", "fandom.com", "wikia.com"),
    Link.SOCIAL: (
        "facebook.com",
        "twitter.com",
        "x.com",
        "twitch.tv",
        "instagram.com",
        "youtube.com",
        "reddit.com",
        "discord.gg",
        "discord.com",
        "bsky.app",
    ),
    Link.STORE: (
        "steampowered.com",
        "gog.com",
        "epicgames.com",
        "itch.io",
        "apps.apple.com",
        "itunes.apple.com",
        "play.google.com",
        "store.playstation.com",
        "xbox.com",
        "microsoft.com",
        "nintendo.com",
        "meta.com",
        "gamejolt.com",
    ),
}
_ROLE_OF_HOST = {host: role for role, hosts in _ROLES.items() for host in hosts}
_OFFICIAL = 1
"""Among IGDB's types of websites; the others are told by their hosts."""


def number_of(value: Json) -> int | None:
    """The id of a reference, which is an object where its fields were asked for and a number where not."""
    if isinstance(value, dict):
        value = value.get("id")
    return value if type(value) is int else None


def names(entry: Json, name: str, word: str = "name") -> list[str]:
    """The names of a list of references; those that are numbers have none."""
    return [text for one in dicts_in(entry, name) if (text := text_in(one, word))]


def refs(entry: Json, name: str, kind: Kind) -> list[ItemRef]:
    """A list of references to other items, or a single one."""
    found = entry.get(name)
    return present(_ref(kind, one) for one in (found if isinstance(found, list) else [found]))


def _ref(kind: Kind, entry: Json) -> ItemRef | None:
    if not isinstance(entry, dict):
        return None
    return ref(
        PROVIDER,
        kind,
        number_of(entry),
        text_in(entry, "name"),
        image_url=picture(entry.get("cover"), "cover_small"),
        year=year_of(day(entry.get("first_release_date"))),
    )


def picture(entry: Json, size: str) -> str:
    """The address of a picture. https://api-docs.igdb.com/#images"""
    name = text_in(entry, "image_id") if isinstance(entry, dict) else ""
    return f"{_PICTURES}/t_{size}/{name}.jpg" if name else ""


def add_pictures(item: Item, entry: Json) -> None:
    """Add the cover of a game, and its screenshots and artworks where they were asked for."""
    cover = entry.get("cover")
    add_image(item, Image.PRIMARY, picture(cover, "cover_big"))
    add_image(item, Image.THUMBNAIL, picture(cover, "thumb"))
    for one in dicts_in(entry, "screenshots"):
        large, small = picture(one, "screenshot_huge"), picture(one, "screenshot_med")
        add_image(item, Image.SCREENSHOT, large, thumbnail_url=small)
    for one in dicts_in(entry, "artworks"):
        add_image(item, Image.ARTWORK, picture(one, "1080p"), thumbnail_url=picture(one, "screenshot_med"))


def day(moment: Json) -> str:
    """The date of a moment in Unix seconds, "" for none. Before 1970 it is negative."""
    if type(moment) is not int or not -_EPOCH < moment // _DAY < 2932896:
        return ""
    return date.fromordinal(_EPOCH + moment // _DAY).isoformat()


def known_part(entry: Json, moment: str = "date") -> str:
    """The date of a release or a foundation, as far as IGDB knows it: it writes a year as that year's last day."""
    return day(entry.get(moment))[: _KNOWN.get(_format(entry, moment), 10)]


def _format(entry: Json, moment: str) -> int:
    """The date format: a reference today, with or without its word, and a number of the same meaning before."""
    value = entry.get(f"{moment}_format", entry.get("category" if moment == "date" else f"{moment}_category"))
    if isinstance(value, dict) and (word := text_in(value, "format")) in _FORMATS:
        return _FORMATS[word]
    return number_of(value) or 0


def changed(entry: Json) -> Timestamp | None:
    """When IGDB last changed its record."""
    moment = positive(entry.get("updated_at"))
    return Timestamp(seconds=moment) if moment else None


def websites(entry: Json) -> list[Link]:
    """The addresses of a game or a company. What they are is told by their type, else by their host."""
    return present(_website(one) for one in list_in(entry, "websites") if isinstance(one, dict))


def _website(entry: Json) -> Link | None:
    url = text_in(entry, "url")
    if number_of(entry.get("type", entry.get("category"))) == _OFFICIAL:
        return link(Link.OFFICIAL, url)
    return link(_role(url), url)


def _role(url: str) -> Link.Role.ValueType:
    """What the host says, or the wider one that it is part of (`en.wikipedia.org`, `store.steampowered.com`)."""
    host = urlsplit(url).hostname or ""
    while host:
        if role := _ROLE_OF_HOST.get(host):
            return role
        host = host.partition(".")[2]
    return Link.OTHER
