"""What the engine keeps in memory for providers: small tables, and the access tokens of those that sign in."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import structlog

from tako_providers.sdk.errors import ProviderError, ReplayMiss
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.provider import Token
from tako_providers.sdk.upstream import Upstream
from tako_server.core.flights import Flights

MOST = 256
"""Tables of all providers; the one that was read longest ago goes first."""
_EARLY = 0.95
"""Share of a token's life after which the next one is got: a request that is under way must not outlive its token."""
_REPLAYED = Token("replayed", 3600.0)
"""What a sign-in gives in replay mode where no capture answers it."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class SigningIn(Protocol):
    """The part of a provider that gets tokens."""

    @property
    def manifest(self) -> Manifest:
        """The facts about the provider."""
        ...

    async def sign_in(self, secrets: Mapping[str, str], up: Upstream) -> Token:
        """A new access token."""
        ...


@dataclass(slots=True)
class _Entry:
    value: Any
    until: float


class Kept:
    """Values by provider and name. Of all that want the same one at once, one loads it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: OrderedDict[tuple[str, str], _Entry] = OrderedDict()
        self._flights: Flights[Any] = Flights()

    async def table(self, provider: str, name: str, load: Callable[[], Awaitable[T]], seconds: float) -> T:
        """The value under ``name``, from ``load`` when there is none or it is older than ``seconds``.

        A value that is too old is given when ``load`` fails; without one its error is raised.
        """
        key = (provider, name)
        entry = self._entries.get(key)
        if entry is not None and self._clock() < entry.until:
            self._entries.move_to_end(key)
            value: T = entry.value
            return value

        async def loaded() -> T:
            fresh = await load()
            self._keep(key, fresh, seconds)
            return fresh

        try:
            fresh: T = await self._flights.join(f"{provider}/{name}", loaded)
        except ProviderError as error:
            if entry is None:
                raise
            log.info("kept.old_value_given", provider=provider, name=name, error=type(error).__name__)
            old: T = entry.value
            return old
        return fresh

    async def token(self, provider: SigningIn, secrets: Mapping[str, str], up: Upstream) -> str:
        """The provider's access token; ``up`` asks for it without one. Raises what the sign-in raises."""
        key = (provider.manifest.id, "access token")
        entry = self._entries.get(key)
        if entry is not None and self._clock() < entry.until:
            held: str = entry.value
            return held

        async def signed_in() -> str:
            try:
                token = await provider.sign_in(secrets, up)
            except ReplayMiss:
                token = _REPLAYED
            self._keep(key, token.value, token.seconds * _EARLY)
            return token.value

        fresh: str = await self._flights.join("/".join(key), signed_in)
        return fresh

    def drop_token(self, provider: str, refused: str) -> None:
        """Forget a token that upstream refused, unless another one has taken its place meanwhile."""
        entry = self._entries.get((provider, "access token"))
        if entry is not None and entry.value == refused:
            del self._entries[provider, "access token"]

    async def close(self) -> None:
        """Cancel what is being loaded."""
        await self._flights.close()

    def _keep(self, key: tuple[str, str], value: Any, seconds: float) -> None:
        self._entries[key] = _Entry(value, self._clock() + seconds)
        self._entries.move_to_end(key)
        while len(self._entries) > MOST:
            self._entries.popitem(last=False)
