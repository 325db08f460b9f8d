"""Casts, crews and filmographies of TMDB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tako.v1.details_people_pb2 import Person
from tako.v1.item_parts_pb2 import AlternativeTitle, Context, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, WorkCredit
from tako_providers import sdk
from tako_providers.media.tmdb import lists
from tako_providers.media.tmdb.parts import (
    PROVIDER,
    dicts,
    gallery,
    numbered,
    other_ids,
    part,
    picture,
    words,
)
from tako_providers.sdk import Json, ShapeChanged

_ROLES = {
    CreditRole.DIRECTOR: ("Director", "Co-Director", "Series Director"),
    CreditRole.WRITER: (
        "Writer",
        "Co-Writer",
        "Screenplay",
        "Teleplay",
        "Story",
        "Original Story",
        "Adaptation",
    ),
    CreditRole.AUTHOR: (
        "Author",
        "Novel",
        "Book",
        "Short Story",
        "Comic Book",
        "Graphic Novel",
        "Theatre Play",
    ),
    CreditRole.PRODUCER: (
        "Producer",
        "Executive Producer",
        "Co-Producer",
        "Co-Executive Producer",
        "Associate Producer",
        "Line Producer",
        "Supervising Producer",
        "Consulting Producer",
    ),
    CreditRole.COMPOSER: ("Original Music Composer", "Music", "Main Title Theme Composer"),
    CreditRole.EDITOR: ("Editor", "Co-Editor"),
    CreditRole.CREATOR: ("Creator", "Original Series Creator"),
    CreditRole.STORYBOARD: ("Storyboard", "Storyboard Artist", "Storyboard Designer"),
}
_ROLE_OF_JOB = {job: role for role, jobs in _ROLES.items() for job in jobs}
"""TMDB's jobs (/configuration/jobs) that have a role of their own; all others are OTHER."""
_ON_SCREEN = frozenset((CreditRole.ACTOR, CreditRole.VOICE, CreditRole.GUEST))


class Part(NamedTuple):
    """One role of one person in one title. ``entry`` is the person, or the title in a filmography."""

    entry: Json
    role: CreditRole.Type.ValueType
    job: str = ""
    department: str = ""
    character: str = ""
    order: int | None = None
    times: int | None = None

    def is_role(self, wanted: str) -> bool:
        """Whether ``wanted`` is this job in TMDB's words or in the contract's; "" is any."""
        folded = wanted.strip().casefold().replace("_", " ")
        words_for_it = (self.job.casefold(), CreditRole.Type.Name(self.role).casefold().replace("_", " "))
        on_screen = self.role in _ON_SCREEN and folded in ("actor", "cast")
        return not folded or folded in words_for_it or on_screen


def cast(credited: Json) -> Iterator[Part]:
    """`cast` of credits or aggregate_credits, in the order of billing."""
    for entry in dicts(credited.get("cast")):
        yield from _acted(entry, CreditRole.ACTOR)


def guests(body: Json) -> Iterator[Part]:
    """`guest_stars` of an episode."""
    for entry in dicts(body.get("guest_stars")):
        yield from _acted(entry, CreditRole.GUEST)


def crew(credited: Json) -> Iterator[Part]:
    """`crew` of credits or aggregate_credits: one for each job."""
    for entry in dicts(credited.get("crew")):
        department = words(entry.get("department"))
        for held in dicts(entry.get("jobs")) or (entry,):
            job = words(held.get("job"))
            role = _ROLE_OF_JOB.get(job, CreditRole.OTHER)
            yield Part(entry, role, job, department, times=sdk.positive(held.get("episode_count")))


def named(parts: Iterable[Part]) -> list[Credit]:
    """Credits for a Detail: those with a role of their own first where not all have room."""
    listed = list(parts)
    if len(listed) > sdk.MAX_EMBEDDED:
        listed.sort(key=lambda one: one.role == CreditRole.OTHER)
    return sdk.present(map(_credit, listed[: sdk.MAX_EMBEDDED]))


def people(parts: Iterable[Part]) -> list[Item]:
    """The people of a cast or crew, with what they are here; one Item for each role."""
    found = []
    for one in parts:
        if item := lists.person(one.entry, lists.Texts()):
            item.context.CopyFrom(_context(one))
            found.append(item)
    return found


