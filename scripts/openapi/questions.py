"""What is asked for the examples of the document: one question for each operation that the samples can answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor

from scripts.describe_routes import Pairs, methods, routes
from scripts.openapi.operations import Binding, bindings, operation_id

_LIGHTHOUSE = "openlibrary/book/OL90000001W"
_BOOKS: Pairs = [("query", "sample lighthouse"), ("domains", "books"), ("providers", "openlibrary")]
_CHOSEN: dict[str, Pairs] = {
    "AdminService/DisableProvider": [("provider", "onepiece"), ("reason", "Its terms have changed.")],
    "AdminService/EnableProvider": [("provider", "onepiece")],
    "AdminService/ListJobs": [],
    "AdminService/PurgeCache": [("provider", "openlibrary"), ("older_than", "86400s")],
    "AdminService/RefreshExpired": [("max_entries", "10")],
    "AdminService/RefreshProvider": [("provider", "openlibrary"), ("max_entries", "10")],
    "AdminService/RunJob": [("job", "statistics")],
    "BoardGamesService/Related": [("id", "bgg/board_game/9900001"), ("relation", "VIDEOS")],
    "BoardGamesService/Trending": [("feed", "TRENDING")],
    "BooksService/Search": [("query", "sample lighthouse")],
    "BooksService/Detail": [("id", _LIGHTHOUSE)],
    "BooksService/Trending": [("feed", "TRENDING"), ("providers", "openlibrary"), ("period", "DAY")],
    "CatalogService/BatchDetail": [("ids", _LIGHTHOUSE), ("ids", "openlibrary/book/OL90000404W")],
    "CatalogService/Lookup": [("scheme", "isbn13"), ("code", "9780000000101"), ("providers", "openlibrary")],
    "CatalogService/Search": _BOOKS,
    "CatalogService/SearchStream": _BOOKS,
    "CollectiblesService/Trending": [("feed", "RECENT"), ("providers", "transformerland")],
    "EcommerceService/Trending": [("feed", "CHART"), ("marketplaces", "fr"), ("category", "toys")],
    "MediaService/Terms": [("provider", "tvdb"), ("terms", "GENRES")],
    "ProviderService/GetProvider": [("provider", "openlibrary")],
    "ProviderService/ListProviders": [("domain", "books")],
    "StickerAlbumsService/Trending": [("feed", "RECENT")],
    "TradingCardsService/Related": [
        ("id", "mtg/trading_card/7a4b0000-5a3e-4e00-8000-000000000001"),
        ("relation", "RULINGS"),
    ],
    "TradingCardsService/Trending": [("feed", "RANDOM"), ("providers", "mtg")],
}
"""Where there is no old route with an answer, or a better example than the first of them."""
_LAST = "AdminService/EnableProvider"


@dataclass(frozen=True, slots=True)
class Question:
    """One request."""

    operation_id: str
    verb: str
    url: str
    body: str
    """JSON; empty where there is none."""

    @property
    def told(self) -> str:
        """As a line for people."""
        return f"{self.verb} {self.url} {self.body}".strip()


def questions() -> Iterator[Question]:
    """One for each operation that has one; the others are what no provider does yet."""
    for method, pairs in asked():
        for binding in bindings(method):
            yield question(method, binding, pairs)


def asked() -> Iterator[tuple[MethodDescriptor, Pairs]]:
    """What each method is asked, by the names of its request's fields."""
    of_routes: dict[str, Pairs] = {}
    for route in routes():
        if route.is_run and not route.is_web:
            of_routes.setdefault(route.call, route.filled())
    # Operators last, and what they switch off is switched on again.
    order = sorted(methods().items(), key=lambda item: (item[0].startswith("AdminService/"), item[0] == _LAST))
    for call, method in order:
        pairs = _CHOSEN.get(call, of_routes.get(call))
        if pairs is not None:
            yield method, pairs


def question(method: MethodDescriptor, binding: Binding, pairs: Pairs) -> Question:
    """The request of a method by one of its URLs, with these fields."""
    url, others = binding.path, []
    for name, value in pairs:
        if name in binding.in_path:
            url = url.replace(f"{{{name}}}", quote(value, safe="/" if binding.in_path[name] else ""))
        else:
            others.append((name, value))
    body = ""
    if binding.has_body:
        body = json.dumps(_body(method, others))
    elif others:
        url = f"{url}?{urlencode(others, safe='/')}"
    return Question(operation_id(method, binding), binding.verb.upper(), url, body)


def _body(method: MethodDescriptor, pairs: Pairs) -> dict[str, object]:
    """The fields as JSON."""
    found: dict[str, object] = {}
    for name, value in pairs:
        field: FieldDescriptor = method.input_type.fields_by_name[name]
        if field.is_repeated:
            found[field.camelcase_name] = [given for other, given in pairs if other == name]
        else:
            found[field.camelcase_name] = int(value) if field.cpp_type == FieldDescriptor.CPPTYPE_INT32 else value
    return found
