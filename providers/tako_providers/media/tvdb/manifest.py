"""The facts about TheTVDB. https://github.com/thetvdb/v4-api"""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers.media.tvdb.answers import KEY, PIN
from tako_providers.sdk import (
    Attribution,
    Domain,
    FeedSpec,
    KindSpec,
    LanguageMode,
    Limit,
    Manifest,
    RelationSpec,
    Secret,
    TermSpec,
    Tier,
    Ttl,
)

WEEK = 7 * 86400

_TITLES = (Item.SERIES, Item.MOVIE)
_FILTERS = (
    "year",
    "year_from",
    "year_to",
    "genres",
    "countries",
    "original_language",
    "director",
    "network",
    "company",
)
_ORDERS = (Order.RELEVANCE, Order.POPULARITY, Order.RELEASE_DATE, Order.TITLE)

MANIFEST = Manifest(
    id="tvdb",
    title="TheTVDB",
    domains=(Domain.MEDIA,),
    homepage="https://thetvdb.com",
    base_url="https://api4.thetvdb.com/v4",
    hosts=frozenset({"api4.thetvdb.com"}),
    content_hosts=frozenset({"artworks.thetvdb.com", "thetvdb.com", "www.youtube.com"}),
    attribution=Attribution(
        text="Metadata provided by TheTVDB. Please consider adding missing information or subscribing.",
        url="https://thetvdb.com",
    ),
    terms_url="https://thetvdb.com/api-information",
    # None is published.
    limits=(Limit(10, 1.0),),
    signs_in=True,
    secrets=(
        Secret(KEY, url="https://thetvdb.com/dashboard/account/apikey", aliases=("TVDB_KEY",), placeholder="demo"),
        Secret(PIN, url="https://thetvdb.com/subscribe", required=False),
    ),
    # Upstream asks to keep lists of genres, languages and the like for a week or more.
    ttl=Ttl(static=WEEK),
    headers={"accept": "application/json"},
    language_mode=LanguageMode.NATIVE,
    delivery_params=frozenset({"short"}),
    image_policy="Pictures may be shown from artworks.thetvdb.com, with the attribution.",
    notes="TVDB_PIN only for keys that live by users' subscriptions. No ratings: `popularity` is upstream's score."
    " Without a text, titles are listed by one country of origin and one original language, both needed."
    " A search ends after 5,000 results; with a text, genres, original languages, several countries and ranges of"
    " years are filtered in what comes.",
    kinds=(
        KindSpec(Item.SERIES, search=True, default=True, detail=True, filters=_FILTERS, orders=_ORDERS),
        KindSpec(Item.MOVIE, search=True, default=True, detail=True, filters=_FILTERS, orders=_ORDERS),
        KindSpec(Item.PERSON, search=True, default=True, detail=True),
        KindSpec(Item.SEASON, detail=True),
        KindSpec(Item.EPISODE, detail=True),
        KindSpec(Item.COLLECTION, detail=True),
        KindSpec(Item.IMAGE, detail=True),
    ),
    feeds=(
        FeedSpec(
            Feed.POPULAR,
            kinds=_TITLES,
            note="Titles of the country `region` in the original language `language`, by score; both are needed.",
            filters=("genres", "region"),
            needs_region=True,
        ),
    ),
    relations=(
        RelationSpec(
            Relation.SEASONS,
            (Item.SERIES,),
            (Item.SEASON,),
            note="As broadcast, unless another order is named.",
            filters=("season_type",),
        ),
        RelationSpec(
            Relation.EPISODES,
            (Item.SERIES, Item.SEASON),
            (Item.EPISODE,),
            note="season, season_type: of a series.",
            filters=("season", "season_type"),
        ),
        RelationSpec(Relation.CAST, (*_TITLES, Item.EPISODE), (Item.PERSON,)),
        RelationSpec(Relation.CREW, (*_TITLES, Item.EPISODE), (Item.PERSON,), filters=("role",)),
        RelationSpec(Relation.WORKS, (Item.PERSON,), (*_TITLES, Item.EPISODE), filters=("role",)),
        RelationSpec(Relation.MEMBERS, (Item.COLLECTION,), _TITLES),
        RelationSpec(Relation.IMAGES, (*_TITLES, Item.SEASON), (Item.IMAGE,)),
    ),
    terms=(
        TermSpec(Term.GENRES),
        TermSpec(Term.STATUSES, kinds=_TITLES),
        TermSpec(Term.LANGUAGES),
        TermSpec(Term.COUNTRIES),
        TermSpec(Term.CONTENT_RATINGS),
    ),
    lookups=("imdb", "tmdb", "eidr", "tvdb"),
    tier=Tier.SILVER,
)
