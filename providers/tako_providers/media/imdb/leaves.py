"""What lies below a title or a person: seasons, episodes, pictures, videos, works; and the interests."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.details_media_pb2 import Episode, Season
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import Video
from tako.v1.references_pb2 import ItemRef, WorkCredit
from tako_providers import sdk
from tako_providers.media.imdb import people, titles
from tako_providers.media.imdb.parts import (
    LANGUAGE,
    PROVIDER,
    SITE,
    add_picture,
    add_rating,
    date_of,
    identify,
    is_title_id,
    minutes,
    picture,
    picture_url,
    season_id,
    season_title,
)
from tako_providers.sdk import Json, ShapeChanged

_PICTURE_ROLES = {"poster": Image.POSTER, "still_frame": Image.STILL, "production_art": Image.ARTWORK}


def season(entry: Json, series: str) -> Item | None:
    """An entry of /titles/{id}/seasons. `season` is text, and may be no number."""
    number = sdk.text_in(entry, "season")
    if not number:
        return None
    return Item(
        kind=Item.SEASON,
        source_id=f"{series}/{number}",
        title=season_title(number),
        links=(Link(role=Link.SOURCE, url=f"{SITE}/title/{series}/episodes/?season={number}"),),
        season=Season(
            series=_series(series),
            number=int(number) if number.isdecimal() else None,
            number_text="" if number.isdecimal() else number,
            episode_count=sdk.positive(entry.get("episodeCount")),
        ),
    )


def episode(entry: Json, series: str) -> Item | None:
    """An entry of /titles/{id}/episodes."""
    number, place = entry.get("id"), sdk.positive(entry.get("episodeNumber"))
    name = sdk.one_line(sdk.text_in(entry, "title")) or (f"Episode {place}" if place else "")
    if not name or not isinstance(number, str) or not is_title_id(number):
        return None
    season_text = sdk.text_in(entry, "season")
    date, plot = date_of(entry.get("releaseDate")), sdk.plain(sdk.text_in(entry, "plot"))
    item = Item(
        kind=Item.EPISODE,
        source_id=number,
        title=name,
        description=plot,
        year=sdk.year_of(date),
        release_date=date,
        language=LANGUAGE if plot else "",
        episode=Episode(
            series=_series(series),
            season=ItemRef(id=season_id(series, season_text), name=season_title(season_text)) if season_text else None,
            season_number=int(season_text) if season_text.isdecimal() else None,
            season_number_text="" if season_text.isdecimal() else season_text,
            episode_number=place,
            runtime_minutes=minutes(entry.get("runtimeSeconds")),
        ),
    )
    identify(item, number)
    add_picture(item, entry.get("primaryImage"))
    add_rating(item, entry.get("rating"))
    return item


def image(entry: Json) -> Item | None:
    """An entry of /images. It has no id but its file's name."""
    word = sdk.text_in(entry, "type")
    shown = picture(entry, _PICTURE_ROLES.get(word, Image.GALLERY))
    if shown is None:
        return None
    item = Item(kind=Item.IMAGE, source_id=shown.url.rpartition("/")[2], images=(shown,))
    item.context.label = word.replace("_", " ")
    return item


def video(entry: Json) -> Item | None:
    """An entry of /titles/{id}/videos."""
    number, word = sdk.text_in(entry, "id"), sdk.text_in(entry, "type").replace("_", " ")
    if not number:
        return None
    address, plot = f"{SITE}/video/{number}/", sdk.plain(sdk.text_in(entry, "description"))
    return Item(
        kind=Item.VIDEO,
        source_id=number,
        title=sdk.one_line(sdk.text_in(entry, "name")),
        description=plot,
        images=sdk.present((picture(entry.get("primaryImage")),)),
        links=(Link(role=Link.SOURCE, url=address),),
        language=LANGUAGE if plot else "",
        video=Video(
            url=address,
            site="IMDb",
            key=number,
            type=word,
            thumbnail_url=picture_url(entry),
            duration_seconds=sdk.positive(entry.get("runtimeSeconds")),
        ),
    )


def work(entry: Json) -> Item | None:
    """An entry of /names/{id}/filmography: the title, with what the person did."""
    item = titles.title(sdk.dict_in(entry, "title"))
    if item is not None:
        item.context.CopyFrom(people.context(entry, people.characters(entry)))
    return item


def work_credit(entry: Json) -> WorkCredit | None:
    """The same for a person's Detail."""
    named = titles.reference(sdk.dict_in(entry, "title"))
    if named is None:
        return None
    category = people.category_of(entry)
    return WorkCredit(
        work=named,
        role=people.role_of(category),
        job="" if category in people.CAST else people.job_of(category),
        character=people.characters(entry),
        count=sdk.positive(entry.get("episodeCount")),
    )


def interests(found: list[Json]) -> list[Term]:
    """/interests: genres, and below each its subgenres, as IMDb groups them; an interest comes once."""
    terms: dict[str, Term] = {}
    for group in found:
        entries = [entry for entry in sdk.dicts_in(group, "interests") if sdk.text_in(entry, "id")]
        wider = next((sdk.text_in(e, "id") for e in entries if _heads(e, group)), "")
        for entry in entries:
            number, name = sdk.text_in(entry, "id"), sdk.text_in(entry, "name")
            if name and number not in terms:
                terms[number] = Term(
                    id=number,
                    name=name,
                    parent_id=wider if number != wider else "",
                    description=sdk.plain(sdk.text_in(entry, "description")),
                    image_url=picture_url(entry),
                    url=f"{SITE}/interest/{number}/",
                )
    if found and not terms:
        raise ShapeChanged("IMDb: categories with interests that have an id and a name were expected")
    return list(terms.values())


def _heads(entry: Json, group: Json) -> bool:
    """Whether an interest is the genre that its group is named after."""
    return entry.get("isSubgenre") is not True and sdk.text_in(entry, "name") == sdk.text_in(group, "category")


def _series(number: str) -> ItemRef:
    return ItemRef(id=sdk.make_id(PROVIDER, Item.SERIES, number))
