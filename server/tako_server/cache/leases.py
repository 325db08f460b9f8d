"""Single-flight across replicas: of all that want to fetch the same answer, one holds a lease, and the others wait.

A lease ends with the answer in the store (``PostgresStore.put`` removes it), with a failure, or by itself soon after
its holder has died. Nobody is kept from upstream for want of a lease: a database that is away gives every lease.
"""

from __future__ import annotations

from typing import Protocol

NOTHING_KEPT = 0.0


class Leases(Protocol):
    """The right to fetch an answer."""

    async def take(self, key: str) -> float | None:
        """None when another replica is fetching ``key``. Else the lease is ours.

        Then it gives when the answer was fetched that the store has now, NOTHING_KEPT when it has none: it may be
        newer than the one that the caller has seen.
        """
        ...

    def landed(self, key: str) -> None:
        """The answer is on its way to the store, which ends the lease."""
        ...

    def let_go(self, key: str) -> None:
        """There is no answer: others may try."""
        ...

    async def close(self) -> None:
        """Stop renewing."""
        ...


class NoLeases:
    """Implements ``Leases`` for a server that shares its store with no other: every lease is its own."""

    async def take(self, key: str) -> float | None:
        """Ours."""
        return NOTHING_KEPT

    def landed(self, key: str) -> None:
        """Nothing to do."""

    def let_go(self, key: str) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""
