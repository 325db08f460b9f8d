"""Characters, people, publishers and story arcs as items. https://comicvine.gamespot.com/api/documentation"""

from __future__ import annotations

from tako.v1.details_people_pb2 import Character, Collection, Organization, OrganizationRole, Person
from tako.v1.item_parts_pb2 import AlternativeTitle, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef, WorkCredit
from tako.v1.values_pb2 import Gender
from tako_providers.comics.comicvine.fields import (
    add_images,
    add_page,
    aliases,
    described,
    id_of,
    name_of,
    named,
    reference,
    references,
)
from tako_providers.sdk import Json, add_link, count_in, dicts_in, one_line, partial_date, text_in

_GENDERS = {1: Gender.MALE, 2: Gender.FEMALE, 3: Gender.OTHER}
"""0 says nothing."""


def character(entry: Json, *, detail: bool = False) -> Item:
    """A character. Teams are no items here."""
    description = described(entry, detail=detail)
    item = Item(
        kind=Item.CHARACTER,
        source_id=id_of(entry),
        title=name_of(entry),
        alternative_titles=aliases(entry, AlternativeTitle.ALIAS) or None,
        description=description,
        language="en" if description else "",
        character=Character(
            real_name=one_line(text_in(entry, "real_name")),
            gender=_gender(entry),
            birth=one_line(text_in(entry, "birth")),
            origin=name_of(entry.get("origin")),
            publisher=reference(Item.ORGANIZATION, entry.get("publisher")),
            first_appearance=reference(Item.COMIC_ISSUE, entry.get("first_appeared_in_issue")),
            powers=[one.name for one in named(entry, "powers")],
            teams=named(entry, "teams") or None,
            friends=references(Item.CHARACTER, entry, "character_friends") or None,
            enemies=references(Item.CHARACTER, entry, "character_enemies") or None,
            appearance_count=count_in(entry, "count_of_issue_appearances"),
            works=_works(entry),
            creators=[Credit(name=one.name, id=one.id, role=CreditRole.CREATOR) for one in _creators(entry)],
        ),
    )
    add_images(item, entry)
    add_page(item, entry)
    return item


def person(entry: Json, *, detail: bool = False) -> Item:
    """A creator. An e-mail address is nobody's business."""
    description = described(entry, detail=detail)
    hometown = one_line(text_in(entry, "hometown"))
    item = Item(
        kind=Item.PERSON,
        source_id=id_of(entry),
        title=name_of(entry),
        alternative_titles=aliases(entry, AlternativeTitle.ALIAS) or None,
        description=description,
        language="en" if description else "",
        attributes={"hometown": hometown} if hometown else None,
        person=Person(
            birth_date=_date(entry.get("birth")),
            death_date=_date(entry.get("death")),
            country=one_line(text_in(entry, "country")),
            gender=_gender(entry),
            works=_works(entry),
            work_count=count_in(entry, "count_of_isssue_appearances"),  # upstream's own spelling
        ),
    )
    add_images(item, entry)
    add_page(item, entry)
    add_link(item, Link.OFFICIAL, text_in(entry, "website"))
    return item


def publisher(entry: Json, *, detail: bool = False) -> Item:
    """A publisher."""
    description = described(entry, detail=detail)
    address = (one_line(text_in(entry, f"location_{part}")) for part in ("address", "city", "state"))
    item = Item(
        kind=Item.ORGANIZATION,
        source_id=id_of(entry),
        title=name_of(entry),
        alternative_titles=aliases(entry, AlternativeTitle.ALIAS) or None,
        description=description,
        language="en" if description else "",
        organization=Organization(
            roles=[OrganizationRole.PUBLISHER],
            address=", ".join(filter(None, address)),
            works=references(Item.COMIC_SERIES, entry, "volumes") or None,
        ),
    )
    add_images(item, entry)
    add_page(item, entry)
    return item


def story_arc(entry: Json, *, detail: bool = False) -> Item:
    """A story arc. Its own count of issues is 0 where its list has some, so the list is counted."""
    description = described(entry, detail=detail)
    item = Item(
        kind=Item.COLLECTION,
        source_id=id_of(entry),
        title=name_of(entry),
        alternative_titles=aliases(entry, AlternativeTitle.SYNONYM) or None,
        description=description,
        language="en" if description else "",
        collection=Collection(
            type=Collection.STORY_ARC,
            member_count=len(dicts_in(entry, "issues")) or None,
            members=references(Item.COMIC_ISSUE, entry, "issues") or None,
            publisher=reference(Item.ORGANIZATION, entry.get("publisher")),
            first_appearance=reference(Item.COMIC_ISSUE, entry.get("first_appeared_in_issue")),
        ),
    )
    add_images(item, entry)
    add_page(item, entry)
    return item


def _gender(entry: Json) -> Gender.Type.ValueType:
    return _GENDERS.get(entry.get("gender"), Gender.TYPE_UNSPECIFIED)


def _creators(entry: Json) -> list[ItemRef]:
    return references(Item.PERSON, entry, "creators")


def _works(entry: Json) -> list[WorkCredit]:
    """The series that somebody made or is in. Comic Vine does not say as what."""
    return [WorkCredit(work=work) for work in references(Item.COMIC_SERIES, entry, "volume_credits")]


def _date(given: Json) -> str:
    """A day: text with a time behind it, or an object that holds such a text. Other words stay as they are."""
    if isinstance(given, dict):
        given = given.get("date")
    if not isinstance(given, str):
        return ""
    return partial_date(given) or ("" if given.startswith("0000") else one_line(given))
