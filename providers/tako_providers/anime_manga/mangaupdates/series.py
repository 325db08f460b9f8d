"""Series of MangaUpdates, and what relates to them, as Items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tako.v1.details_anime_manga_pb2 import Format, Manga, Publication
from tako.v1.item_parts_pb2 import AlternativeTitle, Context, Engagement, ExternalId, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef, RelatedRef, TermRef
from tako.v1.values_pb2 import WeightedTag
from tako_providers.anime_manga.mangaupdates.parts import (
    PROVIDER,
    add_images,
    aliases_of,
    genres_of,
    name_of,
    number_of,
    ref_to,
)
from tako_providers.sdk import (
    Json,
    add_link,
    add_rating,
    count_in,
    dict_in,
    dicts_in,
    flag_in,
    link,
    make_id,
    number_in,
    one_line,
    plain,
    plain_markdown,
    positive,
    present,
    set_timestamp,
    text_in,
)

FORMATS = {
    "Manga": Format.MANGA,
    "Manhwa": Format.MANHWA,
    "Manhua": Format.MANHUA,
    "Novel": Format.NOVEL,
    "Doujinshi": Format.DOUJIN,
    "Artbook": Format.ARTBOOK,
    "Drama CD": Format.DRAMA_CD,
    "OEL": Format.OEL,
}
ADULT_GENRES = ("Adult", "Hentai", "Smut")
_ADULT = frozenset(ADULT_GENRES)

_ROLES = {"Author": CreditRole.AUTHOR, "Artist": CreditRole.ARTIST}
_PUBLICATIONS = {"Original": Publication.ORIGINAL, "English": Publication.ENGLISH}
_STATES = {
    "ongoing": WorkStatus.ONGOING,
    "complete": WorkStatus.COMPLETED,
    "completed": WorkStatus.COMPLETED,
    "hiatus": WorkStatus.HIATUS,
    "cancelled": WorkStatus.CANCELLED,
    "canceled": WorkStatus.CANCELLED,
    "discontinued": WorkStatus.DISCONTINUED,
}
_STATE = re.compile(r"\((?:on )?(ongoing|completed?|hiatus|cancell?ed|discontinued)\b", re.IGNORECASE)
_VOLUMES = re.compile(r"(\d+)\+?(?:\s+\w+)?\s+Volumes?\b", re.IGNORECASE)
_CHAPTERS = re.compile(r"(\d+)\+?(?:\s+\w+)?\s+Chapters?\b", re.IGNORECASE)
_YEARS = re.compile(r"\s*(\d{4})(?:\s*-\s*(\d{4}))?")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_MOST_CATEGORIES = 20


def listed(entry: Json, hit: str = "") -> Item:
    """A record of a list. ``hit`` is the title that a search has found it by."""
    number, title, genres = number_of(entry, "series_id"), name_of(entry, "title"), genres_of(entry)
    found = one_line(hit) if hit else ""
    first, last = _years(text_in(entry, "year"))
    item = Item(kind=Item.MANGA, source_id=number, title=title)
    item.language = "en"
    item.description = plain_markdown(text_in(entry, "description"))
    if found and found != title:
        item.alternative_titles.add(text=found, type=AlternativeTitle.MATCHED)
    if first is not None:
        item.year = first
    if last is not None:
        item.end_year = last
    if genres:
        item.genres.extend(genres)
    if not _ADULT.isdisjoint(genres):
        item.adult = True
    add_rating(item, number_in(entry, "bayesian_rating"), 10, count_in(entry, "rating_votes"))
    add_images(item, entry)
    add_link(item, Link.SOURCE, text_in(entry, "url"))
    item.external_ids.add(scheme=PROVIDER, value=number)
    set_timestamp(item.source_updated_at, text_in(dict_in(entry, "last_updated"), "as_rfc3339"))
    manga, word = item.manga, text_in(entry, "type")
    manga.format = _format(word)
    manga.format_text = word
    if chapter := count_in(entry, "latest_chapter"):
        manga.latest_chapter = chapter
    return item


def whole(entry: Json) -> Item:
    """A detail."""
    item = listed(entry)
    status = text_in(entry, "status")
    titles = aliases_of(entry, "title", AlternativeTitle.SYNONYM, item.title)
    item.original_title = _native(item.manga.format, [one.text for one in titles])
    item.alternative_titles.extend(one for one in titles if one.text != item.original_title)
    item.status = _state(status, scanlated=flag_in(entry, "completed"))
    item.status_text = plain_markdown(status)
    if engagement := _engagement(dict_in(entry, "rank")):
        item.engagement.CopyFrom(engagement)
    item.attributes.update(_ranks(dict_in(entry, "rank")))
    item.manga.MergeFrom(
        Manga(
            chapter_count=_count(_CHAPTERS, status),
            volume_count=_count(_VOLUMES, status),
            credits=[_credit(one) for one in dicts_in(entry, "authors") if text_in(one, "name")],
            publishers=[_publisher(one) for one in dicts_in(entry, "publishers") if text_in(one, "publisher_name")],
            magazines=[
                TermRef(name=name)
                for one in dicts_in(entry, "publications")
                if (name := one_line(text_in(one, "publication_name")))
            ],
            relations=[RelatedRef(item=_related(one), relation=_relation(one)) for one in _relatives(entry)],
            recommendations=[ref_to(Item.MANGA, *_recommended(one)) for one in dicts_in(entry, "recommendations")],
            licensed=flag_in(entry, "licensed"),
            categories=_categories(entry),
            anime_start=plain(text_in(dict_in(entry, "anime"), "start")),
            anime_end=plain(text_in(dict_in(entry, "anime"), "end")),
            # "Completely scanlated?" on the site; that a work has ended stands in `status`.
            fully_scanlated=flag_in(entry, "completed"),
        )
    )
    return item


def relatives(entry: Json) -> list[Item]:
    """`related_series[]`. One without a name can be no item; a detail refers to it by its number."""
    return [
        _named(
            str(one["related_series_id"]),
            text_in(one, "related_series_name"),
            Context(label=_relation(one)),
            text_in(one, "related_series_url"),
        )
        for one in _relatives(entry)
        if text_in(one, "related_series_name")
    ]


def recommendations(entry: Json) -> list[Item]:
    """What users recommend, then what has the same categories."""
    found: dict[str, Item] = {}
    for name, label in (("recommendations", ""), ("category_recommendations", "category")):
        for one in dicts_in(entry, name):
            number, title, picture = _recommended(one)
            if number and title and number not in found:
                item = _named(
                    number,
                    title,
                    Context(label=label, weight=number_in(one, "weight")),
                    text_in(one, "series_url"),
                )
                add_images(item, {"image": picture})
                found[number] = item
    return list(found.values())


def _named(number: str, title: str, context: Context, url: str) -> Item:
    return Item(
        kind=Item.MANGA,
        source_id=number,
        title=one_line(title),
        links=present([link(Link.SOURCE, url)]),
        external_ids=[ExternalId(scheme=PROVIDER, value=number)],
        context=context,
    )


def _format(word: str) -> Format.Type.ValueType:
    return FORMATS.get(word, Format.OTHER) if word else Format.TYPE_UNSPECIFIED


@lru_cache(maxsize=1024)
def _years(text: str) -> tuple[int | None, int | None]:
    """`1989`, or first and last of `2003-2008`."""
    match = _YEARS.match(text) if text else None
    if match is None:
        return None, None
    return int(match[1]) or None, int(match[2]) if match[2] else None


def _native(form: int, titles: Sequence[str]) -> str:
    """The title in the script of the country, where the type says which it is; of novels only kana do."""
    for title in titles:
        if form == Format.MANHWA and _HANGUL.search(title):
            return title
        if form == Format.MANHUA and _HAN.search(title) and not _KANA.search(title):
            return title
        if form in (Format.MANGA, Format.DOUJIN, Format.ARTBOOK, Format.DRAMA_CD, Format.NOVEL) and _KANA.search(title):
            return "" if form == Format.NOVEL and any(map(_HANGUL.search, titles)) else title
    if form in (Format.MANGA, Format.DOUJIN, Format.ARTBOOK, Format.DRAMA_CD):
        return next((title for title in titles if _HAN.search(title)), "")
    return ""


def _state(status: str, *, scanlated: bool | None) -> WorkStatus.Type.ValueType:
    """The first state of `43 Volumes (Ongoing)`; what fans have finished has ended."""
    match = _STATE.search(status)
    if match:
        return _STATES[match[1].lower()]
    return WorkStatus.COMPLETED if scanlated else WorkStatus.TYPE_UNSPECIFIED


def _count(what: re.Pattern[str], status: str) -> int | None:
    """The first number of volumes or chapters, on whatever line."""
    match = what.search(status)
    return positive(match[1]) if match else None


def _engagement(rank: Json) -> Engagement | None:
    position, before, lists = dict_in(rank, "position"), dict_in(rank, "old_position"), dict_in(rank, "lists")
    if not rank:
        return None
    return Engagement(
        popularity_rank=count_in(position, "week") or None,
        previous_rank=count_in(before, "week") or None,
        followers=count_in(lists, "reading"),
        wanters=count_in(lists, "wish"),
    )


def _ranks(rank: Json) -> dict[str, str]:
    """The places of longer spans than a week, for which there is no field."""
    position = dict_in(rank, "position")
    return {
        f"rank_{name}": str(place)
        for name in ("month", "three_months", "six_months", "year")
        if (place := count_in(position, name))
    }


def _credit(entry: Json) -> Credit:
    number, word = entry.get("author_id"), text_in(entry, "type")
    return Credit(
        name=one_line(text_in(entry, "name")),
        id=make_id(PROVIDER, Item.PERSON, number) if number else "",
        role=_ROLES.get(word, CreditRole.OTHER),
        job=word,
    )


def _publisher(entry: Json) -> Publication:
    number = entry.get("publisher_id")
    return Publication(
        name=one_line(text_in(entry, "publisher_name")),
        id=make_id(PROVIDER, Item.ORGANIZATION, number) if number else "",
        type=_PUBLICATIONS.get(text_in(entry, "type"), Publication.TYPE_UNSPECIFIED),
        notes=plain_markdown(text_in(entry, "notes")),
    )


def _relatives(entry: Json) -> list[Json]:
    return [one for one in dicts_in(entry, "related_series") if one.get("related_series_id")]


def _related(entry: Json) -> ItemRef:
    return ref_to(Item.MANGA, entry["related_series_id"], text_in(entry, "related_series_name"))


def _relation(entry: Json) -> str:
    return text_in(entry, "relation_type")


def _recommended(entry: Json) -> tuple[str, str, Json]:
    """Number, name and picture: flat, or in an object as in older answers."""
    number = entry.get("series_id")
    if isinstance(number, dict):
        return str(number.get("series_id") or ""), text_in(number, "title"), number.get("image")
    return str(number or ""), text_in(entry, "series_name"), entry.get("series_image")


def _categories(entry: Json) -> list[WeightedTag]:
    """The categories that most have voted for."""
    found = [
        WeightedTag(name=name, votes=count_in(one, "votes"))
        for one in dicts_in(entry, "categories")
        if (name := one_line(text_in(one, "category")))
    ]
    return sorted(found, key=lambda one: -one.votes)[:_MOST_CATEGORIES]
