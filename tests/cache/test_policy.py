"""How long an answer lives: the numbers of the design."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Domain, FeedSpec, Manifest, RelationSpec, Ttl
from tako_providers.sdk.item_id import parse_id
from tako_providers.sdk.provider import Detail, Lookup, Related, Search, Terms, Trending
from tako_server.cache.policy import lifetime
from tako_server.core.ports import Ask

DAY = 86400
BOOK = parse_id("books/book/1")


def manifest(**facts: Any) -> Manifest:
    """A manifest with the default lifetimes."""
    return Manifest(
        id="books",
        title="Books",
        domains=(Domain.BOOKS,),
        homepage="",
        base_url="",
        hosts=frozenset(),
        attribution=Attribution("", ""),
        feeds=(
            *(FeedSpec(of_a_day, (Item.BOOK,)) for of_a_day in (Feed.TRENDING, Feed.SCHEDULE, Feed.UPCOMING)),
            *(FeedSpec(of_a_day, (Item.BOOK,)) for of_a_day in (Feed.ON_THE_AIR, Feed.AIRING_TODAY)),
            FeedSpec(Feed.RANDOM, (Item.BOOK,), ttl=0),
            FeedSpec(Feed.RECENT, (Item.BOOK,), ttl=7 * DAY),
        ),
        relations=(
            RelationSpec(Relation.SIMILAR, (Item.BOOK,), (Item.BOOK,)),
            RelationSpec(Relation.PRICES, (Item.BOOK,), (Item.OFFER,), prices=True),
        ),
        **facts,
    )


def feed(which: Feed.Type.ValueType) -> Ask:
    """A question for a feed."""
    return Trending(domain=Domain.BOOKS, feed=which, kind=Item.BOOK, period=Period.TYPE_UNSPECIFIED, filters=None)


def related(which: Relation.Type.ValueType) -> Ask:
    """A question for a relation."""
    return Related(domain=Domain.BOOKS, id=BOOK, relation=which, filters=None)


SEARCH: Ask = Search(domain=Domain.BOOKS, text="dune", filters=None)


@pytest.mark.parametrize(
    ("ask", "seconds"),
    [
        pytest.param(SEARCH, 300, id="search"),
        pytest.param(Detail(domain=Domain.BOOKS, id=BOOK), 3600, id="detail"),
        pytest.param(Lookup(scheme="isbn", code="1"), 3600, id="lookup"),
        pytest.param(related(Relation.SIMILAR), 3600, id="related"),
        pytest.param(related(Relation.PRICES), 600, id="prices"),
        pytest.param(Terms(domain=Domain.BOOKS, terms=Term.THEMES), DAY, id="terms"),
        pytest.param(feed(Feed.TRENDING), DAY, id="feed"),
        pytest.param(feed(Feed.RANDOM), 0, id="random"),
        pytest.param(feed(Feed.RECENT), 7 * DAY, id="a feed of its own"),
        pytest.param(feed(Feed.SCHEDULE), DAY / 2, id="schedule"),
        pytest.param(feed(Feed.UPCOMING), DAY / 4, id="upcoming"),
        pytest.param(feed(Feed.ON_THE_AIR), DAY / 4, id="on the air"),
        pytest.param(feed(Feed.AIRING_TODAY), DAY / 4, id="airing today"),
    ],
)
def test_fresh(ask: Ask, seconds: int) -> None:
    assert lifetime(manifest(), ask).fresh == seconds


def test_a_feed_of_a_provider_that_keeps_all_briefly_is_no_longer_fresh_than_that() -> None:
    assert lifetime(manifest(ttl=Ttl(feed=3600)), feed(Feed.UPCOMING)).fresh == 3600


def test_nothing_and_half_of_it_live_ten_minutes_at_most() -> None:
    terms = Terms(domain=Domain.BOOKS, terms=Term.THEMES)
    assert lifetime(manifest(), terms, empty=True).fresh == 600
    assert lifetime(manifest(), terms, partial=True).fresh == 600
    assert lifetime(manifest(), SEARCH, empty=True, partial=True).fresh == 300
    assert lifetime(manifest(), feed(Feed.RANDOM), empty=True).fresh == 0


def test_stale_is_kept_ninety_days_and_given_at_once_for_a_day_at_most() -> None:
    assert lifetime(manifest(), SEARCH).while_revalidate == 3000
    assert lifetime(manifest(), feed(Feed.TRENDING)).while_revalidate == DAY
    assert lifetime(manifest(), SEARCH).if_error == 90 * DAY


def test_terms_of_upstream_bound_both() -> None:
    bounded = lifetime(manifest(max_stale=1000), SEARCH)
    assert (bounded.fresh, bounded.while_revalidate, bounded.if_error) == (300, 1000, 1000)
    never = lifetime(manifest(max_stale=0), SEARCH)
    assert (never.fresh, never.while_revalidate, never.if_error) == (300, 0, 0)
