"""Yu-Gi-Oh!, from YGOPRODeck."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    InvalidField,
    Json,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Paged,
    Params,
    Provider,
    Related,
    RelationSpec,
    Search,
    ShapeChanged,
    TermPage,
    Terms,
    TermSpec,
    Tier,
    Trending,
    Ttl,
    Unsupported,
    Upstream,
    count_in,
    dict_in,
    one_line,
    text_in,
)
from tako_providers.tcg.yugioh import cards, query, sets
from tako_providers.tcg.yugioh.cards import PROVIDER

MANIFEST = Manifest(
    id=PROVIDER,
    title="Yu-Gi-Oh! (YGOPRODeck)",
    domains=(Domain.TCG,),
    homepage="https://ygoprodeck.com",
    base_url="https://db.ygoprodeck.com/api/v7",
    hosts=frozenset(("db.ygoprodeck.com",)),
    content_hosts=frozenset(("ygoprodeck.com", "images.ygoprodeck.com")),
    attribution=Attribution(
        "Card data from YGOPRODeck. Yu-Gi-Oh! and the texts and pictures of its cards belong to Kazuki Takahashi, "
        "Shueisha and Konami.",
        "https://ygoprodeck.com",
    ),
    terms_url="https://ygoprodeck.com/api-guide/",
    limits=(Limit(10, seconds=1.0),),  # 20 a second are allowed; who passes that is locked out for an hour
    ttl=Ttl(search=86400, detail=86400),  # kept for two days upstream, which asks callers to store what they get
    languages=("en", *query.LANGUAGES),
    language_mode=LanguageMode.NATIVE,
    delivery_params=frozenset(("misc",)),
    image_policy="Download pictures and serve them yourself: addresses that load them continually are locked out.",
    notes="One item is a card; its printings are in `printings`, and only where all agree are set, number and rarity "
    "those of the card. A query in double quotes is the exact name. Several card_types give the cards of any of them.",
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
    ),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            (Item.TRADING_CARD, Item.CARD_SET),
            note="Cards: the newest in the database. Sets: by date, announced ones first.",
            filters=("set",),
        ),
        FeedSpec(Feed.RANDOM, (Item.TRADING_CARD,), ttl=0),
    ),
    relations=(RelationSpec(Relation.CARDS, (Item.CARD_SET,), (Item.TRADING_CARD,)),),
    terms=(TermSpec(Term.SETS, query=True), TermSpec(Term.ARCHETYPES, query=True)),
    lookups=("passcode", "konami", "card_number"),
    tier=Tier.GOLD,
)

_NO_MATCH = "no card matching"
_NUMBER = re.compile(r"[A-Z0-9]{2,6}-[A-Z]{0,4}\d{1,4}")
"""What is printed on a card: SDY-046, DUDE-EN023."""
_PARAMS = {"passcode": "id", "konami": "konami_id"}


class Yugioh(Provider):
    """Cards and sets of YGOPRODeck. https://ygoprodeck.com/api-guide/"""

    manifest = MANIFEST

    async def search(self, ask: Search[TradingCardsSearchRequest], up: Upstream) -> Page:
        """Cards by name and filters, in the language asked for or in English."""
        asked, ignored = query.params(ask.filters, ask), query.ignored(ask.filters, ask)
        if len(ask.text) > 2 and ask.text[0] == ask.text[-1] == '"':
            exact = await _page({"name": ask.text[1:-1], **asked}, ask, up, ask.filters, ignored)
            if exact.items:
                return exact
        return await _page({"fname": ask.text, **asked}, ask, up, ask.filters, ignored)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A card by its passcode, or a set by its name."""
        if ask.id.kind == Item.CARD_SET:
            return sets.card_set(await _set(ask.id.source_id, up))
        if ask.id.kind != Item.TRADING_CARD:
            raise Unsupported("YGOPRODeck has details of cards and sets only")
        item = await _one("id", ask.id.source_id, ask.language, up) if ask.id.source_id.isdecimal() else None
        if item is None:
            raise NotFound("YGOPRODeck has no card with this passcode")
        return item

    async def trending(self, ask: Trending[TradingCardsTrendingRequest], up: Upstream) -> Page:
        """The newest cards or sets, or one card at random."""
        if ask.feed == Feed.RANDOM:
            found = await up.json("/randomcard.php")
            # Recorded as one bare card; said to come in a list now.
            entries = _data(found) if isinstance(found, dict) and "data" in found else [found]
            return Page([cards.card(entry, "en") for entry in entries])
        if ask.kind == Item.CARD_SET:
            entries = sets.newest_first(await _sets(up))
            return Page([sets.card_set(entry) for entry in entries], ignored=("set",) if ask.filters.set else ())
        narrowed = TradingCardsSearchRequest(set=ask.filters.set)
        return await _page({"cardset": ask.filters.set, "sort": "new"}, ask, up, narrowed)

    async def related(self, ask: Related[TradingCardsRelatedRequest], up: Upstream) -> Page:
        """The cards of a set."""
        name = ask.id.source_id
        return await _page({"cardset": name}, ask, up, TradingCardsSearchRequest(set=name), otherwise="id")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The sets or the archetypes; those whose name or code holds the text."""
        if ask.terms == Term.SETS:
            found = [sets.set_term(entry) for entry in await _sets(up)]
        else:
            found = [_archetype(entry) for entry in _list(await up.json("/archetypes.php"))]
        text = ask.text.casefold()
        return TermPage(
            [
                term
                for term in found
                if (not ask.term_id or term.id == ask.term_id)
                and (text in term.name.casefold() or text in term.code.casefold())
            ]
        )

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The card of a passcode, of Konami's number, or of the number of a printing."""
        if ask.scheme != "card_number":
            number = ask.code.lstrip("0")
            item = await _one(_PARAMS[ask.scheme], number, ask.language, up) if number.isdecimal() else None
            return Page([item] if item else [])
        code = ask.code.strip().upper()
        if not _NUMBER.fullmatch(code):
            return Page([])
        entry = await up.json("/cardsetsinfo.php", {"setcode": code}, allow=(400, 404))
        if _said(entry):
            return Page([])
        printing = cards.printing(entry)
        whole = await up.optional(_one("id", printing.source_id, ask.language, up, code))
        return Page([whole or printing])


