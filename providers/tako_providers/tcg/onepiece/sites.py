"""Bandai's sites: one for each language, all with the same pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from tako_providers.sdk import primary

PROVIDER = "onepiece"


@dataclass(frozen=True, slots=True)
class Site:
    """One site: the language of its texts, its host, and what its numbers of sets begin with, where that is known."""

    language: str
    host: str
    numbers: str = ""

    @property
    def root(self) -> str:
        """The beginning of all its addresses."""
        return f"https://{self.host}"

    @property
    def cards(self) -> str:
        """The page that all answers come from."""
        return f"{self.root}/cardlist/"

    def found(self, **asked: str) -> str:
        """The page of an answer, for people."""
        return f"{self.cards}?{urlencode(asked)}"


ENGLISH = Site("en", "en.onepiece-cardgame.com", "569")
"""The site for America and Europe."""
SITES = {
    "en": ENGLISH,
    "fr": Site("fr", "fr.onepiece-cardgame.com"),
    "ja": Site("ja", "www.onepiece-cardgame.com"),
    "zh": Site("zh-Hant", "asia-tc.onepiece-cardgame.com"),
    "th": Site("th", "asia-th.onepiece-cardgame.com"),
}
"""By primary language. There is no site in Simplified Chinese of this kind, nor one in Korean."""


def site_in(language: str) -> Site:
    """The site of a BCP-47 language, the English one where there is none."""
    return SITES.get(primary(language), ENGLISH)


def sites_in(language: str) -> tuple[Site, ...]:
    """The sites to look for a card at: that of the language, then the English one, which has more cards than most."""
    site = site_in(language)
    return (site,) if site is ENGLISH else (site, ENGLISH)
