"""Anime and manga of Jikan as Items. https://docs.api.jikan.moe/#tag/anime, #tag/manga"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tako.v1.calendar_pb2 import Broadcast, SeasonOfYear, Weekday
from tako.v1.details_anime_manga_pb2 import Anime, Format, Manga
from tako.v1.item_parts_pb2 import AgeRating, Engagement, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import Video
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef, RelatedRef, TermRef
from tako_providers.anime_manga.jikan.parts import add_images, names_in, number_of, refs_in, span
from tako_providers.anime_manga.jikan.titles import add_links, titles_of
from tako_providers.sdk import (
    Json,
    Kind,
    count_in,
    dict_in,
    dicts_in,
    number_in,
    plain,
    text_in,
    texts_in,
    year_of,
)

FORMATS = {
    "TV": Format.TV,
    "Movie": Format.MOVIE,
    "OVA": Format.OVA,
    "Special": Format.SPECIAL,
    "ONA": Format.ONA,
    "Music": Format.MUSIC,
    "CM": Format.CM,
    "PV": Format.PV,
    "TV Special": Format.TV_SPECIAL,
    "Manga": Format.MANGA,
    "Novel": Format.NOVEL,
    "Light Novel": Format.LIGHT_NOVEL,
    "One-shot": Format.ONE_SHOT,
    "Doujinshi": Format.DOUJIN,
    "Doujin": Format.DOUJIN,
    "Manhwa": Format.MANHWA,
    "Manhua": Format.MANHUA,
    "OEL": Format.OEL,
}
AGE_RATINGS = {
    "G - All Ages": AgeRating(system="MyAnimeList", rating="G"),
    "PG - Children": AgeRating(system="MyAnimeList", rating="PG"),
    "PG-13 - Teens 13 or older": AgeRating(system="MyAnimeList", rating="PG-13", min_age=13),
    "R - 17+ (violence & profanity)": AgeRating(
        system="MyAnimeList", rating="R", min_age=17, descriptors=["violence", "profanity"]
    ),
    "R+ - Mild Nudity": AgeRating(system="MyAnimeList", rating="R+", descriptors=["mild nudity"]),
    "Rx - Hentai": AgeRating(system="MyAnimeList", rating="Rx", descriptors=["hentai"]),
}
_STATUS = {
    "Finished Airing": WorkStatus.COMPLETED,
    "Currently Airing": WorkStatus.ONGOING,
    "Not yet aired": WorkStatus.UPCOMING,
    "Finished": WorkStatus.COMPLETED,
    "Publishing": WorkStatus.ONGOING,
    "On Hiatus": WorkStatus.HIATUS,
    "Discontinued": WorkStatus.DISCONTINUED,
    "Not yet published": WorkStatus.UPCOMING,
}
_SEASONS = {
    "winter": SeasonOfYear.WINTER,
    "spring": SeasonOfYear.SPRING,
    "summer": SeasonOfYear.SUMMER,
    "fall": SeasonOfYear.FALL,
}
_DAYS = {f"{name.title()}s": number for name, number in Weekday.Day.items() if 1 <= number <= 7}
_ADULT_GENRES = (12, 49)
"""Hentai and Erotica: what Jikan's own `sfw` leaves out."""
_REWRITTEN = "[Written by MAL Rewrite]"
_DURATION = re.compile(r"(?:(\d+) hr)? ?(?:(\d+) min)?(?: per ep)?")
_VIDEO_KEY = re.compile(r"/embed/([\w-]+)")
_ORGANIZATION = "jikan/organization/"
_PERSON = "jikan/person/"


def work(kind: Kind, entry: Json, language: str = "") -> Item:
    """One `data[]` of a list, or the `data` of a detail. ``language`` is the language wanted for the title."""
    item = _anime(entry, language) if kind == Item.ANIME else _manga(entry, language)
    add_images(item, entry)
    add_links(item, entry)
    item.external_ids.add(scheme="mal", value=item.source_id)
    return item


def _anime(entry: Json, language: str) -> Item:
    """An anime."""
    rating, year = text_in(entry, "rating"), entry.get("year")
    duration, theme = _known(entry, "duration"), dict_in(entry, "theme")
    first, last = span(entry, "aired")
    return Item(
        **_common(entry, language),
        kind=Item.ANIME,
        # The season's year goes first: what is shown from December on may belong to the winter of the next year.
        year=year if type(year) is int and year > 0 else year_of(first),
        end_year=year_of(last),
        release_date=first,
        end_date=last,
        age_ratings=_age_ratings(rating) if rating else None,
        adult=rating.startswith("Rx") or _is_explicit(entry) if rating else _is_explicit(entry) or None,
        anime=Anime(
            format=_format(entry),
            format_text=text_in(entry, "type"),
            source=_known(entry, "source"),
            duration_text=duration,
            duration_minutes=_minutes(duration) if duration else None,
            episode_count=count_in(entry, "episodes") or None,
            season=_SEASONS.get(text_in(entry, "season"), SeasonOfYear.TYPE_UNSPECIFIED),
            broadcast=_broadcast(entry.get("broadcast")),
            producers=refs_in(entry, "producers", _ORGANIZATION) or None,
            licensors=refs_in(entry, "licensors", _ORGANIZATION) or None,
            studios=refs_in(entry, "studios", _ORGANIZATION) or None,
            explicit_genres=names_in(entry, "explicit_genres") or None,
            themes=names_in(entry, "themes") or None,
            demographics=names_in(entry, "demographics") or None,
            openings=texts_in(theme, "openings") if theme else None,
            endings=texts_in(theme, "endings") if theme else None,
            background=plain(text_in(entry, "background")),
            relations=_relations(entry) or None,
            trailer=_trailer(entry.get("trailer")),
        ),
    )


