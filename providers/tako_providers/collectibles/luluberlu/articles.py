"""Articles of Lulu-Berlu's shop: the page of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Condition, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import Dimensions
from tako_providers.sdk import (
    NotFound,
    ShapeChanged,
    absolute,
    external_ids,
    has_class,
    image,
    line_of,
    lines_of,
    link,
    money,
    node_of,
    nodes,
    plain,
    positive_float,
    present,
    prose_of,
    schema_availability,
    words_of,
    written_amount,
    year_in,
)

if TYPE_CHECKING:
    from lxml import html

SITE = "https://www.lulu-berlu.com"

ADDRESS = re.compile(r"(?:https?://[^/]+)?/?([^/?#]*?-?a(\d+))\.html(?:[?#]|$)")
"""`/goldorak-a3155.html`: what the shop calls an article ends in its number."""
_LABELS = re.compile(
    "(Type|Mati[èe]re|Taille|Hauteur|Dimensions?|Origine|Ann[ée]e|Condition|[ÉE]tat|Marque|R[ée]f[ée]rence|Licence)"
    r"\s*:\s*"
)
"""Labels run into the value before them in a page's description: their capital tells them."""
_NAMES = {"matiere": "matière", "annee": "année", "etat": "condition", "état": "condition", "reference": "référence"}
_CENTIMETRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*cm\b", re.IGNORECASE)
_CONDITIONS = tuple(
    (re.compile(rf"\b(?:{words})\b"), state)
    for words, state in (
        ("(?:comme|presque|quasi|proche du)[ -]neu(?:f|ve)s?", Condition.LIKE_NEW),
        ("(?:pas|non|plus)[ -]neu(?:f|ve)s?", Condition.TYPE_UNSPECIFIED),
        ("neu(?:f|ve)s?", Condition.NEW),
        ("très bon", Condition.VERY_GOOD),
        ("bon état", Condition.GOOD),
        ("moyen", Condition.FAIR),
        ("mauvais", Condition.POOR),
        ("occasion", Condition.USED),
    )
)
"""The first that a wording holds."""


def number_of(name: str) -> str:
    """The number that what the shop calls an article ends in, "" where there is none."""
    match = ADDRESS.match(f"/{name}.html")
    return match[2] if match else ""


def article(page: html.HtmlElement, name: str) -> Item:
    """The article of a page; ``name`` is what the shop calls it."""
    _check(page, name)
    title = line_of(page, "//h1") or line_of(page, "//title").removesuffix(" - Lulu Berlu")
    if not title:
        raise ShapeChanged("an article of Lulu-Berlu has no title")
    told = plain(line_of(page, "//meta[@name='description' or @property='og:description']/@content"))
    values = {**_values(told), **_values(prose_of(page, f"//*[{has_class('fa_bloc-details')}]"))}
    wording = values.get("condition", "")
    state = _condition(wording)
    size = values.get("taille") or values.get("hauteur") or values.get("dimensions") or ""
    stock = line_of(page, "//*[@itemprop='availability']/@content | //*[@itemprop='availability']/@href")
    item = Item(
        kind=Item.COLLECTIBLE,
        source_id=name,
        title=title,
        description=told,
        year=year_in(values.get("année")),
        images=_pictures(page),
        links=present([link(Link.SOURCE, f"{SITE}/{name}.html")]),
        external_ids=external_ids([("luluberlu", number_of(name))]),
        condition=state,
        availability=schema_availability(stock),
        language="fr",
        collectible=Collectible(
            brand=line_of(page, "//*[@itemprop='brand']/@content") or line_of(page, "//*[@itemprop='brand']"),
            type=values.get("type", ""),
            material=values.get("matière", ""),
            origin=values.get("origine", ""),
            reference=line_of(page, "//*[@itemprop='sku']/@content"),
            licences=present([values.get("licence") or None]),
            size=_height(values.get("hauteur", "")),
            size_text=size,
            categories=_categories(page, title),
        ),
    )
    amount = written_amount(*_amount(line_of(page, "//*[@itemprop='price']/@content")))
    currency = line_of(page, "//*[@itemprop='priceCurrency']/@content") or "EUR"
    if price := money(amount, currency):
        item.prices.add(
            amount=price, type=Price.CURRENT, market="Lulu-Berlu", country="FR", condition=state, condition_text=wording
        )
    return item


def _check(page: html.HtmlElement, name: str) -> None:
    """Raise what a page says that is not the one of the article. A browser tells no status."""
    number = line_of(page, "//input[@name='id_article']/@value")
    if number and number != number_of(name):
        raise NotFound("Lulu-Berlu has no such article")
    if number or node_of(page, "//*[@itemprop='sku' or @itemprop='price']") is not None:
        return
    text = words_of(page)
    if "Page non trouvée" in text or "Error 404" in text:
        raise NotFound("Lulu-Berlu has no such article")
    raise ShapeChanged("Lulu-Berlu gave something else where the page of an article was expected")


def _amount(text: str) -> tuple[str, str]:
    """An amount and its decimal mark: the page has `49.90`, and others `1 250,00`."""
    return text, "," if text.rfind(",") > text.rfind(".") else "."


def large(address: str) -> str:
    """The address of a picture in its large form."""
    return address.replace("-moyenne.", "-grande.")


def _pictures(page: html.HtmlElement) -> list[Image]:
    main = large(absolute(SITE, line_of(page, "//meta[@property='og:image']/@content")))
    links = nodes(
        page, f"//*[{has_class('fa_bloc-image')}]//a[contains(@href, 'p-image-') and contains(@href, '-grande.')]"
    )
    further = dict.fromkeys(absolute(SITE, one.get("href")) for one in links)
    primary = main or next(iter(further), "")
    return present(
        [image(Image.PRIMARY, primary), *(image(Image.GALLERY, one) for one in further if one and one != primary)]
    )


def _values(text: str) -> Mapping[str, str]:
    """The values of `Type : Figurine Matière : Plastique`: one ends where the next label or line begins."""
    pieces = _LABELS.split(text)
    found: dict[str, str] = {}
    for label, value in zip(pieces[1::2], pieces[2::2], strict=True):
        name = label.casefold()
        line = value.strip().partition("\n")[0].partition(". ")[0].strip(" .,;-\u2013|")
        if line:
            found.setdefault(_NAMES.get(name, name), line)
    return found


def _condition(wording: str) -> Condition.Type.ValueType:
    text = wording.casefold()
    return next((state for words, state in _CONDITIONS if words.search(text)), Condition.TYPE_UNSPECIFIED)


def _height(text: str) -> Dimensions | None:
    """The height, where the page calls it so: what `Taille` measures is not told."""
    match = _CENTIMETRES.search(text)
    height = positive_float(match[1].replace(",", ".")) if match else None
    return Dimensions(height_cm=height, text=text) if height else None


def _categories(page: html.HtmlElement, title: str) -> list[str]:
    """The path of categories, without the shop's own page and the article."""
    trail = lines_of(page, "//*[contains(@class, 'ariane') or contains(@itemtype, 'BreadcrumbList')]//a")
    return [name for name in dict.fromkeys(trail) if name not in ("Accueil", title)]
