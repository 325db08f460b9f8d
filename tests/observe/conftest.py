"""Fixtures of the tests of what operators see."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.upstream import Upstream, listening
from tests.observe.collector import Collector, collecting
from tests.postgres import _fresh_server, database, postgres, postgres_to_kill

__all__ = ["_fresh_server", "collector", "database", "postgres", "postgres_to_kill", "upstream"]


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    """An upstream that is well, until the test changes it."""
    async with listening() as upstream:
        yield upstream


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    """A collector of traces."""
    async with collecting() as collector:
        yield collector
