"""Disney Lorcana, from LorcanaJSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Relation
from tako.v1.item_pb2 import Item
from tako.v1.tcg_service_pb2 import TradingCardsRelatedRequest, TradingCardsSearchRequest
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    Json,
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
    ShapeChanged,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Ttl,
    Unsupported,
    Upstream,
)
from tako_providers.tcg.lorcana import cards, query, sets
from tako_providers.tcg.lorcana.files import (
    ENGLISH,
    LANGUAGES,
    PROVIDER,
    CardFile,
    card_file,
    language_code,
    printed_language,
)
from tako_providers.tcg.lorcana.words import folded

MANIFEST = Manifest(
    id=PROVIDER,
    title="Disney Lorcana (LorcanaJSON)",
    domains=(Domain.TCG,),
    homepage="https://lorcanajson.org",
    base_url="https://lorcanajson.org/files/current",
    hosts=frozenset(("lorcanajson.org",)),
    content_hosts=frozenset((cards.PICTURES, "www.tcgplayer.com", "www.cardmarket.com", "www.cardtrader.com")),
    attribution=Attribution(
        # The second part is the notice that the Community Code asks for.
        "Card data from LorcanaJSON. Tako uses trademarks and/or copyrights associated with Disney Lorcana TCG, used "
        "under Ravensburger's Community Code Policy (https://cdn.ravensburger.com/lorcana/community-code-en). We are "
        "expressly prohibited from charging you to use or access this content. Tako is not published, endorsed, or "
        "specifically approved by Disney or Ravensburger. For more information about Disney Lorcana TCG, visit "
        "https://www.disneylorcana.com/en-US/.",
        "https://lorcanajson.org",
    ),
    terms_url="https://cdn.ravensburger.com/lorcana/community-code-en",
    limits=(Limit(2, seconds=1.0),),  # none is published; a file is asked for once an hour
    max_body=32 * 1024 * 1024,  # a file is about 9 MB, and grows with each set
    timeout=30.0,
    ttl=Ttl(search=3600, detail=3600, static=3600),  # as long as the file is kept
    languages=LANGUAGES,
    language_mode=LanguageMode.NATIVE,
    image_policy="Pictures are those of the official app; Ravensburger's Community Code says how they may be used.",
    notes="Answers come from one file a language, which is kept for an hour. A search looks at the names of the "
    "language; a card that a language does not have is shown in English. No prices.",
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
            note="Promotions, enchanted, epic and iconic ones, variants, reprints; `context.label` says which.",
        ),
    ),
    terms=(TermSpec(Term.SETS, query=True),),
    lookups=("lorcana_code", "card_number", *cards.SHOP_IDS),
    tier=Tier.GOLD,
    lacks={"feeds": "The file says nothing of what is popular or new."},
)

_PAGE = 50

T = TypeVar("T")


class Lorcana(Provider):
    """Cards and sets of LorcanaJSON. https://lorcanajson.org"""

    manifest = MANIFEST

    async def search(self, ask: Search[TradingCardsSearchRequest], up: Upstream) -> Page:
        """Cards by name and filters, in the file of the language asked for."""
        file = await card_file(language_code(ask.language), up)
        english = None
        if file.language != ENGLISH and query.needs_english(file, ask.filters):
            english = await card_file(ENGLISH, up)
        found = query.found(file, ask.text, ask.filters, english)
        found = query.ordered(found, file, ask)
        return _page(found, ask.page, lambda entry: cards.card(entry, file))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A card by its id, code or printed number, or a set by its code."""
        if ask.id.kind == Item.CARD_SET:
            file, code = await _set(ask.id.source_id, ask.language, up)
            return sets.card_set(code, file)
        if ask.id.kind != Item.TRADING_CARD:
            raise Unsupported("LorcanaJSON has details of cards and sets only")
        file, entry = await _card(ask.id.source_id, ask.language, up)
        return cards.card_detail(entry, file)

    async def related(self, ask: Related[TradingCardsRelatedRequest], up: Upstream) -> Page:
        """The cards of a set, or the other printings of a card."""
        if ask.relation == Relation.CARDS:
            file, code = await _set(ask.id.source_id, ask.language, up)
            return _page(file.of_set(code), ask.page, lambda entry: cards.card(entry, file))
        if ask.relation == Relation.VERSIONS:
            file, entry = await _card(ask.id.source_id, ask.language, up)
            return _page(cards.versions(entry, file), ask.page, lambda one: cards.version(*one, file))
        raise Unsupported("LorcanaJSON has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The sets whose name or code holds the text, in upstream's order."""
        file = await card_file(language_code(ask.language), up)
        if not file.sets:
            raise ShapeChanged("LorcanaJSON gave a file without sets")
        text, wanted = folded(ask.text), folded(ask.term_id)
        found = [
            sets.set_term(code, file)
            for code in file.sets
            # Sets that did not come out in a language have no name there.
            if (name := file.refs[code].name)
            and (not wanted or wanted == folded(code))
            and (text in folded(code) or text in folded(name))
        ]
        return TermPage(found, total=len(found))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The cards of a code of the official app, of a printed number, or of a shop's number."""
        language = ask.language
        if ask.scheme == "lorcana_code":
            file, found = await _found(language, up, lambda file: file.coded(ask.code))
        elif ask.scheme == "card_number":
            language = language or printed_language(ask.code)
            file, found = await _found(language, up, lambda file: file.numbered(ask.code))
        else:
            name = cards.SHOP_IDS[ask.scheme]
            file, found = await _found(language, up, lambda file: file.linked(name, ask.code))
        return Page([cards.card(entry, file) for entry in found])


async def _found(language: str, up: Upstream, find: Callable[[CardFile], list[Json]]) -> tuple[CardFile, list[Json]]:
    """What is found in the language asked for, or in English, which has all cards."""
    file = await card_file(language_code(language), up)
    found = find(file)
    if not found and file.language != ENGLISH:
        file = await card_file(ENGLISH, up)
        found = find(file)
    return file, found


async def _card(source_id: str, language: str, up: Upstream) -> tuple[CardFile, Json]:
    file, found = await _found(language, up, lambda file: file.called(source_id))
    if not found:
        raise NotFound("LorcanaJSON has no card with this id")
    return file, found[0]


async def _set(code: str, language: str, up: Upstream) -> tuple[CardFile, str]:
    """The file that has the set by name, and the set's code as it is written there."""

    def named(file: CardFile) -> list[Json]:
        return [one for one in file.sets if folded(one) == folded(code) and file.refs[one].name]

    file, codes = await _found(language, up, named)
    if not codes:
        raise NotFound("LorcanaJSON has no set with this code")
    return file, codes[0]


def _page(found: Sequence[T], number: int, mapped: Callable[[T], Item]) -> Page:
    """One page of all that is found; only its items are mapped."""
    part = found[(number - 1) * _PAGE : number * _PAGE]
    following = str(number + 1) if len(found) > number * _PAGE else ""
    return Page([mapped(one) for one in part], following, len(found))
