"""The store that keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tako_server.cache.store import Entry, ProviderStats
from tako_server.cache.tables import Rows

if TYPE_CHECKING:
    from tako_server.cache.memory_tables import MemoryTables


class NoStore:
    """Implements ``Store`` for those who want none: nothing is ever there, and nothing fails.

    Its small tables are in memory, and gone with the process.
    """

    name = "none"
    available = True

    def __init__(self) -> None:
        self._tables: MemoryTables | None = None

    async def open(self) -> None:
        """Nothing to do."""

    async def get(self, key: str) -> Entry | None:
        """Never there."""
        return None

    async def put(self, *entries: Entry) -> None:
        """Forget them."""

    async def touch(self, hits: Mapping[str, int], at: float) -> None:
        """Count nothing."""

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """There is nothing to remove."""
        return 0

    async def stats(self, now: float) -> Sequence[ProviderStats]:
        """Nothing is kept."""
        return ()

    async def lately_used(
        self, limit: int, *, provider: str | None = None, expired_at: float | None = None
    ) -> Sequence[Entry]:
        """Nothing is kept."""
        return ()

    async def load(self, name: str) -> bytes | None:
        """Never there."""
        return None

    async def save(self, name: str, value: bytes) -> None:
        """Forget it."""

    async def create(self, name: str, value: bytes) -> bytes:
        """The caller's own value: it lives as long as the process."""
        return value

    async def rows(self, statement: str, *values: object) -> Rows:
        """What a statement gives, for others that keep small things."""
        if self._tables is None:
            from tako_server.cache.memory_tables import MemoryTables  # noqa: PLC0415 - SQLite, for those who use it

            self._tables = MemoryTables()
        return self._tables.rows(statement, *values)

    async def close(self) -> None:
        """Forget the small tables."""
        tables, self._tables = self._tables, None
        if tables is not None:
            tables.close()
