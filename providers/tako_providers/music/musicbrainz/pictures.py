"""Pictures of the Cover Art Archive as Items. https://musicbrainz.org/doc/Cover_Art_Archive/API"""

from __future__ import annotations

from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Json, ShapeChanged, dict_in, dicts_in, flag_in, https, text_in, texts_in

_ROLES = {
    "Front": Image.GALLERY,
    "Back": Image.BACK_COVER,
    "Booklet": Image.SCAN,
    "Poster": Image.POSTER,
}
"""The role by the first of the types. The front cover that stands for all is PRIMARY."""


def pictures(found: Json) -> list[Item]:
    """The pictures of a release, or of the release that shows a release group."""
    if not isinstance(found, dict) or not isinstance(found.get("images"), list):
        raise ShapeChanged("the Cover Art Archive gave something else where a list of pictures was expected")
    release = text_in(found, "release").rpartition("/")[2]
    items: list[Item] = []
    has_primary = False
    for entry in dicts_in(found, "images"):
        is_primary = flag_in(entry, "front") is True and not has_primary
        has_primary = has_primary or is_primary
        items.append(_picture(entry, release, is_primary=is_primary))
    return items


def _picture(entry: Json, release: str, *, is_primary: bool) -> Item:
    number, address = str(entry.get("id") or ""), https(text_in(entry, "image"))
    if not number or not address:
        raise ShapeChanged("a picture of the Cover Art Archive has no id or no address")
    types, small = texts_in(entry, "types"), dict_in(entry, "thumbnails")
    role = Image.PRIMARY if is_primary else _ROLES.get(types[0] if types else "", Image.GALLERY)
    attributes = {"types": ", ".join(types)} if types else {}
    if flag_in(entry, "approved") is False:
        attributes["approved"] = "false"
    return Item(
        kind=Item.IMAGE,
        source_id=f"{release}/{number}" if release else number,
        images=[
            Image(
                role=role,
                url=address,
                caption=text_in(entry, "comment"),
                thumbnail_url=https(text_in(small, "500") or text_in(small, "large") or text_in(small, "small")),
            )
        ],
        links=[Link(role=Link.SOURCE, url=f"https://musicbrainz.org/release/{release}/cover-art")] if release else (),
        attributes=attributes,
    )
