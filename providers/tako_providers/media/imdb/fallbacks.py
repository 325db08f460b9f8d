"""IMDb's own search box and title pages, for when the API does not answer.

The box is `v3.sg.media-imdb.com/suggestion`; a page holds its data as JSON, `aboveTheFoldData` in `__NEXT_DATA__`.
Neither is documented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tako.v1.details_media_pb2 import Episode, Movie, Series
from tako.v1.details_people_pb2 import Person
from tako.v1.item_parts_pb2 import AgeRating, Engagement, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako_providers import sdk
from tako_providers.media.imdb.parts import (
    LANGUAGE,
    PROVIDER,
    SITE,
    SORTS,
    country_of,
    date_of,
    is_name_id,
    is_title_id,
    minutes,
    own_id,
    page_of,
    picture,
)
from tako_providers.sdk import Json, ShapeChanged

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SUGGESTIONS = "https://v3.sg.media-imdb.com/suggestion"
_ROLES = {"director": CreditRole.DIRECTOR, "writer": CreditRole.WRITER, "creator": CreditRole.CREATOR}


def suggestions_address(text: str, *, names: bool = False) -> str:
    """Where the box asks for a text, an id too. It may hold slashes."""
    return f"{SUGGESTIONS}/{'names' if names else 'titles'}/x/{quote(text.lower(), safe='')}.json"


def page_address(number: str) -> str:
    """A title's page."""
    return f"{SITE}/title/{number}/"


def suggested(body: Json) -> list[Item]:
    """What the box suggests; galleries, events and other things that are no items are dropped."""
    found = body.get("d", []) if isinstance(body, dict) and "q" in body else None
    if not isinstance(found, list):
        raise ShapeChanged("IMDb's suggestions: a list called d was expected")
    return sdk.present(map(_suggestion, (entry for entry in found if isinstance(entry, dict))))


def _suggestion(entry: Json) -> Item | None:
    """`l` is the name, `qid` the type, `y` the year, `yr` the years, `s` the stars or what somebody is known for."""
    number, name = sdk.text_in(entry, "id"), sdk.one_line(sdk.text_in(entry, "l"))
    sort = SORTS.get(entry.get("qid"))
    is_person = bool(is_name_id(number))
    if not name or not (is_person or (sort and is_title_id(number))):
        return None
    shown = sdk.dict_in(entry, "i")
    years = sdk.text_in(entry, "yr").partition("-")
    known_for = sdk.one_line(sdk.text_in(entry, "s"))
    item = Item(
        kind=sort.kind if sort and not is_person else Item.PERSON,
        source_id=number,
        title=name,
        year=sdk.positive(entry.get("y")),
        end_year=sdk.positive(years[2]) if len(years[2]) == 4 else None,
        images=sdk.present((picture({**shown, "url": shown.get("imageUrl")}),)),
        links=(page_of(number),),
        external_ids=(own_id(number),),
        engagement=Engagement(popularity_rank=rank) if (rank := sdk.positive(entry.get("rank"))) else None,
    )
    if item.kind == Item.PERSON:
        item.person.CopyFrom(Person(professions=filter(None, (known_for.partition(",")[0],))))
    elif sort and item.kind == Item.MOVIE:
        item.movie.CopyFrom(Movie(format=sort.format, cast=_stars(known_for)))
    elif item.kind == Item.SERIES:
        item.series.CopyFrom(Series(type=sdk.text_in(entry, "qid"), cast=_stars(known_for)))
        item.status = WorkStatus.COMPLETED if item.HasField("end_year") else WorkStatus.TYPE_UNSPECIFIED
    return item


def _stars(text: str) -> list[Credit]:
    return [Credit(name=name, role=CreditRole.ACTOR) for part in text.split(",") if (name := part.strip())]


