"""Media, labels and codes of releases, in the several ways in which Discogs writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tako.v1.details_music_pb2 import Album, LabelRef
from tako.v1.item_parts_pb2 import ExternalId
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, Identifier, SeriesRef
from tako_providers.music.discogs.parts import PROVIDER, bare, reference
from tako_providers.sdk import Json, external_ids, make_id, normal_id, positive, text_in, texts_in

_MEDIA = frozenset(
    """
Vinyl|Acetate|Flexi-disc|Lathe Cut|Mighty Tiny|Shellac|Sopic|Pathé Disc|Edison Disc|Cylinder|CD|CDr|CDV|DVD
DVDr|HD DVD|HD DVD-R|Blu-ray|Blu-ray-R|Ultra HD Blu-ray|SACD|4-Track Cartridge|8-Track Cartridge|Cassette
DC-International|Elcaset|PlayTape|RCA Tape Cartridge|DAT|DCC|Microcassette|NT Cassette|Pocket Rocker|Tefifon
Reel-To-Reel|Sabamobil|Betacam|Betacam SP|Betamax|Cartrivision|MiniDV|Super VHS|U-matic|VHS|Video 2000|Video8
Film Reel|HitClips|Laserdisc|SelectaVision|VHD|Wire Recording|Minidisc|MVD|UMD|Floppy Disk|File|Memory Stick
Hybrid|All Media|Box Set
""".replace("\n", "|")
    .strip("| ")
    .split("|")
)
"""What a search lists among the words that describe it. https://www.discogs.com/help/formatslist"""
_TYPES = {
    "Album": Album.ALBUM,
    "Mini-Album": Album.ALBUM,
    "EP": Album.EP,
    "Single": Album.SINGLE,
    "Maxi-Single": Album.SINGLE,
}
_NO_NUMBER = frozenset(("", "none"))
"""`none` is what Discogs has where a label printed no number."""


def words(value: Json) -> list[str]:
    """A list of texts that old answers have as one text."""
    if isinstance(value, list):
        return [word for one in value if isinstance(one, str) and (word := one.strip())]
    return [value] if isinstance(value, str) and value.strip() else []


def add_formats(album: Album, entries: Iterable[Json]) -> None:
    """Add `formats[]`, as details have them."""
    for entry in entries:
        made = album.formats.add()
        made.name = text_in(entry, "name")
        made.text = text_in(entry, "text")
        if quantity := positive(entry.get("qty")):
            made.quantity = quantity
        if described := texts_in(entry, "descriptions"):
            made.descriptions.extend(described)


def add_listed_formats(album: Album, described: Sequence[str]) -> None:
    """Add media and the words that describe them, in one list as a search has them.

    With several media nobody knows which of them a word describes: then the words stand alone.
    """
    media = [word for word in described if word in _MEDIA]
    rest = [word for word in described if word not in _MEDIA]
    if len(media) == 1:
        album.formats.add(name=media[0], descriptions=rest)
        return
    for name in media:
        album.formats.add(name=name)
    if rest:
        album.formats.add(descriptions=rest)


def album_type(described: Sequence[str]) -> tuple[Album.Type.ValueType, list[str]]:
    """The type, and the further ones, that a release's descriptions say."""
    is_compilation = "Compilation" in described
    for word, found_type in _TYPES.items():
        if word in described:
            return found_type, ["Compilation"] if is_compilation else []
    return Album.COMPILATION if is_compilation else Album.TYPE_UNSPECIFIED, []


def type_of_all(entries: Iterable[Json]) -> tuple[Album.Type.ValueType, list[str]]:
    """The type that the first of `formats[]` says that says one: in a box those behind it are only parts."""
    found = (album_type(texts_in(entry, "descriptions")) for entry in entries)
    return next((one for one in found if one[0]), (Album.TYPE_UNSPECIFIED, []))


def number(text: str) -> str:
    """A catalogue number, "" where the label has none."""
    return "" if text.casefold() in _NO_NUMBER else text


def labels(entries: Iterable[Json]) -> list[LabelRef]:
    """`labels[]`, as details have them."""
    return [
        LabelRef(name=name, id=_label_id(entry), catalog_number=number(text_in(entry, "catno")))
        for entry in entries
        if (name := bare(text_in(entry, "name")))
    ]


def add_listed_labels(album: Album, names: Iterable[str], catalog_number: str) -> None:
    """Add labels of a list. The number is that of the first, or of the label whose list it is."""
    labels = album.labels
    for name in dict.fromkeys(names):
        if name:
            labels.add().name = bare(name)
    if known := number(catalog_number):
        first = labels[0] if labels else labels.add()
        first.catalog_number = known


def companies(entries: Iterable[Json]) -> list[Credit]:
    """`companies[]`: who pressed, published, distributed it. Discogs counts them among its labels."""
    return [
        Credit(
            name=name,
            id=_label_id(entry),
            role=CreditRole.OTHER,
            job=text_in(entry, "entity_type_name"),
            note=number(text_in(entry, "catno")),
        )
        for entry in entries
        if (name := bare(text_in(entry, "name")))
    ]


def series(entries: Iterable[Json]) -> list[SeriesRef]:
    """`series[]`. Discogs counts them among its labels too."""
    return [
        SeriesRef(series=found, volume=number(text_in(entry, "catno")))
        for entry in entries
        if (found := reference(Item.LABEL, entry))
    ]


def _label_id(entry: Json) -> str:
    source_id = positive(entry.get("id"))
    return make_id(PROVIDER, Item.LABEL, source_id) if source_id else ""


def codes(
    entries: list[Json], pairs: Iterable[tuple[str, str | int | None]]
) -> tuple[list[ExternalId], list[Identifier]]:
    """`identifiers[]`: barcodes as external ids beside ``pairs``, the rest and what is no right barcode as they are."""
    ids, others = list(pairs), []
    for entry in entries:
        kind, value = text_in(entry, "type"), text_in(entry, "value")
        if kind == "Barcode" and (normal_id("ean", value) or normal_id("upc", value)):
            ids += ("ean", value), ("upc", value)
        elif value:
            others.append(Identifier(type=kind, value=value, description=text_in(entry, "description")))
    return external_ids(ids), others


def listed_barcodes(values: Iterable[str]) -> list[tuple[str, str]]:
    """The barcodes of a search's list, which has matrix numbers too: eight digits are rather one of those."""
    found: list[tuple[str, str]] = []
    for value in values:
        code = value.replace(" ", "")
        if len(code) in (12, 13) and code.isdecimal():
            found.append(("ean" if len(code) == 13 else "upc", code))
            if code[0] == "0" and len(code) == 13:
                found.append(("upc", code))
    return found
