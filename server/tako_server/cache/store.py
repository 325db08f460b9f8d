"""What a store is. This file is the document for whoever uses or writes one.

A store keeps the answers of providers, and a few small values of the server, beyond the life of a process. There is
one for SQLite, the embedded default; one for PostgreSQL, which replicas share; and one that keeps nothing.

They are stacked::

    WriteBehind         gathers writes and uses, and writes them in the background
      ResilientStore    nothing raises, nothing waits long: a store that is away answers "not there"
        PostgresStore   speaks SQL, raises StoreError

All times are Unix seconds. Who asks a ResilientStore never sees a StoreError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class StoreError(Exception):
    """A store did not do what it was asked. ``str(error)`` says what happened, in one line."""


class StoreAway(StoreError):
    """The store can't be reached, or can't work at all. Later it may."""


class StoreRefused(StoreError):
    """This one thing was not done: a value that can't be kept, a lock held by others, a full disk. Others may be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept answer: one row of ``discovery_cache``."""

    key: str
    provider: str
    endpoint: str
    """The operation: ``search``."""
    category: str
    """The domain and, where the question has one, the kind: ``books/book``."""
    period: str
    """The span of a feed: ``week``; empty elsewhere."""
    data: bytes
    """The answer, as ``cache.answers`` packs it."""
    total_results: int | None
    """What upstream says it has, for operators' statistics."""
    fetched_at: float
    """The column ``updated_at``; the store keeps the first one as ``created_at``."""
    expires_at: float
    """Until when it is fresh. A store keeps entries beyond that, until they are purged."""
    question: bytes = b""
    """What was asked, as ``cache.asked`` packs it. Empty where nobody needs it, and for answers of older versions."""


@dataclass(frozen=True, slots=True)
class ProviderStats:
    """What is kept of one provider."""

    provider: str
    entries: int
    fresh: int
    expired: int
    bytes: int
    """Of the answers; what the database needs for them is more."""
    results: int
    """Sum of ``total_results``."""
    hits: int
    refreshes: int
    oldest: float
    """When the answer that was fetched first was fetched."""
    newest: float
    last_accessed: float


@dataclass(frozen=True, slots=True)
class PoolCounts:
    """The connections of a store: how many there are, and who waits for one."""

    size: int = 0
    idle: int = 0
    most: int = 0
    waiting: int = 0
    lent: int = 0
    """How often one was lent, since the connections were opened."""
    waited: float = 0.0
    """Seconds that it took to lend them."""
    refused: int = 0
    """How often none became free."""


class Store(Protocol):
    """A place for answers. Every method but ``open`` and ``close`` raises StoreAway when the store is not open."""

    @property
    def name(self) -> str:
        """What it is, for logs and health: ``sqlite``, ``postgresql``, ``none``."""
        ...

    @property
    def available(self) -> bool:
        """Whether it is worth asking."""
        ...

    async def open(self) -> None:
        """Connect, and bring the tables up to date. Several processes MAY do so at once.

        On a store that was open this MUST prove that it answers, or connect anew. Raises StoreAway.
        """
        ...

    async def get(self, key: str) -> Entry | None:
        """The entry of ``key``, fresh or not, without ``question``. MUST cost one round trip, and MUST NOT write."""
        ...

    async def put(self, *entries: Entry) -> None:
        """Insert or replace, all in one statement. Of two entries with one key the later counts.

        A replaced entry keeps ``created_at``, ``fetch_count`` and ``last_accessed``, and its ``refresh_count`` grows by
        one. An entry that was fetched later than the new one stays: replicas may write in any order.
        """
        ...

    async def touch(self, hits: Mapping[str, int], at: float) -> None:
        """Count the ``hits`` of each key, the last of them at ``at``, in one statement. Unknown keys are no error."""
        ...

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove what fits all that is named, everything when nothing is. How many entries went.

        ``older_than`` is compared with when the answer was fetched, so that what is refreshed stays.
        """
        ...

    async def stats(self, now: float) -> Sequence[ProviderStats]:
        """What is kept, by provider, in the order of their ids."""
        ...

    async def lately_used(
        self, limit: int, *, provider: str | None = None, expired_at: float | None = None
    ) -> Sequence[Entry]:
        """Entries with their ``question`` and without their ``data``.

        Of ``provider`` where it is named. With ``expired_at`` only those that are not fresh then, the most recently
        accessed first; without it all, those that were fetched longest ago first: who goes through them in portions
        comes to the end.
        """
        ...

    async def load(self, name: str) -> bytes | None:
        """A small value of the server, from the table ``tako_state``."""
        ...

    async def save(self, name: str, value: bytes) -> None:
        """Keep a small value, in place of the one before."""
        ...

    async def create(self, name: str, value: bytes) -> bytes:
        """Keep a small value unless there is one. The value that is kept: all who ask at once get the same."""
        ...

    async def close(self) -> None:
        """Let go of everything. MAY be called twice, and on a store that was never open."""
        ...
