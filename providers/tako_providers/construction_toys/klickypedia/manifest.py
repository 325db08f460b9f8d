"""The facts about Klickypedia."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.klickypedia import listing, set_page
from tako_providers.sdk import (
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

MANIFEST = Manifest(
    id="klickypedia",
    title="Klickypedia",
    domains=(Domain.CONSTRUCTION_TOYS,),
    homepage=listing.SITE,
    base_url=listing.SITE,
    hosts=frozenset(("www.klickypedia.com", "playmobil.a.bigcontent.io")),
    attribution=Attribution("Data from Klickypedia and its community", listing.SITE),
    terms_url=listing.SITE,
    limits=(Limit(1, seconds=1.0),),  # none is told; this is modest
    ttl=Ttl(search=3600, detail=86400),
    languages=set_page.LANGUAGES,
    language_mode=LanguageMode.NAMES,
    notes="Names are in four languages on the page of a set; lists have the site's own. Totals are not told. A search "
    "takes words, or else one of theme, tag and years; years choose among hits and a theme's sets too. Whether there "
    "is a document with instructions is asked of Playmobil's file server.",
    unseen="No page of the live site could be recorded: it is known from two public parsers and descriptions.",
    kinds=(
        KindSpec(
            Item.BUILDING_SET,
            search=True,
            default=True,
            detail=True,
            filters=("theme", "tag", "year_from", "year_to"),
        ),
        KindSpec(Item.PART),
        KindSpec(Item.INSTRUCTION),
    ),
    feeds=(FeedSpec(Feed.RECENT, (Item.BUILDING_SET,), note="Sets released this year, in the site's order."),),
    relations=(
        RelationSpec(Relation.PARTS, (Item.BUILDING_SET,), (Item.PART,), note="Those that the page names."),
        RelationSpec(Relation.INSTRUCTIONS, (Item.BUILDING_SET,), (Item.INSTRUCTION,), note="Playmobil's document."),
    ),
    terms=(TermSpec(Term.THEMES), TermSpec(Term.YEARS), TermSpec(Term.TAGS)),
    lookups=("set_number",),
    # Its pages are known from descriptions alone: errors and empty answers hold by tests, nothing by the live site.
    tier=Tier.SILVER,
)
