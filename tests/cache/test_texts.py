"""Translated texts in each database that a server may have."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import pytest

from tako_server.cache.postgres import PostgresStore
from tako_server.cache.sqlite import SqliteStore
from tako_server.cache.store import Store, StoreRefused
from tako_server.cache.texts import NoTexts, TextTable
from tako_server.core.translating import KeptText
from tests.cache.support import NOW


def text(key: str, said: str = "bonjour") -> KeptText:
    return KeptText(key, "fake", "en", "fr", said)


@pytest.fixture
def table(store: Store) -> TextTable:
    assert isinstance(store, SqliteStore | PostgresStore)
    return TextTable(store, lambda: True)


async def test_what_was_kept_is_found(table: TextTable) -> None:
    await table.keep_texts([text("a"), text("b", "ça va ? 日本\n\n😀"), text("a", "later")], NOW)
    assert await table.texts(["a", "b", "c"], NOW) == {"a": "later", "b": "ça va ? 日本\n\n😀"}
    assert await table.texts([], NOW) == {}
    await table.keep_texts([], NOW)


async def test_many_at_once(table: TextTable) -> None:
    keys = [f"{number:032x}" for number in range(300)]
    await table.keep_texts([text(key, key) for key in keys], NOW)
    assert await table.texts(keys, NOW) == {key: key for key in keys}


async def test_what_is_old_is_not_found_and_goes(table: TextTable) -> None:
    await table.keep_texts([text("old")], NOW - 100)
    await table.keep_texts([text("new")], NOW)
    assert await table.texts(["old", "new"], NOW - 50) == {"new": "bonjour"}
    await table.keep_texts([text("old", "renewed")], NOW)
    assert await table.texts(["old"], NOW - 50) == {"old": "renewed"}
    assert await table.purge_texts(NOW) == 0
    assert await table.purge_texts(NOW + 1) == 2
    assert await table.texts(["old", "new"], 0) == {}


class Broken:
    """A database that fails or falls silent."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent
        self.asked = 0

    async def rows(self, statement: str, *values: object) -> Sequence[Sequence[Any]]:
        self.asked += 1
        if self.silent:
            await asyncio.sleep(60)
        raise StoreRefused("no")


@pytest.mark.parametrize("silent", [True, False])
async def test_a_store_that_fails_costs_a_moment_and_nothing_else(silent: bool) -> None:
    broken = Broken(silent=silent)
    table = TextTable(broken, lambda: True)
    keys = [str(number) for number in range(1000)]
    began = time.monotonic()
    assert await table.texts(keys, NOW) == {}
    await table.keep_texts([text(key) for key in keys], NOW)
    assert time.monotonic() - began < 5
    assert broken.asked == 2


async def test_a_store_that_is_away_is_not_asked() -> None:
    broken = Broken(silent=True)
    table = TextTable(broken, lambda: False)
    assert await table.texts(["a"], NOW) == {}
    await table.keep_texts([text("a")], NOW)
    assert (await table.purge_texts(NOW), broken.asked) == (0, 0)


async def test_a_server_that_keeps_nothing() -> None:
    nothing = NoTexts()
    await nothing.keep_texts([text("a")], NOW)
    assert (await nothing.texts(["a"], 0), await nothing.purge_texts(NOW)) == ({}, 0)
