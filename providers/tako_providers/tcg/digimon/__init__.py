"""Digimon Card Game, from DigimonCard.io."""

from __future__ import annotations

import re
from typing import NoReturn

from tako.v1.item_pb2 import Item
from tako.v1.tcg_service_pb2 import TradingCardsSearchRequest
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
    Params,
    Provider,
    RateLimited,
    Search,
    ShapeChanged,
    Tier,
    Ttl,
    Unsupported,
    Upstream,
    one_line,
    text_in,
)
from tako_providers.sdk.errors import Refused
from tako_providers.tcg.digimon import cards, names, query
from tako_providers.tcg.digimon.cards import PROVIDER

MANIFEST = Manifest(
    id=PROVIDER,
    title="Digimon Card Game (DigimonCard.io)",
    domains=(Domain.TCG,),
    homepage="https://digimoncard.io",
    base_url="https://digimoncard.io/api-public",
    hosts=frozenset(("digimoncard.io",)),
    content_hosts=frozenset(("images.digimoncard.io",)),
    attribution=Attribution(
        "Card data from DigimonCard.io. Digimon and the texts and pictures of its cards belong to Akiyoshi Hongo, "
        "Toei Animation and Bandai.",
        "https://digimoncard.io",
    ),
    terms_url="https://digimoncard.io/index.php/api-documentation",
    limits=(Limit(15, seconds=10.0),),  # who passes that is locked out for a while
    max_body=30_000_000,  # an answer has no pages
    ttl=Ttl(search=3600),  # answers are large, and change when a set comes out
    languages=names.LANGUAGES,
    language_mode=LanguageMode.NAMES,
    notes="One item is a number; the packs that it is in are its `printings`. All that is found comes on one page. "
    f"Without a series named, only cards of the {query.SERIES} are searched for. Digimon may be named as in Japan, and "
    "their titles are in French and Japanese where the names are known; the texts are English.",
    kinds=(
        KindSpec(
            Item.TRADING_CARD,
            search=True,
            default=True,
            detail=True,
            filters=query.FILTERS,
            orders=tuple(query.ORDERS),
            pages=False,
        ),
    ),
    lookups=("card_number", "tcgplayer"),
    tier=Tier.SILVER,
)

_NUMBER = re.compile(r"[A-Z]{1,4}\d{0,3}-\d{1,4}")
"""What is printed on a card: BT18-082, ST1-01, P-001."""
_NO_MATCH = re.compile(r"\bno (?:cards?|match\w*|results?)\b|\bcards? not found\b", re.IGNORECASE)
"""What it says where there is none; its words are not told anywhere."""


class Digimon(Provider):
    """Cards of DigimonCard.io. https://digimoncard.io/index.php/api-documentation"""

    manifest = MANIFEST

    async def search(self, ask: Search[TradingCardsSearchRequest], up: Upstream) -> Page:
        """Cards by name and filters, all of them at once."""
        if query.asks_for_all(ask.text, ask.filters):
            # Names and numbers only: the whole of a game.
            every = cards.merged(await _found("/getAllCards", query.all_params(ask.filters, ask), up))
            return Page(names.in_language(every, ask.language))
        text = names.in_english(ask.text, ask.language)
        found = cards.merged(await _found("/search", query.params(text, ask.filters, ask), up))
        return Page(names.in_language(query.chosen(found, ask.filters), ask.language))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A card by its number."""
        if ask.id.kind != Item.TRADING_CARD:
            raise Unsupported("DigimonCard.io has details of cards only")
        for item in names.in_language(await _numbered(ask.id.source_id, up), ask.language):
            return item
        raise NotFound("DigimonCard.io has no card with this number")

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The card of a number, or of a product of TCGplayer."""
        if ask.scheme == "card_number":
            code = ask.code.strip().upper()
            numbered = await _numbered(code, up) if _NUMBER.fullmatch(code) else []
            return Page(names.in_language(numbered, ask.language))
        found = cards.merged(await _found("/search", {"tcgplayerid": ask.code}, up))
        fitting = [item for item in found if any(one.value == ask.code for one in item.external_ids)]
        return Page(names.in_language(fitting, ask.language))


async def _numbered(number: str, up: Upstream) -> list[Item]:
    """The card of a number. Upstream looks for numbers that begin with it: BT1-01 finds BT1-010 too."""
    found = await _found("/search", {"card": number}, up)
    wanted = number.casefold()
    return cards.merged(entry for entry in found if cards.number_of(entry).casefold() == wanted)


async def _found(path: str, params: Params, up: Upstream) -> list[Json]:
    """The cards that upstream finds. That there are none it says as an error."""
    found = await up.json(path, params, allow=(400, 404))
    if isinstance(found, dict) and (said := one_line(text_in(found, "error"))):
        if _NO_MATCH.search(said):
            return []
        _raise_refusal(said)
    if not isinstance(found, list):
        raise ShapeChanged("DigimonCard.io gave something else where a list of cards was expected")
    return found


def _raise_refusal(said: str) -> NoReturn:
    if "rate limit" in said.lower() or "too many" in said.lower():
        raise RateLimited("DigimonCard.io asks for fewer requests")
    raise Refused(f"DigimonCard.io refuses the request; it says: {said[:300]}")
