"""Every route of the service that Tako replaces has a call here, and the call has an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from scripts import describe_routes
from scripts.describe_routes import Pairs, Route, rest
from tako.v1.answers_pb2 import ProviderOutcome
from tako_providers.sdk.item_id import parse_id
from tako_providers.sdk.manifest import Domain
from tako_server.core.domains import CONTRACTS
from tako_server.core.listing import Source
from tako_server.core.questions import related_sources, search_sources, terms_source, trending_sources
from tako_server.core.registry import Registry, load_providers
from tests.captures import ROOT
from tests.routes.conftest import TOKEN, Front

ROUTES = describe_routes.routes()
METHODS = describe_routes.methods()
RUN = [route for route in ROUTES if route.is_run and not route.is_web]
WEB = [route for route in ROUTES if route.is_run and route.is_web]
REGISTRY = Registry(load_providers().values())
DOMAINS = {contract.service.removeprefix("tako.v1."): domain for domain, contract in CONTRACTS.items()}
ASKED: dict[str, Callable[[Domain, Any], list[Source]]] = {
    "Search": lambda domain, request: search_sources(REGISTRY, domain, request)[0],
    "Trending": lambda domain, request: trending_sources(REGISTRY, domain, request)[0],
    "Related": lambda domain, request: related_sources(REGISTRY, domain, parse_id(request.id), request),
    "Terms": lambda domain, request: [terms_source(REGISTRY, domain, request)],
}
"""Who is asked for a request, and which of its fields they do not heed."""
OLD = ROOT.parent / "shared" / "routes.tsv"
"""The list of the old routes, which is no part of the project."""
_ENOUGH = 250


def request_of(method: MethodDescriptor, pairs: Pairs) -> Message:
    """The request with these fields, given as in a URL."""
    said: dict[str, Any] = {}
    for name, text in pairs:
        field = method.input_type.fields_by_name[name]
        if field.enum_type is not None:
            value: Any = text.upper()
        elif field.type == FieldDescriptor.TYPE_BOOL:
            value = {"true": True, "false": False}[text]
        else:
            value = text
        if field.is_repeated:
            said.setdefault(name, []).append(value)
        else:
            said[name] = value
    request: Message = json_format.ParseDict(said, GetMessageClass(method.input_type)())
    return request


def check(route: Route, asked: Any, answer: Any) -> None:
    """The answer holds what the old route gave: something, of the provider that was asked."""
    match route.call.partition("/")[2]:
        case "Detail":
            assert answer.item.id == asked.id
            assert answer.outcome.status == ProviderOutcome.OK
        case "Terms":
            assert answer.terms
        case "GetProvider":
            assert answer.provider.id == asked.provider
        case "ListProviders":
            assert answer.providers
            assert all(asked.domain in (*p.domains, *p.on_request_domains) for p in answer.providers)
        case "Search" | "Trending" | "Related" | "Lookup":
            assert answer.items
            named = set(getattr(asked, "providers", ())) or {item.provider for item in answer.items}
            assert {item.provider for item in answer.items} == named
            assert all(item.title or item.images or item.links or item.prices for item in answer.items)
            ignored = {name for outcome in answer.outcomes for name in outcome.ignored_fields}
            assert ignored == set(), "the provider must honour what the old route could say"


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("route", RUN, ids=lambda route: f"{route.method} {route.path}")
async def test_a_route_has_its_answer(front: Front, route: Route) -> None:
    method = METHODS[route.call]
    answer_type: type[Message] = GetMessageClass(method.output_type)
    asked = request_of(method, route.filled())
    call: Any = front.channel.unary_unary(
        f"/{method.containing_service.full_name}/{method.name}", response_deserializer=answer_type.FromString
    )
    answer = await call(asked.SerializeToString(), timeout=20, metadata=[("authorization", f"Bearer {TOKEN}")])
    check(route, asked, answer)

    over_rest = rest(method, route.filled(), safe="/")
    body = over_rest.body or None
    async with front.rest.request(over_rest.verb, over_rest.url, data=body) as reply:
        text = await reply.text()
        assert reply.status == 200, text
    check(route, asked, json_format.Parse(text, answer_type()))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("route", WEB, ids=lambda route: f"{route.method} {route.path}")
async def test_a_route_of_the_web_app_has_its_answer(front: Front, route: Route) -> None:
    async with front.rest.get(route.call.removeprefix("HTTP ")) as reply:
        assert reply.status == 200
        assert await reply.text()


def test_no_route_is_without_a_call_or_a_reason() -> None:
    for route in ROUTES:
        assert route.reason if route.is_out else route.is_web or route.call in METHODS, route.path


def test_enough_routes_are_run_and_what_is_not_says_why() -> None:
    mapped = [route for route in ROUTES if not route.is_out]
    left = {f"{route.method} {route.path}": route.reason for route in mapped if not route.is_run}
    assert len(RUN) + len(WEB) == len(mapped) - len(left)
    assert len(RUN) + len(WEB) >= _ENOUGH
    assert all(left.values())


def test_arguments_are_fields_of_their_requests() -> None:
    for route in ROUTES:
        if route.call in METHODS:
            known = METHODS[route.call].input_type.fields_by_name
            assert [name for name, _ in route.arguments if name not in known] == [], route.path


def test_every_domain_is_reached() -> None:
    assert {*DOMAINS} <= {route.call.partition("/")[0] for route in ROUTES}


@pytest.mark.parametrize("route", [r for r in RUN if r.call.partition("/")[2] in ASKED], ids=lambda r: r.path)
def test_the_provider_heeds_all_that_the_old_route_could_say(route: Route) -> None:
    service, _, operation = route.call.partition("/")
    request: Any = request_of(METHODS[route.call], route.filled())
    for name, _ in route.arguments:
        if name not in ("kind", "period", "translate", "language") and not getattr(request, name):
            _say(request, name)
    for source in ASKED[operation](DOMAINS[service], request):
        assert set(source.ignored) <= {"order_by"}, "order_by: the value said here is one of many"


def _say(request: Any, name: str) -> None:
    """Set a field to anything that it takes."""
    field = request.DESCRIPTOR.fields_by_name[name]
    if field.enum_type is not None:
        value: Any = field.enum_type.values[1].number
    else:
        value = {FieldDescriptor.CPPTYPE_BOOL: True, FieldDescriptor.CPPTYPE_STRING: "1"}.get(field.cpp_type, 1)
    if field.is_repeated:
        getattr(request, name).append(value)
    else:
        setattr(request, name, value)


@pytest.mark.skipif(not OLD.exists(), reason="the list of the old routes is not here")
def test_the_table_holds_every_old_route() -> None:
    rows = [line.split("\t") for line in OLD.read_text().splitlines()[1:]]
    assert [(route.method, route.path) for route in ROUTES] == [(row[0], row[1]) for row in rows]


def test_the_page_says_what_the_table_says() -> None:
    text = describe_routes.PAGE.read_text()
    assert text == describe_routes.page(), "run `make gen`"
    assert [route.path for route in ROUTES if f"{route.method} {route.path}`" not in text] == []
