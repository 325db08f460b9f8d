"""The twelve domains: their services and request messages. One table for core, services and command line."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from google.protobuf.message import Message

from tako.v1 import (
    anime_manga_service_pb2,
    boardgames_service_pb2,
    books_service_pb2,
    collectibles_service_pb2,
    comics_service_pb2,
    construction_toys_service_pb2,
    ecommerce_service_pb2,
    media_service_pb2,
    music_service_pb2,
    sticker_albums_service_pb2,
    tcg_service_pb2,
    videogames_service_pb2,
)
from tako_providers.sdk.manifest import Domain

OPERATIONS = ("Search", "Detail", "Trending", "Related", "Terms")


@dataclass(frozen=True, slots=True)
class DomainContract:
    """What the contract has for one domain."""

    domain: Domain
    service: str
    """Full name of the gRPC service."""
    search: type[Any]
    detail: type[Any]
    trending: type[Any]
    related: type[Any]
    terms: type[Any]

    def request(self, operation: str) -> type[Message]:
        """The request message of an operation, by the name of its RPC."""
        message: type[Message] = getattr(self, operation.lower())
        return message


def _contract(domain: Domain, module: ModuleType, prefix: str) -> DomainContract:
    service = module.DESCRIPTOR.services_by_name[f"{prefix}Service"].full_name
    return DomainContract(domain, service, *(getattr(module, f"{prefix}{name}Request") for name in OPERATIONS))


CONTRACTS: dict[Domain, DomainContract] = {
    contract.domain: contract
    for contract in (
        _contract(Domain.CONSTRUCTION_TOYS, construction_toys_service_pb2, "ConstructionToys"),
        _contract(Domain.BOOKS, books_service_pb2, "Books"),
        _contract(Domain.COMICS, comics_service_pb2, "Comics"),
        _contract(Domain.ANIME_MANGA, anime_manga_service_pb2, "AnimeManga"),
        _contract(Domain.MEDIA, media_service_pb2, "Media"),
        _contract(Domain.VIDEOGAMES, videogames_service_pb2, "VideoGames"),
        _contract(Domain.BOARDGAMES, boardgames_service_pb2, "BoardGames"),
        _contract(Domain.COLLECTIBLES, collectibles_service_pb2, "Collectibles"),
        _contract(Domain.STICKER_ALBUMS, sticker_albums_service_pb2, "StickerAlbums"),
        _contract(Domain.TCG, tcg_service_pb2, "TradingCards"),
        _contract(Domain.MUSIC, music_service_pb2, "Music"),
        _contract(Domain.ECOMMERCE, ecommerce_service_pb2, "Ecommerce"),
    )
}
