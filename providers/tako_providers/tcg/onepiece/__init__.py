"""ONE PIECE Card Game: Bandai's official card list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Relation
from tako.v1.item_pb2 import Item
from tako.v1.tcg_service_pb2 import TradingCardsRelatedRequest, TradingCardsSearchRequest
from tako_providers.sdk import (
    FIRST,
    Access,
    Attribution,
    Detail,
    Domain,
    InvalidField,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    Search,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Ttl,
    Unsupported,
    Upstream,
)
from tako_providers.tcg.onepiece import cards, query, sets
from tako_providers.tcg.onepiece.sites import ENGLISH, PROVIDER, SITES, Site, site_in, sites_in
from tako_providers.tcg.onepiece.words import folded

if TYPE_CHECKING:
    from lxml import html

MANIFEST = Manifest(
    id=PROVIDER,
    title="ONE PIECE Card Game (Bandai)",
    domains=(Domain.TCG,),
    homepage=f"https://{ENGLISH.host}",
    base_url=ENGLISH.cards,
    hosts=frozenset(site.host for site in SITES.values()),
    attribution=Attribution(
        "Card data from the official ONE PIECE CARD GAME card list. \u00a9 Eiichiro Oda/Shueisha, Toei Animation, "
        "Bandai.",
        ENGLISH.cards,
    ),
    limits=(Limit(1, seconds=1.0),),  # none is told; pages of a set are large
    access=Access.DIRECT_THEN_BROWSER,
    timeout=30.0,
    ttl=Ttl(search=1800),
    languages=tuple(site.language for site in SITES.values()),
    language_mode=LanguageMode.SITE,
    image_policy="Pictures belong to Bandai and the rights holders; a browser may be told not to show them on pages of "
    "other sites. Show them next to a link to the card list.",
    notes="One item is one printing: `P-001_p1` is a parallel of `P-001`, `_r1` a reprint. All that is found comes on "
    "one page. Without words, a number or a set, a search goes through the sets one by one, one to a page. Sets have "
    "other numbers at each site; any of them leads to the set in the language asked for. A card that a language lacks "
    "is shown in English. No prices, no dates. Of the live site an English page of results was recorded; pages of the "
    "other languages are known from public parsers.",
    kinds=(
        KindSpec(Item.TRADING_CARD, search=True, default=True, detail=True, filters=query.FILTERS, orders=query.ORDERS),
        KindSpec(Item.CARD_SET, detail=True),
    ),
    relations=(
        RelationSpec(Relation.CARDS, (Item.CARD_SET,), (Item.TRADING_CARD,)),
        RelationSpec(
            Relation.VERSIONS,
            (Item.TRADING_CARD,),
            (Item.TRADING_CARD,),
            note="Parallels and reprints of the same number; `context.label` says which.",
        ),
    ),
    terms=(TermSpec(Term.SETS, query=True),),
    lookups=("card_number",),
    # Gold waits for recorded pages of another language and of a set.
    tier=Tier.SILVER,
    lacks={"feeds": "The card list says nothing of what is popular or new."},
)

_DAY = 86400.0
_NUMBER = re.compile(r"[A-Za-z]{1,4}\d{0,3}-\d{1,4}(_[A-Za-z]\d{1,3})?")
"""What is printed on a card, or an id: OP01-029, P-001, P-001_p1."""


class OnePiece(Provider):
    """Cards and sets of the official card list. https://en.onepiece-cardgame.com/cardlist/"""

    manifest = MANIFEST

    async def search(self, ask: Search[TradingCardsSearchRequest], up: Upstream) -> Page:
        """Cards by words, number and set, and by what their page tells of them."""
        filters, site = ask.filters, site_in(ask.language)
        series = await _series(filters.set, site, up) if filters.set else ""
        if series is None:
            return Page([], total=0)
        words = ask.text or filters.number
        if not words and not series:
            return await _set_by_set(ask, site, up)
        answer = await _asked(site, up, words=words, series=series)
        items = query.chosen(answer.items, filters)
        total = answer.total if not query.narrows(filters) else len(items) if answer.is_whole else None
        return Page(query.ordered(items, ask), total=total)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A printing with the others of its number, or a set of the menu."""
        if ask.id.kind == Item.CARD_SET:
            site = site_in(ask.language)
            entry = sets.chosen(await _sets(site, up), ask.id.source_id)
            if entry is None:
                raise NotFound("the ONE PIECE card list has no set of this number")
            return sets.card_set(entry, site)
        if ask.id.kind != Item.TRADING_CARD:
            raise Unsupported("the ONE PIECE card list has details of cards and sets only")
        item, others = await _printing(ask.id.source_id, ask.language, up)
        return cards.detail(item, others)

    async def related(self, ask: Related[TradingCardsRelatedRequest], up: Upstream) -> Page:
        """The cards of a set, or the other printings of a card."""
        if ask.relation == Relation.CARDS:
            site = site_in(ask.language)
            series = await _series(ask.id.source_id, site, up)
            if series is None:
                raise NotFound("the ONE PIECE card list has no set of this number")
            answer = await _asked(site, up, series=series)
            return Page(answer.items, total=answer.total)
        if ask.relation == Relation.VERSIONS:
            _, others = await _printing(ask.id.source_id, ask.language, up)
            return Page([cards.version(other) for other in others], total=len(others))
        raise Unsupported("the ONE PIECE card list has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The sets of the menu whose name or code holds the text."""
        if ask.terms != Term.SETS:
            raise Unsupported("the ONE PIECE card list has no such vocabulary")
        site, text = site_in(ask.language), folded(ask.text)
        known = await _sets(site, up)
        if ask.term_id:
            entry = sets.chosen(known, ask.term_id)
            found = [entry] if entry else []
        else:
            found = [e for e in known.values() if text in folded(e.called.name) or text in folded(e.called.code)]
        return TermPage([sets.term(entry, site) for entry in found], total=len(found))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The printings of a card number, or the one of an id."""
        return Page(await _numbered(ask.code.strip(), ask.language, up))


async def _asked(site: Site, up: Upstream, *, words: str = "", series: str = "") -> cards.Found:
    """The cards that the site finds, all of them on one page. A 404 is of that page, and says nothing about a card."""
    page = await up.html(site.cards, {"freewords": words, "series": series}, allow=(404,))
    return cards.found(page, site)


async def _set_by_set(ask: Search[TradingCardsSearchRequest], site: Site, up: Upstream) -> Page:
    """The cards of one set that pass the filters; the menu's next set is the next page. There is no order over all."""
    numbers = list(await _sets(site, up))
    if ask.cursor != FIRST and ask.cursor not in numbers:
        raise InvalidField("page_token", "does not fit this provider")
    place = numbers.index(ask.cursor) if ask.cursor != FIRST else 0
    answer = await _asked(site, up, series=numbers[place])
    following = numbers[place + 1] if place + 1 < len(numbers) else FIRST
    ignored = ("order_by",) if ask.order_by in query.ORDERS else ()
    return Page(query.chosen(answer.items, ask.filters), following, ignored=ignored)