async def _page(
    asked: Params,
    ask: Paged,
    up: Upstream,
    filters: TradingCardsSearchRequest,
    ignored: Sequence[str] = (),
    otherwise: str = "query",
) -> Page:
    """A page of cards. ``otherwise`` is the field to blame where upstream's refusal names none of ours."""
    begun_in, offset = query.start(ask.cursor)
    language, found = "", {}
    for language in (begun_in,) if ask.cursor else _languages(ask.language):
        found = await _found({**asked, "language": language, **query.position(offset)}, up, otherwise)
        if found["data"]:
            break
    entries, meta = found["data"], dict_in(found, "meta")
    narrowed = query.narrows_here(filters)
    if narrowed:
        entries = [entry for entry in entries if query.is_within(entry, filters)]
    items = [cards.card(entry, language or "en", filters.set) for entry in entries]
    following = count_in(meta, "next_page_offset") if count_in(meta, "rows_remaining") else None
    if following and following <= offset:  # that would lead in a circle
        following = None
    total = count_in(meta, "total_rows") if meta else len(items)
    return Page(
        items,
        f"{language}.{following}" if following else "",
        None if narrowed else total,
        ignored=tuple(ignored),
    )


async def _one(param: str, number: str, language: str, up: Upstream, set_code: str = "") -> Item | None:
    """The card of a number, in the language or in English; None when there is none."""
    for code in _languages(language):
        found = await _found({param: number, "misc": "yes", "language": code}, up, "id")
        for entry in found["data"]:
            return cards.card(entry, code or "en", set_code=set_code)
    return None


async def _found(params: Params, up: Upstream, otherwise: str) -> Json:
    """The answer of a search, empty when upstream says that no card matches: it does so with a 400."""
    found = await up.json("/cardinfo.php", params, allow=(400,))
    said = _said(found)
    if said.lower().startswith(_NO_MATCH):
        return {"data": [], "meta": {"total_rows": 0}}
    if said:
        field = query.field_blamed(said)
        raise InvalidField(otherwise if field == "query" else field, f"is refused by YGOPRODeck; it says: {said[:300]}")
    _data(found)
    return found


async def _sets(up: Upstream) -> list[Json]:
    """All sets: one small file."""

    async def load() -> list[Json]:
        return _list(await up.json("/cardsets.php"))

    return await up.kept("sets", load, seconds=86400)


async def _set(name: str, up: Upstream) -> Json:
    wanted = name.casefold()
    for entry in await _sets(up):
        if sets.set_name(entry).casefold() == wanted:
            return entry
    raise NotFound("YGOPRODeck has no set with this name")


def _archetype(entry: Json) -> Term:
    name = text_in(entry, "archetype_name") if isinstance(entry, dict) else ""
    if not name:
        raise ShapeChanged("an archetype of YGOPRODeck has no name")
    return Term(id=name, name=name)


def _languages(language: str) -> tuple[str, ...]:
    """The codes to ask in, one after the other: cards without a translation are missing in that language."""
    code = query.language_code(language)
    return (code, "") if code else ("",)


def _said(found: Json) -> str:
    """What upstream has to say instead of an answer, "" when it answers."""
    return one_line(text_in(found, "error")) if isinstance(found, dict) else ""


def _data(found: Json) -> list[Json]:
    return _list(found.get("data") if isinstance(found, dict) else None)


def _list(found: Json) -> list[Json]:
    if not isinstance(found, list):
        raise ShapeChanged("YGOPRODeck gave something else where a list was expected")
    return found
