"""The events of SearchStream, serialized. Items stay as they came."""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.answers_pb2 import (
    Freshness,
    ItemGroup,
    ProviderItems,
    ProviderOutcome,
    SearchEvent,
    SearchStarted,
    SearchSummary,
)
from tako_server.core.envelope import field
from tako_server.core.listing import Source

_ITEMS_OF_EVENT = SearchEvent.ITEMS_FIELD_NUMBER
_ITEMS = ProviderItems.ITEMS_FIELD_NUMBER


def started(sources: Sequence[Source], aside: Sequence[ProviderOutcome]) -> bytes:
    """The first event: who is asked, and who is not."""
    asked = [
        ProviderOutcome(provider=s.provider.manifest.id, domain=s.domain, scope=s.scope, status=ProviderOutcome.PENDING)
        for s in sources
    ]
    return SearchEvent(started=SearchStarted(asked=[*asked, *aside])).SerializeToString()


def arrived(source: Source, parts: Sequence[bytes]) -> bytes:
    """A provider's items."""
    head = ProviderItems(provider=source.provider.manifest.id, domain=source.domain).SerializeToString()
    return field(_ITEMS_OF_EVENT, head + b"".join(field(_ITEMS, part) for part in parts))


def ended(outcome: ProviderOutcome) -> bytes:
    """What became of a provider."""
    return SearchEvent(outcome=outcome).SerializeToString()


def summary(
    next_page_token: str,
    outcomes: Sequence[ProviderOutcome],
    age: Freshness | None,
    groups: Sequence[ItemGroup],
) -> bytes:
    """The last event."""
    told = SearchSummary(next_page_token=next_page_token, outcomes=outcomes, freshness=age, groups=groups)
    return SearchEvent(summary=told).SerializeToString()