async def _numbered(code: str, language: str, up: Upstream) -> list[Item]:
    """The printings of a number, or the one of an id, at the first site that has any. A search finds others too."""
    if not _NUMBER.fullmatch(code):
        return []
    wanted = code.casefold()
    for site in sites_in(language):
        answer = await _asked(site, up, words=cards.number_of(code).upper())
        found = [
            item for item in answer.items if wanted in (item.trading_card.number.casefold(), item.source_id.casefold())
        ]
        if found:
            return found
    return []


async def _printing(source_id: str, language: str, up: Upstream) -> tuple[Item, list[Item]]:
    """A printing, and the others of its number, from the first site that has it."""
    number = cards.number_of(source_id)
    for site in sites_in(language):
        answer = await _asked(site, up, words=number)
        same = [item for item in answer.items if cards.number_of(item.source_id) == number]
        for item in same:
            if item.source_id == source_id:
                return item, [other for other in same if other is not item]
    raise NotFound("the ONE PIECE card list has no card of this number")


async def _sets(site: Site, up: Upstream) -> sets.Sets:
    """The sets of the site's menu, kept for a day."""

    async def load() -> sets.Sets:
        page: html.HtmlElement = await up.html(site.cards)
        return sets.menu(page)

    return await up.kept(f"sets-{site.language}", load, seconds=_DAY)


async def _series(wanted: str, site: Site, up: Upstream) -> str | None:
    """The site's number of a set, None when the menu has no such set. A number of the site's own needs no menu."""
    if site.numbers and wanted.startswith(site.numbers) and wanted.isdecimal() and len(wanted) == len("569101"):
        return wanted
    entry = sets.chosen(await _sets(site, up), wanted)
    return entry.number if entry else None
