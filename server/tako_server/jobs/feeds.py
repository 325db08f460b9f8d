"""Fetches feeds before anybody asks for them, so that the first caller of the day need not wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed
from tako.v1.item_pb2 import Item
from tako_providers.sdk.enums import FeedType
from tako_providers.sdk.provider import FIRST, Provider
from tako_server.core.domains import CONTRACTS
from tako_server.core.questions import trending_sources
from tako_server.core.registry import Registry
from tako_server.jobs.job import Report, Work
from tako_server.jobs.rounds import Question, Rounds


@dataclass(frozen=True, slots=True)
class FeedOf:
    """A feed of a provider."""

    provider: str
    feed: FeedType


class Feeds:
    """The feeds of the providers that there are."""

    def __init__(self, registry: Registry, rounds: Rounds) -> None:
        self._registry = registry
        self._rounds = rounds

    def fetching(self, *feeds: FeedOf) -> Work:
        """The work of a job that fetches ``feeds``: the first page of each kind and period."""

        async def fetch(report: Report) -> None:
            await self._rounds.ask([question for feed in feeds for question in self._questions(feed, report)], report)

        return fetch

    def _questions(self, wanted: FeedOf, report: Report) -> Iterator[Question]:
        """The very questions that callers put who name no more than feed, kind and period."""
        name = Feed.Type.Name(wanted.feed)
        if wanted.provider not in self._registry:
            report.say(f"{wanted.provider}: this server has no such provider")
            report.noted("skipped")
            return
        provider = self._registry.get(wanted.provider)
        spec = provider.manifest.feed_spec(wanted.feed)
        if spec is None:
            report.say(f"{wanted.provider}: has no feed {name}")
            report.noted("skipped")
            return
        kinds = (Item.KIND_UNSPECIFIED, *spec.kinds) if spec.mixed else spec.kinds
        for kind in kinds:
            for period in spec.periods or (Period.TYPE_UNSPECIFIED,):
                yield from self._as_callers_ask(provider, wanted.feed, kind, period)

    def _as_callers_ask(
        self, provider: Provider, feed: FeedType, kind: Item.Kind.ValueType, period: Period.Type.ValueType
    ) -> Iterator[Question]:
        manifest = provider.manifest
        domain = manifest.domains[0]
        request = CONTRACTS[domain].trending(providers=[manifest.id], feed=feed, kind=kind, period=period)
        sources, _ = trending_sources(self._registry, domain, request)
        for source in sources:
            yield source.provider, source.ask(FIRST)
