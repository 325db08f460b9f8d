"""IGDB's companies, collections and franchises as Items, and its vocabularies as Terms."""

from __future__ import annotations

from typing import NamedTuple

from tako.v1.answers_pb2 import Term
from tako.v1.details_people_pb2 import Collection, Organization, OrganizationRole
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    Kind,
    ShapeChanged,
    TermType,
    country_code,
    https,
    image,
    link,
    list_in,
    one_line,
    plain,
    present,
    text_in,
)
from tako_providers.videogames.igdb.parts import changed, known_part, number_of, picture, refs, websites

COMPANY_FIELDS = (
    "name,slug,url,description,country,start_date,start_date_format,logo.image_id,websites.url,websites.type,"
    "parent.name,developed,published,updated_at"
)
GROUP_FIELDS = "name,slug,url,games.name,games.cover.image_id,games.first_release_date,updated_at"
FOUND_GROUP_FIELDS = "name,slug,url,games,updated_at"
"""In lists: the games of all of them would be many."""
_GROUP_TYPES = {Item.COLLECTION: Collection.GAME_SERIES, Item.FRANCHISE: Collection.FRANCHISE}


def company(entry: Json) -> Item:
    """One company. https://api-docs.igdb.com/#company"""
    number, name, slug = _checked(entry, "company")
    made, published = ({number_of(one) for one in list_in(entry, word)} for word in ("developed", "published"))
    land = country_code(entry.get("country"))
    parents = refs(entry, "parent", Item.ORGANIZATION)
    return Item(
        kind=Item.ORGANIZATION,
        source_id=number,
        title=name,
        description=plain(text_in(entry, "description")),
        images=present((image(Image.LOGO, picture(entry.get("logo"), "logo_med")),)),
        links=[*present((link(Link.SOURCE, text_in(entry, "url")),)), *websites(entry)],
        countries=[land] if land else [],
        language="en",
        source_updated_at=changed(entry),
        attributes={"slug": slug} if slug else {},
        organization=Organization(
            roles=[
                role
                for role, works in ((OrganizationRole.DEVELOPER, made), (OrganizationRole.PUBLISHER, published))
                if works
            ],
            founded=known_part(entry, "start_date"),
            parent=parents[0] if parents else None,
            work_count=len(made | published) or None,
        ),
    )


def group(entry: Json, kind: Kind) -> Item:
    """A collection, which is a series of games, or a franchise. https://api-docs.igdb.com/#collection"""
    number, name, slug = _checked(entry, "group of games")
    return Item(
        kind=kind,
        source_id=number,
        title=name,
        links=present((link(Link.SOURCE, text_in(entry, "url")),)),
        language="en",
        source_updated_at=changed(entry),
        attributes={"slug": slug} if slug else {},
        collection=Collection(
            type=_GROUP_TYPES[kind],
            member_count=len(list_in(entry, "games")) or None,
            members=refs({"games": list_in(entry, "games")[:MAX_EMBEDDED]}, "games", Item.VIDEO_GAME),
        ),
    )


class Vocabulary(NamedTuple):
    """Where a vocabulary is asked, for what, and which field has the word."""

    endpoint: str
    fields: str = "name,slug,url"
    word: str = "name"


VOCABULARIES: dict[TermType, Vocabulary] = {
    Term.GENRES: Vocabulary("genres"),
    Term.PLATFORMS: Vocabulary(
        "platforms", "name,slug,url,summary,abbreviation,platform_family,platform_logo.image_id"
    ),
    Term.PLATFORM_FAMILIES: Vocabulary("platform_families", "name,slug"),
    Term.THEMES: Vocabulary("themes"),
    Term.GAME_MODES: Vocabulary("game_modes"),
    Term.PERSPECTIVES: Vocabulary("player_perspectives"),
    Term.GAME_TYPES: Vocabulary("game_types", "type", word="type"),
    Term.LANGUAGES: Vocabulary("languages", "name,native_name,locale"),
}


def term(entry: Json, vocabulary: Vocabulary) -> Term:
    """One entry of a vocabulary. A platform's `product_family` is the old name of its family."""
    number = number_of(entry) if isinstance(entry, dict) else None
    if number is None or not text_in(entry, vocabulary.word):
        raise ShapeChanged(f"IGDB: an entry of {vocabulary.endpoint} has no id or no name")
    native = one_line(text_in(entry, "native_name"))
    return Term(
        id=str(number),
        name=one_line(entry[vocabulary.word]),
        slug=text_in(entry, "slug"),
        parent_id=str(number_of(entry.get("platform_family", entry.get("product_family"))) or ""),
        description=plain(text_in(entry, "summary")),
        image_url=picture(entry.get("platform_logo"), "logo_med"),
        url=https(text_in(entry, "url")),
        native_name=native,
        code=text_in(entry, "abbreviation") or text_in(entry, "locale"),
    )


def _checked(entry: Json, what: str) -> tuple[str, str, str]:
    """Id, name and slug."""
    if not isinstance(entry, dict) or type(entry.get("id")) is not int or not text_in(entry, "name"):
        raise ShapeChanged(f"a {what} of IGDB has no id or no name")
    return str(entry["id"]), one_line(entry["name"]), text_in(entry, "slug")
