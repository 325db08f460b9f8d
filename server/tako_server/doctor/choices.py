"""What is asked for where nobody says: words for each domain, fields that some need, parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tako.v1.answers_pb2 import Term
from tako_providers.sdk.manifest import Domain

if TYPE_CHECKING:
    from tako_providers.sdk.enums import TermType

WORDS: dict[Domain, str] = {
    Domain.CONSTRUCTION_TOYS: "dragon",
    Domain.BOOKS: "dune",
    Domain.COMICS: "blake",
    Domain.ANIME_MANGA: "naruto",
    Domain.MEDIA: "chaplin",
    Domain.VIDEOGAMES: "zelda",
    Domain.BOARDGAMES: "catan",
    Domain.COLLECTIBLES: "optimus",
    Domain.STICKER_ALBUMS: "football",
    Domain.TCG: "dragon",
    Domain.MUSIC: "queen",
    Domain.ECOMMERCE: "lego",
}
"""One word that every provider of the domain has something for, in each of its default kinds: people are among them."""

NEEDED: dict[str, str] = {"region": "GB", "language": "en", "category": "toys", "color_id": "0"}
"""Fields that a few lists can't do without, and what they are given then."""

PARENTS: dict[TermType, TermType] = {Term.SUBTHEMES: Term.THEMES, Term.PLATFORMS: Term.BRANDS}
"""Where the parent of a vocabulary that needs one is taken from: the first term of another."""
