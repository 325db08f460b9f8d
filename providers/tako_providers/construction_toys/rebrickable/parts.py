"""Parts of Rebrickable as Items: of a list, of their own, in an inventory, by element. https://rebrickable.com/api/v3/docs/"""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.details_toys_pb2 import Part, PartColor
from tako.v1.item_parts_pb2 import Context, ExternalId, Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako.v1.values_pb2 import Color
from tako_providers.construction_toys.rebrickable.tables import PROVIDER, Categories, color, source
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    flag_in,
    https,
    image,
    known_year,
    one_line,
    present,
    ref,
    text_in,
    texts_in,
)

_SITES = (
    ("BrickLink", "bricklink"),
    ("BrickOwl", "brickowl"),
    ("Brickset", "brickset"),
    ("LEGO", "lego"),
    ("LDraw", "ldraw"),
    ("Peeron", "peeron"),
)


def part(entry: Json, categories: Categories) -> Item:
    """A part of a list or of its own. Years and other versions are there only where asked for (`inc_part_details`)."""
    item = _part(entry, categories, None, text_in(entry, "part_img_url") if isinstance(entry, dict) else "")
    first, last = known_year(count_in(entry, "year_from")), known_year(count_in(entry, "year_to"))
    if first:
        item.year = item.part.year_from = first
    if last:
        item.end_year = item.part.year_to = last
    item.part.prints.extend(_versions(entry, "prints"))
    item.part.molds.extend(_versions(entry, "molds"))
    item.part.alternates.extend(_versions(entry, "alternates"))
    return item


def _part(entry: Json, categories: Categories, context: Context | None, picture: str, sets: int | None = None) -> Item:
    if not isinstance(entry, dict):
        raise ShapeChanged("Rebrickable gave something else where a part was expected")
    number, name = text_in(entry, "part_num"), one_line(text_in(entry, "name"))
    if not number or not name:
        raise ShapeChanged("a part of Rebrickable has no number or no name")
    category = count_in(entry, "part_cat_id")
    print_of = text_in(entry, "print_of")
    return Item(
        kind=Item.PART,
        source_id=number,
        title=name,
        images=present([image(Image.PRIMARY, picture)]),
        links=source(text_in(entry, "part_url")),
        external_ids=_numbers(dict_in(entry, "external_ids")),
        context=context,
        language="en",
        part=Part(
            part_category_id="" if category is None else str(category),
            part_category="" if category is None else categories.get(category, ""),
            print_of=ref(PROVIDER, Item.PART, print_of, print_of),
        ),
        attributes={"num_sets": str(sets)} if sets else None,
    )


def inventory_part(row: Json, categories: Categories) -> Item:
    """A row of an inventory: a part in one colour, and how many of it."""
    if not isinstance(row, dict) or not isinstance(row.get("part"), dict):
        raise ShapeChanged("Rebrickable gave something else where a part of a set was expected")
    here = Context(
        quantity=count_in(row, "quantity"),
        spare=flag_in(row, "is_spare"),
        color=color(dict_in(row, "color")),
        element_id=text_in(row, "element_id"),
    )
    return _part(row["part"], categories, here, text_in(row["part"], "part_img_url"), count_in(row, "num_sets"))


def element(row: Json, categories: Categories) -> Item:
    """The answer of /lego/elements/{id}/: a part in one colour."""
    if not isinstance(row, dict) or not text_in(row, "element_id"):
        raise ShapeChanged("Rebrickable gave something else where an element was expected")
    here = Context(color=color(dict_in(row, "color")), element_id=text_in(row, "element_id"))
    picture = text_in(row, "element_img_url") or text_in(row, "part_img_url")
    return _part(row.get("part"), categories, here, picture)


def part_colors(rows: Sequence[Json]) -> list[PartColor]:
    """The colours of a part, rows of /lego/parts/{part_num}/colors/. Their shades are in the vocabulary."""
    return [
        PartColor(
            color=Color(id=str(number), name=name),
            element_ids=texts_in(row, "elements") or None,
            set_count=count_in(row, "num_sets"),
            image_url=https(text_in(row, "part_img_url")),
        )
        for row in rows[:MAX_EMBEDDED]
        if isinstance(row, dict)
        and isinstance(number := row.get("color_id"), int)
        and (name := text_in(row, "color_name"))
    ]


def _numbers(sites: Json) -> list[ExternalId]:
    """The part's numbers elsewhere. Some are null."""
    return [
        ExternalId(scheme=scheme, value=number)
        for site, scheme in _SITES
        if site in sites
        for number in texts_in(sites, site)
    ]


def _versions(entry: Json, name: str) -> list[ItemRef]:
    """Other versions of a part, of which only the number is known."""
    return present([ref(PROVIDER, Item.PART, number, number) for number in texts_in(entry, name)[:MAX_EMBEDDED]])
