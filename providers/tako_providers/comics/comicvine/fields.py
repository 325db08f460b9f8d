"""What the mappers of Comic Vine share: kinds, names, pictures, references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    Kind,
    ShapeChanged,
    add_image,
    dict_in,
    dicts_in,
    https,
    make_id,
    one_line,
    plain,
    present,
    text_in,
)

PROVIDER = "comicvine"
SITE = "https://comicvine.gamespot.com"

_LISTED = "id,name,aliases,deck,image,site_detail_url,resource_type"
_DETAILED = "id,name,aliases,deck,description,image,site_detail_url"


@dataclass(frozen=True, slots=True)
class Resource:
    """How Comic Vine calls a kind: alone, in a list, and as the number in front of its ids.

    ``listed`` and ``detailed`` are the fields asked for. Without them a well-known character is megabytes.
    """

    name: str
    plural: str
    prefix: str
    listed: str
    detailed: str


RESOURCES: dict[Kind, Resource] = {
    Item.COMIC_SERIES: Resource(
        "volume",
        "volumes",
        "4050",
        f"{_LISTED},start_year,publisher,count_of_issues,first_issue,last_issue",
        f"{_DETAILED},start_year,publisher,count_of_issues,first_issue,last_issue,issues,characters,people",
    ),
    Item.COMIC_ISSUE: Resource(
        "issue",
        "issues",
        "4000",
        f"{_LISTED},issue_number,cover_date,store_date,volume",
        f"{_DETAILED},issue_number,cover_date,store_date,volume,associated_images,person_credits,character_credits,"
        "team_credits,story_arc_credits,location_credits,concept_credits,object_credits",
    ),
    Item.CHARACTER: Resource(
        "character",
        "characters",
        "4005",
        f"{_LISTED},real_name,gender,birth,origin,publisher,first_appeared_in_issue,count_of_issue_appearances",
        f"{_DETAILED},real_name,gender,birth,origin,publisher,first_appeared_in_issue,count_of_issue_appearances,"
        "powers,teams,character_friends,character_enemies,creators",
    ),
    Item.PERSON: Resource(
        "person",
        "people",
        "4040",
        f"{_LISTED},gender,birth,death,hometown,country,website,count_of_isssue_appearances",
        f"{_DETAILED},gender,birth,death,hometown,country,website,count_of_isssue_appearances,volume_credits",
    ),
    Item.ORGANIZATION: Resource(
        "publisher",
        "publishers",
        "4010",
        f"{_LISTED},location_address,location_city,location_state",
        f"{_DETAILED},location_address,location_city,location_state",
    ),
    Item.COLLECTION: Resource(
        "story_arc",
        "story_arcs",
        "4045",
        f"{_LISTED},publisher,first_appeared_in_issue",
        f"{_DETAILED},publisher,first_appeared_in_issue,issues",
    ),
}
KIND_OF_PREFIX = {resource.prefix: kind for kind, resource in RESOURCES.items()}

_BLANK = "6373148-blank"
"""The picture that stands where there is none."""


def number_of(entry: Json) -> str:
    """The id of an entry as text, "" for what has none."""
    number = entry.get("id") if isinstance(entry, dict) else None
    return str(number) if type(number) is int and number > 0 else ""


def id_of(entry: Json) -> str:
    """The id of an item. Raises ShapeChanged without one."""
    number = number_of(entry)
    if not number:
        raise ShapeChanged("Comic Vine gave something without an id")
    return number


def name_of(entry: Json) -> str:
    """The name of an entry, "" without one."""
    return one_line(text_in(entry, "name")) if isinstance(entry, dict) else ""


def issue_name(entry: Json) -> str:
    """The name of an issue; without one its number in its series."""
    if name := name_of(entry):
        return name
    number, series = text_in(entry, "issue_number"), name_of(dict_in(entry, "volume"))
    return " ".join(filter(None, (series, number and f"#{number}")))


def reference(kind: Kind, entry: Json) -> ItemRef | None:
    """A reference to an item of Comic Vine, None without a name."""
    if not isinstance(entry, dict):
        return None
    name = issue_name(entry) if kind == Item.COMIC_ISSUE else name_of(entry)
    if not name:
        return None
    number = number_of(entry)
    return ItemRef(id=make_id(PROVIDER, kind, number) if number else "", name=name)


def references(kind: Kind, entry: Json, field: str) -> list[ItemRef]:
    """The first references of a list."""
    if field not in entry:
        return []
    return present(reference(kind, one) for one in dicts_in(entry, field)[:MAX_EMBEDDED])


def named(entry: Json, field: str) -> list[ItemRef]:
    """The first things of a list that are no items here, such as teams."""
    if field not in entry:
        return []
    return [ItemRef(name=name) for one in dicts_in(entry, field)[:MAX_EMBEDDED] if (name := name_of(one))]


def aliases(entry: Json, sort: AlternativeTitle.Type.ValueType) -> Sequence[AlternativeTitle]:
    """Other names: one a line."""
    given = text_in(entry, "aliases")
    if not given:
        return ()
    names = [name for line in given.replace(";", "\n").splitlines() if (name := one_line(line))]
    return [AlternativeTitle(text=name, type=sort) for name in dict.fromkeys(names)]


def described(entry: Json, *, detail: bool) -> str:
    """The text of a detail: the article, else its summary. Of a hit the other way: lists are not asked for articles."""
    first, second = ("description", "deck") if detail else ("deck", "description")
    return plain(text_in(entry, first)) or plain(text_in(entry, second))


def add_images(item: Item, entry: Json) -> None:
    """Add the picture, large and small, and the others of an issue: variant covers."""
    sizes = dict_in(entry, "image")
    large = text_in(sizes, "original_url") or text_in(sizes, "super_url") or text_in(sizes, "medium_url")
    if large and _BLANK not in large:
        add_image(item, Image.PRIMARY, large)
        add_image(item, Image.THUMBNAIL, text_in(sizes, "small_url") or text_in(sizes, "thumb_url"))
    for one in dicts_in(entry, "associated_images"):
        if (url := https(text_in(one, "original_url"))) and _BLANK not in url:
            item.images.add(role=Image.GALLERY, url=url, caption=one_line(text_in(one, "caption")))


def add_page(item: Item, entry: Json) -> None:
    """Add the page on the site."""
    if url := https(text_in(entry, "site_detail_url")):
        item.links.add(role=Link.SOURCE, url=url)
