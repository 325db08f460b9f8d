"""What the core needs from outside, as protocols. The engine implements them; ``app`` wires them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from tako_providers.sdk.errors import TakoError
from tako_providers.sdk.provider import Detail, Lookup, Provider, Related, Search, Terms, Trending

Ask: TypeAlias = "Search[object] | Trending[object] | Related[object] | Detail | Terms | Lookup"
"""A question to one provider."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How old an answer the caller takes: at most ``max_age`` seconds; with ``refresh``, none that is kept."""

    max_age: float | None = None
    refresh: bool = False


ANYTHING = Demand()
"""Whatever the cache's own rules give."""


class CacheState(StrEnum):
    """Where an answer came from; told to callers in the metadata ``tako-cache``."""

    HIT = "hit"
    STALE = "stale"
    MISS = "miss"


@dataclass(frozen=True, slots=True)
class Answer:
    """One provider's answer to one question.

    ``parts`` are serialized messages: Items, or Terms for a vocabulary; one Item for Detail. Times are Unix seconds.
    ``partial`` says that something which enriches the answer failed. ``failure`` is why upstream could not be asked,
    when an older answer is given instead. ``seconds`` is what upstream took. ``key`` is the cache's, "" for an answer
    that is kept nowhere. ``level`` is where a kept one was found: l1, memory, or l2, the store.
    """

    parts: tuple[bytes, ...]
    next: str
    total: int | None
    total_is_estimate: bool
    ignored: tuple[str, ...]
    partial: bool
    fetched_at: float
    expires_at: float
    state: CacheState = CacheState.MISS
    failure: TakoError | None = None
    seconds: float = 0.0
    key: str = ""
    level: str = field(default="", compare=False)


class Engine(Protocol):
    """How one provider is asked: cache, limits, retries, transport and checks are behind it."""

    async def ask(self, provider: Provider, ask: Ask, timeout: float, demand: Demand = ANYTHING) -> Answer:
        """The provider's answer within ``timeout`` seconds. Raises the errors of ``sdk.errors``."""
        ...


class Budget(Protocol):
    """The time that is left for a call."""

    def left(self) -> float:
        """Seconds left; 0 when there is none."""
        ...
