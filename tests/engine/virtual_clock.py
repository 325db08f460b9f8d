"""Time that passes only when nobody has anything to do: an hour of waiting takes no time, and always the same steps."""

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

EPOCH = 1_700_000_000.0


class _Selector(selectors.SelectSelector):
    """Instead of waiting for the next timer, sets the time to it."""

    now = 1_000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Nothing ever comes from outside."""
        if timeout is None:
            raise AssertionError("everybody waits, and for nothing that time would bring")
        self.now += timeout
        return []


class _Loop(asyncio.SelectorEventLoop):
    """A loop whose timers, `asyncio.timeout` among them, live in virtual time."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        """The virtual time."""
        return self._virtual.now


class VirtualClock:
    """A Clock within `virtually`."""

    def __init__(self) -> None:
        self.set_back = 0.0

    def monotonic(self) -> float:
        """The loop's time."""
        return asyncio.get_running_loop().time()

    def time(self) -> float:
        """Unix seconds, as somebody has set them."""
        return EPOCH + self.monotonic() - self.set_back

    async def sleep(self, seconds: float) -> None:
        """Let others have their turn, and time pass."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Until:
    """A deadline in virtual time."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Until":
        """The deadline ``seconds`` from now."""
        return cls(asyncio.get_running_loop().time() + seconds)

    def left(self) -> float:
        """Seconds left."""
        return self.at - asyncio.get_running_loop().time()


class MemoryStore:
    """Small values by name, for as long as the test wants."""

    def __init__(self, values: Mapping[str, bytes] | None = None) -> None:
        self.values = dict(values or {})
        self.broken = False
        self.saves = 0

    async def load(self, name: str) -> bytes | None:
        """The value."""
        self._answer()
        return self.values.get(name)

    async def save(self, name: str, value: bytes) -> None:
        """Keep the value."""
        self._answer()
        self.saves += 1
        self.values[name] = value

    def _answer(self) -> None:
        if self.broken:
            raise ConnectionResetError


def virtually(story: Coroutine[Any, Any, T]) -> T:
    """What the story comes to, in virtual time from its beginning to its end."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(story)
