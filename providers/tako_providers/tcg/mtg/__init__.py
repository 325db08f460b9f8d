"""Magic: The Gathering, from Scryfall."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Any
from urllib.parse import quote

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation, Unique
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
    one_line,
    page_number,
    primary,
)
from tako_providers.tcg.mtg import cards

_TEXTS = (
    ("set", "e:"),
    ("rarity", "r:"),
    ("number", "cn:"),
    ("artist", "a:"),
    ("text", "o:"),
    ("supertype", "t:"),
    ("format", "f:"),
)
"""Filters and what they are in Scryfall's syntax (https://scryfall.com/docs/syntax)."""
_LISTS = (("card_types", "t:"), ("subtypes", "t:"), ("colors", "c:"))
_BOUNDS = (
    ("min_cost", "mv>="),
    ("max_cost", "mv<="),
    ("min_power", "pow>="),
    ("max_power", "pow<="),
    ("min_toughness", "tou>="),
    ("max_toughness", "tou<="),
)
_ORDERS = {
    Order.TITLE: "name",
    Order.RELEASE_DATE: "released",
    Order.POPULARITY: "edhrec",
    Order.PRICE: "usd",
    Order.NUMBER: "set",
}
_UNIQUE = {Unique.CARDS: "cards", Unique.PRINTS: "prints", Unique.ART: "art"}

