"""Fixtures of the translation tests."""

from collections.abc import AsyncIterator

import pytest

from tests.postgres import database, postgres
from tests.translation.apertium import apertium
from tests.translation.stand_in import StandIn, listening

__all__ = ["apertium", "database", "postgres", "stand_in"]


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    """A server in the place of an engine's."""
    async with listening() as found:
        yield found
