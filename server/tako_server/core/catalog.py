"""The core's face: one method an operation, from a checked request to the serialized answer.

Answers are bytes: the items come serialized from the engine and are never parsed on the way.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message

from tako.v1.answers_pb2 import (
    BatchDetailResponse,
    BatchDetailResult,
    DetailResponse,
    LookupResponse,
    ProviderOutcome,
    RelatedResponse,
    SearchEvent,
    SearchResponse,
    TermsResponse,
    TrendingResponse,
)
from tako.v1.item_pb2 import Item
from tako_providers.sdk.enums import Kind
from tako_providers.sdk.errors import InvalidField, OutOfTime, TakoError, Unsupported
from tako_providers.sdk.item_id import parse_id
from tako_providers.sdk.manifest import Domain
from tako_providers.sdk.provider import Detail, Provider
from tako_server.core.codes import codes_to_ask
from tako_server.core.domains import CONTRACTS
from tako_server.core.envelope import answered_outcome, assemble, freshness
from tako_server.core.fields import demand_of, ignored_fields
from tako_server.core.listing import RESERVE, Listing, Source, list_page, page_size_of, stream_sources
from tako_server.core.page_token import PageTokens, Position, fingerprint
from tako_server.core.ports import Answer, Budget, Engine
from tako_server.core.questions import (
    Chosen,
    lookup_sources,
    related_source,
    search_sources,
    terms_source,
    trending_sources,
)
from tako_server.core.registry import Registry
from tako_server.core.status import rpc_status

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

    def __init__(self, registry: Registry, engine: Engine, tokens: PageTokens) -> None:
        self._registry = registry
        self._engine = engine
        self._tokens = tokens

    async def search(self, domain: Domain, request: Any, budget: Budget) -> bytes:
        """SearchResponse of one domain."""
        chosen = search_sources(self._registry, domain, request)
        return await self._list(f"{domain}.search", request, chosen, SearchResponse, budget)

    async def trending(self, domain: Domain, request: Any, budget: Budget) -> bytes:
        """TrendingResponse of one domain."""
        chosen = trending_sources(self._registry, domain, request)
        return await self._list(f"{domain}.trending", request, chosen, TrendingResponse, budget)

    async def related(self, domain: Domain, request: Any, budget: Budget) -> bytes:
        """RelatedResponse of one item."""
        source = related_source(self._registry, domain, parse_id(request.id), request)
        return await self._list(f"{domain}.related", request, ([source], []), RelatedResponse, budget)

    async def terms(self, domain: Domain, request: Any, budget: Budget) -> bytes:
        """TermsResponse of one provider."""
        source = terms_source(self._registry, domain, request)
        return await self._list(f"{domain}.terms", request, ([source], []), TermsResponse, budget)

    async def detail(self, domain: Domain, request: Any, budget: Budget) -> bytes:
        """DetailResponse of one item."""
        found = await self._detail(domain, request.id, request, budget)
        rest = DetailResponse(outcome=found.outcome, freshness=freshness([found.answer]))
        return assemble([found.item], rest)

    async def search_all(self, request: Any, budget: Budget) -> bytes:
        """SearchResponse over several domains."""
        chosen = self._catalog_sources(request)
        return await self._list("catalog.search", request, chosen, SearchResponse, budget)

    async def search_stream(self, request: Any, budget: Budget) -> AsyncIterator[bytes]:
        """Serialized SearchEvents: who is asked, then each provider's items and outcome as they come, then a summary.

        ``include_slow`` is implied: a stream keeps nobody waiting.
        """
        request.include_slow = True
        sources, aside = self._catalog_sources(request)
        started = SearchEvent()
        for source in sources:
            started.started.asked.add(
                provider=source.provider.manifest.id, domain=source.domain, status=ProviderOutcome.PENDING
            )
        started.started.asked.extend(aside)
        yield started.SerializeToString()
        outcomes: list[ProviderOutcome] = []
        answers: list[Answer] = []
        positions: dict[str, Position] = {}
        page_size = page_size_of(request.page_size)
        async for source, parts, outcome, answer, position in stream_sources(self._engine, sources, page_size, budget):
            if parts:
                yield _items_event(source, parts)
            yield SearchEvent(outcome=outcome).SerializeToString()
            outcomes.append(outcome)
            if answer is not None:
                answers.append(answer)
            if position is not None:
                positions[source.key] = position
        summary = SearchEvent()
        summary.summary.next_page_token = self._tokens.make(fingerprint("catalog.search", request), positions)
        summary.summary.outcomes.extend([*outcomes, *aside])
        if (age := freshness(answers)) is not None:
            summary.summary.freshness.CopyFrom(age)
        yield summary.SerializeToString()

    async def batch_detail(self, request: Any, budget: Budget) -> bytes:
        """BatchDetailResponse: one result for each id, in their order."""
        gate = asyncio.Semaphore(_MAX_AT_ONCE)
        results: list[BatchDetailResult] = [BatchDetailResult(id=item_id) for item_id in request.ids]

        async def fill(result: BatchDetailResult) -> None:
            async with gate:
                try:
                    provider = self._registry.get(parse_id(result.id, "ids").provider)
                    found = await self._detail(provider.manifest.domains[0], result.id, request, budget)
                except TakoError as error:
                    result.error.CopyFrom(rpc_status(error))
                else:
                    result.item.MergeFromString(found.item)
                    result.outcome.CopyFrom(found.outcome)
                    if (age := freshness([found.answer])) is not None:
                        result.freshness.CopyFrom(age)

        async with asyncio.TaskGroup() as group:
            for result in results:
                group.create_task(fill(result))
        return BatchDetailResponse(results=results).SerializeToString()

    async def lookup(self, request: Any, budget: Budget) -> bytes:
        """LookupResponse: the items of every provider that knows the code."""
        codes = codes_to_ask(request.scheme, request.code, self._registry)
        domains = {Domain(name) for name in request.domains} or set(Domain)
        sources = lookup_sources(self._registry, domains, request, codes)
        if not sources:
            schemes = ", ".join(dict.fromkeys(scheme for scheme, _ in codes))
            raise Unsupported(f"no provider that may be asked looks up {schemes}")
        listing = await list_page(self._engine, sources, None, page_size_of(0) * len(sources), budget)
        rest = LookupResponse(
            outcomes=listing.outcomes, freshness=freshness(listing.answers), scheme=codes[0][0], code=codes[0][1]
        )
        return assemble(listing.parts, rest)

    async def _list(
        self, operation: str, request: Any, chosen: Chosen, response: type[Message], budget: Budget
    ) -> bytes:
        sources, aside = chosen
        question = fingerprint(operation, request)
        positions = self._tokens.read(request.page_token, question)
        listing = await list_page(self._engine, sources, positions, page_size_of(request.page_size), budget)
        return assemble(listing.parts, self._envelope(response, listing, aside, question))

    def _envelope(
        self, response: type[Message], listing: Listing, aside: Sequence[ProviderOutcome], question: bytes
    ) -> Message:
        return response(
            next_page_token=self._tokens.make(question, listing.positions),
            outcomes=[*listing.outcomes, *aside],
            freshness=freshness(listing.answers),
        )

    async def _detail(self, domain: Domain, item_id: str, request: Any, budget: Budget) -> _Detailed:
        item = parse_id(item_id)
        provider = self._registry.in_domain(item.provider, domain)
        _check_has_detail(provider, item.kind)
        timeout = min(provider.manifest.timeout, budget.left() - RESERVE)
        if timeout <= 0:
            raise OutOfTime("no time was left to ask the provider")
        ask = Detail(domain=domain, id=item, language=request.language, region=request.region.upper())
        started = time.monotonic()
        answer = await self._engine.ask(provider, ask, timeout, demand_of(request))
        outcome = answered_outcome(provider, domain, answer, time.monotonic() - started)
        outcome.item_count = 1
        outcome.ignored_fields.extend(ignored_fields(request, provider.manifest, ("region",)))
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
        except (Unsupported, InvalidField):
            return  # this domain has nothing of the kind; the others are asked
        suffix = f"/{Item.Kind.Name(kind)}" if kind else ""
        sources += [Source(f"{domain}/{s.key}{suffix}", s.provider, s.domain, s.ask, s.ignored) for s in chosen]
        aside += skipped


_CARRIED = frozenset(
    ("language", "region", "include_slow", "translate", "group", "adult", "order_by", "descending", "enrich", "refresh")
)
"""Fields of a catalog search that mean the same in a domain's search."""


def _items_event(source: Source, parts: Sequence[bytes]) -> bytes:
    event = SearchEvent()
    event.items.provider = source.provider.manifest.id
    event.items.domain = source.domain
    for part in parts:
        event.items.items.add().MergeFromString(part)
    return event.SerializeToString()


def _check_has_detail(provider: Provider, kind: Kind) -> None:
    manifest = provider.manifest
    spec = manifest.kind_spec(kind)
    if spec is None or not spec.detail:
        raise Unsupported(f"{manifest.title} has no details of {Item.Kind.Name(kind)}", provider=manifest.id)
