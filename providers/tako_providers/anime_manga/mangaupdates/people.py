"""Authors, publishers and releases of MangaUpdates as Items."""

from __future__ import annotations

from tako.v1.details_anime_manga_pb2 import Chapter
from tako.v1.details_people_pb2 import Organization, OrganizationRole, Person
from tako.v1.item_parts_pb2 import AlternativeTitle, Link
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import Gender
from tako_providers.anime_manga.mangaupdates.parts import (
    add_images,
    aliases_of,
    genres_of,
    name_of,
    number_of,
    ref_to,
    word_in,
)
from tako_providers.sdk import (
    Json,
    count_in,
    dict_in,
    dicts_in,
    link,
    one_line,
    partial_date,
    plain_markdown,
    present,
    text_in,
    timestamp,
    year_of,
)

_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}


def author(entry: Json) -> Item:
    """An author or artist: a record of a list, or a detail. The surname stands first, in capitals."""
    name, native, social = name_of(entry, "name"), word_in(entry, "actualname"), dict_in(entry, "social")
    gender = word_in(entry, "gender")
    item = Item(
        kind=Item.PERSON,
        source_id=number_of(entry, "id", "author_id"),
        title=name,
        original_title=native if native != name else "",
        alternative_titles=aliases_of(entry, "name", AlternativeTitle.ALIAS, name),
        description=plain_markdown(text_in(entry, "comments")),
        links=present(
            [
                link(Link.SOURCE, text_in(entry, "url")),
                link(Link.OFFICIAL, text_in(social, "officialsite")),
                link(Link.SOCIAL, text_in(social, "twitter"), "Twitter"),
                link(Link.SOCIAL, text_in(social, "facebook"), "Facebook"),
            ]
        ),
        genres=genres_of(entry),
        language="en",
        source_updated_at=timestamp(text_in(dict_in(entry, "last_updated"), "as_rfc3339")),
        person=Person(
            birth_date=_birth(dict_in(entry, "birthday")),
            birth_place=word_in(entry, "birthplace"),
            blood_type=word_in(entry, "bloodtype"),
            gender=_GENDERS.get(gender.lower(), Gender.OTHER) if gender else Gender.TYPE_UNSPECIFIED,
            work_count=count_in(dict_in(entry, "stats"), "total_series"),
        ),
    )
    add_images(item, entry)
    return item


def publisher(entry: Json) -> Item:
    """A publisher: a record of a list, or a detail."""
    name = name_of(entry, "name")
    stats = dict_in(entry, "stats")
    item = Item(
        kind=Item.ORGANIZATION,
        source_id=number_of(entry, "publisher_id", "id"),
        title=name,
        alternative_titles=aliases_of(entry, "name", AlternativeTitle.ALIAS, name),
        description=plain_markdown(text_in(entry, "info")),
        links=present(
            [link(Link.SOURCE, text_in(entry, "url")), link(Link.OFFICIAL, text_in(entry, "site"))],
        ),
        language="en",
        source_updated_at=timestamp(text_in(dict_in(entry, "last_updated"), "as_rfc3339")),
        attributes={"type": kind} if (kind := word_in(entry, "type")) else {},
        organization=Organization(
            roles=[OrganizationRole.PUBLISHER],
            work_count=count_in(stats, "total_series"),
        ),
    )
    add_images(item, entry)
    return item


def release(result: Json, record: Json) -> Item:
    """One release of a chapter or volume. The series is told beside the record, its title in it."""
    title, date = name_of(record, "title"), partial_date(text_in(record, "release_date"))
    series = dict_in(dict_in(result, "metadata"), "series")
    return Item(
        kind=Item.CHAPTER,
        source_id=number_of(record, "id"),
        title=title,
        year=year_of(date),
        release_date=date,
        language="en",
        chapter=Chapter(
            manga=ref_to(Item.MANGA, series.get("series_id"), text_in(series, "title") or title),
            volume=text_in(record, "volume"),
            chapter=text_in(record, "chapter"),
            groups=[name for one in dicts_in(record, "groups") if (name := one_line(text_in(one, "name")))],
        ),
    )


def _birth(entry: Json) -> str:
    """The date where its year is known, else upstream's text."""
    year, month, day = (count_in(entry, name) or 0 for name in ("year", "month", "day"))
    return partial_date(f"{year:04d}-{month:02d}-{day:02d}") if year else word_in(entry, "as_string")
