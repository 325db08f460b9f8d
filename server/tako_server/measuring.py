"""Connects the metrics to the parts of a server that they look at when Prometheus reads."""

from __future__ import annotations

from tako_providers.sdk.errors import Disabled, NotConfigured
from tako_providers.sdk.provider import Provider
from tako_server.cache.caching import CachingEngine, Kept
from tako_server.cache.memory import Memory
from tako_server.config import Settings
from tako_server.core.registry import Registry
from tako_server.engine.asking import UpstreamEngine
from tako_server.rpc.cache_metrics import CacheMetrics, CacheParts
from tako_server.rpc.interceptors.whole_answers import KeptWhole, WholeAnswers
from tako_server.rpc.metrics import Metrics
from tako_server.rpc.provider_metrics import ProviderStates
from tako_server.storage import Keeping


def look_at_cache(
    metrics: Metrics,
    settings: Settings,
    keeping: Keeping,
    engine: CachingEngine,
    memory: Memory[Kept],
    whole: WholeAnswers,
    shelf: Memory[KeptWhole],
) -> None:
    """Have the metrics show the levels of the cache, the store and its connections."""
    postgres = keeping.postgres
    parts = CacheParts(
        lookups={"whole": whole.lookups, **engine.lookups},
        shelves={"whole": shelf, "l1": memory},
        store=keeping.store.name,
        is_up=lambda: keeping.store.available,
        waiting=lambda: keeping.writer.waiting,
        lost=lambda: keeping.writer.dropped,
        pool=None if postgres is None else lambda: postgres.pool,
        folder=settings.cache_path.parent if keeping.store.name == "sqlite" else None,
    )
    CacheMetrics(metrics.registry, parts)


def look_at_providers(metrics: Metrics, registry: Registry, upstream: UpstreamEngine) -> None:
    """Have the metrics show how each provider stands."""

    def is_usable(provider: Provider) -> bool:
        try:
            upstream.check_usable(provider)
        except (Disabled, NotConfigured):
            return False
        return True

    metrics.providers.know(registry)
    ProviderStates(
        metrics.registry, registry, health=lambda provider: upstream.health(provider.manifest), is_usable=is_usable
    )
