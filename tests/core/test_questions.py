"""Who is asked, and what a caller is told when nobody is."""

from __future__ import annotations

import pytest

from tako.v1.choices_pb2 import Feed
from tako_providers.sdk.errors import InvalidField, Unsupported
from tako_providers.sdk.manifest import Domain
from tako_server.core.domains import CONTRACTS
from tako_server.core.questions import trending_sources
from tako_server.core.registry import Registry, load_providers

REGISTRY = Registry(load_providers().values())


def refused(domain: Domain, feed: str) -> str:
    """Why nobody has the feed; "" when somebody is asked."""
    try:
        trending_sources(REGISTRY, domain, CONTRACTS[domain].trending(feed=Feed.Type.Value(feed)))
    except Unsupported as error:
        return str(error)
    except InvalidField:
        return ""
    return ""


@pytest.mark.parametrize("domain", list(Domain), ids=str)
def test_a_feed_that_is_refused_is_not_among_those_that_there_are(domain: Domain) -> None:
    for feed in Feed.Type.keys()[1:]:
        _, _, there_are = refused(domain, feed).partition("; there are ")
        for known in there_are.split(", ") if there_are else ():
            assert known != feed
            assert refused(domain, known) == ""


def test_who_has_a_feed_when_named_is_told() -> None:
    told = refused(Domain.BOARDGAMES, "RECENT")
    assert told.endswith("has the feed RECENT; by name there is Amazon (providers=amazon)")
    request = CONTRACTS[Domain.BOARDGAMES].trending(feed=Feed.RECENT, providers=["amazon"])
    sources, _ = trending_sources(REGISTRY, Domain.BOARDGAMES, request)
    assert {source.provider.manifest.id for source in sources} == {"amazon"}


def test_a_feed_that_nobody_has_is_refused_with_those_that_there_are() -> None:
    assert refused(Domain.TCG, "CHART") == "no provider of tcg has the feed CHART; there are RECENT, RANDOM"
