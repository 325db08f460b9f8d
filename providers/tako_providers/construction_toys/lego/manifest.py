"""The facts about LEGO.com."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.lego import booklets, graphql
from tako_providers.construction_toys.lego.shops import LANGUAGES, SITE
from tako_providers.sdk import (
    Access,
    Attribution,
    Domain,
    FeedSpec,
    KindSpec,
    LanguageMode,
    Limit,
    Manifest,
    RelationSpec,
    TermSpec,
    Tier,
    Ttl,
)

_SETS = (Item.BUILDING_SET,)
SORTS = {Order.RELEVANCE: ("RELEVANCE", True), Order.PRICE: ("PRICE", False)}
"""LEGO's word for an order, and whether it usually goes down."""

MANIFEST = Manifest(
    id="lego",
    title="LEGO",
    domains=(Domain.CONSTRUCTION_TOYS,),
    homepage=SITE,
    base_url=SITE,
    hosts=frozenset(("www.lego.com",)),
    attribution=Attribution(
        "Data from LEGO.com. LEGO is a trademark of the LEGO Group, which does not sponsor, authorise or endorse this.",
        SITE,
    ),
    terms_url="https://www.lego.com/en-us/legal/notices-and-policies/terms-and-conditions",
    limits=(Limit(1, seconds=3.0),),  # none is told; this is modest
    access=Access.BROWSER,
    direct=(graphql.ADDRESS, booklets.OLD_SERVICE),
    timeout=120.0,
    ttl=Ttl(search=3600),
    languages=LANGUAGES,
    language_mode=LanguageMode.SITE,
    image_policy="Pictures belong to the LEGO Group; show them from www.lego.com, and copy none.",
    notes="The terms of LEGO.com forbid systematic extraction: ask for single sets. Its GraphQL is asked first, over"
    " plain HTTP; where it does not answer, its pages, by a browser. None of the two was ever seen live: they are read"
    " after descriptions. Real answers are known of the old service for building instructions alone, which is asked"
    " last. Totals count what is no set too. Without a language or region the French shop answers.",
    kinds=(
        KindSpec(
            Item.BUILDING_SET,
            search=True,
            default=True,
            detail=True,
            filters=("theme", "region"),
            orders=tuple(SORTS),
        ),
        KindSpec(Item.INSTRUCTION),
    ),
    feeds=(
        FeedSpec(Feed.RECENT, _SETS, filters=("region",)),
        FeedSpec(Feed.UPCOMING, _SETS, filters=("region",)),
        FeedSpec(Feed.LAST_CHANCE, _SETS, filters=("region",)),
        FeedSpec(Feed.ON_SALE, _SETS, filters=("region",)),
        FeedSpec(Feed.CHART, _SETS, note="Best sellers of the shop.", filters=("region",)),
    ),
    relations=(RelationSpec(Relation.INSTRUCTIONS, _SETS, (Item.INSTRUCTION,), filters=("region",)),),
    terms=(TermSpec(Term.THEMES),),
    lookups=("set_number",),
    tier=Tier.SILVER,
)
