"""The small tables of a server that keeps no answers."""

from __future__ import annotations

import sqlite3

from tako_server.cache.operating_tables import SMALL_TABLES
from tako_server.cache.tables import Rows, numbered


class MemoryTables:
    """The tables in this process, for as long as it lives."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        for statement in SMALL_TABLES:
            self._connection.execute(statement)

    def rows(self, statement: str, *values: object) -> Rows:
        """What a statement gives. Nothing is waited for."""
        return self._connection.execute(statement, numbered(values)).fetchall()

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()
