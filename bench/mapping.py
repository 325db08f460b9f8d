"""What it costs to map a list: microseconds for each item, by provider, on the samples of the project.

A provider is asked the search that its samples answer. What its upstream gives is decoded once, and its lists are made
as long as lists are; then the provider is asked the same again and again. So a figure holds all that a provider does
between a decoded answer and its items, and nothing else.
"""

from __future__ import annotations

import asyncio
import copy
import gc
import importlib
from collections.abc import Awaitable, Callable, Iterator
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from bench.table import Row
from tako_providers.sdk import Page, Provider, ProviderError, Upstream
from tako_server.core.deadline import Deadline
from tako_server.core.registry import load_providers
from tako_server.engine.replay import ReplayExchange
from tako_server.engine.upstream import EngineUpstream
from tests.captures import SAMPLES
from tests.conformance.cases import Facts, Question, search

if TYPE_CHECKING:
    from bench.rows import Bench

MOST = 12.0
"""Microseconds for an item, in the middle of all providers. Each has as much to tell as its upstream does."""
LONG = 40
"""Entries that a list has at least."""
_PAGES = ("html", "fetch")
_TOLD_BY = {"bgg": "id", "digimon": "id", "jikan": "mal_id", "mega": "sku"}
"""What tells entries apart, where a provider gives each thing once."""


class Remembering:
    """An Upstream that has every answer from another one once, and then gives what that gave, at once.

    ``told_by`` names what each copy of an entry has of its own. ``reads_pages`` says that an answer was not decoded.
    """

    def __init__(self, up: Upstream, told_by: str = "") -> None:
        self._up = up
        self._told_by = told_by
        self._answers: dict[str, Any] = {}
        self.reads_pages = False

    async def optional(self, answer: Awaitable[Any]) -> Any:
        """As the engine's own."""
        try:
            return await answer
        except ProviderError:
            return None

    async def kept(self, name: str, load: Callable[[], Awaitable[Any]], *, seconds: float) -> Any:
        """As the engine's own, and for ever: ``seconds`` do not matter."""
        if name not in self._answers:
            self._answers[name] = await load()
        return self._answers[name]

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        """The methods that ask: all others."""

        async def ask(*arguments: Any, **named: Any) -> Any:
            key = f"{name}{arguments}{named}"
            if key not in self._answers:
                try:
                    answer = await getattr(self._up, name)(*arguments, **named)
                    self._answers[key] = answer if name in _PAGES else stretched(answer, self._told_by)
                    self.reads_pages |= name in _PAGES
                except ProviderError as error:
                    self._answers[key] = error
            found = self._answers[key]
            if isinstance(found, ProviderError):
                raise found
            return found

        return ask


def stretched(answer: Any, told_by: str) -> Any:
    """``answer`` with its longest list of objects, or the children of its root, repeated until they are LONG."""
    if isinstance(answer, tuple):  # with its headers
        return (stretched(answer[0], told_by), *answer[1:])
    found: Any = answer if etree.iselement(answer) else max(_lists(answer), key=len, default=[])
    entries = list(found)
    while 0 < len(found) < LONG:
        for entry in map(copy.deepcopy, entries):
            if told_by and etree.iselement(entry):
                entry.set(told_by, f"{entry.get(told_by)}{len(found)}")
            elif told_by in entry:
                entry[told_by] = type(entry[told_by])(f"{entry[told_by]}{len(found)}")
            found.append(entry)
    return answer


def _lists(value: Any) -> Iterator[list[Any]]:
    """The lists of objects in ``value``; those in such a list are not looked at."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _lists(one)


async def per_item(provider: Provider, question: Question, up: Upstream, rounds: int) -> float | None:
    """Microseconds for an item of the answer to ``question``: the least of ``rounds``.

    None where the answer has no items, or was made from pages.
    """
    ask, answered = question.build(provider), getattr(provider, question.operation)
    remembering = Remembering(up, _TOLD_BY.get(provider.manifest.id, ""))
    up = cast("Upstream", remembering)
    page: Page = await answered(ask, up)
    if remembering.reads_pages or not page.items:
        return None
    least = float("inf")
    gc.collect()
    gc.disable()  # as timeit does: whose garbage is collected is chance
    try:
        for _ in range(rounds):
            begun = perf_counter()
            await answered(ask, up)
            least = min(least, perf_counter() - begun)
    finally:
        gc.enable()
    return least / len(page.items) * 1e6


def mapping(bench: Bench) -> Iterator[Row]:
    """A row for each provider whose upstream is an API, and the median of all, which alone has a target."""
    costs: list[float] = []
    for name, provider in sorted(load_providers().items()):
        cost = asyncio.run(per_item(provider, _question(name), _upstream(provider), int(400 * bench.scale)))
        if cost is not None:
            costs.append(cost)
            yield Row(f"mapping of {name}: an item", "us", cost)
    yield Row("mapping, median of these: an item", "us", median(costs), most=MOST)


def _question(name: str) -> Question:
    """The search that the samples of a provider answer."""
    facts: Facts = importlib.import_module(f"tests.conformance.facts.{name}").facts
    return search(facts.walk)


def _upstream(provider: Provider) -> Upstream:
    secrets = {secret.variable: "bench" for secret in provider.manifest.secrets if not secret.is_address}
    return EngineUpstream(provider, secrets, ReplayExchange([SAMPLES]), Deadline.after(60))
