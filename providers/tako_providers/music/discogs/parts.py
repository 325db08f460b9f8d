"""What all of Discogs' records are made of: names, texts with markup, pictures, credits, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import Video
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    add_image,
    count_in,
    dict_in,
    dicts_in,
    https,
    image,
    make_id,
    one_line,
    plain,
    positive,
    present,
    text_in,
    tidy,
)

PROVIDER = "discogs"
API = "https://api.discogs.com"
SITE = "https://www.discogs.com"

_MAX_MS = 2**31 - 1
_NUMBER = re.compile(r"\s\((\d+)\)(?=$|[\s,])")
"""Tells namesakes apart: `Frost (11)`."""
_VARIATION = re.compile(r"(?<=\S)\*(?=$|[\s,])")
"""Marks a name that is not the artist's usual one, in lists that have names as text."""
_ROLE = re.compile(r"(?:[^,\[]|\[[^\]]*\])+")
_NAMED = re.compile(r"\[[al]=([^\]\n]+)\]", re.IGNORECASE)
_NUMBERED = re.compile(r' ?(?:"\[(?:[al]|[mr]=?)\d+\]"|\[(?:[al]|[mr]=?)\d+\])', re.IGNORECASE)
"""A link by number: what it is called is not said."""
_MARK = re.compile(r"\[(?:/?(?:b|i|u|s|quote|url)|(?:url|img|u|g|t)=[^\]\n]*)\]", re.IGNORECASE)
"""Markup, and names of users."""

_ROLES = {
    CreditRole.PRODUCER: "producer|co-producer|executive-producer|executive producer",
    CreditRole.COMPOSER: "written-by|written by|composed by|music by|songwriter|score",
    CreditRole.AUTHOR: "lyrics by|words by|text by|libretto by|poetry",
    CreditRole.FEATURED: "featuring",
    CreditRole.ARTIST: "artwork|artwork by|painting|drawing|cover art",
    CreditRole.ILLUSTRATOR: "illustration",
    CreditRole.DESIGNER: "design|design concept|graphic design|layout|sleeve",
    CreditRole.COVER_ARTIST: "cover",
    CreditRole.DIRECTOR: "directed by|director",
    CreditRole.EDITOR: "edited by|editor",
    CreditRole.TRANSLATOR: "translated by",
    CreditRole.VOICE: "voice actor|read by|narrator",
    CreditRole.PERFORMER: "performer|vocals|lead vocals|backing vocals|voice|choir|chorus|rap|guitar|lead guitar|"
    "rhythm guitar|acoustic guitar|electric guitar|slide guitar|bass|bass guitar|electric bass|double bass|"
    "acoustic bass|drums|percussion|congas|bongos|piano|electric piano|keyboards|organ|synthesizer|mellotron|"
    "harpsichord|accordion|saxophone|alto saxophone|tenor saxophone|baritone saxophone|soprano saxophone|trumpet|"
    "trombone|horn|flute|clarinet|oboe|bassoon|tuba|violin|viola|cello|strings|harp|harmonica|banjo|mandolin|sitar|"
    "vibraphone|marimba|orchestra|conductor|ensemble|band|scratches|turntables",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split("|")}


def checked(entry: Json, what: str, name: str = "title") -> tuple[int, str]:
    """Number and name of a record. Raises ShapeChanged where it has none."""
    number = count_in(entry, "id") if isinstance(entry, dict) else None
    title = text_in(entry, name) if number else ""
    if not number or not title:
        raise ShapeChanged(f"{what} of Discogs has no id or no name")
    return number, title


def bare(name: str) -> str:
    """A name without the number that tells it from its namesakes."""
    return _NUMBER.sub("", name).strip() if "(" in name else name


def namesake(name: str) -> str:
    """The number in a name that tells it from its namesakes, "" without one."""
    match = _NUMBER.search(name) if "(" in name else None
    return match[1] if match else ""


def printed(names: str) -> str:
    """Artists in one line, as lists have them, without Discogs' own marks."""
    return bare(_VARIATION.sub("", names) if "*" in names else names)


def prose(entry: Json, name: str) -> str:
    """A text without markup. Discogs has it plain where it gave what the Accept header asks for."""
    if ready := text_in(entry, f"{name}_plaintext"):
        return plain(ready)
    text = text_in(entry, name)
    if "[" in text:
        text = _NUMBERED.sub("", text)
        text = _NAMED.sub(lambda match: bare(match[1]), text)
        text = tidy(_MARK.sub("", text))
    return plain(text)


def picture(url: str) -> str:
    """The address of a picture, "" for none and for what only stands in. Old answers leave out the host."""
    if not url or "spacer" in url:
        return ""
    return f"{API}{url}" if url.startswith("/") and not url.startswith("//") else https(url)


def add_covers(item: Item, entry: Json) -> None:
    """Add the cover of a hit, and a small one. Made in their place, they cost half."""
    add_image(item, Image.PRIMARY, picture(text_in(entry, "cover_image")))
    add_image(item, Image.THUMBNAIL, picture(text_in(entry, "thumb")))


