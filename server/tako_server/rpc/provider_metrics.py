"""How providers do: as their callers see it, as the engine asks them, and each single request to an upstream."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from tako.v1.provider_service_pb2 import ProviderHealth
from tako_providers.sdk.errors import TakoError
from tako_providers.sdk.provider import Provider
from tako_server.core.error_table import meaning
from tako_server.core.ports import ANYTHING, Answer, Ask, Demand, Engine

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120)
"""Fewer than for calls: each bucket is there once for each provider."""
CANCELLED = "CANCELLED"
"""What became of a question whose caller went away."""


class ProviderMetrics:
    """All that is counted by provider. Labels are ids, and words of our own."""

    def __init__(self, registry: CollectorRegistry) -> None:
        answers = Counter(
            "tako_provider_answers",
            "What calls got of providers: hit, stale or miss, or the reason of the error.",
            ("provider", "outcome"),
            registry=registry,
        )
        answer_seconds = Histogram(
            "tako_provider_answer_seconds",
            "Time that calls waited for providers, answers that were kept included.",
            ("provider", "access"),
            registry=registry,
            buckets=_SECONDS,
        )
        asked = Counter(
            "tako_provider_requests",
            "Questions put to providers, by what became of them; OK, or the reason of the error.",
            ("provider", "operation", "outcome"),
            registry=registry,
        )
        asking = Histogram(
            "tako_provider_request_seconds",
            "Time that providers took for a question, their limit and retries included.",
            ("provider", "access"),
            registry=registry,
            buckets=_SECONDS,
        )
        upstream = Counter(
            "tako_upstream_requests",
            "Requests sent to upstreams, retries too: class of the status, or why there was none.",
            ("provider", "status"),
            registry=registry,
        )
        upstream_seconds = Histogram(
            "tako_upstream_request_seconds",
            "Time that single requests to upstreams took.",
            ("provider",),
            registry=registry,
            buckets=_SECONDS,
        )
        starts = Counter("tako_limiter_starts", "Requests that got their slot.", ("provider",), registry=registry)
        waited = Counter(
            "tako_limiter_waited_seconds", "Time that requests waited for their slot.", ("provider",), registry=registry
        )
        refusals = Counter(
            "tako_limiter_refusals",
            "Requests that were not sent: their slot was too far away.",
            ("provider",),
            registry=registry,
        )
        # Looking children up by their labels costs more than the rest; they are few, so they are kept.
        self._answers, self._answer_seconds = cache(answers.labels), cache(answer_seconds.labels)
        self._asked, self._asking = cache(asked.labels), cache(asking.labels)
        self._upstream, self._upstream_seconds = cache(upstream.labels), cache(upstream_seconds.labels)
        self._starts, self._waited, self._refusals = cache(starts.labels), cache(waited.labels), cache(refusals.labels)
        self._access: dict[str, str] = {}

    def know(self, providers: Iterable[Provider]) -> None:
        """Learn how each is asked: directly or by a browser."""
        self._access = {provider.manifest.id: provider.manifest.access.value for provider in providers}

    def answered(self, provider: str, outcome: str, seconds: float) -> None:
        """A call got something of a provider, kept or new, or an error."""
        self._answers(provider, outcome).inc()
        self._answer_seconds(provider, self._access.get(provider, "")).observe(seconds)

    def asked(self, provider: str, operation: str, outcome: str, seconds: float) -> None:
        """A provider was asked; ``outcome`` is OK or the reason of the error."""
        self._asked(provider, operation, outcome).inc()
        self._asking(provider, self._access.get(provider, "")).observe(seconds)

    def sent(self, provider: str, status: str, seconds: float) -> None:
        """One request was sent to an upstream; ``status`` is a class such as 2xx, or a word for none."""
        self._upstream(provider, status).inc()
        self._upstream_seconds(provider).observe(seconds)

    def waited(self, provider: str, seconds: float) -> None:
        """A request got its slot."""
        name = provider.partition(":")[0]  # a part of a provider counts as the provider
        self._starts(name).inc()
        self._waited(name).inc(seconds)

    def refused(self, provider: str) -> None:
        """A request would have had to wait too long."""
        self._refusals(provider.partition(":")[0]).inc()


class WatchedEngine:
    """Implements the core's ``Engine`` around another one, and tells what its callers get."""

    def __init__(self, inner: Engine, observe: Callable[[str, str, float], None]) -> None:
        self._inner = inner
        self._observe = observe

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """What the inner one gives."""
        began, outcome = time.monotonic(), "INTERNAL"
        try:
            answer = await self._inner.ask(provider, ask, timeout, demand)
            outcome = answer.state.value
        except TakoError as error:
            outcome = meaning(error).reason
            raise
        except asyncio.CancelledError:
            outcome = CANCELLED
            raise
        finally:
            self._observe(provider.manifest.id, outcome, time.monotonic() - began)
        return answer


class ProviderStates(Collector):
    """How each provider stands, looked up when Prometheus reads."""

    def __init__(
        self,
        registry: CollectorRegistry,
        providers: Iterable[Provider],
        *,
        health: Callable[[Provider], ProviderHealth],
        is_usable: Callable[[Provider], bool],
    ) -> None:
        self._providers = tuple(providers)
        self._health = health
        self._is_usable = is_usable
        registry.register(self)

    def describe(self) -> Iterable[Metric]:
        """The names, without values."""
        return _state_families()

    def collect(self) -> Iterator[Metric]:
        """What Prometheus reads. A time that is not known is not there."""
        usable, suspended, until, success = families = _state_families()
        for provider in self._providers:
            labels, health = (provider.manifest.id,), self._health(provider)
            usable.add_metric(labels, self._is_usable(provider))
            suspended.add_metric(labels, health.state == ProviderHealth.SUSPENDED)
            if health.HasField("suspended_until"):
                until.add_metric(labels, health.suspended_until.ToNanoseconds() / 1e9)
            if health.HasField("last_success"):
                success.add_metric(labels, health.last_success.ToNanoseconds() / 1e9)
        yield from families


def _state_families() -> tuple[GaugeMetricFamily, GaugeMetricFamily, GaugeMetricFamily, GaugeMetricFamily]:
    return (
        GaugeMetricFamily(
            "tako_provider_usable", "1 where it is switched on and has the settings that it needs.", labels=["provider"]
        ),
        GaugeMetricFamily(
            "tako_provider_suspended", "1 while the breaker leaves it alone, all of its parts.", labels=["provider"]
        ),
        GaugeMetricFamily(
            "tako_provider_suspended_until_timestamp_seconds",
            "When it may be asked again, as Unix time; absent while the breaker is closed.",
            labels=["provider"],
        ),
        GaugeMetricFamily(
            "tako_provider_last_success_timestamp_seconds",
            "When it last answered, as Unix time; absent until it has.",
            labels=["provider"],
        ),
    )
