"""How TMDB is asked: paths of items, language tags, pages."""

from __future__ import annotations

import re
from typing import Any

from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.sdk import NotFound

Asking = sdk.Search[Any] | sdk.Trending[Any] | sdk.Related[Any]

_SOURCE_IDS = {
    Item.MOVIE: (re.compile(r"(\d+|tt\d+)"), "/movie/{}"),
    Item.SERIES: (re.compile(r"(\d+)"), "/tv/{}"),
    Item.SEASON: (re.compile(r"(\d+)/(\d+)"), "/tv/{}/season/{}"),
    Item.EPISODE: (re.compile(r"(\d+)/(\d+)/(\d+)"), "/tv/{}/season/{}/episode/{}"),
    Item.COLLECTION: (re.compile(r"(\d+)"), "/collection/{}"),
    Item.PERSON: (re.compile(r"(\d+)"), "/person/{}"),
}
_SCRIPT_REGIONS = {"hans": "CN", "hant": "TW"}


def numbers(item: sdk.ItemId) -> tuple[str, ...]:
    """The numbers in a source-id. NotFound for one that TMDB cannot have given."""
    pattern, _ = _SOURCE_IDS[item.kind]
    match = pattern.fullmatch(item.source_id)
    if match is None:
        raise NotFound("TMDB has no ids like this one")
    return match.groups()


def path_of(item: sdk.ItemId) -> str:
    """The path of an item. NotFound as for ``numbers``."""
    return _SOURCE_IDS[item.kind][1].format(*numbers(item))


def tag(language: str) -> str:
    """A language as TMDB takes it: `fr`, `pt-BR`, `zh-TW`. "" when none is asked for: then it is en-US."""
    subtags = language.replace("_", "-").split("-")
    region = next((subtag.upper() for subtag in subtags[1:] if len(subtag) == 2), "")
    script = next((_SCRIPT_REGIONS[subtag.lower()] for subtag in subtags[1:] if subtag.lower() in _SCRIPT_REGIONS), "")
    return "-".join(filter(None, (subtags[0].lower(), region or script)))


def any_language(language: str) -> dict[str, str]:
    """Pictures and videos of the language, of English, and without words."""
    wanted = ",".join(dict.fromkeys(filter(None, (sdk.primary(language), "en", "null"))))
    return {"include_image_language": wanted, "include_video_language": wanted}


def delivery(ask: Asking) -> dict[str, str]:
    """Page and language of a list."""
    return {"page": str(ask.page), "language": tag(ask.language)}