def works(done: Iterable[tuple[sdk.Kind, Part]], texts: lists.Texts) -> list[Item]:
    """The titles of a filmography, newest first and the undated last; one Item for each role."""
    found = []
    for kind, one in done:
        if item := lists.BY_KIND[kind](one.entry, texts):
            item.context.CopyFrom(_context(one))
            found.append(item)
    return sorted(found, key=lambda item: item.release_date, reverse=True)


def filmography(movie_credits: Json, tv_credits: Json) -> Iterator[tuple[sdk.Kind, Part]]:
    """Everything that a person did, films first; a part that was not asked for is None."""
    for kind, credited in ((Item.MOVIE, movie_credits), (Item.SERIES, tv_credits)):
        if credited is not None:
            for one in (*cast(checked(credited)), *crew(credited)):
                yield kind, one


def known(body: Json) -> Json:
    """The body of a person. Raises ShapeChanged when it is none."""
    if not isinstance(body, dict) or not numbered(body.get("id")):
        raise ShapeChanged("TMDB: a person with an id was expected")
    return body


def checked(credited: Json) -> Json:
    """A body of credits. Raises ShapeChanged when it is none."""
    if not isinstance(credited, dict) or not isinstance(credited.get("cast"), list):
        raise ShapeChanged("TMDB: credits with a cast were expected")
    return credited


def person(body: Json, language: str) -> Item:
    """/person/{id} with what was appended."""
    item = lists.person(body, lists.Texts())
    if item is None:
        raise ShapeChanged("TMDB: a person with id and name was expected")
    item.description = sdk.plain(words(body.get("biography")))
    item.language = language if item.description else ""
    item.images.extend(gallery(part(body, "images")))
    del item.external_ids[:]
    item.external_ids.extend(other_ids(body))
    if homepage := sdk.link(Link.OFFICIAL, words(body.get("homepage"))):
        item.links.append(homepage)
    item.end_date = sdk.partial_date(words(body.get("deathday")))
    about: Person = item.person
    about.birth_date = sdk.partial_date(words(body.get("birthday")))
    about.death_date = item.end_date
    about.birth_place = sdk.one_line(words(body.get("place_of_birth")))
    known_as = body.get("also_known_as")
    aliases = filter(None, map(words, known_as if isinstance(known_as, list) else ()))
    item.alternative_titles.extend(AlternativeTitle(text=a, type=AlternativeTitle.ALIAS) for a in aliases)
    movie_credits, tv_credits = body.get("movie_credits"), body.get("tv_credits")
    done = list(filmography(movie_credits, tv_credits))
    about.works.extend(_best_known(done))
    if movie_credits is not None and tv_credits is not None:
        about.work_count = len({(kind, one.entry.get("id")) for kind, one in done})
    return item


def _acted(entry: Json, role: CreditRole.Type.ValueType) -> Iterator[Part]:
    """One Part for each character; aggregate_credits lists them under `roles`."""
    order = entry.get("order")
    for held in dicts(entry.get("roles")) or (entry,):
        character = words(held.get("character"))
        yield Part(
            entry,
            CreditRole.VOICE if role == CreditRole.ACTOR and "(voice" in character.casefold() else role,
            character=character,
            order=order if isinstance(order, int) else None,
            times=sdk.positive(held.get("episode_count")),
        )


def _credit(one: Part) -> Credit | None:
    number = one.entry.get("id")
    return sdk.credit(
        sdk.one_line(words(one.entry.get("name"))),
        one.role,
        id=sdk.make_id(PROVIDER, Item.PERSON, number) if numbered(number) else "",
        job=one.job,
        department=one.department,
        character=one.character,
        image_url=picture("w185", one.entry.get("profile_path")),
        order=one.order,
        count=one.times,
    )


def _context(one: Part) -> Context:
    return Context(
        label=one.department,
        role=one.job or ("Guest star" if one.role == CreditRole.GUEST else "Actor"),
        character=one.character,
        count=one.times,
    )


def _best_known(done: list[tuple[sdk.Kind, Part]]) -> list[WorkCredit]:
    """The works of a filmography with the most votes."""
    ranked = sorted(done, key=lambda pair: -(sdk.positive(pair[1].entry.get("vote_count")) or 0))
    found = []
    for kind, one in ranked[: sdk.MAX_EMBEDDED]:
        if made := lists.work(one.entry, kind):
            made.MergeFrom(
                WorkCredit(
                    role=one.role, job=one.job, department=one.department, character=one.character, count=one.times
                )
            )
            found.append(made)
    return found
