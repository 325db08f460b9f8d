"""Articles of Lulu-Berlu's shop: the blocks of its lists, and the page of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import html

from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Availability, Condition, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import Dimensions
from tako_providers.sdk import (
    NotFound,
    ShapeChanged,
    absolute,
    add_ids,
    add_image,
    add_link,
    add_price,
    external_ids,
    has_class,
    image,
    line_of,
    lines_of,
    link,
    money,
    node_of,
    nodes,
    one_line,
    plain,
    positive_float,
    present,
    prose_of,
    schema_availability,
    texts_of,
    words_of,
    written_amount,
    year_in,
)

SITE = "https://www.lulu-berlu.com"
PAGE_SIZE = 12

_ADDRESS = re.compile(r"(?:https?://[^/]+)?/?([^/?#]*?-?a(\d+))\.html(?:[?#]|$)")
"""`/goldorak-a3155.html`: what the shop calls an article ends in its number."""
_PRICE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[\s.]\d{3})+,\d{2}|\d+,\d{2})\s*(?:\u20ac|EUR)")
_TOTAL = re.compile(r"\d+\s+articles?\s+sur\s+(\d{1,3}(?:\s\d{3})+|\d+)", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:aucun|pas de) résultat|\baucune? (?:article|produit|réponse) (?:trouvée?\b|ne |n['\u2019])", re.IGNORECASE
)
"""Not `aucun article` alone: a basket has none too."""
_LABELS = re.compile(
    "(Type|Mati[èe]re|Taille|Hauteur|Dimensions?|Origine|Ann[ée]e|Condition|[ÉE]tat|Marque|R[ée]f[ée]rence|Licence)"
    r"\s*:\s*"
)
"""Labels run into the value before them in a page's description: their capital tells them."""
_NAMES = {"matiere": "matière", "annee": "année", "etat": "condition", "état": "condition", "reference": "référence"}
_CENTIMETRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*cm\b", re.IGNORECASE)
_AVAILABILITIES = {
    "en stock": Availability.IN_STOCK,
    "précommande": Availability.PREORDER,
    "non disponible": Availability.OUT_OF_STOCK,
    "épuisé": Availability.OUT_OF_STOCK,
}
_CONDITIONS = (
    ("comme neuf", Condition.LIKE_NEW),
    ("neuf", Condition.NEW),
    ("neuve", Condition.NEW),
    ("très bon", Condition.VERY_GOOD),
    ("bon état", Condition.GOOD),
    ("moyen", Condition.FAIR),
    ("mauvais", Condition.POOR),
    ("occasion", Condition.USED),
)
"""The first that a wording holds."""


def listed(page: html.HtmlElement) -> Sequence[Item]:
    """The articles of a list, each once: a block names its number several times."""
    found: dict[str, Item] = {}
    for block in nodes(page, "//*[@idproduit]"):
        number = (block.get("idproduit") or "").strip()
        if number not in found and (item := _listed_one(block, number)):
            found[number] = item
    return list(found.values())


def total(page: html.HtmlElement) -> int | None:
    """How many articles there are, from `12 articles sur 87`; None where the page does not say."""
    for text in texts_of(page):
        if match := _TOTAL.search(text):
            return int("".join(match[1].split()))
    return None


def says_none(page: html.HtmlElement) -> bool:
    """Whether a list says that it has no articles: it counts none, or has the words."""
    return total(page) == 0 or any(map(_NONE.search, texts_of(page)))


def links_to_any(page: html.HtmlElement) -> bool:
    """Whether the page leads to articles."""
    return any(_ADDRESS.match(one.get("href", "")) for one in page.iter("a"))


def has_page(page: html.HtmlElement, number: int) -> bool:
    """Whether the list links to its page of this number."""
    wanted = re.compile(rf"[?&]numPage={number}(?!\d)")
    return any(wanted.search(one.get("href", "")) for one in page.iter("a", "link"))


def address_of(page: html.HtmlElement, number: str) -> str:
    """What the shop calls the article of a number, "" when the list has it not."""
    addresses = (_ADDRESS.match(one.get("href", "")) for one in page.iter("a"))
    return next((match[1] for match in addresses if match and match[2] == number), "")


