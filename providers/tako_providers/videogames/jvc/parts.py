"""What the pages of JeuxVideo.com share: addresses, machines, dates and marks as they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tako.v1.details_games_pb2 import PlatformRelease
from tako.v1.item_parts_pb2 import AgeRating, Image, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import absolute, add_image, image, rating, written_amount, written_date, year_in

PROVIDER = "jvc"
SITE = "https://www.jeuxvideo.com"
LANGUAGE = "fr"
SCALE = 20

_PICTURES = "https://image.jeuxvideo.com/"
_GAME = re.compile(r"^(?:https?://www\.jeuxvideo\.com)?/jeux/(?:[^/]+/)?jeu-(\d+)/")
_NUMBERS = re.compile(r"\d+")
_SPACES = re.compile(r"[\s-]+")

_MACHINES = {
    "PC": ("pc",),
    "Mac": ("mac",),
    "Linux": ("linux",),
    "PlayStation 5": ("ps5", "playstation 5"),
    "PlayStation 4": ("ps4", "playstation 4"),
    "PlayStation 3": ("ps3", "playstation 3"),
    "PlayStation 2": ("ps2", "playstation 2"),
    "PSone": ("ps1", "psone"),
    "PlayStation Portable": ("psp", "playstation portable"),
    "PlayStation Vita": ("vita", "playstation vita"),
    "Xbox Series": ("xbox series", "xboxseries"),
    "Xbox One": ("xbox one", "xboxone", "one"),
    "Xbox 360": ("xbox 360", "xbox360", "360"),
    "Xbox": ("xbox",),
    "Nintendo Switch 2": ("switch 2", "nintendo switch 2"),
    "Nintendo Switch": ("switch", "nintendo switch"),
    "Wii U": ("wii u", "wiiu"),
    "Wii": ("wii",),
    "Nintendo 3DS": ("3ds", "nintendo 3ds"),
    "New Nintendo 3DS": ("new 3ds", "new nintendo 3ds"),
    "Nintendo DS": ("ds", "nintendo ds"),
    "Gamecube": ("ngc", "gamecube"),
    "Gameboy Advance": ("gba", "gameboy advance"),
    "Gameboy": ("gb", "gameboy"),
    "Nintendo 64": ("n64", "nintendo 64"),
    "Super Nintendo": ("snes", "super nintendo"),
    "Dreamcast": ("dcast", "dreamcast"),
    "Google Stadia": ("stadia", "google stadia"),
    "Amazon Luna": ("luna", "amazon luna"),
    "Steam Deck": ("steam deck",),
    "Android": ("android",),
    "iOS": ("ios",),
    "Web": ("web",),
}
"""Upstream's names of machines, by the short forms and codes that its pages have for them."""
_MACHINE_OF = {short: name for name, shorts in _MACHINES.items() for short in shorts}
_LONGEST = max(short.count(" ") for short in _MACHINE_OF) + 1


def game_id(address: str | None) -> str:
    """The number of a game in an address, "" without one."""
    found = _GAME.match(address or "")
    return found[1] if found else ""


def machine(told: str) -> PlatformRelease:
    """A machine, by a name, a short form or a code."""
    name = _MACHINE_OF.get(_SPACES.sub(" ", told).strip().lower())
    return PlatformRelease(name=name or told, abbreviation=told if name and name != told else "")


def machines(text: str) -> list[PlatformRelease]:
    """The machines that stand in one text: ``PC PS5 Xbox Series``. A word that is no known machine counts as one."""
    return list(map(machine, _cut(text)))


@lru_cache(maxsize=512)
def _cut(text: str) -> tuple[str, ...]:
    return tuple(_names(text.replace(",", " ").replace("/", " ").split()))


def _names(words: list[str]) -> Iterator[str]:
    """The longest known names, one after the other."""
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        taken = next((n for n in lengths if _known(words[at : at + n])), 1)
        yield " ".join(words[at : at + taken])
        at += taken


def _known(words: list[str]) -> bool:
    return " ".join(words).lower() in _MACHINE_OF


def release(text: str) -> tuple[str, str]:
    """The date that a text says as far as it is known, and the text where that is not all of it.

    ``3ème trimestre 2024`` is 2024, ``Date de sortie inconnue`` is none.
    """
    date = written_date(text, LANGUAGE)
    if date or not text:
        return date, ""
    year = year_in(text)
    return (str(year) if year else ""), text


def mark(text: object, votes: int | None = None, *, source: Rating.Source.ValueType = Rating.USERS) -> Rating | None:
    """A mark out of 20: ``16``, ``14,5/20``. ``--`` is none."""
    told = str(text).partition("/")[0] if isinstance(text, str | int | float) else ""
    amount = written_amount(told, "," if "," in told else ".")
    value = float(amount) if amount else None
    return rating(value if value is not None and value <= SCALE else None, SCALE, votes, source=source)


def picture(role: Image.Role.ValueType, address: str | None) -> Image | None:
    """A picture of the site's own, in the size that it calls ``md`` where the list has a smaller one."""
    return image(role, _sized(address))


def add_picture(item: Item, role: Image.Role.ValueType, address: str | None) -> None:
    """Add what `picture` gives."""
    add_image(item, role, _sized(address))


def _sized(address: str | None) -> str:
    url = absolute(SITE, address)
    return url.replace("/medias-xs/", "/medias-md/") if url.startswith(_PICTURES) else ""


def pegi(told: str) -> AgeRating | None:
    """``PEGI +12``, ``+12 ans``."""
    age = _NUMBERS.search(told)
    return AgeRating(system="PEGI", rating=age[0], min_age=int(age[0])) if age else None


def multiplayer(players: str) -> bool | None:
    """Whether more than one can play, by the largest number in ``1 à 4``."""
    numbers = _NUMBERS.findall(players)
    return max(map(int, numbers)) > 1 if numbers else None
