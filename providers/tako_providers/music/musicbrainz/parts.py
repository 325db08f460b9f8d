"""What MusicBrainz' entities are made of: names in languages, artist credits, tags, links, covers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tako.v1.details_music_pb2 import Album, Track
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import (
    Json,
    Kind,
    ShapeChanged,
    add_rating,
    bcp47,
    count_in,
    dict_in,
    dicts_in,
    flag_in,
    link,
    make_id,
    number_in,
    positive,
    primary,
    text_in,
)

PROVIDER = "musicbrainz"
SITE = "https://musicbrainz.org"
COVERS = "https://coverartarchive.org"

ENTITIES: Mapping[Kind, str] = {
    Item.ALBUM: "release-group",
    Item.RELEASE: "release",
    Item.ARTIST: "artist",
    Item.TRACK: "recording",
}
"""MusicBrainz' words for our kinds."""

_NO_COUNTRIES = {
    "XE": "Europe",
    "XW": "Worldwide",
    "XU": "",
    "XK": "Kosovo",
    "XG": "East Germany",
    "XC": "Czechoslovakia",
    "SU": "Soviet Union",
    "YU": "Yugoslavia",
    "CS": "Serbia and Montenegro",
    "AN": "Netherlands Antilles",
}
"""Codes of areas that are no country, and of states that are no more; XU is unknown. https://musicbrainz.org/doc/Release/Country"""
_ROLES = {
    "official homepage": Link.OFFICIAL,
    "wikidata": Link.WIKI,
    "wikipedia": Link.WIKI,
    "social network": Link.SOCIAL,
    "myspace": Link.SOCIAL,
    "streaming": Link.STREAMING,
    "free streaming": Link.STREAMING,
    "youtube": Link.STREAMING,
    "youtube music": Link.STREAMING,
    "soundcloud": Link.STREAMING,
    "bandcamp": Link.STORE,
    "purchase for download": Link.STORE,
    "purchase for mail-order": Link.STORE,
    "amazon asin": Link.STORE,
    "download for free": Link.STORE,
    "review": Link.REVIEW,
}
"""https://musicbrainz.org/relationships"""
_IDS = [
    (scheme, re.compile(pattern))
    for scheme, pattern in (
        ("wikidata", r"wikidata\.org/wiki/(Q\d+)"),
        ("discogs_master", r"discogs\.com/master/(\d+)"),
        ("discogs", r"discogs\.com/release/(\d+)"),
        ("imdb", r"imdb\.com/(?:name|title)/((?:nm|tt)\d+)"),
        ("allmusic", r"allmusic\.com/\w+/(m[a-z]\d+)"),
        ("viaf", r"viaf\.org/viaf/(\d+)"),
        ("deezer", r"deezer\.com/(?:\w{2}/)?\w+/(\d+)"),
        ("itunes", r"(?:itunes|music)\.apple\.com/.*?/(?:id)?(\d+)$"),
        ("asin", r"amazon\.[a-z.]+/gp/product/(\w{10})"),
        ("olid", r"openlibrary\.org/\w+/(OL\d+[AMW])"),
        ("facebook", r"facebook\.com/([\w.]+)/?$"),
        ("instagram", r"instagram\.com/([\w.]+)/?$"),
        ("twitter", r"(?:twitter|x)\.com/(\w+)/?$"),
    )
]


def checked(entry: Json, what: str, name: str = "title") -> tuple[str, str]:
    """Id and name of an entity. Raises ShapeChanged where it has none."""
    mbid = text_in(entry, "id") if isinstance(entry, dict) else ""
    title = text_in(entry, name) if mbid else ""
    if not mbid or not title:
        raise ShapeChanged(f"{what} of MusicBrainz has no id or no name")
    return mbid, title


def name_in(entry: Json, name: str, language: str) -> tuple[str, str]:
    """The name that the entity has in ``language`` and that language's tag, ``name`` and "" when it has none."""
    if not language:
        return name, ""
    wanted, found = bcp47(language), ("", "")
    for alias in dicts_in(entry, "aliases"):
        tag = bcp47(text_in(alias, "locale"))
        if not tag or primary(tag) != primary(wanted) or text_in(alias, "type") == "Search hint":
            continue
        if tag == wanted and alias.get("primary"):
            return text_in(alias, "name"), tag
        if not found[0] or alias.get("primary"):
            found = text_in(alias, "name"), tag
    return found if found[0] else (name, "")


