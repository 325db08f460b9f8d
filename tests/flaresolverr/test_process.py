"""A real process of Tako that is killed, or told to end, with browsers open."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import grpc
import pytest

from tests.cache.support import until
from tests.flaresolverr.pools import Endpoint
from tests.flaresolverr.serving import Process, process
from tests.flaresolverr.site import Site
from tests.postgres import Database

SESSIONS = 3
WITHIN = 5.0


async def fill(tako: Process, endpoint: Endpoint) -> list[asyncio.Task[object]]:
    """Searches that keep all browsers busy."""
    searches: list[asyncio.Task[object]] = [
        asyncio.ensure_future(tako.search(f"busy {n}", timeout=40)) for n in range(SESSIONS)
    ]

    async def full() -> bool:
        return len(await endpoint.ours()) == SESSIONS

    await until(full, 30)
    return searches


async def ended(searches: list[asyncio.Task[object]]) -> None:
    """Let them come to their end."""
    await asyncio.gather(*searches, return_exceptions=True)


def settings(database: Database | None) -> dict[str, str]:
    """What makes replicas share a database."""
    if database is None:
        return {}
    return {
        "DB_ENABLED": "true",
        "DB_HOST": database.host,
        "DB_PORT": str(database.port),
        "DB_NAME": database.name,
        "DB_USER": database.user,
        "DB_PASSWORD": database.password,
    }


@pytest.mark.timeout(120)
async def test_killed_and_restarted(tmp_path: Path, endpoint: Endpoint, site: Site) -> None:
    async with process(tmp_path, site.port, "/slow?s=60", FSR_URL=endpoint.url) as tako:
        searches = await fill(tako, endpoint)
        await tako.kill()
        await ended(searches)
        orphans = await endpoint.ours()
        assert len(orphans) == SESSIONS
    restarted = time.monotonic()
    async with process(tmp_path, site.port, FSR_URL=endpoint.url) as tako:
        await until(lambda: _gone(endpoint, orphans), 30)
        assert time.monotonic() - restarted < WITHIN
        assert (await tako.search("dune")).code is grpc.StatusCode.OK
        await until(lambda: len(list((tmp_path / "browsers").iterdir())) == 1)
        assert await tako.end() == 0
    assert await endpoint.ours() == []


async def _gone(endpoint: Endpoint, orphans: list[str]) -> bool:
    return not set(orphans) & set(await endpoint.ours())


@pytest.mark.timeout(120)
async def test_killed_and_restarted_with_a_database(
    tmp_path: Path, endpoint: Endpoint, site: Site, database: Database
) -> None:
    shared = {"FSR_URL": endpoint.url, **settings(database)}
    async with process(tmp_path, site.port, "/slow?s=60", **shared) as tako:
        searches = await fill(tako, endpoint)
        await tako.kill()
        await ended(searches)
        orphans = await endpoint.ours()
    restarted = time.monotonic()
    async with process(tmp_path, site.port, **shared) as tako:
        await until(lambda: _gone(endpoint, orphans), 30)
        assert time.monotonic() - restarted < WITHIN
        assert (await tako.search("dune")).code is grpc.StatusCode.OK
        assert await tako.end() == 0
    assert await endpoint.ours() == []
    assert database.psql("SELECT count(*) FROM tako_browser_slot") == "0"


@pytest.mark.timeout(120)
async def test_told_to_end_in_the_middle(tmp_path: Path, endpoint: Endpoint, site: Site) -> None:
    async with process(tmp_path, site.port, "/slow?s=60", FSR_URL=endpoint.url) as tako:
        searches = await fill(tako, endpoint)
        assert await tako.end() == 0
        assert await endpoint.ours() == []
        await ended(searches)
        assert "Traceback" not in tako.log.read_text()
    assert list((tmp_path / "browsers").iterdir()) == []
