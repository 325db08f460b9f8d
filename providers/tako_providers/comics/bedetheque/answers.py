"""Recognising what Bedetheque answers with: a ban, a page that does not exist, another page than the one asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from tako_providers.comics.bedetheque.parts import SITE
from tako_providers.sdk import (
    Blocked,
    Json,
    Refused,
    Response,
    ShapeChanged,
    line_of,
    node_of,
    values_of,
    words_of,
)

if TYPE_CHECKING:
    from lxml import html

NOTHING = b"riendutout"
"""The whole answer of the search box when nothing is found; it is no JSON."""
_BANNED = "avez été banni"
_TOO_MANY = "plus de 500"
_NO_PAGE = "page introuvable"
_CONTENT = " | ".join(
    f"//{tag}[contains(@class, '{word}')]" for tag in ("ul", "table") for word in ("info", "album", "auteur")
)
"""The lists that pages are made of; an empty shell has none."""
_OWN_ADDRESSES = "//meta[@property='og:url']/@content | //link[@rel='canonical']/@href"
_SITE_TITLE = "BD, informations, cotes"
"""What ends all titles."""


def suggestions(answer: Response) -> list[Json]:
    """The entries of the search box. Its content type says HTML."""
    body = answer.body.strip()
    if body == NOTHING:
        return []
    try:
        found = json.loads(body)
    except ValueError as error:
        text = body.decode("utf-8", "replace")
        refuse(text)
        raise ShapeChanged("Bedetheque's search box gave neither entries nor its word for none") from error
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ShapeChanged("Bedetheque's search box gave something else than a list of entries")
    return found


def refuse(text: str) -> None:
    """Raise what a text says where an answer was expected."""
    if _BANNED in text:
        raise Blocked("Bedetheque has banned this address for a while")
    if _TOO_MANY in text:
        raise Refused("Bedetheque finds more than 500 and shows none: ask with more words")


def is_absent(page: html.HtmlElement) -> bool:
    """Whether the page says that there is no such thing, or is an empty shell: the site's frame that names nothing.

    Digits tell nothing: 404 is in many an id.
    """
    heading = line_of(page, "//h1")
    named = line_of(page, "//meta[@property='og:title']/@content")
    if any(_NO_PAGE in text.lower() for text in (heading, named, line_of(page, "//title"))):
        return True
    refuse(heading or words_of(page))
    if heading or named.replace(_SITE_TITLE, "").strip(" -"):
        return False
    return page.find(".//form") is not None and node_of(page, _CONTENT) is None


def changed(page: html.HtmlElement, wanted: str) -> ShapeChanged:
    """The failure for a page that is there and is not the one that was expected; a ban is told as such."""
    refuse(words_of(page))
    return ShapeChanged(f"Bedetheque gave another page where {wanted} was expected")


def is_of_another(page: html.HtmlElement, number: str, of_address: Callable[[str], str]) -> bool:
    """Whether a page is that of another thing, or the home page: unknown numbers may lead there.

    ``of_address`` reads the number in the addresses that the page says it is found at. Raises for a page that says
    that it is both.
    """
    addresses = [address.rstrip("/") for address in values_of(page, _OWN_ADDRESSES)]
    others = set(filter(None, map(of_address, addresses))) - {number}
    if others and any(of_address(address) == number for address in (*addresses, *values_of(page, "//h1//a/@href"))):
        raise changed(page, "the page of one thing")
    return bool(others) or SITE in addresses
