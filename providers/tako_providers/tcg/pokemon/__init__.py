"""Pokémon TCG, from TCGdex."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako.v1.tcg_service_pb2 import (
    TradingCardsRelatedRequest,
    TradingCardsSearchRequest,
    TradingCardsTrendingRequest,
)
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    Json,
    Kind,
    KindSpec,
    LanguageMode,
    Limit,
    Manifest,
    NotFound,
    Page,
    Params,
    Provider,
    Related,
    RelationSpec,
    Search,
    ShapeChanged,
    TermPage,
    Terms,
    TermSpec,
    TermType,
    Tier,
    Trending,
    Ttl,
    Unsupported,
    Upstream,
    text_in,
)
from tako_providers.tcg.pokemon import cards, query, sets, words
from tako_providers.tcg.pokemon.parts import ENGLISH, PROVIDER, TAGS, languages_for, pictures

MANIFEST = Manifest(
    id=PROVIDER,
    title="Pokémon TCG (TCGdex)",
    domains=(Domain.TCG,),
    homepage="https://tcgdex.dev",
    base_url="https://api.tcgdex.net/v2",
    hosts=frozenset(("api.tcgdex.net",)),
    content_hosts=frozenset(("tcgdex.dev", "assets.tcgdex.net")),
    attribution=Attribution(
        "Card data from TCGdex. Pokémon and the texts and pictures of its cards belong to The Pokémon Company, "
        "Nintendo, Game Freak and Creatures.",
        "https://tcgdex.dev",
    ),
    terms_url="https://github.com/tcgdex/cards-database/blob/master/LICENSE",
    limits=(Limit(5, seconds=1.0),),  # none is published
    ttl=Ttl(search=86400, detail=86400),  # TCGdex itself keeps its answers for a day
    languages=tuple(TAGS.values()),
    language_mode=LanguageMode.NATIVE,
    delivery_params=frozenset(("pagination:itemsPerPage",)),
    notes="The words searched for may begin with a filter of TCGdex, such as 'eq:'. A search in a language finds names "
    "in that language, or in English where it has none. Totals are not given. A card has the date of its set.",
    kinds=(
        KindSpec(
            Item.TRADING_CARD,
            search=True,
            default=True,
            detail=True,
            filters=query.FILTERS,
            orders=tuple(query.ORDERS),
        ),
        KindSpec(Item.CARD_SET, detail=True),
        KindSpec(Item.COLLECTION, detail=True),
    ),
    feeds=(FeedSpec(Feed.RANDOM, (Item.TRADING_CARD, Item.CARD_SET, Item.COLLECTION), ttl=0),),
    relations=(
        RelationSpec(Relation.CARDS, (Item.CARD_SET,), (Item.TRADING_CARD,)),
        RelationSpec(Relation.MEMBERS, (Item.COLLECTION,), (Item.CARD_SET,)),
    ),
    terms=(
        TermSpec(Term.SETS, parent=True, query=True),
        TermSpec(Term.SET_SERIES, query=True),
        TermSpec(Term.CATEGORIES, query=True),
        TermSpec(Term.CARD_TYPES, query=True),
        TermSpec(Term.ELEMENT_TYPES, query=True),
        TermSpec(Term.RARITIES, query=True),
        TermSpec(Term.STAGES, query=True),
        TermSpec(Term.ILLUSTRATORS, query=True),
    ),
    tier=Tier.GOLD,
)

_PATHS: dict[Kind, str] = {Item.TRADING_CARD: "cards", Item.CARD_SET: "sets", Item.COLLECTION: "series"}
_RANDOM: dict[Kind, str] = {Item.TRADING_CARD: "card", Item.CARD_SET: "set", Item.COLLECTION: "serie"}
_NAMES = words.Words("")
"""Names are nobody's to translate."""
_LISTS: dict[TermType, tuple[tuple[str, words.Words], ...]] = {
    Term.CATEGORIES: (("categories", words.CATEGORIES),),
    Term.CARD_TYPES: (("trainer-types", words.TRAINERS), ("energy-types", words.ENERGIES)),
    Term.ELEMENT_TYPES: (("types", words.TYPES),),
    Term.RARITIES: (("rarities", words.RARITIES),),
    Term.STAGES: (("stages", words.STAGES),),
    Term.ILLUSTRATORS: (("illustrators", _NAMES),),
}
"""The lists of words, and the English ones for them."""


