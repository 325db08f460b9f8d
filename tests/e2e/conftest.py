"""One server for each set of answers, shared by the tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.captures import CAPTURES, SAMPLES
from tests.e2e.serving import Served, served

KEYS = {"TMDB_API_KEY": "0123456789abcdef0123456789abcdef", "BGG_API_TOKEN": "test"}


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that answers from the project's own sample bodies."""
    with served(tmp_path_factory.mktemp("samples"), TAKO_REPLAY=str(SAMPLES), **KEYS) as tako:
        yield tako


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that answers from the recorded captures; tests that ask for it are left out where there are none."""
    assert CAPTURES is not None
    with served(tmp_path_factory.mktemp("recorded"), TAKO_REPLAY=str(CAPTURES), **KEYS) as tako:
        yield tako
