"""Fixtures of the fault tests."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.upstream import Upstream, listening
from tests.postgres import _fresh_server, database, postgres, postgres_to_kill

__all__ = ["_fresh_server", "database", "postgres", "postgres_to_kill", "upstream"]


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    """An upstream that is well, until the test changes it."""
    async with listening() as upstream:
        yield upstream
