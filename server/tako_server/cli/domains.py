"""Which gRPC service answers for a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from google.protobuf.descriptor import ServiceDescriptor

SERVICES: dict[str, ServiceDescriptor] = {
    "construction-toys": construction_toys_service_pb2.DESCRIPTOR.services_by_name["ConstructionToysService"],
    "books": books_service_pb2.DESCRIPTOR.services_by_name["BooksService"],
    "comics": comics_service_pb2.DESCRIPTOR.services_by_name["ComicsService"],
    "anime-manga": anime_manga_service_pb2.DESCRIPTOR.services_by_name["AnimeMangaService"],
    "media": media_service_pb2.DESCRIPTOR.services_by_name["MediaService"],
    "videogames": videogames_service_pb2.DESCRIPTOR.services_by_name["VideoGamesService"],
    "boardgames": boardgames_service_pb2.DESCRIPTOR.services_by_name["BoardGamesService"],
    "collectibles": collectibles_service_pb2.DESCRIPTOR.services_by_name["CollectiblesService"],
    "sticker-albums": sticker_albums_service_pb2.DESCRIPTOR.services_by_name["StickerAlbumsService"],
    "tcg": tcg_service_pb2.DESCRIPTOR.services_by_name["TradingCardsService"],
    "music": music_service_pb2.DESCRIPTOR.services_by_name["MusicService"],
    "ecommerce": ecommerce_service_pb2.DESCRIPTOR.services_by_name["EcommerceService"],
}
"""Domain id -> service. `tests/cli` checks that no domain is missing."""
