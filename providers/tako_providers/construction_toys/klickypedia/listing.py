"""Pages that list things: sets with their pictures and years, themes, and the addresses of tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tako.v1.answers_pb2 import Term
from tako.v1.details_toys_pb2 import BuildingSet
from tako.v1.item_parts_pb2 import ExternalId, Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    ShapeChanged,
    Unreachable,
    absolute,
    external_ids,
    has_class,
    image,
    link,
    nodes,
    one_line,
    present,
    words_of,
)

if TYPE_CHECKING:
    from lxml import etree, html

SITE = "https://www.klickypedia.com"

_PLACEHOLDER = "/logo-klickypedia-click."
"""The picture of sets without one."""
_TITLED = re.compile(r"(?:playmobil\s+)?(\d\S*)\s+[-\u2013]\s+(\S.*)", re.IGNORECASE)
_NO_NUMBER = re.compile(r"0+(?!\d)")
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")
"""What WordPress writes into the name of a smaller picture."""
_YEARS = re.compile(r"\(?\s*(\d{4}|n/a|\?*)\s*(?:[-\u2013]\s*(\d{4}|n/a|\?*)\s*)?\)?", re.IGNORECASE)
_COUNT = re.compile(r"\(?\s*(\d+)\s+\w+\s*\)?")
_SET = re.compile(r"/sets/([^/?#]+)/?(?:[?#]|$)")
_THEME = re.compile(r"/themes/([^?#]+?)/?(?:[?#]|$)")
_TAG = re.compile(r"/playtags/((?:\d+-)?([^/?#]+))/?(?:[?#]|$)")
_PAGE = re.compile(r"(?:https?://[^/?#]+)?(/[^?#]*?)?/page/(\d+)/?(?:[?#]|$)")


_SET_LINKS = (
    f"//a[contains(@href, '/sets/')][@title or @itemprop='url' or ancestor::*[{has_class('thumb-wrap')}]]"
    f" | //*[{has_class('sets-contador')}]"
)
"""Links to sets, and what the page writes behind them, in the page's order."""
_THEME_LINKS = f"//a[contains(@href, '/themes/')] | //*[{has_class('sets-contador')}]"
_THUMBNAILS = f"//*[{has_class('thumb-wrap')}]//a[@href]"
_NOTHING = "//*[contains(@class, 'no-results') or contains(@class, 'not-found') or contains(@class, 'error404')]"
_NOTHING_FOUND = ("nothing found", "rien trouvé", "nada encontrado", "nichts gefunden")


def check(page: html.HtmlElement) -> None:
    """Raise what WordPress says when it fails. It may say so with status 200."""
    body, title = page.find("body"), (page.findtext(".//title") or "").strip()
    if (body is not None and body.get("id") == "error-page") or title.startswith("WordPress"):
        raise Unreachable("Klickypedia answers with a failure of its own")


def sets(page: html.HtmlElement) -> Sequence[Item]:
    """The sets of a list, each once. Raises ShapeChanged when the page neither has sets nor says that it has none."""
    check(page)
    found: dict[str, Item] = {}
    last: Item | None = None
    for node in nodes(page, _SET_LINKS):
        if node.tag != "a":
            if last is not None:
                _add_years(last, one_line(node.text_content()))
            last = None
        elif match := _SET.search(node.get("href", "")):
            slug = unquote(match[1]).lower()
            last = found.get(slug)
            title = one_line(node.get("title") or node.text_content())
            if last is None and title:
                last = found[slug] = _set(slug, title, node)
    if not found and not _has_other_things(page) and not has_nothing(page):
        raise ShapeChanged("Klickypedia gave something else where a list of sets was expected")
    return list(found.values())


def _has_other_things(page: html.HtmlElement) -> bool:
    """Whether the page lists things, and nothing that seems to be a set: a search finds parts too."""
    addresses = [one.get("href", "") for one in nodes(page, _THUMBNAILS)]
    return bool(addresses) and not any("/sets/" in address for address in addresses)