def add_page(item: Item, uri: str) -> None:
    """Add Discogs' page."""
    if address := page_address(uri):
        item.links.add(role=Link.SOURCE, url=address)


def images(entry: Json) -> list[Image]:
    """`images[]`: empty addresses, which callers without a token get, are left out."""
    shown = [one for one in dicts_in(entry, "images") if picture(text_in(one, "uri"))]
    if not shown:
        return present([image(Image.THUMBNAIL, picture(text_in(entry, "thumb")))])
    first = next((one for one in shown if one.get("type") == "primary"), shown[0])
    found = [
        _image(Image.PRIMARY, first),
        image(Image.THUMBNAIL, picture(text_in(first, "uri150"))),
        *(_image(Image.GALLERY, one, picture(text_in(one, "uri150"))) for one in shown if one is not first),
    ]
    return present(found)


def _image(role: Image.Role.ValueType, entry: Json, thumbnail: str = "") -> Image | None:
    return image(
        role,
        picture(text_in(entry, "uri")),
        width=positive(entry.get("width")),
        height=positive(entry.get("height")),
        thumbnail_url=thumbnail,
    )


def page_address(uri: str) -> str:
    """The address of Discogs' page. Search has it without the host."""
    return f"{SITE}{uri}" if uri.startswith("/") else https(uri)


def reference(kind: Kind, entry: Json) -> ItemRef | None:
    """Another record, named."""
    name = bare(text_in(entry, "name"))
    return ItemRef(id=_id(kind, entry), name=name, image_url=picture(text_in(entry, "thumbnail_url"))) if name else None


def references(kind: Kind, entries: Iterable[Json]) -> list[ItemRef]:
    """Other records, named."""
    return present(reference(kind, entry) for entry in entries)


def numbered(kind: Kind, number: int | None) -> ItemRef | None:
    """Another record of which only the number is said. 0 is none."""
    return ItemRef(id=make_id(PROVIDER, kind, number)) if number else None


def _id(kind: Kind, entry: Json) -> str:
    number = positive(entry.get("id"))
    return make_id(PROVIDER, kind, number) if number else ""


def performers(entries: Iterable[Json]) -> list[Credit]:
    """`artists[]`, by the names that the release has for them."""
    return [
        Credit(
            name=name,
            id=_id(Item.ARTIST, entry),
            role=CreditRole.PERFORMER,
            image_url=picture(text_in(entry, "thumbnail_url")),
            note=text_in(entry, "tracks"),
        )
        for entry in entries
        if (name := _name(entry))
    ]


def artist_text(entries: list[Json]) -> str:
    """`artists[]` in one line, as Discogs joins them."""
    pieces: list[str] = []
    for entry in entries:
        join = text_in(entry, "join")
        pieces += _name(entry), ", " if join in ("", ",") else f" {join} "
    return "".join(pieces[:-1]).strip()


def contributors(entries: Iterable[Json]) -> list[Credit]:
    """`extraartists[]`: one credit for each of the roles that `role` lists."""
    return [
        Credit(
            name=name,
            id=_id(Item.ARTIST, entry),
            role=_ROLE_OF.get(job.partition("[")[0].strip().casefold(), CreditRole.OTHER),
            job=job,
            note=text_in(entry, "tracks"),
        )
        for entry in entries
        if (name := _name(entry))
        for job in _jobs(text_in(entry, "role"))
    ]


def _jobs(roles: str) -> list[str]:
    return [job for piece in _ROLE.findall(roles) if (job := piece.strip())] or [""]


def _name(entry: Json) -> str:
    return text_in(entry, "anv") or bare(text_in(entry, "name"))


def milliseconds(length: str) -> int | None:
    """A length as Discogs writes it, `5:48` or `1:02:33`; None for any other text."""
    parts = length.split(":")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return total * 1000 if 0 < total * 1000 <= _MAX_MS else None


def add_engagement(item: Item, entry: Json) -> None:
    """Set how many have it and want it. Lists and details have other words for that."""
    if community := dict_in(entry, "community"):
        have, want = count_in(community, "have"), count_in(community, "want")
    elif community := dict_in(dict_in(entry, "stats"), "community"):
        have, want = count_in(community, "in_collection"), count_in(community, "in_wantlist")
    else:
        return
    if have is not None:
        item.engagement.owners = have
    if want is not None:
        item.engagement.wanters = want


def videos(entry: Json) -> list[Video]:
    """`videos[]`. Their descriptions are of whoever uploaded them, and are left out."""
    return [
        Video(
            title=one_line(text_in(one, "title")),
            url=url,
            site="YouTube" if "youtube.com/" in url or "youtu.be/" in url else "",
            duration_seconds=positive(one.get("duration")),
        )
        for one in dicts_in(entry, "videos")
        if (url := https(text_in(one, "uri")))
    ]
