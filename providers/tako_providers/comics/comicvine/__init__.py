"""Comic Vine: comics and what is in them. https://comicvine.gamespot.com/api/documentation"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.comics_service_pb2 import ComicsRelatedRequest, ComicsSearchRequest, ComicsTrendingRequest
from tako.v1.item_pb2 import Item
from tako_providers.comics.comicvine import dates, lists
from tako_providers.comics.comicvine.answers import KEY, asked, asked_if_there, entry_of, list_in_entry
from tako_providers.comics.comicvine.fields import KIND_OF_PREFIX, PROVIDER, RESOURCES, SITE
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    ItemId,
    Kind,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Provider,
    Related,
    RelationSpec,
    RelationType,
    Request,
    Search,
    Secret,
    Tier,
    Trending,
    Ttl,
    Upstream,
)

_DATES = ("released_from", "released_to")

MANIFEST = Manifest(
    id=PROVIDER,
    title="Comic Vine",
    domains=(Domain.COMICS,),
    homepage=SITE,
    base_url=f"{SITE}/api",
    hosts=frozenset({"comicvine.gamespot.com"}),
    content_hosts=frozenset(
        {
            "comicvine.gamespot.com",
            "www.comicvine.com",
            "static.comicvine.com",
            "comicvine1.cbsistatic.com",
        }
    ),
    attribution=Attribution("Data from Comic Vine", SITE),
    terms_url="https://comicvine.gamespot.com/api/",
    # 200 an hour for each sort of thing, and who asks faster than once a second is turned away.
    limits=(Limit(1, 1.0), Limit(200, 3600.0)),
    limit_statuses=frozenset({420}),  # with a page or with JSON
    secrets=(Secret(KEY, url="https://comicvine.gamespot.com/api/", placeholder="demo"),),
    ttl=Ttl(search=3600, detail=86400),  # asked for by the terms, and by 200 requests an hour
    headers={"Accept": "application/json"},
    languages=("en",),
    language_mode=LanguageMode.NONE,
    delivery_params=frozenset({"resources", "sort"}),
    image_policy="Pictures belong to the publishers.",
    notes="Not for commercial use; show a link to Comic Vine. A search is loose: `exact` asks for names that hold the "
    "words as they are. Dates are those of the cover, or of the sale where there is a text too.",
    kinds=(
        KindSpec(Item.COMIC_SERIES, search=True, default=True, detail=True, filters=("exact",)),
        KindSpec(Item.COMIC_ISSUE, search=True, detail=True, filters=("exact", *_DATES)),
        KindSpec(Item.CHARACTER, search=True, detail=True, filters=("exact",)),
        KindSpec(Item.PERSON, search=True, detail=True, filters=("exact",)),
        KindSpec(Item.ORGANIZATION, search=True, detail=True, filters=("exact",)),
        KindSpec(Item.COLLECTION, search=True, detail=True, filters=("exact",)),
    ),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            kinds=(Item.COMIC_ISSUE,),
            note="By the date on the cover, 90 days around today, without what is not on sale yet.",
            filters=_DATES,
        ),
    ),
    relations=(
        RelationSpec(Relation.ISSUES, (Item.COMIC_SERIES,), (Item.COMIC_ISSUE,), note="in the order of their covers"),
        RelationSpec(
            Relation.WORKS,
            (Item.PERSON, Item.CHARACTER, Item.ORGANIZATION),
            (Item.COMIC_SERIES,),
            note="names only; `enrich` asks for the rest",
            filters=("enrich",),
        ),
        RelationSpec(
            Relation.CHARACTERS,
            (Item.COMIC_ISSUE, Item.COMIC_SERIES, Item.PERSON),
            (Item.CHARACTER,),
            note="names only; `enrich` asks for the rest",
            filters=("enrich",),
        ),
        RelationSpec(
            Relation.MEMBERS,
            (Item.COLLECTION,),
            (Item.COMIC_ISSUE,),
            note="names only; `enrich` asks for the rest",
            filters=("enrich",),
        ),
    ),
    lookups=(PROVIDER,),
    tier=Tier.GOLD,
    lacks={"languages": "its texts are English"},
)


LINKS: dict[tuple[RelationType, Kind], tuple[str, Kind]] = {
    (Relation.WORKS, Item.PERSON): ("volume_credits", Item.COMIC_SERIES),
    (Relation.WORKS, Item.CHARACTER): ("volume_credits", Item.COMIC_SERIES),
    (Relation.WORKS, Item.ORGANIZATION): ("volumes", Item.COMIC_SERIES),
    (Relation.CHARACTERS, Item.COMIC_ISSUE): ("character_credits", Item.CHARACTER),
    (Relation.CHARACTERS, Item.COMIC_SERIES): ("characters", Item.CHARACTER),
    (Relation.CHARACTERS, Item.PERSON): ("created_characters", Item.CHARACTER),
    (Relation.MEMBERS, Item.COLLECTION): ("issues", Item.COMIC_ISSUE),
}
"""The field of a detail that lists what relates to it, and what that is."""
_NUMBER = re.compile("[0-9]+")
_CODE = re.compile(r"(?:([0-9]{4})-)?([0-9]{1,12})")


class ComicVine(Provider):
    """Series, issues, characters, people, publishers and story arcs of Comic Vine."""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Comic Vine takes its key in the query only."""
        key = secrets.get(KEY)
        return request.with_param("api_key", key) if key else request

    async def search(self, ask: Search[ComicsSearchRequest], up: Upstream) -> Page:
        """Things by words; by name or by date, which the search does not know, from the lists."""
        kind, want = ask.kind or Item.COMIC_SERIES, ask.filters
        span = dates.between(want.released_from, want.released_to) if kind == Item.COMIC_ISSUE else None
        if not ask.text and not span:
            raise InvalidField("query", "is needed, but for issues (`kind` COMIC_ISSUE), which have dates too")
        search = lists.searched if ask.text and not want.exact else lists.exactly
        return await search(ask.text, kind, span, ask, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One thing. The kind tells where it is: ids are counted apart."""
        found = await asked(up, _path(ask.id), {"field_list": RESOURCES[ask.id.kind].detailed})
        return lists.MAPPERS[ask.id.kind](entry_of(found), detail=True)

    async def trending(self, ask: Trending[ComicsTrendingRequest], up: Upstream) -> Page:
        """The newest issues by the date on the cover, or those of a span."""
        span = dates.between(ask.filters.released_from, ask.filters.released_to)
        if span:
            return await lists.listed(Item.COMIC_ISSUE, span.filter, ask, up, sort="cover_date:desc")
        today = dates.today()
        page = await lists.listed(Item.COMIC_ISSUE, dates.around(today).filter, ask, up, sort="cover_date:desc")
        out = [item for item in page.items if item.comic_issue.store_date <= today]
        return replace(page, items=out, total_is_estimate=True)

    async def related(self, ask: Related[ComicsRelatedRequest], up: Upstream) -> Page:
        """The issues of a series; what a detail lists."""
        path = _path(ask.id)
        if ask.relation == Relation.ISSUES:
            # Numbers are sorted as text there (1, 10, 2), so the covers tell the order.
            only = f"volume:{ask.id.source_id}"
            return await lists.listed(Item.COMIC_ISSUE, only, ask, up, sort="cover_date:asc")
        field, kind = LINKS[ask.relation, ask.id.kind]
        found = await asked(up, path, {"field_list": f"id,name,{field}"})
        return await lists.linked(kind, list_in_entry(entry_of(found), field), ask, up)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """What has a number of Comic Vine: `4050-796` names one thing, `796` one of each kind."""
        code = _CODE.fullmatch(ask.code)
        if not code:
            return Page([])
        prefix, number = code.groups()
        wanted = [kind for kind in RESOURCES if not ask.kinds or kind in ask.kinds]
        if prefix:
            wanted = [kind for kind in wanted if kind == KIND_OF_PREFIX.get(prefix)]
        items = []
        for kind in wanted:
            path = _path(ItemId(PROVIDER, kind, number))
            found = await asked_if_there(up, path, {"field_list": RESOURCES[kind].detailed})
            if found is not None:
                items.append(lists.MAPPERS[kind](entry_of(found), detail=True))
        return Page(items, total=len(items))


def _path(item_id: ItemId) -> str:
    """The address of a detail."""
    if not _NUMBER.fullmatch(item_id.source_id) or item_id.kind not in RESOURCES:
        raise NotFound("Comic Vine has nothing with this id")
    resource = RESOURCES[item_id.kind]
    return f"/{resource.name}/{resource.prefix}-{item_id.source_id}/"