def page(root: HtmlElement) -> Item:
    """A title page."""
    data = sdk.script_json(root, "//script[@id='__NEXT_DATA__']")
    if not isinstance(data, dict):
        raise ShapeChanged("IMDb's page: data called __NEXT_DATA__ was expected")
    props = sdk.dict_in(sdk.dict_in(data, "props"), "pageProps")
    fold = sdk.dict_in(props, "aboveTheFoldData")
    number, name = sdk.text_in(fold, "id"), sdk.one_line(_text(fold, "titleText"))
    word = sdk.text_in(sdk.dict_in(fold, "titleType"), "id")
    sort = SORTS.get(word)
    if sort is None or not name or not is_title_id(number):
        raise ShapeChanged("IMDb's page: a title with id, name and a known type was expected")
    original = sdk.one_line(_text(fold, "originalTitleText"))
    plot = sdk.plain(sdk.text_in(sdk.dict_in(sdk.dict_in(fold, "plot"), "plotText"), "plainText"))
    years, date = sdk.dict_in(fold, "releaseYear"), date_of(fold.get("releaseDate"))
    ended = sdk.positive(years.get("endYear"))
    summary = sdk.dict_in(fold, "ratingsSummary")
    critics = sdk.number_in(sdk.dict_in(sdk.dict_in(fold, "metacritic"), "metascore"), "score")
    mark = sdk.text_in(sdk.dict_in(fold, "certificate"), "rating")
    countries = (country_of({"code": one.get("id")}) for one in _entries(fold, "countriesOfOrigin", "countries"))
    item = Item(
        kind=sort.kind,
        source_id=number,
        title=name,
        original_title=original if original != name else "",
        description=plot,
        year=sdk.positive(years.get("year")),
        end_year=ended,
        release_date=date if years.get("year") in (None, sdk.year_of(date)) else "",
        images=sdk.present((picture(fold.get("primaryImage")),)),
        links=(page_of(number),),
        external_ids=(own_id(number),),
        rating=sdk.rating(sdk.number_in(summary, "aggregateRating"), 10.0, sdk.count_in(summary, "voteCount")),
        ratings=sdk.present((sdk.rating(critics, 100.0, source=Rating.CRITICS, name="Metacritic"),)),
        age_ratings=(AgeRating(rating=mark),) if mark else (),
        engagement=_meter(fold),
        genres=filter(None, (sdk.text_in(one, "text") for one in _entries(fold, "genres", "genres"))),
        tags=filter(None, (sdk.text_in(one, "text") for one in _nodes(fold, "keywords"))),
        countries=filter(None, countries),
        language=LANGUAGE if plot else "",
    )
    length = minutes(sdk.dict_in(fold, "runtime").get("seconds"))
    cast, crew, studios = *_credits(fold), _studios(fold)
    if sort.kind == Item.MOVIE:
        item.movie.CopyFrom(Movie(format=sort.format, runtime_minutes=length, cast=cast, crew=crew, studios=studios))
    elif sort.kind == Item.SERIES:
        item.series.CopyFrom(Series(type=word, cast=cast, crew=crew, studios=studios))
        if length and word != "tvMiniSeries":
            item.series.episode_runtime_minutes.append(length)
        item.status = WorkStatus.COMPLETED if ended else WorkStatus.TYPE_UNSPECIFIED
    elif sort.kind == Item.EPISODE:
        item.episode.CopyFrom(Episode(series=_shown_in(fold), runtime_minutes=length, cast=cast, crew=crew))
    return item


def _text(entry: Json, name: str) -> str:
    return sdk.text_in(sdk.dict_in(entry, name), "text")


def _entries(entry: Json, outer: str, inner: str) -> list[Json]:
    return sdk.dicts_in(sdk.dict_in(entry, outer), inner)


def _nodes(entry: Json, name: str) -> list[Json]:
    """The nodes of one of the page's connections."""
    return [sdk.dict_in(edge, "node") for edge in _entries(entry, name, "edges")]


def _meter(fold: Json) -> Engagement | None:
    rank = sdk.positive(sdk.dict_in(fold, "meterRanking").get("currentRank"))
    return Engagement(popularity_rank=rank) if rank else None


def _credits(fold: Json) -> tuple[list[Credit], list[Credit]]:
    """The stars and the makers that the page names; other groups of people are makers too."""
    cast: list[Credit] = []
    crew: list[Credit] = []
    for group in sdk.dicts_in(fold, "principalCredits"):
        word = sdk.text_in(sdk.dict_in(group, "category"), "id")
        role = CreditRole.ACTOR if word == "cast" else _ROLES.get(word, CreditRole.OTHER)
        for one in sdk.dicts_in(group, "credits"):
            somebody = sdk.dict_in(one, "name")
            number = sdk.text_in(somebody, "id")
            made = sdk.credit(
                sdk.one_line(_text(somebody, "nameText")),
                role,
                id=sdk.make_id(PROVIDER, Item.PERSON, number) if is_name_id(number) else "",
                job="" if word == "cast" else word.replace("_", " "),
            )
            if made:
                (cast if word == "cast" else crew).append(made)
    return cast, crew


def _studios(fold: Json) -> list[ItemRef]:
    names = (_text(sdk.dict_in(node, "company"), "companyText") for node in _nodes(fold, "production"))
    return [ItemRef(name=name) for name in names if name]


def _shown_in(fold: Json) -> ItemRef | None:
    series = sdk.dict_in(sdk.dict_in(fold, "series"), "series")
    return sdk.ref(PROVIDER, Item.SERIES, sdk.text_in(series, "id"), _text(series, "titleText"))
