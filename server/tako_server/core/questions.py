"""From a request of the contract to the questions that are put to providers: who is asked, and what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from tako.v1.answers_pb2 import ProviderOutcome
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk.enums import FeedType, Kind
from tako_providers.sdk.errors import InvalidField, Unsupported
from tako_providers.sdk.item_id import ItemId
from tako_providers.sdk.manifest import Domain, FeedSpec, Manifest
from tako_providers.sdk.provider import FIRST, Lookup, Provider, Related, Search, Terms, Trending
from tako_server.core.envelope import failed_outcome
from tako_server.core.fields import demand_of, filters_of, ignored_fields, language_of, paging, region_of
from tako_server.core.listing import Source
from tako_server.core.ports import Ask
from tako_server.core.registry import Registry

Chosen = tuple[list[Source], list[ProviderOutcome]]
"""Who is asked, and the outcomes of those that are not, with the reason."""


def search_sources(registry: Registry, domain: Domain, request: Any) -> Chosen:
    """Who is asked for a search in ``domain``."""
    kind: Kind | None = request.kind or None
    if kind is not None:
        _check_kind(registry, domain, kind)
    named = bool(request.providers)
    sources: list[Source] = []
    aside: list[ProviderOutcome] = []
    candidates = _candidates(registry, domain, request.providers)
    waits = _waits_for_slow(request, (p.manifest for p in candidates if _searches(p.manifest, kind)))
    for provider in candidates:
        manifest = provider.manifest
        if not _searches(manifest, kind):
            if named:
                aside.append(_unsupported(manifest, domain, f"{manifest.title} does not search {_name(kind)}"))
            continue
        if manifest.slow and not waits:
            aside.append(_skipped(manifest, domain))
            continue
        sources += _in_parts(_search_source(provider, domain, request, kind))
    if not sources:
        raise Unsupported(aside[0].message if aside else _nobody_searches(domain, candidates, kind))
    return sources, aside


def _search_source(provider: Provider, domain: Domain, request: Any, kind: Kind | None) -> Source:
    manifest = provider.manifest
    specs = [s for s in manifest.kinds if (s.kind == kind if kind is not None else s.default)]
    honoured = {name for spec in specs for name in spec.filters}
    orders = {order for spec in specs for order in spec.orders}
    text = " ".join(request.query.split())
    common, filters = paging(request), filters_of(request)
    return Source(
        key=manifest.id,
        provider=provider,
        domain=domain,
        ask=lambda cursor: Search(domain=domain, text=text, kind=kind, cursor=cursor, filters=filters, **common),
        ignored=ignored_fields(request, manifest, honoured, orders),
        demand=demand_of(request),
    )


def trending_sources(registry: Registry, domain: Domain, request: Any) -> Chosen:
    """Who is asked for a feed in ``domain``."""
    kind: Kind | None = request.kind or None
    if kind is not None:
        _check_feed_kind(registry, domain, kind)
    named = bool(request.providers)
    sources: list[Source] = []
    aside: list[ProviderOutcome] = []
    candidates = _candidates(registry, domain, request.providers)
    with_feed = [p.manifest for p in candidates if _has_feed(p.manifest, request.feed, kind)]
    waits = _waits_for_slow(request, with_feed)
    for provider in candidates:
        manifest = provider.manifest
        feed = _feed(manifest, request.feed)
        if feed is None or (kind is not None and kind not in feed.kinds):
            if named:
                what = f"feed {Feed.Type.Name(request.feed)}" if request.feed else "feed"
                of_kind = f" of {_name(kind)}" if kind is not None else ""
                aside.append(_unsupported(manifest, domain, f"{manifest.title} has no {what}{of_kind}"))
            continue
        if feed.needs_region and not request.region:
            needed = InvalidField("region", f"is needed for this feed of {manifest.title}")
            if named or len(with_feed) == 1:
                raise needed
            aside.append(failed_outcome(provider, domain, needed, 0.0))
            continue
        if manifest.slow and not waits:
            aside.append(_skipped(manifest, domain))
            continue
        sources += _in_parts(_trending_source(provider, domain, request, feed, kind))
    if not sources:
        raise Unsupported(_no_feed(registry, domain, request.feed, kind, aside))
    return sources, aside


def _trending_source(provider: Provider, domain: Domain, request: Any, feed: FeedSpec, kind: Kind | None) -> Source:
    manifest = provider.manifest
    ignored = list(ignored_fields(request, manifest, feed.filters))
    period = request.period
    if period and period not in feed.periods:
        ignored.append("period")
        period = Period.TYPE_UNSPECIFIED
    chosen_period = period or (feed.periods[0] if feed.periods else Period.TYPE_UNSPECIFIED)
    common, filters = paging(request), filters_of(request)
    return Source(
        key=manifest.id,
        provider=provider,
        domain=domain,
        ask=lambda cursor: Trending(
            domain=domain,
            feed=feed.feed,
            kind=kind if kind is not None or feed.mixed else feed.kinds[0],
            period=chosen_period,
            cursor=cursor,
            filters=filters,
            **common,
        ),
        ignored=tuple(ignored),
        demand=demand_of(request),
    )


def related_sources(registry: Registry, domain: Domain, item: ItemId, request: Any) -> list[Source]:
    """The provider of ``item``, in all parts that are wanted, asked for a relation.

    Raises Unsupported when it lacks the relation or the kind.
    """
    provider = registry.in_domain(item.provider, domain)
    manifest = provider.manifest
    spec = manifest.relation_spec(request.relation, item.kind)
    if spec is None:
        relation = Relation.Type.Name(request.relation)
        raise Unsupported(f"{manifest.title} has no relation {relation} of {_name(item.kind)}", provider=manifest.id)
    kind: Kind | None = request.kind or None
    if kind is not None and kind not in spec.to_kinds:
        raise InvalidField("kind", f"must be one of {_names(spec.to_kinds)} for this relation")
    common, filters = paging(request), filters_of(request)
    source = Source(
        key=manifest.id,
        provider=provider,
        domain=domain,
        ask=lambda cursor: Related(
            domain=domain,
            id=item,
            relation=request.relation,
            kind=kind,
            cursor=cursor,
            filters=filters,
            **common,
        ),
        ignored=ignored_fields(request, manifest, spec.filters),
        demand=demand_of(request),
    )
    return _in_parts(source)


def terms_source(registry: Registry, domain: Domain, request: Any) -> Source:
    """The named provider, asked for a vocabulary. Raises Unsupported when it lacks it."""
    provider = registry.in_domain(request.provider, domain)
    manifest = provider.manifest
    spec = manifest.term_spec(request.terms)
    if spec is None:
        vocabulary = request.DESCRIPTOR.fields_by_name["terms"].enum_type.values_by_number[request.terms].name
        raise Unsupported(f"{manifest.title} has no vocabulary {vocabulary}", provider=manifest.id)
    if spec.parent_required and not request.parent:
        raise InvalidField("parent", f"is needed for this vocabulary of {manifest.title}")
    kind: Kind | None = request.kind or None
    if kind is not None and spec.kinds and kind not in spec.kinds:
        raise InvalidField("kind", f"must be one of {_names(spec.kinds)} for this vocabulary")
    ignored = [
        name for name, ok in (("parent", spec.parent), ("query", spec.query)) if getattr(request, name) and not ok
    ]
    common = paging(request)
    return Source(
        key=manifest.id,
        provider=provider,
        domain=domain,
        ask=lambda cursor: Terms(
            domain=domain,
            terms=request.terms,
            kind=kind if kind is not None else (spec.kinds[0] if spec.kinds else None),
            parent=request.parent,
            term_id=request.term_id,
            text=" ".join(request.query.split()),
            cursor=cursor,
            **common,
        ),
        ignored=(*ignored, *ignored_fields(request, manifest, (), ())),
        demand=demand_of(request),
    )


def lookup_sources(
    registry: Registry, domains: Collection[Domain], request: Any, codes: Sequence[tuple[str, str]]
) -> Chosen:
    """Who can look up one of ``codes`` (scheme, code), each provider with the first scheme that it takes."""
    kinds = tuple(request.kinds)
    named = [registry.get(provider_id) for provider_id in request.providers]
    able: list[tuple[Provider, Domain, tuple[str, str]]] = []
    aside: list[ProviderOutcome] = []
    for provider in named or list(registry):
        manifest = provider.manifest
        domain = next((d for d in manifest.domains if d in domains), None)
        match = next(((scheme, code) for scheme, code in codes if scheme in manifest.lookups), None)
        if domain is not None and match is not None and _has_one_of(manifest, kinds):
            able.append((provider, domain, match))
        elif named:
            message = f"{manifest.title} does not look up {codes[0][0]} for these kinds and domains"
            aside.append(_unsupported(manifest, domain or manifest.domains[0], message))
    waits = _waits_for_slow(request, (provider.manifest for provider, _, _ in able))
    sources: list[Source] = []
    for provider, domain, match in able:
        if provider.manifest.slow and not waits:
            aside.append(_skipped(provider.manifest, domain))
        else:
            sources.append(_lookup_source(provider, domain, request, match, kinds))
    return sources, aside


def _lookup_source(
    provider: Provider, domain: Domain, request: Any, match: tuple[str, str], kinds: tuple[Kind, ...]
) -> Source:
    scheme, code = match
    return Source(
        key=provider.manifest.id,
        provider=provider,
        domain=domain,
        ask=lambda _: Lookup(
            domain=domain,
            scheme=scheme,
            code=code,
            kinds=kinds,
            language=language_of(request),
            region=region_of(request),
        ),
        ignored=ignored_fields(request, provider.manifest, ("region",)),
        demand=demand_of(request),
    )


def _in_parts(source: Source) -> list[Source]:
    """One source for each part of the provider that is asked; itself where it is asked as a whole."""
    manifest = source.provider.manifest
    if manifest.parts is None:
        return [source]
    name, question = manifest.parts.field, source.ask(FIRST)
    if not isinstance(question, Search | Trending | Related) or not hasattr(question.filters, name):
        return [source]
    return [
        replace(source, key=manifest.part_id(part), scope=part, ask=partial(_of_part, source.ask, name, part))
        for part in source.provider.parts(question)
    ]


def _of_part(ask: Callable[[str], Ask], name: str, part: str, cursor: str) -> Ask:
    """The question for one part alone."""
    question: Any = ask(cursor)
    filters = type(question.filters)()
    filters.CopyFrom(question.filters)
    filters.ClearField(name)
    getattr(filters, name).append(part)
    asked: Ask = replace(question, filters=filters)
    return asked


def _candidates(registry: Registry, domain: Domain, named: Sequence[str]) -> list[Provider]:
    if named:
        return [registry.in_domain(provider_id, domain) for provider_id in named]
    return registry.of_domain(domain)


def _waits_for_slow(request: Any, manifests: Iterable[Manifest]) -> bool:
    """Whether providers that need a browser are asked: when they are wanted or named, or when there is no other."""
    return bool(request.include_slow or request.providers) or all(manifest.slow for manifest in manifests)


def _has_feed(manifest: Manifest, wanted: FeedType, kind: Kind | None) -> bool:
    feed = _feed(manifest, wanted)
    return feed is not None and (kind is None or kind in feed.kinds)


def _has_one_of(manifest: Manifest, kinds: Sequence[Kind]) -> bool:
    return not kinds or any(spec.kind in kinds for spec in manifest.kinds)


def _searches(manifest: Manifest, kind: Kind | None) -> bool:
    if kind is None:
        return any(spec.default for spec in manifest.kinds)
    spec = manifest.kind_spec(kind)
    return spec is not None and spec.search


def _nobody_searches(domain: Domain, candidates: Sequence[Provider], kind: Kind | None) -> str:
    if not candidates:
        return f"this server has no provider of {domain}"
    return f"no provider of {domain} searches {_name(kind)}"


def _check_kind(registry: Registry, domain: Domain, kind: Kind) -> None:
    known = sorted({spec.kind for p in _everyone(registry, domain) for spec in p.manifest.kinds if spec.search})
    if known and kind not in known:
        raise InvalidField("kind", f"must be one of {_names(known)} to search {domain}")


def _check_feed_kind(registry: Registry, domain: Domain, kind: Kind) -> None:
    known = sorted({k for p in _everyone(registry, domain) for feed in p.manifest.feeds for k in feed.kinds})
    if known and kind not in known:
        raise InvalidField("kind", f"must be one of {_names(known)} for the feeds of {domain}")


def _everyone(registry: Registry, domain: Domain) -> list[Provider]:
    return [p for p in registry if domain in p.manifest.domains]


def _feed(manifest: Manifest, feed: FeedType) -> FeedSpec | None:
    if feed:
        return manifest.feed_spec(feed)
    return manifest.feed_spec(Feed.TRENDING) or next(iter(manifest.feeds), None)


def _no_feed(
    registry: Registry, domain: Domain, feed: FeedType, kind: Kind | None, aside: Sequence[ProviderOutcome]
) -> str:
    if aside:
        return aside[0].message
    if not _everyone(registry, domain):
        return f"this server has no provider of {domain}"
    wanted = f"the feed {Feed.Type.Name(feed)}" if feed else "a feed"
    if kind is not None:
        wanted += f" of {_name(kind)}"
    asked = registry.of_domain(domain)
    others = [p.manifest for p in _everyone(registry, domain) if p not in asked and _has_feed(p.manifest, feed, kind)]
    if others:
        named = ", ".join(f"{manifest.title} (providers={manifest.id})" for manifest in others)
        return f"no provider of {domain} that is asked without being named has {wanted}; by name there is {named}"
    feeds = sorted({spec.feed for p in asked for spec in p.manifest.feeds if kind is None or kind in spec.kinds})
    there_are = f"; there are {', '.join(Feed.Type.Name(known) for known in feeds)}" if feeds else ""
    return f"no provider of {domain} has {wanted}{there_are}"


def _skipped(manifest: Manifest, domain: Domain) -> ProviderOutcome:
    return ProviderOutcome(
        provider=manifest.id,
        domain=domain,
        status=ProviderOutcome.SKIPPED,
        reason="PROVIDER_SLOW",
        message=f"{manifest.title} answers through a browser; include_slow or its name asks it",
    )


def _unsupported(manifest: Manifest, domain: Domain, message: str) -> ProviderOutcome:
    return ProviderOutcome(
        provider=manifest.id,
        domain=domain,
        status=ProviderOutcome.UNSUPPORTED,
        reason="OPERATION_UNSUPPORTED",
        message=message,
    )


def _name(kind: Kind | None) -> str:
    return Item.Kind.Name(kind) if kind is not None else "anything by default"


def _names(kinds: Collection[Kind]) -> str:
    return ", ".join(Item.Kind.Name(kind) for kind in kinds)
