"""What relates to one item of Jikan: episodes, characters, staff, works, pictures."""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.details_media_pb2 import Episode
from tako.v1.details_people_pb2 import Character
from tako.v1.item_parts_pb2 import AlternativeTitle, Context, ExternalId, Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.anime_manga.jikan.parts import (
    PATHS,
    add_images,
    number_of,
    objects_in,
    picture_in,
)
from tako_providers.anime_manga.jikan.people import positions_in, voices
from tako_providers.sdk import (
    ItemId,
    Json,
    Kind,
    count_in,
    dict_in,
    dicts_in,
    flag_in,
    https,
    link,
    number_in,
    one_line,
    partial_date,
    present,
    rating,
    text_in,
    texts_in,
    year_of,
)

_KINDS: dict[str, Kind] = {"anime": Item.ANIME, "manga": Item.MANGA}


def episode(entry: Json, anime: ItemId) -> Item:
    """One episode. The users' score is of 5, and comes without its votes. Not each has a title."""
    number = number_of(entry)
    title = text_in(entry, "title") or f"Episode {number}"
    native, romanized = text_in(entry, "title_japanese"), one_line(text_in(entry, "title_romanji"))
    date = partial_date(text_in(entry, "aired"))
    return Item(
        kind=Item.EPISODE,
        source_id=f"{anime.source_id}/{number}",
        title=title,
        original_title=native if native != title else "",
        alternative_titles=[AlternativeTitle(text=romanized, type=AlternativeTitle.ROMANIZED)]
        if romanized and romanized != title
        else (),
        year=year_of(date),
        release_date=date,
        links=present(
            [
                link(Link.SOURCE, text_in(entry, "url")),
                link(Link.OTHER, text_in(entry, "forum_url"), "Forum"),
            ]
        ),
        rating=rating(number_in(entry, "score"), 5, source=Rating.USERS),
        language="en",
        episode=Episode(
            series=ItemRef(id=str(anime)),
            episode_number=number,
            filler=flag_in(entry, "filler"),
            recap=flag_in(entry, "recap"),
        ),
    )


def part(entry: Json) -> Item | None:
    """A character of a work, with the voices that it has there."""
    who = dict_in(entry, "character")
    item = _named(Item.CHARACTER, who, Context(role=text_in(entry, "role")))
    spoken = voices(entry, "voice_actors")
    if item is not None and spoken:
        item.character.CopyFrom(Character(voices=spoken))
    return item


def staff(entry: Json, wanted: str) -> Item | None:
    """A member of the staff, None when none of the jobs is the one that is wanted."""
    jobs = texts_in(entry, "positions")
    if not _is_wanted(jobs, wanted):
        return None
    return _named(Item.PERSON, dict_in(entry, "person"), Context(role=", ".join(jobs)))


def recommendation(entry: Json, kind: Kind) -> Item | None:
    """What users recommend beside a work; the weight is how many do."""
    return _named(kind, dict_in(entry, "entry"), Context(weight=count_in(entry, "votes")))


def relatives(group: Json) -> list[Item]:
    """The works of one relation, such as `Sequel`."""
    word = text_in(group, "relation")
    return present(
        _named(kind, one, Context(label=word))
        for one in dicts_in(group, "entry")
        if (kind := _KINDS.get(text_in(one, "type")))
    )


def works(entry: Json, wanted: str) -> list[Item]:
    """The works of a whole person or character. Each role in a work is an item; ``wanted`` names a role or a job."""
    found: list[Item | None] = []
    for name, kind in _KINDS.items():
        for one, thing in objects_in(entry, name):
            # A person has a position in a work, a character a role.
            jobs = positions_in(text_in(one, "position")) or [text_in(one, "role")]
            if _is_wanted(jobs, wanted):
                found.append(_named(kind, thing, Context(role=", ".join(jobs))))
    for one in dicts_in(entry, "voices"):
        words = text_in(one, "role")
        if "anime" in one and _is_wanted(["voice", "voice actor", words], wanted):
            found.append(
                _named(
                    Item.ANIME,
                    dict_in(one, "anime"),
                    Context(role="Voice", label=words, character=text_in(dict_in(one, "character"), "name")),
                )
            )
    return present(found)


def picture(entry: Json, owner: ItemId, place: int) -> Item | None:
    """One more picture of a work, character or person. It has no number of its own."""
    url = picture_in(entry)
    if not url:
        return None
    small = text_in(dict_in(entry, "webp"), "small_image_url") or text_in(dict_in(entry, "jpg"), "small_image_url")
    return Item(
        kind=Item.IMAGE,
        source_id=f"{PATHS[owner.kind]}/{owner.source_id}/{place}",
        images=[Image(role=Image.GALLERY, url=url, thumbnail_url=https(small))],
    )


def _named(kind: Kind, entry: Json, context: Context) -> Item | None:
    """What another item says of this one: number, name and picture. None without a name."""
    number, name = str(number_of(entry)), text_in(entry, "title") or text_in(entry, "name")
    if not name:
        return None
    item = Item(
        kind=kind,
        source_id=number,
        title=name,
        links=present([link(Link.SOURCE, text_in(entry, "url"))]),
        external_ids=[ExternalId(scheme="mal", value=number)] if kind in _KINDS.values() else (),
        context=context,
    )
    add_images(item, entry)
    return item


def _is_wanted(jobs: Sequence[str], wanted: str) -> bool:
    return not wanted or wanted.casefold() in (job.casefold() for job in jobs)
