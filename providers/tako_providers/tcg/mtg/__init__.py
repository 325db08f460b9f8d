"""Magic: The Gathering, from Scryfall."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
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
    FIRST,
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
    one_line,
    page_number,
    primary,
    text_in,
    texts_in,
)
from tako_providers.tcg.mtg import cards, sets, syntax
from tako_providers.tcg.mtg.parts import PROVIDER

MANIFEST = Manifest(
    id=PROVIDER,
    title="Magic: The Gathering (Scryfall)",
    domains=(Domain.TCG,),
    homepage="https://scryfall.com",
    base_url="https://api.scryfall.com",
    hosts=frozenset(("api.scryfall.com",)),
    content_hosts=frozenset(
        (
            "scryfall.com",
            "cards.scryfall.io",
            "c1.scryfall.com",
            "svgs.scryfall.io",
            "www.tcgplayer.com",
            "www.cardmarket.com",
            "www.cardhoarder.com",
            "gatherer.wizards.com",
            "edhrec.com",
        )
    ),
    attribution=Attribution(
        # The second part is the notice that the Fan Content Policy asks for, word for word.
        "Card data and prices from Scryfall. Tako is unofficial Fan Content permitted under the Fan Content Policy. "
        "Not approved/endorsed by Wizards. Portions of the materials used are property of Wizards of the Coast. "
        "©Wizards of the Coast LLC.",
        "https://scryfall.com",
    ),
    terms_url="https://scryfall.com/docs/api",
    # 10 a second in all, and 2 a second for searches; who passes that is locked out, in the end for good.
    limits=(Limit(2, seconds=1.0),),
    ttl=Ttl(search=86400, detail=86400),  # asked for by Scryfall; prices change once a day
    headers={"Accept": "application/json;q=0.9,*/*;q=0.8"},  # no answer without one
    languages=("en", "es", "fr", "de", "it", "pt", "ja", "ko", "ru", "zh-Hans", "zh-Hant"),
    language_mode=LanguageMode.NATIVE,
    delivery_params=frozenset(
        ("unique", "order", "dir", "include_extras", "include_multilingual", "include_variations")
    ),
    image_policy="Show pictures whole: artist and copyright may not be cut off or covered.",
    notes="A query with a colon, or with '!' at its start, is taken as Scryfall's own search syntax. Prices are daily "
    "estimates.",
    kinds=(
        KindSpec(
            Item.TRADING_CARD,
            search=True,
            default=True,
            detail=True,
            filters=syntax.FILTERS,
            orders=tuple(syntax.ORDERS),
        ),
        KindSpec(Item.CARD_SET, detail=True),
        KindSpec(Item.RULING),
    ),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            (Item.TRADING_CARD, Item.CARD_SET),
            note="Cards: a search by date of release. Sets: Scryfall's list, announced ones first.",
            filters=("set",),
        ),
        FeedSpec(Feed.RANDOM, (Item.TRADING_CARD,), filters=("set",), ttl=0),
    ),
    relations=(
        RelationSpec(Relation.CARDS, (Item.CARD_SET,), (Item.TRADING_CARD,)),
        RelationSpec(
            Relation.VERSIONS,
            (Item.TRADING_CARD,),
            (Item.TRADING_CARD,),
            note="Printings in all languages, or in the one that is named.",
        ),
        RelationSpec(Relation.RULINGS, (Item.TRADING_CARD,), (Item.RULING,)),
    ),
    terms=(TermSpec(Term.SETS, query=True),),
    lookups=("scryfall_oracle", "multiverse", "mtgo", "arena", "tcgplayer", "cardmarket", "card_number"),
    tier=Tier.GOLD,
)

_ANYWHERE = "any-"
"""Opens the cursor of a list in all languages, where one in the language asked for would have none."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SET_CODE = re.compile(r"[A-Za-z0-9_]+")
_PRINT = re.compile(r"(?!(?:arena|mtgo|named|random|search)/)([A-Za-z0-9_]{2,8})/([^\s/]+)(?:/([a-z]{2,3}))?")
"""Set, collector number, language. The words in front mean something else behind /cards/."""


