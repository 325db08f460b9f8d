"""`make backup`: write what the store of this directory's settings holds into a new file. Servers may run meanwhile.

`--compose` asks the database of docker-compose.yaml, which is not published. docs/operations.md tells more.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from scripts import backup_sqlite
from scripts.backup_postgres import Postgres
from scripts.backup_tables import Refused
from tako_server.config import ConfigError, Settings, load_settings


def main() -> None:
    """Write the file, and print its name."""
    arguments = argparse.ArgumentParser(prog="make backup")
    arguments.add_argument("--to", type=Path, default=Path("backups"), metavar="DIR", help="default: backups")
    arguments.add_argument("--compose", action="store_true", help="the database of docker-compose.yaml")
    asked = arguments.parse_args()
    try:
        print(write(load_settings(), asked.to, compose=asked.compose))
    except (ConfigError, Refused, OSError) as error:
        sys.exit(f"Error: {error}")


def write(settings: Settings, folder: Path, *, compose: bool = False) -> Path:
    """The new file, readable for its owner only: it holds the key of page tokens. Raises Refused."""
    kind = "postgresql" if compose else settings.store_kind
    if kind == "none":
        raise Refused("TAKO_STORE=none keeps nothing")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = time.strftime("tako-%Y%m%dT%H%M%SZ", time.gmtime())
    file = folder / f"{name}.{'pgdump' if kind == 'postgresql' else 'sqlite'}"
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        if kind == "postgresql":
            (Postgres.in_compose(settings) if compose else Postgres.of(settings)).backup(unfinished)
        else:
            backup_sqlite.backup(settings.cache_path, unfinished)
        unfinished.replace(file)  # a file of that name is whole
    finally:
        unfinished.unlink(missing_ok=True)
    return file


if __name__ == "__main__":
    main()