def other_names(entry: Json, name: str, title: str, kind: AlternativeTitle.Type.ValueType) -> list[AlternativeTitle]:
    """`aliases[]` that are not the title, and the name to sort by. Search hints are misspellings, and no names."""
    found = [
        AlternativeTitle(text=text, language=bcp47(text_in(alias, "locale")), type=kind)
        for alias in dicts_in(entry, "aliases")
        if text_in(alias, "type") != "Search hint" and (text := text_in(alias, "name")) and text not in (name, title)
    ]
    sort_name = text_in(entry, "sort-name")
    if sort_name and sort_name != name:
        found.append(AlternativeTitle(text=sort_name, type=AlternativeTitle.SORT))
    return found


def add_performers(about: Album | Track, entry: Json) -> str:
    """Add `artist-credit[]`, by the names that are printed. Gives them in one line, as printed."""
    line, artists = "", about.artists
    for one in dicts_in(entry, "artist-credit"):
        artist, printed, join = dict_in(one, "artist"), text_in(one, "name"), one.get("joinphrase")
        if name := printed or text_in(artist, "name"):
            credit = artists.add()
            credit.name = name
            credit.role = CreditRole.PERFORMER
            if mbid := text_in(artist, "id"):
                credit.id = make_id(PROVIDER, Item.ARTIST, mbid)
        line += f"{printed}{join}" if join and isinstance(join, str) else printed
    return line.strip()


def words(entry: Json, name: str) -> list[str]:
    """The names of `tags[]` or `genres[]` that have more votes for than against them, most votes first."""
    given = dicts_in(entry, name)
    if not given:
        return []
    voted = [one for one in given if (count_in(one, "count") or 0) > 0]
    voted.sort(key=_votes, reverse=True)
    return [word for one in voted if (word := text_in(one, "name"))]


def _votes(entry: Json) -> int:
    votes: int = entry["count"]
    return votes


def genres_and_tags(entry: Json) -> tuple[list[str], list[str]]:
    """Genres, and the tags that are none. Searches have tags only."""
    genres, tags = words(entry, "genres"), words(entry, "tags")
    return genres, [tag for tag in tags if tag not in genres] if genres else tags


def add_standing(item: Item, entry: Json) -> None:
    """Set `rating`, whose value is null without votes, and the score of a hit: a number today, text in old answers."""
    if votes := dict_in(entry, "rating"):
        add_rating(item, number_in(votes, "value"), 5, count_in(votes, "votes-count"))
    if score := number_in(entry, "score") or positive(entry.get("score")):
        item.context.score = score


def country_codes(code: str) -> list[str]:
    """The country, none for areas that are no country."""
    return [code] if code and code not in _NO_COUNTRIES else []


def area_name(code: str) -> str:
    """What is meant by a code that is no country's, "" for one that is."""
    return _NO_COUNTRIES.get(code, "")


def identify(item: Item, mbid: str) -> None:
    """Add MusicBrainz' own id and page. Made in their place, they cost half."""
    item.external_ids.add(scheme="mbid", value=mbid)
    item.links.add(role=Link.SOURCE, url=f"{SITE}/{ENTITIES[item.kind]}/{mbid}")


def add_front(item: Item, mbid: str) -> None:
    """Add the front cover. Lists do not say whether there is one: then the address answers 404."""
    at, images = f"{COVERS}/{ENTITIES[item.kind]}/{mbid}/front", item.images
    images.add(role=Image.PRIMARY, url=f"{at}-500")
    images.add(role=Image.THUMBNAIL, url=f"{at}-250")


def links_and_ids(entry: Json) -> tuple[list[Link], list[tuple[str, str | int | None]]]:
    """`relations[]` that lead to other sites, and the ids that their addresses hold. Those that ended are left out."""
    links: list[Link] = []
    ids: list[tuple[str, str | int | None]] = []
    for relation in dicts_in(entry, "relations"):
        address = text_in(dict_in(relation, "url"), "resource")
        if not address or flag_in(relation, "ended"):
            continue
        word = text_in(relation, "type")
        if found := link(_ROLES.get(word.casefold(), Link.OTHER), address, title=word):
            links.append(found)
        for scheme, pattern in _IDS:
            if match := pattern.search(address):
                ids.append((scheme, match[1]))
                break
    return links, ids
