"""Series (Comic Vine's volumes) and issues as items. https://comicvine.gamespot.com/api/documentation"""

from __future__ import annotations

from tako.v1.details_comics_pb2 import ComicIssue, ComicIssueSummary, ComicSeries
from tako.v1.item_parts_pb2 import AlternativeTitle
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, SeriesRef
from tako_providers.comics.comicvine.fields import (
    PROVIDER,
    add_images,
    add_page,
    aliases,
    described,
    id_of,
    issue_name,
    name_of,
    named,
    number_of,
    reference,
    references,
)
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    count_in,
    dicts_in,
    make_id,
    partial_date,
    positive,
    text_in,
    year_in,
    year_of,
)

_ROLES = {
    "": CreditRole.TYPE_UNSPECIFIED,
    "writer": CreditRole.WRITER,
    "artist": CreditRole.ARTIST,
    "penciler": CreditRole.PENCILLER,
    "penciller": CreditRole.PENCILLER,
    "inker": CreditRole.INKER,
    "colorist": CreditRole.COLORIST,
    "letterer": CreditRole.LETTERER,
    "cover": CreditRole.COVER_ARTIST,
    "editor": CreditRole.EDITOR,
    "translator": CreditRole.TRANSLATOR,
    "designer": CreditRole.DESIGNER,
    "creator": CreditRole.CREATOR,
}


def series(entry: Json, *, detail: bool = False) -> Item:
    """A volume. A detail's `objects` are its `characters` again, by a mistake of upstream's."""
    year = year_in(str(entry.get("start_year") or ""))
    description = described(entry, detail=detail)
    item = Item(
        kind=Item.COMIC_SERIES,
        source_id=id_of(entry),
        title=name_of(entry),
        alternative_titles=aliases(entry, AlternativeTitle.SYNONYM) or None,
        description=description,
        year=year,
        release_date=str(year) if year else "",
        release_text="" if year else text_in(entry, "start_year"),
        language="en" if description else "",
        comic_series=ComicSeries(
            publisher=reference(Item.ORGANIZATION, entry.get("publisher")),
            first_issue=reference(Item.COMIC_ISSUE, entry.get("first_issue")),
            last_issue=reference(Item.COMIC_ISSUE, entry.get("last_issue")),
            issue_count=count_in(entry, "count_of_issues"),
            characters=references(Item.CHARACTER, entry, "characters") or None,
            credits=_people(entry) if "people" in entry else None,
            issues=_issues(entry) if "issues" in entry else None,
        ),
    )
    add_images(item, entry)
    add_page(item, entry)
    return item


def issue(entry: Json, *, detail: bool = False) -> Item:
    """An issue. It is dated by its cover, and released on its day of sale."""
    cover, store = partial_date(text_in(entry, "cover_date")), partial_date(text_in(entry, "store_date"))
    volume = reference(Item.COMIC_SERIES, entry.get("volume"))
    description = described(entry, detail=detail)
    item = Item(
        kind=Item.COMIC_ISSUE,
        source_id=id_of(entry),
        title=issue_name(entry),
        alternative_titles=aliases(entry, AlternativeTitle.SYNONYM) or None,
        description=description,
        year=year_of(cover or store),
        release_date=store or cover,
        language="en" if description else "",
        attributes=_objects(entry) or None,
        comic_issue=ComicIssue(
            series=SeriesRef(series=volume) if volume else None,
            number=text_in(entry, "issue_number"),
            credits=_makers(entry) if "person_credits" in entry else None,
            cover_date=cover,
            store_date=store,
            characters=references(Item.CHARACTER, entry, "character_credits") or None,
            story_arcs=references(Item.COLLECTION, entry, "story_arc_credits") or None,
            teams=named(entry, "team_credits") or None,
            locations=named(entry, "location_credits") or None,
            concepts=named(entry, "concept_credits") or None,
        ),
    )
    add_images(item, entry)
    add_page(item, entry)
    return item


def _objects(entry: Json) -> dict[str, str]:
    """Things that matter in an issue, for which the contract has no field."""
    objects = named(entry, "object_credits")
    return {"objects": ", ".join(one.name for one in objects)} if objects else {}


def _people(entry: Json) -> list[Credit]:
    """People of a series, who come without a role but with the number of issues, as text."""
    return [
        Credit(name=name, id=_id(one), count=positive(one.get("count")))
        for one in dicts_in(entry, "people")[:MAX_EMBEDDED]
        if (name := name_of(one))
    ]


def _makers(entry: Json) -> list[Credit]:
    """People of an issue: each role of `writer, artist, cover` is a credit."""
    return [
        Credit(name=name, id=_id(one), role=_ROLES.get(job, CreditRole.OTHER), job=job)
        for one in dicts_in(entry, "person_credits")
        if (name := name_of(one))
        for job in map(str.strip, text_in(one, "role").split(","))
    ]


def _id(person: Json) -> str:
    number = number_of(person)
    return make_id(PROVIDER, Item.PERSON, number) if number else ""


def _issues(entry: Json) -> list[ComicIssueSummary]:
    return [
        ComicIssueSummary(
            id=make_id(PROVIDER, Item.COMIC_ISSUE, number), number=text_in(one, "issue_number"), title=name_of(one)
        )
        for one in dicts_in(entry, "issues")[:MAX_EMBEDDED]
        if (number := number_of(one))
    ]
