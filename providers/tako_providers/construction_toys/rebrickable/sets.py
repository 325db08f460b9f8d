"""Sets, minifigs and other builds of Rebrickable as Items. https://rebrickable.com/api/v3/docs/"""

from __future__ import annotations

from tako.v1.details_toys_pb2 import BuildingSet, Minifig
from tako.v1.item_parts_pb2 import Context, ExternalId, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.construction_toys.rebrickable.tables import Themes, source
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    count_in,
    credit,
    image,
    known_year,
    link,
    one_line,
    positive,
    present,
    text_in,
    timestamp,
)


def building_set(entry: Json, themes: Themes) -> Item:
    """A set: of a list, of its own, or of a set that holds it (`set_name` and `quantity` then)."""
    number, name = _named(entry)
    return Item(
        kind=Item.BUILDING_SET,
        source_id=number,
        title=name,
        year=known_year(count_in(entry, "year")),
        images=present([image(Image.PRIMARY, text_in(entry, "set_img_url"))]),
        links=source(text_in(entry, "set_url")),
        external_ids=_set_number(number),
        context=_how_many(entry),
        language="en",
        source_updated_at=timestamp(text_in(entry, "last_modified_dt")),
        building_set=_details(entry, themes, "LEGO"),  # what this API calls sets are LEGO's; other builds are apart
    )


def other_build(entry: Json, themes: Themes) -> Item:
    """A build of somebody's own (MOC) from the parts of a set."""
    number, name = _named(entry)
    details = _details(entry, themes)
    details.credits.extend(present([credit(text_in(entry, "designer_name"), CreditRole.DESIGNER)]))
    designer = link(Link.OTHER, text_in(entry, "designer_url"), title=text_in(entry, "designer_name"))
    return Item(
        kind=Item.BUILDING_SET,
        source_id=number,
        title=name,
        year=known_year(count_in(entry, "year")),
        images=present([image(Image.PRIMARY, text_in(entry, "moc_img_url"))]),
        links=[*source(text_in(entry, "moc_url")), *present([designer])],
        context=Context(label="MOC"),
        language="en",
        building_set=details,
    )


def minifig(entry: Json) -> Item:
    """A minifig: of a list, of its own, or of a set that holds it (`set_name` and `quantity` then)."""
    number, name = _named(entry)
    return Item(
        kind=Item.MINIFIG,
        source_id=number,
        title=name,
        images=present([image(Image.PRIMARY, text_in(entry, "set_img_url"))]),
        links=source(text_in(entry, "set_url")),
        context=_how_many(entry),
        language="en",
        source_updated_at=timestamp(text_in(entry, "last_modified_dt")),
        minifig=Minifig(pieces=positive(entry.get("num_parts"))),
    )


def _named(entry: Json) -> tuple[str, str]:
    if not isinstance(entry, dict):
        raise ShapeChanged("Rebrickable gave something else where a set was expected")
    number = text_in(entry, "set_num")
    name = one_line(text_in(entry, "name") or text_in(entry, "set_name"))
    if not number or not name:
        raise ShapeChanged("a set of Rebrickable has no number or no name")
    return number, name


def _details(entry: Json, themes: Themes, brand: str = "") -> BuildingSet:
    number = count_in(entry, "theme_id")
    pieces = positive(entry.get("num_parts"))
    if number is None:
        return BuildingSet(brand=brand, pieces=pieces)
    theme = themes.get(number)
    return BuildingSet(
        brand=brand,
        theme=theme.name if theme else "",
        theme_id=str(number),
        theme_group=theme.top if theme else "",
        pieces=pieces,
    )


def _set_number(number: str) -> list[ExternalId]:
    """The number on the box. A further variant keeps its ending: it is another thing with the same number.

    What has no digit is a name that Rebrickable gave, and stands on no box.
    """
    if not (number[0].isdigit() or any(map(str.isdigit, number.partition("-")[0]))):
        return []
    return [ExternalId(scheme="set_number", value=number.removesuffix("-1"))]


def _how_many(entry: Json) -> Context | None:
    quantity = count_in(entry, "quantity")
    return Context(quantity=quantity) if quantity else None
