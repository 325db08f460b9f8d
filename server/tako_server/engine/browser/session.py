"""One browser, from the moment that it is asked for until it is known to be gone."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from tako_server.engine.browser.endpoint import Endpoint

_PAGES = 8
"""Pages of its past that a session is known by."""


class State(Enum):
    """What a session is at."""

    OPENING = auto()
    BUSY = auto()
    IDLE = auto()
    ENDING = auto()
    """It is being destroyed, and counts until it is gone."""


class Doubt(Enum):
    """What may still happen to a session that is being ended."""

    NONE = auto()
    CREATE = auto()
    """It was asked for, and the answer was lost: it may yet appear."""
    REQUEST = auto()
    """A request in it was given up: it may yet be read, and make the session anew."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Requests that may share a browser: of one provider, at one host, by one way out."""

    provider: str
    host: str
    proxy: str = field(default="", repr=False)


@dataclass(slots=True, eq=False)
class Session:
    """A session in the books of this instance."""

    id: str
    endpoint: Endpoint
    lane: Lane
    slot: int | None
    opened_at: float
    state: State = State.OPENING
    doubt: Doubt = Doubt.CREATE
    used_at: float = 0.0
    uses: int = 0
    asking: str = ""
    """The page that it is asked for now."""
    pages: deque[str] = field(default_factory=lambda: deque(maxlen=_PAGES))
    """Those that it was asked for before."""


class Watch(Protocol):
    """Who is told what the pool does: metrics."""

    def opened(self) -> None:
        """A session was made."""
        ...

    def ended(self, reason: str) -> None:
        """A session is being ended, and why."""
        ...

    def waited(self, seconds: float) -> None:
        """A request got a session."""
        ...

    def asked(self, outcome: str, seconds: float) -> None:
        """A browser was asked for a page; ``outcome`` is `ok`, or a word for what went wrong."""
        ...

    def swept(self, count: int) -> None:
        """Orphans were destroyed."""
        ...

    def reached(self, endpoint: int, *, up: bool) -> None:
        """An endpoint answers, or does not any more."""
        ...


def place(url: str) -> str:
    """A page for comparison: browsers write the same address in several ways."""
    try:
        parts = urlsplit(url)
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
        return f"{parts.scheme}://{parts.hostname}{port}{unquote(parts.path) or '/'}?{unquote(parts.query)}"
    except ValueError:
        return url
