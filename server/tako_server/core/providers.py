"""What ProviderService tells: the manifests, and how each provider stands on this server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tako.v1.item_parts_pb2 import Attribution
from tako.v1.provider_service_pb2 import (
    Access,
    DomainInfo,
    FeedCapability,
    GetProviderResponse,
    KindCapability,
    LanguageMode,
    ListProvidersResponse,
    Operation,
    Provider,
    ProviderHealth,
    RateLimit,
    RelationCapability,
    Setting,
    TermCapability,
    Tier,
)
from tako_providers.sdk.manifest import Domain, Manifest
from tako_server.core.domains import CONTRACTS
from tako_server.core.registry import Registry


class Standing(Protocol):
    """How a provider stands here, as the engine knows it."""

    def has_setting(self, manifest: Manifest, variable: str) -> bool:
        """Whether a setting of the provider is set."""
        ...

    def is_enabled(self, manifest: Manifest) -> bool:
        """Whether an operator has left it on."""
        ...

    def disabled_reason(self, manifest: Manifest) -> str:
        """Why an operator has switched it off, in words for operators."""
        ...

    def health(self, manifest: Manifest) -> ProviderHealth:
        """When it last answered and failed, and whether it is asked."""
        ...


class ProviderDirectory:
    """Answers ListProviders and GetProvider."""

    def __init__(self, registry: Registry, standing: Standing) -> None:
        self._registry = registry
        self._standing = standing

    def list(self, domain: str, *, configured_only: bool, to_operator: bool = False) -> bytes:
        """ListProvidersResponse, of one domain when it is named."""
        shown = [
            self._described(p.manifest, to_operator=to_operator)
            for p in self._registry
            if (not domain or domain in p.manifest.domains) and (not configured_only or self._configured(p.manifest))
        ]
        domains = [self._domain(d) for d in Domain if not domain or d == domain]
        return ListProvidersResponse(providers=shown, domains=domains).SerializeToString()

    def get(self, provider_id: str, *, to_operator: bool = False) -> bytes:
        """GetProviderResponse. Raises ProviderUnknown."""
        return GetProviderResponse(provider=self.one(provider_id, to_operator=to_operator)).SerializeToString()

    def one(self, provider_id: str, *, to_operator: bool = False) -> Provider:
        """One provider as it is now. Raises ProviderUnknown."""
        return self._described(self._registry.get(provider_id).manifest, to_operator=to_operator)

    def _described(self, manifest: Manifest, *, to_operator: bool) -> Provider:
        described = self._describe(manifest)
        if to_operator:
            described.disabled_reason = self._standing.disabled_reason(manifest)
        return described

    def _configured(self, manifest: Manifest) -> bool:
        return all(self._standing.has_setting(manifest, s.variable) for s in manifest.settings if s.required)

    def _domain(self, domain: Domain) -> DomainInfo:
        everyone = [p.manifest for p in self._registry if domain in p.manifest.domains]
        return DomainInfo(
            id=domain,
            service=CONTRACTS[domain].service,
            providers=[m.id for m in everyone if domain not in m.on_request],
            on_request=[m.id for m in everyone if domain in m.on_request],
            feeds=sorted({spec.feed for m in everyone for spec in m.feeds}),
            kinds=sorted({spec.kind for m in everyone for spec in m.kinds if spec.search}),
        )

    def _describe(self, manifest: Manifest) -> Provider:
        described = Provider(
            id=manifest.id,
            title=manifest.title,
            domains=[d for d in manifest.domains if d not in manifest.on_request],
            on_request_domains=[d for d in manifest.domains if d in manifest.on_request],
            homepage=manifest.homepage,
            terms_url=manifest.terms_url,
            attribution=attribution(manifest),
            access=Access.Type.Value(manifest.access.name),
            slow=manifest.slow,
            settings=[
                Setting(
                    variable=s.variable,
                    required=s.required,
                    configured=self._standing.has_setting(manifest, s.variable),
                    url=s.url,
                )
                for s in manifest.settings
            ],
            configured=self._configured(manifest),
            enabled=self._standing.is_enabled(manifest),
            languages=manifest.languages,
            language_mode=LanguageMode.Type.Value(manifest.language_mode.name),
            lookup_schemes=manifest.lookups,
            operations=_operations(manifest),
            image_policy=manifest.image_policy,
            notes=manifest.notes,
            health=self._standing.health(manifest),
            tier=Tier.Type.Value(manifest.tier.name),
        )
        described.timeout.FromMilliseconds(int(manifest.timeout * 1000))
        here = [s.variable for s in manifest.secrets if self._standing.has_setting(manifest, s.variable)]
        for limit in manifest.limits_when(here):
            told = RateLimit(calls=limit.calls)
            told.window.FromMilliseconds(int(limit.seconds * 1000))
            described.limits.append(told)
        _add_capabilities(described, manifest)
        return described


def attribution(manifest: Manifest) -> Attribution:
    """What upstream's terms ask to be shown."""
    wanted = manifest.attribution
    return Attribution(text=wanted.text, url=wanted.url, logo_required=wanted.logo_required)


def _operations(manifest: Manifest) -> Sequence[Operation.Type.ValueType]:
    has = {
        Operation.SEARCH: any(spec.search for spec in manifest.kinds),
        Operation.DETAIL: any(spec.detail for spec in manifest.kinds),
        Operation.TRENDING: bool(manifest.feeds),
        Operation.RELATED: bool(manifest.relations),
        Operation.TERMS: bool(manifest.terms),
        Operation.LOOKUP: bool(manifest.lookups),
    }
    return [operation for operation, there in has.items() if there]


def _add_capabilities(described: Provider, manifest: Manifest) -> None:
    described.kinds.extend(
        KindCapability(
            kind=s.kind,
            search=s.search,
            search_default=s.default,
            detail=s.detail,
            filters=s.filters,
            orders=s.orders,
            pages=s.pages,
        )
        for s in manifest.kinds
    )
    described.feeds.extend(
        FeedCapability(
            feed=s.feed,
            kinds=s.kinds,
            periods=s.periods,
            note=s.note,
            filters=s.filters,
            needs_region=s.needs_region,
            mixed=s.mixed,
        )
        for s in manifest.feeds
    )
    described.relations.extend(
        RelationCapability(
            relation=s.relation, from_kinds=s.from_kinds, to_kinds=s.to_kinds, note=s.note, filters=s.filters
        )
        for s in manifest.relations
    )
    described.terms.extend(
        TermCapability(terms=s.terms, kinds=s.kinds, parent=s.parent, parent_required=s.parent_required, query=s.query)
        for s in manifest.terms
    )