class Mtg(Provider):
    """Cards, printings, sets and rulings of Scryfall. https://scryfall.com/docs/api"""

    manifest = MANIFEST

    async def search(self, ask: Search[TradingCardsSearchRequest], up: Upstream) -> Page:
        """Cards by name, by filters, or by Scryfall's own syntax."""
        clauses = syntax.clauses(ask.text, ask.filters)
        how = {
            "unique": syntax.UNIQUE.get(ask.filters.unique),
            "order": syntax.ORDERS.get(ask.order_by),
            "dir": syntax.direction(ask),
        }
        fields = {name for name, _ in clauses}
        return await _found(clauses, ask, up, how, fields.pop() if len(fields) == 1 else "query")

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A card, by its id or by set and number, or a set."""
        if ask.id.kind == Item.CARD_SET:
            return sets.card_set(await up.json(_set_path(ask.id.source_id)))
        if ask.id.kind == Item.TRADING_CARD:
            return await _in_language(await up.json(_card_path(ask.id.source_id)), ask.language, up)
        raise Unsupported("Scryfall has details of cards and sets only")

    async def trending(self, ask: Trending[TradingCardsTrendingRequest], up: Upstream) -> Page:
        """The newest cards or sets, or one card at random."""
        wanted = [("set", f"e:{syntax.quoted(ask.filters.set)}")] if ask.filters.set else []
        if ask.feed == Feed.RANDOM:
            lang = syntax.language_code(ask.language)
            query = " ".join((*(clause for _, clause in wanted), *([f"lang:{lang}"] if lang else ())))
            entry = await up.json("/cards/random", {"q": query}, allow=(400, 404, 422))
            _raise_refusal(entry, "set")
            return Page([] if _is_nothing(entry) else [cards.card_detail(entry)])
        if ask.kind == Item.CARD_SET:
            entries, following = await _sets(ask.page, up)
            return Page([sets.card_set(one) for one in entries], following, ignored=tuple(name for name, _ in wanted))
        how = {"unique": "prints", "order": "released", "dir": "desc"}
        return await _found([*syntax.RELEASED, *wanted], ask, up, how, "set" if wanted else "feed")

    async def related(self, ask: Related[TradingCardsRelatedRequest], up: Upstream) -> Page:
        """The cards of a set, the printings of a card, the rulings on it."""
        source_id = ask.id.source_id
        if ask.relation == Relation.CARDS:
            if _UUID.fullmatch(source_id):
                source_id = sets.card_set(await up.json(_set_path(source_id))).source_id
            how = {"unique": "prints", "order": "set", "include_extras": True, "include_variations": True}
            return await _found([("id", f"e:{_set_code(source_id)}")], ask, up, how, "id")
        if ask.relation == Relation.RULINGS:
            if not _UUID.fullmatch(source_id):
                source_id = cards.card(await up.json(_card_path(source_id))).source_id
            found = await up.json(f"{_card_path(source_id)}/rulings")
            return Page([cards.ruling(source_id, n, entry) for n, entry in enumerate(_data(found), 1)])
        if ask.relation == Relation.VERSIONS:
            entry = await up.json(_card_path(source_id))
            oracle = cards.oracle_id(entry) if isinstance(entry, dict) else ""
            if not oracle:
                raise ShapeChanged("a card of Scryfall has no oracle id")
            return await _versions(oracle, ask, up)
        raise Unsupported("Scryfall has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The sets, newest first; those whose name or code holds the text."""
        if ask.term_id:
            entries, following = [await up.json(_set_path(ask.term_id))], FIRST
        else:
            entries, following = await _sets(ask.page, up)
        text = ask.text.casefold()
        found = (sets.set_term(entry) for entry in entries)
        return TermPage([one for one in found if text in one.name.casefold() or text in one.code.casefold()], following)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The card of an id of Gatherer, Magic Online, Arena or a shop, or of a set's code and a number."""
        if ask.scheme == "scryfall_oracle":
            if not _UUID.fullmatch(ask.code):
                return Page([])
            found = await _searched(f"oracleid:{ask.code.lower()}", 1, up, {}, "code")
            return Page([cards.card(entry) for entry in _data(found)])
        if ask.scheme == "card_number":
            path = _print_path(ask.code)
            if not path:
                return Page([])
        else:
            path = f"/cards/{ask.scheme}/{ask.code}"
        entry = await up.json(path, allow=(404,))
        return Page([] if _is_nothing(entry) else [await _in_language(entry, ask.language, up)])


async def _versions(oracle: str, ask: Related[TradingCardsRelatedRequest], up: Upstream) -> Page:
    """The printings in all languages, or in the one asked for.

    Where Scryfall fails to give those in all, those that it gives by itself: in English, as far as there are.
    """
    clauses, how = [("id", f"oracleid:{oracle}")], {"unique": "prints", "order": "released"}
    if ask.cursor == FIRST and not syntax.language_code(ask.language) and primary(ask.language) != "en":
        first = replace(ask, cursor=f"{_ANYWHERE}1")
        page = await up.optional(_found(clauses, first, up, how, "id", anywhere=" lang:any"))
        if page is not None:
            return page
    return await _found(clauses, ask, up, how, "id", anywhere=" lang:any")


