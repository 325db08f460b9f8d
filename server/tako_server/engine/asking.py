"""Asking one provider one question: the engine's face to the core.

Here a provider's answer is finished (ids, domain, attribution), checked, and serialized once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from typing import assert_never

import structlog

from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import ProviderHealth
from tako_providers.sdk.errors import Disabled, NotConfigured, NotFound, ProviderError, ShapeChanged, TimedOut
from tako_providers.sdk.item_id import make_id
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.provider import (
    Detail,
    Lookup,
    Page,
    Provider,
    Related,
    Search,
    TermPage,
    Terms,
    Trending,
)
from tako_server.core.deadline import Deadline
from tako_server.core.error_table import meaning
from tako_server.core.ports import ANYTHING, Answer, Ask, Demand
from tako_server.core.providers import attribution
from tako_server.engine.exchange import Exchange
from tako_server.engine.upstream import EngineUpstream

PARTIAL_TTL = 600
"""Seconds that an answer stays fresh when something which enriches it failed."""
EMPTY_TTL = 600

_UNTITLED = frozenset((Item.OFFER, Item.IMAGE, Item.RULING, Item.VIDEO, Item.INSTRUCTION, Item.ACHIEVEMENT))

log = structlog.get_logger(__name__)


class UpstreamEngine:
    """Implements the core's ``Engine`` and ``Standing``: every question goes to the upstream."""

    def __init__(
        self,
        exchange: Exchange,
        secrets: Mapping[str, str],
        *,
        disabled: Collection[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._exchange = exchange
        self._secrets = secrets
        self._disabled = frozenset(disabled)
        self._clock = clock
        self._health: dict[str, ProviderHealth] = {}

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """The provider's answer within ``timeout`` seconds. Raises the errors of ``sdk.errors``."""
        manifest = provider.manifest
        self._check_usable(manifest)
        up = EngineUpstream(provider, self._secrets_of(manifest), self._exchange, Deadline.after(timeout))
        try:
            async with asyncio.timeout(timeout):
                result = await _call(provider, ask, up)
            answer = self._finished(manifest, ask, result, partial=up.partial)
        except TimeoutError:
            raise self._failed(manifest, ask, TimedOut(f"{manifest.title} did not answer in time")) from None
        except ProviderError as error:
            raise self._failed(manifest, ask, error) from error.__cause__
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            # The rim of a provider's code: a mapper that stumbles has met a shape that it does not know.
            log.error("provider.mapping_failed", provider=manifest.id, operation=_operation(ask), exc_info=error)
            changed = ShapeChanged(f"{manifest.title} answered in a shape that is not known")
            raise self._failed(manifest, ask, changed) from error
        self._health.setdefault(manifest.id, ProviderHealth(state=ProviderHealth.READY)).last_success.GetCurrentTime()
        return answer

    def has_setting(self, manifest: Manifest, variable: str) -> bool:
        """Whether a setting of the provider is set."""
        return variable in self._secrets_of(manifest)

    def is_enabled(self, manifest: Manifest) -> bool:
        """Whether an operator has left it on."""
        return manifest.id not in self._disabled

    def health(self, manifest: Manifest) -> ProviderHealth:
        """When it last answered and failed."""
        return self._health.get(manifest.id) or ProviderHealth(state=ProviderHealth.READY)

    def _secrets_of(self, manifest: Manifest) -> dict[str, str]:
        wanted = (secret.variable for secret in manifest.secrets)
        return {name: self._secrets[name] for name in wanted if self._secrets.get(name)}

    def _check_usable(self, manifest: Manifest) -> None:
        if not self.is_enabled(manifest):
            raise Disabled(f"{manifest.title} is switched off on this server", provider=manifest.id)
        missing = tuple(
            secret.variable
            for secret in manifest.secrets
            if secret.required and not self.has_setting(manifest, secret.variable)
        )
        if missing:
            raise NotConfigured(
                f"{manifest.title} needs {' and '.join(missing)} to be set on this server",
                provider=manifest.id,
                variables=missing,
            )

    def _failed(self, manifest: Manifest, ask: Ask, error: ProviderError) -> ProviderError:
        error.provider = error.provider or manifest.id
        if not isinstance(error, NotFound):
            health = self._health.setdefault(manifest.id, ProviderHealth(state=ProviderHealth.READY))
            health.last_failure.GetCurrentTime()
            health.last_failure_reason = meaning(error).reason
            log.warning(
                "provider.failed",
                provider=manifest.id,
                operation=_operation(ask),
                reason=meaning(error).reason,
                message=str(error),
            )
        return error

    def _finished(self, manifest: Manifest, ask: Ask, result: Item | Page | TermPage, *, partial: bool) -> Answer:
        now = self._clock()
        following, total, is_estimate, ignored = "", None, False, tuple[str, ...]()
        match result:
            case TermPage():
                parts = tuple(term.SerializeToString() for term in result.terms)
                following, total = result.next, result.total
            case Page():
                for item in result.items:
                    _finish_item(manifest, ask, item)
                parts = tuple(item.SerializeToString() for item in result.items)
                following, total = result.next, result.total
                is_estimate, ignored = result.total_is_estimate, result.ignored
            case Item():
                _finish_item(manifest, ask, result)
                parts = (result.SerializeToString(),)
            case _:
                raise TypeError(f"{_operation(ask)} of {manifest.id} gave no page")
        return Answer(
            parts=parts,
            next=following,
            total=total,
            total_is_estimate=is_estimate,
            ignored=ignored,
            partial=partial,
            fetched_at=now,
            expires_at=now + _ttl(manifest, ask, empty=not parts, partial=partial),
        )


async def _call(provider: Provider, ask: Ask, up: EngineUpstream) -> Item | Page | TermPage:
    match ask:
        case Search():
            return await provider.search(ask, up)
        case Detail():
            return await provider.detail(ask, up)
        case Trending():
            return await provider.trending(ask, up)
        case Related():
            return await provider.related(ask, up)
        case Terms():
            return await provider.terms(ask, up)
        case Lookup():
            return await provider.lookup(ask, up)
    assert_never(ask)


def _operation(ask: Ask) -> str:
    return type(ask).__name__.lower()


def _finish_item(manifest: Manifest, ask: Ask, item: Item) -> None:
    """Fill in what every item of a provider has, and check what none may lack."""
    if not item.kind or not item.source_id:
        raise ShapeChanged(f"{manifest.title} gave an item without an id")
    if not item.title and item.kind not in _UNTITLED:
        raise ShapeChanged(f"{manifest.title} gave an item without a title: {item.source_id}")
    item.provider = manifest.id
    item.id = make_id(manifest.id, item.kind, item.source_id)
    item.domain = ask.domain if not isinstance(ask, Lookup) else manifest.domains[0]
    if not item.HasField("attribution"):
        item.attribution.CopyFrom(attribution(manifest))
    if isinstance(ask, Detail):
        item.ClearField("context")


def _ttl(manifest: Manifest, ask: Ask, *, empty: bool, partial: bool) -> int:
    """Seconds that an answer is fresh (design: TTLs per operation; empty and partial answers shorter)."""
    ttl = manifest.ttl
    match ask:
        case Detail() | Related() | Lookup():
            seconds = ttl.detail
        case Terms():
            seconds = ttl.static
        case Trending():
            spec = manifest.feed_spec(ask.feed)
            seconds = spec.ttl if spec is not None and spec.ttl is not None else ttl.feed
        case _:
            seconds = ttl.search
    if empty:
        seconds = min(seconds, EMPTY_TTL)
    return min(seconds, PARTIAL_TTL) if partial else seconds
