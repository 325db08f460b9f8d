"""Texts that engines have translated, in the store. Nobody waits for it long, and nothing fails with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence

from tako_server.cache.store import StoreError
from tako_server.cache.tables import Rowed, Rows
from tako_server.core.translating import KeptText

TABLES = (
    # Times are Unix seconds, in PostgreSQL too: the statements are the same in both databases.
    """
CREATE TABLE tako_translation (
    key text NOT NULL PRIMARY KEY,
    engine text NOT NULL,
    source text NOT NULL,
    target text NOT NULL,
    translated text NOT NULL,
    kept double precision NOT NULL
)
""",
    "CREATE INDEX tako_translation_kept ON tako_translation (kept)",
)

_LIMIT = 0.25
"""Seconds that a caller's answer waits for the store."""
_WORK_LIMIT = 30.0
"""Seconds that a purge may take."""
_AT_ONCE = 64
"""Keys of one statement, which is always as long: a database keeps the plan of each length."""
_ROWS_AT_ONCE = 50

_FIND = f"""
    SELECT key, translated FROM tako_translation
    WHERE kept >= $1 AND key IN ({", ".join(f"${number}" for number in range(2, _AT_ONCE + 2))})
"""  # noqa: S608 - numbers of ours
_KEEP = """
    INSERT INTO tako_translation (key, engine, source, target, translated, kept) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET translated = excluded.translated, kept = excluded.kept
"""
_PURGE = "DELETE FROM tako_translation WHERE kept < $1 RETURNING 1"


class TextTable:
    """Implements ``TextStore`` in a database. ``is_there`` says whether it is worth asking."""

    def __init__(self, database: Rowed, is_there: Callable[[], bool]) -> None:
        self._database = database
        self._is_there = is_there

    async def texts(self, keys: Collection[str], since: float) -> Mapping[str, str]:
        """The texts of ``keys`` that are there, and not too old."""
        found: dict[str, str] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            some += some[-1:] * (_AT_ONCE - len(some))
            rows = await self._rows(_LIMIT, _FIND, since, *some)
            if rows is None:
                break
            found.update((key, text) for key, text in rows)
        return found

    async def keep_texts(self, texts: Sequence[KeptText], at: float) -> None:
        """Insert or replace."""
        unique = list({text.key: text for text in texts}.values())
        for start in range(0, len(unique), _ROWS_AT_ONCE):
            some = unique[start : start + _ROWS_AT_ONCE]
            values = [value for one in some for value in (one.key, one.engine, one.source, one.target, one.text, at)]
            if await self._rows(_LIMIT, _KEEP.format(rows=_placeholders(len(some), 6)), *values) is None:
                break

    async def purge_texts(self, before: float) -> int:
        """Remove what was kept before a time."""
        return len(await self._rows(_WORK_LIMIT, _PURGE, before) or ())

    async def _rows(self, limit: float, statement: str, *values: object) -> Rows | None:
        """What a statement gives, None when the store does not answer in time. Its own probe finds out more."""
        if not self._is_there():
            return None
        try:
            async with asyncio.timeout(limit):
                return await self._database.rows(statement, *values)
        except (StoreError, TimeoutError):
            return None


class NoTexts:
    """Implements ``TextStore`` for a server that keeps nothing."""

    async def texts(self, keys: Collection[str], since: float) -> Mapping[str, str]:
        """Never there."""
        return {}

    async def keep_texts(self, texts: Sequence[KeptText], at: float) -> None:
        """Forget them."""

    async def purge_texts(self, before: float) -> int:
        """There is nothing to remove."""
        return 0


def _placeholders(rows: int, columns: int) -> str:
    """``($1, $2), ($3, $4)``: the rows of an INSERT."""
    numbers = iter(range(1, rows * columns + 1))
    return ", ".join(f"({', '.join(f'${next(numbers)}' for _ in range(columns))})" for _ in range(rows))
