"""MusicBrainz' artists as Items. https://musicbrainz.org/doc/Artist"""

from __future__ import annotations

from tako.v1.details_music_pb2 import Artist
from tako.v1.item_parts_pb2 import AlternativeTitle
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import Gender
from tako_providers.music.musicbrainz import parts
from tako_providers.sdk import (
    Json,
    dict_in,
    dicts_in,
    external_ids,
    flag_in,
    partial_date,
    ref,
    text_in,
    texts_in,
)

_TYPES = {
    "Person": Artist.PERSON,
    "Group": Artist.GROUP,
    "Orchestra": Artist.OTHER,
    "Choir": Artist.OTHER,
    "Character": Artist.OTHER,
    "Other": Artist.OTHER,
}
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE, "non-binary": Gender.NON_BINARY, "other": Gender.OTHER}


def artist(entry: Json, language: str = "") -> Item:
    """An artist, as lists have it."""
    mbid, name = parts.checked(entry, "an artist", "name")
    title, tag = parts.name_in(entry, name, language)
    genres, tags = parts.genres_and_tags(entry)
    span = dict_in(entry, "life-span")
    word = text_in(entry, "type")
    item = Item(
        kind=Item.ARTIST,
        source_id=mbid,
        title=title,
        original_title=name if title != name else "",
        alternative_titles=parts.other_names(entry, name, title, AlternativeTitle.ALIAS),
        genres=genres or None,
        tags=tags or None,
        countries=parts.country_codes(text_in(entry, "country")) or None,
        language=tag,
        attributes={"artist_type": word} if _TYPES.get(word) == Artist.OTHER and word != "Other" else None,
        artist=Artist(
            type=_TYPES.get(word, Artist.TYPE_UNSPECIFIED),
            disambiguation=text_in(entry, "disambiguation"),
            area=text_in(dict_in(entry, "area"), "name"),
            begin_area=text_in(dict_in(entry, "begin-area"), "name"),
            begin_date=partial_date(text_in(span, "begin")),
            end_date=partial_date(text_in(span, "end")),
            ended=flag_in(span, "ended"),
            gender=_GENDERS.get(text_in(entry, "gender").casefold(), Gender.TYPE_UNSPECIFIED),
        ),
    )
    parts.add_standing(item, entry)
    parts.identify(item, mbid)
    codes = [("isni", isni) for isni in texts_in(entry, "isnis")] + [("ipi", ipi) for ipi in texts_in(entry, "ipis")]
    item.external_ids.extend(external_ids(codes))
    return item


def artist_detail(entry: Json, language: str) -> Item:
    """The answer of /artist/{mbid}: also the groups that it belongs to, or its members, and links."""
    item = artist(entry, language)
    for relation in dicts_in(entry, "relations"):
        other = dict_in(relation, "artist")
        found = ref(parts.PROVIDER, Item.ARTIST, text_in(other, "id"), text_in(other, "name")) if other else None
        if found is None:
            continue
        word, is_forward = text_in(relation, "type"), text_in(relation, "direction") != "backward"
        if word == "member of band":
            (item.artist.groups if is_forward else item.artist.members).append(found)
        elif word == "is person":
            item.artist.other_identities.append(found)
    links, ids = parts.links_and_ids(entry)
    item.links.extend(links)
    item.external_ids.extend(external_ids(ids))
    return item
