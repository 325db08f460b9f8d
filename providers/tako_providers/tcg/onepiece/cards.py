"""The card list's answers as Items. https://en.onepiece-cardgame.com/cardlist/

All cards that are found stand on one page, each as a `dl` that the site opens in a window: `dl.modalCol#P-001_p1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako.v1.details_cards_pb2 import CardPrinting, CardSetRef, TradingCard
from tako.v1.item_parts_pb2 import Context, Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    MAX_EMBEDDED,
    ShapeChanged,
    absolute,
    external_ids,
    image,
    link,
    make_id,
    one_line,
    present,
)
from tako_providers.tcg.onepiece import words
from tako_providers.tcg.onepiece.blocks import (
    Blocks,
    blocks_of,
    digits,
    first_number,
    heading,
    of_class,
    value,
    whole_number,
)
from tako_providers.tcg.onepiece.sets import SetEntry, by_code, listed, reference
from tako_providers.tcg.onepiece.sites import PROVIDER, Site

if TYPE_CHECKING:
    from lxml import html

_SUFFIX = re.compile(r"_([pr])\d+")
_ALTERNATE_ART: Mapping[str | None, bool] = {"p": True, "": False}
_LIFE = frozenset(("life", "vie", "ライフ", "生命值"))


@dataclass(frozen=True, slots=True)
class Found:
    """The cards of a page, and how many the page says that there are."""

    items: list[Item]
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether all are shown."""
        return len(self.items) >= self.total


def found(page: html.HtmlElement, site: Site) -> Found:
    """The cards that a page shows. Raises ShapeChanged when it is no answer of the card list, or only a part of one."""
    told = first_number(value(next(of_class(page, "div", "countCol"), None)))
    if not told or next(of_class(page, "div", "resultCol"), None) is None:
        raise ShapeChanged("the ONE PIECE card list gave something else where cards were expected")
    total, codes = int(told), by_code(listed(page).values())
    entries = [(entry, blocks_of(entry)) for entry in of_class(page, "dl", "modalCol")]
    if len(entries) < total:
        _check_whole(page, [blocks for _, blocks in entries])
    items: dict[str, Item] = {}
    for entry, blocks in entries:
        item = _card(entry, blocks, codes, site)
        items.setdefault(item.source_id, item)
    return Found(list(items.values()), total)


def _check_whole(page: html.HtmlElement, entries: list[Blocks]) -> None:
    """A page that shows fewer cards than it tells of may have been cut: then it ends within a card."""
    if not entries:
        raise ShapeChanged("the ONE PIECE card list says that it has found cards, and shows none")
    if len([*of_class(page, "a", "modalOpen")]) > len(entries) or not all("text" in blocks for blocks in entries):
        raise ShapeChanged("an answer of the ONE PIECE card list ends in the middle of a card")


def detail(item: Item, others: Iterable[Item]) -> Item:
    """A card with the other printings that are listed with it."""
    item.trading_card.printings.extend(
        CardPrinting(
            set_name=other.trading_card.set.name,
            set_code=other.trading_card.set.code,
            number=other.trading_card.number,
            rarity=other.trading_card.rarity,
            rarity_code=other.trading_card.rarity_code,
            id=make_id(PROVIDER, Item.TRADING_CARD, other.source_id),
        )
        for other in list(others)[:MAX_EMBEDDED]
    )
    return item


def version(item: Item) -> Item:
    """Another printing of a card, and what it is; the plain one is called nothing."""
    card = item.trading_card
    label = "parallel" if card.alternate_art else "reprint" if card.reprint else ""
    if label:
        item.context.CopyFrom(Context(label=label))
    return item


def number_of(source_id: str) -> str:
    """The printed number of an id: that of P-001_p1 is P-001."""
    return source_id.partition("_")[0]