def has_nothing(page: html.HtmlElement) -> bool:
    """Whether the page says that there is nothing: WordPress's own marks, or the words in one of the languages."""
    if nodes(page, _NOTHING):
        return True
    text = words_of(page).casefold()
    return any(words in text for words in _NOTHING_FOUND)


def following(page: html.HtmlElement, path: str, number: int) -> str:
    """The number of the next page of the list at ``path``, "" on the last."""
    for anchor in page.iter("a", "link"):
        match = _PAGE.match(anchor.get("href") or "")
        if match and int(match[2]) > number and unquote(match[1] or "").casefold() == unquote(path).casefold():
            return str(number + 1)
    return ""


def named(text: str) -> tuple[str, str]:
    """Number and name of what the site calls `3550-usa - Pirate Ship`; no number where it has none."""
    match = _TITLED.fullmatch(text)
    return (match[1], match[2]) if match else ("", text)


def set_numbers(number: str) -> list[ExternalId]:
    """The number as an external id. All zeros stand for articles that have none."""
    return external_ids([("set_number", number)]) if number and not _NO_NUMBER.match(number) else []


def picture(address: str | None) -> str:
    """The address of a picture, "" for the site's logo, which stands in for missing ones."""
    if not address:
        return ""
    url = address if address.startswith("https://") else absolute(SITE, address)
    return "" if _PLACEHOLDER in url else url


def themes(page: html.HtmlElement) -> Sequence[Term]:
    """The themes that the page of all sets links to."""
    check(page)
    found: dict[str, Term] = {}
    last: Term | None = None
    for node in nodes(page, _THEME_LINKS):
        if node.tag != "a":
            if last is not None and (count := _COUNT.fullmatch(one_line(node.text_content()))):
                last.count = int(count[1])
            last = None
        elif (match := _THEME.search(node.get("href", ""))) and "/page/" not in match[0]:
            slug = unquote(match[1])
            last = found.setdefault(slug, Term(id=slug, slug=slug, url=f"{SITE}/themes/{slug}/"))
            last.name = last.name or one_line(node.get("title") or node.text_content())
    named_ones = [term for term in found.values() if term.name]
    if not named_ones:
        raise ShapeChanged("Klickypedia names no themes on its page of all sets")
    return named_ones


def locations(sitemap: etree._Element) -> list[str]:
    """The addresses of a sitemap."""
    return [one.text.strip() for one in sitemap.iter("{*}loc") if one.text]


def tags(addresses: Sequence[str]) -> Iterator[Term]:
    """The tags of a sitemap. It has addresses only: their words are the names."""
    for address in addresses:
        if match := _TAG.search(address):
            name = unquote(match[2]).replace("-", " ")
            yield Term(id=unquote(match[1]), name=name, slug=unquote(match[1]), url=address)


def _set(slug: str, title: str, anchor: html.HtmlElement) -> Item:
    number, name = named(title)
    shown = anchor.find(".//img")
    small = ""
    if shown is not None:
        sources = (picture(shown.get(key)) for key in ("data-lazy-src", "data-src", "src"))
        small = next(filter(None, sources), "")
    return Item(
        kind=Item.BUILDING_SET,
        source_id=slug,
        title=name,
        images=present([image(Image.PRIMARY, _SIZE.sub("", small)), image(Image.THUMBNAIL, small)]),
        links=present([link(Link.SOURCE, f"{SITE}/sets/{slug}/")]),
        external_ids=set_numbers(number),
        language="en",  # the site's own titles; other languages are on a set's page only
        building_set=BuildingSet(brand="Playmobil"),
    )


def _add_years(item: Item, text: str) -> None:
    """Years of `(2021 - 2024)`: of release, and of the end of sale."""
    match = _YEARS.fullmatch(text)
    if match is None:
        return
    if match[1].isdecimal():
        item.year = int(match[1])
    if match[2] and match[2].isdecimal():
        item.building_set.retirement_date = match[2]
