"""What lists and pages of Coleka have in common: paths of items, pictures, and the pages that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tako_providers.sdk import Blocked, absolute, line_of, node_of

if TYPE_CHECKING:
    from lxml import html

SITE = "https://www.coleka.com"
LEGO = "lego"

_ITEM = re.compile(
    r"\s*(?:(?:https?:)?//(?:www\.)?coleka\.com)?/[a-z]{2}/"
    r"(?P<path>(?P<category>[^/?#]+)/(?:[^/?#]+/)*[^/?#]*_i(?P<number>\d+))/?\s*(?:[?#].*)?"
)
_NOT_ITEMS = frozenset(("search", "user", "market", "verify"))
_SIZE = re.compile(r"_\d+x\d+(?=\.\w+$)")
_SET_NUMBER = re.compile(r"(\d{3,7})(?:-1)?")
_VERIFICATION = re.compile(
    r"(?:simple )?v[ée]rif(?:ication|ica|icación|izierung)(?:\s*[-\u2013|]\s*coleka)?", re.IGNORECASE
)
_BUTTON = "//*[@id='verifyBtn'] | //button[contains(., 'COLEKA')] | //script[contains(., '/verify/ajax.php')]"
_MISSING = re.compile(r"404\b|page introuvable|page non trouvée|page not found", re.IGNORECASE)


class Place(NamedTuple):
    """Where an item is: its path without the language, and its number, which alone says which item it is."""

    path: str
    number: str

    @property
    def category(self) -> str:
        """The first part of the path."""
        return self.path.partition("/")[0]

    @property
    def collection(self) -> str:
        """What is between category and item, "" for nothing."""
        return "/".join(self.path.split("/")[1:-1])


def place_of(address: str | None) -> Place | None:
    """The item that an address leads to; None for rubrics, members, sales and other sites."""
    match = _ITEM.fullmatch(address) if address else None
    if match is None or match["category"] in _NOT_ITEMS:
        return None
    return Place(match["path"], match["number"])


def set_number(place: Place, reference: str) -> str | None:
    """The reference of a LEGO set is its number; other references are the site's or the maker's own."""
    match = _SET_NUMBER.fullmatch(reference) if place.category == LEGO else None
    return match[1] if match else None


def picture(address: str | None) -> str:
    """The address of a picture of an item; "" for the drawings that stand where a picture is missing or not loaded."""
    found = absolute(SITE, address)
    return found if "/media/" in found else ""


def full_size(address: str) -> str:
    """The address of a picture as it was uploaded: without ``_250x250``."""
    return _SIZE.sub("", address)


def refuse_verification(page: html.HtmlElement) -> None:
    """Raise Blocked for the page that wants a person to press its button. Tako does not."""
    named = (line_of(page, "//title"), line_of(page, "//h1"))
    if any(map(_VERIFICATION.fullmatch, named)) or node_of(page, _BUTTON) is not None:
        raise Blocked("Coleka asks for a person to press a button before it shows its pages")


def is_missing(page: html.HtmlElement) -> bool:
    """Whether the page says that there is no such page: through a browser its status cannot be seen."""
    return any(map(_MISSING.match, (line_of(page, "//title"), line_of(page, "//h1"))))
