"""Building instructions of LEGO: those of its GraphQL and pages, and those of its old service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tako.v1.details_toys_pb2 import Instruction
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.lego.shops import SITE, Shop
from tako_providers.sdk import (
    Json,
    Params,
    ShapeChanged,
    Upstream,
    absolute,
    bcp47,
    dict_in,
    dicts_in,
    flag_in,
    one_line,
    positive,
    text_in,
)

OLD_SERVICE = f"{SITE}/service/biservice/"

_LANGUAGE = re.compile(r" - ([A-Z]{2})$")
"""How the old service names a booklet in one language: `Digital Booklet - DE`."""


def inside(record: Json) -> Iterator[Instruction]:
    """`buildingInstructions`: the booklets of a set, as part of it."""
    for entry in dicts_in(record, "buildingInstructions"):
        document, place = dict_in(entry, "pdf"), dict_in(entry, "sequence")
        url = absolute(SITE, text_in(document, "pdfUrl"))
        if not url:
            raise ShapeChanged("a building instruction of LEGO has no address")
        yield Instruction(
            url=url,
            format="PDF",
            size_bytes=positive(document.get("fileSize")),
            cover_url=absolute(SITE, text_in(dict_in(document, "coverImage"), "src")),
            sequence=positive(place.get("element")),
            sequence_total=positive(place.get("total")),
            additional=flag_in(entry, "isAdditionalInfoBooklet"),
        )


def items(record: Json, number: str, shop: Shop) -> list[Item]:
    """The booklets of a set as Items. They have no names of their own: they bear that of the set."""
    name = one_line(text_in(record, "name"))
    return [
        _item(f"{number}/{place}", one, title=name, language=shop.language if name else "")
        for place, one in enumerate(inside(record), 1)
    ]


async def of_old_service(number: str, shop: Shop, up: Upstream) -> list[Item]:
    """The booklets that the service before today's knows. It finds all sets whose number begins so."""
    start = 0
    while True:
        asked: Params = {"fromIndex": start, "locale": shop.tag, "onlyAlternatives": False, "prefixText": number}
        found = await up.json(f"{OLD_SERVICE}search", asked)
        products = dicts_in(found, "products") if isinstance(found, dict) and "totalCount" in found else None
        if products is None:
            raise ShapeChanged("LEGO gave something else where building instructions were expected")
        for one in products:
            if text_in(one, "productId") == number:
                return [_old(f"{number}/{place}", entry) for place, entry in enumerate(_old_entries(one), 1)]
        start += len(products)
        if not products or flag_in(found, "moreData") is not True:
            return []


def _old_entries(entry: Json) -> list[Json]:
    return dicts_in(entry, "buildingInstructions")


def _old(source_id: str, entry: Json) -> Item:
    """One of `buildingInstructions` of the old service. Its sizes are rounded, so they stay a text."""
    url = absolute(SITE, text_in(entry, "pdfLocation"))
    if not url:
        raise ShapeChanged("a building instruction of LEGO has no address")
    described = one_line(text_in(entry, "description"))
    language = _LANGUAGE.search(described)
    size = text_in(entry, "downloadSize")
    item = _item(
        source_id,
        Instruction(
            url=url,
            format="PDF",
            cover_url=absolute(SITE, text_in(entry, "frontpageInfo")),
            alternative=flag_in(entry, "isAlternative"),
        ),
    )
    item.description = described
    if language and (tag := bcp47(language[1])):
        item.languages.append(tag)
    if size:
        item.attributes["download_size"] = size
    return item


def _item(source_id: str, one: Instruction, *, title: str = "", language: str = "") -> Item:
    """A booklet of its own. What Item has itself does not stand in its details too."""
    item = Item(
        kind=Item.INSTRUCTION,
        source_id=source_id,
        title=title,
        images=[Image(role=Image.PRIMARY, url=one.cover_url)] if one.cover_url else None,
        links=[Link(role=Link.DOCUMENT, url=one.url)],
        language=language,
        instruction=one,
    )
    item.instruction.cover_url = ""
    return item
