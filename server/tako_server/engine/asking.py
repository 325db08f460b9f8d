"""Asking one provider one question: the engine's face to the core.

Here a provider's answer is finished (ids, domain, attribution), checked, and serialized once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Protocol, TypeVar, assert_never

import structlog

from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import ProviderHealth
from tako_providers.sdk.errors import (
    Disabled,
    InvalidField,
    NotConfigured,
    NotFound,
    OutOfTime,
    ProviderError,
    ShapeChanged,
    Suspended,
    TimedOut,
    Unsupported,
)
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
from tako_server.engine.breaker import PATIENCE
from tako_server.engine.exchange import Exchange
from tako_server.engine.kept import Kept
from tako_server.engine.protection import Protection
from tako_server.engine.upstream import EngineUpstream

_MOST = 0.9
"""Share of its time that a call must have had for its timeout to count against the upstream."""
_NOT_UPSTREAMS_FAULT = (NotFound, Unsupported, Suspended)

_UNTITLED = frozenset((Item.OFFER, Item.IMAGE, Item.RULING, Item.VIDEO, Item.INSTRUCTION, Item.ACHIEVEMENT))

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Switches(Protocol):
    """What operators have switched off."""

    def is_off(self, provider: str) -> bool:
        """Whether it is switched off."""
        ...

    def reason(self, provider: str) -> str:
        """Why, as the operator said."""
        ...


class UpstreamEngine:
    """Implements the core's ``Engine`` and ``Standing``: every question goes to the upstream."""

    def __init__(
        self,
        exchange: Exchange,
        secrets: Mapping[str, str],
        *,
        disabled: Collection[str] = (),
        switches: Switches | None = None,
        lacking: Collection[str] = (),
        protection: Protection | None = None,
        observe: Callable[[str, str, str, float], None] = lambda *_: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``disabled`` are off by a setting, ``switches`` knows what operators have switched since.

        ``lacking`` are those of the server's own settings that providers can use and that are not set (FSR_URL).

        ``protection`` is None in replay mode, where nothing is asked that needs any.

        ``observe`` is told of every question: provider, operation, what became of it (OK or the reason), seconds.
        """
        self._exchange = exchange
        self._secrets = secrets
        self._disabled = frozenset(disabled)
        self._switches = switches
        self._lacking = frozenset(lacking)
        self._protection = protection
        self._kept = Kept()
        self._observe = observe
        self._clock = clock

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """The provider's answer within ``timeout`` seconds. Raises the errors of ``sdk.errors``."""
        manifest = provider.manifest
        self.check_usable(provider)
        started = time.monotonic()
        secrets, deadline = self._secrets_of(manifest), Deadline.after(timeout)
        name = _asked_as(provider, ask)
        up = EngineUpstream(provider, secrets, self._exchange, deadline, self._protection, self._kept, name)
        try:
            with self._guarded(manifest, name):
                result = await self._within(timeout, manifest, _call(provider, ask, up))
            answer = self._finished(manifest, ask, result, partial=up.partial)
        except ProviderError as error:
            raise self._failed(manifest, ask, error, started) from error.__cause__
        except (InvalidField, OutOfTime):
            raise
        except Exception as error:
            # The rim of a provider's code: whatever stumbles there has met a shape that it does not know.
            log.error("provider.mapping_failed", provider=manifest.id, operation=_operation(ask), exc_info=error)
            changed = ShapeChanged(f"{manifest.title} answered in a shape that is not known")
            raise self._failed(manifest, ask, changed, started) from error
        answer = replace(answer, seconds=time.monotonic() - started)
        self._observe(manifest.id, _operation(ask), "OK", answer.seconds)
        return answer

    async def close(self) -> None:
        """Cancel what is being loaded for providers."""
        await self._kept.close()

    def has_setting(self, manifest: Manifest, variable: str) -> bool:
        """Whether a setting of the provider is set."""
        if any(secret.variable == variable for secret in manifest.secrets):
            return variable in self._secrets_of(manifest)
        return variable not in self._lacking and any(one.variable == variable for one in manifest.settings)

    def is_enabled(self, manifest: Manifest) -> bool:
        """Whether an operator has left it on."""
        return not self.is_off_by_setting(manifest.id) and not (
            self._switches is not None and self._switches.is_off(manifest.id)
        )

    def is_off_by_setting(self, provider: str) -> bool:
        """Whether a setting of this server keeps it off."""
        return provider in self._disabled

    def disabled_reason(self, manifest: Manifest) -> str:
        """Why an operator has switched it off, in words for operators."""
        if self.is_off_by_setting(manifest.id):
            return "TAKO_PROVIDERS_DISABLED names it"
        return "" if self._switches is None else self._switches.reason(manifest.id)

    def health(self, manifest: Manifest) -> ProviderHealth:
        """When it last answered and failed, and whether it is asked. Nothing is known in replay mode."""
        if self._protection is None:
            return ProviderHealth(state=ProviderHealth.READY)
        return self._protection.breaker.health(*manifest.part_ids())

    def _guarded(self, manifest: Manifest, name: str) -> AbstractContextManager[object]:
        return (
            nullcontext()
            if self._protection is None
            else self._protection.breaker.guard(name, min(PATIENCE, _MOST * manifest.timeout))
        )

    async def _within(self, timeout: float, manifest: Manifest, call: Awaitable[T]) -> T:
        """The result of ``call``. Raises TimedOut when upstream was given its time, OutOfTime when it was not."""
        try:
            async with asyncio.timeout(timeout):
                return await call
        except TimeoutError:
            if timeout < manifest.timeout:  # the caller's time was short, which says nothing about the upstream
                raise OutOfTime(f"the time given was too short for {manifest.title}") from None
            raise TimedOut(f"{manifest.title} did not answer in time") from None

    def _secrets_of(self, manifest: Manifest) -> dict[str, str]:
        wanted = (secret.variable for secret in manifest.secrets)
        return {name: self._secrets[name] for name in wanted if self._secrets.get(name)}

    def check_usable(self, provider: Provider) -> None:
        """Raise Disabled or NotConfigured when the provider can't be asked here."""
        manifest = provider.manifest
        if not self.is_enabled(manifest):
            raise Disabled(f"{manifest.title} is switched off on this server", provider=manifest.id)
        missing = tuple(
            secret.variable
            for secret in manifest.settings
            if secret.required and not self.has_setting(manifest, secret.variable)
        )
        if missing:
            raise NotConfigured(
                f"{manifest.title} needs {' and '.join(missing)} to be set on this server",
                provider=manifest.id,
                variables=missing,
            )

    def _failed(self, manifest: Manifest, ask: Ask, error: ProviderError, started: float) -> ProviderError:
        error.provider = error.provider or manifest.id
        reason = meaning(error).reason
        self._observe(manifest.id, _operation(ask), reason, time.monotonic() - started)
        if not isinstance(error, _NOT_UPSTREAMS_FAULT):
            log.warning(
                "provider.failed", provider=manifest.id, operation=_operation(ask), reason=reason, message=str(error)
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
                items = [item for item in result.items if _is_wanted(ask, item)]
                for item in items:
                    _finish_item(manifest, ask, item)
                parts = tuple(item.SerializeToString() for item in items)
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
            expires_at=now,
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


def _asked_as(provider: Provider, ask: Ask) -> str:
    """What a question is protected as: a part that fails must not take the others with it."""
    manifest = provider.manifest
    if manifest.parts is not None and not isinstance(ask, Terms):
        asked = provider.parts(ask)
        if len(asked) == 1:
            return manifest.part_id(asked[0])
    return manifest.id


def _operation(ask: Ask) -> str:
    return type(ask).__name__.lower()


def _is_wanted(ask: Ask, item: Item) -> bool:
    return not isinstance(ask, Lookup) or not ask.kinds or item.kind in ask.kinds


def _finish_item(manifest: Manifest, ask: Ask, item: Item) -> None:
    """Fill in what every item of a provider has, and check what none may lack."""
    if not item.kind or not item.source_id:
        raise ShapeChanged(f"{manifest.title} gave an item without an id")
    if not item.title and item.kind not in _UNTITLED:
        raise ShapeChanged(f"{manifest.title} gave an item without a title: {item.source_id}")
    item.provider = manifest.id
    item.id = make_id(manifest.id, item.kind, item.source_id)
    item.domain = ask.domain or manifest.domains[0]
    if not item.HasField("attribution"):
        item.attribution.CopyFrom(attribution(manifest))
    if isinstance(ask, Detail):
        item.ClearField("context")