def _card(entry: html.HtmlElement, blocks: Blocks, codes: Mapping[str, SetEntry], site: Site) -> Item:
    """One `dl.modalCol`."""
    source_id, name = (entry.get("id") or "").strip(), one_line(value(blocks.get("cardName")))
    if not source_id or not name:
        raise ShapeChanged("a card of the ONE PIECE card list has no id or no name")
    number, rarity, category = _printed(blocks.get("infoCol"))
    number = number or number_of(source_id)
    variant = _variant(source_id, number)
    is_life = category == "LEADER" or heading(blocks.get("cost")) in _LIFE
    cost = whole_number(blocks.get("cost"))
    sets = list(filter(None, value(blocks.get("getInfo")).split("\n")))
    return Item(
        kind=Item.TRADING_CARD,
        source_id=source_id,
        title=name,
        description=value(blocks.get("text")),
        images=present([image(Image.PRIMARY, _picture(entry, site))]),
        links=[Link(role=Link.SOURCE, url=site.found(freewords=number)), *_remarks(blocks.get("remarks"), site)],
        external_ids=external_ids([("card_number", number)]),
        language=site.language,
        attributes={"card_sets": "; ".join(sets)} if len(sets) > 1 else {},
        trading_card=TradingCard(
            set=_set(sets, codes),
            number=number,
            rarity=rarity,
            rarity_code=rarity,
            card_type=category,
            colors=words.colors(value(blocks.get("color"))),
            traits=words.parts(value(blocks.get("feature"))),
            cost=None if is_life else cost,
            power=digits(blocks.get("power")),
            promo=True if rarity == "P" else None,
            reprint=True if variant == "r" else None,
            card_attributes=_attributes(blocks.get("attribute")),
            counter=whole_number(blocks.get("counter")),
            life=cost if is_life else None,
            block_icon=value(blocks.get("block")),
            trigger=value(blocks.get("trigger")),
            alternate_art=_ALTERNATE_ART.get(variant),
        ),
    )


def _printed(info: html.HtmlElement | None) -> tuple[str, str, str]:
    """Number, rarity and category of `P-001 | P | CHARACTER`."""
    spans = [value(span) for span in info.iter("span")] if info is not None else []
    number, rarity, category, *_ = (*spans, "", "", "")
    return number, words.rarity(rarity), words.category(category)


def _variant(source_id: str, number: str) -> str | None:
    """`p` of a parallel printing (P-001_p1), `r` of a reprint, "" of the plain one; None for what is none of these."""
    if source_id == number:
        return ""
    match = _SUFFIX.fullmatch(source_id.removeprefix(number))
    return match[1] if match else None


def _set(labels: list[str], codes: Mapping[str, SetEntry]) -> CardSetRef | None:
    """The set that a card is in: the first of several, and most often no product for promotions."""
    return reference(labels[0], codes) if labels else None


def _attributes(block: html.HtmlElement | None) -> Iterable[str]:
    """What is written beside the picture, or is its alternative text."""
    if block is None:
        return ()
    icon = next(block.iter("img"), None)
    source, alternative = (icon.get("src") or "", icon.get("alt") or "") if icon is not None else ("", "")
    return words.attributes(value(block) or alternative, source)


def _picture(entry: html.HtmlElement, site: Site) -> str:
    """The address of the card's picture, without the day of the site's last change. A browser moves it to `src`."""
    for picture in entry.iter("img"):
        for address in (picture.get("data-src"), picture.get("src")):
            if address and "/card/" in address:
                plain = address.partition("?")[0]
                # Nearly all begin so, and joining addresses takes several times as long.
                return site.root + plain[2:] if plain.startswith("../") else absolute(site.cards, plain)
    return ""


def _remarks(block: html.HtmlElement | None, site: Site) -> Iterable[Link]:
    """Pages that the card refers to, such as its errata."""
    if block is None:
        return ()
    return present(
        link(Link.OTHER, absolute(site.cards, anchor.get("href")), title=one_line(anchor.text_content()))
        for anchor in block.iter("a")
    )
