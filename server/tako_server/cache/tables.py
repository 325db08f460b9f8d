"""Small tables of the server, kept where its answers are: what jobs and operators need beyond the life of a process.

A statement is written once, for PostgreSQL and SQLite, with ``$1``, ``$2`` ... for its values. A server that keeps no
answers has its tables in memory: they are gone when it ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Protocol

from tako_server.cache.store import StoreError
from tako_server.core.operating import StoreUnavailable

_PATIENCE = 5.0
"""Seconds that a statement may take: nobody's answer waits for one."""

Rows = Sequence[Sequence[Any]]


class Rowed(Protocol):
    """A database that runs single statements."""

    def rows(self, statement: str, *values: object) -> Awaitable[Rows]:
        """What a statement gives. Raises StoreError."""
        ...


class Tables:
    """The small tables of this server. ``is_there`` says whether their store is worth asking."""

    def __init__(self, database: Rowed, is_there: Callable[[], bool]) -> None:
        self._database = database
        self._is_there = is_there

    async def rows(self, statement: str, *values: object) -> Rows:
        """What a statement gives. Raises StoreUnavailable."""
        if not self._is_there():
            raise StoreUnavailable
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._database.rows(statement, *values)
        except (StoreError, TimeoutError) as error:
            raise StoreUnavailable from error


def numbered(values: Iterable[object]) -> dict[str, object]:
    """Values as SQLite wants them for ``$1``, ``$2`` ..."""
    return {str(number): value for number, value in enumerate(values, 1)}
