"""The facts about IMDb and the service that it is asked through."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.media.imdb import filters
from tako_providers.sdk import (
    Attribution,
    Domain,
    FeedSpec,
    KindSpec,
    Limit,
    Manifest,
    RelationSpec,
    Secret,
    TermSpec,
    Tier,
)

_SHOWN = (Item.MOVIE, Item.SERIES)
_CREDITED = (Item.MOVIE, Item.SERIES, Item.EPISODE)
_TITLES = (Item.MOVIE, Item.SERIES, Item.EPISODE, Item.VIDEO_GAME)

MANIFEST = Manifest(
    id="imdb",
    title="IMDb",
    domains=(Domain.MEDIA,),
    homepage="https://www.imdb.com",
    base_url="https://api.imdbapi.dev",
    base_url_setting="IMDB_BASE_URL",
    secrets=(Secret("IMDB_BASE_URL", url="https://imdbapi.dev", required=False, is_address=True),),
    hosts=frozenset({"api.imdbapi.dev", "v3.sg.media-imdb.com", "www.imdb.com"}),
    content_hosts=frozenset({"m.media-amazon.com", "www.imdb.com", "www.metacritic.com"}),
    attribution=Attribution("Data from IMDb", "https://www.imdb.com"),
    terms_url="https://www.imdb.com/conditions",
    limits=(Limit(5, 1.0),),
    headers={"accept": "application/json, text/html;q=0.9"},
    languages=("en",),
    image_policy="Pictures belong to their owners; show them from m.media-amazon.com, for personal use.",
    notes="imdbapi.dev is a free service over IMDb's data, not licensed by IMDb: non-commercial use. Texts are English."
    " With a text, upstream takes no filters: what comes is filtered. `original_language` finds languages that are"
    " spoken in a title. Where the service fails, IMDb's search box and title pages answer with less.",
    kinds=(
        KindSpec(
            Item.MOVIE,
            search=True,
            default=True,
            detail=True,
            filters=(*filters.BROWSED, "formats", "adult"),
            orders=filters.ORDERS,
        ),
        KindSpec(
            Item.SERIES,
            search=True,
            default=True,
            detail=True,
            filters=(*filters.BROWSED, "adult"),
            orders=filters.ORDERS,
        ),
        KindSpec(Item.EPISODE, search=True, detail=True, filters=(*filters.TOLD, "adult")),
        KindSpec(Item.PERSON, search=True, detail=True, pages=False),
        KindSpec(
            Item.VIDEO_GAME,
            search=True,
            detail=True,
            filters=(*filters.BROWSED, "adult"),
            orders=filters.ORDERS,
        ),
        KindSpec(Item.SEASON),
        KindSpec(Item.IMAGE),
        KindSpec(Item.VIDEO),
    ),
    feeds=(
        FeedSpec(
            Feed.POPULAR,
            kinds=(Item.MOVIE, Item.SERIES, Item.PERSON),
            note="People: the star meter. Genres: films and series.",
            filters=("genres", "adult"),
        ),
        FeedSpec(Feed.TOP_RATED, kinds=_SHOWN, note="With 25,000 votes or more.", filters=("genres", "adult")),
        FeedSpec(
            Feed.UPCOMING,
            kinds=_SHOWN,
            note="Of this year and later without a rating yet, the furthest first: lists tell years, not dates.",
            filters=("genres", "adult"),
        ),
    ),
    relations=(
        RelationSpec(Relation.SEASONS, (Item.SERIES,), (Item.SEASON,)),
        RelationSpec(Relation.EPISODES, (Item.SERIES, Item.SEASON), (Item.EPISODE,), filters=("season",)),
        RelationSpec(Relation.CAST, _CREDITED, (Item.PERSON,)),
        RelationSpec(Relation.CREW, _CREDITED, (Item.PERSON,), filters=("role",)),
        RelationSpec(Relation.IMAGES, (*_TITLES, Item.PERSON), (Item.IMAGE,)),
        RelationSpec(Relation.VIDEOS, _TITLES, (Item.VIDEO,)),
        RelationSpec(
            Relation.WORKS,
            (Item.PERSON,),
            _TITLES,
            note="Video games only when they are asked for.",
            filters=("role", "adult"),
        ),
    ),
    terms=(TermSpec(Term.GENRES, parent=True),),
    lookups=("imdb",),
    tier=Tier.SILVER,
)
