"""The first level: what this process has in memory, bounded by bytes, least recently used out first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from cachetools import LRUCache


class Sized(Protocol):
    """A value that knows how many bytes it takes."""

    @property
    def size(self) -> int:
        """Bytes, roughly: what is stored and what Python needs around it."""
        ...


V = TypeVar("V", bound=Sized)


@dataclass(slots=True)
class Counts:
    """Hits and misses since start."""

    hits: int = 0
    misses: int = 0


class Memory(Generic[V]):
    """Values by key, at most ``max_bytes`` of them. Not for threads: one event loop owns it."""

    def __init__(self, max_bytes: int) -> None:
        self._values: LRUCache[str | bytes, V] = LRUCache(max_bytes, getsizeof=lambda value: value.size)
        self.counts = Counts()

    def get(self, key: str | bytes) -> V | None:
        """The value, None when there is none."""
        value = self._values.get(key)
        if value is None:
            self.counts.misses += 1
        else:
            self.counts.hits += 1
        return value

    def put(self, key: str | bytes, value: V) -> None:
        """Keep ``value``, unless it alone is larger than all that may be kept."""
        if value.size <= self._values.maxsize:
            self._values[key] = value
        else:
            self._values.pop(key, None)

    def drop(self, key: str | bytes) -> None:
        """Forget a value."""
        self._values.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()

    @property
    def bytes(self) -> int:
        """Bytes held."""
        return int(self._values.currsize)

    @property
    def max_bytes(self) -> int:
        """Bytes allowed."""
        return int(self._values.maxsize)

    def __len__(self) -> int:
        return len(self._values)
