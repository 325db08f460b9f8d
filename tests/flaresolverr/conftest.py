"""Fixtures: a site to visit, and what visits it.

A test that asks for ``solver`` needs the stand-in, its faults or its counts. One that asks for ``endpoint`` runs
against the FlareSolverr that TAKO_TEST_FSR_URL names, when it is set.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tako_server.engine.browser.flaresolverr import FlareSolverr
from tests.flaresolverr.pools import Endpoint
from tests.flaresolverr.site import Site, visited
from tests.flaresolverr.stand_in import StandIn, running
from tests.postgres import database, postgres

__all__ = ["database", "postgres"]

REAL = os.environ.get("TAKO_TEST_FSR_URL", "")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the stand-in, where a real FlareSolverr is to be tested; one line says how many."""
    needing = {item for item in items if REAL and "solver" in getattr(item, "fixturenames", ())}
    if needing:
        config.hook.pytest_deselected(items=list(needing))
        items[:] = [item for item in items if item not in needing]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A site on this machine."""
    async with visited() as site:
        yield site


@pytest.fixture
async def solver() -> AsyncIterator[StandIn]:
    """The stand-in."""
    async with running() as solver:
        yield solver


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Connections to endpoints."""
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield http


@pytest.fixture
async def endpoint(http: aiohttp.ClientSession) -> AsyncIterator[Endpoint]:
    """The real one when there is one, else the stand-in."""
    if REAL:
        yield Endpoint(REAL, FlareSolverr(http, REAL), real=True)
        return
    async with running() as solver:
        yield Endpoint(solver.url, FlareSolverr(http, solver.url), real=False)