async def _found(
    clauses: Sequence[syntax.Clause], ask: Paged, up: Upstream, how: dict[str, Any], field: str, anywhere: str = ""
) -> Page:
    """A page of cards: in the language asked for, or in all when it has none in that.

    ``field`` is to blame for what no clause is; ``anywhere`` is added to ask for all languages.
    """
    everywhere = ask.cursor.startswith(_ANYWHERE)
    number = page_number(ask.cursor.removeprefix(_ANYWHERE))
    query = " ".join(clause for _, clause in clauses)
    unbound = query + anywhere if everywhere else query
    lang = "" if everywhere or "lang:" in query else syntax.language_code(ask.language)
    found = await _searched(syntax.in_language(query, lang) if lang else unbound, number, up, how, field)
    if lang and number == 1 and not _data(found):
        everywhere = True
        found = await _searched(query + anywhere, number, up, how, field)
    asked = [*clauses, ("language", f"lang:{lang}")] if lang else clauses
    items = [cards.card(entry) for entry in _data(found)]
    warnings = texts_in(found, "warnings")
    ignored = syntax.blamed(warnings, asked, field)
    if "id" in syntax.blamed(warnings, asked, ""):  # what is left asks for something else
        raise InvalidField("id", _said(warnings))
    following = f"{_ANYWHERE if everywhere else ''}{number + 1}" if found.get("has_more") else ""
    return Page(items, following, count_in(found, "total_cards"), ignored=tuple(sorted(ignored)))


async def _searched(query: str, number: int, up: Upstream, how: dict[str, Any], field: str) -> Json:
    """The list of a search. ``field`` is to blame when Scryfall refuses it."""
    found = await up.json("/cards/search", {"q": query, "page": number, **how}, allow=(400, 404, 422))
    if _is_nothing(found):
        return {"object": "list", "data": [], "total_cards": 0}
    if number > 1 and isinstance(found, dict) and found.get("status") == 422:
        raise InvalidField("page_token", "lies behind the end of the list")
    _raise_refusal(found, field)
    return found


async def _sets(number: int, up: Upstream) -> tuple[list[Json], str]:
    """A page of the sets, and the cursor of the next. Today all come on one."""
    found = await up.json("/sets", {"page": number if number > 1 else None})
    return _data(found), str(number + 1) if found.get("has_more") else ""


async def _in_language(entry: Json, language: str, up: Upstream) -> Item:
    """The card, with the texts and the picture that it has in ``language``, when it was printed in it."""
    item = cards.card_detail(entry)
    lang = syntax.language_code(language) or ("en" if primary(language) == "en" else "")
    code, number = text_in(entry, "set"), text_in(entry, "collector_number")
    if not lang or lang == text_in(entry, "lang") or not (code and number):
        return item
    other = await up.optional(up.json(_print_address(code, number, lang), allow=(404,)))
    if not isinstance(other, dict) or other.get("object") != "card":
        return item
    return cards.card_detail(cards.in_other_language(entry, other))


def _print_path(text: str) -> str:
    """The address of a printing that is written as set/number or set/number/language, "" for anything else."""
    match = _PRINT.fullmatch(text)
    return _print_address(match[1].lower(), match[2], match[3] or "") if match else ""


def _print_address(code: str, number: str, lang: str) -> str:
    """The address of a printing: set, collector number (`★` and other signs occur), language."""
    return "/".join(filter(None, ("/cards", code, quote(number, safe=""), lang)))


def _card_path(source_id: str) -> str:
    """The address of a card, by Scryfall's id or as a printing. Any other word there would ask for something else."""
    path = f"/cards/{source_id}" if _UUID.fullmatch(source_id) else _print_path(source_id)
    if not path:
        raise NotFound("Scryfall has no card with this id")
    return path


def _set_path(source_id: str) -> str:
    """The address of a set, by its code or by Scryfall's id."""
    return f"/sets/{source_id if _UUID.fullmatch(source_id) else _set_code(source_id)}"


def _set_code(source_id: str) -> str:
    if not _SET_CODE.fullmatch(source_id):
        raise NotFound("Scryfall has no set with this code")
    return source_id


def _is_nothing(found: Json) -> bool:
    """Whether Scryfall says that there is none: for an id, and for a search without hits."""
    return isinstance(found, dict) and found.get("object") == "error" and found.get("code") == "not_found"


def _raise_refusal(found: Json, field: str) -> None:
    """Raise InvalidField for ``field`` when Scryfall refuses a search: then its answer says why."""
    if isinstance(found, dict) and found.get("object") == "error" and not _is_nothing(found):
        raise InvalidField(field, _said([text_in(found, "details"), *texts_in(found, "warnings")]))


def _said(texts: Sequence[str]) -> str:
    return f"is no search that Scryfall understands; it says: {one_line(' '.join(texts))[:300]}"


def _data(found: Json) -> list[Json]:
    if not isinstance(found, dict) or found.get("object") != "list" or not isinstance(found.get("data"), list):
        raise ShapeChanged("Scryfall gave something else where a list was expected")
    return list(found["data"])
