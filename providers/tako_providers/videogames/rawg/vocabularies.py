"""RAWG's vocabularies as Terms. https://api.rawg.io/docs/"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tako.v1.answers_pb2 import Term
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    TermType,
    count_in,
    dicts_in,
    https,
    make_id,
    one_line,
    plain,
    positive,
    text_in,
)
from tako_providers.videogames.rawg.parts import PROVIDER, named, organization_id, page_address


class Vocabulary(NamedTuple):
    """Where a vocabulary is asked, whether RAWG's site has pages of its terms, and what items they are."""

    path: str
    has_pages: bool = False
    kind: Kind | None = None
    word: str = ""
    single: bool = True
    """Whether one entry can be asked for."""


VOCABULARIES: dict[TermType, Vocabulary] = {
    Term.GENRES: Vocabulary("genres"),
    Term.PLATFORMS: Vocabulary("platforms"),
    Term.PLATFORM_FAMILIES: Vocabulary("platforms/lists/parents", single=False),
    Term.TAGS: Vocabulary("tags", has_pages=True),
    Term.STORES: Vocabulary("stores"),
    Term.DEVELOPERS: Vocabulary("developers", has_pages=True, kind=Item.ORGANIZATION, word="developer"),
    Term.PUBLISHERS: Vocabulary("publishers", has_pages=True, kind=Item.ORGANIZATION, word="publisher"),
    Term.CREATORS: Vocabulary("creators", has_pages=True, kind=Item.PERSON),
    Term.ROLES: Vocabulary("creator-roles", single=False),
}


def term(entry: Json, vocabulary: Vocabulary, parent: str = "") -> Term:
    """One entry of a vocabulary."""
    found = named(entry)
    if found is None:
        raise ShapeChanged(f"RAWG: an entry of {vocabulary.path} has no id or no name")
    number, name = found
    slug = text_in(entry, "slug")
    return Term(
        id=number,
        name=one_line(name),
        slug=slug,
        parent_id=parent,
        description=plain(text_in(entry, "description")),
        image_url=https(text_in(entry, "image") or text_in(entry, "image_background")),
        url=page_address(vocabulary.path, slug) if vocabulary.has_pages else "",
        count=count_in(entry, "games_count"),
        year_from=positive(entry.get("year_start")),
        year_to=positive(entry.get("year_end")),
        item_id=_item_id(entry, number, vocabulary),
        host=text_in(entry, "domain"),
    )


def platforms_of(families: Sequence[Json], parent: str) -> list[Term]:
    """The platforms of one family, which is named by id or slug."""
    return [
        term(platform, VOCABULARIES[Term.PLATFORMS], str(family["id"]))
        for family in families
        if named(family) and parent.lower() in (str(family["id"]), text_in(family, "slug"))
        for platform in dicts_in(family, "platforms")
    ]


def _item_id(entry: Json, number: str, vocabulary: Vocabulary) -> str:
    if vocabulary.kind is None:
        return ""
    source_id = organization_id(vocabulary.word, entry) if vocabulary.word else number
    return make_id(PROVIDER, vocabulary.kind, source_id)
