"""Characters, people and producers of Jikan as Items. https://docs.api.jikan.moe/#tag/characters, #tag/people"""

from __future__ import annotations

from tako.v1.details_people_pb2 import Character, Organization, Person
from tako.v1.item_parts_pb2 import AlternativeTitle, Engagement, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, WorkCredit
from tako_providers.anime_manga.jikan.parts import (
    PROVIDER,
    add_images,
    day_in,
    number_of,
    objects_in,
    picture_in,
    ref_to,
)
from tako_providers.anime_manga.jikan.titles import external_links
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    dicts_in,
    language_named,
    link,
    make_id,
    plain,
    present,
    text_in,
    texts_in,
)

_LANGUAGES = {"Portuguese (BR)": "pt-BR", "Mandarin": "zh"}
_ROLES = {
    "director": CreditRole.DIRECTOR,
    "producer": CreditRole.PRODUCER,
    "script": CreditRole.WRITER,
    "screenplay": CreditRole.WRITER,
    "story": CreditRole.WRITER,
    "art": CreditRole.ARTIST,
    "story & art": CreditRole.AUTHOR,
    "original creator": CreditRole.CREATOR,
    "music": CreditRole.COMPOSER,
    "storyboard": CreditRole.STORYBOARD,
    "character design": CreditRole.DESIGNER,
    "original character design": CreditRole.DESIGNER,
    "theme song performance": CreditRole.PERFORMER,
    "inserted song performance": CreditRole.PERFORMER,
}


def character(entry: Json) -> Item:
    """A character: an entry of a list, or a detail."""
    number, name = number_of(entry), _name(entry)
    native = text_in(entry, "name_kanji")
    works = [*_appearances(entry, "anime"), *_appearances(entry, "manga")]
    item = Item(
        kind=Item.CHARACTER,
        source_id=str(number),
        title=name,
        original_title=native if native != name else "",
        alternative_titles=_others(texts_in(entry, "nicknames"), AlternativeTitle.NICKNAME),
        description=plain(text_in(entry, "about")),
        links=present([link(Link.SOURCE, text_in(entry, "url"))]),
        engagement=_favorites(entry),
        language="en",
        character=Character(
            works=works[:MAX_EMBEDDED],
            voices=voices(entry, "voices")[:MAX_EMBEDDED],
        ),
    )
    add_images(item, entry)
    return item


def person(entry: Json) -> Item:
    """A person: an entry of a list, or a detail. Given and family name are in their own script."""
    number, name = number_of(entry), _name(entry)
    given, family = text_in(entry, "given_name"), text_in(entry, "family_name")
    native = f"{family} {given}".strip()
    works = [*_jobs(entry, "anime"), *_jobs(entry, "manga"), *_voiced(entry)]
    item = Item(
        kind=Item.PERSON,
        source_id=str(number),
        title=name,
        original_title=native if not native.isascii() and native != name else "",
        alternative_titles=_others(texts_in(entry, "alternate_names"), AlternativeTitle.ALIAS),
        description=plain(text_in(entry, "about")),
        links=present(
            [link(Link.SOURCE, text_in(entry, "url")), link(Link.OFFICIAL, _address(text_in(entry, "website_url")))]
        ),
        engagement=_favorites(entry),
        language="en",
        person=Person(
            given_name=given,
            family_name=family,
            birth_date=day_in(entry, "birthday"),
            works=works[:MAX_EMBEDDED],
        ),
    )
    add_images(item, entry)
    return item


def organization(entry: Json) -> Item:
    """What MyAnimeList calls a producer: a studio, a licensor or another company."""
    titles = [(text_in(one, "type"), text_in(one, "title")) for one in dicts_in(entry, "titles")]
    name = next((text for sort, text in titles if sort == "Default"), "") or text_in(entry, "name")
    if not name:
        raise ShapeChanged("a producer of Jikan has no name")
    native = next((text for sort, text in titles if sort == "Japanese"), "")
    others = [text for sort, text in titles if sort not in ("Default", "Japanese") and text not in ("", name)]
    item = Item(
        kind=Item.ORGANIZATION,
        source_id=str(number_of(entry)),
        title=name,
        original_title=native if native != name else "",
        alternative_titles=_others(others, AlternativeTitle.ALIAS),
        description=plain(text_in(entry, "about")),
        links=[*present([link(Link.SOURCE, text_in(entry, "url"))]), *external_links(entry)],
        engagement=_favorites(entry),
        language="en",
        organization=Organization(
            founded=day_in(entry, "established"),
            work_count=count_in(entry, "count"),
        ),
    )
    add_images(item, entry)
    return item


def voices(entry: Json, name: str) -> list[Credit]:
    """The people who voice a character."""
    return [
        Credit(
            name=text_in(who, "name"),
            id=make_id(PROVIDER, Item.PERSON, number_of(who)),
            role=CreditRole.VOICE,
            image_url=picture_in(dict_in(who, "images")),
            language=_language(text_in(one, "language")),
        )
        for one, who in objects_in(entry, name)
        if text_in(who, "name")
    ]


def positions_in(text: str) -> list[str]:
    """The jobs of `add Storyboard, Episode Director`; MyAnimeList's `add` is a button of its page."""
    return [one for part in text.removeprefix("add ").split(", ") if (one := part.strip())]


def _name(entry: Json) -> str:
    name = text_in(entry, "name")
    if not name:
        raise ShapeChanged("a character or person of Jikan has no name")
    return name


def _others(names: list[str], kind: AlternativeTitle.Type.ValueType) -> list[AlternativeTitle]:
    return [AlternativeTitle(text=name, type=kind) for name in dict.fromkeys(names)]


def _favorites(entry: Json) -> Engagement | None:
    count = count_in(entry, "favorites")
    return Engagement(favorites=count) if count else None


def _address(url: str) -> str:
    """A web site; nobody's is `http://`."""
    return url if url.partition("://")[2] else ""


def _appearances(entry: Json, kind: str) -> list[WorkCredit]:
    of = Item.ANIME if kind == "anime" else Item.MANGA
    return [
        WorkCredit(work=work, job=text_in(one, "role"))
        for one, thing in objects_in(entry, kind)
        if (work := ref_to(of, thing))
    ]


def _jobs(entry: Json, kind: str) -> list[WorkCredit]:
    of = Item.ANIME if kind == "anime" else Item.MANGA
    return [
        WorkCredit(work=work, job=job, role=_ROLES.get(job.lower(), CreditRole.OTHER))
        for one, thing in objects_in(entry, kind)
        if (work := ref_to(of, thing))
        for job in positions_in(text_in(one, "position"))
    ]


def _voiced(entry: Json) -> list[WorkCredit]:
    found = []
    for one in dicts_in(entry, "voices"):
        work, who = ref_to(Item.ANIME, dict_in(one, "anime")), ref_to(Item.CHARACTER, dict_in(one, "character"))
        if work:
            found.append(
                WorkCredit(
                    work=work,
                    job=text_in(one, "role"),
                    role=CreditRole.VOICE,
                    character=who.name if who else "",
                    character_id=who.id if who else "",
                )
            )
    return found


def _language(name: str) -> str:
    return _LANGUAGES.get(name) or language_named(name)
