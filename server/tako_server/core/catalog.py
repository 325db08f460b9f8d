"""The core's face: one method an operation, from a checked request to the serialized answer.

Answers are bytes: the items come serialized from the engine and are never parsed on the way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from google.protobuf.message import Message

from tako.v1.answers_pb2 import (
    BatchDetailResponse,
    BatchDetailResult,
    DetailResponse,
    LookupResponse,
    ProviderOutcome,
    RelatedResponse,
    SearchResponse,
    TermsResponse,
    TrendingResponse,
)
from tako.v1.item_pb2 import Item
from tako_providers.sdk.enums import Kind
from tako_providers.sdk.errors import InvalidField, TakoError, Unsupported
from tako_providers.sdk.item_id import parse_id
from tako_providers.sdk.manifest import Domain
from tako_providers.sdk.provider import Detail, Provider
from tako_server.core import search_events
from tako_server.core.codes import codes_to_ask
from tako_server.core.domains import CONTRACTS
from tako_server.core.envelope import Composed, answered_outcome, assemble, composed, failed_outcome, field, freshness
from tako_server.core.fields import demand_of, ignored_fields, language_of, region_of
from tako_server.core.grouping import Grouping, groups_of
from tako_server.core.listing import (
    MAX_PAGE_SIZE,
    Source,
    list_page,
    page_size_of,
    stream_sources,
    time_to_ask,
)
from tako_server.core.page_token import PageTokens, Position, fingerprint
from tako_server.core.ports import Answer, Budget, Engine
from tako_server.core.questions import (
    Chosen,
    lookup_sources,
    related_sources,
    search_sources,
    terms_source,
    trending_sources,
)
from tako_server.core.registry import Registry
from tako_server.core.status import rpc_status
from tako_server.core.translating import Translating

_MAX_AT_ONCE = 10
"""Details of one batch that are asked at the same time."""


@dataclass(frozen=True, slots=True)
class _Detailed:
    """One item with what became of its provider."""

    item: bytes
    outcome: ProviderOutcome
    answer: Answer


class Catalog:
    """Answers the questions of the contract."""

    def __init__(
        self, registry: Registry, engine: Engine, tokens: PageTokens, translating: Translating | None = None
    ) -> None:
        self._registry = registry
        self._engine = engine
        self._tokens = tokens
        self._translating = translating or Translating()

    async def search(self, domain: Domain, request: Any, budget: Budget) -> Composed:
        """SearchResponse of one domain."""
        chosen = search_sources(self._registry, domain, request)
        return await self._list(f"{domain}.search", request, chosen, SearchResponse, budget)

    async def trending(self, domain: Domain, request: Any, budget: Budget) -> Composed:
        """TrendingResponse of one domain."""
        chosen = trending_sources(self._registry, domain, request)
        return await self._list(f"{domain}.trending", request, chosen, TrendingResponse, budget)

    async def related(self, domain: Domain, request: Any, budget: Budget) -> Composed:
        """RelatedResponse of one item."""
        sources = related_sources(self._registry, domain, parse_id(request.id), request)
        return await self._list(f"{domain}.related", request, (sources, []), RelatedResponse, budget)

    async def terms(self, domain: Domain, request: Any, budget: Budget) -> Composed:
        """TermsResponse of one provider."""
        source = terms_source(self._registry, domain, request)
        return await self._list(f"{domain}.terms", request, ([source], []), TermsResponse, budget)

    async def detail(self, domain: Domain, request: Any, budget: Budget) -> Composed:
        """DetailResponse of one item."""
        found = await self._detail(domain, request.id, request, budget)
        items = await self._translating.parts(request, [found.item], [found.outcome], budget)
        rest = DetailResponse(outcome=found.outcome, freshness=freshness([found.answer]))
        return composed(assemble(items, rest), [found.answer], [found.outcome])

    async def search_all(self, request: Any, budget: Budget) -> Composed:
        """SearchResponse over several domains."""
        chosen = self._catalog_sources(request)
        return await self._list("catalog.search", request, chosen, SearchResponse, budget)

    async def search_stream(self, request: Any, budget: Budget) -> AsyncGenerator[bytes, None]:
        """Serialized SearchEvents: who is asked, then each provider's items and outcome as they come, then a summary.

        ``include_slow`` is implied: a stream keeps nobody waiting.
        """
        question = fingerprint("catalog.search", request)
        wanted = type(request)()
        wanted.CopyFrom(request)
        wanted.include_slow = True
        sources, aside = self._catalog_sources(wanted)
        start = self._tokens.read(request.page_token, question)
        page_size = page_size_of(request.page_size)

        async def finish(parts: Sequence[bytes], outcome: ProviderOutcome) -> Sequence[bytes]:
            return await self._translating.parts(request, parts, [outcome], budget)

        async with aclosing(stream_sources(self._engine, sources, start, page_size, budget, finish)) as arriving:
            yield search_events.started([s for s in sources if start is None or s.key in start], aside)
            outcomes: list[ProviderOutcome] = []
            answers: list[Answer] = []
            positions: dict[str, Position] = {}
            grouping = Grouping(language_of(request))
            async for source, parts, outcome, answer, position in arriving:
                if parts:
                    yield search_events.arrived(source, parts)
                if request.group:
                    grouping.add(parts)
                yield search_events.ended(outcome)
                outcomes.append(outcome)
                if answer is not None:
                    answers.append(answer)
                if position is not None:
                    positions[source.key] = position
        token = self._tokens.make(question, positions)
        yield search_events.summary(token, [*outcomes, *aside], freshness(answers), grouping.groups())

    async def batch_detail(self, request: Any, budget: Budget) -> bytes:
        """BatchDetailResponse: one result for each id, in their order."""
        gate = asyncio.Semaphore(_MAX_AT_ONCE)

        async def one(item_id: str) -> _Detailed | TakoError:
            async with gate:
                try:
                    provider = self._registry.get(parse_id(item_id, "ids").provider)
                    return await self._detail(provider.manifest.domains[0], item_id, request, budget)
                except TakoError as error:
                    return error

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(item_id)) for item_id in request.ids]
        found = [task.result() for task in tasks]
        there = [one for one in found if isinstance(one, _Detailed)]
        items, outcomes = [one.item for one in there], [one.outcome for one in there]
        items_left = iter(await self._translating.parts(request, items, outcomes, budget, one_each=True))
        results = [
            _result(item_id, one, b"" if isinstance(one, TakoError) else next(items_left))
            for item_id, one in zip(request.ids, found, strict=True)
        ]
        return assemble(results, BatchDetailResponse())

    async def lookup(self, request: Any, budget: Budget) -> Composed:
        """LookupResponse: the items of every provider that knows the code."""
        codes = codes_to_ask(request.scheme, request.code, self._registry)
        domains = {Domain(name) for name in request.domains} or set(Domain)
        sources, aside = lookup_sources(self._registry, domains, request, codes)
        if not sources:
            schemes = ", ".join(dict.fromkeys(scheme for scheme, _ in codes))
            raise Unsupported(aside[0].message if aside else f"no provider that may be asked looks up {schemes}")
        most = MAX_PAGE_SIZE * len(sources)
        listing = await list_page(self._engine, sources, None, most, budget, rounds=1)
        listing = await self._translating.listing(request, listing, budget)
        rest = LookupResponse(
            outcomes=[*listing.outcomes, *aside],
            freshness=freshness(listing.answers),
            groups=groups_of(request, listing.parts),
            scheme=codes[0][0],
            code=codes[0][1],
        )
        return composed(assemble(listing.parts, rest), listing.answers, listing.outcomes)

    async def _list(
        self, operation: str, request: Any, chosen: Chosen, response: type[Message], budget: Budget
    ) -> Composed:
        sources, aside = chosen
        question = fingerprint(operation, request)
        positions = self._tokens.read(request.page_token, question)
        listing = await list_page(self._engine, sources, positions, page_size_of(request.page_size), budget)
        listing = await self._translating.listing(request, listing, budget)
        rest: Any = response(
            next_page_token=self._tokens.make(question, listing.positions),
            outcomes=[*listing.outcomes, *aside],
            freshness=freshness(listing.answers),
        )
        if groups := groups_of(request, listing.parts):
            rest.groups.extend(groups)
        return composed(assemble(listing.parts, rest), listing.answers, listing.outcomes)

    async def _detail(self, domain: Domain, item_id: str, request: Any, budget: Budget) -> _Detailed:
        item = parse_id(item_id)
        provider = self._registry.in_domain(item.provider, domain)
        _check_has_detail(provider, item.kind)
        timeout = time_to_ask(provider, budget)
        ask = Detail(domain=domain, id=item, language=language_of(request), region=region_of(request))
        answer = await self._engine.ask(provider, ask, timeout, demand_of(request))
        outcome = answered_outcome(provider, domain, answer)
        outcome.item_count = 1
        outcome.ignored_fields.extend(ignored_fields(request, provider.manifest, ("region", "ids")))
        return _Detailed(answer.parts[0], outcome, answer)

    def _catalog_sources(self, request: Any) -> Chosen:
        """The sources of every domain asked for; keys tell domains and kinds apart."""
        domains = [Domain(name) for name in request.domains] or list(Domain)
        sources: list[Source] = []
        aside: list[ProviderOutcome] = []
        for provider_id in request.providers:
            self._registry.get(provider_id)
        for domain in domains:
            named = [p for p in request.providers if domain in self._registry.get(p).manifest.domains]
            if request.providers and not named:
                continue
            for kind in request.kinds or (Item.KIND_UNSPECIFIED,):
                self._add_domain(domain, kind, named, request, sources, aside)
        if not sources:
            raise Unsupported("no provider searches these kinds in these domains")
        return sources, aside

    def _add_domain(
        self,
        domain: Domain,
        kind: Kind,
        named: Sequence[str],
        request: Any,
        sources: list[Source],
        aside: list[ProviderOutcome],
    ) -> None:
        question = CONTRACTS[domain].search(query=request.query, providers=named, kind=kind)
        for descriptor, value in request.ListFields():
            if descriptor.name in _CARRIED:
                setattr(question, descriptor.name, value)
        if request.HasField("max_age"):
            question.max_age.CopyFrom(request.max_age)
        try:
            chosen, skipped = search_sources(self._registry, domain, question)
        except (Unsupported, InvalidField) as error:
            # This domain has nothing of the kind; the others are asked. Who was named is told so.
            aside += [failed_outcome(self._registry.get(name), domain, error, 0.0) for name in named]
            return
        scope = Item.Kind.Name(kind) if kind and len(request.kinds) > 1 else ""
        sources += [replace(s, key=f"{domain}/{s.key}/{int(kind)}", scope=scope) for s in chosen]
        aside += skipped


_CARRIED = frozenset(
    ("language", "region", "include_slow", "translate", "group", "adult", "order_by", "descending", "enrich", "refresh")
)
"""Fields of a catalog search that mean the same in a domain's search."""


_ITEM_OF_RESULT = BatchDetailResult.ITEM_FIELD_NUMBER


def _result(item_id: str, found: _Detailed | TakoError, item: bytes) -> bytes:
    """What became of one id of a batch; ``item`` stays serialized."""
    if isinstance(found, TakoError):
        return BatchDetailResult(id=item_id, error=rpc_status(found)).SerializeToString()
    result = BatchDetailResult(id=item_id, outcome=found.outcome, freshness=freshness([found.answer]))
    return result.SerializeToString() + field(_ITEM_OF_RESULT, item)


def _check_has_detail(provider: Provider, kind: Kind) -> None:
    manifest = provider.manifest
    spec = manifest.kind_spec(kind)
    if spec is None or not spec.detail:
        raise Unsupported(f"{manifest.title} has no details of {Item.Kind.Name(kind)}", provider=manifest.id)
