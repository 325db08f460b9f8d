"""Anime and manga of Jikan as Items. https://docs.api.jikan.moe/#tag/anime, #tag/manga"""

from __future__ import annotations

import re
from functools import lru_cache

from tako.v1.calendar_pb2 import SeasonOfYear, Weekday
from tako.v1.details_anime_manga_pb2 import Anime, Format, Manga
from tako.v1.item_parts_pb2 import AgeRating, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, ItemRef, RelatedRef
from tako_providers.anime_manga.jikan.parts import add_images, add_refs, names_in, number_of, span
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
    item = _common(Item.ANIME, entry, language)
    first, last = span(entry, "aired")
    _set_span(item, first, last)
    year = entry.get("year")
    if type(year) is int and 0 < year < 10000:
        # The season's year goes first: what is shown from December on may belong to the winter of the next year.
        item.year = year
    if rating := text_in(entry, "rating"):
        item.age_ratings.append(_age_rating(rating))
        item.adult = rating.startswith("Rx") or _is_explicit(entry)
    elif _is_explicit(entry):
        item.adult = True
    anime = item.anime
    _set_shared(anime, entry)
    anime.source = _known(entry, "source")
    if duration := _known(entry, "duration"):
        anime.duration_text = duration
        if minutes := _minutes(duration):
            anime.duration_minutes = minutes
    if episodes := count_in(entry, "episodes"):
        anime.episode_count = episodes
    anime.season = _SEASONS.get(text_in(entry, "season"), SeasonOfYear.TYPE_UNSPECIFIED)
    _set_showing(anime, entry)
    return item


def _set_showing(anime: Anime, entry: Json) -> None:
    """Set who shows it and when, and what is heard and seen of it."""
    _set_broadcast(anime, entry.get("broadcast"))
    add_refs(anime.producers, entry, "producers", _ORGANIZATION)
    add_refs(anime.licensors, entry, "licensors", _ORGANIZATION)
    add_refs(anime.studios, entry, "studios", _ORGANIZATION)
    if theme := dict_in(entry, "theme"):
        anime.openings.extend(texts_in(theme, "openings"))
        anime.endings.extend(texts_in(theme, "endings"))
    _set_trailer(anime, entry.get("trailer"))


def _manga(entry: Json, language: str) -> Item:
    """A manga, or a novel that is listed among them."""
    item = _common(Item.MANGA, entry, language)
    first, last = span(entry, "published")
    _set_span(item, first, last)
    if _is_explicit(entry):
        item.adult = True
    manga = item.manga
    _set_shared(manga, entry)
    if chapters := count_in(entry, "chapters"):
        manga.chapter_count = chapters
    if volumes := count_in(entry, "volumes"):
        manga.volume_count = volumes
    for one in dicts_in(entry, "authors"):
        if text_in(one, "name"):
            # Who wrote and who drew is not told: all stand as authors.
            made = manga.credits.add(name=one["name"], role=CreditRole.AUTHOR)
            if number := one.get("mal_id"):
                made.id = f"{_PERSON}{number}"
    for one in dicts_in(entry, "serializations"):
        if text_in(one, "name"):
            manga.magazines.add(id=str(one.get("mal_id") or ""), name=one["name"])
    return item


def _common(kind: Kind, entry: Json, language: str) -> Item:
    """What anime and manga have both."""
    number = str(number_of(entry))
    title, native, others = titles_of(entry, language)
    status = text_in(entry, "status")
    item = Item(kind=kind, source_id=number, title=title)
    item.original_title = native
    if others:
        item.alternative_titles.extend(others)
    item.description = _synopsis(text_in(entry, "synopsis"))
    _set_rating(item, entry)
    _set_engagement(item, entry)
    item.status = _STATUS.get(status, WorkStatus.TYPE_UNSPECIFIED)
    item.status_text = status
    if genres := names_in(entry, "genres"):
        item.genres.extend(genres)
    item.language = "en"
    return item


def _set_span(item: Item, first: str, last: str) -> None:
    if first:
        item.release_date = first
        item.year = int(first[:4])
    if last:
        item.end_date = last
        item.end_year = int(last[:4])


def _set_shared(about: Anime | Manga, entry: Json) -> None:
    """Set what anime and manga have both in fields of their own."""
    about.format = _format(entry)
    about.format_text = text_in(entry, "type")
    if explicit := names_in(entry, "explicit_genres"):
        about.explicit_genres.extend(explicit)
    if themes := names_in(entry, "themes"):
        about.themes.extend(themes)
    if demographics := names_in(entry, "demographics"):
        about.demographics.extend(demographics)
    about.background = plain(text_in(entry, "background"))
    if relations := _relations(entry):
        about.relations.extend(relations)


def _synopsis(text: str) -> str:
    """The synopsis without the mark of MyAnimeList's own writers; a source that is named stays."""
    return plain(text.removesuffix(_REWRITTEN)) if text else ""


def _set_rating(item: Item, entry: Json) -> None:
    """Set the users' score of 10. Nobody's is null, or 0 in older answers."""
    score, votes = number_in(entry, "score"), count_in(entry, "scored_by")
    if not score or votes == 0:
        return
    rating = item.rating
    rating.value = score
    rating.scale = 10
    rating.source = Rating.USERS
    if votes is not None:
        rating.votes = votes


def _is_explicit(entry: Json) -> bool:
    """Whether one of its genres is; Jikan has them in either list."""
    for name in ("explicit_genres", "genres"):
        for one in dicts_in(entry, name):
            if one.get("mal_id") in _ADULT_GENRES:
                return True
    return False


def _age_rating(text: str) -> AgeRating:
    return AGE_RATINGS.get(text) or AgeRating(system="MyAnimeList", rating=text.partition(" - ")[0])


def _set_engagement(item: Item, entry: Json) -> None:
    """Set ranks and counts, of which 0 means that there is none yet."""
    engagement = item.engagement
    if rank := count_in(entry, "rank"):
        engagement.rank = rank
    if popularity := count_in(entry, "popularity"):
        engagement.popularity_rank = popularity
    if members := count_in(entry, "members"):
        engagement.followers = members
    if favorites := count_in(entry, "favorites"):
        engagement.favorites = favorites


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


def _set_broadcast(anime: Anime, entry: Json) -> None:
    text = _known(entry, "string") if isinstance(entry, dict) else ""
    if not text:
        return
    made = anime.broadcast
    made.text = text
    made.time = text_in(entry, "time")
    made.timezone = text_in(entry, "timezone")
    if day := _DAYS.get(text_in(entry, "day")):
        made.weekdays.append(day)


def _set_trailer(anime: Anime, entry: Json) -> None:
    """Set the trailer, which is on YouTube. Newer answers have only the address of the player."""
    if not isinstance(entry, dict):
        return
    player = text_in(entry, "embed_url")
    key = text_in(entry, "youtube_id") or (match[1] if (match := _VIDEO_KEY.search(player)) else "")
    url = text_in(entry, "url") or (f"https://www.youtube.com/watch?v={key}" if key else "")
    if not url:
        return
    trailer = anime.trailer
    trailer.url = url
    trailer.type = "Trailer"
    if key:
        trailer.site = "YouTube"
        trailer.key = key
        trailer.thumbnail_url = text_in(dict_in(entry, "images"), "large_image_url")


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
