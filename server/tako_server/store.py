"""The embedded store: what must outlive a restart, in one SQLite file.

Today it holds the key that signs page tokens.
"""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import structlog

_KEY_BYTES = 32
_BUSY_SECONDS = 5.0

log = structlog.get_logger(__name__)


def page_token_key(path: Path) -> bytes:
    """The key of this store, made on first use. Several processes on one file agree on one key.

    Without a usable file the key lives as long as the process, and that is said once.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS tako_secret (name TEXT PRIMARY KEY, value BLOB NOT NULL)")
            database.execute(
                "INSERT OR IGNORE INTO tako_secret VALUES ('page_token_key', ?)", (secrets.token_bytes(_KEY_BYTES),)
            )
            (key,) = database.execute("SELECT value FROM tako_secret WHERE name = 'page_token_key'").fetchone()
            path.chmod(0o600)
            return bytes(key)
    except (OSError, sqlite3.Error) as error:
        log.warning("store.unusable", path=str(path), error=type(error).__name__, effect="page tokens end at restart")
        return secrets.token_bytes(_KEY_BYTES)
