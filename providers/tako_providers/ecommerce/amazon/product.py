"""The page of one article. Several layouts are alive at once, so each field has several places, the newest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.details_commerce_pb2 import Offer, Product
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef, OfferType
from tako_providers.ecommerce.amazon import parts, words
from tako_providers.ecommerce.amazon.amounts import is_sold, prices_of
from tako_providers.ecommerce.amazon.markets import Market
from tako_providers.ecommerce.amazon.rows import Rows, Sections, attributes, dimensions, printed, rows, sections
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    assigned_json,
    credit,
    dicts_in,
    has_class,
    image,
    language_named,
    line_of,
    make_id,
    nodes,
    present,
    prose_of,
    ref,
    text_in,
    written_date,
    year_of,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TABBED = "drengr_desktopTabbedDescriptionOverviewContent_feature_div"
_DESCRIPTIONS = (
    ("productDescription", "."),
    ("bookDescription_feature_div", ".//*[contains(@class, 'a-expander-content')]"),
    ("bookDescription_feature_div", "."),
    (_TABBED, "."),
)
_FEATURES = ".//li[not(contains(@class, 'aok-hidden'))][not(starts-with(@id, 'replacementParts'))]"
_LATE = frozenset(
    (
        *("be", "navFooter", "rhf", "legal_feature_div", "customerReviews", "reviewsMedley", "prodDetails"),
        *("detailBullets_feature_div", "productDetails_techSpec_section_1", "productDetails_detailBullets_sections1"),
    )
)
"""Parts that stand far down, one of which every whole page has."""
_PARENT = re.compile(r'"parentAsin"\s*:\s*"([A-Z0-9]{10})"')


def product(page: HtmlElement, market: Market, asked: str) -> Item:
    """The article of a page. It may be another than the one ``asked``: the shop leads from a parent to a variant."""
    at = sections(page)
    title = at.line("productTitle") or at.line("ebooksProductTitle")
    if not title:
        raise parts.no_answer(page, "the title of an article")
    if not _LATE & at.keys():
        raise ShapeChanged("Amazon gave an article whose page ends before its details")
    asin = _asin(page, at) or asked
    images, parent = _gallery(page, at, asin)
    from lxml import etree  # noqa: PLC0415 - loaded with the first page

    etree.strip_elements(page, "script", "style", "noscript", with_tail=False)  # some stand amidst the text
    known, others = rows(at)
    prices = prices_of(page, at, market, asin)
    available = at.line("availability") or at.line("outOfStock", ".//*[@class]")
    release = written_date(known.get("published") or printed(known), market.language)
    tongue = language_named(known.get("language", ""))
    return Item(
        kind=Item.PRODUCT,
        source_id=f"{market.id}/{asin}",
        title=title,
        description=_description(at),
        year=year_of(release),
        release_date=release,
        images=images,
        links=parts.source(market, asin),
        external_ids=parts.numbers(
            asin, ((scheme, known[scheme]) for scheme in ("isbn10", "isbn13", "ean", "upc") if scheme in known)
        ),
        rating=parts.stars(at.line("acrPopover", "@title"), at.line("acrCustomerReviewText"), market),
        prices=prices,
        availability=words.availability(available),
        availability_text=available,
        languages=[tongue] if tongue else (),
        language=market.language,
        attributes=attributes(known, others, _seller(at) if is_sold(prices) else ""),
        product=Product(
            brand=_brand(at, known),
            credits=_credits(at),
            features=at.lines("feature-bullets", _FEATURES),
            categories=at.lines("wayfinding-breadcrumbs_feature_div", ".//a[not(@id='breadcrumb-back-link')]"),
            marketplace=market.id,
            parent_asin=parent,
            dimensions=dimensions(known, market),
            model=known.get("model", ""),
            format=known.get("format") or at.line("tmmSwatches", f"{_SWATCH}[contains(@class, 'selected')]{_SLOT}"),
            variants=_variants(at, market, asin),
        ),
    )


def offer(item: Item, market: Market) -> Item:
    """The article of a marketplace as one of several offers."""
    return Item(
        kind=Item.OFFER,
        source_id=item.source_id,
        title=item.title,
        images=item.images[:1],
        links=item.links,
        prices=item.prices,
        availability=item.availability,
        availability_text=item.availability_text,
        language=item.language,
        offer=Offer(
            seller=item.attributes.get("seller", ""),
            marketplace=market.id,
            country=market.country,
            item_id=make_id(parts.PROVIDER, Item.PRODUCT, item.source_id),
            type=OfferType.BUY if item.prices else OfferType.LINK,
        ),
    )


def codes(item: Item) -> set[str]:
    """The codes that the page of an article names."""
    return {one.value for one in item.external_ids}


def _asin(page: HtmlElement, at: Sections) -> str:
    told = at.line("ASIN", "@value")
    if parts.ASIN.fullmatch(told):
        return told
    found = parts.ASIN_IN_ADDRESS.search(line_of(page, "//link[@rel='canonical']/@href"))
    return found[1] if found else ""


def _gallery(page: HtmlElement, at: Sections, asin: str) -> tuple[list[Image], str]:
    """The pictures, the one to show first, and the ASIN that this is a variant of. Scripts of the gallery have both."""
    pictures: list[Image] = []
    parent = ""
    for script in nodes(page, "//script[contains(text(), 'colorImages')]"):
        entries = dicts_in({"initial": assigned_json(script.text or "", "initial")}, "initial")
        pictures = pictures or present(_picture(entry, first=number == 0) for number, entry in enumerate(entries))
        found = _PARENT.search(script.text or "")
        parent = found[1] if found and found[1] != asin else parent
    return pictures or present([_shown(at)]), parent


def _shown(at: Sections) -> Image | None:
    """The picture that the page shows. Its address may be data until the better one has come."""
    for part in ("landingImage", "imgBlkFront", "ebooksImgBlkFront"):
        if found := image(Image.PRIMARY, at.line(part, "@data-old-hires") or at.line(part, "@src")):
            return found
    return None


def _description(at: Sections) -> str:
    """What the seller or the publisher says, without the line that names the chosen variant."""
    for line in at.nodes("productDescription", "./*[@class='disclaim']"):
        line.drop_tree()
    for part, path in _DESCRIPTIONS:
        if text := prose_of(at[part], path) if part in at else "":
            return text
    return ""


def _seller(at: Sections) -> str:
    return at.line("sellerProfileTriggerId") or at.line(
        "merchantInfoFeature_feature_div", ".//*[contains(@class, 'offer-display-feature-text-message')]"
    )


def _picture(entry: Json, *, first: bool) -> Image | None:
    """One picture. The best resolution is missing for small ones."""
    address = text_in(entry, "hiRes") or text_in(entry, "large")
    return image(Image.PRIMARY if first else Image.GALLERY, address, thumbnail_url=text_in(entry, "thumb"))


def _brand(at: Sections, known: Rows) -> str:
    """The brand. The line below the title names it too, unless it names people."""
    if brand := known.get("brand"):
        return brand
    line = at.line("bylineInfo", "self::*[not(.//*[contains(@class, 'author')])]")
    store = words.STORE.fullmatch(line)
    return next(filter(None, store.groups()), "") if store else line


def _credits(at: Sections) -> list[Credit]:
    """The people below the title, each with the words in parentheses behind the name."""
    found = []
    for author in at.nodes("bylineInfo", f".//*[{has_class('author')}]"):
        job = line_of(author, ".//*[contains(@class, 'contribution')]").strip(" (),\u3001")
        roles = [words.ROLES.get(word.strip().casefold(), CreditRole.OTHER) for word in job.split(",")]
        name = line_of(author, ".//a[contains(@class, 'contributorNameID')]") or line_of(author, ".//a")
        found += [credit(name, role, job=job) for role in roles]
    return present(found)[:MAX_EMBEDDED]


_SWATCH = ".//*[contains(@class, 'swatchElement')]"
_SLOT = "//*[contains(@class, 'slot-title')]"


def _variants(at: Sections, market: Market, asin: str) -> list[ItemRef]:
    """Other formats, sizes and colours, by the addresses behind them."""
    found: dict[str, ItemRef | None] = {}
    for swatch in at.nodes("tmmSwatches", _SWATCH):
        number = parts.ASIN_IN_ADDRESS.search(line_of(swatch, ".//a[@href]/@href"))
        if number and number[1] != asin:
            found.setdefault(number[1], _variant(market, number[1], line_of(swatch, f".{_SLOT}")))
    for part in ("twister", "twister-plus-inline-twister", "twister_feature_div"):
        for choice in at.nodes(part, ".//li[@data-asin or @data-defaultasin or @data-dp-url]"):
            number = parts.ASIN_IN_ADDRESS.search(choice.get("data-dp-url", ""))
            told = choice.get("data-asin") or choice.get("data-defaultasin") or (number[1] if number else "")
            if parts.ASIN.fullmatch(told) and told != asin:
                name = line_of(choice, ".//img/@alt") or line_of(choice)
                found.setdefault(told, _variant(market, told, name))
    return present(found.values())[:MAX_EMBEDDED]


def _variant(market: Market, asin: str, name: str) -> ItemRef | None:
    return ref(parts.PROVIDER, Item.PRODUCT, f"{market.id}/{asin}", name)
