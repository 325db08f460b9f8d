"""`make restore FILE=...`: put what a backup holds in the place of what the store has. Servers may run meanwhile.

All of it or nothing; a backup of a later version of Tako is refused. docs/operations.md tells more.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from scripts import backup_sqlite
from scripts.backup_postgres import Postgres
from scripts.backup_tables import Refused
from tako_server.cache.store import StoreError
from tako_server.config import ConfigError, Settings, load_settings
from tako_server.storage import postgres_store, sqlite_store

_SQLITE = b"SQLite format 3\0"
_POSTGRES = b"PGDMP"


def main() -> None:
    """Restore, and say so."""
    arguments = argparse.ArgumentParser(prog="make restore")
    arguments.add_argument("file", type=Path, metavar="FILE")
    arguments.add_argument("--compose", action="store_true", help="the database of docker-compose.yaml")
    asked = arguments.parse_args()
    try:
        read(load_settings(), asked.file, compose=asked.compose)
    except (ConfigError, Refused, StoreError, OSError) as error:
        sys.exit(f"Error: {error}. Nothing was changed.")
    print(f"Restored {asked.file}. Restart the servers, so that they sign page tokens with its key.")


def read(settings: Settings, file: Path, *, compose: bool = False) -> None:
    """Restore ``file``. Raises Refused, StoreError and OSError; nothing was changed then."""
    kind = "postgresql" if compose else settings.store_kind
    with file.open("rb") as opened:
        head = opened.read(16)
    if kind == "none":
        raise Refused("TAKO_STORE=none keeps nothing")
    if not head.startswith(_POSTGRES if kind == "postgresql" else _SQLITE):
        raise Refused(f"{file} is no backup of {'a PostgreSQL' if kind == 'postgresql' else 'an SQLite file'}")
    if not compose:
        asyncio.run(_make(settings))
    if kind == "postgresql":
        (Postgres.in_compose(settings) if compose else Postgres.of(settings)).restore(file)
    else:
        backup_sqlite.restore(file, settings.cache_path)


async def _make(settings: Settings) -> None:
    """Make the tables where they are not there: a new database, or a lost file."""
    store = postgres_store(settings) if settings.store_kind == "postgresql" else sqlite_store(settings)
    await store.open()
    await store.close()


if __name__ == "__main__":
    main()