MANIFEST = Manifest(
    id=cards.PROVIDER,
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
        "Card data and prices from Scryfall. Magic: The Gathering is a trademark of Wizards of the Coast, who "
        "neither make nor endorse this.",
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
    notes="A query with a colon is taken as Scryfall's own search syntax. Prices are daily estimates.",
    kinds=(
        KindSpec(
            Item.TRADING_CARD,
            search=True,
            default=True,
            detail=True,
            filters=(*(name for name, _ in (*_TEXTS, *_LISTS, *_BOUNDS)), "released_from", "released_to", "unique"),
            orders=tuple(_ORDERS),
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
        RelationSpec(Relation.VERSIONS, (Item.TRADING_CARD,), (Item.TRADING_CARD,)),
        RelationSpec(Relation.RULINGS, (Item.TRADING_CARD,), (Item.RULING,)),
    ),
    terms=(TermSpec(Term.SETS),),
    lookups=("scryfall_oracle", "multiverse", "mtgo", "arena", "tcgplayer", "cardmarket", "card_number"),
    tier=Tier.GOLD,
)

_RELEASED = "year>=1993 date<=now"
"""All cards that are out. A search needs some condition."""
_LANGUAGES = frozenset(("en", "es", "fr", "de", "it", "pt", "ja", "ko", "ru", "he", "la", "grc", "ar", "sa"))
_ANYWHERE = "any-"
"""Opens the cursor of a list in all languages, that stands in for an empty one in the language asked for."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SET_CODE = re.compile(r"[A-Za-z0-9_]+")
_PRINT = re.compile(r"([A-Za-z0-9_]{2,8})/([^\s/]+)")
_SYNTAX = re.compile(r"[:=<>]\S")
"""`o:flying` and `mv>=3` are syntax, `Circle of Protection: Red` is a name."""
_WORD = re.compile(r"\w+")
_OPERATORS = frozenset(("and", "or", "not"))


class Mtg(Provider):
    """Cards, printings, sets and rulings of Scryfall. https://scryfall.com/docs/api"""

    manifest = MANIFEST

    async def search(self, ask: Search[TradingCardsSearchRequest], up: Upstream) -> Page:
        """Cards by name, by filters, or by Scryfall's own syntax."""
        clauses = _clauses(ask.text, ask.filters)
        how = {
            "unique": _UNIQUE.get(ask.filters.unique),
            "order": _ORDERS.get(ask.order_by),
            "dir": _direction(ask),
        }
        fields = {name for name, _ in clauses}
        blamed = fields.pop() if len(fields) == 1 else "query"
        page, warnings = await _found(" ".join(clause for _, clause in clauses), ask, up, how, blamed)
        if not warnings:
            return page
        ignored = {name for name, clause in clauses if any(clause in warning for warning in warnings)}
        return Page(page.items, page.next, page.total, ignored=tuple(sorted(ignored)))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """A card or a set."""
        if ask.id.kind == Item.CARD_SET:
            return cards.card_set(await up.json(f"/sets/{_set_code(ask.id.source_id)}"))
        if ask.id.kind == Item.TRADING_CARD:
            entry = await up.json(f"/cards/{_card_id(ask.id.source_id)}")
            return await _in_language(entry, ask.language, up)
        raise Unsupported("Scryfall has details of cards and sets only")

    async def trending(self, ask: Trending[TradingCardsTrendingRequest], up: Upstream) -> Page:
        """The newest cards or sets, or one card at random."""
        wanted = f"e:{_quoted(ask.filters.set)}" if ask.filters.set else ""
        if ask.feed == Feed.RANDOM:
            lang = _lang(ask.language)
            query = " ".join(filter(None, (wanted, f"lang:{lang}" if lang else "")))
            entry = await up.json("/cards/random", {"q": query}, allow=(400, 404, 422))
            _raise_refusal(entry, "set")
            return Page([] if _is_nothing(entry) else [cards.card(entry)])
        if ask.kind == Item.CARD_SET:
            entries, following = await _sets(ask.page, up)
            ignored = ("set",) if wanted else ()
            return Page([cards.card_set(entry) for entry in entries], following, ignored=ignored)
        how = {"unique": "prints", "order": "released", "dir": "desc"}
        page, _ = await _found(f"{_RELEASED} {wanted}".strip(), ask, up, how, "set")
        return page

    async def related(self, ask: Related[TradingCardsRelatedRequest], up: Upstream) -> Page:
        """The cards of a set, the printings of a card, the rulings on it."""
        if ask.relation == Relation.CARDS:
            how = {"unique": "prints", "order": "set", "include_extras": True, "include_variations": True}
            page, _ = await _found(f"e:{_set_code(ask.id.source_id)}", ask, up, how, "id")
            return page
        card_id = _card_id(ask.id.source_id)
        if ask.relation == Relation.RULINGS:
            found = await up.json(f"/cards/{card_id}/rulings")
            return Page([cards.ruling(card_id, n, entry) for n, entry in enumerate(_data(found), 1)])
        if ask.relation == Relation.VERSIONS:
            oracle = cards.oracle_id(await up.json(f"/cards/{card_id}"))
            if not oracle:
                raise ShapeChanged("a card of Scryfall has no oracle id")
            how = {"unique": "prints", "order": "released"}
            page, _ = await _found(f"oracleid:{oracle}", ask, up, how, "id")
            return page
        raise Unsupported("Scryfall has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """The sets, newest first."""
        if ask.term_id:
            return TermPage([cards.set_term(await up.json(f"/sets/{_set_code(ask.term_id)}"))])
        entries, following = await _sets(ask.page, up)
        return TermPage([cards.set_term(entry) for entry in entries], following)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The card of an id of Gatherer, Magic Online, Arena or a shop, or of a set's code and a number."""
        if ask.scheme == "scryfall_oracle":
            if not _UUID.fullmatch(ask.code):
                return Page([])
            found = await _searched(f"oracleid:{ask.code.lower()}", 1, up, {}, "code")
            return Page([cards.card(entry) for entry in _data(found)])
        if ask.scheme == "card_number":
            match = _PRINT.fullmatch(ask.code)
            if match is None:
                return Page([])
            path = _print_path(match[1].lower(), match[2])
        else:
            path = f"/cards/{ask.scheme}/{ask.code}"
        entry = await up.json(path, allow=(404,))
        return Page([] if _is_nothing(entry) else [await _in_language(entry, ask.language, up)])


async def _found(query: str, ask: Paged, up: Upstream, how: dict[str, Any], field: str) -> tuple[Page, list[str]]:
    """A page of cards and Scryfall's warnings: in the language asked for, or in all when it has none in that."""
    anywhere = ask.cursor.startswith(_ANYWHERE)
    number = page_number(ask.cursor.removeprefix(_ANYWHERE))
    lang = "" if anywhere or "lang:" in query else _lang(ask.language)
    here = f"({query}) lang:{lang}" if " or " in query.lower() else f"{query} lang:{lang}"
    found = await _searched(here if lang else query, number, up, how, field)
    entries = _data(found)
    if lang and number == 1 and not entries:
        anywhere = True
        found = await _searched(query, number, up, how, field)
        entries = _data(found)
    following = f"{_ANYWHERE if anywhere else ''}{number + 1}" if found.get("has_more") else ""
    page = Page([cards.card(entry) for entry in entries], following, found.get("total_cards"))
    return page, found.get("warnings") or []


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
    lang = _lang(language) or ("en" if primary(language) == "en" else "")
    if not lang or lang == entry.get("lang") or not (entry.get("set") and entry.get("collector_number")):
        return item
    path = _print_path(entry["set"], entry["collector_number"], lang)
    other = await up.optional(up.json(path, allow=(404,)))
    if not isinstance(other, dict) or other.get("object") != "card":
        return item
    return cards.card_detail(cards.in_other_language(entry, other))


def _clauses(text: str, filters: TradingCardsSearchRequest) -> list[tuple[str, str]]:
    """What is searched for, in Scryfall's syntax: the field of the request, and the clause that it gives."""
    given = {field.name: value for field, value in filters.ListFields()}
    clauses = [(name, f"{key}{_quoted(given[name])}") for name, key in _TEXTS if name in given]
    clauses += [(name, f"{key}{_quoted(value)}") for name, key in _LISTS for value in given.get(name, ())]
    clauses += [(name, f"{key}{given[name]:.12g}") for name, key in _BOUNDS if name in given]
    if "released_from" in given:
        clauses.append(("released_from", f"date>={(given['released_from'] + '-01-01')[:10]}"))
    if "released_to" in given:
        clauses.append(("released_to", f"date<={_last_day(given['released_to'])}"))
    if text and _SYNTAX.search(text):
        return [("query", f"({text})" if clauses else text), *clauses]
    return [*(("query", word) for word in _words(text)), *clauses]


def _last_day(date: str) -> str:
    """The last day that a partial date holds."""
    if len(date) == len("YYYY"):
        return f"{date}-12-31"
    if len(date) == len("YYYY-MM"):
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]}"
    return date


