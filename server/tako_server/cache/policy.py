"""How long answers live, in the words of RFC 9111 and RFC 5861.

Fresh; stale, but served while it is revalidated; stale, but served when upstream fails; gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from tako.v1.choices_pb2 import Feed
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.provider import Detail, Lookup, Related, Search, Terms, Trending
from tako_server.core.ports import Ask

EMPTY_TTL = 600
"""Seconds that "there is nothing" stays fresh."""
PARTIAL_TTL = 600
"""Seconds that an answer stays fresh when something which enriches it failed."""
KEEP_STALE = 90 * 86400
"""Seconds that an answer past its time is kept, for when upstream fails."""
_FEED_AT_MOST = {
    Feed.SCHEDULE: 12 * 3600,
    Feed.UPCOMING: 6 * 3600,
    Feed.ON_THE_AIR: 6 * 3600,
    Feed.AIRING_TODAY: 6 * 3600,
}
"""Seconds that feeds which change within a day stay fresh at most, where their provider says nothing of them."""
_REVALIDATE_FACTOR = 10
_REVALIDATE_MOST = 86400


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Seconds from the moment of fetching. ``fresh`` 0 means that the answer is not to be kept or shared at all."""

    fresh: float
    while_revalidate: float
    """Beyond ``fresh``: answered at once, and refreshed behind the answer."""
    if_error: float
    """Beyond ``fresh``: answered only when upstream fails."""


def lifetime(manifest: Manifest, ask: Ask, *, empty: bool = False, partial: bool = False) -> Lifetime:
    """The lifetime of an answer. The manifest's ``max_stale`` bounds all that is beyond fresh."""
    fresh = _fresh(manifest, ask)
    if empty:
        fresh = min(fresh, EMPTY_TTL)
    if partial:
        fresh = min(fresh, PARTIAL_TTL)
    most = KEEP_STALE if manifest.max_stale is None else manifest.max_stale
    return Lifetime(fresh, min(fresh * _REVALIDATE_FACTOR, _REVALIDATE_MOST, most), most)


def _fresh(manifest: Manifest, ask: Ask) -> int:
    ttl = manifest.ttl
    match ask:
        case Search():
            return ttl.search
        case Trending():
            spec = manifest.feed_spec(ask.feed)
            if spec is not None and spec.ttl is not None:
                return spec.ttl
            return min(ttl.feed, _FEED_AT_MOST.get(ask.feed, ttl.feed))
        case Related():
            spec_of = manifest.relation_spec(ask.relation, ask.id.kind)
            return ttl.price if spec_of is not None and spec_of.prices else ttl.detail
        case Terms():
            return ttl.static
        case Detail() | Lookup():
            return ttl.detail
