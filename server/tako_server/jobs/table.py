"""The nine jobs."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed
from tako_server.jobs.feeds import FeedOf, Feeds
from tako_server.jobs.job import Job
from tako_server.jobs.refreshing import Refresher
from tako_server.jobs.tidying import Tidying

_QUARTER = 900.0
_HOUR = 3600.0

_TMDB_TRENDING = (FeedOf("tmdb", Feed.TRENDING),)
_JIKAN_TRENDING = (FeedOf("jikan", Feed.TRENDING),)
_POPULAR = (FeedOf("tmdb", Feed.POPULAR), FeedOf("rawg", Feed.POPULAR))
_IGDB_POPULAR = (FeedOf("igdb", Feed.POPULAR),)
_DEEZER_CHARTS = (FeedOf("deezer", Feed.CHART),)
_ITUNES_CHARTS = (FeedOf("itunes", Feed.CHART), FeedOf("itunes", Feed.POPULAR))


def nine_jobs(feeds: Feeds, refresher: Refresher, tidying: Tidying) -> tuple[Job, ...]:
    """The jobs in the order of their day."""
    return (
        Job("tmdb-trending", "Fetch TMDB's trending feeds", "0 2 * * *", _QUARTER, feeds.fetching(*_TMDB_TRENDING)),
        Job("jikan-trending", "Fetch Jikan's trending feed", "30 2 * * *", _QUARTER, feeds.fetching(*_JIKAN_TRENDING)),
        Job("popular", "Fetch the popular feeds of TMDB and RAWG", "0 3 * * *", _QUARTER, feeds.fetching(*_POPULAR)),
        Job("igdb-popular", "Fetch IGDB's popular feed", "30 3 * * *", _QUARTER, feeds.fetching(*_IGDB_POPULAR)),
        Job("deezer-charts", "Fetch Deezer's charts", "0 4 * * *", _QUARTER, feeds.fetching(*_DEEZER_CHARTS)),
        Job("itunes-charts", "Fetch the charts of iTunes", "30 4 * * *", _QUARTER, feeds.fetching(*_ITUNES_CHARTS)),
        Job(
            "refresh-expired",
            "Refresh answers that have expired, those used lately first",
            "0 */6 * * *",
            _HOUR,
            refresher.refresh_expired,
        ),
        Job("purge-old", "Purge answers older than 90 days", "0 5 * * *", _QUARTER, tidying.purge_old),
        Job("statistics", "Count what is kept", "0 * * * *", 120.0, tidying.count, jitter=5.0),
    )