def _words(text: str) -> list[str]:
    """Words that the name must hold; those that mean something in the syntax are quoted."""
    words = (word.strip('.,;:!?()[]/"') for word in text.split())
    found = [
        word if _WORD.fullmatch(word) and word.lower() not in _OPERATORS else f'"{word}"' for word in words if word
    ]
    return found or ([_quoted(text)] if text else [])


def _quoted(value: str) -> str:
    return value if _WORD.fullmatch(value) else '"{}"'.format(value.replace('"', ""))


def _direction(ask: Paged) -> str | None:
    """Scryfall's direction. Its order by popularity is one of ranks: the most popular has the lowest."""
    if ask.descending is None:
        return None
    return "desc" if ask.descending != (ask.order_by == Order.POPULARITY) else "asc"


def _lang(language: str) -> str:
    """The code to search for ``language`` with; "" for English, of which Scryfall gives what there is by itself."""
    tag = language.replace("_", "-").lower()
    if primary(tag) == "zh":
        return "zht" if {"hant", "tw", "hk", "mo"} & set(tag.split("-")) else "zhs"
    return primary(tag) if primary(tag) in _LANGUAGES - {"en"} else ""


def _print_path(code: str, number: str, lang: str = "") -> str:
    """The address of a printing: set, collector number (`★` and other signs occur), language."""
    return "/".join(filter(None, ("/cards", code, quote(number, safe=""), lang)))


def _card_id(source_id: str) -> str:
    """A card's id. Any other word behind /cards/ would ask for something else."""
    if not _UUID.fullmatch(source_id):
        raise NotFound("Scryfall has no card with this id")
    return source_id


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
        said = one_line(" ".join(map(str, (found.get("details") or "", *(found.get("warnings") or ())))))[:300]
        raise InvalidField(field, f"is no search that Scryfall understands; it says: {said}")


def _data(found: Json) -> list[Json]:
    if not isinstance(found, dict) or found.get("object") != "list" or not isinstance(found.get("data"), list):
        raise ShapeChanged("Scryfall gave something else where a list was expected")
    return list(found["data"])
