"""The first level: what this process has in memory, bounded by bytes, least recently used out first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


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
        self._values: OrderedDict[str | bytes, V] = OrderedDict()
        self._bytes = 0
        self._max_bytes = max_bytes
        self.counts = Counts()

    def get(self, key: str | bytes) -> V | None:
        """The value, None when there is none."""
        value = self._values.get(key)
        if value is None:
            self.counts.misses += 1
        else:
            self.counts.hits += 1
            self._values.move_to_end(key)
        return value

    def peek(self, key: str | bytes) -> V | None:
        """The same, for who gives it to nobody: neither counted nor a use."""
        return self._values.get(key)

    def put(self, key: str | bytes, value: V) -> None:
        """Keep ``value``, unless it alone is larger than all that may be kept."""
        self.drop(key)
        if value.size > self._max_bytes:
            return
        self._values[key] = value
        self._bytes += value.size
        while self._bytes > self._max_bytes:
            _, oldest = self._values.popitem(last=False)
            self._bytes -= oldest.size

    def drop(self, key: str | bytes) -> None:
        """Forget a value."""
        value = self._values.pop(key, None)
        if value is not None:
            self._bytes -= value.size

    def drop_if(self, fits: Callable[[str | bytes, V], bool]) -> int:
        """Forget what fits. How many values went."""
        gone = [key for key, value in self._values.items() if fits(key, value)]
        for key in gone:
            self.drop(key)
        return len(gone)

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """Bytes held."""
        return self._bytes

    @property
    def max_bytes(self) -> int:
        """Bytes allowed."""
        return self._max_bytes

    def __len__(self) -> int:
        return len(self._values)