def _manga(entry: Json, language: str) -> Item:
    """A manga, or a novel that is listed among them."""
    first, last = span(entry, "published")
    return Item(
        **_common(entry, language),
        kind=Item.MANGA,
        year=year_of(first),
        end_year=year_of(last),
        release_date=first,
        end_date=last,
        adult=_is_explicit(entry) or None,
        manga=Manga(
            format=_format(entry),
            format_text=text_in(entry, "type"),
            chapter_count=count_in(entry, "chapters") or None,
            volume_count=count_in(entry, "volumes") or None,
            # Who wrote and who drew is not told: all stand as authors.
            credits=[
                Credit(
                    name=one["name"],
                    id=f"{_PERSON}{one['mal_id']}" if one.get("mal_id") else "",
                    role=CreditRole.AUTHOR,
                )
                for one in dicts_in(entry, "authors")
                if text_in(one, "name")
            ],
            magazines=[
                TermRef(id=str(one.get("mal_id") or ""), name=one["name"])
                for one in dicts_in(entry, "serializations")
                if text_in(one, "name")
            ],
            explicit_genres=names_in(entry, "explicit_genres") or None,
            themes=names_in(entry, "themes") or None,
            demographics=names_in(entry, "demographics") or None,
            background=plain(text_in(entry, "background")),
            relations=_relations(entry) or None,
        ),
    )


def _common(entry: Json, language: str) -> dict[str, Any]:
    """The fields that anime and manga have both."""
    number = str(number_of(entry))
    title, native, others = titles_of(entry, language)
    status = text_in(entry, "status")
    return {
        "source_id": number,
        "title": title,
        "original_title": native,
        "alternative_titles": others or None,
        "description": _synopsis(text_in(entry, "synopsis")),
        "rating": _rating(entry),
        "engagement": _engagement(entry),
        "status": _STATUS.get(status),
        "status_text": status,
        "genres": names_in(entry, "genres") or None,
        "language": "en",
    }


def _synopsis(text: str) -> str:
    """The synopsis without the mark of MyAnimeList's own writers; a source that is named stays."""
    return plain(text.removesuffix(_REWRITTEN)) if text else ""


def _rating(entry: Json) -> Rating | None:
    """The users' score of 10. Nobody's is null, or 0 in older answers."""
    score, votes = number_in(entry, "score"), count_in(entry, "scored_by")
    if not score or votes == 0:
        return None
    return Rating(value=score, scale=10, votes=votes, source=Rating.USERS)


def _is_explicit(entry: Json) -> bool:
    """Whether one of its genres is; Jikan has them in either list."""
    for name in ("explicit_genres", "genres"):
        for one in dicts_in(entry, name):
            if one.get("mal_id") in _ADULT_GENRES:
                return True
    return False


def _age_ratings(text: str) -> list[AgeRating]:
    return [AGE_RATINGS.get(text) or AgeRating(system="MyAnimeList", rating=text.partition(" - ")[0])]


def _engagement(entry: Json) -> Engagement | None:
    """Ranks and counts, of which 0 means that there is none yet."""
    rank, popularity = count_in(entry, "rank"), count_in(entry, "popularity")
    members, favorites = count_in(entry, "members"), count_in(entry, "favorites")
    if not (rank or popularity or members or favorites):
        return None
    return Engagement(
        rank=rank or None,
        popularity_rank=popularity or None,
        followers=members or None,
        favorites=favorites or None,
    )


def _format(entry: Json) -> Format.Type.ValueType:
    word = text_in(entry, "type")
    return FORMATS.get(word, Format.OTHER) if word else Format.TYPE_UNSPECIFIED


def _known(entry: Json, name: str) -> str:
    """A word of MyAnimeList, "" for its word `Unknown`."""
    text = text_in(entry, name)
    return "" if text == "Unknown" else text


@lru_cache(maxsize=1024)
def _minutes(text: str) -> int | None:
    """The minutes of `1 hr 35 min` or `24 min per ep`; None for seconds alone."""
    match = _DURATION.fullmatch(text)
    return (int(match[1] or 0) * 60 + int(match[2] or 0) or None) if match else None


def _broadcast(entry: Json) -> Broadcast | None:
    text = _known(entry, "string") if isinstance(entry, dict) else ""
    if not text:
        return None
    day = _DAYS.get(text_in(entry, "day"))
    return Broadcast(
        weekdays=[day] if day else None,
        time=text_in(entry, "time"),
        timezone=text_in(entry, "timezone"),
        text=text,
    )


def _trailer(entry: Json) -> Video | None:
    """The trailer, which is on YouTube. Newer answers have only the address of the player."""
    if not isinstance(entry, dict):
        return None
    player = text_in(entry, "embed_url")
    key = text_in(entry, "youtube_id") or (match[1] if (match := _VIDEO_KEY.search(player)) else "")
    url = text_in(entry, "url") or (f"https://www.youtube.com/watch?v={key}" if key else "")
    if not url:
        return None
    return Video(
        url=url,
        site="YouTube" if key else "",
        key=key,
        type="Trailer",
        thumbnail_url=text_in(dict_in(entry, "images"), "large_image_url") if key else "",
    )


def _relations(entry: Json) -> list[RelatedRef]:
    """`relations`, in whole answers only."""
    return [
        RelatedRef(
            item=ItemRef(id=f"jikan/{one['type']}/{one['mal_id']}", name=text_in(one, "name")),
            relation=text_in(group, "relation"),
        )
        for group in dicts_in(entry, "relations")
        for one in dicts_in(group, "entry")
        if one.get("type") in ("anime", "manga") and one.get("mal_id")
    ]
