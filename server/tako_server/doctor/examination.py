"""Asking a provider everything, one question after the other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk.errors import InvalidField, NotConfigured, NotFound, TakoError
from tako_providers.sdk.provider import FIRST
from tako_server.core.error_table import meaning
from tako_server.doctor.choices import NEEDED, PARENTS
from tako_server.doctor.finding import EMPTY, NOT_ASKED, OK, Diagnosis, Finding, Operation
from tako_server.doctor.sources import Sources
from tako_server.engine.limiter import BudgetSpent

if TYPE_CHECKING:
    from tako_providers.sdk.enums import Kind, TermType
    from tako_providers.sdk.provider import Provider
    from tako_server.core.listing import Source
    from tako_server.core.ports import Answer, Engine

LONGEST_REST = 90.0
"""Seconds that a spent budget is waited for; a budget of hours or of a day is reported as spent."""
_TRIES = 3
_NEEDS = {
    Operation.DETAIL: (Operation.SEARCH,),
    Operation.RELATED: (Operation.SEARCH,),
    Operation.LOOKUP: (Operation.SEARCH, Operation.DETAIL),
}
"""What has to be asked before: a hit to go on from, and its codes."""


class Examination:
    """One provider, asked through ``engine``, whose limits and protection hold.

    ``tell`` hears what is being done. ``operations`` are those wanted, all when empty; what they need is asked too.
    ``kinds`` are searched for instead of the provider's defaults.
    """

    def __init__(
        self,
        provider: Provider,
        engine: Engine,
        text: str,
        *,
        operations: Collection[Operation] = (),
        kinds: Sequence[Kind] = (),
        tell: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._provider = provider
        self._manifest = provider.manifest
        self._engine = engine
        self._text = text
        self._wanted = frozenset(operations) or frozenset(Operation)
        self._tell = tell
        self._sleep = sleep
        self._sources = Sources(provider)
        self._named = bool(kinds)
        self._kinds = tuple(kinds) or tuple(spec.kind for spec in self._manifest.kinds if spec.default)
        self._findings: list[Finding] = []
        self._hits: dict[Kind, Item] = {}
        self._details: list[Item] = []
        self._terms: dict[TermType, Term] = {}

    async def run(self) -> Diagnosis:
        """Ask everything that is wanted."""
        needed = self._wanted.union(*(_NEEDS.get(operation, ()) for operation in self._wanted))
        steps = {
            Operation.SEARCH: self._search,
            Operation.DETAIL: self._detail,
            Operation.TRENDING: self._trending,
            Operation.RELATED: self._related,
            Operation.TERMS: self._vocabularies,
            Operation.LOOKUP: self._lookup,
        }
        for operation, step in steps.items():
            if operation in needed:
                await step()
        goes_on = bool(self._wanted & _NEEDS.keys()) and bool(self._kinds)
        return Diagnosis(tuple(self._findings), stuck=goes_on and not self._hits)

    async def _search(self) -> None:
        # Without a kind named, upstreams with several often have a search of its own.
        for kind in (*((None,) if len(self._kinds) > 1 and not self._named else ()), *self._kinds):
            what = _words(Item.Kind.Name(kind)) if kind is not None else "all defaults"
            for answer in await self._ask(
                Operation.SEARCH, f'{what} "{self._text}"', partial(self._sources.search, self._text, kind)
            ):
                for item in map(Item.FromString, answer.parts):
                    if item.kind in self._kinds:
                        self._hits.setdefault(item.kind, item)

    async def _detail(self) -> None:
        for kind in self._kinds:
            spec = self._manifest.kind_spec(kind)
            if spec is None or not spec.detail:
                continue
            hit = self._hits.get(kind)
            if hit is None:
                self._pass(Operation.DETAIL, _words(Item.Kind.Name(kind)), "no hit")
                continue
            for answer in await self._ask(Operation.DETAIL, hit.id, partial(self._sources.detail, hit.id)):
                self._details += map(Item.FromString, answer.parts)

    async def _trending(self) -> None:
        for spec in self._manifest.feeds:
            kind = "" if spec.mixed or not spec.kinds else f" {_words(Item.Kind.Name(spec.kinds[0]))}"
            asked = _words(Feed.Type.Name(spec.feed)) + kind
            await self._ask(Operation.TRENDING, asked, partial(self._sources.trending, spec), fills=True)

    async def _related(self) -> None:
        for spec in self._manifest.relations:
            name = _words(Relation.Type.Name(spec.relation))
            hit = next((self._hits[kind] for kind in spec.from_kinds if kind in self._hits), None)
            if hit is None:
                kinds = ", ".join(_words(Item.Kind.Name(kind)) for kind in spec.from_kinds)
                self._pass(Operation.RELATED, name, f"no hit of {kinds}")
                continue
            await self._ask(
                Operation.RELATED, f"{name} {hit.id}", partial(self._sources.related, hit.id, spec), fills=True
            )

    async def _vocabularies(self) -> None:
        # Those without a parent first: one of their terms may be it.
        for spec in sorted(self._manifest.terms, key=lambda spec: spec.parent_required):
            name, parent = _words(Term.Type.Name(spec.terms)), ""
            if spec.parent_required:
                above = self._terms.get(PARENTS.get(spec.terms, Term.TYPE_UNSPECIFIED))
                if above is None:
                    self._pass(Operation.TERMS, name, "no parent to ask for")
                    continue
                parent = above.id
            asked = f"{name} of {parent}" if parent else name
            for answer in await self._ask(Operation.TERMS, asked, partial(self._sources.terms, spec, parent)):
                if answer.parts:
                    self._terms[spec.terms] = Term.FromString(answer.parts[0])

    async def _lookup(self) -> None:
        codes: dict[str, str] = {}
        for item in (*self._details, *self._hits.values()):
            for one in item.external_ids:
                codes.setdefault(one.scheme, one.value)
        for scheme in self._manifest.lookups:
            code = codes.get(scheme, "")
            if not code:
                self._pass(Operation.LOOKUP, scheme, "no hit gave one")
                continue
            await self._ask(
                Operation.LOOKUP,
                f"{scheme} {code}",
                partial(self._sources.lookup, scheme, code),
            )

    def _pass(self, operation: Operation, asked: str, why: str) -> None:
        self._findings.append(Finding(operation, asked, NOT_ASKED, why))

    async def _ask(
        self, operation: Operation, asked: str, sources: Callable[..., Sequence[Source]], *, fills: bool = False
    ) -> Sequence[Answer]:
        """Ask, and keep what came of it; the answers are given to who goes on from them.

        ``fills``: where the provider can't do without a field, it is given one of those that we know. Until then it has
        not asked its upstream.
        """
        more: dict[str, str] = {}
        while True:
            named = asked + (f" {', '.join(f'{name}={value}' for name, value in more.items())}" if more else "")
            try:
                return await self._ask_each(operation, named, sources(**more))
            except TakoError as error:
                field = error.field if fills and isinstance(error, InvalidField) else ""
                if field not in NEEDED or field in more:
                    self._findings.append(_failure(operation, named, error, 0.0))
                    return ()
                more[field] = NEEDED[field]

    async def _ask_each(self, operation: Operation, asked: str, sources: Sequence[Source]) -> Sequence[Answer]:
        """Ask each part. Raises InvalidField when the first refuses the question."""
        answers: list[Answer] = []
        for source in sources:
            named = f"{asked} ({source.scope})" if source.scope else asked
            self._tell(f"{operation} {named}")
            began = time.monotonic()
            try:
                answer = await self._within_limits(source)
            except TakoError as error:
                if isinstance(error, InvalidField) and source is sources[0]:
                    raise
                if isinstance(error, NotFound) and source.scope and operation is Operation.RELATED:
                    # A part that has not what another part has is no failure.
                    took = time.monotonic() - began
                    self._findings.append(Finding(operation, named, EMPTY, str(error), seconds=took))
                    continue
                self._findings.append(_failure(operation, named, error, time.monotonic() - began))
                continue
            answers.append(answer)
            self._findings.append(_success(operation, named, answer))
        return answers

    async def _within_limits(self, source: Source) -> Answer:
        """The answer. Where the budget of requests is spent, its window is let pass: nobody waits for this but us."""
        for tries_left in reversed(range(_TRIES)):
            try:
                return await self._engine.ask(self._provider, source.ask(FIRST), self._manifest.timeout)
            except BudgetSpent as spent:
                rest = spent.retry_after or 0.0
                if not tries_left or rest > LONGEST_REST:
                    raise
                # The whole window, not its first free slot: an operation may need several requests.
                windows = [limit.seconds for limit in self._manifest.limits if limit.seconds <= LONGEST_REST]
                rest = max(rest, *windows, 0.0)
            self._tell(f"waiting {rest:.0f} s for its limits")
            await self._sleep(rest)
        raise AssertionError("unreachable")


def _success(operation: Operation, asked: str, answer: Answer) -> Finding:
    first: Item | Term | None = None
    if answer.parts:
        first = (Term if operation is Operation.TERMS else Item).FromString(answer.parts[0])
    return Finding(
        operation,
        asked,
        OK if answer.parts else EMPTY,
        items=len(answer.parts),
        total=answer.total,
        seconds=answer.seconds,
        first=first,
        partial=answer.partial,
    )


def _failure(operation: Operation, asked: str, error: TakoError, seconds: float) -> Finding:
    variables = error.variables if isinstance(error, NotConfigured) else ()
    return Finding(operation, asked, meaning(error).reason, str(error), seconds=seconds, variables=variables)


def _words(name: str) -> str:
    return name.lower().replace("_", " ")
