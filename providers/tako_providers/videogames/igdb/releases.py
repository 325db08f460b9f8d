"""When and where IGDB's games came out, and for which ages. https://api-docs.igdb.com/#release-date"""

from __future__ import annotations

from tako.v1.item_parts_pb2 import AgeRating
from tako.v1.moving_pictures_pb2 import ReleaseDate
from tako_providers.sdk import Json, dict_in, dicts_in, text_in
from tako_providers.videogames.igdb.parts import day, known_part, names, number_of

_REGIONS = {
    1: "europe",
    2: "north_america",
    3: "australia",
    4: "new_zealand",
    5: "japan",
    6: "china",
    7: "asia",
    8: "worldwide",
    9: "korea",
    10: "brazil",
}
_COUNTRIES = {"australia": "AU", "new_zealand": "NZ", "japan": "JP", "china": "CN", "korea": "KR", "brazil": "BR"}
_TYPES = {
    "alpha": ReleaseDate.ALPHA,
    "beta": ReleaseDate.BETA,
    "early access": ReleaseDate.EARLY_ACCESS,
    "full release": ReleaseDate.FULL,
}
_BOARDS = {1: "ESRB", 2: "PEGI", 3: "CERO", 4: "USK", 5: "GRAC", 6: "CLASS_IND", 7: "ACB"}
_MARKS = (
    ("PEGI", 1, ("3", "7", "12", "16", "18")),
    ("ESRB", 6, ("RP", "EC", "E", "E10", "T", "M", "AO")),
    ("CERO", 13, ("A", "B", "C", "D", "Z")),
    ("USK", 18, ("0", "6", "12", "16", "18")),
    ("GRAC", 23, ("All", "12", "15", "18", "Testing")),
    ("CLASS_IND", 28, ("L", "10", "12", "14", "16", "18")),
    ("ACB", 34, ("G", "PG", "M", "MA15", "R18", "RC")),
)
_MARK_OF_NUMBER = {(board, first + n): mark for board, first, marks in _MARKS for n, mark in enumerate(marks)}
"""Marks by the numbers that ratings had before they became references. Some had a number of another board: none."""
_WORDS = {"three": "3", "seven": "7", "twelve": "12", "sixteen": "16", "eighteen": "18"}
_MIN_AGES = {
    "ESRB": {"E10": 10, "E10+": 10, "T": 13, "M": 17, "AO": 18},
    "CERO": {"B": 12, "C": 15, "D": 17, "Z": 18},
    "ACB": {"MA15": 15, "MA 15+": 15, "MA15+": 15, "R18": 18, "R 18+": 18, "R18+": 18},
}
"""The ages that the boards' marks stand for, where they are no numbers."""


def first_release(entry: Json) -> tuple[str, str]:
    """The date of the first release as far as it is known, and IGDB's words where that is not to the day.

    `first_release_date` is a moment, also where only the year is known; `release_dates` say how much of it counts.
    """
    moment = entry.get("first_release_date")
    known, words = "", ""
    for release in dicts_in(entry, "release_dates"):
        if release.get("date") == moment:
            part = known_part(release)
            if len(part) == len("YYYY-MM-DD"):
                return part, ""
            if len(part) >= len(known):
                known, words = part, text_in(release, "human")
    if words or known:
        return known, words
    return day(moment), ""


def by_platform(entry: Json) -> dict[int, str]:
    """The first known release on each platform."""
    found: dict[int, str] = {}
    for release in dicts_in(entry, "release_dates"):
        platform, date = number_of(release.get("platform")), known_part(release)
        if platform is not None and date and (platform not in found or date < found[platform]):
            found[platform] = date
    return found


def releases(entry: Json) -> list[ReleaseDate]:
    """All releases."""
    return [_release(one) for one in dicts_in(entry, "release_dates")]


def _release(entry: Json) -> ReleaseDate:
    date = known_part(entry)
    region = text_in(dict_in(entry, "release_region"), "region") or _REGIONS.get(
        number_of(entry.get("region")) or 0, ""
    )
    status = text_in(dict_in(entry, "status"), "name")
    release = _TYPES.get(status.lower(), ReleaseDate.TYPE_UNSPECIFIED)
    return ReleaseDate(
        date=date,
        country=_COUNTRIES.get(region, ""),
        region="" if region in _COUNTRIES else region,
        type=release,
        platform=text_in(dict_in(entry, "platform"), "name"),
        note="" if release else status,
        text=text_in(entry, "human") if len(date) < len("YYYY-MM-DD") else "",
    )


def age_ratings(entry: Json) -> list[AgeRating]:
    """The marks of all boards."""
    return [found for one in dicts_in(entry, "age_ratings") if (found := age_rating(one))]


def age_rating(entry: Json) -> AgeRating | None:
    """One mark, None where its board or what it says was not asked for."""
    board = entry.get("organization", entry.get("category"))
    system = text_in(board, "name") if isinstance(board, dict) else _BOARDS.get(number_of(board) or 0, "")
    mark = text_in(dict_in(entry, "rating_category"), "rating")
    mark = mark or _MARK_OF_NUMBER.get((system, number_of(entry.get("rating")) or 0), "")
    mark = _WORDS.get(mark.lower(), mark)
    if not system or not mark:
        return None
    return AgeRating(
        system=system,
        rating=mark,
        min_age=int(mark) if mark.isdecimal() else _MIN_AGES.get(system, {}).get(mark),
        descriptors=names(entry, "rating_content_descriptions", "description"),
    )
