"""Pictures, videos, offers and genres of TMDB as items and terms of their own."""

from __future__ import annotations

from collections.abc import Mapping

from tako.v1.answers_pb2 import Term
from tako.v1.details_commerce_pb2 import Offer
from tako.v1.item_parts_pb2 import Context, Image, Link
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.tmdb import lists
from tako_providers.media.tmdb.parts import dicts, full_picture, part, picture, video, watch_offers, words
from tako_providers.sdk import Json, ShapeChanged, kind_segment

_ABSENT = (6, 34)
"""TMDB's own codes in an answer with status 404: no such id, no such resource."""
_PICTURE_SORTS = ("posters", "backdrops", "logos", "stills", "profiles")


def videos(body: Json) -> list[Item]:
    """/videos"""
    return sdk.present(map(_video_item, lists.entries(body)))


def pictures(body: Json) -> list[Item]:
    """/images: each sort in upstream's order; the sort is in the context."""
    if not isinstance(body, dict) or not any(isinstance(body.get(sort), list) for sort in _PICTURE_SORTS):
        raise ShapeChanged("TMDB: lists of pictures were expected")
    return sdk.present(_picture_item(entry, sort) for sort in _PICTURE_SORTS for entry in dicts(body.get(sort)))


def offers(body: Json, title: sdk.ItemId, region: str) -> list[Item]:
    """/watch/providers: services that have the title, in one country or, where ``region`` is "", in all."""
    if not isinstance(body, dict) or not isinstance(body.get("results"), dict):
        raise ShapeChanged("TMDB: watch providers by country were expected")
    return [
        Item(
            kind=Item.OFFER,
            source_id=f"{kind_segment(title.kind)}/{title.source_id}/{one.country}/{one.word}/{one.number}",
            title=one.name,
            images=sdk.present((sdk.image(Image.PRIMARY, picture("w185", one.logo)),)),
            links=sdk.present((sdk.link(Link.STREAMING, one.link),)),
            offer=Offer(seller=one.name, country=one.country, type=one.type, item_id=str(title)),
        )
        for one in watch_offers(part(body, "results"), region)
    ]


def genres(body: Json) -> list[Term]:
    """/genre/movie/list or /genre/tv/list"""
    return [
        Term(id=str(entry["id"]), name=name)
        for entry in lists.entries(body, "genres")
        if isinstance(entry.get("id"), int) and (name := words(entry.get("name")))
    ]


def services(body: Json) -> list[Term]:
    """/watch/providers/movie or /watch/providers/tv: the services that the filter takes."""
    return [
        Term(id=str(entry["provider_id"]), name=name, image_url=picture("w92", entry.get("logo_path")))
        for entry in lists.entries(body)
        if isinstance(entry.get("provider_id"), int) and (name := words(entry.get("provider_name")))
    ]


def joined(by_kind: Mapping[sdk.Kind, list[Term]]) -> list[Term]:
    """The terms of all kinds, each once; ``Term.kinds`` stays empty for those that all have."""
    found: dict[str, Term] = {}
    for kind, terms in by_kind.items():
        for term in terms:
            found.setdefault(term.id, term).kinds.append(kind)
    for term in found.values():
        if len(term.kinds) == len(by_kind):
            del term.kinds[:]
    return list(found.values())


def is_absent(body: Json) -> bool:
    """Whether this is TMDB's word for something that it does not have."""
    return isinstance(body, dict) and body.get("status_code") in _ABSENT


def _picture_item(entry: Json, sort: str) -> Item | None:
    large, path = full_picture(entry, sort, Image.PRIMARY), entry.get("file_path")
    if large is None:
        return None
    return Item(
        kind=Item.IMAGE,
        source_id=path.lstrip("/"),
        images=(large,),
        context=Context(label=sort.removesuffix("s")),
    )


def _video_item(entry: Json) -> Item | None:
    made = video(entry)
    number = words(entry.get("id")) or (made.key if made else "")
    if made is None:
        return None
    return Item(
        kind=Item.VIDEO,
        source_id=number,
        title=made.title or made.type or made.key,
        release_date=made.published,
        year=sdk.year_of(made.published),
        links=(Link(role=Link.TRAILER if made.type == "Trailer" else Link.OTHER, url=made.url),) if made.url else (),
        video=made,
    )
