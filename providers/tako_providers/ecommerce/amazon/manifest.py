"""The facts about Amazon, and the orders of its searches."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Order, Relation
from tako.v1.item_pb2 import Item
from tako_providers.ecommerce.amazon import charts, parts
from tako_providers.ecommerce.amazon.markets import MARKETS
from tako_providers.sdk import (
    Access,
    Attribution,
    Domain,
    FeedSpec,
    KindSpec,
    LanguageMode,
    Limit,
    Manifest,
    OrderBy,
    Parts,
    RelationSpec,
    TermSpec,
    Tier,
    Ttl,
)

ORDERS: dict[OrderBy, tuple[str, str | None]] = {
    Order.RELEVANCE: ("relevancerank", None),
    Order.PRICE: ("price-asc-rank", "price-desc-rank"),
    Order.RATING: ("review-rank", None),
    Order.RELEASE_DATE: ("date-desc-rank", None),
    Order.POPULARITY: ("exact-aware-popularity-rank", None),
}
"""The sort boxes' values, and that of the other direction where there is one."""
_ELSEWHERE = (
    Domain.CONSTRUCTION_TOYS,
    Domain.BOOKS,
    Domain.COMICS,
    Domain.ANIME_MANGA,
    Domain.MEDIA,
    Domain.VIDEOGAMES,
    Domain.BOARDGAMES,
    Domain.COLLECTIBLES,
    Domain.MUSIC,
)
"""The domains whose things it sells, among other shops and sources only when it is named."""
_HOSTS = frozenset(market.host for market in MARKETS.values())

MANIFEST = Manifest(
    id=parts.PROVIDER,
    title="Amazon",
    domains=(Domain.ECOMMERCE, *_ELSEWHERE),
    on_request=frozenset(_ELSEWHERE),
    homepage="https://www.amazon.com",
    base_url=f"https://{MARKETS['fr'].host}",
    hosts=_HOSTS,
    content_hosts=_HOSTS
    | {"m.media-amazon.com"}
    | {f"images-{region}.ssl-images-amazon.com" for region in ("na", "eu", "fe")},
    attribution=Attribution(
        "Product data and prices from Amazon; both may have changed since", "https://www.amazon.com"
    ),
    terms_url="https://www.amazon.com/gp/help/customer/display.html?nodeId=508088",
    limits=(Limit(1, seconds=3.0),),  # none is told; this is modest
    access=Access.BROWSER,
    timeout=90.0,
    proxy="VPN_PROXY_URL",
    ttl=Ttl(search=600, detail=600, feed=3600),  # all of them hold prices
    max_stale=3600,
    languages=("fr", "en", "de", "es", "it", "ja"),
    language_mode=LanguageMode.SITE,
    image_policy="Pictures belong to Amazon and the sellers; show them next to a link to the article.",
    notes="Amazon's Conditions of Use forbid automated reading, and robots.txt bars many paths; the sanctioned way is "
    "the Product Advertising API, which needs an associate's account. Switch this provider on only where you may use "
    "it. `marketplaces` or `region` choose the shop, else `language` does; without any it is the French one. An item "
    "belongs to one marketplace. Totals are rounded by upstream. Searches are known from recorded pages of the Spanish "
    "and the Japanese shop, articles from the American and the British one. Feeds, empty searches and the other shops' "
    "articles were never seen recorded. Through some addresses Amazon shows the prices of another currency.",
    kinds=(
        KindSpec(
            Item.PRODUCT,
            search=True,
            default=True,
            detail=True,
            filters=("marketplaces", "category", "include_sponsored", "region"),
            orders=tuple(ORDERS),
        ),
        KindSpec(Item.OFFER),
    ),
    feeds=tuple(
        FeedSpec(feed, (Item.PRODUCT,), note=note, filters=("marketplaces", "category", "region"))
        for feed, note in zip(
            charts.LISTS,
            (
                "Best sellers of a category, which must be named, about every hour.",
                "Best sellers among what is new or to come, of a category, which must be named.",
                "What rose most in sales within a day, of a category, which must be named.",
            ),
            strict=True,
        )
    ),
    relations=(
        RelationSpec(
            Relation.PRICES,
            (Item.PRODUCT,),
            (Item.OFFER,),
            note="One offer for each marketplace that has the article; its own, fr, us, uk and de when none is named.",
            filters=("marketplaces",),
            prices=True,
        ),
    ),
    terms=(TermSpec(Term.MARKETPLACES), TermSpec(Term.CATEGORIES)),
    parts=Parts("marketplaces", tuple(MARKETS)),
    lookups=("asin", "isbn10", "isbn13", "ean", "upc"),
    tier=Tier.SILVER,
)
