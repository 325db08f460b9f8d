"""A whole server that may ask this machine, and what is in its store."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Provider
from tako_server.app import Ready, running
from tako_server.cache import behind, caching, resilient
from tako_server.config import load_settings
from tako_server.engine import asking, breaker, shared_limiter
from tako_server.engine.egress import Egress
from tests.postgres import Database
from tests.rpc.harness import Asked, Client

SEARCH = "BooksService/Search"
TWO_DAYS = 2 * 86400


@dataclass
class Tako(Client):
    """A running server."""

    ready: Ready

    async def search(self, query: str, *providers: str, timeout: float = 10, **more: str) -> Asked:
        """Search books."""
        request = BooksSearchRequest(query=query, providers=providers, page_size=2)
        return await self(SEARCH, request, SearchResponse, timeout, **more)

    async def raw(self, query: str) -> tuple[bytes, dict[str, object]]:
        """The bytes of an answer, and its trailing metadata."""
        method: Any = self.channel.unary_unary(f"/tako.v1.{SEARCH}")
        call = method(BooksSearchRequest(query=query).SerializeToString(), timeout=10)
        body: bytes = await call
        return body, dict(iter(await call.trailing_metadata()))


@asynccontextmanager
async def tako(
    folder: Path, *providers: Provider, rest: bool = False, database: Database | None = None, **environment: str
) -> AsyncIterator[Tako]:
    """A server with these providers, and an egress gate that is open to this machine.

    It keeps its answers in ``database``, without one in a file in ``folder``.
    """
    settings = load_settings(
        environment={
            "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
            "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
            "TAKO_CACHE_PATH": str(folder / "tako.db"),
            "TAKO_SHUTDOWN_GRACE": "2",
            "TAKO_JOBS": "false",  # a test may run when a job is due
            "PORT": "0",
            **(_address(database) if database is not None else {}),
            **environment,
        },
        dotenv=None,
    )
    made = {provider.manifest.id: provider for provider in providers}
    async with (
        running(settings, rest=rest, providers=made, egress=Egress(open_to_loopback=True)) as server,
        grpc.aio.insecure_channel(server.ready.grpc_address) as channel,
    ):
        yield Tako(channel, server.ready)


def _address(database: Database) -> dict[str, str]:
    return {
        "DB_ENABLED": "true",
        "DB_HOST": database.host,
        "DB_PORT": str(database.port),
        "DB_NAME": database.name,
        "DB_USER": database.user,
        "DB_PASSWORD": database.password,
    }


def kept(folder: Path) -> list[tuple[str, int]]:
    """Provider and number of refreshes of each answer in the store of a server that has ended."""
    with closing(sqlite3.connect(folder / "tako.db")) as connection:
        return connection.execute("SELECT provider, refresh_count FROM discovery_cache").fetchall()


def age(folder: Path, seconds: float = TWO_DAYS) -> None:
    """Let everything in the store be older, so that upstream is waited for."""
    with closing(sqlite3.connect(folder / "tako.db")) as connection:
        changed = connection.execute(
            "UPDATE discovery_cache SET updated_at = updated_at - ?1, expires_at = expires_at - ?1", (seconds,)
        )
        assert changed.rowcount
        connection.commit()


@contextmanager
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EventDict]]:
    """What the server logs. The loggers are new ones: one that was used keeps the settings of that time."""
    for module in (asking, behind, breaker, caching, resilient, shared_limiter):
        monkeypatch.setattr(module, "log", structlog.get_logger())
    with capture_logs() as events:
        yield events


def busiest(starts: list[float], seconds: float) -> int:
    """The most starts that any window of so many seconds has seen."""
    starts = sorted(starts)
    return max(sum(begin <= start < begin + seconds for start in starts) for begin in starts)


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Until now."""
        return time.monotonic() - self._began
