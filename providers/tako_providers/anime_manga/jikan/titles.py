"""The titles of an anime or manga in several languages, and its links."""

from __future__ import annotations

from tako.v1.item_parts_pb2 import AlternativeTitle, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_link,
    dicts_in,
    language_named,
    link,
    list_in,
    present,
    text_in,
    texts_in,
)

_TITLE_TYPES = {"English": AlternativeTitle.ENGLISH, "Synonym": AlternativeTitle.SYNONYM}
_LANGUAGES = {"English": "en", "Japanese": "ja", "German": "de", "Spanish": "es", "French": "fr"}
LANGUAGES = tuple(_LANGUAGES.values())
_LINK_ROLES = {"Official Site": Link.OFFICIAL, "Wikipedia": Link.WIKI}


def titles_of(entry: Json, language: str) -> tuple[str, str, list[AlternativeTitle]]:
    """Title, title in Japanese where that is another, and the others. The default title is in Latin letters."""
    listed: list[tuple[Json, str]] = [
        (one.get("type"), text)
        for one in list_in(entry, "titles")
        if isinstance(one, dict) and isinstance(text := one.get("title"), str)
    ]
    if not listed:  # answers of older versions
        listed = [("English", text_in(entry, "title_english"))]
        listed += [("Synonym", one) for one in texts_in(entry, "title_synonyms")]
    title = text_in(entry, "title") or next((text for sort, text in listed if sort == "Default"), "")
    if not title:
        raise ShapeChanged("a work of Jikan has no title")
    native = text_in(entry, "title_japanese") or next((text for sort, text in listed if sort == "Japanese"), "")
    chosen = title
    if language:
        wanted = native if language == "ja" else ""
        chosen = wanted or next((text for sort, text in listed if _LANGUAGES.get(sort) == language and text), title)
    seen, others = {chosen, native}, []
    for sort, text in listed if chosen == title else (("Default", title), *listed):
        if not text or text in seen:
            continue
        seen.add(text)
        others.append(_other_title(sort, text))
    return chosen, native if native != chosen else "", others


def _other_title(sort: str, text: str) -> AlternativeTitle:
    kind = _TITLE_TYPES.get(sort) or (AlternativeTitle.ROMANIZED if sort == "Default" else AlternativeTitle.TRANSLATED)
    language = _LANGUAGES.get(sort) or language_named(sort)
    return AlternativeTitle(text=text, type=kind, language=language)


def add_links(item: Item, entry: Json) -> None:
    """Add the page on MyAnimeList, and others."""
    add_link(item, Link.SOURCE, text_in(entry, "url"))
    if "external" in entry or "streaming" in entry:  # in whole answers only
        item.links.extend(external_links(entry))


def external_links(entry: Json) -> list[Link]:
    """`external` and `streaming`."""
    return present(
        [
            *(
                link(_LINK_ROLES.get(text_in(one, "name"), Link.OTHER), text_in(one, "url"), text_in(one, "name"))
                for one in dicts_in(entry, "external")
            ),
            *(link(Link.STREAMING, text_in(one, "url"), text_in(one, "name")) for one in dicts_in(entry, "streaming")),
        ]
    )
