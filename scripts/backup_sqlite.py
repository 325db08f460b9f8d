"""Backup and restore of the store that is an SQLite file, also while servers use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scripts.backup_tables import KEPT, PURGES, Refused, check_step

_PATIENCE = 30.0
"""Seconds to wait for a server that writes."""
_PAGES = 2048
"""Pages copied at a time: servers write between them, and SQLite begins again where they did."""


def backup(store: Path, file: Path) -> None:
    """Copy the store as it is at one moment. Raises Refused."""
    if not store.is_file():
        raise Refused(f"there is no store at {store}")
    # `mode=ro` makes no file where there is none, and can't change one.
    with closing(_opened(store, read_only=True)) as source, closing(sqlite3.connect(file)) as target, _refusing():
        source.backup(target, pages=_PAGES)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        _check(target, "main")


def restore(file: Path, store: Path) -> None:
    """Put the rows of a backup in the place of the store's, all or none. Raises Refused."""
    with closing(_opened(store)) as connection, _refusing():
        connection.execute("ATTACH ? AS backup", (f"file:{file.absolute()}?mode=ro",))
        _check(connection, "backup")
        _check_length(connection, file)
        check_step(_step(connection, "backup"), _step(connection, "main"))
        connection.execute("BEGIN IMMEDIATE")
        try:
            purges = _purges(connection)
            for table in KEPT:
                _replace(connection, table)
            connection.execute(
                "INSERT INTO main.tako_generation (name, number) VALUES (?1, ?2)"
                " ON CONFLICT (name) DO UPDATE SET number = max(excluded.number, number + 1)",
                (PURGES, purges + 1),
            )
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _opened(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    mode = "ro" if read_only else "rw"
    return sqlite3.connect(f"file:{path.absolute()}?mode={mode}", uri=True, timeout=_PATIENCE, isolation_level=None)


def _check(connection: sqlite3.Connection, schema: str) -> None:
    """Raise Refused when this is no store of Tako, or a damaged one."""
    ((found,),) = connection.execute(f"PRAGMA {schema}.quick_check(1)").fetchall()
    if found != "ok":
        raise Refused(f"the file is damaged: {found}")
    if not set(_tables(connection, schema)) >= {"discovery_cache", "tako_state"}:
        raise Refused("the file holds no tables of Tako")


def _check_length(connection: sqlite3.Connection, file: Path) -> None:
    """Raise Refused when the end of the backup is missing: SQLite takes what lacks in its last page for zeros."""
    ((pages,),) = connection.execute("PRAGMA backup.page_count").fetchall()
    ((size,),) = connection.execute("PRAGMA backup.page_size").fetchall()
    if file.stat().st_size != pages * size:
        raise Refused("the file is not whole")


@contextmanager
def _refusing() -> Iterator[None]:
    """What SQLite says, as the reason: a file is damaged, another writes for too long, a disk is full."""
    try:
        yield
    except sqlite3.Error as error:
        raise Refused(f"SQLite says: {error}") from None


def _replace(connection: sqlite3.Connection, table: str) -> None:
    """The rows of a table; it is empty where an older version had no such table."""
    connection.execute(f"DELETE FROM main.{table}")  # noqa: S608 - names of ours
    if table in _tables(connection, "backup"):
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA backup.table_info({table})"))
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM backup.{table}")  # noqa: S608


def _purges(connection: sqlite3.Connection) -> int:
    rows = connection.execute("SELECT number FROM main.tako_generation WHERE name = ?", (PURGES,)).fetchall()
    return int(rows[0][0]) if rows else 0


def _step(connection: sqlite3.Connection, schema: str) -> int:
    ((step,),) = connection.execute(f"PRAGMA {schema}.user_version").fetchall()
    return int(step)


def _tables(connection: sqlite3.Connection, schema: str) -> list[str]:
    return [name for (name,) in connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")]  # noqa: S608
