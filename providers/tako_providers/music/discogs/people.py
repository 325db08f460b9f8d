"""Discogs' artists and labels as Items. https://www.discogs.com/developers#page:database"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from tako.v1.details_music_pb2 import Artist
from tako.v1.details_people_pb2 import Organization, OrganizationRole
from tako.v1.item_parts_pb2 import AlternativeTitle, Link
from tako.v1.item_pb2 import Item
from tako_providers.music.discogs import parts
from tako_providers.sdk import (
    Json,
    Kind,
    dict_in,
    dicts_in,
    link,
    one_line,
    plain,
    present,
    text_in,
    texts_in,
)

_SITES = {
    Link.WIKI: "wikipedia.org wikidata.org",
    Link.SOCIAL: "facebook.com twitter.com x.com instagram.com myspace.com tiktok.com threads.net bsky.app vk.com "
    "tumblr.com",
    Link.STREAMING: "spotify.com deezer.com music.apple.com tidal.com soundcloud.com youtube.com mixcloud.com "
    "audius.co napster.com",
    Link.STORE: "bandcamp.com beatport.com amazon.com junodownload.com",
}
_ROLE_OF_SITE = {site: role for role, sites in _SITES.items() for site in sites.split()}


def hit(entry: Json) -> Item:
    """One `results[]` of a search that is an artist or a label."""
    number, name = parts.checked(entry, "a hit")
    is_artist = entry["type"] == "artist"
    item = _named(Item.ARTIST if is_artist else Item.LABEL, number, name)
    parts.add_covers(item, entry)
    parts.add_page(item, text_in(entry, "uri"))
    return item


def artist(entry: Json) -> Item:
    """The answer of /artists/{id}. Whether it is one person is not said, but who has members is a group."""
    number, name = parts.checked(entry, "an artist", "name")
    item = _named(
        Item.ARTIST,
        number,
        name,
        description=parts.prose(entry, "profile"),
        images=parts.images(entry),
        links=_links(entry),
        alternative_titles=_other_names(texts_in(entry, "namevariations")),
    )
    details = item.artist
    details.real_name = text_in(entry, "realname")
    details.members.extend(parts.references(Item.ARTIST, dicts_in(entry, "members")))
    details.groups.extend(parts.references(Item.ARTIST, dicts_in(entry, "groups")))
    details.other_identities.extend(parts.references(Item.ARTIST, dicts_in(entry, "aliases")))
    if details.members:
        details.type = Artist.GROUP
    if quality := text_in(entry, "data_quality"):
        item.attributes["data_quality"] = quality
    return item


def label(entry: Json) -> Item:
    """The answer of /labels/{id}."""
    number, name = parts.checked(entry, "a label", "name")
    item = _named(
        Item.LABEL,
        number,
        name,
        description=parts.prose(entry, "profile"),
        images=parts.images(entry),
        links=_links(entry),
    )
    details = item.organization
    details.contact = _contact(text_in(entry, "contact_info"))
    if parent := parts.reference(Item.LABEL, dict_in(entry, "parent_label")):
        details.parent.CopyFrom(parent)
    details.children.extend(parts.references(Item.LABEL, dicts_in(entry, "sublabels")))
    if quality := text_in(entry, "data_quality"):
        item.attributes["data_quality"] = quality
    return item


def _named(kind: Kind, number: int, name: str, **more: object) -> Item:
    """An artist or a label, by a name that may hold the number which tells it from its namesakes."""
    title, other = parts.bare(name), parts.namesake(name)
    item = Item(kind=kind, source_id=str(number), title=title, **more)  # type: ignore[arg-type]
    if kind == Item.ARTIST:
        item.artist.disambiguation = other
    else:
        item.organization.CopyFrom(Organization(roles=[OrganizationRole.LABEL]))
        if other:
            item.attributes["disambiguation"] = other
    return item


def _other_names(names: Iterable[str]) -> list[AlternativeTitle]:
    return [AlternativeTitle(text=text, type=AlternativeTitle.ALIAS) for name in names if (text := one_line(name))]


def _links(entry: Json) -> list[Link]:
    """Discogs' own page and those that it names. Which of them is the official one, it does not say."""
    return present(
        [
            link(Link.SOURCE, parts.page_address(text_in(entry, "uri"))),
            *(link(_role(url), url) for url in dict.fromkeys(texts_in(entry, "urls"))),
        ]
    )


def _role(url: str) -> Link.Role.ValueType:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return next((role for site, role in _ROLE_OF_SITE.items() if host == site or host.endswith(f".{site}")), Link.OTHER)


def _contact(text: str) -> str:
    """Where a label can be reached, without the lines that hold an e-mail address."""
    return plain("\n".join(line for line in text.splitlines() if "@" not in line))
