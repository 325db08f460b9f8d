"""The vocabularies of Jikan: genres, themes, demographics, magazines, seasons, age ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tako.v1.answers_pb2 import Term
from tako.v1.item_pb2 import Item
from tako_providers.anime_manga.jikan.parts import number_of
from tako_providers.anime_manga.jikan.works import AGE_RATINGS
from tako_providers.sdk import Json, Kind, ShapeChanged, count_in, text_in, texts_in

GENRE_LISTS = {
    # What is explicit has a list of its own.
    Term.GENRES: ("genres", "explicit_genres"),
    Term.THEMES: ("themes",),
    Term.DEMOGRAPHICS: ("demographics",),
}
"""Jikan's names for the parts of its genres (`/genres/{anime,manga}?filter=`)."""
RATING_CODES = ("g", "pg", "pg13", "r17", "r", "rx")
"""What `rating` of a search takes, in the order of ``AGE_RATINGS``."""


def named(entry: Json) -> Term:
    """One genre or magazine."""
    name = text_in(entry, "name")
    if not name:
        raise ShapeChanged("a genre or magazine of Jikan has no name")
    return Term(
        id=str(number_of(entry)),
        name=name,
        url=text_in(entry, "url"),
        count=count_in(entry, "count"),
    )


def joined(by_kind: Mapping[Kind, Sequence[Term]]) -> list[Term]:
    """The genres of several kinds as one list. Some numbers are a genre of anime and another one of manga."""
    found: dict[tuple[str, str], Term] = {}
    for kind, terms in by_kind.items():
        for term in terms:
            same = found.setdefault((term.id, term.name), term)
            if same is not term and kind not in same.kinds:
                same.ClearField("count")  # each kind has its own
                same.ClearField("url")
            if kind not in same.kinds:
                same.kinds.append(kind)
    return list(found.values())


def seasons(entry: Json) -> list[Term]:
    """The seasons of one year, the last first, as the years are."""
    year = count_in(entry, "year")
    if not year:
        raise ShapeChanged("a year of Jikan's seasons has no number")
    return [
        Term(
            id=f"{year}-{season}",
            name=f"{season.title()} {year}",
            slug=season,
            year_from=year,
            year_to=year,
            kinds=[Item.ANIME],
        )
        for season in reversed(texts_in(entry, "seasons"))
    ]


def age_ratings() -> list[Term]:
    """MyAnimeList's six age ratings, which Jikan documents and has no list of."""
    return [
        Term(
            id=code,
            name=name,
            code=rating.rating,
            min_age=rating.min_age if rating.HasField("min_age") else None,
            kinds=[Item.ANIME],
        )
        for code, (name, rating) in zip(RATING_CODES, AGE_RATINGS.items(), strict=True)
    ]
