"""JeuxVideo.com (JVC): games, read from the site's pages. https://www.jeuxvideo.com"""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed
from tako.v1.item_pb2 import Item
from tako.v1.videogames_service_pb2 import VideoGamesSearchRequest, VideoGamesTrendingRequest
from tako_providers.sdk import (
    Access,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    KindSpec,
    Limit,
    Manifest,
    NotFound,
    Page,
    Provider,
    Search,
    Tier,
    Trending,
    Ttl,
    Upstream,
)
from tako_providers.videogames.jvc import games, lists
from tako_providers.videogames.jvc.parts import LANGUAGE, PROVIDER, SITE

_GAMES_ONLY = 9
"""What the site's search calls games."""

MANIFEST = Manifest(
    id=PROVIDER,
    title="JeuxVideo.com",
    domains=(Domain.VIDEOGAMES,),
    homepage=SITE,
    base_url=SITE,
    hosts=frozenset(("www.jeuxvideo.com",)),
    content_hosts=frozenset(("www.jeuxvideo.com", "image.jeuxvideo.com")),
    attribution=Attribution("Data from JeuxVideo.com", SITE),
    # Nothing is published; this is slower than a reader.
    limits=(Limit(1, 2.0),),
    access=Access.DIRECT_THEN_BROWSER,
    timeout=40.0,
    ttl=Ttl(search=3600, detail=86400),
    languages=(LANGUAGE,),
    image_policy="Pictures belong to the publishers of the games, or to JeuxVideo.com.",
    notes="Texts and marks are those of a press site: link back. A search is one page. Marks are out of 20: that of "
    "the readers comes first, that of the site's review is among `ratings`. The API of the site's mobile app is not "
    "asked: it needs a partner's key.",
    kinds=(KindSpec(Item.VIDEO_GAME, search=True, default=True, detail=True, pages=False),),
    feeds=(FeedSpec(Feed.POPULAR, (Item.VIDEO_GAME,), note="The catalogue in its own order: most read first."),),
    tier=Tier.SILVER,
    unseen="The pages that it was written after were made by hand, from what several public scrapers read.",
)


class Jvc(Provider):
    """Games of JeuxVideo.com."""

    manifest = MANIFEST

    async def search(self, ask: Search[VideoGamesSearchRequest], up: Upstream) -> Page:
        """Games by words."""
        if not ask.text:
            raise InvalidField("query", "is needed")
        return lists.found(await up.html("/rechercher.php", {"m": _GAMES_ONLY, "q": ask.text}))

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One game, for all its machines."""
        number = ask.id.source_id
        if not (number.isascii() and number.isdecimal()):
            raise NotFound("JeuxVideo.com has no game with this id")
        return games.game(await up.html(f"/jeux/jeu-{number}/"), number)

    async def trending(self, ask: Trending[VideoGamesTrendingRequest], up: Upstream) -> Page:
        """A page of the catalogue."""
        return lists.listed(await up.html("/tous-les-jeux/", {"p": ask.page}), ask.page)
