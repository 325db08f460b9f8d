"""People of TheTVDB: `characters` join a person, what they did, and the title."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tako.v1.item_parts_pb2 import Context, Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, WorkCredit
from tako.v1.values_pb2 import Gender
from tako_providers import sdk
from tako_providers.media.tvdb import lists
from tako_providers.media.tvdb.parts import (
    PROVIDER,
    Wanted,
    add_ids,
    any_text,
    best,
    identify,
    language_of,
    number_of,
    picture,
)
from tako_providers.sdk import Json

_ROLES = {
    "Actor": CreditRole.ACTOR,
    "Guest Star": CreditRole.GUEST,
    "Director": CreditRole.DIRECTOR,
    "Writer": CreditRole.WRITER,
    "Producer": CreditRole.PRODUCER,
    "Executive Producer": CreditRole.PRODUCER,
    "Creator": CreditRole.CREATOR,
}
"""Of /people/types; all others are OTHER."""
_ON_SCREEN = frozenset((CreditRole.ACTOR, CreditRole.GUEST))
_GENDERS = {1: Gender.MALE, 2: Gender.FEMALE, 3: Gender.OTHER}
_TITLES: tuple[tuple[str, sdk.Kind, Callable[[Json], Item | None]], ...] = (
    ("series", Item.SERIES, lists.series),
    ("movie", Item.MOVIE, lists.movie),
    ("episode", Item.EPISODE, lists.episode),
)


def role_of(entry: Json) -> CreditRole.Type.ValueType:
    """The contract's word for `peopleType`."""
    return _ROLES.get(sdk.text_in(entry, "peopleType"), CreditRole.OTHER)


def named(characters: Iterable[Json], *roles: CreditRole.Type.ValueType) -> list[Credit]:
    """Credits of these roles, in upstream's order."""
    chosen = sorted((entry for entry in characters if role_of(entry) in roles), key=_place)
    return sdk.present(map(_credit, chosen[: sdk.MAX_EMBEDDED]))


def crew(characters: Iterable[Json]) -> list[Credit]:
    """Credits of all who are not on the screen."""
    chosen = sorted((entry for entry in characters if role_of(entry) not in _ON_SCREEN), key=_place)
    return sdk.present(map(_credit, chosen[: sdk.MAX_EMBEDDED]))


def people(characters: Iterable[Json], *, on_screen: bool, role: str = "") -> list[Item]:
    """The people of a cast or a crew, one for each role."""
    chosen = [entry for entry in characters if (role_of(entry) in _ON_SCREEN) == on_screen and _is_role(entry, role)]
    return sdk.present(map(_person_of, sorted(chosen, key=_place)))


def works(characters: Iterable[Json], kind: sdk.Kind | None, role: str) -> list[Item]:
    """The titles of a person, one for each role, the newest first and the undated last."""
    items = []
    for entry in characters:
        for name, of_kind, mapper in _TITLES:
            record, number = sdk.dict_in(entry, name), number_of(entry.get(f"{name}Id"))
            if not number or not record or kind not in (None, of_kind) or not _is_role(entry, role):
                continue
            item = mapper({**record, "id": entry[f"{name}Id"]})
            if item is not None:
                item.context.CopyFrom(_context(entry))
                items.append(item)
            break
    return sorted(items, key=lambda item: -item.year)


def person(entry: Json, wish: Wanted) -> Item:
    """/people/{id}/extended"""
    item = lists.whole(lists.person(entry), entry, "person")
    remote_ids = sdk.dicts_in(entry, "remoteIds")
    del item.links[:], item.external_ids[:]
    identify(item, sdk.text_in(entry, "slug"), remote_ids)
    biographies = {
        sdk.text_in(one, "language"): text
        for one in sdk.dicts_in(entry, "biographies")
        if (text := sdk.text_in(one, "biography"))
    }
    text, code = best(biographies, wish)
    if not text:
        text, code = any_text(biographies, "")
    item.description = sdk.plain(text)
    item.language = language_of(code)
    about = item.person
    about.birth_date = sdk.partial_date(sdk.text_in(entry, "birth"))
    about.death_date = sdk.partial_date(sdk.text_in(entry, "death"))
    item.end_date = about.death_date
    about.birth_place = sdk.one_line(sdk.text_in(entry, "birthPlace"))
    about.gender = _GENDERS.get(entry.get("gender"), Gender.TYPE_UNSPECIFIED)
    characters = sdk.dicts_in(entry, "characters")
    about.professions.extend(dict.fromkeys(filter(None, (sdk.text_in(one, "peopleType") for one in characters))))
    about.works.extend(sdk.present(map(_work, characters))[: sdk.MAX_EMBEDDED])
    return item


def _place(entry: Json) -> int:
    """`sort` counts from 1 within a role; 0 says nothing."""
    return sdk.positive(entry.get("sort")) or 1_000_000


def _is_role(entry: Json, wanted: str) -> bool:
    """Whether ``wanted`` is this role in upstream's words or in the contract's; "" is any."""
    folded = wanted.strip().casefold().replace("_", " ")
    words = (sdk.text_in(entry, "peopleType").casefold(), CreditRole.Type.Name(role_of(entry)).casefold())
    return not folded or folded in words


def _person_of(entry: Json) -> Item | None:
    number, name = number_of(entry.get("peopleId")), sdk.one_line(sdk.text_in(entry, "personName"))
    if not number or not name:
        return None
    address = picture(entry.get("personImgURL")) or picture(entry.get("image"))
    item = Item(
        kind=Item.PERSON,
        source_id=number,
        title=name,
        images=(Image(role=Image.PRIMARY, url=address),) if address else None,
        context=_context(entry),
    )
    add_ids(item, ())
    return item


def _context(entry: Json) -> Context:
    return Context(role=sdk.text_in(entry, "peopleType"), character=sdk.one_line(sdk.text_in(entry, "name")))


def _credit(entry: Json) -> Credit | None:
    number, role = number_of(entry.get("peopleId")), role_of(entry)
    return sdk.credit(
        sdk.one_line(sdk.text_in(entry, "personName")),
        role,
        id=sdk.make_id(PROVIDER, Item.PERSON, number) if number else "",
        job="" if role in _ON_SCREEN else sdk.text_in(entry, "peopleType"),
        character=sdk.one_line(sdk.text_in(entry, "name")) if role in _ON_SCREEN else "",
        image_url=picture(entry.get("personImgURL")) or picture(entry.get("image")),
        order=sdk.positive(entry.get("sort")),
    )


def _work(entry: Json) -> WorkCredit | None:
    for name, kind, _ in _TITLES:
        record = sdk.dict_in(entry, name)
        title, year = sdk.one_line(sdk.text_in(record, "name")), sdk.positive(record.get("year"))
        number = number_of(entry.get(f"{name}Id"))
        if title and number:
            role = role_of(entry)
            return WorkCredit(
                work=sdk.ref(PROVIDER, kind, number, title, image_url=picture(record.get("image")), year=year),
                role=role,
                job="" if role in _ON_SCREEN else sdk.text_in(entry, "peopleType"),
                character=sdk.one_line(sdk.text_in(entry, "name")) if role in _ON_SCREEN else "",
            )
    return None