class Pokemon(Provider):
    """Cards, sets and series of TCGdex. https://tcgdex.dev/rest"""

    manifest = MANIFEST

    async def search(self, ask: Search[TradingCardsSearchRequest], up: Upstream) -> Page:
        """Cards by name and filters, in the first language that has some."""
        begun_in, number = query.position(ask.cursor)
        found: list[Json] = []
        language = ENGLISH
        for language in (begun_in,) if begun_in else languages_for(ask.language):
            params = query.params(ask.text, ask.filters, ask, language, number)
            found = _list(await up.json(f"/{language}/cards", params))
            if found:
                break
        wanted = [entry for entry in found if query.has_number(entry, ask.filters.number)]
        items = [cards.brief(entry, language) for entry in wanted]
        if ask.enrich and language != ENGLISH:
            await _add_english_pictures(items, up)
        # A list that is longer than asked for was not cut into pages.
        following = f"{language}.{number + 1}" if len(found) == query.PAGE_SIZE else ""
        return Page(items, following, ignored=query.ignored(ask.filters))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A card, a set or a series, in the language asked for or in English."""
        entry, language = await _one(ask.id.kind, ask.id.source_id, ask.language, up)
        return await _whole(ask.id.kind, entry, language, up)

    async def trending(self, ask: Trending[TradingCardsTrendingRequest], up: Upstream) -> Page:
        """A card, a set or a series at random."""
        kind = ask.kind or Item.TRADING_CARD
        language = languages_for(ask.language)[0]
        entry = await up.json(f"/{language}/random/{_RANDOM[kind]}")
        return Page([await _whole(kind, entry, language, up)])

    async def related(self, ask: Related[TradingCardsRelatedRequest], up: Upstream) -> Page:
        """The cards of a set, the sets of a series."""
        entry, language = await _one(ask.id.kind, ask.id.source_id, ask.language, up)
        if ask.relation == Relation.CARDS:
            item = sets.card_set(entry, language)
            own = sets.set_ref(item)
            items = [cards.brief(one, language, own, item.release_date) for one in sets.cards_in(entry)]
        else:
            items = [sets.card_set(one, language) for one in sets.sets_in(entry)]
        return Page(items, total=len(items))

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """A vocabulary, whole; those entries whose name or id holds the text."""
        language = languages_for(ask.language)[0]
        if ask.terms == Term.SETS and ask.parent:
            entry, _ = await _one(Item.COLLECTION, ask.parent, ask.language, up)
            found = [sets.set_term(one, ask.parent) for one in sets.sets_in(entry)]
        elif ask.terms == Term.SETS:
            found = [sets.set_term(one) for one in _list(await up.json(f"/{language}/sets"))]
        elif ask.terms == Term.SET_SERIES:
            found = [sets.series_term(one) for one in _list(await up.json(f"/{language}/series"))]
        else:
            found = [
                _word(one, table, language)
                for path, table in _LISTS[ask.terms]
                for one in _list(await up.json(f"/{language}/{path}"))
            ]
        return TermPage(_chosen(found, ask))


async def _one(kind: Kind, source_id: str, language: str, up: Upstream) -> tuple[Json, str]:
    """An entry in the first language that has it, and that language."""
    if kind not in _PATHS:
        raise Unsupported("TCGdex has cards, sets and series only")
    if "/" in source_id or source_id in (".", ".."):
        raise NotFound("TCGdex has no ids of this form")
    path = f"{_PATHS[kind]}/{quote(source_id, safe='')}"
    *others, last = languages_for(language)
    for code in others:
        entry = await up.json(f"/{code}/{path}", allow=(404,))
        if not _is_missing(entry):
            return entry, code
    return await up.json(f"/{last}/{path}"), last


async def _whole(kind: Kind, entry: Json, language: str, up: Upstream) -> Item:
    """The item of an entry; a card with the date of its set, and with an English picture where it has none."""
    if kind == Item.CARD_SET:
        return sets.card_set(entry, language)
    if kind == Item.COLLECTION:
        return sets.series(entry, language)
    item = cards.card(entry, language)
    if code := item.trading_card.set.code:
        cards.dated(item, await up.optional(up.json(f"/{language}/sets/{quote(code, safe='')}")) or {})
    if language != ENGLISH:
        await _add_english_pictures([item], up)
    return item


async def _add_english_pictures(items: Sequence[Item], up: Upstream) -> None:
    """Give cards without a picture that of the same card in English."""
    bare = {item.source_id: item for item in items if not item.images}
    if not bare:
        return
    params: Params = {"id": "eq:" + "|".join(bare), "pagination:itemsPerPage": len(bare)}
    for entry in _list(await up.optional(up.json(f"/{ENGLISH}/cards", params)) or []):
        if item := bare.get(text_in(entry, "id") if isinstance(entry, dict) else ""):
            item.images.extend(pictures(text_in(entry, "image"), ENGLISH))


def _word(word: Json, table: words.Words, language: str) -> Term:
    """One word of a list. Its id is the English one, which filters take in all languages."""
    if not isinstance(word, str) or not word:
        raise ShapeChanged("a list of words of TCGdex holds something else")
    english = table.english(word, language)
    return Term(id=english, name=word)


def _chosen(found: Iterable[Term], ask: Terms) -> list[Term]:
    """The terms that are asked for."""
    text = ask.text.casefold()
    return [
        term
        for term in found
        if (not ask.term_id or term.id == ask.term_id) and (text in term.name.casefold() or text in term.id.casefold())
    ]


def _is_missing(entry: Json) -> bool:
    """Whether TCGdex says that there is none: problem JSON today, `{"error": ...}` before."""
    return isinstance(entry, dict) and "id" not in entry and (entry.get("status") == 404 or "error" in entry)


def _list(found: Json) -> list[Json]:
    if not isinstance(found, list):
        raise ShapeChanged("TCGdex gave something else where a list was expected")
    return found
