"""People of imdbapi.dev: names, the credits of a title, the filmography of a person."""

from __future__ import annotations

from collections.abc import Iterator

from tako.v1.details_people_pb2 import Person
from tako.v1.item_parts_pb2 import AlternativeTitle, Context, Engagement
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole
from tako_providers import sdk
from tako_providers.media.imdb.parts import (
    LANGUAGE,
    PROVIDER,
    date_of,
    is_name_id,
    own_id,
    page_of,
    picture,
    picture_url,
)
from tako_providers.sdk import Json, ShapeChanged

CAST = ("actor", "actress", "self")
"""Categories of credits that are a cast; all others are a crew."""
_ROLES = {
    "actor": CreditRole.ACTOR,
    "actress": CreditRole.ACTOR,
    "director": CreditRole.DIRECTOR,
    "writer": CreditRole.WRITER,
    "producer": CreditRole.PRODUCER,
    "composer": CreditRole.COMPOSER,
    "editor": CreditRole.EDITOR,
    "creator": CreditRole.CREATOR,
}


def person(entry: Json) -> Item | None:
    """A `Name` in a list or alone; None without id or name."""
    number, name = entry.get("id"), sdk.one_line(sdk.text_in(entry, "displayName"))
    if not name or not isinstance(number, str) or not is_name_id(number):
        return None
    biography = sdk.plain(sdk.text_in(entry, "biography"))
    died = date_of(entry.get("deathDate"))
    return Item(
        kind=Item.PERSON,
        source_id=number,
        title=name,
        alternative_titles=_other_names(entry, name),
        description=biography,
        end_date=died,
        images=sdk.present((picture(entry.get("primaryImage")),)),
        links=(page_of(number),),
        external_ids=(own_id(number),),
        engagement=_star_meter(entry),
        language=LANGUAGE if biography else "",
        person=Person(
            birth_date=date_of(entry.get("birthDate")),
            death_date=died,
            birth_place=sdk.one_line(sdk.text_in(entry, "birthLocation")),
            death_reason=sdk.one_line(sdk.text_in(entry, "deathReason")),
            height_cm=sdk.positive(entry.get("heightCm")),
            professions=[word.replace("_", " ") for word in sdk.texts_in(entry, "primaryProfessions")],
        ),
        attributes=_place_of_death(entry),
    )


def charted(found: list[Json]) -> list[Item]:
    """/chart/starmeter: people with their place in the chart. Raises ShapeChanged when none of them can be read."""
    items = sdk.present(map(person, found))
    if found and not items:
        raise ShapeChanged("IMDb: names with an id and a displayName were expected")
    for item in items:
        meter = item.engagement
        if meter.HasField("popularity_rank"):
            previous = meter.previous_rank if meter.HasField("previous_rank") else None
            item.context.CopyFrom(Context(position=meter.popularity_rank, previous_position=previous))
    return items


def credited(found: list[Json], *, cast: bool, role: str = "") -> list[Item]:
    """/titles/{id}/credits: the people of the cast or of the crew, with what they are here."""
    items = []
    for entry in found:
        category = category_of(entry)
        if (category in CAST) != cast or (role and category != category_named(role)):
            continue
        for character in _characters(entry):
            if item := person(sdk.dict_in(entry, "name")):
                item.context.CopyFrom(context(entry, character))
                items.append(item)
    return items


def cast_and_crew(found: list[Json]) -> tuple[list[Credit], list[Credit]]:
    """/titles/{id}/credits for a Detail: one credit for each role."""
    played: list[Credit] = []
    made: list[Credit] = []
    for entry in found:
        category, name = category_of(entry), sdk.dict_in(entry, "name")
        role = _ROLES.get(category, CreditRole.OTHER)
        times = sdk.positive(entry.get("episodeCount"))
        if category in CAST:
            played += sdk.present(
                credit(name, role, category, character=character, times=times) for character in _characters(entry)
            )
        else:
            made += sdk.present((credit(name, role, category, times=times),))
    return played, made


def credit(
    name: Json, role: CreditRole.Type.ValueType, category: str, *, character: str = "", times: int | None = None
) -> Credit | None:
    """One role of a person, None without a name."""
    number = name.get("id")
    return sdk.credit(
        sdk.one_line(sdk.text_in(name, "displayName")),
        role,
        id=sdk.make_id(PROVIDER, Item.PERSON, number) if isinstance(number, str) and is_name_id(number) else "",
        job="" if category in CAST else job_of(category),
        character=character,
        image_url=picture_url(name),
        count=times,
    )


def context(entry: Json, character: str = "") -> Context:
    """What a person is in a title, or a title in a person's filmography."""
    return Context(
        role=job_of(category_of(entry)),
        character=character,
        count=sdk.positive(entry.get("episodeCount")),
    )


def category_of(entry: Json) -> str:
    """The category of a credit."""
    return category_named(sdk.text_in(entry, "category"))


def category_named(role: str) -> str:
    """A role in anybody's spelling as upstream's category: `Casting Director` is `casting_director`."""
    return "_".join(role.split()).casefold()


def job_of(category: str) -> str:
    """A category as words."""
    return category.replace("_", " ")


def role_of(category: str) -> CreditRole.Type.ValueType:
    """The contract's word for a category."""
    return _ROLES.get(category, CreditRole.OTHER)


def characters(entry: Json) -> str:
    """All characters of a credit in one text."""
    return " / ".join(filter(None, _characters(entry)))


def _characters(entry: Json) -> list[str]:
    return [sdk.one_line(text) for text in sdk.texts_in(entry, "characters")] or [""]


def _other_names(entry: Json, name: str) -> Iterator[AlternativeTitle]:
    born = sdk.one_line(sdk.text_in(entry, "birthName"))
    if born and born != name:
        yield AlternativeTitle(text=born, type=AlternativeTitle.BIRTH_NAME)
    for other in sdk.texts_in(entry, "alternativeNames"):
        if (text := sdk.one_line(other)) not in (name, born):
            yield AlternativeTitle(text=text, type=AlternativeTitle.ALIAS)


def _place_of_death(entry: Json) -> dict[str, str]:
    place = sdk.one_line(sdk.text_in(entry, "deathLocation"))
    return {"death_place": place} if place else {}


def _star_meter(entry: Json) -> Engagement | None:
    """`meterRanking`: the place, and from the change the place before. Going up makes the number smaller."""
    meter = entry.get("meterRanking")
    rank = sdk.positive(meter.get("currentRank")) if isinstance(meter, dict) else None
    if rank is None:
        return None
    change = sdk.number_in(meter, "difference")
    up = {"UP": 1, "DOWN": -1}.get(sdk.text_in(meter, "changeDirection").upper())
    previous = rank + up * abs(int(change)) if up and change else None
    return Engagement(popularity_rank=rank, previous_rank=previous if previous and previous > 0 else None)