def number_of(name: str) -> str:
    """The number that what the shop calls an article ends in, "" where there is none."""
    match = _ADDRESS.match(f"/{name}.html")
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


def _listed_one(block: html.HtmlElement, number: str) -> Item | None:
    """The article of a block, None where it links to none: buttons carry the number too."""
    anchors: list[html.HtmlElement] = []
    name, stock, brand = "", "", ""
    shown: html.HtmlElement | None = None
    price: str | None = None
    for node in block.iterdescendants():
        # Texts are read one by one: a size before a price would become its thousands.
        price = price or _written_price(node.text) or _written_price(node.tail)
        if node.tag == "a":
            match = _ADDRESS.match(node.get("href", ""))
            if match and match[2] == number:
                anchors.append(node)
                name = name or match[1]
        elif node.tag == "img" and shown is None:
            shown = node
        if classes := node.get("class"):
            if "articleDispo" in classes:
                stock = stock or line_of(node)
            elif "bp_marque" in classes:
                brand = brand or next(map(line_of, node.iter("a")), "")
    title = _listed_title(anchors, shown)
    if not name or not title:
        return None
    item = Item(
        kind=Item.COLLECTIBLE,
        source_id=name,
        title=title,
        availability=_AVAILABILITIES.get(stock.casefold(), Availability.TYPE_UNSPECIFIED),
        availability_text=stock,
        language="fr",
        collectible=Collectible(brand=brand),
    )
    if small := _late(shown):
        add_image(item, Image.PRIMARY, _large(small))
        add_image(item, Image.THUMBNAIL, small)
    add_link(item, Link.SOURCE, f"{SITE}/{name}.html")
    add_ids(item, [("luluberlu", number)])
    add_price(
        item, price or _written_price(words_of(block)), "EUR", type=Price.CURRENT, market="Lulu-Berlu", country="FR"
    )
    return item


def _listed_title(anchors: list[html.HtmlElement], shown: html.HtmlElement | None) -> str:
    """The title of the first link, else the picture's, else the first link's text that is no button's."""
    for text in (anchors[0].get("title") if anchors else "", shown.get("alt") if shown is not None else ""):
        if text and not text.startswith("Ajouter"):
            return one_line(text)
    return next((text for text in map(line_of, anchors) if text and not text.startswith("Ajouter")), "")


def _written_price(text: str | None) -> str | None:
    """The price in a text, as a machine writes it."""
    if not text or ("\u20ac" not in text and "EUR" not in text):
        return None
    match = _PRICE.search(text)
    return written_amount(match[1], ",") if match else None


def _amount(text: str) -> tuple[str, str]:
    """An amount and its decimal mark: the page has `49.90`, and others `1 250,00`."""
    return text, "," if text.rfind(",") > text.rfind(".") else "."


def _late(shown: html.HtmlElement | None) -> str:
    """The address of a picture that is loaded when it is scrolled to."""
    address = (shown.get("data-lazy") or shown.get("data-url-img")) if shown is not None else ""
    return absolute(SITE, address)


def _large(address: str) -> str:
    return address.replace("-moyenne.", "-grande.")


def _pictures(page: html.HtmlElement) -> list[Image]:
    main = _large(absolute(SITE, line_of(page, "//meta[@property='og:image']/@content")))
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
    return next((state for words, state in _CONDITIONS if words in text), Condition.TYPE_UNSPECIFIED)


def _height(text: str) -> Dimensions | None:
    """The height, where the page calls it so: what `Taille` measures is not told."""
    match = _CENTIMETRES.search(text)
    height = positive_float(match[1].replace(",", ".")) if match else None
    return Dimensions(height_cm=height, text=text) if height else None


def _categories(page: html.HtmlElement, title: str) -> list[str]:
    """The path of categories, without the shop's own page and the article."""
    trail = lines_of(page, "//*[contains(@class, 'ariane') or contains(@itemtype, 'BreadcrumbList')]//a")
    return [name for name in dict.fromkeys(trail) if name not in ("Accueil", title)]
