"""The sets that the card list can be narrowed to: its menu as entries, Items and a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako.v1.answers_pb2 import Term
from tako.v1.details_cards_pb2 import CardSet, CardSetRef
from tako.v1.item_parts_pb2 import Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import ShapeChanged, link, make_id, nodes, one_line, present
from tako_providers.tcg.onepiece.sites import PROVIDER, Site
from tako_providers.tcg.onepiece.words import folded

if TYPE_CHECKING:
    from lxml import html

_OPTIONS = "//select[@name='series' or @id='series']/option"
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_CODE = re.compile(r"\s*[\[【]([A-Za-z0-9][A-Za-z0-9-]*)[\]】]\s*$")
_DASHED = re.compile(r"(?:(.+?)\s+)?-(\S.*)-")
_KIND_AND_NUMBER = 3
"""The last digits of a set's number, which are the same on all sites."""


@dataclass(frozen=True, slots=True)
class SetName:
    """What a set is called: `BOOSTER PACK -ROMANCE DAWN- [OP-01]` taken apart, each part "" where it is not told."""

    name: str
    type: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class SetEntry:
    """A set of the menu."""

    number: str
    called: SetName

    @property
    def item_id(self) -> str:
        """Its item id."""
        return make_id(PROVIDER, Item.CARD_SET, self.number)


Sets = Mapping[str, SetEntry]
"""By number, in the order of the menu."""


def set_name(label: str) -> SetName:
    """The parts of a label. Its line breaks come as text; the Japanese site parts type and name by them alone."""
    lines = [line for piece in _BREAK.split(label) if (line := one_line(piece))]
    whole = " ".join(lines)
    code = _CODE.search(whole)
    named = whole[: code.start()] if code else whole
    if match := _DASHED.fullmatch(named):
        return SetName(match[2], match[1] or "", code[1] if code else "")
    kind = lines[0] if code and len(lines) > 1 else ""
    name = named[len(kind) :].strip() if len(kind) < len(named) else named
    return SetName(name or whole, kind if name != named else "", code[1] if code else "")


def listed(page: html.HtmlElement) -> dict[str, SetEntry]:
    """The sets of a page's menu; none where the page has no menu."""
    found: dict[str, SetEntry] = {}
    for option in nodes(page, _OPTIONS):
        number = (option.get("value") or "").strip()
        if number.isascii() and number.isdecimal() and (label := option.text_content().strip()):
            found[number] = SetEntry(number, set_name(label))
    return found


def menu(page: html.HtmlElement) -> Sets:
    """The sets of the menu. Raises ShapeChanged when there are none: a card list without sets is none."""
    found = listed(page)
    if not found:
        raise ShapeChanged("the ONE PIECE card list has no menu of sets")
    return found


def chosen(sets: Sets, wanted: str) -> SetEntry | None:
    """The set of a number, also that of another site, of a code (`OP-01`, `OP01`) or of a name; None without one."""
    if entry := sets.get(wanted):
        return entry
    word, code = folded(wanted), folded_code(wanted)
    for one in sets.values():
        if code == folded_code(one.called.code) or word == folded(one.called.name):
            return one
    if len(wanted) > _KIND_AND_NUMBER and wanted.isascii() and wanted.isdecimal():
        same = (one for one in sets.values() if one.number[-_KIND_AND_NUMBER:] == wanted[-_KIND_AND_NUMBER:])
        return next(same, None)
    return None


def folded_code(code: str) -> str:
    """A code as it is compared: the sites write OP01 and OP-01."""
    return code.strip().replace("-", "").casefold()


def by_code(sets: Iterable[SetEntry]) -> dict[str, SetEntry]:
    """The sets that have a code, by it."""
    found: dict[str, SetEntry] = {}
    for entry in sets:
        if entry.called.code:
            found.setdefault(folded_code(entry.called.code), entry)
    return found


def reference(label: str, codes: Mapping[str, SetEntry]) -> CardSetRef:
    """The set that a card names, with its id where the page's menu has it."""
    called = set_name(label)
    entry = codes.get(folded_code(called.code)) if called.code else None
    if entry is not None:
        called = entry.called
    return CardSetRef(
        id=entry.item_id if entry else "",
        code=called.code,
        name=called.name,
    )


def card_set(entry: SetEntry, site: Site) -> Item:
    """A set of the menu, which is all that the site says of it."""
    return Item(
        kind=Item.CARD_SET,
        source_id=entry.number,
        title=entry.called.name,
        links=present([link(Link.SOURCE, site.found(series=entry.number))]),
        language=site.language,
        card_set=CardSet(
            code=entry.called.code,
            type=entry.called.type,
        ),
    )


def term(entry: SetEntry, site: Site) -> Term:
    """A set of the menu, as an entry of the vocabulary."""
    return Term(
        id=entry.number,
        name=entry.called.name,
        code=entry.called.code,
        url=site.found(series=entry.number),
        item_id=entry.item_id,
    )
