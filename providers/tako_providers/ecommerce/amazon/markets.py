"""The eight marketplaces, their categories, and which of them a question is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tako.v1.answers_pb2 import Term
from tako_providers.sdk import Domain, InvalidField, primary


@dataclass(frozen=True, slots=True)
class Market:
    """One marketplace. ``mark`` parts units from cents in the amounts of its pages."""

    id: str
    host: str
    country: str
    currency: str
    locale: str
    mark: str

    @property
    def language(self) -> str:
        """The language of its pages."""
        return self.locale[:2]

    @property
    def shop(self) -> str:
        """Its name, as prices have it."""
        return self.host.removeprefix("www.")

    def page(self, asin: str) -> str:
        """Address of an article."""
        return f"https://{self.host}/dp/{asin}"


MARKETS = {
    market.id: market
    for market in (
        Market("fr", "www.amazon.fr", "FR", "EUR", "fr-FR", ","),
        Market("us", "www.amazon.com", "US", "USD", "en-US", "."),
        Market("uk", "www.amazon.co.uk", "GB", "GBP", "en-GB", "."),
        Market("de", "www.amazon.de", "DE", "EUR", "de-DE", ","),
        Market("es", "www.amazon.es", "ES", "EUR", "es-ES", ","),
        Market("it", "www.amazon.it", "IT", "EUR", "it-IT", ","),
        Market("ca", "www.amazon.ca", "CA", "CAD", "en-CA", "."),
        Market("jp", "www.amazon.co.jp", "JP", "JPY", "ja-JP", "."),
    )
}
DEFAULT = "fr"
COMPARED = ("fr", "us", "uk", "de")
"""Where prices are compared when no marketplace is named."""
_OF_COUNTRY = {market.country: market for market in MARKETS.values()}
_OF_LOCALE = {market.locale: market for market in MARKETS.values()}
_OF_LANGUAGE = {"fr": "fr", "en": "us", "de": "de", "es": "es", "it": "it", "ja": "jp"}


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its alias in a search, its place among the bestsellers, and the marketplaces that differ."""

    id: str
    name: str
    alias: str
    chart: str
    aliases: tuple[tuple[str, str], ...] = ()
    charts: tuple[tuple[str, str], ...] = ()

    def alias_in(self, market: Market) -> str:
        """The parameter ``i`` of a search."""
        return dict(self.aliases).get(market.id, self.alias)

    def chart_in(self, market: Market) -> str:
        """The last part of a chart's address."""
        return dict(self.charts).get(market.id, self.chart)


CATEGORIES = {
    category.id: category
    for category in (
        Category("all", "All departments", "", ""),
        Category("videogames", "Video games", "videogames", "videogames"),
        Category(
            "toys",
            "Toys and games",
            "toys",
            "toys",
            aliases=(("us", "toys-and-games"),),
            charts=(("us", "toys-and-games"), ("uk", "kids")),
        ),
        Category("books", "Books", "stripbooks", "books"),
        Category("music", "Music", "popular", "music"),
        Category("movies", "Films and series", "dvd", "dvd", charts=(("us", "movies-tv"), ("ca", "movies-tv"))),
        Category("electronics", "Electronics", "electronics", "electronics", charts=(("de", "ce-de"),)),
    )
}
_OF_DOMAIN = {
    Domain.CONSTRUCTION_TOYS: "toys",
    Domain.BOOKS: "books",
    Domain.COMICS: "books",
    Domain.ANIME_MANGA: "books",
    Domain.MEDIA: "movies",
    Domain.VIDEOGAMES: "videogames",
    Domain.BOARDGAMES: "toys",
    Domain.COLLECTIBLES: "toys",
    Domain.MUSIC: "music",
}


def known(market: str) -> Market:
    """A marketplace by its id. Raises InvalidField that lists them."""
    if market not in MARKETS:
        raise InvalidField("marketplaces", f"must be of {', '.join(MARKETS)}")
    return MARKETS[market]


def wanted(filters: Any, region: str, language: str, default: Sequence[str] = ()) -> list[Market]:
    """The marketplaces of a question: those named, else that of the region, else ``default``, else the language's.

    Only requests of the domain ecommerce can name marketplaces.
    """
    named = getattr(filters, "marketplaces", ())
    if named:
        return [known(market) for market in named]
    if region in _OF_COUNTRY:
        return [_OF_COUNTRY[region]]
    if default:
        return [MARKETS[market] for market in default]
    return [_OF_LOCALE.get(language) or MARKETS[_OF_LANGUAGE.get(primary(language), DEFAULT)]]


def unserved(region: str) -> tuple[str, ...]:
    """The field to report as ignored when a region is named that has no marketplace here."""
    return ("region",) if region and region not in _OF_COUNTRY else ()


def category(domain: Domain, filters: Any) -> Category:
    """The category of a question. In other domains than ecommerce it goes with the domain: ids there are not ours."""
    if domain is not Domain.ECOMMERCE:
        return CATEGORIES[_OF_DOMAIN.get(domain, "all")]
    name = filters.category or "all"
    if name not in CATEGORIES:
        raise InvalidField("category", f"must be one of {', '.join(CATEGORIES)}")
    return CATEGORIES[name]


def marketplace_terms() -> list[Term]:
    """The vocabulary of marketplaces."""
    return [
        Term(
            id=market.id,
            name=market.shop.capitalize(),
            url=f"https://{market.host}",
            currency=market.currency,
            host=market.host,
            country=market.country,
        )
        for market in MARKETS.values()
    ]


def category_terms() -> list[Term]:
    """The vocabulary of categories."""
    return [Term(id=one.id, name=one.name, slug=one.alias) for one in CATEGORIES.values()]
