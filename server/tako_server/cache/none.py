"""The store that keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tako_server.cache.store import Entry, ProviderStats


class NoStore:
    """Implements ``Store`` for those who want none: nothing is ever there, and nothing fails."""

    name = "none"
    available = True

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

    async def expired(self, now: float, limit: int) -> Sequence[Entry]:
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

    async def close(self) -> None:
        """Nothing to do."""
